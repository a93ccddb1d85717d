import base64
import io
from typing import Any

import pytest
from PIL import Image

from tests.support.offline import EDIT, IMAGE, SMALL, TEXT, VIDEO, Offline, data_url


def test_a_picture_is_made_at_once_and_lies_behind_a_url_of_another_origin(offline: Offline) -> None:
    """The answer names the model, when, and one URL of the media origin; the URL gives a PNG of the asked size."""
    answer = offline.post("/ai/images/generate", model=IMAGE, prompt="a fox", size=SMALL)
    url = answer.json()["images"][0]["url"]
    assert answer.json() == {"model": IMAGE, "created": 1_790_000_000, "images": [{"url": url}]}
    assert url.startswith("https://media.sandbox.invalid/results/")
    result = offline.media.get(url)
    picture = Image.open(io.BytesIO(result.content))
    assert (result.status_code, result.headers["content-type"]) == (200, "image/png")
    assert (picture.format, picture.size) == ("PNG", (64, 64))


def test_a_direct_call_takes_as_long_as_the_generation_would(offline: Offline) -> None:
    """It is processed for 0.6 seconds of the sandbox's time, without a queue."""
    offline.post("/ai/images/generate", model=IMAGE, prompt="a fox", size=SMALL)
    assert offline.time.slept == [pytest.approx(0.6)]


@pytest.mark.parametrize("path", ["/ai/images/generate", "/images/generate"])
def test_both_generations_have_the_route(offline: Offline, path: str) -> None:
    """The current path and that of 2026-04 give the same picture."""
    assert offline.post(path, model=IMAGE, prompt="a fox", seed=7).status_code == 200


def test_the_same_request_has_the_same_picture_and_another_seed_another(offline: Offline) -> None:
    """What decides the bytes is in the recipe: model, prompt, seed, parameters."""

    def picture(seed: int) -> str:
        answer = offline.post("/ai/images/generate", model=IMAGE, prompt="a fox", seed=seed)
        return str(answer.json()["images"][0]["url"].split("?")[0])

    assert picture(1) == picture(1)
    assert picture(1) != picture(2)


def test_inline_answers_hold_the_same_bytes_as_the_url(offline: Offline) -> None:
    """With ``b64_json`` the picture is inside the answer, which is one JSON document."""
    body = {"model": IMAGE, "prompt": "a fox", "size": SMALL, "seed": 7}
    url = offline.post("/ai/images/generate", **body).json()["images"][0]["url"]
    inline = offline.post("/ai/images/generate", **body, response_format="b64_json", n=2).json()
    assert list(inline) == ["model", "created", "images"]
    assert base64.b64decode(inline["images"][0]["b64_json"]) == offline.media.get(url).content
    assert len(inline["images"]) == 2


def test_several_pictures_of_one_request_differ(offline: Offline) -> None:
    """``n`` counts outputs; each has a seed of its own."""
    images = offline.post("/ai/images/generate", model=IMAGE, prompt="a fox", n=3).json()["images"]
    assert len({image["url"].split("?")[0] for image in images}) == 3


@pytest.mark.parametrize("asked", ["jpg", "webp"])
def test_the_asked_format_is_delivered(offline: Offline, asked: str) -> None:
    """The URL's extension and the bytes are of that format."""
    answer = offline.post("/ai/images/generate", model=IMAGE, prompt="a fox", size=SMALL, output_format=asked)
    url = answer.json()["images"][0]["url"]
    assert f".{asked}?" in url
    assert Image.open(io.BytesIO(offline.media.get(url).content)).format == {"jpg": "JPEG", "webp": "WEBP"}[asked]


def test_an_edit_works_on_the_picture_that_it_was_given(offline: Offline) -> None:
    """A data: URL, or a result of the sandbox itself; the size is the input's own."""
    made = offline.post("/ai/images/edit", model=EDIT, prompt="make it night", input_image=data_url(96, 64))
    url = made.json()["images"][0]["url"]
    assert Image.open(io.BytesIO(offline.media.get(url).content)).size == (96, 64)
    again = offline.post("/images/edit", model=EDIT, prompt="make it day", input_image=url)
    result = offline.media.get(again.json()["images"][0]["url"])
    assert Image.open(io.BytesIO(result.content)).size == (96, 64)


def test_an_edit_by_the_names_of_the_openapi_document(offline: Offline) -> None:
    """``image`` and ``mask`` are understood whatever the schema calls them, on a model that edits or not."""
    url = data_url()
    answer = offline.post("/ai/images/edit", model=IMAGE, prompt="red", image=url, mask=url, size=SMALL)
    assert offline.media.get(answer.json()["images"][0]["url"]).status_code == 200


def _refused(offline: Offline, path: str = "/ai/images/generate", **body: Any) -> tuple[int, str, str]:
    answer = offline.post(path, **body)
    error = answer.json()["error"]
    return answer.status_code, error["type"], error["detail"]


def test_what_does_not_fit_the_model_is_refused_at_once(offline: Offline) -> None:
    """400 with a sentence for each fault; nothing is charged."""
    assert _refused(offline, model=IMAGE, prompt="a fox", aspect_ratio="7:3", num_inference_steps=99) == (
        400,
        "invalid_params",
        "aspect_ratio: must be one of 1:1, 16:9, 9:16, 4:3, 3:4; num_inference_steps: must be at most 50",
    )
    assert offline.credits() == "100.000000"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, "invalid_params", "You must specify a model to call")),
        ({"model": "nobody"}, (404, "resource_not_found", "Model not found: nobody")),
        ({"model": IMAGE}, (400, "invalid_params", "Prompt cannot be empty")),
        ({"model": IMAGE, "prompt": "  "}, (400, "invalid_params", "Prompt cannot be empty")),
        ({"model": IMAGE, "prompt": 7}, (400, "invalid_params", "prompt: must be a string")),
        ({"model": TEXT, "prompt": "x"}, (400, "invalid_params", f"Model {TEXT} does not support image generation")),
        ({"model": VIDEO, "prompt": "x"}, (400, "invalid_params", f"Model {VIDEO} does not support image generation")),
        (
            {"model": IMAGE, "prompt": "x", "response_format": "png"},
            (400, "invalid_params", "response_format must be url or b64_json"),
        ),
        (
            {"model": IMAGE, "prompt": "x", "target_repo": 1},
            (400, "invalid_params", "target_repo must be a string"),
        ),
        (
            {"model": IMAGE, "prompt": "x", "n": 11},
            (400, "invalid_params", "the number of images must be an integer between 1 and 10"),
        ),
        (
            {"model": IMAGE, "prompt": "x", "input_image": ["data:image/png;base64,AAAA"]},
            (400, "invalid_file_input", "input_image: the file is not a picture that can be decoded"),
        ),
    ],
)
def test_what_is_refused(offline: Offline, body: dict[str, Any], expected: tuple[int, str, str]) -> None:
    """Each bad request has the contract's status, type and text."""
    assert _refused(offline, **body) == expected


def test_an_edit_without_a_picture_is_refused(offline: Offline) -> None:
    """Also where the model itself could do without."""
    answer = _refused(offline, "/ai/images/edit", model=IMAGE, prompt="x")
    assert answer == (400, "invalid_params", "input_image: is required")


@pytest.mark.parametrize("content", [b"{", b"[]", b"null", b"\xff"])
def test_a_body_that_is_no_object_is_refused(offline: Offline, content: bytes) -> None:
    """Whatever it is instead."""
    assert offline.api.post("/ai/images/generate", content=content).status_code == 400


def test_the_older_generation_says_it_in_its_own_shape(offline: Offline) -> None:
    """There an error has a message and nothing else."""
    answer = offline.post("/images/generate", model="nobody", prompt="x")
    assert (answer.status_code, answer.json()) == (404, {"error": {"message": "Model not found: nobody"}})


def test_null_parameters_count_as_not_given(offline: Offline) -> None:
    """A client may send null for what it leaves to the model."""
    answer = offline.post("/ai/images/generate", model=IMAGE, prompt="a fox", aspect_ratio=None, n=None)
    assert answer.status_code == 200
