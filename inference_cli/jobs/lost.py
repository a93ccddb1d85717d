"""A paid request whose answer was lost."""

from dataclasses import dataclass

from inference_cli.errors import InferenceError, TemporaryError, UnknownOutcomeError
from inference_cli.jobs.kept import Intent


@dataclass(frozen=True, slots=True)
class Lost:
    """A request without a whole answer.

    ``taken`` of its outputs are known by their ids. ``came`` of them were inside what came of the answer: nothing is
    missing of those, but the server may list them too, by ids that nobody here knows.
    """

    intent: Intent
    error: UnknownOutcomeError
    taken: int = 0
    came: int = 0

    def known(self, found: int = 0) -> int:
        """How many outputs are certain not to be missing when that many more are in the server's list."""
        return max(self.came, self.taken + found)


def left_out(failure: InferenceError) -> InferenceError:
    """Why a request is not sent after another one failed: it may be asked for again, whatever became of that."""
    if not isinstance(failure, UnknownOutcomeError):
        return failure
    return TemporaryError("it was not sent, because the answer to another request was lost")
