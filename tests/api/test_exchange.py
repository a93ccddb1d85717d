"""The body of an answer on its way to whoever reads it."""

from collections.abc import Iterator

import pytest

from inference_cli.api.deadlines import limits
from inference_cli.api.exchange import until
from inference_cli.api.wire import httpx
from inference_cli.clock import ManualClock


def read(clock: ManualClock, *pieces: bytes, paid: bool, writing: float) -> bytes:
    """The body of an answer that has ten seconds, by somebody who takes so many seconds for each piece."""

    def body() -> Iterator[bytes]:
        yield from pieces

    found = b""
    for piece in until(body(), limits(clock, 10.0)["read"], 1e9, paid=paid):
        found += piece
        clock.sleep(writing)
    return found


def test_a_paid_answer_that_is_here_whole_counts() -> None:
    """Its last bytes are written after the time is up, on a slow disk: they are there."""
    assert read(ManualClock(), b"pic", b"ture", paid=True, writing=9.0) == b"picture"


@pytest.mark.parametrize("paid", [False, True])
def test_A11_more_after_the_time_is_too_late(*, paid: bool) -> None:
    """Whoever pays or not."""
    with pytest.raises(httpx.ReadTimeout):
        read(ManualClock(), b"pic", b"tu", b"re", paid=paid, writing=9.0)


def test_nothing_else_waits_beyond_its_time() -> None:
    """A free answer is asked for again."""
    with pytest.raises(httpx.ReadTimeout):
        read(ManualClock(), b"picture", paid=False, writing=11.0)
