"""The installed command without its start: processes forked from one that has loaded the modules already.

Loading is two thirds of what a short command costs, and the journeys run hundreds of them. What begins here is a
process of its own with its own environment, folder and pipes, and it goes through the entry point to its exit; only
the modules are there already. How the command starts by itself, ``test_main``, ``test_start`` and ``test_lazy`` try.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NoReturn

_WHEN_RUN = ("HOME", "INFERENCE_", "OXEN_")  # read by a command while it runs
_BEFORE = {
    "LANG",
    "LD_LIBRARY_PATH",
    "PATH",
    "SYSTEMROOT",
    "TMPDIR",
}  # acts on the interpreter, and is no test's subject
_LOADED = (
    *("PIL.Image", "PIL.ImageDraw", "PIL.ImageFont", "PIL.PngImagePlugin", "anyio", "asyncio", "av", "h11", "httpcore"),
    *("httpx", "jq", "jsonschema_rs", "platformdirs", "sqlite3", "starlette.applications", "tomllib", "typer"),
)
_UNFLUSHED = 120  # the exit code of an interpreter whose last words could not be written
_MOST = 100_000  # bytes of arguments and environment that are handed over


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command left behind."""

    code: int
    """Less than 0 for a signal."""
    out: bytes
    err: bytes
    grown: int
    """Bytes that its memory at its peak was above what had been loaded before it began."""


def run(
    program: str, arguments: Sequence[str], *, env: Mapping[str, str], cwd: Path, stdin: bytes, timeout: float
) -> Ended | None:
    """Run the installed command to its end; None where it has to start by itself.

    Args:
        program: its path.
        arguments: what follows it.
        env: the whole environment.
        cwd: its working folder.
        stdin: what is piped in.
        timeout: seconds until it is killed.

    Raises:
        subprocess.TimeoutExpired: it took longer.
    """
    request = json.dumps([program, list(arguments), dict(env), str(cwd)]).encode()
    rest = {name: value for name, value in env.items() if not name.startswith(_WHEN_RUN)}
    if len(request) > _MOST or rest.keys() - _BEFORE:
        return None
    loaded, _ = _loaded(tuple(sorted(rest.items())))
    status, told = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)  # two messages, however soon the second
    pipes = [os.pipe() for _ in range(3)]
    theirs = [pipes[0][0], pipes[1][1], pipes[2][1]]
    with status, ThreadPoolExecutor(3) as pool:
        with told:
            socket.send_fds(loaded, [request], [*theirs, told.fileno()])
        for one in theirs:
            os.close(one)
        pool.submit(_write, pipes[0][1], stdin)
        out, err = pool.submit(_read, pipes[1][0]), pool.submit(_read, pipes[2][0])
        status.settimeout(timeout)
        pid = int(status.recv(32))
        try:
            code, grown = (int(number) for number in status.recv(32).split())
        except TimeoutError:
            os.kill(pid, signal.SIGKILL)
            raise subprocess.TimeoutExpired([program, *arguments], timeout) from None
    return Ended(code, out.result(), err.result(), grown)


def _write(pipe: int, data: bytes) -> None:
    with contextlib.suppress(BrokenPipeError), os.fdopen(pipe, "wb") as stream:
        stream.write(data)


def _read(pipe: int) -> bytes:
    with os.fdopen(pipe, "rb") as stream:
        return stream.read()


@cache
def _loaded(env: tuple[tuple[str, str], ...]) -> tuple[socket.socket, "subprocess.Popen[bytes]"]:
    """A process that has loaded everything in this environment, and the way to it; it ends with this one."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=dict(env),
            pass_fds=[theirs.fileno()],
        )
    atexit.register(_ended, ours, process)
    return ours, process


def _ended(asked: socket.socket, process: "subprocess.Popen[bytes]") -> None:
    asked.close()  # which it takes for its end
    process.wait()


def _serve(asked: socket.socket) -> None:
    """Load, and fork for each request until nobody is left who could ask; returns in the command's process only."""
    package = importlib.import_module("inference_cli")
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(found.name)
    for name in _LOADED:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who wait
    while True:
        request, descriptors, _, _ = socket.recv_fds(asked, 2 * _MOST, 4)
        if not request:
            os._exit(0)
        if os.fork():
            for one in descriptors:
                os.close(one)
            continue
        asked.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        *streams, status = descriptors
        if not (pid := os.fork()):
            os.close(status)
            program, arguments, env, cwd = json.loads(request)
            _become(program, arguments, env, cwd, streams)
            return
        for one in streams:
            os.close(one)
        os.write(status, f"{pid}".encode())
        _, ended, usage = os.wait4(pid, 0)
        grown = usage.ru_maxrss * 1024 - int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf(
            "SC_PAGE_SIZE"
        )
        os.write(status, f"{os.waitstatus_to_exitcode(ended)} {max(grown, 0)}".encode())
        os._exit(0)


def _become(program: str, arguments: list[str], env: dict[str, str], cwd: str, streams: list[int]) -> None:
    for number, one in enumerate(streams):
        os.dup2(one, number)
        os.close(one)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.argv[:] = [program, *arguments]


def _end(main: Callable[[], object]) -> NoReturn:
    """Run the program and end as the interpreter would, but leave its thousand modules to the system to take apart."""
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - whatever it is, it ends the process
        code = 1
        traceback.print_exc()
    with contextlib.suppress(AttributeError):
        threading._shutdown()  # type: ignore[attr-defined] # waits for those threads that are waited for
    atexit._run_exitfuncs()
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            code = _UNFLUSHED
    os._exit(code)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
    _end(importlib.import_module("inference_cli.__main__").main)
