"""Requests are put together from everything that the command line says."""

from typing import Any

import pytest

from inference_cli.api.records import Model
from inference_cli.catalogue.faults import Fault
from inference_cli.catalogue.flags import Attached, Common
from inference_cli.catalogue.request import Request, Target, build
from tests.support.models import made_up, parameters

TEXT: dict[str, Any] = {"type": "string"}
MODEL = made_up(
    parameters(
        prompt_=TEXT,
        seed={"type": "integer"},
        duration={"type": "integer", "enum": [5, 10]},
        position={"type": "object"},
        output_format={"type": "string", "enum": ["png", "jpeg"]},
        num_images={"type": "integer", "default": 1},
    )
)
BARE = Model(id="bare")


def test_the_least_request() -> None:
    """The model and the prompt."""
    assert build(MODEL, prompt="a fox") == Request(
        model="made-up",
        body={"model": "made-up", "prompt": "a fox"},
        origins={"prompt": '"a fox"'},
        prompt="a fox",
        count_parameter="num_images",
        seed_parameter="seed",
    )


def test_everything_at_once() -> None:
    """Flags over -p over --input; every key knows where it came from."""
    request = build(
        MODEL,
        prompt="a fox",
        common=Common(duration="5s", seed=7),
        params=["position.x:=2", "extra=1"],
        given={"model": "other", "prompt": "a bear", "seed": 1, "position": {"x": 1, "y": 1}, "kept": True},
        output_format="jpg",
        response_format="b64_json",
        target=Target("org", "repo", "folder", "home"),
        count=3,
    )
    assert request == Request(
        model="made-up",
        body={
            "model": "made-up",
            "prompt": "a fox",
            "seed": 7,
            "position": {"x": 2, "y": 1},
            "kept": True,
            "extra": "1",
            "duration": 5,
            "response_format": "b64_json",
            "target_namespace": "org",
            "target_repo": "repo",
            "target_directory": "folder",
            "output_format": "jpeg",
        },
        origins={
            "prompt": '"a fox"',
            "seed": "--seed 7",
            "position": "-p position.x:=2",
            "position.x": "-p position.x:=2",
            "kept": "kept=true in --input",
            "extra": "-p extra=1",
            "duration": "--duration 5s",
            "response_format": "--response-format b64_json",
            "target_namespace": "--namespace org",
            "target_repo": "--repo repo",
            "target_directory": "--folder folder",
            "output_format": "-o .jpg",
        },
        prompt="a fox",
        count=3,
        count_parameter="num_images",
        seed=7,
        seed_parameter="seed",
        output_format="jpeg",
    )
    assert list(request.body)[:2] == ["model", "prompt"]


def test_the_profile_names_the_namespace_last() -> None:
    """It is no flag, and conflicts with nothing."""
    home = Target(default_namespace="home")
    assert build(MODEL, target=home).body == {"model": "made-up", "target_namespace": "home"}
    own = build(MODEL, params=["target_namespace=mine"], target=home)
    assert (own.body["target_namespace"], own.faults) == ("mine", ())


@pytest.mark.parametrize(
    ("how", "fault"),
    [
        ({"prompt": "a", "params": ["prompt=b"]}, Fault('"a"', "names prompt, as -p prompt=b does")),
        (
            {"common": Common(seed=7), "params": ["seed=8"]},
            Fault("--seed 7", "names seed, as -p seed=8 does"),
        ),
        (
            {"response_format": "url", "params": ["response_format=url"]},
            Fault("--response-format url", "names response_format, as -p response_format=url does"),
        ),
        (
            {"target": Target("org"), "params": ["target_namespace=me"]},
            Fault("--namespace org", "names target_namespace, as -p target_namespace=me does"),
        ),
        (
            {"params": ["num_generations=3"], "count": 2},
            Fault("-n 2", "names the number, as -p num_generations=3 does"),
        ),
        ({"params": ["model=other"]}, Fault("-p model=other", "is given by -m")),
        ({"prompt": " \n"}, Fault('""', "the prompt is empty")),
        ({"params": ["nothing"]}, Fault("-p nothing", "must be key=value, key:=JSON or key=@file")),
        ({"params": ["position=@x"]}, Fault("-p position=@x", "x cannot be read here")),
        (
            {"common": Common(with_audio=True)},
            Fault(
                "--with-audio",
                "no parameter for it; there are prompt, seed, duration, position, output_format, num_images",
            ),
        ),
    ],
)
def test_what_does_not_go_together(how: dict[str, Any], fault: Fault) -> None:
    """Two that name one parameter, and what can never be right."""
    assert build(MODEL, **how).faults == (fault,)


def test_a_model_that_takes_no_prompt() -> None:
    """It needs an input, and no words."""
    model = made_up(parameters(input_image_=TEXT))
    assert build(model, prompt="a fox").faults == (Fault('"a fox"', "this model takes no prompt"),)
    assert build(model, prompt="a fox").body == {"model": "made-up"}


@pytest.mark.parametrize(
    ("params", "count", "expected"),
    [
        (["num_images=3"], 1, 3),
        (["num_generations=3"], 1, 3),
        ([], 4, 4),
        (["num_images=0"], 1, 1),
        (["num_images=many"], 1, 1),
    ],
)
def test_a_number_of_outputs_is_never_in_the_body(params: list[str], count: int, expected: int) -> None:
    """Requests share it among them later; one that is no number stays, to be refused."""
    request = build(MODEL, prompt="a", params=params, count=count)
    assert request.count == expected
    assert request.faults == ()
    assert ("num_images" in request.body) == (params in (["num_images=0"], ["num_images=many"]))


def test_the_number_of_a_file_gives_way() -> None:
    """A flag wins over --input."""
    request = build(MODEL, given={"num_generations": 2}, count=4)
    assert (request.count, request.faults, request.body) == (4, (), {"model": "made-up"})


@pytest.mark.parametrize(
    ("how", "chosen"),
    [
        ({"output_format": "png"}, "png"),
        ({"output_format": ".PNG"}, "png"),
        ({"output_format": "jpg"}, "jpeg"),
        ({"output_format": "gif"}, None),
        ({"output_format": None}, None),
        ({"output_format": "png", "params": ["output_format=jpeg"]}, "jpeg"),
        ({"output_format": "png", "given": {"output_format": "jpeg"}}, "jpeg"),
    ],
)
def test_the_output_file_chooses_the_format(how: dict[str, Any], chosen: str | None) -> None:
    """Unless another one was given."""
    request = build(MODEL, **how)
    assert (request.output_format, request.body.get("output_format")) == (chosen, chosen)


def test_without_a_schema_text_is_sent() -> None:
    """Under the usual names; the check says it (``test_check.py``)."""
    request = build(BARE, prompt="a fox", common=Common(seed=7), params=["steps=30"], output_format="png")
    assert request == Request(
        model="bare",
        body={"model": "bare", "prompt": "a fox", "steps": "30", "seed": 7},
        origins={"prompt": '"a fox"', "steps": "-p steps=30", "seed": "--seed 7"},
        prompt="a fox",
        seed=7,
        seed_parameter="seed",
    )
    assert build(BARE, prompt="a fox").notes == ()


def test_without_validation_a_flag_goes_by_its_usual_name() -> None:
    """With a note."""
    request = build(MODEL, common=Common(with_audio=True), validate=False)
    assert (request.validated, request.faults, request.body["generate_audio"]) == (False, (), True)
    assert request.notes == ("the model has no parameter for --with-audio; it is sent as generate_audio",)


def test_a_film_of_shots_is_named_after_its_first() -> None:
    """File names need words."""
    model = made_up(parameters(multi_prompt={"type": "array"}))
    assert build(model, common=Common(shots=("5s: dawn", "noon"))).prompt == "dawn"
    assert build(model, given={"multi_prompt": [5]}).prompt is None


def test_reading_files_is_somebody_elses() -> None:
    """The reader gets the path and the media that the schema asks for."""
    model = made_up(parameters(mask_url={"type": "string", "x-media": "image"}))
    request = build(model, params=["mask_url=@m.png"], read_file=lambda path, accept: f"{path} {accept}")
    assert request.body["mask_url"] == "m.png ('image',)"
    assert Attached("a", "b") == Attached("a", "b")


def test_a_key_that_reaches_inside_changes_what_the_file_says_there() -> None:
    """The rest of it stays; a value that is given whole replaces it."""
    given = {"shots": [{"text": "a", "seconds": 5}, {"text": "b"}], "position": {"x": 1, "y": 1}}
    inside = build(BARE, params=["shots[0].seconds:=7", "position.x:=2"], given=given)
    assert inside.body == {
        "model": "bare",
        "shots": [{"text": "a", "seconds": 7}, {"text": "b"}],
        "position": {"x": 2, "y": 1},
    }
    assert build(BARE, params=['position:={"z": 3}'], given=given).body["position"] == {"z": 3}
