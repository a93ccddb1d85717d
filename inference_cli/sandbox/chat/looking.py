"""Looks at everything that is attached to a chat's messages, within the limits of the contract."""

from collections.abc import Callable, Iterable, Mapping

from inference_cli.sandbox.catalogue import Entry
from inference_cli.sandbox.chat import papers, pictures, recordings
from inference_cli.sandbox.chat.fetching import fetch
from inference_cli.sandbox.chat.messages import Talk
from inference_cli.sandbox.chat.parts import Part, wrong
from inference_cli.sandbox.chat.seen import Seen
from inference_cli.sandbox.inputs import InputError
from inference_cli.sandbox.offload import in_thread
from inference_cli.sandbox.refusals import BAD_FILE, Refusal
from inference_cli.sandbox.world import World

_MEGABYTE = 1024 * 1024
LARGEST: Mapping[str, int] = {"file": 24 * _MEGABYTE, "audio": 20 * _MEGABYTE}
"""Contract, "Chat": bytes of a PDF and of a sound."""
_NAMES = {"image": "a picture", "video": "a film", "audio": "a sound", "file": "a PDF"}
_LOOKS: Mapping[str, Callable[[bytes], Seen]] = {
    "image": pictures.look,
    "video": recordings.look_at_film,
    "audio": recordings.look_at_sound,
    "file": papers.look,
}


def check_kinds(entry: Entry, talk: Talk) -> None:
    """Refuse what the model does not take, before anything is fetched.

    Raises:
        Refusal: something of that kind is attached.
    """
    for part in _parts(talk):
        if part.kind not in entry.inputs:
            raise wrong(f"{part.where}: Model {entry.id} does not support {part.kind} input")


async def look(world: World, talk: Talk) -> tuple[tuple[Seen, ...], ...]:
    """What is attached, for each message.

    Raises:
        Refusal: something can't be fetched, is too large, or can't be decoded (``invalid_file_input``).
    """
    found = []
    for turn in talk.turns:
        try:
            found.append(tuple([await _look(world, part) for part in turn.parts]))
        except InputError as error:
            raise Refusal(400, BAD_FILE, str(error)) from error
    return tuple(found)


def _parts(talk: Talk) -> Iterable[Part]:
    return (part for turn in talk.turns for part in turn.parts)


async def _look(world: World, part: Part) -> Seen:
    try:
        content = await fetch(world, part.url)
    except InputError as error:
        raise InputError(f"{part.where}: {error}") from error
    most = LARGEST.get(part.kind)
    if most is not None and len(content) > most:
        raise InputError(f"{part.where}: the file is larger than {most // _MEGABYTE} MB")
    try:
        return await in_thread(lambda: _LOOKS[part.kind](content))
    except Exception as error:
        # Pillow and PyAV raise some twenty kinds of exceptions over damaged files; all mean the same here.
        raise InputError(f"{part.where}: the file is not {_NAMES[part.kind]} that can be decoded") from error
