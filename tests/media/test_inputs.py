"""Input files are read once, recognised by content, and refused before anything is sent."""

import hashlib
import io
import os
import sys
from pathlib import Path

import pytest

from inference_cli.errors import UsageError
from inference_cli.media import kinds
from inference_cli.media.dataurl import encode
from inference_cli.media.inputs import LIMIT, LIMITS, Input, TextFileError, read_input
from inference_cli.media.verify import Facts
from tests.support import samples


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A PNG under a name that lies."""
    path = tmp_path / "fox.jpg"
    path.write_bytes(samples.png())
    return path


def expected(name: str, data: bytes) -> Input:
    """The input that a PNG becomes."""
    facts = Facts(kinds.PNG, len(data), 3, 2)
    digest = hashlib.sha256(data).hexdigest()
    return Input(encode(data, "image/png"), name, digest, kinds.PNG, len(data), facts)


def test_a_file_becomes_a_data_url_of_its_content(picture: Path) -> None:
    """The type is that of the content, whatever the name says."""
    assert read_input(str(picture)) == expected(str(picture), samples.png())
    assert read_input(picture.as_uri()) == expected(picture.as_uri(), samples.png())


def test_stdin_is_read_where_it_is_named() -> None:
    """``-`` is stdin."""
    assert read_input("-", stdin=io.BytesIO(samples.png())) == expected("stdin", samples.png())


def test_a_url_goes_through_unread() -> None:
    """The service fetches it."""
    assert read_input("https://example.com/a.png") == Input("https://example.com/a.png", "https://example.com/a.png")


def test_a_data_url_goes_through_as_it_is() -> None:
    """It is looked into, and sent unchanged."""
    url = encode(samples.png(), "image/x-odd")
    known = expected("the data URL", samples.png())
    assert read_input(url) == Input(url, known.name, known.sha256, known.kind, known.size, known.facts)


def test_a_film_tells_its_seconds(tmp_path: Path) -> None:
    """Prices of edits depend on the length of what goes in."""
    path = tmp_path / "waves.mp4"
    path.write_bytes(samples.mp4(seconds=2.5))
    assert read_input(str(path), accept=("video",)).duration == 2.5


def test_a_damaged_picture_is_left_to_the_service(tmp_path: Path) -> None:
    """Decoders are more lenient than the check of downloads; only its facts are missing."""
    path = tmp_path / "fox.png"
    path.write_bytes(samples.png()[:-4])
    assert (read_input(str(path)).kind, read_input(str(path)).facts) == (kinds.PNG, None)
    assert read_input(str(path)).duration is None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"just words", "is a text file, not an image"),
        (b"<?xml version='1.0'?><svg/>", "is an SVG drawing, not an image"),
        (b"\x00\x01\x02", "is of an unknown kind, not an image"),
        (b"\xfe\xfe", "is of an unknown kind, not an image"),
        (samples.mp4(), "is a video (MP4), not an image"),
        (samples.m4a(), "is a sound (M4A), not an image"),
        (samples.pdf(), "is a document (PDF), not an image"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    """The sentence says what it is instead."""
    path = tmp_path / "thing"
    path.write_bytes(data)
    with pytest.raises(UsageError) as error:
        read_input(str(path))
    assert str(error.value) == f"{path} {message}"


def test_any_media_will_do_where_none_is_asked_for(tmp_path: Path) -> None:
    """An empty ``accept`` takes pictures, films and sounds, and refuses text."""
    path = tmp_path / "thing"
    path.write_bytes(samples.wav())
    assert read_input(str(path), accept=()).kind == kinds.WAV
    path.write_bytes(b"words")
    with pytest.raises(TextFileError) as error:
        read_input(str(path), accept=())
    assert str(error.value) == f"{path} is a text file, not an image, a video or a sound"


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """Missing, a folder, a FIFO (which is not opened), a bad name, a link to itself."""
    fifo, loop = tmp_path / "fifo", tmp_path / "loop"
    os.mkfifo(fifo)
    loop.symlink_to(loop)
    said = []
    for path in (tmp_path / "none.png", tmp_path, fifo, loop, Path("a\0b"), Path("~nobody-here/a.png")):
        with pytest.raises(UsageError) as error:
            read_input(str(path))
        said.append(str(error.value).replace(f"{tmp_path}/", "").replace(str(tmp_path), "here"))
    assert said == [
        "there is no file none.png",
        "here is a folder",
        "fifo is not a file",
        "loop cannot be read: Too many levels of symbolic links",
        "a\0b cannot be read: it is no file name",
        "there is no file ~nobody-here/a.png",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that is longer than it says")
def test_a_file_that_changes_is_refused() -> None:
    """What is read must be what was there: files of the kernel are longer than their size."""
    with pytest.raises(UsageError) as error:
        read_input("/proc/self/status")
    assert error.value.message == "/proc/self/status changed while it was read"


def test_too_much_is_refused(tmp_path: Path) -> None:
    """A sparse file of 5 GB is refused by its size alone, and so is an endless stdin."""

    class Endless(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            return bytes(size)

    path = tmp_path / "huge.mp4"
    with path.open("wb") as stream:
        stream.truncate(5 * 10**9)
    for argument in (str(path), "-"):
        with pytest.raises(UsageError) as error:
            read_input(argument, stdin=Endless())
        assert str(error.value).endswith(f"is larger than {LIMIT // 10**6} MB")


@pytest.mark.parametrize(
    ("data", "accept", "message"),
    [
        (samples.wav(), "audio", "is larger than 20 MB, the most for a sound"),
        (samples.pdf(), "document", "is larger than 24 MB, the most for a document"),
    ],
)
def test_some_media_have_limits_of_their_own(tmp_path: Path, data: bytes, accept: str, message: str) -> None:
    """Those of the contract; a byte less is read."""
    path, most = tmp_path / "thing", LIMITS[accept]
    path.write_bytes(data + bytes(most - len(data)))
    assert read_input(str(path), accept=(accept,)).size == most
    path.write_bytes(data + bytes(most - len(data) + 1))
    with pytest.raises(UsageError) as error:
        read_input(str(path), accept=(accept,))
    assert str(error.value) == f"{path} {message}"


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("-", "- names stdin, which is not there"),
        ("s3://bucket/a.png", "s3://bucket/a.png is neither a file nor an https URL"),
        ("data:image/png;base64,###", "the data URL cannot be read: its base64 is broken"),
        ("data:text/plain,hello", "the data URL is a text file, not an image"),
    ],
)
def test_other_arguments_are_refused(argument: str, message: str) -> None:
    """Each with its own sentence."""
    with pytest.raises(UsageError) as error:
        read_input(argument)
    assert str(error.value) == message
