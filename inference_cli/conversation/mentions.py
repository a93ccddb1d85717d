"""``@photo.png``, ``@1`` and ``@last`` in what was typed: files on this disk, and what this conversation has made."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

_MENTION = re.compile(r"""(?<![^\s(\[{"'])@(?:"(?P<quoted>[^"\n]+)"|(?P<bare>(?:\\.|[^\s"@\\])(?:\\.|[^\s"\\])*))""")
_ESCAPED = re.compile(r"\\(.)")
_AFTER = ".,;:!?)]}'\u2026"  # what may follow a name in a sentence
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")
_LIKE_A_FILE = re.compile(r"[\w./~-]*(?:/[\w.-]+|\.[A-Za-z][A-Za-z0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a message mentions: files that are there, each once, and names that look like files and are not."""

    files: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def find(text: str, *, is_file: Callable[[str], bool], outputs: Sequence[Path]) -> Mentions:
    """What ``@…`` in a message names.

    An address (``me@example.org``) is no mention, and ``@someone`` is text where no file has that name.

    Args:
        text: the message.
        is_file: whether a file of that name can be read.
        outputs: what the conversation made; ``@1`` is the first, ``@last`` the last.
    """
    files: dict[str, None] = {}
    missing: dict[str, None] = {}
    for match in _MENTION.finditer(text):
        named = match["quoted"] or _ESCAPED.sub(r"\1", match["bare"])
        found = _found(named, is_file, outputs, exact=match["quoted"] is not None)
        if found is not None:
            files[found] = None
        elif looks_meant(short := named.rstrip(_AFTER)):
            missing[short] = None
    return Mentions(tuple(files), tuple(missing))


def output(name: str, outputs: Sequence[Path]) -> Path | None:
    """The file that ``1`` or ``last`` stands for; None where there is none."""
    if name == "last":
        return outputs[-1] if outputs else None
    return outputs[int(name) - 1] if _NUMBER.fullmatch(name) and int(name) <= len(outputs) else None


def numbered(name: str) -> bool:
    """Whether a name can only mean something that was made here."""
    return name == "last" or _NUMBER.fullmatch(name) is not None


def looks_meant(name: str) -> bool:
    """Whether somebody who typed it will have meant a file."""
    if numbered(name):
        return True
    return bool(_LIKE_A_FILE.fullmatch(name)) and bool(PurePath(name).name)


def _found(named: str, is_file: Callable[[str], bool], outputs: Sequence[Path], *, exact: bool) -> str | None:
    name = named
    while name:
        made = output(name, outputs)
        if made is not None:
            return str(made)
        if is_file(name):
            return name
        if exact or name[-1] not in _AFTER:
            return None
        name = name[:-1]
    return None
