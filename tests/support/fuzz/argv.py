"""Command lines: made from the program's own grammar with values that do not fit, and from nothing but noise."""

import functools
import random
import shutil
from pathlib import Path

import httpx

from inference_cli.cli.tree import command_tree
from inference_cli.completion.tree import Flag, Place, places
from tests.support.fuzz.answers import Answer
from tests.support.fuzz.documents import HOSTILE
from tests.support.fuzz.invariants import broken
from tests.support.fuzz.recorded import is_paid, shortened, signed_in
from tests.support.samples import png
from tests.support.wire import Wire

_NEVER = {"inference/sandbox/serve", "inference/sandbox/reset"}
"""They would not come back, or draw real pictures."""
_NEVER_FLAGS = {"--sandbox", "--open"}
_VALUES = (
    "", " ", "-", "--", "-1", "0", "1", "7", "1e9", "1e400", "nan", "999999999999999999999", "x" * 300, "0.50", "5s", "10m",
    "16:9", "0:0", "1024x1024", "64x64", "-5x9", "2K", "foxes", "a=b", "a:=1", "a:={", "a:=NaN", "seed=7", "seed:=[1]",
    "prompt=hello", "a.b[0].c=1", "a[=1", "=", "=x", ":=", "image_size=square", "k=@picture.png", "k=@missing", "@",
    "@missing", "@text.txt", "file:///etc/passwd", "picture.png", "text.txt", "missing.png", ".", "..", "out/", "/", "\\",
    "https://example.com/x.png", "http://127.0.0.1/x", "http://[::1", "ftp://x", "data:image/png;base64,AAAA", "data:,",
    "2026-13-45", "7d", "-7d", "all", "last", "7cf9", "../x", "{slug}-{id}.{ext}", "{nope}", "{", "%s", "name, age int",
    '{"type": "object"}', '{"type": 7}', ".data[]", ".[", "env", "input", "ideogram-v4", "gpt-5", "kling", "a/b",
    "claude-sonnet-4-6", "black-forest-labs-flux-2-klein-4b", "kling-video-v2-6-pro-text-to-video", "5s: a fox", "canary",
    "current", "succeeded", "image", "json", "curl", "python", "always", "never", "ask", "b64_json", "url", "20GB", "-1MB",
    "default", "other", "sandbox", "\u00e9\u4e2d\U0001f98a", "\udc80", *HOSTILE[:18],
)  # fmt: skip


@functools.cache
def _grammar() -> tuple[Place, ...]:
    return tuple(place for place in places(command_tree()) if place.key not in _NEVER)


def line(rng: random.Random) -> list[str]:
    """A command line: a command with some of its flags, right values among wrong ones, or words at random."""
    place = rng.choice(_grammar())
    if rng.random() < 0.15:
        names = [name for other in rng.choices(_grammar(), k=3) for flag in other.flags for name in flag.names]
        words = [*place.path[1:], *rng.choices([*names, *_VALUES], k=rng.randrange(6))]
        rng.shuffle(words)
    else:
        words = list(place.path[1:])
        for flag in rng.sample(place.flags, min(len(place.flags), rng.choice((0, 1, 1, 2, 3, 5)))):
            words += _given(flag, rng)
        for argument in place.command.arguments:
            for _ in range(rng.choice((0, 1, 1, 1, 2))):
                words.insert(rng.randrange(len(place.path) - 1, len(words) + 1), _value(argument.choices, rng))
    words = [word for word in words if word not in _NEVER_FLAGS and "\0" not in word]
    return [word.replace("\ud800", "\udcff") for word in words]  # the halves of characters that argv can hold


def _given(flag: Flag, rng: random.Random) -> list[str]:
    name = rng.choice(flag.names)
    if not flag.takes_value:
        return [name] * rng.choice((1, 1, 1, 2))
    value = _value(flag.choices, rng)
    return [f"{name}={value}"] if rng.random() < 0.2 else [name, value]


def _value(choices: tuple[str, ...], rng: random.Random) -> str:
    return rng.choice(choices) if choices and rng.random() < 0.6 else rng.choice(_VALUES)


_SHORT = shortened(Answer.of(Wire()(httpx.Request("GET", "https://hub.oxen.ai/api/ai/models"))))
"""A list of a few models, which takes less time to be read than that of all."""


class Counting(httpx.BaseTransport):
    """The published models, and a refusal of everything paid; counts what was asked after the command was understood."""

    def __init__(self) -> None:
        self._wire = Wire()
        self.paid = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer."""
        request.read()
        self.paid += is_paid(request.method, request.url.path)
        if request.method == "POST":
            return httpx.Response(422, json={"error": {"message": "nothing is made here"}}, request=request)
        response = self._wire(request)
        response.request = request
        if request.url.path.endswith("/models"):
            return _SHORT.response(request)
        return response


def run_line(words: list[str], rng: random.Random, folder: Path) -> list[str]:
    """Run a command line in a new folder; what was wrong."""
    wire = Counting()
    folder.mkdir()
    try:
        program = signed_in(folder, wire)
        stdin = rng.choice((b"", b"", b"a fox\n", b"\x00\xff\x1b[31337m", b'{"seed": 7}'))
        done = program(*words, stdin=stdin)
        allowed = (*(["the token"] if "token" in words else []), *(["more than"] if "--debug-http" in words else []))
        found = [one for one in broken(done, program.home) if not one.startswith(tuple(allowed))]
        if done.code == 2 and wire.paid:
            found.append(f"exit 2 after {wire.paid} paid requests")
        return found
    finally:
        shutil.rmtree(folder)


def prepare(here: Path) -> None:
    """What the values name, in the folder that the commands run in."""
    (here / "picture.png").write_bytes(png())
    (here / "text.txt").write_text("a fox\n")
