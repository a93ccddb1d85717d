"""Requests are checked against the schema, all faults at once."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from inference_cli.api.records import Model
from inference_cli.catalogue.check import check
from inference_cli.catalogue.flags import Common
from inference_cli.catalogue.request import Request, build
from inference_cli.errors import ParameterError
from tests.support.models import made_up, parameters, published

KLING = published()["kling-video-v2-6-pro-text-to-video"]


def lines(model: Model, **how: Any) -> tuple[str, ...]:
    """The lines of the error of a request."""
    with pytest.raises(ParameterError) as error:
        check(model.schema, build(model, **how))
    return tuple(" | ".join(part.strip() for part in line.split("  ", 1)) for line in error.value.details)


def notes(model: Model, **how: Any) -> tuple[str, ...]:
    """The notes of a request that fits."""
    return check(model.schema, build(model, **how))


def test_the_screen_of_being_wrong() -> None:
    """As it is designed."""
    request = build(KLING, prompt="a bird", common=Common(duration="7"), params=["aspect=16:9"])
    with pytest.raises(ParameterError) as error:
        check(KLING.schema, request)
    assert error.value.message == "2 parameters do not fit kling-video-v2-6-pro-text-to-video"
    assert error.value.details == (
        "--duration 7        must be 5 or 10",
        "-p aspect=16:9      no such parameter; did you mean aspect_ratio?",
    )


ODD: dict[str, Any] = {
    **parameters(
        prompt_={"type": "string", "minLength": 2, "maxLength": 5},
        seed={"type": "integer", "minimum": 0, "maximum": 9, "multipleOf": 3},
        scale={"type": "number", "exclusiveMinimum": 0},
        audio={"type": "boolean"},
        duration={"type": "integer", "enum": [-1, 4, 5, 6, 7]},
        tags={"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 3, "uniqueItems": True},
        code={"type": "string", "pattern": "^[a-z]$"},
        free={"type": "object"},
        either={"anyOf": [{"type": "integer"}, {"type": "boolean"}]},
        element={
            "type": "object",
            "properties": {"url": {"type": "string"}, "n": {"type": "integer"}},
            "required": ["url"],
        },
        elements={"type": "array", "items": {"type": "object", "properties": {"n": {"type": "integer"}}}},
        input_image={"type": "array", "items": {"type": "string", "format": "uri"}, "x-media": "image"},
    ),
}


@pytest.mark.parametrize(
    ("params", "line"),
    [
        (["seed=x"], "-p seed=x | must be a whole number from 0 to 9"),
        (["seed=12"], "-p seed=12 | must be a whole number from 0 to 9"),
        (["seed=4"], "-p seed=4 | must be a multiple of 3"),
        (["scale=0"], "-p scale=0 | must be a number above 0"),
        (["audio=maybe"], "-p audio=maybe | must be yes or no"),
        (["duration=9"], "-p duration=9 | must be auto or 4 to 7"),
        (["tags=a"], "-p tags=a | has 1; 2 at least"),
        (['tags:=[1, "b"]'], '-p tags:=[1, "b"] | [0]=1: must be text'),
        (["tags=a", "tags=b", "tags=c", "tags=d"], "-p tags=a | has 4; 3 at most"),
        (["tags=a", "tags=a"], "-p tags=a | has the same value twice"),
        (["code=1"], "-p code=1 | must match ^[a-z]$"),
        (["either=x"], "-p either=x | must be a whole number or yes or no"),
        (["element.n=1"], "-p element.n=1 | needs url"),
        (["element.url=a", "element.n=x"], "-p element.n=x | must be a whole number"),
        (["element=x"], "-p element=x | must be an object (url, n)"),
        (["element.url=a", "element.m=x"], "-p element.m=x | no such parameter; there are url, n"),
        (['elements:=[{"n": "x"}]'], '-p elements:=[{"n": "x"}] | [0].n=x: must be a whole number'),
        (["elements[0].nn=1"], "-p elements[0].nn=1 | no such parameter; did you mean n?"),
        (["elements[0].zzzz=1"], "-p elements[0].zzzz=1 | no such parameter; there are n"),
        (["input_image=cat.png"], "-p input_image=cat.png | is no URL; a file is sent with -p input_image=@FILE"),
        (["zzzz=1"], "-p zzzz=1 | no such parameter"),
        (["image_url=1"], "-p image_url=1 | no such parameter; did you mean input_image?"),
        (["video_url=1"], "-p video_url=1 | no such parameter"),
        (["seconds=1"], "-p seconds=1 | no such parameter; did you mean duration?"),
        (["response_format=png"], "-p response_format=png | must be url or b64_json"),
        (["num_generations=0"], "-p num_generations=0 | must be a whole number from 1 to 1000"),
        (["target_repo="], "-p target_repo= | has 0 characters; 1 at least"),
    ],
)
def test_each_fault_has_its_sentence(params: list[str], line: str) -> None:
    """One line for each place, in the words of who typed it."""
    assert lines(made_up(ODD), prompt="fox", params=params) == (line,)


def test_the_prompt_has_its_faults_too() -> None:
    """Missing, too short, too long; each once."""
    model = made_up(ODD)
    assert lines(model) == ("prompt | is required",)
    assert lines(model, prompt="x") == ('"x" | has 1 characters; 2 at least',)
    assert lines(model, prompt="a fox in the snow, red") == ('"a fox in the snow, red" | has 22 characters; 5 at most',)
    assert lines(model, prompt="") == ('"" | the prompt is empty',)


def test_what_is_missing_names_its_flag() -> None:
    """A parameter without a flag is given by -p."""
    model = made_up(parameters(input_image_={}, input_video_={}, aspect_ratio_={}, creativity_={}))
    assert lines(model) == (
        "input_image | is required: -i FILE",
        "input_video | is required: --video FILE",
        "aspect_ratio | is required: --aspect-ratio",
        "creativity | is required: -p creativity=…",
    )


def test_a_wrong_value_is_not_missing_as_well() -> None:
    """One mistake, one line."""
    model = made_up(parameters(input_image_={"type": "string", "x-media": "image"}))
    assert lines(model, params=["input_image=@none.png"]) == (
        "-p input_image=@none.png | none.png cannot be read here",
    )


def test_a_key_of_an_input_file_is_named_with_it() -> None:
    """And with its value, where that is short."""
    assert lines(KLING, prompt="a", given={"duraton": 5}) == (
        "duraton=5 in --input | no such parameter; did you mean duration?",
    )


def test_what_fits_says_nothing() -> None:
    """No notes, no error."""
    params = ["seed=3", "scale=1", "tags=a", "tags=b", "either=1", "element.url=x", "free.a.b=1", "target_repo=mine"]
    assert notes(made_up(ODD), prompt="fox", params=params) == ()
    assert notes(made_up(ODD), prompt="fox", params=["input_image=data:image/png;base64," + "A" * 500]) == ()


UNCHECKED = {
    "the parameters were not checked: made-up publishes no schema; key=value is sent as text, key:=JSON as it is",
    "the parameters were not checked: the schema of made-up cannot be read",
}
BROKEN: list[dict[str, Any] | None] = [
    None,
    {},
    {"type": "object"},
    {"properties": 5},
    {"properties": {}},
    {"properties": {"prompt": {"type": "nonsense"}}},
    {"properties": {"prompt": {"pattern": "("}}},
    {"properties": {"prompt": {"$ref": "https://127.0.0.1:9/schema"}}},
    {"properties": {"prompt": {"$ref": "file:///etc/passwd"}}},
    {"properties": {"prompt": {"$ref": "#/$defs/none"}}},
    {"properties": {"prompt": {"type": "string", "maxLength": "long"}}},
]


def test_what_was_not_checked_is_said_once() -> None:
    """One sentence, which says what became of the arguments too; nothing where nothing was typed or asked for."""
    bare = Model(id="bare")
    sent = "key=value is sent as text, key:=JSON as it is"
    assert notes(bare, prompt="a", params=["n=5"]) == (
        f"the parameters were not checked: bare publishes no schema; {sent}",
    )
    assert notes(bare, prompt="a") == ("the parameters were not checked: bare publishes no schema",)
    assert notes(bare, prompt="a", params=["n=5"], validate=False) == (f"bare publishes no schema: {sent}",)
    assert notes(bare, prompt="a", validate=False) == ()


@pytest.mark.parametrize("schema", BROKEN)
def test_a_missing_or_broken_schema_checks_nothing(schema: dict[str, Any] | None) -> None:
    """It never blocks a call, and never fetches anything (fault H7)."""
    assert notes(made_up(schema), prompt="a fox", params=["anything=1"])[0] in UNCHECKED


def test_a_recursive_schema_is_survived() -> None:
    """References that lead nowhere, and a body that is nested too deeply to check."""
    loop = {"properties": {"prompt": {"$ref": "#/$defs/a"}}, "$defs": {"a": {"$ref": "#/$defs/a"}}}
    assert notes(made_up(loop), prompt="a fox") == ()
    deep: dict[str, Any] = {}
    for _ in range(300):
        deep = {"inside": deep}
    itself = {"properties": {"inside": {"$ref": "#"}, "prompt": {"type": "string"}}}
    assert notes(made_up(itself), prompt="a fox", given={"inside": deep}) in {
        (),
        ("the parameters were not checked: the schema of made-up cannot be read",),
    }


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(["prompt", "seed", "x"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=4),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["type", "enum", "items", "oneOf", "$ref", "default", "x-shared-limit", "minimum"]),
                    inner,
                    max_size=3,
                )
            ),
            max_leaves=8,
        ),
    )
)
def test_no_schema_crashes_the_check(properties: dict[str, Any]) -> None:
    """Whatever stands in it: a note or a refusal."""
    model = made_up({"properties": properties, "required": ["prompt"], "oneOf": [5], "x-total-duration": 5})
    try:
        notes(model, prompt="a fox", params=["seed=1", "x=2"])
    except ParameterError:
        return


def test_no_validate_sends_what_the_schema_refuses() -> None:
    """Only what was typed wrongly is still refused."""
    assert notes(KLING, prompt="a", common=Common(duration="7"), params=["aspect=16:9"], validate=False) == ()
    assert lines(KLING, params=["seed:=["], validate=False) == ("-p seed:=[ | is not JSON; key=value takes text",)


def test_the_checked_data_url_is_not_looked_into() -> None:
    """It may be as large as it likes: the error shows its type only."""
    url = "data:image/png;base64," + "A" * 10_000_000
    (line,) = lines(KLING, prompt="a", params=[f"picture={url}"])
    assert line == "-p picture=data:image/png;base64,… | no such parameter"


def test_a_request_made_by_hand_is_checked_alike() -> None:
    """Without origins the keys speak for themselves."""
    request = Request(model="kling", body={"model": "kling", "prompt": "a", "duration": 7, "aspect": 1})
    with pytest.raises(ParameterError) as error:
        check(KLING.schema, request)
    assert error.value.details == (
        "aspect              no such parameter; did you mean aspect_ratio?",
        "duration            must be 5 or 10",
    )


def test_the_hint_says_what_helps() -> None:
    """``--no-validate`` is no way out of what it does not let through either."""
    for params, helps in (
        (["duration=7"], True),
        (["duration=5", "duration=5"], False),
        (["duration:=[", "x=1"], False),
    ):
        with pytest.raises(ParameterError) as error:
            check(KLING.schema, build(KLING, prompt="a", params=params))
        assert ("--no-validate" in (error.value.hint or "")) == helps


def test_an_empty_prompt_is_refused_however_it_is_given() -> None:
    """The API takes none (contract, "Errors")."""
    assert lines(KLING, prompt=" ") == ('"" | the prompt is empty',)
    assert lines(KLING, params=["prompt="]) == ("-p prompt= | the prompt is empty",)
    assert lines(KLING, given={"prompt": "\n"}) == ("prompt= in --input | the prompt is empty",)
    assert lines(Model(id="bare"), params=["prompt="]) == ("-p prompt= | the prompt is empty",)
    assert notes(KLING, params=["prompt="], validate=False) == ()


CLOSED = {
    **parameters(prompt={"type": "string"}, inner={"type": "object", "additionalProperties": False}),
    "additionalProperties": False,
}


def test_a_schema_that_forbids_other_keys_says_it_once() -> None:
    """Known keys beside it are let through; inside an object the schema's word counts."""
    assert lines(made_up(CLOSED), params=["x=1"]) == ("-p x=1 | no such parameter",)
    assert notes(made_up(CLOSED), params=["prompt=a", "target_repo=mine"]) == ()
    assert lines(made_up(CLOSED), params=["inner.x=1"]) == ("-p inner.x=1 | is not allowed",)
