package ai.okchat.operator.account;

/**
 * Is notified of the results of the polls of accounts, on the thread of the poll: implementations
 * must be quick.
 */
public interface InventoryListener {

  /**
   * Reports a successful list, or a successful response that closes the circuit: without a change
   * then.
   *
   * @param recovered whether the previous attempt failed, so that objects may wait for this
   */
  void listed(AccountId account, InventoryChange change, boolean recovered);

  /**
   * Reports a list that failed after a successful one, or a request that began throttling or opened
   * the circuit.
   */
  void failed(AccountId account);

  /**
   * Reports that a request of the operator changed or deleted a bot. Every object that refers to
   * the bot has to compare it again; no list shows them a difference.
   */
  default void written(AccountId account, String botId) {}
}
