"""Text that goes into a prompt: files and stdin, read once and kept as they are, or refused.

A byte order mark at the beginning is dropped; everything else, CRLF line ends too, is sent as it was read (fault H11).
"""

import os
import stat
from pathlib import Path
from typing import BinaryIO

from inference_cli.errors import UsageError
from inference_cli.frozen import dataclass
from inference_cli.late import pattern

LIMIT = 16_000_000
"""Bytes of a prompt, with everything that is put into it (fault H1)."""

_OPEN_ALREADY = pattern(r"/dev/(fd/\d+|stdin)|/proc/self/fd/\d+")
_BACKTICKS = pattern("`+")
_SURROGATE = pattern("[\ud800-\udfff]")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text and the name it is put into the prompt under."""

    name: str
    text: str


def read_file(named: str) -> TextFile:
    """The text of a file that ``-f`` names; a shell's ``<(command)`` will do too.

    Raises:
        UsageError: there is no such file, it cannot be read, is not text in UTF-8, or larger than ``LIMIT``
            (faults H1, H10).
    """
    if not named:
        raise UsageError("-f names no file")
    if named.lower().startswith(("https://", "http://")):
        raise UsageError(
            f"{named.partition('?')[0]} is an address, and -f takes files",
            hint="Fetch it first:  curl URL | inference chat -f - …",
        )
    data = _bytes_of(_home(Path(named)), named)
    name = "pipe" if _OPEN_ALREADY.fullmatch(named) else _SURROGATE.sub("\ufffd", named)
    return TextFile(name, decoded(data, named, attach=f"-a {named}"))


def read_stream(stream: BinaryIO, named: str = "standard input") -> str:
    """The text that is left in a stream, read to its end.

    Raises:
        UsageError: it cannot be read, is not text in UTF-8, or larger than ``LIMIT``.
    """
    try:
        return decoded(_up_to(stream, LIMIT + 1), named, attach="-a -")
    except (OSError, ValueError) as error:
        raise UsageError(f"{named} cannot be read") from error


def decoded(data: bytes, named: str, *, attach: str) -> str:
    """Bytes as text.

    Args:
        data: all of them.
        named: what they are, for the sentence.
        attach: the flag that takes them if they are no text.

    Raises:
        UsageError: they are not text in UTF-8, hold a NUL, or are more than ``LIMIT`` (faults G11, H1).
    """
    if len(data) > LIMIT:
        raise too_long(named)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        hint = "It is UTF-16: convert it to UTF-8" if wide else _binary(attach)
        raise UsageError(f"{named} is not text in UTF-8", hint=hint) from None
    if "\0" in text:
        raise UsageError(f"{named} is not text: it holds a NUL", hint=_binary(attach))
    return text


def typed(text: str, what: str) -> str:
    """Text from the command line, which any program can be started with.

    Args:
        text: the argument.
        what: the name for it: ``the prompt``.

    Raises:
        UsageError: it holds bytes that are no UTF-8, or a NUL: no request can carry them (faults G10, G11).
    """
    if not text.isascii() and _SURROGATE.search(text):
        raise UsageError(f"{what} is not valid UTF-8", hint="Put the text into a file:  inference chat -f FILE")
    if "\0" in text:
        raise UsageError(f"{what} holds a NUL, which is no text")
    return text


def too_long(named: str) -> UsageError:
    """What is said of more than ``LIMIT``."""
    return UsageError(f"{named} has more than {LIMIT // 10**6} MB of text", hint="Nothing was sent.  Send less of it")


def fenced(file: TextFile) -> str:
    """A file's text under its name, between lines of backticks that are longer than any inside it.

    The text is whole and unchanged; only where its last line has no end, it gets one.
    """
    longest = max((len(run) for run in _BACKTICKS.findall(file.text)), default=0)
    fence = "`" * max(3, longest + 1)
    name = "".join(mark if mark.isprintable() else "\ufffd" for mark in file.name)
    end = "" if not file.text or file.text.endswith("\n") else "\n"
    return f"{name}\n{fence}\n{file.text}{end}{fence}"


def _binary(attach: str) -> str:
    return f"A picture, PDF, sound or film is attached:  {attach}"


def _home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def _bytes_of(path: Path, named: str) -> bytes:
    """A regular file, or a pipe that is open already; no other pipe is opened, which could block for ever."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UsageError(f"{named} is a folder", hint="Name the files in it, each with -f")
        if not stat.S_ISREG(mode) and not _OPEN_ALREADY.fullmatch(os.fspath(path)):
            raise UsageError(f"{named} is not a file", hint="Use - to read stdin")
        with path.open("rb") as stream:
            return _up_to(stream, LIMIT + 1)
    except FileNotFoundError:
        raise UsageError(f"there is no file {named}") from None
    except OSError as error:
        raise UsageError(f"{named} cannot be read: {error.strerror}") from None
    except ValueError:
        raise UsageError(f"{named} cannot be read: it is no file name") from None


def _up_to(stream: BinaryIO, limit: int) -> bytes:
    """Bytes to the end, or so many; a pipe may hand out less at a time."""
    parts: list[bytes] = []
    while limit > 0 and (part := stream.read(min(limit, _BLOCK))):
        parts.append(part)
        limit -= len(part)
    return b"".join(parts)
