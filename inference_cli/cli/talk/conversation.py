"""The conversation itself: read an entry, do what it says, until the user leaves."""

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Protocol

from inference_cli.cli.talk import asking, deeds
from inference_cli.cli.talk.desk import Desk, entries
from inference_cli.cli.talk.recording import Record
from inference_cli.cli.talk.showing import status_line
from inference_cli.conversation import offers
from inference_cli.conversation.slash import Command, Message, Unknown, parse, unfinished
from inference_cli.conversation.talk import Settings, Talk
from inference_cli.errors import InferenceError, Interrupted

if TYPE_CHECKING:
    from inference_cli.cli.repl import Start
    from inference_cli.cli.session import Session


class Reader(Protocol):
    """Where entries come from: the line editor."""

    def read(self, default: str = "") -> str | None:
        """The next entry; None when the user leaves."""
        ...

    def stop(self, error: BaseException) -> None:
        """End the reading with an error."""
        ...


_RECENT = 600  # characters of the last answer that are shown when a conversation goes on


def hold(session: "Session", start: "Start", editor: Reader | None = None) -> None:
    """Hold a conversation.

    Args:
        session: the run.
        start: how it begins.
        editor: reads entries; one on the terminal if not said.

    Raises:
        InferenceError: it cannot begin.
        Interrupted: SIGTERM or SIGHUP ended it.
    """
    with ExitStack() as stack:
        desk = _desk(session, start)
        editor = editor or _reader(desk)
        desk.signals.tell = editor.stop
        stack.enter_context(desk.signals.watched())
        _greet(desk)
        going_on = True
        while going_on:
            desk.signals.check()
            draft, desk.draft = desk.draft, ""
            entry = editor.read(draft)
            if entry is None:
                break
            meant = parse(entry)
            going_on = meant is None or step(desk, meant)
        desk.signals.check()
        _take_leave(desk)


def step(desk: Desk, meant: Message | Command | Unknown) -> bool:
    """Do what an entry means; whether the conversation goes on."""
    if isinstance(meant, Command) and meant.name == "exit":
        return False
    try:
        with desk.signals.breakable():
            if isinstance(meant, Unknown):
                deeds.unknown(desk, meant.name, meant.close)
            elif isinstance(meant, Command):
                deeds.do(desk, meant)
            else:
                asking.say(desk, meant)
    except KeyboardInterrupt:
        desk.session.output.say("")  # the terminal has written ^C
        desk.session.output.note("  Stopped.")
    except Interrupted as ending:
        desk.signals.note(ending.signum)
    except InferenceError as error:
        desk.session.fail(error)
    return True


def _desk(session: "Session", start: "Start") -> Desk:
    _ = session.client  # without a token, or with a wrong setting, nobody should type a message first
    talk = Talk(Settings(start.model, start.system, dict(start.parameters)), start.past)
    talk.pending += start.attachments
    record = Record(
        start.log,
        template=start.template,
        conversation_id=start.conversation_id,
    )
    return Desk(session, start, talk, record, fill=start.fill)


def _reader(desk: Desk) -> Reader:
    session = desk.session
    if session.world.streams.dumb:
        from inference_cli.terminal.plain import PlainReader

        return PlainReader(session.world.streams, unfinished=unfinished, breakable=desk.signals.breakable)
    from inference_cli.terminal.line import Editor
    from inference_cli.terminal.remembered import Remembered

    known = offers.Known(desk.model_ids, entries, lambda: [str(path) for path in desk.talk.outputs])
    sandbox = session.settings.sandbox
    return Editor(
        session.world.streams,
        color=session.output.color("stdout"),
        offers=lambda before: offers.offers(before, known),
        status=lambda: status_line(desk.talk, desk.known, sandbox=sandbox),
        unfinished=unfinished,
        remembered=Remembered(session.paths.entries_file, session.output.warn, partial(_without_token, session)),
    )


def _without_token(session: "Session", text: str) -> str:
    """What was typed, without the token: where there is none yet, nobody can have typed it."""
    try:
        return session.client.redactor.kept(text)
    except InferenceError:
        return text


def _greet(desk: Desk) -> None:
    output, talk = desk.session.output, desk.talk
    output.note(f"  {talk.settings.model} · /help for commands · Ctrl-D to leave")
    if not talk.turns:
        return
    count = "1 turn" if talk.turns == 1 else f"{talk.turns} turns"
    output.note(f"  going on with {(desk.record.conversation_id or '')[:8]} · {count}")
    if talk.answer:
        from inference_cli.terminal.transcript import show

        short = talk.answer if len(talk.answer) <= _RECENT else "…" + talk.answer[-_RECENT:]
        show(output, short)


def _take_leave(desk: Desk) -> None:
    if desk.record.conversation_id is not None and desk.talk.turns:
        desk.session.output.note("  Go on with it:  inference chat -c")
