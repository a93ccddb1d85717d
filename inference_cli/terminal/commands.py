"""Commands named in hints, with the root options that this command was given: typed as they stand, they work."""

import re
import shlex
from collections.abc import Sequence

from inference_cli.late import pattern

_COMMAND = pattern(r"\binference (?=[a-z]).*?(?= {2,}|$)", re.MULTILINE)


def _concerns(option: str, command: str) -> bool:
    """A list of profiles and the sandbox itself need none, and settings are a profile's, wherever the API is."""
    if command.startswith(("inference config profiles", "inference sandbox ")):
        return False
    return option != "--base-url" or not command.startswith("inference config")


def with_root(text: str, root: Sequence[tuple[str, ...]]) -> str:
    """Put root options into every command that a text names.

    Args:
        text: a hint; a command ends at two spaces or at the end of its line.
        root: such as ``(("--profile", "work"), ("--sandbox",))``; an option that a command has already is not repeated.
    """

    def put(found: re.Match[str]) -> str:
        command = found[0]
        missing = [shlex.join(option) for option in root if option[0] not in command and _concerns(option[0], command)]
        return " ".join(["inference", *missing, command.removeprefix("inference ")])

    return _COMMAND.sub(put, text) if root else text
