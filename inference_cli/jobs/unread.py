"""Answers to paid requests that name no generation: kept, since they may be the only trace of what was paid for."""

from contextlib import suppress

from inference_cli.errors import InferenceError, LocalError, UnknownOutcomeError
from inference_cli.jobs.bench import Bench
from inference_cli.jobs.kept import Intent

_LONGEST = 64 * 1024  # characters; an answer with a picture in it is not kept whole


def keep_answer(error: InferenceError, intent: Intent, bench: Bench) -> None:
    """Keep what was answered instead, for its owner alone, and say where (fault C32).

    Args:
        error: what became of the request; ids in it are a better trace, and enough.
        intent: the request.
        bench: what the command works with; the answer lies beside its journal.
    """
    from inference_cli.profile.files import write_atomically

    if not isinstance(error, UnknownOutcomeError) or error.generation_ids or not error.answer.strip():
        return
    path = bench.journal.path.with_name("answers") / f"{intent.id}.txt"
    with suppress(LocalError, OSError):
        write_atomically(path, error.answer[:_LONGEST].encode("utf-8", "replace"))
        error.details = (*error.details, f"its answer is kept in {path}")
