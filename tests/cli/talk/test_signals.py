"""Signals during a conversation."""

import signal
from contextlib import nullcontext

import pytest

from inference_cli.cli.talk.signals import Signals
from inference_cli.errors import Interrupted


def test_ctrl_c_breaks_off_only_what_may_be_broken_off() -> None:
    """While something is kept it waits, and is forgotten."""
    signals = Signals()
    with signals.watched():
        signal.raise_signal(signal.SIGINT)
        with signals.breakable(), signals.breakable(False):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt), signals.breakable():
            signal.raise_signal(signal.SIGINT)
        signals.check()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("breakable", [True, False])
def test_sigterm_ends_it(breakable: bool) -> None:
    """At once, or as soon as what is under way is done; whoever reads is told."""
    signals, told = Signals(), list[BaseException]()
    signals.tell = told.append
    with signals.watched():
        broken = pytest.raises(Interrupted) if breakable else nullcontext()
        with broken, signals.breakable(breakable):
            signal.raise_signal(signal.SIGTERM)
    with pytest.raises(Interrupted) as caught:
        signals.check()
    assert caught.value.exit_status == 143
    assert [type(one) for one in told] == [Interrupted]


def test_what_is_ignored_on_purpose_stays_ignored() -> None:
    """Such as a hang-up under ``nohup``."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Signals().watched():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
