"""Where an answer goes, and what a failure in the middle of it means."""

import json
from pathlib import Path

import pytest

from inference_cli.api.wire import httpx
from tests.support.talker import called, said, talker

FORM = "name, age int"


@pytest.mark.parametrize("in_file", [False, True], ids=["pipe", "file"])
def test_json_in_a_code_fence_goes_out_as_json(tmp_path: Path, in_file: bool) -> None:
    """Whoever reads it takes JSON; the log keeps the answer as it came."""
    program, _ = talker(tmp_path, said('```json\n{"name": "Ann", "age": 3}\n```\n'))
    file = program.cwd / "who.json"
    done = program("chat", "who?", "-m", "m", "--schema", FORM, *(["-o", str(file)] if in_file else []))
    text = file.read_text() if in_file else done.out
    assert (done.code, json.loads(text)) == (0, {"name": "Ann", "age": 3})
    assert "```json" in program("logs", "show", "last").out


@pytest.mark.parametrize("status", [400, 401, 402, 503])
def test_a_refusal_after_an_accepted_request(tmp_path: Path, status: int) -> None:
    """The second request of a turn is refused: the first was paid for, and no exit code may deny it."""
    refusal = httpx.Response(status, json={"error": {"title": "No", "detail": "not this one"}})
    program, service = talker(tmp_path, called(("time", {})), refusal, refusal, refusal)
    done = program("chat", "what time is it?", "-m", "m", "-T", "time", "--no-retry")
    assert done.code == 12
    assert len(service.chats) == 2
