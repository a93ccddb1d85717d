"""What is lost on the way is found again: answers, killed commands, results that were not fetched."""

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.command import User, new_user
from tests.support.journey import SQUARE, Served, books, picture, valid

if TYPE_CHECKING:
    import subprocess

FOX = ("image", "a fox", *SQUARE, "-o", "fox.png")
REMINDER = "1 request has an unknown outcome. Find out:  inference recover"
_PATIENCE = 60.0  # seconds, of which none is waited for in vain


@pytest.fixture
def server(tmp_path: Path) -> User:
    """Who runs the server: another home, where the books can be read."""
    return new_user(tmp_path / "server")


def served(server: User, script: str, *options: str) -> Served:
    """A server on which things go wrong, as the script says."""
    (server.cwd / "faults.toml").write_text(script)
    return Served(server, "--faults", "faults.toml", *options)


def charged(server: User, count: int) -> None:
    """Wait until the server has accepted so many generations."""
    until = time.monotonic() + _PATIENCE
    while books(server)[1] < count:
        assert time.monotonic() < until, "the request never reached the server"


def killed(process: "subprocess.Popen[bytes]") -> None:
    """The end that nobody can prepare for."""
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=_PATIENCE)


SLOW_ANSWER = """
    [[fault]]
    method = "POST"
    nth = 1
    drop = "after"
"""


@pytest.mark.parametrize("way", [(), ("--queue",)])
def test_C01_an_answer_that_is_lost_costs_nothing(server: User, user: User, way: tuple[str, ...]) -> None:
    """The generation is found in the list, goes on, and is downloaded by the same command: exit 0, one POST."""
    with served(server, SLOW_ANSWER) as running:
        done = running.client(user).run(*FOX, *way)
        again = running.client(user).run("recover")

    assert (done.code, done.lines, picture(user.cwd / "fox.png")) == (0, ["fox.png"], ("PNG", (512, 512)))
    assert "it was accepted all the same, and goes on: " in done.err
    assert (again.code, again.err) == (0, "  Nothing waits to be recovered.\n")
    assert books(server) == (99.97, 1)


def test_C07_killed_after_the_request_was_sent(server: User, user: User) -> None:
    """Any command reminds of it; `recover` finds it and fetches it to where it was to go. It is paid for once."""
    with Served(server.having(INFERENCE_SANDBOX_SPEED="0.3")) as running:
        client = running.client(user)
        process = client.start(*FOX)
        charged(server, 1)
        killed(process)
        reminded = client.run("models", "list", "--limit", "1")
        done = client.run("recover", "--json")
        after = client.run("models", "list", "--limit", "1")

    document = done.json
    assert (reminded.code, done.code, valid(document, "recover")) == (0, 0, True)
    assert reminded.err.splitlines()[-1] == REMINDER
    assert [request["outcome"] for request in document["requests"]] == ["found"]
    assert [row["status"] for row in document["generations"]] == ["succeeded"]
    assert picture(user.cwd / "fox.png") == ("PNG", (512, 512))
    assert "unknown outcome" not in after.err
    assert books(server) == (99.97, 1)


def test_C09_killed_while_it_waits(server: User, user: User) -> None:
    """The id was in the journal before anything was printed: `recover` fetches the file, and nothing is sent again."""
    with Served(server.having(INFERENCE_SANDBOX_SPEED="1")) as running:
        client = running.client(user)
        process = client.start(*FOX, "--queue")
        assert process.stderr is not None
        while b"queued" not in (line := process.stderr.readline()):
            assert line, "the command ended before anything was queued"
        killed(process)
        done = client.run("recover")

    assert (done.code, [Path(line).name for line in done.lines]) == (0, ["fox.png"])
    assert picture(user.cwd / "fox.png") == ("PNG", (512, 512))
    assert books(server) == (99.97, 1)


def test_C04_two_commands_at_once_lose_their_answers(server: User, user: User) -> None:
    """Each goes on with one of the two generations, and never both with the same."""
    script = """
        [[fault]]
        method = "POST"
        nth = [1, 2]
        drop = "after"
    """
    with served(server, script) as running:
        client = running.client(user)
        both = [client.start("image", "a fox", *SQUARE, "--queue", "--anyway", "-o", f"{name}.png") for name in "ab"]
        for process in both:
            process.communicate(timeout=_PATIENCE)
        ended = [process.returncode for process in both]
        local = client.run("queue", "list", "--local", "--jq", ".data[].generation_id")

    assert ended == [0, 0]
    assert sorted(path.name for path in user.cwd.iterdir()) == ["a.png", "b.png"]
    assert (len(set(local.lines)), books(server)) == (2, (99.94, 2))


def test_another_machine_has_made_something(server: User, user: User, tmp_path: Path) -> None:
    """`recover` names it, and fetches it with --yes."""
    other = new_user(tmp_path / "other")
    with Served(server) as running:
        made = running.client(other).run(*FOX, "--queue")
        named = running.client(user).run("recover")
        fetched = running.client(user).run("recover", "--yes")

    assert (made.code, named.code, named.out, fetched.code) == (0, 0, b"", 0)
    assert named.err == ("  1 generation is in the account and not on this disk. Fetch it:  inference recover --yes\n")
    (file,) = user.cwd.iterdir()
    assert (fetched.lines, file.read_bytes()) == ([file.name], (other.cwd / "fox.png").read_bytes())


def test_the_older_api_says_what_cannot_be_known(server: User, user: User) -> None:
    """An answer that was lost is found while the generation runs; what is not in the list stays unknown."""
    script = """
        [[fault]]
        method = "POST"
        nth = 1
        drop = "after"
        [[fault]]
        method = "POST"
        nth = 2
        drop = "before"
    """
    with served(server.having(INFERENCE_SANDBOX_SPEED="0.2"), script, "--api", "2026-04") as running:
        client = running.client(user)
        client.run("config", "set", "api", "2026-04")
        client.run("config", "set", "namespace", "lab")
        after = client.run("image", "a fox", *SQUARE, "--no-wait")
        before = client.run("image", "an owl", *SQUARE, "--no-wait", "--timeout", "1s")
        recovered = client.run("recover", "--timeout", "1s")

    assert (after.code, before.code, recovered.code) == (0, 8, 8)
    assert "which forgets what has ended: it may have been accepted (and billed)" in before.err
    assert "cannot be known here. Look into your account on the web" in recovered.err
    assert books(server)[1] == 1
