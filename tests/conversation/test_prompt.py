"""The prompt holds everything that was given for it: the material first, the question last."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, strategies as st

from inference_cli.conversation.prompt import gather, join, spelled_or_file
from inference_cli.conversation.texts import LIMIT, TextFile
from inference_cli.errors import UsageError


def pipe(data: bytes) -> Callable[[], BinaryIO]:
    """Standard input that can be opened once."""
    streams = [io.BytesIO(data)]
    return streams.pop


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A text file."""
    path = tmp_path / "notes.md"
    path.write_text("# Notes\n")
    return path


@pytest.mark.parametrize(
    ("argument", "piped", "prompt"),
    [
        ("explain", None, "explain"),
        (None, b"question\n", "question"),
        ("-", b"question\r\n", "question"),
        ("explain", b"diff --git\n+x\n", "diff --git\n+x\n\nexplain"),
        ("explain", b"diff\n\n", "diff\n\n\nexplain"),
        ("explain", b"", "explain"),
        ("explain", b" \n", "explain"),
        ("", b"question", "question"),
        ("{{}} %s `x`\n", None, "{{}} %s `x`\n"),
        (None, b"a\r\nb\r\n", "a\r\nb"),
    ],
)
def test_argument_and_stdin_are_joined(argument: str | None, piped: bytes | None, prompt: str) -> None:
    """Stdin first, a blank line, the argument; stdin without words does not count."""
    assert gather(argument, stdin=None if piped is None else pipe(piped)) == prompt


def test_files_come_first_under_their_names(notes: Path) -> None:
    """In the order of the command line."""
    shown = f"{notes}\n```\n# Notes\n```"
    assert gather("sum up", [str(notes)]) == f"{shown}\n\nsum up"
    assert gather(None, [str(notes), str(notes)]) == f"{shown}\n\n{shown}"
    assert gather("sum up", [str(notes)], stdin=pipe(b"more\n")) == f"{shown}\n\nmore\n\nsum up"
    assert gather("sum up", ["-", str(notes)], stdin=pipe(b"log\n")) == f"stdin\n```\nlog\n```\n\n{shown}\n\nsum up"


@pytest.mark.parametrize("piped", [None, b"", b" \n\t"])
@pytest.mark.parametrize("argument", [None, "", "  "])
def test_without_words_there_is_no_prompt(argument: str | None, piped: bytes | None) -> None:
    """It is refused, unless it may be missing."""
    with pytest.raises(UsageError) as error:
        gather(argument, stdin=None if piped is None else pipe(piped))
    assert error.value.message == "the prompt is empty"
    assert gather(argument, stdin=None if piped is None else pipe(piped), required=False) == ""


def test_an_empty_file_alone_is_no_prompt(notes: Path) -> None:
    """Beside a question it is shown to be empty."""
    notes.write_text("")
    with pytest.raises(UsageError, match="the prompt is empty"):
        gather(None, [str(notes)])
    assert gather("why?", [str(notes)]) == f"{notes}\n```\n```\n\nwhy?"


@pytest.mark.parametrize(
    ("argument", "files", "piped", "message"),
    [
        ("-", ["-"], b"x", "two arguments read standard input"),
        (None, ["-", "-"], b"x", "two arguments read standard input"),
        ("-", [], None, "- names standard input, where nothing comes from"),
        (None, ["-"], None, "- names standard input, where nothing comes from"),
        ("\udcff", [], None, "the prompt is not valid UTF-8"),
        ("explain", [], b"\xff", "standard input is not text in UTF-8"),
        ("explain", ["-"], b"\0", "standard input is not text: it holds a NUL"),
        ("x", [], b"y" * LIMIT, "the prompt has more than 16 MB of text"),
        ("x", [], b"\xc3\xbc" * (LIMIT // 2), "the prompt has more than 16 MB of text"),
    ],
)
def test_what_cannot_be_sent_is_refused(
    argument: str | None, files: list[str], piped: bytes | None, message: str
) -> None:
    """Nothing is dropped in silence (faults G10, G11, H1)."""
    with pytest.raises(UsageError) as error:
        gather(argument, files, stdin=None if piped is None else pipe(piped))
    assert error.value.message == message


def test_bad_words_are_refused_before_stdin_is_waited_for() -> None:
    """Reading it may take as long as the command before the pipe runs."""

    def unread() -> BinaryIO:
        raise AssertionError("read")

    for argument, files in (("\udcff", []), ("x", ["/nowhere/x"])):
        with pytest.raises(UsageError):
            gather(argument, files, stdin=unread)


@given(st.lists(st.sampled_from("ABC"), max_size=3), st.booleans(), st.booleans())
def test_each_part_is_in_it_once(names: list[str], piped: bool, asked: bool) -> None:
    """Whole, and in order."""
    files = [TextFile(name, f"<file {number}>\n") for number, name in enumerate(names)]
    prompt = join(files, "<piped>\n" if piped else "", "<asked>" if asked else "")
    parts = [*(file.text for file in files), *(["<piped>"] if piped else []), *(["<asked>"] if asked else [])]
    assert [prompt.count(part) for part in parts] == [1] * len(parts)
    assert sorted(parts, key=prompt.index) == parts


@given(st.text(min_size=1).filter(str.strip))
def test_an_argument_alone_is_sent_as_it_is(text: str) -> None:
    """Every character of it (fault H11)."""
    assert join([], "", text) == text


def test_a_flag_takes_text_or_a_file(notes: Path) -> None:
    """``--system @notes.md``."""
    assert spelled_or_file(f"@{notes}", "the system prompt") == "# Notes\n"
    assert spelled_or_file("Be brief.", "the system prompt") == "Be brief."
    with pytest.raises(UsageError, match="the system prompt is not valid UTF-8"):
        spelled_or_file("\udcff", "the system prompt")
