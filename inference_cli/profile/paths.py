"""The folders of the program: one variable for each, else where this platform keeps such things."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from inference_cli import xdg
from inference_cli.errors import UsageError
from inference_cli.frozen import dataclass

_KINDS = ("config", "state", "data", "cache")


@dataclass(frozen=True, slots=True)
class Paths:
    """Where everything lies; a folder need not exist before something is written into it."""

    config: Path
    state: Path
    data: Path
    cache: Path

    @classmethod
    def from_environment(cls, env: Mapping[str, str], *, platform: Callable[[str], Path] | None = None) -> Self:
        """The folders that ``INFERENCE_CONFIG_DIR`` and its three sisters name, else the platform's.

        Args:
            env: the environment.
            platform: the platform's folder of a kind: config, state, data or cache.

        Raises:
            UsageError: a variable names something that is no folder, or there is no home to fall back on (fault E10).
        """
        return cls(**{kind: _folder(kind, env, platform or _default(env)) for kind in _KINDS})

    @property
    def config_file(self) -> Path:
        """Profiles and their settings; the user's own file."""
        return self.config / "config.toml"

    @property
    def tokens_file(self) -> Path:
        """Tokens, each with its origin."""
        return self.config / "tokens.toml"

    @property
    def journal_file(self) -> Path:
        """Paid work, from the intent to the file on disk."""
        return self.state / "journal.sqlite3"

    @property
    def templates_folder(self) -> Path:
        """Templates of chats, a file each."""
        return self.config / "templates"

    @property
    def log_file(self) -> Path:
        """Conversations."""
        return self.data / "conversations.sqlite3"

    @property
    def attachments_folder(self) -> Path:
        """What was attached to conversations, by its hash."""
        return self.data / "attachments"

    @property
    def origins_file(self) -> Path:
        """Which generation of the API was found at which origin."""
        return self.state / "origins.toml"

    @property
    def entries_file(self) -> Path:
        """What was typed into conversations, for the line editor."""
        return self.data / "entries.jsonl"

    def models_folder(self, profile: str, base_url: str) -> Path:
        """What is known of the models of a profile at a place; all of it can be asked for again."""
        from urllib.parse import quote

        return self.cache / "models" / f"{quote(profile, safe='')}@{quote(base_url, safe='')}"

    @property
    def sandbox_folder(self) -> Path:
        """What the sandbox remembers between processes."""
        return self.state / "sandbox"


def _folder(kind: str, env: Mapping[str, str], platform: Callable[[str], Path]) -> Path:
    variable = f"INFERENCE_{kind.upper()}_DIR"
    named = env.get(variable, "")
    if named.strip():
        folder = Path(named).absolute()
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{variable} names a file, not a folder: {folder}")
        return folder
    homeless = UsageError(f"no home folder for the {kind} files", hint=f"Set HOME, or name a folder with {variable}")
    try:
        folder = platform(kind)
    except RuntimeError as error:
        raise homeless from error
    if not folder.is_absolute():  # never strewn over working folders
        raise homeless
    return folder


def _default(env: Mapping[str, str]) -> Callable[[str], Path]:
    def folder(kind: str) -> Path:
        known = xdg.folder(kind, env)
        return of_platform(kind) if known is None else Path(known)

    return folder


def of_platform(kind: str) -> Path:
    """The platform's folder of a kind, as platformdirs has it: config, state, data or cache."""
    import platformdirs

    where = {
        "config": platformdirs.user_config_path,
        "state": platformdirs.user_state_path,
        "data": platformdirs.user_data_path,
        "cache": platformdirs.user_cache_path,
    }
    return where[kind]("inference", appauthor=False)
