"""``/image``, ``/video``, ``/edit @1`` and ``/queue``: the commands themselves, with what the conversation knows."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from inference_cli.errors import Exit, UsageError

if TYPE_CHECKING:
    from inference_cli.cli.talk.desk import Desk

_FILMS = frozenset({".mp4", ".mov", ".webm", ".m4v", ".mkv"})
_FILES = frozenset({"-i", "--image", "--first-frame", "--last-frame", "--video", "--input"})
_ELSEWHERE = ("--profile", "--sandbox", "--base-url")
_PARAMETER = re.compile(r"(?s)([^=]+=)@([1-9][0-9]*|last)")
_ENDED = {Exit.HANGUP, Exit.TERMINATED}


def make(desk: "Desk", name: str, words: Sequence[str]) -> None:
    """Run ``inference image`` or ``video``; words without a flag are the prompt, quoted or not.

    Raises:
        UsageError: what it names is not there, or it would go to somebody else; nothing was sent.
    """
    run(desk, (name, *arguments(desk, name, words)))


def run(desk: "Desk", command: Sequence[str]) -> None:
    """Run a command of the program inside the conversation; its errors are shown by itself.

    Raises:
        UsageError: it would go to another place than the conversation does.
    """
    from inference_cli.cli.app import carry_out

    for word in command:
        if word == "--":
            break
        if word.partition("=")[0] in _ELSEWHERE:
            raise UsageError(
                f"{word.partition('=')[0]} cannot change within a conversation",
                hint="Nothing was sent.  Leave with /exit, and begin one there",
            )
    inner = desk.session.within(*command)
    inner.tally = desk
    code = carry_out(inner)
    if code in _ENDED:
        desk.signals.note(code - 128)


def arguments(desk: "Desk", name: str, words: Sequence[str]) -> list[str]:
    """A command line of ``image`` or ``video``: flags first, then the prompt as one argument.

    Args:
        desk: the conversation, for ``@1``.
        name: the command.
        words: as they were typed; ``@…`` among the prompt's words is an input, where there is such a file.
    """
    takes = _options(name)
    flags: list[str] = []
    prompt: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            prompt += rest
        elif word.startswith("-") and len(word) > 1:
            flags += _flag(desk, word, rest, takes)
        elif word.startswith("@") and (path := desk.named(word[1:])) is not None:
            film = name == "video" and PurePath(path).suffix.lower() in _FILMS
            flags += ["--video" if film else "--image", path]
        else:
            prompt.append(word)
    return [*flags, *(["--", " ".join(prompt)] if prompt else [])]


def _flag(desk: "Desk", word: str, rest: Iterator[str], takes: dict[str, bool]) -> Iterator[str]:
    """A flag and its value, if it has one."""
    name, equals, value = word.partition("=")
    if equals and name in takes:
        yield f"{name}={_value(desk, name, value)}"
        return
    yield word
    if takes.get(word):
        following = next(rest, None)
        if following is not None:
            yield _value(desk, word, following)


def _value(desk: "Desk", option: str, value: str) -> str:
    if option in _FILES and value.startswith("@"):
        return desk.named(value[1:]) or value
    match = _PARAMETER.fullmatch(value) if option in {"-p", "--param"} else None
    return f"{match[1]}@{desk.named(match[2])}" if match else value


def _options(name: str) -> dict[str, bool]:
    """Every spelling of a command's options, and whether a value follows."""
    from inference_cli.cli.lazy import LazyCommand

    command: Any = LazyCommand(name).load()
    options = [one for one in command.params if one.param_type_name == "option"]
    return {spelling: not one.is_flag for one in options for spelling in (*one.opts, *one.secondary_opts)}
