"""Entries from a terminal that can draw nothing."""

import io
from contextlib import nullcontext

import pytest

from inference_cli.conversation.slash import unfinished
from inference_cli.errors import Interrupted
from inference_cli.terminal.plain import PlainReader
from inference_cli.terminal.streams import Stream
from tests.support.screens import Recorded


class _Typed(io.BytesIO):
    """Lines of which the first is broken off by Ctrl-C."""

    broken = False

    def readline(self, size: int | None = -1, /) -> bytes:
        """The next one."""
        if not self.broken:
            self.broken = True
            raise KeyboardInterrupt
        return super().readline(size)


def _reader(streams: Recorded) -> PlainReader:
    return PlainReader(streams, unfinished=unfinished, breakable=nullcontext)


def test_entries_until_the_input_ends() -> None:
    """A line each, or a block."""
    streams = Recorded('hello \N{LATIN SMALL LETTER U WITH DIAERESIS}\n"""\none\n\ntwo"""\nlast'.encode())
    reader = _reader(streams)

    entries = [reader.read("a draft") for _ in range(4)]
    assert entries == ["hello \N{LATIN SMALL LETTER U WITH DIAERESIS}", '"""\none\n\ntwo"""', "last", None]
    assert streams.out == "> > . . . > > \n"


def test_ctrl_c_begins_the_line_again() -> None:
    """Nothing of it is sent."""
    streams = Recorded()
    streams.stdin = Stream(_Typed(b"right\n"), terminal=True)
    assert _reader(streams).read() == "right"
    assert streams.out == "> \n> "


def test_a_signal_ends_it() -> None:
    """As soon as it is told."""
    reader, ending = _reader(Recorded(b"never\n")), Interrupted("stopped", signum=15)
    reader.stop(ending)
    with pytest.raises(Interrupted):
        reader.read()


def test_a_closed_input() -> None:
    """Is the end."""
    streams = Recorded()
    streams.stdin = Stream(None)
    assert _reader(streams).read() is None
