"""Amounts as bars."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from inference_cli.terminal.bars import Bar, drawn
from inference_cli.terminal.widths import cells

BARS = [
    Bar("2026-11-20", Decimal("3.50"), ("$3.50", "5")),
    Bar("9 days without any", skipped=True),
    Bar("2026-11-30", Decimal("0.35"), ("$0.35", "1")),
    Bar("2026-12-01", figures=("", "")),
    Bar("2026-12-02", Decimal("0.0001"), ("$0.0001", "1")),
]
TOTAL = Bar("total", Decimal("3.8501"), ("$3.8501", "7"))
TITLES = ("day", "cost", "number")


def lines(width: int = 60, *, plain: bool = False, color: bool = False) -> list[str]:
    """The chart of above."""
    return drawn(TITLES, BARS, total=TOTAL, width=width, plain=plain, color=color).splitlines()


def test_bars_stand_between_names_and_figures() -> None:
    """The longest for the greatest amount, eighths of a block, something for the smallest, nothing for nothing."""
    assert lines(48) == [
        "  day                              cost   number",
        "  2026-11-20   ██████████████     $3.50        5",
        "  …  9 days without any",
        "  2026-11-30   █▍                 $0.35        1",
        "  2026-12-01",
        "  2026-12-02   ▏                $0.0001        1",
        "  total                         $3.8501        7",
    ]


def test_a_terminal_without_such_characters_gets_ascii() -> None:
    """Not one character of it is another."""
    assert lines(48, plain=True)[1:4] == [
        "  2026-11-20   ##############     $3.50        5",
        "  ...  9 days without any",
        "  2026-11-30   #                  $0.35        1",
    ]
    assert "".join(lines(plain=True)).isascii()


def test_a_wide_terminal_does_not_stretch_them_for_ever() -> None:
    """Forty columns are enough."""
    assert lines(300)[1].count("█") == 40


def test_a_narrow_terminal_loses_figures_from_the_right_then_the_ends_of_names_then_bars() -> None:
    """The first figure stays."""
    bars = [Bar("kling-video-v2-6-pro-text-to-video", Decimal(1), ("$1.00", "3"))]
    chart = [drawn(("model", "cost", "number"), bars, width=width, plain=False, color=False) for width in (70, 44, 34)]

    assert [text.splitlines()[1] for text in chart] == [
        "  kling-video-v2-6-pro-text-to-video   ██████████████   $1.00        3",
        "  kling-video-v…   ████████   $1.00        3",
        "  kling-video-…   ████████   $1.00",
    ]
    assert drawn(("model", "cost", "number"), bars, width=5, plain=False, color=False).splitlines()[1:] == [
        "  kling-video…   $1.00"
    ]


def test_only_headings_and_remarks_are_coloured() -> None:
    """And those dim."""
    coloured = lines(color=True)
    assert [text for text in coloured if "\x1b" in text] == [
        f"\x1b[2m{lines()[0]}\x1b[0m",
        f"\x1b[2m{lines()[2]}\x1b[0m",
    ]


def test_names_from_outside_are_text() -> None:
    """Control characters are shown, wide characters counted (faults G1 to G6)."""
    bars = [Bar("\x1b[31m\n[red]x", Decimal(1), ("$1",)), Bar("狐狐狐", Decimal(1), ("$1",))]
    text = drawn(("tag", "cost"), bars, width=60, plain=False, color=False)
    _, first, second = text.splitlines()
    assert first.startswith("  ␛[31m [red]x   █")
    assert cells(first) == cells(second)


@given(
    st.lists(st.tuples(st.text(max_size=30), st.none() | st.decimals(-10, 10**6, places=4)), min_size=1, max_size=8),
    st.integers(1, 200),
    st.booleans(),
)
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, Decimal | None]], width: int, plain: bool) -> None:
    """Down to some thirty columns; bars keep the order of their amounts."""
    bars = [Bar(name, amount, ("$1.00", "1")) for name, amount in rows]
    text = drawn(("day", "cost", "number"), bars, width=width, plain=plain, color=False)
    chart = text.splitlines()
    assert len(chart) == len(rows) + 1
    assert max(map(cells, chart)) <= max(width, 32)
    lengths = [
        (amount, sum("▏▎▍▌▋▊▉█".find(mark) + 1 if mark in "▏▎▍▌▋▊▉█" else 0 for mark in one))
        for (name, amount), one in zip(rows, chart[1:], strict=True)
        if amount is not None and not plain and name.isascii()
    ]
    assert [length for _, length in sorted(lengths)] == sorted(length for _, length in lengths)


@pytest.mark.parametrize("plain", [True, False])
def test_without_a_single_amount_there_are_no_bars(plain: bool) -> None:
    """Nothing is divided by nothing."""
    text = drawn(
        ("day", "cost"), [Bar("a", None, ("",)), Bar("b", Decimal(0), ("$0",))], width=60, plain=plain, color=False
    )
    assert "█" not in text
    assert "#" not in text
