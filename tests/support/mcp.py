"""The badly behaved server of ``mcp_server.py``, started, and clocks that lose patience."""

import sys
import threading
from pathlib import Path

from inference_cli.clock import SystemClock
from inference_cli.conversation.tools.child import Spec

SCRIPT = Path(__file__).with_name("mcp_server.py")


def spec(kind: str = "good", **env: str) -> Spec:
    """How to start it."""
    return Spec([sys.executable, str(SCRIPT), kind], Path("/"), {"PATH": "/usr/bin:/bin", **env})


class ImpatientClock(SystemClock):
    """The real clock, but nobody waits for what takes less than ``least`` seconds; or, at infinity, for anything."""

    def __init__(self, least: float = 0.0) -> None:
        self.least = least

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Wait, or look once."""
        return event.wait(seconds if seconds >= self.least else 0)


class Lines:
    """What was said, and the way to wait for a line."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self._new = threading.Condition()

    def __call__(self, line: str) -> None:
        """Another line."""
        with self._new:
            self.said.append(line)
            self._new.notify_all()

    def wait_for(self, line: str) -> None:
        """Until that line was said."""
        with self._new:
            assert self._new.wait_for(lambda: line in self.said, 30), self.said
