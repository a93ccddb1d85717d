from typing import Any

import pytest

from tests.support.chatting import refused, said, text_of
from tests.support.offline import Offline, data_url

CALL = {"id": "c1", "type": "function", "function": {"name": "time", "arguments": "{}"}}
CALLING = {"role": "assistant", "content": None, "tool_calls": [CALL]}
ROLES = "system, developer, user, assistant, tool"
PARTS = "text, image_url, video_url, audio_url, input_audio, file"


@pytest.mark.parametrize(
    ("messages", "detail"),
    [
        ("hi", "messages: must be an array"),
        (["hi"], "messages[0]: must be an object"),
        ([{"content": "hi"}], f"messages[0].role: must be one of {ROLES}"),
        ([{"role": "robot", "content": "hi"}], f"messages[0].role: must be one of {ROLES}"),
        ([{"role": ["user"], "content": "hi"}], f"messages[0].role: must be one of {ROLES}"),
        ([{"role": "user"}], "messages[0].content: is required"),
        ([{"role": "user", "content": 3}], "messages[0].content: must be a string or an array of parts"),
        ([{"role": "assistant", "content": None}], "messages[0].content: is required"),
        ([{"role": "system", "content": "hi"}], "Prompt cannot be empty"),
        ([{"role": "user", "content": []}], "Prompt cannot be empty"),
        ([{"role": "tool", "content": "x"}], "messages[0].tool_call_id: is required in a message of a tool"),
        (
            [*said("a"), {"role": "tool", "tool_call_id": "c1", "content": "x"}],
            "messages[1].tool_call_id: answers no call of the message before: c1",
        ),
        ([*said("a"), CALLING], "messages: these tool calls have no result: c1"),
        ([*said("a"), CALLING, *said("b")], "messages: these tool calls have no result: c1"),
        (
            [*said("a"), {"role": "assistant", "tool_calls": []}],
            "messages[1].tool_calls: must be an array with at least one call",
        ),
        (
            [*said("a"), {"role": "assistant", "tool_calls": [{"id": "c1"}]}],
            "messages[1].tool_calls[0].function: must have a name and arguments, both strings",
        ),
        (
            [*said("a"), {"role": "assistant", "tool_calls": [{**CALL, "id": 3}]}],
            "messages[1].tool_calls[0].id: must be a string",
        ),
    ],
)
def test_messages_that_are_none(offline: Offline, messages: Any, detail: str) -> None:
    """Said with the place, free of charge."""
    assert refused(offline, None, messages=messages) == detail


@pytest.mark.parametrize(
    ("part", "detail"),
    [
        ("x", f"type: must be one of {PARTS}"),
        ({"type": "picture"}, f"type: must be one of {PARTS}"),
        ({"type": []}, f"type: must be one of {PARTS}"),
        ({"type": "text"}, "text: must be a string"),
        ({"type": "image_url"}, "image_url: must be an object"),
        ({"type": "image_url", "image_url": {}}, "image_url.url: must be a string"),
        ({"type": "input_audio", "input_audio": {"data": "x"}}, "input_audio.format: must be a string"),
        ({"type": "file", "file": {"file_id": "f"}}, "file.file_id: is not supported, give file_data or file_url"),
        ({"type": "file", "file": {}}, "file: exactly one of file_data and file_url must be given"),
        (
            {"type": "file", "file": {"file_data": "data:,x", "file_url": "https://x"}},
            "file: exactly one of file_data and file_url must be given",
        ),
        ({"type": "file", "file": {"file_data": "https://x"}}, "file.file_data: must be a data: URL"),
    ],
)
def test_parts_that_are_none(offline: Offline, part: Any, detail: str) -> None:
    """The same."""
    assert refused(offline, [part]) == f"messages[0].content[0].{detail}"


def test_only_users_attach(offline: Offline) -> None:
    """Texts in parts may come from anybody."""
    part = {"type": "image_url", "image_url": {"url": data_url()}}
    talk = [{"role": "system", "content": [part]}, *said("hi")]
    assert refused(offline, None, messages=talk) == (
        "messages[0].content[0].type: only a user's message may hold image_url"
    )
    talk[0]["content"] = [{"type": "text", "text": "Be"}, {"type": "text", "text": "terse."}]
    assert text_of(offline, None, messages=talk).endswith("My instructions are: “Be terse.”")


def test_the_last_words_may_be_anybodys(offline: Offline) -> None:
    """A talk that ends with the assistant is about what the user said before."""
    talk = [{"role": "developer", "content": "x"}, *said("a fox"), {"role": "assistant", "content": "It"}]
    assert "You asked: “a fox”" in text_of(offline, None, messages=talk)


def test_only_the_last_message_of_the_user_has_magic(offline: Offline) -> None:
    """A talk goes on after a failure."""
    talk = [*said("sandbox:500"), {"role": "assistant", "content": "sandbox:500"}, *said("and now?")]
    assert "You asked: “and now?”" in text_of(offline, None, messages=talk)
