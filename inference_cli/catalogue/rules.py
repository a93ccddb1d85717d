"""Rules across parameters, in words: alternatives, dependencies, shared limits, the length of all shots together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue import schema as schemas
from inference_cli.catalogue.faults import Fault
from inference_cli.catalogue.schema import Schema

if TYPE_CHECKING:
    from inference_cli.catalogue.request import Request

_DEFAULT_SHOT = 5  # seconds, where neither the shot nor the schema says
_DEPENDENCIES = ("dependentRequired", "dependencies")
_FLAGS = {"start_image_url": " (--first-frame)", "tail_image_url": " (--last-frame)"}


def found(schema: Schema, request: "Request") -> Iterator[Fault]:
    """The rules that a request breaks."""
    yield from _empty_shots(request)
    yield from _alternatives(schema, request)
    yield from _exclusions(schema, request)
    yield from _dependencies(schema, request)
    yield from _shared_limits(schema, request)
    yield from _total_duration(schema, request)


def tells(schema: Schema, steps: Sequence[str | int]) -> bool:
    """Whether a keyword of the whole request is one of those that are told here.

    Args:
        schema: the model's.
        steps: where in it the keyword stands.
    """
    if len(steps) != 1:
        return steps[:1] in (["dependentRequired"], ["dependencies"])
    return bool(_groups(schema, str(steps[0]))) or (steps[0] == "not" and bool(_excluding(schema)))


def _origin(request: "Request", name: str) -> str:
    return request.origins.get(name, name)


def _empty_shots(request: "Request") -> Iterator[Fault]:
    """A shot without words would be paid for all the same."""
    shots = request.body.get("multi_prompt")
    for number, shot in enumerate(shots if isinstance(shots, list) else ()):
        prompt = shot.get("prompt") if isinstance(shot, Mapping) else None
        if isinstance(prompt, str) and not prompt.strip():
            path = f"multi_prompt[{number}].prompt"
            yield Fault(_origin(request, path if path in request.origins else "multi_prompt"), "a shot has no text")


# ------------------------------------------------------------------------------ one or another, or both


def _alternatives(schema: Schema, request: "Request") -> Iterator[Fault]:
    """``oneOf`` and ``anyOf`` with nothing but ``required``: exactly, or at least, one of the groups must be there."""
    for word in ("oneOf", "anyOf"):
        groups = _groups(schema, word)
        there = [group for group in groups if all(name in request.body for name in group)]
        if groups and not there:
            yield from _none_of(groups, request)
        for group in there[1:] if word == "oneOf" else ():
            yield Fault(_origin(request, group[0]), f"and {_origin(request, there[0][0])} exclude each other")


def _none_of(groups: Sequence[Sequence[str]], request: "Request") -> Iterator[Fault]:
    begun = [group for group in groups if any(name in request.body for name in group)]
    if begun:
        given = next(name for name in begun[0] if name in request.body)
        lacking = [name for name in begun[0] if name not in request.body]
        yield Fault(_origin(request, given), f"needs {' and '.join(lacking)} as well")
    elif not any(name in request.origins for group in groups for name in group):
        yield Fault(" or ".join(" and ".join(group) for group in groups), "is required")


def _groups(schema: Schema, word: str) -> list[tuple[str, ...]]:
    if word == "oneOf" and schemas.leaves_the_prompt_out(schema):
        return [("prompt",), ("multi_prompt",)]
    options = schema.get(word) if word in {"oneOf", "anyOf"} else None
    if not isinstance(options, Sequence) or isinstance(options, str):
        return []
    groups = [
        schemas.required(option) for option in options if isinstance(option, Mapping) and set(option) == {"required"}
    ]
    return groups if len(groups) == len(options) and all(groups) else []


def _excluding(schema: Schema) -> tuple[str, ...]:
    """``not`` with nothing but ``required``: these are never there together."""
    forbidden = schema.get("not")
    return schemas.required(forbidden) if isinstance(forbidden, Mapping) and set(forbidden) == {"required"} else ()


def _exclusions(schema: Schema, request: "Request") -> Iterator[Fault]:
    names = _excluding(schema)
    if names and all(name in request.body for name in names):
        others = " and ".join(_origin(request, name) for name in names[:-1])
        yield Fault(_origin(request, names[-1]), f"and {others} exclude each other" if others else "is not allowed")


def _dependencies(schema: Schema, request: "Request") -> Iterator[Fault]:
    """``dependentRequired``: a parameter that needs another one."""
    for word in _DEPENDENCIES:
        depends = schema.get(word)
        for name, needed in depends.items() if isinstance(depends, Mapping) else ():
            for other in needed if name in request.body and isinstance(needed, list | tuple) else ():
                if other not in request.body and other not in request.origins:
                    yield Fault(_origin(request, name), f"needs {other}{_FLAGS.get(other, '')} as well")


# -------------------------------------------------------------------------------------------- sums


def _shared_limits(schema: Schema, request: "Request") -> Iterator[Fault]:
    """``x-shared-limit``: a number of inputs that several parameters share."""
    seen: set[tuple[str, ...]] = set()
    parts = schemas.properties(schema)
    for part in parts.values():
        limit = part.get("x-shared-limit")
        if not isinstance(limit, Mapping):
            continue
        across = limit.get("across")
        if not isinstance(across, list) or not all(isinstance(name, str) for name in across) or tuple(across) in seen:
            continue
        seen.add(tuple(across))
        lists = {name: len(request.body[name]) for name in across if isinstance(request.body.get(name), list)}
        most = limit.get("max_total")
        if "input_video" in request.body:
            most = limit.get("max_total_with_input_video", most)
        alone = any(number > _most(parts.get(name, {}), schema) for name, number in lists.items())
        if isinstance(most, int) and sum(lists.values()) > most and not alone:
            beside = " beside a film" if most != limit.get("max_total") else ""
            spelled = " ".join(_origin(request, name) for name in lists)
            yield Fault(spelled, f"{' and '.join(across)} take {most} together{beside}, not {sum(lists.values())}")


def _most(part: Schema, schema: Schema) -> float:
    most = schemas.bound(part, schema, "maxItems")
    return float("inf") if most is None else most


def _total_duration(schema: Schema, request: "Request") -> Iterator[Fault]:
    """``x-total-duration``: the seconds of all shots together."""
    limit, shots = schema.get("x-total-duration"), request.body.get("multi_prompt")
    if not isinstance(limit, Mapping) or not isinstance(shots, list) or not shots:
        return
    shot = schemas.items(schemas.properties(schema).get("multi_prompt", {}), schema)
    usual = schemas.properties(shot, schema).get("duration", {}).get("default", _DEFAULT_SHOT)
    lengths = [one.get("duration", usual) for one in shots if isinstance(one, Mapping)]
    total = sum(length for length in lengths if _is_number(length))
    least, most = limit.get("minimum", 0), limit.get("maximum", total)
    if _is_number(least) and _is_number(most) and not least <= total <= most:
        sentence = f"the shots last {total:g} s together; {least} to {most} s are allowed"
        yield Fault(_origin(request, "multi_prompt"), sentence)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
