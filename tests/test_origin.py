"""Origins compare exactly: a look-alike host is another origin (faults F6, F7)."""

import pytest
from hypothesis import given, strategies as st

from inference_cli.errors import UsageError
from inference_cli.origin import Origin, parse_origin

HUB = Origin("https", "hub.oxen.ai", 443)


@pytest.mark.parametrize(
    "url",
    ["https://hub.oxen.ai", "https://hub.oxen.ai/api", "HTTPS://HUB.OXEN.AI:443/api/", " https://hub.oxen.ai/x?y=1 "],
)
def test_path_case_and_the_usual_port_do_not_matter(url: str) -> None:
    """They all name the same place."""
    assert parse_origin(url) == HUB


@pytest.mark.parametrize(
    "url",
    [
        "https://hub.oxen.ai.evil.com/api",
        "https://evil.com/hub.oxen.ai",
        "https://hub.oxen.ai:8443/api",
        "https://hub.oxen.ai./api",
        "https://hub-oxen.ai/api",
        "http://127.0.0.1/api",
    ],
)
def test_a_look_alike_is_another_origin(url: str) -> None:
    """Scheme, host and port are compared whole, never by prefix (fault F7)."""
    assert parse_origin(url) != HUB


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hub.oxen.ai/api",
        "ftp://hub.oxen.ai",
        "file:///etc/passwd",
        "https://",
        "https:///api",
        "https://hub.oxen.ai@evil.com/api",
        "https://user:secret-word@hub.oxen.ai/api",
        "https://hub.\N{CYRILLIC SMALL LETTER O}xen.ai/api",
        "https://evil.com\\.hub.oxen.ai/api",
        "https://hub.oxen.ai\\@evil.com/api",
        "https://hub%2eoxen.ai/api",
        "https://hub.oxen.ai:0/api",
        "https://hub.oxen.ai:99999/api",
        "https://hub.oxen.ai:port/api",
        "https://[::1/api",
        "http://hub.oxen.ai/api",
        "http://10.0.0.1/api",
        "http://localhost.evil.com/api",
    ],
)
def test_what_a_token_must_not_be_sent_to_is_refused(url: str) -> None:
    """No user names, no plain http off this machine, no IDN, no other scheme; the message repeats no secret."""
    with pytest.raises(UsageError) as caught:
        parse_origin(url)

    assert "secret-word" not in caught.value.message


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://hub.oxen.ai/api", "https://hub.oxen.ai"),
        ("https://hub.oxen.ai:8443/api", "https://hub.oxen.ai:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost/", "http://localhost"),
        ("http://[::1]:9/api", "http://[::1]:9"),
    ],
)
def test_an_origin_is_written_as_a_url(url: str, written: str) -> None:
    """The usual port is left out, and what is written is read back as the same."""
    assert str(parse_origin(url)) == written
    assert parse_origin(written) == parse_origin(url)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("hub.oxen.ai", False),
        ("127.0.0.1.evil.com", False),
    ],
)
def test_loopback_is_this_machine_only(host: str, loopback: bool) -> None:
    """Names that begin like an address are names."""
    assert Origin("https", host, 443).is_loopback is loopback


@given(
    st.sampled_from(["https"]),
    st.from_regex(r"[a-z0-9]{1,10}(\.[a-z0-9]{1,10}){0,3}", fullmatch=True),
    st.integers(1, 65535),
)
def test_every_origin_survives_being_written_and_read(scheme: str, host: str, port: int) -> None:
    """A token is bound to the written form."""
    origin = Origin(scheme, host, port)

    assert parse_origin(str(origin)) == origin
