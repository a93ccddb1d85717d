"""Budgets of the installed command: held by many processes at once, settled to what was really charged."""

import json
from concurrent.futures import ThreadPoolExecutor

from tests.support.command import Finished, User
from tests.support.journey import FILM_MODEL, SQUARE, Served, books, valid

KLING = ("video", "waves", "-m", "kling-video-v2-6-pro-text-to-video", "--no-wait", "--json")
"""A film for $0.35, not waited for."""


def at_once(user: User, many: int, *arguments: str) -> list[Finished]:
    """Many processes that run one command; each asks for something else."""
    with ThreadPoolExecutor(many) as pool:
        return list(
            pool.map(lambda number: user.run(*arguments, "-p", f"negative_prompt=number {number}"), range(many))
        )


def charged(user: User) -> tuple[float, int]:
    """What the sandbox has charged in dollars, and for how many generations."""
    credits_left, generations = books(user)
    return round(100 - credits_left, 6), generations


def held(done: list[Finished], *, fit: int) -> None:
    """As many as fit were accepted; the others were refused for the budget, and say so."""
    assert sorted(one.code for one in done) == [0] * fit + [6] * (len(done) - fit)
    for one in done:
        assert valid(one.json, "media")
        if one.code:
            assert one.json["error"]["code"] == "budget"
            assert one.json["error"]["hint"] == "Nothing was sent.  Raise it:  inference config set budget_day 3"
        else:
            assert len(one.json["generations"]) == 1


def test_twenty_processes_and_a_server(user: User) -> None:
    """Five of $0.35 fit into $2.00; the server was asked for five and charged no more."""
    with Served(user) as served:
        client = served.client(user)
        assert client.run("config", "set", "budget_day", "2").code == 0
        held(at_once(client, 20, *KLING), fit=5)
        assert charged(user) == (1.75, 5)
        refused = client.run(*KLING, "-y")
        assert (refused.code, refused.json["error"]["message"]) == (
            6,
            "this would cost $0.35, and only $0.25 of the budget of $2.00 for today is left",
        )
    assert charged(user) == (1.75, 5)


def test_eight_processes_and_the_sandbox_in_each(offline: User) -> None:
    """The sandbox has a budget of its own, so that it can be tried; -y does not override it."""
    assert offline.run("config", "set", "budget_month", "1").code == 0
    done = at_once(offline, 8, *KLING, "-y")
    assert sorted(one.code for one in done) == [0, 0] + [6] * 6
    assert charged(offline) == (0.7, 2)


def test_a_day_with_a_budget(offline: User) -> None:
    """Shown before, held, settled to the real cost, raised, and removed."""
    assert offline.run("config", "set", "budget_day", "0.10").code == 0
    picture = ("image", "a fox", *SQUARE, "--queue", "-o", "fox.png")
    shown = offline.run(*picture, "--dry-run")
    assert shown.err.splitlines()[-1] == "  $0.10 of the budget of $0.10 for today is left."
    made = offline.run(*picture, "--json")
    assert (made.code, made.json["cost"], made.json["estimated_cost"]) == (0, 0.03, 0.03)
    assert (offline.cwd / "fox.png").exists()
    refused = offline.run("image", "four foxes", *SQUARE, "-n", "3")
    _, error, spent, ends, hint = refused.err.splitlines()
    assert (refused.code, error, spent, ends[:27], hint) == (
        6,
        "error: this would cost $0.09, and only $0.07 of the budget of $0.10 for today is left",
        "  spent so far: $0.03",
        "  the next day begins on 20",
        "  Nothing was sent.  Raise it:  inference config set budget_day 1",
    )
    unknown = offline.run("video", "waves", "-m", FILM_MODEL, "-y")
    assert (unknown.code, "cannot be kept" in unknown.err) == (6, True)
    assert offline.run("config", "set", "budget_day", "1").code == 0
    assert offline.run("image", "four foxes", *SQUARE, "-n", "3", "-q").code == 0
    assert offline.run("config", "unset", "budget_day").code == 0
    assert charged(offline) == (0.12, 4)


def test_a_killed_command_leaves_no_hole_and_no_block(offline: User) -> None:
    """What it may have sent counts until the history tells; the next command goes on from there."""
    assert offline.run("config", "set", "budget_day", "0.80").code == 0
    child = offline.having(INFERENCE_SANDBOX_SPEED="0.01").start("video", "waves", "-o", "waves.mp4", "--events")
    assert child.stdout is not None
    while json.loads(child.stdout.readline()).get("phase") != "queued":
        pass
    child.kill()
    child.communicate()
    dry = offline.run("video", "birds", "--dry-run")
    assert dry.err.splitlines()[-1] == "  $0.45 of the budget of $0.80 for today is left."
    assert offline.run("video", "birds", "--no-wait").code == 0
    assert offline.run("video", "trees", "--no-wait").code == 6
    assert books(offline)[1] == 2
