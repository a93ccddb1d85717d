"""Films: through the queue by default, verified by PyAV, and by ffprobe where it is installed."""

import json
import subprocess
from pathlib import Path

import av
import pytest
from PIL import Image

from tests.support.command import User
from tests.support.installed import needs
from tests.support.journey import FILM, FULL, SQUARE, Film, books, film, picture, valid

MOVE = ("-m", "xai-grok-imagine-video-1-5-image-to-video", "-p", "resolution=480p", "--duration", "1")


TINY = ("--no-validate", "-p", "width:=128", "-p", "height:=72")
"""A size for models that have none so small: the sandbox makes it, and is quick."""


def _colour(image: Image.Image) -> tuple[int, int, int]:
    """The mean colour of a picture."""
    red, green, blue = image.convert("RGB").resize((1, 1)).tobytes()
    return red, green, blue


def _shown_at(path: Path, second: float) -> tuple[int, int, int]:
    """The mean colour of the first frame from a second on."""
    with av.open(path) as container:
        for frame in container.decode(container.streams.video[0]):
            assert frame.time is not None
            if frame.time >= second:
                plane = frame.reformat(width=32, height=32, format="rgb24").planes[0]
                return _colour(Image.frombytes("RGB", (32, 32), bytes(plane), "raw", "RGB", plane.line_size))
    raise AssertionError(f"{path} is shorter than {second} s")


def _far(one: tuple[int, int, int], two: tuple[int, int, int]) -> int:
    """How different two colours are: 0 to 765."""
    return sum(abs(a - b) for a, b in zip(one, two, strict=True))


def _probed(path: Path) -> Film:
    """What ffprobe finds."""
    command = ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", str(path)]
    found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    streams = {stream["codec_type"]: stream for stream in found["streams"]}
    video = streams["video"]
    sound = streams["audio"]["codec_name"] if "audio" in streams else None
    return Film(video["codec_name"], (video["width"], video["height"]), round(float(video["duration"]), 2), sound)


def test_a_film_goes_through_the_queue(offline: User) -> None:
    """Log lines by id, the file, and its facts; the generation can be shown afterwards."""
    done = offline.run("video", "waves at dawn", *FILM, "-o", "waves.mp4")

    shown = offline.run("queue", "show", "last", "--json").json["generations"][0]
    short = shown["generation_id"][:8]
    _, *lines, saved, facts = done.err.splitlines()
    assert (done.code, done.out) == (0, b"waves.mp4\n")
    assert lines[0] == f"{short} queued 0s"
    assert {line.split()[1] for line in lines} <= {"queued", "processing", "succeeded"}
    assert saved == f"{short} saved waves.mp4 {round((offline.cwd / 'waves.mp4').stat().st_size / 1000)} kB"
    assert facts.startswith("  64\N{MULTIPLICATION SIGN}64 MP4 · 0.2 s · ")
    assert (shown["status"], Path(shown["path"])) == ("succeeded", offline.cwd / "waves.mp4")
    assert film(offline.cwd / "waves.mp4") == Film("h264", (64, 64), 0.25)


def test_a_direct_film(offline: User) -> None:
    """``--sync`` answers in one request: nothing is in the server's queue, and the document says the length."""
    done = offline.run("video", "waves", *FILM, "--sync", "-o", "waves.mp4", "--json")

    (row,) = done.json["generations"]
    assert (done.code, valid(done.json, "media")) == (0, True)
    assert (row["generation_id"], row["format"], row["width"], row["height"], row["duration"]) == (
        None,
        "mp4",
        64,
        64,
        0.25,
    )
    assert done.err.splitlines()[-2] == "waves generating"
    assert offline.run("queue", "list", "--status", "succeeded").out == b""


def test_a_film_with_sound_of_the_asked_length(offline: User) -> None:
    """``--duration`` and ``--with-audio`` are mapped onto the model's own names; the price is by the second."""
    done = offline.run(
        "video", "rain", "-m", "wan-v3-0-video", "--duration", "2", "--with-audio", *TINY, "-o", "rain.mp4"
    )

    assert (done.code, film(offline.cwd / "rain.mp4")) == (0, Film("h264", (128, 72), 2.0, "aac"))
    assert done.err.startswith("  wan-v3-0-video · 2 s · ")
    assert " · about $0.10 " in done.err.splitlines()[0]
    assert books(offline) == (99.9, 1)


@needs("ffprobe")
def test_ffprobe_agrees(offline: User) -> None:
    """Codec, size, length and sound are what another program finds too."""
    rain = ("video", "rain", "-m", "ltx-2-3-pro", "--duration", "1", "--with-audio", "-o", "rain.mp4")
    offline.run(*rain, *TINY)

    path = offline.cwd / "rain.mp4"
    assert _probed(path) == film(path) == Film("h264", (128, 72), 1.0, "aac")


def test_shots_are_cut_where_they_were_asked_for(offline: User) -> None:
    """The film lasts as long as its shots together, and changes at the cut."""
    done = offline.run(
        "video", "--shot", "1s: a red fox in the snow", "--shot", "2s: the sea at night",
        "-m", "kling-video-o3-pro-reference-to-video", "-o", "shots.mp4", "-y",
        *TINY,
    )  # fmt: skip

    path = offline.cwd / "shots.mp4"
    assert (done.code, film(path)) == (0, Film("h264", (128, 72), 3.0))
    before, after, later = (_shown_at(path, second) for second in (0.9, 1.05, 1.3))
    assert _far(before, after) > 3 * _far(after, later)
    assert " · 3 s · " in done.err.splitlines()[0]


def test_a_film_from_a_picture_has_its_shape_and_colours(offline: User) -> None:
    """``-i`` is the first frame; the model is chosen by what the inputs need where none is named."""
    offline.run("image", "a red fox", *SQUARE, "-o", "fox.png")

    done = offline.run("video", "it turns its head", *MOVE, "-i", "fox.png", "-o", "fox.mp4")
    chosen = offline.run(
        "video", "it turns its head", "-i", "fox.png", "--dry-run", "--jq", ".request.bodies[0] | .model"
    )

    assert (done.code, film(offline.cwd / "fox.mp4")) == (0, Film("h264", (480, 480), 1.0))
    assert chosen.text == "kling-video-v2-6-pro-image-to-video\n"
    with Image.open(offline.cwd / "fox.png") as image:
        assert _far(_shown_at(offline.cwd / "fox.mp4", 0), _colour(image)) < 60


def test_first_and_last_frame_have_the_models_own_names(offline: User) -> None:
    """``--first-frame`` and ``--last-frame``, as data URLs; a dry run shows how long they are, not what they are."""
    offline.run("image", "a fox", *SQUARE, "-n", "2", "-o", "fox.png")

    done = offline.run(
        "video", "from one to the other", "-m", "ltx-2-3-pro", "-p", "resolution=720p", "--duration", "1",
        "--first-frame", "fox-1.png", "--last-frame", "fox-2.png", "--dry-run", "--json",
    )  # fmt: skip

    (body,) = done.json["request"]["bodies"]
    assert (done.code, sorted(body)) == (
        0,
        ["duration", "input_image", "last_frame_image", "model", "prompt", "resolution", "target_namespace"],
    )
    assert body["input_image"].startswith("data:image/png;base64,")
    assert body["last_frame_image"].startswith("data:image/png;base64,")
    assert len(done.out) < 1500
    assert picture(offline.cwd / "fox-2.png") == ("PNG", (512, 512))


def test_a_film_from_a_film(offline: User) -> None:
    """``--video``: the same length and shape, and priced by the length of the input where that decides."""
    offline.run("video", "waves", *FILM, "-o", "waves.mp4")

    done = offline.run(
        "video",
        "at night",
        "-m",
        "wan-v2-7-edit-video",
        "-p",
        "resolution=720p",
        "--video",
        "waves.mp4",
        "-o",
        "night.mp4",
    )

    edited = film(offline.cwd / "night.mp4")
    width, height = edited.size
    assert (done.code, edited.codec, width == height, edited.seconds) == (0, "h264", True, 0.25)


def test_what_is_asked_for_before_money_is_spent(offline: User) -> None:
    """A script is refused above the profile's limit; ``--max-cost`` and ``--yes`` are consent."""
    waves = ("video", "waves", "-m", "kling-video-v2-6-pro-text-to-video", "-n", "4", "--duration", "5")

    refused = offline.run(*waves)
    limited = offline.run(*waves, "--max-cost", "1.39")
    unknown = offline.run("video", "waves", *FILM[:-1], "--max-cost", "5")

    assert [done.code for done in (refused, limited, unknown)] == [6, 6, 6]
    assert refused.err.splitlines()[1:] == [
        "error: this would cost about $1.40; above $1.00 it needs consent",
        "  Nothing was sent.  Agree to it:  --yes        Set a limit:  --max-cost 1.40",
    ]
    assert limited.err.splitlines()[1:] == [
        "error: this would cost about $1.40, above the limit of $1.39 (--max-cost)",
        "  Nothing was sent.  Allow it:  --max-cost 1.40",
    ]
    assert "(--max-cost) cannot be kept" in unknown.err
    assert books(offline) == FULL


@pytest.mark.parametrize("flag", ["--first-frame", "--last-frame", "--video"])
def test_a_model_without_such_an_input_says_so(offline: User, flag: str) -> None:
    """Exit 2; nothing was sent."""
    (offline.cwd / "fox.gif").write_bytes(b"GIF89a" + bytes(20))
    (offline.cwd / "fox.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(20))
    name = "fox.mp4" if flag == "--video" else "fox.gif"

    done = offline.run("video", "waves", "-m", "kling-video-v2-6-pro-text-to-video", flag, name)

    lines = done.err.splitlines()
    assert (done.code, lines[0]) == (2, "error: a parameter does not fit kling-video-v2-6-pro-text-to-video")
    assert lines[1].startswith(f"  {flag} {name}")
    assert lines[2].startswith("  Nothing was sent.")
