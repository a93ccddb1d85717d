"""`image` and `video`: refused, shown, agreed to, made."""

from pathlib import Path

import pytest

from tests.support.program import Program

SMALL = ("-m", "wan-ai-wan2-1-t2v-1-3b-diffusers", "-p", "num_frames=8", "-p", "width=64", "-p", "height=64")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["video", "a fox", "--shot", "5s: a fox"], "a prompt and --shot exclude each other"),
        (["video", "a fox", "--queue", "--sync"], "--queue and --sync exclude each other"),
        (["video", "a fox", "--no-wait", "--sync"], "--no-wait needs the queue; --sync has nothing to come back to"),
        (["image", "a fox", "--force", "--no-clobber"], "--force and --no-clobber exclude each other"),
        (["image", "a fox", "--events", "--json"], "--events and --json both want stdout"),
        (
            ["image", "a fox", "-o", "-", "-n", "2"],
            "-o - takes one result, and stdout for itself: leave --json, --events and -n away",
        ),
        (["image", "-", "--input", "-"], "two arguments read standard input"),
        (
            ["image", "a fox", "--queue", "--response-format", "b64_json"],
            "--response-format is for direct requests: leave --queue and --no-wait away",
        ),
        (["image", "a fox", "--timeout", "soon"], "'soon' is not a duration"),
        (["image", "a fox", "--max-size", "0"], "a size must be at least 1 byte, not '0'"),
        (["image", "a fox", "--max-cost", "ten"], "'ten' is not an amount of money"),
        (["image", "a fox", "--jq", ".["], "--jq: syntax error, unexpected end of file"),
    ],
)
def test_what_contradicts_itself_is_refused_before_anything_is_sent(
    program: Program, arguments: list[str], message: str
) -> None:
    """Exit 2, one sentence, and the credits stay as they are."""
    done = program("--sandbox", *arguments)

    assert done.code == 2
    assert f"error: {message}" in done.err
    assert program("sandbox", "status", "--jq", ".credits", "--sandbox").out == "100\n"


def test_a_picture_is_made_and_its_path_is_the_result(program: Program, tmp_path: Path) -> None:
    """The path on stdout, everything else on stderr."""
    target = tmp_path / "fox.png"

    done = program("--sandbox", "image", "a red fox in the snow", "--aspect-ratio", "1:1", "-o", str(target))

    assert (done.code, done.out) == (0, f"{target}\n")
    assert target.read_bytes().startswith(b"\x89PNG")
    assert done.err.splitlines()[0].split() == [
        "black-forest-labs-flux-2-klein-4b", "·", "1:1", "·", "about", "$0.01", "sandbox",
    ]  # fmt: skip


def test_a_dry_run_prints_the_request_and_sends_nothing(program: Program) -> None:
    """Equal requests are printed once, with their number."""
    done = program("--sandbox", "image", "a teapot", "-n", "3", "--dry-run")

    assert (done.code, done.lines[0]) == (0, "POST /ai/images/generate  (3 times)")
    assert done.err.endswith("  about $0.03: 3 at $0.01 an image. Nothing was sent.\n")
    assert program("sandbox", "status", "--jq", ".generations", "--sandbox").out == "0\n"


def test_a_dry_run_in_json_holds_the_request(program: Program) -> None:
    """The shape of a run that was carried out, with ``request`` instead of generations."""
    document = program("--sandbox", "image", "a teapot", "--dry-run", "--json").json

    assert document == {
        "schema": 1,
        "model": "black-forest-labs-flux-2-klein-4b",
        "cost": None,
        "estimated_cost": 0.01,
        "generations": [],
        "request": {
            "method": "POST",
            "path": "/ai/images/generate",
            "bodies": [
                {
                    "model": "black-forest-labs-flux-2-klein-4b",
                    "prompt": "a teapot",
                    "target_namespace": "sandbox",
                }
            ],
        },
    }


def test_above_a_limit_nothing_is_sent(program: Program) -> None:
    """Exit 6, with the amount and the flag that allows it."""
    done = program("--sandbox", "video", "waves", "--max-cost", "0.10")

    assert done.code == 6
    assert done.err.splitlines()[1:] == [
        "error: this would cost about $0.35, above the limit of $0.10 (--max-cost)",
        "  Nothing was sent.  Allow it:  --max-cost 0.35",
    ]


def test_no_at_the_question_is_no(program: Program) -> None:
    """A person on a terminal is asked above the profile's amount."""
    done = program("--sandbox", "video", "waves", "-n", "4", stdin=b"n\n", terminal=True)

    assert done.code == 6
    assert "Go on?" in done.err or "not agreed to" in done.err


def test_the_model_decides_what_is_made(program: Program) -> None:
    """A film's model does not make pictures; the command that does is named."""
    done = program("--sandbox", "image", "waves", "-m", "kling-video-v2-6-pro-text-to-video")

    assert done.code == 2
    assert done.err == (
        "error: kling-video-v2-6-pro-text-to-video makes video, not image\n"
        "  Nothing was sent.  Use:  inference --sandbox video … -m kling-video-v2-6-pro-text-to-video\n"
    )


def test_an_input_object_is_read_and_flags_win(program: Program, tmp_path: Path) -> None:
    """The model may be in it, too."""
    file = tmp_path / "request.toml"
    file.write_text('model = "flux-1-dev"\nprompt = "a teapot"\naspect_ratio = "1:1"\nseed = 3\n')

    request = program(
        "--sandbox", "image", "--input", str(file), "--seed", "9", "--dry-run", "--jq", ".request.bodies[0]"
    ).json

    assert request == {
        "model": "flux-1-dev",
        "prompt": "a teapot",
        "aspect_ratio": "1:1",
        "seed": 9,
        "target_namespace": "sandbox",
    }


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"\xff\xfe\x00", "is not text"),
        (b"{", "is not JSON"),
        (b"what", "neither JSON nor TOML"),
    ],
)
def test_an_input_object_that_is_none_is_exit_2(
    program: Program, tmp_path: Path, content: bytes | None, message: str
) -> None:
    """The file is named in the sentence."""
    file = tmp_path / "request.json"
    if content is not None:
        file.write_bytes(content)

    done = program("--sandbox", "image", "a fox", "--input", str(file))

    assert done.code == 2
    assert f"--input {file}" in done.err
    assert message in done.err


def test_an_input_object_comes_from_stdin(program: Program) -> None:
    """``--input -`` is what a pipe is for."""
    done = program(
        "--sandbox", "image", "--input", "-", "--dry-run", "--jq", ".request.bodies[0].prompt",
        stdin=b'{"prompt": "a kettle"}',
    )  # fmt: skip

    assert done.out == "a kettle\n"


def test_the_prompt_comes_from_stdin_where_a_dash_says_so(program: Program) -> None:
    """Only there, so that a ``while read`` loop keeps its lines."""
    asked = ("--sandbox", "image", "-", "--dry-run", "--jq", ".request.bodies[0].prompt")

    assert program(*asked, stdin="ein Füchslein\n".encode()).out == "ein Füchslein\n"


def test_a_queued_film_without_waiting_leaves_its_id(program: Program) -> None:
    """And a later command finds it by ``last``."""
    submitted = program("--sandbox", "queue", "submit", "waves", *SMALL, "-y", "--json").json
    identity = submitted["generations"][0]["generation_id"]

    shown = program("--sandbox", "queue", "show", "last", "--json").json

    assert shown["generations"][0]["generation_id"] == identity


def test_submit_wants_a_model(program: Program) -> None:
    """Nothing says what kind of thing is wanted."""
    done = program("--sandbox", "queue", "submit", "waves")

    assert (done.code, done.err) == (
        2,
        "error: which model?\n  Name one with -m.  See:  inference --sandbox models list\n",
    )


def test_a_film_as_input_wants_a_model(program: Program, tmp_path: Path) -> None:
    """No default takes one."""
    done = program("--sandbox", "video", "--video", "https://media.sandbox.invalid/film.mp4")

    assert (done.code, done.err) == (
        2,
        "error: which model? No default one takes a film\n  Name one with -m.  See:  inference --sandbox models list --output video\n",
    )


def test_a_text_model_is_nothing_for_the_queue(program: Program) -> None:
    """Refused here, before the server would."""
    done = program("--sandbox", "queue", "submit", "waves", "-m", "claude-sonnet-4-6")

    assert done.code == 2
    assert done.err == (
        "error: claude-sonnet-4-6 makes text, which the queue does not take\n"
        "  See:  inference --sandbox queue submit --help\n"
    )


def test_a_tag_is_kept_here_and_shown_in_the_documents(program: Program) -> None:
    """Of the flag, else of the environment; the request that is sent holds none of it."""
    film = ("--sandbox", "video", "waves", *SMALL, "-y", "--json")
    dry = program(*film, "--tag", "spring", "--dry-run").json
    named = program(*film, "--tag", "spring", "--no-wait").json
    direct = program("--sandbox", "image", "a fox", "-o", f"{program.cwd}/", "--json", INFERENCE_TAG="ci").json
    plain = program("--sandbox", "queue", "submit", "waves", *SMALL, "-y", "--json").json

    assert [document.get("tag") for document in (dry, named, direct, plain)] == ["spring", "spring", "ci", None]
    assert "spring" not in str(dry["request"])
    rows = program("--sandbox", "queue", "list", "--local", "--json").json["data"]
    assert [row["tag"] for row in rows] == [None, "ci", "spring"]


def test_a_tag_that_is_none_is_refused_first(program: Program) -> None:
    """Before the prompt on standard input is read, or anything is asked."""
    done = program("--sandbox", "image", "-", "--tag", "two words")

    assert (done.code, done.err.splitlines()[0]) == (2, "error: --tag must be one word of 1 to 64 characters")
