"""Several models asked the same at once: columns on a terminal, one after the other in a pipe, one JSON document."""

import os
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from inference_cli.cli.agreeing import agree
from inference_cli.cli.answering import Asked, begin, end, ending, run
from inference_cli.cli.asking import Question, Wanted, model_of, question_of
from inference_cli.cli.interrupting import deferred, interruptible
from inference_cli.cli.paying import Purse
from inference_cli.errors import DamagedError, InferenceError, Interrupted, PartialError, UsageError, gravest

if TYPE_CHECKING:
    from inference_cli.cli.chat_flags import ChatFlags
    from inference_cli.cli.session import Session
    from inference_cli.conversation.log import Log
    from inference_cli.money.price import Estimate
    from inference_cli.terminal.progress import Progress

_MOST = 12  # models at once
_GROUP = 8  # bytes of what the conversations of a comparison share
_PATIENCE = 2.0  # seconds for an answer to stop; its reading does within a tenth of one


@dataclass(frozen=True, slots=True)
class _Contender:
    """One of the models."""

    question: Question
    purse: Purse
    asked: Asked
    stop: threading.Event
    over: threading.Event  # a thread whose joining a signal broke off passes for ended, in Python before 3.13
    bugs: list[Exception] = field(default_factory=list)  # what nobody expected in its thread


def compare(session: "Session", flags: "ChatFlags", wanted: Wanted) -> None:
    """Ask all of them, show all answers, and say what failed.

    Raises:
        UsageError: it is no comparison; nothing was sent.
        PartialError: some failed.
        InferenceError: all failed; the gravest failure.
        Exception: a bug in one of their threads, after what the others answered was shown.
    """
    log = None if flags.no_log else session.log
    contenders = _begun(session, flags, wanted, log)
    if contenders is None:
        return
    stopped = _run_all(session, contenders)
    try:
        with deferred():
            for one in contenders:
                end(one.asked, log)
    except Interrupted as late:
        stopped = stopped or late
    _hold_to_form(contenders)
    unkept = next((one.asked.unkept for one in contenders if one.asked.unkept is not None), None)
    error = ending(stopped or _failure(contenders), unkept)
    _show(session, contenders, error, formed=wanted.schema is not None)
    for one in contenders:
        for bug in one.bugs:
            raise bug
    if error is not None:
        raise error


def _begun(session: "Session", flags: "ChatFlags", wanted: Wanted, log: "Log | None") -> list[_Contender] | None:
    """Everything that is checked and agreed to before the first of them is asked; None after a dry run."""
    names = list(dict.fromkeys(model_of(session, name)[0] for name in flags.model or ()))
    if len(names) == 1:
        raise UsageError(f"{names[0]} cannot be compared with itself", hint="Nothing was sent.  Name another with -m")
    if len(names) > _MOST:
        raise UsageError(f"at most {_MOST} models are compared at once", hint="Nothing was sent.")
    group = os.urandom(_GROUP).hex()
    pairs = []
    for name in names:
        purse = Purse(session, name, None, max_cost=flags.max_cost, yes=flags.yes)
        question = question_of(session, flags, wanted, name, priced=purse.limited or flags.dry_run)
        purse.known = question.known
        pairs.append((replace(question, group=group), purse))
    if flags.dry_run or flags.as_ is not None:
        _try(session, flags, pairs)
        return None
    if pairs[0][1].limited:
        agree(session, _sum(pairs), max_cost=flags.max_cost, yes=flags.yes)
        for _, purse in pairs:
            purse.agreed()
    if session.settings.sandbox:
        session.output.head([f"{len(names)} models"], tag="sandbox")
    stop = threading.Event()
    return [
        _Contender(question, purse, begin(session, question, purse, log=log, stop=stop), stop, threading.Event())
        for question, purse in pairs
    ]


def _sum(pairs: list[tuple[Question, Purse]]) -> "Estimate":
    from decimal import Decimal

    from inference_cli.money.amounts import dollars
    from inference_cli.money.price import Estimate

    estimates = [purse.estimate(question.request.body()) for question, purse in pairs]
    unknown = next((one for one in estimates if one.amount is None), None)
    if unknown is not None:
        return unknown
    total = sum((one.amount or Decimal(0) for one in estimates), Decimal(0))
    return Estimate(total, (), f"at most {dollars(total)} for {len(pairs)} answers", len(pairs), at_most=True)


def _try(session: "Session", flags: "ChatFlags", pairs: list[tuple[Question, Purse]]) -> None:
    from inference_cli.cli.trying import show_code, show_request

    for question, purse in pairs:
        if flags.as_ is not None:
            show_code(session, flags.as_, question.request.body())
        elif session.output.wants_document:
            raise UsageError("--dry-run --json shows one request: ask one model")
        else:
            show_request(session, question.request.body(), purse)


def _run_all(session: "Session", contenders: list[_Contender]) -> InferenceError | None:
    """Ask all at once; what stopped it, where a signal did."""
    from inference_cli.terminal.progress import Progress

    threads = [threading.Thread(target=_one, args=(one,), name=one.question.model, daemon=True) for one in contenders]
    with Progress(session.output, session.clock, direct=True) as progress:
        try:
            with interruptible():
                for one, thread in zip(contenders, threads, strict=True):
                    _tell(progress, one)
                    thread.start()
                for one in contenders:
                    one.over.wait()
                    _tell(progress, one, over=True)
        except Interrupted as stopped:
            begun = [one for one, thread in zip(contenders, threads, strict=True) if thread.ident is not None]
            _stop(begun)
            for one in contenders:
                if not one.over.is_set() or isinstance(one.asked.error, Interrupted):
                    one.asked.error = stopped
            return stopped
    return None


def _stop(contenders: list[_Contender]) -> None:
    """Let each come to its end, so that what it cost is kept; whoever presses Ctrl-C again does not wait for it."""
    try:
        with interruptible():
            for one in contenders:
                one.stop.set()
                one.over.wait(_PATIENCE)
    except Interrupted:
        return


def _one(contender: _Contender) -> None:
    try:
        run(contender.asked, lambda _: None)
    except Exception as bug:  # noqa: BLE001 - raised again where it is reported, when the others are shown
        contender.bugs.append(bug)
        contender.asked.error = InferenceError(f"a bug in this program ({type(bug).__name__})")
    finally:
        contender.over.set()


def _tell(progress: "Progress", one: _Contender, *, over: bool = False) -> None:
    from inference_cli.jobs.updates import Phase, Update

    name = one.question.model
    phase = Phase.PROCESSING if not over else Phase.FAILED if one.asked.error else Phase.SUCCEEDED
    progress.show(Update(name, name, phase, elapsed=one.asked.turn.outcome.seconds, error=one.asked.error))


def _hold_to_form(contenders: list[_Contender]) -> None:
    """An answer that does not fit the schema is no answer to what was asked, although it is kept as it came."""
    from inference_cli.conversation.schemas import faults

    for one in contenders:
        outcome = one.asked.turn.outcome
        if one.question.schema is None or one.asked.error is not None or not outcome.complete:
            continue
        wrong = faults(outcome.text, one.question.schema)
        if wrong:
            one.asked.error = DamagedError(
                f"the answer does not fit the schema ({wrong[0]})", hint="It was paid for, and is on stdout."
            )


def _failure(contenders: list[_Contender]) -> InferenceError | None:
    errors = [(one.question.model, one.asked.error) for one in contenders if one.asked.error is not None]
    if not errors:
        return None
    worst = gravest([error for _, error in errors])
    details = [f"{model}: {error.message}" for model, error in errors]
    if len(errors) == len(contenders):
        worst.details = (*worst.details, *details)
        return worst
    return PartialError(
        f"{len(contenders) - len(errors)} of {len(contenders)} models answered", details=details, hint=worst.hint
    )


def _show(session: "Session", contenders: list[_Contender], error: InferenceError | None, *, formed: bool) -> None:
    output = session.output
    if output.wants_document:
        from inference_cli.terminal.answers import comparison_document

        answers = [one.asked.answered(one.question.model, one.asked.error) for one in contenders]
        output.document(comparison_document(answers, error))
        return
    from inference_cli.terminal.comparison import Column, in_columns, in_turn
    from inference_cli.terminal.lines import usage_line

    columns = [
        Column(
            one.question.model,
            one.asked.turn.outcome.text,
            usage_line(one.asked.turn.outcome, one.purse.cost),
            one.asked.error.message if one.asked.error else "",
        )
        for one in contenders
    ]
    if output.streams.stdout_is_terminal:
        in_columns(output, columns, formed=formed)
    else:
        in_turn(output, columns)
