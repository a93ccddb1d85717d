import pytest

from inference_cli.api.auth import authorization, check_token
from inference_cli.errors import TokenError
from inference_cli.origin import Origin

HUB = Origin("https", "hub.oxen.ai", 443)
CANARY = "canary-0123456789"


def test_the_token_goes_to_its_own_origin() -> None:
    """As a bearer token, and nothing else."""
    assert authorization(CANARY, HUB, HUB) == {"Authorization": f"Bearer {CANARY}"}


@pytest.mark.parametrize(
    "target",
    [
        Origin("https", "hub.oxen.ai.evil.com", 443),
        Origin("https", "hub.oxen.ai.", 443),
        Origin("https", "hub.oxen.ai", 8443),
        Origin("http", "hub.oxen.ai", 443),
        Origin("https", "evil.example", 443),
    ],
)
def test_F07_it_goes_nowhere_else(target: Origin) -> None:
    """Scheme, host and port are compared exactly; the refusal shows no token."""
    with pytest.raises(TokenError) as caught:
        authorization(CANARY, HUB, target)
    assert CANARY not in caught.value.message


def test_F06_not_in_the_clear() -> None:
    """Plain http carries a token on loopback only, even to the origin it belongs to."""
    loopback, other = Origin("http", "127.0.0.1", 8000), Origin("http", "hub.oxen.ai", 80)
    assert authorization(CANARY, loopback, loopback)
    with pytest.raises(TokenError, match="in the clear"):
        authorization(CANARY, other, other)


def test_no_token() -> None:
    """Nothing is sent without one; the next command is named."""
    with pytest.raises(TokenError) as caught:
        authorization(None, HUB, HUB)
    assert (caught.value.message, caught.value.hint) == (
        "no token for https://hub.oxen.ai",
        "Sign in:  inference auth login",
    )


@pytest.mark.parametrize(
    "token", ["", "canary\n", "canary 0123", "canäry", "canary\r\nX: y", "c" * 513, "\ufeffcanary"]
)
def test_F02_a_token_that_is_none_is_refused_unseen(token: str) -> None:
    """Line ends, spaces, other alphabets: the message holds nothing of it."""
    with pytest.raises(TokenError) as caught:
        check_token(token)
    assert caught.value.message == "the token holds characters that no token has"


def test_good_tokens_pass() -> None:
    """Printable ASCII, and no token at all."""
    check_token(CANARY)
    check_token(None)
