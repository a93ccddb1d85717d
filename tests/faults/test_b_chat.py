"""Streams of a chat: whatever is cut, damaged or left out, what came is shown, kept, and asked for once."""

import json
from time import monotonic
from typing import Any

import pytest

from tests.support.account import CLAUDE
from tests.support.faultd import HastyClock, Step, http
from tests.support.harness import Fault
from tests.support.host import document, reset, silent
from tests.support.talker import USAGE, chunk, cut, events, said

ASK = ("chat", "hello", "-m", CLAUDE)
PAID = "POST /api/ai/chat/completions"
STREAM = [("Content-Type", "text/event-stream")]
LOST = 'data: {"choices": [{"delta": {"con'


def stream(*pieces: bytes, end: str = "close") -> Step:
    """A stream in pieces as they are sent."""
    return Step((http(headers=STREAM, length=None), *pieces), end)


def kept(fault: Fault, *, inside: bool = True) -> Any:
    """The conversation in the log, of a command that ran inside this process or not."""
    return (fault.inside if inside else fault.run)("logs", "show", "last", "--json").json


def _raw(text: str) -> bytes:
    """A stream with the text as it is, no character of it escaped."""
    one = json.dumps(chunk({"content": text}), ensure_ascii=False)
    return f"data: {one}\n\n".encode() + events([chunk({}, finish="stop")])


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"], ids=["LF", "CR", "CRLF"])
def test_B01_a_split_at_every_byte(fault: Fault, end: bytes) -> None:
    """Every byte arrives by itself, line ends and halves of characters included (fault B1)."""
    whole = _raw("żółw 🦊 狐\n").replace(b"\n", end)
    fault.api.script(PAID, stream(*(whole[n : n + 1] for n in range(len(whole)))), stream(whole))
    cut_up, once = fault.run(*ASK), fault.inside(*ASK)

    assert (cut_up.code, cut_up.text, cut_up.err) == (0, "żółw 🦊 狐\n", "")
    assert once.text == cut_up.text


def test_B01_two_parts_cut_anywhere(fault: Fault) -> None:
    """The same for every place of a cut (fault B1; any number of them: ``tests/api/test_chat_cuts.py``)."""
    whole = _raw("é🦊\r\n")
    for place in range(0, len(whole), 5):
        fault.api.script(PAID, stream(whole[:place], whole[place:]))
        assert fault.inside(*ASK).text == "é🦊\r\n"


def test_B02_separators_in_json(fault: Fault) -> None:
    """Only CR, LF and CRLF end a line: the others are text, escaped or not (fault B2)."""
    text = "a\u2028b\u2029c\u0085d\x0be\x0cf"
    fault.api.chat = _raw(text)
    plain = fault.run(*ASK)
    fault.api.chat = _raw(text).replace(b"\\u000b", b"\x0b").replace(b"\\f", b"\x0c")
    raw = fault.inside(*ASK)

    assert (plain.code, plain.text) == (0, text)
    assert (raw.code, raw.text) == (0, text)


def test_B03_bytes_that_are_not_utf8(fault: Fault) -> None:
    """Are shown as U+FFFD, and said once (fault B3)."""
    fault.api.chat = said("a@", "b@").replace(b"@", b"\xff\xfe")
    done = fault.run(*ASK)

    assert (done.code, done.text) == (0, "a\ufffd\ufffdb\ufffd\ufffd")
    assert done.err.count("not UTF-8") == 1


@pytest.mark.parametrize("end", ["close", "reset"])
@pytest.mark.parametrize("tail", [b"", LOST.encode(), b"data: {}"], ids=["nothing", "half", "open"])
def test_B04_an_answer_that_ends_early(fault: Fault, tail: bytes, end: str) -> None:
    """What came is shown and kept as incomplete; 12, and it is not asked again (fault B4)."""
    fault.api.always(PAID, stream(cut("Hel", "lo"), tail, end=end))
    done = fault.run(*ASK) if end == "close" else fault.inside(*ASK)
    shown = fault.inside(*ASK, "--json")

    assert (done.code, done.text, fault.api.count(PAID)) == (12, "Hello", 2)
    assert "the stream ended early" in done.err
    assert "inference logs show" in done.err
    assert (shown.code, shown.json["complete"]) == (12, False)
    assert shown.json["choices"][0]["message"]["content"] == "Hello"
    assert shown.json["error"]["code"] == "damaged"
    assert "Hello" in json.dumps(kept(fault))


@pytest.mark.parametrize("end", ["close", "reset"])
def test_B05_an_answer_without_its_last_word(fault: Fault, end: str) -> None:
    """It has said why it ended: complete (fault B5)."""
    fault.api.always(PAID, stream(events([chunk({"content": "Hello"}), chunk({}, finish="stop")], done=False), end=end))
    done = fault.run(*ASK)
    shown = fault.inside(*ASK, "--json")

    assert (done.code, done.text, done.err) == (0, "Hello", "")
    assert shown.json["complete"] is True


ERRORS: list[tuple[Any, int, str]] = [
    ({"message": "boom", "type": "server_error"}, 7, "boom"),
    ({"message": "Flagged by moderation", "type": "content_policy"}, 5, "Flagged by moderation"),
    ({"message": "Insufficient credits"}, 6, "nsufficient credits"),
    ({"message": "slow down", "code": 429}, 7, "slow down"),
    ({"message": "expired", "code": 401}, 3, "expired"),
    ("plain words", 5, "plain words"),
]


@pytest.mark.parametrize(("error", "early", "words"), ERRORS, ids=lambda value: str(value)[:20])
def test_B06_an_error_in_the_middle(fault: Fault, error: Any, early: int, words: str) -> None:
    """After text it is 12, whatever its class: the request was accepted. Before any text its class decides (fault B6)."""
    broken = events([chunk({"content": "Hel"}), {"error": error}], done=False)
    fault.api.script(PAID, stream(broken))
    done = fault.inside(*ASK) if early != 6 else fault.run(*ASK)
    log = kept(fault, inside=early != 6)
    fault.api.always(PAID, stream(events([{"error": error}], done=False)))
    first = fault.inside(*ASK, "--no-retry")

    assert (done.code, done.text) == (12, "Hel")
    assert words in done.err
    assert "Hel" in json.dumps(log)
    assert first.text == ""
    assert first.code in {early, 12}
    assert first.code not in {0, 1, 8}


def test_B06_in_a_terminal(fault: Fault) -> None:
    """What came stays on the screen, and the error stands below it."""
    fault.api.script(PAID, stream(events([chunk({"content": "Hel"}), {"error": {"message": "boom"}}], done=False)))
    terminal = fault.terminal(*ASK)

    assert terminal.finish() == 12
    assert [line.strip() for line in terminal.screen][:2] == ["Hel", "error: the server broke off its answer: boom"]


def test_B07_an_answer_that_stands_still(fault: Fault) -> None:
    """After 120 seconds without a byte it is given up: 12, what came is kept, nothing is asked again (fault B7)."""
    fault.api.always(PAID, stream(cut("Hel"), end="hang"))
    done = fault.inside(*ASK, clock=HastyClock(200))

    assert (done.code, done.text, fault.api.count(PAID)) == (12, "Hel", 1)
    assert "nothing came for 120 s" in done.err
    assert "Hel" in json.dumps(kept(fault))


def test_B08_sixty_four_megabytes_in_one_event(fault: Fault) -> None:
    """In linear time and bounded memory (fault B8)."""
    size = 64 * 2**20
    fault.api.chat = said("x" * size)
    done = fault.run(*ASK, "--no-log", budget=60)

    assert (done.code, len(done.out)) == (0, size)


@pytest.mark.parametrize("kind", ["events", "comments"])
def test_B08_a_million_small_things(fault: Fault, kind: str) -> None:
    """Tiny events, and comments that keep a connection alive (fault B8)."""
    count = 100_000
    tiny = events([chunk({"content": "x"})], done=False)
    fault.api.chat = (tiny if kind == "events" else b": still here\n\n") * count + said("end")
    done = fault.run(*ASK, budget=60)

    assert (done.code, len(done.out)) == (0, (count if kind == "events" else 0) + 3)


def test_B08_an_event_above_the_cap(fault: Fault) -> None:
    """128 MiB at most: 12, and memory stays bounded (fault B8)."""
    head = http(headers=STREAM, length=None) + b"data: "
    fault.api.always(PAID, Step((head, *([b"x" * 2**20] * 130))))
    done = fault.run(*ASK, budget=60)

    assert done.code == 12
    assert "larger than 128 MB" in done.err


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffdata: {}\n\n",
        "data:{}\n\n",
        "id: 7\nevent: message\nretry: 3000\ndata: {}\n\n",
        ": a comment\ndata: {}\nunknown: field\n\n",
        "data\n\ndata: {}\n\n",
        "event: ping\ndata: \n\ndata: {}\n\n",
    ],
    ids=["BOM", "no space", "fields", "comment", "empty", "ping"],
)
def test_B09_events_as_the_standard_has_them(fault: Fault, text: str) -> None:
    """All of its fields, and what it says of those that it does not know (fault B9)."""
    one = json.dumps(chunk({"content": "Hello"}))
    end = events([chunk({}, finish="stop")])
    fault.api.chat = text.replace("{}", one).encode() + end
    single = fault.run(*ASK) if text.startswith("\ufeff") else fault.inside(*ASK)
    half = one.index('"choices"')
    fault.api.chat = (
        text.replace("data: {}", f"data: {one[:half]}\ndata: {one[half:]}").replace("{}", one).encode() + end
    )

    assert (single.code, single.text, single.err) == (0, "Hello", "")
    assert fault.inside(*ASK).text == "Hello"


def test_B10_a_whole_answer_instead_of_a_stream_and_back(fault: Fault) -> None:
    """Known by what it is, not by what was asked for (fault B10)."""
    message = {"role": "assistant", "content": "Hello"}
    whole = {"id": "c1", "object": "chat.completion", "choices": [{"message": message, "finish_reason": "stop"}]}
    fault.api.script(PAID, Step((document({**whole, "usage": USAGE}),)), Step((http(body=json.dumps(whole).encode()),)))
    plain, untyped = fault.run(*ASK), fault.inside(*ASK)
    streamed = fault.inside(*ASK, "--no-stream", "--json")

    assert [(one.code, one.text) for one in (plain, untyped)] == [(0, "Hello"), (0, "Hello")]
    assert fault.api.of(PAID)[-1].json["stream"] is False
    assert streamed.json["choices"][0]["message"]["content"] == "Hello there."


@pytest.mark.parametrize(
    "odd",
    [
        {"choices": []},
        {"choices": [{}]},
        {"choices": None},
        {"choices": [None, 7, "x"]},
        {"choices": [{"index": 0, "delta": None}]},
        {"choices": [{"index": "a", "delta": {"content": None}}]},
        {"choices": [{"index": 0, "delta": {"content": 7, "role": 7}}]},
        {"choices": [{"index": 0, "delta": {"content": [{"type": "text", "text": "!"}]}}]},
        {
            "choices": [
                {"index": 0, "delta": {"tool_calls": [{"index": 0, "function": {"name": "f", "arguments": "{"}}]}}
            ]
        },
        {"choices": [{"index": 0, "delta": {"tool_calls": [None, {}, {"index": -1}, {"function": None}]}}]},
        {"choices": [{"index": 0, "delta": {"reasoning": "hm", "reasoning_content": 7, "reasoning_details": [{}]}}]},
        {"choices": [{"index": 2**70, "delta": {"content": ""}}], "usage": {"prompt_tokens": "many"}},
        {"unknown": {"deep": [1, {"er": None}]}},
        None,
        [],
        "text",
        7,
    ],
    ids=lambda odd: json.dumps(odd)[:40],
)
def test_B11_chunks_of_odd_shapes(fault: Fault, odd: Any) -> None:
    """Missing, null or of another type: no crash, and the answer around it arrives (fault B11)."""
    fault.api.chat = events([chunk({"content": "a"}), odd, chunk({"content": "b"}), chunk({}, finish="stop")])
    done, shown = fault.inside(*ASK), fault.inside(*ASK, "--json", terminal=True)

    assert (done.code, done.text.replace("7", "").replace("!", ""), shown.code) == (0, "ab", 0)


def test_B11_unknown_fields_are_kept(fault: Fault) -> None:
    """In --json, beside what is known (fault B11)."""
    first = {**chunk({"content": "a", "mood": "calm"}), "provider": {"name": "p"}, "system_fingerprint": "f"}
    fault.api.chat = events([first, chunk({}, finish="stop")])
    shown = fault.run(*ASK, "--json").json

    assert (shown["provider"], shown["system_fingerprint"]) == ({"name": "p"}, "f")
    assert shown["choices"][0]["message"]["mood"] == "calm"


@pytest.mark.parametrize("broken", [silent, reset], ids=["closed", "reset"])
def test_B12_no_answer_to_a_chat(fault: Fault, broken: Any) -> None:
    """It may have been billed: asked once, 12; --retry-chat is the user's own word (fault B12)."""
    fault.api.script(PAID, broken)
    once = fault.run(*ASK) if broken is silent else fault.inside(*ASK)
    asked = fault.api.count(PAID)
    fault.api.script(PAID, broken)
    again = fault.inside(*ASK, "--retry-chat", intents=2)

    assert (once.code, asked, once.out) == (12, 1, b"")
    assert "may have been billed" in once.err
    assert "--retry-chat" in once.err
    assert (again.code, again.text, fault.api.count(PAID)) == (0, "Hello there.", 3)


def test_B13_a_reader_that_goes_away(fault: Fault) -> None:
    """141 and not a word; the connection is closed, and the log says that it was cut (fault B13)."""
    sent: list[float] = []
    lines = [chunk({"content": f"line {n}\n"}) for n in range(20_000)]
    many = [events([one], done=False) for one in lines]
    fault.api.script(
        PAID, Step((http(headers=STREAM, length=None), *many), "hang", between=lambda: sent.append(monotonic()))
    )
    done = fault.run(*ASK, prefix=("bash", "-o", "pipefail", "-c", '"$0" "$@" | head -n 1'), budget=8)

    assert (done.code, done.text, done.err) == (141, "line 0\n", "")
    turn = json.dumps(kept(fault, inside=False))
    assert "line 0" in turn
    assert "nobody reads" in turn or '"complete": false' in turn


def test_B13_in_the_older_api(older: Fault) -> None:
    """The same route, the same promises."""
    paid = "POST /api/chat/completions"
    older.api.always(paid, stream(cut("Hel"), end="reset"))
    done = older.inside(*ASK)

    assert (done.code, done.text, older.api.count(paid)) == (12, "Hel", 1)
