"""What one look at the API shows."""

from dataclasses import replace

import pytest

from inference_cli.api.look import Look
from inference_cli.cli.checks.access import accepted, clock, expiry, reached
from inference_cli.errors import DamagedError, TemporaryError, TokenError, UsageError
from inference_cli.origin import Origin
from inference_cli.terminal.checklist import Finding

API = Origin("https", "hub.oxen.ai", 443)
GOOD = Look(None, 200, 0.25, 1000.0, 1000.0, None, "current")
REFUSED = replace(GOOD, error=TokenError("the token was refused", status=401), status=401)
AWAY = Look(TemporaryError("cannot resolve hub.oxen.ai"))
DAY = 86_400.0


def test_a_good_answer() -> None:
    """Fast, valid, in time; nothing is known of the certificate of a plain one."""
    assert reached(GOOD, API) == Finding("ok", "api", "https://hub.oxen.ai answered in 0.2 s, as current")
    assert accepted(GOOD, "keyring", "…4711") == Finding("ok", "token", "…4711 of keyring is valid")
    assert clock(GOOD) == Finding("ok", "clock", "agrees with the server's")
    assert list(expiry(GOOD, API)) == []


def test_a_slow_answer_is_a_warning() -> None:
    """It was one all the same."""
    assert reached(replace(GOOD, seconds=4.0), API).state == "warning"


def test_a_refused_token_is_the_tokens_failure_not_the_apis() -> None:
    """The API was reached."""
    assert reached(REFUSED, API).state == "ok"
    assert accepted(REFUSED, "keyring", "…4711") == Finding(
        "failure", "token", "…4711 of keyring: the token was refused", "Sign in:  inference auth login"
    )


def test_nobody_there_is_the_apis_failure_and_the_rest_is_not_known() -> None:
    """A sign-in that a proxy wants is no word about the token."""
    proxy = Look(TokenError("the proxy asks for a sign-in (HTTP 407)", hint="Put them into the variable"))

    assert reached(AWAY, API).message == "cannot resolve hub.oxen.ai"
    assert [accepted(look, "x", "…4711").state for look in (AWAY, proxy)] == ["warning", "warning"]
    assert clock(AWAY).message == "not compared: no answer came to compare it with"
    assert reached(proxy, API).fix == "Put them into the variable"
    assert (
        reached(Look(UsageError("SSL_CERT_FILE is bad", hint="Unset it")), API).message
        == "not asked: SSL_CERT_FILE is bad"
    )


def test_an_expired_certificate_may_be_a_wrong_clock() -> None:
    """Both are said."""
    look = Look(DamagedError("no secure connection: certificate has expired", hint="Behind a proxy …"))

    assert reached(look, API).fix == "Is this machine's clock right?  See:  date -u\nBehind a proxy …"


def test_an_error_of_the_server_is_told_with_its_status() -> None:
    """It was reached, and does not work."""
    found = reached(Look(TemporaryError("HTTP 502 from the gateway"), 502, 0.1), API)

    assert (found.state, found.message) == ("failure", "HTTP 502 from the gateway (HTTP 502)")


@pytest.mark.parametrize(
    ("heard", "state", "message"),
    [
        (1059.0, "ok", "agrees with the server's"),
        (1120.0, "warning", "this machine's is 2 min ahead of the server's"),
        (400.0, "failure", "this machine's is 10 min behind the server's"),
    ],
)
def test_a_clock_that_is_off_by_five_minutes_fails(heard: float, state: str, message: str) -> None:
    """Signed URLs forgive no more."""
    found = clock(replace(GOOD, heard=heard))

    assert (found.state, found.message) == (state, message)


@pytest.mark.parametrize(("days", "state"), [(1.5, "warning"), (90.5, "ok")])
def test_a_certificate_that_ends_soon_is_worth_a_word(days: float, state: str) -> None:
    """Two weeks before."""
    (found,) = expiry(replace(GOOD, expires=1000.0 + days * DAY), API)

    assert (found.state, found.message.endswith(f"for {int(days)} more day{'' if days < 2 else 's'}")) == (state, True)
