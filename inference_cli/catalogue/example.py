"""A command for a model that runs as it stands: what its schema requires, and a flag or two worth knowing."""

import re
import shlex
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue import names, schema as schemas
from inference_cli.catalogue.check import check
from inference_cli.catalogue.flags import Attached, Common
from inference_cli.catalogue.request import build
from inference_cli.catalogue.schema import Schema
from inference_cli.errors import InferenceError

if TYPE_CHECKING:
    from inference_cli.api.records import Model

PHOTO, LAST, CLIP, SOUND = "photo.png", "last.png", "clip.mp4", "sound.mp3"
_FILES = {"image": PHOTO, "video": CLIP, "audio": SOUND}
_URL = "https://example.com/"
_WORDS = "…"
_UPRIGHT = "9:16"
_ABOUT_A_PICTURE = re.compile(r"image-to|reference-to|\b[ir]2v\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Command:
    """A command, in the words that are typed and in the values that they become."""

    words: tuple[str, ...] = ()
    common: Mapping[str, Any] = field(default_factory=dict)
    params: tuple[str, ...] = ()

    def flag(self, words: str, **common: Any) -> "_Command":
        """One more flag."""
        return replace(self, words=(*self.words, words), common={**self.common, **common})

    def param(self, key: str, value: str) -> "_Command":
        """One more ``-p``."""
        param = f"{key}={value}"
        return replace(self, words=(*self.words, f"-p {shlex.quote(param)}"), params=(*self.params, param))


def example(model: "Model", commands: Collection[str]) -> str | None:
    """A command that makes something with a model.

    It has passed the check of the model's own schema, with files that stand for what a person has.

    Args:
        model: with its schema.
        commands: those that this program has.

    Returns:
        None where no command takes such a model, or its schema asks for what cannot be made up.
    """
    verb = _verb(model)
    if verb is None or verb not in commands:
        return None
    start = f"inference {verb}"
    if verb == "chat":
        return f'{start} "{_WORDS}" -m {shlex.quote(model.id)}'
    needed = _needed(model.schema)
    pictured = _with_a_picture(needed, model)
    for command in (_with_choices(pictured, model, verb), pictured, needed):
        prompt = None if "shots" in command.common or not schemas.takes_a_prompt(model.schema) else _WORDS
        if _passes(model, prompt, command):
            words = [start, *([f'"{prompt}"'] if prompt else []), f"-m {shlex.quote(model.id)}", *command.words]
            return " ".join(words)
    return None


def _verb(model: "Model") -> str | None:
    for kind in ("image", "video", "audio"):
        if kind in model.outputs:
            return kind
    return "chat" if "text" in model.outputs and "audio" not in model.inputs else None


def _passes(model: "Model", prompt: str | None, command: _Command) -> bool:
    """Whether the check lets the request through; files are data URLs by then."""
    try:
        common = Common(**{name: _attached(value) for name, value in command.common.items()})
        request = build(model, prompt=prompt, common=common, params=command.params, read_file=_data_url)
        check(model.schema, request)
    except InferenceError:
        return False
    return True


def _attached(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(Attached(name, _data_url(name)) for name in value)
    return Attached(value, _data_url(value)) if value in {LAST, CLIP} else value


def _data_url(name: str, accept: tuple[str, ...] = ()) -> str:
    del accept
    kind = {PHOTO: "image/png", LAST: "image/png", CLIP: "video/mp4", SOUND: "audio/mpeg"}[name]
    return f"data:{kind};base64,AA=="


def _needed(schema: Schema | None) -> _Command:
    """Everything that must be given, beside the prompt."""
    command = _Command()
    parts, root = schemas.properties(schema), schema or {}
    for name in schemas.required(schema):
        if name in parts and name != "prompt":
            command = _given(command, name, parts[name], root)
    return command


def _given(command: _Command, name: str, part: Schema, root: Schema) -> _Command:
    """One parameter, by the flag that it has."""
    kind, many = schemas.media(part, root), max(1, int(schemas.bound(part, root, "minItems") or 1))
    if name in names.SHOTS:
        return command.flag(f'--shot "5s: {_WORDS}"', shots=(f"5s: {_WORDS}",))
    if name in names.IMAGES and kind == "image":
        pictures = [PHOTO] * many
        return command.flag(" ".join(f"-i {one}" for one in pictures), images=pictures)
    if name in names.LAST_FRAMES:
        return command.flag(f"--last-frame {LAST}", last_frame=LAST)
    if name in names.VIDEOS and many == 1:
        return command.flag(f"--video {CLIP}", video=CLIP)
    if kind in _FILES:
        return command.param(name, f"@{_FILES[kind]}")
    value = _value(part, root)
    for flag, group in (("aspect_ratio", names.ASPECT_RATIOS), ("size", names.SIZES), ("duration", names.DURATIONS)):
        if name in group:
            return command.flag(f"--{flag.replace('_', '-')} {shlex.quote(value)}", **{flag: value})
    return command.param(name, value)


def _value(part: Schema, root: Schema) -> str:
    """A value that a parameter takes, as it is typed."""
    default = part.get("default")
    for value in (default, *schemas.options(part, root)):
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, int | float | str) and value != "":
            return str(value)
    kinds = schemas.types(part, root)
    if kinds & {"integer", "number"}:
        least, most = schemas.bound(part, root, "minimum"), schemas.bound(part, root, "maximum")
        return str(least if least is not None else min(1, most) if most is not None else 1)
    if "boolean" in kinds:
        return "yes"
    return f"{_URL}file" if schemas.is_url(part, root) else _WORDS


def _with_a_picture(command: _Command, model: "Model") -> _Command:
    """The same with a picture, where the model's name says that it is about one and its schema does not require it."""
    needs_none = not any(name in command.common for name in ("images", "video", "shots"))
    if needs_none and _ABOUT_A_PICTURE.search(model.id) and set(names.IMAGES) & schemas.properties(model.schema).keys():
        return command.flag(f"-i {PHOTO}", images=[PHOTO])
    return command


def _with_choices(command: _Command, model: "Model", verb: str) -> _Command:
    """The same with a length and a shape that are not the model's own default."""
    parts, root = schemas.properties(model.schema), model.schema or {}
    for flag, value in _choices(parts, root, lengths=verb == "video"):
        if flag not in command.common:
            command = command.flag(f"--{flag.replace('_', '-')} {value}", **{flag: value})
    return command


def _choices(parts: Mapping[str, Schema], root: Schema, *, lengths: bool) -> Iterator[tuple[str, str]]:
    duration = next((name for name in names.DURATIONS if name in parts), None) if lengths else None
    if duration is not None:
        options = [str(option).removesuffix("s") for option in schemas.options(parts[duration], root)]
        usual = str(parts[duration].get("default")).removesuffix("s")
        other = next((one for one in options if one.isdigit() and one not in {"0", usual}), None)
        if other is not None:
            yield "duration", other
    shape = next((name for name in names.ASPECT_RATIOS if name in parts), None)
    if (
        shape is not None
        and _UPRIGHT in schemas.options(parts[shape], root)
        and parts[shape].get("default") != _UPRIGHT
    ):
        yield "aspect_ratio", _UPRIGHT
