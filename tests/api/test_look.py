"""One look at the API, over a real connection to loopback."""

from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from inference_cli.api.look import Look, look
from inference_cli.clock import ManualClock
from inference_cli.errors import DamagedError, NotFoundError, TemporaryError, TokenError, UsageError
from inference_cli.origin import parse_origin
from tests.support.faultd import Faultd, answer, http
from tests.support.loopback_tls import certificate, server_context
from tests.support.network_client import JSON, MODELS

TOKEN = "canary-token-4711"
NOW = 1_790_000_000.0
DATED = [*JSON, ("Date", format_datetime(datetime.fromtimestamp(NOW - 400, UTC), usegmt=True))]


def _look(url: str, *, token: str | None = TOKEN, api: str = "auto", env: dict[str, str] | None = None) -> Look:
    return look(
        base_url=f"{url}/api",
        origin=parse_origin(url),
        token=token,
        token_source="test",
        api=api,
        clock=ManualClock(NOW),
        env=env or {},
    )


def test_an_answer_shows_the_servers_clock() -> None:
    """One request, with the token, to the list that is free."""
    with Faultd(answer(http(body=MODELS, headers=DATED))) as server:
        seen = _look(server.url)

    assert (seen.error, seen.status, seen.date, seen.heard, seen.expires) == (None, 200, NOW - 400, NOW, None)
    assert seen.api == "current"
    assert [(one.line, one.header("authorization")) for one in server.seen] == [
        ("GET /api/ai/models HTTP/1.1", f"Bearer {TOKEN}")
    ]


def test_without_a_token_none_is_sent() -> None:
    """Whether somebody answers is worth knowing all the same."""
    with Faultd(answer(http("401 Unauthorized", b"{}", headers=DATED))) as server:
        seen = _look(server.url, token=None)

    assert (type(seen.error), seen.status, seen.date) == (TokenError, 401, NOW - 400)
    assert server.seen[0].header("authorization") is None


def test_an_older_api_is_found_behind_a_404() -> None:
    """A 404 of both is a wrong address."""
    missing, older = http("404 Not Found", b"{}", headers=JSON), http(body=MODELS, headers=JSON)
    with Faultd(answer(missing), answer(older)) as server, Faultd(answer(missing), answer(missing)) as other:
        found, wrong = _look(server.url), _look(other.url)

    assert (found.error, found.api) == (None, "2026-04")
    assert [one.line.split()[1] for one in server.seen] == ["/api/ai/models", "/api/evaluations/models"]
    assert isinstance(wrong.error, NotFoundError)


def test_nothing_is_tried_twice() -> None:
    """A person waits in front of it."""
    with Faultd(answer(http("503 Service Unavailable", b"{}", headers=JSON))) as server:
        seen = _look(server.url)

    assert (type(seen.error), seen.status, len(server.seen)) == (TemporaryError, 503, 1)


def test_nobody_there_and_a_bad_environment_are_errors_not_exceptions() -> None:
    """Neither has a status."""
    with Faultd() as server:
        url = server.url
    away = _look(url)
    bad = _look("https://hub.oxen.ai", env={"ALL_PROXY": "foo://"})

    assert (type(away.error), away.status) == (TemporaryError, None)
    assert (type(bad.error), bad.status) == (UsageError, None)


def test_the_end_of_the_certificate_is_read(tmp_path: Path) -> None:
    """Of the one that was verified; one that was not is an error."""
    env = {"SSL_CERT_FILE": str(certificate(tmp_path))}
    with Faultd(answer(http(body=MODELS, headers=JSON)), tls=server_context(tmp_path)) as server:
        seen = _look(server.url, env=env)
    with Faultd(answer(http(body=MODELS, headers=JSON)), tls=server_context(tmp_path, expired=True)) as old:
        refused = _look(old.url, env={"SSL_CERT_FILE": str(certificate(tmp_path, expired=True))})

    assert seen.expires == datetime(2120, 1, 1, tzinfo=UTC).timestamp()
    assert (type(refused.error), refused.status, refused.expires) == (DamagedError, None, None)


def test_a_date_that_is_none_is_not_known() -> None:
    """A server may send what it likes."""
    with Faultd(answer(http(body=MODELS, headers=[*JSON, ("Date", "yesterday, 25:00")]))) as server:
        assert _look(server.url).date is None
