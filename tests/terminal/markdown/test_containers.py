import pytest

from inference_cli.terminal.markdown.containers import Container, Marks, columns, gap, may_interrupt, opened, prefix

MARKS = Marks()


@pytest.mark.parametrize(
    ("line", "marker", "rest", "offset"),
    [
        ("- a", "• ", "a", 2),
        ("  *   a", "• ", "a", 6),
        ("12) a", "12) ", "a", 4),
        ("-     code", "• ", "    code", 2),
        ("- [X] done", "☑ ", "done", 2),
        ("> a", "", "a", 0),
        (">a", "", "a", 0),
    ],
)
def test_what_begins_a_list_or_quote(line: str, marker: str, rest: str, offset: int) -> None:
    """The marker that is drawn, the rest of the line, and where further lines have to begin."""
    found = opened(line, None, 0, MARKS)
    assert found is not None
    assert (found[0].marker, found[1], found[0].offset) == (marker, rest, offset)


@pytest.mark.parametrize("line", ["-a", "1.a", "1234567890. a", "a - b", "    - a"])
def test_what_begins_none(line: str) -> None:
    """A marker needs a space, a number has nine digits at most."""
    assert opened(line, None, 0, MARKS) is None


def test_numbers_count_on() -> None:
    """Items of one list are counted from the first, whatever their numbers are."""
    first = opened("7. a", None, 0, MARKS)
    assert first is not None
    second = opened("1. b", first[0], 0, MARKS)
    third = opened("1) c", first[0], 0, MARKS)
    assert second is not None
    assert third is not None
    assert (first[0].marker, second[0].marker, third[0].marker) == ("7. ", "8. ", "1) ")


@pytest.mark.parametrize(
    ("line", "inside"),
    [("  more", "more"), ("    deeper", "  deeper"), ("", ""), ("less", None), (" - b", None)],
)
def test_lines_of_an_item(line: str, inside: str | None) -> None:
    """They are indented as its text is, or empty."""
    assert Container("-", "• ", offset=2).inside(line) == inside


def test_a_sloppy_list_in_a_list() -> None:
    """Models indent a list in a numbered one by two, which is meant to be inside."""
    assert Container(".", "1. ", offset=3).inside("  - b") == "- b"
    assert Container(".", "1. ", offset=3).inside("  text") is None


@pytest.mark.parametrize(
    ("line", "may"), [("- a", True), ("1. a", True), ("2. a", False), ("-", False), ("text", True)]
)
def test_what_may_end_a_paragraph(line: str, may: bool) -> None:
    """A year at the beginning of a line is no list."""
    assert may_interrupt(line) is may


def test_what_is_drawn_before_the_text() -> None:
    """A marker once, then as many spaces; bars on every line, on empty ones too."""
    containers = [Container(">"), Container("-", "• ")]
    first = prefix(containers, MARKS)
    assert first == "\x1b[2m│\x1b[0m • "
    assert prefix(containers, MARKS) == "\x1b[2m│\x1b[0m   "
    assert gap(containers, MARKS) == "\x1b[2m│\x1b[0m"
    assert columns(containers) == 4
