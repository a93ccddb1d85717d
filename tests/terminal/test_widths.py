import pytest
from hypothesis import given, strategies as st

from inference_cli.terminal.widths import beginning, cells, fitting, folded

texts = st.text(st.sampled_from("ab é字。e\u0301👩\u200d🚀❤\ufe0f\u05d0"), max_size=30)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("", 0),
        ("é", 1),
        ("字", 2),
        ("e\u0301", 1),
        ("🦊", 2),
        ("❤\ufe0f", 2),
        ("\u05d0\u2067", 1),
        ("ﾊ", 1),
    ],
)
def test_columns_of_a_text(text: str, columns: int) -> None:
    """Wide characters take two columns, marks none, an emoji made of a narrow character two."""
    assert cells(text) == columns


@given(texts, st.integers(1, 12))
def test_what_fits_is_cut_between_characters(text: str, width: int) -> None:
    """As much as fits, at least one character, none without its marks and none after a joiner."""
    end = fitting(text, width)
    first, rest = text[:end], text[end:]
    assert bool(first) == bool(text)
    assert rest[:1] not in {"\u0301", "\ufe0f", "\u200d"}
    assert not rest or not first.endswith("\u200d")
    assert cells(first) <= width or fitting(first, 1) == len(first)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("abcd", 1, "…"),
        ("字字", 4, "字字"),
        ("字字字", 4, "字…"),
        ("ae\u0301e\u0301e\u0301", 3, "ae\u0301…"),
        ("👩\u200d🚀 in space", 6, "👩\u200d🚀 …"),
    ],
)
def test_a_beginning(text: str, width: int, shown: str) -> None:
    """What has no room gives way to an ellipsis, by columns, and no character is parted from its marks."""
    assert beginning(text, width) == shown


def test_the_ellipsis_of_a_plain_terminal_takes_three_columns() -> None:
    """So there is less of the text."""
    assert beginning("abcdef", 5, end="...") == "ab..."


@given(texts, st.integers(6, 12))
def test_no_beginning_is_too_wide(text: str, width: int) -> None:
    """Where a whole character has room beside the ellipsis."""
    assert cells(beginning(text, width)) <= max(width, 1 + max(map(cells, text.split()), default=0))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("one two", 7, ["one two"]),
        ("one two", 5, ["one", "two"]),
        ("onetwo", 3, ["one", "two"]),
        ("    deep value", 9, ["    deep", "value"]),
        ("    deepvalue", 8, ["    deep", "value"]),
        ("one  two", 4, ["one", "two"]),
        ("字字字", 4, ["字字", "字"]),
    ],
)
def test_a_line_in_lines(text: str, width: int, lines: list[str]) -> None:
    """Broken at spaces, but not in its indentation; else where the columns end."""
    assert folded(text, width) == lines


@given(texts, st.integers(1, 12))
def test_folding_leaves_out_spaces_alone(text: str, width: int) -> None:
    """Every character that can be seen is there, in its order."""
    assert "".join(folded(text, width)).replace(" ", "") == text.replace(" ", "")
