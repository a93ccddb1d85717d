"""Sizes, money and durations in words."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from inference_cli.terminal.numbers import (
    age_in_words,
    bytes_in_words,
    clock_face,
    duration_in_words,
    money_in_words,
)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1 kB"),
        (812_345, "812 kB"),
        (999_600, "1.0 MB"),
        (4_100_000, "4.1 MB"),
        (9_960_000, "10 MB"),
        (999_600_000, "1.0 GB"),
        (20_000_000_000, "20 GB"),
        (5_000_000_000_000_000, "5000 TB"),
    ],
)
def test_bytes_have_a_decimal_unit(count: int, words: str) -> None:
    """A size has two or three digits and the unit that fits."""
    assert bytes_in_words(count) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "$0.00"),
        ("0.7", "$0.70"),
        ("0.01", "$0.01"),
        ("1234.5", "$1,234.50"),
        ("0.0012", "$0.0012"),
        ("0.00050", "$0.0005"),
    ],
)
def test_an_estimate_has_cents(amount: str, words: str) -> None:
    """Cents, and below a cent the digits that count."""
    assert money_in_words(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("amount", "words"), [("0.01", "$0.0100"), ("0.0061234", "$0.0061234"), ("10", "$10.0000"), ("0", "$0.0000")]
)
def test_a_charge_is_exact(amount: str, words: str) -> None:
    """What was charged has four digits, or as many as it needs."""
    assert money_in_words(Decimal(amount), exact=True) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "0 s"),
        (3.2, "3.2 s"),
        (5, "5 s"),
        (9.96, "10 s"),
        (45.4, "45 s"),
        (59.7, "1 min"),
        (74, "1 min 14 s"),
        (120, "2 min"),
        (3900, "1 h 5 min"),
        (7200, "2 h"),
    ],
)
def test_durations_are_read_like_speech(seconds: float, words: str) -> None:
    """Two units at most, tenths only below ten seconds, never negative (fault E13)."""
    assert duration_in_words(seconds) == words


def test_a_clock_face_counts_hours_on() -> None:
    """Running times are H:MM:SS."""
    assert [clock_face(seconds) for seconds in (-1, 72.9, 3600, 90_061)] == [
        "0:00:00",
        "0:01:12",
        "1:00:00",
        "25:01:01",
    ]


def test_ages_are_short() -> None:
    """An age is one or two numbers with letters."""
    ages = [age_in_words(seconds) for seconds in (-5, 12, 72, 120, 11_040, 190_800, 86_400)]
    assert ages == ["0s", "12s", "1m 12s", "2m", "3h 4m", "2d 5h", "1d"]


@given(st.integers(min_value=1000, max_value=9 * 10**14))
def test_bytes_never_show_four_digits(count: int) -> None:
    """Below a petabyte no number has more than three digits."""
    assert float(bytes_in_words(count).split()[0]) < 1000
