"""strace, which counts a command's system calls, and kills it at one of them or makes one of them fail."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.command import INFERENCE, Finished, User
from tests.support.forked import Forked

FILES = (
    "write", "pwrite64", "writev", "pwritev", "fsync", "fdatasync", "ftruncate", "fallocate", "rename", "renameat",
    "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir", "mkdirat", "fchmod", "sendfile", "copy_file_range",
)  # fmt: skip
"""What changes a file or a folder."""

NETWORK = ("connect", "sendto", "sendmsg")
"""What reaches another host."""

_GROWING = {"write", "pwrite64", "writev", "pwritev", "ftruncate", "fallocate", "rename", "renameat", "renameat2",
            "link", "linkat", "mkdir", "mkdirat", "fsync", "fdatasync", "copy_file_range", "sendfile"}  # fmt: skip
_CALL = re.compile(r"(\d+)\s+(\w+)\(")
_PATIENCE = 60  # seconds for one command


@dataclass(frozen=True, slots=True)
class Injection:
    """What happens to a command: at its call number ``number`` of that name, ``fault``; ``onwards``: from there on."""

    call: str
    fault: str
    number: int
    onwards: bool = False

    @property
    def rule(self) -> str:
        """As strace takes it."""
        what = "signal=SIGKILL" if self.fault == "KILL" else f"error={self.fault}"
        return f"inject={self.call}:{what}:when={self.number}{'+' * self.onwards}"

    def __str__(self) -> str:
        return f"{self.call} {self.number}{'+' * self.onwards} {self.fault}"


def injections(counts: dict[str, int]) -> Iterator[Injection]:
    """Everything that is done to a command that makes so many calls of each name.

    A full disk stays full, so ENOSPC holds from one call on; EIO, and a reset connection, strike once.
    """
    for call, count in sorted(counts.items()):
        for number in range(1, count + 1):
            yield Injection(call, "KILL", number)
            yield Injection(call, "EIO", number)
            if call in NETWORK:
                yield Injection(call, "ECONNRESET", number)
            elif call in _GROWING:
                yield Injection(call, "ENOSPC", number, onwards=True)


class Strace:
    """Runs commands under strace.

    Args:
        folder: for its log.
        forked: forks the commands; without it the installed command is started, with its threads as they are.
    """

    def __init__(self, folder: Path, forked: Forked | None) -> None:
        self._log = folder / "strace.log"
        self._forks = forked

    def counts(self, user: User, arguments: Sequence[str]) -> dict[str, int]:
        """How often a command makes each call: the most of any one thread, as strace counts them."""
        self._run(user, arguments, f"trace={','.join((*FILES, *NETWORK))}")
        made = Counter(match.groups() for match in map(_CALL.match, self._log.read_text().splitlines()) if match)
        most: dict[str, int] = {}
        for (_thread, call), count in made.items():
            most[call] = max(most.get(call, 0), count)
        return most

    def run(self, user: User, arguments: Sequence[str], injection: Injection) -> tuple[Finished, bool]:
        """Run a command with an injection; what came of it, and whether the injection struck."""
        done = self._run(user, arguments, f"trace={injection.call}", injection.rule)
        text = self._log.read_text()
        return done, "(INJECTED)" in text or "+++ killed by SIGKILL" in text

    def _run(self, user: User, arguments: Sequence[str], *rules: str) -> Finished:
        strace = ["strace", "-f", "-o", str(self._log), *(word for rule in rules for word in ("-e", rule))]
        if self._forks is not None:
            return self._forked(self._forks, user, arguments, strace)
        done = subprocess.run(
            [*strace, INFERENCE, *arguments],  # not --seccomp-bpf: with it strace 6.1 injects no signal
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=user.cwd,
            env=user.environment,
            timeout=_PATIENCE,
            check=False,
        )
        code = done.returncode if done.returncode >= 0 else 128 - done.returncode
        return Finished(code, done.stdout, done.stderr.decode(errors="replace"))

    @staticmethod
    def _forked(forked: Forked, user: User, arguments: Sequence[str], strace: Sequence[str]) -> Finished:
        tracers: list[subprocess.Popen[bytes]] = []

        def attach(pid: int) -> None:
            tracer = subprocess.Popen([*strace, "-p", str(pid)], stderr=subprocess.PIPE)
            tracers.append(tracer)
            assert tracer.stderr is not None
            said = tracer.stderr.readline()
            assert b"attached" in said, said.decode()

        try:
            return forked.run(user, *arguments, attach=attach)
        finally:
            for tracer in tracers:
                tracer.communicate(timeout=_PATIENCE)
