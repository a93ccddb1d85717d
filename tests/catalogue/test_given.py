"""``--input``."""

import pytest

from inference_cli.catalogue.given import parse
from inference_cli.errors import UsageError


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"prompt": "a fox", "seed": 7}', {"prompt": "a fox", "seed": 7}),
        ('\ufeff \n{"seed": 7}', {"seed": 7}),
        ('prompt = "a fox"\r\nseed = 7\r\n', {"prompt": "a fox", "seed": 7}),
        ("[position]\nx = 1\n", {"position": {"x": 1}}),
        ("# nothing\n", {}),
    ],
)
def test_json_and_toml(text: str, value: object) -> None:
    """By what the text looks like, not by its name."""
    assert parse(text, "fox.txt") == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": NaN}', "fox.json is not JSON: NaN is no JSON"),
        ('{"a": 1, "a": 2}', "fox.json is not JSON: a key is there twice"),
        (" \n", "fox.json is empty"),
        ('[{"a": 1}]', "fox.json holds no object of parameters"),
        (
            "a fox",
            "fox.json is neither JSON nor TOML: Expected '=' after a key in a key/value pair (at line 1, column 3)",
        ),
    ],
)
def test_anything_else_is_refused(text: str, message: str) -> None:
    """With the place of the mistake."""
    with pytest.raises(UsageError) as error:
        parse(text, "fox.json")
    assert error.value.message == message


@pytest.mark.parametrize("text", ["x = " + "[" * 101 + "]" * 101, '{"x": ' + "[" * 100 + "]" * 100 + "}"])
def test_what_is_nested_too_deeply_is_refused(text: str) -> None:
    """As TOML and as JSON."""
    with pytest.raises(UsageError) as error:
        parse(text, "fox")
    assert error.value.message.endswith("it is nested too deeply")
