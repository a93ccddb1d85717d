"""Answers that are no success, read as far as they go."""

from inference_cli.api.bodies import ERROR_CAP
from inference_cli.api.exchange import Answer
from inference_cli.api.failures import (
    LOOK,
    MAYBE,
    Answered,
    Garbled,
    Trouble,
    cut_short,
    judge,
    read_complaint,
    salvaged,
)
from inference_cli.api.retry import Cause, Kind, advice
from inference_cli.api.wire import httpx
from inference_cli.errors import UnknownOutcomeError
from inference_cli.late import pattern

_RESULT = pattern(rb'"(images|videos|audios)"\s*:\s*\[\s*[{"]')


def refused(answer: Answer) -> Trouble:
    """The failure that an answer with a bad status is.

    Args:
        answer: its body is read here.
    """
    body, answered = bytearray(), answer.answered
    try:
        for chunk in answer.chunks(cap=ERROR_CAP):
            body += chunk
    except (Garbled, httpx.HTTPError):  # a status without its body is still a status, unless money is at stake
        if answered.kind is Kind.PAID and answered.status == 429 and not salvaged(bytes(body)):  # noqa: PLR2004
            return cut_short(answered)
    if answered.kind is Kind.PAID and not salvaged(bytes(body)) and _RESULT.search(body):
        return _contradiction(answered)
    complaint = read_complaint(bytes(body), answered.headers.get("content-type", "").lower())
    trouble = judge(answered, complaint, salvaged(bytes(body)))
    trouble.advised = advice(answered.headers)
    return trouble


def _contradiction(answered: Answered) -> Trouble:
    """A refusal of a paid request that carries a result, which proves that it was accepted (fault A31)."""
    sentence = f"the answer (HTTP {answered.status}) refuses the request, and holds a result; {MAYBE}"
    return Trouble(Cause.FINAL, UnknownOutcomeError(sentence, hint=LOOK, status=answered.status))
