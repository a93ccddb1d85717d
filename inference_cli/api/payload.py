"""What is sent: bodies as UTF-8 JSON, whose long texts are written while they go out, and queries.

A film that goes into a request as a data URL is there once, as a text, however many requests it is a part of.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inference_cli.errors import UsageError

_LONG = 256 * 1024  # characters from which a text is written by pieces
_PIECE = 64 * 1024


class Payload:
    """A body to be sent, as often as need be: iterating yields its bytes, ``len`` tells how many they are.

    Args:
        parts: finished JSON as bytes, and in turn with it texts that have yet to be escaped and encoded.

    Raises:
        UnicodeEncodeError: a text holds a lone surrogate.
    """

    def __init__(self, parts: Sequence[bytes | str]) -> None:
        self._parts = tuple((part, sum(map(len, _written(part)))) for part in parts)

    def __len__(self) -> int:
        return sum(length for _, length in self._parts)

    def __iter__(self) -> Iterator[bytes]:
        for part, length in self._parts:
            yield from _written(part, plain=length == len(part))

    @property
    def content(self) -> "bytes | Payload":
        """What httpx takes: the bytes themselves where they are finished."""
        return self if len(self._parts) > 1 else b"".join(self)


def _written(part: bytes | str, *, plain: bool = False) -> Iterator[bytes]:
    """A part as bytes; ``plain`` says that it is ASCII without anything to escape."""
    if isinstance(part, bytes):
        yield part
        return
    for start in range(0, len(part), _PIECE):
        piece = part[start : start + _PIECE]
        yield piece.encode() if plain else _json(piece)[1:-1].encode()


def encode(body: Mapping[str, Any]) -> Payload:
    """A request body as UTF-8 JSON.

    Raises:
        UsageError: it holds NaN or an infinity (fault H4), a lone surrogate (fault G10), or what JSON does not have.
    """
    long: list[str] = []
    mark = os.urandom(16).hex()
    try:
        finished = _json(_thinned(body, long, mark)).split(mark)
    except (ValueError, TypeError, RecursionError) as error:
        raise UsageError("a parameter holds a value that JSON cannot carry, such as NaN") from error
    try:
        parts: list[bytes | str] = [finished[0].encode()]
        for text, after in zip(long, finished[1:], strict=True):
            parts += (text, after.encode())
        return Payload(parts)
    except UnicodeEncodeError as error:
        raise UsageError("the prompt or a parameter is not valid UTF-8", hint="Put it into a file") from error


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _thinned(value: Any, long: list[str], mark: str) -> Any:
    """The same with a mark in the place of every long text; those are collected in their order."""
    if isinstance(value, str) and len(value) > _LONG:
        long.append(value)
        return mark
    if isinstance(value, dict):
        return {key: _thinned(inside, long, mark) for key, inside in value.items()}
    if isinstance(value, list | tuple):
        return [_thinned(inside, long, mark) for inside in value]
    return value


def encodable(query: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """A query that can be sent.

    Raises:
        UsageError: a value in it holds a lone surrogate (fault G10).
    """
    try:
        "".join(value for _, value in query).encode()
    except UnicodeEncodeError as error:
        raise UsageError("what is searched for, or a filter, is not valid UTF-8", hint="Nothing was sent.") from error
    return query
