"""The JSON contract, against its own schemas."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, strategies as st

from inference_cli.api.records import State
from inference_cli.errors import DamagedError, GenerationError, InferenceError, Interrupted, ParameterError
from inference_cli.jobs.ledger import Asked
from inference_cli.jobs.past import Past
from inference_cli.jobs.spend import summed
from inference_cli.jobs.updates import Phase, Result, Update
from inference_cli.terminal.documents import (
    SHAPES,
    cleaned,
    dumped,
    error_document,
    error_event,
    event_document,
    event_line,
    history_document,
    list_document,
    media_document,
    schema,
    spend_document,
)

SAVED = Result(
    "7cf9b23a",
    "succeeded",
    Path("waves-1.mp4"),
    4_100_000,
    "ab" * 32,
    seed=7,
    cost=Decimal("0.35"),
    format="mp4",
    width=1280,
    height=720,
    duration=5.0,
    raw={
        "generation_id": "other",
        "path": "/etc/passwd",
        "model_name": "kling",
        "result_url": "https://m.example/x?sig=1",
    },
)
BARE = {
    "path": None,
    "bytes": None,
    "sha256": None,
    "seed": None,
    "cost": None,
    "format": None,
    "width": None,
    "height": None,
    "duration": None,
}
ERROR = {
    "code": "parameters",
    "message": "2 parameters do not fit",
    "details": ["--duration 7  must be 5 or 10"],
    "hint": "See:  inference models params x",
    "status": 400,
    "request_id": "r1",
    "generation_ids": ["7cf9b23a"],
}
FAILURE = ParameterError(
    "2 parameters do not fit",
    hint="See:  inference models params x",
    details=["--duration 7  must be 5 or 10"],
    status=400,
    request_id="r1",
    generation_ids=["7cf9b23a"],
)


def valid(shape: str, document: Any) -> None:
    """Check a document, as a reader gets it, against the schema that ships."""
    jsonschema_rs.validate(schema(shape), json.loads(dumped(document)))


def test_a_media_document_is_whole() -> None:
    """Every field is there; our own win over the API's of the same name; result URLs are whole."""
    document = media_document(
        model="kling",
        cost=Decimal("0.35"),
        estimated_cost=Decimal("0.7"),
        results=[SAVED, Result("bb8f5eb7", "failed")],
        error=FAILURE,
        request={"method": "POST"},
        tag="ad",
    )
    assert document == {
        "schema": 1,
        "model": "kling",
        "cost": 0.35,
        "estimated_cost": 0.7,
        "generations": [
            {
                "generation_id": "7cf9b23a",
                "status": "succeeded",
                "path": "waves-1.mp4",
                "bytes": 4_100_000,
                "sha256": "ab" * 32,
                "seed": 7,
                "cost": 0.35,
                "format": "mp4",
                "width": 1280,
                "height": 720,
                "duration": 5.0,
                "model_name": "kling",
                "result_url": "https://m.example/x?sig=1",
            },
            {"generation_id": "bb8f5eb7", "status": "failed", **BARE},
        ],
        "tag": "ad",
        "request": {"method": "POST"},
        "error": ERROR,
    }
    valid("media", document)


def test_what_is_not_known_is_null() -> None:
    """A dry run of an unpriced model has neither cost nor generations, and no error."""
    document = media_document(model=None, cost=None, estimated_cost=None, results=[])
    assert document == {"schema": 1, "model": None, "cost": None, "estimated_cost": None, "generations": []}
    valid("media", document)


def test_lists_and_errors_have_their_shapes() -> None:
    """Rows below data; a failure below error."""
    assert list_document(({"id": "a"},)) == {"schema": 1, "data": [{"id": "a"}]}
    valid("list", list_document([{"id": "a"}]))
    assert error_document(FAILURE) == {"schema": 1, "error": ERROR}
    valid("error", error_document(FAILURE))


PAST = Past(
    "7cf9b23a",
    "kling",
    "video",
    "succeeded",
    State.SUCCEEDED,
    100.0,
    Decimal("0.3500"),
    Decimal("0.30"),
    "ad",
    "waves",
    raw={"generation_id": "other", "path": "/etc/passwd", "cost": "0.3500", "enqueued_at": 100, "duration": 5},
)


def test_past_generations_have_their_shape() -> None:
    """Our own fields win over the API's of the same name; money is a number."""
    document = history_document([PAST], complete=False, asked=[Asked({"duration": 5}, ("inference", "video"))])
    assert document == {
        "schema": 1,
        "complete": False,
        "data": [
            {
                "generation_id": "7cf9b23a",
                "status": "succeeded",
                "model": "kling",
                "media_type": "video",
                "enqueued_at": 100.0,
                "cost": 0.35,
                "estimated_cost": 0.3,
                "tag": "ad",
                "direct": False,
                "path": None,
                "bytes": None,
                "sha256": None,
                "duration": 5,
                "request": {"parameters": {"duration": 5}, "command": ["inference", "video"]},
            }
        ],
    }
    valid("history", document)
    bare = Past("x", None, None, "", State.UNKNOWN, None, prompt="waves")
    (row,) = history_document([bare], complete=True)["data"]
    assert (row["prompt"], row["error_message"], row["cost"], "request" in row) == ("waves", None, None, False)
    valid("history", history_document([bare], complete=True))


@pytest.mark.parametrize("by", ["day", "week", "month", "model", "tag", "status", "media"])
def test_sums_have_their_shape(by: Any) -> None:
    """What is not known is null; whose knowledge it is, is said."""
    unpriced = Past("x", None, None, "processing", State.PROCESSING, None)
    spend = summed([PAST, unpriced], [PAST], by, None)
    document = spend_document(spend, since=5.0, until=None, local=False)
    assert (document["by"], document["since"], document["until"], document["source"]) == (by, 5.0, None, "server")
    assert document["total"] == {
        "count": 2,
        "cost": 0.35,
        "priced": 1,
        "running": 1,
        "uncharged": 0,
        "unknown": 0,
        "estimated_cost": 0.3,
        "estimates": 1,
        "difference": 0.05,
        "compared": 1,
        "direct": 1,
        "direct_estimated_cost": 0.3,
        "direct_estimates": 1,
    }
    rows = {row["key"]: row["cost"] for row in document["data"]}
    assert [cost for cost in rows.values() if cost is not None] == [0.35]
    valid("spend", document)
    nothing = spend_document(summed([unpriced], (), by, None), since=None, until=9.0, local=True)
    assert [nothing["total"][name] for name in ("cost", "estimated_cost", "difference")] == [None, None, None]
    assert nothing["source"] == "journal"
    valid("spend", nothing)
    assert not jsonschema_rs.is_valid(schema("spend"), {**nothing, "total": {**nothing["total"], "surprise": 1}})


def kinds(kind: type[InferenceError]) -> list[type[InferenceError]]:
    """A class of errors and all below it."""
    return [kind, *(each for below in kind.__subclasses__() for each in kinds(below))]


def test_every_kind_of_error_fits_the_schema() -> None:
    """The codes of the schema are those of the program."""
    codes = {kind.code for kind in kinds(InferenceError)}
    assert set(schema("error")["$defs"]["error"]["properties"]["code"]["enum"]) == codes
    valid("error", error_document(Interrupted("stopped")))


def test_events_are_lines() -> None:
    """An update is one line of JSON; result and error are there when they are known."""
    update = Update("a", "waves-1", Phase.SAVED, "7cf9b23a", "succeeded", 74.0004, 10, 10, SAVED, FAILURE, "odd")
    line = event_line(update)
    assert "\n" not in line
    document = json.loads(line)
    assert document == event_document(update)
    generation, error = document.pop("generation"), document.pop("error")
    assert (generation["path"], error) == ("waves-1.mp4", ERROR)
    assert document == {
        "schema": 1,
        "event": "update",
        "key": "a",
        "label": "waves-1",
        "generation_id": "7cf9b23a",
        "phase": "saved",
        "status": "succeeded",
        "elapsed": 74.0,
        "received": 10,
        "total": 10,
        "note": "odd",
    }
    valid("event", event_document(update))
    valid("event", error_event(GenerationError("it failed")))


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_fits_the_schema(phase: Phase) -> None:
    """The phases of the schema are those of the program."""
    valid("event", event_document(Update("a", "fox", phase)))


def test_every_schema_is_a_schema_and_refuses_what_is_none() -> None:
    """The shipped files are valid JSON Schemas, and closed at their top."""
    for shape in SHAPES:
        jsonschema_rs.validator_for(schema(shape))
        assert not jsonschema_rs.is_valid(schema(shape), {"schema": 1, "surprise": True})


@pytest.mark.parametrize(
    ("amount", "written"), [("0.07", "0.07"), ("0.0000001", "1e-07"), ("3", "3.0"), ("0.1000000000000000055", "0.1"),
     ("1e300", "1e+300"), ("1e400", "null")],
)  # fmt: skip
def test_money_has_no_binary_noise(amount: str, written: str) -> None:
    """A number is written as it was priced, an absurd one too; what no number holds is not known."""
    assert dumped(media_document(model=None, cost=Decimal(amount), estimated_cost=None, results=[])) == (
        f'{{"schema": 1, "model": null, "cost": {written}, "estimated_cost": null, "generations": []}}'
    )


def test_what_json_cannot_hold_is_replaced() -> None:
    """NaN, infinity and endless integers are null, lone surrogates U+FFFD, paths text (faults G10, H4)."""
    odd = {
        "a": float("nan"),
        "b": [float("inf"), 10**5000, True],
        "c\ud800": "\udcff",
        "d": Path("x"),
        "e": Decimal("NaN"),
        1: (),
    }
    assert cleaned(odd) == {"a": None, "b": [None, None, True], "c\ufffd": "\ufffd", "d": "x", "e": None, "1": []}


def test_control_characters_are_escaped() -> None:
    """A document is safe to look at in a terminal (fault G7)."""
    assert dumped({"m": "\x1b[31m\u202e\x9b狐"}) == '{"m": "\\u001b[31m\\u202e\\u009b\\u72d0"}'


def test_a_bottomless_answer_is_damaged() -> None:
    """Nesting that cannot be written is exit 12, not a traceback (fault H3)."""
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(DamagedError, match="too deeply"):
        dumped(deep)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec=None)), inner),
        max_leaves=20,
    )
)
def test_anything_becomes_strict_ascii_json(value: Any) -> None:
    """Whatever the API sent, a strict reader can read what we print."""
    text = dumped(value)
    assert text.isascii()
    assert text.isprintable()
    assert cleaned(json.loads(text)) == cleaned(value)
