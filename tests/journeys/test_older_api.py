"""The 2026-04 generation of the API, in the sandbox of a profile that says so."""

import pytest

from tests.support.command import User
from tests.support.journey import FILM, FILM_MODEL, SQUARE, Film, books, film, picture, valid

NOTE = "  in the 2026-04 API a queued result has no link: it is saved in the namespace, not on this disk"
LEFT = "error: it has left the queue: it ended, and the 2026-04 API does not say how, nor where its result is"


@pytest.fixture
def older(offline: User) -> User:
    """Somebody whose sandbox speaks the older API, by a line in the settings."""
    file = offline.home / ".config" / "inference" / "config.toml"
    file.parent.mkdir(parents=True, mode=0o700)
    file.touch(mode=0o600)
    file.write_text('[profiles.sandbox]\napi = "2026-04"\n')
    return offline.having(INFERENCE_CONFIG_DIR=str(file.parent))


def test_it_is_chosen_by_a_setting(offline: User) -> None:
    """Of the profile that is in use; what is sent goes to the routes of that API."""
    fox = ("image", "a fox", *SQUARE, "--dry-run", "--jq", ".request.path")
    before = offline.run(*fox)
    done = offline.run("config", "set", "api", "2026-04")
    after = offline.run(*fox)

    assert (done.code, done.err) == (0, "  api = 2026-04  (profile sandbox)\n")
    assert (before.text, after.text) == ("/ai/images/generate\n", "/images/generate\n")


def test_pictures_are_direct(older: User) -> None:
    """Edits too."""
    done = older.run("image", "a fox", *SQUARE, "-o", "fox.png")
    edit = older.run("image", "at night", "-i", "fox.png", "-o", "night.png")

    assert (done.code, done.lines) == (0, ["fox.png"])
    assert picture(older.cwd / "fox.png") == ("PNG", (512, 512))
    assert (edit.code, edit.lines, picture(older.cwd / "night.png")) == (0, ["night.png"], ("PNG", (512, 512)))


def test_films_are_direct_as_well(older: User) -> None:
    """A queued result would have no link."""
    dry = older.run("video", "waves", *FILM, "--dry-run", "--jq", ".request.path")
    done = older.run("video", "waves", *FILM, "-o", "waves.mp4")

    assert (dry.text, done.code, done.lines) == ("/videos/generate\n", 0, ["waves.mp4"])
    assert film(older.cwd / "waves.mp4") == Film("h264", (64, 64), 0.25)
    assert done.err.splitlines()[1] == "waves generating"


def test_the_queue_says_first_that_there_will_be_no_file(older: User) -> None:
    """What leaves the list has ended, nobody can tell how: exit 9, in words."""
    done = older.run("video", "waves", *FILM, "--queue", "-o", "waves.mp4")

    lines = done.err.splitlines()
    assert (done.code, done.out, lines[1]) == (9, b"", NOTE)
    assert lines[-2:] == [LEFT, "  Look for the result in your account on the web"]
    assert list(older.cwd.iterdir()) == []
    assert books(older)[1] == 1


def test_the_queue_is_listed_by_model(older: User) -> None:
    """Of those that the journal has pending, or of the one that is named; it can be cancelled."""
    nothing = older.run("queue", "list")
    submitted = older.run("queue", "submit", "waves sandbox:stuck", *FILM)
    (identity,) = submitted.lines

    rows = [older.run("queue", "list", *more) for more in ((), ("-m", FILM_MODEL), ("-m", "ideogram-v4"))]

    assert (nothing.code, nothing.err.splitlines()[0]) == (
        2,
        "error: the 2026-04 API lists the queue of one model at a time, and nothing is pending here",
    )
    assert submitted.err.splitlines()[1] == NOTE
    assert [[line.split("\t")[:3] for line in done.lines] for done in rows] == [
        [[identity, FILM_MODEL, "processing"]],
        [[identity, FILM_MODEL, "processing"]],
        [],
    ]
    cancelled = older.run("queue", "cancel", identity[:4])
    assert (cancelled.code, cancelled.text) == (0, f"{identity}\tcancelled\n")
    waited = older.run("queue", "wait", identity[:4])
    assert (waited.code, waited.err.splitlines()[-1]) == (9, "error: the generation was cancelled")


def test_models_are_listed_and_shown(older: User) -> None:
    """With the same columns as in the current API."""
    listed, shown = older.run("models", "list", "--output", "video", "--json"), older.run("models", "show", FILM_MODEL)

    names = {row.get("name") for row in listed.json["data"]}
    assert (listed.code, valid(listed.json, "list"), FILM_MODEL in names, "ideogram-v4" in names) == (
        0,
        True,
        True,
        False,
    )
    assert shown.code == 0
    assert shown.lines[0].endswith(f"\t{FILM_MODEL}")
    assert "num_frames\tinteger\t81\t1 to 120" in shown.lines


def test_an_unknown_model_has_its_closest_names_here_too(older: User) -> None:
    """Exit 4, nothing sent."""
    done = older.run("image", "a fox", "-m", "ideogram-v5")

    assert (done.code, done.err.splitlines()[0]) == (4, "error: no model named ideogram-v5")
    assert done.err.splitlines()[1].startswith("  closest: ideogram-v4")
