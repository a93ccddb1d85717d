"""What a person reads when a command ends before its generations do, or when they end badly."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inference_cli.api.records import State, state_of
from inference_cli.api.redaction import Redactor
from inference_cli.errors import (
    GenerationError,
    InferenceError,
    Interrupted,
    LocalError,
    NotFoundError,
    RefusedError,
    SpendingError,
    TemporaryError,
    TimeoutPassed,
    TokenError,
    UnknownOutcomeError,
    UsageError,
)
from inference_cli.jobs.naming import short

if TYPE_CHECKING:
    from inference_cli.api.records import Generation
    from inference_cli.jobs.bench import Bench

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
LOOK = "Find out and collect it:  inference recover"
MISLEADING = (UsageError, TokenError, NotFoundError, RefusedError, SpendingError)
_LONGEST = 4000  # characters of a server's words
MAYBE = "it may have been accepted (and billed)"


def go_on(states: Sequence[tuple[str, str]], bench: "Bench", *, timed_out: bool = False) -> InferenceError:
    """The error of a command that stops waiting while generations run (faults C11, C13, C14).

    Args:
        states: ids, and the last word of the server on each.
        bench: what the command works with; its journal gives the shortest ids.
        timed_out: whether ``--timeout`` passed; else a signal came.
    """
    ids = [identity for identity, _ in states]
    if all(state_of(status) is State.SUCCEEDED for _, status in states):
        return unfetched(ids, bench, timed_out=timed_out)
    prefixes = " ".join(bench.journal.prefix(identity) for identity in ids)
    hint = f"Collect {_them(ids)}:  inference queue wait {prefixes}      "
    hint += f"Stop {_them(ids)}:  inference queue cancel {prefixes}"
    number = _NUMBERS[len(ids)] if len(ids) < len(_NUMBERS) else str(len(ids))
    sentence = f"{number} generation{'s go' if len(ids) > 1 else ' goes'} on without you"
    details = [f"{short(identity)}  {status}" for identity, status in states]
    if timed_out:
        return TimeoutPassed(f"the time is up. {sentence}", hint=hint, details=details, generation_ids=ids)
    error = Interrupted(sentence, signum=bench.stop.signum, hint=hint, generation_ids=ids)
    error.details = tuple(details)
    return error


def unfetched(ids: Sequence[str], bench: "Bench", *, timed_out: bool) -> InferenceError:
    """The error of a command that stops while it fetches results: they have ended, and are paid."""
    prefixes = " ".join(bench.journal.prefix(identity) for identity in ids)
    sentence = f"{len(ids)} paid result{'s are' if len(ids) > 1 else ' is'} not fetched yet"
    hint = f"Fetch {_them(ids)} before the link expires:  inference queue download {prefixes}"
    if timed_out:
        return TimeoutPassed(f"the time is up; {sentence}", hint=hint)
    return Interrupted(sentence, signum=bench.stop.signum, hint=hint)


def _them(ids: Sequence[str]) -> str:
    return "them" if len(ids) > 1 else "it"


def stopped(bench: "Bench", *, sent: bool) -> Interrupted:
    """The error of a command that a signal ended, with no id to come back to.

    Args:
        bench: what the command works with.
        sent: whether a request was on its way.
    """
    if sent:
        return Interrupted(f"stopped while the request was on its way; {MAYBE}", signum=bench.stop.signum, hint=LOOK)
    return Interrupted("stopped; nothing is running", signum=bench.stop.signum)


def out_of_time() -> UnknownOutcomeError:
    """The time is up and a direct call has not answered: it has no id (interface contract, "Exit codes")."""
    return UnknownOutcomeError(f"the time is up before the request was answered; {MAYBE}", hint=LOOK)


def masked(text: str) -> str:
    """A server's words without presigned signatures, for people and for the journal (fault E12)."""
    return Redactor().text(text[:_LONGEST])


def ended_badly(row: "Generation") -> GenerationError:
    """The error of a generation that the server ended without a result."""
    word = "was cancelled" if row.state.value == "cancelled" else "failed"
    reason = f": {masked(row.error_message).strip().rstrip('.')}" if row.error_message else ""
    charged = [f"charged: ${row.cost}"] if row.cost else []
    return GenerationError(f"the generation {word}{reason}", details=charged, generation_ids=[row.generation_id])


def still_running(row: "Generation", bench: "Bench") -> TimeoutPassed:
    """The error of a generation that has not ended, where a command does not wait."""
    return TimeoutPassed(
        f"the generation is still {row.status}",
        hint=f"Wait for it:  inference queue wait {bench.journal.prefix(row.generation_id)}",
        generation_ids=[row.generation_id],
    )


def nowhere(identity: str, *, known: bool, api: str, can_look: bool) -> InferenceError:
    """The error of a generation that no route knows.

    Args:
        identity: the generation.
        known: whether this machine asked for it.
        api: the name of the generation of the API.
        can_look: whether that API can be asked for one generation.
    """
    if not can_look and known:
        return GenerationError(
            "it has left the queue: it ended, and the 2026-04 API does not say how, nor where its result is",
            hint="Look for the result in your account on the web",
            generation_ids=[identity],
        )
    if not known:
        beside = "" if can_look else f", and the {api} API cannot look it up"
        return NotFoundError(f"no generation {identity} is known{beside}", hint="See:  inference queue list")
    return GenerationError(
        "the generation vanished: the server knew it, and does not any more",
        hint="Look for the result in your account on the web",
        generation_ids=[identity],
    )


def after_acceptance(error: InferenceError) -> InferenceError:
    """What an error means in the command that paid.

    2, 3, 4, 5, 6 and 7 say that nothing was accepted, and invite to run it, and to pay, again; 11 says "safe".
    """
    if not isinstance(error, (TemporaryError, *MISLEADING)):
        return error
    return LocalError(
        f"the result could not be fetched: {error.message}",
        hint=error.hint,
        details=error.details,
        status=error.status,
        generation_ids=error.generation_ids,
    )
