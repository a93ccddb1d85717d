"""What cannot be sent at all."""

import datetime as dt
from typing import Any

import pytest

from inference_cli.api.records import Model
from inference_cli.catalogue.check import check
from inference_cli.catalogue.request import build
from inference_cli.catalogue.sendable import LARGEST
from inference_cli.errors import ParameterError


def lines(model: Model, **how: Any) -> tuple[str, ...]:
    """The lines of the error of a request."""
    with pytest.raises(ParameterError) as error:
        check(model.schema, build(model, **how))
    return tuple(" | ".join(part.strip() for part in line.split("  ", 1)) for line in error.value.details)


@pytest.mark.parametrize(
    ("value", "shown", "sentence"),
    [
        (float("nan"), "x=nan", "is no number that can be sent"),
        ([float("inf")], "x", "is no number that can be sent"),
        ({"x": "\ud800"}, "x", "is not valid UTF-8"),
        (dt.date(2026, 1, 1), "x=2026-01-01", "is a date or time; put it in quotes"),
    ],
)
@pytest.mark.parametrize("validate", [True, False])
def test_what_no_json_can_hold_is_always_refused(value: object, shown: str, sentence: str, validate: bool) -> None:
    """With ``--no-validate`` too."""
    model = Model(id="bare")
    assert lines(model, given={"x": value}, validate=validate) == (f"{shown} in --input | {sentence}",)


@pytest.mark.parametrize("validate", [True, False])
def test_a_request_has_a_largest_size(validate: bool) -> None:
    """One file of the largest size fits, as a data URL; more go online."""
    half = "data:image/png;base64," + "A" * (LARGEST // 2)
    model = Model(id="bare")
    assert lines(model, given={"x": [half, half]}, validate=validate) == (
        "the request | has 150 MB, 150 at most: put files online and give their URLs",
    )
    check(None, build(model, given={"x": [half]}, validate=validate))
