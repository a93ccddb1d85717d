"""Amounts of money as people read them."""

from decimal import Decimal

import pytest

from inference_cli.money.amounts import dollars


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "$0.00"),
        ("0.01", "$0.01"),
        ("0.7", "$0.70"),
        ("3.50", "$3.50"),
        ("1234.5", "$1,234.50"),
        ("3.456", "$3.46"),
        ("0.0374", "$0.0374"),
        ("0.005", "$0.005"),
        ("0.00996", "$0.00996"),
        ("0.0000015", "$0.0000015"),
        ("0.33333", "$0.3333"),
        ("99.999", "$100.00"),
        ("1e18", "$1,000,000,000,000,000,000.00"),
        ("1e308", "$1.00E+308"),
        ("1e-400", "$1.00E-400"),
    ],
)
def test_cents_and_finer_where_there_are_parts_of_one(amount: str, text: str) -> None:
    """Never fewer than two places, and no parts of a cent above a dollar."""
    assert dollars(Decimal(amount)) == text
