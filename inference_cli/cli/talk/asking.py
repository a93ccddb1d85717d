"""A message: what it mentions and what waits for it are attached, then it is asked."""

from dataclasses import replace
from typing import TYPE_CHECKING

from inference_cli.cli.talk.answering import answer
from inference_cli.cli.talk.desk import home, is_file
from inference_cli.conversation import mentions, texts
from inference_cli.conversation.attachments import Attachment, attach, check
from inference_cli.conversation.slash import Message
from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from inference_cli.cli.talk.desk import Desk
    from inference_cli.conversation.template import Filled


def say(desk: "Desk", message: Message) -> None:
    """Send a message and show what comes back.

    Raises:
        UsageError: it cannot be sent; nothing was, and what was attached still waits.
    """
    text = texts.typed(message.text, "the message")
    if len(text) > texts.LIMIT or len(text.encode()) > texts.LIMIT:
        raise texts.too_long("the message")
    attached, files = ((), "") if message.verbatim else _mentioned(desk, text)
    if desk.start.validate and (attached or desk.talk.pending):
        _check(desk, (*desk.talk.pending, *attached))
    if desk.fill is not None:
        text = _filled(desk, desk.fill, text)
    answer(desk, desk.talk.ask(text, attached, files))


def _filled(desk: "Desk", fill: "Callable[[str], Filled]", text: str) -> str:
    """The first message as the template has it; its system prompt holds unless another one was given."""
    filled = fill(text)
    desk.fill = None
    if filled.system and desk.talk.settings.system is None:
        desk.talk.settings = replace(desk.talk.settings, system=filled.system)
    return filled.prompt


def _mentioned(desk: "Desk", text: str) -> tuple[tuple[Attachment, ...], str]:
    found = mentions.find(text, is_file=is_file, outputs=desk.talk.outputs)
    for name in found.missing:
        made = mentions.numbered(name)
        desk.session.output.note(f"  @{name} is sent as text: {'nothing has' if made else 'no file has'} that name")
    attached: list[Attachment] = []
    read: list[str] = []
    for name in found.files:
        part = taken(name)
        if isinstance(part, str):
            read.append(part)
        else:
            attached.append(part)
    return tuple(attached), "\n\n".join(read)


def taken(name: str) -> Attachment | str:
    """A file as it goes into a message: attached, or its text under its name.

    Raises:
        UsageError: it can be neither.
    """
    path = str(home(name))
    try:
        return attach([path])[0]
    except UsageError as refused:
        try:
            return texts.fenced(texts.read_file(path))
        except UsageError:
            raise refused from None


def _check(desk: "Desk", attachments: tuple[Attachment, ...]) -> None:
    try:
        check(attachments, desk.model)
    except UsageError as error:
        waiting = "        Take what waits away:  /attach none" if desk.talk.pending else ""
        error.hint = f"Nothing was sent.  Another model:  /model ID{waiting}"
        raise
