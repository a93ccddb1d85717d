"""Tokens: made clean, kept in a private file of their own, each bound to the origin that it was stored for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from inference_cli.errors import TokenError, UsageError
from inference_cli.frozen import dataclass, field
from inference_cli.late import pattern
from inference_cli.origin import Origin
from inference_cli.profile.files import Notice, locked, read_private, silent, write_atomically
from inference_cli.profile.tomlfile import decode, parse

_CLEAN = pattern(r"[\x21-\x7e]{8,512}")
_QUOTES = "\"'`"
_SHOWN = 4
_HEADING = "# Written by inference auth login. Each token goes to its origin and nowhere else.\n"


@dataclass(frozen=True, slots=True)
class Token:
    """A token, the one origin that it may be sent to, and where it came from in words."""

    value: str = field(repr=False)
    origin: Origin
    source: str

    @property
    def masked(self) -> str:
        """The last four characters, as much as is ever shown."""
        return masked(self.value)


def masked(value: str) -> str:
    """``…`` and the last four characters of a token."""
    return f"…{value[-_SHOWN:]}"


def normalise(text: str) -> str:
    """A token without what comes along when it is copied: spaces, line ends, quotes, ``Bearer``, a byte order mark.

    Args:
        text: as typed, or as found in a file or a variable.

    Returns:
        8 to 512 visible ASCII characters (fault catalogue, "Credential policy").

    Raises:
        TokenError: it is empty, or no token; its characters are not in the message (faults F2, F3).
    """
    token, before = text, None
    while token != before:
        before = token
        token = token.strip().strip("\ufeff").strip()
        if len(token) > 1 and token[0] in _QUOTES and token[-1] == token[0]:
            token = token[1:-1]
        if token[:7].lower() == "bearer ":
            token = token[7:]
    if not token:
        raise TokenError("the token is empty", hint="Sign in:  inference auth login")
    if not _CLEAN.fullmatch(token):
        raise TokenError(
            "this is no token: one is 8 to 512 letters, digits and signs, without spaces",
            hint="Copy it again from the settings of your account",
        )
    return token


class TokenStore:
    """``tokens.toml``: mode 0600 in a folder of mode 0700, repaired whenever it is opened.

    It keeps no copy of the version before, which would still hold the token after a logout.

    Args:
        path: the file; it need not exist.
        notice: takes a sentence about a mode that was repaired.
        repair: whether modes may be repaired.
    """

    def __init__(self, path: Path, *, notice: Notice = silent, repair: bool = True) -> None:
        self.path = path
        self._notice, self._repair = notice, repair

    def load(self, profile: str, origin: Origin) -> str | None:
        """The token of a profile for exactly that scheme, host and port.

        Raises:
            UsageError: the file is damaged.
            LocalError: it belongs to another user, or cannot be read.
            TokenError: what it holds is no token.
        """
        for row in self._rows():
            if _is(row, profile, origin):
                return normalise(row["value"])
        return None

    def save(self, profile: str, origin: Origin, value: str) -> None:
        """Keep a token, in place of the one that was kept for the same profile and origin.

        Raises:
            TokenError: it is no token.
            LocalError: the file cannot be written.
        """
        row = {"profile": profile, "origin": str(origin), "value": normalise(value)}
        self._change(lambda rows: [*(kept for kept in rows if not _is(kept, profile, origin)), row])

    def delete(self, profile: str, origin: Origin) -> bool:
        """Forget a token; whether there was one.

        Raises:
            LocalError: the file cannot be written.
        """
        if not any(_is(row, profile, origin) for row in self._rows()):
            return False
        self._change(lambda rows: [row for row in rows if not _is(row, profile, origin)])
        return True

    def origins(self, profile: str) -> tuple[str, ...]:
        """The origins that a profile has a token for."""
        return tuple(row["origin"] for row in self._rows() if row["profile"] == profile)

    def _rows(self) -> list[dict[str, Any]]:
        data = read_private(self.path, notice=self._notice, repair=self._repair)
        written = parse(decode(data or b"", self.path), self.path)
        rows = written.get("tokens", [])
        fields = ("profile", "origin", "value")
        if not isinstance(rows, list) or not all(
            isinstance(row, dict) and all(isinstance(row.get(name), str) for name in fields) for row in rows
        ):
            raise UsageError(
                f"{self.path} does not hold what it should: [[tokens]] with profile, origin and value",
                hint="Remove it and sign in again:  inference auth login",
            )
        return rows

    def _change(self, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> None:
        import tomli_w

        with locked(self.path):
            rows = change(self._rows())
            write_atomically(self.path, (_HEADING + tomli_w.dumps({"tokens": rows})).encode())


def _is(row: dict[str, Any], profile: str, origin: Origin) -> bool:
    return bool(row["profile"] == profile and row["origin"] == str(origin))
