"""The entry point: what the process leaves behind."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from inference_cli import __version__
from inference_cli.__main__ import main
from tests.support.command import INFERENCE, User, new_user


def test_the_version_is_answered_without_starting_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    """As a console script and as a module alike."""
    with pytest.raises(SystemExit) as left:
        main(["--version"])

    assert (left.value.code, capsys.readouterr().out) == (0, f"inference {__version__}\n")
    module = subprocess.run([sys.executable, "-m", "inference_cli", "--version"], capture_output=True, check=True)
    assert module.stdout.decode() == f"inference {__version__}\n"


@pytest.fixture
def user(tmp_path_factory: pytest.TempPathFactory) -> User:
    """Somebody new."""
    return new_user(tmp_path_factory.mktemp("user"))


def test_a_reader_that_has_seen_enough_is_no_error(user: User) -> None:
    """``| head -1``: exit 141 as of a closed pipe, and not a word (fault G13)."""
    script = f'{INFERENCE} --sandbox models list --json --jq ".data[]" | head -c 10 >/dev/null; echo ${{PIPESTATUS[0]}}'

    done = subprocess.run(["bash", "-c", script], capture_output=True, env=user.environment, cwd=user.cwd, check=True)

    assert (done.stdout, done.stderr) == (b"141\n", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_stdout_is_exit_11(user: User) -> None:
    """Never 0 for a result that nobody got (fault G12)."""
    script = f"{INFERENCE} --sandbox models list > /dev/full"

    done = subprocess.run(["bash", "-c", script], capture_output=True, env=user.environment, cwd=user.cwd, check=False)

    assert done.returncode == 11
    assert done.stderr.decode().startswith("error: ")


@pytest.fixture
def hangups_heard() -> Iterator[None]:
    """Commands inherit a hang-up that is ignored, as under nohup, and then rightly ignore it too."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("hangups_heard")
@pytest.mark.parametrize("number", [1, 2, 15])
def test_a_signal_ends_the_process_by_that_signal(user: User, number: int) -> None:
    """So that a shell's loop stops too; the generation runs on and its id was printed (faults C11, C13)."""
    waiting = user.start("--sandbox", "video", "waves sandbox:stuck", "-y")
    assert waiting.stderr is not None
    while b"queued" not in (line := waiting.stderr.readline()) and b"processing" not in line:
        assert line

    waiting.send_signal(number)
    _, said = waiting.communicate(timeout=60)

    assert waiting.returncode == -number
    assert b"One generation goes on without you" in said
    assert b"Collect it:  inference --sandbox queue wait" in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("flag", ["--version", "--help"])
def test_a_full_disk_behind_a_help_is_exit_11_too(user: User, flag: str) -> None:
    """No traceback, no crash file."""
    script = f"{INFERENCE} {flag} > /dev/full"

    done = subprocess.run(["bash", "-c", script], capture_output=True, env=user.environment, cwd=user.cwd, check=False)

    assert done.returncode == 11
    assert b"Traceback" not in done.stderr
    assert b"a bug" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense", "words", ""],
        ["model"],
        ["model", "line"],
        ["generation", "words", "queue", "wait", ""],
        ["model", "words", "image", "-m", "\udcff"],
    ],
)
def test_tab_is_silent_whatever_is_wrong(user: User, arguments: list[str]) -> None:
    """Exit 0 and not a word, not even of a damaged journal: the line that is being typed stays as it is."""
    state = user.home / ".local" / "state" / "inference"
    state.mkdir(parents=True)
    (state / "journal.sqlite3").write_bytes(b"no database" * 100)

    done = user.run_cold("__complete", *arguments)

    assert (done.code, done.out, done.err) == (0, b"", "")
    assert sorted(path.name for path in user.home.rglob("*")) == [".local", "inference", "journal.sqlite3", "state"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_tab_is_silent_when_nobody_listens(user: User) -> None:
    """A shell that was interrupted, a full disk: not an error of the line."""
    for sink in ("| true", "> /dev/full"):
        script = f"{INFERENCE} __complete profile words '' {sink}; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", script], capture_output=True, env=user.environment, check=True)
        assert (done.stdout.split()[-1:], done.stderr) == ([b"0"], b"")
