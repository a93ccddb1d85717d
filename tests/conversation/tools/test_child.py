import sys
import threading
from pathlib import Path

import pytest

from inference_cli.clock import Clock, ManualClock, SystemClock
from inference_cli.conversation.tools.beside import Halt
from inference_cli.conversation.tools.child import Ran, Spec, run
from inference_cli.conversation.tools.tool import ToolFailedError
from tests.support.tools import WatchedHalt


def ran(
    code: str, *, stdin: bytes | None = None, clock: Clock | None = None, halt: Halt | None = None, limit: int = 1000
) -> Ran:
    """What becomes of a Python program."""
    spec = Spec([sys.executable, "-c", code], Path("/"), {"PATH": "/bin"}, stdin)
    return run(spec, seconds=60, clock=clock or SystemClock(), halt=halt or Halt(), limit=limit)


def test_a_command_that_ends() -> None:
    """Its output, what it says beside, its code; where, with which environment and without anything to read."""
    code = "import os, sys; print(os.getcwd(), sorted(os.environ)[-1], sys.stdin.read()); print(1, file=sys.stderr); sys.exit(3)"
    assert ran(code) == Ran(3, b"/ PATH \n", b"1\n")


def test_what_it_reads() -> None:
    """More than a pipe holds; and a command that reads nothing of it."""
    assert ran("import sys; print(len(sys.stdin.buffer.read()))", stdin=b"x" * 300_000).output == b"300000\n"
    assert ran("pass", stdin=b"x" * 300_000).code == 0


def test_a_session_of_its_own() -> None:
    """Ctrl-C on the terminal does not reach it."""
    assert ran("import os; print(os.getsid(0) == os.getpid())").output == b"True\n"


def test_a_flood_is_cut_and_ended() -> None:
    """No more than was asked for is kept."""
    found = ran("import sys\nwhile True: print('x' * 99)", limit=5000)
    assert (found.cut, len(found.output), found.code) == (True, 5000, -9)


def test_one_that_does_not_end_is_ended_with_its_children() -> None:
    """By the clock; the pipe shows that the grandchild is gone too."""
    code = "import subprocess; subprocess.run(['sleep', '1000'])"
    with pytest.raises(ToolFailedError, match=r"did not end within 60 s, and was ended"):
        ran(code, clock=ManualClock())
    threads = [one for one in threading.enumerate() if one.name == "child"]
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)


def test_a_halt_ends_it() -> None:
    """From another thread, as Ctrl-C does; with what it started."""
    halt = WatchedHalt()
    done: list[Ran] = []
    code = "import subprocess; subprocess.run(['sleep', '1000'])"
    thread = threading.Thread(target=lambda: done.append(ran(code, halt=halt)))
    thread.start()
    assert halt.began.wait(30)
    halt.now()
    thread.join(30)
    assert [one.code for one in done] in ([-15], [-9])


def test_nothing_begins_while_everything_is_ended() -> None:
    """What was started already is ended too."""
    halt = Halt()
    halt.now()
    with pytest.raises(ToolFailedError, match="The user stopped it"):
        ran("import time; time.sleep(1000)", halt=halt)


@pytest.mark.parametrize(
    ("argv", "words"), [(["/nothing"], "no such file"), (["/"], "permission denied"), (["a\0b"], "cannot be passed on")]
)
def test_one_that_cannot_be_run(argv: list[str], words: str) -> None:
    """The model is told."""
    with pytest.raises(ToolFailedError, match=words):
        run(Spec(argv, Path("/"), {}), seconds=1, clock=ManualClock(), halt=Halt(), limit=9)
