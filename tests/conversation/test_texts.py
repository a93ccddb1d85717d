"""Text is read as it is, or refused with what to do about it."""

import io
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from inference_cli.conversation.texts import LIMIT, TextFile, decoded, fenced, read_file, read_stream, typed
from inference_cli.errors import UsageError

TEXT = st.text() | st.text("`\n~a ")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"plain\n", "plain\n"),
        (b"\xef\xbb\xbfmarked\r\nlines\r\n", "marked\r\nlines\r\n"),
        ("{{x}} %s `$HOME` \\n ü 🦊".encode(), "{{x}} %s `$HOME` \\n ü 🦊"),
        (b"", ""),
    ],
)
def test_a_file_is_read_as_it_is(tmp_path: Path, data: bytes, text: str) -> None:
    """Only a byte order mark is dropped (fault H11)."""
    path = tmp_path / "notes.md"
    path.write_bytes(data)
    assert read_file(str(path)) == TextFile(str(path), text)


def test_a_home_is_found_where_the_shell_did_not_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``--file=~/notes`` reaches us with its tilde; of a stranger it is a name like any other."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "notes").write_text("x")
    assert read_file("~/notes") == TextFile("~/notes", "x")
    with pytest.raises(UsageError, match="there is no file ~nobody-here/x"):
        read_file("~nobody-here/x")


def test_a_pipe_of_the_shell_is_read() -> None:
    """``-f <(git diff)`` names a pipe that is open already; its number would tell the model nothing."""
    reading, writing = os.pipe()
    os.write(writing, b"diff")
    os.close(writing)
    try:
        assert read_file(f"/dev/fd/{reading}") == TextFile("pipe", "diff")
    finally:
        os.close(reading)


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """Missing, a folder, a FIFO (which is not opened), a bad name, a link to itself, no name, an address."""
    fifo, loop = tmp_path / "fifo", tmp_path / "loop"
    os.mkfifo(fifo)
    loop.symlink_to(loop)
    said = []
    for name in (
        str(tmp_path / "none"),
        str(tmp_path),
        str(fifo),
        str(loop),
        "a\0b",
        "",
        "https://example.com/a.txt?key=secret",
    ):
        with pytest.raises(UsageError) as error:
            read_file(name)
        said.append(error.value.message.replace(f"{tmp_path}/", "").replace(str(tmp_path), "here"))
    assert said == [
        "there is no file none",
        "here is a folder",
        "fifo is not a file",
        "loop cannot be read: Too many levels of symbolic links",
        "a\0b cannot be read: it is no file name",
        "-f names no file",
        "https://example.com/a.txt is an address, and -f takes files",
    ]


ATTACHED = "A picture, PDF, sound or film is attached:  -a -"


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (b"\x89PNG\r\n\x1a\n", "standard input is not text in UTF-8", ATTACHED),
        (b"a\0b", "standard input is not text: it holds a NUL", ATTACHED),
        ("wide".encode("utf-16"), "standard input is not text in UTF-8", "It is UTF-16: convert it to UTF-8"),
        (b"x" * (LIMIT + 1), "standard input has more than 16 MB of text", "Nothing was sent.  Send less of it"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, message: str, hint: str) -> None:
    """The hint names the flag that takes it (faults G11, H1)."""
    with pytest.raises(UsageError) as error:
        read_stream(io.BytesIO(data))
    assert (error.value.message, error.value.hint) == (message, hint)


def test_a_binary_file_is_to_be_attached_under_its_name(tmp_path: Path) -> None:
    """The next command can be typed as it stands."""
    path = tmp_path / "fox.png"
    path.write_bytes(b"\x89PNG")
    with pytest.raises(UsageError) as error:
        read_file(str(path))
    assert error.value.hint == f"A picture, PDF, sound or film is attached:  -a {path}"


def test_an_endless_stream_is_read_no_further_than_the_limit() -> None:
    """The rest of it is nobody's business."""

    class Endless(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            self.taken += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(UsageError, match="more than 16 MB"):
        read_stream(stream)
    assert stream.taken == LIMIT + 1


def test_a_stream_that_fails_is_said_to() -> None:
    """A closed descriptor, a broken disk."""

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("no")

    with pytest.raises(UsageError, match="standard input cannot be read"):
        read_stream(Broken())


def test_the_limit_itself_is_read() -> None:
    """One byte more is not."""
    assert len(decoded(b"x" * LIMIT, "it", attach="-a -")) == LIMIT


@pytest.mark.parametrize(
    ("text", "message"),
    [("\udcff", "the prompt is not valid UTF-8"), ("a\0", "the prompt holds a NUL, which is no text")],
)
def test_an_argument_that_no_request_can_carry_is_refused(text: str, message: str) -> None:
    """Any program can be started with any bytes (faults G10, G11)."""
    with pytest.raises(UsageError) as error:
        typed(text, "the prompt")
    assert error.value.message == message
    assert typed(" ü\n", "the prompt") == " ü\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x = 1\n", "a.py\n```\nx = 1\n```"),
        ("x = 1", "a.py\n```\nx = 1\n```"),
        ("", "a.py\n```\n```"),
        ("````md\n```\n````\n", "a.py\n`````\n````md\n```\n````\n`````"),
        ("crlf\r\n", "a.py\n```\ncrlf\r\n```"),
    ],
)
def test_a_file_stands_under_its_name(text: str, shown: str) -> None:
    """Its backticks cannot end the block it stands in."""
    assert fenced(TextFile("a.py", text)) == shown


def test_a_name_stays_on_its_line() -> None:
    """It cannot pass itself off as a part of the prompt."""
    assert fenced(TextFile("a\nb", "x")) == "a\ufffdb\n```\nx\n```"


@given(TEXT)
def test_the_block_ends_where_the_text_does(text: str) -> None:
    """Whatever stands in a file: the first line of the fence's length after the first one is the last line."""
    fence, block = re.match(r"n\n(`+)\n(.*)", fenced(TextFile("n", text)), re.DOTALL).groups()  # type: ignore[union-attr]
    assert block.split(fence) == [text if not text or text.endswith("\n") else f"{text}\n", ""]
