import pytest

from inference_cli.api.addresses import inline_data, is_link_local, is_private, literal, next_hop, resolve, target_of
from inference_cli.errors import DamagedError, TemporaryError
from inference_cli.origin import Origin


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://media.example/a.png?sig=1", Origin("https", "media.example", 443)),
        ("HTTPS://Media.Example:8443/a", Origin("https", "media.example", 8443)),
        ("https://[2001:db8::1]/a", Origin("https", "2001:db8::1", 443)),
        ("https://media.example:80/a", Origin("https", "media.example", 80)),
    ],
)
def test_good_targets(url: str, origin: Origin) -> None:
    """To any host by https, on the ports of the web and above 1023."""
    assert target_of(url, allow_http=False) == origin


@pytest.mark.parametrize(
    "url",
    [
        "http://media.example/a",
        "file:///etc/passwd",
        "ftp://media.example/a",
        "s3://bucket/a",
        "//media.example/a",
        "/a",
        "",
        "https://",
        "https:///a",
        "https://user@media.example/a",
        "https://user:pw@media.example/a",
        "https://@media.example/a",
        "https://media.example:22/a",
        "https://media.example:0/a",
        "https://media.example:99999/a",
        "https://media.example:x/a",
        "https://médi\u0430.example/a",
        "https://media.example/a b",
        "https://media.example/a\r\nX: y",
        "https://evil.example\\@media.example/a",
        "https://[::1/a",
        "https://media.example/" + "a" * 100_000,
    ],
)
def test_D24_what_is_not_fetched(url: str) -> None:
    """Other schemes, user names, odd ports, other alphabets, controls, endless URLs."""
    with pytest.raises(DamagedError):
        target_of(url, allow_http=False)


def test_plain_http_where_it_is_allowed() -> None:
    """Beside an API on loopback."""
    assert target_of("http://127.0.0.1:8001/a", allow_http=True) == Origin("http", "127.0.0.1", 8001)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fd00::1", "fe80::1%eth0", "ff02::1", "::ffff:10.0.0.1",
        "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1",
    ],
)  # fmt: skip
def test_D25_private_addresses(address: str) -> None:
    """Loopback, private, link-local, shared, multicast, unspecified, and IPv4 hidden in IPv6."""
    assert is_private(address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("169.254.169.254", True), ("fe80::1%eth0", True), ("::ffff:169.254.1.1", True), ("64:ff9b::a9fe:a9fe", True),
        ("10.1.2.3", False), ("127.0.0.1", False), ("::1", False), ("93.184.216.34", False),
    ],
)  # fmt: skip
def test_A42_link_local_addresses(address: str, expected: bool) -> None:
    """Those for one link only, which are private, too."""
    assert is_link_local(address) == expected


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
)
def test_D25_public_addresses(address: str) -> None:
    """Anything else."""
    assert not is_private(address)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("media.example", None),
        ("media.cafe", None),
        ("abc", None),
        ("1.2.3.4.5", None),
    ],
)
def test_D25_addresses_in_any_notation(host: str, address: str | None) -> None:
    """Decimal, hexadecimal and octal addresses are seen through; names are names."""
    assert literal(host) == address


def test_next_hop() -> None:
    """Relative and absolute; what is missing or holds control characters leads nowhere."""
    assert next_hop("https://a.example/x/y", "../z?q=1") == "https://a.example/z?q=1"
    assert next_hop("https://a.example/x", "//b.example/z") == "https://b.example/z"
    for location in (None, "", "/a\r\nX: y", "https://[::1"):
        with pytest.raises(DamagedError, match="nowhere"):
            next_hop("https://a.example/x", location)


@pytest.mark.parametrize(
    ("url", "data", "kind"),
    [
        ("data:image/png;base64,aGk=", b"hi", "image/png"),
        ("data:;base64,aGk%3D", b"hi", "text/plain"),
        ("data:text/plain,a%20b", b"a b", "text/plain"),
    ],
)
def test_D24_data_urls_are_decoded(url: str, data: bytes, kind: str) -> None:
    """Base64 or percent-encoded."""
    assert inline_data(url) == (data, kind)


@pytest.mark.parametrize("url", ["data:", "data:image/png;base64", "data:image/png;base64,a!"])
def test_D24_broken_data_urls(url: str) -> None:
    """They are damaged, not empty."""
    with pytest.raises(DamagedError):
        inline_data(url)


def test_resolve() -> None:
    """Addresses in the order of the resolver; a name that does not exist is a passing trouble."""
    assert resolve("127.0.0.1", 80) == ("127.0.0.1",)
    with pytest.raises(TemporaryError, match="cannot resolve"):
        resolve("a" * 64 + ".invalid", 80)
