import pytest
from hypothesis import example, given, settings, strategies as st

from inference_cli.terminal.markdown.inline import REACH, spans

_scraps = ["*", "**", "_", "`", "``", "[", "]", "(", ")", "!", "a", " ", "b c", "\n", "~~", "\\", "<", ">", "&amp;"]
sources = st.lists(st.sampled_from([*_scraps, "https://a.b/c.", "é", "x" * 400]), max_size=25).map("".join)


@pytest.mark.parametrize(
    ("source", "pieces"),
    [
        ("a *b* c", [("a ", ""), ("b", "3"), (" c", "")]),
        ("**b**_i_ **b**_i_j", [("b", "1"), ("i", "3"), (" ", ""), ("b", "1"), ("_i_j", "")]),
        ("***x***", [("x", "1;3")]),
        ("*a **b** c*", [("a ", "3"), ("b", "1;3"), (" c", "3")]),
        ("snake_case_name", [("snake_case_name", "")]),
        ("2 * 3 * 4", [("2 * 3 * 4", "")]),
        ("~~gone~~ ~5", [("gone", "9"), (" ~5", "")]),
        ("`a *b*`", [("a *b*", "36")]),
        ("`` ` ``", [("`", "36")]),
        ("`open", [("`open", "")]),
        (r"\*a\* \q", [(r"*a* \q", "")]),
        ("[text](https://a.b)", [("text", "4"), (" (https://a.b)", "2")]),
        ("[https://a.b](https://a.b)", [("https://a.b", "4")]),
        ("![alt](pic.png)", [("alt", "4"), (" (pic.png)", "2")]),
        ("[a] (b)", [("[a] (b)", "")]),
        ("<https://a.b>", [("https://a.b", "4")]),
        ("see https://a.b/c_d_e.", [("see ", ""), ("https://a.b/c_d_e", "4"), (".", "")]),
        ("(https://a.b/c)", [("(", ""), ("https://a.b/c", "4"), (")", "")]),
        (
            "&lt;b&gt; &nope &#x202e;&#27;",
            [
                (
                    "<b> &nope \N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}U+202E\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
                    "",
                )
            ],
        ),
        ("a < b", [("a < b", "")]),
        ("one\ntwo\\\nthree", [("one two\nthree", "")]),
        ("[/foo] [red]x[/red]", [("[/foo] [red]x[/red]", "")]),
    ],
)
def test_what_stands_in_a_paragraph(source: str, pieces: list[tuple[str, str]]) -> None:
    """Marks become attributes; what is no mark stays; entities of control characters are masked (fault G1)."""
    joined: list[tuple[str, str]] = []
    for text, style in spans(source)[0]:
        if joined and joined[-1][1] == style:
            joined[-1] = (joined[-1][0] + text, style)
        else:
            joined.append((text, style))
    assert joined == pieces


@example("*_***_", 6)
@settings(max_examples=500)
@given(sources, st.integers(0, 400))
def test_what_is_certain_stays(source: str, cut: int) -> None:
    """What is said of a beginning, while more will come, is what will be said of the whole."""
    early, used = spans(source[:cut], mode="more")
    late, rest = spans(source[used:], source[used - 1] if used else " ")
    whole, _ = spans(source)
    assert used <= min(cut, len(source))
    assert rest == len(source) - used
    assert _chars([*early, *late]) == _chars(whole)


def test_nothing_waits_for_longer_than_its_reach() -> None:
    """A mark that is not closed within reach is text, and what follows it is certain."""
    for opening in ("*", "`", "[", "<", "&", "**[`"):
        _, used = spans(opening + "a b " * REACH, mode="more")
        assert used > 2 * REACH


@pytest.mark.parametrize("source", ["**bold", "**bold*", "**bold**", "*it", "`code", "~~x"])
def test_a_guess_shows_no_marks(source: str) -> None:
    """What is open is shown as what it will be."""
    text = "".join(part for part, _ in spans(source, mode="guess")[0])
    assert not set(text) & set("*`~")


def _chars(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(char, style) for text, style in pieces for char in text]
