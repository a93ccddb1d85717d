"""Group D of the fault catalogue, the disk's part: full, gone, shared, without locks; killed in the middle."""

import contextlib
import os
import signal
import tempfile
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.account import FOX
from tests.support.faultd import Step
from tests.support.forked import Forked
from tests.support.harness import QUEUED_FOX, Fault
from tests.support.installed import needs
from tests.support.invariants import rows

SUBMIT = ("queue", "submit", "a red fox", "-m", FOX, "-o", "fox.png")
PLACES = (Path("/dev/shm"), Path("/var/tmp"), Path(__file__).parent)  # noqa: S108 - on which file system is the question


@pytest.fixture
def large(fault: Fault) -> Fault:
    """A case whose results are half a megabyte."""
    honest: Callable[[str, bytes], str] = fault.storage.put
    fault.storage.put = lambda identity, data: honest(identity, inflated(data))  # type: ignore[method-assign] # larger
    return fault


def inflated(png: bytes) -> bytes:
    """The same picture with a private chunk, which no reader minds, before its end."""
    content = b"foXx" + bytes(500_000)
    return png[:-12] + (500_000).to_bytes(4, "big") + content + zlib.crc32(content).to_bytes(4, "big") + png[-12:]


def journal(fault: Fault) -> list[Any]:
    """States of the generations in the journal."""
    return [row for file in fault.home.rglob("journal.sqlite3") for row in rows(file, "SELECT state FROM generations")]


def ranges(fault: Fault) -> list[str | None]:
    """From where on results were asked for."""
    return [asked.seen.header("range") for asked in fault.storage.asked]


@needs("prlimit")
def test_D18_a_disk_that_is_full_in_the_middle(large: Fault) -> None:
    """Exit 11, with the bytes that are free and the way to go on; what has come is kept, and continued."""
    done = large.run(*QUEUED_FOX, prefix=("prlimit", "--fsize=300000"))
    parts = [name for name in large.files if name.endswith(".part")]
    kept = (large.cwd / parts[0]).stat().st_size
    again = large.run("queue", "wait", "last")

    assert (done.code, done.text, kept, again.code) == (11, "", 300_000, 0)
    assert "the disk is full: File too large" in done.err
    assert "bytes are free in " in done.err
    assert "Fetch it again:  inference queue download gen-" in done.err
    assert ranges(large) == [None, "bytes=300000-"]
    assert large.files == ["fox.png"]
    assert len(large.api.paid) == 1


@needs("strace")
@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        ("linkat", "ENOSPC", "the disk is full"),
        ("linkat", "EDQUOT", "the disk is full"),
        ("fsync", "EIO", "Input/output error"),
    ],
)
def test_D18_a_disk_that_fails_at_the_end(fault: Fault, call: str, error: str, words: str) -> None:
    """At the name and at the last sync: 11, nothing under the final name, the generation is fetched by the next."""
    fault.run("models", "list")
    trace = ("strace", "-f", "-qq", "-o", str(fault.folder / "log"), "-e", f"inject={call}:error={error}:when=1")
    done = fault.run(*QUEUED_FOX, prefix=trace)
    before = [name for name in fault.files if not name.startswith(".")]
    again = fault.run("queue", "wait", "last")

    assert (done.code, before, again.code, fault.files) == (11, [], 0, ["fox.png"])
    assert words in done.err
    assert len(fault.api.paid) == 1


def test_D19_killed_in_the_middle_of_a_download(large: Fault) -> None:
    """No final name; the next command goes on where the killed one was, and leaves nothing but the file."""
    half = threading.Event()
    large.storage.script("GET /results/*", lambda answer: Step((answer[:250_000],), "hang", before=half.set))
    process = large.start(*QUEUED_FOX)
    assert half.wait(60)
    part = wait_for_part(large, process)
    large.end(process, signals=(signal.SIGKILL,))
    kept, names = part.stat().st_size, large.files
    done = large.run("queue", "wait", "last")

    assert [name for name in names if not name.startswith(".")] == []
    assert (done.code, large.files) == (0, ["fox.png"])
    assert ranges(large)[1] == f"bytes={kept}-"
    assert len(large.api.paid) == 1


def wait_for_part(fault: Fault, process: Any) -> Path:
    """The part file, as soon as something is in it."""
    while True:
        assert process.poll() is None
        with contextlib.suppress(StopIteration):
            found = next(fault.cwd.glob(".*.part"))
            if found.stat().st_size > 0:
                return found


@needs("strace")
def test_D19_a_file_that_could_not_be_noted_is_not_fetched_again(fault: Fault) -> None:
    """Published, and then the journal's disk is full: the next command finds the file by its part, under its name."""
    fault.run(*SUBMIT)
    trace = ("strace", "-f", "-qq", "-o", str(fault.folder / "log"), "-e", "inject=fdatasync:error=ENOSPC:when=2+")
    done = fault.run("queue", "wait", "last", prefix=trace)
    again = fault.run("queue", "wait", "last")

    assert (done.code, again.code, fault.files) == (0, 0, ["fox.png"])
    assert "cannot be written" in done.err
    assert len(fault.storage.asked) == 1


def test_D20_ten_processes_fetch_one_generation(fault: Fault) -> None:
    """One file, fetched once: whoever comes second waits, and finds it done."""
    fault.run(*SUBMIT)
    with Forked() as forked:
        done = forked.run_all([(fault.user, ("queue", "wait", "last"))] * 10)

    assert [(one.code, one.lines) for one in done] == [(0, [str(fault.cwd / "fox.png")])] * 10
    assert fault.files == ["fox.png"]
    assert len(fault.storage.asked) == 1


@pytest.fixture
def elsewhere(fault: Fault) -> Iterator[Path]:
    """A folder on another file system than that of the case."""
    here = fault.cwd.stat().st_dev
    place = next(
        (one for one in PLACES if one.is_dir() and one.stat().st_dev != here and os.access(one, os.W_OK)), None
    )
    if place is None:
        pytest.skip("there is no second file system to write to")
    with tempfile.TemporaryDirectory(prefix=".inference-test-", dir=place) as folder:
        yield Path(folder)


def test_D21_a_target_on_another_file_system(fault: Fault, elsewhere: Path) -> None:
    """The part is beside the target, so that giving it its name is one step there."""
    seen: list[str] = []

    def look() -> None:
        seen.extend(path.suffix for path in elsewhere.iterdir())

    fault.storage.script("GET /results/*", lambda answer: Step((answer[:40], answer[40:]), before=look))
    done = fault.run(*QUEUED_FOX[:-2], f"{elsewhere}/fox.png", "--queue")

    assert (done.code, [path.name for path in elsewhere.iterdir()], fault.files) == (0, ["fox.png"], [])
    assert (elsewhere / "fox.png").read_bytes() in fault.storage.files.values()
    assert ".part" in seen


@needs("strace")
@pytest.mark.parametrize("rule", ["flock:error=ENOLCK", "fsync:error=EINVAL:when=2+", "linkat:error=EOPNOTSUPP"])
def test_D22_a_file_system_without_locks_links_or_syncs_of_folders(fault: Fault, rule: str) -> None:
    """The work goes on without them, by way of a part all the same."""
    done = fault.run(
        *QUEUED_FOX, prefix=("strace", "-f", "-qq", "-o", str(fault.folder / "log"), "-e", f"inject={rule}")
    )

    assert (done.code, done.lines, fault.files) == (0, ["fox.png"], ["fox.png"])
    assert "INJECTED" in (fault.folder / "log").read_text()


@needs("strace")
def test_D23_a_name_that_turns_out_to_be_taken(fault: Fault) -> None:
    """As where FOX.png is fox.png: no listing shows it, the file system says so, and the next name is taken."""
    trace = ("strace", "-f", "-qq", "-o", str(fault.folder / "log"), "-e", "inject=linkat:error=EEXIST:when=1")
    done = fault.run(*QUEUED_FOX, prefix=trace)

    assert (done.code, done.lines, fault.files) == (0, ["fox-1.png"], ["fox-1.png"])
