import subprocess
import sys

import pytest
from hypothesis import given, settings, strategies as st

from inference_cli.terminal.markdown.highlight import Highlighter

PYTHON = 'def fox(n: int) -> str:\n    """Two\n    lines."""\n    return f"{n}"  # red\n'
SCRIPT = "/* one\n two */ const x = `a\n${y} b`; // c\n"
HTML = "<!-- a\n b --><p class='x'>text</p>\n"


def coloured(language: str, source: str) -> list[list[tuple[str, str]]]:
    """The styled pieces of every line, neighbours of one style joined."""
    highlighter = Highlighter(language)
    lines = []
    for line in source.splitlines():
        joined: list[tuple[str, str]] = []
        for text, style in highlighter.line(line):
            if joined and joined[-1][1] == style:
                joined[-1] = (joined[-1][0] + text, style)
            else:
                joined.append((text, style))
        lines.append(joined)
    return lines


def styles(language: str, source: str, text: str) -> set[str]:
    """The styles of the pieces that contain a text."""
    return {style for line in coloured(language, source) for part, style in line if text in part}


@pytest.mark.parametrize(
    ("language", "source", "text", "style"),
    [
        ("python", PYTHON, "def", "35"),
        ("py", PYTHON, "fox", "34"),
        ("Python", PYTHON, "lines.", "32"),
        ("python", PYTHON, "# red", "2"),
        ("js", SCRIPT, " two", "2"),
        ("js", SCRIPT, "const", "35"),
        ("js", SCRIPT, "b`", "32"),
        ("html", HTML, " b -->", "2"),
        ("c", "/* a\n * b\n */\nint x;", " * b", "2"),
        ("json", '{"a": [1, true]}', "true", "36"),
        ("bash", "# hi\nfor x in y; do echo; done", "# hi", "2"),
        ("diff", "+new\n-old\n", "+new", "32"),
    ],
)
def test_colours_of_code(language: str, source: str, text: str, style: str) -> None:
    """Keywords, names, strings and comments, where they go over several lines too."""
    assert styles(language, source, text) == {style}


@pytest.mark.parametrize("language", ["", "nosuch", "mermaid-ish", "../x", "\x1b"])
def test_a_language_that_is_not_known(language: str) -> None:
    """The code stays as it is."""
    assert coloured(language, "def x") == [[("def x", "")]]


@settings(max_examples=60)
@given(
    st.sampled_from(["python", "js", "html", "c", "json", "yaml", "bash", "sql", "rust", "css", "go", "xml", "make"]),
    st.lists(st.text(st.sampled_from("ab/*<!->\"'`{}()[]$#: \\=\n0"), max_size=30), max_size=6),
)
def test_colours_change_nothing_but_the_colour(language: str, lines: list[str]) -> None:
    """Whatever the code is, its text stays."""
    highlighter = Highlighter(language)
    for text in "\n".join(lines).split("\n"):
        assert "".join(part for part, _ in highlighter.line(text)) == text


def test_a_copy_goes_its_own_way() -> None:
    """Looking at how a line would be coloured does not change the next."""
    from copy import copy

    highlighter = Highlighter("python")
    highlighter.line('x = """a')
    copy(highlighter).line('b"""')
    assert highlighter.line("def")[0][1] == "32"


def test_a_line_that_is_too_long_has_no_colours() -> None:
    """A lexer may take long over what is not code (fault G14)."""
    assert Highlighter("python").line("def " * 300) == [("def " * 300, "")]


def test_what_every_language_needs_can_be_loaded_before() -> None:
    """The first block of code waits for its own lexer then, and for nothing else of pygments."""
    program = (
        "import sys\n"
        "from inference_cli.terminal.markdown.highlight import Highlighter, prepare\n"
        "prepare()\n"
        "before = set(sys.modules)\n"
        "Highlighter('bash').line('ls')\n"
        "print(*{name for name in set(sys.modules) - before if name.startswith('pygments')})\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["pygments.lexers.shell"]
