"""Rules across parameters."""

from typing import Any

import pytest

from inference_cli.catalogue.check import check
from inference_cli.catalogue.flags import Attached, Common
from inference_cli.catalogue.request import build
from inference_cli.errors import ParameterError
from tests.support.models import made_up, parameters, published

PRO = "kling-video-o3-pro-reference-to-video"
OMNI = "kling-video-o3-omni"
BARE = "kling-video-o3-pro-text-to-video"
A = Attached("a.png", "https://example.com/a.png")


def lines(name: str, **how: Any) -> list[str]:
    """The lines of the error, or none."""
    model = published()[name]
    try:
        check(model.schema, build(model, **how))
    except ParameterError as error:
        return [" | ".join(part.strip() for part in line.split("  ", 1)) for line in error.details]
    return []


@pytest.mark.parametrize("name", [PRO, BARE])
def test_prompt_or_shots_never_both_never_neither(name: str) -> None:
    """Where the schema says so, and where it leaves both to the route."""
    shots = Common(shots=("5s: dawn",))
    assert lines(name, prompt="a fox") == []
    assert lines(name, common=shots) == []
    assert lines(name, prompt="a fox", common=shots) == ['--shot "5s: dawn" | and "a fox" exclude each other']
    assert lines(name) == ["prompt or multi_prompt | is required"]
    assert lines(name, prompt="") == ['"" | the prompt is empty']


def test_a_last_frame_needs_a_first_one() -> None:
    """And the flag for it is named."""
    assert lines(PRO, prompt="a", common=Common(last_frame=A)) == [
        "--last-frame a.png | needs start_image_url (--first-frame) as well"
    ]
    assert lines(PRO, prompt="a", common=Common(last_frame=A, first_frame=A)) == []


def test_all_shots_together_have_a_length() -> None:
    """A shot without seconds counts as the schema's default."""
    assert lines(PRO, common=Common(shots=("9s: a", "b"))) == []
    assert lines(PRO, common=Common(shots=("9s: a", "9s: b"))) == [
        '--shot "9s: a" … | the shots last 18 s together; 3 to 15 s are allowed'
    ]
    assert lines(PRO, common=Common(shots=("1s: a",))) == [
        '--shot "1s: a" | the shots last 1 s together; 3 to 15 s are allowed'
    ]


def test_inputs_share_a_limit() -> None:
    """It is smaller beside a film in one model."""
    five = Common(images=(A,) * 5)
    with_film = Common(images=(A,) * 5, video=A)
    params = ["elements[0].frontal_image_url=https://example.com/b.png"]
    assert lines(OMNI, prompt="a", common=five, params=params) == []
    assert lines(OMNI, prompt="a", common=with_film) == [
        "-i a.png -i a.png -i a.png -i a.png -i … | elements and input_image take 4 together beside a film, not 5"
    ]
    eight = Common(images=(A,) * 7)
    assert lines(OMNI, prompt="a", common=eight, params=params) == [
        "-p elements[0].frontal_image_url=https:… | elements and input_image take 7 together, not 8"
    ]


def broken(**more: Any) -> dict[str, Any]:
    """A schema whose rules make no sense."""
    return {**parameters(prompt={"type": "string"}, a={"type": "string"}), **more}


@pytest.mark.parametrize(
    "schema",
    [
        broken(oneOf=[{"required": ["prompt"], "properties": {}}]),
        broken(**{"x-total-duration": {"minimum": 3}}),
        broken(**{"x-total-duration": 5}),
        {
            "properties": {"prompt": {"x-shared-limit": 5}, "a": {"x-shared-limit": {"across": 5}}},
            "required": ["prompt"],
        },
        {"properties": {"prompt": {"x-shared-limit": {"across": ["a"], "max_total": "many"}}}, "required": ["prompt"]},
    ],
)
def test_rules_that_make_no_sense_are_passed_over(schema: dict[str, Any]) -> None:
    """They say nothing, and break nothing."""
    model = made_up(schema)
    assert check(model.schema, build(model, prompt="a")) == ()


def test_a_shot_has_words() -> None:
    """An empty one would be paid for all the same."""
    assert lines(PRO, params=["multi_prompt[0].prompt=a", "multi_prompt[1].prompt= "]) == [
        "-p multi_prompt[1].prompt= | a shot has no text"
    ]


def test_a_list_that_is_too_long_by_itself_is_told_once() -> None:
    """Not as a shared limit too."""
    assert lines(PRO, prompt="a", common=Common(images=(A,) * 5)) == [
        "-i a.png -i a.png -i a.png -i a.png -i … | has 5; 4 at most"
    ]
