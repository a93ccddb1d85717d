from inference_cli.terminal.markdown.blocks import Code, Paragraph, Verbatim
from inference_cli.terminal.markdown.highlight import Highlighter


def test_the_first_line_of_a_paragraph_waits() -> None:
    """The second line may make a heading or a table of it; after that lines come as they are full."""
    paragraph = Paragraph(10)
    assert paragraph.add("one two three four") == []
    assert paragraph.first == "one two three four"
    assert paragraph.add("five " * 100)[:2] == ["one two", "three four"]
    assert paragraph.end()[-1].endswith("five")


def test_a_copy_of_a_paragraph_goes_its_own_way() -> None:
    """Ending it leaves the paragraph open."""
    paragraph = Paragraph(10)
    paragraph.add("*one")
    other = paragraph.copy()
    assert other.end(guess=True) == ["\x1b[3mone\x1b[0m"]
    paragraph.add("two*")
    assert paragraph.end() == ["\x1b[3mone two\x1b[0m"]


def test_a_paragraph_that_is_too_long_goes_on_as_it_is() -> None:
    """Marks mean nothing any more; nothing is lost (fault G14)."""
    paragraph = Paragraph(100)
    lines = [line for _ in range(1_000) for line in paragraph.add("*word* " * 10)] + paragraph.end()
    text = "".join(lines)
    assert text.count("word") == 10_000
    assert "*word*" in lines[-1]


def test_the_style_of_a_heading_holds_for_all_of_it() -> None:
    """Emphasis is added to it."""
    heading = Paragraph(40, "1")
    heading.add("a *b*")
    assert heading.end() == ["\x1b[1ma \x1b[0;1;3mb\x1b[0m"]


def test_raw_text_line_by_line() -> None:
    """Lines are kept, wide ones wrapped under their indent, empty ones left out."""
    raw = Verbatim(10)
    lines = [*raw.add("<p>"), *raw.add("  one two three"), *raw.add(" "), *raw.add("<b>"), *raw.end()]
    assert lines == ["<p>", "  one two", "  three", "<b>"]


def test_code_is_cut_by_the_terminal_only() -> None:
    """A line of it is a line, so that it is copied whole; empty lines at the end of indented code are none."""
    code = Code("```", 2, Highlighter(""))
    assert code.add("    x" + "y" * 200) == ["    x" + "y" * 200]
    assert (code.closed_by("```"), code.closed_by("~~~"), code.closed_by("``"), code.closed_by("    ```")) == (
        True,
        False,
        False,
        False,
    )
    indented = Code("", 4, Highlighter(""))
    assert [*indented.add("    a"), *indented.add(""), *indented.add("    b"), *indented.add("")] == ["  a", "", "  b"]
