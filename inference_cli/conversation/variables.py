"""``{variables}`` in the texts of a template: ``{name}`` is one, ``{{`` and ``}}`` are braces."""

import re
from collections.abc import Iterator, Mapping, Sequence

from inference_cli.conversation import texts
from inference_cli.errors import UsageError

INPUT = "input"
"""The variable that the prompt is, as it was typed or piped in."""

_TOKEN = re.compile(r"\{\{|\}\}|\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)\}|[{}]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LITERAL = {"{{": "{", "}}": "}"}


def named(text: str, where: str) -> tuple[str, ...]:
    """The variables of a text, each once, in order.

    Args:
        text: of a template.
        where: what it is, for the sentence: ``the prompt of the template x``.

    Raises:
        UsageError: a brace stands alone.
    """
    return tuple(dict.fromkeys(name for name, _ in _pieces(text, where) if name is not None))


def filled(text: str, values: Mapping[str, str], where: str) -> str:
    """A text with its variables replaced; what is put in is not looked at again.

    Args:
        text: of a template.
        values: by name; all that ``named`` gives.
        where: what it is, for the sentence.

    Raises:
        UsageError: a brace stands alone.
    """
    return "".join(literal if name is None else values[name] for name, literal in _pieces(text, where))


def assignments(given: Sequence[str]) -> dict[str, str]:
    """The values of ``--set NAME=TEXT``.

    Raises:
        UsageError: one has no ``=`` or no name that a variable can have, is there twice, or is no text; ``input`` is
            the prompt itself.
    """
    found: dict[str, str] = {}
    for one in given:
        name, equals, value = texts.typed(one, "--set").partition("=")
        if not equals or not _NAME.fullmatch(name):
            raise UsageError(f"--set {one} is not NAME=TEXT", hint="For example:  --set language=English")
        if name == INPUT:
            raise UsageError("--set input=… is the prompt", hint="Type it as the argument, or pipe it in")
        if name in found:
            raise UsageError(f"--set {name} is there twice")
        found[name] = value
    return found


def _pieces(text: str, where: str) -> Iterator[tuple[str | None, str]]:
    """Variables by their names, and the text between them."""
    at = 0
    for token in _TOKEN.finditer(text):
        yield None, text[at : token.start()]
        at = token.end()
        if token["name"]:
            yield token["name"], ""
        elif token[0] in _LITERAL:
            yield None, _LITERAL[token[0]]
        else:
            line = text.count("\n", 0, token.start()) + 1
            column = token.start() - text.rfind("\n", 0, token.start())
            raise UsageError(
                f"{where} has a single {token[0]} at line {line}, character {column}",
                hint="Write {{ and }} for braces, {name} for a variable",
            )
    yield None, text[at:]
