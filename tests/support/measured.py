"""What coverage looks at: the tests that mirror the package, and of a property its first examples.

Tracing makes the interpreter of Python 3.11 two to four times as slow, and not in the measured modules alone. So it is
stopped where tests go ways that were seen before: nothing is left out of them but the looking, and what counts as
covered is what a module's own tests reach, not what a case of the fault catalogue passes on its way.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

EXAMPLES = 10
"""Of a property, that are measured."""

THROUGH = frozenset({"faults", "fuzz", "journeys"})
"""Folders of tests that go through the whole program: nothing there is measured."""


def measurement() -> Any:
    """The running measurement of this process (``coverage.Coverage``), or None."""
    coverage = sys.modules.get("coverage")
    return coverage.Coverage.current() if coverage else None


@contextmanager
def stoppable(running: Any) -> Iterator[Callable[[], None]]:
    """A way to stop measuring, from then to the end of the block.

    Args:
        running: a measurement; None if there is none.
    """
    stopped = False

    def stop() -> None:
        nonlocal stopped
        if running is not None and not stopped:
            running.stop()
            stopped = True

    try:
        yield stop
    finally:
        if stopped:
            running.start()


def first(count: int, body: Callable[..., Any], then: Callable[[], None]) -> Callable[..., Any]:
    """The body of a property, which calls ``then`` before each example after the first ``count``."""
    seen = 0

    @wraps(body)
    def example(*args: Any, **kwargs: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen > count:
            then()
        return body(*args, **kwargs)

    return example
