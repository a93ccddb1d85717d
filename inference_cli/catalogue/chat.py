"""What every chat model can be told: the parameters of a chat completion, checked before anything is sent.

Models that talk publish no schema of their own; the API's document names what is common to them (contract, "Chat"), and
the rest is what servers of that shape take.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue import parameters, schema as schemas, sentences
from inference_cli.catalogue.check import errors_of, light
from inference_cli.catalogue.faults import Fault, error_of
from inference_cli.catalogue.nearest import nearest
from inference_cli.catalogue.request import Request
from inference_cli.catalogue.schema import Schema
from inference_cli.catalogue.sendable import unsendable
from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from inference_cli.api.records import Model

_FLAGS = {
    "model": "the model is named with -m",
    "messages": "they are made of the prompt, -s and -a",
    "stream": "there is --no-stream",
    "stream_options": "there is --no-stream",
    "tools": "tools are given with -T",
    "n": "one answer is asked for at a time",
}
"""Parts of the request that something else is for, and what."""


def _number(least: float, most: float, about: str) -> Schema:
    return {"type": "number", "minimum": least, "maximum": most, "description": about}


def _whole(least: int, about: str) -> Schema:
    return {"type": "integer", "minimum": least, "description": about}


SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "temperature": _number(0, 2, "How freely words are chosen; some providers take either this or top_p."),
        "top_p": _number(0, 1, "Share of the likeliest words that are chosen from."),
        "top_k": _whole(0, "How many of the likeliest words are chosen from."),
        "min_p": _number(0, 1, "Least likelihood of a word, as a share of the likeliest one's."),
        "max_tokens": _whole(1, "Tokens of the answer at most; bounds its price."),
        "max_completion_tokens": _whole(1, "The same, tokens of reasoning included."),
        "stop": {
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "maxItems": 16}],
            "description": "Text at which the answer ends.",
        },
        "seed": {"type": "integer", "description": "The same seed makes a similar answer."},
        "frequency_penalty": _number(-2, 2, "Against words that were said often."),
        "presence_penalty": _number(-2, 2, "Against words that were said at all."),
        "repetition_penalty": _number(0, 2, "Against repetition."),
        "logit_bias": {
            "type": "object",
            "additionalProperties": {"type": "number"},
            "description": "Likelihood of single tokens, by their number.",
        },
        "logprobs": {"type": "boolean", "description": "Likelihoods with the answer (--json)."},
        "top_logprobs": {"type": "integer", "minimum": 0, "maximum": 20, "description": "How many of them."},
        "reasoning_effort": {
            "type": "string",
            "enum": ["none", "minimal", "low", "medium", "high", "xhigh"],
            "description": "How long to think first.",
        },
        "reasoning": {"type": "object", "description": "How to think first, in the provider's words."},
        "thinking": {"type": "object", "description": "The same in other providers' words."},
        "verbosity": {"type": "string", "enum": ["low", "medium", "high"], "description": "Length of the answer."},
        "response_format": {
            "type": "object",
            "description": "Form of the answer; --schema writes it.",
        },
        "tool_choice": {
            "anyOf": [{"type": "string", "enum": ["auto", "none", "required"]}, {"type": "object"}],
            "description": "Whether a tool has to be called.",
        },
        "parallel_tool_calls": {"type": "boolean", "description": "Whether several tools may be called at once."},
        "user": {"type": "string", "description": "Your own name for whoever asks."},
        "metadata": {"type": "object", "description": "Your own notes, kept with the request."},
        "service_tier": {"type": "string", "description": "How quickly it is served."},
    },
}
"""Beside ``model``, ``messages``, ``stream`` and ``tools``, which flags are for."""


def talks(model: "Model") -> bool:
    """Whether a model answers chats."""
    if model.endpoint is not None:
        return model.endpoint.endswith("/chat/completions")
    return model.outputs == ("text",) and "audio" not in model.inputs  # of what transcribes, nothing else is known


def schema_of(model: "Model | None") -> Schema:
    """What a model can be told: its own parameters, where it publishes some, over the common ones."""
    own = schemas.properties(model.schema if model else None)
    hidden = {name: part for name, part in own.items() if name not in _FLAGS}
    return {"type": "object", "properties": {**SCHEMA["properties"], **hidden}}


def parameters_of(
    model: "Model | None",
    *,
    name: str,
    params: Sequence[str],
    given: Mapping[str, Any],
    validate: bool = True,
) -> dict[str, Any]:
    """What ``-p`` and ``--input`` say, checked.

    Args:
        model: where it is known.
        name: its id.
        params: the arguments of ``-p``.
        given: the object of ``--input``, which ``-p`` wins over.
        validate: False for ``--no-validate``.

    Raises:
        ParameterError: something does not fit; nothing was sent.
    """
    schema = schema_of(model)
    typed = parameters.parse(params, schema, read_file=_no_files, base=given)
    body = {**given, **typed.values}
    origins = {key: f"{key} in --input" for key in given} | dict(typed.origins)
    request = Request(model=name, body=body, origins=origins, validated=validate)
    faults = [*typed.faults, *_misplaced(request), *unsendable(request), *(_found(schema, request) if validate else ())]
    if faults:
        raise error_of(name, faults, validated=validate)
    return body


def _misplaced(request: Request) -> Iterator[Fault]:
    for key, flag in _FLAGS.items():
        if key in request.body:
            yield Fault(request.origins[key], f"is not given here: {flag}", final=True)


def _found(schema: Schema, request: Request) -> Iterator[Fault]:
    for key in request.body:
        if key not in schema["properties"] and key not in _FLAGS:
            close = nearest(key, schema["properties"], 1)
            yield Fault(request.origins[key], f"no such parameter{f'; did you mean {close[0]}?' if close else ''}")
    yield from sentences.found(schema, request, errors_of(schemas.tolerant(schema), light(request.body)) or [])


def _no_files(path: str, accept: tuple[str, ...]) -> str:
    del accept
    raise UsageError(f"{path} is attached with -a, or put into the prompt with -f")
