"""The history: what was made, what it cost, in a pipe and in a terminal, in both generations of the API."""

import pytest

from tests.support.command import User
from tests.support.journey import FILM, FILM_MODEL, SQUARE, picture, sha256, valid

PICTURE = ("image", "a fox", *SQUARE, "--queue", "-q")


@pytest.fixture
def maker(offline: User) -> User:
    """Somebody who made a picture through the queue, another directly, and a film that failed."""
    assert offline.run(*PICTURE, "-o", "fox.png", "--tag", "spring").code == 0
    assert offline.having(INFERENCE_TAG="ad").run("image", "an owl", *SQUARE, "-o", "owl.png", "-q").code == 0
    assert offline.run("queue", "submit", "waves sandbox:fail", *FILM, "-q").code == 0
    return offline


def test_what_was_made_is_listed_shown_and_summed(maker: User) -> None:
    """From the list to one of it, by the beginning of its id; the sum is what was charged."""
    listed = maker.run("history", "list")
    rows = [line.split("\t") for line in listed.lines]
    shown = maker.run("history", "show", rows[-1][0][:8])
    summed = maker.run("history", "spend", "--by", "model")

    assert (listed.code, listed.err) == (
        0,
        "  1 made directly here, which the server may list by other ids:  inference history list --local\n",
    )
    assert [(row[1], row[2], row[4], row[5]) for row in rows] == [
        (FILM_MODEL, "failed", "", "waves sandbox:fail"),
        ("ideogram-v4", "succeeded", "0.03", "an owl"),
        ("ideogram-v4", "succeeded", "0.03", "a fox"),
    ]
    facts = dict(line.split("\t") for line in shown.lines)
    assert (facts["cost"], facts["estimated"], facts["tag"]) == ("$0.0300", "$0.03 (as charged)", "spring")
    assert (facts["file"], facts["sha256"]) == (str(maker.cwd / "fox.png"), sha256(maker.cwd / "fox.png"))
    assert [line.split("\t")[:3] for line in summed.lines] == [["ideogram-v4", "2", "0.06"], [FILM_MODEL, "1", ""]]
    assert "1 failed or cancelled, without a charge" in summed.err


def test_a_script_finds_what_a_label_cost(maker: User) -> None:
    """Both labels, the one of the variable too; the documents have the shapes that ship."""
    labels = maker.run("history", "list", "--tag", "ad", "--json")
    sums = maker.run("history", "spend", "--by", "tag", "--json")
    spring = maker.run("history", "spend", "--tag", "spring", "--jq", ".total.cost")

    assert (valid(labels.json, "history"), valid(sums.json, "spend")) == (True, True)
    assert [(row["path"], row["direct"]) for row in labels.json["data"]] == [(str(maker.cwd / "owl.png"), True)]
    rows = {row["key"]: (row["cost"], row["direct"]) for row in sums.json["data"]}
    assert rows == {None: (0.03, 0), "spring": (0.03, 0), "ad": (None, 1)}
    assert spring.text == "0.03\n"


def test_the_history_in_a_terminal(maker: User) -> None:
    """A table, and bars with a total."""
    listed = maker.terminal("history", "list", columns=140)
    assert listed.finish() == 0
    titles, first, *_, last, _ = listed.screen
    assert titles.split() == ["id", "model", "state", "age", "cost", "what", "tag", "file"]
    assert first.split()[1:3] == [FILM_MODEL, "failed"]
    assert last.split()[-5:] == ["$0.0300", "a", "fox", "spring", "fox.png"]
    assert b"\x1b[31mfailed" in listed.raw

    spent = maker.terminal("history", "spend", "--by", "media", columns=72)
    assert spent.finish() == 0
    titles, images, films, total, *remarks = spent.screen
    assert titles.split() == ["media", "cost", "number", "estimated", "difference"]
    assert images.split() == ["image", images.split()[1], "$0.06", "2", "$0.03", "$0.00"]
    assert set(images.split()[1]) == {"█"}
    assert (films.split(), total.split()) == (["video", "1"], ["total", "$0.06", "3", "$0.03", "$0.00"])
    assert remarks[-1] == "  made directly here: 1, estimated $0.03; it may be among the above"


def test_bars_without_colour_or_blocks(maker: User) -> None:
    """``NO_COLOR``, ``TERM=dumb``, another encoding, a narrow window."""
    spend = ("history", "spend", "--by", "model")
    bare = maker.having(NO_COLOR="1").terminal(*spend)
    dumb = maker.having(TERM="dumb").terminal(*spend)
    latin = maker.having(PYTHONIOENCODING="latin-1").terminal(*spend)
    narrow = maker.terminal(*spend, columns=40)

    assert [terminal.finish() for terminal in (bare, dumb, latin, narrow)] == [0] * 4
    assert (b"\x1b" in bare.raw, b"\x1b" in dumb.raw) == (False, False)
    assert ("█".encode() in bare.raw, b"##" in dumb.raw, b"##" in latin.raw) == (True, True, True)
    assert dumb.raw.isascii()
    assert all(len(line) <= 40 for line in narrow.screen[:4])


def test_without_a_history_the_journal_stands_in(maker: User) -> None:
    """In the 2026-04 API; with ``--local`` anywhere, and then nobody is asked."""
    older = maker.run("config", "set", "api", "2026-04")
    spent, listed = maker.run("history", "spend", "--by", "tag"), maker.run("history", "list", "--local", "--all")
    shown = maker.run("history", "show", listed.lines[-1][:6])

    assert older.code == 0
    assert [line.split("\t")[:4] for line in spent.lines] == [
        ["spring", "1", "0.03", "0.03"],  # it went through the queue, which said what it cost
        ["ad", "1", "", "0.03"],
        ["(no tag)", "1", "", ""],
    ]
    assert spent.err.splitlines()[0] == (
        "  the 2026-04 API has no history: this is what this machine asked for, with its own estimates"
    )
    assert [line.split("\t")[5] for line in listed.lines] == ["waves sandbox:fail", "an owl", "a fox"]
    assert shown.code == 0
    assert picture(maker.cwd / "owl.png")[1] == (512, 512)


def test_a_reader_that_has_seen_enough_may_leave(maker: User) -> None:
    """A closed pipe is no error with a trace (fault G12)."""
    process = maker.start("history", "list", "--all")
    with process:
        assert process.stdout is not None
        process.stdout.close()
        _, err = process.communicate(timeout=60)
    assert b"Traceback" not in err
