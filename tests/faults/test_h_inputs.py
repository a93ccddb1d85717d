"""What goes in: prompts, files, parameters, variables; refused before anything is sent, or sent as it was given."""

import errno
import json
import os
import struct
import zlib
from typing import Any

import pytest

from tests.support.account import CLAUDE, FOX, WAVES
from tests.support.harness import DIRECT_FOX, Fault
from tests.support.samples import jpeg, mp4, png

ASK = ("chat", "hello", "-m", CLAUDE)


# ----------------------------------------------------------------------------------------------- prompts


def test_H01_prompts_on_standard_input(fault: Fault) -> None:
    """16 MB of text at most; more, binary and empty ones are refused, an endless one at once (fault H1)."""
    ten = b"a red fox " * 1_000_000
    taken = fault.run("chat", "-m", CLAUDE, "--no-log", stdin=ten)
    endless = fault.run("chat", "-m", CLAUDE, prefix=("sh", "-c", 'yes | "$0" "$@"'), budget=20)
    refused = [
        fault.inside("chat", "-m", CLAUDE, stdin=b"x" * 16_000_001),
        fault.inside("image", "-", "-m", FOX, stdin=b"x" * 16_000_001),
        fault.inside("chat", "-m", CLAUDE, stdin=png()),
        fault.inside("image", "-", "-m", FOX, stdin=png()),
        fault.inside("chat", "-m", CLAUDE, stdin=b" \n"),
        fault.inside("image", "-", "-m", FOX, stdin=b""),
    ]

    assert (taken.code, endless.code, [one.code for one in refused]) == (0, 2, [2] * 6)
    assert len(fault.api.paid) == 1
    assert fault.api.paid[0].json["messages"][-1]["content"] == ten.decode()
    assert all("16 MB" in one.err for one in (endless, *refused[:2]))
    assert all("--image" in one.err or "-a" in one.err for one in refused[2:4])
    assert all("empty" in one.err for one in refused[4:])


def test_H01_nobody_is_waited_for(fault: Fault) -> None:
    """Standard input that is closed, or a terminal: no hang (fault H1)."""
    closed = fault.run("chat", "-m", CLAUDE, prefix=("sh", "-c", 'exec "$0" "$@" <&-'))
    beside = fault.run(*ASK, prefix=("sh", "-c", 'exec "$0" "$@" <&-'))
    terminal = fault.terminal("image", "-", "-m", FOX)

    assert (closed.code, beside.code, terminal.finish()) == (2, 0, 2)
    assert "this terminal" in "\n".join(terminal.screen)


def test_H02_arguments_above_the_limit_of_the_system(fault: Fault) -> None:
    """The system refuses them before this program runs; a file takes them, and the help says so (fault H2)."""
    long = "a red fox " * 14_000
    with pytest.raises(OSError) as caught:
        fault.run("chat", long, "-m", CLAUDE)
    fault.give("long.txt", long.encode())
    done = fault.run("chat", "-f", "long.txt", "-m", CLAUDE)

    assert caught.value.errno == errno.E2BIG
    assert (done.code, long.strip() in fault.api.paid[0].json["messages"][-1]["content"]) == (0, True)
    assert "--file" in fault.run("chat", "--help").text


TEXTS = ["{{ name }} {% x %}", "%s %(a)s %n", "`id` $(id) ${HOME} $HOME", "a'b\"c\\n\\", "<|im_start|>", "a\tb\nc  "]


@pytest.mark.parametrize("text", TEXTS)
def test_H11_what_looks_like_a_template(fault: Fault, text: str) -> None:
    """Is sent byte for byte (fault H11)."""
    run = fault.run if text is TEXTS[0] else fault.inside
    assert run("chat", text, "-m", CLAUDE).code == 0
    assert run("image", text, "-m", FOX, "-o", "fox.png").code == 0

    assert fault.api.paid[0].json["messages"][-1]["content"] == text.removesuffix("\n")
    assert fault.api.paid[1].json["prompt"] == text


@pytest.mark.parametrize("text", ["-fox", "--help", "@secret.txt", "file:///etc/passwd", "-"])
def test_H12_prompts_that_begin_oddly(fault: Fault, text: str) -> None:
    """After -- anything is a prompt; a file is read only where that is documented (fault H12)."""
    fault.give("secret.txt", b"secret words")
    dashes = text != "-"
    image = fault.run("image", "-m", FOX, "-o", "fox.png", "--", text) if dashes else fault.inside(*ASK)
    chat = fault.inside("chat", "-m", CLAUDE, "--", text)

    assert (image.code, chat.code) == (0, 0 if dashes else 2)
    if dashes:
        assert fault.api.paid[0].json["prompt"] == text
        assert fault.api.paid[1].json["messages"][-1]["content"] == text


def test_H12_no_file_is_read_for_a_server_or_a_setting(fault: Fault) -> None:
    """A default in a schema, an alias in a project: both are text (fault H12)."""
    fault.give("secret.txt", b"secret words")
    fault.give("inference.toml", f'[alias]\nfoxy = "{FOX}"\n[models]\n'.encode())
    schema = json.loads(json.dumps(fault.api.models[0]["request_schema"]))
    schema["properties"] |= {"style": {"type": "string", "default": "@secret.txt"}}
    fault.api.models[0] = {**fault.api.models[0], "request_schema": schema}
    done = fault.inside(*DIRECT_FOX)
    given = fault.inside("image", "a fox", "-m", FOX, "-p", r"style=\@secret.txt", "-o", "b.png")

    assert (done.code, given.code) == (0, 0)
    assert "style" not in fault.api.paid[0].json or fault.api.paid[0].json["style"] == "@secret.txt"
    assert fault.api.paid[1].json["style"] == "@secret.txt"
    assert not any(b"secret words" in one.seen.body for one in fault.api.asked)


# ---------------------------------------------------------------------------------------- parameters


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("video", "a", "-m", WAVES, "--duration", "999"), "must be a whole number from 1 to 10"),
        (("video", "a", "-m", WAVES, "-p", "duration=long"), "must be a whole number"),
        (("image", "a", "-m", FOX, "--aspect-ratio", "7:3"), "must be 1:1 or 16:9"),
        (("image", "a", "-m", FOX, "-p", "seed=-1"), "must be"),
        (("image", "a", "-m", FOX, "-p", "seed:=1.5"), "must be"),
        (("image", "a", "-m", FOX, "-n", "0"), "range"),
    ],
    ids=lambda value: " ".join(value[-2:]) if isinstance(value, tuple) else "",
)
def test_H05_values_that_a_schema_refuses(fault: Fault, arguments: tuple[str, ...], words: str) -> None:
    """2, with what is allowed, and nothing is sent; --no-validate sends it (fault H5)."""
    run = fault.run if "999" in arguments else fault.inside
    refused = run(*arguments)

    assert (refused.code, fault.api.paid) == (2, [])
    assert words in refused.err
    if arguments[-2] != "-n":
        assert "--no-validate" in refused.err
        assert fault.inside(*arguments, "--no-validate", "-y", "-o", "x.bin").code in {0, 12}
        assert len(fault.api.paid) == 1


def test_H06_a_parameter_that_there_is_not(fault: Fault) -> None:
    """2, with the nearest right one; --no-validate sends it (fault H6)."""
    refused = fault.run("image", "a fox", "-m", FOX, "-p", "sead=7")
    forced = fault.inside("image", "a fox", "-m", FOX, "-p", "sead=7", "--no-validate", "-o", "fox.png")

    assert (refused.code, forced.code, len(fault.api.paid)) == (2, 0, 1)
    assert "did you mean seed?" in refused.err
    assert fault.api.paid[0].json["sead"] in {7, "7"}


LOOP: dict[str, Any] = {"type": "object", "properties": {"a": {"$ref": "#"}, "prompt": {"$ref": "#/properties/prompt"}}}
SCHEMAS: dict[str, Any] = {
    "null": None,
    "list": [],
    "text": "prompt",
    "number": 7,
    "bad type": {"type": 7, "properties": {"prompt": {"type": "thing"}}},
    "no object": {"type": "object", "properties": [1]},
    "loop": LOOP,
    "elsewhere": {"type": "object", "properties": {"prompt": {"$ref": "https://evil.example/schema"}}},
    "file": {"type": "object", "properties": {"prompt": {"$ref": "file:///etc/passwd"}}},
    "bad pattern": {"type": "object", "properties": {"prompt": {"type": "string", "pattern": "((("}}},
    "slow pattern": {"type": "object", "properties": {"prompt": {"type": "string", "pattern": "^(a+)+$|a red fox"}}},
    "nulls": {"type": None, "properties": {"prompt": None}, "required": None},
    "huge": {"type": "object", "properties": {"prompt": {}, **{f"p{n}": {"type": "string"} for n in range(20_000)}}},
    "deep": json.loads('{"properties": {"prompt": {}, "x": ' + '{"items":' * 90 + "{}" + "}" * 90 + "}}"),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_H07_schemas_that_are_broken(fault: Fault, name: str) -> None:
    """Nothing is checked by them, and a good call goes through (fault H7)."""
    fault.api.models[0] = {**fault.api.models[0], "request_schema": SCHEMAS[name]}
    done = (fault.run if name == "loop" else fault.inside)(*DIRECT_FOX)

    assert (done.code, done.lines, fault.evil.asked) == (0, ["fox.png"], [])
    assert fault.api.paid[0].json["prompt"] == "a red fox"
    if name != "huge":  # a page of 20,000 lines is as long as it is
        assert fault.inside("models", "show", FOX, terminal=True).code == 0
        assert fault.inside("models", "params", FOX).code == 0


def test_H07_a_schema_that_lies(fault: Fault) -> None:
    """It wants what there is not: the way past it is said (fault H7)."""
    schema = {"type": "object", "properties": {"prompt": {"type": "integer"}}, "required": ["ghost"]}
    fault.api.models[0] = {**fault.api.models[0], "request_schema": schema}
    refused, forced = fault.run(*DIRECT_FOX), fault.inside(*DIRECT_FOX, "--no-validate")

    assert (refused.code, forced.code, len(fault.api.paid)) == (2, 0, 1)
    assert "--no-validate" in refused.err


# --------------------------------------------------------------------------------------------- files


def _bomb() -> bytes:
    """A PNG of 100,000 pixels a side whose text unpacks to 100 MB."""

    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    text = part(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000), 9))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + text + part(b"IDAT", zlib.compress(b"")) + part(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing.png", "there is no file"),
        ("folder", "is a folder"),
        ("pipe", "is not a file"),
        ("large.png", "larger than 100 MB"),
        ("text.png", "is a text file"),
        ("drawing.svg", "SVG"),
        ("empty.png", "is empty"),
        ("noise.png", "of an unknown kind"),
        ("film.png", "video"),
        ("loop.png", "cannot be read"),
        ("/dev/zero", "is not a file"),
        ("nul\\0.png", "there is no file"),
    ],
)
def test_H10_files_that_are_none(fault: Fault, name: str, words: str) -> None:
    """2, before anything is sent, and nothing hangs or fills the memory (fault H10)."""
    (fault.cwd / "folder").mkdir()
    os.mkfifo(fault.cwd / "pipe")
    with fault.give("large.png", png()).open("r+b") as file:
        file.truncate(5 * 10**9)
    (fault.cwd / "loop.png").symlink_to("loop.png")
    for given, data in {"text.png": b"hello\n", "drawing.svg": b"<svg xmlns='x'/>", "empty.png": b"",
                        "noise.png": bytes(range(128, 256)), "film.png": mp4()}.items():  # fmt: skip
        fault.give(given, data)
    run = fault.run if name in {"pipe", "large.png"} else fault.inside
    done = run("image", "at night", "-m", FOX, "-i", name)

    assert (done.code, fault.api.paid) == (2, [])
    assert words in done.err
    (fault.cwd / "loop.png").unlink()
    (fault.cwd / "pipe").unlink()


def test_H10_files_that_will_do(fault: Fault) -> None:
    """A link to one, a JPEG whose notes are huge, a picture that would unpack to gigabytes: sent as they are (fault H10)."""
    note = b"\xff\xe1" + struct.pack(">H", 65535) + bytes(65533)
    notes = jpeg().replace(b"\xff\xd8", b"\xff\xd8" + note * 40, 1)
    for name, data in {"fox.png": png(), "notes.jpg": notes, "bomb.png": _bomb()}.items():
        fault.give(name, data)
    (fault.cwd / "link.png").symlink_to("fox.png")
    fault.given.add(fault.cwd / "link.png")
    ask = ("image", "at night", "-m", FOX, "-i")
    done = fault.run(*ask, "bomb.png", "-o", "out.png")
    others = [fault.inside(*ask, name, "-o", f"{name}-out.png") for name in ("link.png", "notes.jpg")]
    told = fault.inside(*ask, "fox.png", "--dry-run")

    assert ([one.code for one in (done, *others)], len(fault.api.paid)) == ([0, 0, 0], 3)
    assert "sha256" in told.err + told.text


def test_H10_a_file_without_permission(fault: Fault) -> None:
    """2; root may read everything, so that it is somebody else who tries (fault H10)."""
    fault.give("closed.png", png()).chmod(0)
    if os.geteuid() == 0:
        pytest.skip("root reads every file; tests/media/test_inputs.py refuses to read it in its place")
    done = fault.run("image", "at night", "-m", FOX, "-i", "closed.png")

    assert (done.code, fault.api.paid, "cannot be read" in done.err) == (2, [], True)


# --------------------------------------------------------------------------------------- environment


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("INFERENCE_MAX_COST", "cheap"),
        ("INFERENCE_MAX_COST", "nan"),
        ("INFERENCE_MAX_COST", "-1"),
        ("INFERENCE_SANDBOX", "maybe"),
        ("INFERENCE_SANDBOX_SPEED", "fast"),
        ("INFERENCE_BASE_URL", "hub"),
        ("INFERENCE_BASE_URL", "ftp://127.0.0.1/api"),
        ("INFERENCE_BASE_URL", "http://127.0.0.1:99999"),
        ("INFERENCE_BASE_URL", "http://[::1"),
        ("INFERENCE_MODEL_CHAT", "a b\x1b[31m"),
        ("INFERENCE_PROFILE", "../../x"),
    ],
)
def test_H13_variables_with_bad_values(fault: Fault, variable: str, value: str) -> None:
    """Named, in one sentence, before anything is sent (fault H13)."""
    fault.having(**{variable: value})
    done = (fault.run if value in {"cheap", "hub"} else fault.inside)("chat", "hello")

    assert done.code in {2, 3, 4}, done.err
    assert variable in done.err
    assert fault.api.paid == []
