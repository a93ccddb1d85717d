"""What was typed into a conversation: a message for the model, or a command for this program. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from inference_cli.catalogue.nearest import nearest

_BLOCK = '"""'
_MULTI, _END = "!multi", "!end"
_QUOTES = "\"'"


class Word(NamedTuple):
    """A command as the help lists it."""

    name: str
    usage: str
    help: str


COMMANDS = (
    Word("model", "[ID]", "the model that answers; alone: which one does"),
    Word("system", "[TEXT|@FILE]", "the system prompt; alone: show it"),
    Word("attach", "PATH|URL …", "pictures, PDFs, sounds, films for the next message"),
    Word("file", "PATH …", "put text files into the next message"),
    Word("param", "[KEY=VALUE …]", "parameters; KEY= takes one back; alone: shows all"),
    Word("image", "PROMPT …", "make a picture, with the flags of the command"),
    Word("edit", "[TEXT]", "write in $EDITOR; /edit @1 PROMPT edits a picture"),
    Word("video", "PROMPT …", "make a film, with the flags of the command"),
    Word("queue", "[list|wait|…]", "generations in the background"),
    Word("retry", "", "ask the last question again"),
    Word("undo", "", "take the last question and its answer back"),
    Word("copy", "[code]", "the last answer, or its last code, to the clipboard"),
    Word("save", "FILE", "write the conversation into a file, as Markdown"),
    Word("usage", "", "the tokens so far"),
    Word("cost", "", "what this conversation has cost so far"),
    Word("tools", "", "what the model may call"),
    Word("clear", "", "forget what was said; model and settings stay"),
    Word("new", "", "begin again as this conversation began"),
    Word("help", "[COMMAND]", "this list, or the help of image, video or queue"),
    Word("exit", "", "leave; so do /quit and Ctrl-D"),
)
NAMES = tuple(word.name for word in COMMANDS)
_ALSO = {"quit": "exit", "q": "exit", "?": "help"}


@dataclass(frozen=True, slots=True)
class Message:
    """A text for the model; in a verbatim one ``@name`` is text too."""

    text: str
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command; ``rest`` is what follows its name, without white space around it."""

    name: str
    rest: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The rest, word by word."""
        return tuple(split(self.rest))


@dataclass(frozen=True, slots=True)
class Unknown:
    """A slash with no command behind it; ``close`` are the names that may have been meant."""

    name: str
    close: tuple[str, ...]


def parse(entry: str) -> Message | Command | Unknown | None:
    """What an entry means; None where it is blank.

    Args:
        entry: as typed or pasted. ``//text`` is a message that begins with a slash; what stands between two
            ``\"\"\"``, or ``!multi`` and ``!end``, is a message as it is; a bare ``exit`` or ``quit`` leaves.
    """
    text = entry.strip()
    block = _inside(text)
    if block is not None:
        return Message(block, verbatim=True) if block.strip() else None
    if not text:
        return None
    if text in {"exit", "quit"}:
        return Command("exit")
    if not text.startswith("/"):
        return Message(text)
    if text.startswith("//"):
        return Message(text[1:])
    if not text[1:2].strip():
        return Unknown("", ("help",))
    name, *rest = text[1:].split(None, 1)
    name = _ALSO.get(name.lower(), name.lower())
    if name in NAMES:
        return Command(name, rest[0] if rest else "")
    return Unknown(name, tuple(nearest(name, (*NAMES, "quit"), 3)))


def unfinished(entry: str) -> bool:
    """Whether Return belongs to the text: a block was begun and not ended."""
    text = entry.lstrip()
    if not text.startswith((_BLOCK, _MULTI)):
        return False
    return (_opens_block(text) or _end_of(text) is not None) and _inside(text.rstrip()) is None


def split(text: str) -> Iterator[str]:
    """Words as a shell splits them, but for people: an apostrophe inside a word, or a quote that never ends, is itself.

    A quote opens at the beginning of a word or behind ``=``; a backslash takes the meaning from a quote, a space or
    another backslash only.
    """
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        word, at = _word(text, at)
        yield word


def _word(text: str, at: int) -> tuple[str, int]:
    parts: list[str] = []
    while at < len(text) and not text[at].isspace():
        mark = text[at]
        opens = mark in _QUOTES and (not parts or parts[-1] == "=")
        quoted = _quoted(text, at) if opens else None
        if quoted is not None:
            parts.append(quoted[0])
            at = quoted[1]
        elif mark == "\\" and at + 1 < len(text) and (text[at + 1] in "\\\"'" or text[at + 1].isspace()):
            parts.append(text[at + 1])
            at += 2
        else:
            parts.append(mark)
            at += 1
    return "".join(parts), at


def _quoted(text: str, at: int) -> tuple[str, int] | None:
    """What stands in quotes from here and where it ends; None where they do not close before white space or the end."""
    mark, parts, at = text[at], list[str](), at + 1
    while at < len(text):
        if text[at] == mark:
            return ("".join(parts), at + 1) if text[at + 1 : at + 2].strip() == "" else None
        if text[at] == "\\" and text[at + 1 : at + 2] in {mark, "\\"} and mark == '"':
            at += 1
        parts.append(text[at])
        at += 1
    return None


def _opens_block(text: str) -> bool:
    return text.startswith(_BLOCK)


def _end_of(text: str) -> str | None:
    """The line that ends what ``!multi`` began (``llm``: ``!multi abc`` goes on to ``!end abc``)."""
    first = text.split("\n", 1)[0].split()
    return " ".join((_END, *first[1:])) if first[:1] == [_MULTI] else None


def _inside(text: str) -> str | None:
    """What stands in a block that is ended; None where there is none."""
    if _opens_block(text):
        closed = len(text) >= 2 * len(_BLOCK) and text.endswith(_BLOCK)
        return text[len(_BLOCK) : -len(_BLOCK)].strip("\n") if closed else None
    end = _end_of(text)
    if end is None:
        return None
    lines = text.split("\n")
    return "\n".join(lines[1:-1]) if len(lines) > 1 and " ".join(lines[-1].split()) == end else None
