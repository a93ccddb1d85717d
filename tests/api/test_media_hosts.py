from collections.abc import Callable

import pytest

from inference_cli.api.wire import httpx
from inference_cli.errors import DamagedError, TemporaryError
from inference_cli.origin import Origin
from tests.support.api import Script
from tests.support.faultd import Faultd, answer, http
from tests.support.media_client import DATA, LOOPBACK, URL, facts, failure, fetch, media_of, whole


def hops(*locations: str | None) -> Script:
    """Redirects to these places, then the file."""
    moved = (httpx.Response(302, headers={} if place is None else {"location": place}) for place in locations)
    return Script(*moved, whole())


def test_A42_five_hops_are_followed() -> None:
    """Absolute, relative and without a scheme; nothing but the plain request goes along."""
    script = hops("https://b.example/x", "/y", "../z", "//c.example/w?sig=1", "https://d.example:8443/")
    assert fetch(media_of(script))[1] == DATA
    assert [str(request.url) for request in script.requests[1:]] == [
        "https://b.example/x",
        "https://b.example/y",
        "https://b.example/z",
        "https://c.example/w?sig=1",
        "https://d.example:8443/",
    ]
    names = {name for request in script.requests for name in request.headers}
    assert names == {"host", "accept", "accept-encoding", "user-agent"}


@pytest.mark.parametrize(
    "location",
    [
        None,
        "",
        "http://b.example/x",
        "file:///etc/passwd",
        "ftp://b.example/",
        "http://169.254.169.254/latest/meta-data",
        "https://169.254.169.254/latest/meta-data",
        "https://user:pw@b.example/",
        "https://b.example:22/",
        "https://[::1]/",
        "https://2130706433/",
    ],
)
def test_A42_hops_that_are_not_followed(location: str | None) -> None:
    """Nowhere, in the clear, to files, to this machine or its network, with a user name: one request was made."""
    script = hops(location)
    assert type(failure(media_of(script))) is DamagedError
    assert len(script.requests) == 1


def test_A42_a_loop_ends() -> None:
    """After five hops."""
    script = Script(*(httpx.Response(307, headers={"location": URL}) for _ in range(9)))
    assert failure(media_of(script)).message == "the download was redirected more than 5 times"
    assert len(script.requests) == 6


def resolver(**names: tuple[str, ...]) -> Callable[[str, int], tuple[str, ...]]:
    """A resolver that knows these names, with dots for underscores."""
    known = {name.replace("_", "."): addresses for name, addresses in names.items()}
    return lambda host, _: known[host]


def test_D25_names_that_lead_inside() -> None:
    """One private address among several is enough; nothing is sent, on no hop."""
    outside = ("93.184.216.34",)
    lookup = resolver(
        media_example=(*outside, "10.0.0.7"), b_example=("127.0.0.1",), c_example=outside, hub_oxen_ai=outside
    )
    for script, url, sent in ((Script(), URL, 0), (hops("https://b.example/"), "https://c.example/", 1)):
        error = failure(media_of(script, resolve=lookup), url)
        assert (type(error), error.hint) == (DamagedError, "If that is right:  --allow-private-hosts")
        assert len(script.requests) == sent


def test_D25_private_addresses_where_they_belong() -> None:
    """By the flag, or when the API itself is there, by address or by name."""
    lookup = resolver(media_example=("10.0.0.7",), api_example=("10.0.0.8",), hub_oxen_ai=("93.184.216.34",))
    for settings in (
        {"allow_private": True},
        {"api": Origin("https", "10.0.0.1", 443)},
        {"api": Origin("https", "api.example", 443)},
    ):
        assert fetch(media_of(Script(whole()), resolve=lookup, **settings))[1] == DATA
    assert type(failure(media_of(Script(), resolve=lookup))) is DamagedError


def test_A42_link_local_addresses_only_where_the_api_is_link_local() -> None:
    """An API on loopback or in a private network does not open 169.254.169.254, written out or behind a name."""
    lookup = resolver(media_example=("169.254.169.254",), api_example=("10.0.0.8",))
    for api in (LOOPBACK, Origin("https", "10.0.0.1", 443), Origin("https", "api.example", 443)):
        for url in (URL, "https://169.254.169.254/latest", "https://[::ffff:169.254.169.254]/latest"):
            script = Script()
            error = failure(media_of(script, resolve=lookup, api=api), url)
            assert (type(error), script.requests) == (DamagedError, [])
    for settings in ({"allow_private": True}, {"api": Origin("https", "169.254.0.9", 443)}):
        assert fetch(media_of(Script(whole()), resolve=lookup, **settings))[1] == DATA


def test_D25_the_api_is_looked_up_anew_while_its_addresses_are_not_known() -> None:
    """A look-up that failed is not remembered, and a download that begins during another's look-up is not refused."""
    asked: list[str] = []

    def lookup(host: str, port: int) -> tuple[str, ...]:
        if host == "media.example":
            return ("10.0.0.7",)
        asked.append(host)
        if len(asked) == 1:
            raise TemporaryError(f"cannot resolve {host}")
        if len(asked) == 2:  # in the middle of it another download begins
            assert fetch(media)[1] == DATA
        return ("10.0.0.8",)

    script = Script(whole(), whole())
    media = media_of(script, resolve=lookup, api=Origin("https", "api.example", 443))
    assert type(failure(media)) is DamagedError
    assert fetch(media)[1] == DATA
    assert (len(script.requests), asked) == (2, ["api.example"] * 3)


def test_plain_http_beside_an_api_on_loopback() -> None:
    """And nowhere else."""
    assert fetch(media_of(Script(whole()), api=LOOPBACK), "http://127.0.0.1:8001/a")[1] == DATA
    assert type(failure(media_of(Script()), "http://127.0.0.1:8001/a")) is DamagedError
    assert type(failure(media_of(Script()), "https://localhost/a")) is DamagedError


def test_D24_data_urls() -> None:
    """No request at all."""
    stream, data = fetch(media_of(Script()), "data:image/png;base64,aGk=")
    assert (facts(stream), data) == ((200, 0, 2, None, "image/png"), b"hi")


def test_D25_the_connection_goes_to_the_vetted_address() -> None:
    """The name is resolved once, by us; the host header keeps it; an address that is down gives way to the next."""
    with Faultd(answer(http(body=DATA))) as server:
        asked: list[str] = []

        def lookup(host: str, port: int) -> tuple[str, ...]:
            asked.append(host)
            return ("127.0.0.3", "127.0.0.1")

        media = media_of(None, api=LOOPBACK, resolve=lookup)
        assert fetch(media, f"http://media.example:{server.port}/a")[1] == DATA
    assert asked == ["media.example"]
    assert server.seen[0].header("host") == f"media.example:{server.port}"


def test_D25_a_real_private_address_is_not_connected_to() -> None:
    """The API is elsewhere, so the server on loopback sees nothing."""
    lookup = resolver(hub_oxen_ai=("93.184.216.34",), localhost=("127.0.0.1",))
    with Faultd() as server:
        for host in ("127.0.0.1", "localhost"):
            error = failure(media_of(None, resolve=lookup), f"https://{host}:{server.port}/a")
            assert type(error) is DamagedError
    assert server.connections == 0


def test_A42_a_real_redirect_carries_nothing_over() -> None:
    """To another host on loopback, which sees no cookie, no token, no referer."""
    with Faultd(answer(http(body=DATA)), host="127.0.0.2") as other:
        cookie = [("Location", f"{other.url}/b"), ("Set-Cookie", "a=canary; Path=/")]
        with Faultd(answer(http("302 Found", headers=cookie))) as server:
            assert fetch(media_of(None, api=LOOPBACK), f"{server.url}/a")[1] == DATA
    names = {line.split(":")[0].lower() for line in other.seen[0].head.split("\r\n")[1:]}
    assert names == {"host", "accept", "accept-encoding", "user-agent"}


def test_A44_through_a_proxy_names_are_not_looked_up() -> None:
    """The proxy does that; addresses written out are still refused."""

    def lookup(host: str, port: int) -> tuple[str, ...]:
        raise AssertionError(host)

    with Faultd(answer(http("407 No"))) as proxy:
        media = media_of(None, resolve=lookup, env={"HTTPS_PROXY": proxy.url})
        assert failure(media, "https://media.example/a").exit_status == 3
        assert type(failure(media, "https://10.0.0.1/a")) is DamagedError
    assert [seen.line for seen in proxy.seen] == ["CONNECT media.example:443 HTTP/1.1"]
