"""What Tab offers while a message or a command is typed. Pure: folders and models are arguments."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from inference_cli.conversation import slash

_PATHS = frozenset({"attach", "file", "save"})
_MEDIA = frozenset({"image", "video", "edit", "queue"})
_VERBS = ("list", "show", "wait", "download", "cancel", "submit")
_LAST = re.compile(r"(?:\\.|[^\s\\])*$")
_SPACES = re.compile(r"([\s\\\"'])")
_SHOWN = 60  # offers at most: more than that nobody reads


class Entry(NamedTuple):
    """What a folder holds: a path as it is typed, a slash behind it where it is a folder itself."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A text that replaces so many characters before the cursor; ``shown`` is its short form."""

    text: str
    replaces: int
    shown: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Where names come from: models by id, the entries of a folder that begin like a path, how much was made."""

    models: Callable[[], Sequence[str]]
    entries: Callable[[str], Iterable[Entry]]
    outputs: Callable[[], Sequence[str]]


def offers(before: str, known: Known) -> Iterator[Offer]:
    """What may follow, the likeliest first.

    Args:
        before: the entry up to the cursor.
        known: names.
    """
    for number, offer in enumerate(_offers(before, known)):
        if number == _SHOWN:
            return
        yield offer


def _offers(before: str, known: Known) -> Iterator[Offer]:
    if before.startswith("/") and not before.startswith("//"):
        name, space, rest = before[1:].partition(" ")
        if not space:
            yield from _names(name)
        else:
            yield from _arguments(name.lower(), rest, known)
        return
    yield from _mention(_word(before), known)


def _names(begun: str) -> Iterator[Offer]:
    for word in slash.COMMANDS:
        if word.name.startswith(begun.lower()):
            yield Offer(f"/{word.name}", len(begun) + 1, f"/{word.name}", word.help)


def _arguments(name: str, rest: str, known: Known) -> Iterator[Offer]:
    word = _word(rest)
    earlier = rest[: len(rest) - len(word)].split()
    if name == "model" or (name in _MEDIA and earlier[-1:] in (["-m"], ["--model"])):
        yield from _models(word, known) if name != "model" or not earlier else ()
    elif name == "help":
        yield from _words(word, slash.NAMES)
    elif name == "copy":
        yield from _words(word, ("code",))
    elif name == "queue" and not earlier:
        yield from _words(word, _VERBS)
    elif word.startswith("@"):
        yield from _mention(word, known)
    elif name in _PATHS or (name in _MEDIA and earlier and earlier[-1].startswith("-")):
        yield from _files(word, known)


def _words(begun: str, words: Iterable[str]) -> Iterator[Offer]:
    return (Offer(word, len(begun), word) for word in words if word.startswith(begun))


def _models(begun: str, known: Known) -> Iterator[Offer]:
    """Those that begin so, then those that hold it."""
    folded = begun.casefold()
    ids = [name for name in known.models() if folded in name.casefold()]
    for name in sorted(ids, key=lambda one: not one.casefold().startswith(folded)):
        yield Offer(name, len(begun), name)


def _mention(word: str, known: Known) -> Iterator[Offer]:
    if not word.startswith("@"):
        return
    made = known.outputs()
    numbers = [(str(number), name) for number, name in enumerate(made, 1)]
    for name, path in [*numbers[::-1], *([("last", made[-1])] if made else [])]:
        if name.startswith(word[1:]):
            yield Offer(f"@{name}", len(word), f"@{name}", path)
    for offer in _files(word[1:], known):
        yield Offer(f"@{offer.text}", len(word), offer.shown)


def _files(begun: str, known: Known) -> Iterator[Offer]:
    for entry in known.entries(re.sub(r"\\(.)", r"\1", begun)):
        yield Offer(_SPACES.sub(r"\\\1", entry.path), len(begun), entry.name)


def _word(text: str) -> str:
    match = _LAST.search(text)
    return match[0] if match else ""
