"""Environment variables read and checked; a bad value is refused by the variable's name (fault H13)."""

import math
from collections.abc import Mapping
from typing import Any

from inference_cli.errors import UsageError
from inference_cli.profile.keys import KEYS, Key, Setting

_YES, _NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
TOKENS = ("INFERENCE_API_KEY", "OXEN_API_KEY")
BASE_URLS = ("INFERENCE_BASE_URL", "OXEN_BASE_URL")


def source(name: str) -> str:
    """A variable as the source of a setting, in words."""
    return f"environment {name}"


def first(env: Mapping[str, str], names: tuple[str, ...]) -> Setting | None:
    """The text of the first variable that is set to more than spaces; its name is the source."""
    for name in names:
        if env.get(name, "").strip():
            return Setting(env[name], name)
    return None


def checked(env: Mapping[str, str], names: tuple[str, ...], key: str | Key) -> Setting | None:
    """The first of several variables, read as a setting; None where none is set.

    Raises:
        UsageError: it cannot have that value.
    """
    found = first(env, names)
    if found is None:
        return None
    setting = KEYS[key] if isinstance(key, str) else key
    try:
        return Setting(setting.read(found.value), source(found.source))
    except ValueError as error:
        raise UsageError(f"{found.source} {error}") from error


def switch(env: Mapping[str, str], name: str) -> bool:
    """Whether a variable is switched on; unset is off.

    Raises:
        UsageError: it is neither a yes nor a no.
    """
    word = env.get(name, "").strip().lower()
    if word and word not in _YES | _NO:
        raise UsageError(f"{name} must be 1 or 0")
    return word in _YES


def _factor(value: object) -> float:
    try:
        factor = float(str(value))
    except ValueError:
        factor = math.nan
    if not math.isfinite(factor) or factor <= 0:
        raise ValueError("must be a number above 0, such as 10")
    return factor


SPEED = Key(_factor, 1.0, "how many times faster than by default a generation in the sandbox ends")
MAX_COST = Key(KEYS["confirm_above"].read, None, "refuse above this estimate, in US dollars")


def settings(env: Mapping[str, str], *, fixed: bool) -> dict[str, Any]:
    """Everything that variables set, as settings by key.

    Args:
        env: the environment.
        fixed: where the API is cannot be set (the sandbox).

    Raises:
        UsageError: a variable has a bad value; it is named.
    """
    wanted: dict[str, tuple[tuple[str, ...], str | Key]] = {
        key: ((f"INFERENCE_{key.upper()}",), key) for key in KEYS if key.startswith("model_")
    }
    wanted["tag"] = ("INFERENCE_TAG",), "tag"
    wanted["max_cost"] = ("INFERENCE_MAX_COST",), MAX_COST
    wanted["sandbox_speed"] = ("INFERENCE_SANDBOX_SPEED",), SPEED
    if not fixed:
        wanted["base_url"] = BASE_URLS, "base_url"
    found = {name: checked(env, names, key) for name, (names, key) in wanted.items()}
    return {name: setting for name, setting in found.items() if setting is not None}
