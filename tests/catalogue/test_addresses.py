"""What stands where media are to stand."""

from typing import Any

import pytest

from inference_cli.catalogue.check import check
from inference_cli.catalogue.request import build
from inference_cli.errors import ParameterError
from tests.support.models import published


def lines(name: str, **how: Any) -> list[str]:
    """The lines of the error, or none."""
    model = published()[name]
    try:
        check(model.schema, build(model, prompt="a", **how))
    except ParameterError as error:
        return [" | ".join(part.strip() for part in line.split("  ", 1)) for line in error.details]
    return []


@pytest.mark.parametrize("value", ["https://example.com/a.png", "data:image/png;base64,AAAA", "oxen://repo/a.png"])
def test_urls_of_any_scheme_are_let_through(value: str) -> None:
    """The service knows which ones it takes."""
    assert lines("qwen-image-edit", params=[f"input_image={value}"]) == []


@pytest.mark.parametrize(
    "value", ["cat.png", "./a:b", "/home/a.png", ":", "1://x", "", "C:/a.png", "file:///a.png", "https://", "https:x"]
)
def test_a_name_is_no_url(value: str) -> None:
    """It would be taken for one, and fail after it was paid for."""
    assert lines("qwen-image-edit", params=[f"input_image={value}"]) == [
        f"-p input_image={value} | is no URL; a file is sent with -p input_image=@FILE"
    ]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("data:video/mp4;base64,AAAA", "is a video, not an image"),
        ("data:AUDIO/wav;base64,AAAA", "is a sound, not an image"),
        ("data:image/png;base64,", "is a data URL with nothing in it"),
        ("data:image/png", "is a data URL with nothing in it"),
        ("data:application/octet-stream;base64,AAAA", None),
    ],
)
def test_a_data_url_is_of_the_right_kind(value: str, sentence: str | None) -> None:
    """As far as it says itself what it is."""
    shown = value if len(value) <= 17 else f"{value[:16]}…"
    assert lines("qwen-image-edit", given={"input_image": value}) == (
        [f"input_image={shown} in --input | {sentence}"] if sentence else []
    )


def test_addresses_inside_lists_and_objects_are_looked_at_too() -> None:
    """Each under its own argument."""
    url = "https://example.com/a.png"
    params = [f"elements[0].frontal_image_url={url}", "elements[0].reference_image_urls=b.png", f"input_image={url}"]
    assert lines("kling-video-o3-pro-reference-to-video", params=[*params, "input_image=c.png"]) == [
        "-p input_image=c.png | is no URL; a file is sent with -p input_image=@FILE",
        "-p elements[0].reference_image_urls=b.p… | is no URL; a file is sent with -p elements[0].reference_image_urls=@FILE",
    ]
    assert lines("krea-v2-large-text-to-image", params=["image_style_references=a.png"]) == [
        "-p image_style_references=a.png | is no URL; a file is sent with -p image_style_references=@FILE"
    ]
    assert lines("krea-v2-large-text-to-image", given={"image_style_references": [{"url": "anything"}]}) == []
