"""What comes in: fields that are missing, null, of another type, too deep, too large or without end."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.support.account import CLAUDE, FOX, Account, Made
from tests.support.faultd import HastyClock, Step, http
from tests.support.harness import DIRECT_FOX, QUEUED_FOX, Fault
from tests.support.host import document
from tests.support.talker import USAGE, chunk, events

ASK = ("chat", "hello", "-m", CLAUDE)
DEEP = b"[" * 100_000 + b"]" * 100_000
LISTS = (("queue", "list"), ("history", "list"), ("models", "list"))
ODD: tuple[Any, ...] = (None, 7, -1.5, True, "", "odd", [], [None], {}, {"a": []}, 10**30)
NO_FIELD = object()


def changed(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The row with each field gone, null, and of every other type; and with one more field."""
    for name in row:
        yield {key: value for key, value in row.items() if key != name}
        for odd in ODD:
            yield {**row, name: odd}
    yield {**row, "unknown": {"deep": [1, None]}}


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_H03_answers_that_are_too_deep(fault: Fault, command: tuple[str, ...]) -> None:
    """A hundred thousand levels: not understood, 12 (fault H3)."""
    deep = Step((document(b'{"generations": ' + DEEP + b', "data": ' + DEEP + b"}"),))
    for where in ("GET /api/ai/queue", "GET /api/ai/generations", "GET /api/ai/models"):
        fault.api.always(where, deep)
    done = (fault.run if command[0] == "queue" else fault.inside)(*command)

    assert done.code == 12
    assert "deep" in done.err or "not understood" in done.err


def test_H03_after_something_was_paid_for(fault: Fault) -> None:
    """A chat that is too deep is 12, the outcome of a picture is not known: 8; neither is asked again (fault H3)."""
    fault.api.always("POST /api/ai/images/generate", Step((document(b'{"images": ' + DEEP + b"}"),)))
    fault.api.always("POST /api/ai/chat/completions", Step((document(b'{"choices": ' + DEEP + b"}"),)))

    assert (fault.inside(*DIRECT_FOX, clock=HastyClock(200)).code, fault.inside(*ASK).code) == (8, 12)
    assert len(fault.api.paid) == 2


NUMBERS = (
    b'{"generation_id": "gen-1", "status": "succeeded", "model_name": "fox-1", "seed": %s, "enqueued_at": %s, '
    b'"cost": %s, "duration": -0, "status": "succeeded", "extra": [%s]}'
)


@pytest.mark.parametrize("number", [b"9" * 5000, b"1e400", b"NaN", b"-Infinity", b"-0", b"-0.0", b"0.1e-400"])
def test_H04_numbers_that_are_none(fault: Fault, number: bytes) -> None:
    """Too long, too large or none at all: shown as what they are, or as null with a warning; no crash (fault H4)."""
    row = NUMBERS % (number, number, number, number)
    fault.api.always("GET /api/ai/queue", Step((document(b'{"generations": [' + row + b"]}"),)))
    fault.api.always("GET /api/ai/queue/gen-1", Step((document(row),)))
    fault.api.always("GET /api/ai/generations/gen-1", Step((document(row),)))
    listed = fault.inside("queue", "list", terminal=True)
    shown = (fault.run if number == b"NaN" else fault.inside)("queue", "show", "gen-1", "--json")

    assert (listed.code, shown.code) == (0, 0)
    assert "gen-1" in json.dumps(shown.json)
    if number in {b"NaN", b"-Infinity", b"1e400"}:
        assert "null" in shown.err
        assert b"NaN" not in shown.out
        assert b"Infinity" not in shown.out


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_H04_numbers_that_cannot_be_sent(fault: Fault, number: str) -> None:
    """2, and nothing is sent, wherever they were given (fault H4)."""
    fault.give("in.json", f'{{"seed": {number}}}'.encode())
    refused = [
        (fault.run if number == "NaN" else fault.inside)(*DIRECT_FOX, "-p", f"seed:={number}"),
        fault.inside(*DIRECT_FOX, "-p", f"seed:={number}", "--no-validate"),
        fault.inside(*DIRECT_FOX, "--input", "in.json"),
        fault.inside(*ASK, "-p", f"temperature:={number}"),
    ]

    assert ([one.code for one in refused], fault.api.paid) == ([2] * 4, [])


def test_H08_every_field_of_a_generation_in_a_list(fault: Fault) -> None:
    """Missing, null, of another type, each once: all rows stand there, as far as they are rows (fault H8)."""
    identity = fault.api.make({"model": FOX, "prompt": "fox"})
    rows = list(changed(fault.api.made[identity].row))
    fault.api.always("GET /api/ai/queue", Step((document({"generations": rows}),)))
    fault.api.always("GET /api/ai/generations", Step((document({"generations": rows, "page": 1, "total": len(rows)}),)))

    for command in (("queue", "list"), ("history", "list"), ("history", "spend")):
        for more in ((), ("--json",)):
            assert fault.inside(*command, *more).code == 0
        assert fault.inside(*command, terminal=True).code == 0
    assert fault.run("queue", "list").code == 0
    assert b'"unknown"' in fault.inside("queue", "list", "--json").out


@pytest.mark.parametrize("odd", [NO_FIELD, *ODD], ids=lambda odd: "missing" if odd is NO_FIELD else json.dumps(odd)[:8])
def test_H08_every_field_of_one_generation(fault: Fault, odd: Any) -> None:
    """Shown and waited for: no crash, and what is not there is a dash (fault H8)."""
    identity = fault.api.make({"model": FOX, "prompt": "fox"})
    whole = fault.api.made[identity].row
    for name in whole:
        row = {key: value for key, value in whole.items() if key != name} if odd is NO_FIELD else {**whole, name: odd}
        fault.api.made[identity] = Made(row)
        assert fault.inside("queue", "show", identity, terminal=True).code in {0, 4, 12}
        if name == "result_url":  # a status that nobody knows is waited for to the end of time: row C18
            waited = fault.inside("queue", "wait", identity, "--timeout", "20s", "--force", "-o", "x.png")
            assert waited.code in {0, 4, 9, 10, 11, 12, 124}, (name, waited.err)


def test_H08_every_field_of_a_model(fault: Fault) -> None:
    """The list, a page, and a picture made with it (fault H8)."""
    whole = fault.api.models[0]
    odd = [{**row, "id": row.get("id") if row.get("id") != FOX else f"fox-{n}"} for n, row in enumerate(changed(whole))]
    fault.api.always("GET /api/ai/models", Step((document({"object": "list", "data": [*fault.api.models, *odd]}),)))
    assert fault.run("models", "list").code == 0
    assert fault.inside("models", "list", terminal=True).code == 0
    assert fault.inside("models", "list", "--json").code == 0
    values: tuple[Any, ...] = (None, 7, "odd", [], {"a": []})
    for name in ("pricing", "capabilities", "request_schema", "endpoint"):
        for value in values:
            row = {**whole, name: value}
            fault.api.always("GET /api/ai/models", Step((document({"object": "list", "data": [row]}),)))
            fault.api.always(f"GET /api/ai/models/{FOX}", Step((document(row),)))
            assert fault.inside("models", "show", FOX, terminal=True).code == 0
            assert fault.inside(*DIRECT_FOX, "--dry-run", "-y").code in {0, 2, 6}


@pytest.mark.parametrize("odd", [NO_FIELD, *ODD], ids=lambda odd: "missing" if odd is NO_FIELD else json.dumps(odd)[:8])
def test_H08_every_field_of_a_chunk(fault: Fault, odd: Any) -> None:
    """What is good of the answer arrives (fault H8)."""

    def without(row: Mapping[str, Any], name: str) -> dict[str, Any]:
        rest = {key: value for key, value in row.items() if key != name}
        return rest if odd is NO_FIELD else {**rest, name: odd}

    one = chunk({"role": "assistant", "content": "x"}, usage=USAGE)
    chunks = [without(one, name) for name in one]
    chunks += [{**one, "choices": [without(one["choices"][0], name)]} for name in one["choices"][0]]
    chunks += [chunk(without({"role": "assistant", "content": "x"}, name)) for name in ("role", "content")]
    good, end = chunk({"content": "good"}), chunk({}, finish="stop")
    for place, broken in enumerate(chunks):
        fault.api.chat = events([good, broken, end])
        done = (fault.run if place == 0 and odd is None else fault.inside)(*ASK, "--json")
        assert done.code in {0, 12}, (broken, done.err)
        assert "good" in done.json["choices"][0]["message"]["content"]


@pytest.mark.parametrize("odd", [NO_FIELD, *ODD], ids=lambda odd: "missing" if odd is NO_FIELD else json.dumps(odd)[:8])
def test_H08_every_field_of_a_paid_answer(fault: Fault, odd: Any) -> None:
    """A picture whose answer lacks something is saved, or its outcome is unknown; it is never asked for twice (fault H8)."""

    def spoil(name: str) -> Any:
        def answer(whole: bytes) -> Step:
            content = json.loads(whole.partition(b"\r\n\r\n")[2])
            rest = {key: value for key, value in content.items() if key != name}
            return Step((document(rest if odd is NO_FIELD else {**rest, name: odd}),))

        return answer

    fields = {"POST /api/ai/images/generate": ("model", "created", "images"), "POST /api/ai/queue": ("generations",)}
    for where, names in fields.items():
        for name in names:
            before = len(fault.api.paid)
            fault.api.script(where, spoil(name))
            command = QUEUED_FOX if where.endswith("queue") else DIRECT_FOX
            done = fault.inside(*command, "--anyway", "--force", clock=HastyClock(400))
            assert done.code in {0, 8, 10, 12}, (name, done.code, done.err)
            assert len(fault.api.paid) == before + 1


def _endless(account: Account, rows: Any) -> None:
    """Pages without end: each is ``rows`` of its number."""

    def page(answer: bytes) -> Step:
        asked = account.asked[-1].line
        number = int(asked.partition("page=")[2].partition("&")[0] or 1)
        return Step((document({"generations": rows(number), "page": number, "total": 10**6, "next": asked}),))

    account.always("GET /api/ai/generations", page)


@pytest.mark.parametrize("kind", ["the same", "overlapping"])
def test_H09_pages_without_end(fault: Fault, kind: str) -> None:
    """A page that brings nothing new ends it, and a row that is on two pages is shown once (fault H9).

    A server that never ends is left after 1,100 pages: ``tests/api/test_generations.py``, without a thousand requests.
    """

    def row(n: int) -> dict[str, Any]:
        return {
            "generation_id": f"gen-{n:06d}",
            "status": "succeeded",
            "model_name": FOX,
            "created_at": 1_790_000_000 - n,
        }

    def rows(page: int) -> list[dict[str, Any]]:
        start = 0 if kind == "the same" else min(page, 9) * 30
        return [row(n) for n in range(start, start + 50)]

    _endless(fault.api, rows)
    done = (fault.run if kind == "the same" else fault.inside)("history", "list", "--limit", "300")

    ids = [line.split("\t")[0] for line in done.lines]
    assert (done.code, len(ids), len(set(ids))) == (0, len(ids), len(ids))
    assert len(ids) == (50 if kind == "the same" else 290)
    assert fault.api.count("GET /api/ai/generations") < 20


def test_H09_a_queue_of_a_hundred_thousand(fault: Fault) -> None:
    """In one answer: listed in a pipe in bounded time and memory (fault H9)."""
    rows = [{"generation_id": f"gen-{n}", "status": "queued", "model_name": FOX} for n in range(100_000)]
    fault.api.always("GET /api/ai/queue", Step((http(body=json.dumps({"generations": rows}).encode()),)))
    done = fault.run("queue", "list", "--limit", "100000", budget=40)

    assert (done.code, len(done.lines)) == (0, 100_000)
