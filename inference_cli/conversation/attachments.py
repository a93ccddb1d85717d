"""What ``-a`` attaches to a message: pictures, PDFs, sounds and films, each as the part of the request it becomes.

A file, ``-`` and a data URL are known by their bytes, never by their name. A URL goes to the service unread: what it
is, its path's extension tells, or the user in front of it (``image:https://…``); nothing here guesses.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import PurePath
from typing import Any, BinaryIO, Literal
from urllib.parse import SplitResult, unquote, urlsplit

from inference_cli.catalogue.sendable import LARGEST
from inference_cli.conversation.accepts import check
from inference_cli.errors import UsageError
from inference_cli.frozen import dataclass
from inference_cli.late import pattern
from inference_cli.media import dataurl, kinds
from inference_cli.media.inputs import Input, TextFileError, read_input

__all__ = ["Attachment", "Medium", "attach", "check"]

Medium = Literal["image", "video", "audio", "pdf"]

_ACCEPTED = ("image", "video", "audio", "document")
_MEDIA: dict[str, Medium] = {"image": "image", "video": "video", "audio": "audio", "document": "pdf"}
_SAID = pattern(r"(image|video|audio|pdf):(?=https?://)", re.IGNORECASE)
_ADDRESS = pattern(r"https?://", re.IGNORECASE)
_SURROGATES = pattern("[\ud800-\udfff]")
_KNOWN = [value for value in vars(kinds).values() if isinstance(value, kinds.Kind) and value is not kinds.ZIP]
_BY_EXTENSION = {kind.extension: kind for kind in _KNOWN} | {
    "jpeg": kinds.JPEG,
    "tif": kinds.TIFF,
    "heif": kinds.HEIC,
    "m4v": kinds.MP4,
    "oga": kinds.OGG,
    "opus": kinds.OGG,
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attachment.

    ``name`` is short and for people, ``source`` is what was typed (of a data URL only its beginning), ``mime`` may end
    in ``/*`` where a URL does not tell more. ``size`` (bytes) and ``sha256`` are those of what was read; of a URL,
    which nobody reads, they are 0 and None. ``part`` is the content part of the message, ready for JSON.
    """

    kind: Medium
    mime: str
    name: str
    size: int
    sha256: str | None
    source: str
    part: dict[str, Any]


def attach(sources: Sequence[str], *, read: Callable[[], BinaryIO] | None = None) -> tuple[Attachment, ...]:
    """Read what ``-a`` names, in that order; each source once, however often it is named.

    Args:
        sources: paths, http(s) URLs (``image:``, ``video:``, ``audio:`` or ``pdf:`` in front of one says what it is),
            data URLs, or ``-``.
        read: opens stdin for ``-``; None when it is not for this.

    Raises:
        UsageError: one cannot be read, is empty, too large, of no kind that a model takes, or a URL does not tell what
            it is; ``-`` is named twice; all together are more than a request holds (fault H10).
    """
    if sources.count("-") > 1:
        raise UsageError("two attachments read standard input", hint="Only one of them can be -")
    found: dict[str, Attachment] = {}
    for source in sources:
        if source not in found:
            found[source] = _online(source) if _address(source) else _local(source, read)
        if sum(found[one].size * 4 // 3 for one in sources if one in found) > LARGEST:
            raise UsageError(
                f"{found[source].name} is too much: the attachments have more than {LARGEST // 10**6} MB together, "
                "as they are sent",
                hint="Put some of them online and give their https URLs",
            )
    return tuple(found[source] for source in sources)


# ------------------------------------------------------------------------------------- on this machine


def _local(source: str, read: Callable[[], BinaryIO] | None) -> Attachment:
    stdin = read() if source == "-" and read is not None else None
    try:
        found = read_input(source, stdin=stdin, accept=_ACCEPTED)
    except TextFileError as error:
        where = "-" if source == "-" else "FILE"
        raise UsageError(error.message, hint=f"Put text into the prompt:  -f {where}") from None
    kind = found.kind
    assert kind is not None
    assert found.size is not None
    if kind is kinds.ZIP:
        raise UsageError(f"{found.name} is a ZIP or Office file; models take PDF", hint="Save it as a PDF first")
    url = _relabelled(found, kind.mime)
    name = _name(source, kind)
    return Attachment(
        kind=_MEDIA[kind.media],
        mime=kind.mime,
        name=name,
        size=found.size,
        sha256=found.sha256,
        source=source.partition(",")[0] if source.startswith("data:") else source,
        part=_part(_MEDIA[kind.media], url, name=name),
    )


def _relabelled(found: Input, mime: str) -> str:
    """The data URL under the type of its bytes, which a data URL that was given may not have."""
    if found.value.startswith(f"data:{mime};base64,"):
        return found.value
    return dataurl.encode(dataurl.decode(found.value), mime)


def _name(source: str, kind: kinds.Kind) -> str:
    """A file's own name, without the folders, which are nobody's business."""
    if source == "-" or source.startswith("data:"):
        return f"stdin.{kind.extension}" if source == "-" else f"data.{kind.extension}"
    path = unquote(urlsplit(source).path) if source.lower().startswith("file:") else source
    return _SURROGATES.sub("\ufffd", PurePath(path).name) or f"file.{kind.extension}"


# ---------------------------------------------------------------------------------------------- online


def _address(source: str) -> bool:
    return bool(_ADDRESS.match(source) or _SAID.match(source))


def _online(source: str) -> Attachment:
    said = _SAID.match(source)
    url = source[said.end() :] if said else source
    parts = _split(url)
    path = PurePath(unquote(parts.path))
    shown = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    kind = _BY_EXTENSION.get(path.suffix.lower().removeprefix("."))
    medium = _MEDIA[kind.media] if kind else None
    if said:
        medium, kind = _medium(said[1]), kind if kind and medium == _medium(said[1]) else None
    if medium is None:
        raise UsageError(
            f"{shown} does not tell what it is, and is not fetched to find out",
            hint=f"Say it in front:  -a image:{shown}  (or video:, audio:, pdf:)",
        )
    mime = kind.mime if kind else "application/pdf" if medium == "pdf" else f"{medium}/*"
    name = _SURROGATES.sub("\ufffd", path.name) or str(parts.hostname)
    return Attachment(medium, mime, name, 0, None, source, _part(medium, url))


def _medium(word: str) -> Medium:
    return next(medium for medium in _MEDIA.values() if medium == word.lower())


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and url.isprintable() and " " not in url
    except ValueError:
        usable, parts = False, SplitResult("", "", "", "", "")
    if not usable:
        raise UsageError(
            f"{url.partition('?')[0]} is no address that could be fetched", hint="Write a space in it as %20"
        )
    return parts


def _part(medium: Medium, url: str, *, name: str | None = None) -> dict[str, Any]:
    """The content part; of a PDF either its bytes under a name, or where it is (contract, "Chat")."""
    if medium != "pdf":
        return {"type": f"{medium}_url", f"{medium}_url": {"url": url}}
    if name is None:
        return {"type": "file", "file": {"file_url": url}}
    return {"type": "file", "file": {"filename": name, "file_data": url}}
