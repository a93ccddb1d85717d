"""Answers of every documented shape, read as one tree of errors (contract, "Errors"). No httpx here."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from inference_cli.api.retry import LONGEST_WAIT, Cause, Kind, wait_asked_for
from inference_cli.errors import (
    DamagedError,
    GenerationError,
    InferenceError,
    NotFoundError,
    PartialError,
    RefusedError,
    SpendingError,
    TemporaryError,
    TokenError,
    UnknownOutcomeError,
)
from inference_cli.frozen import dataclass
from inference_cli.late import pattern

LOOK = "Nothing was sent twice.  Find out and collect it:  inference recover"
ASK_AGAIN = "Nothing was sent twice.  To let it be asked again:  inference chat --retry-chat"
_TEXT_CAP, _LINES, _TITLE = 2000, 8, 80

_CREDITS = pattern(
    r"insufficient[\s_-]*(credits?|funds?|balance|quota)|(not enough|out of|no( more)?|run out of|too few|exhausted)"
    r"[\s\w]{0,20}\b(credits?|funds|balance)\b|credits?\b[\s\w]{0,20}\b(exhausted|depleted|required|used up)"
    r"|payment[\s_-]required|(exceeded|over)\b[\s\w]{0,20}\b(billing|spending)|billing hard limit",
    re.IGNORECASE,
)
_UNAUTHENTICATED = pattern(r"unauthenticated|unauthorized|invalid_api_key", re.IGNORECASE)
_MISSING = pattern(r"resource_not_found|not_found\b|model_not_found", re.IGNORECASE)
_MISSING_MODEL = pattern(r"\bmodel not found\b:?\s*(?P<name>\S.*)?", re.IGNORECASE)
_MODERATED = pattern(r"moderat|content[\s_-]policy|safety|nsfw|prohibited content|flagged", re.IGNORECASE)
_REFUSED_TYPES = frozenset({"invalid_params", "invalid_file_input", "invalid_request_error", "unsupported_media_type"})
_NOT_TAKEN = pattern(r"overloaded|queue is full|not accepted|at capacity|rate[\s_-]limit", re.IGNORECASE)
_PAYLOADS = ("generations", "generation", "data", "images", "videos", "audios", "models", "generation_id", "choices")
_SALVAGE = pattern(rb'"generation_id"\s*:\s*"([A-Za-z0-9._-]{1,128})"')


class Garbled(DamagedError):  # noqa: N818 - named for what the answer is
    """An answer that cannot be read; after a paid request that makes its outcome unknown."""


class LinkExpired(GenerationError):  # noqa: N818 - named for what happened to the link
    """A result URL that is not served any more (403, 404, 410): ask for a fresh one (faults D1, D2)."""


class Throttled(TemporaryError):  # noqa: N818 - named for what the host did
    """A media host asks to come back later; ``after`` is in seconds, ``None`` if it does not say when."""

    after: float | None = None


class Trouble(Exception):  # noqa: N818 - it never leaves the package; the error that does is inside
    """A failed attempt: what to raise, and what the retry policy needs to know.

    Args:
        cause: why it failed.
        error: what the user gets, if it is not sent again.
        after: seconds that the server asked to wait.
        timed_out: whether it failed by waiting.
    """

    def __init__(
        self, cause: Cause, error: InferenceError, *, after: float | None = None, timed_out: bool = False
    ) -> None:
        super().__init__(error.message)
        self.cause, self.error, self.after, self.timed_out = cause, error, after, timed_out
        self.advised: bool | None = None  # the server's x-should-retry


@dataclass(frozen=True, slots=True)
class Answered:
    """Where an answer came from and how it begins; ``headers`` has lower-case names."""

    kind: Kind
    url: str
    status: int
    headers: Mapping[str, str]
    token_source: str = ""
    signed: bool = True  # the request carried a token

    @property
    def request_id(self) -> str | None:
        """The server's own id of the request."""
        values = map(self.headers.get, ("x-request-id", "request-id", "x-amzn-requestid", "cf-ray"))
        return next((value[:200] for value in values if value), None)


@dataclass(frozen=True, slots=True)
class Complaint:
    """What an error body says, whatever its shape: a type and a text, either may be empty."""

    type: str = ""
    text: str = ""
    is_json: bool = False


def is_error(document: Any) -> bool:
    """Whether an answer with a good status is an error by its shape (fault A25).

    A generation with ``status: "error"`` is a generation, and ``error: null`` beside a payload is none.
    """
    if not isinstance(document, Mapping) or any(document.get(name) for name in _PAYLOADS):
        return False
    return bool(document.get("error")) or document.get("status") == "error"


def complaint_of(document: Any) -> Complaint:
    """Read an error document: ``error`` as an object or a string, ``status_message``, bare objects, lists of faults."""
    if isinstance(document, str):
        return Complaint(text=document[:_TEXT_CAP], is_json=True)
    if isinstance(document, list):
        return complaint_of(document[0]) if document else Complaint(is_json=True)
    if not isinstance(document, Mapping):
        return Complaint(is_json=True)
    inner = document.get("error", document.get("errors"))
    if isinstance(inner, list):
        inner = inner[0] if inner else None
    source = {**document, **inner} if isinstance(inner, Mapping) else {**document, "error": inner}
    texts = (source.get(key) for key in ("detail", "message", "title", "status_description", "error", "status_message"))
    kind = next((source[key] for key in ("type", "code") if isinstance(source.get(key), str)), "")
    return Complaint(type=kind[:200], text=next(filter(None, map(_as_text, texts)), kind)[:_TEXT_CAP], is_json=True)


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return "\n".join(filter(None, (_as_text(one) for one in value[:_LINES])))
    if isinstance(value, Mapping):
        return _as_text(value.get("msg") or value.get("message") or value.get("detail"))
    return ""


def read_complaint(body: bytes, content_type: str) -> Complaint:
    """What the body of a failed request says; of an HTML page only its title (fault A24)."""
    head = body[:4096].lstrip()
    if "html" in content_type or head[:1] == b"<":
        title = re.search(rb"<title[^>]*>(.*?)</title", body[:65536], re.IGNORECASE | re.DOTALL)
        words = title.group(1).decode("utf-8", "replace") if title else ""
        printable = "".join(character if character.isprintable() else " " for character in words)
        return Complaint(text=" ".join(printable.split())[:_TITLE])
    try:
        document = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        text = body[:_TEXT_CAP].decode("utf-8", "replace").strip()
        return Complaint(text=text if "json" not in content_type else "")
    return complaint_of(document)


def judge(answered: Answered, complaint: Complaint, ids: tuple[str, ...] = ()) -> Trouble:
    """Turn an error answer into the error that it means, and say whether it may be sent again.

    Args:
        answered: the answer.
        complaint: what its body says.
        ids: generation ids that the body carries in spite of all; they are never lost (invariant I2).
    """
    status, said = answered.status, f"{complaint.type}\n{complaint.text}"
    if ids and answered.kind is Kind.PAID and status < 500:  # noqa: PLR2004
        return _taken_in_part(answered, complaint, ids)
    if status == 402 or _CREDITS.search(said):  # noqa: PLR2004 - HTTP's own numbers, here and below
        hint = f"Top up at {_site(answered.url)}, then run it again"
        return _final(SpendingError, "there are not enough credits", complaint, answered, hint=hint)
    if 300 <= status < 400:  # noqa: PLR2004
        return Trouble(Cause.FINAL, _redirected(answered))
    forbidden = status == 403 and not _MODERATED.search(said)  # noqa: PLR2004
    if status == 401 or forbidden or _UNAUTHENTICATED.search(complaint.type):  # noqa: PLR2004
        return _token_refused(answered, complaint)
    if status == 404 or _MISSING.search(complaint.type) or _MISSING_MODEL.search(complaint.text):  # noqa: PLR2004
        return _missing(answered, complaint)
    troubled = status in {408, 425} or status >= 500  # noqa: PLR2004
    if status == 429 or (complaint.type == "rate_limit_error" and not troubled):  # noqa: PLR2004
        return _throttled(answered, complaint)
    if troubled and complaint.type not in _REFUSED_TYPES:
        return _server_trouble(answered, complaint, ids)
    return _final(RefusedError, "the server refused the request", complaint, answered, lead_with_text=True)


def _final(
    kind: type[InferenceError],
    sentence: str,
    complaint: Complaint,
    answered: Answered,
    *,
    hint: str | None = None,
    details: tuple[str, ...] = (),
    lead_with_text: bool = False,
) -> Trouble:
    lines = tuple(line.strip() for line in complaint.text.splitlines() if line.strip())[:_LINES]
    if not lines:
        sentence = f"{sentence} (HTTP {answered.status})"
    elif lead_with_text:
        sentence, lines = f"{sentence}: {lines[0].rstrip('.')}", lines[1:]
    error = kind(
        sentence, hint=hint, details=(*lines, *details), status=answered.status, request_id=answered.request_id
    )
    return Trouble(Cause.FINAL, error)


def _token_refused(answered: Answered, complaint: Complaint) -> Trouble:
    if not answered.signed:
        hint = "Store one for it:  inference auth login"
        return _final(TokenError, f"{_site(answered.url)} asks for a token", complaint, answered, hint=hint)
    source = (f"The token came from: {answered.token_source}",) if answered.token_source else ()
    hint = "Sign in again:  inference auth login"
    sentence = f"{_site(answered.url)} refused the token"
    return _final(TokenError, sentence, complaint, answered, hint=hint, details=source)


def _missing(answered: Answered, complaint: Complaint) -> Trouble:
    model = _MISSING_MODEL.search(complaint.text)
    if model is None:
        return _final(NotFoundError, "the server has no such thing", complaint, answered)
    name = (model.group("name") or "").strip().rstrip(".")
    error = NotFoundError(
        f"no model named {name}" if name else "no such model",
        hint="See:  inference models list",
        status=answered.status,
        request_id=answered.request_id,
    )
    return Trouble(Cause.FINAL, error)


def _taken_in_part(answered: Answered, complaint: Complaint, ids: tuple[str, ...]) -> Trouble:
    """A refusal that names generations all the same: what it took is never thrown away (fault A31, invariant I2)."""
    trouble = _final(PartialError, "the server took only a part of the request", complaint, answered)
    trouble.error.generation_ids = ids
    return trouble


def cut_short(answered: Answered) -> Trouble:
    """A refusal of a paid request whose end is missing: ids may have stood there, so it proves nothing."""
    sentence = f"the answer (HTTP {answered.status}) was cut; {MAYBE}"
    return Trouble(Cause.FINAL, UnknownOutcomeError(sentence, hint=LOOK, status=answered.status))


def _throttled(answered: Answered, complaint: Complaint) -> Trouble:
    after = wait_asked_for(answered.headers)
    late = f"; it asks to wait {_in_words(after)}" if after is not None and after > LONGEST_WAIT else ""
    trouble = _final(TemporaryError, f"the server is asked too often{late}", complaint, answered)
    return Trouble(Cause.THROTTLED, trouble.error, after=after)


def _server_trouble(answered: Answered, complaint: Complaint, ids: tuple[str, ...]) -> Trouble:
    sentence = f"HTTP {answered.status} from the {'server' if complaint.is_json else 'gateway'}"
    if answered.kind is Kind.CHAT:
        return _chat_trouble(answered, complaint, sentence)
    if answered.kind is not Kind.PAID:
        trouble = _final(TemporaryError, sentence, complaint, answered)
        return Trouble(Cause.SERVER, trouble.error, after=wait_asked_for(answered.headers))
    if complaint.is_json and not ids and _NOT_TAKEN.search(f"{complaint.type}\n{complaint.text}"):
        return _final(TemporaryError, "the server did not take the request", complaint, answered)
    trouble = _final(UnknownOutcomeError, f"{sentence}; {MAYBE}", complaint, answered, hint=LOOK)
    trouble.error.generation_ids = ids
    return trouble


def _chat_trouble(answered: Answered, complaint: Complaint, sentence: str) -> Trouble:
    """A chat that a server may have worked on, unless it says that it is busy (faults document, "Retry policy")."""
    said = f"{complaint.type}\n{complaint.text}"
    busy = answered.status in {503, 529} and said.strip()  # a body that says nothing of it may be an answer
    if complaint.is_json and (busy or _NOT_TAKEN.search(said)):
        trouble = _final(TemporaryError, "the server did not take the request", complaint, answered)
        return Trouble(Cause.BUSY, trouble.error, after=wait_asked_for(answered.headers))
    return _final(DamagedError, f"{sentence}; it may have been billed", complaint, answered)


MAYBE = "the request may have been accepted (and billed)"


def _redirected(answered: Answered) -> DamagedError:
    try:
        place = _site(urljoin(answered.url, answered.headers.get("location", "")))[:200]
    except ValueError:
        place = "an unreadable place"
    return DamagedError(
        f"the API redirected to {place}, and is not followed there",
        hint="If that is where it lives now:  inference config set base_url URL",
        status=answered.status,
        request_id=answered.request_id,
    )


def unreadable(error: DamagedError, answered: Answered, partial: bytes) -> InferenceError:
    """What an answer that cannot be read means: 12, after a paid request 8 (faults A26, C32).

    Args:
        error: what is wrong with the answer.
        answered: where it came from.
        partial: the beginning of its body, from which the ids of generations are saved.
    """
    if answered.kind is Kind.CHAT:
        error.message = f"{error.message}; it may have been billed"
    if answered.kind is not Kind.PAID:
        error.status, error.request_id = answered.status, answered.request_id
        return error
    ids, said = salvaged(partial), (answered.status, answered.request_id)
    unknown = UnknownOutcomeError(f"{error.message}; {MAYBE}", hint=LOOK, generation_ids=ids)
    (unknown.status, unknown.request_id), unknown.answer = said, partial.decode("utf-8", "replace")
    return unknown


def ids_in(document: Any) -> tuple[str, ...]:
    """The generation ids anywhere in an answer, in order, each once and each safe to use (faults C25, C32)."""
    return tuple(dict.fromkeys(_walk(document, 0)))


def _walk(document: Any, depth: int) -> Iterator[str]:
    if depth > 8:  # noqa: PLR2004 - deeper than any shape seen; hostile nesting ends here
        return
    if isinstance(document, Mapping):
        if _is_id(document.get("generation_id")):
            yield document["generation_id"]
        for value in document.values():
            yield from _walk(value, depth + 1)
    elif isinstance(document, list):
        for value in document:
            yield from _walk(value, depth + 1)


def salvaged(partial: bytes) -> tuple[str, ...]:
    """The generation ids in an answer that was cut or is no JSON (invariant I2)."""
    found = (match.decode() for match in _SALVAGE.findall(partial))
    return tuple(dict.fromkeys(identity for identity in found if _is_id(identity)))


def _is_id(value: object) -> bool:
    from inference_cli.api.records import is_valid_id  # a chat has none, and loads no records of generations

    return is_valid_id(value)


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _in_words(seconds: float) -> str:
    for size, unit in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}" if seconds < 1000 * 86400 else "more than 1000 days"
    return f"{seconds:.0f} s"
