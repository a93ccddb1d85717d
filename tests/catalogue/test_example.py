"""Commands that run as they stand; every one of the catalogue is run in tests/cli/test_model_page.py."""

from typing import Any

import pytest

from inference_cli.api.records import Model
from inference_cli.catalogue.example import example
from tests.support.models import parameters

ALL = {"image", "video", "audio", "chat"}
TEXT, URL = {"type": "string"}, {"type": "string", "format": "uri"}
PICTURE = {**URL, "x-media": "image"}
RATIO = {"type": "string", "enum": ["16:9", "9:16"], "default": "16:9"}


def shown(makes: str, schema: dict[str, Any] | None = None, **more: Any) -> str | None:
    """The example of a model that makes that."""
    return example(Model(id=more.pop("id", "m"), outputs=(makes,), schema=schema, **more), ALL)


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (None, 'inference image "…" -m m'),
        (parameters(prompt_=TEXT), 'inference image "…" -m m'),
        (parameters(prompt_=TEXT, input_image_=PICTURE), 'inference image "…" -m m -i photo.png'),
        (
            parameters(input_image_={"type": "array", "items": PICTURE, "minItems": 2}),
            "inference image -m m -i photo.png -i photo.png",
        ),
        (parameters(input_image_=PICTURE, mask_=PICTURE), "inference image -m m -i photo.png -p mask=@photo.png"),
        (parameters(prompt=TEXT, aspect_ratio=RATIO), 'inference image "…" -m m --aspect-ratio 9:16'),
        (parameters(prompt=TEXT, aspect_ratio_={**RATIO, "default": "9:16"}), 'inference image "…" -m m --aspect-ratio 9:16'),
        (parameters(prompt=TEXT, size_={"type": "string", "enum": ["1K", "2K"]}), 'inference image "…" -m m --size 1K'),
        (parameters(prompt=TEXT, steps_={"type": "integer", "minimum": 4}), 'inference image "…" -m m -p steps=4'),
        (parameters(prompt=TEXT, steps_={"type": "integer", "maximum": 0}), 'inference image "…" -m m -p steps=0'),
        (parameters(prompt=TEXT, safe_={"type": "boolean"}), 'inference image "…" -m m -p safe=yes'),
        (parameters(prompt=TEXT, safe_={"type": "boolean", "default": False}), 'inference image "…" -m m -p safe=no'),
        (parameters(prompt=TEXT, style_=TEXT), 'inference image "…" -m m -p \'style=…\''),
        (parameters(prompt=TEXT, where_=URL), 'inference image "…" -m m -p where=https://example.com/file'),
        (parameters(prompt=TEXT, mood_={"enum": ["it's dark"]}), "inference image \"…\" -m m -p 'mood=it'\"'\"'s dark'"),
    ],
)  # fmt: skip
def test_what_a_picture_needs(schema: dict[str, Any] | None, words: str) -> None:
    """Required parameters by the flags that they have, others by -p; a shape of its own where there is one."""
    assert shown("image", schema) == words


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (parameters(prompt=TEXT, duration={"type": "integer", "enum": [5, 10], "default": 5}), 'inference video "…" -m m --duration 10'),
        (parameters(prompt=TEXT, duration={"type": "string", "enum": ["auto", "4s", "8s"], "default": "4s"}), 'inference video "…" -m m --duration 8'),
        (parameters(prompt=TEXT, duration={"type": "string", "enum": ["auto"]}), 'inference video "…" -m m'),
        (parameters(prompt=TEXT, input_video_={**URL, "x-media": "video"}), 'inference video "…" -m m --video clip.mp4'),
        (parameters(input_audio_={**URL, "x-media": "audio"}), "inference video -m m -p input_audio=@sound.mp3"),
        (parameters(prompt=TEXT, start_image_url_=PICTURE, tail_image_url_=PICTURE), 'inference video "…" -m m -i photo.png --last-frame last.png'),
        (parameters(multi_prompt_={"type": "array", "items": {"type": "object"}}), 'inference video -m m --shot "5s: …"'),
    ],
)  # fmt: skip
def test_what_a_film_needs(schema: dict[str, Any], words: str) -> None:
    """Lengths that are not the default, too."""
    assert shown("video", schema) == words


def test_a_model_about_pictures_gets_one() -> None:
    """Although its schema does not say that it needs one; where it takes none, none is given."""
    schema = parameters(prompt=TEXT, start_image_url=PICTURE)
    assert shown("video", schema, id="x-image-to-video") == 'inference video "…" -m x-image-to-video -i photo.png'
    assert shown("video", schema, id="x-text-to-video") == 'inference video "…" -m x-text-to-video'
    assert shown("video", parameters(prompt=TEXT), id="a-i2v") == 'inference video "…" -m a-i2v'


def test_an_id_that_a_shell_would_read() -> None:
    """Is quoted; slashes and dots are harmless."""
    assert shown("image", id="own/Fox.1") == 'inference image "…" -m own/Fox.1'
    assert shown("image", id="$(rm)") == "inference image \"…\" -m '$(rm)'"


def test_words_and_sounds() -> None:
    """The commands for them."""
    assert (shown("text"), shown("audio")) == ('inference chat "…" -m m', 'inference audio "…" -m m')


@pytest.mark.parametrize(
    "model",
    [
        Model(id="m"),
        Model(id="m", outputs=("smell",)),
        Model(id="m", inputs=("text", "audio"), outputs=("text",)),
        Model(id="m", outputs=("image",), schema=parameters(prompt_=TEXT, x_={"type": "object", "required": ["y"]})),
        Model(id="m", outputs=("image",), schema=parameters(prompt_=TEXT, x_={"type": "string", "pattern": "^a$"})),
    ],
)
def test_nothing_is_shown_that_would_not_run(model: Model) -> None:
    """No command takes it, or its schema asks for what cannot be made up."""
    assert example(model, ALL) is None


def test_a_command_that_there_is_not() -> None:
    """Is not shown."""
    assert example(Model(id="m", outputs=("text",)), {"image"}) is None
