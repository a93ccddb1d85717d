import re

import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.terminal.region import Region
from tests.support.screens import Screen

lines = st.text(st.sampled_from("ab "), max_size=10).map(str.rstrip)
steps = st.lists(st.tuples(st.lists(lines, max_size=4), st.lists(lines, max_size=6)), max_size=8)
UP = "\x1b[1A\r\x1b[K\x1b[B\x1b[J\x1b[A"  # to the row above, with everything from there erased
_MOVES = re.compile(r"\x1b\[(\d*)A|(\r\n|\x1b\[B)")


@settings(max_examples=200)
@given(steps, st.integers(2, 8))
def test_what_stays_is_written_once(frames: list[tuple[list[str], list[str]]], rows: int) -> None:
    """A screen shows what stays, below it what is open, or its end; nothing above the region's top is ever touched."""
    region, screen = Region(), Screen(12, rows)
    kept: list[str] = []
    depth = 0  # rows from the region's top to the cursor
    for stays, below in frames:
        data = region.show(stays, below, 12, rows)
        low = 0
        for move in _MOVES.finditer(data):
            depth += 1 if move[2] else -int(move[1] or 1)
            low = min(low, depth)
        assert low == 0
        depth -= len(stays)
        kept += stays
        screen.feed(data.encode())
        shown = below[-max(1, rows - 1) :] or [""]
        assert screen.scrollback[: len(kept)] == kept
        assert screen.scrollback[len(kept) :] == shown[:-1]
        assert screen.screen.display[screen.screen.cursor.y].rstrip() == shown[-1]


def test_only_what_is_new_is_written() -> None:
    """A row that grows is continued, in its style; rows that stand there already are left alone."""
    region = Region()
    assert region.show([], ["one", "\x1b[1mtwo\x1b[0m"], 80, 24) == "one\r\n\x1b[1mtwo\x1b[0m"
    assert region.show([], ["one", "\x1b[1mtwo more\x1b[0m"], 80, 24) == "\x1b[1m more\x1b[0m"
    assert region.show(["one"], ["\x1b[1mtwo more\x1b[0m"], 80, 24) == ""
    assert region.show(["\x1b[1mtwo more\x1b[0m"], [""], 80, 24) == "\r\n"
    assert region.show([], ["a", "c"], 80, 24) == "a\r\nc"
    assert region.show([], ["b", "c"], 80, 24) == f"{UP}b\r\nc"


def test_room_for_something_else() -> None:
    """Cleared, the cursor stands at the beginning of an empty line."""
    region = Region()
    region.show([], ["one", "two"], 80, 24)
    assert region.clear(80, 24) == UP
    assert region.empty


def test_wide_rows_are_folded_as_the_terminal_would() -> None:
    """A code line that is wider than the screen takes several rows, with its style on each."""
    region, screen = Region(), Screen(6, 10)
    line = "\x1b[31mabcdefgh字ij\x1b[0m"
    screen.feed(region.show([], [line], 6, 10).encode())
    assert screen.lines == ["abcdef", "gh字ij"]
    screen.feed(region.show([line], ["x"], 6, 10).encode())
    assert screen.lines == ["abcdef", "gh字ij", "x"]
    assert screen.styled[1][0][1] == "red"


@pytest.mark.parametrize(("before", "after"), [(40, 11), (40, 20), (11, 40), (40, 39)])
@pytest.mark.parametrize("refolds", [True, False])
def test_another_width(before: int, after: int, refolds: bool) -> None:
    """What may change is found again, whether the terminal folded it anew or cut it; what stays is whole."""
    region, screen = Region(refolds=refolds), Screen(before, 10)
    wide, narrow = ["x" * (before - 1), "y" * (before - 3)], ["x" * (after - 1), "y" * (after - 3)]
    screen.feed(region.show(["kept"], wide, before, 10).encode())
    (screen.refold if refolds else screen.resize)(after, 10)
    screen.feed(region.show(["more"], narrow, after, 10).encode())
    assert screen.lines == ["kept", "more", *narrow]


def test_rather_too_low_than_too_high() -> None:
    """Where it is not known how wide a terminal draws an emoji, no row that stays is erased."""
    region = Region()
    region.show([], ["👩\u200d🚀❤\ufe0f" * 4, "a"], 40, 10)
    assert region.show([], ["b"], 12, 10).startswith("\x1b[1A\r")
