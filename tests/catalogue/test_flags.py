"""Common flags in a schema's own names."""

from typing import Any

import pytest

from inference_cli.catalogue.faults import Fault
from inference_cli.catalogue.flags import Attached, Common, Placed, place
from tests.support.models import parameters

TEXT: dict[str, Any] = {"type": "string"}
IMAGE: dict[str, Any] = {"type": "string", "format": "uri", "x-media": "image"}
IMAGES: dict[str, Any] = {"type": "array", "items": {"type": "string", "format": "uri"}, "x-media": "image"}
A, B = Attached("a.png", "data:a"), Attached("b.png", "data:b")


def choice(*options: object, **more: object) -> dict[str, Any]:
    """A parameter with options."""
    return {"type": "string", "enum": list(options), **more}


def number(**more: object) -> dict[str, Any]:
    """A whole number."""
    return {"type": "integer", **more}


def values(schema: dict[str, Any] | None, **flags: Any) -> dict[str, Any]:
    """Where flags went, without a fault."""
    placed = place(Common(**flags), schema)
    assert placed.faults == []
    return placed.values


def fault(schema: dict[str, Any], **flags: Any) -> tuple[str, str]:
    """The one fault of flags."""
    (found,) = place(Common(**flags), schema).faults
    return found.spelling, found.sentence


@pytest.mark.parametrize(
    ("schema", "flags", "expected"),
    [
        (parameters(aspect_ratio=choice("1:1", "16:9")), {"aspect_ratio": "16x9"}, {"aspect_ratio": "16:9"}),
        (parameters(aspect_ratio=choice("1:1")), {"aspect_ratio": "7:3"}, {"aspect_ratio": "7:3"}),
        (parameters(aspect_ratio=TEXT), {"aspect_ratio": "7:3"}, {"aspect_ratio": "7:3"}),
        (
            parameters(image_size=choice("square", "landscape_16_9")),
            {"aspect_ratio": "16:9"},
            {"image_size": "landscape_16_9"},
        ),
        (parameters(image_size=choice("square", "landscape_16_9")), {"aspect_ratio": "7:3"}, {"image_size": "7:3"}),
        (
            parameters(width=number(default=640, maximum=640), height=number(default=480, maximum=480)),
            {"aspect_ratio": "16:9"},
            {"width": 640, "height": 360},
        ),
        (parameters(width=number(), height=number()), {"size": "1280x720"}, {"width": 1280, "height": 720}),
        (parameters(size=choice("1K", "2K")), {"size": "2k"}, {"size": "2K"}),
        (parameters(size=choice("1K"), resolution=choice("4K")), {"size": "4k"}, {"resolution": "4K"}),
        (parameters(size=choice("1K")), {"size": "9K"}, {"size": "9K"}),
        (parameters(image_size={"type": "object"}), {"size": "10x20"}, {"image_size": {"width": 10, "height": 20}}),
        (parameters(image_size={"type": ["object", "string"]}), {"size": "hd"}, {"image_size": "hd"}),
        (parameters(duration=number(enum=[5, 10])), {"duration": "5s"}, {"duration": 5}),
        (parameters(seconds=choice("4", "8")), {"duration": "8"}, {"seconds": "8"}),
        (
            parameters(num_frames=number(), frames_per_second={"type": "number", "default": 24}),
            {"duration": "5"},
            {"num_frames": 121},
        ),
        (parameters(seed=number()), {"seed": 0}, {"seed": 0}),
        (parameters(generate_audio={"type": "boolean"}), {"with_audio": True}, {"generate_audio": True}),
        (parameters(input_image=IMAGE), {"images": (A,)}, {"input_image": "data:a"}),
        (parameters(input_image=IMAGES), {"images": (A, B)}, {"input_image": ["data:a", "data:b"]}),
        (
            parameters(input_image=IMAGE, input_images=IMAGES),
            {"images": (A, B)},
            {"input_images": ["data:a", "data:b"]},
        ),
        (
            parameters(input_image_=IMAGE, reference_images=IMAGES),
            {"images": (A, B)},
            {"input_image": "data:a", "reference_images": ["data:b"]},
        ),
        (parameters(portrait=IMAGE, mask_url=IMAGE, tail_image_url=IMAGE), {"images": (A,)}, {"portrait": "data:a"}),
        (parameters(start_image_url=IMAGE), {"first_frame": A}, {"start_image_url": "data:a"}),
        (parameters(input_image=IMAGE), {"first_frame": A}, {"input_image": "data:a"}),
        (parameters(end_image_url=IMAGE), {"last_frame": A}, {"end_image_url": "data:a"}),
        (parameters(input_video=TEXT), {"video": A}, {"input_video": "data:a"}),
        (parameters(input_videos=IMAGES), {"video": A}, {"input_videos": ["data:a"]}),
        (
            parameters(multi_prompt={"type": "array"}),
            {"shots": ("5s: a", "b")},
            {"multi_prompt": [{"prompt": "a", "duration": 5}, {"prompt": "b"}]},
        ),
        (parameters(seed=number()), {"shots": ("a",)}, {"multi_prompt": [{"prompt": "a"}]}),
        (parameters(seed=number()), {}, {}),
    ],
)
def test_a_flag_finds_its_parameter(schema: dict[str, Any], flags: dict[str, Any], expected: dict[str, Any]) -> None:
    """By the name and in the type that the schema uses; what has no right value is left for the check."""
    assert values(schema, **flags) == expected


NOWHERE = "no parameter for it; there are prompt"


@pytest.mark.parametrize(
    ("flags", "spelling"),
    [
        ({"aspect_ratio": "16:9"}, "--aspect-ratio 16:9"),
        ({"size": "2K"}, "--size 2K"),
        ({"duration": "5"}, "--duration 5"),
        ({"seed": 7}, "--seed 7"),
        ({"with_audio": True}, "--with-audio"),
        ({"images": (A, B)}, "-i a.png -i b.png"),
        ({"first_frame": A}, "--first-frame a.png"),
        ({"last_frame": A}, "--last-frame a.png"),
        ({"video": A}, "--video a.png"),
        ({"shots": ("5s: a",)}, '--shot "5s: a"'),
    ],
)
def test_a_flag_without_a_parameter_says_what_there_is(flags: dict[str, Any], spelling: str) -> None:
    """The names are listed; without validation the usual name is sent, with a note."""
    schema = parameters(prompt_=TEXT)
    assert fault(schema, **flags) == (spelling, NOWHERE)
    unchecked = place(Common(**flags), schema, validate=False)
    assert unchecked.faults == []
    (name,) = unchecked.values
    assert unchecked.notes == [f"the model has no parameter for {spelling}; it is sent as {name}"]


def test_the_names_are_listed_once() -> None:
    """Not for every flag again."""
    placed = place(Common(seed=7, with_audio=True), parameters(prompt_=TEXT))
    assert placed.faults == [Fault("--seed 7", NOWHERE), Fault("--with-audio", "no parameter for it")]


def test_without_a_schema_the_usual_names_are_sent() -> None:
    """Nothing is known, nothing is refused, and nothing is noted here."""
    flags: dict[str, Any] = {
        "aspect_ratio": "16:9",
        "size": "2K",
        "duration": "5s",
        "seed": 7,
        "images": (A,),
        "last_frame": B,
        "video": A,
        "with_audio": True,
        "shots": ("a",),
    }
    placed = place(Common(**flags), None)
    assert (placed.faults, placed.notes) == ([], [])
    assert placed.values == {
        "multi_prompt": [{"prompt": "a"}],
        "duration": 5,
        "aspect_ratio": "16:9",
        "size": "2K",
        "seed": 7,
        "generate_audio": True,
        "input_image": "data:a",
        "tail_image_url": "data:b",
        "input_video": "data:a",
    }


@pytest.mark.parametrize(
    ("schema", "flags", "expected"),
    [
        (parameters(input_image=IMAGE), {"images": (A, B)}, ("-i a.png -i b.png", "input_image takes one image")),
        (
            parameters(input_image=IMAGE),
            {"images": (A,), "first_frame": B},
            ("-i a.png", "names input_image, as --first-frame b.png does"),
        ),
        (
            parameters(image_size=choice("square", "landscape_16_9")),
            {"aspect_ratio": "1:1", "size": "square"},
            ("--size square", "names image_size, as --aspect-ratio 1:1 does"),
        ),
        (
            parameters(multi_prompt={"type": "array"}),
            {"shots": ("5s: a", "5s:")},
            ('--shot "5s:"', 'must be seconds and what to show: "5s: a fox"'),
        ),
    ],
)
def test_flags_that_do_not_go_together(
    schema: dict[str, Any], flags: dict[str, Any], expected: tuple[str, str]
) -> None:
    """Two for one parameter, too many pictures, a shot without text."""
    assert fault(schema, **flags) == expected


@pytest.mark.parametrize(
    "schema",
    [
        parameters(input_image=IMAGES, prompt=TEXT),
        parameters(input_image=IMAGE, input_video_=TEXT),
        parameters(one=IMAGE, other=IMAGE),
    ],
)
def test_not_every_picture_is_a_first_frame(schema: dict[str, Any]) -> None:
    """References, pictures for changing a film, and names that say nothing are not."""
    assert fault(schema, first_frame=A)[1].startswith("no parameter for it")


@pytest.mark.parametrize(
    ("schema", "flags", "notes"),
    [
        (
            parameters(aspect_ratio=choice("landscape", "portrait")),
            {"aspect_ratio": "16:9"},
            ["--aspect-ratio 16:9 is sent as aspect_ratio landscape"],
        ),
        (
            parameters(size=choice("square", "landscape")),
            {"aspect_ratio": "1:1"},
            ["--aspect-ratio 1:1 is sent as size square"],
        ),
        (parameters(aspect_ratio=choice("16:9")), {"aspect_ratio": "16x9"}, []),
        (
            parameters(width=number(default=640, maximum=640), height=number(default=480, maximum=480)),
            {"aspect_ratio": "1:1"},
            ["--aspect-ratio 1:1 is sent as width 480 and height 480"],
        ),
        (
            parameters(num_frames=number(), fps=number(default=25)),
            {"duration": "2s"},
            ["--duration 2s is sent as num_frames 51 (25 a second)"],
        ),
        (parameters(retake_duration=number()), {"duration": "2s"}, ["--duration 2s is sent as retake_duration 2"]),
        (
            parameters(input_image=IMAGE, reference_images=IMAGES),
            {"images": (A,)},
            ["-i a.png is sent as input_image; there is reference_images as well, for several"],
        ),
        (parameters(input_image_=IMAGE, reference_images=IMAGES), {"images": (A,)}, []),
    ],
)
def test_a_translation_is_noted(schema: dict[str, Any], flags: dict[str, Any], notes: list[str]) -> None:
    """Where something else than the user's own words is sent."""
    placed: Placed = place(Common(**flags), schema)
    assert (placed.faults, placed.notes) == ([], notes)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (parameters(input_image_=IMAGE, refs=TEXT, reference_image_urls=IMAGES), {"reference_image_urls": ["data:b"]}),
        (parameters(input_image=IMAGE, input_images=IMAGES), {"input_images": ["data:b"]}),
        (parameters(start_image_url=IMAGE, input_image=IMAGES), {"input_image": ["data:b"]}),
    ],
)
def test_a_first_frame_leaves_the_other_names_to_pictures(schema: dict[str, Any], expected: dict[str, Any]) -> None:
    """``-i`` beside ``--first-frame`` is a reference."""
    found = values(schema, images=(B,), first_frame=A)
    first = "start_image_url" if "start_image_url" in schema["properties"] else "input_image"
    assert found == {first: "data:a", **expected}


@pytest.mark.parametrize(("makes", "fits"), [(("video",), True), ((), True), (("image",), False), (("audio",), False)])
def test_only_a_film_has_a_first_frame(makes: tuple[str, ...], fits: bool) -> None:
    """The picture that a picture is made from is none."""
    placed = place(Common(first_frame=A), parameters(input_image=IMAGE), makes=makes)
    assert (placed.values == {"input_image": "data:a"}) == fits
    assert bool(placed.faults) != fits


@pytest.mark.parametrize(
    ("beside", "frames"),
    [({"fps": 10}, 21), ({}, 51), ({"fps": "ten"}, None), ({"fps": float("inf")}, 0), ({"fps": True}, None)],
)
def test_a_length_in_frames_goes_by_the_rate_that_is_asked_for(beside: dict[str, Any], frames: int | None) -> None:
    """By that of ``-p``, then by the model's own; not by what is no rate."""
    placed = place(Common(duration="2"), parameters(num_frames=number(), fps=number(default=25)), beside=beside)
    assert placed.values.get("num_frames") == frames


def test_a_size_in_two_numbers_is_told() -> None:
    """Where a model takes a width and a height, a word is no size."""
    schema = parameters(width=number(), height=number())
    assert fault(schema, size="720p") == ("--size 720p", "must be width and height, such as 640x480")


def test_a_factor_is_a_size_too() -> None:
    """Of what is made larger."""
    assert values(parameters(scale=choice("2x", "4x")), size="4X") == {"scale": "4x"}


def test_each_picture_and_each_shot_has_a_spelling_of_its_own() -> None:
    """So that a fault in the second one names the second one."""
    assert place(Common(images=(A, B)), parameters(input_image=IMAGES)).origins == {
        "input_image": "-i a.png -i b.png",
        "input_image[0]": "-i a.png",
        "input_image[1]": "-i b.png",
    }
    assert place(Common(shots=("1s: a", "2s: b")), parameters(multi_prompt={"type": "array"})).origins == {
        "multi_prompt": '--shot "1s: a" …',
        "multi_prompt[0]": '--shot "1s: a"',
        "multi_prompt[1]": '--shot "2s: b"',
    }


def test_unchecked_pictures_are_sent_as_a_list() -> None:
    """With ``--no-validate``, where the schema takes one."""
    placed = place(Common(images=(A, B)), parameters(input_image=IMAGE), validate=False)
    assert (placed.values, placed.faults) == ({"input_image": ["data:a", "data:b"]}, [])
