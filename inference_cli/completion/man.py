"""The manual page, as roff with the macros of man(7)."""

import re
import textwrap
from collections.abc import Iterable

from inference_cli.completion import reference
from inference_cli.completion.tree import Argument, Command, Flag, Place, places

_REVISED = "2026-11-25"  # when the words of this module were last gone over; a page must have a date
_WIDTH = 68  # characters of a line of source, before dashes and quotes get their escapes
_ESCAPES = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq"}
_SENTENCE = re.compile(r"(?<=[.;:!?]) +(?=[A-Z])")


def emit(tree: Command, *, version: str) -> str:
    """The page of a command tree.

    Args:
        tree: the root.
        version: of the program.
    """
    everywhere = places(tree)
    commands = [line for place in everywhere[1:] for line in _command(place)]
    lines = [
        r".\" Generated:  inference completion man",
        f'.TH {_text(tree.name.upper())} 1 {_REVISED} "{_text(f"{tree.name} {version}")}" "User Commands"',
        ".SH NAME",
        _text(f"{tree.name} - text, images, video and audio through the Inference API"),
        ".SH SYNOPSIS",
        f"{_bold(tree.name)} [{_slanted('option')} ...] {_slanted('command')} [{_slanted('argument')} ...]",
        ".SH DESCRIPTION",
        *_prose((tree.details or tree.help).partition("\n\n")[0]),
        ".PP",
        *_prose(
            "Results go to standard output and nothing else does: paths, tables, JSON. Progress, notes and errors go to"
            " standard error. Off a terminal tables are separated by tabs and nothing is shortened."
        ),
        ".SH OPTIONS",
        *_prose("They may stand before or after the command."),
        *(line for flag in tree.flags for line in _flag(flag)),
        ".SH COMMANDS",
        *commands,
        ".SH EXIT STATUS",
        *_tagged((str(code), meaning) for code, meaning in reference.exits()),
        ".SH ENVIRONMENT",
        *_tagged(reference.ENVIRONMENT),
        ".SH FILES",
        *_prose("On Linux, where nothing else is set:"),
        *_tagged(reference.FILES),
    ]
    return "".join(f"{line}\n" for line in lines)


# ---------------------------------------------------------------------------------------------- commands


def _command(place: Place) -> list[str]:
    """A command's heading, its words, and the flags of its own."""
    words = " ".join([*place.path, *(_named(argument) for argument in place.command.arguments)])
    own = [flag for flag in place.command.flags if "--help" not in flag.names]
    return [
        f".SS {_text(words)}",
        *_paragraphs(place.command.details or place.command.help),
        *(line for argument in place.command.arguments if argument.help for line in _argument(argument)),
        *(line for flag in own for line in _flag(flag)),
    ]


def _named(thing: Argument) -> str:
    name = thing.metavar or ("|".join(thing.choices) or thing.name.upper())
    return name if name.endswith("...") or not thing.repeatable else f"{name}..."


def _argument(argument: Argument) -> list[str]:
    return [".TP", _slanted(_named(argument)), *_prose(argument.help)]


def _flag(flag: Flag) -> list[str]:
    value = flag.metavar or "|".join(flag.choices) or "VALUE"
    names = ", ".join(map(_bold, sorted(flag.names, key=len)))
    default = f" Default: {flag.default}." if flag.default else ""
    words = (flag.help.rstrip(".") + "." if flag.help else "") + default
    return [".TP", f"{names} {_slanted(value)}" if flag.takes_value else names, *(_prose(words) or ["\\&"])]


def _tagged(pairs: Iterable[tuple[str, str]]) -> list[str]:
    return [line for tag, meaning in pairs for line in (".TP", _bold(tag), *_prose(meaning))]


# -------------------------------------------------------------------------------------------------- roff


def _paragraphs(text: str) -> list[str]:
    """A help text: its paragraphs filled, its examples and what it marks as such line by line."""
    lines: list[str] = []
    for paragraph in filter(None, text.split("\n\n")):
        marked = paragraph.startswith("\b")
        if marked or all(line.startswith(("inference ", "$")) for line in paragraph.splitlines()):
            shown = paragraph.strip("\b\n").splitlines() if marked else re.split(r" {2,}|\n", paragraph)
            lines += [".PP", ".EX", *map(_text, shown), ".EE"]
        else:
            lines += [".PP", *_prose(paragraph)]
    return lines[1:] if lines[:2] != [".PP", ".EX"] else lines


def _prose(text: str) -> list[str]:
    """Lines to be filled; a new sentence begins a new one."""
    sentences = _SENTENCE.split(" ".join(text.split()))
    wrapped = (
        line
        for sentence in sentences
        for line in textwrap.wrap(sentence, _WIDTH, break_long_words=False, break_on_hyphens=False)
    )
    return [_text(line) for line in wrapped]


def _bold(text: str) -> str:
    return f"\\fB{_text(text)}\\fR"


def _slanted(text: str) -> str:
    return f"\\fI{_text(text)}\\fR"


def _text(text: str) -> str:
    """Text that roff shows as it is: no command, no escape, a dash that can be copied."""
    shown = "".join(_ESCAPES.get(char) or (char if char.isascii() else f"\\[u{ord(char):04X}]") for char in text)
    return f"\\&{shown}" if shown.startswith(".") else shown
