"""Rules across parameters, in words: alternatives, dependencies, shared limits, the length of all shots together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue import schema as schemas
from inference_cli.catalogue.faults import Fault
from inference_cli.catalogue.schema import Schema

if TYPE_CHECKING:
    from inference_cli.catalogue.request import Request

_DEFAULT_SHOT = 5  # seconds, where neither the shot nor the schema says


def found(schema: Schema, request: "Request") -> Iterator[Fault]:
    """The rules that a request breaks."""
    yield from _alternatives(schema, request)
    yield from _dependencies(schema, request)
    yield from _shared_limits(schema, request)
    yield from _total_duration(schema, request)
    yield from _urls(schema, request)


def _origin(request: "Request", name: str) -> str:
    return request.origins.get(name, name)


def _alternatives(schema: Schema, request: "Request") -> Iterator[Fault]:
    """``oneOf`` with nothing but ``required``: exactly one of the groups must be there."""
    groups = _groups(schema)
    if not groups:
        return
    there = [group for group in groups if all(name in request.body for name in group)]
    words = " or ".join(" and ".join(group) for group in groups)
    if not there and not any(name in request.origins for group in groups for name in group):
        yield Fault(words, "is required")
    for group in there[1:]:
        yield Fault(_origin(request, group[0]), f"and {_origin(request, there[0][0])} exclude each other")


def _groups(schema: Schema) -> list[tuple[str, ...]]:
    if schemas.leaves_the_prompt_out(schema):
        return [("prompt",), ("multi_prompt",)]
    options = schema.get("oneOf")
    if not isinstance(options, Sequence) or isinstance(options, str):
        return []
    groups = [
        schemas.required(option) for option in options if isinstance(option, Mapping) and set(option) == {"required"}
    ]
    return groups if len(groups) == len(options) and all(groups) else []


def _dependencies(schema: Schema, request: "Request") -> Iterator[Fault]:
    """``dependentRequired``: a parameter that needs another one."""
    depends = schema.get("dependentRequired")
    for name, needed in depends.items() if isinstance(depends, Mapping) else ():
        for other in needed if name in request.body and isinstance(needed, list | tuple) else ():
            if other not in request.body:
                yield Fault(_origin(request, name), f"needs {other}{_FLAGS.get(other, '')} as well")


_FLAGS = {"start_image_url": " (--first-frame)", "tail_image_url": " (--last-frame)"}


def _shared_limits(schema: Schema, request: "Request") -> Iterator[Fault]:
    """``x-shared-limit``: a number of inputs that several parameters share."""
    seen: set[tuple[str, ...]] = set()
    for part in schemas.properties(schema).values():
        limit = part.get("x-shared-limit")
        if not isinstance(limit, Mapping):
            continue
        across = limit.get("across")
        if not isinstance(across, list) or tuple(across) in seen:
            continue
        seen.add(tuple(across))
        lists = {name: len(request.body[name]) for name in across if isinstance(request.body.get(name), list)}
        most = limit.get("max_total")
        if "input_video" in request.body:
            most = limit.get("max_total_with_input_video", most)
        if isinstance(most, int) and sum(lists.values()) > most:
            beside = " beside a film" if most != limit.get("max_total") else ""
            spelled = " ".join(_origin(request, name) for name in lists)
            yield Fault(spelled, f"{' and '.join(across)} take {most} together{beside}, not {sum(lists.values())}")


def _total_duration(schema: Schema, request: "Request") -> Iterator[Fault]:
    """``x-total-duration``: the seconds of all shots together."""
    limit, shots = schema.get("x-total-duration"), request.body.get("multi_prompt")
    if not isinstance(limit, Mapping) or not isinstance(shots, list):
        return
    shot = schemas.items(schemas.properties(schema).get("multi_prompt", {}), schema)
    usual = schemas.properties(shot, schema).get("duration", {}).get("default", _DEFAULT_SHOT)
    lengths = [one.get("duration", usual) for one in shots if isinstance(one, Mapping)]
    total = sum(length for length in lengths if isinstance(length, int | float) and not isinstance(length, bool))
    least, most = limit.get("minimum", 0), limit.get("maximum", total)
    if not least <= total <= most:
        yield Fault(
            _origin(request, "multi_prompt"), f"the shots last {total:g} s together; {least} to {most} s are allowed"
        )


def _urls(schema: Schema, request: "Request") -> Iterator[Fault]:
    """A file is sent as a data URL: a name alone would be taken for one, and fail after it was paid for."""
    for name, part in schemas.properties(schema).items():
        if not schemas.is_url(part, schema):
            continue
        value = request.body.get(name)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and not _has_scheme(text):
                yield Fault(_origin(request, name), f"is no URL; a file is sent with -p {name}=@FILE")


def _has_scheme(text: Any) -> bool:
    scheme, colon, _ = text.partition(":")
    return (
        bool(colon)
        and scheme.isascii()
        and scheme[:1].isalpha()
        and scheme.replace("+", "").replace("-", "").replace(".", "").isalnum()
    )
