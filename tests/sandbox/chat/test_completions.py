import json
import re
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from inference_cli.sandbox.chat import tokens
from tests.support.chatting import CURRENT, OLDER, ask, refused, said, send, text_of
from tests.support.offline import IMAGE, TEXT, Offline, Open

PRICES = Decimal("0.000003"), Decimal("0.000015")


@pytest.mark.parametrize("path", [CURRENT, OLDER])
def test_a_question_is_answered_and_paid(offline: Offline, path: str) -> None:
    """One document in the shape of a chat completion; the credits go down by what its tokens cost."""
    document = ask(offline, "What is a fox?", path=path)

    assert re.fullmatch(r"chatcmpl-[0-9a-f]{32}", document.pop("id"))
    text = (
        f"This is the sandbox in place of {TEXT}: rules wrote this answer, no model has read your message.\n\n"
        "You asked: “What is a fox?”"
    )
    message = {"role": "assistant", "content": text, "refusal": None}
    usage = document["usage"]
    assert document == {
        "object": "chat.completion",
        "created": int(offline.time.now),
        "model": TEXT,
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
        "system_fingerprint": "sandbox",
        "usage": usage,
    }
    into, out = 3 + 4, tokens.count(text)
    assert usage == {
        "prompt_tokens": into,
        "completion_tokens": out,
        "total_tokens": into + out,
        "completion_tokens_details": {"reasoning_tokens": 0},
    }
    assert Decimal(100) - Decimal(offline.credits()) == PRICES[0] * into + PRICES[1] * out
    assert offline.sandbox.status().generations == 0


def test_the_same_question_has_the_same_answer(offline: Offline) -> None:
    """However often it is asked; another answer has another id."""
    first, second = (ask(offline, "sandbox:tokens=200") for _ in range(2))
    assert first["choices"] == second["choices"]
    assert first["id"] != second["id"]


def test_only_what_was_sent_is_remembered(offline: Offline) -> None:
    """The instructions and the messages before the last are quoted, and nothing of other requests."""
    ask(offline, "I am Ada")
    talk = [
        {"role": "system", "content": "Be terse."},
        {"role": "user", "content": "I am Bob"},
        {"role": "assistant", "content": "Hello"},
        {"role": "user", "content": "Who am I?"},
    ]
    text = text_of(offline, None, messages=talk)
    assert text.split("\n\n")[1:] == [
        "You asked: “Who am I?”",
        "My instructions are: “Be terse.”",
        "Before that I see 2 messages of this talk:",
        "- user: “I am Bob”\n- assistant: “Hello”",
    ]


@pytest.mark.parametrize(
    ("body", "status", "kind", "detail"),
    [
        ({"model": None}, 400, "invalid_params", "You must specify a model to call"),
        ({"model": "no-such"}, 404, "resource_not_found", "Model not found: no-such"),
        ({"messages": []}, 400, "invalid_params", "Messages array cannot be empty"),
        ({"messages": None}, 400, "invalid_params", "Messages array cannot be empty"),
        ({"messages": said(" ")}, 400, "invalid_params", "Prompt cannot be empty"),
        ({"model": IMAGE}, 400, "invalid_params", f"Model {IMAGE} does not support chat completions"),
        ({"temperature": 2.5}, 400, "invalid_params", "temperature: must be at most 2"),
    ],
)
def test_errors_in_the_words_of_both_generations(
    offline: Offline, body: dict[str, object], status: int, kind: str, detail: str
) -> None:
    """The contract's texts, in its two shapes; nothing is charged."""
    current, older = (send(offline, "hi", path=path, **body) for path in (CURRENT, OLDER))
    assert (current.status_code, older.status_code) == (status, status)
    error = current.json()["error"]
    assert (error["type"], error["detail"], older.json()) == (kind, detail, {"error": {"message": detail}})
    assert Decimal(offline.credits()) == 100


def test_half_of_a_character_is_refused(offline: Offline) -> None:
    """JSON can escape what UTF-8 can't write; a whole pair is a character."""
    half, whole = (
        offline.api.post(CURRENT, content=json.dumps({"model": TEXT, "messages": said(text)}))
        for text in ("\ud83e", "\N{FOX FACE}")
    )
    detail = "The request body holds half of a character (a lone surrogate)"
    assert (half.status_code, half.json()["error"]["detail"]) == (400, detail)
    assert "\N{FOX FACE}" in whole.json()["choices"][0]["message"]["content"]


def test_a_stranger_is_refused(open_sandbox: Open) -> None:
    """Without the right token, 401."""
    offline = open_sandbox(token="right")
    assert send(offline, "hi").status_code == 401


def test_only_the_generation_that_is_spoken_answers(open_sandbox: Open) -> None:
    """The route of the other is 404."""
    current, older = (open_sandbox(name=api, api=api) for api in ("current", "2026-04"))
    assert [send(current, "hi", path=path).status_code for path in (CURRENT, OLDER)] == [200, 404]
    assert [send(older, "hi", path=path).status_code for path in (CURRENT, OLDER)] == [404, 200]


def test_credits_that_do_not_suffice(offline: Offline) -> None:
    """402, in 2026-04 400, whether they are gone or a prompt asks for it."""
    answers = [send(offline, "sandbox:credits", path=path) for path in (CURRENT, OLDER)]
    assert [answer.status_code for answer in answers] == [402, 400]
    assert offline.sandbox._world.store.spend(100_000_000)
    assert send(offline, "hi").status_code == 402
    assert Decimal(offline.credits()) == 0


@pytest.mark.parametrize(
    ("word", "status"),
    [("refuse", 400), ("fail", 400), ("moderation", 400), ("429", 429), ("500", 500), ("502", 502)],
)
def test_words_that_make_it_fail(offline: Offline, word: str, status: int) -> None:
    """As on the other routes; free of charge."""
    assert send(offline, f"a sandbox:{word}").status_code == status
    assert Decimal(offline.credits()) == 100


def test_busy_is_once(offline: Offline) -> None:
    """429 with a time to come back, then an answer."""
    first, second = (send(offline, "sandbox:busy") for _ in range(2))
    assert (first.status_code, first.headers["retry-after"], second.status_code) == (429, "1", 200)


@pytest.mark.parametrize(("word", "paid"), [("cut", False), ("drop", True)])
def test_words_that_drop_the_connection(offline: Offline, word: str, paid: bool) -> None:
    """Before the request is accepted, or after it was charged."""
    with pytest.raises(httpx.RemoteProtocolError):
        send(offline, f"sandbox:{word}")
    assert (Decimal(offline.credits()) < 100) == paid


def test_the_time_that_an_answer_takes(offline: Offline) -> None:
    """None, or what its pace makes of it; stuck is a day, and then it has expired."""
    ask(offline, "hi")
    assert offline.time.slept == []
    ask(offline, "sandbox:pace=50 sandbox:tokens=100")
    ask(offline, "sandbox:slow sandbox:tokens=100")
    assert offline.time.slept == [2, 20]
    assert refused_unknown(send(offline, "sandbox:stuck")) == "The generation expired after 24 hours"
    assert offline.time.slept[2:] == [86400]


def refused_unknown(answer: httpx.Response) -> str:
    """The sentence of an error of no known kind."""
    assert (answer.status_code, answer.json()["error"]["type"]) == (400, "unknown_error")
    return str(answer.json()["error"]["detail"])


def test_a_model_of_ones_own(offline: Offline) -> None:
    """Answers in the place of the model that it was made from, by its own name."""
    offline.api.put("/ai/models/my-tune", json={"source_model": TEXT})
    assert ask(offline, "hi", model="my-tune")["model"] == "my-tune"


def test_a_schema_that_nothing_fits(offline: Offline) -> None:
    """Is said before anything is charged."""
    schema = {"type": "object", "properties": {"a": False}, "required": ["a"]}
    form = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema}}
    detail = refused(offline, "hi", response_format=form)
    assert detail == "the JSON Schema cannot be satisfied: no value was found that fits the schema"


def test_a_script_interrupts_streams(open_sandbox: Open, tmp_path: Path) -> None:
    """After so many tokens; other chats are left alone."""
    path = tmp_path / "faults.toml"
    path.write_text('[[fault]]\npath = "*/chat/completions"\nnth = 2\nstream = "end"\ntokens = 5\n')
    offline = open_sandbox(faults=path)
    sizes = [send(offline, "hi", stream=True).content.count(b"data: ") for _ in range(3)]
    assert sizes[1] == 1 + 5
    assert sizes[0] == sizes[2] > 10
