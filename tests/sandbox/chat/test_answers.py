import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings

from inference_cli.sandbox.chat import tokens
from tests.sandbox.schema.test_instances import SCHEMAS
from tests.support.chatting import ask, refused, send, text_of
from tests.support.offline import Offline, Open, opening

PERSON = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer", "minimum": 0}},
    "required": ["name", "age"],
    "additionalProperties": False,
}


def form(schema: dict[str, Any]) -> dict[str, Any]:
    """The form of an answer that fits a schema."""
    return {"type": "json_schema", "json_schema": {"name": "it", "strict": True, "schema": schema}}


@pytest.mark.parametrize("count", [1, 7, 500, 20_000])
@pytest.mark.parametrize("kind", ["", "sandbox:markdown "])
def test_an_answer_of_any_length(offline: Offline, kind: str, count: int) -> None:
    """Exactly so many tokens, as prose or as Markdown."""
    document = ask(offline, f"{kind}tokens={count}")
    assert document["usage"]["completion_tokens"] == count
    assert tokens.count(document["choices"][0]["message"]["content"]) == count


@pytest.mark.parametrize("key", ["max_tokens", "max_completion_tokens"])
@pytest.mark.parametrize("prompt", ["hi", "sandbox:reasoning hi", "sandbox:reasoning get_weather"])
def test_a_limit_is_kept_exactly(offline: Offline, key: str, prompt: str) -> None:
    """For every limit the answer is the beginning of the whole; that long, there is another reason for its end."""
    tools = [{"type": "function", "function": {"name": "get_weather", "parameters": PERSON}}]
    whole = ask(offline, prompt, tools=tools)
    total = whole["usage"]["completion_tokens"]
    for limit in range(1, total + 2):
        cut = ask(offline, prompt, tools=tools, **{key: limit})
        assert cut["usage"]["completion_tokens"] == min(limit, total)
        assert (cut["choices"][0]["finish_reason"] == "length") == (limit < total)
        for field in ("content", "reasoning_content"):
            text = cut["choices"][0]["message"].get(field) or ""
            assert (whole["choices"][0]["message"].get(field) or "").startswith(text)


def test_the_lower_of_two_limits(offline: Offline) -> None:
    """Is the one that counts."""
    assert ask(offline, "hi", max_tokens=9, max_completion_tokens=4)["usage"]["completion_tokens"] == 4


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        (" is", "This"),
        (["zebra", " the sandbox", " in place"], "This is"),
        ([], None),
        ("not in it", None),
        ([""], None),
    ],
)
def test_an_answer_ends_before_a_stop(offline: Offline, stop: Any, expected: str | None) -> None:
    """The earliest of them, which is not in it; the reason is the same as without."""
    document = ask(offline, "hi", stop=stop)["choices"][0]
    assert document["message"]["content"] == (expected or text_of(offline, "hi"))
    assert document["finish_reason"] == "stop"


def test_an_empty_and_a_filtered_answer(offline: Offline) -> None:
    """Nothing, and half with a reason of its own."""
    empty = ask(offline, "sandbox:empty")
    assert (empty["choices"][0]["message"]["content"], empty["usage"]["completion_tokens"]) == ("", 0)
    whole = ask(offline, "sandbox:tokens=100 a")
    half = ask(offline, "sandbox:tokens=100 sandbox:filter")
    assert half["choices"][0]["finish_reason"] == "content_filter"
    assert half["usage"]["completion_tokens"] * 2 == whole["usage"]["completion_tokens"]


def test_json_without_a_schema(offline: Offline) -> None:
    """An object that says what was asked."""
    asked = json.loads(text_of(offline, "Ada in JSON", response_format={"type": "json_object"}))
    assert asked == {"sandbox": True, "model": "claude-sonnet-4-6", "asked": "Ada in JSON", "messages": 1}
    with pytest.raises(json.JSONDecodeError):
        json.loads(text_of(offline, "sandbox:badjson", response_format={"type": "json_object"}))


def test_json_by_a_schema_from_the_words_of_the_prompt(offline: Offline) -> None:
    """Ada is 36."""
    text = text_of(offline, "The name is Ada, the age is 36.", response_format=form(PERSON))
    assert json.loads(text) == {"name": "Ada", "age": 36}


@settings(max_examples=40)
@given(schema=SCHEMAS)
def test_json_fits_its_schema(tmp_path_factory: pytest.TempPathFactory, schema: dict[str, Any]) -> None:
    """Whatever the schema is; on demand it does not, as long as anything at all does not."""
    with opening(tmp_path_factory.mktemp("sandbox")) as open_sandbox:
        offline = open_sandbox()
        text = text_of(offline, "Ada is 36, in Paris", response_format=form(schema))
        bad = text_of(offline, "Ada is 36, sandbox:badjson", response_format=form(schema))
    validator = jsonschema_rs.validator_for(schema, validate_formats=True)
    validator.validate(json.loads(text))
    assert bad == '{"sandbox": ' or not validator.is_valid(json.loads(bad))


def test_a_lapse_is_once(offline: Offline) -> None:
    """Wrong, then right: what a client that tries again is for."""
    fits = jsonschema_rs.validator_for(PERSON).is_valid
    prompt = "sandbox:lapse Ada"
    answers = [json.loads(text_of(offline, prompt, response_format=form(PERSON))) for _ in range(2)]
    assert [fits(answer) for answer in answers] == [False, True]


@pytest.mark.parametrize(
    ("wrong", "detail"),
    [
        ("json", "response_format: must be an object whose type is one of text, json_object, json_schema"),
        ({"type": "xml"}, "response_format: must be an object whose type is one of text, json_object, json_schema"),
        ({"type": "json_schema"}, "response_format.json_schema: must be an object with a name and a schema"),
        (
            {"type": "json_schema", "json_schema": {"name": "x"}},
            "response_format.json_schema.schema: must be an object",
        ),
    ],
)
def test_forms_that_are_none(offline: Offline, wrong: Any, detail: str) -> None:
    """Refused, free of charge."""
    assert refused(offline, "hi", response_format=wrong) == detail


def test_a_schema_that_is_none(offline: Offline) -> None:
    """Says where, and what the validator says."""
    detail = refused(offline, "hi", response_format=form({"type": "text"}))
    assert detail.startswith("response_format.json_schema.schema: is not a valid JSON Schema: ")


def test_help_is_the_table(offline: Offline) -> None:
    """Every word, as Markdown."""
    from inference_cli.sandbox.chat.demands import WORDS

    text = text_of(offline, "sandbox:help")
    assert all(f"| `{word}` | {meaning} |" in text for word, meaning in WORDS.items())


def test_a_long_question_is_shortened(open_sandbox: Open) -> None:
    """At a blank, with a mark; the answer stays short, the question is paid in full."""
    offline = open_sandbox()
    document = ask(offline, "fox " * 5000)
    text = document["choices"][0]["message"]["content"]
    assert text.endswith("fox fox …”")
    assert len(text) < 500
    assert document["usage"]["prompt_tokens"] == 3 + 5000
    assert send(offline, "fox").status_code == 200
