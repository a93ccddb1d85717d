"""Several models asked the same at once."""

from pathlib import Path

import httpx
import jsonschema_rs

from inference_cli.terminal.documents import schema
from tests.support.talker import said, talker

FORM = "name, age int"


def test_several_models(tmp_path: Path) -> None:
    """Each answer under its model, in the order in which they were named; exit 10 when some failed."""
    program, service = talker(tmp_path)
    service.answers = [said("same"), said("same")]
    done = program("chat", "x", "-m", "a", "-m", "b", "--no-log", "-q")
    assert (done.code, done.out) == (0, "# a\n\nsame\n\n# b\n\nsame\n")
    assert sorted(chat["model"] for chat in service.chats) == ["a", "b"]
    service.answers = [said("same"), httpx.Response(422, json={"error": {"message": "no"}})]
    partial = program("chat", "x", "-m", "a", "-m", "b", "--no-log", "--json")
    assert partial.code == 10
    jsonschema_rs.validate(schema("comparison"), partial.json)
    assert partial.json["error"]["message"] == "1 of 2 models answered"
    assert sorted(bool(answer["choices"]) for answer in partial.json["answers"]) == [False, True]
    service.answers = [httpx.Response(422, json={"error": {"message": "no"}})] * 2
    assert program("chat", "x", "-m", "a", "-m", "b", "--no-log").code == 5


def test_several_models_and_a_form(tmp_path: Path) -> None:
    """Each answer is held to the schema: exit 10 when one does not fit, 12 when none does; all are shown."""
    program, service = talker(tmp_path, said('{"name": "Ann"}'), said('{"name": "Ann", "age": 7}'))
    asked = ("chat", "who?", "-m", "a", "-m", "b", "--schema", FORM, "--no-log")
    some = program(*asked)
    assert (some.code, some.out.count('"name"')) == (10, 2)
    assert "error: 1 of 2 models answered\n" in some.err
    assert some.err.count("the answer does not fit the schema (the answer lacks age)") == 1
    service.answers = [said("{}"), said("{}")]
    assert program(*asked, "-q").code == 12


def test_a_bug_in_one_of_them(tmp_path: Path) -> None:
    """What the others answered is shown all the same; then it is reported as any other bug, without its message."""
    program, _ = talker(tmp_path, said("same"), ZeroDivisionError("canary"))
    done = program("chat", "x", "-m", "a", "-m", "b", "--no-log", "-q")

    assert (done.code, done.out.count("same")) == (1, 1)
    assert done.err.splitlines()[-2] == "error: a bug in this program (ZeroDivisionError)"
    assert ("Traceback" in done.err, "canary" in done.err) == (False, False)
