"""Answers that are no success, read as far as they go."""

from inference_cli.api.bodies import ERROR_CAP
from inference_cli.api.exchange import Answer
from inference_cli.api.failures import Garbled, Trouble, cut_short, judge, read_complaint, salvaged
from inference_cli.api.retry import Kind, advice
from inference_cli.api.wire import httpx


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
    complaint = read_complaint(bytes(body), answered.headers.get("content-type", "").lower())
    trouble = judge(answered, complaint, salvaged(bytes(body)))
    trouble.advised = advice(answered.headers)
    return trouble
