"""What the queue commands show."""

import pytest

from tests.support.program import Program

MODEL = "kling-video-v2-6-pro-text-to-video"


@pytest.fixture
def waiting(program: Program) -> str:
    """The id of a generation that stays in the queue."""
    document = program("--sandbox", "queue", "submit", "waves sandbox:stuck", "-m", MODEL, "-y", "--json").json
    return str(document["generations"][0]["generation_id"])


def test_the_queue_is_a_row_per_generation(program: Program, waiting: str) -> None:
    """Ids are whole in a pipe, and there is no heading."""
    rows = [line.split("\t") for line in program("--sandbox", "queue", "list").lines]

    assert [(row[0], row[1], row[2], row[4]) for row in rows] == [(waiting, MODEL, rows[0][2], "waves sandbox:stuck")]
    assert rows[0][2] in {"queued", "processing"}


def test_the_queue_in_json_holds_the_rows_of_the_api(program: Program, waiting: str) -> None:
    """Unknown fields survive."""
    document = program("--sandbox", "queue", "list", "--json").json

    assert [row["generation_id"] for row in document["data"]] == [waiting]
    assert document["data"][0]["prompt"] == "waves sandbox:stuck"


def test_filters_reach_the_server(program: Program, waiting: str) -> None:
    """Nothing is queued of another kind; an empty list says how to see what ended."""
    done = program("--sandbox", "queue", "list", "--media-type", "image")

    assert (done.code, done.out) == (0, "")
    assert "inference --sandbox queue list --status succeeded" in done.err
    assert waiting not in done.err


def test_the_journal_is_listed_without_asking_anybody(program: Program, waiting: str) -> None:
    """As a table and as JSON."""
    row = program("--sandbox", "queue", "list", "--local").lines[0].split("\t")
    document = program("--sandbox", "queue", "list", "--local", "--json").json

    assert (row[0], row[1], row[4]) == (waiting, MODEL, "waves sandbox:stuck")
    assert [(one["generation_id"], one["path"]) for one in document["data"]] == [(waiting, None)]


def test_an_outcome_that_nobody_knows_is_warned_of(program: Program) -> None:
    """It has no id, and may have been paid for."""
    program("--sandbox", "video", "waves sandbox:500", "-m", MODEL, "--sync", "-y")

    done = program("--sandbox", "queue", "list", "--local")

    assert done.out == ""
    assert f"warning: the outcome of a request to {MODEL} (“waves sandbox:500”) is not known" in done.err


def test_the_queue_warns_of_it_too(program: Program) -> None:
    """Whoever follows the hint of exit 8 does not conclude that nothing was accepted (fault C7)."""
    program("--sandbox", "video", "waves sandbox:500", "-m", MODEL, "--sync", "-y")

    assert f"the outcome of a request to {MODEL}" in program("--sandbox", "queue", "list").err


def test_a_direct_result_whose_link_is_lost_is_not_pending_for_ever(program: Program) -> None:
    """It has no other handle: it is said to be lost, with where to look (fault C30)."""
    lost = program("--sandbox", "image", "a fox sandbox:expired", "-o", str(program.cwd / "fox.png"))
    row = program("--sandbox", "queue", "list", "--local").lines[0].split("\t")

    assert lost.code == 9
    assert lost.err.splitlines()[-1] == "  Look for the result in your account on the web"
    assert row[2] == "vanished"


def test_a_generation_is_shown_by_a_prefix(program: Program, waiting: str) -> None:
    """Field by field, as far as known."""
    shown = dict(line.split("\t") for line in program("--sandbox", "queue", "show", waiting[:6]).lines)

    assert {"id": shown["id"], "model": shown["model"], "what": shown["what"]} == {
        "id": waiting,
        "model": MODEL,
        "what": "waves sandbox:stuck",
    }


def test_an_unknown_id_is_exit_4(program: Program) -> None:
    """For showing and for cancelling alike."""
    for verb in ("show", "cancel"):
        done = program("--sandbox", "queue", verb, "00000000-0000-4000-8000-000000000000")

        assert done.code == 4
        assert done.err.splitlines()[-1] == "  See:  inference --sandbox queue list"


def test_cancelling_reports_the_state_that_is_real(program: Program, waiting: str) -> None:
    """Once cancelled it stays so; the id is whole in a pipe."""
    assert program("--sandbox", "queue", "cancel", "last").out == f"{waiting}\tcancelled\n"
    assert program("--sandbox", "queue", "cancel", waiting, "--json").json["generations"][0]["status"] == "cancelled"


def test_what_ended_before_is_not_cancelled_but_offered(program: Program) -> None:
    """A paid result is not lost by the wish to cancel (fault C22)."""
    model = "black-forest-labs-flux-2-klein-4b"
    made = program("--sandbox", "image", "a fox", "-m", model, "--queue", "-o", str(program.cwd) + "/", "--json").json
    identity = made["generations"][0]["generation_id"]

    done = program("--sandbox", "queue", "cancel", identity)

    assert (done.code, done.out) == (0, f"{identity}\tsucceeded\n")
    assert done.err == f"  It had ended before. Fetch it:  inference --sandbox queue download {identity}\n"


def test_a_direct_result_has_nothing_to_cancel(program: Program) -> None:
    """And is shown from the journal alone."""
    program("--sandbox", "image", "a fox", "-o", str(program.cwd / "fox.png"))

    assert program("--sandbox", "queue", "cancel", "last").code == 2
    shown = dict(line.split("\t") for line in program("--sandbox", "queue", "show", "last").lines)
    assert (shown["state"], shown["file"]) == ("succeeded", str(program.cwd / "fox.png"))


def test_the_older_api_lists_by_model(program: Program) -> None:
    """A flag names it, or the journal knows what is pending."""
    program("--sandbox", "config", "set", "api", "2026-04")

    nothing = program("--sandbox", "queue", "list")
    program("--sandbox", "queue", "submit", "waves sandbox:stuck", "-m", MODEL, "-y")
    pending = program("--sandbox", "queue", "list")
    named = program("--sandbox", "queue", "list", "-m", MODEL)

    assert (nothing.code, nothing.err.splitlines()[-1]) == (2, "  Name one:  inference --sandbox queue list -m MODEL")
    assert [line.split("\t")[1] for line in pending.lines] == [MODEL]
    assert [line.split("\t")[1] for line in named.lines] == [MODEL]


def test_the_older_api_forgets_what_was_cancelled(program: Program) -> None:
    """Its answer is taken for what it is, and remembered here: a second try says the same."""
    program("--sandbox", "config", "set", "api", "2026-04")
    document = program("--sandbox", "queue", "submit", "waves sandbox:stuck", "-m", MODEL, "-y", "--json").json
    identity = document["generations"][0]["generation_id"]

    first = program("--sandbox", "queue", "cancel", identity)
    second = program("--sandbox", "queue", "cancel", identity)

    assert (first.code, first.out) == (0, f"{identity}\tcancelled\n")
    assert (second.code, second.out) == (0, f"{identity}\tcancelled\n")
    waited = program("--sandbox", "queue", "wait", identity)
    assert (waited.code, waited.err.splitlines()[-1]) == (9, "error: the generation was cancelled")
