"""Questions whose answer may be "as you have it": the server's tag of a copy goes out, 304 comes back."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from inference_cli.api.exchange import Call
from inference_cli.api.retry import Kind
from inference_cli.frozen import dataclass, replace
from inference_cli.late import pattern

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.api.exchange import Answer

T = TypeVar("T")
_TAG = pattern(r'(?:W/)?"[\x21\x23-\x7e]{0,200}"')  # RFC 9110, 8.8.3; another one cannot be sent back
_UNCHANGED = 304
_GLANCE = 15.0  # seconds that somebody waits who has an older answer


@dataclass(frozen=True, slots=True)
class Fetched(Generic[T]):
    """What the server has now; ``value`` is None when the copy that was named is still right."""

    value: T | None
    etag: str | None = None


def fetch(
    client: "Client",
    path: str,
    read: Callable[[Any], T],
    *,
    query: Mapping[str, str | None] | None = None,
    etag: str | None = None,
    patient: bool = True,
) -> Fetched[T]:
    """GET a document unless it is the one that is there already.

    Args:
        client: asks.
        path: below the base URL.
        read: makes the value of the JSON; it may raise DamagedError.
        query: without those that are None.
        etag: the tag of the copy that is there.
        patient: False tries once, and not for long: an older answer is at hand.

    Raises:
        InferenceError: as the answer says.
    """

    def read_answer(answer: "Answer") -> Fetched[T]:
        tag = answer.answered.headers.get("etag", "").strip()
        tag_to_keep = tag if _TAG.fullmatch(tag) else None
        if answer.answered.status == _UNCHANGED:
            return Fetched(None, tag_to_keep or etag)
        return Fetched(read(client.read_document(answer)), tag_to_keep)

    pairs = tuple((key, value) for key, value in (query or {}).items() if value is not None)
    call = Call(Kind.READ, "GET", path, pairs, etag=etag)
    return client.perform(call if patient else replace(call, kind=Kind.GLANCE, total=_GLANCE), read_answer)
