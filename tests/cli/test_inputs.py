"""Local media and files of parameters, read before anything is sent."""

import io
from pathlib import Path

import pytest

from inference_cli.catalogue.flags import Attached
from inference_cli.catalogue.sendable import LARGEST
from inference_cli.cli.inputs import Inputs
from inference_cli.errors import UsageError
from inference_cli.media.dataurl import encode
from inference_cli.terminal.streams import Stream, Streams
from tests.support import samples
from tests.support.program import Program


def inputs_of(stdin: bytes = b"") -> Inputs:
    """A reader with that standard input."""
    stream, out, err = (Stream(io.BytesIO(data), terminal=False) for data in (stdin, b"", b""))
    return Inputs(Streams(stream, out, err, {}))


def test_each_file_is_read_once(tmp_path: Path) -> None:
    """What is sent twice is the same twice, whatever happens to the file meanwhile."""
    path, inputs = tmp_path / "fox.png", inputs_of()
    path.write_bytes(samples.png())
    first = inputs.attached("--image", str(path), "image")
    path.write_bytes(samples.png(5, 5))
    assert first == Attached(str(path), encode(samples.png(), "image/png"))
    assert inputs.attached("--first-frame", str(path), "image") == first
    assert inputs.data_url(str(path), ("image",)) == first.value


def test_a_url_is_not_fetched_and_counts_as_nothing() -> None:
    """The service fetches it."""
    inputs = inputs_of()
    assert inputs.attached("--video", "https://example.com/a.mp4", "video") == Attached(
        "https://example.com/a.mp4", "https://example.com/a.mp4"
    )
    assert (inputs.seconds, inputs.notes(all_of_them=True)) == (None, ())


def test_the_longest_film_tells_the_seconds(tmp_path: Path) -> None:
    """By flag or by ``-p key=@file``."""
    inputs = inputs_of()
    for seconds in (4, 2):
        path = tmp_path / f"{seconds}.mp4"
        path.write_bytes(samples.mp4(seconds=seconds))
        inputs.data_url(str(path), ("video",))
    assert inputs.seconds == 4


def test_all_inputs_together_have_a_limit(tmp_path: Path) -> None:
    """Two of the largest files are refused before a third is read."""
    inputs = inputs_of()
    for name in ("a.png", "b.png"):
        with (tmp_path / name).open("wb") as stream:
            stream.write(samples.png())
            stream.truncate(LARGEST // 4 * 3 // 2 + 1000)
    assert inputs.attached("--image", str(tmp_path / "a.png"), "image")
    with pytest.raises(UsageError) as error:
        inputs.attached("--image", str(tmp_path / "b.png"), "image")
    assert str(error.value) == (
        f"{tmp_path / 'b.png'} is too much: the inputs have more than 150 MB together, as they are sent"
    )


def test_a_dry_run_shows_what_was_found(program: Program) -> None:
    """A line for each file; a real run says only what seems damaged."""
    fox, film = program.cwd / "fox.png", program.cwd / "waves.mp4"
    fox.write_bytes(samples.png())
    film.write_bytes(samples.mp4(seconds=2.5))
    model = "kling-video-v3-pro-motion-control"
    flags = ("-i", str(fox), "--video", str(film), "-p", "character_orientation=image")
    done = program("--sandbox", "video", "a fox", "-m", model, *flags, "--dry-run")
    assert done.code == 0
    found = [line for line in done.err.splitlines() if "sha256" in line]
    assert [line.partition(", sha256")[0] for line in found] == [
        f"  {fox}: 3\u00d72 PNG, {len(samples.png())} bytes",
        f"  {film}: 64\u00d748 MP4, 2.5 s, {len(samples.mp4(seconds=2.5))} bytes",
    ]


def test_a_damaged_file_is_noted(program: Program) -> None:
    """Some decoders are lenient, and the service may be: it is sent all the same."""
    fox = program.cwd / "fox.png"
    fox.write_bytes(samples.png()[:-4])
    done = program("--sandbox", "image", "a fox", "-i", str(fox), "--dry-run")
    assert (done.code, f"{fox} seems damaged or cut; it is sent as it is" in done.err) == (0, True)
