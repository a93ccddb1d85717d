"""Keys that a schema does not name, although no schema forbids them (fault H6)."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue import names, parameters, schema as schemas
from inference_cli.catalogue.faults import Fault
from inference_cli.catalogue.nearest import nearest
from inference_cli.catalogue.schema import Schema
from inference_cli.catalogue.sentences import fault_at, part_at
from inference_cli.catalogue.tree import Path

if TYPE_CHECKING:
    from inference_cli.catalogue.request import Request

_FEW = 8  # names that are listed where none is like the one that was typed
_FLAGS = dict.fromkeys(names.COUNTS, "-n")


def unknown(schema: Schema, request: "Request", own: Mapping[str, Any]) -> Iterator[Fault]:
    """A fault for each key that the schema does not name.

    Args:
        schema: the model's.
        request: whose keys they are.
        own: the part of its body that is about the model's own parameters.
    """
    known = parameters.known(schema)
    for name, value in own.items():
        if name in known:
            yield from _inside(schema, request, (name,), value)
            continue
        close = _meant(name, known)
        flag = _FLAGS.get(name)
        better = f"; the number is {flag} N" if flag else f"; did you mean {close}?" if close else ""
        yield Fault(request.origins.get(name, name), f"no such parameter{better}")


def _inside(schema: Schema, request: "Request", path: Path, value: Any) -> Iterator[Fault]:
    if isinstance(value, list):
        for index, inside in enumerate(value):
            yield from _inside(schema, request, (*path, index), inside)
    if not isinstance(value, Mapping):
        return
    known = schemas.properties(part_at(schema, path), schema)
    for name, inside in value.items():
        if known and name not in known:
            close = nearest(name, known, 1)
            there = f"; there are {', '.join(known)}" if len(known) <= _FEW else ""
            better = f"; did you mean {close[0]}?" if close else there
            yield fault_at(request, (*path, name), f"no such parameter{better}")
        elif known:
            yield from _inside(schema, request, (*path, name), inside)


def _meant(name: str, known: Mapping[str, Schema]) -> str | None:
    """The right name for a wrong one: another model's name for the same, else one that is spelled like it."""
    for group in names.SAME:
        if name in group:
            same = next((one for one in group if one in known), None)
            if same:
                return same
    close = nearest(name, known, 1)
    return close[0] if close else None
