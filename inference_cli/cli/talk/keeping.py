"""``/copy`` and ``/save``: what was said, taken out of the conversation."""

import base64
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from inference_cli.cli.talk.desk import Desk
    from inference_cli.conversation.slash import Command

_CLIPBOARD = 100_000  # bytes: xterm and others drop longer ones without a word


def copy(desk: "Desk", command: "Command") -> None:
    """Put the last answer, or its last block of code, into the clipboard of the terminal (OSC 52).

    Raises:
        UsageError: there is none, or the terminal cannot take it.
    """
    from inference_cli.conversation.extract import code_block

    if command.rest not in {"", "code"}:
        raise UsageError(f"/copy {command.rest}: it is /copy or /copy code")
    text: str | None = desk.talk.answer
    if command.rest:
        text = code_block(desk.talk.answer, last=True)
    if not text:
        raise UsageError("the last answer has no code" if command.rest else "there is no answer yet")
    output = desk.session.output
    data = base64.b64encode(text.encode("utf-8", "replace"))
    if output.streams.dumb:
        raise UsageError("this terminal has no clipboard", hint="Write it into a file:  /save FILE")
    if len(data) > _CLIPBOARD:
        raise UsageError("the answer is too long for a terminal's clipboard", hint="Write it into a file:  /save FILE")
    output.raw(b"\x1b]52;c;" + data + b"\x07")
    output.note(
        f"  {'1 character' if len(text) == 1 else f'{len(text):,} characters'} copied, if the terminal allows it"
    )


def save(desk: "Desk", command: "Command") -> None:
    """Write the conversation into a file, as Markdown; a file of that name stays, and it takes another.

    Raises:
        UsageError: no file is named, or nothing was said.
        LocalError: it cannot be written.
    """
    from inference_cli.cli.talk.desk import home
    from inference_cli.conversation.minutes import markdown

    name = " ".join(command.words)
    if not name:
        raise UsageError("which file?", hint="Name one:  /save talk.md")
    if not desk.talk.messages:
        raise UsageError("nothing was said yet")
    settings = desk.talk.settings
    text = markdown(desk.talk.messages, model=settings.model, system=settings.system)
    desk.session.output.result(_written(home(name), text.encode("utf-8", "replace")))


def _written(target: "Path", data: bytes) -> "Path":
    """Where the file is now."""
    from inference_cli.jobs.publish import local_error, publish

    if target.is_dir():
        raise UsageError(f"{target} is a folder", hint="Name a file in it")
    part = target.with_name(f".{target.name[:100]}.{os.urandom(6).hex()}.part")
    try:
        part.write_bytes(data)
        return publish(part, target) or target
    except OSError as error:
        raise local_error(error, target) from error
    finally:
        with suppress(OSError):
            part.unlink()
