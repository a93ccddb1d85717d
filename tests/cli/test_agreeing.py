"""Limits, budgets and consent, before anything is sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from inference_cli.sandbox.app import Sandbox
from inference_cli.sandbox.transport import SandboxTransport
from tests.support.person import Person
from tests.support.program import Finished, Program, program_in

FILM = ("--sandbox", "video", "waves", "-m", "kling-video-v2-6-pro-text-to-video")
"""A film for $0.35."""

OPEN = ("--sandbox", "video", "waves", "-m", "wan-ai-wan2-1-t2v-14b-diffusers", "-p", "num_frames=6", "-p", "width=64",
        "-p", "height=64")  # fmt: skip
"""A film of a length, and so of a price, that nobody knows before."""

UNKNOWN = "the price is not known: $0.05 a second, and the film's length is up to the model"


def charged(program: Program) -> float:
    """What the sandbox has charged."""
    left: float = program("--sandbox", "sandbox", "status", "--jq", ".credits").json
    return round(100 - left, 6)


def submitted(program: Program, *more: str, **options: Any) -> Finished:
    """Four films for $1.40, not waited for."""
    return program(*FILM, "-n", "4", "--no-wait", *more, **options)


@contextmanager
def somebody(*answers: bytes) -> Iterator[Person]:
    """A person at the terminal who gives these answers."""
    person = Person(*answers)
    try:
        yield person
    finally:
        person.leave()


def test_above_the_profile_s_amount_a_script_is_refused(program: Program) -> None:
    """Exit 6, nothing sent; --yes, --max-cost or the variable is consent."""
    done = submitted(program)
    assert (done.code, done.err.splitlines()[1:]) == (
        6,
        [
            "error: this would cost about $1.40; above $1.00 it needs consent",
            "  Nothing was sent.  Agree to it:  --yes        Set a limit:  --max-cost 1.40",
        ],
    )
    assert charged(program) == 0
    assert submitted(program, "-y").code == 0
    assert submitted(program, "--max-cost", "1.40", "--anyway").code == 0
    assert submitted(program, INFERENCE_MAX_COST="2").code == 0
    assert charged(program) == 4.2


def test_the_profile_may_name_another_amount(program: Program) -> None:
    """``confirm_above``; up to it nobody is asked."""
    program("--sandbox", "config", "set", "confirm_above", "2")
    assert submitted(program).code == 0
    program("--sandbox", "config", "set", "confirm_above", "0")
    done = program(*FILM, "--no-wait")
    assert (done.code, "above $0.00 it needs consent" in done.err) == (6, True)


@pytest.mark.parametrize(("answer", "code", "cost"), [(b"y\n", 0, 1.4), (b"n\n", 6, 0.0), (b"\n", 6, 0.0)])
def test_a_person_is_asked(program: Program, answer: bytes, code: int, cost: float) -> None:
    """Only yes is yes."""
    with somebody(answer) as person:
        done = submitted(program, person=person)
    assert (done.code, charged(program)) == (code, cost)
    assert person.read == b"This would cost about $1.40. Go on? [y/N] "


def test_a_person_who_agreed_in_advance_is_not_asked(program: Program) -> None:
    """Nothing is read."""
    assert submitted(program, "--yes", terminal=True).code == 0


def test_an_unknown_price_is_a_warning_for_a_script(program: Program) -> None:
    """One, and it goes on."""
    done = program(*OPEN, "--no-wait")
    assert (done.code, done.err.count(f"warning: {UNKNOWN}")) == (0, 1)


@pytest.mark.parametrize(("answer", "code"), [(b"y\n", 0), (b"n\n", 6)])
def test_an_unknown_price_is_a_question_for_a_person(program: Program, answer: bytes, code: int) -> None:
    """The sentence is the question; there is no warning beside it."""
    with somebody(answer) as person:
        done = program(*OPEN, "--no-wait", person=person)
    assert (done.code, "warning" in done.err) == (code, False)
    assert person.read.decode() == f"{UNKNOWN[0].upper()}{UNKNOWN[1:]}. Go on? [y/N] "


@pytest.mark.parametrize("more", [(), ("-y",)])
def test_no_limit_can_be_kept_with_an_unknown_price(program: Program, more: tuple[str, ...]) -> None:
    """``--max-cost`` and budgets alike; ``--yes`` does not help."""
    limited = program(*OPEN, "--max-cost", "5", *more)
    assert (limited.code, f"the limit of $5.00 (--max-cost) cannot be kept; {UNKNOWN}" in limited.err) == (6, True)
    program("--sandbox", "config", "set", "budget_month", "20")
    held = program(*OPEN, *more)
    assert (held.code, held.err.splitlines()[1:]) == (
        6,
        [
            f"error: the budget of $20.00 for this month cannot be kept; {UNKNOWN}",
            (
                "  Nothing was sent.  Remove it:  inference --sandbox config unset budget_month"
                "        Or choose a model with a price:  inference --sandbox models list"
            ),
        ],
    )
    assert charged(program) == 0


@pytest.mark.parametrize("more", [("-y",), ("--max-cost", "9"), ("-y", "--anyway")])
def test_nothing_overrides_a_budget(program: Program, more: tuple[str, ...]) -> None:
    """Exit 6, with what is left, what is spent, when it ends and how to raise it."""
    program("--sandbox", "config", "set", "budget_month", "1")
    assert program(*FILM, "--no-wait").code == 0
    done = submitted(program, "--json", *more)
    error = done.json["error"]
    assert (done.code, error["code"], error["message"]) == (
        6,
        "budget",
        "this would cost $1.40, and only $0.65 of the budget of $1.00 for this month is left",
    )
    assert error["details"][0].startswith("spent so far: $0.35")
    assert error["details"][1].startswith("the next month begins on ")
    assert error["hint"] == "Nothing was sent.  Raise it:  inference --sandbox config set budget_month 2"
    assert charged(program) == 0.35
    program("--sandbox", "config", "set", "budget_month", "2")
    assert submitted(program, "-y").code == 0


def test_nobody_is_asked_to_agree_to_what_a_budget_refuses(program: Program) -> None:
    """The refusal comes before the question."""
    program("--sandbox", "config", "set", "budget_day", "1.39")
    with somebody() as person:
        done = submitted(program, person=person)
    assert (done.code, person.read) == (6, b"")
    assert "only $1.39 of the budget of $1.39 for today is left" in done.err
    assert "Nothing was sent.  Raise it:  inference --sandbox config set budget_day 2" in done.err


def test_a_dry_run_shows_what_is_left(program: Program) -> None:
    """Of each budget, whether this would fit; with --json too."""
    program("--sandbox", "config", "set", "budget_day", "1")
    program("--sandbox", "config", "set", "budget_month", "20")
    for more in ((), ("--json",)):
        done = program(*FILM, "-n", "3", "--dry-run", *more)
        assert done.err.splitlines()[-2:] == [
            "  $1.00 of the budget of $1.00 for today is left: this would be refused.",
            "  $20.00 of the budget of $20.00 for this month is left.",
        ]


def test_what_a_budget_does_not_count_is_said(program: Program) -> None:
    """Something of unknown price was asked for before the budget was set."""
    assert program(*OPEN, "--no-wait").code == 0
    program("--sandbox", "config", "set", "budget_day", "1")
    said = "an earlier output has no known price, and does not count against the budget of $1.00 for today"
    assert f"warning: {said}" in program(*FILM, "--no-wait").err
    assert f"  {said}." in program(*FILM, "--dry-run").err


def test_each_origin_has_its_own_budget(program: Program) -> None:
    """What is spent in the sandbox leaves the budget of the real service alone."""
    program("config", "set", "budget_day", "1")
    assert submitted(program, "-y").code == 0
    assert "budget" not in program(*FILM, "--dry-run").err


def test_the_real_cost_is_in_the_result(program: Program, tmp_path: Path) -> None:
    """After a run through the queue the history is asked once; a direct call has no id to ask by."""
    queued = program(*OPEN, "-y", "-o", str(tmp_path / "waves.mp4"), "--json").json
    assert (queued["estimated_cost"], queued["cost"], queued["generations"][0]["cost"]) == (None, 0.0125, 0.0125)
    asked = ("--sandbox", "image", "a fox", "--aspect-ratio", "1:1", "--json", "-o")
    assert program(*asked, str(tmp_path / "fox.png")).json["cost"] is None
    assert program(*asked, str(tmp_path / "fox-2.png"), "--queue").json["cost"] == 0.01


def test_a_later_wait_knows_the_cost_too(program: Program, tmp_path: Path) -> None:
    """And the facts below the path say it."""
    assert program(*OPEN, "-y", "--no-wait").code == 0
    done = program("--sandbox", "queue", "wait", "last", "-o", str(tmp_path / "waves.mp4"))
    assert (done.code, "· $0.0125" in done.err.splitlines()[-1]) == (0, True)
    again = program("--sandbox", "queue", "wait", "last", "-o", str(tmp_path / "waves-2.mp4"), "--json").json
    assert again["generations"][0]["cost"] == 0.0125


def test_in_the_older_api_the_estimate_stands(program: Program) -> None:
    """2026-04 has no history to settle from."""
    program("--sandbox", "config", "set", "api", "2026-04")
    program("--sandbox", "config", "set", "budget_day", "1")
    assert program(*FILM, "--queue", "--no-wait").code == 0
    done = program(*FILM, "-n", "2", "--queue", "--no-wait")
    assert (done.code, "only $0.65 of the budget of $1.00 for today is left" in done.err) == (6, True)
    assert charged(program) == 0.35


class NoHistory(httpx.BaseTransport):
    """The sandbox's transport, behind which the history does not answer; what it is asked for is kept."""

    def __init__(self, sandbox: Sandbox, asked: list[str]) -> None:
        self._inner, self._asked = SandboxTransport(sandbox.application), asked

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Everything goes through but the history."""
        path = request.url.path.removeprefix("/api")
        if path.startswith("/ai/generations"):
            self._asked.append(path.rpartition("/")[0])
            return httpx.Response(503, json={"error": {"message": "busy"}})
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close what is behind it."""
        self._inner.close()


def test_a_history_that_does_not_answer_costs_nothing(tmp_path: Path) -> None:
    """The films are there, the exit code is 0, nothing is said, and what they cost is asked for once."""
    sandbox, asked = Sandbox(tmp_path / "sandbox", speed=100), list[str]()
    try:
        program = program_in(tmp_path, transport=lambda: NoHistory(sandbox, asked))
        done = program(*OPEN, "-y", "-n", "2", "--json", "-o", str(tmp_path / "waves.mp4"))
        assert (done.code, done.json["cost"], "busy" in done.err) == (0, None, False)
        assert asked.count("/ai/generations") == 1  # a cost afterwards; the list before it is sent, and where they are
        assert sorted(path.name for path in tmp_path.glob("*.mp4")) == ["waves-1.mp4", "waves-2.mp4"]
    finally:
        sandbox.close()
