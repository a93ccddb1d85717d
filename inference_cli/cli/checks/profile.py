"""The profile: its files, the settings that they make, and where the token is."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inference_cli.errors import InferenceError
from inference_cli.terminal.checklist import Finding

if TYPE_CHECKING:
    from inference_cli.profile.paths import Paths
    from inference_cli.profile.settings import Settings
    from inference_cli.profile.tokens import Token


def config_file(paths: "Paths") -> Finding:
    """Whether the configuration file can be read, and every profile in it."""
    from inference_cli.profile.config import ConfigFile

    path = paths.config_file
    file = ConfigFile(path, repair=False)
    try:
        names = file.profiles()
        for name in names:
            file.read(name)
    except InferenceError as error:
        return failure("config", error)
    if not path.exists():
        return Finding("ok", "config", f"none yet; it will be {path}")
    return Finding("ok", "config", f"{path} with the profiles {', '.join(names)}")


def tokens_file(paths: "Paths") -> Finding:
    """Whether the file of tokens can be read."""
    from inference_cli.profile.tokens import TokenStore

    path = paths.tokens_file
    try:
        TokenStore(path, repair=False).origins("default")
    except InferenceError as error:
        return failure("tokens", error)
    return Finding("ok", "tokens", f"{path} can be read" if path.exists() else f"no file of tokens; it will be {path}")


def project_file(cwd: Path) -> Finding:
    """Whether the project file sets what it may set and nothing else."""
    from inference_cli.profile import project

    path = project.find(cwd)
    if path is None:
        return Finding("ok", "project", "no inference.toml here or above")
    try:
        project.read(path)
    except InferenceError as error:
        return failure("project", error)
    return Finding("ok", "project", f"{path}")


def in_force(settings: "Settings") -> Iterator[Finding]:
    """Which profile is used, and where its API is."""
    address = settings.values["base_url"]
    yield Finding("ok", "profile", f"{settings.profile} ({settings.chosen.source})")
    if settings.sandbox:
        yield Finding("ok", "base url", "the sandbox in this process; nothing leaves this machine")
    else:
        yield Finding("ok", "base url", f"{settings.base_url} ({address.source}), API generation {settings.api}")


@dataclass(frozen=True, slots=True)
class Found:
    """The token, or why there is none; ``needless`` where the server may do without."""

    token: "Token | None" = None
    error: InferenceError | None = None
    needless: bool = False


def token_of(settings: "Settings") -> Found:
    """The token in force. A keyring that hangs costs three seconds; a command of the profile is run."""
    try:
        if settings.api == "openai":
            return Found(settings.token_if_any(), needless=True)
        return Found(settings.token())
    except InferenceError as error:
        return Found(error=error)


def absent(found: Found) -> Finding:
    """The line for a token that is not there."""
    if found.error is None:
        return Finding("ok", "token", "none, and a server of your own may need none")
    details = "; ".join(found.error.details)
    message = found.error.message + (f" ({details})" if details else "")
    return Finding("failure", "token", message, found.error.hint or "Sign in:  inference auth login")


def failure(check: str, error: InferenceError) -> Finding:
    """An error as a line."""
    return Finding("failure", check, error.message, error.hint or "See:  inference config path")
