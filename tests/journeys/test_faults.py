"""What goes wrong, on demand: magic words in prompts, and scripts of `sandbox serve --faults`."""

from pathlib import Path

import pytest

from tests.support.command import User, new_user
from tests.support.journey import SQUARE, Served, books, picture, valid

BROKE = "error: the connection broke after the request was sent; it may have been accepted (and billed)"
LOOK = "  Find out and collect it:  inference recover"


@pytest.fixture
def server(tmp_path: Path) -> User:
    """Who runs the server: another home, where the books can be read."""
    return new_user(tmp_path / "server")


def _scripted(server: User, script: str) -> Served:
    (server.cwd / "faults.toml").write_text(script)
    return Served(server, "--faults", "faults.toml")


def test_what_can_be_tried_again_is(server: User, user: User) -> None:
    """A GET that fails, a POST that is refused for now, a download that breaks: one command survives all three."""
    script = """
        [[fault]]
        path = "/api/ai/models/ideogram-v4"
        nth = 1
        status = 503
        [[fault]]
        path = "/api/ai/images/generate"
        nth = 1
        status = 429
        headers = { Retry-After = "1" }
        [[fault]]
        path = "/results/*"
        nth = 1
        truncate = 1000
    """
    with _scripted(server, script) as served:
        done = served.client(user).run("image", "a fox", *SQUARE, "-o", "fox.png")

        assert (done.code, done.lines, picture(user.cwd / "fox.png")) == (0, ["fox.png"], ("PNG", (512, 512)))
        assert any(
            line.startswith("the server is asked too often (HTTP 429); trying again in ")
            for line in done.err.splitlines()
        )
        assert [path.name for path in user.cwd.iterdir()] == ["fox.png"]
    assert books(server) == (99.97, 1)


def test_a_paid_request_without_an_answer_is_sent_once(server: User, user: User) -> None:
    """Dropped after it was accepted: it is found, and goes on. Before, or a 500: exit 8. The server saw each once."""
    script = """
        [[fault]]
        method = "POST"
        nth = 1
        drop = "after"
        [[fault]]
        method = "POST"
        nth = 2
        drop = "before"
        [[fault]]
        method = "POST"
        nth = 3
        status = 500
    """
    with _scripted(server, script) as served:
        client = served.client(user)
        fox, bird, cow = (("image", f"a {animal}", *SQUARE, "-o", "x.png") for animal in ("fox", "bird", "cow"))
        after, before = client.run(*fox), client.run(*bird, "--queue", "--timeout", "3s")
        broken = client.run(*cow, "--json", "--timeout", "3s")
        again = client.run(*bird, "--queue")
        local = client.run("queue", "list", "--local")
        anyway = client.run(*bird, "--queue", "--anyway")

    assert [done.code for done in (after, before, broken, again, anyway)] == [0, 8, 8, 8, 0]
    assert (after.lines, anyway.lines) == (["x.png"], ["x-1.png"])
    assert (before.err.splitlines()[-3], before.err.splitlines()[-1]) == (BROKE, LOOK)
    assert broken.json["error"]["code"] == "unknown_outcome"
    assert (valid(broken.json, "media"), broken.json["error"]["status"]) == (True, 500)
    assert "--anyway" in again.err
    assert (len(local.lines), local.err.count("is not known: ")) == (1, 2)
    assert local.err.splitlines()[-1] == "2 requests have an unknown outcome. Find out:  inference recover"
    assert books(server) == (99.94, 2)


def test_a_link_that_expired_is_asked_for_again(server: User, user: User) -> None:
    """A queued result has a fresh one."""
    script = """
        [[fault]]
        path = "/api/ai/queue/*"
        nth = 1
        expired = true
    """
    with _scripted(server, script) as served:
        client = served.client(user)
        identity = client.run(
            "image", "a fox", *SQUARE, "--no-wait", "--jq", ".generations[].generation_id"
        ).text.strip()
        done = client.run("queue", "wait", identity, "-o", "fox.jpg")

    assert (done.code, done.lines, picture(user.cwd / "fox.jpg")) == (0, ["fox.jpg"], ("JPEG", (512, 512)))


@pytest.mark.parametrize(
    ("word", "code", "last"),
    [
        ("fail", 9, ["error: the generation failed: The model failed to generate a result"]),
        ("refuse", 5, ["error: the server refused the request: The request was refused, as its prompt asked"]),
        (
            "cut",
            8,
            [
                BROKE,
                "  It is not in the server's list: presumed not sent, and not billed.",
                (
                    "  Nothing was sent twice.  Ask again:  inference image 'a fox sandbox:cut' -m ideogram-v4"
                    " -p image_size=square --queue -o fox.png"
                ),
            ],
        ),
        (
            "credits",
            6,
            [
                "error: there are not enough credits",
                "  Insufficient credits: add credits to your account to go on",
                "  Give the credits back:  inference sandbox reset",
            ],
        ),
        (
            "expired",
            9,
            [
                "error: the result has expired: its link is not served any more, and there is no fresh one",
                "  It was made, and probably charged.",
                "  Look for the result in your account on the web",
            ],
        ),
    ],
)
def test_what_a_word_in_the_prompt_does_to_the_queue(offline: User, word: str, code: int, last: list[str]) -> None:
    """The exit code of the table and a sentence; no file, nor a part of one."""
    done = offline.run("image", f"a fox sandbox:{word}", *SQUARE, "--queue", "-o", "fox.png")

    assert (done.code, done.out, done.err.splitlines()[-len(last) :]) == (code, b"", last)
    assert list(offline.cwd.iterdir()) == []


def test_credits_run_out(offline: User) -> None:
    """For good, too: what is left is not enough for the next, which is not sent twice."""
    done = offline.run("video", "waves", "-m", "kling-video-v2-6-pro-text-to-video", "--duration", "10", "-n", "200", "-y",
                       "--no-wait", "--json")  # fmt: skip

    accepted = len([row for row in done.json["generations"] if row["generation_id"]])
    assert (done.code, accepted, books(offline)) == (10, 140, (2.0, 140))


def test_some_of_several(offline: User) -> None:
    """Exit 10: what succeeded is on disk under its number, what failed is in the document."""
    done = offline.run("image", "foxes sandbox:partial", *SQUARE, "-n", "4", "--queue", "-o", "fox.png", "--json")

    rows = [(row["status"], row["path"]) for row in done.json["generations"]]
    assert (done.code, valid(done.json, "media")) == (10, True)
    assert rows == [("succeeded", "fox-1.png"), ("failed", None), ("succeeded", "fox-3.png"), ("failed", None)]
    assert done.json["error"]["message"] == (
        "2 of 4 are done; the rest: the generation failed: The model failed to generate a result"
    )
    assert sorted(path.name for path in offline.cwd.iterdir()) == ["fox-1.png", "fox-3.png"]
    assert books(offline) == (99.94, 4)


def test_a_download_that_breaks_goes_on_where_it_was(offline: User) -> None:
    """And is the whole picture in the end."""
    done = offline.run("image", "a fox sandbox:broken", *SQUARE, "-o", "fox.png")

    assert (done.code, done.lines, picture(offline.cwd / "fox.png")) == (0, ["fox.png"], ("PNG", (512, 512)))


def test_a_damaged_download_never_gets_the_name(offline: User) -> None:
    """Exit 12; what came is kept aside for a look."""
    done = offline.run("image", "a fox sandbox:damaged", *SQUARE, "-o", "fox.png")

    (kept,) = offline.cwd.iterdir()
    lines = done.err.splitlines()[-3:]
    assert (done.code, done.out) == (12, b"")
    assert lines[:2] == [
        "error: the result is damaged: it ends inside the PNG chunk IDAT",
        f"  kept for a look: {kept.name}",
    ]
    assert lines[2].startswith("  Fetch it again:  inference queue download ")
    assert (kept.name.startswith(".fox."), kept.name.endswith(".part.bad")) == (True, True)


def test_asked_too_often(offline: User) -> None:
    """``--no-retry`` gives up at once with exit 7: nothing was accepted, it may be run again."""
    once = offline.run("image", "a fox sandbox:429", *SQUARE, "--no-retry")

    assert (once.code, once.err.splitlines()[-2:]) == (
        7,
        ["error: the server is asked too often", "  Rate limit exceeded, try again later"],
    )
    assert books(offline) == (100.0, 0)
