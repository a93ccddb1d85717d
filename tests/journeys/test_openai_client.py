"""The official OpenAI client, unchanged, against a real `inference sandbox serve` in both generations of the API."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from openai.types.chat import ChatCompletionMessageParam
from pydantic import BaseModel, Field

from tests.support.chatting import tool
from tests.support.command import new_user
from tests.support.journey import Served
from tests.support.offline import TEXT, data_url

TOKEN = "canary-token-4711"
SANDBOX = f"This is the sandbox in place of {TEXT}: "
WEATHER: Any = tool("get_weather", city={"type": "string"}, unit={"enum": ["celsius", "fahrenheit"]})
TIME: Any = tool("get_time", zone={"type": "string", "pattern": "^[A-Z]{3}$"})


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of both generations that takes one token."""
    with Served(new_user(tmp_path_factory.mktemp("server")), "--token", TOKEN) as served:
        yield served


@pytest.fixture(params=["/ai", ""], ids=["current", "2026-04"])
def client(served: Served, request: pytest.FixtureRequest) -> Iterator[openai.OpenAI]:
    """A client as its users make it: a base URL and a key."""
    with openai.OpenAI(base_url=served.base_url + request.param, api_key=TOKEN, max_retries=0) as client:
        yield client


def said(content: Any) -> list[ChatCompletionMessageParam]:
    """One message of the user."""
    return [{"role": "user", "content": content}]


def test_a_question(client: openai.OpenAI) -> None:
    """Its answer, why it ended, and what it used."""
    answer = client.chat.completions.create(model=TEXT, messages=said("What is a fox?"))

    assert answer.choices[0].message.content == (
        f"{SANDBOX}rules wrote this answer, no model has read your message.\n\nYou asked: “What is a fox?”"
    )
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage is not None
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens


def test_a_stream_with_usage(client: openai.OpenAI) -> None:
    """Token by token, exactly as many as were asked for."""
    chunks = list(
        client.chat.completions.create(
            model=TEXT,
            messages=said("sandbox:markdown sandbox:tokens=2000"),
            stream=True,
            stream_options={"include_usage": True},
        )
    )

    pieces = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices and chunk.choices[0].delta.content]
    assert (len(pieces), "".join(pieces)[:28]) == (2000, "# Markdown from the sandbox\n")
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.completion_tokens == 2000


def test_a_round_trip_of_tools(client: openai.OpenAI) -> None:
    """Two calls at once, assembled from a stream by the client, with arguments that validate; results are quoted."""
    talk = said("get_weather and get_time: city: Paris, unit: celsius, zone: CET")
    with client.chat.completions.stream(model=TEXT, messages=talk, tools=[WEATHER, TIME]) as stream:
        message = stream.get_final_completion().choices[0].message

    calls = message.tool_calls or []
    assert {call.function.name: json.loads(call.function.arguments) for call in calls} == {
        "get_weather": {"city": "Paris", "unit": "celsius"},
        "get_time": {"zone": "CET"},
    }
    answered: Any = [
        {"role": "tool", "tool_call_id": call.id, "content": f"{call.function.name}: ok"} for call in calls
    ]
    history: Any = [*talk, message.model_dump(exclude_none=True), *answered]
    final = client.chat.completions.create(model=TEXT, messages=history, tools=[WEATHER, TIME])
    assert final.choices[0].finish_reason == "stop"
    assert "- `get_weather`: “get_weather: ok”" in str(final.choices[0].message.content)


class Person(BaseModel):
    """Somebody, as a user of the client would describe them."""

    name: str
    age: int = Field(ge=0, le=150)
    tags: list[str] = Field(min_length=2)
    home: "Home | None"


class Home(BaseModel):
    """Where somebody lives."""

    city: str
    kind: str = Field(pattern="^(house|flat)$")


def test_structured_output(client: openai.OpenAI) -> None:
    """The client's own parser makes the object, nested models included."""
    parsed = client.chat.completions.parse(
        model=TEXT, messages=said("The name is Ada, the age is 36; the city is Paris."), response_format=Person
    )

    person = parsed.choices[0].message.parsed
    assert person is not None
    assert (person.name, person.age, len(person.tags)) == ("Ada", 36, 2)
    assert person.home is not None
    assert person.home.city == "Paris"


def test_an_answer_that_is_cut_short_is_told(client: openai.OpenAI) -> None:
    """By the client's own error for it."""
    with pytest.raises(openai.LengthFinishReasonError):
        client.chat.completions.parse(model=TEXT, messages=said("Ada"), response_format=Person, max_tokens=3)


def test_vision(client: openai.OpenAI) -> None:
    """What was sent is what was seen."""
    parts = [{"type": "image_url", "image_url": {"url": data_url(40, 30, "green")}}, {"type": "text", "text": "What?"}]
    answer = client.chat.completions.create(model=TEXT, messages=said(parts))
    assert "- image: PNG, 40 x 30 pixels, mainly green 100%, no transparency" in str(answer.choices[0].message.content)


def test_errors_are_the_clients_own(client: openai.OpenAI, served: Served) -> None:
    """Each status has its exception, with the sentence of the service."""
    completions = client.chat.completions
    with pytest.raises(openai.NotFoundError, match="Model not found: no-such"):
        completions.create(model="no-such", messages=said("hi"))
    with pytest.raises(openai.BadRequestError, match="temperature: must be at most 2"):
        completions.create(model=TEXT, messages=said("hi"), temperature=3)
    with pytest.raises(openai.RateLimitError):
        completions.create(model=TEXT, messages=said("sandbox:429"))
    with pytest.raises(openai.InternalServerError):
        completions.create(model=TEXT, messages=said("sandbox:500"))
    with pytest.raises(openai.APIConnectionError):
        completions.create(model=TEXT, messages=said("sandbox:drop"))
    with pytest.raises(openai.AuthenticationError):
        client.with_options(api_key="canary-wrong-0000").models.list()


def test_the_client_tries_again_by_itself(client: openai.OpenAI) -> None:
    """What is busy once is answered the second time."""
    prompt = f"sandbox:busy {client.base_url}"
    answer = client.with_options(max_retries=1).chat.completions.create(model=TEXT, messages=said(prompt))
    assert str(answer.choices[0].message.content).startswith(SANDBOX)


@pytest.mark.parametrize(
    ("word", "error"), [("error", openai.APIError), ("tear", (httpx.RemoteProtocolError, httpx.ReadError))]
)
def test_streams_that_break(client: openai.OpenAI, word: str, error: Any) -> None:
    """An error event is the client's error, after the tokens before it; a connection that is gone is the network's."""
    pieces: list[str] = []

    def read() -> None:
        for chunk in client.chat.completions.create(model=TEXT, messages=said(f"sandbox:{word}=5"), stream=True):
            pieces.extend(choice.delta.content for choice in chunk.choices if choice.delta.content)

    with pytest.raises(error):
        read()
    assert "".join(pieces) == SANDBOX[:20]


def test_the_models(served: Served) -> None:
    """Where an OpenAI client looks for them there is a list in the current API; 2026-04 has another address for it."""
    with openai.OpenAI(base_url=f"{served.base_url}/ai", api_key=TOKEN) as current:
        found = {model.id for model in current.models.list()}
        assert (len(found), TEXT in found) == (178, True)
        assert current.models.retrieve(TEXT).id == TEXT
    with openai.OpenAI(base_url=served.base_url, api_key=TOKEN) as older, pytest.raises(openai.NotFoundError):
        older.models.list()


def test_a_file_by_the_client(client: openai.OpenAI, tmp_path: Path) -> None:
    """A PDF inside the request; a broken one is the request's fault."""
    from tests.support.chatting import as_url, pdf

    def ask(content: bytes) -> str:
        inner = {"filename": "a.pdf", "file_data": as_url(content, "application/pdf")}
        parts = [{"type": "file", "file": inner}, {"type": "text", "text": "What?"}]
        return str(client.chat.completions.create(model=TEXT, messages=said(parts)).choices[0].message.content)

    assert "- file: PDF, 2 pages, titled “On foxes”" in ask(pdf(2))
    with pytest.raises(openai.BadRequestError, match="not a PDF that can be decoded"):
        ask(pdf(2)[:-600])
