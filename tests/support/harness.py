"""The harness of the fault catalogue: a virgin profile, scripted hosts, and ten invariants that every case is held to.

A case breaks what it wants to, runs commands, and asserts what only it can know (exit code, words, files). When it
ends the harness asserts what holds always (``tests.support.invariants``): nothing paid for twice, no id lost, no file
torn, no traceback, no secret shown, no control code on a terminal, an exit code of the table, in time and in memory.

    def test_A07_no_answer_to_a_paid_request(fault: Fault) -> None:
        fault.api.script("POST /api/ai/queue", Step(end="close"))   # or: reset, silent, lambda answer: Step((answer[:9],))
        done = fault.run(*QUEUED_FOX)
        assert (done.code, fault.api.count("POST /api/ai/queue")) == (8, 1)

``fault.run`` starts the installed command in a pipe, ``fault.terminal`` in a terminal, ``fault.inside`` runs it in this
process, with a clock of the case's own, where time has to pass. ``fault.api`` is the account, ``fault.storage`` has the
results, ``fault.evil`` is a host that nobody should talk to; all three keep what they are asked.
"""

import os
import select
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from inference_cli.cli.app import run
from inference_cli.cli.world import World
from inference_cli.clock import Clock
from inference_cli.terminal.streams import Stream, Streams
from tests.support import warm
from tests.support.account import FOX, WAVES, Account
from tests.support.api import CANARY
from tests.support.command import INFERENCE, Finished, Terminal, User, new_user
from tests.support.faultd import HastyClock, Seen, http
from tests.support.host import Host
from tests.support.invariants import Run, broken, rows
from tests.support.storage import SIGNATURE, Storage

DIRECT_FOX = ("image", "a red fox", "-m", FOX, "-o", "fox.png")
QUEUED_FOX = (*DIRECT_FOX, "--queue")
FILM = ("video", "waves at dawn", "-m", WAVES, "--duration", "2", "-y", "-o", "waves.mp4")

_PLACES = {  # of the installed command below a home, so that ``run`` and ``inside`` share a profile
    "CONFIG": ".config/inference",
    "STATE": ".local/state/inference",
    "DATA": ".local/share/inference",
    "CACHE": ".cache/inference",
}
_LOADED = 50 * 2**20  # bytes of a command that has only loaded what it is made of
_PATIENCE = 60.0  # seconds for one command, then it is killed and the case fails


def _evil(seen: Seen) -> bytes:
    return http(body=b'{"generations": [{"generation_id": "evil-1", "status": "succeeded"}]}')


@dataclass(slots=True)
class Fault:
    """One case of the catalogue.

    Args:
        folder: for the home and the working folder.
        older: whether the account speaks the 2026-04 generation of the API.
    """

    folder: Path
    older: bool = False
    tls: Any = None
    storage: Storage = field(init=False)
    api: Account = field(init=False)
    evil: Host = field(init=False)
    user: User = field(init=False)
    runs: list[Run] = field(default_factory=list)
    results: list[bytes] = field(default_factory=list)  # whole results beside those in the storage
    given: set[Path] = field(default_factory=set)
    _stack: ExitStack = field(default_factory=ExitStack)
    _terminals: list[tuple[Terminal, tuple[str, ...], int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Choose ports."""
        self.storage = Storage()
        self.api = Account(self.storage, older=self.older, tls=self.tls)
        self.evil = Host(_evil, "127.0.0.2")
        self.user = new_user(self.folder).having(INFERENCE_BASE_URL=self.api.base_url, INFERENCE_API_KEY=CANARY)

    def __enter__(self) -> Self:
        for host in (self.storage, self.api, self.evil):
            self._stack.enter_context(host)
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._settle(ended=kind is None)
        self._stack.close()
        if kind is None:
            self.check()

    @property
    def home(self) -> Path:
        """The home that nothing is in but what commands put there."""
        return self.user.home

    @property
    def cwd(self) -> Path:
        """Where commands run, and put files."""
        return self.user.cwd

    @property
    def files(self) -> list[str]:
        """Names in the working folder, hidden ones too."""
        return sorted(path.name for path in self.cwd.iterdir())

    def give(self, name: str, data: bytes) -> Path:
        """Put a file into the working folder that is the case's own."""
        path = self.cwd / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.given.add(path)
        return path

    def journal(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query to the journals; none while there is no journal."""
        return [row for file in sorted(self.home.rglob("journal*.sqlite3")) for row in rows(file, query)]

    def having(self, **env: str) -> None:
        """Add to the environment of the commands that follow."""
        self.user = self.user.having(**env)

    def without(self, *names: str) -> None:
        """Take variables from the environment of the commands that follow."""
        rest = {name: value for name, value in self.user.env.items() if name not in names}
        self.user = User(self.user.home, self.user.cwd, rest)

    # ------------------------------------------------------------------------------------------- running

    def run(
        self,
        *arguments: str,
        stdin: bytes = b"",
        intents: int = 1,
        budget: float = 30.0,
        talkative: bool = False,
        prefix: tuple[str, ...] = (),
    ) -> Finished:
        """Run the installed command in a pipe, to its end; forked from a process that has its modules already.

        Args:
            *arguments: without the program's name.
            stdin: what is piped in.
            intents: how many paid requests the command line asks for.
            budget: seconds that it may take by the clock on the wall.
            talkative: whether it may say more than 20 lines (``-v``, ``--debug-http``).
            prefix: a program that runs it, such as ``("unshare", "-n")``.
        """
        self._settle()
        before, started = len(self.api.asked), time.monotonic()
        out, err, code, peak = (None if prefix else self._forked(arguments, stdin)) or _to_its_end(
            self.start(*arguments, prefix=prefix, stdin=subprocess.PIPE), stdin
        )
        seconds = time.monotonic() - started
        self._keep(
            arguments, code, out, err, before,
            seconds=seconds, peak=peak, intents=intents, budget=budget, talkative=talkative,
        )  # fmt: skip
        return Finished(code, out, err.decode(errors="replace"))

    def _forked(self, arguments: Sequence[str], stdin: bytes) -> tuple[bytes, bytes, int, int] | None:
        done = warm.run(
            INFERENCE, arguments, env=self.user.environment, cwd=self.cwd, stdin=stdin, timeout=_PATIENCE
        )  # fmt: skip
        if done is None:
            return None
        return done.out, done.err, done.code if done.code >= 0 else 128 - done.code, _LOADED + done.grown

    def start(self, *arguments: str, prefix: tuple[str, ...] = (), stdin: int = subprocess.DEVNULL) -> Any:
        """Start the installed command in a pipe; give it to ``end`` when it is to be held to the invariants."""
        self._settle()
        with suppress(OSError):  # a child starts with our peak of memory: let it be what we have now
            Path("/proc/self/clear_refs").write_text("5")
        return subprocess.Popen(
            [*prefix, INFERENCE, *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.cwd,
            env=self.user.environment,
        )

    def end(self, process: Any, *, signals: tuple[int, ...] = (), intents: int = 1, since: int = 0) -> Finished:
        """Wait for the end of what ``start`` started, after sending it signals.

        Args:
            process: from ``start``.
            signals: to be sent first, one after the other.
            intents: how many paid requests its command line asked for.
            since: number of requests of the account that came before it.
        """
        for number in signals:
            process.send_signal(number)
        out, err, code, peak = _to_its_end(process, b"")
        arguments = tuple(process.args[process.args.index(INFERENCE) + 1 :])
        self._keep(arguments, code, out, err, since, peak=peak, intents=intents)
        return Finished(code, out, err.decode(errors="replace"))

    def terminal(self, *arguments: str, columns: int = 100, rows: int = 30) -> Terminal:
        """Run the installed command in a terminal; when the case ends it is read to its end."""
        self._settle()
        terminal = self.user.terminal(*arguments, columns=columns, rows=rows)
        self._terminals.append((terminal, arguments, len(self.api.asked)))
        return terminal

    def inside(
        self,
        *arguments: str,
        clock: Clock | None = None,
        stdin: bytes = b"",
        terminal: bool = False,
        intents: int = 1,
        talkative: bool = False,
        env: Mapping[str, str] | None = None,
        transport: Callable[[], Any] | None = None,
    ) -> Finished:
        """Run the program in this process against the same hosts, with a clock that passes as the case says.

        Args:
            *arguments: without the program's name.
            clock: one that runs twenty times as fast unless it is given.
            stdin: what is piped in.
            terminal: whether the streams are terminals, at which nobody answers.
            intents: how many paid requests the command line asks for.
            talkative: whether it may say more than 20 lines.
            env: more of the environment.
            transport: the network, where a case names hosts beyond loopback: a double that nothing leaves.
        """
        import io

        self._settle()
        before, here = len(self.api.asked), Path.cwd()
        out, err = io.BytesIO(), io.BytesIO()
        names = {f"INFERENCE_{kind}_DIR": str(self.home / place) for kind, place in _PLACES.items()}
        variables = {**self.user.environment, **names, "TERM": "xterm-256color", "COLUMNS": "100", **(env or {})}
        streams = Streams(
            Stream(io.BytesIO(stdin), terminal=terminal), Stream(out, terminal=terminal),
            Stream(err, terminal=terminal), variables, open_terminal=lambda: io.BytesIO(stdin),
        )  # fmt: skip
        os.chdir(self.cwd)
        try:
            code = run(list(arguments), World(streams, variables, self.cwd, clock or HastyClock(), transport))
        finally:
            os.chdir(here)
        raw = out.getvalue() + err.getvalue() if terminal else b""
        self._keep(
            arguments, code, b"" if terminal else out.getvalue(), b"" if terminal else err.getvalue(), before,
            raw=raw, intents=intents, talkative=talkative,
        )  # fmt: skip
        return Finished(code, out.getvalue(), err.getvalue().decode(errors="replace"))

    def _settle(self, *, ended: bool = False) -> None:
        """Keep what terminals show that are read to their end, before anything else is asked.

        Args:
            ended: the case is over: the others are read to their end now.
        """
        for one in list(self._terminals):
            terminal, arguments, before = one
            if ended or terminal.child.closed:
                self._terminals.remove(one)
                self._keep(arguments, terminal.code, b"", b"", before, raw=terminal.raw)

    def _keep(
        self, arguments: tuple[str, ...], code: int, out: bytes, err: bytes, before: int, **more: Any
    ) -> None:  # fmt: skip
        self.runs.append(Run(arguments, code, out, err, asked=tuple(self.api.asked[before:]), **more))

    # ------------------------------------------------------------------------------------------ checking

    def check(self) -> None:
        """Assert the ten invariants."""
        wrong = "\n".join(self.wrong())
        if wrong:
            raise AssertionError(wrong.encode("utf-8", "backslashreplace").decode())  # an argument may be no text

    def wrong(self) -> list[str]:
        """What does not hold, a sentence each."""
        return broken(
            self.runs,
            home=self.home,
            cwd=self.cwd,
            strangers=(self.storage, self.evil),
            secrets={"token": CANARY, "signature": SIGNATURE},
            results=[*self.storage.files.values(), *self.results],
            given=frozenset(self.given),
        )

    def forgive(self, **changes: Any) -> None:
        """Change what is said of the last run, as ``budget=90`` where the case is about a long wait."""
        self.runs[-1] = replace(self.runs[-1], **changes)


def _to_its_end(process: Any, stdin: bytes) -> tuple[bytes, bytes, int, int]:
    """What a process wrote, its exit code as a shell reports it, and its peak memory in bytes.

    A child starts with the memory of its parent, which counts as its own: a peak that is no higher is none (0).
    """
    ours = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    written: dict[str, bytes] = {}

    def read(name: str, stream: Any) -> None:
        written[name] = stream.read()
        stream.close()

    readers = [
        threading.Thread(target=read, args=(name, getattr(process, name)), daemon=True) for name in ("stdout", "stderr")
    ]
    for reader in readers:
        reader.start()
    if process.stdin is not None:
        with suppress(BrokenPipeError):  # it need not read all of it
            process.stdin.write(stdin)
        with suppress(BrokenPipeError):
            process.stdin.close()
    handle = os.pidfd_open(process.pid)
    ended, _, _ = select.select([handle], [], [], _PATIENCE)
    os.close(handle)
    if not ended:
        process.send_signal(signal.SIGKILL)
    _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    for reader in readers:
        reader.join(_PATIENCE)
    assert ended, f"it did not end within {_PATIENCE:.0f} s: {written.get('stderr', b'')[-2000:]!r}"
    peak = usage.ru_maxrss * 1024
    return written["stdout"], written["stderr"], code if code >= 0 else 128 - code, peak if peak > 1.1 * ours else 0
