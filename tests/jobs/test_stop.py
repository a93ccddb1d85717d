"""Signals become a flag; the second and the third are answered at once."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from inference_cli.clock import Wake
from inference_cli.errors import Interrupted
from inference_cli.jobs.stop import Stop


def test_an_event_that_a_handler_may_set() -> None:
    """Set, cleared and waited for like any event."""
    wake = Wake()
    assert not wake.wait(0)
    wake.set()
    wake.set()
    assert wake.is_set()
    assert wake.wait()
    assert wake.wait(0)
    wake.clear()
    wake.clear()
    assert not wake.is_set()


def test_another_thread_wakes_a_waiter() -> None:
    """Waiting ends when somebody else sets it."""
    wake = Wake()
    thread = threading.Thread(target=wake.set)
    thread.start()
    assert wake.wait(30)
    thread.join()


def test_a_request_rings_the_bells_of_the_moment() -> None:
    """Those that are registered are set; later ones are not."""
    stop, inside, outside = Stop(), Wake(), Wake()
    with stop.ringing(outside):
        pass
    with stop.ringing(inside):
        assert not stop.requested
        stop.request(signal.SIGTERM)
    assert (stop.requested, stop.signum, stop.event.is_set()) == (True, 15, True)
    assert (inside.is_set(), outside.is_set()) == (True, False)


@pytest.fixture
def handlers() -> Iterator[None]:
    """The process's own handlers, put back afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
def test_C12_one_signal_is_a_wish_two_are_an_order() -> None:
    """The first only sets the flag, the second raises; afterwards the old handlers are back."""
    before = signal.getsignal(signal.SIGINT)
    stop = Stop()
    with stop.listening():
        os.kill(os.getpid(), signal.SIGTERM)
        assert (stop.requested, stop.signum) == (True, 15)
        with pytest.raises(Interrupted) as caught:
            os.kill(os.getpid(), signal.SIGINT)
        assert caught.value.exit_status == 130
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.usefixtures("handlers")
def test_the_first_signal_ends_what_is_breakable() -> None:
    """A question to a person does not wait for its answer; outside of it the first is a wish again."""
    stop = Stop()
    with stop.listening():
        with pytest.raises(Interrupted) as caught, stop.breakable():
            os.kill(os.getpid(), signal.SIGINT)
        assert (caught.value.exit_status, stop.requested) == (130, True)
        stop.forget()
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.requested


@pytest.mark.usefixtures("handlers")
def test_a_signal_that_was_ignored_stays_ignored() -> None:
    """A shell's nohup and background jobs mean it."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    stop = Stop()
    with stop.listening():
        os.kill(os.getpid(), signal.SIGHUP)
        assert not stop.requested


def test_outside_the_main_thread_nothing_is_installed() -> None:
    """Only the main thread can have handlers."""
    seen: list[object] = []

    def listen() -> None:
        with Stop().listening():
            seen.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=listen)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGTERM)]


def test_C12_the_third_signal_ends_the_process() -> None:
    """Even while cleaning up, with the code that a shell expects and no traceback."""
    program = (
        "import os, signal\n"
        "from contextlib import suppress\n"
        "from inference_cli.errors import Interrupted\n"
        "from inference_cli.jobs.stop import Stop\n"
        "stop = Stop()\n"
        "with stop.listening():\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    with suppress(Interrupted): os.kill(os.getpid(), signal.SIGINT)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "print('still here')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_C12_the_third_signal_leaves_nothing_undone_that_would_outlive_the_process() -> None:
    """Such as a terminal that does not show what is typed; the first two leave that to those who clean up."""
    program = (
        "import os, signal, sys\n"
        "from contextlib import suppress\n"
        "from inference_cli.errors import Interrupted\n"
        "from inference_cli.jobs.stop import Stop\n"
        "with Stop(last=lambda: print('given back', flush=True)).listening():\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    with suppress(Interrupted): os.kill(os.getpid(), signal.SIGINT)\n"
        "    print('third', flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "third\ngiven back\n", "")


def test_a_stop_can_be_forgotten() -> None:
    """Something else begins: it is not stopped, and the next signal is its first."""
    stop = Stop()
    stop.request(signal.SIGINT)
    stop.forget()
    assert (stop.requested, stop.event.is_set()) == (False, False)
    with stop.listening():
        signal.raise_signal(signal.SIGINT)
    assert (stop.requested, stop.event.is_set()) == (True, True)
