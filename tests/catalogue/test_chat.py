from typing import Any

import pytest

from inference_cli.api.records import Model
from inference_cli.catalogue.chat import SCHEMA, parameters_of, schema_of
from inference_cli.errors import ParameterError


def told(*params: str, given: dict[str, Any] | None = None, model: Model | None = None, validate: bool = True) -> Any:
    """What is sent of these parameters."""
    return parameters_of(model, name="claude", params=params, given=given or {}, validate=validate)


def refused(*params: str, **more: Any) -> ParameterError:
    """Why they are not sent."""
    with pytest.raises(ParameterError) as caught:
        told(*params, **more)
    return caught.value


def test_text_is_typed_by_the_schema_of_chats() -> None:
    """A number becomes a number, text stays text, a repeatable one a list."""
    assert told("temperature=0.5", "max_tokens=20", "stop=7", "seed=3", "logprobs=yes", "user=me") == {
        "temperature": 0.5,
        "max_tokens": 20,
        "stop": "7",
        "seed": 3,
        "logprobs": True,
        "user": "me",
    }


def test_flags_win_over_the_file() -> None:
    """-p lies over --input, and reaches inside it."""
    given = {"temperature": 1, "reasoning": {"effort": "low"}}
    assert told("temperature=0", "reasoning.effort=high", given=given) == {
        "temperature": 0,
        "reasoning": {"effort": "high"},
    }


def test_everything_wrong_is_told_at_once() -> None:
    """A line for each fault under the words that were typed; nothing was sent."""
    error = refused("temperature=3", "tempreture=1", given={"max_tokens": 0})
    assert error.message == "3 parameters do not fit claude"
    assert [" ".join(line.split()) for line in error.details] == [
        "-p tempreture=1 no such parameter; did you mean temperature?",
        "-p temperature=3 must be a number from 0 to 2",
        "max_tokens in --input must be a whole number of at least 1",
    ]
    assert "--no-validate" in (error.hint or "")


@pytest.mark.parametrize("key", ["model", "messages", "stream", "stream_options", "tools", "n"])
def test_parts_that_flags_are_for_are_refused_even_unchecked(key: str) -> None:
    """What a flag writes cannot be written beside it."""
    error = refused(f"{key}:=1", validate=False)
    assert len(error.details) == 1
    assert error.details[0].startswith(f"-p {key}:=1")
    assert "is not given here" in error.details[0]


def test_unchecked_parameters_are_sent() -> None:
    """--no-validate passes what only the provider knows."""
    assert told("temperature=9", "foo=bar", validate=False) == {"temperature": 9, "foo": "bar"}


def test_files_are_named_by_other_flags() -> None:
    """`-p key=@file` says which flag attaches."""
    assert refused("user=@notes.txt").details == (
        "-p user=@notes.txt  notes.txt is attached with -a, or put into the prompt with -f",
    )


def test_a_models_own_parameters_lie_over_the_common_ones() -> None:
    """A model that publishes a schema adds to what every chat takes, and narrows it; messages stay out."""
    own = {
        "type": "object",
        "properties": {
            "temperature": {"type": "number", "maximum": 1},
            "style": {"type": "string"},
            "messages": {"type": "array"},
        },
    }
    model = Model.from_json({"id": "claude", "request_schema": own})
    names = schema_of(model)["properties"]
    assert set(names) == {*SCHEMA["properties"], "style"}
    assert told("style=terse", "temperature=1", model=model) == {"style": "terse", "temperature": 1}
    assert refused("temperature=1.5", model=model).details == ("-p temperature=1.5  must be a number of at most 1",)
