/**
 * Returns the price of an order to the customer. A refund that was sent cannot be cancelled.
 *
 * ```ts
 * const refund = new Refund("A-1029");
 * refund.send(12500);
 * ```
 *
 * | Reason | Days |
 * |---|---|
 * | Defective goods | 30 |
 */
export class Refund {
  /** The highest amount in won, which needs no second signature. */
  static readonly MAX_AMOUNT = 1_000_000;

  /**
   * Prepares the refund of one order.
   *
   * @param order the number printed on the invoice
   */
  constructor(order: string) {}

  /**
   * Sends the money. It arrives within 2 to 4 working days.
   *
   * @param amount between 1 won and the highest amount
   * @returns the reference that the bank prints on the statement
   */
  send(amount: number): string {
    return "";
  }
}
