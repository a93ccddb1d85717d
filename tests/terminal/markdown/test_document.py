import re
from time import process_time

import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.terminal.markdown.containers import ASCII, Marks
from inference_cli.terminal.markdown.document import Markdown
from inference_cli.terminal.safe import block
from tests.support.markdown import SAMPLE, cuts, drawn, odd_answers, pieces

M = 1_000_000
_SGR = re.compile(r"\x1b\[[0-9;]*m")


def plain(text: str, width: int = 40) -> list[str]:
    """The lines of a whole document, without their attributes."""
    return [_SGR.sub("", line) for line in drawn([text], width)]


@pytest.mark.unmeasured
@pytest.mark.parametrize("width", [1, 5, 20, 36, 76])
def test_an_answer_cut_at_every_character(width: int) -> None:
    """One character at a time, looked at after each, gives the lines of the whole."""
    assert drawn(SAMPLE, width, looking=True) == drawn([SAMPLE], width)


@settings(max_examples=150)
@given(odd_answers.map(block), cuts, st.sampled_from([1, 5, 12, 40, 76]))
def test_any_answer_cut_anywhere(text: str, places: list[int], width: int) -> None:
    """The lines that are handed out never depend on how the text arrived, nor on looking at it."""
    whole = drawn([text], width)
    assert drawn(pieces(text, places), width, looking=True) == whole
    assert drawn(text, width) == whole


@settings(max_examples=100)
@given(odd_answers, st.sampled_from([5, 40]))
def test_no_attribute_outlives_its_line(text: str, width: int) -> None:
    """A line holds attributes and no other control character, and ends without any."""
    for line in drawn([block(text)], width):
        codes = _SGR.findall(line)
        assert not codes or codes[-1] == "\x1b[0m"
        assert all(char.isprintable() or char in "\t\u200d\u2066\u2067\u2068\u2069" for char in _SGR.sub("", line))


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("# A *b*\ntext\n", ["A b", "", "text"]),
        ("A\n===\ntext\n", ["A", "", "text"]),
        ("one\ntwo\n\nthree", ["one two", "", "three"]),
        ("one  \ntwo\\\nthree", ["one", "two", "three"]),
        ("- a\n- b\n  - c\n\n- d\n", ["• a", "• b", "  \N{EN DASH} c", "", "• d"]),
        ("7. a\n9. b\n", ["7. a", "8. b"]),
        ("- [x] a\n- [ ] b\n", ["☑ a", "☐ b"]),
        ("1. a\n   ```py\n   x = 1\n   ```\n   b", ["1. a", "     x = 1", "   b"]),
        ("> a\n> > b\nlazy\n", ["│ a", "│", "│ │ b lazy"]),
        ("***\n", ["─" * 40]),
        ("a\n---\n\nb\n\n---\nc", ["a", "", "b", "", "─" * 40, "", "c"]),
        ("```\n*a*\n\n\n[b]\n```\nc", ["  *a*", "", "", "  [b]", "", "c"]),
        ("```\nnever closed", ["  never closed"]),
        ("    indented\n\n    code\ntext", ["  indented", "", "  code", "", "text"]),
        ("|a|b|\n|-|-:|\n|c|d|\n", ["a  b", "─  ─", "c  d"]),
        ("<p>\n*a*\n</p>\n", ["<p>", "*a*", "</p>"]),
        ("-\n", ["•"]),
        ("# \n", []),
        ("", []),
        ("\n\n \n", []),
        ("[/foo] [red]a[/red] :smile:", ["[/foo] [red]a[/red] :smile:"]),
    ],
)
def test_what_is_drawn(source: str, lines: list[str]) -> None:
    """Each kind of block, and markup of other languages as it is (fault G6)."""
    assert plain(source) == lines


@pytest.mark.parametrize(
    ("so_far", "lines"),
    [
        ("some **bold", ["some \x1b[1mbold\x1b[0m"]),
        ("some **", ["some"]),
        ("text\n-", ["text"]),
        ("text\n```", ["text"]),
        ("text\n#", ["text"]),
        ("a\n\n```py\nx =", ["  x ="]),
        ("|a|b|\n|-|-|\n|c", ["\x1b[1ma\x1b[0m  \x1b[1mb\x1b[0m", "\x1b[2m─  ─\x1b[0m", "c"]),
        ("see [the page](https://exam", ["see [the page](\x1b[4mhttps://exam\x1b[0m"]),
    ],
)
def test_what_is_seen_of_a_beginning(so_far: str, lines: list[str]) -> None:
    """What is open is drawn as what it will probably be; marks of which the meaning is open are not drawn."""
    markdown = Markdown(40, marks=Marks())
    markdown.feed(so_far)
    assert [line for line in markdown.preview() if line] == lines


def test_code_and_long_paragraphs_do_not_wait_for_their_end() -> None:
    """A line of code is final with its line end; of a paragraph only the end is open."""
    markdown = Markdown(40, marks=Marks())
    assert markdown.feed("```\n" + "code\n" * 1_000) == ["  code"] * 1_000
    assert markdown.preview() == []
    markdown = Markdown(40, marks=Marks())
    done = markdown.feed("word " * 2_000)
    assert len(done) > 200
    assert len(markdown.preview()) < 30


@pytest.mark.parametrize(
    ("before", "beginning", "lines"),
    [
        ("one\ntwo\n", "- t", ["one two"]),
        ("- one\n", "- t", ["• one"]),
        ("- one\n", "  - t", ["• one"]),
        ("- one\n", "- **t", ["• one"]),
        ("one\n", "> t", ["one"]),
        ("|a|\n|-|\n", "1. t", ["a", "─"]),
        ("one\n", "- ", []),
        ("one\n", "- -", []),
        ("one\n", "2. t", []),
        ("one\n", "# t", []),
        ("> one\n", "> t", []),
    ],
)
def test_a_block_is_finished_as_soon_as_that_is_certain(before: str, beginning: str, lines: list[str]) -> None:
    """The beginning of the next item says that the one before it has ended."""
    markdown = Markdown(40, marks=Marks())
    done = markdown.feed(before) + markdown.feed(beginning)
    assert [_SGR.sub("", line) for line in done] == lines


def test_an_overlong_line_loses_no_space() -> None:
    """Wherever the line is cut to be read, its words stay apart."""
    for lead in range(12):
        words = ["x" * lead] * (lead > 0) + [f"w{n}" for n in range(400)]
        assert " ".join(drawn([" ".join(words)], 40)).split() == words


def test_an_overlong_line_may_end_with_a_line_break() -> None:
    """Two spaces at its end break it as they break a short one."""
    assert plain("word " * 100 + " \nnext")[-1] == "next"
    assert plain("word " * 100 + "\nnext")[-1] == "word word word word next"


def test_another_width_in_the_middle() -> None:
    """What was handed out stays; the rest is wrapped in the new width, and nothing is lost or said twice."""
    markdown = Markdown(40, marks=Marks())
    words = [f"w{n}" for n in range(600)]
    lines = markdown.feed(" ".join(words[:500]))
    kept = len(lines)
    lines += markdown.resize(12)
    lines += markdown.feed(" " + " ".join(words[500:])) + markdown.end()
    assert " ".join(lines).split() == words
    assert max(map(len, lines[:kept])) > 12
    assert max(map(len, lines[kept:])) <= 12


def test_marks_of_a_terminal_without_unicode() -> None:
    """ASCII marks, and no boxes."""
    markdown = Markdown(10, marks=ASCII)
    lines = markdown.feed("- [x] a\n  - b\n> c\n\n---\n") + markdown.end()
    assert all(line.isascii() for line in lines)
    assert [_SGR.sub("", line) for line in lines] == ["* [x] a", "  - b", "", "| c", "", "-" * 10]


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    "text",
    [
        "[" * M,
        ("[" * 99 + "\n") * (M // 100),
        "[a](" * (M // 4),
        "*a" * (M // 2),
        "`a``" * (M // 4),
        "> " * (M // 2),
        "- " * (M // 2),
        "".join("  " * depth + "- a\n" for depth in range(1_000)),
        "a" * 10 * M,
        "word " * 2 * M,
        "```py\n" + "x=1;" * (10 * M // 4),
        "\\a" * (M // 2),
        "<a" * (M // 2),
        "&a" * (M // 2),
        "|" * M,
        "|" * 3_000 + "\n" + "|-" * 2_900 + "|\n" + ("|" * 3_000 + "\n") * 300,
        "-" * M,
        "[a](b) " * (M // 7),
        "a_b*" * (M // 4),
        " " * M,
    ],
    ids=lambda text: text[:8].strip() or "spaces",
)
def test_G14_texts_made_to_be_slow(text: str) -> None:
    """A megabyte of brackets, deep nesting, a line of ten megabytes: a second of CPU at most, alone on a machine."""
    start = process_time()
    assert drawn([text], 76) or not text.strip()
    assert process_time() - start < 3  # the machine is shared


@pytest.mark.unmeasured
def test_G14_the_same_in_small_pieces() -> None:
    """A line without end is as quick when it arrives by tokens."""
    start = process_time()
    drawn(["[[[["] * 100_000, 76)
    drawn(["word"] * 100_000, 76)
    drawn(["```\n", *["word"] * 100_000], 76)
    assert process_time() - start < 6
