"""Durations, sizes and money as people type them."""

from decimal import Decimal

import pytest

from inference_cli.cli import quantities
from inference_cli.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("90", 90.0),
        ("90s", 90.0),
        ("10m", 600.0),
        ("1h30m", 5400.0),
        ("0.5s", 0.5),
        ("250ms", 0.25),
        (" 2D ", 172800.0),
    ],
)
def test_a_duration_is_read_with_its_units(typed: str, meant: float) -> None:
    """Plain numbers are seconds; units add up."""
    assert quantities.seconds(typed) == meant


@pytest.mark.parametrize("typed", ["", "0", "-5", "5 minutes", "m", "1e3", "nan", "5y", "0s"])
def test_what_is_no_duration_is_refused(typed: str) -> None:
    """Nothing is guessed, and a limit of nothing is no limit."""
    with pytest.raises(UsageError):
        quantities.seconds(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1000", 1000), ("500MB", 500_000_000), ("2GiB", 2 * 2**30), ("1.5kb", 1500), ("20GB", 20 * 10**9)],
)
def test_a_size_is_read_with_its_unit(typed: str, meant: int) -> None:
    """Decimal and binary units are kept apart."""
    assert quantities.size(typed) == meant


@pytest.mark.parametrize("typed", ["", "0", "-1", "big", "5 PB", "0.1"])
def test_what_is_no_size_is_refused(typed: str) -> None:
    """A size is at least one byte."""
    with pytest.raises(UsageError):
        quantities.size(typed)


@pytest.mark.parametrize(("typed", "meant"), [("0.50", Decimal("0.50")), ("$3", Decimal(3)), ("0", Decimal(0))])
def test_money_is_exact(typed: str, meant: Decimal) -> None:
    """Amounts are decimals, never floats."""
    assert quantities.money(typed) == meant


@pytest.mark.parametrize("typed", ["", "-1", "NaN", "Infinity", "ten"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    """No limit may be read out of nonsense."""
    with pytest.raises(UsageError):
        quantities.money(typed)
