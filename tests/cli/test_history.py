"""`history list|show|spend`, in this process."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock
from inference_cli.sandbox.store import Row, Store
from tests.support.journey import SQUARE, picture, valid
from tests.support.program import Program, program_in

FILM = "kling-video-v2-6-pro-text-to-video"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Server:
    """A history of made-up rows at the service's own origin, in any order, a thousand a page."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.endless = False

    def add(self, identity: str, ago: timedelta, cost: str | None = "0.35", **fields: Any) -> None:
        """A generation that was asked for some time ago."""
        row = {"generation_id": identity, "model_name": FILM, "media_type": "video", "status": "succeeded"}
        when = int((NOW - ago).timestamp())
        self.rows.append({**row, "enqueued_at": when, "cost": cost, "prompt": "waves", **fields})

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer; only the history is asked."""
        self.asked.append(request.url.raw_path.decode())
        _, _, identity = request.url.path.partition("/ai/generations/")
        if identity:
            found = [row for row in self.rows if row["generation_id"] == identity]
            return httpx.Response(200, json={"generation": found[0]}) if found else httpx.Response(404, json={})
        if not request.url.path.endswith("/ai/generations"):
            return httpx.Response(404, json={})
        query = {name: values[0] for name, values in parse_qs(request.url.query.decode()).items()}
        page, size = int(query["page"]), int(query["page_size"])
        names = {"model": "model_name", "status": "status"}
        if self.endless:
            return httpx.Response(200, json={"generations": [{"generation_id": f"x{page}", "status": "failed"}]})
        rows = [row for row in self.rows if all(row[names[name]] == query[name] for name in names if name in query)]
        return httpx.Response(
            200,
            json={
                "generations": rows[(page - 1) * size : page * size],
                "total_pages": -(-len(rows) // size),
                "total_entries": len(rows),
                "page_size": size,
            },
        )


@pytest.fixture
def server() -> Server:
    """One without a row."""
    return Server()


@pytest.fixture
def remote(tmp_path: Path, server: Server) -> Program:
    """The program with a token for that server, on 25 November 2026 at noon, in Berlin."""
    program = program_in(tmp_path, clock=ManualClock(NOW.timestamp()), transport=lambda: httpx.MockTransport(server))
    program.env = {**program.env, "INFERENCE_API_KEY": "test-token-0123456789", "TZ": "Europe/Berlin"}
    return program


@pytest.fixture
def made(program: Program) -> Program:
    """The sandbox after a picture of the queue, a direct one, a film that failed and one that still runs."""
    folder = f"{program.cwd}/"
    program("--sandbox", "image", "waves", *SQUARE, "--queue", "-o", folder, "--tag", "spring", "-q")
    program("--sandbox", "image", "a fox", *SQUARE, "-o", folder, "--tag", "ad", "-q")
    program("--sandbox", "queue", "submit", "waves sandbox:fail", "-m", FILM, "-q")
    program("--sandbox", "queue", "submit", "waves sandbox:stuck", "-m", FILM, "-q")
    return program


def fields(line: str) -> list[str]:
    """The cells of a line."""
    return line.split("\t")


# ------------------------------------------------------------------------------------------------ list


def test_past_generations_are_listed_newest_first(made: Program) -> None:
    """Whole ids, times of ISO 8601, money without a sign; label, file and estimate come from this machine."""
    done = made("--sandbox", "history", "list")

    rows = [fields(line) for line in done.lines]
    assert (done.code, done.err) == (
        0,
        "  1 made directly here, which the server may list by other ids:  inference --sandbox history list --local\n",
    )
    assert [(row[1], row[5], row[7], row[8]) for row in rows] == [
        (FILM, "waves sandbox:stuck", "", "0.35"),
        (FILM, "waves sandbox:fail", "", "0.35"),
        ("ideogram-v4", "a fox", "", ""),
        ("ideogram-v4", "waves", "spring", "0.03"),
    ]
    assert [row[4] for row in rows][1:] == ["", "0.03", "0.03"]
    assert [len(row[0]) for row in rows] == [36] * 4
    assert datetime.fromisoformat(rows[0][3]).tzinfo == UTC
    assert picture(Path(rows[3][6]))[1] == (512, 512)


def test_filters_reach_the_server_or_are_applied_here(made: Program) -> None:
    """Each for itself; what nothing fits is said."""

    def prompts(*filters: str) -> list[str]:
        return [fields(line)[5] for line in made("--sandbox", "history", "list", *filters).lines]

    assert prompts("--status", "failed") == ["waves sandbox:fail"]
    assert prompts("--media-type", "image") == prompts("-m", "ideogram-v4") == ["a fox", "waves"]
    assert prompts("--since", "1h", "--until", "today", "--namespace", "sandbox", "--limit", "1") == [
        "waves sandbox:stuck"
    ]
    nothing = made("--sandbox", "history", "list", "--until", "yesterday")
    assert (nothing.code, nothing.out) == (0, "")
    assert "Nothing fits." in nothing.err


def test_a_label_finds_what_was_made_directly_too(made: Program) -> None:
    """From the journal, under this machine's own id, with its estimate; not twice."""
    row = fields(made("--sandbox", "history", "list", "--tag", "ad").out.rstrip("\n"))
    document = made("--sandbox", "history", "list", "--tag", "ad", "--json").json

    assert (row[1], row[4], row[5], row[7], row[8]) == ("ideogram-v4", "", "a fox", "ad", "0.03")
    assert [(one["direct"], one["tag"], one["cost"], one["estimated_cost"]) for one in document["data"]] == [
        (True, "ad", None, 0.03)
    ]
    assert valid(document, "history")


def test_the_document_holds_the_rows_of_the_api(made: Program) -> None:
    """With the API's own fields beside ours; whether that is all, is said."""
    document = made("--sandbox", "history", "list", "--json", "--limit", "2").json
    everything = made("--sandbox", "history", "list", "--all", "--jq", "[.complete, (.data | length)]").json

    assert (document["complete"], len(document["data"]), everything) == (False, 2, [True, 4])
    assert document["data"][0]["username"] == "sandbox"
    assert valid(document, "history")


def test_the_journal_alone_is_listed_without_a_token(made: Program) -> None:
    """Nobody is asked; costs that the server named before are known."""
    made("--sandbox", "history", "list")
    rows = [fields(line) for line in made("--sandbox", "history", "list", "--local").lines]
    document = made("--sandbox", "history", "list", "--local", "--limit", "1", "--json").json
    alone = made("history", "list", "--local")

    assert [(row[4], row[5], row[8]) for row in rows] == [
        ("0.35", "waves sandbox:stuck", "0.35"),
        ("", "waves sandbox:fail", "0.35"),
        ("", "a fox", "0.03"),
        ("0.03", "waves", "0.03"),
    ]
    assert (document["complete"], document["data"][0]["prompt"], valid(document, "history")) == (
        False, "waves sandbox:stuck", True,
    )  # fmt: skip
    assert (alone.code, alone.out) == (0, "")


def test_a_terminal_gets_a_table(made: Program) -> None:
    """Short ids, ages, dollars; the file as somebody here would type it."""
    done = made("--sandbox", "history", "list", "--limit", "3", terminal=True, COLUMNS="160", NO_COLOR="1")

    titles, *rows = [line.split() for line in done.lines]
    assert titles == ["id", "model", "state", "age", "cost", "what"]
    assert [row[0] for row in rows] == [
        fields(line)[0][:8] for line in made("--sandbox", "history", "list", "--limit", "3").lines
    ]
    assert "The newest 3 of 4. All of them:  inference --sandbox history list --all" in done.err
    tagged = made("--sandbox", "history", "list", "--tag", "spring", terminal=True, COLUMNS="160", NO_COLOR="1")
    (file,) = made.cwd.glob("waves*")
    assert tagged.lines[0].split()[-2:] == ["what", "file"]
    assert tagged.lines[1].split()[-3:] == ["$0.0300", "waves", file.name]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["list", "--since", "soon"], "'soon' is no moment"),
        (["list", "--limit", "3", "--all"], "--limit and --all exclude each other"),
        (["list", "--since", "1d", "--until", "2d"], "--since 1d is not before --until 2d"),
        (["list", "--tag", "two words"], "--tag must be one word of 1 to 64 characters"),
    ],
)
def test_what_contradicts_itself_is_refused(program: Program, arguments: list[str], message: str) -> None:
    """Exit 2, and nobody was asked."""
    done = program("--sandbox", "history", *arguments)

    assert (done.code, done.out) == (2, "")
    assert f"error: {message}" in done.err


def test_thousands_are_paged_to_the_end(remote: Program, server: Server) -> None:
    """In whatever order they come: the newest of 2,500 is on the last page."""
    for number in range(2500):
        server.add(f"id-{number}", timedelta(hours=2500 - number))

    done = remote("history", "list", "--since", "24h", "--limit", "3")
    everything = remote("history", "list", "--all")

    assert [fields(line)[0] for line in done.lines] == ["id-2499", "id-2498", "id-2497"]
    assert done.err == "  The newest 3. All of them:  inference history list --all\n"
    assert [fields(line)[0] for line in everything.lines] == [f"id-{number}" for number in reversed(range(2500))]
    assert [line.partition("page=")[2] for line in server.asked[:3]] == [
        f"{number}&page_size=1000" for number in (1, 2, 3)
    ]


def test_text_of_the_server_cannot_steer_the_terminal(remote: Program, server: Server) -> None:
    """In the list, in what is shown of one, and in the chart (faults G1 to G6)."""
    server.add("evil", timedelta(hours=1), model_name="m\x1b[31m", prompt="a\x1b]8;;x\x07b", style="\x1b[2J")

    for arguments in (("list",), ("show", "evil"), ("spend", "--by", "model")):
        done = remote("history", *arguments, terminal=True, NO_COLOR="1")
        assert done.code == 0
        assert "\x1b" not in done.out
        assert "␛" in done.out


# ------------------------------------------------------------------------------------------------ show


def test_everything_about_one_is_shown(made: Program) -> None:
    """Parameters as the server repeats them, times, cost beside the estimate, the file with its digest."""
    identity = fields(made("--sandbox", "history", "list", "--tag", "spring").lines[0])[0]

    facts = dict(map(fields, made("--sandbox", "history", "show", identity[:6]).lines))
    document = made("--sandbox", "history", "show", identity, "--json").json

    assert facts["id"] == identity
    assert (facts["model"], facts["makes"], facts["state"], facts["tag"]) == (
        "ideogram-v4",
        "image",
        "succeeded",
        "spring",
    )
    assert (facts["cost"], facts["estimated"]) == ("$0.0300", "$0.03 (as charged)")
    assert (facts["-p prompt"], facts["namespace"]) == ("waves", "sandbox")
    assert facts["command"].startswith("inference --sandbox image waves -m ideogram-v4")
    assert {"asked", "waited", "took", "size"} <= facts.keys()
    (row,) = document["data"]
    assert (row["sha256"], row["path"]) == (facts["sha256"], facts["file"])
    assert (row["request"]["parameters"]["prompt"], row["request"]["command"][2]) == ("waves", "image")
    assert valid(document, "history")


def test_a_failure_and_a_direct_one_are_shown_as_well(made: Program) -> None:
    """The error in the server's words; of the direct one what this machine kept."""
    failed = fields(made("--sandbox", "history", "list", "--status", "failed").lines[0])[0]
    direct = made("--sandbox", "history", "list", "--tag", "ad", "--jq", ".data[].generation_id").out.strip()

    one = dict(map(fields, made("--sandbox", "history", "show", failed).lines))
    other = dict(map(fields, made("--sandbox", "history", "show", direct).lines))

    assert (one["state"], one["error"]) == ("failed", "The model failed to generate a result")
    assert "cost" not in one
    assert (other["state"], other["estimated"], other["-p image_size"]) == ("succeeded", "$0.03", "square")
    assert picture(Path(other["file"]))[1] == (512, 512)


def test_what_another_machine_made_is_found_by_the_beginning_of_its_id(remote: Program, server: Server) -> None:
    """As the list on a terminal shows it; what nobody knows is exit 4."""
    identity = "7cf9b23a-0000-4000-8000-000000000000"
    server.add(identity, timedelta(hours=1), started_at=int(NOW.timestamp()) - 3590, result_url="https://x/?sig=1")

    done = remote("history", "show", "7cf9b23a")
    facts = dict(map(fields, done.lines))

    assert facts == {
        "id": identity, "model": FILM, "makes": "video", "state": "succeeded",
        "asked": "2026-11-25 12:00:00 (1h ago)", "waited": "10 s", "cost": "$0.3500", "-p prompt": "waves",
    }  # fmt: skip
    for unknown in ("9", "last", "00000000-0000-4000-8000-000000000000"):
        assert remote("history", "show", unknown).code == 4


# ----------------------------------------------------------------------------------------------- spend


def test_sums_are_rows_in_a_pipe(remote: Program, server: Server) -> None:
    """Days of the zone; thirty days and today; what is not known is counted and said."""
    server.add("a", timedelta(hours=12, minutes=59), "3.50")
    server.add("b", timedelta(hours=13, minutes=1), "0.0374")
    server.add("c", timedelta(hours=1), None)
    server.add("d", timedelta(hours=1), None, status="processing")
    server.add("e", timedelta(hours=1), None, status="cancelled")
    server.add("old", timedelta(days=31), "9")

    done = remote("history", "spend")

    assert [fields(line)[:3] for line in done.lines] == [["2026-11-24", "1", "0.0374"], ["2026-11-25", "4", "3.5"]]
    assert done.err.splitlines() == [
        "  1 without a known cost",
        "  1 still running, without a cost yet",
        "  1 failed or cancelled, without a charge",
    ]
    assert fields(remote("history", "spend", "--since", "all", "--by", "month").lines[0])[:3] == ["2026-10", "1", "9"]


def test_two_ways_to_show_sums_exclude_each_other(program: Program) -> None:
    """Exit 2, in the way that can be told to a script."""
    done = program("--sandbox", "history", "spend", "--csv", "--json")

    assert (done.code, done.json["error"]["message"]) == (2, "--csv and --json both want stdout")


def test_sums_as_csv_have_a_heading(remote: Program, server: Server) -> None:
    """A column for each figure; names that hold commas are quoted."""
    server.add("a", timedelta(hours=1), "0.10", model_name='odd,"name"')

    done = remote("history", "spend", "--by", "model", "--csv")

    (row,) = csv.DictReader(io.StringIO(done.out))
    assert row == {
        "model": 'odd,"name"', "count": "1", "cost": "0.1", "estimated": "", "difference": "", "priced": "1",
        "running": "0", "uncharged": "0", "unknown": "0", "estimates": "0", "compared": "0", "direct": "0",
        "direct_estimated": "",
    }  # fmt: skip


def test_estimates_stand_beside_what_was_charged(made: Program) -> None:
    """And what was made directly here stands apart: the server may list it as well."""
    document = made("--sandbox", "history", "spend", "--by", "tag", "--json").json
    shown = made("--sandbox", "history", "spend", "--by", "tag")

    rows = {row["key"]: row for row in document["data"]}
    assert valid(document, "spend")
    assert (document["source"], document["by"]) == ("server", "tag")
    spring, label, rest = rows["spring"], rows["ad"], rows[None]
    assert [spring[name] for name in ("count", "cost", "estimated_cost", "difference")] == [1, 0.03, 0.03, 0]
    assert [label[name] for name in ("count", "cost", "direct", "direct_estimated_cost")] == [0, None, 1, 0.03]
    assert (rest["count"], rest["uncharged"], document["total"]["count"]) == (3, 1, 4)
    assert "made directly here: 1, estimated $0.03; it may be among the above" in shown.err


def test_a_terminal_gets_bars(remote: Program, server: Server) -> None:
    """A line a day, also for a day without any; longer gaps are one line; a total."""
    for identity, days, cost in (("a", 20, "3.50"), ("b", 2, "1"), ("c", 0, "1.75")):
        server.add(identity, timedelta(days=days), cost)

    done = remote("history", "spend", terminal=True, COLUMNS="60", NO_COLOR="1")
    dumb = remote("history", "spend", terminal=True, COLUMNS="60", TERM="dumb")

    assert done.lines == [
        "  day                                          cost   number",
        "  2026-11-05   ████████████████████████████   $3.50        1",
        "  …  17 days without any",
        "  2026-11-23   ████████                       $1.00        1",
        "  2026-11-24",
        "  2026-11-25   ██████████████                 $1.75        1",
        "  total                                       $6.25        3",
    ]
    assert dumb.out.isascii()
    assert "\x1b" not in dumb.out + done.out


def test_odd_costs_are_summed_or_counted(remote: Program, server: Server) -> None:
    """A refund has its sign before the currency's; what cannot be a cost is not known; nothing fails."""
    for identity, cost in (("a", "-0.5"), ("b", "1e30"), ("c", "0.00000001"), ("d", "999999999999"), ("e", "1E-40")):
        server.add(identity, timedelta(hours=1), cost, model_name=identity)

    done = remote("history", "spend", "--by", "model", terminal=True, NO_COLOR="1")
    rows = {line.split()[0]: line.split()[-2] for line in done.lines if line.split()[0] in set("acd")}

    assert rows == {"a": "-$0.50", "c": "$0.00000001", "d": "$999,999,999,999.00"}
    assert "1 without a known cost" in done.err
    assert remote("history", "list", terminal=True).code == remote("history", "spend", "--json").code == 0


def test_what_could_not_be_read_or_placed_is_warned_of(remote: Program, server: Server) -> None:
    """Rows without a time, and a list without end (fault H9); nothing of it is silent."""
    server.add("timeless", timedelta(0), enqueued_at=None)
    timeless = [
        remote("history", *arguments, "--since", "7d").err
        for arguments in (("list",), ("list", "--all", "--json"), ("spend",), ("spend", "--json"))
    ]
    all_time = remote("history", "spend", "--since", "all", "--json").json
    server.endless = True
    endless = remote("history", "spend", "--since", "all")

    left_out = "warning: 1 generation has no time in the server's list, and cannot be placed in one: left out"
    assert [err.count(left_out) for err in timeless] == [1, 1, 1, 1]
    assert [row["key"] for row in all_time["data"]] == [None]
    assert "warning: the server lists without end: only its first million rows or so were read" in endless.err
    assert fields(endless.lines[0])[:2] == ["(no time)", "1100"]


def test_what_was_charged_beyond_the_estimate_is_said(made: Program) -> None:
    """Of those that have both figures; the same in a list of one."""
    with closing(sqlite3.connect(next(made.home.rglob("journal.sqlite3")))) as journal:
        journal.execute("UPDATE intents SET price = '0.01' WHERE tag = 'spring'")
        journal.execute("UPDATE intents SET price = '0.5' WHERE model = ?", (FILM,))
        journal.commit()

    spend = made("--sandbox", "history", "spend")
    spring = made("--sandbox", "history", "spend", "--tag", "spring", terminal=True, NO_COLOR="1")
    shown = made("--sandbox", "history", "show", fields(made("--sandbox", "history", "list", "--tag", "spring").out)[0])

    assert "Of 2 with an estimate and a cost: $0.13 less was charged than estimated" in spend.err
    assert "  $0.02 more was charged than estimated\n" in spring.err
    assert spring.lines[1].split()[-4:] == ["$0.03", "1", "$0.01", "+$0.02"]
    assert "estimated\t$0.01 ($0.02 more was charged)" in shown.lines


def test_nothing_to_sum_is_said(remote: Program) -> None:
    """In a pipe stdout stays empty; as a document the sums are empty."""
    done = remote("history", "spend")

    assert (done.code, done.out) == (0, "")
    assert done.err == "  Nothing fits.  Look further back:  inference history spend --since all\n"
    assert remote("history", "spend", terminal=True).out == ""
    assert remote("history", "spend", "--jq", ".data").json == []


def test_every_page_is_summed(remote: Program, server: Server) -> None:
    """To the last digit of each of 2,345 costs."""
    for number in range(2345):
        server.add(f"id-{number}", timedelta(minutes=number), "0.0001")

    assert remote("history", "spend", "--by", "status", "--jq", ".total.cost").out == "0.2345\n"
    assert len(server.asked) == 3


def test_the_sandbox_pages_as_the_service_does(program: Program) -> None:
    """4,321 generations in its books: all listed and summed, one of them found at the far end."""
    now = program.clock.now()
    rows = [
        Row(f"id-{n}", "m", "image", "sandbox", None, None, {}, 0, False, now - n, now - n, now - n, 100, "succeeded")
        for n in range(4321)
    ]
    program("sandbox", "reset")
    (books,) = program.home.rglob("sandbox.sqlite3")
    with closing(Store(books.parent)) as store:
        assert store.accept(rows[::-1])

    listed = program("--sandbox", "history", "list", "--all", "--jq", "[.complete, (.data | length), .data[0].status]")
    newest = program("--sandbox", "history", "list", "--limit", "2", "--jq", "[.data[].generation_id]")
    document = program("--sandbox", "history", "spend", "--json").json

    assert (listed.json, newest.json) == ([True, 4321, "succeeded"], ["id-0", "id-1"])
    assert (document["total"]["count"], document["total"]["cost"]) == (4321, 0.4321)
    assert program("--sandbox", "history", "show", "id-4320").code == 0


# ------------------------------------------------------------------------------------------- 2026-04


def test_the_older_api_has_no_history_and_the_journal_stands_in(made: Program) -> None:
    """At its own estimates, which is said once; direct requests are among the others then."""
    made("--sandbox", "config", "set", "api", "2026-04")
    note = "  the 2026-04 API has no history: this is what this machine asked for, with its own estimates\n"

    listed = made("--sandbox", "history", "list", "--tag", "ad")
    summed = made("--sandbox", "history", "spend", "--by", "media", "--json")
    shown = made("--sandbox", "history", "spend", "--by", "media", terminal=True, NO_COLOR="1")

    assert (listed.code, fields(listed.lines[0])[5], listed.err) == (0, "a fox", note)
    assert (summed.err, summed.json["source"], summed.json["total"]["count"]) == (note, "journal", 4)
    assert [(row["key"], row["count"], row["cost"], row["estimated_cost"]) for row in summed.json["data"]] == [
        ("image", 2, 0.03, 0.06),  # what a queued one cost was said when it was made
        ("video", 2, None, 0.7),
    ]
    assert shown.err.count("no history") == 1
    assert "about $0.06" in shown.out


def test_a_request_of_unknown_outcome_is_not_forgotten(program: Program) -> None:
    """It is in no list and in no sum, and may have been billed."""
    program("--sandbox", "video", "waves sandbox:500", "-m", FILM, "--sync", "-y")

    assert "1 request has an outcome that nobody knows" in program("--sandbox", "history", "spend").err
    assert f"the outcome of a request to {FILM}" in program("--sandbox", "history", "list").err
    assert json.loads(program("--sandbox", "history", "list", "--local", "--json").out)["data"] == []
