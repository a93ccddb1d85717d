import base64
import io
from typing import Any

import pytest
from PIL import Image

from tests.support.chatting import CURRENT, HEARS, OLDER, SEES_FILMS, as_url, ask, clip, pdf, refused, send, text_of
from tests.support.offline import EDIT, IMAGE, SMALL, Offline, Open, data_url, silence

TEXT_PART = {"type": "text", "text": "What is it?"}


def seen(offline: Offline, kind: str, url: str, **body: Any) -> str:
    """What is said of something attached."""
    return text_of(offline, [part(kind, url), TEXT_PART], **body).rpartition("\n- ")[2]


def part(kind: str, url: str) -> dict[str, Any]:
    """A part of a content."""
    if kind == "file":
        return {"type": "file", "file": {"filename": "a.pdf", "file_data": url}}
    return {"type": f"{kind}_url", f"{kind}_url": {"url": url}}


def encoded(image: Image.Image, form: str = "PNG", **options: Any) -> str:
    """A picture as a data: URL, of a kind that its address does not tell."""
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return as_url(stream.getvalue(), "application/octet-stream")


def test_a_picture_is_really_looked_at(offline: Offline) -> None:
    """Its kind by its bytes, its size, its colours by area."""
    image = Image.new("RGB", (300, 200), "orange")
    image.paste("navy", (0, 0, 100, 200))
    assert seen(offline, "image", encoded(image)) == (
        "image: PNG, 300 x 200 pixels, mainly orange 67%, blue 33%, no transparency"
    )
    assert seen(offline, "image", encoded(Image.new("L", (8, 9), 200), "JPEG")) == (
        "image: JPEG, 8 x 9 pixels, mainly grey 100%, no transparency"
    )


def test_transparency_and_frames(offline: Offline) -> None:
    """Colours are those that can be seen."""
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((255, 0, 0, 255), (0, 0, 40, 10))
    assert seen(offline, "image", encoded(image, "WEBP", lossless=True)) == (
        "image: WEBP, 40 x 40 pixels, mainly red 100%, 75% transparent"
    )
    assert seen(offline, "image", encoded(Image.new("RGBA", (4, 4), (9, 9, 9, 0)))) == (
        "image: PNG, 4 x 4 pixels, nothing to be seen, 100% transparent"
    )
    frames = [Image.new("RGB", (10, 10), colour) for colour in ("red", "blue", "green")]
    film = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert seen(offline, "image", film) == "image: GIF, 10 x 10 pixels, 3 frames, mainly red 100%, no transparency"


def test_a_pdf(offline: Offline) -> None:
    """Its pages and its title."""
    assert seen(offline, "file", as_url(pdf(), "application/pdf")) == "file: PDF, 3 pages, titled “On foxes”"


def test_a_sound(offline: Offline) -> None:
    """By address, and as OpenAI's clients send it."""
    expected = "audio: WAV, 0.5 seconds, 8000 Hz, mono"
    assert seen(offline, "audio", silence(), model=HEARS) == expected
    inner = {"data": silence().partition(",")[2], "format": "wav"}
    text = text_of(offline, [{"type": "input_audio", "input_audio": inner}, TEXT_PART], model=HEARS)
    assert text.endswith(expected)


def test_a_film(offline: Offline) -> None:
    """Length, size, and whether there is sound."""
    facts = seen(offline, "video", as_url(clip(), "video/mp4"), model=SEES_FILMS)
    assert facts == "video: MP4, 1.0 seconds, 64 x 48 pixels, 10 frames, without sound"


def test_what_was_attached_earlier_is_still_seen(offline: Offline) -> None:
    """As long as it is sent; each counts among the tokens of the request."""
    talk = [
        {"role": "user", "content": [part("image", data_url()), TEXT_PART]},
        {"role": "assistant", "content": "Orange."},
        {"role": "user", "content": [part("image", data_url(color="green")), TEXT_PART]},
    ]
    document = ask(offline, None, messages=talk)
    lines = [line for line in document["choices"][0]["message"]["content"].splitlines() if line.startswith("- image")]
    assert lines == [
        "- image: PNG, 64 x 48 pixels, mainly orange 100%, no transparency (in an earlier message)",
        "- image: PNG, 64 x 48 pixels, mainly green 100%, no transparency",
    ]
    assert document["usage"]["prompt_tokens"] == 3 * 3 + 2 * 258 + 3 + 2 + 3


def test_a_result_of_the_sandbox_by_its_address(offline: Offline) -> None:
    """It is rendered and looked at; once expired it can't be fetched."""
    made = offline.post("/ai/images/generate", model=IMAGE, prompt="a fox", size=SMALL).json()
    url = made["images"][0]["url"]
    assert seen(offline, "image", url).startswith("image: PNG, 64 x 64 pixels, mainly ")
    offline.time.now += 100_000
    assert bad_file(offline, part("image", url)).startswith(f"{WHERE}.image_url: the file could not be fetched: ")


def test_an_input_and_a_server_of_this_machine(open_sandbox: Open) -> None:
    """What the sandbox keeps has an address too; whether loopback is fetched is the sandbox's own setting."""
    kept = open_sandbox(name="kept", fetch_loopback=True)
    (identity,) = kept.enqueue(EDIT, input_image=data_url())
    url = kept.row(identity)["input_image"]
    assert seen(kept, "image", url).startswith("image: PNG, 64 x 48 pixels, mainly orange")
    kept.sandbox.reset()
    assert bad_file(kept, part("image", url)).startswith(f"{WHERE}.image_url: the file could not be fetched: ")
    nobody = part("image", "http://127.0.0.1:9/fox.png")
    assert bad_file(kept, nobody) == f"{WHERE}.image_url: the file could not be fetched"
    closed = open_sandbox(name="closed")
    assert bad_file(closed, nobody).endswith("the sandbox has no network, give it a data: URL")


WHERE = "messages[0].content[0]"


def bad_file(offline: Offline, attached: dict[str, Any], path: str = CURRENT, **body: Any) -> str:
    """The sentence of an error about a file; nothing is charged."""
    before = offline.credits()
    answer = send(offline, [attached, TEXT_PART], path=path, **body)
    assert (answer.status_code, answer.json()["error"]["type"]) == (400, "invalid_file_input"), answer.text
    assert offline.credits() == before
    return str(answer.json()["error"]["detail"])


@pytest.mark.parametrize(
    ("kind", "url", "detail"),
    [
        ("image", data_url()[:-40], "image_url: the file is not a picture that can be decoded"),
        ("image", as_url(b"%PDF-1.7", "image/png"), "image_url: the file is not a picture that can be decoded"),
        ("image", "data:image/png;base64,###", "image_url: the data: URL is damaged"),
        (
            "image",
            "https://example.com/fox.png",
            "image_url: the file could not be fetched: the sandbox has no network, give it a data: URL",
        ),
        ("audio", as_url(b"RIFFxxxxWAVE", "audio/wav"), "audio_url: the file is not a sound that can be decoded"),
        ("video", silence(), "video_url: the file is not a film that can be decoded"),
        ("file", as_url(pdf()[:-500], "application/pdf"), "file: the file is not a PDF that can be decoded"),
    ],
)
def test_files_that_are_broken(offline: Offline, kind: str, url: str, detail: str) -> None:
    """Said with the place in the request."""
    model = {"audio": HEARS, "video": SEES_FILMS}.get(kind, "claude-sonnet-4-6")
    assert bad_file(offline, part(kind, url), model=model) == f"{WHERE}.{detail}"


def test_files_that_are_too_large(offline: Offline) -> None:
    """A PDF above 24 MB, a sound above 20 MB; up to there they are looked at."""
    padding = b"\n%" + b"x" * (24 * 1024 * 1024 - len(pdf()) - 3) + b"\n"
    whole = pdf().replace(b"%%EOF", padding[:-1] + b"\n%%EOF")
    assert len(whole) <= 24 * 1024 * 1024
    assert seen(offline, "file", as_url(whole, "application/pdf")).startswith("file: PDF, 3 pages")
    larger = part("file", as_url(whole + b"\n" * 10, "application/pdf"))
    assert bad_file(offline, larger) == f"{WHERE}.file: the file is larger than 24 MB"
    sound = base64.b64decode(silence().partition(",")[2]) + bytes(20 * 1024 * 1024)
    detail = bad_file(offline, part("audio", as_url(sound, "audio/wav")), model=HEARS)
    assert detail == f"{WHERE}.audio_url: the file is larger than 20 MB"


@pytest.mark.parametrize(
    ("kind", "model"), [("image", "gpt-4o"), ("file", "gpt-4o"), ("audio", "gpt-4o"), ("video", HEARS)]
)
def test_kinds_that_the_model_does_not_take(offline: Offline, kind: str, model: str) -> None:
    """Refused before anything is fetched."""
    attached = part(kind, "data:,x")
    name = "file" if kind == "file" else f"{kind}_url"
    detail = refused(offline, [attached, TEXT_PART], model=model)
    assert detail == f"{WHERE}.{name}: Model {model} does not support {kind} input"


def test_the_older_api_says_it_in_its_own_words(offline: Offline) -> None:
    """The sentence alone."""
    answer = send(offline, [part("image", "data:,x"), TEXT_PART], path=OLDER)
    assert answer.json() == {"error": {"message": f"{WHERE}.image_url: the file is not a picture that can be decoded"}}
