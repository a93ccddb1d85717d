"""The system's keyring, asked in a thread of its own: one that hangs or has no backend costs three seconds (F9)."""

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from inference_cli.errors import MissingExtraError
from inference_cli.origin import Origin

SECONDS = 3.0
_SERVICE = "inference-cli"
_Answer = TypeVar("_Answer")


class Backend(Protocol):
    """What is used of the ``keyring`` package."""

    def get_password(self, service_name: str, username: str) -> str | None:
        """The secret of a user of a service, or None."""
        ...

    def set_password(self, service_name: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service_name: str, username: str) -> None:
        """Forget a secret."""
        ...


class VaultError(Exception):
    """The keyring did not answer, or refused; the message says which and holds no secret."""


class Vault:
    """Tokens in the system's keyring, each under its profile and origin.

    Args:
        backend: stands for the ``keyring`` package.
        seconds: how long one call may take.
    """

    def __init__(self, backend: Callable[[], Backend] | None = None, *, seconds: float = SECONDS) -> None:
        self._backend = backend or _installed
        self._seconds = seconds

    def load(self, profile: str, origin: Origin) -> str | None:
        """The token of a profile for an origin; what another program left under that name is not taken for one.

        Raises:
            VaultError: the keyring did not answer in time, or refused.
            MissingExtraError: the package is not installed.
        """
        kept = self._ask(lambda backend: backend.get_password(_SERVICE, _user(profile, origin)))
        bound, _, token = (kept or "").partition(" ")
        return token if token and bound == str(origin) else None

    def save(self, profile: str, origin: Origin, value: str) -> None:
        """Keep a token together with its origin.

        Raises:
            VaultError: the keyring did not answer in time, or refused.
            MissingExtraError: the package is not installed.
        """
        self._ask(lambda backend: backend.set_password(_SERVICE, _user(profile, origin), f"{origin} {value}"))

    def delete(self, profile: str, origin: Origin) -> None:
        """Forget a token.

        Raises:
            VaultError: the keyring did not answer in time, or had none.
            MissingExtraError: the package is not installed.
        """
        self._ask(lambda backend: backend.delete_password(_SERVICE, _user(profile, origin)))

    def _ask(self, question: Callable[[Backend], _Answer]) -> _Answer:
        answers: list[_Answer] = []
        failures: list[Exception] = []

        def work() -> None:
            try:
                answers.append(question(self._backend()))
            except Exception as error:  # noqa: BLE001 - backends raise what they like
                failures.append(error)

        worker = threading.Thread(target=work, daemon=True, name="keyring")  # daemon: a hanging one holds nobody up
        worker.start()
        worker.join(self._seconds)
        if answers:
            return answers[0]
        if not failures:
            raise VaultError(f"the keyring did not answer within {self._seconds:g} s")
        if isinstance(failures[0], MissingExtraError):
            raise failures[0]
        raise VaultError(f"the keyring refused ({type(failures[0]).__name__})") from failures[0]


def _user(profile: str, origin: Origin) -> str:
    return f"{profile} {origin}"


def _installed() -> Backend:
    try:
        import keyring
    except ImportError as error:
        raise MissingExtraError("keyring", "a token in the system's keyring") from error
    backend: Backend = keyring.get_keyring()
    return backend
