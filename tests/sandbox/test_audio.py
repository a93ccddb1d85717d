import base64
import io
from typing import Any

import av
import httpx
import pytest

from inference_cli.sandbox.voice import seconds
from tests.support.offline import EDIT, IMAGE, Offline, Open, data_url, silence

SPEECH = "bytedance-seed-audio-1-0"
LISTEN = "gpt-audio"
TEXT = "The quick brown fox jumps over the lazy dog."
SECONDS = seconds(TEXT)


def length(content: bytes) -> tuple[str, int, float]:
    """The container, the rate and the decoded seconds of a sound."""
    with av.open(io.BytesIO(content), mode="r") as container:
        frames = list(container.decode(audio=0))
        rate = frames[0].sample_rate
        return container.format.name, rate, sum(frame.samples for frame in frames) / rate


@pytest.mark.parametrize("path", ["/ai/audio/generate", "/ai/audio/speech"])
def test_a_text_is_spoken_behind_a_url_of_another_origin(offline: Offline, path: str) -> None:
    """MP3 at 24 kHz unless something else is asked; the price is taken from the credits."""
    answer = offline.post(path, model=SPEECH, prompt=TEXT)
    url = answer.json()["audios"][0]["url"]
    assert answer.json() == {"model": SPEECH, "created": 1_790_000_000, "audios": [{"url": url}]}
    result = offline.media.get(url)
    assert (result.status_code, result.headers["content-type"]) == (200, "audio/mpeg")
    kind, rate, lasting = length(result.content)
    assert (kind, rate) == ("mp3", 24000)
    assert lasting == pytest.approx(SECONDS, abs=0.03)
    assert offline.credits() == "99.990000"
    assert offline.time.slept == [pytest.approx(0.6)]


@pytest.mark.parametrize(
    ("asked", "extension", "mime", "heard"),
    [
        ("wav", "wav", "audio/wav", ("wav", 16000)),
        ("mp3", "mp3", "audio/mpeg", ("mp3", 16000)),
        ("ogg_opus", "ogg", "audio/ogg", ("ogg", 48000)),
    ],
)
def test_the_asked_format_is_delivered(
    offline: Offline, asked: str, extension: str, mime: str, heard: tuple[str, int]
) -> None:
    """The URL's extension, the type and the bytes agree; a HEAD and a range work as with pictures."""
    answer = offline.post("/ai/audio/speech", model=SPEECH, prompt=TEXT, output_format=asked, sample_rate=16000)
    url = answer.json()["audios"][0]["url"]
    result = offline.media.get(url)
    assert f".{extension}?" in url
    assert (result.headers["content-type"], length(result.content)[:2]) == (mime, heard)
    part = offline.media.get(url, headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, result.content[10:20])


def test_raw_samples(offline: Offline) -> None:
    """PCM has no header: 16 bits each, mono."""
    answer = offline.post(
        "/ai/audio/generate", model=SPEECH, prompt="hi", output_format="pcm", sample_rate=8000, speed=2, pitch=3
    )
    result = offline.media.get(answer.json()["audios"][0]["url"])
    assert (result.headers["content-type"], len(result.content)) == ("audio/pcm", 16000)


def test_inline_answers_hold_the_same_bytes_as_the_url(offline: Offline) -> None:
    """With ``b64_json`` the sound is inside the answer."""
    body = {"model": SPEECH, "prompt": TEXT, "seed": 7, "output_format": "wav"}
    url = offline.post("/ai/audio/generate", **body).json()["audios"][0]["url"]
    inline = offline.post("/ai/audio/generate", **body, response_format="b64_json").json()
    assert list(inline) == ["model", "created", "audios"]
    assert base64.b64decode(inline["audios"][0]["b64_json"]) == offline.media.get(url).content


def test_other_parameters_make_another_sound(offline: Offline) -> None:
    """Each has a name of its own; the same request with a seed has the same one."""

    def name(**body: Any) -> str:
        answer = offline.post("/ai/audio/generate", model=SPEECH, prompt=TEXT, seed=1, **body)
        return str(answer.json()["audios"][0]["url"].split("?")[0])

    changes: list[dict[str, Any]] = [{}, {"speed": 1.5}, {"volume": 0.5}, {"pitch": 2}, {"audio_urls": [silence()]}]
    changes.append({"image_url": data_url()})
    assert len({name(**change) for change in changes}) == len(changes)
    assert name() == name()


def test_a_sound_of_the_sandbox_is_an_input_of_the_next(offline: Offline) -> None:
    """A voice to follow, or what a film is made for."""
    url = offline.post("/ai/audio/generate", model=SPEECH, prompt=TEXT).json()["audios"][0]["url"]
    assert offline.post("/ai/audio/generate", model=SPEECH, prompt="x", audio_urls=[url]).status_code == 200
    assert offline.post("/ai/videos/generate", model="ltx-2-3-pro-audio-to-video", input_audio=url).status_code == 200


def _refused(offline: Offline, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
    answer = offline.post(path, **body)
    return answer.status_code, answer.json()


def _error(detail: str, kind: str = "invalid_params", title: str = "Invalid parameters") -> dict[str, Any]:
    return {
        "error": {"type": kind, "title": title, "detail": detail},
        "status": "error",
        "status_message": kind,
        "status_description": detail,
    }


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({}, "You must specify a model to call"),
        ({"model": SPEECH}, "Prompt cannot be empty"),
        (
            {"model": SPEECH, "prompt": "x", "output_format": "flac", "speed": 3, "pitch": 0.5},
            "output_format: must be one of wav, mp3, pcm, ogg_opus; speed: must be at most 2.0; pitch: must be an integer",
        ),
        (
            {"model": SPEECH, "prompt": "x", "sample_rate": 11025},
            "sample_rate: must be one of 8000, 16000, 24000, 32000, 44100, 48000",
        ),
        ({"model": SPEECH, "prompt": "x", "response_format": "mp3"}, "response_format must be url or b64_json"),
        ({"model": IMAGE, "prompt": "x"}, f"Model {IMAGE} does not support audio generation"),
        ({"model": LISTEN, "prompt": "x"}, f"Model {LISTEN} does not support audio generation"),
    ],
)
def test_what_is_refused(offline: Offline, body: dict[str, Any], detail: str) -> None:
    """400 in the contract's shape, and nothing is charged."""
    assert _refused(offline, "/ai/audio/generate", **body) == (400, _error(detail))
    assert offline.credits() == "100.000000"


def test_a_failure_on_demand_is_refunded(offline: Offline) -> None:
    """As with pictures."""
    assert offline.post("/ai/audio/generate", model=SPEECH, prompt="x sandbox:fail").status_code == 400
    assert offline.credits() == "100.000000"


@pytest.mark.parametrize("name", ["generate", "speech", "transcriptions"])
def test_the_older_generation_has_no_audio(open_sandbox: Open, name: str) -> None:
    """404 on its own paths, and on the current ones where only it answers."""
    both, older = open_sandbox(), open_sandbox(name="older", api="2026-04")
    assert both.post(f"/audio/{name}", model=SPEECH, prompt="x").status_code == 404
    assert older.post(f"/ai/audio/{name}", model=SPEECH, prompt="x").status_code == 404


@pytest.mark.parametrize("model", [SPEECH, LISTEN])
def test_the_queue_takes_no_sound(offline: Offline, model: str) -> None:
    """As it takes no text."""
    assert _refused(offline, "/ai/queue", model=model, prompt="x") == (400, _error(":unsupported_media_type"))


def _sentence(kind: str, lasting: float) -> dict[str, str]:
    return {"text": f"Sandbox transcript of a {kind} sound of {lasting:.1f} seconds; nobody listened to it."}


@pytest.mark.parametrize("model", [LISTEN, "gemini-3-1-pro-preview"])
@pytest.mark.parametrize("name", ["audio_url", "input_audio", "file"])
def test_a_transcript_says_what_was_given(offline: Offline, model: str, name: str) -> None:
    """Kind and length, decoded; priced by the token, it costs nothing here."""
    answer = offline.post("/ai/audio/transcriptions", model=model, **{name: silence()})
    assert (answer.status_code, answer.json()) == (200, _sentence("WAV", 0.5))
    assert offline.credits() == "100.000000"
    assert offline.time.slept == [pytest.approx(0.6)]


@pytest.mark.parametrize(("asked", "kind"), [("mp3", "MP3"), ("wav", "WAV"), ("ogg_opus", "Ogg"), ("pcm", "PCM")])
def test_a_sound_of_the_sandbox_is_transcribed(offline: Offline, asked: str, kind: str) -> None:
    """By its URL; and, but for raw samples, as a data: URL of the same length."""
    made = offline.post("/ai/audio/generate", model=SPEECH, prompt=TEXT, output_format=asked)
    url = made.json()["audios"][0]["url"]
    answer = offline.post("/ai/audio/transcriptions", model=LISTEN, audio_url=url)
    assert answer.json() == _sentence(kind, SECONDS)
    if asked != "pcm":
        inside = base64.b64encode(offline.media.get(url).content).decode()
        again = offline.post("/ai/audio/transcriptions", model=LISTEN, audio_url=f"data:;base64,{inside}")
        assert again.json() == answer.json()


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"model": SPEECH}, f"Model {SPEECH} does not support audio transcription"),
        ({"model": EDIT}, f"Model {EDIT} does not support audio transcription"),
        ({"model": LISTEN}, "exactly one of audio_url or file or input_audio must be given"),
        (
            {"model": LISTEN, "file": silence(), "audio_url": silence()},
            "exactly one of audio_url or file or input_audio must be given",
        ),
        ({"model": LISTEN, "file": 7}, "file: must be a string"),
        (
            {"model": LISTEN, "file": silence(), "prompt": "sandbox:refuse"},
            "The request was refused, as its prompt asked",
        ),
        (
            {"model": LISTEN, "file": silence(), "prompt": "sandbox:moderation"},
            "The request was blocked by the content policy of the model's provider",
        ),
    ],
)
def test_what_can_not_be_transcribed(offline: Offline, body: dict[str, Any], detail: str) -> None:
    """400 in the contract's shape."""
    assert _refused(offline, "/ai/audio/transcriptions", **body) == (400, _error(detail))


def test_a_transcription_fails_on_demand(offline: Offline) -> None:
    """A gateway's page, or an error that nobody knows."""
    body = {"model": LISTEN, "file": silence()}
    assert offline.post("/ai/audio/transcriptions", **body, prompt="sandbox:502").status_code == 502
    answer = offline.post("/ai/audio/transcriptions", **body, prompt="sandbox:fail")
    assert (answer.status_code, answer.json()["error"]["type"]) == (400, "unknown_error")


def test_a_connection_drops_after_the_sound_was_read(offline: Offline) -> None:
    """As with every other paid request."""
    with pytest.raises(httpx.RemoteProtocolError):
        offline.post("/ai/audio/transcriptions", model=LISTEN, file=silence(), prompt="sandbox:drop")


def test_a_sound_that_is_damaged_further_on_is_refused(offline: Offline) -> None:
    """Its first frame can be decoded, a later one not."""
    made = offline.post("/ai/audio/generate", model=SPEECH, prompt=TEXT, response_format="b64_json")
    content = bytearray(base64.b64decode(made.json()["audios"][0]["b64_json"]))
    content[len(content) // 2 :] = b"\xff\xfb" * (len(content) // 4)
    damaged = f"data:audio/mpeg;base64,{base64.b64encode(content).decode()}"
    error = _error("audio_url: the sound cannot be decoded to its end", "invalid_file_input", "Invalid file input")
    assert _refused(offline, "/ai/audio/transcriptions", model=LISTEN, audio_url=damaged) == (400, error)


def test_what_is_no_sound_is_refused_by_name(offline: Offline) -> None:
    """A picture, inside the request or of the sandbox, or something far away."""
    picture = offline.post("/ai/images/generate", model=IMAGE, prompt="x").json()["images"][0]["url"]
    expected = {
        data_url(): "audio_url: the file is not a sound that can be decoded",
        picture: "audio_url: the file is not a sound",
        "https://example.com/a.wav": "audio_url: the file could not be fetched: the sandbox has no network, give it a data: URL",
    }
    for url, detail in expected.items():
        error = _error(detail, "invalid_file_input", "Invalid file input")
        assert _refused(offline, "/ai/audio/transcriptions", model=LISTEN, audio_url=url) == (400, error)
