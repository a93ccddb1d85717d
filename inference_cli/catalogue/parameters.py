"""``-p key=value``: parsed, and typed by the model's schema."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from inference_cli.catalogue import schema as schemas
from inference_cli.catalogue.faults import Fault
from inference_cli.catalogue.schema import Schema
from inference_cli.catalogue.tree import ConflictError, Path, Tree, spelled
from inference_cli.catalogue.typed import literal, typed
from inference_cli.errors import UsageError
from inference_cli.frozen import dataclass, field
from inference_cli.late import pattern

ReadFile = Callable[[str, tuple[str, ...]], str]
"""Reads the file that ``@`` names, of one of these kinds of media (none: any), into a data URL."""

EXTRAS: dict[str, Schema] = {
    "response_format": {"type": "string", "enum": ["url", "b64_json"]},
    "target_namespace": {"type": "string", "minLength": 1},
    "target_repo": {"type": "string", "minLength": 1},
    "target_directory": {"type": "string", "minLength": 1},
    "num_generations": {"type": "integer", "minimum": 1, "maximum": 1000},
}
"""What every media request may hold beside the model's own parameters (contract, "Media, direct" and "The queue")."""

_SHOT: Schema = {
    "type": "object",
    "properties": {"prompt": {"type": "string"}, "duration": {"type": "integer"}},
    "required": ["prompt"],
}
PROMPTS: dict[str, Schema] = {"prompt": {"type": "string"}, "multi_prompt": {"type": "array", "items": _SHOT}}
"""What a model is told where its schema names neither (contract, "Media, direct")."""

_KEY = pattern(r"([^.\[\]]+)((?:\.[^.\[\]]+|\[[0-9]{1,3}\])*)")
_STEP = pattern(r"\.([^.\[\]]+)|\[([0-9]+)\]")

_MOST_STEPS = 30  # of a key that reaches inside; no schema has more than three

_TEXTS = frozenset({"prompt", "negative_prompt"})  # a data URL in one would be generated from, and paid for


@dataclass(frozen=True, slots=True)
class Parameters:
    """What ``-p`` says: values by name, how each path was spelled, and what is wrong."""

    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def known(schema: Schema | None) -> dict[str, Schema]:
    """All that a request to a model may hold: its own parameters over those that are known beside every schema."""
    prompts = PROMPTS if schemas.leaves_the_prompt_out(schema) else {}
    return {**EXTRAS, **prompts, **schemas.properties(schema)}


def parse(
    arguments: Sequence[str], schema: Schema | None, *, read_file: ReadFile, base: Mapping[str, Any] | None = None
) -> Parameters:
    """Read all ``-p`` arguments.

    Args:
        arguments: each ``key=text``, ``key:=JSON`` or ``key=@file``; keys reach inside with ``a.b`` and ``a[0].b``.
        schema: the model's; without one ``=`` is text.
        read_file: makes a data URL of the file that ``@`` names; its UsageError becomes a fault.
        base: the object of ``--input``; keys that reach inside change what is there, others replace it.
    """
    parser = _Parser(schema or {}, read_file)
    for argument in arguments:
        parser.take(argument)
    return parser.done(base or {})


class _Parser:
    """Collects assignments, and everything that is wrong with them."""

    def __init__(self, schema: Schema, read_file: ReadFile) -> None:
        self._schema = schema
        self._known = known(schema)
        self._read_file = read_file
        self._tree = Tree()
        self._origins: dict[str, str] = {}
        self._faults: list[Fault] = []

    def take(self, argument: str) -> None:
        """Add one argument."""
        key, equals, text = argument.partition("=")
        spelling, is_json = f"-p {argument}", key.endswith(":")
        key = key.removesuffix(":")
        path = self._path(key)
        if not equals or not key.strip():
            self._refuse(spelling, "must be key=value, key:=JSON or key=@file")
            return
        if path is None:
            self._refuse(spelling, "is no key; a.b and a[0].b reach inside")
            return
        part = self._part(path)
        try:
            value = literal(text) if is_json else self._value(text, part, path)
            self._put(path, value, spelling, part, whole=is_json and isinstance(value, list))
        except UsageError as error:
            self._refuse(spelling, error.message)
        except ConflictError as error:
            self._refuse(spelling, str(error))
        except ValueError as error:
            odd = type(error) is ValueError  # JSON, but not such as every reader understands
            self._refuse(spelling, f"cannot be sent: {error}" if odd else "is not JSON; key=value takes text")
        for end in range(1, len(path) + 1):
            self._origins.setdefault(spelled(path[:end]), spelling)

    def done(self, base: Mapping[str, Any]) -> Parameters:
        """All that was taken, laid over what was there."""
        values, wrong = self._tree.values(base)
        for name, sentence in wrong.items():
            self._refuse(self._origins[name], sentence)
        return Parameters(values, self._origins, tuple(self._faults))

    def _refuse(self, spelling: str, sentence: str) -> None:
        self._faults.append(Fault(spelling, sentence, final=True))

    def _put(self, path: Path, value: Any, spelling: str, part: Schema, *, whole: bool) -> None:
        """Put a value, or one more into a list; each of a list's values has an origin of its own."""
        repeatable = schemas.is_list(part, self._schema)
        one = repeatable and not whole
        before = self._tree.put(path, [value] if one else value, repeatable=repeatable)
        if one:
            self._origins.setdefault(spelled((*path, before)), spelling)

    def _path(self, key: str) -> Path | None:
        if key in self._known:
            return (key,)
        match = _KEY.fullmatch(key)
        steps = _STEP.findall(match[2]) if match else []
        if match is None or len(steps) > _MOST_STEPS:
            return None
        return (match[1], *(name or int(index) for name, index in steps))

    def _part(self, path: Path) -> Schema:
        """The schema of what stands at a path; an empty one where it is not described."""
        part = self._known.get(str(path[0]), {})
        for step in path[1:]:
            part = schemas.inside(part, step, self._schema)
        return part

    def _value(self, text: str, part: Schema, path: Path) -> Any:
        if text.startswith("\\@"):
            text = text[1:]
        elif text.startswith("@"):
            if path[-1] in _TEXTS:
                raise UsageError("takes text, not a file; text that begins with @ is written \\@")
            media = schemas.media(part, self._schema)
            return self._read_file(text[1:], (media,) if media else ())
        one = schemas.items(part, self._schema) if schemas.is_list(part, self._schema) else part
        return typed(text, one, self._schema)
