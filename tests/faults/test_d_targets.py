"""Where files go: names that are taken, links, pipes and folders that cannot be written to."""

import hashlib
import os
import stat
import tempfile
import threading
from pathlib import Path

import pytest

from tests.support.account import FOX
from tests.support.broken import RESULTS, this
from tests.support.harness import DIRECT_FOX, FILM, QUEUED_FOX, Fault
from tests.support.traces import generations, outside, states

MANY = 20
OLD = b"what was there"
NOBODY = 65534
_ROOT = os.geteuid() == 0
_UMASK = ("sh", "-c", 'umask "$0"; exec "$@"')


def result(fault: Fault) -> bytes:
    """The newest result."""
    return list(fault.storage.files.values())[-1]


def test_D15_a_name_that_is_taken(fault: Fault) -> None:
    """Another name, unless it was said what to do about it; --no-clobber costs nothing."""
    fault.give("fox.png", OLD)
    done = fault.run(*QUEUED_FOX)
    assert (done.code, done.lines, (fault.cwd / "fox.png").read_bytes()) == (0, ["fox-1.png"], OLD)

    skipped = fault.inside(*QUEUED_FOX, "--no-clobber")
    assert (skipped.code, len(fault.api.paid)) == (0, 1)

    forced = fault.inside(*QUEUED_FOX, "--force", "--anyway")
    assert (forced.code, forced.lines, fault.files) == (0, ["fox.png"], ["fox-1.png", "fox.png"])
    assert (fault.cwd / "fox.png").read_bytes() == result(fault)


def test_D15_many_processes_want_one_name(fault: Fault) -> None:
    """Each gets one of its own, decided by the file system and not by looking: nothing is overwritten."""
    running = [fault.start(*DIRECT_FOX) for _ in range(MANY)]
    done = [fault.end(process, since=len(fault.api.asked), intents=MANY) for process in running]

    names = sorted(["fox.png", *(f"fox-{number}.png" for number in range(1, MANY))])
    assert [one.code for one in done] == [0] * MANY
    assert sorted(line for one in done for line in one.lines) == names == fault.files
    assert {(fault.cwd / name).read_bytes() for name in names} == set(fault.storage.files.values())


@pytest.mark.parametrize("kind", ["link", "dangling link", "link to a folder"])
@pytest.mark.parametrize("named", [True, False], ids=["-o", "unnamed"])
def test_D16_links_are_not_followed(fault: Fault, kind: str, *, named: bool) -> None:
    """What a link leads to stays as it is; the result gets a name of its own."""
    name = "fox.png" if named else "a-red-fox-gen-0001-canary.png"
    other = fault.give("other", OLD)
    (fault.cwd / "folder").mkdir()
    leads = {"link": other.name, "dangling link": "nowhere.png", "link to a folder": "folder/"}[kind]
    (fault.cwd / name).symlink_to(leads)
    fault.given.add(fault.cwd / name)
    done = fault.inside(*QUEUED_FOX if named else ("image", "a red fox", "-m", FOX, "--queue"))

    assert (done.code, other.read_bytes(), outside(fault)) == (0, OLD, [])
    assert not (fault.cwd / "nowhere.png").exists()
    if named and kind == "link to a folder":  # which is a folder: -o names a place in it
        assert done.lines == ["fox.png/a-red-fox-gen-0001-canary.png"]
    else:
        assert done.lines == [f"{Path(name).stem}-1.png"]


def test_D16_a_link_that_is_replaced(fault: Fault) -> None:
    """--force replaces the link, and leaves alone what it leads to."""
    other = fault.give("other", OLD)
    (fault.cwd / "fox.png").symlink_to(other.name)
    done = fault.inside(*QUEUED_FOX, "--force")

    assert (done.code, other.read_bytes()) == (0, OLD)
    assert not (fault.cwd / "fox.png").is_symlink()
    assert (fault.cwd / "fox.png").read_bytes() == result(fault)


def test_D16_a_part_file_that_is_a_link(fault: Fault) -> None:
    """Somebody put a link where the unfinished file goes: it is not written through (11), and the job is safe."""
    fault.inside(*QUEUED_FOX, "--no-wait")
    fault.storage.script(RESULTS, this(b"", status="400 Bad Request"))
    other = fault.give("other", OLD)
    mark = hashlib.sha256(b"gen-0001-canary").hexdigest()[:8]
    (fault.cwd / f".fox.{mark}.part").symlink_to(other.name)
    done = fault.inside("queue", "wait", "last")

    assert (done.code, other.read_bytes()) == (11, OLD)
    assert "fox.png" not in fault.files


@pytest.mark.parametrize("target", ["-", "/dev/stdout", "/dev/fd/1"])
def test_D16_stdout(fault: Fault, target: str) -> None:
    """The bytes, and nothing else."""
    done = fault.run("image", "a red fox", "-m", FOX, "--queue", "-o", target)

    assert (done.code, done.out, fault.files) == (0, result(fault), [])
    assert states(fault) == ["downloaded"]


def test_D16_devices_and_folders(fault: Fault) -> None:
    """A device is written to and stays a device; a folder gets a file."""
    (fault.cwd / "folder").mkdir()
    done = fault.inside("image", "a red fox", "-m", FOX, "--queue", "-o", "/dev/null")
    other = fault.inside("image", "a red fox", "-m", FOX, "--queue", "-o", "folder")

    assert (done.code, Path("/dev/null").is_char_device()) == (0, True)
    assert (other.code, other.lines) == (0, ["folder/a-red-fox-gen-0002-canary.png"])


def test_D16_pipes(fault: Fault) -> None:
    """A named pipe is written to, once somebody reads from it; nobody: 11, and not for ever."""
    os.mkfifo(fault.cwd / "fox.png")
    nobody = fault.inside(*QUEUED_FOX)
    came: list[bytes] = []
    reader = threading.Thread(target=lambda: came.append((fault.cwd / "fox.png").read_bytes()))
    reader.start()
    done = fault.inside("queue", "download", "last")
    reader.join(10)

    assert (nobody.code, done.code, came) == (11, 0, [result(fault)])
    assert "nobody reads from" in nobody.err
    assert stat.S_ISFIFO((fault.cwd / "fox.png").stat().st_mode)
    assert len(fault.api.paid) == 1


@pytest.mark.parametrize("order", [QUEUED_FOX[:-3], DIRECT_FOX[:-2], FILM[:-2]], ids=["queued", "direct", "film"])
def test_D17_bad_folders_cost_nothing(fault: Fault, order: tuple[str, ...]) -> None:
    """Missing, or a file: 2 before anything is sent."""
    fault.give("file", OLD)
    missing = fault.inside(*order, "-o", "missing/fox.png", *(["--queue"] if order == QUEUED_FOX[:-3] else []))
    slash = fault.inside(*order, "-o", "missing/")
    file = fault.inside(*order, "-o", "file/fox.png")

    assert [missing.code, slash.code, file.code] == [2, 2, 2]
    assert "mkdir -p missing" in missing.err
    assert "file is a file, not a folder" in file.err
    assert (fault.api.paid, fault.files, generations(fault)) == ([], ["file"], [])


def test_D17_in_the_older_api(older: Fault) -> None:
    """As well."""
    done = older.run(*DIRECT_FOX[:-1], "missing/fox.png")

    assert (done.code, older.api.paid) == (2, [])


def test_D17_a_folder_that_cannot_be_written_to() -> None:
    """11 before anything is sent (as nobody, for whom modes count, in a folder that nobody may look into)."""
    with tempfile.TemporaryDirectory() as folder, Fault(Path(folder)) as fault:
        for path, mode in ((Path(folder), 0o755), (fault.home, 0o777), (fault.cwd, 0o555)):
            path.chmod(mode)
        done = fault.run(*QUEUED_FOX, prefix=("setpriv", f"--reuid={NOBODY}", "--clear-groups") if _ROOT else ())
        fault.cwd.chmod(0o755)

        assert (done.code, fault.api.paid, fault.files) == (11, [], [])
        assert "cannot be written to" in done.err
        assert "Nothing was sent." in done.err


@pytest.mark.parametrize(("umask", "mode"), [("000", 0o666), ("077", 0o600), ("022", 0o644)])
def test_D27_umask(fault: Fault, umask: str, mode: int) -> None:
    """Results follow it; the profile is for its owner alone, whatever it says."""
    done = fault.run(*QUEUED_FOX, prefix=(*_UMASK, umask))
    config = fault.run("config", "set", "model_image", FOX, prefix=(*_UMASK, umask))

    assert (done.code, config.code) == (0, 0)
    assert stat.S_IMODE((fault.cwd / "fox.png").stat().st_mode) == mode
    open_ones = [path.name for path in _profile(fault) if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert open_ones == []


def _profile(fault: Fault) -> list[Path]:
    """Every file and folder that this program made in the home."""
    return [path for path in fault.home.rglob("*") if "inference" in path.relative_to(fault.home).as_posix()]
