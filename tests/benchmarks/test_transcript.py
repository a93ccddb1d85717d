"""An answer of 20,000 tokens costs as much per token as one of 1,000: counted in work, so that it can always be run."""

import re
import sys
from collections.abc import Sequence
from time import process_time
from types import FrameType
from typing import Any, Self

import pytest

from inference_cli.clock import ManualClock
from inference_cli.terminal.output import Output
from inference_cli.terminal.transcript import Transcript
from tests.support.markdown import SAMPLE
from tests.support.screens import Recorded
from tests.support.transcripts import taken, terminal

TOKENS = re.findall(r"\s?\w{1,6}|\s+|[^\w\s]", SAMPLE)
FAR = 20_000 // len(TOKENS)  # answers in a row that make 20,000 tokens


class Work:
    """Functions called while something runs, those in C included, and the time it took."""

    def __init__(self) -> None:
        self.calls = 0

    def __enter__(self) -> Self:
        self._before = sys.getprofile()
        sys.setprofile(self._count)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(self._before)

    def _count(self, _frame: FrameType, event: str, _argument: Any) -> None:
        self.calls += event in {"call", "c_call"}


def _paced(transcript: Transcript, clock: ManualClock, tokens: Sequence[str]) -> None:
    """A redraw for every token, as at 50 tokens a second."""
    for token in tokens:
        clock.sleep(0.02)
        transcript.feed(token)


@pytest.mark.unmeasured
def test_work_per_token_does_not_grow() -> None:
    """The same tokens, redrawn one by one, after 1,000 others and after 20,000: as many calls, as many bytes."""
    streams, clock = Recorded(terminals=("stdout",), env=terminal(80, 24)), ManualClock()
    calls, sizes, times = [], [], []
    with Transcript(Output(streams), clock, automatic=False) as transcript:
        _paced(transcript, clock, TOKENS)  # what is loaded and remembered once
        for answers in (1, FAR - 3):
            transcript.feed(SAMPLE * answers)
            clock.sleep(1)
            transcript.feed("\n\n")
            taken(streams)
            start = process_time()
            _paced(transcript, clock, TOKENS)
            times.append(process_time() - start)
            taken(streams)
            with Work() as work:
                _paced(transcript, clock, TOKENS)
            calls.append(work.calls)
            sizes.append(len(taken(streams)))
    assert abs(calls[1] / calls[0] - 1) < 0.01
    assert abs(sizes[1] / sizes[0] - 1) < 0.01
    assert times[1] < 3 * times[0]  # rough: what is hidden in one call would have grown twentyfold


def test_a_redraw_writes_little() -> None:
    """A redraw for each token writes a few times the text, not the open block each time."""
    streams, clock = Recorded(terminals=("stdout",), env=terminal(80, 24)), ManualClock()
    with Transcript(Output(streams), clock, automatic=False) as transcript:
        _paced(transcript, clock, ("word " * 2_000).split(" "))
    assert len(streams.out) < 10 * 2_000 * 5
