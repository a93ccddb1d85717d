import json
from typing import Any

import pytest

from tests.support.chatting import ask, refused, said, tool
from tests.support.offline import Offline

CITY = {"type": "string"}
WEATHER, TIME, FILES = tool("get_weather", city=CITY), tool("time"), tool("list-files", folder={"type": "string"})
TOOLS = [WEATHER, TIME, FILES]


def called(offline: Offline, content: Any, **body: Any) -> list[str]:
    """The names of the tools that are called."""
    choice = ask(offline, content, **{"tools": TOOLS, **body})["choices"][0]
    calls = choice["message"].get("tool_calls", [])
    assert choice["finish_reason"] == ("tool_calls" if calls else "stop")
    assert (choice["message"]["content"] is None) == bool(calls)
    return [call["function"]["name"] for call in calls]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("Use get_weather please", ["get_weather"]),
        ("Get Weather for me", ["get_weather"]),
        ("How is the weather in Paris?", ["get_weather"]),
        ("get_weather, then time", ["get_weather", "time"]),
        ("How is the weather, and which files are there?", ["get_weather", "list-files"]),
        ("list all of them", []),
        ("What is a fox?", []),
        ("sometimes", []),
    ],
)
def test_tools_are_called_by_their_names(offline: Offline, prompt: str, expected: list[str]) -> None:
    """The whole name before single words of it; words that say nothing (get, list) do not count."""
    assert called(offline, prompt) == expected


@pytest.mark.parametrize(
    ("choice", "prompt", "expected"),
    [
        ("none", "get_weather", []),
        ("auto", "get_weather", ["get_weather"]),
        ("required", "hi", ["get_weather"]),
        ("required", "what time is it", ["time"]),
        ({"type": "function", "function": {"name": "list-files"}}, "what time is it", ["list-files"]),
    ],
)
def test_the_choice_of_a_tool(offline: Offline, choice: Any, prompt: str, expected: list[str]) -> None:
    """Forbidden, open, required, or one by name."""
    assert called(offline, prompt, tool_choice=choice) == expected


def test_no_two_at_once_where_that_is_not_wanted(offline: Offline) -> None:
    """The first of them."""
    assert called(offline, "get_weather, then time", parallel_tool_calls=False) == ["get_weather"]


def test_results_are_quoted(offline: Offline) -> None:
    """After the tools have answered there are words; ids differ from each other and from those of the next round."""
    talk = said("get_weather and time in Paris")
    first = ask(offline, None, messages=talk, tools=TOOLS)["choices"][0]["message"]
    assert [json.loads(call["function"]["arguments"]) for call in first["tool_calls"]] == [{"city": "Paris"}, {}]
    ids = [call["id"] for call in first["tool_calls"]]
    talk += [first, *({"role": "tool", "tool_call_id": ids[n], "content": f"result {n}"} for n in (0, 1))]
    answer = ask(offline, None, messages=talk, tools=TOOLS)["choices"][0]
    assert answer["finish_reason"] == "stop"
    assert answer["message"]["content"].endswith(
        "The tools answered:\n\n- `get_weather`: “result 0”\n- `time`: “result 1”"
    )
    again = ask(offline, None, messages=[*talk, answer["message"], *said("the time again")], tools=TOOLS)
    assert len({*ids, again["choices"][0]["message"]["tool_calls"][0]["id"]}) == 3


def test_several_rounds(offline: Offline) -> None:
    """As many as the prompt asks for."""
    talk = said("sandbox:rounds=3 time")
    for _ in range(3):
        message = ask(offline, None, messages=talk, tools=TOOLS)["choices"][0]["message"]
        talk += [message, {"role": "tool", "tool_call_id": message["tool_calls"][0]["id"], "content": "noon"}]
    assert ask(offline, None, messages=talk, tools=TOOLS)["choices"][0]["finish_reason"] == "stop"


def test_calls_that_are_wrong(offline: Offline) -> None:
    """A tool that nobody offered, and arguments that are no JSON; the latter once, if so asked."""
    assert called(offline, "time sandbox:wrongtool") == ["sandbox_unknown"]
    for prompt, wrong in (("sandbox:badjson weather", [True, True]), ("sandbox:lapse weather", [True, False])):
        answers = [ask(offline, prompt, tools=TOOLS)["choices"][0]["message"] for _ in range(2)]
        assert [broken(one["tool_calls"][0]["function"]["arguments"]) for one in answers] == wrong


def broken(text: str) -> bool:
    """Whether a text is no JSON."""
    try:
        json.loads(text)
    except json.JSONDecodeError:
        return True
    return False


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"tools": [{"type": "web"}]}, "tools[0]: must be of type function, with a function"),
        (
            {"tools": [tool("a b")]},
            "tools[0].function.name: must be 1 to 64 letters, digits, _ or -",
        ),
        ({"tools": [TIME, TIME]}, "tools[1].function.name: time is there twice"),
        ({"tools": ["x"]}, "tools[0]: must be an object"),
        ({"tool_choice": "auto"}, "tool_choice: only with tools"),
        ({"tools": TOOLS, "tool_choice": "any"}, "tool_choice: must be auto, none, required or a function"),
        (
            {"tools": TOOLS, "tool_choice": {"type": "function", "function": {"name": "x"}}},
            "tool_choice.function.name: must be one of the tools",
        ),
        (
            {"tools": [{"type": "function", "function": {"name": "x", "parameters": 3}}]},
            "tools[0].function.parameters: must be an object",
        ),
    ],
)
def test_tools_that_are_none(offline: Offline, body: dict[str, Any], detail: str) -> None:
    """Refused, free of charge."""
    assert refused(offline, "hi", **body) == detail
