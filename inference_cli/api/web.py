"""Texts from anywhere on the web: https to public addresses only, no token, no cookies, every hop vetted."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from inference_cli.api.media import MediaClient, MediaStream
from inference_cli.errors import DamagedError, InferenceError, TemporaryError

if TYPE_CHECKING:
    from inference_cli.api.addresses import Resolve
    from inference_cli.api.wire import httpx
    from inference_cli.clock import Clock

LARGEST = 2_000_000  # bytes
SECONDS = 30.0  # for one page, redirects included

_TEXTS = re.compile(
    r"text/.+|application/(json|xml|javascript|ecmascript|x-ndjson|jsonlines|yaml|x-yaml|toml|sql|graphql|x-sh)"
    r"|[^;]+\+(json|xml|yaml)",
    re.IGNORECASE,
)
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]+)", re.IGNORECASE)
_WORDS = {
    "the result URL": "the URL",
    "the result lies": "it lies",
    "the media host": "the host",
    "the download": "the request",
}
"""A result is what the media client speaks of."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is at a URL; ``cut`` says that there is more than was read."""

    content_type: str
    text: str
    cut: bool = False


class Web:
    """Fetches texts.

    Args:
        clock: for deadlines.
        transport: makes a transport per request; None: the real network.
        resolve: addresses of a name, as for the media client.
        env: proxies and certificates for the real network.
    """

    def __init__(
        self,
        *,
        clock: "Clock",
        transport: "Callable[[], httpx.BaseTransport] | None" = None,
        resolve: "Resolve | None" = None,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._clock = clock
        self._media = MediaClient(
            api_origin=None, clock=clock, transport=transport, resolve=resolve, env=env, seconds=SECONDS
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._media.close()

    def get(self, url: str) -> Page:
        """The text at a URL, as far as ``LARGEST`` bytes.

        Raises:
            DamagedError: the URL or a redirect leads where it must not, the server refuses, or it sends no text.
            TemporaryError: the connection broke, or it took too long.
        """
        if not url.lower().startswith("https://"):
            raise DamagedError("the URL is not https, and is not fetched")
        try:
            with self._media.open(url) as stream:
                if stream.content_type and not _TEXTS.match(stream.content_type):
                    raise DamagedError(f"it is no text, but {stream.content_type.partition(';')[0][:100]}")
                data = self._read(stream)
                return Page(stream.content_type, _text(data[:LARGEST], stream.content_type), len(data) > LARGEST)
        except InferenceError as error:
            raise _reworded(error) from None

    def _read(self, stream: MediaStream) -> bytes:
        data, until = bytearray(), self._clock.monotonic() + SECONDS
        for chunk in stream.chunks():
            data += chunk
            if len(data) > LARGEST:
                break
            if self._clock.monotonic() > until:
                raise TemporaryError(f"it took longer than {SECONDS:g} s")
        return bytes(data)


def _text(data: bytes, content_type: str) -> str:
    """The bytes as text, by the character set that the server names, else UTF-8.

    Raises:
        DamagedError: they are no text.
    """
    named = _CHARSET.search(content_type)
    try:
        text = data.decode(named[1] if named else "utf-8", "replace")
    except (LookupError, ValueError):
        text = data.decode("utf-8", "replace")
    if "\0" in text:
        raise DamagedError("it is no text")
    return text.removeprefix("\ufeff")


def _reworded(error: InferenceError) -> InferenceError:
    """The same error, about a page."""
    if error.status is not None:
        return type(error)(f"the server answers HTTP {error.status}", status=error.status)
    message = error.message
    for words, others in _WORDS.items():
        message = message.replace(words, others)
    return type(error)(message)
