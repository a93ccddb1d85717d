"""Every way a command can fail, and the exit code that it leaves.

The codes tell a script what it may do next (run again, fix, look, or never repeat); their table is in the README.

::

    InferenceError                   code          exit
    ├─ UsageError                    usage            2   nothing was sent
    │  ├─ ParameterError             parameters       2   the model's schema refuses what was asked for
    │  └─ MissingExtraError          missing_extra    2   an optional package is not installed
    ├─ TokenError                    token            3   no token, or it was refused
    ├─ NotFoundError                 not_found        4   no such model, generation, file or profile
    ├─ RefusedError                  refused          5   the server read the request and said no
    ├─ SpendingError                 spending         6   credits, a limit or consent; nothing was spent
    │  └─ BudgetError                budget           6   the budget of the day or month does not suffice
    ├─ TemporaryError                temporary        7   proved not accepted: run it again
    ├─ UnknownOutcomeError           unknown_outcome  8   a paid request may have been accepted
    ├─ GenerationError               generation       9   it failed, was cancelled, or vanished
    ├─ PartialError                  partial         10   some outputs, not all
    ├─ LocalError                    local           11   disk, permission, lock on this machine
    ├─ DamagedError                  damaged         12   an answer that was cut or not understood
    ├─ TimeoutPassed                 timeout        124   the time is up; the queued generation runs on
    └─ Interrupted                   interrupted    128 + signal: 129, 130, 141, 143
"""

import enum
from collections.abc import Iterable, Sequence
from typing import ClassVar


class Exit(enum.IntEnum):
    """What a process leaves behind; the whole table."""

    DONE = 0
    BUG = 1
    USAGE = 2
    TOKEN = 3
    NOT_FOUND = 4
    REFUSED = 5
    SPENDING = 6
    TEMPORARY = 7
    UNKNOWN_OUTCOME = 8
    GENERATION = 9
    PARTIAL = 10
    LOCAL = 11
    DAMAGED = 12
    CHECK = 13
    TIMEOUT = 124
    HANGUP = 129
    INTERRUPTED = 130
    PIPE = 141
    TERMINATED = 143


class InferenceError(Exception):
    """A failure that a person can act on.

    Args:
        message: one sentence, without a full stop at its end: what happened.
        hint: what to do, with the next command included; may hold several lines.
        details: one line each, shown indented under the message.
        status: the HTTP status, where a response was read.
        request_id: the server's own id of the request, where it gave one.
        generation_ids: generations that this failure is about.
    """

    exit_code: ClassVar[Exit] = Exit.BUG
    code: ClassVar[str] = "bug"

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        details: Sequence[str] = (),
        status: int | None = None,
        request_id: str | None = None,
        generation_ids: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = tuple(details)
        self.status = status
        self.request_id = request_id
        self.generation_ids = tuple(generation_ids)

    @property
    def exit_status(self) -> int:
        """What the process exits with."""
        return int(self.exit_code)


class UsageError(InferenceError):
    """The command line, a file named on it, or a setting is wrong; nothing was sent."""

    exit_code = Exit.USAGE
    code = "usage"


class ParameterError(UsageError):
    """Parameters that the model's schema refuses; ``details`` holds a line for each."""

    code = "parameters"


class MissingExtraError(UsageError):
    """An optional package is needed; the hint is the exact install line."""

    code = "missing_extra"

    def __init__(self, extra: str, what_for: str) -> None:
        super().__init__(
            f"{what_for} needs the extra '{extra}'", hint=f"Install it:  pip install 'inference-cli[{extra}]'"
        )


class TokenError(InferenceError):
    """There is no token for the origin, or the server refused it."""

    exit_code = Exit.TOKEN
    code = "token"


class NotFoundError(InferenceError):
    """No such model, generation, file or profile."""

    exit_code = Exit.NOT_FOUND
    code = "not_found"


class RefusedError(InferenceError):
    """The server read the whole request and refused it (400, 409, 413, 422, moderation)."""

    exit_code = Exit.REFUSED
    code = "refused"


class SpendingError(InferenceError):
    """Credits, a limit or missing consent stopped it; nothing was spent."""

    exit_code = Exit.SPENDING
    code = "spending"


class BudgetError(SpendingError):
    """The budget of the day or the month does not suffice; nothing was sent."""

    code = "budget"


class TemporaryError(InferenceError):
    """Network, 429 or 5xx, and proved not accepted: the command may be run again."""

    exit_code = Exit.TEMPORARY
    code = "temporary"


class UnknownOutcomeError(InferenceError):
    """A paid request was written and no complete refusal was read: it may have been accepted, and billed.

    ``answer`` is the beginning of what was answered instead, without secrets, where anything was.
    """

    exit_code = Exit.UNKNOWN_OUTCOME
    code = "unknown_outcome"
    answer: str = ""


class GenerationError(InferenceError):
    """The generation failed, was cancelled, or vanished on the server."""

    exit_code = Exit.GENERATION
    code = "generation"


class PartialError(InferenceError):
    """Some outputs are on disk, not all."""

    exit_code = Exit.PARTIAL
    code = "partial"


class LocalError(InferenceError):
    """This machine: disk full, permission, file exists, lock. What was paid for is safe."""

    exit_code = Exit.LOCAL
    code = "local"


class DamagedError(InferenceError):
    """An answer was cut, damaged or not understood."""

    exit_code = Exit.DAMAGED
    code = "damaged"


class TimeoutPassed(InferenceError):  # noqa: N818 - a time limit that the user set is not an error of anything
    """``--timeout`` passed; the queued generation still runs."""

    exit_code = Exit.TIMEOUT
    code = "timeout"


class Interrupted(InferenceError):  # noqa: N818 - the user's own wish is not an error
    """A signal ended the command; a queued generation runs on and its id was printed.

    Args:
        message: what was going on.
        signum: the signal's number, 1 to 64.
        hint: how to go on.
        generation_ids: what runs on.
    """

    exit_code = Exit.INTERRUPTED
    code = "interrupted"

    def __init__(
        self, message: str, *, signum: int = 2, hint: str | None = None, generation_ids: Sequence[str] = ()
    ) -> None:
        super().__init__(message, hint=hint, generation_ids=generation_ids)
        self.signum = signum

    @property
    def exit_status(self) -> int:
        """128 and the signal's number, as a shell reports it."""
        return 128 + self.signum


_GRAVITY = (Interrupted, UnknownOutcomeError, TimeoutPassed, PartialError, DamagedError, LocalError, GenerationError)


def gravest(errors: Iterable[InferenceError]) -> InferenceError:
    """The one of several failures that decides the exit code.

    Args:
        errors: at least one.

    Returns:
        The gravest, in the order signals > 8 > 124 > 10 > 12 > 11 > 9 > the rest; of equals the first.
    """

    def rank(error: InferenceError) -> int:
        return next((place for place, kind in enumerate(_GRAVITY) if isinstance(error, kind)), len(_GRAVITY))

    return min(errors, key=rank)
