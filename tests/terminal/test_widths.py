import pytest
from hypothesis import given, strategies as st

from inference_cli.terminal.widths import cells, fitting

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
