"""What cannot be sent at all, whatever a schema says: values that no JSON holds, and more than a request takes."""

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue.faults import Fault

if TYPE_CHECKING:
    from inference_cli.catalogue.request import Request

LARGEST = 150_000_000
"""Characters of a request's text together: the largest input as a data URL, and room for what stands beside it."""


def unsendable(request: "Request") -> Iterator[Fault]:
    """The faults of a request that ``--no-validate`` does not pass either (faults G10, H4)."""
    for name, value in request.body.items():
        for sentence in _inside(value):
            yield Fault(request.origins.get(name, name), sentence, final=True)
    size = _size(request.body)
    if size > LARGEST:
        yield Fault(
            "the request",
            f"has {size // 10**6} MB, {LARGEST // 10**6} at most: put files online and give their URLs",
            final=True,
        )


def _inside(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inside in value.values():
            yield from _inside(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _inside(inside)
    elif isinstance(value, float) and not math.isfinite(value):
        yield "is no number that can be sent"
    elif isinstance(value, str) and not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
        yield "is not valid UTF-8"
    elif value is not None and not isinstance(value, str | int | float):
        yield "is a date or time; put it in quotes"


def _size(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(_size, value.values()))
    return sum(map(_size, value)) if isinstance(value, list | tuple) else 0
