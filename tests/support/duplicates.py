"""Paid requests sent twice, counted: the official openai client's default retries and this client, before one server.

``python -m tests.support.duplicates`` breaks one answer after the other in the same way for both and prints how often
each sent the request. ``accepted`` are faults after which the server may have done the work: every request beyond the
first may be paid for again.
"""

import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import openai

from tests.support.account import CLAUDE
from tests.support.faultd import Seen, Step, http
from tests.support.harness import QUEUED_FOX, Fault
from tests.support.host import Broken, Host, document, reset, silent


@dataclass(frozen=True, slots=True)
class Break:
    """A way to break the answer to a request."""

    name: str
    step: Broken


def _status(line: str) -> Broken:
    return lambda answer: Step((document({"error": {"title": "It broke"}}, line),), "close")


def _gateway(line: str) -> Broken:
    return lambda answer: Step((http(line, b"<html><title>Sorry</title></html>"),), "close")


BREAKS = (
    Break("reset before the answer", reset),
    Break("closed before the answer", silent),
    Break("answer cut in its head", lambda answer: Step((answer[:12],), "close")),
    Break("HTTP 500", _status("500 Internal Server Error")),
    Break("HTTP 502 of a gateway", _gateway("502 Bad Gateway")),
    Break("HTTP 503 of a gateway", _gateway("503 Service Unavailable")),
    Break("HTTP 504 of a gateway", _gateway("504 Gateway Timeout")),
    Break("HTTP 409", _status("409 Conflict")),
)


def sent_by_openai(broken: Break) -> tuple[int, int]:
    """How often the openai client posts a picture and a chat, with its defaults."""
    counts = []
    for ask in (_picture, _chat):
        with Host(_nothing) as host:
            host.always("POST *", broken.step)
            client = openai.OpenAI(api_key="canary-token-0123456789", base_url=f"{host.url}/api/ai")
            with suppress(openai.OpenAIError):
                ask(client)
            client.close()
            counts.append(host.count("POST *"))
    return counts[0], counts[1]


def _nothing(seen: Seen) -> bytes:
    return document({"created": 1, "data": []})


def _picture(client: openai.OpenAI) -> None:
    client.images.generate(model="fox-1", prompt="a red fox")


def _chat(client: openai.OpenAI) -> None:
    client.chat.completions.create(model=CLAUDE, messages=[{"role": "user", "content": "hello"}])


def sent_by_inference(broken: Break, folder: Path) -> tuple[int, int]:
    """The same of this client; the ten invariants are asserted beside."""
    with Fault(folder) as fault:
        fault.api.always("POST *", broken.step)
        fault.inside(*QUEUED_FOX)
        pictures = fault.api.count("POST *")
        fault.inside("chat", "hello", "-m", CLAUDE)
        return pictures, fault.api.count("POST *") - pictures


def table(breaks: Iterable[Break], folder: Path) -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
    """For each break the requests of openai and of this client: for a picture and for a chat."""
    return [
        (one.name, sent_by_openai(one), sent_by_inference(one, folder / str(number)))
        for number, one in enumerate(breaks)
    ]


def main() -> int:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        found = table(BREAKS, Path(folder))
    peer = f"openai {openai.__version__}"
    lines = [
        f"{'what happens to the answer':28}{peer:>20}{'inference':>14}",
        f"{'':28}{'picture  chat':>20}{'picture chat':>14}",
    ]
    lines += [f"{name:28}{theirs[0]:>14}{theirs[1]:>6}{ours[0]:>9}{ours[1]:>5}" for name, theirs, ours in found]
    twice = sum(sum(theirs) - 2 for _, theirs, _ in found), sum(sum(ours) - 2 for _, _, ours in found)
    lines.append(f"{'sent again':28}{twice[0]:>20}{twice[1]:>14}")
    sys.stdout.write("\n".join([*lines, ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
