import io

import av
import pytest

from tests.support.offline import IMAGE, MOVE, SHOTS, VIDEO, Offline, data_url

UPSCALE = "topazlabs-upscale-starlight-2-5-video"
TINY = {"width": 128, "height": 72, "duration": 5}
"""Width and height are in no schema of these models: the sandbox honours them, and films stay cheap in tests."""


def film(content: bytes) -> tuple[int, int, float, bool]:
    """Width, height, seconds and whether there is sound."""
    with av.open(io.BytesIO(content), mode="r") as container:
        stream = container.streams.video[0]
        seconds = float((container.duration or 0) / av.time_base)
        return stream.width, stream.height, round(seconds, 1), bool(container.streams.audio)


@pytest.mark.parametrize("path", ["/ai/videos/generate", "/videos/generate"])
def test_a_film_is_made_at_once(offline: Offline, path: str) -> None:
    """The answer has one URL, the URL an MP4 of the asked length with the asked sound; it takes a second."""
    answer = offline.post(path, model=VIDEO, prompt="waves", generate_audio=True, **TINY)
    url = answer.json()["videos"][0]["url"]
    assert answer.json() == {"model": VIDEO, "created": 1_790_000_001, "videos": [{"url": url}]}
    result = offline.media.get(url)
    assert result.headers["content-type"] == "video/mp4"
    assert film(result.content) == (128, 72, 5.0, True)


def test_a_film_moves_over_its_input_picture(offline: Offline) -> None:
    """Its shape is the picture's."""
    answer = offline.post(
        "/ai/videos/generate", model=MOVE, prompt="waves", input_image=data_url(90, 160), resolution="128p"
    )
    assert film(offline.media.get(answer.json()["videos"][0]["url"]).content) == (128, 228, 5.0, False)


def test_shots_follow_each_other_and_end_in_the_last_frame(offline: Offline) -> None:
    """The film is as long as its shots together."""
    shots = [{"prompt": "a fox", "duration": 1}, {"prompt": "a bird", "duration": 2}]
    answer = offline.post(
        "/ai/videos/generate",
        model=SHOTS,
        multi_prompt=shots,
        width=128,
        height=72,
        start_image_url=data_url(),
        tail_image_url=data_url(color="blue"),
        elements=[{"frontal_image_url": data_url(color="red")}],
    )
    assert film(offline.media.get(answer.json()["videos"][0]["url"]).content) == (128, 72, 3.0, False)


def test_a_film_is_made_from_a_film_of_the_sandbox(offline: Offline) -> None:
    """The input is made first; the length and shape are the input's."""
    first = offline.post("/ai/videos/generate", model=VIDEO, prompt="waves", **TINY).json()["videos"][0]["url"]
    answer = offline.post("/ai/videos/generate", model=UPSCALE, input_video=first, width=128, height=72)
    assert answer.status_code == 200, answer.text
    assert film(offline.media.get(answer.json()["videos"][0]["url"]).content)[:3] == (128, 72, 5.0)


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"prompt": "x", "multi_prompt": [{"prompt": "y"}]}, "Cannot provide both 'prompt' and 'multi_prompt'."),
        ({}, "Either 'prompt' or 'multi_prompt' must be provided."),
    ],
)
def test_prompt_and_shots_exclude_each_other(offline: Offline, body: dict[str, object], detail: str) -> None:
    """Never both, never neither; the current API says so after a prefix."""
    current = offline.post("/ai/videos/generate", model=SHOTS, **body)
    prefix = "Getting model response error: 422 - Value error, "
    assert (current.status_code, current.json()["error"]["detail"]) == (400, prefix + detail)
    older = offline.post("/videos/generate", model=SHOTS, **body)
    assert (older.status_code, older.json()) == (400, {"error": {"message": detail}})


def test_an_image_model_makes_no_film(offline: Offline) -> None:
    """400, and nothing is charged."""
    answer = offline.post("/ai/videos/generate", model=IMAGE, prompt="x")
    assert answer.json()["error"]["detail"] == f"Model {IMAGE} does not support video generation"
    assert offline.credits() == "100.000000"


def test_a_picture_is_no_film(offline: Offline) -> None:
    """An input of the wrong kind is refused by name, whether it came inside or as a result of the sandbox."""
    picture = offline.post("/ai/images/generate", model=IMAGE, prompt="x").json()["images"][0]["url"]
    for url in (picture, data_url().replace("png", "mp4")[:60]):
        answer = offline.post("/ai/videos/generate", model=UPSCALE, input_video=url)
        assert (answer.status_code, answer.json()["error"]["type"]) == (400, "invalid_file_input")
