"""Deployments that start and stop."""

import threading
from collections.abc import Callable, Sequence

import pytest

from inference_cli.api.records import Model
from inference_cli.catalogue.deployment import Goal, Look, Verdict, follow, in_words, verdict
from inference_cli.clock import ManualClock
from inference_cli.errors import GenerationError, InferenceError, TemporaryError, TimeoutPassed


def model(*states: str) -> Model:
    """A model whose deployments are in these states."""
    return Model(id="own/Fox.1", raw={"deployments": [{"status": state} for state in states]})


@pytest.mark.parametrize(
    ("states", "goal", "expected"),
    [
        (["active"], "active", Verdict.DONE),
        (["ACTIVE ", "error"], "active", Verdict.DONE),
        (["ready"], "active", Verdict.DONE),
        (["deploying"], "active", Verdict.WAITING),
        (["unknown"], "active", Verdict.WAITING),
        (["warming the oven"], "active", Verdict.WAITING),
        (["deploying", "error"], "active", Verdict.WAITING),
        (["error"], "active", Verdict.FAILED),
        (["error", "inactive"], "active", Verdict.FAILED),
        (["inactive"], "active", Verdict.UNMOVED),
        ([], "active", Verdict.UNMOVED),
        (["inactive", "stopped"], "inactive", Verdict.DONE),
        (["error"], "inactive", Verdict.DONE),
        ([], "inactive", Verdict.DONE),
        (["deactivating"], "inactive", Verdict.WAITING),
        (["active", "inactive"], "inactive", Verdict.WAITING),
        (["active"], "inactive", Verdict.UNMOVED),
    ],
)
def test_what_states_mean(states: Sequence[str], goal: Goal, expected: Verdict) -> None:
    """In any case of letters; a word that nobody knows is no end."""
    assert verdict(states, goal) is expected


def test_states_in_words() -> None:
    """Each once."""
    assert (in_words(["active", "error", "active"]), in_words([])) == ("active, error", "no deployment")


def server(*answers: Model | InferenceError) -> Callable[[], Model]:
    """Answers one after the other."""
    left = iter(answers)

    def look() -> Model:
        answer = next(left)
        if isinstance(answer, InferenceError):
            raise answer
        return answer

    return look


def seen(looks: Sequence[Look]) -> list[tuple[str, float]]:
    """States and seconds."""
    return [(look.words, look.elapsed) for look in looks]


def test_it_is_looked_at_ever_more_seldom() -> None:
    """From 2 s up to 15 s apart, until it is there."""
    clock = ManualClock()
    answers = [*[model("deploying")] * 7, model("active")]
    looks = list(follow(model("deploying"), "active", server(*answers), clock=clock, stop=threading.Event()))

    assert clock.slept == [2, 3, 4.5, 6.75, 10.125, 15, 15, 15]
    assert seen(looks)[-2:] == [("deploying", 56.375), ("active", 71.375)]


def test_what_is_there_already_is_not_looked_at() -> None:
    """The answer to the change says so."""
    clock = ManualClock()
    looks = list(follow(model("inactive"), "inactive", server(), clock=clock, stop=threading.Event()))

    assert (seen(looks), clock.slept) == ([("inactive", 0)], [])


def test_the_sandbox_is_looked_at_often() -> None:
    """It costs nobody anything."""
    clock = ManualClock()
    answers = (model("deploying"), model("active"))
    list(follow(model(), "active", server(*answers), clock=clock, stop=threading.Event(), interval=0.3))

    assert clock.slept == [0.3, 0.3]


def test_the_time_is_up() -> None:
    """The last pause is no longer than what is left; what was asked for goes on."""
    clock = ManualClock()
    answers = [model("deploying")] * 3
    with pytest.raises(TimeoutPassed) as caught:
        list(follow(model("deploying"), "active", server(*answers), clock=clock, stop=threading.Event(), timeout=6))

    assert clock.slept == [2, 3, 1]
    assert (caught.value.message, caught.value.hint) == (
        "own/Fox.1 is still deploying",
        "It goes on without you.  See:  inference models show own/Fox.1",
    )


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([model("deploying"), model("error")], "the deployment of own/Fox.1 failed"),
        ([model("deploying"), model("inactive")], "own/Fox.1 did not become active"),
        ([model("inactive")] * 20, "own/Fox.1 did not become active"),
        ([model()] * 20, "own/Fox.1 did not become active"),
    ],
)
def test_it_fails(answers: Sequence[Model], message: str) -> None:
    """By itself, by stopping again, or by never having begun for a minute."""
    clock = ManualClock()
    with pytest.raises(GenerationError) as caught:
        list(follow(model(), "active", server(*answers), clock=clock, stop=threading.Event()))

    assert caught.value.message == message
    assert clock.monotonic() < 80


def test_trouble_is_borne_for_a_while() -> None:
    """And no longer."""
    trouble = TemporaryError("HTTP 503")
    clock = ManualClock()
    looks = follow(model(), "active", server(trouble, trouble, model("active")), clock=clock, stop=threading.Event())
    assert [look.words for look in looks] == ["no deployment", "active"]
    with pytest.raises(TemporaryError):
        list(follow(model(), "active", server(*[trouble] * 5), clock=clock, stop=threading.Event()))


def test_a_wish_to_stop_ends_it() -> None:
    """While waiting, and while the server has trouble."""
    stop = threading.Event()

    def trouble() -> Model:
        stop.set()
        raise TemporaryError("HTTP 503")

    assert len(list(follow(model(), "active", trouble, clock=ManualClock(), stop=stop))) == 2
    assert len(list(follow(model(), "active", trouble, clock=ManualClock(), stop=stop))) == 1
