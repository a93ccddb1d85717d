"""Group E of the fault catalogue, local state: settings, the journal and the log survive whatever happens to them."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.account import CLAUDE, FOX
from tests.support.api import CANARY
from tests.support.command import Finished
from tests.support.faultd import HastyClock, Step
from tests.support.forked import Forked
from tests.support.harness import Fault
from tests.support.installed import needs
from tests.support.invariants import rows
from tests.support.storage import SIGNATURE

SUBMIT = ("queue", "submit", "a red fox", "-m", FOX)
root = pytest.mark.skipif(os.getuid() != 0, reason="only root may give files away")


def config_in(fault: Fault) -> Path:
    """The configuration file of the commands that run in this process."""
    folder = fault.home / ".config" / "inference"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / "config.toml"


def journal_in(fault: Fault) -> Path:
    """The journal of the commands that run in this process."""
    return fault.home / ".local" / "state" / "inference" / "journal.sqlite3"


def intents(fault: Fault) -> list[str]:
    """The states of the requests in the journal."""
    return [str(state) for (state,) in rows(journal_in(fault), "SELECT state FROM intents ORDER BY number")]


DAMAGED = {
    "cut": (b"# my own\n[profiles.default\n", "line 2: expected ']'"),
    "binary": (b"a\n" + bytes(range(256)), "line 3: this is not UTF-8 text"),
    "no table": (b"profiles = 3\n", "line 1: profiles must be a table"),
    "wrong type": (b'[profiles.default]\nconfirm_above = "x"\n', "line 2: profiles.default.confirm_above must be"),
    "twice": (b'[profiles.default]\nnamespace = "a"\nnamespace = "b"\n', "line 3: cannot overwrite a value"),
    "100 MB": (b"#" * 100_000_000, "is larger than 1 MB"),
    "newer": (b"version = 99\n", "line 1: version is 99, and this program knows only 1"),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_E01_a_damaged_config_is_named_and_left_alone(fault: Fault, damage: str) -> None:
    """Exit 2 with file and line, every byte as it was; what looks at the journal alone goes on."""
    submitted = fault.inside(*SUBMIT)
    path, (data, complaint) = config_in(fault), DAMAGED[damage]
    path.write_bytes(data)
    done, local = fault.inside("config", "list"), fault.inside("queue", "list", "--local")
    same = path.read_bytes() == data
    path.unlink()  # the harness holds profile files to being readable: this one is the case's own

    assert (done.code, same, local.code) == (2, True, 0)
    assert f"{path}" in done.err
    assert complaint in done.err
    assert submitted.lines[0] in local.text
    assert "below is what was asked of http://127.0.0.1:" in local.err


@pytest.mark.parametrize("data", [b"", b'\xef\xbb\xbf[profiles.default]\nmodel_image = "fox-1"\n'])
def test_E01_an_empty_config_and_a_byte_order_mark_are_fine(fault: Fault, data: bytes) -> None:
    """A change keeps what is there, and, if that was anything, the version before it."""
    path = config_in(fault)
    path.write_bytes(data)
    done = fault.inside("config", "set", "aliases.waves", "waves-1")

    assert done.code == 0
    kept = path.with_name("config.toml.bak")
    assert (kept.read_bytes() if kept.exists() else b"") == data.removeprefix(b"\xef\xbb\xbf")
    assert tomllib.loads(path.read_text("utf-8-sig"))["profiles"]["default"]["aliases"] == {"waves": "waves-1"}


def test_E02_files_that_others_may_read_are_closed(fault: Fault) -> None:
    """File 0600, folder 0700, whatever they were, and a warning for each."""
    path = config_in(fault)
    fault.inside("config", "set", "aliases.fox", "fox-1")
    path.chmod(0o644)
    path.parent.chmod(0o775)
    done = fault.inside("config", "list")

    assert (done.code, path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0, 0o600, 0o700)
    assert f"others could read {path}; its mode is now 0600" in done.err
    assert f"others could look into {path.parent}; its mode is now 0700" in done.err


@root
def test_E02_a_file_of_another_user_is_refused(fault: Fault) -> None:
    """Exit 11: whoever owns it could change it."""
    path = config_in(fault)
    path.write_text('[profiles.default]\nbase_url = "https://evil.example/api"\n')
    os.chown(path, 65534, 65534)
    fault.without("INFERENCE_BASE_URL")
    done = fault.inside("models", "list")

    assert done.code == 11
    assert f"{path} belongs to another user, so it is not trusted" in done.err


def test_E03_a_hundred_processes_write_the_config(fault: Fault) -> None:
    """All at once, a setting each: every one is there, in a file that can be read."""
    with Forked() as forked:
        done = forked.run_all([(fault.user, ("config", "set", f"aliases.fox-{n}", f"model-{n}")) for n in range(100)])

    assert {(one.code, one.out) for one in done} == {(0, b"")}
    written = next(fault.home.rglob("config.toml"))
    assert tomllib.loads(written.read_text())["profiles"]["default"]["aliases"] == {
        f"fox-{n}": f"model-{n}" for n in range(100)
    }
    assert sorted(path.name for path in written.parent.iterdir()) == [
        "config.toml",
        "config.toml.bak",
        "config.toml.lock",
    ]


@needs("strace")
def test_E04_killed_at_every_call_of_a_config_write(tmp_path: Path) -> None:
    """The old settings or the new ones, never torn; the next write works, and sweeps up what was left."""
    from tests.support.command import new_user
    from tests.support.sweep.traced import Strace, injections

    user = new_user(tmp_path)
    with Forked(one_thread=True) as forked:
        strace = Strace(tmp_path, forked)
        forked.run(user, "config", "set", "aliases.fox", "0")
        path = next(user.home.rglob("config.toml"))
        counts = strace.counts(user, ("config", "set", "aliases.fox", "none"))
        kills = [one for one in injections(counts) if one.fault == "KILL"]
        for number, injection in enumerate(kills, start=1):
            before = path.read_text()
            done, struck = strace.run(user, ("config", "set", "aliases.fox", str(number)), injection)
            after = tomllib.loads(path.read_text())["profiles"]["default"]["aliases"]
            assert (struck, done.code, path.read_text() == before or after == {"fox": str(number)}) == (True, 137, True)
        last = forked.run(user, "config", "set", "aliases.fox", "last")

    assert {one.call for one in kills} >= {"write", "fsync", "rename"}
    assert (last.code, 'fox = "last"' in path.read_text()) == (0, True)
    assert [one.name for one in path.parent.iterdir() if one.suffix == ".tmp"] == []


def test_E05_a_hundred_processes_append_to_the_journal(fault: Fault) -> None:
    """All at once, a submitted picture each: every request and every id is there."""
    fault.run("models", "list")
    with Forked() as forked:
        done = forked.run_all([(fault.user, (*SUBMIT[:2], f"fox {n}", *SUBMIT[3:])) for n in range(100)])
    journal = next(fault.home.rglob("journal.sqlite3"))

    assert {one.code for one in done} == {0}
    assert sorted(line for one in done for line in one.lines) == sorted(fault.api.made)
    assert {one for (one,) in rows(journal, "SELECT id FROM generations")} == set(fault.api.made)
    assert rows(journal, "SELECT count(*), count(DISTINCT prompt) FROM intents WHERE state = 'accepted'") == [
        (100, 100)
    ]
    assert rows(journal, "PRAGMA integrity_check") == [("ok",)]


def test_E06_no_durable_journal_no_paid_request(fault: Fault) -> None:
    """It cannot be locked: 11, and the account was not asked for anything that costs."""
    journal_in(fault).with_name("journal.sqlite3.lock").mkdir(parents=True)
    done = fault.inside(*SUBMIT)

    assert (done.code, fault.api.paid) == (11, [])
    assert "Nothing was sent." in done.err


def test_E06_a_damaged_journal_is_set_aside_and_saved(fault: Fault) -> None:
    """Garbage over its head: the file is kept, a new one is made, the paid request is sent once."""
    fault.inside(*SUBMIT)
    path = journal_in(fault)
    path.write_bytes(b"garbage " * 1000)
    done = fault.inside(*SUBMIT[:2], "another fox", *SUBMIT[3:])
    kept = [one.name for one in path.parent.iterdir() if ".corrupt-" in one.name]
    fault.runs.pop(0)  # its id was in the file that the case destroyed

    assert (done.code, len(fault.api.paid), len(kept)) == (0, 2, 1)


def test_E07_a_newer_journal_is_read_and_never_written(fault: Fault) -> None:
    """Exit 12 with the way to upgrade, nothing sent; what looks at it works."""
    first = fault.inside(*SUBMIT)
    with closing(sqlite3.connect(journal_in(fault))) as connection:
        connection.execute("PRAGMA user_version = 999")
    done, local = fault.inside(*SUBMIT), fault.inside("queue", "list", "--local")

    assert (done.code, len(fault.api.paid), local.code) == (12, 1, 0)
    assert "pip install --upgrade inference-cli" in done.err
    assert first.lines[0] in local.text


def test_E09_a_lock_of_a_dead_process_holds_nobody_up(fault: Fault) -> None:
    """Killed while it sent: its locks are the kernel's, and gone; its lock files are just files."""
    fault.run("models", "list")
    sent = threading.Event()
    fault.api.script("POST /api/ai/queue", Step(before=sent.set, end="hang"))
    process = fault.start(*SUBMIT)
    assert sent.wait(60)
    killed = fault.end(process, signals=(signal.SIGKILL,))
    done, again = fault.run("queue", "list", "--local"), fault.run("config", "set", "aliases.fox", FOX)
    journal = next(fault.home.rglob("journal.sqlite3"))

    assert (killed.code, done.code, again.code) == (137, 0, 0)
    assert rows(journal, "SELECT state FROM intents") == [("unknown",)]
    assert list(journal.with_name("journal.sqlite3.owners").iterdir()) == []


@pytest.mark.parametrize(
    ("names", "env", "code", "words"),
    [
        (("HOME",), {"XDG_CONFIG_HOME": "here", "XDG_STATE_HOME": "here", "XDG_CACHE_HOME": "here"}, {0, 2}, ""),
        ((), {"XDG_CONFIG_HOME": "relative/folder"}, {0, 2}, ""),
        ((), {"INFERENCE_CONFIG_DIR": "/dev/null"}, {2}, "INFERENCE_CONFIG_DIR names a file"),
        ((), {"HOME": "/proc"}, {11}, "INFERENCE_CONFIG_DIR"),
        ((), {"HOME": "/proc", "INFERENCE_CONFIG_DIR": "mine", "INFERENCE_STATE_DIR": "mine"}, {0}, ""),
    ],
)
def test_E10_odd_homes(fault: Fault, names: tuple[str, ...], env: dict[str, str], code: set[int], words: str) -> None:
    """A clear 2 or 11, or it works; the variables always help, and nothing is strewn over the working folder."""
    fault.having(**env)
    variables = {name: value for name, value in fault.user.environment.items() if name not in names}
    done = run_with(fault, variables, "config", "set", "aliases.fox", FOX)
    reading = run_with(fault, variables, "config", "list")

    assert done.code in code, done.err
    assert words in done.err
    assert reading.code in {0, 2}
    assert fault.files == (["mine"] if "INFERENCE_STATE_DIR" in env else [])


_HISTORIES = (
    ("logs", "list"), ("logs", "search", "foxes"), ("history", "list", "--local"), ("queue", "list", "--local"),
    ("history", "spend", "--local"), ("sandbox", "status", "--jq", ".generations"),
)  # fmt: skip


@pytest.mark.parametrize("arguments", _HISTORIES, ids=" ".join)
def test_E10_what_only_looks_works_where_nothing_can_be_made(fault: Fault, arguments: tuple[str, ...]) -> None:
    """An empty home in which even root makes nothing: there is nothing to be seen, and nothing wrong with that."""
    nowhere = {f"INFERENCE_{kind}_DIR": f"/proc/none/{kind}" for kind in ("CONFIG", "STATE", "DATA", "CACHE")}
    done = fault.inside(*arguments, env=nowhere)

    assert (done.code, done.text) == (0, "0\n" if arguments[0] == "sandbox" else ""), done.err
    assert "error" not in done.err


def run_with(fault: Fault, env: dict[str, str], *arguments: str) -> Finished:
    """Run the installed command with exactly that environment."""
    from tests.support.command import INFERENCE

    done = subprocess.run([INFERENCE, *arguments], env=env, cwd=fault.cwd, capture_output=True, check=False)
    return Finished(done.returncode, done.stdout, done.stderr.decode())


def test_E11_two_commands_append_to_one_conversation(fault: Fault) -> None:
    """Both turns are in it, each answer behind its own question."""
    fault.run("chat", "hello", "-m", CLAUDE)
    with Forked() as forked:
        done = forked.run_all([(fault.user, ("chat", "-c", f"question {n}", "-m", CLAUDE)) for n in range(2)])
    shown = fault.run("logs", "show", "last")

    assert [one.code for one in done] == [0, 0]
    assert [shown.text.count(f"question {n}") for n in range(2)] == [1, 1]
    assert shown.text.count("Hello there.") == 3


def test_E12_nothing_secret_is_in_the_log(fault: Fault) -> None:
    """A signature in a question and in an answer, an attached picture: masked, and kept as a file (I5 looks)."""
    fault.give("fox.png", b"\x89PNG\r\n\x1a\n" + bytes(100))
    url = f"https://media.example/x.png?X-Amz-Signature={SIGNATURE}"
    done = fault.run("chat", f"what is {url}", "-m", CLAUDE)
    log = next(fault.home.rglob("conversations.sqlite3"))

    assert done.code == 0
    assert CANARY.encode() not in log.read_bytes()
    assert SIGNATURE.encode() not in log.read_bytes()


class Elsewhen(HastyClock):
    """A clock that thinks it is another year.

    Args:
        start: Unix seconds now.
    """

    def __init__(self, start: float) -> None:
        super().__init__()
        self._start = start

    def now(self) -> float:
        """Unix time, as it has it."""
        return self._start + self.monotonic()


@pytest.mark.parametrize("start", [0.0, 4_070_908_800.0])
def test_E13_a_clock_that_is_decades_off(fault: Fault, start: float) -> None:
    """1970 and 2099: order and ids as always, no negative age when the clock goes back."""
    first = fault.inside(*SUBMIT, clock=Elsewhen(start + 100_000))
    second = fault.inside(*SUBMIT[:2], "another fox", *SUBMIT[3:], clock=Elsewhen(start))
    listed = fault.inside("queue", "list", "--local", clock=Elsewhen(start))
    remote = fault.inside("queue", "list", "--status", "succeeded", clock=Elsewhen(start))

    assert (first.code, second.code) == (0, 0)
    assert [line.split("\t")[0] for line in listed.lines] == [second.lines[0], first.lines[0]]
    assert "-" not in "".join(line.split("\t")[3] for line in listed.lines)
    assert "\t-" not in remote.text


def test_E14_downgrade_then_upgrade(fault: Fault) -> None:
    """What an older version left is taken over, what a newer one left is refused politely: no row is lost.

    One wheel stands for both: the numbers of the files' versions are what they would differ in.
    """
    first = fault.inside(*SUBMIT)
    with closing(sqlite3.connect(journal_in(fault))) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute("PRAGMA user_version = 999")
    refused = fault.inside(*SUBMIT[:2], "another fox", *SUBMIT[3:])
    with closing(sqlite3.connect(journal_in(fault))) as connection:
        connection.execute(f"PRAGMA user_version = {version}")
    done = fault.inside(*SUBMIT[:2], "another fox", *SUBMIT[3:])
    listed = fault.inside("queue", "list", "--local")

    assert (refused.code, done.code) == (12, 0)
    assert [line.split("\t")[0] for line in listed.lines] == [done.lines[0], first.lines[0]]


FORKED = """
import os, sys
from pathlib import Path
from inference_cli.clock import SystemClock
from inference_cli.jobs.journal import Journal
from inference_cli.origin import parse_origin

with Journal(Path(sys.argv[1]), origin=parse_origin(sys.argv[2]), clock=SystemClock()) as journal:
    journal.recent()
    child = os.fork()
    who = "parent" if child else "child"
    for n in range(20):
        journal.moved([(f"{who}-{n}", "queued", "queued", None)])
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
"""


def test_E15_a_fork_with_the_journal_open(fault: Fault) -> None:
    """Parent and child write at once, each through a connection of its own; the next command finds all of it."""
    fault.run("models", "list")
    path = fault.home / ".local" / "state" / "inference" / "journal.sqlite3"
    subprocess.run([sys.executable, "-c", FORKED, str(path), fault.api.base_url], check=True)
    listed = fault.run("queue", "list", "--local", "--limit", "100")

    ids = {f"{who}-{n}" for who in ("parent", "child") for n in range(20)}
    assert {line.split("\t")[0] for line in listed.lines} == ids
