"""What is attached is known by its content, read once, and refused before anything is sent."""

import hashlib
import io
import os
from pathlib import Path

import pytest

from inference_cli.conversation.attachments import Attachment, Medium, attach
from inference_cli.errors import UsageError
from inference_cli.media.dataurl import encode
from inference_cli.media.inputs import LIMITS
from tests.support import samples


def read(kind: Medium, mime: str, name: str, data: bytes, source: str) -> Attachment:
    """The attachment that bytes become."""
    url = encode(data, mime)
    part = (
        {"type": "file", "file": {"filename": name, "file_data": url}}
        if kind == "pdf"
        else {"type": f"{kind}_url", f"{kind}_url": {"url": url}}
    )
    return Attachment(kind, mime, name, len(data), hashlib.sha256(data).hexdigest(), source, part)


@pytest.mark.parametrize(
    ("kind", "mime", "data"),
    [
        ("image", "image/png", samples.png()),
        ("image", "image/jpeg", samples.jpeg()),
        ("image", "image/webp", samples.webp()),
        ("video", "video/mp4", samples.mp4()),
        ("video", "video/webm", samples.webm()),
        ("audio", "audio/wav", samples.wav()),
        ("audio", "audio/mpeg", samples.mp3()),
        ("audio", "audio/mp4", samples.m4a()),
        ("audio", "audio/ogg", samples.ogg()),
        ("audio", "audio/flac", samples.flac()),
        ("audio", "audio/aac", samples.aac()),
        ("pdf", "application/pdf", samples.pdf()),
    ],
)
def test_a_file_is_what_its_bytes_say(tmp_path: Path, kind: Medium, mime: str, data: bytes) -> None:
    """Its name may say something else; the folders above it are not sent."""
    path = tmp_path / "notes.txt"
    path.write_bytes(data)
    assert attach([str(path)]) == (read(kind, mime, "notes.txt", data, str(path)),)
    assert attach([path.as_uri()]) == (read(kind, mime, "notes.txt", data, path.as_uri()),)


def test_stdin_is_read_where_it_is_named() -> None:
    """It gets a name after its kind."""
    pdf = samples.pdf()
    assert attach(["-"], read=lambda: io.BytesIO(pdf)) == (read("pdf", "application/pdf", "stdin.pdf", pdf, "-"),)


def test_a_data_url_is_looked_into_and_sent_under_its_true_type() -> None:
    """What is kept of it as its source is its beginning only."""
    typed = encode(samples.png(), "image/jpeg")
    assert attach([typed]) == (read("image", "image/png", "data.png", samples.png(), "data:image/jpeg;base64"),)


def test_a_source_is_read_once_and_attached_as_often_as_it_is_named(tmp_path: Path) -> None:
    """The order is that of the command line; of a pipe there would be nothing left for a second look."""
    path = tmp_path / "a.png"
    path.write_bytes(samples.png())
    again, other, first = attach([str(path), "https://example.com/b.png", str(path)])
    assert again is first
    assert (again.name, other.name) == ("a.png", "b.png")


def test_a_name_that_is_no_unicode_is_mended(tmp_path: Path) -> None:
    """A request is JSON: what cannot be written there is replaced (fault G10)."""
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.pdf")
    Path(path).write_bytes(samples.pdf())
    assert attach([path])[0].part["file"]["filename"] == "\ufffd.pdf"


@pytest.mark.parametrize(
    ("source", "kind", "mime", "name", "part"),
    [
        (
            "https://example.com/a/fox.PNG?sig=x#y",
            "image",
            "image/png",
            "fox.PNG",
            {"type": "image_url", "image_url": {"url": "https://example.com/a/fox.PNG?sig=x#y"}},
        ),
        (
            "https://example.com/a.mp4",
            "video",
            "video/mp4",
            "a.mp4",
            {"type": "video_url", "video_url": {"url": "https://example.com/a.mp4"}},
        ),
        (
            "http://example.com/a.opus",
            "audio",
            "audio/ogg",
            "a.opus",
            {"type": "audio_url", "audio_url": {"url": "http://example.com/a.opus"}},
        ),
        (
            "https://example.com/a%20b.pdf",
            "pdf",
            "application/pdf",
            "a b.pdf",
            {"type": "file", "file": {"file_url": "https://example.com/a%20b.pdf"}},
        ),
        (
            "image:https://example.com/photos?id=7",
            "image",
            "image/*",
            "photos",
            {"type": "image_url", "image_url": {"url": "https://example.com/photos?id=7"}},
        ),
        (
            "PDF:https://example.com/",
            "pdf",
            "application/pdf",
            "example.com",
            {"type": "file", "file": {"file_url": "https://example.com/"}},
        ),
        (
            "video:https://example.com/a.webm",
            "video",
            "video/webm",
            "a.webm",
            {"type": "video_url", "video_url": {"url": "https://example.com/a.webm"}},
        ),
        (
            "video:https://example.com/a.gif",
            "video",
            "video/*",
            "a.gif",
            {"type": "video_url", "video_url": {"url": "https://example.com/a.gif"}},
        ),
    ],
)
def test_a_url_goes_through_unread(source: str, kind: Medium, mime: str, name: str, part: dict[str, object]) -> None:
    """Its path's extension tells what it is, or the user in front of it, who is believed."""
    assert attach([source]) == (Attachment(kind, mime, name, 0, None, source, part),)


@pytest.mark.parametrize(
    ("source", "message", "hint"),
    [
        (
            "https://user:secret@example.com:8443/photo?key=secret",
            "https://example.com:8443/photo does not tell what it is, and is not fetched to find out",
            "Say it in front:  -a image:https://example.com:8443/photo  (or video:, audio:, pdf:)",
        ),
        (
            "https://example.com/page.html",
            "https://example.com/page.html does not tell what it is, and is not fetched to find out",
            "Say it in front:  -a image:https://example.com/page.html  (or video:, audio:, pdf:)",
        ),
        (
            "https://example.com/my fox.png",
            "https://example.com/my fox.png is no address that could be fetched",
            "Write a space in it as %20",
        ),
        ("https://[/fox.png", "https://[/fox.png is no address that could be fetched", "Write a space in it as %20"),
        (
            "https://example.com/\udcff.png",
            "https://example.com/\udcff.png is no address that could be fetched",
            "Write a space in it as %20",
        ),
        ("image:https://?a=b", "https:// is no address that could be fetched", "Write a space in it as %20"),
        ("s3://bucket/a.png", "s3://bucket/a.png is neither a file nor an https URL", None),
        ("image:fox.png", "there is no file image:fox.png", None),
        ("", "an input names no file", None),
        ("-", "- names stdin, which is not there", None),
    ],
)
def test_an_address_that_will_not_do(source: str, message: str, hint: str | None) -> None:
    """Nothing is guessed, fetched, or repeated that may be a secret."""
    with pytest.raises(UsageError) as error:
        attach([source])
    assert (error.value.message, error.value.hint) == (message, hint)


KNOWN = "Known here: PNG, JPEG, WebP or GIF; MP4, MOV or WebM; WAV, MP3 or FLAC; PDF"
NOTHING = "not an image, a video, a sound or a document"


@pytest.mark.parametrize(
    ("data", "said", "hint"),
    [
        (b"", "is empty", None),
        (b"just words", f"is a text file, {NOTHING}", "Put text into the prompt:  -f FILE"),
        (b"<svg xmlns='x'/>", f"is an SVG drawing, {NOTHING}", KNOWN),
        (b"\x00\x01\x02", f"is of an unknown kind, {NOTHING}", KNOWN),
        (b"PK\x03\x04rest", "is a ZIP or Office file; models take PDF", "Save it as a PDF first"),
    ],
)
def test_what_no_model_takes_is_refused(tmp_path: Path, data: bytes, said: str, hint: str | None) -> None:
    """The hint tells what can be done with it."""
    path = tmp_path / "thing.png"
    path.write_bytes(data)
    with pytest.raises(UsageError) as error:
        attach([str(path)])
    assert (error.value.message, error.value.hint) == (f"{path} {said}", hint)


def test_text_on_stdin_is_sent_to_the_prompt() -> None:
    """As a file there, or simply without ``-a``."""
    with pytest.raises(UsageError) as error:
        attach(["-"], read=lambda: io.BytesIO(b"words"))
    assert error.value.message == f"stdin is a text file, {NOTHING}"
    assert error.value.hint == "Put text into the prompt:  -f -"


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """Missing, a folder, a FIFO, which would block."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    said = []
    for path in (tmp_path / "none.png", tmp_path, fifo):
        with pytest.raises(UsageError) as error:
            attach([str(path)])
        said.append(error.value.message.replace(str(tmp_path), "here"))
    assert said == ["there is no file here/none.png", "here is a folder", "here/fifo is not a file"]


@pytest.mark.parametrize(("data", "medium"), [(samples.wav(), "audio"), (samples.pdf(), "document")])
def test_sounds_and_pdfs_have_limits(tmp_path: Path, data: bytes, medium: str) -> None:
    """Those of the contract; a byte less goes."""
    path, most = tmp_path / "thing", LIMITS[medium]
    path.write_bytes(data + bytes(most - len(data)))
    assert attach([str(path)])[0].size == most
    path.write_bytes(data + bytes(most - len(data) + 1))
    with pytest.raises(UsageError, match=f"is larger than {most // 10**6} MB"):
        attach([str(path)])


def test_all_together_must_fit_into_a_request(tmp_path: Path) -> None:
    """Five times 24 MB is more than a request holds, as base64 has it."""
    path = tmp_path / "a.pdf"
    path.write_bytes(samples.pdf() + bytes(LIMITS["document"] - len(samples.pdf())))
    assert len(attach([str(path)] * 4)) == 4
    with pytest.raises(UsageError) as error:
        attach([str(path)] * 5)
    assert error.value.message == (
        "a.pdf is too much: the attachments have more than 150 MB together, as they are sent"
    )


def test_stdin_is_for_one_attachment() -> None:
    """The second would find nothing."""
    with pytest.raises(UsageError, match="two attachments read standard input"):
        attach(["-", "-"], read=lambda: io.BytesIO(samples.png()))
