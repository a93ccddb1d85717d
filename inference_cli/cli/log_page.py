"""What `logs show` shows of a conversation: who said what, or a part of the last answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inference_cli.errors import NotFoundError, UsageError
from inference_cli.terminal.widths import beginning

if TYPE_CHECKING:
    from inference_cli.cli.session import Session
    from inference_cli.conversation.log_records import Attached, Conversation, Exchange

_LONGEST = 200  # columns of what is told in a line; --json and an export have all of it
_MARK = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "


@dataclass(frozen=True, slots=True)
class Part:
    """What of the last answer is shown: its text, or a block of code in it."""

    code: bool = False
    last: bool = False


def wanted(response: bool, extract: bool, extract_last: bool) -> Part | None:
    """What the flags name; None for all of the conversation.

    Raises:
        UsageError: they contradict each other.
    """
    if extract and extract_last:
        raise UsageError("-x and --xl exclude each other")
    return Part(extract or extract_last, extract_last) if response or extract or extract_last else None


def show(session: "Session", names: Sequence[str], part: Part | None) -> None:
    """Show conversations.

    Raises:
        NotFoundError: there is no such conversation, or nothing was answered in it.
        UsageError: a prefix fits several; a part is wanted as JSON.
        LocalError: the log cannot be read.
    """
    from inference_cli.conversation.shelf import whole

    output = session.output
    if part is not None and output.wants_document:
        raise UsageError("--json shows everything: leave out --response and -x")
    found = [whole(session.log, session.log.find(name)) for name in names]
    if output.wants_document:
        from inference_cli.terminal.conversations import conversations_document

        output.document(conversations_document(found, session.log.blobs.path))
        return
    for one in found:
        if part is not None:
            _show_part(session, one, part)
        elif output.streams.stdout_is_terminal:
            _show_page(session, one)
        else:
            from inference_cli.conversation.export import markdown

            output.raw(markdown(one).encode("utf-8", "replace"))


def _show_part(session: "Session", conversation: "Conversation", part: Part) -> None:
    from inference_cli.conversation.extract import code_block

    text = next((turn.response for turn in reversed(conversation.turns) if turn.response), None)
    if text is None:
        raise NotFoundError(f"nothing was answered in {conversation.id}")
    found = code_block(text, last=part.last) if part.code else None
    if part.code and found is None:
        session.output.note("  There is no code block in the answer; this is all of it.")
    shown = text if found is None else found
    if not session.output.streams.stdout_is_terminal:
        session.output.raw(shown.encode("utf-8", "replace"))
    elif part.code and found is not None:
        session.output.result(shown.removesuffix("\n"))
    else:
        _answer(session, shown)


def _show_page(session: "Session", conversation: "Conversation") -> None:
    from inference_cli.moments import local_time
    from inference_cli.terminal.numbers import money_in_words

    output, count = session.output, len(conversation.turns)
    when = local_time(conversation.created, session.zone)
    cost = conversation.cost
    output.head([
        conversation.id,
        conversation.model,
        "" if when is None else when.strftime("%Y-%m-%d %H:%M"),
        f"{count} turns" if count != 1 else "1 turn",
        "" if cost is None else money_in_words(cost, exact=True),
        conversation.template or "",
    ])  # fmt: skip
    if conversation.system:
        output.note(f"  told first: {_shortened(conversation.system)}")
    for turn in conversation.turns:
        _show_turn(session, turn)
    output.note(f"  Go on:  inference chat --cid {conversation.id[:8]}")


def _show_turn(session: "Session", turn: "Exchange") -> None:
    output = session.output
    for message in turn.messages:
        _show_message(session, message, turn)
    if turn.withdrawn:
        output.note("  taken back: it is not sent again")
    if not turn.complete:
        output.note(f"  incomplete: {turn.error or 'no answer was kept'}")


def _show_message(session: "Session", message: Mapping[str, Any], turn: "Exchange") -> None:
    from inference_cli.conversation.keeping import words_of

    output, role, text = session.output, message.get("role"), words_of(message)
    if role == "user":
        output.result("\n" + _MARK + text.strip().replace("\n", "\n  "))
        for one in turn.attachments:
            output.note(f"    {_attachment(one)}")
    elif role == "assistant":
        if text.strip():
            _answer(session, text)
        for call in message.get("tool_calls") or ():
            function = call.get("function") or {}
            output.note(f"  called {function.get('name')}({_shortened(str(function.get('arguments') or ''))})")
    elif role == "tool":
        output.note(f"    {_shortened(text)}")
    elif role == "system":
        output.note(f"  told first: {_shortened(text)}")


def _answer(session: "Session", text: str) -> None:
    """An answer, as it was drawn when it came."""
    from inference_cli.terminal.views import View

    with View(session.output, session.clock, text=True, reasoning=False) as view:
        view.piece(text, reasoning=False)


def _attachment(one: "Attached") -> str:
    from inference_cli.terminal.numbers import bytes_in_words

    size = f"  {bytes_in_words(one.size)}" if one.size else ""
    return f"{one.name}  {one.mime}{size}"


def _shortened(text: str) -> str:
    return beginning(" ".join(text.split()), _LONGEST)
