"""Redirects: the API is never followed, a download at most five hops to places that are allowed (A41, A42)."""

from pathlib import Path

import pytest

from tests.support.faultd import LeapingClock, Step, http
from tests.support.harness import QUEUED_FOX, Fault
from tests.support.storage import SIGNATURE
from tests.support.tunnel import Tunnel, far_away
from tests.support.ways import QUEUED, Way, each_way

_STATUSES = ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
_RESULTS = "GET /results/*"
_FOX = f"/results/gen-0001-canary.png?X-Amz-Signature={SIGNATURE}"


def _to(location: str | None, status: str = "302 Found") -> Step:
    headers = [] if location is None else [("Location", location), ("Set-Cookie", "crumb=1")]
    return Step((http(status, headers=headers),))


@pytest.mark.parametrize("status", _STATUSES)
def test_A41_the_api_redirects_a_free_request(status: str, fault: Fault) -> None:
    """Not followed: exit 12, the place is named, and nobody else is asked anything."""
    fault.api.script("GET /api/ai/models", _to(f"{fault.evil.url}/api/ai/models", status))
    done = fault.run("models", "list") if status[:3] == "308" else fault.inside("models", "list")

    assert done.code == 12
    assert done.err.splitlines() == [
        f"error: the API redirected to {fault.evil.url}, and is not followed there",
        "  If that is where it lives now:  inference config set base_url URL",
    ]
    assert (len(fault.api.asked), fault.evil.server.connections) == (1, 0)


@pytest.mark.parametrize("status", _STATUSES)
@each_way
def test_A41_the_api_redirects_a_paid_request(way: Way, status: str, tmp_path: Path) -> None:
    """Not followed, not sent again, to the same host or to another: exit 12, and nothing was accepted."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, _to(f"{fault.evil.url}/api/ai/queue", status), _to("/api/elsewhere", status))
        other, same = way.pay(fault), way.pay(fault)

        assert (other.code, same.code) == (12, 12)
        assert f"the API redirected to {fault.evil.url}, and is not followed there" in other.err
        assert f"the API redirected to {fault.api.url}, and is not followed there" in same.err
        assert (len(fault.api.paid), fault.evil.server.connections) == (2, 0)
        assert fault.journal("SELECT DISTINCT state FROM intents") == [("refused",)]


@pytest.mark.parametrize("status", _STATUSES)
@pytest.mark.parametrize("hop", [_FOX, f"//127.0.0.1:PORT{_FOX}", f"http://127.0.0.1:PORT{_FOX}"])
def test_A42_a_download_is_redirected_within_its_host(hop: str, status: str, fault: Fault) -> None:
    """By a path, by a host, or by a whole URL: followed."""
    fault.storage.script(_RESULTS, _to(hop.replace("PORT", str(fault.storage.server.port)), status))
    done = fault.inside(*QUEUED_FOX, clock=LeapingClock())

    assert (done.code, done.lines, fault.storage.count(_RESULTS)) == (0, ["fox.png"], 2)


def test_A42_a_download_is_redirected_to_another_host(fault: Fault) -> None:
    """Followed, with neither token nor cookie; what comes back is no picture, so nothing gets the final name."""
    fault.storage.script(_RESULTS, _to(f"{fault.evil.url}/fox.png"))
    done = fault.run(*QUEUED_FOX)
    (asked,) = fault.evil.asked

    assert (done.code, "fox.png" in fault.files) == (12, False)
    assert [asked.seen.header(name) for name in ("authorization", "cookie", "referer")] == [None] * 3


@pytest.mark.parametrize(("hops", "code"), [(5, 0), (6, 12)])
def test_A42_a_download_with_many_hops(hops: int, code: int, fault: Fault) -> None:
    """Five, and no more; a loop is as long as that."""
    fault.storage.script(_RESULTS, *[_to(_FOX)] * hops)
    done = fault.inside(*QUEUED_FOX, clock=LeapingClock())

    assert (done.code, fault.storage.count(_RESULTS)) == (code, 6)
    assert ("the download was redirected more than 5 times" in done.err) == (code == 12)
    assert not any("cookie" in one.seen.head.lower() for one in fault.storage.asked)


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://media.test/fox.png", "the result URL is not https, and is not fetched"),
        ("file:///etc/hostname", "the result URL is not https, and is not fetched"),
        ("ftp://media.test/fox.png", "the result URL is not https, and is not fetched"),
        (
            "https://169.254.169.254/latest",
            "the result lies on a private address (169.254.169.254), and is not fetched",
        ),
        ("https://[::1]/fox.png", "the result lies on a private address (::1), and is not fetched"),
        ("https://user:word@media.test/fox.png", "the result URL names no proper host, and is not fetched"),
        ("/fox.png\r\n\tX: 1", None),
        ("/fox.png\x0bX: 1", None),
        (None, "the download was redirected to nowhere"),
    ],
)
def test_A42_a_download_is_redirected_where_it_must_not_go(
    location: str | None, words: str | None, fault: Fault, tmp_path: Path
) -> None:
    """An account far away, whose results lie on https: exit 12, the one hop is not made, and it was paid for once."""
    with Tunnel() as proxy:
        far_away(fault, tmp_path)
        fault.having(HTTPS_PROXY=proxy.url)
        fault.storage.script(_RESULTS, _to(location))
        done = fault.inside(*QUEUED_FOX, clock=LeapingClock())
        hosts = {head.split(":")[0].removeprefix("CONNECT ") for head in proxy.asked}

    assert (done.code, fault.files, fault.api.count(QUEUED.post)) == (12, [], 1)
    assert words is None or f"error: {words}" in done.err
    assert hosts == {"api.test", "media.test"}
    assert fault.storage.count("*") == (1 if words else fault.storage.count("*"))
