"""What a prompt may ask of a chat with the sandbox, beside the failures of ``faults.py``.

Put these words anywhere into the last message of the user; earlier messages are not looked at, so that a talk goes on
after a failure. ``WORDS`` is the one table of them, and ``sandbox:help`` answers with it. The words of ``faults.py``
that refuse, fail or drop a request do so here too; those about the queue and downloads mean nothing here.

Tools are called when the last message of the user says their name (``get_weather``, ``get weather``), or a telling word
of it (``weather``), and always when ``tool_choice`` is ``required`` or a function. Several that are meant are called in
parallel unless ``parallel_tool_calls`` is false. Once they have answered, an answer in words quotes the results.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from inference_cli.sandbox import faults

WORDS: Mapping[str, str] = {
    "sandbox:help": "this table",
    "sandbox:markdown": "Markdown of every kind: lists, tables, quotes, code, long lines, right to left, emoji",
    "sandbox:tokens=20000": "an answer of exactly so many tokens, up to a million; of Markdown with the word above",
    "sandbox:pace=50": "so many tokens a second, instead of as fast as can be",
    "sandbox:slow": "a twentieth of that pace; without one, 5 tokens a second",
    "sandbox:reasoning": "`reasoning_content` before the answer",
    "sandbox:badjson": "JSON that does not fit its schema; arguments of a tool that are no JSON",
    "sandbox:lapse": "the same, for the first request with that prompt only",
    "sandbox:rounds=3": "tools are called so many times before the answer, instead of once",
    "sandbox:wrongtool": "a tool is called that nobody offered",
    "sandbox:empty": "an answer without a character",
    "sandbox:filter": "half of the answer, with the finish reason `content_filter`",
    "sandbox:tear=20": "of a stream so many tokens, then no connection; without a number half of it, here and below",
    "sandbox:error=20": "of a stream so many tokens, then an error event",
    "sandbox:stall=20": "of a stream so many tokens, then nothing for 24 hours",
    "sandbox:end=20": "of a stream so many tokens, then its end: no finish reason, no `[DONE]`",
    "sandbox:undone": "a whole stream, but for `[DONE]`",
    "sandbox:refuse": "400; likewise `sandbox:500`, `sandbox:502`, and `sandbox:429` every time or `sandbox:busy` once",
    "sandbox:fail": "400, as the model failed; `sandbox:moderation` because of the content policy",
    "sandbox:credits": "the credits do not suffice",
    "sandbox:cut": "no connection before the request is accepted; `sandbox:drop` after it, and charged",
    "sandbox:stuck": "nothing for 24 hours",
}
"""Each word with what it does."""

SLOW_PACE = 5.0
ENDS = ("tear", "error", "stall", "end")
"""How a stream may end before its time."""
_MOST_TOKENS = 1_000_000
_TOKENS = re.compile(r"(?:^|\s|sandbox:)tokens=(\d{1,7})(?!\w)")
_NUMBER = re.compile(rf"sandbox:(pace|rounds|{'|'.join(ENDS)})=(\d{{1,7}})(?!\w)")


@dataclass(frozen=True, slots=True)
class Interruption:
    """How a stream ends before its time: one of ``ENDS``, after so many tokens; None is half of them."""

    kind: str
    tokens: int | None


@dataclass(frozen=True, slots=True)
class Demands:
    """The magic words of a prompt and the numbers it gives.

    ``tokens`` is None where no length was asked for; ``pace`` is in tokens a second, None as fast as can be.
    """

    words: frozenset[str]
    tokens: int | None
    pace: float | None
    rounds: int
    interruption: Interruption | None


def read(prompt: str) -> Demands:
    """What a prompt asks for."""
    words = faults.words({"prompt": prompt})
    numbers = {name: int(value) for name, value in _NUMBER.findall(prompt)}
    found = _TOKENS.search(prompt)
    pace: float | None = float(numbers["pace"]) if numbers.get("pace") else None
    if "slow" in words:
        pace = SLOW_PACE if pace is None else pace / 20
    end = "stall" if "stuck" in words else next((kind for kind in ENDS if kind in words), None)
    return Demands(
        words=words,
        tokens=min(_MOST_TOKENS, int(found[1])) if found else None,
        pace=pace,
        rounds=numbers.get("rounds", 1),
        interruption=None if end is None else Interruption(end, 0 if "stuck" in words else numbers.get(end)),
    )
