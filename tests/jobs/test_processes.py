"""Real processes: killed in the middle, or wanting the same name at once (faults C9, D15, D19)."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from inference_cli.jobs.tracked import tracked_from_journal
from tests.support.fakes import link, sha256, story
from tests.support.jobs import scene
from tests.support.samples import wav

SOUND = wav()

CHILD = """
import os, signal, sys
from pathlib import Path
from inference_cli.clock import SystemClock
from tests.support.fakes import link, story
from tests.support.jobs import order_for, scene
from tests.support.samples import wav

folder, name, die_after = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
left = [die_after]

def count():
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)

stories = {name: story(name, (0, "succeeded"))}
with scene(folder, stories=stories, files={link(name): wav()}, enqueued=[[name]]) as made:
    made.media.on_chunk = count
    print("ready", flush=True)
    sys.stdin.readline()
    made.run(order_for(target=f"{folder}/out/fox.wav"), anyway=True)
    print(made.last["1"].result.path.name)
"""


def start(folder: Path, name: str, die_after: int = 0) -> "subprocess.Popen[str]":
    """A process that makes one picture and wants it called fox.wav; it waits for a line before it begins."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), name, str(die_after)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


@pytest.mark.parametrize("die_after", [1, 40])
def test_C09_D19_killed_in_the_middle_of_a_download(tmp_path: Path, die_after: int) -> None:
    """No final file; the next command goes on where it was, without a second request."""
    child = start(tmp_path, "g", die_after)
    child.communicate("go\n", timeout=60)
    assert child.returncode == -signal.SIGKILL
    names = [path.name for path in (tmp_path / "out").iterdir()]
    assert not [name for name in names if not name.startswith(".")]
    stories = {"g": story("g", (0, "succeeded"))}
    with scene(tmp_path, stories=stories, files={link("g"): SOUND}) as made:
        made.journal.settle()
        made.collect(tracked_from_journal(made.journal, ["last"]))
        assert made.files == ["fox.wav"]
        assert (made.folder / "fox.wav").read_bytes() == SOUND
        assert made.media.asked == [(link("g"), 64 * die_after, '"v1"')]
        assert "enqueue" not in made.client.calls


def test_D15_eight_processes_want_one_name(tmp_path: Path) -> None:
    """Eight distinct names, eight whole files, nothing else."""
    children = [start(tmp_path, f"g{number}") for number in range(8)]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    names = [child.communicate(timeout=120)[0].strip() for child in children]
    expected = ["fox.wav", *(f"fox-{number}.wav" for number in range(1, 8))]
    assert sorted(names) == sorted(expected)
    assert {path.name: sha256(path.read_bytes()) for path in (tmp_path / "out").iterdir()} == dict.fromkeys(
        expected, sha256(SOUND)
    )


SPENDERS = """
import os, sys
from decimal import Decimal
from pathlib import Path
from inference_cli.errors import BudgetError
from inference_cli.money.budget import Limit
from tests.support.jobs import journal_in, order_for

folder = Path(sys.argv[1])
limits = (Limit("budget_day", Decimal("2.00")), Limit("budget_month", Decimal("2.00")))
start, go = os.pipe()
children = []
for _ in range(20):
    children.append(os.fork())
    if children[-1] == 0:
        os.close(go)
        os.read(start, 1)  # nothing comes: its other end is closed for all of them at once
        with journal_in(folder) as journal:
            try:
                (intent,) = journal.plan(order_for(estimate=Decimal("0.35")), cwd=folder, limits=limits)
                journal.sending(intent)
            except BudgetError as error:
                os._exit(error.exit_status)
        os._exit(0)
os.close(go)
print(sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children))
"""


def test_twenty_processes_reserve_in_one_budget(tmp_path: Path) -> None:
    """All at one moment, without settling: five of $0.35 fit into $2.00, and exactly five are let through."""
    done = subprocess.run(
        [sys.executable, "-c", SPENDERS, str(tmp_path)], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout == f"{[0] * 5 + [6] * 15}\n"
