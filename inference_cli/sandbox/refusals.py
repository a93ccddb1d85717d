"""What the sandbox says no with: the error bodies of both generations of the API."""

import sqlite3
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from inference_cli.sandbox.database import UnusableError, told

INVALID, MISSING, UNAUTHENTICATED, BAD_FILE, UNKNOWN = (
    "invalid_params",
    "resource_not_found",
    "unauthenticated",
    "invalid_file_input",
    "unknown_error",
)
_TITLES = {
    INVALID: "Invalid parameters",
    MISSING: "Resource not found",
    UNAUTHENTICATED: "Unauthenticated",
    BAD_FILE: "Invalid file input",
    UNKNOWN: "Unknown error",
}


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault of the sandbox
    """A request that is answered with an error.

    Args:
        status: of HTTP.
        kind: one of the contract's error types.
        detail: the sentence.
        headers: further ones of the response.
    """

    def __init__(self, status: int, kind: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.headers = headers


def no_such_model(name: object) -> Refusal:
    """The answer for a model that nobody knows."""
    return Refusal(404, MISSING, f"Model not found: {name}")


def no_such_generation() -> Refusal:
    """The answer for a generation that nobody knows."""
    return Refusal(404, MISSING, "Generation not found")


def error_body(kind: str, detail: str, *, older: bool) -> dict[str, Any]:
    """The JSON of an error, as one of the two generations of the API writes it (contract, "Errors")."""
    if older:
        return {"error": {"message": detail}}
    return {
        "error": {"type": kind, "title": _TITLES[kind], "detail": detail},
        "status": "error",
        "status_message": kind,
        "status_description": detail,
    }


def is_older(path: str, api: str) -> bool:
    """Whether a path belongs to the 2026-04 generation; the queue's path is shared."""
    return api == "2026-04" or not path.startswith(("/api/ai/", "/api/events"))


def _answer(request: Request, status: int, kind: str, detail: str, headers: Mapping[str, str] | None) -> JSONResponse:
    older = is_older(request.url.path, request.app.state.world.api)
    return JSONResponse(error_body(kind, detail, older=older), status, headers)


async def on_refusal(request: Request, error: Exception) -> JSONResponse:
    """Starlette's handler of a refusal."""
    assert isinstance(error, Refusal)
    return _answer(request, error.status, error.kind, error.detail, error.headers)


async def on_http_exception(request: Request, error: Exception) -> JSONResponse:
    """Starlette's handler of a path or method that is not there."""
    assert isinstance(error, HTTPException)
    kind = MISSING if error.status_code == 404 else INVALID
    return _answer(request, error.status_code, kind, error.detail, error.headers)


async def on_database_error(request: Request, error: Exception) -> JSONResponse:
    """Starlette's handler of what SQLite has against the sandbox's file: its name and the cure are the answer."""
    if isinstance(error, sqlite3.IntegrityError):  # a fault of the sandbox, not of its file
        raise error
    try:
        with told(request.app.state.world.store.path):
            raise error
    except UnusableError as trouble:
        cure = "; begin anew: inference sandbox reset" if trouble.damaged else ""
        return _answer(request, 500, UNKNOWN, f"the sandbox's database {trouble.strerror}{cure}", None)
