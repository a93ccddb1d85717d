"""stdin, stdout, stderr: what they are attached to, their width and colour, and writing to them without surprises."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Self

from inference_cli.errors import LocalError, UsageError
from inference_cli.frozen import dataclass

if TYPE_CHECKING:
    from inference_cli.terminal.echo import Echo

Name = Literal["stdout", "stderr"]
PROMPT_LIMIT = 16_000_000  # bytes of a prompt on standard input (fault H1)
_WIDTH, _HEIGHT = 80, 24
# Our own marks, for a terminal whose encoding lacks them (fault G9).
_PLAIN = str.maketrans(
    {
        "●": "*",
        "·": "-",
        "\N{MULTIPLICATION SIGN}": "x",
        "…": "...",
        "━": "=",
        "╸": "=",
        "╺": "-",
        "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}": "<",
        "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}": ">",
        "\N{EN DASH}": "-",
    }
)


@dataclass(frozen=True, slots=True)
class Stream:
    """One standard stream; without a buffer it is closed."""

    buffer: BinaryIO | None
    terminal: bool = False
    encoding: str = "utf-8"

    @classmethod
    def of(cls, stream: Any) -> Self:
        """A standard stream of this process; one to write to without its buffer, which would fail again at exit."""
        if stream is None:
            return cls(None)
        try:
            buffer, terminal = stream.buffer, stream.isatty()
            if buffer.writable():
                buffer = getattr(buffer, "raw", buffer)
        except (AttributeError, ValueError):
            return cls(None)
        return cls(buffer, terminal, stream.encoding or "utf-8")

    def size(self) -> os.terminal_size | None:
        """Columns and rows of the terminal behind it, where there is one that knows them."""
        if not self.terminal or self.buffer is None:
            return None
        try:
            return os.get_terminal_size(self.buffer.fileno())
        except (OSError, ValueError):
            return None

    def write(self, data: bytes) -> None:
        """Write all of it.

        Raises:
            OSError: it could not be written.
        """
        if self.buffer is None:
            return
        view = memoryview(data)
        while view:
            count = self.buffer.write(view)
            if count is None:  # a descriptor that somebody made non-blocking, and is full
                import select

                select.select([], [self.buffer], [])
            else:
                view = view[count:]
        self.buffer.flush()


class Streams:
    """The three standard streams and the environment that says how to use them.

    Args:
        stdin: standard input.
        stdout: the result, and nothing else.
        stderr: progress, notes, warnings, errors.
        env: the environment (``NO_COLOR``, ``CLICOLOR_FORCE``, ``TERM``, ``COLUMNS``, ``LINES``, ``CI``).
        open_terminal: opens the terminal of the process for questions, unbuffered, to read and write.
    """

    def __init__(
        self,
        stdin: Stream,
        stdout: Stream,
        stderr: Stream,
        env: Mapping[str, str],
        *,
        open_terminal: Callable[[], BinaryIO] | None = None,
    ) -> None:
        self.stdin, self.stdout, self.stderr = stdin, stdout, stderr
        self.env = env
        self.open_terminal = open_terminal or _open_terminal
        self._reader: str | None = None
        self._echo: Echo | None = None

    @classmethod
    def real(cls, env: Mapping[str, str]) -> Self:
        """The process's own streams."""
        _plug_closed_descriptors()
        return cls(Stream.of(sys.stdin), Stream.of(sys.stdout), Stream.of(sys.stderr), env)

    @property
    def stdin_is_terminal(self) -> bool:
        """Whether a person types on standard input."""
        return self.stdin.terminal

    @property
    def stdout_is_terminal(self) -> bool:
        """Whether a person reads standard output."""
        return self.stdout.terminal

    @property
    def stderr_is_terminal(self) -> bool:
        """Whether a person reads standard error."""
        return self.stderr.terminal

    @property
    def dumb(self) -> bool:
        """Whether the terminal knows no control sequences."""
        term = self.env.get("TERM")
        return os.name == "posix" if term is None else term.lower() in {"", "dumb", "unknown"}

    @property
    def animated(self) -> bool:
        """Whether lines on stderr may be redrawn: a terminal that can, and a person in front of it."""
        return self.stderr.terminal and not self.dumb and not self.env.get("CI")

    @property
    def refolds(self) -> bool:
        """Whether the terminal folds its lines anew when it gets narrower: all but a few old ones do."""
        term = self.env.get("TERM", "").lower()
        if self.env.get("TMUX"):
            return True
        return not (self.env.get("XTERM_VERSION") or term.startswith(("linux", "screen", "vt")))

    @property
    def echo(self) -> "Echo":
        """Whether what is typed on standard input is shown."""
        if self._echo is None:
            from inference_cli.terminal.echo import Echo

            self._echo = Echo(self.stdin)
        return self._echo

    def give_back(self) -> None:
        """The terminal as it was found, before the process ends at once."""
        if self._echo is not None:
            self._echo.give_back()

    @property
    def width(self) -> int:
        """Columns, at least 1: ``COLUMNS``, else the terminal's, else 80."""
        return self._extent("COLUMNS", "columns", _WIDTH)

    @property
    def height(self) -> int:
        """Rows, at least 1: ``LINES``, else the terminal's, else 24."""
        return self._extent("LINES", "lines", _HEIGHT)

    def _extent(self, variable: str, attribute: str, fallback: int) -> int:
        wish = self.env.get(variable, "")
        if wish.isascii() and wish.isdigit() and int(wish[:6]) > 0:
            return int(wish[:6])
        sizes = (stream.size() for stream in (self.stderr, self.stdout, self.stdin))
        return next((extent for size in sizes if size and (extent := getattr(size, attribute)) > 0), fallback)

    def color(self, name: Name, wish: str = "auto") -> bool:
        """Whether colour goes to a stream: flag, then ``NO_COLOR``, ``CLICOLOR_FORCE``, ``TERM``, a terminal.

        Args:
            name: the stream.
            wish: ``auto``, ``always`` or ``never``.
        """
        if wish != "auto":
            return wish == "always"
        if self.env.get("NO_COLOR"):
            return False
        if self.env.get("CLICOLOR_FORCE", "0") not in {"", "0"}:
            return True
        stream = self.stdout if name == "stdout" else self.stderr
        return stream.terminal and not self.dumb

    def shows(self, marks: str) -> bool:
        """Whether standard output is a terminal that can draw these characters."""
        try:
            marks.encode(self.stdout.encoding)
        except UnicodeEncodeError:
            return False
        return self.stdout.terminal and not self.dumb

    def drawable(self, text: str) -> str:
        r"""Text of which the encoding of standard output has every character; others are written out (``\u2022``)."""
        try:
            text.encode(self.stdout.encoding)
        except UnicodeEncodeError:
            return _encoded(text, self.stdout.encoding).decode(self.stdout.encoding)
        return text

    def write_stdout(self, data: str | bytes) -> None:
        """Write to standard output.

        Raises:
            BrokenPipeError: nobody reads any more.
            LocalError: it cannot be written, as on a full disk, or is closed (fault G12).
        """
        if self.stdout.buffer is None and data:
            raise LocalError("cannot write to standard output: it is closed")
        try:
            self.stdout.write(_encoded(data, self.stdout.encoding))
        except BrokenPipeError:
            raise
        except (OSError, ValueError) as error:
            raise _unwritable(error) from error

    def write_stderr(self, text: str) -> None:
        """Write to standard error; a failure there is never the reason that a command fails."""
        try:
            data = text.encode(self.stderr.encoding)
        except UnicodeEncodeError:
            data = _encoded(text.translate(_PLAIN), self.stderr.encoding)
        with contextlib.suppress(OSError, ValueError):
            self.stderr.write(data)

    def claim_stdin(self, reader: str) -> BinaryIO:
        """Standard input, for one reader only.

        Args:
            reader: who reads it, as the user wrote it: ``the prompt``, ``--input``.

        Raises:
            UsageError: somebody else reads it, it is closed, or a person would have to type there.
        """
        if self._reader is not None:
            raise UsageError(f"{self._reader} and {reader} both read standard input")
        if self.stdin.buffer is None:
            raise UsageError(f"{reader} is read from standard input, which is closed")
        if self.stdin.terminal:
            raise UsageError(
                f"{reader} is read from standard input, which is this terminal", hint="Put a pipe or a file there"
            )
        self._reader = reader
        return self.stdin.buffer

    def read_prompt(self, limit: int = PROMPT_LIMIT) -> str:
        """The prompt that ``-`` stands for, without the line end at its end.

        Args:
            limit: bytes at most.

        Raises:
            UsageError: it is empty, no text, above the limit, or not to be had (faults G11, H1).
        """
        source = self.claim_stdin("the prompt")
        try:
            data = _read_up_to(source, limit + 1)
        except (OSError, ValueError) as error:
            raise UsageError("the prompt on standard input cannot be read") from error
        if len(data) > limit:
            raise UsageError(f"the prompt on standard input is larger than {limit / 1e6:g} MB")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:
            raise UsageError(
                "the prompt on standard input is not text", hint="A picture goes in with  --image FILE  (or --image -)"
            )
        if not text.strip():
            raise UsageError("the prompt on standard input is empty")
        return text.removesuffix("\n").removesuffix("\r")


def readers_of_stdin(named: Iterable[str | None]) -> None:
    """Refuse two readers of standard input.

    Args:
        named: the values that may be ``-``.

    Raises:
        UsageError: more than one is.
    """
    if sum(value == "-" for value in named) > 1:
        raise UsageError("two arguments read standard input", hint="Only one of them can be -")


def _read_up_to(source: BinaryIO, limit: int) -> bytes:
    """Bytes until the end, or until there are more than are wanted; a raw stream may hand out less at a time."""
    parts: list[bytes] = []
    room = limit
    while room > 0 and (part := source.read(min(room, 1 << 20))):
        parts.append(part)
        room -= len(part)
    return b"".join(parts)


def _encoded(data: str | bytes, encoding: str) -> bytes:
    return data if isinstance(data, bytes) else data.encode(encoding, "backslashreplace")


def _unwritable(error: OSError | ValueError) -> LocalError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is closed"
    return LocalError(f"cannot write to standard output: {reason[:1].lower()}{reason[1:]}")


def _open_terminal() -> BinaryIO:
    return Path("/dev/tty").open("r+b", buffering=0)


def _plug_closed_descriptors() -> None:
    """Give a closed standard descriptor to the null device, so that no file of ours becomes "stdout" (fault G12)."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number: this one
