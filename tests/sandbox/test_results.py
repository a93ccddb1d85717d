import httpx
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from inference_cli.sandbox.results import byte_range
from tests.support.offline import IMAGE, SMALL, VIDEO, Offline


@pytest.fixture
def url(offline: Offline) -> str:
    """A result that nobody has fetched yet."""
    answer = offline.post("/ai/images/generate", model=IMAGE, prompt="a fox", size=SMALL)
    return str(answer.json()["images"][0]["url"])


def kept(offline: Offline) -> list[str]:
    """The files of results in the folder."""
    return sorted(path.name for path in (offline.sandbox.status().folder / "media").glob("*"))


def test_a_result_is_made_on_the_first_get_and_kept(offline: Offline, url: str) -> None:
    """Never in a list; the second GET gives the same bytes from the same file."""
    offline.api.get("/ai/generations")
    assert kept(offline) == []
    first = offline.media.get(url)
    name = url.rsplit("/", maxsplit=1)[-1].split("?", maxsplit=1)[0]
    assert kept(offline) == [name]
    assert offline.media.get(url).content == first.content
    assert first.headers["etag"] == f'"{name.split(".")[0]}"'
    assert (first.headers["accept-ranges"], first.headers["content-length"]) == ("bytes", str(len(first.content)))


def test_head_has_the_headers_alone(offline: Offline, url: str) -> None:
    """With the size of the whole."""
    answer = offline.media.head(url)
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == len(offline.media.get(url).content)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cut=st.integers(0, 3000))
def test_a_download_resumed_anywhere_is_the_whole(offline: Offline, url: str, cut: int) -> None:
    """What was there and the range from there on are the file, byte for byte."""
    whole = offline.media.get(url)
    cut = min(cut, len(whole.content) - 1)
    rest = offline.media.get(url, headers={"Range": f"bytes={cut}-", "If-Range": whole.headers["etag"]})
    assert whole.content[:cut] + rest.content == whole.content
    size = len(whole.content)
    assert (rest.status_code, rest.headers["content-range"]) == (206, f"bytes {cut}-{size - 1}/{size}")


def test_another_etag_gets_the_whole(offline: Offline, url: str) -> None:
    """``If-Range`` with what is not this file."""
    assert offline.media.get(url, headers={"Range": "bytes=5-", "If-Range": '"other"'}).status_code == 200


def test_a_range_after_the_end_is_416(offline: Offline, url: str) -> None:
    """With the size, so that a client can tell whether it has everything."""
    size = len(offline.media.get(url).content)
    answer = offline.media.get(url, headers={"Range": f"bytes={size}-"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{size}")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("bytes=0-", (0, 10)),
        ("bytes=3-5", (3, 6)),
        ("bytes=3-99", (3, 10)),
        ("bytes=-4", (6, 10)),
        ("bytes=-99", (0, 10)),
        ("bytes=-", None),
        ("bytes=5-3", None),
        ("bytes=1-2,4-5", None),
        ("items=1-2", None),
        ("nonsense", None),
    ],
)
def test_what_a_range_header_asks_for(header: str | None, expected: tuple[int, int] | None) -> None:
    """One range of bytes; everything else counts as no header."""
    assert byte_range(header, 10) == expected


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_what_no_range_can_satisfy(header: str) -> None:
    """It begins after the end."""
    with pytest.raises(ValueError):
        byte_range(header, 10)


@given(header=st.from_regex(r"bytes=\d{0,3}-\d{0,3}", fullmatch=True), size=st.integers(1, 500))
def test_a_range_lies_within_the_file(header: str, size: int) -> None:
    """Whatever is asked, what is served exists and is not empty."""
    try:
        found = byte_range(header, size)
    except ValueError:
        return
    assert found is None or 0 <= found[0] < found[1] <= size


def refusal(answer: httpx.Response) -> tuple[int, str, str]:
    """Status, type and the error's code."""
    return answer.status_code, answer.headers["content-type"], answer.text.split("<Code>")[1].split("<")[0]


def test_a_url_expires_after_an_hour(offline: Offline, url: str) -> None:
    """403 in the storage's own XML; a fresh look at the generation has a fresh URL."""
    offline.time.now += 3_590
    assert offline.media.get(url).status_code == 200
    offline.time.now += 20
    assert refusal(offline.media.get(url)) == (403, "application/xml", "AccessDenied")
    assert "Request has expired" in offline.media.get(url).text
    fresh = offline.api.get("/ai/generations").json()["generations"][0]["result_url"]
    assert offline.media.get(fresh).status_code == 200


def test_a_forged_url_is_refused(offline: Offline, url: str) -> None:
    """And so is one without a signature."""
    assert refusal(offline.media.get(url + "0"))[2] == "SignatureDoesNotMatch"
    assert refusal(offline.media.get(url.split("?", maxsplit=1)[0]))[0] == 403


def test_a_reset_ends_every_url(offline: Offline, url: str) -> None:
    """The key has changed."""
    offline.sandbox.reset()
    assert refusal(offline.media.get(url))[2] == "SignatureDoesNotMatch"


def test_a_token_is_not_for_the_media_origin(offline: Offline, url: str) -> None:
    """As the storage does: a signed URL and an Authorization header exclude each other."""
    answer = offline.media.get(url, headers={"Authorization": "Bearer test-token"})
    assert refusal(answer) == (400, "application/xml", "InvalidArgument")


def test_the_media_origin_has_no_api_and_the_api_no_media(offline: Offline, url: str) -> None:
    """The host decides."""
    assert offline.media.get("https://media.sandbox.invalid/api/ai/models").status_code == 404
    assert offline.api.get(url.replace("media.", "api.")).status_code == 404


def test_what_is_not_there_is_404(offline: Offline) -> None:
    """A good signature for nothing: a recipe or an input that was forgotten."""
    world = offline.sandbox._world
    for missing in (world.result_url("0" * 32 + ".png"), world.input_url("0" * 64)):
        assert refusal(offline.media.get(missing)) == (404, "application/xml", "NoSuchKey")
    assert offline.media.get("https://media.sandbox.invalid/inputs/x").status_code == 403


def test_a_name_with_another_extension_is_404(offline: Offline, url: str) -> None:
    """The extension belongs to the name."""
    name = url.rsplit("/", maxsplit=1)[-1].split(".", maxsplit=1)[0]
    assert offline.media.get(offline.sandbox._world.result_url(f"{name}.mp4")).status_code == 404


def test_results_made_from_results_are_made_in_order(offline: Offline, url: str) -> None:
    """A film over a picture that nobody fetched renders the picture first."""
    answer = offline.post("/ai/videos/generate", model=VIDEO, prompt="x", image=url, resolution="128p", duration=5)
    offline.media.get(answer.json()["videos"][0]["url"])
    assert sorted(name.split(".")[1] for name in kept(offline)) == ["mp4", "png"]
