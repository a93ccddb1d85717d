"""A request's body: a JSON object that can be kept, shown again, and walked through."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from starlette.requests import Request

from inference_cli.sandbox.refusals import INVALID, Refusal

_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_DEEPEST = 100  # levels


async def read_body(request: Request) -> dict[str, Any]:
    """The request's JSON object.

    Raises:
        Refusal: it is none; or it has a number without end or that is none, half of a character, which JSON can escape
            and UTF-8 can't write, or too many levels.
    """
    written = await request.body()
    try:
        body = json.loads(written.decode("utf-8-sig"), parse_float=_finite, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, INVALID, "The request body is not valid JSON") from error
    if not isinstance(body, dict):
        raise Refusal(400, INVALID, "The request body must be a JSON object")
    if written.count(b"[") + written.count(b"{") > _DEEPEST and _is_deep(body):
        raise Refusal(400, INVALID, "The request body is nested too deeply")
    if _HALF.search(written):
        _check_text(body)
    return body


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("beyond range")
    return value


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _is_deep(body: Mapping[str, Any]) -> bool:
    level: list[Any] = [body]
    for _ in range(_DEEPEST):
        inside = [below for one in level for below in (one.values() if isinstance(one, dict) else one)]
        level = [below for below in inside if isinstance(below, dict | list)]
        if not level:
            return False
    return True


def _check_text(body: Mapping[str, Any]) -> None:
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise Refusal(400, INVALID, "The request body holds half of a character (a lone surrogate)") from error
