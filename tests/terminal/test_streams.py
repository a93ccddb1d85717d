"""The standard streams: who is there, how wide, in colour or not; and writing when that is hard."""

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from inference_cli.errors import LocalError, UsageError
from inference_cli.terminal.streams import Stream, Streams, readers_of_stdin
from tests.support.screens import Recorded


class Broken(io.RawIOBase):
    """A stream that fails in a chosen way."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def writable(self) -> bool:
        """It says so."""
        return True

    def readable(self) -> bool:
        """It says so."""
        return True

    def write(self, data: Any) -> int:
        """Fail."""
        raise self.error

    def readinto(self, buffer: Any) -> int:
        """Fail."""
        raise self.error


class Stuttering(io.RawIOBase):
    """A full pipe that takes nothing at first, then three bytes at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = bytearray()
        self._refused = False
        self._read, self._write = os.pipe()

    def fileno(self) -> int:
        """A descriptor that can be written to."""
        return self._write

    def write(self, data: Any) -> int | None:
        """Take a little."""
        if not self._refused:
            self._refused = True
            return None
        self.taken += bytes(data[:3])
        return min(3, len(data))

    def close(self) -> None:
        """Close the pipe once."""
        if not self.closed:
            os.close(self._read)
            os.close(self._write)
        super().close()


def streams(stdin: Any = None, stdout: Any = None, stderr: Any = None, env: Mapping[str, str] | None = None) -> Streams:
    """Streams over any buffers, none of them a terminal."""
    return Streams(Stream(stdin), Stream(stdout), Stream(stderr), env or {})


@pytest.mark.parametrize(
    ("env", "terminal", "wish", "expected"),
    [
        ({"TERM": "xterm"}, True, "auto", True),
        ({"TERM": "xterm"}, False, "auto", False),
        ({"TERM": "dumb"}, True, "auto", False),
        ({}, True, "auto", False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, True, "auto", False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True, "auto", True),
        ({"CLICOLOR_FORCE": "1"}, False, "auto", True),
        ({"CLICOLOR_FORCE": "0"}, False, "auto", False),
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, True, "auto", False),
        ({"NO_COLOR": "1"}, False, "always", True),
        ({"CLICOLOR_FORCE": "1"}, True, "never", False),
    ],
)
def test_colour_is_decided_by_flag_environment_and_terminal(
    env: dict[str, str], terminal: bool, wish: str, expected: bool
) -> None:
    """The flag wins, then NO_COLOR, CLICOLOR_FORCE, TERM, and last whether it is a terminal (fault G8)."""
    recorded = Recorded(terminals=("stdout", "stderr") if terminal else (), env=env)
    assert (recorded.color("stdout", wish), recorded.color("stderr", wish)) == (expected, expected)


def test_each_stream_is_asked_by_itself() -> None:
    """A terminal on stdout alone has colour there alone, and nothing is redrawn on stderr."""
    recorded = Recorded(terminals=("stdout",))
    assert (recorded.color("stdout"), recorded.color("stderr"), recorded.animated) == (True, False, False)
    assert (recorded.stdin_is_terminal, recorded.stdout_is_terminal, recorded.stderr_is_terminal) == (
        False,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("env", "animated"),
    [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"TERM": "xterm", "CI": "true"}, False), ({}, False)],
)
def test_lines_are_redrawn_only_where_they_can_be(env: dict[str, str], animated: bool) -> None:
    """A dumb terminal and CI get log lines."""
    assert Recorded(terminals=("stderr",), env=env).animated is animated


@pytest.mark.parametrize(
    ("env", "extent"),
    [
        ({"COLUMNS": "132", "LINES": "50"}, (132, 50)),
        ({"COLUMNS": "0", "LINES": "0"}, (80, 24)),
        ({"COLUMNS": "wide", "LINES": "-3"}, (80, 24)),
        ({"COLUMNS": "²"}, (80, 24)),
        ({}, (80, 24)),
    ],
)
def test_the_width_is_never_zero(env: dict[str, str], extent: tuple[int, int]) -> None:
    """COLUMNS and LINES count when they are numbers above 0; without any knowledge it is 80 by 24."""
    recorded = Recorded(terminals=("stderr",), env=env)
    assert (recorded.width, recorded.height) == extent


def test_the_width_is_that_of_the_terminal() -> None:
    """A real terminal is asked each time; one that says 0 is not believed."""
    import fcntl
    import struct
    import termios

    master, slave = os.openpty()
    with os.fdopen(slave, "wb", buffering=0) as terminal, os.fdopen(master, "rb", buffering=0):
        seen = Streams(Stream(None), Stream(None), Stream(terminal, terminal=True), {})
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 101, 0, 0))
        assert (seen.width, seen.height) == (101, 30)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 0, 0, 0, 0))
        assert (seen.width, seen.height) == (80, 24)


def test_a_closed_stderr_is_no_reason_to_fail() -> None:
    """Notes are gone, quietly; a result that nobody gets is a failure (fault G12)."""
    closed = streams()
    closed.write_stderr("lost")
    closed.write_stdout("")
    with pytest.raises(LocalError, match="it is closed"):
        closed.write_stdout("lost")
    assert Stream.of(None) == Stream(None)
    assert Stream.of(object()) == Stream(None)


def test_a_full_disk_behind_stdout_is_a_local_error() -> None:
    """/dev/full, and a stream that somebody closed: exit 11, not 0 (fault G12)."""
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(LocalError) as caught:
        streams(stdout=full).write_stdout("x")
    assert caught.value.message == "cannot write to standard output: no space left on device"
    closed = io.BytesIO()
    closed.close()
    with pytest.raises(LocalError, match="it is closed"):
        streams(stdout=closed).write_stdout("x")


def test_a_closed_pipe_stays_a_broken_pipe() -> None:
    """The entry point turns it into exit 141 (fault G13); on stderr it is nobody's business."""
    broken = Broken(BrokenPipeError())
    with pytest.raises(BrokenPipeError):
        streams(stdout=broken).write_stdout("x")
    streams(stderr=broken).write_stderr("x")


def test_a_slow_reader_gets_everything() -> None:
    """Partial writes, and a non-blocking descriptor that is full, are gone on with."""
    with Stuttering() as slow:
        streams(stdout=slow).write_stdout("a red fox")
        assert slow.taken == b"a red fox"


def test_an_encoding_without_our_marks_gets_plainer_ones() -> None:
    """An ASCII console sees plain marks on stderr and escapes elsewhere, and nothing crashes (fault G9)."""
    recorded = Recorded(encoding="ascii")
    recorded.write_stderr("● fox · 1\u00d72 … 狐\n")
    recorded.write_stdout("🦊 · \n")
    assert (recorded.err, recorded.out) == ("* fox - 1x2 ... \\u72d0\n", "\\U0001f98a \\xb7 \n")


@pytest.mark.parametrize(
    ("data", "prompt"),
    [
        (b"a red fox\n", "a red fox"),
        (b"a\r\nb\r\n", "a\r\nb"),
        (b"\xef\xbb\xbfa fox", "a fox"),
        ("żółw\n\n".encode(), "żółw\n"),
    ],
)
def test_a_prompt_is_read_from_stdin(data: bytes, prompt: str) -> None:
    """Text as it is, without a byte order mark and without its last line end."""
    assert Recorded(data).read_prompt() == prompt


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (b"", "the prompt on standard input is empty", None),
        (b" \n\t", "the prompt on standard input is empty", None),
        (b"\x89PNG\r\n\x1a\n\xff", "the prompt on standard input is not text", "--image"),
        (b"a\0b", "the prompt on standard input is not text", "--image"),
        (b"x" * 101, "the prompt on standard input is larger than 0.0001 MB", None),
    ],
)
def test_what_is_no_prompt_is_refused(data: bytes, message: str, hint: str | None) -> None:
    """Empty, binary and huge input: exit 2, nothing sent (faults G11, H1)."""
    with pytest.raises(UsageError) as caught:
        Recorded(data).read_prompt(limit=100)
    assert caught.value.message == message
    assert (hint or "") in (caught.value.hint or "")


def test_a_prompt_is_not_waited_for_on_a_terminal() -> None:
    """Nobody stares at a command that waits for them to type (fault H1); nor is a closed stdin read."""
    with pytest.raises(UsageError, match="which is this terminal"):
        Recorded(b"x", terminals=("stdin",)).read_prompt()
    with pytest.raises(UsageError, match="which is closed"):
        streams().read_prompt()
    with pytest.raises(UsageError, match="cannot be read"):
        streams(stdin=Broken(OSError("no"))).read_prompt()


def test_stdin_has_one_reader() -> None:
    """Two arguments that are both - are a mistake."""
    recorded = Recorded(b"x")
    assert recorded.claim_stdin("the prompt").read() == b"x"
    with pytest.raises(UsageError, match="the prompt and --input both read standard input"):
        recorded.claim_stdin("--input")
    readers_of_stdin([None, "-", "a"])
    with pytest.raises(UsageError, match="two arguments read standard input"):
        readers_of_stdin(["-", None, "-"])


REAL = """
import os, sys
from inference_cli.errors import LocalError
from inference_cli.terminal.streams import Streams
streams = Streams.real(dict(os.environ))
{body}
"""


def run(body: str, redirect: str) -> subprocess.CompletedProcess[bytes]:
    """A process of its own, with its streams redirected by a shell."""
    return subprocess.run(
        ["sh", "-c", f'exec "$0" -c "$1" {redirect}', sys.executable, REAL.format(body=body)],
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_a_real_process_survives_closed_descriptors() -> None:
    """A file opened later does not take the number of a closed stdout (fault G12)."""
    body = "assert os.open('/dev/null', os.O_RDONLY) > 2\nstreams.write_stderr('seen')"
    done = run(body, "<&- >&-")
    assert (done.returncode, done.stderr) == (0, b"seen")


def test_a_real_process_leaves_nothing_in_a_buffer() -> None:
    """After a failed write to /dev/full the interpreter does not fail a second time at exit."""
    body = "try:\n    streams.write_stdout('x')\nexcept LocalError as error:\n    streams.write_stderr(error.message)"
    done = run(body, "> /dev/full")
    assert (done.returncode, done.stderr) == (0, b"cannot write to standard output: no space left on device")


def test_a_real_process_writes_bytes_as_they_are() -> None:
    """Pipes are data: no newline translation, no encoding of bytes."""
    done = run("streams.write_stdout(b'\\xff\\r\\n')\nstreams.write_stdout('f\\u00fcchse\\n')", "")
    assert (done.returncode, done.stdout) == (0, b"\xff\r\nf\xc3\xbcchse\n")


def test_marks_are_for_terminals_that_can_draw_them() -> None:
    """Neither a pipe nor a dumb terminal nor one of another encoding gets them."""
    assert Recorded(terminals=("stdout",)).shows("█")
    assert not Recorded().shows("█")
    assert not Recorded(terminals=("stdout",), env={"TERM": "dumb"}).shows("█")
    assert not Recorded(terminals=("stdout",), encoding="latin-1").shows("█")
    assert Recorded(terminals=("stdout",), encoding="latin-1").shows("é")


@pytest.mark.parametrize(
    ("env", "refolds"),
    [
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "xterm-256color", "XTERM_VERSION": "XTerm(390)"}, False),
        ({"TERM": "tmux-256color", "XTERM_VERSION": "XTerm(390)", "TMUX": "default,1,0"}, True),
        ({"TERM": "screen-256color"}, False),
        ({"TERM": "screen-256color", "TMUX": "default,1,0"}, True),
        ({"TERM": "linux"}, False),
    ],
)
def test_terminals_that_fold_their_lines_anew(env: dict[str, str], refolds: bool) -> None:
    """Nearly all do; xterm itself, the Linux console and GNU screen cut them."""
    assert Recorded(env=env).refolds is refolds


def test_text_that_can_be_drawn() -> None:
    """What the encoding lacks is written out before anything is measured."""
    assert Recorded(encoding="ascii").drawable("é字") == r"\xe9\u5b57"
    assert Recorded().drawable("é字") == "é字"
