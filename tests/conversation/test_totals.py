"""Sums of a conversation."""

from decimal import Decimal

from inference_cli.api.completion import Usage
from inference_cli.conversation.totals import Totals


def test_sums() -> None:
    """What is not known is counted, and not taken for nothing."""
    totals = Totals()
    totals.add(Usage(10, 5), Decimal("0.10"))
    totals.add(None, None)
    totals.made(Decimal("0.30"), Decimal("0.20"))
    assert not totals.estimated
    totals.made(None, Decimal("0.01"))
    totals.made(None, None)

    assert totals == Totals(2, 10, 5, Decimal("0.10"), Decimal("0.31"), 1, estimated=True)
    assert totals.all == Decimal("0.41")
