"""The bytes of attachments."""

import hashlib
import stat
from pathlib import Path

import pytest

from inference_cli.conversation.blobs import Blobs
from inference_cli.errors import LocalError


def test_each_content_is_kept_once(tmp_path: Path) -> None:
    """Under its hash, readable by its owner alone; what is there is not written again."""
    blobs = Blobs(tmp_path / "attachments")
    digest = blobs.keep(b"fox")
    assert digest == hashlib.sha256(b"fox").hexdigest()
    path = blobs.path(digest)
    assert path is not None
    before = path.stat()
    assert blobs.keep(b"fox") == digest
    assert (path.stat().st_ino, stat.S_IMODE(before.st_mode)) == (before.st_ino, 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [blobs.read(digest), [one.name for one in path.parent.iterdir()]] == [b"fox", [digest]]


def test_what_is_not_there_or_not_the_same(tmp_path: Path) -> None:
    """Is nothing; a file that was cut is written anew; a hash that is none names no file."""
    blobs = Blobs(tmp_path)
    digest = blobs.keep(b"fox")
    (tmp_path / digest).write_bytes(b"f")
    assert blobs.read(digest) is None
    assert blobs.keep(b"fox") == digest
    assert blobs.read(digest) == b"fox"
    for wrong in ("0" * 64, "../" + digest, ""):
        assert (blobs.read(wrong), blobs.path(wrong)) == (None, None)
    assert blobs.remove([digest, digest, "0" * 64]) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """Nothing can be kept: said before anything is sent."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LocalError):
        Blobs(tmp_path / "file").keep(b"fox")
