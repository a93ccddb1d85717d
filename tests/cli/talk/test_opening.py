"""From flags to the beginning of a conversation."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from inference_cli.cli.chat_flags import ChatFlags
from inference_cli.cli.repl import Start
from inference_cli.cli.talk.opening import opened
from inference_cli.conversation.template import Template
from inference_cli.errors import NotFoundError, ParameterError
from tests.support.samples import png
from tests.support.talking import Server, said, session_of, talk


def _opened(folder: Path, filled: Template | None = None, **flags: Any) -> Start:
    with ExitStack() as stack:
        session = session_of(folder, Server())
        stack.callback(session.close)
        return opened(session, ChatFlags(**flags), filled, stack)


def test_nothing_but_a_conversation(tmp_path: Path) -> None:
    """The service's own default model, and the log."""
    start = _opened(tmp_path)
    assert (start.model, start.system, start.parameters, start.past) == ("claude-sonnet-4-6", None, {}, ())
    assert start.log is not None
    assert _opened(tmp_path, no_log=True).log is None


def test_everything(tmp_path: Path) -> None:
    """Each flag has the meaning that it has for one question."""
    (tmp_path / "fox.png").write_bytes(png())
    start = _opened(
        tmp_path,
        model=["gpt-5"],
        system="Be short.",
        attach=[str(tmp_path / "fox.png")],
        param=["seed=7"],
        tool=["time"],
        tool_rounds=3,
        schema="name",
        no_stream=True,
        hide_reasoning=True,
        no_validate=True,
    )
    assert (start.model, start.system, start.parameters["seed"], start.rounds) == ("gpt-5", "Be short.", 7, 3)
    assert start.parameters["response_format"]["type"] == "json_schema"
    assert [one.name for one in start.attachments] == ["fox.png"]
    assert (start.stream, start.hide_reasoning, start.validate) == (False, True, False)
    assert start.toolbox is not None
    assert start.toolbox.definitions[0]["function"]["name"] == "time"


def test_a_template(tmp_path: Path) -> None:
    """Its parameters are below those of the flags; the first message is put into it."""
    template = Template("short", prompt="{what}: {input}", params={"seed": 1, "temperature": 0.5})
    start = _opened(tmp_path, template, template="short", param=["seed=7"], set=["what=Shorten"])
    assert (start.parameters, start.template) == ({"seed": 7, "temperature": 0.5}, "short")
    assert start.fill is not None
    assert start.fill("hi").prompt == "Shorten: hi"


def test_what_is_wrong_is_said_before_anybody_types(tmp_path: Path) -> None:
    """An unknown conversation, a parameter that does not fit."""
    with pytest.raises(NotFoundError):
        _opened(tmp_path, cid="0123")
    with pytest.raises(NotFoundError):
        _opened(tmp_path, continue_=True)
    with pytest.raises(ParameterError):
        _opened(tmp_path, param=["temperature=9"])


def test_a_conversation_goes_on(tmp_path: Path) -> None:
    """With its model and what was said in it."""
    with ExitStack() as stack:
        session = session_of(tmp_path, Server())
        stack.callback(session.close)
        log = session.log
        talk(tmp_path, Server(said("hello")), "/system Be short.", "hi", start=Start(model="other", log=log))
        identity = log.find("last")
    start = _opened(tmp_path, cid=identity[:6])

    assert (start.model, start.conversation_id) == ("other", identity)
    assert [(one["role"], one["content"]) for one in start.past] == [
        ("system", "Be short."),
        ("user", "hi"),
        ("assistant", "hello"),
    ]
