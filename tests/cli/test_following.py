"""The outcome of a watched run."""

from decimal import Decimal

import pytest

from inference_cli.cli.following import Watched, total_cost
from inference_cli.errors import (
    DamagedError,
    GenerationError,
    InferenceError,
    Interrupted,
    LocalError,
    SpendingError,
    TimeoutPassed,
    UnknownOutcomeError,
)
from inference_cli.jobs.updates import Phase, Result, Update


def watched(*errors: InferenceError | None, broken: InferenceError | None = None) -> Watched:
    """A run with an output for each error, or saved where it is None."""
    last = {
        str(number): Update(str(number), str(number), Phase.FAILED if error else Phase.SAVED, error=error)
        for number, error in enumerate(errors)
    }
    return Watched(last, broken)


@pytest.mark.parametrize(
    ("run", "code"),
    [
        (watched(None, None), 0),
        (watched(GenerationError("it failed")), 9),
        (watched(GenerationError("it failed"), None), 10),
        (watched(LocalError("disk full"), None), 10),
        (watched(DamagedError("cut"), None), 10),
        (watched(SpendingError("no credits"), None), 10),
        (watched(UnknownOutcomeError("reset"), None), 8),
        (watched(SpendingError("no credits")), 6),
        (watched(SpendingError("no credits"), GenerationError("it failed")), 9),
        (watched(None, broken=TimeoutPassed("the time is up")), 124),
        (watched(UnknownOutcomeError("reset"), broken=Interrupted("stopped")), 130),
    ],
)
def test_the_exit_code_of_several_outputs(run: Watched, code: int) -> None:
    """Signals, then 8, 124, 10, 12, 11, 9, the rest (interface contract, "Exit codes")."""
    failure = run.failure

    assert (0 if failure is None else failure.exit_status) == code


def test_a_partial_outcome_says_how_many_and_why() -> None:
    """The hint of the cause is the way on."""
    failure = watched(None, None, GenerationError("it failed", hint="Try again", generation_ids=["a"])).failure

    assert failure is not None
    assert (failure.message, failure.hint, failure.generation_ids) == (
        "2 of 3 are done; the rest: it failed",
        "Try again",
        ("a",),
    )


def test_what_is_missing_for_lack_of_credits_is_not_asked_for_with_the_rest() -> None:
    """To run the command again would pay for what is there already."""
    failure = watched(None, None, SpendingError("no credits", hint="Top up, then run it again")).failure

    assert failure is not None
    assert failure.hint == "Ask for what is missing only:  -n 1"


def test_an_output_without_a_result_is_a_row_all_the_same() -> None:
    """Its id and its last state are known."""
    run = Watched({"a": Update("a", "a", Phase.PROCESSING, generation_id="a", status="warming")})

    assert run.results == [Result(generation_id="a", status="warming")]


def test_costs_add_up_where_they_are_known() -> None:
    """None is not zero."""
    known = [
        Result("a", "succeeded", cost=Decimal("0.07")),
        Result("b", "succeeded"),
        Result("c", "x", cost=Decimal(1)),
    ]

    assert total_cost(known) == Decimal("1.07")
    assert total_cost([Result("b", "succeeded")]) is None
