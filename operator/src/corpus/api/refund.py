"""Orders and refunds of a small shop. All amounts are in won."""


class Refund:
    """Returns the price of an order to the customer. A refund that was sent cannot be cancelled.

    ```python
    refund = Refund("A-1029")
    refund.send(12_500)
    ```
    """

    MAX_AMOUNT = 1_000_000
    """The highest amount in won, which needs no second signature."""

    def __init__(self, order: str):
        """Prepares the refund of one order, by the number printed on the invoice."""

    def send(self, amount: int = 1) -> str:
        """Sends the money. It arrives within 2 to 4 working days.

        - A holiday counts as no working day.
        - The bank prints the reference on the statement.
        """
        return ""
