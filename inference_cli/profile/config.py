"""The configuration file: profiles, their settings, and which profile is the default."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from inference_cli.errors import NotFoundError, UsageError
from inference_cli.profile import edit, keys
from inference_cli.profile.files import Notice, locked, read_private, silent, write_atomically
from inference_cli.profile.tomlfile import decode, line_of, parse

DEFAULT, SANDBOX = "default", "sandbox"
_FIXED_IN_SANDBOX = ("base_url", "token")
_VERSION = 1  # of the file's shape; a file without a version has this one


class ConfigFile:
    """``config.toml``: ``default_profile = "…"`` and a table ``[profiles.NAME]`` for each profile.

    Args:
        path: the file; it need not exist.
        notice: takes a sentence about a mode that was repaired.
        repair: whether modes may be repaired.
    """

    def __init__(self, path: Path, *, notice: Notice = silent, repair: bool = True) -> None:
        self.path = path
        self._notice, self._repair = notice, repair
        self._read: tuple[str, dict[str, Any]] | None = None

    def active(self) -> str:
        """The profile that is used where nothing names one.

        Raises:
            UsageError: the file is damaged (fault E1).
        """
        return self.written_default() or DEFAULT

    def written_default(self) -> str | None:
        """The default profile that the file names, or None where it names none.

        Raises:
            UsageError: the file is damaged.
        """
        text, data = self._contents()
        name = data.get("default_profile")
        if name is not None and (not isinstance(name, str) or not name):
            raise UsageError(self._at(text, (), "default_profile", "must be the name of a profile in quotes"))
        return name

    def profiles(self) -> tuple[str, ...]:
        """The names of all profiles; ``default`` and ``sandbox`` exist without being written.

        Raises:
            UsageError: the file is damaged.
        """
        written = self._tables()
        return tuple(dict.fromkeys([DEFAULT, *written, SANDBOX]))

    def read(self, profile: str) -> Mapping[str, Any]:
        """The settings of a profile, checked; an alias is under ``aliases.NAME``.

        Unknown keys are left alone: a newer version may know them.

        Raises:
            UsageError: the file is damaged, or a value cannot be used; it names the file and the line.
        """
        table = self._tables().get(profile, {})
        text, _ = self._contents()
        header = ("profiles", profile)
        found: dict[str, Any] = {}
        for key, value in table.items():
            if key == keys.ALIASES:
                found |= self._aliases(text, (*header, key), value)
            elif key in keys.KEYS:
                self._refuse_fixed(profile, key)
                found[key] = self._value(text, header, key, value)
        return found

    def set(self, profile: str, key: str, value: str) -> None:
        """Set one value and keep everything else in the file, comments too.

        Args:
            profile: made where it does not exist.
            key: a setting of ``keys.py``.
            value: as typed.

        Raises:
            UsageError: no such setting, or it cannot have that value.
            LocalError: the file cannot be written.
        """
        keys.check_profile_name(profile)
        setting = keys.named(key)
        self._refuse_fixed(profile, key)
        if key == "token" and not keys.is_reference(value):
            raise UsageError(
                "a token itself is not set this way: it would be seen in the list of processes",
                hint="Sign in:  inference auth login        Or name a place:  env:NAME, keyring, command:…",
            )
        try:
            checked = setting.read(value)
        except ValueError as error:
            raise UsageError(f"{key} {error}", hint="Nothing was changed") from error
        where = ("profiles", profile, *keys.path_of(key))
        self._change(lambda text: edit.with_value(text, where, _plain(checked), self.path))

    def unset(self, profile: str, key: str) -> bool:
        """Remove one value; whether it was there.

        Raises:
            UsageError: no such setting, or the file is damaged.
            LocalError: the file cannot be written.
        """
        keys.named(key)
        where = ("profiles", profile, *keys.path_of(key))
        found = False

        def removed(text: str) -> str | None:
            nonlocal found
            found = _holds(parse(text, self.path), where)
            return edit.without(text, where, self.path) if found else None

        self._change(removed)
        return found

    def use(self, profile: str) -> None:
        """Make a profile the default one.

        Raises:
            NotFoundError: there is none of that name.
            LocalError: the file cannot be written.
        """
        self.require(profile)
        self._change(lambda text: edit.with_value(text, ("default_profile",), profile, self.path))

    def require(self, profile: str, named_by: str = "") -> None:
        """Refuse a profile that does not exist.

        Args:
            profile: its name.
            named_by: what named it, in words.

        Raises:
            NotFoundError: there is none of that name.
        """
        known = self.profiles()
        if profile in known:
            return
        import difflib

        closest = difflib.get_close_matches(profile, known, n=3, cutoff=0.5)
        origin = f" (named by {named_by})" if named_by else ""
        raise NotFoundError(
            f"no profile named {profile}{origin}",
            details=[f"closest: {', '.join(closest)}"] if closest else (),
            hint="See:  inference config profiles",
        )

    # ------------------------------------------------------------------------------------------ reading

    def _contents(self) -> tuple[str, dict[str, Any]]:
        if self._read is None:
            text = decode(read_private(self.path, notice=self._notice, repair=self._repair) or b"", self.path)
            data = parse(text, self.path)
            version = data.get("version", _VERSION)
            if version != _VERSION:
                raise UsageError(
                    self._at(text, (), "version", f"is {version!s}, and this program knows only {_VERSION}"),
                    hint="Upgrade:  pip install --upgrade inference-cli",
                )
            self._read = text, data
        return self._read

    def _tables(self) -> dict[str, dict[str, Any]]:
        text, data = self._contents()
        tables = data.get("profiles", {})
        if not isinstance(tables, dict):
            raise UsageError(self._at(text, (), "profiles", "must be a table for each profile: [profiles.NAME]"))
        for name, table in tables.items():
            if not isinstance(table, dict):
                raise UsageError(self._at(text, ("profiles",), name, "must be a table: [profiles.NAME]"))
        return tables

    def _aliases(self, text: str, header: tuple[str, ...], table: object) -> dict[str, Any]:
        if not isinstance(table, dict):
            raise UsageError(self._at(text, header[:-1], header[-1], "must be a table of names and models"))
        return {f"{keys.ALIASES}.{name}": self._value(text, header, name, value) for name, value in table.items()}

    def _value(self, text: str, header: tuple[str, ...], key: str, value: object) -> Any:
        setting = keys.ALIAS if header[-1] == keys.ALIASES else keys.KEYS[key]
        try:
            return setting.read(value)
        except ValueError as error:
            raise UsageError(self._at(text, header, key, str(error))) from error

    def _at(self, text: str, header: tuple[str, ...], key: str, complaint: str) -> str:
        line = line_of(text, header, key)
        where = f", line {line}" if line else ""
        return f"{self.path}{where}: {'.'.join((*header, key))} {complaint}"

    def _refuse_fixed(self, profile: str, key: str) -> None:
        if profile == SANDBOX and key in _FIXED_IN_SANDBOX:
            raise UsageError(f"{key} of the sandbox is fixed", hint="Use a profile of another name")

    # ------------------------------------------------------------------------------------------ writing

    def _change(self, change: Callable[[str], str | None]) -> None:
        """Read, change and replace under the lock; the version before stays as ``config.toml.bak``."""
        with locked(self.path):
            self._read = None
            before, _ = self._contents()
            self._tables()  # a file that is damaged in another place is left alone
            after = change(before)
            self._read = None
            if after is None or after == before:
                return
            if before:
                write_atomically(self.path.with_name(self.path.name + ".bak"), before.encode())
            write_atomically(self.path, after.encode())


def _plain(value: Any) -> str | Decimal:
    return value if isinstance(value, Decimal) else str(value)


def _holds(data: Any, where: tuple[str, ...]) -> bool:
    for key in where:
        if not isinstance(data, dict) or key not in data:
            return False
        data = data[key]
    return True
