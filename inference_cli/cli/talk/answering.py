"""One turn: the question is kept, sent and answered on the screen, and what came is kept, however it ends."""

import signal
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, cast

from inference_cli.cli.answering import Savings
from inference_cli.cli.talk.showing import arguments_line, exchange_line
from inference_cli.conversation.turn import Calling, Piece, Returned, Turn
from inference_cli.errors import DamagedError, InferenceError, Interrupted, TemporaryError
from inference_cli.money.usage import charged
from inference_cli.terminal.thoughts import Thoughts
from inference_cli.terminal.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Generator
    from decimal import Decimal

    from inference_cli.cli.paying import Purse
    from inference_cli.cli.talk.desk import Desk
    from inference_cli.conversation.outcome import Outcome
    from inference_cli.conversation.talk import Question
    from inference_cli.conversation.turn import Update

_SHOWN = 300  # characters of a tool's result


def answer(desk: "Desk", question: "Question") -> None:
    """Ask the open question of a conversation and show the answer.

    Args:
        desk: the conversation.
        question: the open one.

    Raises:
        BrokenPipeError: nobody reads any more.
        Interrupted: SIGTERM or SIGHUP; everything is kept.
    """
    with desk.signals.breakable(False):
        _answer(desk, question)


def _answer(desk: "Desk", question: "Question") -> None:
    talk, session, stop = desk.talk, desk.session, desk.session.stop
    stop.forget()
    try:
        request = talk.request(stream=desk.start.stream)
        purse = _purse(desk)
        if purse is not None:
            purse.check(request.body(desk.start.toolbox.definitions if desk.start.toolbox else ()))
        attachments = (*question.carried, *question.attachments)
        turn_id = desk.record.asked(talk.settings, talk.asked, attachments)
        turn = Turn(
            session.client.chat,
            request,
            clock=session.clock,
            toolbox=desk.start.toolbox,
            approve=desk.start.approve,
            rounds=desk.start.rounds,
            stop=stop.event,
            payment=purse,
        )
    except InferenceError as error:
        session.fail(error)
        return
    failure: InferenceError | None = None
    try:
        with stop.listening():
            _show(desk, turn, Savings(session.clock, lambda: desk.record.so_far(turn_id, turn.outcome)))
    except InferenceError as error:
        failure = error
    finally:
        outcome = turn.outcome
        cost = _cost(desk, outcome, purse)
        answered = talk.settle(outcome, cost)
        if not answered and isinstance(failure, DamagedError | Interrupted):
            talk.totals.lost()
        kept = _kept(desk, turn_id, outcome, cost, failure)
    if stop.requested:
        desk.signals.note(stop.signum)
    _conclude(desk, outcome, cost, failure or kept, answered=answered)


def _purse(desk: "Desk") -> "Purse | None":
    """Who pays for a turn; the price is asked for where a limit depends on it."""
    if desk.start.purse is None:
        return None
    purse = desk.start.purse(desk.talk.settings.model, desk.known)
    if purse.limited:
        purse.known = desk.model
    return purse


def _cost(desk: "Desk", outcome: "Outcome", purse: "Purse | None") -> "Decimal | None":
    """US dollars of a turn, where they are known."""
    if purse is not None:
        if purse.known is not None:
            desk.knows(purse.known)
        return purse.answer_cost
    return charged(desk.model.pricing if desk.model else None, outcome.usage) if outcome.usage else None


def _kept(
    desk: "Desk", turn_id: int | None, outcome: "Outcome", cost: "Decimal | None", error: InferenceError | None
) -> InferenceError | None:
    """Write what came into the log; why it could not be, if so."""
    try:
        desk.record.answered(turn_id, outcome, cost=cost, error=error.message if error else None)
    except InferenceError as failed:
        return failed
    return None


def _show(desk: "Desk", turn: Turn, savings: Savings) -> None:
    output = desk.session.output
    with ExitStack() as stack:
        if desk.start.toolbox is None:  # with tools there may be questions, whose answers have to be seen
            stack.enter_context(output.streams.echo.hushed())
        transcript = stack.enter_context(Transcript(output, desk.session.clock))
        thoughts = None if desk.start.hide_reasoning else stack.enter_context(Thoughts(output))
        for update in stack.enter_context(closing(cast("Generator[Update]", turn.run()))):
            savings.tick()
            if isinstance(update, Piece):
                if not update.reasoning:
                    if thoughts is not None:
                        thoughts.end()
                    transcript.feed(update.text)
                elif thoughts is not None:
                    thoughts.feed(update.text)
                continue
            if thoughts is not None:
                thoughts.end()
            if isinstance(update, Calling):
                output.note(f"  {update.call.name}  {arguments_line(update)}")
            elif isinstance(update, Returned):
                what = "failed: " if update.failed else ""
                output.note(f"  → {what}{' '.join(update.result.split())[:_SHOWN]}")


def _conclude(
    desk: "Desk",
    outcome: "Outcome",
    cost: "Decimal | None",
    error: InferenceError | None,
    *,
    answered: bool,
) -> None:
    """The line below an answer: its tokens and cost, or what happened and how to go on."""
    session = desk.session
    if error is None:
        facts = exchange_line(outcome, cost, width=session.output.streams.width)
        if facts:
            session.output.note(facts)
        if outcome.finish_reason == "length":
            session.output.note("  It was cut at max_tokens.  More:  /param max_tokens=4000  and  /retry")
        if not answered:
            session.output.note("  The model said nothing.  Ask again:  /retry")
        return
    if isinstance(error, Interrupted):
        if error.signum == signal.SIGINT:
            stopped = "Stopped; what came is kept." if answered else "Stopped; nothing came."
            session.output.note(f"  {stopped}  Ask again:  /retry")
        return
    kept = "What came is kept." if answered else "Nothing came."
    if isinstance(error, DamagedError):
        error.hint = f"{kept}  Ask again, which costs again:  /retry"
    elif isinstance(error, TemporaryError):
        error.hint = f"{kept}  Ask again:  /retry"
    session.fail(error)
