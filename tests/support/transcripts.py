"""What a streamed answer leaves on a terminal."""

import re
from collections.abc import Sequence

from inference_cli.clock import ManualClock
from inference_cli.terminal.output import Output
from inference_cli.terminal.transcript import Transcript
from tests.support.screens import Recorded, Screen


def played(parts: Sequence[str], columns: int, rows: int) -> Screen:
    """What a stream leaves on a terminal that draws each part as it comes."""
    streams = Recorded(terminals=("stdout", "stderr"), env=terminal(columns, rows))
    screen, clock = Screen(columns, rows), ManualClock()
    with Transcript(Output(streams), clock, automatic=False) as transcript:
        for part in parts:
            transcript.feed(part)
            clock.sleep(1)
            screen.feed(taken(streams))
    screen.feed(taken(streams))
    return screen


def terminal(columns: int, rows: int) -> dict[str, str]:
    """The environment of a terminal of some size."""
    return {"TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": str(rows)}


def taken(streams: Recorded) -> bytes:
    """What was written to standard output since the last time, without what pyte draws as cells of their own."""
    data = streams.bytes_out.getvalue()
    streams.bytes_out.seek(0)
    streams.bytes_out.truncate()
    return _UNDRAWN.sub("", data.decode()).encode()


_UNDRAWN = re.compile("[\ufe0f\u200d\u2066-\u2069]")
