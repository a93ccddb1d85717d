"""The queue: submitted by one process, listed, waited for, downloaded and cancelled by others."""

import signal
from pathlib import Path

from tests.support.command import User
from tests.support.journey import FILM, FILM_MODEL, SQUARE, Film, books, film, picture, valid


def _submit(user: User, prompt: str, *more: str) -> list[str]:
    """Submit films, and their whole ids."""
    done = user.run("queue", "submit", prompt, *FILM, *more)
    assert done.code == 0, done.err
    return done.lines


def test_one_process_submits_and_another_collects(offline: User) -> None:
    """The id is the result of the first; the second finds it by a prefix, and the name that the first gave."""
    (identity,) = _submit(offline, "waves at dawn", "-o", "waves.mp4")

    waited = offline.run("queue", "wait", identity[:6])

    assert (len(identity), waited.code) == (36, 0)
    assert [Path(line).name for line in waited.lines] == ["waves.mp4"]
    assert film(offline.cwd / "waves.mp4") == Film("h264", (64, 64), 0.25)
    again = offline.run("queue", "wait", "last")
    assert (again.code, again.lines) == (0, waited.lines)
    assert sorted(path.name for path in offline.cwd.iterdir()) == ["waves.mp4"]


def test_ids_are_printed_at_once(offline: User) -> None:
    """``--no-wait`` is ``queue submit`` by another name; as a document it has the ids too."""
    shown = offline.run("video", "waves", *FILM, "--no-wait")
    document = offline.run("video", "waves", *FILM, "-n", "2", "--no-wait", "--json")

    journal = offline.run("queue", "list", "--local", "--json").json["data"]
    ids = [row["generation_id"] for row in reversed(journal)]
    assert (shown.code, document.code, valid(document.json, "media")) == (0, 0, True)
    assert shown.lines == ids[:1]
    assert [row["generation_id"] for row in document.json["generations"]] == ids[1:]


def test_seven_are_four_and_three(offline: User) -> None:
    """Fanned out over requests of at most four; each gets its number."""
    dry = offline.run(
        "queue", "submit", "waves", *FILM, "-n", "7", "--dry-run", "--jq", "[.request.bodies[].num_generations]"
    )
    ids = _submit(offline, "waves", "-n", "7", "-o", "waves.mp4")

    waited = offline.run("queue", "wait", *ids, "--jq", '[.generations[].path | split("/")[-1]]')

    assert (dry.json, len(set(ids)), waited.code) == ([4, 3], 7, 0)
    assert waited.json == [f"waves-{n}.mp4" for n in range(1, 8)]
    assert books(offline)[1] == 7


def test_what_runs_is_listed_shown_and_cancelled(offline: User) -> None:
    """Whole ids and tabs in a pipe; afterwards the queue is empty and waiting says why there is nothing."""
    (identity,) = _submit(offline, "waves sandbox:stuck")

    listed, local = offline.run("queue", "list"), offline.run("queue", "list", "--local")
    document = offline.run("queue", "list", "--json")
    shown = offline.run("queue", "show", identity[:4])

    row = listed.text.rstrip("\n").split("\t")
    assert (row[0], row[1], row[2], row[4]) == (identity, FILM_MODEL, "processing", "waves sandbox:stuck")
    assert local.text.split("\t")[0] == identity
    assert (valid(document.json, "list"), document.json["data"][0]["generation_id"]) == (True, identity)
    facts = dict(line.split("\t") for line in shown.lines)
    assert (facts["id"], facts["model"], facts["state"]) == (identity, FILM_MODEL, "processing")

    cancelled = offline.run("queue", "cancel", identity[:4])
    assert (cancelled.code, cancelled.text) == (0, f"{identity}\tcancelled\n")
    assert offline.run("queue", "list").out == b""
    waited = offline.run("queue", "wait", "last", "--json")
    assert (waited.code, valid(waited.json, "media")) == (9, True)
    assert waited.json["error"]["message"] == "the generation was cancelled"
    assert waited.json["generations"][0]["status"] == "cancelled"


def test_cancelling_what_has_ended_changes_nothing(offline: User) -> None:
    """It says so, and the result can still be downloaded, as often as one likes."""
    (identity,) = _submit(offline, "waves", "-o", "waves.mp4")
    offline.run("queue", "wait", identity)

    cancelled = offline.run("queue", "cancel", identity)
    again = offline.run("queue", "download", identity, "-o", "again.mp4")

    assert (cancelled.code, cancelled.text) == (0, f"{identity}\tsucceeded\n")
    assert (again.code, again.lines) == (0, ["again.mp4"])
    assert (offline.cwd / "again.mp4").read_bytes() == (offline.cwd / "waves.mp4").read_bytes()


def test_downloading_what_still_runs_leaves_it_alone(offline: User) -> None:
    """It looks once; exit 124 says that it goes on."""
    (identity,) = _submit(offline, "waves sandbox:stuck")

    done = offline.run("queue", "download", identity)

    assert (done.code, done.out) == (124, b"")
    assert f"inference queue wait {identity[:4]}" in done.err
    assert offline.run("queue", "list").text.split("\t")[0] == identity


def test_a_waiting_command_that_is_terminated(offline: User) -> None:
    """It ends by the signal, as a shell wants it; the generation runs on, and its id was printed."""
    waiting = offline.start("video", "waves sandbox:stuck", *FILM)
    with waiting:
        assert waiting.stderr is not None
        lines = [waiting.stderr.readline().decode() for _ in range(2)]
        waiting.send_signal(signal.SIGTERM)
        rest = waiting.communicate(timeout=60)[1].decode()

    short = lines[1].split()[0]
    assert (waiting.returncode, lines[1]) == (-signal.SIGTERM, f"{short} queued 0s\n")
    assert f"Collect it:  inference queue wait {short[:4]}" in rest
    assert offline.run("queue", "list").text.startswith(short)


def test_pictures_go_through_the_queue_too(offline: User) -> None:
    """With ``--queue``; what ended is listed by its status."""
    done = offline.run("image", "a fox", *SQUARE, "--queue", "-o", "fox.png")

    ended = offline.run("queue", "list", "--status", "succeeded", "--media-type", "image")
    assert (done.code, done.lines, picture(offline.cwd / "fox.png")[1]) == (0, ["fox.png"], (512, 512))
    assert [line.split("\t")[1:3] for line in ended.lines] == [["ideogram-v4", "succeeded"]]
    assert offline.run("queue", "list", "--status", "succeeded", "--media-type", "video").out == b""


def test_an_id_that_nobody_knows(offline: User) -> None:
    """Exit 4 and the way to the right ones; ``last`` needs something to be last."""
    done, last = offline.run("queue", "wait", "nope"), offline.run("queue", "show", "last")

    assert (done.code, done.err.splitlines()[-2:]) == (
        4,
        ["error: no generation nope is known", "  See:  inference queue list"],
    )
    assert (last.code, last.out) == (4, b"")
