"""What a PDF is: its pages and its title, found in its objects without rendering anything."""

import re
import zlib
from collections.abc import Iterator

from inference_cli.sandbox.chat import tokens
from inference_cli.sandbox.chat.seen import Seen

_LARGEST = 64 * 1024 * 1024  # of an unpacked stream
_TAIL = 2048
_WINDOW = 64 * 1024  # how far a dictionary reaches at most
_PAGES = re.compile(rb"/Type\s*/Pages\b")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_COUNT = re.compile(rb"/Count\s+(\d{1,7})\b")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_EDGE = re.compile(rb"<<|>>")
_TITLE = re.compile(rb"/Title\s*(\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]*>)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3}|\r?\n)")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"(": b"(", b")": b")", b"\\": b"\\"}


def look(content: bytes) -> Seen:
    """Count the pages of a PDF and find its title (ISO 32000-1, 7.5.7, 7.7.3 and 14.3.3).

    Raises:
        ValueError: it is none, or damaged: it has no pages or no end.
    """
    if b"%PDF-" not in content[:1024] or b"%%EOF" not in content[-_TAIL:]:
        raise ValueError("no PDF from beginning to end")
    texts = [content, *_unpacked(content)]
    pages = _pages(texts)
    if not pages:
        raise ValueError("a PDF without pages")
    facts = f"PDF, {pages} page{'s' if pages > 1 else ''}"
    title = next((found for text in texts for found in _titles(text) if found), "")
    if title:
        facts += f", titled \N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}"
    return Seen("file", facts, pages * tokens.PER_PAGE)


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The object streams; one that is damaged or encrypted says nothing."""
    for found in _PACKED.finditer(content):
        header = _dictionary(content, found.start())
        start = content.find(b"stream", found.end())
        if start < 0:
            continue
        start += len(b"stream\r\n") if content[start + 6 : start + 7] == b"\r" else len(b"stream\n")
        if b"/FlateDecode" not in header:
            continue  # what is not packed is read with the rest
        try:
            yield zlib.decompressobj().decompress(memoryview(content)[start:], _LARGEST)
        except zlib.error:
            continue


def _pages(texts: list[bytes]) -> int:
    """The count of the page tree's root, which is the highest; without one, the pages themselves."""
    nodes = (_dictionary(text, found.start()) for text in texts for found in _PAGES.finditer(text))
    counts = [int(count) for node in nodes for count in _COUNT.findall(node)]
    return max(counts, default=0) or sum(len(_PAGE.findall(text)) for text in texts)


def _dictionary(text: bytes, place: int) -> bytes:
    """The dictionary that a place is in, with those inside it."""
    return text[_edge(text, place, forward=False) : _edge(text, place, forward=True)]


def _edge(text: bytes, place: int, *, forward: bool) -> int:
    window = (place, min(len(text), place + _WINDOW)) if forward else (max(0, place - _WINDOW), place)
    marks = [(found.start(), found[0] == b"<<") for found in _EDGE.finditer(text, *window)]
    depth = 0
    for at, opens in marks if forward else reversed(marks):
        if opens != forward:
            if depth == 0:
                return at
            depth -= 1
        else:
            depth += 1
    return window[1] if forward else window[0]


def _titles(text: bytes) -> Iterator[str]:
    for found in _TITLE.finditer(text):
        written = found[1]
        if written.startswith(b"<"):
            digits = re.sub(rb"\s", b"", written[1:-1])
            data = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
        else:
            data = _ESCAPE.sub(_plain, written[1:-1])
        yield _decoded(data).strip()


def _plain(found: re.Match[bytes]) -> bytes:
    mark = found[1]
    if mark in _ESCAPED:
        return _ESCAPED[mark]
    return bytes([int(mark, 8) & 0xFF]) if mark.isdigit() else b""


def _decoded(data: bytes) -> str:
    if data.startswith(b"\xfe\xff"):
        return data[2:].decode("utf-16-be", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    return data.decode("latin-1")
