import pytest
from hypothesis import given, strategies as st

from inference_cli.terminal.markdown.wrapping import Wrapper, painted, wrapped
from inference_cli.terminal.widths import cells

words = st.text(st.sampled_from("ab  é字。「e\u0301🦊\u05d0\n"), max_size=60)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("the red fox", 7, ["the red", "fox"]),
        ("a  b   c", 10, ["a b c"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("x abcdefgh", 4, ["x", "abcd", "efgh"]),
        ("one\ntwo", 10, ["one", "two"]),
        ("日本語。です", 6, ["日本", "語。で", "す"]),
        ("字", 1, ["字"]),
        ("", 5, []),
    ],
)
def test_where_lines_are_broken(text: str, width: int, lines: list[str]) -> None:
    """Between words, in a word that is too long, between ideographs but not before their punctuation."""
    assert wrapped([(text, "")], width) == lines


@given(words, st.integers(2, 20))
def test_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    """No line is too wide, and every character that is not a space is on one, in order."""
    lines = wrapped([(text, "")], width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())


@given(words, st.lists(st.integers(0, 60), max_size=4).map(sorted), st.integers(2, 20))
def test_words_that_arrive_in_pieces(text: str, places: list[int], width: int) -> None:
    """The lines are those of the whole, wherever it was cut."""
    wrapper = Wrapper(width)
    lines: list[str] = []
    start = 0
    for place in [*places, len(text)]:
        lines += wrapper.push([(text[start:place], "")])
        start = max(start, place)
    assert lines + wrapper.end() == wrapped([(text, "")], width)


@given(words, st.integers(0, 60), st.integers(2, 20), st.integers(2, 20))
def test_another_width_in_the_middle(text: str, place: int, before: int, after: int) -> None:
    """Nothing is lost, and what comes out afterwards fits."""
    wrapper = Wrapper(before)
    early = wrapper.push([(text[:place], "")])
    late = wrapper.resize(after) + wrapper.push([(text[place:], "")]) + wrapper.end()
    assert "".join(early + late).replace(" ", "") == "".join(text.split())
    assert all(cells(line) <= after for line in late)


def test_attributes_begin_and_end_on_their_line() -> None:
    """A style goes over the end of a line, its attributes do not."""
    assert wrapped([("a ", ""), ("bold text", "1"), (" b", "")], 6) == ["a \x1b[1mbold\x1b[0m", "\x1b[1mtext\x1b[0m b"]
    assert painted([("a", "1"), ("b", "3")]) == "\x1b[1ma\x1b[0;3mb\x1b[0m"


def test_isolates_are_closed_on_every_line() -> None:
    """Text that is torn into lines does not turn what follows around (fault G4)."""
    assert wrapped([("\u05d0\u2067 \u05d1 \u05d2\u2069", "")], 2) == ["\u05d0\u2067\u2069", "\u05d1", "\u05d2"]
