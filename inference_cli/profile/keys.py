"""The settings that exist, and what each may be set to."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from inference_cli.errors import UsageError
from inference_cli.late import pattern
from inference_cli.origin import parse_origin

DEFAULT_BASE_URL = "https://hub.oxen.ai/api"
KINDS = ("chat", "image", "edit", "video", "image_to_video", "audio")
APIS = ("auto", "current", "2026-04", "openai")
ALIASES = "aliases"
_NAME = pattern(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_VARIABLE = pattern(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST = 500  # characters of a URL, a command or a model's name
_LONGEST_TAG = 64  # characters
_LARGEST = Decimal(10) ** 9  # US dollars


class Key(NamedTuple):
    """One setting: how a value is read (it raises ValueError with what it should be), its default, what it is for."""

    read: Callable[[object], Any]
    default: Any
    meaning: str
    in_project: bool = False


class Setting(NamedTuple):
    """A value and where it came from, in words: ``flag --base-url``, ``default``."""

    value: Any
    source: str


def _text(value: object, *, spaces: bool = False) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST or not value.isprintable():
        raise ValueError(f"must be a text of 1 to {_LONGEST} characters")
    if not spaces and any(mark.isspace() for mark in value.strip()):
        raise ValueError("must be one word")
    return value.strip()


def _base_url(value: object) -> str:
    url = _text(value)
    if "?" in url or "#" in url:
        raise ValueError("must have neither a query nor a fragment")
    try:
        parse_origin(url)
    except UsageError as error:
        raise ValueError(error.message.removeprefix("the base URL ")) from error
    return url.rstrip("/")


def _api(value: object) -> str:
    if value not in APIS:
        raise ValueError(f"must be one of {', '.join(APIS)}")
    return str(value)


def _name(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise ValueError("must be a name of letters, digits, dots, dashes and underscores")
    return value


def _tag(value: object) -> str:
    tag = value.strip() if isinstance(value, str) else ""
    if not 0 < len(tag) <= _LONGEST_TAG or not tag.isprintable() or " " in tag:
        raise ValueError(f"must be one word of 1 to {_LONGEST_TAG} characters")
    return tag


def _amount(value: object) -> Decimal:
    what = "must be an amount in US dollars, 0 or more, such as 2.50"
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError(what)  # noqa: TRY004 - one kind of complaint for every bad value
    try:
        amount = Decimal(value.strip().removeprefix("$") if isinstance(value, str) else value)
    except InvalidOperation as error:
        raise ValueError(what) from error
    if not amount.is_finite() or not 0 <= amount <= _LARGEST:
        raise ValueError(what)
    return amount


def _token(value: object) -> str:
    """A token itself, which is only checked when it is used, or where one is: the texts of ``is_reference``."""
    if not isinstance(value, str):
        raise ValueError("must be env:NAME, keyring or command:…")  # noqa: TRY004 - as above
    if value.startswith("env:") and not _VARIABLE.fullmatch(value.removeprefix("env:")):
        raise ValueError("must name a variable after env:")
    if value.startswith("command:") and not _text(value, spaces=True).removeprefix("command:").strip():
        raise ValueError("must hold a command after command:")
    return value


def is_reference(text: str) -> bool:
    """Whether a profile's ``token`` says where the token is, instead of being one."""
    return text == "keyring" or text.startswith(("env:", "command:"))


KEYS: Mapping[str, Key] = {
    "base_url": Key(_base_url, DEFAULT_BASE_URL, "where the API is"),
    "token": Key(_token, None, "where the token is: env:NAME, keyring or command:…"),
    "namespace": Key(_name, None, "where results are saved and who pays", in_project=True),
    "api": Key(_api, "auto", "generation of the API: auto, current, 2026-04, openai"),
    **{f"model_{kind}": Key(_text, None, f"default model for {kind}", in_project=True) for kind in KINDS},
    "tag": Key(_tag, None, "a label for what is made, kept on this machine", in_project=True),
    "confirm_above": Key(_amount, Decimal("1.00"), "ask above this estimate, in US dollars"),
    "budget_day": Key(_amount, None, "spend no more in a calendar day (local time), in US dollars"),
    "budget_month": Key(_amount, None, "spend no more in a calendar month (local time), in US dollars"),
}


ALIAS = Key(_text, None, "another name for a model", in_project=True)


def named(name: str) -> Key:
    """The setting of that name; ``aliases.NAME`` for any name.

    Raises:
        UsageError: there is none; the hint holds the closest.
    """
    if name.startswith(f"{ALIASES}.") and _NAME.fullmatch(name.removeprefix(f"{ALIASES}.")):
        return ALIAS
    if name in KEYS:
        return KEYS[name]
    import difflib

    closest = difflib.get_close_matches(name, [*KEYS, f"{ALIASES}.NAME"], n=3, cutoff=0.5)
    raise UsageError(
        f"no setting named {name}",
        details=[f"closest: {', '.join(closest)}"] if closest else (),
        hint="See:  inference config list --all",
    )


def path_of(name: str) -> tuple[str, ...]:
    """Where a setting stands in its profile's table: only aliases have a table of their own."""
    return (ALIASES, name.removeprefix(f"{ALIASES}.")) if name.startswith(f"{ALIASES}.") else (name,)


def check_profile_name(name: str) -> None:
    """Refuse a name that a file or a command line could not hold.

    Raises:
        UsageError: it is empty, too long, or holds other characters than letters, digits, dots, dashes, underscores.
    """
    try:
        _name(name)
    except ValueError as error:
        raise UsageError(f"the name of a profile {error}") from error
