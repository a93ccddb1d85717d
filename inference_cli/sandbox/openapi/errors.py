"""What refusals look like in both generations of the API, and which of them an operation may answer with."""

from typing import Any

from inference_cli.sandbox import refusals
from inference_cli.sandbox.openapi.shapes import TEXT, Schema, answers, one_of, record, ref

_KINDS = (refusals.INVALID, refusals.MISSING, refusals.UNAUTHENTICATED, refusals.BAD_FILE, refusals.UNKNOWN)
SCHEMAS: dict[str, Schema] = {
    "Error": record(
        {
            "error": record({"type": one_of(*_KINDS), "title": TEXT, "detail": TEXT}),
            "status": {"const": "error"},
            "status_message": one_of(*_KINDS),
            "status_description": TEXT,
        },
        description="A refusal in the current generation.",
    ),
    "OlderError": record({"error": record({"message": TEXT})}, description="A refusal in the generation of 2026-04."),
}
_MEANINGS = {
    400: "The request is not as it should be, its input cannot be read, or the model failed.",
    401: "The token is missing or wrong.",
    402: "The credits do not suffice.",
    404: "Nobody knows that model or generation.",
    429: "Too many requests; on demand only (sandbox:429, sandbox:busy).",
    500: "On demand only (sandbox:500).",
}
_GATEWAY: Schema = {
    "description": "A page of a gateway; on demand only (sandbox:502).",
    "content": {"text/html": {"schema": TEXT}},
}


def refuses(*statuses: int, older: bool = False) -> dict[str, Any]:
    """The refusals of an operation by status; a wrong token is always one of them."""
    shape = ref("OlderError" if older else "Error")
    found: dict[str, Any] = {}
    for status in sorted({401, *statuses}):
        headers = {"Retry_After": "Seconds to wait."} if status == 429 else {}
        found[str(status)] = _GATEWAY if status == 502 else answers(_MEANINGS[status], shape, **headers)
    return found


def refuses_paid(*, older: bool) -> dict[str, Any]:
    """The refusals of what is paid; the older generation has no status of its own for missing credits."""
    credit = () if older else (402,)
    return refuses(400, *credit, 404, 429, 500, 502, older=older)
