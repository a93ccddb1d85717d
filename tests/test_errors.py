"""The tree of failures and the exit codes that scripts read."""

import inspect
import re

import pytest
from hypothesis import given, strategies as st

from inference_cli import errors
from inference_cli.errors import (
    DamagedError,
    Exit,
    GenerationError,
    InferenceError,
    Interrupted,
    LocalError,
    MissingExtraError,
    NotFoundError,
    ParameterError,
    PartialError,
    RefusedError,
    SpendingError,
    TemporaryError,
    TimeoutPassed,
    TokenError,
    UnknownOutcomeError,
    UsageError,
    gravest,
)

KINDS = [
    InferenceError,
    UsageError,
    ParameterError,
    TokenError,
    NotFoundError,
    RefusedError,
    SpendingError,
    TemporaryError,
    UnknownOutcomeError,
    GenerationError,
    PartialError,
    LocalError,
    DamagedError,
    TimeoutPassed,
    Interrupted,
]


def test_the_exit_codes_are_those_of_the_contract() -> None:
    """A number that a script relies on never moves."""
    assert {member.name: member.value for member in Exit} == {
        "DONE": 0,
        "BUG": 1,
        "USAGE": 2,
        "TOKEN": 3,
        "NOT_FOUND": 4,
        "REFUSED": 5,
        "SPENDING": 6,
        "TEMPORARY": 7,
        "UNKNOWN_OUTCOME": 8,
        "GENERATION": 9,
        "PARTIAL": 10,
        "LOCAL": 11,
        "DAMAGED": 12,
        "CHECK": 13,
        "TIMEOUT": 124,
        "HANGUP": 129,
        "INTERRUPTED": 130,
        "PIPE": 141,
        "TERMINATED": 143,
    }


def test_the_tree_in_the_docstring_is_the_tree_in_the_code() -> None:
    """Every class is drawn with its own code and exit, and nothing else is drawn."""
    drawn = re.findall(r"[├└]─ (\w+) +(\w+) +(\d+)\b(?! \+)", errors.__doc__ or "")
    defined = {
        (name, kind.code, str(int(kind.exit_code)))
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, InferenceError) and kind not in {InferenceError, Interrupted}
    }

    assert set(drawn) == defined


def test_an_error_carries_what_a_person_and_a_script_need() -> None:
    """Message, hint, details, status, request id and generation ids survive as given."""
    error = RefusedError(
        "no", hint="ask", details=["a", "b"], status=422, request_id="r-1", generation_ids=["g1", "g2"]
    )

    assert (error.message, error.hint, error.details, error.status, error.request_id, error.generation_ids) == (
        "no",
        "ask",
        ("a", "b"),
        422,
        "r-1",
        ("g1", "g2"),
    )
    assert str(error) == "no"
    assert error.exit_status == 5


def test_a_missing_extra_is_answered_with_the_exact_install_line() -> None:
    """The hint can be pasted into a shell."""
    error = MissingExtraError("sandbox", "the sandbox")

    assert (error.message, error.hint, error.exit_status) == (
        "the sandbox needs the extra 'sandbox'",
        "Install it:  pip install 'inference-cli[sandbox]'",
        2,
    )


@pytest.mark.parametrize(("signum", "status"), [(1, 129), (2, 130), (13, 141), (15, 143)])
def test_a_signal_leaves_the_code_that_a_shell_gives_it(signum: int, status: int) -> None:
    """128 and the number of the signal."""
    assert Interrupted("stopped", signum=signum).exit_status == status


def test_the_gravest_failure_decides_in_the_order_of_the_contract() -> None:
    """Signals > 8 > 124 > 10 > 12 > 11 > 9 > the rest."""
    order: list[InferenceError] = [
        Interrupted("a"),
        UnknownOutcomeError("b"),
        TimeoutPassed("c"),
        PartialError("d"),
        DamagedError("e"),
        LocalError("f"),
        GenerationError("g"),
        TemporaryError("h"),
    ]

    while order:
        assert gravest(reversed(order)) is order[0]
        order.pop(0)


def test_of_equally_grave_failures_the_first_one_decides() -> None:
    """What happened first is the better explanation."""
    first, second = RefusedError("first"), TokenError("second")

    assert gravest([first, second]) is first


@given(st.lists(st.sampled_from(KINDS).map(lambda kind: kind("x")), min_size=1))
def test_the_gravest_is_one_of_them_and_no_order_changes_its_kind(several: list[InferenceError]) -> None:
    """Only the kinds matter, except between failures of equal weight."""
    found = gravest(several)

    assert found in several
    if type(found) in {Interrupted, UnknownOutcomeError, TimeoutPassed, PartialError, DamagedError, LocalError}:
        assert type(gravest(several[::-1])) is type(found)
