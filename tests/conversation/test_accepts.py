"""What a model does not take is refused, in words that say what it does take."""

import pytest

from inference_cli.api.records import Model
from inference_cli.conversation.attachments import attach, check
from inference_cli.errors import UsageError

FOX, FILM, REPORT = "https://e.com/fox.png", "https://e.com/waves.mp4", "https://e.com/report.pdf"
FLAC, WAV, MP3, ANY = "https://e.com/a.flac", "https://e.com/a.wav", "https://e.com/a.mp3", "audio:https://e.com/a"


@pytest.mark.parametrize(
    ("inputs", "sources"),
    [
        (("text", "image", "video", "file"), (FOX, FILM, REPORT)),
        (("text", "document"), (REPORT,)),
        (("text",), ()),
        ((), (FOX, FILM, REPORT)),
    ],
)
def test_what_a_model_takes_goes(inputs: tuple[str, ...], sources: tuple[str, ...]) -> None:
    """One whose inputs nobody knows is not checked."""
    check(attach(sources), Model("m", inputs=inputs))


def test_without_a_model_nothing_is_checked() -> None:
    """A server may publish no list of models."""
    check(attach([FOX]), None)


@pytest.mark.parametrize(
    ("inputs", "sources", "message", "kind"),
    [
        (("text",), (FOX,), "m takes text, not images: fox.png", "image"),
        (
            ("text", "image"),
            (FOX, REPORT, FILM),
            "m takes text and images, not PDFs or videos: report.pdf, waves.mp4",
            "file",
        ),
        (("text", "image", "file"), (WAV,), "m takes text, images and PDFs, not sound: a.wav", "audio"),
        (("text",), (FOX, FOX), "m takes text, not images: fox.png", "image"),
        (
            ("text",),
            tuple(f"https://e.com/{n}.png" for n in range(5)),
            "m takes text, not images: 0.png, 1.png, 2.png and 2 more",
            "image",
        ),
    ],
)
def test_what_it_does_not_take_is_refused(
    inputs: tuple[str, ...], sources: tuple[str, ...], message: str, kind: str
) -> None:
    """The hint lists models that do."""
    with pytest.raises(UsageError) as error:
        check(attach(sources), Model("m", inputs=inputs))
    assert error.value.message == message
    assert error.value.hint == (
        f"Nothing was sent.  See:  inference models list --output text --input {kind}"
        "        Send it unchecked:  --no-validate"
    )


@pytest.mark.parametrize(
    "model",
    [
        Model("gpt-audio", developer="OpenAI", inputs=("text", "audio")),
        Model("gpt-audio", inputs=("text", "audio")),
        Model("openai/gpt-audio", inputs=("text", "audio")),
    ],
)
def test_some_makers_take_few_kinds_of_sound(model: Model) -> None:
    """A URL that does not tell its kind is left to the service."""
    check(attach([WAV, MP3, ANY]), model)
    with pytest.raises(UsageError) as error:
        check(attach([WAV, FLAC]), model)
    assert error.value.message == f"{model.id} takes sound as WAV or MP3 only: a.flac"


def test_other_makers_take_them_all() -> None:
    """Google's, and those of whom nothing is known."""
    check(attach([WAV, MP3, FLAC]), Model("gemini", developer="Google", inputs=("text", "audio")))
    check(attach([WAV, MP3, FLAC]), Model("whatever", inputs=("text", "audio")))
