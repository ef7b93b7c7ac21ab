/**
 * Returns the price of an order to the customer. A refund that was sent cannot be cancelled.
 *
 * @example
 * const refund = new Refund("A-1029");
 * refund.send(12500);
 */
class Refund {
  /**
   * Prepares the refund of one order.
   *
   * @param {string} order the number printed on the invoice
   */
  constructor(order) {}

  /**
   * Sends the money. It arrives within 2 to 4 working days.
   *
   * @param {number} amount between 1 won and the highest amount
   * @returns {string} the reference that the bank prints on the statement
   */
  send(amount) {
    return "";
  }
}
