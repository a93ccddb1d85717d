import pytest

from inference_cli.api.proxies import proxy_for
from inference_cli.errors import UsageError
from inference_cli.origin import Origin

HUB = Origin("https", "hub.oxen.ai", 443)
PROXY = "http://proxy.example:3128"


@pytest.mark.parametrize(
    ("env", "proxy"),
    [
        ({}, None),
        ({"HTTPS_PROXY": PROXY}, PROXY),
        ({"https_proxy": PROXY, "HTTPS_PROXY": "http://other"}, PROXY),
        ({"ALL_PROXY": PROXY}, PROXY),
        ({"HTTPS_PROXY": "proxy.example:3128"}, PROXY),
        ({"HTTP_PROXY": PROXY}, None),
        ({"HTTPS_PROXY": "  ", "ALL_PROXY": PROXY}, PROXY),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "*"}, None),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "example.com, oxen.ai"}, None),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": ".oxen.ai"}, None),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "*.oxen.ai"}, None),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "HUB.oxen.ai:443"}, None),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "https://hub.oxen.ai"}, None),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "hub.oxen.ai:8443"}, PROXY),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "xen.ai,,::1,10.0.0.0/8"}, PROXY),
    ],
)
def test_A44_which_proxy(env: dict[str, str], proxy: str | None) -> None:
    """Lower case wins, the scheme's own before ALL_PROXY, and NO_PROXY by name, suffix, port or star."""
    assert proxy_for(HUB, env) == proxy


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "::1"])
def test_A44_loopback_has_no_proxy(host: str) -> None:
    """Whatever the environment says."""
    assert proxy_for(Origin("http", host, 8000), {"HTTP_PROXY": PROXY, "ALL_PROXY": "nonsense://"}) is None


def test_addresses_are_excluded_by_network() -> None:
    """NO_PROXY may hold CIDR blocks."""
    assert proxy_for(Origin("https", "10.1.2.3", 443), {"ALL_PROXY": PROXY, "NO_PROXY": "10.0.0.0/8"}) is None
    assert proxy_for(Origin("https", "fd00::1", 443), {"ALL_PROXY": PROXY, "NO_PROXY": "[fd00::1]"}) is None


@pytest.mark.parametrize(
    "value",
    [
        "foo://proxy",
        "http://",
        "http://proxy:port",
        "http://proxy:99999",
        "http://pro xy",
        "http://prüxy",
        "http://[::1",
        ":8080",
    ],
)
def test_A45_a_bad_proxy_is_a_usage_error_that_names_the_variable(value: str) -> None:
    """Not a crash, and the value, which may hold a password, is not shown."""
    with pytest.raises(UsageError) as caught:
        proxy_for(HUB, {"ALL_PROXY": value})
    assert caught.value.message.startswith("ALL_PROXY ")
    assert value not in caught.value.message


def test_A45_socks_needs_a_package() -> None:
    """It is named with the line that installs it."""
    with pytest.raises(UsageError) as caught:
        proxy_for(HUB, {"all_proxy": "socks5://user:canary@proxy.example:1080"})
    assert caught.value.message == "all_proxy names a SOCKS proxy, which needs the package socksio"
    assert caught.value.hint == "Install it:  pip install socksio"
