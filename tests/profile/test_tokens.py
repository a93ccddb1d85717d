"""Tokens made clean, and kept for one origin."""

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from inference_cli.errors import TokenError, UsageError
from inference_cli.origin import Origin, parse_origin
from inference_cli.profile.tokens import Token, TokenStore, masked, normalise

HUB = parse_origin("https://hub.oxen.ai")
CANARY = "canary-token-4711"


@pytest.mark.parametrize(
    "text",
    [
        CANARY,
        f"{CANARY}\n",
        f"  {CANARY}\r\n",
        f"\ufeff{CANARY}",
        f'"{CANARY}"',
        f"'{CANARY}'\n",
        f"Bearer {CANARY}",
        f"bearer   {CANARY}",
        f'"Bearer {CANARY}"\r\n',
    ],
)
def test_what_comes_along_when_a_token_is_copied_is_taken_off(text: str) -> None:
    """Line ends, spaces, quotes, a mark, the word Bearer (fault F2)."""
    assert normalise(text) == CANARY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n",
        '""',
        "short",
        "x" * 513,
        "x" * 10_000,
        "canary\ntoken-4711",
        "canary token-4711",
        "canary-töken-4711",
        "canary-token\x00-4711",
        "canary-token-\udcff4711",
        "Bearer",
    ],
)
def test_what_is_no_token_is_refused_without_repeating_it(text: str) -> None:
    """Exit 3, and not one of its characters in the message (fault F3)."""
    with pytest.raises(TokenError) as caught:
        normalise(text)

    said = f"{caught.value.message} {caught.value.hint} {caught.value.details}"
    assert "canary" not in said
    assert "4711" not in said
    said.encode("ascii")


@given(st.text())
def test_a_clean_token_is_clean(text: str) -> None:
    """Cleaning twice changes nothing, and what comes out fits into a header."""
    try:
        token = normalise(text)
    except TokenError:
        return
    assert normalise(token) == token
    assert token.isascii()
    assert token.isprintable()


def test_a_token_shows_its_last_four_characters_at_most() -> None:
    """Neither its repr nor an f-string gives it away (fault F16)."""
    token = Token(CANARY, HUB, "flag")

    assert (token.masked, masked("12345678")) == ("…4711", "…5678")
    assert CANARY not in f"{token} {token!r}"


def test_a_token_is_kept_for_its_profile_and_origin_only(tmp_path: Path) -> None:
    """Another scheme, host, port or profile gets nothing (faults F6, F7)."""
    store = TokenStore(tmp_path / "inference" / "tokens.toml")
    store.save("default", HUB, f" {CANARY}\n")

    assert store.load("default", HUB) == CANARY
    others = [Origin("http", "hub.oxen.ai", 443), Origin("https", "hub.oxen.ai.evil.com", 443), HUB._replace(port=8443)]
    assert [store.load("default", other) for other in others] == [None, None, None]
    assert store.load("work", HUB) is None
    assert (store.origins("default"), store.origins("work")) == (("https://hub.oxen.ai",), ())


def test_the_file_of_tokens_is_private_and_has_no_copy(tmp_path: Path) -> None:
    """A copy of the version before would hold the token after a logout."""
    path = tmp_path / "inference" / "tokens.toml"
    store = TokenStore(path)
    store.save("default", HUB, CANARY)
    store.save("work", HUB, "another-token")
    store.save("default", HUB, "second-token")

    assert [path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777] == [0o600, 0o700]
    assert (store.load("default", HUB), store.load("work", HUB)) == ("second-token", "another-token")
    assert (store.delete("default", HUB), store.delete("default", HUB)) == (True, False)
    assert (store.load("default", HUB), store.load("work", HUB)) == (None, "another-token")
    left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"second-token" not in left
    assert CANARY.encode() not in left


def test_a_repaired_mode_is_told(tmp_path: Path) -> None:
    """Others could read the tokens until now (fault E2)."""
    said: list[str] = []
    store = TokenStore(tmp_path / "tokens.toml", notice=said.append)
    store.save("default", HUB, CANARY)
    store.path.chmod(0o640)

    store.load("default", HUB)

    assert said == [f"others could read {store.path}; its mode is now 0600"]
    assert store.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["tokens = 3", "tokens = [1]", '[[tokens]]\nprofile = "x"\n', "[[tokens"])
def test_a_damaged_file_is_named_and_not_reset(tmp_path: Path, text: str) -> None:
    """Exit 2; nothing of it is repeated (fault E1)."""
    path = tmp_path / "tokens.toml"
    path.write_text(text)

    with pytest.raises(UsageError, match=str(path)):
        TokenStore(path).load("default", HUB)
    with pytest.raises(UsageError):
        TokenStore(path).save("default", HUB, CANARY)
    assert path.read_text() == text


def test_what_is_no_token_is_not_kept(tmp_path: Path) -> None:
    """The file is not even made."""
    store = TokenStore(tmp_path / "tokens.toml")

    with pytest.raises(TokenError):
        store.save("default", HUB, "no")
    assert not store.path.exists()
