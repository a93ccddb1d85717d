"""``-p`` arguments."""

import pytest

from inference_cli.catalogue.faults import Fault
from inference_cli.catalogue.parameters import Parameters, parse
from inference_cli.errors import UsageError
from tests.support.models import parameters

SCHEMA = {
    **parameters(
        prompt={"type": "string"},
        seed={"type": "integer"},
        scale={"type": "number"},
        audio={"type": "boolean"},
        input_image={"type": "array", "items": {"type": "string", "format": "uri"}, "x-media": "image"},
        sizes={"type": "array", "items": {"type": "integer"}},
        elements={"type": "array", "items": {"$ref": "#/$defs/element"}},
        position={"type": "object", "properties": {"x": {"type": "integer"}}},
        anything={},
        **{"odd.name": {"type": "integer"}},
    ),
    "$defs": {
        "element": {
            "type": "object",
            "properties": {
                "weight": {"type": "integer"},
                "more": {"type": "array", "items": {"type": "string", "x-media": "image"}},
            },
        }
    },
}


def reader(path: str, accept: tuple[str, ...]) -> str:
    """Data URLs that tell what was asked for."""
    if path == "none.png":
        raise UsageError("there is no file none.png")
    return f"data:{'+'.join(accept) or 'any'},{path}"


def values(*arguments: str) -> object:
    """The values of arguments without a fault."""
    parsed = parse(arguments, SCHEMA, read_file=reader)
    assert parsed.faults == ()
    return parsed.values


def faults(*arguments: str) -> list[tuple[str, str]]:
    """The faults of arguments."""
    return [(fault.spelling, fault.sentence) for fault in parse(arguments, SCHEMA, read_file=reader).faults]


def test_values_are_typed_by_the_schema() -> None:
    """Text, numbers, yes and no; what the schema does not know is text."""
    assert values(
        "prompt=2024", "seed=7", "scale=2", "audio=yes", "anything=7", "new=7", "prompt2=a=b", "odd.name=3"
    ) == {
        "prompt": "2024",
        "seed": 7,
        "scale": 2,
        "audio": True,
        "anything": "7",
        "new": "7",
        "prompt2": "a=b",
        "odd.name": 3,
    }


def test_literal_json() -> None:
    """``:=`` is taken as it is."""
    assert values("anything:=[1, null]", "seed:=7", "new:=true") == {"anything": [1, None], "seed": 7, "new": True}


def test_a_repeated_key_makes_a_list_where_the_schema_says_so() -> None:
    """Each item is typed; JSON lists are added whole, other JSON as one item."""
    assert values("sizes=1", "sizes=2", "sizes:=[3, 4]", "sizes:=5") == {"sizes": [1, 2, 3, 4, 5]}
    assert faults("seed=1", "seed=2") == [("-p seed=2", "is given twice, and takes one value")]
    assert faults("new=1", "new=2") == [("-p new=2", "is given twice, and takes one value")]


def test_files_become_data_urls() -> None:
    """Of the media that the schema asks for; a backslash makes the at sign literal."""
    assert values(
        "input_image=@a.png", "input_image=@b.png", "anything=@c", "prompt=\\@home", "elements[0].more=@d"
    ) == {
        "input_image": ["data:image,a.png", "data:image,b.png"],
        "anything": "data:any,c",
        "prompt": "@home",
        "elements": [{"more": ["data:image,d"]}],
    }
    assert faults("input_image=@none.png") == [("-p input_image=@none.png", "there is no file none.png")]
    assert faults("prompt=@story.txt") == [
        ("-p prompt=@story.txt", "takes text, not a file; text that begins with @ is written \\@")
    ]


def test_keys_reach_inside() -> None:
    """Objects by name, lists by number, both typed by what the schema says there."""
    assert values("elements[1].weight=2", "elements[0].weight=1", "position.x=5", "position.y=5", "new.a[0]=1") == {
        "elements": [{"weight": 1}, {"weight": 2}],
        "position": {"x": 5, "y": "5"},
        "new": {"a": ["1"]},
    }


def test_every_path_knows_how_it_was_spelled() -> None:
    """The first spelling counts for what holds several."""
    parsed = parse(["elements[0].weight=1", "elements[1].weight=2"], SCHEMA, read_file=reader)
    assert parsed == Parameters(
        {"elements": [{"weight": 1}, {"weight": 2}]},
        {
            "elements": "-p elements[0].weight=1",
            "elements[0]": "-p elements[0].weight=1",
            "elements[0].weight": "-p elements[0].weight=1",
            "elements[1]": "-p elements[1].weight=2",
            "elements[1].weight": "-p elements[1].weight=2",
        },
    )


@pytest.mark.parametrize("argument", ["seed", "", "=5", ":=5", " =5"])
def test_what_is_no_parameter_is_a_fault(argument: str) -> None:
    """With the forms that are."""
    assert faults(argument) == [(f"-p {argument}", "must be key=value, key:=JSON or key=@file")]


@pytest.mark.parametrize(
    "argument", ["a..b=1", "a[=1", "a[x]=1", "a[1000]=1", ".a=1", "a[]=1", "a]=1", "a" + ".b" * 31 + "=1"]
)
def test_a_key_that_leads_nowhere_is_a_fault(argument: str) -> None:
    """With the two ways that reach inside."""
    assert faults(argument) == [(f"-p {argument}", "is no key; a.b and a[0].b reach inside")]


def test_other_faults_are_collected() -> None:
    """All of them, each under its own argument."""
    assert faults("seed:=[", "position:={}", "position.x=1", "elements[1].weight=1") == [
        ("-p seed:=[", "is not JSON; key=value takes text"),
        ("-p position.x=1", "position is given as a whole already"),
        ("-p elements[1].weight=1", "elements[0] is missing"),
    ]


def test_without_a_schema_everything_is_text() -> None:
    """Except literal JSON, and the keys that are known beside every schema."""
    parsed = parse(["seed=7", "steps:=30", "num_generations=3"], None, read_file=reader)
    assert parsed.values == {"seed": "7", "steps": 30, "num_generations": 3}
    assert parse(["x=1", "x=2"], None, read_file=reader).faults == (
        Fault("-p x=2", "is given twice, and takes one value"),
    )


def test_shots_are_known_where_the_schema_leaves_the_prompt_out() -> None:
    """A list of shots may be given by hand."""
    schema = {"properties": {"seed": {"type": "integer"}}}
    parsed = parse(["multi_prompt[0].prompt=7", "multi_prompt[0].duration=7"], schema, read_file=reader)
    assert parsed.values == {"multi_prompt": [{"prompt": "7", "duration": 7}]}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[", "is not JSON; key=value takes text"),
        ('{"a": 1, "a": 2}', "cannot be sent: a key is there twice"),
        ("NaN", "cannot be sent: NaN is no JSON"),
        ("9" * 5000, "cannot be sent: a number has too many digits"),
        ("[" * 101 + "]" * 101, "cannot be sent: it is nested too deeply"),
    ],
)
def test_odd_json_says_what_is_odd(text: str, sentence: str) -> None:
    """Not every reader of it would understand the same."""
    assert faults(f"anything:={text}") == [(f"-p anything:={text}", sentence)]


def test_a_fault_in_one_parameter_leaves_the_others() -> None:
    """So that all of them can be checked at once."""
    parsed = parse(["elements[1].weight=1", "seed=7"], SCHEMA, read_file=reader)
    assert (parsed.values, len(parsed.faults)) == ({"seed": 7}, 1)
