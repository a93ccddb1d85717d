import re

import pytest

from inference_cli.terminal.markdown.grid import Grid, alignments, split_row
from inference_cli.terminal.widths import cells
from tests.support.markdown import drawn

HEAD = "|Name|Size|\n|---|--:|\n"


def plain(source: str, width: int) -> list[str]:
    """The lines of a document, without their attributes."""
    return [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in drawn([source], width)]


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("|-|:-:|-:|", ["<", "^", ">"]),
        ("--|--", ["<", "<"]),
        (":-", ["<"]),
        ("---", None),
        ("| a |", None),
        ("||", None),
    ],
)
def test_the_line_below_the_headings(line: str, marks: list[str] | None) -> None:
    """It has a dash for each column; a lone rule is none."""
    assert alignments(line) == marks


def test_bars_in_cells() -> None:
    """A bar behind a backslash belongs to its cell."""
    assert split_row(r"| a \| b | c |") == ["a | b", "c"]


def test_columns_are_as_wide_as_they_need() -> None:
    """Cells are aligned by what is seen of them, wide characters and attributes included."""
    assert plain(HEAD + "|**字**|1|\n|e\u0301|20|\n|x|\n|a|b|too many|\n", 40) == [
        "Name  Size",
        "────  ────",
        "字       1",
        "e\u0301       20",
        "x",
        "a        b",
    ]


def test_the_widest_columns_give_way() -> None:
    """A table that is too wide is wrapped in its cells, its rows are kept apart."""
    lines = plain("|a|b|\n|-|-|\n|one two three four|x|\n|y|z|\n", 14)
    assert lines == [
        "a            b",
        "───────────  ─",
        "one two      x",
        "three four",
        "───────────  ─",
        "y            z",
    ]
    assert max(map(cells, lines)) <= 14


def test_no_room_for_columns() -> None:
    """On a narrow screen each cell is a line, after its heading."""
    assert plain("|Name|Size|Note|\n|-|-|-|\n|red fox|90|x|\n|hare|60||\n", 12) == [
        "Name: red",
        "fox",
        "Size: 90",
        "Note: x",
        "",
        "Name: hare",
        "Size: 60",
    ]
    assert plain("|Name|Size|Note|\n|-|-|-|\n", 12) == ["Name", "Size", "Note"]


def test_a_long_table_does_not_wait_for_its_end() -> None:
    """After some lines the columns are decided; from there on a row is final as it comes, wrapped into them."""
    grid = Grid("|n|word|", ["<", "<"], 40, "─")
    held = [grid.add(f"|{n}|w|") for n in range(300)]
    assert [len(lines) for lines in held] == [0] * 19 + [22] + [1] * 280
    assert [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in grid.add("|300|much wider|")] == [
        "300     much",
        "        wider",
    ]
    assert grid.end() == []


def test_the_size_of_the_screen_decides_nothing() -> None:
    """A table of 300 rows is the same for a stream that is cut anywhere."""
    source = HEAD + "".join(f"|row {n}|{n}|\n" for n in range(300))
    assert drawn(source, 40, looking=True) == drawn([source], 40)


def test_another_width_in_the_middle_of_a_long_table() -> None:
    """The headings come again, and the rest is laid out anew."""
    grid = Grid("|n|word|", ["<", "<"], 40, "─")
    for n in range(30):
        grid.add(f"|{n}|some more words|")
    grid.resize(12)
    assert len(grid.add("|x|y|")) == 3


def test_many_bars_are_no_table_of_ours() -> None:
    """More columns than anybody reads stay text (fault G14)."""
    assert plain("|" * 200 + "\n" + "|-" * 199 + "|\n", 40)[0].startswith("||||")
