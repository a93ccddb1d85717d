"""One question and its answer: asked, shown as it comes, checked, kept in the log, and paid for once."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inference_cli.errors import (
    DamagedError,
    InferenceError,
    Interrupted,
    LocalError,
    RefusedError,
    SpendingError,
    TemporaryError,
    TokenError,
    UsageError,
    gravest,
)

if TYPE_CHECKING:
    import threading

    from inference_cli.cli.asking import Question
    from inference_cli.cli.paying import Purse
    from inference_cli.cli.session import Session
    from inference_cli.clock import Clock
    from inference_cli.conversation.log import Log
    from inference_cli.conversation.parties import Approve, Toolbox
    from inference_cli.conversation.turn import Turn, Update
    from inference_cli.terminal.answers import Answered

_UNACCEPTED = (UsageError, TokenError, RefusedError, SpendingError, TemporaryError)  # they say that nothing was
_TOLD = 10  # faults; a model that is told of more does not do better
_PIPE = 13  # the signal of a closed pipe
_FIRST_SAVING = 2.0  # seconds after which an answer that still comes is kept for the first time


@dataclass(slots=True)
class Asked:
    """A turn under way: what runs it, what pays for it, and its row in the log.

    ``error`` is why it is not whole, ``unkept`` why it is not in the log.
    """

    turn: "Turn"
    purse: "Purse"
    row: int | None = None
    conversation: str | None = None
    error: InferenceError | None = None
    unkept: InferenceError | None = None

    def answered(self, model: str, error: InferenceError | None) -> "Answered":
        """What came of it, for a document; the error is the one that the command ends with."""
        from inference_cli.terminal.answers import Answered

        return Answered(self.turn.outcome, model, self.purse.cost, self.conversation, error)


def begin(
    session: "Session",
    question: "Question",
    purse: "Purse",
    *,
    log: "Log | None",
    toolbox: "Toolbox | None" = None,
    approve: "Approve | None" = None,
    rounds: int = 10,
    stop: "threading.Event | None" = None,
) -> Asked:
    """Write down what is about to be asked; nothing is sent yet.

    Args:
        session: the run.
        question: what is asked.
        purse: what pays.
        log: where it is kept; None keeps nothing.
        toolbox: the tools that the model may call.
        approve: whether a call that acts may be made.
        rounds: requests at most.
        stop: ends the answer when it is set.

    Raises:
        LocalError: the log cannot be written.
    """
    from inference_cli.conversation.turn import Turn

    turn = Turn(
        session.client.chat,
        question.request,
        clock=session.clock,
        toolbox=toolbox,
        approve=approve,
        rounds=rounds,
        stop=stop,
        payment=purse,
    )
    purse.begin()
    purse.check(question.request.body(toolbox.definitions if toolbox else ()))
    asked = Asked(turn, purse)
    if log is not None:
        try:
            _write_down(question, log, asked)
        except (LocalError, DamagedError) as error:
            error.hint = "\n".join(filter(None, ["Nothing was sent.", error.hint, "Ask without keeping it:  --no-log"]))
            raise
    return asked


def _write_down(question: "Question", log: "Log", asked: Asked) -> None:
    messages = [message for message in question.new if message["role"] != "system"]  # it is the conversation's own
    parameters, attachments = question.request.parameters, question.attachments
    if question.conversation is None:
        asked.conversation, asked.row = log.first_asked(
            model=question.model,
            messages=messages,
            parameters=parameters,
            attachments=attachments,
            system=question.system,
            template=question.template,
            group=question.group,
        )
        return
    asked.conversation = question.conversation
    if question.system is not None:
        log.set_system(question.conversation, question.system)
    asked.row = log.asked(
        question.conversation, model=question.model, messages=messages, parameters=parameters, attachments=attachments
    )


class Savings:
    """Keeps a long answer from time to time, so that not even a killed process loses all of it.

    The pauses double: the work stays in proportion to the answer, however long that is.

    Args:
        clock: for the pauses.
        save: keeps what has come.
    """

    def __init__(self, clock: "Clock", save: "Callable[[], None]") -> None:
        self._clock, self._save = clock, save
        self._pause = _FIRST_SAVING
        self._due = clock.monotonic() + self._pause

    def tick(self) -> None:
        """Something has come."""
        if self._clock.monotonic() >= self._due:
            self._save()
            self._pause *= 2
            self._due = self._clock.monotonic() + self._pause


def run(asked: Asked, show: "Callable[[Update], None]", savings: Savings | None = None) -> None:
    """Ask, and take whatever comes; what went wrong is in ``error`` then, not raised.

    Args:
        asked: what was begun.
        show: takes each update as it comes.
        savings: keeps what has come from time to time.
    """
    try:
        for update in asked.turn.run():
            show(update)
            if savings is not None:
                savings.tick()
    except InferenceError as error:
        asked.error = error
    except BrokenPipeError:
        asked.error = Interrupted("nobody reads the answer any more", signum=_PIPE)


def so_far(asked: Asked, log: "Log") -> None:
    """Keep what has come by now; where that fails, the end says so."""
    if asked.row is not None:
        with suppress(InferenceError):
            log.answered(asked.row, asked.turn.outcome, cost=None, error="it was still being answered")


def end(asked: Asked, log: "Log | None") -> None:
    """Keep what came: an answer that broke is as dear as a whole one.

    A log that cannot be written is named in ``unkept``, and not raised: the answer still has to be shown.
    """
    if log is None or asked.row is None:
        return
    error = None if asked.error is None else asked.error.message
    try:
        log.answered(asked.row, asked.turn.outcome, cost=asked.purse.answer_cost, error=error)
    except InferenceError as failed:
        failed.hint = "\n".join(filter(None, [failed.hint, "What came was shown, and is not in the log"]))
        asked.unkept = failed


def ending(*errors: InferenceError | None) -> InferenceError | None:
    """The gravest of several things that went wrong with one answer, the others in its details."""
    wrong = [error for error in errors if error is not None]
    if not wrong:
        return None
    worst = gravest(wrong)
    worst.details = (*worst.details, *(error.message for error in wrong if error.message != worst.message))
    return worst


def explained(error: InferenceError, asked: Asked) -> InferenceError:
    """The error with a word about what is kept of the answer."""
    from inference_cli.api.chat import GO_ON

    outcome = asked.turn.outcome
    if outcome.calls and isinstance(error, _UNACCEPTED):  # an earlier request of the turn was accepted
        error = DamagedError(error.message, hint=error.hint, details=error.details, status=error.status)
    if asked.conversation is None and error.hint == GO_ON:
        error.hint = "What came was shown, and is kept nowhere"
    if (
        asked.conversation is None
        or asked.unkept is not None
        or not (outcome.text or outcome.calls)
        or isinstance(error, Interrupted)
    ):
        return error
    kept = f"What came is kept:  inference logs show {asked.conversation}"
    if error.hint == GO_ON:
        error.hint = f"{kept}        Go on from it:  inference chat -c"
    else:
        error.hint = "\n".join(filter(None, [error.hint, kept]))
    return error


def told_of(wrong: Sequence[str]) -> dict[str, Any]:
    """What the model is told of an answer that does not fit."""
    words = "; ".join(wrong[:_TOLD])
    return {
        "role": "user",
        "content": f"Your answer does not fit the schema: {words}. Answer again, with JSON that fits.",
    }


def misfit(wrong: Sequence[str], *, asked_again: int, hopeless: bool = False, where: str = "on stdout") -> DamagedError:
    """The model did not keep to the schema; ``hopeless`` where asking once more has failed too."""
    times = f" {asked_again + 1} times" if asked_again else ""
    return DamagedError(
        f"the answer does not fit the schema{times}",
        details=list(wrong),
        hint=f"It was paid for, and is {where}."
        + ("" if asked_again or hopeless else "  Let it be asked again:  --retry-schema 1"),
    )
