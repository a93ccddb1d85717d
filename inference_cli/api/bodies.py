"""Bodies of answers: content encodings undone under a cap, JSON read without surprises."""

import json
import math
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from inference_cli.api.failures import Garbled
from inference_cli.late import pattern

JSON_CAP = 256 * 1024 * 1024  # bytes after decoding of an answer that is read as it comes (fault A19)
DOCUMENT_CAP = 64 * 1024 * 1024  # of one that is read whole: its bytes, text and values are in memory at once (I9)
ERROR_CAP = 1024 * 1024
_PIECE = 64 * 1024
_LONGEST_INTEGER = 4000  # digits; Python refuses to read more than 4300 (fault H4)
_DEEPEST = 100  # levels: far more than any answer has, far fewer than the interpreter can climb (fault H3)
_TOO_DEEP = "the answer is nested too deeply"
_LONE = pattern(rb"\\u[dD][89a-fA-F]")  # may be half a surrogate pair
_DEFLATED = {"gzip": zlib.MAX_WBITS | 32, "x-gzip": zlib.MAX_WBITS | 32, "deflate": zlib.MAX_WBITS | 32}


def decode(data: bytes, *, notice: Callable[[str], None] | None = None) -> Any:
    """Read a JSON answer; NaN and numbers beyond range become ``None``, endless integers stay text.

    Args:
        data: UTF-8, with or without a byte order mark.
        notice: told once when a number had to be dropped.

    Raises:
        Garbled: it is empty, cut, too deep, or no JSON at all.
    """
    dropped: list[str] = []

    def real(text: str) -> float | None:
        value = float(text)
        if math.isfinite(value):
            return value
        dropped.append(text)
        return None

    def integer(text: str) -> int | str:
        return int(text) if len(text) <= _LONGEST_INTEGER else text

    try:
        text = data.decode("utf-8-sig", errors="replace")
        answer = json.loads(text, parse_constant=real, parse_float=real, parse_int=integer)
    except RecursionError as error:
        raise Garbled(_TOO_DEEP) from error
    except ValueError as error:
        raise Garbled("the answer is empty" if not data.strip() else "the answer is not JSON, or it was cut") from error
    if data.count(b"[") + data.count(b"{") > _DEEPEST and _is_deep(answer):
        raise Garbled(_TOO_DEEP)
    if dropped and notice is not None:
        notice("the answer holds numbers that JSON does not have; they are shown as null")
    return whole(answer) if _LONE.search(data) else answer


def _is_deep(document: Any) -> bool:
    """Whether a document has more levels than whoever walks through it should be asked to climb."""
    level = [document]
    for _ in range(_DEEPEST):
        inside = [below for one in level for below in (one.values() if isinstance(one, dict) else one)]
        level = [below for below in inside if isinstance(below, dict | list)]
        if not level:
            return False
    return True


def whole(value: Any) -> Any:
    """JSON whose texts can be written and stored: half a surrogate pair becomes U+FFFD (fault G10)."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [whole(inside) for inside in value]
    if isinstance(value, dict):
        return {whole(name): whole(inside) for name, inside in value.items()}
    return value


def decoded(chunks: Iterable[bytes], encodings: str, *, cap: int | None) -> Iterator[bytes]:
    """Undo the content encodings of a body, in pieces of bounded size.

    Args:
        chunks: the body as it came.
        encodings: the ``Content-Encoding`` header, ``""`` for none.
        cap: bytes allowed after decoding (and between two encodings); ``None`` for no limit.

    Raises:
        Garbled: an unknown encoding, a body that is not in it or was cut (faults A17, A18), or more than the cap (A19).
    """
    names = [name.strip().lower() for name in encodings.split(",")]
    for name in reversed([name for name in names if name not in {"", "identity"}]):
        if name not in _DEFLATED:
            raise Garbled("the answer came in a content encoding that was not asked for")
        chunks = capped(_inflated(chunks, name), cap)
    return iter(chunks) if cap is None else capped(chunks, cap)


def capped(chunks: Iterable[bytes], cap: int | None) -> Iterator[bytes]:
    """The same chunks, as long as they are not too many bytes; ``None`` for no limit.

    Raises:
        Garbled: they are.
    """
    seen = 0
    for chunk in chunks:
        seen += len(chunk)
        if cap is not None and seen > cap:
            raise Garbled(f"the answer is larger than {cap // (1024 * 1024)} MB")
        yield chunk


def _inflated(chunks: Iterable[bytes], name: str) -> Iterator[bytes]:
    inflate = zlib.decompressobj(_DEFLATED[name])
    seen = False
    for chunk in chunks:
        rest = chunk
        while rest:
            if inflate.eof:  # another member follows
                inflate = zlib.decompressobj(_DEFLATED[name])
            try:
                piece = inflate.decompress(rest, _PIECE)
            except zlib.error as error:
                raise Garbled(f"the answer says that it is {name}, and is not") from error
            seen = True
            rest = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
            if piece:
                yield piece
    if seen and not inflate.eof:
        raise Garbled(f"the {name} answer was cut")
