from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.api.records import Generation, Model, State, is_valid_id, state_of
from inference_cli.errors import DamagedError

ROW = {
    "generation_id": "7cf9b23a-1",
    "model_name": "kling",
    "media_type": "video",
    "status": "succeeded",
    "result_url": "https://media.example/a.mp4",
    "error_message": None,
    "enqueued_at": 1_790_000_000,
    "started_at": 1_790_000_001.5,
    "completed_at": 1_790_000_074,
    "cost": "0.3500",
    "prompt": "waves at dawn",
}
MODEL = {
    "id": "org/Kling.2",
    "display_name": "Kling",
    "developer": {"name": "Kuaishou", "logo": "x"},
    "endpoint": "/videos/generate",
    "capabilities": {"input": ["text", "image", 7], "output": ["video"]},
    "model_type": "base",
    "summary": "Films",
    "request_schema": {"type": "object"},
    "pricing": {"method": "per_image"},
    "new_field": 1,
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)


def test_a_whole_row() -> None:
    """Every field of the contract, and the request's own kept in ``raw``."""
    assert Generation.from_json(ROW) == Generation(
        generation_id="7cf9b23a-1",
        status="succeeded",
        state=State.SUCCEEDED,
        model="kling",
        media_type="video",
        result_url="https://media.example/a.mp4",
        enqueued_at=1_790_000_000.0,
        started_at=1_790_000_001.5,
        completed_at=1_790_000_074.0,
        cost=Decimal("0.3500"),
        raw=ROW,
    )


@pytest.mark.parametrize(
    ("word", "state", "ended"),
    [
        ("queued", State.QUEUED, False),
        ("PROCESSING", State.PROCESSING, False),
        (" Succeeded ", State.SUCCEEDED, True),
        ("completed", State.SUCCEEDED, True),
        ("error", State.FAILED, True),
        ("canceled", State.CANCELLED, True),
        ("throttled", State.UNKNOWN, False),
        ("vanished", State.UNKNOWN, False),
        ("unknown", State.UNKNOWN, False),
        ("", State.UNKNOWN, False),
        (None, State.UNKNOWN, False),
        (7, State.UNKNOWN, False),
    ],
)
def test_C18_C19_the_words_of_servers(word: object, state: State, *, ended: bool) -> None:
    """Synonyms are folded whatever their case; what nobody knows is no end."""
    assert (state_of(word), state_of(word).ended) == (state, ended)
    assert Generation.from_json({"generation_id": "a", "status": word}).state is state


@pytest.mark.parametrize(
    "result",
    ["", None, [], ["https://x"], {"url": "https://x"}, 7],
)
def test_C20_a_result_that_is_no_url(result: object) -> None:
    """Succeeded without one is told apart from succeeded with one."""
    assert Generation.from_json({**ROW, "result_url": result}).result_url is None


@pytest.mark.parametrize(
    ("value", "valid"),
    [
        ("7cf9b23a-0f4b-4c8e-a1b2-000000000000", True),
        ("A.b_c-1", True),
        ("a" * 128, True),
        ("a" * 129, False),
        ("", False),
        (".", False),
        ("..", False),
        ("a/b", False),
        ("../../x", False),
        ("a\n", False),
        ("a\x1b[31m", False),
        ("ä", False),
        (7, False),
        (None, False),
    ],
)
def test_C25_ids(value: object, *, valid: bool) -> None:
    """Only what is safe in a path, a file name and a row."""
    assert is_valid_id(value) is valid


@pytest.mark.parametrize(
    "data", [None, [], "x", 7, {}, {"generation_id": None}, {"generation_id": "../x"}, {"status": "queued"}]
)
def test_a_row_that_is_none(data: object) -> None:
    """Damaged, said in a sentence."""
    with pytest.raises(DamagedError):
        Generation.from_json(data)


@pytest.mark.parametrize(
    ("cost", "amount"),
    [
        ("0.35", Decimal("0.35")),
        (0.35, Decimal("0.35")),
        (1, Decimal(1)),
        ("NaN", None),
        ("x", None),
        (True, None),
        (None, None),
        ([], None),
    ],
)
def test_costs(cost: object, amount: Decimal | None) -> None:
    """Decimal strings and numbers; nothing else, and nothing that is no amount."""
    assert Generation.from_json({**ROW, "cost": cost}).cost == amount


@given(st.sampled_from(sorted(ROW)), JSON)
def test_H08_any_field_of_a_row_may_be_anything(field: str, value: Any) -> None:
    """No field is too odd, and none is lost; only the id has to be one."""
    row = {**ROW, field: value}
    if field == "generation_id" and not is_valid_id(value):
        with pytest.raises(DamagedError):
            Generation.from_json(row)
    else:
        assert Generation.from_json(row).raw == row or value != value  # noqa: PLR0124 - NaN is not itself


def test_a_whole_model() -> None:
    """Every field of the contract."""
    assert Model.from_json(MODEL) == Model(
        id="org/Kling.2",
        display_name="Kling",
        developer="Kuaishou",
        endpoint="/videos/generate",
        inputs=("text", "image"),
        outputs=("video",),
        model_type="base",
        summary="Films",
        schema={"type": "object"},
        pricing={"method": "per_image"},
        raw=MODEL,
    )


def test_a_model_of_2026_04() -> None:
    """Other names for id and schema, a developer that is a word."""
    row = {"name": "kling", "json_request_schema": {"type": "object"}, "developer": "Kuaishou"}
    assert Model.from_json(row) == Model(id="kling", developer="Kuaishou", schema={"type": "object"}, raw=row)


@given(st.sampled_from(sorted(MODEL)), JSON)
def test_H08_any_field_of_a_model_may_be_anything(field: str, value: Any) -> None:
    """Only the id has to be one."""
    row = {**MODEL, field: value}
    if field == "id" and not (isinstance(value, str) and value):
        with pytest.raises(DamagedError):
            Model.from_json(row)
    else:
        Model.from_json(row)


@pytest.mark.parametrize("data", [None, [], "x", {}])
def test_a_model_that_is_none(data: object) -> None:
    """Damaged."""
    with pytest.raises(DamagedError):
        Model.from_json(data)


@pytest.mark.parametrize(
    ("row", "prompt"),
    [
        ({"prompt": "a fox"}, "a fox"),
        ({"multi_prompt": [{"prompt": "a fox"}, {"prompt": "a cat"}]}, "a fox"),
        ({"multi_prompt": ["a fox"]}, None),
        ({"multi_prompt": []}, None),
        ({"prompt": 7}, None),
    ],
)
def test_what_a_row_was_asked_for_with(row: dict[str, Any], prompt: str | None) -> None:
    """The prompt, or the first shot's; anything odd is not shown."""
    assert Generation.from_json({"generation_id": "a", **row}).prompt == prompt


def test_what_is_no_field_of_a_row_is_a_parameter_of_its_request() -> None:
    """Rows repeat them at the top level."""
    row = {"generation_id": "a", "status": "queued", "cost": None, "target_repo": "r", "prompt": "x", "duration": 5}
    assert Generation.from_json(row).parameters == {"prompt": "x", "duration": 5}


@pytest.mark.parametrize("cost", ["1e12", "-1e30", "NaN", "Infinity", "much", True, [1], 10**40])
def test_a_cost_that_cannot_be_one_is_not_known(cost: object) -> None:
    """No sum and no line of money fails over it (fault H4)."""
    assert Generation.from_json({"generation_id": "a", "cost": cost}).cost is None
