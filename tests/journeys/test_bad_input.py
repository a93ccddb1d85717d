"""What bad input gets: a sentence, a hint with the next command, the exit code of the table; nothing sent or lost."""

import os
from pathlib import Path

import pytest

from tests.support.command import User
from tests.support.journey import FULL, SQUARE, books

KLEIN = "black-forest-labs-flux-2-klein-4b"
KLING = "kling-video-v2-6-pro-text-to-video"
HELP = "  Nothing was sent.  See:  inference models params {}        Send it unchecked:  --no-validate"
SEE = "  See:  inference {} --help"
NO_TOKEN = (
    "error: environment INFERENCE_API_KEY: this is no token: one is 8 to 512 letters, digits and signs, without spaces"
)


def test_no_token(user: User) -> None:
    """How to sign in, and how to try without an account."""
    done = user.run("image", "a fox")

    assert (done.code, done.out) == (3, b"")
    assert done.err.splitlines() == [
        "error: no token for https://hub.oxen.ai",
        '  Sign in:  inference auth login        Try without an account:  inference --sandbox image "a red fox"',
    ]


@pytest.mark.parametrize("token", ["canary\ntoken", "canary-t\u00f6ken", "canary token"])
def test_a_bad_token(user: User, token: str) -> None:
    """Where it came from; not a byte of it."""
    done = user.having(INFERENCE_API_KEY=token).run("image", "a fox")

    assert (done.code, done.out) == (3, b"")
    assert done.err.splitlines() == [NO_TOKEN, "  Copy it again from the settings of your account"]


@pytest.mark.parametrize(
    ("arguments", "code", "lines"),
    [
        pytest.param(
            ("video", "a bird", "-m", "kling-video-v2-6-pro-text-to-vido"),
            4,
            [
                "error: no model named kling-video-v2-6-pro-text-to-vido",
                f"  closest: {KLING}, kling-video-v2-6-pro-image-to-video, kling-video-v2-5-turbo-pro-image-to-video",
                "  Nothing was sent.  See:  inference models search kling",
            ],
            id="an unknown model",
        ),
        pytest.param(
            ("video", "a bird", "--shot", "5s: a cat"),
            2,
            [
                "error: a prompt and --shot exclude each other",
                "  Put the whole film into --shot flags, or into the prompt",
                SEE.format("video"),
            ],
            id="a prompt and shots",
        ),
        pytest.param(
            ("image", "a fox", "-o", "nowhere/fox.png"),
            2,
            ["error: there is no folder nowhere", "  Make it:  mkdir -p nowhere"],
            id="a folder that is not there",
        ),
        pytest.param(
            ("image", "at night", "-i", "text.png"),
            2,
            [
                "error: text.png is a text file, not an image",
                "  Known here: PNG, JPEG, WebP or GIF",
                SEE.format("image"),
            ],
            id="a text file as a picture",
        ),
        pytest.param(
            ("image", "at night", "-i", "missing.png"),
            2,
            ["error: there is no file missing.png", SEE.format("image")],
            id="a missing input",
        ),
        pytest.param(
            ("image", "at night", "-i", "."),
            2,
            ["error: . is a folder", "  Name the file in it", SEE.format("image")],
            id="a folder as input",
        ),
        pytest.param(
            ("video", "a bird", "-m", KLING, "--duration", "7", "-p", "aspect=16:9"),
            2,
            [
                f"error: 2 parameters do not fit {KLING}",
                "  --duration 7        must be 5 or 10",
                "  -p aspect=16:9      no such parameter; did you mean aspect_ratio?",
                HELP.format(KLING),
            ],
            id="an unknown key and a value outside its enum",
        ),
        pytest.param(
            ("image", "a fox", "-p", "guidance_scale=11", "-p", "output_format=gif", "-p", "num_inference_steps=few"),
            2,
            [
                f"error: 3 parameters do not fit {KLEIN}",
                "  -p guidance_scale=11        must be a number from 0 to 10",
                "  -p output_format=gif        must be png, jpg or webp",
                "  -p num_inference_steps=few  must be a whole number from 1 to 50",
                HELP.format(KLEIN),
            ],
            id="values outside range, enum and type",
        ),
        pytest.param(
            ("image", "a fox", "--seed", "7", "-p", "seed=8"),
            2,
            [
                f"error: a parameter does not fit {KLEIN}",
                "  --seed 7            names seed, as -p seed=8 does",
                HELP.format(KLEIN).partition("        ")[0],
            ],
            id="a flag and a parameter of one name",
        ),
        pytest.param(
            ("image",),
            2,
            [f"error: a parameter does not fit {KLEIN}", "  prompt              is required", HELP.format(KLEIN)],
            id="no prompt",
        ),
        pytest.param(
            ("image", "a fox", "-m", KLING),
            2,
            [f"error: {KLING} makes video, not image", f"  Nothing was sent.  Use:  inference video … -m {KLING}"],
            id="a model of another kind",
        ),
        pytest.param(
            ("queue", "submit", "hello", "-m", "claude-sonnet-4-6"),
            2,
            ["error: claude-sonnet-4-6 makes text, which the queue does not take", SEE.format("queue submit")],
            id="a text model on the queue",
        ),
        pytest.param(
            ("image", "a fox", "--max-cost", "0.001"),
            6,
            [
                "error: this would cost about $0.01, above the limit of $0.001 (--max-cost)",
                "  Nothing was sent.  Allow it:  --max-cost 0.01",
            ],
            id="too dear",
        ),
        pytest.param(
            ("image", "a fox", "--response-format", "b64_json", "--queue"),
            2,
            [
                "error: --response-format is for direct requests: leave --queue and --no-wait away",
                SEE.format("image"),
            ],
            id="inline through the queue",
        ),
        pytest.param(
            ("image", "a fox", "--timeout", "soon"),
            2,
            ["error: 'soon' is not a duration", "  Durations look like  90s, 10m, 1h30m", SEE.format("image")],
            id="no duration",
        ),
    ],
)
def test_nothing_is_sent(offline: User, arguments: tuple[str, ...], code: int, lines: list[str]) -> None:
    """The whole of stderr but the first line of what would have been made; no file, no charge."""
    (offline.cwd / "text.png").write_text("hello\n")

    done = offline.run(*arguments)

    shown = done.err.splitlines()
    shown = shown[1:] if shown[0].startswith("  ") else shown
    assert (done.code, done.out, shown) == (code, b"", lines)
    assert ([path.name for path in offline.cwd.iterdir()], books(offline)) == (["text.png"], FULL)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--queue", "--sync"), "--queue and --sync exclude each other"),
        (("--no-wait", "--sync"), "--no-wait needs the queue; --sync has nothing to come back to"),
        (("--force", "--no-clobber"), "--force and --no-clobber exclude each other"),
        (("-o", "-", "-n", "2"), "-o - takes one result, and stdout for itself: leave --json, --events and -n away"),
        (("-i", "-", "--input", "-"), "two arguments read standard input"),
        (("-n", "0"), "invalid value for '--count' / '-n': 0 is not in the range 1<=x<=1000"),
        (("--jq", ".["), "--jq: syntax error, unexpected end of file"),
        (("--base-url", "https://example.com"), "--base-url does not go with the sandbox, which is in this process"),
    ],
)
def test_contradictions(offline: User, arguments: tuple[str, ...], message: str) -> None:
    """Exit 2 before anything is read; the sandbox has not even been opened."""
    done = offline.run("image", "a fox", *arguments)

    assert (done.code, done.out, done.err.splitlines()[0]) == (2, b"", f"error: {message}")
    assert not (offline.home / ".local" / "state" / "inference" / "sandbox").exists()


def test_contradictions_are_documents_too(offline: User) -> None:
    """With ``--json`` on stdout as well."""
    done = offline.run("image", "a fox", "-o", "-", "--json")

    assert done.json == {
        "schema": 1,
        "error": {
            "code": "usage",
            "message": "-o - takes one result, and stdout for itself: leave --json, --events and -n away",
            "details": [],
            "hint": "See:  inference image --help",
            "status": None,
            "request_id": None,
            "generation_ids": [],
        },
    }


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/sys/kernel").is_dir(), reason="root writes everywhere but there")
def test_a_read_only_folder(offline: User) -> None:
    """Exit 11 before the request; root is shown a folder that the kernel itself keeps."""
    folder = offline.cwd / "closed"
    folder.mkdir(mode=0o555)
    if os.geteuid() == 0:
        folder = Path("/sys/kernel")

    done = offline.run("image", "a fox", *SQUARE, "-o", str(folder / "fox.png"))

    assert (done.code, done.out, books(offline)) == (11, b"", FULL)
    assert done.err.splitlines() == [
        f"error: the folder {folder} cannot be written to",
        "  Choose another one with -o. Nothing was sent.",
    ]


def test_no_such_profile(user: User) -> None:
    """Exit 4, and the way to those that there are."""
    done = user.run("--profile", "work", "image", "a fox")

    assert (done.code, done.err.splitlines()) == (
        4,
        ["error: no profile named work (named by flag --profile)", "  See:  inference config profiles"],
    )


def test_the_sandbox_without_its_extra(user: User, tmp_path: Path) -> None:
    """The exact line that installs it; played in an interpreter that does not find the packages."""
    blind = (
        "import sys, importlib.machinery as m\n"
        "class Blind(m.PathFinder):\n"
        "    @classmethod\n"
        "    def find_spec(cls, name, path=None, target=None):\n"
        "        lost = name.split('.')[0] in {'starlette', 'uvicorn', 'PIL', 'av'}\n"
        "        return None if lost else super().find_spec(name, path, target)\n"
        "sys.meta_path[:] = [Blind if finder is m.PathFinder else finder for finder in sys.meta_path]\n"
    )
    (tmp_path / "sitecustomize.py").write_text(blind)
    bare = user.having(PYTHONPATH=str(tmp_path))

    one, serve = bare.run("--sandbox", "image", "a fox"), bare.run("sandbox", "serve", "--port", "0")

    assert (one.code, serve.code) == (2, 2)
    assert (
        one.err.splitlines()
        == serve.err.splitlines()
        == [
            "error: the sandbox needs the extra 'sandbox'",
            "  Install it:  pip install 'inference-cli[sandbox]'",
        ]
    )
