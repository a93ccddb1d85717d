from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.api.failures import (
    Answered,
    Complaint,
    complaint_of,
    ids_in,
    is_error,
    judge,
    read_complaint,
    salvaged,
)
from inference_cli.api.retry import Kind
from inference_cli.errors import (
    InferenceError,
)


@pytest.mark.parametrize(
    ("document", "complaint"),
    [
        (
            {
                "error": {"type": "invalid_params", "title": "Invalid", "detail": "Prompt cannot be empty"},
                "status": "error",
            },
            ("invalid_params", "Prompt cannot be empty"),
        ),
        ({"error": {"type": "unknown_error", "title": "Boom"}}, ("unknown_error", "Boom")),
        ({"error": {"message": "Model not found: x"}}, ("", "Model not found: x")),
        ({"error": {"detail": "no"}}, ("", "no")),
        ({"error": "plain text"}, ("", "plain text")),
        ({"error": "code_like", "message": "words"}, ("", "words")),
        ({"error": {"code": "model_not_found"}}, ("model_not_found", "model_not_found")),
        ({"status": "error", "status_message": "oops", "status_description": "it broke"}, ("", "it broke")),
        ({"status": "error", "status_message": "oops"}, ("", "oops")),
        ({"detail": [{"loc": ["body"], "msg": "field required"}, {"msg": "bad"}]}, ("", "field required\nbad")),
        ({"errors": [{"message": "first"}, {"message": "second"}]}, ("", "first")),
        ({"errors": []}, ("", "")),
        ({"message": "bare"}, ("", "bare")),
        ({"error": {"type": 7, "message": None, "detail": {"message": "deep"}}}, ("", "deep")),
        ({"error": None}, ("", "")),
        ([{"error": "in a list"}], ("", "in a list")),
        ([], ("", "")),
        ("a string", ("", "a string")),
        (None, ("", "")),
        (7, ("", "")),
    ],
)
def test_every_shape_of_an_error_document(document: Any, complaint: tuple[str, str]) -> None:
    """Type and text are found wherever they are (contract, "Errors")."""
    found = complaint_of(document)
    assert (found.type, found.text) == complaint
    assert found.is_json


@given(
    st.recursive(
        st.none() | st.text() | st.integers(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["error", "errors", "detail", "message", "msg", "type", "code", "status", "title"]),
                inner,
            )
        ),
    )
)
def test_H08_no_error_document_is_too_odd(document: Any) -> None:
    """Whatever comes as JSON is read, and means something for a paid request and a free one."""
    complaint = complaint_of(document)
    for kind in (Kind.PAID, Kind.READ):
        for status in (200, 400, 404, 429, 500):
            assert isinstance(
                judge(Answered(kind, "https://hub.oxen.ai/api/ai/queue", status, {}), complaint).error, InferenceError
            )
    assert is_error(document) in {True, False}


def test_texts_are_capped() -> None:
    """Two kilobytes are enough for a reason."""
    assert len(complaint_of({"error": {"message": "x" * 100_000}}).text) == 2000
    assert len(read_complaint(b"x" * 100_000, "text/plain").text) == 2000
    assert len(complaint_of("x" * 100_000).text) == 2000


def test_bodies_that_are_no_document() -> None:
    """Plain text is a reason; what claims to be JSON and is not says nothing."""
    assert read_complaint(b"busy", "text/plain") == Complaint(text="busy")
    assert read_complaint(b"{bad", "application/json") == Complaint()
    assert read_complaint(b"[" * 100_000, "application/json") == Complaint()
    assert read_complaint(b"", "") == Complaint()


@pytest.mark.parametrize(
    ("document", "verdict"),
    [
        ({"error": {"message": "no"}}, True),
        ({"error": "no"}, True),
        ({"status": "error"}, True),
        ({"status": "error", "generation_id": "a"}, False),
        ({"error": None, "images": []}, False),
        ({"error": "partly", "images": [{"url": "x"}]}, False),
        ({"status": "success"}, False),
        ({"generations": [{"generation_id": "a", "status": "error"}], "status": "error"}, False),
        ([], False),
        (None, False),
        ("error", False),
    ],
)
def test_A25_errors_in_the_shape_of_a_success(document: Any, verdict: bool) -> None:
    """Told by shape; a failed generation is no failed request."""
    assert is_error(document) is verdict


def test_C25_ids_are_found_by_shape_once_each_and_only_safe_ones() -> None:
    """Anywhere in the answer, not deeper than anything sensible."""
    document = {
        "wrapped": {"generations": [{"generation_id": "a"}, {"generation_id": "b"}, {"generation_id": "a"}]},
        "bad": [
            {"generation_id": "../x"},
            {"generation_id": 7},
            {"generation_id": "x" * 129},
            {"generation_id": "\x1b"},
        ],
    }
    assert ids_in(document) == ("a", "b")
    deep: Any = {"generation_id": "deep"}
    for _ in range(10_000):
        deep = [deep]
    assert ids_in(deep) == ()


@given(st.binary(max_size=200))
def test_salvaging_survives_anything(data: bytes) -> None:
    """Whatever the bytes, and an id among them is found."""
    assert "found-1" in salvaged(data + b'"generation_id" :\n"found-1"' + data)
    assert salvaged(b'"generation_id": ".."') == ()
