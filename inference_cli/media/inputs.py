"""Pictures, films and sounds that the user names: read, recognised, made into data URLs."""

import io
import os
import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from inference_cli.errors import UsageError
from inference_cli.frozen import dataclass
from inference_cli.late import pattern
from inference_cli.media import dataurl, kinds
from inference_cli.media.contents import Contents
from inference_cli.media.kinds import Kind, sniff
from inference_cli.media.reader import CutError
from inference_cli.media.verify import Facts, examine

LIMIT = 100_000_000
"""The largest file, in bytes, that is put into a request."""
LIMITS = {"audio": 20_000_000, "document": 24_000_000}
"""The largest of some media, in bytes (contract, "Chat": sounds of 20 MB and PDFs of 24 MB)."""

_SCHEME = pattern(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_ARTICLES = {"image": "an image", "video": "a video", "audio": "a sound", "document": "a document"}
_TEXT = "a text file"
_EXAMPLES = {
    "image": "PNG, JPEG, WebP or GIF",
    "video": "MP4, MOV or WebM",
    "audio": "WAV, MP3 or FLAC",
    "document": "PDF",
}


class TextFileError(UsageError):
    """What was named as an input holds text."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input: ``value`` goes into the request, a data URL or the https URL that was named.

    ``sha256`` and ``size`` (bytes) are those of what was read, None of a URL; ``facts`` are there where its container
    could be read to its end.
    """

    value: str
    name: str
    sha256: str | None = None
    kind: Kind | None = None
    size: int | None = None
    facts: Facts | None = None

    @property
    def duration(self) -> float | None:
        """Seconds of a film or sound, where its container tells."""
        return self.facts.duration if self.facts else None


def read_input(argument: str, *, stdin: BinaryIO | None = None, accept: Sequence[str] = ("image",)) -> Input:
    """Read what ``-i``, ``--first-frame``, ``--video`` or ``key=@`` names.

    Args:
        argument: a path, an http(s) or ``file:`` URL, a data URL, or ``-`` for stdin.
        stdin: where ``-`` is read from; None when it is not for this.
        accept: the media that will do: image, video, audio, document; none means any of them.

    Raises:
        TextFileError: it holds text.
        UsageError: there is no such file, it cannot be read, or is not what was asked for (fault H10).
    """
    if not argument:
        raise UsageError("an input names no file")
    if argument == "-":
        return _from_stdin(stdin, accept)
    if argument.startswith("data:"):
        return _from_data_url(argument, accept)
    scheme = _SCHEME.match(argument)
    if scheme is None:
        return _from_file(_home(Path(argument)), argument, accept)
    if scheme[1].lower() in {"http", "https"}:
        return Input(argument, argument)
    if scheme[1].lower() == "file":
        from urllib.parse import unquote, urlsplit

        return _from_file(Path(unquote(urlsplit(argument).path)), argument, accept)
    raise UsageError(f"{argument} is neither a file nor an https URL")


def _home(path: Path) -> Path:
    """A path with ``~`` replaced; of a user who is not known here it is a name like any other."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def _from_stdin(stdin: BinaryIO | None, accept: Sequence[str]) -> Input:
    if stdin is None:
        raise UsageError("- names stdin, which is not there")
    stream = io.BytesIO(stdin.read(LIMIT + 1))
    return _known(stream, Contents(stream, LIMIT), "stdin", accept)


def _from_data_url(url: str, accept: Sequence[str]) -> Input:
    try:
        stream = io.BytesIO(dataurl.decode(url))
    except ValueError as error:
        raise UsageError(f"the data URL cannot be read: {error}") from None
    return replace(_known(stream, Contents(stream, LIMIT), "the data URL", accept), value=url)


def _from_file(path: Path, named: str, accept: Sequence[str]) -> Input:
    """A regular file, read once; nothing else is opened, so that a FIFO blocks nobody."""
    try:
        before = path.stat()
        if stat.S_ISDIR(before.st_mode):
            raise UsageError(f"{named} is a folder", hint="Name the file in it")
        if not stat.S_ISREG(before.st_mode):
            raise UsageError(f"{named} is not a file", hint="Use - to read stdin")
        if before.st_size > LIMIT:
            raise _too_large(named, LIMIT)
        with path.open("rb") as stream:
            contents = Contents(stream, LIMIT)
            after = os.fstat(stream.fileno())
            if not before.st_size == contents.size == after.st_size or before.st_mtime_ns != after.st_mtime_ns:
                raise UsageError(f"{named} changed while it was read", hint="Run it again when the file is finished")
            return _known(stream, contents, named, accept)
    except FileNotFoundError:
        raise UsageError(f"there is no file {named}") from None
    except OSError as error:
        raise UsageError(f"{named} cannot be read: {error.strerror}") from None
    except ValueError:
        raise UsageError(f"{named} cannot be read: it is no file name") from None


def _too_large(named: str, most: int, what: str = "") -> UsageError:
    reason = f"larger than {most // 10**6} MB{f', the most for {what}' if what else ''}"
    return UsageError(f"{named} is {reason}", hint="Put it online and give its https URL")


def _known(stream: BinaryIO, contents: Contents, named: str, accept: Sequence[str]) -> Input:
    """An input whose contents were read from an open file, which tells once more what they are."""
    if not contents.size:
        raise UsageError(f"{named} is empty")
    if contents.size > LIMIT:
        raise _too_large(named, LIMIT)
    stream.seek(0)
    kind = sniff(stream.read(kinds.HEAD))
    facts = _facts(stream, contents.size) if kind else None
    kind = facts.kind if facts else kind
    wanted = _either([_ARTICLES[media] for media in accept or ("image", "video", "audio")])
    good = "; ".join(_EXAMPLES[media] for media in accept or ("image", "video", "audio"))
    if kind is None:
        described = _described(stream)
        refusal = TextFileError if described == _TEXT else UsageError
        raise refusal(f"{named} is {described}, not {wanted}", hint=f"Known here: {good}")
    if accept and kind.media not in accept:
        raise UsageError(
            f"{named} is {_ARTICLES[kind.media]} ({kind.name.upper()}), not {wanted}", hint=f"Known here: {good}"
        )
    if contents.size > LIMITS.get(kind.media, LIMIT):
        raise _too_large(named, LIMITS[kind.media], _ARTICLES[kind.media])
    return Input(contents.url(kind.mime), named, contents.sha256, kind, contents.size, facts)


def _either(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _facts(stream: BinaryIO, size: int) -> Facts | None:
    """What the container tells; a damaged one is the service's to refuse, some decoders are lenient."""
    stream.seek(0)
    try:
        return examine(stream, size)
    except CutError:
        return None


def _described(stream: BinaryIO) -> str:
    """What stands in a file of no known kind."""
    stream.seek(0)
    data = stream.read()
    if b"<svg" in data[:1024]:
        return "an SVG drawing"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "of an unknown kind"
    return "of an unknown kind" if b"\x00" in data else _TEXT
