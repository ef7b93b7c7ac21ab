package ai.okchat.operator.backend;

/** Wants to know what the polls of the accounts find. Called on the poll's thread: be quick. */
public interface InventoryListener {

  /**
   * A good list, or a good answer that closes the circuit: without a change then.
   *
   * @param recovered whether the attempt before it failed, so that objects may wait for this
   */
  void listed(AccountId account, InventoryChange change, boolean recovered);

  /**
   * A list that failed where the attempt before did not, or a call that began a hold or opened the
   * circuit.
   */
  void failed(AccountId account);

  /**
   * A bot was changed or deleted by a request of the operator. Every object that refers to the bot
   * has to compare again; no list shows them a difference.
   */
  default void written(AccountId account, String botId) {}
}
