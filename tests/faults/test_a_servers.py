"""Odd servers that work all the same: old ones, silent event streams, IPv6 (A39, A40, A47)."""

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.support.faultd import Faultd, LeapingClock, Step, http
from tests.support.harness import QUEUED_FOX, Fault
from tests.support.host import Broken
from tests.support.ways import QUEUED, Way, each_way

_STREAM = http(headers=[("Content-Type", "text/event-stream")], length=None)


def _old(answer: bytes) -> Step:
    """HTTP/1.0: no length, and the end is where the connection ends."""
    head, _, body = answer.partition(b"\r\n\r\n")
    return Step(
        (re.sub(rb"\r\nContent-Length: \d+", b"", head.replace(b"HTTP/1.1", b"HTTP/1.0", 1)), b"\r\n\r\n", body)
    )


def _closing(answer: bytes) -> Step:
    return Step((answer.replace(b"\r\n", b"\r\nConnection: close\r\n", 1),))


def _informed(answer: bytes) -> Step:
    """Interim answers before the real one."""
    early = b"HTTP/1.1 103 Early Hints\r\nlink: </style.css>\r\n\r\n"
    return Step((early, b"HTTP/1.1 102 Processing\r\n\r\n", early, answer))


def _odd_headers(answer: bytes) -> Step:
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *headers = head.split(b"\r\n")
    doubled = [*(line.lower() for line in headers), b"x-odd: 1", b"X-Odd: 2", b"x-empty:", headers[0].upper()]
    return Step((b"\r\n".join([first, *dict.fromkeys(doubled[:-1])]) + b"\r\n\r\n" + body,))


@pytest.mark.parametrize("manner", [_old, _closing, _informed, _odd_headers])
@each_way
def test_A40_servers_with_manners_of_their_own(way: Way, manner: Broken, tmp_path: Path) -> None:
    """HTTP/1.0, a connection for each request, interim answers, lower-case and repeated headers: all of it works."""
    with way.case(tmp_path) as fault:
        for host in (fault.api, fault.storage):
            host.always("*", manner)
        done = fault.run(*way.words) if way is QUEUED and manner is _old else way.pay(fault)

        assert fault.api.count(way.post) == 1
        assert (done.code, done.lines) == ((9, []) if way.older and not way.direct else (0, ["fox.png"]))


@pytest.mark.parametrize(
    "stream",
    [
        Step((_STREAM,), "close"),
        Step((_STREAM,), "reset"),
        Step((_STREAM,), "hang"),
        Step((_STREAM, *[b": still here\n\n"] * 50), "hang"),
        Step((_STREAM, b'data: {"generation_id": "gen-0001-canary", "status": "succeeded"}\n\n'), "close"),
        Step((_STREAM, b"data: {nonsense\n\n", b'data: {"generation_id": ["x"]}\n\n'), "close"),
        Step((http("500 Internal Server Error"),), "close"),
    ],
    ids=["drops", "resets", "silent", "comments", "too early", "nonsense", "500"],
)
def test_A39_the_event_stream_is_only_a_hint(stream: Step, fault: Fault) -> None:
    """Whatever comes of it, or nothing: the state is asked for, and the picture arrives."""
    fault.api.looks = 12
    fault.api.always("GET /api/events", stream)
    done = fault.inside(*QUEUED_FOX, "-n", "2", clock=LeapingClock())

    assert (done.code, done.lines) == (0, ["fox-1.png", "fox-2.png"])
    assert (fault.api.count(QUEUED.post), fault.api.count("GET /api/events") > 0) == (1, True)


def test_A39_the_installed_command_without_an_event_stream(fault: Fault) -> None:
    """The account of the harness has none: 404, and nothing is missed."""
    fault.api.looks = 2
    done = fault.run(*QUEUED_FOX)

    assert (done.code, done.lines) == (0, ["fox.png"])


def test_A47_an_address_of_ipv6(fault: Fault) -> None:
    """In brackets, and the name of the host in the request has them too."""
    account = fault.api
    with Faultd(host="::1", route=account.server.answer) as six:
        fault.having(INFERENCE_BASE_URL=f"{six.url}/api")
        done = fault.run(*QUEUED_FOX)
        hosts = {seen.header("host") for seen in six.seen}

    assert (done.code, done.lines, hosts) == (0, ["fox.png"], {f"[::1]:{six.port}"})


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("unshare") is None, reason="a hosts file of one's own needs root")
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_A47_a_name_with_one_address_that_is_down(host: str, fault: Fault, tmp_path: Path) -> None:
    """``localhost`` is both ``::1`` and ``127.0.0.1``: whichever answers is used, for the paid request too."""
    hosts, account = tmp_path / "hosts", fault.api
    hosts.write_text("::1 localhost\n127.0.0.1 localhost\n")
    own = ("unshare", "-m", "sh", "-c", f'mount --bind {hosts} /etc/hosts && exec "$@"', "sh")
    with Faultd(host=host, route=account.server.answer) as server:
        fault.having(INFERENCE_BASE_URL=f"http://localhost:{server.port}/api")
        done = fault.run(*QUEUED_FOX, prefix=own)

    assert (done.code, done.lines, account.count(QUEUED.post)) == (0, ["fox.png"], 1)
