import base64
import io

import av
import pytest

from inference_cli.sandbox.catalogue import published
from inference_cli.sandbox.inputs import InputError, decode_data_url, find
from inference_cli.sandbox.signing import Verdict
from tests.support.offline import EDIT, IMAGE, MOVE, SHOTS, VIDEO, Offline, data_url, silence

SPEAK = "ltx-2-3-pro-22b-audio-to-video"


def edit(offline: Offline, url: object) -> tuple[int, str]:
    """Status and detail of an edit of an input."""
    answer = offline.post("/ai/images/edit", model=EDIT, prompt="x", input_image=url)
    return answer.status_code, answer.json().get("error", {}).get("detail", "")


def test_where_inputs_are_found() -> None:
    """By the schema's own mark, nested too; a text beside them is none."""
    entry = published().get(SHOTS)
    assert entry is not None
    body = {
        "prompt": "https://example.com/not-an-input",
        "start_image_url": "data:a",
        "elements": [{"frontal_image_url": "data:b", "reference_image_urls": ["data:c"], "name": "a fox"}],
        "input_image": ["data:d", 7],
    }
    assert list(find(entry, body)) == [
        ("start_image_url", "image", "data:a"),
        ("elements", "image", "data:b"),
        ("elements", "image", "data:c"),
        ("input_image", "image", "data:d"),
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [("data:,a%20b", b"a b"), ("data:text/plain;base64,YQ==", b"a"), ("data:image/png;base64,", b"")],
)
def test_data_urls(url: str, expected: bytes) -> None:
    """Base64 or percent-encoded."""
    assert decode_data_url(url) == expected


@pytest.mark.parametrize("url", ["data:image/png;base64", "data:;base64,a", "data:;base64,@@@@"])
def test_damaged_data_urls(url: str) -> None:
    """Said so."""
    with pytest.raises(InputError, match="damaged"):
        decode_data_url(url)


@pytest.mark.parametrize(
    ("url", "detail"),
    [
        ("data:;base64,@", "input_image: the data: URL is damaged"),
        ("blob:../../etc/passwd", "input_image: the file is not there any more"),
        ("blob:" + "0" * 64, "input_image: the file is not there any more"),
        (
            "http://127.0.0.1:9/a.png",
            "input_image: the file could not be fetched: the sandbox has no network, give it a data: URL",
        ),
        (
            "https://media.sandbox.invalid/results/x.png",
            f"input_image: the file could not be fetched: {Verdict.FORGED.value}",
        ),
        ("data:text/plain;base64,aGVsbG8=", "input_image: the file is not a picture that can be decoded"),
    ],
)
def test_what_is_no_input(offline: Offline, url: str, detail: str) -> None:
    """Each with the parameter's name and the reason."""
    assert edit(offline, url) == (400, detail)


def test_an_expired_url_of_the_sandbox_is_no_input(offline: Offline) -> None:
    """It must be good when the generation runs."""
    url = offline.post("/ai/images/generate", model=IMAGE, prompt="x").json()["images"][0]["url"]
    offline.time.now += 4000
    assert edit(offline, url) == (400, "input_image: the file could not be fetched: Request has expired")


def test_a_queued_input_needs_to_be_good_only_when_it_runs(offline: Offline) -> None:
    """However late somebody looks."""
    url = offline.post("/ai/images/generate", model=IMAGE, prompt="x").json()["images"][0]["url"]
    (identity,) = offline.enqueue(EDIT, input_image=url)
    offline.time.now += 80_000
    assert offline.row(identity)["status"] == "succeeded"


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/a", "http://example.com/a", "http://[::1", "nonsense"])
def test_serving_fetches_from_this_machine_only(offline: Offline, open_sandbox: object, url: str) -> None:
    """And by http only."""
    assert callable(open_sandbox)
    serving = open_sandbox(name="serving", fetch_loopback=True)
    assert edit(serving, url)[0] == 400


def test_a_sound_gives_the_film_a_track(offline: Offline) -> None:
    """An input sound is decoded, and asks for audio where no parameter does."""
    entry = next(
        entry
        for entry in published().all()
        if any(part.get("x-media") == "audio" for part in entry.properties.values())
        and entry.media_type == "video"
        and "generate_audio" not in entry.properties
        and (entry.schema or {}).get("required") == ["prompt"]
    )
    name = next(name for name, part in entry.properties.items() if part.get("x-media") == "audio")
    value = [silence()] if entry.properties[name]["type"] == "array" else silence()
    answer = offline.post(
        "/ai/videos/generate",
        model=entry.id,
        prompt="x",
        width=128,
        height=72,
        duration=entry.properties.get("duration", {}).get("default", 5),
        **{name: value},
    )
    assert answer.status_code == 200, answer.text
    content = offline.media.get(answer.json()["videos"][0]["url"]).content
    with av.open(io.BytesIO(content), mode="r") as container:
        assert container.streams.audio


def test_a_picture_of_absurd_size_is_refused(offline: Offline) -> None:
    """Before it is decoded."""
    picture = base64.b64decode(data_url().split(",")[1])
    absurd = picture[:16] + (50_000).to_bytes(4, "big") * 2 + picture[24:]
    url = f"data:image/png;base64,{base64.b64encode(absurd).decode()}"
    assert edit(offline, url)[0] == 400


def test_the_first_frame_is_what_the_film_moves_over(offline: Offline) -> None:
    """Whatever else is given; the recipe names it by its bytes."""
    answer = offline.post("/ai/videos/generate", model=MOVE, prompt="x", input_image=data_url())
    digest = answer.json()["videos"][0]["url"].split("/")[-1].split(".")[0]
    recipe = offline.sandbox._world.store.recipe(digest)
    assert recipe is not None
    assert recipe["source"].startswith("blob:")
    assert recipe["parameters"] == {}


def test_a_film_given_inside_the_request(offline: Offline) -> None:
    """It is decoded; the result has its shape and length."""
    body = {"model": VIDEO, "prompt": "waves", "width": 128, "height": 72, "num_frames": 24, "duration": 5}
    url = offline.post("/ai/videos/generate", **body).json()["videos"][0]["url"]
    film = base64.b64encode(offline.media.get(url).content).decode()
    upscale = "topazlabs-upscale-starlight-2-5-video"
    answer = offline.post("/ai/videos/generate", model=upscale, input_video=f"data:video/mp4;base64,{film}")
    digest = answer.json()["videos"][0]["url"].split("/")[-1].split(".", 1)[0]
    recipe = offline.sandbox._world.store.recipe(digest)
    assert recipe is not None
    assert (recipe["width"] / recipe["height"], recipe["duration"]) == (pytest.approx(16 / 9, abs=0.01), 5.0)


def test_a_damaged_input_of_the_queue_fails_when_it_runs(offline: Offline) -> None:
    """The request is accepted as it is."""
    (identity,) = offline.enqueue(EDIT, input_image="data:;base64,@")
    row = offline.ended(identity)
    assert row["error_message"] == "invalid_file_input: input_image: the data: URL is damaged"
    assert row["input_image"] == "data:;base64,@"
