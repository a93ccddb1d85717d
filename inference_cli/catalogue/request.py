"""One request to a model, put together from prompt, flags, ``-p`` and ``--input``; checked by ``check.py``."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue import flags, names, parameters, schema as schemas
from inference_cli.catalogue.faults import Fault, shortened
from inference_cli.catalogue.flags import Common
from inference_cli.catalogue.schema import Schema
from inference_cli.errors import UsageError
from inference_cli.frozen import dataclass, field

if TYPE_CHECKING:
    from inference_cli.api.records import Model

_SHOWN = 28  # characters of a parameter in --input and its value, so that an error's line shows all of both
_SAME_FORMAT = {"jpg": "jpeg", "jpeg": "jpg", "ogg": "ogg_opus", "opus": "ogg_opus", "tif": "tiff", "tiff": "tif"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where the service saves results: what the flags say, and the namespace of the profile below them."""

    namespace: str | None = None
    repo: str | None = None
    folder: str | None = None
    default_namespace: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What would be sent for all outputs together; a number of outputs is never inside ``body``.

    Attributes:
        model: its id.
        body: the JSON to send, ``model`` first.
        origins: how the user spelled what became a key (``--duration 7``); paths inside a key as well.
        notes: sentences worth a line on stderr.
        faults: what is wrong already; ``check.check`` raises them together with those that the schema finds.
        validated: False after ``--no-validate``.
        prompt: the text for names of files: the prompt, or the first shot's.
        count: how many outputs, by ``-n`` or by a parameter; at least 1.
        count_parameter: the model's own name for a number of outputs in one request, if it has one.
        seed: the one that was asked for.
        seed_parameter: the model's own name for it, if it has one.
        output_format: the value that was chosen by ``-o``'s extension or given, if the model has such a parameter.
    """

    model: str
    body: dict[str, Any]
    origins: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    validated: bool = True
    prompt: str | None = None
    count: int = 1
    count_parameter: str | None = None
    seed: int | None = None
    seed_parameter: str | None = None
    output_format: str | None = None


def no_files(path: str, accept: tuple[str, ...]) -> str:
    """The reader of ``@`` where no files are at hand.

    Raises:
        UsageError: always.
    """
    del accept
    raise UsageError(f"{path} cannot be read here")


def build(
    model: "Model",
    *,
    prompt: str | None = None,
    common: Common | None = None,
    params: Sequence[str] = (),
    given: Mapping[str, Any] | None = None,
    output_format: str | None = None,
    response_format: str | None = None,
    target: Target | None = None,
    count: int = 1,
    read_file: parameters.ReadFile = no_files,
    validate: bool = True,
) -> Request:
    """Put a request together; nothing is refused here, see ``Request.faults``.

    Args:
        model: whom it is for.
        prompt: the words of the command line.
        common: the common flags.
        params: the arguments of ``-p``.
        given: the object of ``--input``; everything else wins over it.
        output_format: the extension of the file that ``-o`` names, without its dot.
        response_format: ``url`` or ``b64_json``.
        target: where the service saves results.
        count: of ``-n``.
        read_file: makes a data URL of what ``key=@file`` names.
        validate: False for ``--no-validate``.
    """
    typed = parameters.parse(params, model.schema, read_file=read_file, base=given)
    builder = _Builder(model.schema, given or {}, typed)
    builder.prompt(prompt, validate=validate)
    placed = flags.place(common or Common(), model.schema, validate=validate, beside=builder.body, makes=model.outputs)
    builder.flags(placed)
    builder.extras(target or Target(), response_format)
    builder.format(output_format)
    total = builder.count(count)
    body = builder.body
    parts = schemas.properties(model.schema)
    seed = body.get("seed")
    return Request(
        model=model.id,
        body={"model": model.id, **({"prompt": body["prompt"]} if "prompt" in body else {}), **body},
        origins=builder.origins,
        notes=tuple(builder.notes),
        faults=tuple(builder.faults),
        validated=validate,
        prompt=_words(body),
        count=total,
        count_parameter=next((name for name in names.COUNTS if name in parts), None),
        seed=seed if isinstance(seed, int) and not isinstance(seed, bool) else None,
        seed_parameter=next((name for name in names.SEEDS if name in parts or (name in body and not parts)), None),
        output_format=next((str(body[name]) for name in names.FORMATS if name in body), None),
    )


def _words(body: Mapping[str, Any]) -> str | None:
    """What a request says, for the names of its files."""
    prompt, shots = body.get("prompt"), body.get("multi_prompt")
    if not prompt and isinstance(shots, list) and shots and isinstance(shots[0], Mapping):
        prompt = shots[0].get("prompt")
    return prompt if isinstance(prompt, str) and prompt else None


class _Builder:
    """Lays flags over ``-p`` over ``--input``; a flag and a ``-p`` that name one parameter are a fault."""

    def __init__(self, schema: Schema | None, given: Mapping[str, Any], typed: parameters.Parameters) -> None:
        self._schema = schema
        self._typed = typed
        self._fixed: set[str] = set(typed.values)
        self.body: dict[str, Any] = {name: value for name, value in given.items() if name != "model"}
        self.origins = {name: _in_file(name, value) for name, value in self.body.items()} | typed.origins
        self.faults = list(typed.faults)
        self.notes: list[str] = []
        for name, value in typed.values.items():
            if name == "model":
                self.faults.append(Fault(typed.origins[name], "is given by -m", final=True))
            else:
                self.body[name] = value

    def put(self, name: str, value: Any, spelling: str) -> None:
        """A flag's value, over that of ``--input``."""
        if name in self._fixed:
            self._twice(spelling, f"names {name}", name)
            return
        self._fixed.add(name)
        self.body[name] = value
        self.origins[name] = spelling

    def _twice(self, spelling: str, what: str, name: str) -> None:
        sentence = f"{what}, as {shortened(self.origins[name])} does"
        self.faults.append(Fault(spelling, sentence, final=True))

    def prompt(self, prompt: str | None, *, validate: bool) -> None:
        """The words of the command line."""
        if prompt is None:
            return
        spelling = f'"{shortened(prompt, 24)}"'
        if not prompt.strip():
            self.faults.append(Fault(spelling, "the prompt is empty", final=True))
            self.origins["prompt"] = spelling
        elif schemas.takes_a_prompt(self._schema) or not validate:
            self.put("prompt", prompt, spelling)
        else:
            self.faults.append(Fault(spelling, "this model takes no prompt"))

    def flags(self, placed: flags.Placed) -> None:
        """The common flags."""
        self.faults.extend(placed.faults)
        self.notes.extend(placed.notes)
        for name, value in placed.values.items():
            self.put(name, value, placed.origins[name])
        self.origins = placed.origins | self.origins

    def extras(self, target: Target, response_format: str | None) -> None:
        """What may stand beside every model's parameters."""
        for name, flag, value in (
            ("response_format", "--response-format", response_format),
            ("target_namespace", "--namespace", target.namespace),
            ("target_repo", "--repo", target.repo),
            ("target_directory", "--folder", target.folder),
        ):
            if value is not None:
                self.put(name, value, f"{flag} {value}")
        if target.default_namespace is not None:
            self.body.setdefault("target_namespace", target.default_namespace)

    def format(self, extension: str | None) -> None:
        """The format that the extension of the output file asks for, unless another was given."""
        parts = schemas.properties(self._schema)
        name = next((one for one in names.FORMATS if one in parts), None)
        if name is None or extension is None or name in self.body:
            return
        wanted = extension.lower().removeprefix(".")
        options = schemas.options(parts[name], self._schema or {})
        chosen = next((one for one in (wanted, _SAME_FORMAT.get(wanted)) if one in options), None)
        if chosen is not None:
            self.put(name, chosen, f"-o .{wanted}")

    def count(self, count: int) -> int:
        """The number of outputs, which requests share among them later."""
        said = f"-n {count}"
        for name in ("num_generations", *names.COUNTS):
            value = self.body.get(name)
            described = name == "num_generations" or name in schemas.properties(self._schema)
            if not described or not isinstance(value, int) or isinstance(value, bool) or value < 1:
                continue
            del self.body[name]
            if count != 1 and name in self._fixed:
                self._twice(said, "names the number", name)
            elif count == 1:
                count, said = value, self.origins.get(name, name)
        return count


def _in_file(name: str, value: Any) -> str:
    """How a parameter of ``--input`` is spelled: with its value, where that is short."""
    if isinstance(value, Mapping | list):
        return f"{name} in --input"
    text = json.dumps(value) if value is None or isinstance(value, bool) else str(value)
    return f"{name}={shortened(text, max(1, _SHOWN - len(name)))} in --input"
