"""Part files: one holder at a time, continued only where their origin is known."""

import json
import os
import threading
from pathlib import Path

import pytest

from inference_cli.jobs.parts import Part, Source, source_of, stale_parts
from tests.support.fakes import sha256


def test_a_part_lies_hidden_beside_its_target(tmp_path: Path) -> None:
    """Its name holds the target's and a mark of the generation; ids cannot change the folder."""
    with Part(tmp_path, "fox", "a/../b") as part:
        part.write(b"abc")
        assert part.path.parent == tmp_path
        assert part.path.name == f".fox.{sha256(b'a/../b')[:8]}.part"
        assert part.path.read_bytes() == b"abc"
        assert part.sha256 == sha256(b"abc")


def test_bytes_of_known_origin_are_continued(tmp_path: Path) -> None:
    """With the sidecar of the same generation; the digest counts all bytes, the URL is kept as a digest only."""
    with Part(tmp_path, "fox", "id") as part:
        part.write(b"abc")
        part.remember(Source('"v1"', 6), url="https://x.test/?sig=canary", now=5.0)
        assert "canary" not in part.sidecar.read_text()
    with Part(tmp_path, "fox", "id") as part:
        assert (part.size, part.resumed, part.source()) == (3, True, Source('"v1"', 6))
        part.write(b"def")
        assert part.sha256 == sha256(b"abcdef")


@pytest.mark.parametrize("sidecar", [None, "{", "[]", '{"id": "other", "etag": "x"}', '{"etag": "x"}'])
def test_bytes_of_unknown_origin_are_thrown_away(tmp_path: Path, sidecar: str | None) -> None:
    """No sidecar, a torn one, or another generation's."""
    with Part(tmp_path, "fox", "id") as part:
        part.write(b"abc")
        if sidecar is not None:
            part.sidecar.write_text(sidecar)
    with Part(tmp_path, "fox", "id") as part:
        assert (part.size, part.resumed, part.path.read_bytes()) == (0, False, b"")


def test_a_sidecar_of_nonsense_promises_nothing(tmp_path: Path) -> None:
    """Wrong types count as unknown."""
    with Part(tmp_path, "fox", "id") as part:
        part.sidecar.write_text(json.dumps({"id": "id", "etag": 5, "size": "6"}))
        assert part.source() == Source(None, None)


def test_a_link_in_its_place_is_never_followed(tmp_path: Path) -> None:
    """Somebody else's file stays as it is (fault D16)."""
    with Part(tmp_path, "fox", "id") as part:
        path = part.path
        part.drop()
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    path.symlink_to(victim)
    with pytest.raises(OSError, match="symbolic links"):
        Part(tmp_path, "fox", "id")
    assert victim.read_bytes() == b"precious"


@pytest.mark.parametrize(("umask", "mode"), [(0o000, 0o666), (0o077, 0o600), (0o022, 0o644)])
def test_D27_the_umask_decides(tmp_path: Path, umask: int, mode: int) -> None:
    """Results are the user's files like any other."""
    before = os.umask(umask)
    try:
        with Part(tmp_path, f"fox{umask}", "id") as part:
            assert part.path.stat().st_mode & 0o777 == mode
    finally:
        os.umask(before)


def test_D20_a_second_holder_waits(tmp_path: Path) -> None:
    """It comes to a part of its own when the first has published and removed the old one."""
    first = Part(tmp_path, "fox", "id")
    first.write(b"abc")
    got: list[int] = []

    def second() -> None:
        with Part(tmp_path, "fox", "id") as part:
            got.append(part.size)

    thread = threading.Thread(target=second)
    thread.start()
    first.drop()
    first.close()
    thread.join(30)
    assert got == [0]


@pytest.mark.parametrize("total", [3, None])
def test_a_published_file_is_never_written_to(tmp_path: Path, total: int | None) -> None:
    """Killed between giving the name and removing the part: both are one file, and the bytes of the name stay."""
    with Part(tmp_path, "fox", "id") as part:
        part.write(b"abc")
        part.remember(Source('"v1"', total), url="", now=0.0)
        os.link(part.path, tmp_path / "fox.png")
    with Part(tmp_path, "fox", "id") as part:
        assert part.size == (total or 0)
        part.restart()
        part.write(b"different")
    assert (tmp_path / "fox.png").read_bytes() == b"abc"


def test_a_damaged_file_is_kept_under_another_name(tmp_path: Path) -> None:
    """For whoever wants to look at it."""
    with Part(tmp_path, "fox", "id") as part:
        part.write(b"<html>")
        part.remember(Source(None, None), url="", now=0.0)
        bad = part.spoil()
    assert bad.read_bytes() == b"<html>"
    assert [path.name for path in tmp_path.iterdir()] == [bad.name]
    assert bad.name.endswith(".part.bad")


def test_a_disk_that_fails_to_sync_leaves_nothing(tmp_path: Path) -> None:
    """After a failed fsync nobody knows what is on the disk (fault D18)."""
    reader, writer = os.pipe()
    with Part(tmp_path, "fox", "id") as part:
        part.write(b"abc")
        own, part._descriptor = part._descriptor, writer  # a pipe cannot be synced
        with pytest.raises(OSError, match="Invalid argument"):
            part.sync()
    os.close(own)
    os.close(reader)
    assert list(tmp_path.iterdir()) == []


def test_D19_old_parts_are_found_by_their_sidecars(tmp_path: Path) -> None:
    """Older than a week, and ours."""
    with Part(tmp_path, "fox", "id") as part:
        part.write(b"half")
        part.remember(Source(None, None), url="", now=0.0)
        path, written = part.path, part.sidecar.stat().st_mtime
    (tmp_path / ".x.part.json").write_text("[1]")
    (tmp_path / ".y.part.json").write_text("{")
    week = 7 * 86400
    assert stale_parts(tmp_path, now=written + week + 10) == (("id", path),)
    assert stale_parts(tmp_path, now=written + week - 10) == ()
    assert stale_parts(tmp_path / "none", now=0.0) == ()
    (tmp_path / "fox.png").hardlink_to(path)  # it was published, and its process was killed before removing it
    assert stale_parts(tmp_path, now=written) == (("id", path),)


def test_a_sink_tells_a_piece_from_the_whole(tmp_path: Path) -> None:
    """By its being closed: in this process, and in the sidecar for a later one; where it came from is not known."""
    with Part(tmp_path, "fox", "id") as part:
        sink = part.sink(now=5.0)
        sink.write(b"abc")
        assert (part.ended, source_of(part.path, "id")) == (False, Source(None, None))
        sink.close()
        assert (part.ended, source_of(part.path, "id"), source_of(part.path, "other")) == (True, Source(None, 3), None)


def test_a_sink_needs_no_sidecar(tmp_path: Path) -> None:
    """Where it cannot be written, what was paid for comes all the same."""
    with Part(tmp_path, "fox", "id") as part:
        part.sidecar.mkdir()
        sink = part.sink(now=5.0)
        sink.write(b"abc")
        sink.close()
        assert (part.ended, part.path.read_bytes()) == (True, b"abc")


def test_a_part_without_a_byte_is_not_left_behind(tmp_path: Path) -> None:
    """Whoever gave up before the first one leaves the folder as it was."""
    with Part(tmp_path, "fox", "id") as part:
        part.remember(Source(None, None), url="", now=0.0)

    assert list(tmp_path.iterdir()) == []
