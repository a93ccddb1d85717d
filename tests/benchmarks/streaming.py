"""How fast `inference chat` is, as ratios to a minimal httpx script in the same run; not collected as a test.

    env -u PYTHONDONTWRITEBYTECODE python tests/benchmarks/streaming.py [RUNS]

The script builds no TLS context, as we build none for plain http. The interpreter has to be one in which this project
is installed without click, which makes httpx slower. Processor time is that of the child, wall-clock time goes from
its start to its request, and delays from a token's sending to its coming out again.
"""

import json
import os
import pty
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

FLOOR = """
import json, sys
import httpx
base, model = sys.argv[1:]
body = {"model": model, "messages": [{"role": "user", "content": "hi"}], "stream": True}
with httpx.Client(verify=False, trust_env=False) as client:
    with client.stream("POST", base + "/chat/completions", json=body) as answer:
        for line in answer.iter_lines():
            if line.startswith("data: {"):
                text = json.loads(line[6:])["choices"][0]["delta"].get("content")
                if text:
                    sys.stdout.write(text)
                    sys.stdout.flush()
"""
WORDS = (
    "# Title\n\n",
    "some ",
    "*words* ",
    "and ",
    "`code` ",
    "in ",
    "a ",
    "**row**, ",
    "then ",
    "more.\n\n",
    "- item\n",
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"


def _event(text: str) -> bytes:
    document = {
        "id": "x",
        "object": "chat.completion.chunk",
        "model": "m",
        "choices": [{"index": 0, "delta": {"content": text}}],
    }
    data = b"data: " + json.dumps(document).encode() + b"\n\n"
    return b"%x\r\n%b\r\n" % (len(data), data)


def _end() -> bytes:
    document = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    data = b"data: " + json.dumps(document).encode() + b"\n\ndata: [DONE]\n\n"
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(data), data)


@dataclass
class Server:
    """Answers a chat with as many tokens as its model's name says, or with one every fiftieth of a second (``N@50``)."""

    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    asked: float = 0.0  # when the last request came
    sent: dict[int, float] = field(default_factory=dict)

    def start(self) -> str:
        """Serve for as long as the process lives; the base URL."""
        threading.Thread(target=self._serve, daemon=True).start()
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}/v1"

    def _serve(self) -> None:
        while True:
            connection, _ = self.listening.accept()
            with connection:
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        request = b""
        while not (name := re.search(rb'"model": ?"(\d+)(?:@(\d+))?"', request)):
            more = connection.recv(1 << 16)
            if not more:
                return
            request += more
            if request.startswith(b"GET "):  # the price, after an answer
                connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
                return
        self.asked = time.perf_counter()
        connection.sendall(HEAD)
        count = int(name[1])
        if name[2] is None:
            connection.sendall(b"".join(_event(WORDS[number % len(WORDS)]) for number in range(count)) + _end())
            return
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for number in range(count):
            self.sent[number] = time.perf_counter()
            connection.sendall(_event(f"t{number:04} "))
            time.sleep(1 / int(name[2]))
        connection.sendall(_end())


@dataclass
class Run:
    """What one run took, in seconds, and when each token came out."""

    cpu: float
    until_request: float
    seen: dict[int, float]


def run(command: Sequence[str], env: dict[str, str], server: Server, *, terminal: bool) -> Run:
    """Run a command and read what it says, through a pipe or a terminal."""
    reader, writer = pty.openpty() if terminal else os.pipe()
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=writer, stderr=subprocess.DEVNULL):
        os.close(writer)
        seen: dict[int, float] = {}
        rest = b""
        while data := _read(reader):
            now = time.perf_counter()
            rest = rest[-5:] + data
            for found in re.findall(rb"t(\d{4})", rest):
                seen.setdefault(int(found), now)
    os.close(reader)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(cpu, server.asked - start, seen)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # a terminal whose other side is closed
        return b""


def compare(
    name: str, model: str, runs: int, *, terminal: bool, base: str, server: Server, env: dict[str, str]
) -> None:
    """Run both in turn, and say by how much ours takes longer."""
    ours = [_program(), "chat", "hi", "-m", model]
    floor = [sys.executable, "-c", FLOOR, base, model]
    pairs = [
        (run(ours, env, server, terminal=terminal), run(floor, env, server, terminal=terminal)) for _ in range(runs + 1)
    ][1:]  # the first one compiles and fills caches
    cpu = [statistics.median(one.cpu for one in side) for side in zip(*pairs, strict=True)]
    wall = [statistics.median(one.until_request for one in side) for side in zip(*pairs, strict=True)]
    print(  # noqa: T201 - it is a script
        f"{name:28} processor {cpu[0]:.3f} / {cpu[1]:.3f} s = {cpu[0] / cpu[1]:.2f}"
        f"    to the request {wall[0]:.3f} / {wall[1]:.3f} s = {wall[0] / wall[1]:.2f}"
    )


def delay(name: str, *, terminal: bool, server: Server, env: dict[str, str]) -> None:
    """What is added to each token of a slow stream."""
    server.sent.clear()
    done = run([_program(), "chat", "hi", "-m", "200@50"], env, server, terminal=terminal)
    late = sorted(1e3 * (done.seen[number] - sent) for number, sent in server.sent.items() if number in done.seen)
    print(f"{name:28} {len(late)} tokens, median {statistics.median(late):.1f} ms, worst {late[-1]:.1f} ms")  # noqa: T201


def _program() -> str:
    beside = Path(sys.executable).with_name("inference")
    return str(beside) if beside.exists() else shutil.which("inference") or "inference"


def main(runs: int) -> None:
    """Print a line for each target."""
    server = Server()
    base = server.start()
    with tempfile.TemporaryDirectory() as home:
        own = {"HOME": home, "INFERENCE_API_KEY": "abcdefghij", "INFERENCE_BASE_URL": base, "TERM": "xterm-256color"}
        env = {"PATH": os.environ["PATH"], **own}
        subprocess.run([_program(), "config", "set", "api", "openai"], env=env, check=True, stderr=subprocess.DEVNULL)
        for name, model, terminal in (
            ("start", "1", False),
            ("20,000 tokens, pipe", "20000", False),
            ("20,000 tokens, terminal", "20000", True),
        ):
            compare(name, model, runs, terminal=terminal, base=base, server=server, env=env)
        delay("delay, pipe", terminal=False, server=server, env=env)
        delay("delay, terminal", terminal=True, server=server, env=env)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
