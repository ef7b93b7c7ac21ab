package ai.okchat.operator.backend;

/** Wants to know what the polls of the accounts find. Called on the poll's thread: be quick. */
public interface InventoryListener {

  /**
   * A good list.
   *
   * @param recovered whether the attempt before it failed
   */
  void listed(AccountId account, InventoryChange change, boolean recovered);

  /** A list that failed where the attempt before did not, or a call that began a hold. */
  void failed(AccountId account);
}
