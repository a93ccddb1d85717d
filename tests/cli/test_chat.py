"""`inference chat`: one question and its answer, in pipes; against a service that answers from a script."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from inference_cli.api.wire import httpx
from inference_cli.terminal.documents import schema
from tests.support.samples import png
from tests.support.talker import MODEL, called, cut, said, talker

NOTHING = "Nothing was sent."


def test_an_answer_in_a_pipe_is_its_bytes(tmp_path: Path) -> None:
    """Nothing is added to what the model wrote, and the note about the model is on stderr."""
    program, service = talker(tmp_path, said("Hel", "lo\n\n", "# *w\u00f6rld*"))
    done = program("chat", "greet me", "--no-log")
    assert (done.code, done.out) == (0, "Hello\n\n# *w\u00f6rld*")
    assert done.err == "  claude-sonnet-4-6\n"
    assert service.chats == [
        {
            "model": "claude-sonnet-4-6",
            "messages": [{"role": "user", "content": "greet me"}],
            "stream": True,
            "stream_options": {"include_usage": True},
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "stdin", "asked"),
    [
        (["why?"], b"", "why?"),
        ([], b"diff --git\n", "diff --git"),
        (["write the commit message"], b"diff --git\n", "diff --git\n\nwrite the commit message"),
        (["what is this?", "-f", "a.txt"], b"", "a.txt\n```\nalpha\n```\n\nwhat is this?"),
        (["compare", "-f", "a.txt", "-f", "-"], b"beta", "a.txt\n```\nalpha\n```\n\nstdin\n```\nbeta\n```\n\ncompare"),
        (["-"], b"from stdin\n", "from stdin"),
    ],
)
def test_the_prompt_is_joined(tmp_path: Path, arguments: list[str], stdin: bytes, asked: str) -> None:
    """Files first, then what is piped in, then the question about it."""
    program, service = talker(tmp_path, said("ok"))
    (program.cwd / "a.txt").write_text("alpha\n")
    named = [str(program.cwd / part) if part == "a.txt" else part for part in arguments]
    done = program("chat", "-m", "m", "--no-log", *named, stdin=stdin)
    assert (done.code, done.out, done.err) == (0, "ok", "")
    assert service.questions == [asked.replace("a.txt", str(program.cwd / "a.txt"))]


def test_what_the_model_is_told_first(tmp_path: Path) -> None:
    """A system prompt, from the command line or a file; parameters are typed."""
    program, service = talker(tmp_path, said("ok"), said("ok"))
    (tmp_path / "terse.txt").write_text("Be terse.")
    for told in ("Be terse.", f"@{tmp_path / 'terse.txt'}"):
        assert program("chat", "hi", "-s", told, "-p", "temperature=0.2", "--no-log").code == 0
    for chat in service.chats:
        assert chat["messages"][0] == {"role": "system", "content": "Be terse."}
        assert chat["temperature"] == 0.2


def test_the_document(tmp_path: Path) -> None:
    """--json is the whole response with cost, conversation and completeness; it fits its schema."""
    program, _ = talker(tmp_path, said("Hi ", "you", reasoning="hm"))
    done = program("chat", "greet", "--json", "--no-log")
    jsonschema_rs.validate(schema("chat"), done.json)
    assert done.json == {
        "id": "c1",
        "created": 1,
        "model": "m1",
        "object": "chat.completion",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": "Hi you", "reasoning_content": "hm"},
                "finish_reason": "stop",
            }
        ],
        "usage": {"prompt_tokens": 10, "completion_tokens": 4, "total_tokens": 14},
        "schema": 1,
        "conversation_id": None,
        "cost": 9e-05,
        "complete": True,
        "seconds": 0.0,
        "rounds": 1,
    }


def test_a_filter_over_it(tmp_path: Path) -> None:
    """--jq gives the parts that a script wants, strings raw."""
    program, _ = talker(tmp_path, said("Hi"))
    done = program("chat", "greet", "--jq", ".choices[0].message.content, .usage.total_tokens", "--no-log")
    assert done.out == "Hi\n14\n"


def test_a_filter_that_does_not_fit_loses_nothing(tmp_path: Path) -> None:
    """The answer was paid for: it goes out whole, and the exit code does not say that nothing was sent."""
    program, _ = talker(tmp_path, said("Hi"))
    done = program("chat", "greet", "-m", "m", "--jq", ".data[]", "--no-log")
    assert done.code == 11
    assert done.json["choices"][0]["message"]["content"] == "Hi"
    assert "Cannot iterate over null" in done.err


def test_events(tmp_path: Path) -> None:
    """--events is a line for each piece, and the whole answer as the last one; each fits the schema."""
    program, _ = talker(tmp_path, said("a", "b", reasoning="r"))
    lines = [json.loads(line) for line in program("chat", "x", "--events", "--no-log").lines]
    for line in lines:
        jsonschema_rs.validate(schema("chat_event"), line)
    assert [(line["event"], line.get("text")) for line in lines] == [
        ("reasoning", "r"),
        ("text", "ab"),
        ("answer", None),
    ]


def test_reasoning_is_on_stderr(tmp_path: Path) -> None:
    """It never mixes with the answer; -R and -q leave it out."""
    program, _ = talker(tmp_path, *[said("42", reasoning="six times seven")] * 3)
    shown = program("chat", "x", "-m", "m", "--no-log")
    assert (shown.out, shown.err) == ("42", "six times seven\n")
    for flag in ("-R", "-q"):
        assert program("chat", "x", "-m", "m", "--no-log", flag).err == ""


CODE = "Here:\n\n```py\na = 1\n```\n\nand\n\n```sh\nls\n```\nbye"


@pytest.mark.parametrize(("flag", "out"), [("-x", "a = 1\n"), ("--xl", "ls\n")])
def test_code_alone(tmp_path: Path, flag: str, out: str) -> None:
    """-x is the first block of code, --xl the last, byte for byte."""
    program, _ = talker(tmp_path, said(CODE))
    assert program("chat", "code", flag, "--no-log", "-q").out == out


def test_no_code(tmp_path: Path) -> None:
    """Without a block it is the whole answer, and says so."""
    program, _ = talker(tmp_path, said("just words"))
    done = program("chat", "code", "-m", "m", "-x", "--no-log")
    assert (done.out, done.err) == ("just words", "  There is no code block in the answer; this is all of it.\n")


def test_not_streamed(tmp_path: Path) -> None:
    """--no-stream asks for the whole answer at once."""
    whole = {"model": "m1", "choices": [{"index": 0, "message": {"content": "all of it"}, "finish_reason": "stop"}]}
    program, service = talker(tmp_path, httpx.Response(200, json=whole))
    done = program("chat", "x", "--no-stream", "--no-log", "-q")
    assert (done.code, done.out) == (0, "all of it")
    assert service.chats[0]["stream"] is False


def test_usage(tmp_path: Path) -> None:
    """-u is a line of tokens, cost and time on stderr."""
    program, _ = talker(tmp_path, said("x"), said("x", usage=None))
    assert program("chat", "x", "-u", "--no-log").err.endswith("  10 tokens in, 4 out · $0.00009 · 0 s\n")
    assert program("chat", "x", "-u", "--no-log").err.endswith("  tokens not known · cost not known · 0 s\n")


def test_into_a_file(tmp_path: Path) -> None:
    """-o writes the whole answer, prints where, and never replaces a file unless told to."""
    program, service = talker(tmp_path, said("one"), said("two"), said("three"), said("four"))
    file = program.cwd / "a.md"
    assert program("chat", "x", "-o", str(file), "--no-log", "-q").out == f"{file}\n"
    assert program("chat", "x", "-o", str(file), "--no-log", "-q").out == f"{program.cwd / 'a-1.md'}\n"
    assert program("chat", "x", "-o", str(file), "--no-log", "-q", "--force").out == f"{file}\n"
    skipped = program("chat", "x", "-m", "m", "-o", str(file), "--no-log", "--no-clobber")
    assert (skipped.code, skipped.out, skipped.err) == (
        0,
        "",
        "  A file of that name is there, and stays. Nothing was sent.\n",
    )
    assert len(service.chats) == 3  # nothing is paid for that would be thrown away
    assert sorted((path.name, path.read_text()) for path in program.cwd.iterdir()) == [
        ("a-1.md", "two"),
        ("a.md", "three"),
    ]


def test_into_a_folder(tmp_path: Path) -> None:
    """The file is named after the question and the conversation, or the answer's id where none is kept."""
    program, _ = talker(tmp_path, said("one"), said("two"))
    first = program("chat", "Why is it blue?", "-o", f"{program.cwd}/", "-m", "m").lines[0]
    assert re.fullmatch(r"why-is-it-blue-[0-9a-f]{8}\.md", Path(first).name)
    second = program("chat", "Why is it blue?", "-o", f"{program.cwd}/", "-m", "m", "--no-log").lines[0]
    assert Path(second).name == "why-is-it-blue-c1.md"


def test_a_folder_that_is_not_there_is_noticed_before(tmp_path: Path) -> None:
    """Nothing is asked in vain."""
    program, service = talker(tmp_path)
    done = program("chat", "x", "-o", str(tmp_path / "none" / "a.md"), "--no-log")
    assert done.code == 2
    assert service.chats == []


def test_a_stream_that_is_cut(tmp_path: Path) -> None:
    """What came is shown, and said to be a part: exit 12."""
    program, _ = talker(tmp_path, cut("Once upon"), cut("Once upon"), cut("Once upon"))
    done = program("chat", "x", "-m", "m", "--no-log")
    assert (done.code, done.out) == (12, "Once upon")
    assert done.err.startswith("error: the stream ended early")
    document = program("chat", "x", "-m", "m", "--no-log", "--json")
    assert document.code == 12
    jsonschema_rs.validate(schema("chat"), document.json)
    assert (document.json["complete"], document.json["error"]["code"]) == (False, "damaged")
    assert document.json["choices"][0]["message"]["content"] == "Once upon"
    saved = program("chat", "x", "-m", "m", "--no-log", "-o", str(program.cwd / "a.md"))
    assert (saved.code, saved.out) == (12, f"{program.cwd / 'a.md.partial'}\n")
    assert (program.cwd / "a.md.partial").read_text() == "Once upon"
    assert not (program.cwd / "a.md").exists()


def test_an_answer_that_was_cut_short_by_its_limit(tmp_path: Path) -> None:
    """It is complete as far as the model goes, and says how to have more."""
    program, _ = talker(tmp_path, said("Once", finish="length"))
    done = program("chat", "x", "-m", "m", "-p", "max_tokens=1", "--no-log")
    assert (done.code, done.out) == (0, "Once")
    assert done.err == "warning: the answer ended at max_tokens; for a longer one:  -p max_tokens=N\n"


def test_an_answer_without_a_word(tmp_path: Path) -> None:
    """Nothing on stdout is the model's doing, and is said."""
    program, _ = talker(tmp_path, said())
    done = program("chat", "x", "-m", "m", "--no-log")
    assert (done.code, done.out, done.err) == (0, "", "warning: the answer is empty\n")


FORM = "name, age int"


def test_an_answer_in_a_form(tmp_path: Path) -> None:
    """--schema is sent as response_format, and the answer goes out as it is when it fits."""
    program, service = talker(tmp_path, said('{"name": "Ann", ', '"age": 7}'))
    done = program("chat", "who?", "--schema", FORM, "--no-log", "-q")
    assert (done.code, done.out) == (0, '{"name": "Ann", "age": 7}')
    sent = service.chats[0]["response_format"]
    assert (sent["type"], sent["json_schema"]["strict"]) == ("json_schema", True)
    assert sent["json_schema"]["schema"]["properties"] == {"name": {"type": "string"}, "age": {"type": "integer"}}


def test_an_answer_that_does_not_fit(tmp_path: Path) -> None:
    """It was paid for, so it is on stdout; the exit code says that it is not what was asked for."""
    program, service = talker(tmp_path, said('{"name": "Ann"}'))
    done = program("chat", "who?", "-m", "m", "--schema", FORM, "--no-log")
    assert (done.code, done.out) == (12, '{"name": "Ann"}')
    assert done.err.startswith("error: the answer does not fit the schema\n")
    assert "--retry-schema 1" in done.err
    assert len(service.chats) == 1


def test_an_answer_that_does_not_fit_in_a_file(tmp_path: Path) -> None:
    """The hint names the place where it is."""
    program, _ = talker(tmp_path, said('{"name": "Ann"}'))
    file = program.cwd / "a.json"
    done = program("chat", "who?", "-m", "m", "--schema", FORM, "--no-log", "-o", str(file))
    assert (done.code, done.out, file.read_text()) == (12, f"{file}\n", '{"name": "Ann"}')
    assert "It was paid for, and is in the file." in done.err
    assert "stdout" not in done.err


def test_asking_again_for_the_form(tmp_path: Path) -> None:
    """--retry-schema tells the model what is wrong, as often as allowed; only the last answer is the result."""
    program, service = talker(tmp_path, said('{"name": "Ann"}'), said('{"name": "Ann", "age": 7}'))
    done = program("chat", "who?", "-m", "m", "--schema", FORM, "--retry-schema", "1", "--no-log")
    assert (done.code, done.out) == (0, '{"name": "Ann", "age": 7}')
    assert done.err.startswith("warning: the answer does not fit the schema (")
    first, second = service.chats
    assert second["messages"][:1] == first["messages"]
    assert second["messages"][1] == {"role": "assistant", "content": '{"name": "Ann"}'}
    assert second["messages"][2]["content"].startswith("Your answer does not fit the schema: ")


def test_a_picture_goes_before_the_text(tmp_path: Path) -> None:
    """What is attached is known by its bytes, and the model is asked whether it takes it."""
    program, service = talker(tmp_path, said("a fox"))
    picture = tmp_path / "photo.dat"
    picture.write_bytes(png(4, 4))
    done = program("chat", "what is it?", "-a", str(picture), "--no-log", "-q")
    assert (done.code, done.out) == (0, "a fox")
    media, text = service.chats[0]["messages"][0]["content"]
    assert media["image_url"]["url"].startswith("data:image/png;base64,")
    assert text == {"type": "text", "text": "what is it?"}


def test_what_the_model_does_not_take(tmp_path: Path) -> None:
    """A model that reads no pictures is not sent one."""
    program, service = talker(tmp_path)
    service.models = [{**MODEL, "capabilities": {"input": ["text"], "output": ["text"]}}]
    picture = tmp_path / "photo.png"
    picture.write_bytes(png(4, 4))
    done = program("chat", "what is it?", "-a", str(picture), "--no-log")
    assert done.code == 2
    assert "takes text, not images: photo.png" in done.err
    assert service.chats == []


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        ([], b"", "the prompt is empty"),
        (["  "], b"", "the prompt is empty"),
        ([], b"\x89PNG\r\n\x1a\n\0\0", "not text"),
        (["x"], b"\0", "NUL"),
        ([], b"a" * 16_000_001, "more than 16 MB"),
        (["a\udcff"], b"", "not valid UTF-8"),
        (["x", "--schema", "name wat"], b"", "wat"),
        (["x", "--schema", "{"], b"", "JSON"),
        (["x", "-a", "missing.png"], b"", "missing.png"),
        (["x", "-f", "missing.txt"], b"", "missing.txt"),
        (["x", "-p", "temperature=9"], b"", "from 0 to 2"),
        (["x", "-p", "tempreture=1"], b"", "temperature"),
        (["x", "-c", "--cid", "a"], b"", "exclude each other"),
        (["x", "-m", "a", "-m", "b", "-c"], b"", "compared"),
        (["x", "-m", "a", "-m", "b", "-T", "time"], b"", "without tools"),
        (["x", "-m", "a", "-m", "a"], b"", "itself"),
        (["x", "-x", "--xl"], b"", "exclude each other"),
        (["x", "--set", "a=b"], b"", "template"),
        (["why", "is", "it", "blue?"], b"", 'Put it into quotes:  inference chat "…"'),
        (["x", "--retry-schema", "1"], b"", "--schema"),
        (["x", "-f", "-", "-a", "-"], b"x", "read standard input"),
        (["x", "--no-log", "-c"], b"", "--no-log"),
    ],
)
def test_bad_input(tmp_path: Path, arguments: list[str], stdin: bytes, words: str) -> None:
    """Exit 2 with what is wrong; nothing is sent."""
    program, service = talker(tmp_path)
    done = program("chat", *arguments, stdin=stdin)
    assert done.code == 2
    assert words in done.err
    assert done.out == ""
    assert service.chats == []


def test_a_model_that_the_service_does_not_know(tmp_path: Path) -> None:
    """The service says so: exit 4."""
    missing = httpx.Response(404, json={"error": {"detail": "Model not found: cloud"}})
    program, _ = talker(tmp_path, missing)
    done = program("chat", "x", "-m", "cloud", "--no-log")
    assert (done.code, done.out) == (4, "")
    assert done.err.startswith("error: no model named cloud\n")


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (httpx.ConnectError("refused"), 7, "cannot connect"),
        (httpx.ReadError("reset"), 12, "may have been billed"),
        (httpx.Response(402, json={"error": {"message": "insufficient credits"}}), 6, "credits"),
        (httpx.Response(401, json={"error": {"type": "unauthenticated"}}), 3, "refused the token"),
        (httpx.Response(422, json={"error": {"message": "too long"}}), 5, "too long"),
        (httpx.Response(500, json={"error": {"message": "oops"}}), 12, "may have been billed"),
        (httpx.Response(503, json={"error": {"message": "busy"}}), 7, "busy"),
        (httpx.Response(200, json={"error": {"message": "no"}}), 5, "no"),
        (httpx.Response(200, json={"choices": 3}), 12, "no chat completion"),
    ],
)
def test_failures(tmp_path: Path, answer: Any, code: int, words: str) -> None:
    """The exit code says what a script may do next; what may have been billed is said to be."""
    program, _ = talker(tmp_path, *[answer] * 4)
    done = program("chat", "x", "-m", "m", "--no-log", "--no-retry")
    assert (done.code, done.out) == (code, "")
    assert words in done.err


def test_a_limit_needs_a_bound(tmp_path: Path) -> None:
    """With --max-cost the price has to be known before: an answer needs a limit, and has to fit it."""
    program, service = talker(tmp_path, said("ok"))
    endless = program("chat", "x", "--max-cost", "0.01", "--no-log")
    assert endless.code == 6
    assert "cannot be kept" in endless.err
    dear = program("chat", "x", "--max-cost", "0.01", "-p", "max_tokens=100000", "--no-log")
    assert dear.code == 6
    assert service.chats == []
    assert program("chat", "x", "--max-cost", "0.01", "-p", "max_tokens=100", "--no-log", "-q").out == "ok"


def test_a_budget_counts_chats(tmp_path: Path) -> None:
    """What an answer cost is counted; what does not fit any more is not asked."""
    program, service = talker(tmp_path, said("ok"), said("ok"))
    assert program("config", "set", "budget_day", "0.0020").code == 0
    ask = ("chat", "x", "-p", "max_tokens=100", "--no-log", "-q")
    assert program(*ask).code == 0
    assert program(*ask).code == 0
    assert program("config", "set", "budget_day", "0.0015").code == 0
    done = program(*ask)
    assert done.code == 6
    assert "only $0.00132 of the budget" in done.err
    assert len(service.chats) == 2


def test_a_dry_run(tmp_path: Path) -> None:
    """The request and its price; nothing is sent."""
    program, service = talker(tmp_path)
    done = program("chat", "x", "-p", "max_tokens=10", "--dry-run", "--no-log")
    route, _, body = done.out.partition("\n")
    assert route == "POST /ai/chat/completions"
    assert json.loads(body) == {
        "model": "claude-sonnet-4-6",
        "messages": [{"role": "user", "content": "x"}],
        "max_tokens": 10,
    }
    assert "at most $0.0003" in done.err
    assert done.err.endswith("Nothing was sent.\n")
    document = program("chat", "x", "--dry-run", "--json", "--no-log")
    jsonschema_rs.validate(schema("chat"), document.json)
    assert document.json["request"]["bodies"] == [
        {"model": "claude-sonnet-4-6", "messages": [{"role": "user", "content": "x"}]}
    ]
    code = program("chat", "x", "--as", "curl", "--no-log")
    assert "$INFERENCE_API_KEY" in code.out
    assert service.chats == []


def test_calls_that_nobody_can_answer(tmp_path: Path) -> None:
    """A model that calls tools although it has none: the answer is what it said."""
    program, _ = talker(tmp_path, called(("weather", {"city": "Paris"})))
    done = program("chat", "x", "--json", "--no-log")
    assert done.code == 0
    assert done.json["choices"][0]["message"]["tool_calls"][0]["function"] == {
        "name": "weather",
        "arguments": '{"city": "Paris"}',
    }
