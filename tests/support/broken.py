"""Ways in which a host of results breaks, for the cases of the fault catalogue about downloads."""

import gzip
from collections.abc import Callable
from dataclasses import replace

from tests.support.faultd import Seen, Step, http
from tests.support.harness import Fault
from tests.support.host import Broken
from tests.support.storage import SIGNATURE

RESULTS = "GET /results/*"
"""The requests for results, whichever."""

EXPIRED = http(
    "403 Forbidden",
    b'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
    headers=[("Content-Type", "application/xml")],
)


def split(answer: bytes) -> tuple[bytes, bytes]:
    """Head, with the blank line, and body of an answer."""
    head, _, body = answer.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n", body


def cut(keep: Callable[[int], int], end: str = "close") -> Broken:
    """The honest answer, of whose body only ``keep(its length)`` bytes come."""

    def broken(answer: bytes) -> Step:
        head, body = split(answer)
        return Step((head, body[: keep(len(body))]), end)

    return broken


def half(size: int) -> int:
    """The first half."""
    return size // 2


def headed(*headers: tuple[str, str], without: str = "", keep: Callable[[int], int] = lambda size: size) -> Broken:
    """The honest answer with other headers: those that begin with ``without`` are left away, these are added."""

    def broken(answer: bytes) -> Step:
        head, body = split(answer)
        lines = head.decode("latin-1").strip().split("\r\n")
        names = tuple(name.lower() for name, _ in headers)
        kept = [
            line
            for line in lines
            if not line.lower().startswith(names or "\0") and not (without and line.startswith(without))
        ]
        added = [f"{name}: {value}" for name, value in headers]
        return Step((("\r\n".join([*kept, *added]) + "\r\n\r\n").encode("latin-1"), body[: keep(len(body))]))

    return broken


def unmeasured(answer: bytes) -> Step:
    """All bytes of the honest answer, chunked, and a connection that is closed before it says that they were all."""
    head, body = split(answer)
    lines = [line for line in head.strip().split(b"\r\n") if not line.startswith(b"Content-Length")]
    chunk = b"%x\r\n%b\r\n" % (len(body), body)
    return Step((b"\r\n".join([*lines, b"Transfer-Encoding: chunked"]) + b"\r\n\r\n", chunk))


def compressed(answer: bytes) -> Step:
    """The honest answer, its body compressed although that was not asked for."""
    head, body = split(answer)
    small = gzip.compress(body)
    lines = [line for line in head.strip().split(b"\r\n") if not line.startswith(b"Content-Length")]
    more = b"\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(small)
    return Step((b"\r\n".join(lines) + more, small))


def this(data: bytes, *headers: tuple[str, str], status: str = "200 OK") -> Step:
    """An answer with a body of the case's own."""
    return Step((http(status, data, headers=headers),))


def renewing(fault: Fault, step: Step, *, at: str | None = None) -> Step:
    """The step, before which the account gives all its results other links.

    Args:
        fault: the case.
        step: what the host of results does meanwhile.
        at: the host that they lie on from now on; the same one unless it is given.
    """

    def renew() -> None:
        for identity, made in fault.api.made.items():
            name = str(made.row["result_url"]).partition("?")[0].rpartition("/")[2]
            made.row["result_url"] = f"{at or fault.storage.url}/results/{name}?fresh=1&X-Amz-Signature={SIGNATURE}"
            assert identity in name

    return replace(step, before=renew)


def ranges(asked: list[Seen]) -> list[tuple[str | None, bool]]:
    """Of each request the range that it asks for, and whether it does so only if the file is still the same."""
    return [(seen.header("range"), seen.header("if-range") is not None) for seen in asked]
