"""Answers of several models: one after the other in a pipe, in columns where a terminal is wide enough."""

import io

from inference_cli.terminal.comparison import Column, in_columns, in_turn
from inference_cli.terminal.output import Output
from inference_cli.terminal.streams import Stream, Streams

TWO = [
    Column("alpha", "# One\n\nshort", "3 tokens"),
    Column("beta", "a longer answer of several words that is folded\x1b[2J", "9 tokens"),
]


def drawn(columns: list[Column], *, width: int, formed: bool = False, color: str = "never") -> list[str]:
    """The lines of a comparison on a terminal."""
    out = io.BytesIO()
    streams = Streams(Stream(None), Stream(out, terminal=True), Stream(None), {"TERM": "xterm", "COLUMNS": str(width)})
    in_columns(Output(streams, color=color), columns, formed=formed)
    return out.getvalue().decode().splitlines()


def test_in_a_pipe() -> None:
    """Each under its model, as it was written; what it took is a note. A failure is said once, at the end."""
    out, err = io.BytesIO(), io.BytesIO()
    in_turn(Output(Streams(Stream(None), Stream(out), Stream(err), {})), [*TWO, Column("c", "", "", "it broke")])
    assert out.getvalue().decode() == (
        "# alpha\n\n# One\n\nshort\n\n# beta\n\na longer answer of several words that is folded\x1b[2J\n\n# c\n\n"
    )
    assert err.getvalue().decode() == "  alpha: 3 tokens\n  beta: 9 tokens\n"


def test_side_by_side() -> None:
    """Folded into their columns, and made safe."""
    assert drawn(TWO, width=79) == [
        "  alpha                                   beta",
        "",
        "  # One                                   a longer answer of several words that",
        "                                          is folded␛[2J",
        "  short",
        "                                          9 tokens",
        "  3 tokens",
    ]


def test_one_below_the_other_where_there_is_no_room() -> None:
    """No column is narrower than can be read."""
    lines = drawn(TWO, width=50)
    assert lines[0] == "  alpha"
    assert "  beta" in lines
    assert all(len(line) <= 50 for line in lines)


def test_wide_characters_stay_in_their_columns() -> None:
    """An emoji of several characters is not broken, and the column beside it stands straight."""
    rocket = "👩\u200d🚀"
    lines = drawn([Column("a", "字" * 20 + rocket, "1"), Column("b", rocket * 9, "2")], width=72)
    assert lines == [
        f"  a{' ' * 35}b",
        "",
        f"  {'字' * 16}    {rocket * 8}",
        f"  {'字' * 4}{rocket}{' ' * 24}{rocket}",
        "",
        f"  1{' ' * 35}2",
    ]


def test_markdown_in_columns() -> None:
    """With colours it is drawn; no row is wider than the terminal."""
    lines = drawn([Column("a", "**bold** and `code`", "1"), Column("b", "- one\n- two", "2")], width=80, color="always")
    text = "\n".join(lines)
    assert "**" not in text
    assert "• one" in text


def test_json_is_shown_as_it_is() -> None:
    """An answer in a form is no Markdown."""
    lines = drawn([Column("a", '{"a_b_c": "*x*"}', "1"), Column("b", "{}", "2")], width=80, formed=True, color="always")
    assert any('{"a_b_c": "*x*"}' in line for line in lines)
