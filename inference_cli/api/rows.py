"""Lists of rows in the answers, whatever they are wrapped in."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from inference_cli.api.failures import Garbled
from inference_cli.errors import DamagedError

T = TypeVar("T")


def rows_in(document: Any, *names: str) -> list[Any]:
    """The list in an answer: bare, or under one of the names.

    Raises:
        Garbled: there is none (fault A26).
    """
    if isinstance(document, list):
        return document
    if isinstance(document, Mapping):
        for name in names:
            if isinstance(document.get(name), list):
                return list(document[name])
    raise Garbled("the answer holds no list")


def read_rows(rows: list[Any], read: Callable[[Any], T]) -> Iterator[T]:
    """Records of the rows; one that has no usable id is left out, the others survive (faults C25, H8)."""
    for row in rows:
        try:
            yield read(row)
        except DamagedError:
            continue


def row_in(document: Any, *names: str) -> Any:
    """The one object in an answer: under one of the names, or the answer itself."""
    if isinstance(document, Mapping):
        for name in names:
            if isinstance(document.get(name), Mapping):
                return document[name]
    return document
