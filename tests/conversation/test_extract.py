"""Code comes out of an answer as CommonMark reads it, byte for byte."""

import re

import pytest
from hypothesis import given, settings, strategies as st
from markdown_it import MarkdownIt

from inference_cli.conversation.extract import code_block


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("```\na\n```", "a\n"),
        ("Words:\n```python\nx = 1\n\ny\n```\nMore.", "x = 1\n\ny\n"),
        ("~~~ py `x`\na\n~~~", "a\n"),
        ("````md\n```\na\n```\n````", "```\na\n```\n"),
        ("```\na\n`````  \nb", "a\n"),
        ("```\na\n~~~\n``\n``` x\n", "a\n~~~\n``\n``` x\n"),
        ("   ```\n   a\n     b\n c\n  ```\n", "a\n  b\nc\n"),
        ("    ```\n    a\n", None),
        ("```\n\ta\n```", "\ta\n"),
        ("```\na", "a"),
        ("```\na\r\n\r\nb\r```", "a\r\n\r\nb\r"),
        ("```\n```", ""),
        ("```", ""),
        ("``` a`b\n", None),
        ("`a` and ``b``", None),
        ("", None),
        ("> ```sh\n> ls\n>\n> cd\n> ```\n", "ls\n\ncd\n"),
        ("> ```\n> a\nb\n", "a\n"),
        ("- item\n  ```\n  a\n\n    b\n  ```\n", "a\n\n  b\n"),
        ("- item\n  ```\n  a\nb\n", "a\n"),
        ("1. one\n2. two\n\n   > ~~~\n   > a\n   > ~~~\n", "a\n"),
        ("-\n  ```\n  a\n  ```", "a\n"),
        ("-\n\n  ```\n  a\n  ```", "a\n"),
        ("10) ```\n    a\n    ```", "a\n"),
        ("-\t```\n\ta\n\t```", "a\n"),
        (">\t\t```\n", None),
        ("a\n1986. b\n      ```\n      c\n", None),
        ("* * *\n  ```\n  a\n  ```", "a\n"),
        ("> a\n```\nb\n```", "b\n"),
        ("<details>\n```\na\n```\n</details>", "a\n"),
        ("# Title\n```\na\n```", "a\n"),
        ("```\nü\u2028🦊\x0b\x0c\x85\n```", "ü\u2028🦊\x0b\x0c\x85\n"),
    ],
)
def test_a_fenced_block_is_found(text: str, code: str | None) -> None:
    """Whatever it is fenced with and stands in; nothing of its text is touched."""
    assert code_block(text) == code


def test_the_first_or_the_last_one() -> None:
    """One that is empty or never closed counts as well."""
    text = "```\none\n```\n\n~~~\ntwo\n~~~\n\n- ```\n  three\n"
    assert [code_block(text, last=last) for last in (False, True)] == ["one\n", "three\n"]
    assert code_block("```\na\n```\n```\n```\n", last=True) == ""


def test_what_is_nested_too_deeply_is_text() -> None:
    """A hundred lists inside each other are read, and no more."""
    assert code_block("> " * 100 + "```\n" + "> " * 100 + "a\n") == "a\n"
    assert code_block("> " * 101 + "```\n" + "> " * 101 + "a\n") is None


PIECES = [
    "```",
    "````",
    "~~~",
    "> ",
    ">",
    "- ",
    "-",
    "* ",
    "1. ",
    "2) ",
    "10. ",
    "  ",
    " ",
    "\t",
    "a",
    "# ",
    "`",
    "=",
    "+",
]
LINES = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)
# The other reader takes a ">" four columns to the right of a quote's other marks for one of its marks.
TEXTS = st.lists(LINES, max_size=7).map("\n".join).filter(lambda text: not re.search(r"(?m)(\t| {3,})[ \t]*>", text))


@given(TEXTS)
@settings(max_examples=200)
def test_others_find_the_same_blocks(text: str) -> None:
    """A parser that others wrote, and that passes CommonMark's own examples, is asked about the same text."""
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).disable(["html_block", "reference"])
    blocks = [token.content for token in parser.parse(f"{text}\n") if token.type == "fence"]
    expected = [None, None] if not blocks else [blocks[0], blocks[-1]]
    assert [code_block(f"{text}\n", last=last) for last in (False, True)] == expected


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")), st.text("`~"))
def test_what_was_fenced_comes_out(code: str, marks: str) -> None:
    """Every byte of it, within a fence that is longer than any in it."""
    text = f"{code}{marks}\n"
    fence = "`" * (3 + len(text))
    assert code_block(f"Here:\n\n{fence}x\n{text}{fence}\n") == text
