"""Connections that cannot be made: nothing was sent, so nothing was paid, and the command may be run again (A1 to A5)."""

import os
import shutil
from pathlib import Path

import pytest

from tests.support.faultd import Faultd, LeapingClock, Step, TickingClock, black_hole, closed_port
from tests.support.harness import QUEUED_FOX, Fault
from tests.support.host import whole
from tests.support.loopback_tls import certificate, server_context
from tests.support.ways import DIRECT, QUEUED, Way, each_way

_HINT = [
    "  Behind a company's proxy its own authority is needed:",
    "    SSL_CERT_FILE=/path/to/authority.pem inference …",
    "    or the system's store:  pip install 'inference-cli[system-trust]'",
]


def test_A01_a_name_that_leads_nowhere(fault: Fault) -> None:
    """One line that names the host, exit 7; the journal holds nothing; what is local works."""
    fault.having(INFERENCE_BASE_URL="https://nowhere.invalid/api")
    queued = fault.run(*QUEUED_FOX, "--no-retry")
    others = [fault.inside(*words, clock=LeapingClock()) for words in (DIRECT.words, ("models", "list"))]
    local = fault.inside("queue", "list", "--local")

    assert [(done.code, done.err) for done in (queued, *others)] == [(7, "error: cannot resolve nowhere.invalid\n")] * 3
    assert (local.code, local.out) == (0, b"")
    assert fault.journal("SELECT * FROM generations") == []
    assert fault.api.asked == []


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("unshare") is None, reason="unshare -n needs root")
def test_A02_no_network_at_all(fault: Fault) -> None:
    """Exit 7, at most ten seconds of pauses included (A03 counts them); what is local still works."""
    alone = ("unshare", "-n")
    paid = fault.run(*QUEUED_FOX, "--no-retry", prefix=alone, budget=10)
    listed, settings = (
        fault.run(*words, prefix=alone, budget=10) for words in (("queue", "list", "--local"), ("config", "list"))
    )

    assert (paid.code, paid.err) == (7, f"error: cannot connect to {fault.api.url}: network is unreachable\n")
    assert (listed.code, settings.code) == (0, 0)
    assert f"base_url\t{fault.api.base_url}\t" in settings.text


def test_A03_refused_connections(fault: Fault) -> None:
    """A free request is tried five times within ten seconds, then exit 7."""
    with closed_port() as port:
        fault.having(INFERENCE_BASE_URL=f"http://127.0.0.1:{port}/api")
        paid = fault.run(*QUEUED_FOX, "--no-retry")
        clock = LeapingClock()
        listed = fault.inside("models", "list", "-v", clock=clock)

    refusal = f"cannot connect to http://127.0.0.1:{port}: connection refused"
    assert (paid.code, paid.err) == (7, f"error: {refusal}\n")
    assert listed.code == 7
    assert listed.err.splitlines()[-1] == f"error: {refusal}"
    assert [line.startswith(f"{refusal}; trying again in ") for line in listed.err.splitlines()] == [True] * 4 + [False]
    assert len(clock.slept) == 4
    assert sum(clock.slept) < 10


@each_way
def test_A03_a_refused_connection_of_a_paid_request(way: Way, tmp_path: Path) -> None:
    """Nothing was sent: tried three times, then exit 7, and the journal knows that it was refused."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.model, lambda answer: Step((answer,), before=fault.api.server.leave))
        done = way.pay(fault, "-v")

        assert done.code == 7
        assert done.err.splitlines()[-1] == f"error: cannot connect to {fault.api.url}: connection refused"
        assert (done.err.count("refused; trying again in "), fault.api.paid) == (2, [])
        assert fault.journal("SELECT state FROM intents") == [("refused",)]


def test_A04_a_connection_that_hangs(fault: Fault) -> None:
    """A listener whose queue is full: the time for connecting ends, exit 7.

    Ten seconds for each try is what ``tests/api/test_deadlines.py`` holds; here the time of the whole request is
    nearly up when it connects.
    """
    with black_hole() as port:
        fault.having(INFERENCE_BASE_URL=f"http://127.0.0.1:{port}/api")
        done = fault.inside(*QUEUED_FOX, clock=TickingClock(23.98))

    assert (done.code, done.err) == (7, f"error: http://127.0.0.1:{port} cannot be reached in time\n")


@pytest.mark.parametrize("kind", ["self-signed", "expired", "wrong host", "no TLS"])
def test_A05_a_server_that_cannot_be_trusted(kind: str, fault: Fault, tmp_path: Path) -> None:
    """One try, exit 12, the reason, and three lines about authorities of one's own; nobody is told to look away."""
    expired, host = kind == "expired", "127.0.0.2" if kind == "wrong host" else "127.0.0.1"
    tls = None if kind == "no TLS" else server_context(tmp_path, expired=expired)
    steps = [Step((b"HTTP/1.1 400 Bad Request\r\n\r\n",), read=-1)] * 9
    if kind != "self-signed":
        fault.having(SSL_CERT_FILE=str(certificate(tmp_path, expired=expired)))
    with Faultd(*steps, host=host, tls=tls) as server:
        fault.having(INFERENCE_BASE_URL=f"https://{host}:{server.port}/api")
        done = fault.run(*QUEUED_FOX) if kind == "self-signed" else fault.inside(*QUEUED_FOX)
        tries = server.connections

    reason = {
        "self-signed": "self-signed certificate",
        "expired": "certificate has expired",
        "wrong host": "IP address mismatch, certificate is not valid for '127.0.0.2'",
        "no TLS": "wrong version number",
    }[kind]
    first, *hint = done.err.splitlines()
    assert (done.code, first) == (12, f"error: no secure connection to https://{host}:{server.port}: {reason}")
    assert hint == _HINT
    assert "insecure" not in done.err
    assert tries == 1


def test_A05_a_certificate_that_changes_before_the_paid_request(tmp_path: Path) -> None:
    """Nothing is sent over a connection that is not trusted: exit 12, and it is known that nothing was paid."""
    with Fault(tmp_path, tls=server_context(tmp_path)) as fault:
        fault.having(SSL_CERT_FILE=str(certificate(tmp_path)))

        def change() -> None:
            fault.api.server.tls = server_context(tmp_path, expired=True)

        fault.api.script(QUEUED.model, lambda answer: Step((answer,), before=change))
        done = fault.inside(*QUEUED_FOX)

        assert done.code == 12
        assert (fault.api.paid, fault.journal("SELECT state FROM intents")) == ([], [("refused",)])


def test_A05_a_connection_that_ends_during_the_handshake(fault: Fault) -> None:
    """That is no distrust: tried again, then exit 7 in plain words."""
    with Faultd(*[Step(read=-1)] * 9) as server:
        fault.having(INFERENCE_BASE_URL=f"https://127.0.0.1:{server.port}/api")
        done = fault.inside("models", "list", clock=LeapingClock())
        tries = server.connections

    assert (done.code, tries) == (7, 5)
    assert done.err.startswith(f"error: cannot connect to https://127.0.0.1:{server.port}: connection reset") or (
        done.err == f"error: https://127.0.0.1:{server.port} ended the connection before it was secure\n"
    )


@each_way
def test_A08_a_kept_connection_is_never_used_for_a_paid_request(way: Way, tmp_path: Path) -> None:
    """The server would have closed it just now: a paid request has a connection of its own, and is sent once."""
    with way.case(tmp_path) as fault:
        counts: list[int] = []

        def count() -> None:
            counts.append(fault.api.server.connections)

        fault.api.always("GET *", lambda answer: Step((answer,), "keep", before=count))
        fault.api.script(way.post, Step(end="close", before=count))
        done = way.pay(fault)
        *before, of_the_paid = counts[: 1 + [one.paid for one in fault.api.asked].index(True)]

        assert (done.code, fault.api.count(way.post)) == (8, 1)
        assert [one.seen.header("connection") for one in fault.api.paid] == ["close"]
        assert of_the_paid == before[-1] + 1


def test_A08_the_paid_request_meets_a_connection_of_its_own(fault: Fault) -> None:
    """A server that closes each kept connection after its first answer is served as well as any."""
    fault.api.always("GET *", lambda answer: Step((answer,), "close"))
    done = fault.run(*QUEUED_FOX)

    assert (done.code, done.lines, fault.api.count(QUEUED.post)) == (0, ["fox.png"], 1)


class _Repair(LeapingClock):
    """A clock that brings a server back once five seconds of pauses have passed without it."""

    def __init__(self, server: Faultd) -> None:
        super().__init__()
        self._server, self._back_at = server, 0.0

    def leave(self) -> None:
        self._server.leave()
        self._back_at = sum(self.slept) + 5

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        if self._back_at and sum(self.slept) >= self._back_at:
            self._back_at = 0.0
            self._server.come_back()


def test_A38_a_server_that_restarts_while_it_is_waited_for(fault: Fault) -> None:
    """Refused for five seconds, then back: the waiting goes on, and ends well."""
    fault.api.looks = 2
    clock = _Repair(fault.api.server)
    fault.api.script("GET /api/ai/queue/*", whole, lambda answer: Step((answer,), before=clock.leave))
    done = fault.inside(*QUEUED_FOX, clock=clock)

    assert (done.code, done.lines, fault.api.count(QUEUED.post)) == (0, ["fox.png"], 1)
    assert sum(clock.slept) > 5


def test_A38_a_server_that_stays_away(fault: Fault) -> None:
    """Until ``--timeout``: exit 124, and how to go on; another command collects the result."""
    fault.api.looks = 5
    fault.api.script("GET /api/ai/queue/*", lambda answer: Step((answer,), before=fault.api.server.leave))
    done = fault.inside(*QUEUED_FOX, "--timeout", "90s", clock=LeapingClock())
    fault.api.server.come_back()
    later = fault.run("queue", "wait", "last")

    assert done.code == 124
    assert "Collect it:  inference queue wait gen-" in done.err
    assert (later.code, fault.files) == (0, ["fox.png"])


def test_A43_an_answer_in_another_protocol(fault: Fault) -> None:
    """A banner of SSH: one line, exit 12, asked once."""
    banner = Step((b"SSH-2.0-OpenSSH_9.2\r\n",))
    fault.api.script("GET /api/ai/models", banner)
    done = fault.run(*QUEUED_FOX)

    assert (done.code, done.err) == (12, f"error: what {fault.api.url} answers is not HTTP\n")
    assert len(fault.api.asked) == 1


@each_way
def test_A43_an_answer_in_another_protocol_to_a_paid_request(way: Way, tmp_path: Path) -> None:
    """It may have been accepted: exit 8, sent once."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, Step((b"SSH-2.0-OpenSSH_9.2\r\n",)))
        done = way.pay(fault)

        assert (done.code, fault.api.count(way.post)) == (8, 1)
        assert f"what {fault.api.url} answered to the request is not HTTP" in done.err
