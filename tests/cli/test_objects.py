"""The object of --input."""

import io
from pathlib import Path

import pytest

from inference_cli.cli.objects import read_object
from inference_cli.errors import UsageError
from inference_cli.terminal.streams import Stream
from tests.support.screens import Recorded


def test_an_object_from_a_file_or_from_stdin(tmp_path: Path) -> None:
    """JSON and TOML; none where the flag was not given."""
    (tmp_path / "a.json").write_text('{"seed": 7}')

    assert read_object(Recorded(), str(tmp_path / "a.json")) == {"seed": 7}
    assert read_object(Recorded(b"seed = 8\n"), "-") == {"seed": 8}
    assert read_object(Recorded(), None) == {}


@pytest.mark.parametrize(
    ("data", "message"),
    [(None, "cannot be read: No such file or directory"), (b"\xff\xfe", "is not text"), (b"[1]", "holds no object")],
)
def test_what_cannot_be_read(tmp_path: Path, data: bytes | None, message: str) -> None:
    """Exit 2, the file is named."""
    path = tmp_path / "a.json"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UsageError, match=message) as caught:
        read_object(Recorded(), str(path))
    assert caught.value.message.startswith(f"--input {path} ")


def test_a_flood_is_too_large() -> None:
    """Nothing is kept of it."""

    class Flood(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return bytes(size or 0)

    streams = Recorded()
    streams.stdin = Stream(Flood())
    with pytest.raises(UsageError, match="larger than 100 MB"):
        read_object(streams, "-")


def test_what_is_no_file_name() -> None:
    """Said as such; an empty stdin holds nothing."""
    with pytest.raises(UsageError, match="cannot be read: it is no file name"):
        read_object(Recorded(), "a\0b")
    with pytest.raises(UsageError, match="--input - is empty"):
        read_object(Recorded(), "-")
