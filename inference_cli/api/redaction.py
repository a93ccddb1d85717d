"""Secrets taken out of everything that a person, a log or a file gets to see."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from inference_cli.errors import InferenceError, UnknownOutcomeError
from inference_cli.late import pattern

_SIGNED = (
    r"X-Amz-[A-Za-z-]+|X-Goog-[A-Za-z-]+|AWSAccessKeyId|Signature|sig|hmac|Policy|Expires|Key-Pair-Id"
    r"|token|access_token|api_key|apikey|key|password|secret"
)
_QUERY = pattern(rf"([?&;](?:{_SIGNED})=)[^&\s\"'<>\\]+", re.IGNORECASE)
_USERINFO = pattern(r"((?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*://)[^/\s@\"'<>]+@")
_URL = pattern(r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]*://[^\s\"'<>\\]+")
_BEARER = pattern(r"\b(Bearer|Basic)\s+[^\s\"',]+", re.IGNORECASE)
_MASK = "***"
_SECRET_HEADERS = re.compile(
    r"auth(?!ority)|cookie|token(?!s)|secret|password|credential|signature|api-?key", re.IGNORECASE
)


class Redactor:
    """Knows the secrets of one command and masks them in any text (credential policy, fault F5).

    Args:
        secrets: tokens to mask wherever they stand, as they are and percent-encoded; shorter than 4 characters are
            not masked, since they would mask ordinary words.
    """

    def __init__(self, secrets: Iterable[str | None] = ()) -> None:
        self._secrets: tuple[str, ...] = ()
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str | None) -> None:
        """Mask this one too from now on."""
        if secret and len(secret) >= 4:  # noqa: PLR2004 - the length is explained in the class
            forms = {secret, quote(secret, safe=""), *self._secrets}
            self._secrets = tuple(sorted(forms, key=len, reverse=True))

    @property
    def secrets(self) -> tuple[str, ...]:
        """What is masked wherever it stands, the longest first."""
        return self._secrets

    def text(self, text: str) -> str:
        """The text without tokens, user names and passwords in URLs, and the signed values of query strings."""
        for secret in self._secrets:
            text = text.replace(secret, _MASK)
        text = _USERINFO.sub(rf"\1{_MASK}@", text)
        text = _BEARER.sub(rf"\1 {_MASK}", text)
        return _QUERY.sub(rf"\1{_MASK}", text)

    def kept(self, text: str) -> str:
        """What somebody wrote, as it may be kept on the disk: only tokens and what is secret in URLs is masked."""
        for secret in self._secrets:
            text = text.replace(secret, _MASK)
        if "://" not in text:
            return text
        return _URL.sub(lambda url: _QUERY.sub(rf"\1{_MASK}", _USERINFO.sub(rf"\1{_MASK}@", url[0])), text)

    def document(self, value: Any) -> Any:
        """A JSON answer without the tokens, should a server repeat one (invariant I5).

        URLs keep their signatures: the user may have them, and they are needed.
        """
        if isinstance(value, str):
            for secret in self._secrets:
                value = value.replace(secret, _MASK)
            return value
        if isinstance(value, list):
            return [self.document(inside) for inside in value]
        if isinstance(value, dict):
            return {self.document(name): self.document(inside) for name, inside in value.items()}
        return value

    def error(self, error: InferenceError) -> InferenceError:
        """The same error, its words masked."""
        error.message = self.text(error.message)
        error.details = tuple(map(self.text, error.details))
        error.args = (error.message,)
        if isinstance(error, UnknownOutcomeError):
            error.answer = self.text(error.answer)
        error.request_id = None if error.request_id is None else self.text(error.request_id)
        return error

    def header(self, name: str, value: str) -> str:
        """A header line for the trace, its value masked where the name alone says that it is a secret."""
        return f"{name}: {_MASK if _SECRET_HEADERS.search(name) else self.text(value)}"
