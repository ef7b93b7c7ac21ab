package kr.example.shop;

/**
 * Returns the price of an order to the customer. A refund that was sent cannot be cancelled.
 *
 * <p>Use it as follows:
 *
 * <pre>{@code
 * var refund = new Refund("A-1029");
 * refund.send(12_500);
 * }</pre>
 *
 * <table>
 * <caption>Limits of a refund</caption>
 * <tr><th>Reason</th><th>Days</th></tr>
 * <tr><td>Changed mind</td><td>7</td></tr>
 * <tr><td>Defective goods</td><td>30</td></tr>
 * </table>
 */
public final class Refund {

  /** The highest amount in won, which needs no second signature. */
  public static final long MAX_AMOUNT = 1_000_000;

  /**
   * Prepares the refund of one order.
   *
   * @param order the number printed on the invoice
   */
  public Refund(String order) {}

  /**
   * Sends the money. It arrives within 2 to 4 working days.
   *
   * @param amount between 1 won and {@value #MAX_AMOUNT}
   * @return the reference that the bank prints on the statement
   * @throws IllegalStateException if the order was refunded before
   */
  public String send(long amount) {
    return "";
  }

  /**
   * Tells how many days are left.
   *
   * @deprecated the bank closes its books earlier, use {@link #send(long)}
   */
  @Deprecated
  public int daysLeft() {
    return 0;
  }
}
