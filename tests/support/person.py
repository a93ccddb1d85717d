"""Somebody who sits at a terminal and answers questions."""

import os
import termios
import threading
from typing import BinaryIO


class Person:
    """Somebody at the other end of a pseudo-terminal, who answers each question when it stands there.

    Args:
        answers: what they type then.
        before: what they typed before they were asked.
    """

    def __init__(self, *answers: bytes, before: bytes = b"") -> None:
        self.master, self.slave = os.openpty()
        self.read = b""
        self._answers = answers
        os.write(self.master, before)
        self._thread = threading.Thread(target=self._sit)
        self._thread.start()

    def _sit(self) -> None:
        for answer in self._answers:
            asked = b""
            while not asked.rstrip(b" ").endswith((b"]", b":")):
                asked += os.read(self.master, 1024)
            self.read += asked
            os.write(self.master, answer)

    def open(self) -> BinaryIO:
        """The terminal, as the program opens it."""
        return os.fdopen(os.dup(self.slave), "r+b", buffering=0)

    def echoes(self) -> bool:
        """Whether typing is shown."""
        return bool(termios.tcgetattr(self.slave)[3] & termios.ECHO)

    def leave(self) -> bytes:
        """Hang up; what was on the screen after the question was read."""
        self._thread.join()
        os.set_blocking(self.master, False)
        try:
            rest = os.read(self.master, 1024)
        except BlockingIOError:
            rest = b""
        os.close(self.master)
        os.close(self.slave)
        return rest
