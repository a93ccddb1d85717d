"""Names given to finished files, without replacing anything by accident."""

import errno
import io
import os
from pathlib import Path

import pytest

from inference_cli.errors import LocalError
from inference_cli.jobs.publish import check_room, local_error, pour, publish


def part_in(folder: Path, data: bytes = b"new") -> Path:
    """A finished part."""
    part = folder / ".fox.part"
    part.unlink(missing_ok=True)
    part.write_bytes(data)
    return part


def test_a_free_name_is_taken(tmp_path: Path) -> None:
    """The file is there, whole, under the wanted name."""
    assert publish(part_in(tmp_path), tmp_path / "fox.png") == tmp_path / "fox.png"
    assert (tmp_path / "fox.png").read_bytes() == b"new"


def test_D15_a_name_that_is_taken_stays(tmp_path: Path) -> None:
    """The next free number; with no_clobber nothing; with force the old file is replaced."""
    for name in ("fox.png", "fox-1.png"):
        (tmp_path / name).write_bytes(b"old")
    part = part_in(tmp_path)
    assert publish(part, tmp_path / "fox.png", no_clobber=True) is None
    assert publish(part, tmp_path / "fox.png") == tmp_path / "fox-2.png"
    assert publish(part_in(tmp_path, b"newer"), tmp_path / "fox.png", force=True) == tmp_path / "fox.png"
    contents = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert contents == {"fox.png": b"newer", "fox-1.png": b"old", "fox-2.png": b"new"}


def test_a_name_that_a_killed_process_gave_counts(tmp_path: Path) -> None:
    """Published, and killed before the part was removed: the same file is not published twice."""
    part = part_in(tmp_path)
    assert publish(part, tmp_path / "fox.png") == tmp_path / "fox.png"
    assert publish(part, tmp_path / "fox.png") == tmp_path / "fox.png"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".fox.part", "fox.png"]


@pytest.mark.parametrize("kind", ["link", "dangling", "folder", "pipe"])
def test_D16_whatever_has_the_name_is_left_alone(tmp_path: Path, kind: str) -> None:
    """A link is not followed, a folder or pipe not replaced."""
    victim, name = tmp_path / "victim", tmp_path / "fox.png"
    victim.write_bytes(b"precious")
    if kind in {"link", "dangling"}:
        name.symlink_to(victim if kind == "link" else tmp_path / "none")
    elif kind == "folder":
        name.mkdir()
    else:
        os.mkfifo(name)
    assert publish(part_in(tmp_path), name) == tmp_path / "fox-1.png"
    assert victim.read_bytes() == b"precious"
    assert not (tmp_path / "none").exists()


def test_file_systems_without_links(tmp_path: Path) -> None:
    """The name is made first, and so still never taken from another; /proc refuses links like such a system does."""
    from inference_cli.jobs.publish import _claimed_without_links

    part = part_in(tmp_path)
    (tmp_path / "taken").write_bytes(b"old")
    assert not _claimed_without_links(part, tmp_path / "taken")
    assert _claimed_without_links(part, tmp_path / "free")
    assert (tmp_path / "taken").read_bytes() == b"old"
    assert (tmp_path / "free").read_bytes() == b"new"


def test_thousands_of_names_are_enough(tmp_path: Path) -> None:
    """A folder full of such names is an error, not an endless search."""
    other = tmp_path / "old"
    other.write_bytes(b"")
    (tmp_path / "f").symlink_to(other)
    for number in range(1, 10_000):
        (tmp_path / f"f-{number}").symlink_to(other)
    with pytest.raises(LocalError, match="too many files like"):
        publish(part_in(tmp_path), tmp_path / "f")


def test_an_error_of_the_system_is_passed_on(tmp_path: Path) -> None:
    """A folder that is not there."""
    with pytest.raises(FileNotFoundError):
        publish(part_in(tmp_path), tmp_path / "none" / "fox.png")


def test_a_stream_gets_all_bytes(tmp_path: Path) -> None:
    """Standard output, a pipe, a device."""
    stream = io.BytesIO()
    pour(part_in(tmp_path, b"x" * 200_000), stream)
    assert stream.getvalue() == b"x" * 200_000
    with Path("/dev/full").open("wb", buffering=0) as full, pytest.raises(OSError, match="No space"):
        pour(part_in(tmp_path), full)


def test_D18_words_for_a_disk(tmp_path: Path) -> None:
    """Full disks name what is free; anything else names the file."""
    check_room(tmp_path, 0)
    check_room(tmp_path / "none", 1)
    full = local_error(OSError(errno.ENOSPC, "No space left on device"), tmp_path / "fox.png")
    assert full.message.startswith("the disk is full: No space left on device; ")
    assert full.message.endswith(f" bytes are free in {tmp_path}")
    nowhere = local_error(OSError(errno.EDQUOT, ""), tmp_path / "none" / "fox.png")
    assert nowhere.message == "the disk is full: Disk quota exceeded"
    other = local_error(PermissionError(errno.EACCES, ""), tmp_path / "fox.png")
    assert other.message == f"{tmp_path}/fox.png cannot be written: Permission denied"
