"""Columns once, two ways to show them."""

import re
import subprocess
import sys

from hypothesis import given, strategies as st

from inference_cli.terminal.tables import Column, drawn, tab_separated
from inference_cli.terminal.widths import cells

_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
COLUMNS = [
    Column("id", dim=True),
    Column("model"),
    Column("state", state=True),
    Column("age", align="right"),
    Column("what", shrink=True),
]
ROWS: list[list[object]] = [
    ["7cf9b23a", "kling-video", "processing", "1m 12s", "waves at dawn"],
    ["bb8f5eb7", "klein", "saved", "3s", None],
]


def test_a_pipe_gets_tab_separated_lines_without_a_heading() -> None:
    """Whatever is in a cell, a row stays a line and a cell a field; nothing is cut or coloured."""
    rows: list[list[object]] = [["a" * 300, "b\tc\r\nd\u2028e", None, 7], ["x", "\x1b[31m", "\ud800", ""]]
    assert tab_separated(rows) == f"{'a' * 300}\tb c d e\t\t7\nx\t\x1b[31m\t\ufffd\t\n"


def test_a_terminal_gets_aligned_columns() -> None:
    """Two spaces in front, three between, the unknown as a dash."""
    assert drawn(COLUMNS, ROWS, width=80, color=False).splitlines() == [
        "  id         model         state           age   what",
        "  7cf9b23a   kling-video   processing   1m 12s   waves at dawn",
        "  bb8f5eb7   klein         saved            3s   \N{EN DASH}",
    ]


def test_colour_is_for_state_only() -> None:
    """Yellow for what goes on, green for what is done, dim headings."""
    text = drawn(COLUMNS, ROWS, width=80, color=True)
    assert "\x1b[33mprocessing\x1b[0m" in text
    assert "\x1b[32msaved " in text
    assert "\x1b[31m" not in text


def test_a_narrow_terminal_cuts_what_may_be_cut_and_folds_the_rest() -> None:
    """Ids and paths are never cut: every character of them is there."""
    columns = [Column("path"), Column("what", shrink=True)]
    text = drawn(columns, [["/" + "p" * 39, "w" * 60]], width=46, color=False)
    assert text.count("p") == 39 + 1  # and the heading's
    assert "\N{HORIZONTAL ELLIPSIS}" in text
    assert all(len(row) <= 46 for row in text.splitlines())


def test_markup_and_control_characters_in_cells_are_text() -> None:
    """Nothing from a server is obeyed by rich or by the terminal (faults G5, G6)."""
    text = drawn([Column("name")], [["[red]x[/red] [/foo] :smile: [link=http://a]b\x1b]8;;\x07"]], width=80, color=True)
    assert "[red]x[/red] [/foo] :smile: [link=http://a]b␛]8;;␇" in text


_WORDS = st.text("ab -雪e\N{COMBINING ACUTE ACCENT}…", max_size=60)


@given(st.lists(st.tuples(_WORDS, _WORDS, _WORDS), min_size=1, max_size=4), st.integers(34, 120))
def test_a_table_fits_and_loses_nothing_that_may_not_be_cut(rows: list[tuple[str, str, str]], width: int) -> None:
    """Whatever is in the cells: no line is wider than the terminal, and folding leaves out spaces only."""
    columns = [Column("id"), Column("what", shrink=True), Column("when", align="right")]
    lines = drawn(columns, rows, width=width, color=False).splitlines()

    assert max(map(cells, lines)) <= width
    folded = "".join("".join(row[:1] + row[2:]) for row in rows)
    for char in "ab雪":
        assert "".join(lines[1:]).count(char) >= folded.count(char)


def test_a_table_needs_nobody_elses_layout() -> None:
    """A list on a terminal is the most frequent thing of all: loading what draws tables took longer than the list."""
    script = (
        "import sys\n"
        "from inference_cli.terminal.tables import Column, drawn\n"
        "drawn([Column('a')], [['x']], width=80, color=True)\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'rich', 'pygments', 'markdown_it', 'prompt_toolkit'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


def test_a_terminal_too_narrow_for_columns_gets_a_line_for_each_cell() -> None:
    """Behind its title, an empty line between rows; what is not known is left out, and nothing is cut."""
    assert drawn(COLUMNS, ROWS, width=24, color=False).splitlines() == [
        "  id: 7cf9b23a",
        "  model: kling-video",
        "  state: processing",
        "  age: 1m 12s",
        "  what: waves at dawn",
        "",
        "  id: bb8f5eb7",
        "  model: klein",
        "  state: saved",
        "  age: 3s",
    ]
    assert drawn(COLUMNS[2:3] * 4, [["failed"] * 4], width=24, color=True).startswith(
        "  \x1b[2mstate:\x1b[0m\x1b[31m failed\x1b[0m\n"
    )


@given(
    st.lists(st.tuples(st.text("abc", max_size=12), st.booleans()), min_size=1, max_size=9).flatmap(
        lambda columns: st.tuples(
            st.just([Column(title, shrink=shrink) for title, shrink in columns]),
            st.lists(st.lists(st.text(max_size=40), min_size=len(columns), max_size=len(columns)), max_size=4),
        )
    ),
    st.integers(20, 100),
    st.booleans(),
)
def test_no_line_is_wider_than_the_terminal(
    table: tuple[list[Column], list[list[object]]], width: int, color: bool
) -> None:
    """From twenty columns up, whatever is in the cells; a single character may have any number of marks."""
    columns, rows = table
    for shown in _ESCAPES.sub("", drawn(columns, rows, width=width, color=color)).splitlines():
        assert cells(shown) <= width
