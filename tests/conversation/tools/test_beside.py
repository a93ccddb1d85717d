import threading
from functools import partial

import pytest

from inference_cli.conversation.tools.beside import Halt, gather, unfailing
from inference_cli.conversation.tools.tool import ToolFailedError
from inference_cli.errors import Interrupted


def test_results_in_order() -> None:
    """More tasks than workers."""
    assert gather([partial(pow, n, 2) for n in range(20)], halt=Halt(), workers=3) == [n * n for n in range(20)]


def test_an_error_ends_the_others() -> None:
    """It is raised in the caller's thread, and nothing new begins."""
    halt, began, ended = Halt(), threading.Event(), threading.Event()

    def hangs() -> None:
        with halt.doing(ended.set):
            began.set()
            assert ended.wait(30)

    def breaks() -> None:
        assert began.wait(30)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        gather([hangs, breaks, lambda: pytest.fail("began")], halt=halt, workers=2)
    assert ended.is_set()


def test_a_wish_to_stop_that_was_there_before() -> None:
    """Nothing is waited for."""
    stop = threading.Event()
    stop.set()
    with pytest.raises(Interrupted):
        gather([lambda: None], halt=Halt(), stop=stop)


def test_what_is_ended_stays_so() -> None:
    """Nothing begins between the end and the next time; an end that cannot be is no error."""
    halt = Halt()

    def gone() -> None:
        raise ProcessLookupError

    with halt.doing(gone):
        halt.now()
    with pytest.raises(ToolFailedError), halt.doing(gone):
        pytest.fail("began")
    halt.over()
    with halt.doing(gone):
        pass


def test_whoever_is_told_cannot_end_a_thread() -> None:
    """A terminal that is gone, for one."""
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        raise BrokenPipeError

    tell = unfailing(say)
    tell("a")
    tell("b")
    assert said == ["a", "b"]
