"""Small private files, under every hand that might spoil them."""

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from inference_cli.errors import LocalError, UsageError
from inference_cli.profile.files import LIMIT, locked, read_plain, read_private, write_atomically


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_file_is_private_whatever_the_umask_is(tmp_path: Path, umask: int) -> None:
    """Mode 0600 in a folder of mode 0700 (fault D27)."""
    path = tmp_path / "new" / "config.toml"
    before = os.umask(umask)
    try:
        write_atomically(path, b"x = 1\n")
    finally:
        os.umask(before)

    assert (path.read_bytes(), _mode(path), _mode(path.parent)) == (b"x = 1\n", 0o600, 0o700)
    assert [entry.name for entry in path.parent.iterdir()] == ["config.toml"]


def test_a_file_may_have_another_mode(tmp_path: Path) -> None:
    """What is no secret may be read by others when the caller says so."""
    write_atomically(tmp_path / "f", b"", 0o644)

    assert _mode(tmp_path / "f") == 0o644


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """A settings file that is kept elsewhere and linked is changed where it is kept."""
    kept = tmp_path / "dotfiles" / "config.toml"
    kept.parent.mkdir()
    kept.write_text("old")
    link = tmp_path / "config.toml"
    link.symlink_to(kept)

    write_atomically(link, b"new")

    assert link.is_symlink()
    assert kept.read_bytes() == b"new"


def test_what_cannot_be_replaced_is_said_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """A folder of that name stays, and so does no temporary file."""
    (tmp_path / "config.toml").mkdir()

    with pytest.raises(LocalError, match=r"cannot write .*config.toml: is a directory"):
        write_atomically(tmp_path / "config.toml", b"x")

    assert [entry.name for entry in tmp_path.iterdir()] == ["config.toml"]


def test_a_folder_that_cannot_be_made_is_an_error_of_this_machine(tmp_path: Path) -> None:
    """Exit 11, and the variables that name another folder."""
    (tmp_path / "file").write_text("")

    with pytest.raises(LocalError) as caught:
        write_atomically(tmp_path / "file" / "config.toml", b"x")
    with pytest.raises(LocalError):
        locked(tmp_path / "file" / "config.toml").__enter__()

    assert caught.value.hint is not None
    assert "INFERENCE_CONFIG_DIR" in caught.value.hint


def test_a_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    """Read, change and replace is one step, between threads as between processes (fault E3)."""
    path = tmp_path / "count"
    path.write_text("0")

    def count() -> None:
        for _ in range(25):
            with locked(path):
                path.write_text(str(int(path.read_text()) + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert path.read_text() == "100"


def test_the_lock_of_a_killed_process_holds_nobody_up(tmp_path: Path) -> None:
    """Locks are the kernel's and end with their process (fault E9); its temporary file is swept away."""
    path = tmp_path / "config.toml"
    program = (
        "import os, sys; from pathlib import Path; from inference_cli.profile.files import locked\n"
        "with locked(Path(sys.argv[1])):\n    os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    stray = tmp_path / ".config.toml.0123.tmp"
    stray.write_text("torn")

    with locked(path):
        held = True

    assert (killed.returncode, held, stray.exists()) == (-9, True, False)


def test_a_file_system_without_locks_is_worked_on_without_one(tmp_path: Path) -> None:
    """NFS without a lock daemon (faults D22, E10): another's temporary file is left alone there."""
    stray = tmp_path / ".config.toml.0123.tmp"
    stray.write_text("somebody's")

    def unsupported(_descriptor: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    with locked(tmp_path / "config.toml", lock=unsupported):
        write_atomically(tmp_path / "config.toml", b"x")

    assert stray.exists()


def test_a_lock_that_fails_otherwise_is_an_error(tmp_path: Path) -> None:
    """Nothing is written when the lock cannot be trusted."""

    def broken(_descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(LocalError, match="cannot lock"):
        locked(tmp_path / "config.toml", lock=broken).__enter__()


def test_a_file_that_is_not_there_is_none(tmp_path: Path) -> None:
    """Neither without a file, nor without its folder, nor when that is a file."""
    (tmp_path / "file").write_text("")

    assert read_private(tmp_path / "config.toml") is None
    assert read_private(tmp_path / "no" / "config.toml") is None
    assert read_plain(tmp_path / "file" / "config.toml") is None


def test_what_others_can_read_is_closed_to_them_with_a_notice(tmp_path: Path) -> None:
    """Mode 0644 becomes 0600 and the folder's 0755 becomes 0700, once (fault E2)."""
    folder = tmp_path / "inference"
    folder.mkdir(mode=0o755)
    (folder / "templates").mkdir()
    path = folder / "tokens.toml"
    path.write_text("x")
    path.chmod(0o644)
    said: list[str] = []

    assert read_private(path, notice=said.append) == b"x"
    assert read_private(path, notice=said.append) == b"x"

    assert said == [
        f"others could read {path}; its mode is now 0600",
        f"others could look into {folder}; its mode is now 0700",
    ]
    assert (_mode(path), _mode(folder)) == (0o600, 0o700)


def test_a_folder_that_holds_other_things_is_left_open(tmp_path: Path) -> None:
    """Somebody may keep the settings in a home or in a working folder."""
    tmp_path.chmod(0o755)
    (tmp_path / "photos").mkdir()
    path = tmp_path / "config.toml"
    write_atomically(path, b"x")

    read_private(path)

    assert _mode(tmp_path) == 0o755


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_the_file_of_another_user_is_not_trusted(tmp_path: Path) -> None:
    """Refused, whatever its mode (fault E2); one of root's is used and left as it is."""
    path = tmp_path / "config.toml"
    path.write_text("x")
    path.chmod(0o644)

    assert read_private(path, user=12345) == b"x"
    assert _mode(path) == 0o644
    os.chown(path, 23456, -1)
    with pytest.raises(LocalError, match="belongs to another user"):
        read_private(path, user=12345)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder, and a pipe that nobody writes to, which is not waited for."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")

    for name in ("folder", "pipe"):
        with pytest.raises(UsageError, match="is not a file"):
            read_private(tmp_path / name)


def test_a_file_of_absurd_size_is_refused_unread(tmp_path: Path) -> None:
    """100 MB are no settings (fault E1)."""
    path = tmp_path / "config.toml"
    with path.open("wb") as file:
        file.truncate(LIMIT * 100)

    with pytest.raises(UsageError, match="larger than 1 MB"):
        read_private(path)


def test_a_loop_of_links_cannot_be_read(tmp_path: Path) -> None:
    """The system's own reason is given."""
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")

    with pytest.raises(LocalError, match=r"cannot read .*: too many levels"):
        read_private(tmp_path / "a")
