import json
from typing import Any

import pytest

from inference_cli.api.failures import (
    Answered,
    Complaint,
    Garbled,
    complaint_of,
    judge,
    read_complaint,
    unreadable,
)
from inference_cli.api.retry import Cause, Kind
from inference_cli.errors import (
    DamagedError,
    InferenceError,
    NotFoundError,
    PartialError,
    RefusedError,
    SpendingError,
    TemporaryError,
    TokenError,
    UnknownOutcomeError,
)

URL = "https://hub.oxen.ai/api/ai/queue"


def answered(status: int, kind: Kind = Kind.PAID, /, **headers: str) -> Answered:
    """An answer with that status."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answered(kind, URL, status, names, "environment INFERENCE_API_KEY")


def told(error: InferenceError) -> tuple[type[InferenceError], str, tuple[str, ...], str | None]:
    """What a person gets to see."""
    return type(error), error.message, error.details, error.hint


def test_A24_of_a_page_only_the_title_is_shown() -> None:
    """At most 80 characters of it, without control characters."""
    page = b"<!doctype html><html><title>502\x1b[31m\n Bad   Gateway " + b"x" * 200 + b"</title><body>secret</body>"
    found = read_complaint(page, "text/html")
    assert found == Complaint(text=f"502 [31m Bad Gateway {'x' * 59}")
    assert read_complaint(b"<html>", "").text == ""
    trouble = judge(answered(502), read_complaint(b"<title>Bad Gateway</title>", "text/html"))
    assert told(trouble.error) == (
        UnknownOutcomeError,
        "HTTP 502 from the gateway; the request may have been accepted (and billed)",
        ("Bad Gateway",),
        "Nothing was sent twice.  Find out and collect it:  inference recover",
    )


@pytest.mark.parametrize(
    ("status", "document", "told_", "cause"),
    [
        (
            402,
            {},
            (
                SpendingError,
                "there are not enough credits (HTTP 402)",
                (),
                "Top up at https://hub.oxen.ai, then run it again",
            ),
            Cause.FINAL,
        ),
        (
            400,
            {"error": {"message": "Insufficient credits for this request"}},
            (
                SpendingError,
                "there are not enough credits",
                ("Insufficient credits for this request",),
                "Top up at https://hub.oxen.ai, then run it again",
            ),
            Cause.FINAL,
        ),
        (
            401,
            {"error": {"type": "unauthenticated", "detail": "Token expired"}},
            (
                TokenError,
                "https://hub.oxen.ai refused the token",
                ("Token expired", "The token came from: environment INFERENCE_API_KEY"),
                "Sign in again:  inference auth login",
            ),
            Cause.FINAL,
        ),
        (
            404,
            {"error": {"message": "Model not found: kling-vido."}},
            (NotFoundError, "no model named kling-vido", (), "See:  inference models list"),
            Cause.FINAL,
        ),
        (
            400,
            {"error": "Model not found"},
            (NotFoundError, "no such model", (), "See:  inference models list"),
            Cause.FINAL,
        ),
        (404, {}, (NotFoundError, "the server has no such thing (HTTP 404)", (), None), Cause.FINAL),
        (
            400,
            {"error": {"detail": "num_generations must be an integer between 1 and 4.\nMore here."}},
            (
                RefusedError,
                "the server refused the request: num_generations must be an integer between 1 and 4",
                ("More here.",),
                None,
            ),
            Cause.FINAL,
        ),
        (413, {}, (RefusedError, "the server refused the request (HTTP 413)", (), None), Cause.FINAL),
        (
            403,
            {"error": {"message": "Your prompt was flagged by moderation"}},
            (RefusedError, "the server refused the request: Your prompt was flagged by moderation", (), None),
            Cause.FINAL,
        ),
        (429, {}, (TemporaryError, "the server is asked too often (HTTP 429)", (), None), Cause.THROTTLED),
        (
            500,
            {"error": {"type": "invalid_params", "detail": "bad size"}},
            (RefusedError, "the server refused the request: bad size", (), None),
            Cause.FINAL,
        ),
        (
            503,
            {"error": {"message": "The model is overloaded"}},
            (TemporaryError, "the server did not take the request", ("The model is overloaded",), None),
            Cause.FINAL,
        ),
        (
            500,
            {"error": {"type": "unknown_error"}},
            (
                UnknownOutcomeError,
                "HTTP 500 from the server; the request may have been accepted (and billed)",
                ("unknown_error",),
                "Nothing was sent twice.  Find out and collect it:  inference recover",
            ),
            Cause.FINAL,
        ),
    ],
)
def test_what_an_answer_to_a_paid_request_means(status: int, document: Any, told_: object, cause: Cause) -> None:
    """The whole tree, as a person reads it."""
    trouble = judge(answered(status), complaint_of(document))
    assert (told(trouble.error), trouble.cause) == (told_, cause)
    assert trouble.error.status == status


@pytest.mark.parametrize(
    ("status", "text", "kind"),
    [
        (400, "You are out of credits", SpendingError),
        (400, "not enough credits", SpendingError),
        (429, "You exceeded your current quota, please check your plan and billing details", TemporaryError),
        (429, "insufficient_quota", SpendingError),
        (400, "Your credit balance is too low: insufficient funds", SpendingError),
        (400, "Payment required", SpendingError),
        (400, "the prompt is a story about credits at the end of a film", RefusedError),
        (409, "conflict", RefusedError),
        (
            422,
            "Getting model response error: 422 - Value error, Cannot provide both 'prompt' and 'multi_prompt'.",
            RefusedError,
        ),
        (423, "locked", RefusedError),
        (403, "", TokenError),
        (403, "not yours", TokenError),
        (408, "", UnknownOutcomeError),
        (425, "", UnknownOutcomeError),
        (529, "", UnknownOutcomeError),
        (504, "", UnknownOutcomeError),
        (418, "teapot", RefusedError),
        (200, ":unsupported_media_type", RefusedError),
    ],
)
def test_A33_A36_classes_by_status_and_text(status: int, text: str, kind: type[InferenceError]) -> None:
    """Credits are told by text as well as by status; a conflict is never tried again."""
    assert type(judge(answered(status), complaint_of({"error": {"message": text}})).error) is kind


@pytest.mark.parametrize("status", [408, 425, 500, 502, 503, 504, 529])
def test_A22_a_free_request_may_be_sent_again(status: int) -> None:
    """Trouble of the server is temporary, and its Retry-After is kept to."""
    trouble = judge(answered(status, Kind.READ, retry_after="3"), Complaint())
    assert (type(trouble.error), trouble.cause, trouble.after) == (TemporaryError, Cause.SERVER, 3.0)


@pytest.mark.parametrize(
    ("after", "words"),
    [("86400", "24 h"), ("200", "3 min"), ("1000000", "12 days"), ("9" * 30, "more than 1000 days"), ("121", "2 min")],
)
def test_A30_a_long_wait_is_said(after: str, words: str) -> None:
    """In words."""
    trouble = judge(answered(429, retry_after=after), Complaint())
    assert trouble.error.message == f"the server is asked too often; it asks to wait {words} (HTTP 429)"


def test_A31_ids_in_a_refusal_are_not_lost() -> None:
    """429 with ids: a part was taken. 500 with ids: unknown, and these are known."""
    partial = judge(answered(429), Complaint(), ("a1",))
    assert (type(partial.error), partial.error.generation_ids, partial.cause) == (PartialError, ("a1",), Cause.FINAL)
    unknown = judge(answered(500), complaint_of({"error": "overloaded"}), ("a1", "a2"))
    assert (type(unknown.error), unknown.error.generation_ids) == (UnknownOutcomeError, ("a1", "a2"))
    free = judge(answered(429, Kind.READ), Complaint(), ("a1",))
    assert type(free.error) is TemporaryError


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 307, 308])
@pytest.mark.parametrize(
    ("location", "place"),
    [
        ("https://evil.example/api?token=x", "https://evil.example"),
        ("/elsewhere", "https://hub.oxen.ai"),
        ("http://user:pw@evil.example:8080/", "http://evil.example:8080"),
        (None, "https://hub.oxen.ai"),
        ("https://[::1", "an unreadable place"),
    ],
)
def test_A41_a_redirect_of_the_api_is_named_and_not_followed(status: int, location: str | None, place: str) -> None:
    """With the origin that it wanted, and nothing else of its URL."""
    headers = {} if location is None else {"location": location}
    trouble = judge(answered(status, Kind.PAID, **headers), Complaint())
    assert trouble.cause is Cause.FINAL
    assert told(trouble.error) == (
        DamagedError,
        f"the API redirected to {place}, and is not followed there",
        (),
        "If that is where it lives now:  inference config set base_url URL",
    )


def test_A26_an_answer_that_cannot_be_read() -> None:
    """Damaged when it was free; after a paid request nobody knows, and the ids in it are kept."""
    free = unreadable(Garbled("the answer is empty"), answered(200, Kind.READ, x_request_id="r1"), b"")
    assert (type(free), free.message, free.status, free.request_id) == (Garbled, "the answer is empty", 200, "r1")
    paid = unreadable(Garbled("the answer is not JSON"), answered(200), b'{"generations": [{"generation_id": "a-1"},')
    assert told(paid) == (
        UnknownOutcomeError,
        "the answer is not JSON; the request may have been accepted (and billed)",
        (),
        "Nothing was sent twice.  Find out and collect it:  inference recover",
    )
    assert paid.generation_ids == ("a-1",)


def test_request_ids() -> None:
    """Under the names that servers use."""
    assert answered(200, request_id="r").request_id == "r"
    assert answered(200).request_id is None


def test_garbled_is_damaged() -> None:
    """It exits as a damaged answer does."""
    assert json.dumps([Garbled("x").exit_status, Garbled("x").code]) == '[12, "damaged"]'
