"""Settings in force: flag, then environment, project file, profile, default; each with where it came from."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from inference_cli.errors import UsageError
from inference_cli.frozen import dataclass
from inference_cli.origin import Origin, parse_origin
from inference_cli.profile import keys, project, variables
from inference_cli.profile.config import SANDBOX, ConfigFile
from inference_cli.profile.files import Notice, silent
from inference_cli.profile.keys import KEYS, Setting
from inference_cli.profile.tokens import Token, TokenStore
from inference_cli.profile.vault import Vault
from inference_cli.profile.wallet import Wallet

if TYPE_CHECKING:
    from inference_cli.profile.paths import Paths

__all__ = ["Api", "Flags", "Setting", "Settings", "choose", "load", "origin_without_files"]

SANDBOX_URL = "https://api.sandbox.invalid/api"
SANDBOX_TOKEN = "sandbox-token"  # noqa: S105 - it opens nothing: the sandbox takes any
_BUILT_IN = "built in"
_EXTRA = {"max_cost": variables.MAX_COST, "sandbox_speed": variables.SPEED}  # not in a file, only in the environment
Api = Literal["auto", "current", "2026-04", "openai"]


@dataclass(frozen=True, slots=True)
class Flags:
    """The root options that choose settings."""

    profile: str | None = None
    sandbox: bool = False
    base_url: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force for one run; ``values`` holds every setting that has a value, by key."""

    chosen: Setting
    values: Mapping[str, Setting]
    wallet: Wallet

    @property
    def profile(self) -> str:
        """The profile's name."""
        return str(self.chosen.value)

    @property
    def sandbox(self) -> bool:
        """Whether nothing leaves this machine."""
        return self.profile == SANDBOX

    @property
    def base_url(self) -> str:
        """Where the API is, without a slash at its end."""
        return str(self.values["base_url"].value)

    @property
    def origin(self) -> Origin:
        """Scheme, host and port of the base URL."""
        return self.wallet.origin

    @property
    def api(self) -> Api:
        """The generation of the API, or ``auto``."""
        return cast(Api, self.values["api"].value)

    @property
    def namespace(self) -> str | None:
        """Where results are saved and who pays."""
        found = self.values.get("namespace")
        return None if found is None else str(found.value)

    def tag(self, flag: str | None = None) -> str | None:
        """The label of what this run makes: of the flag, else as set; the API knows nothing of it.

        Raises:
            UsageError: the flag's is no label.
        """
        found = self.values.get("tag") if flag is None else _flag("--tag", "tag", flag)
        return None if found is None else str(found.value)

    @property
    def confirm_above(self) -> Decimal:
        """US dollars above which a person is asked."""
        return cast(Decimal, self.values["confirm_above"].value)

    @property
    def max_cost(self) -> Decimal | None:
        """US dollars above which ``INFERENCE_MAX_COST`` refuses."""
        found = self.values.get("max_cost")
        return None if found is None else cast(Decimal, found.value)

    @property
    def budgets(self) -> Mapping[str, Decimal]:
        """US dollars that a calendar day and a month may cost, by the setting's name; only those that are set."""
        names = ("budget_day", "budget_month")
        return {name: cast(Decimal, self.values[name].value) for name in names if name in self.values}

    @property
    def sandbox_speed(self) -> float:
        """How many times faster than by default the sandbox runs; above 0."""
        return cast(float, self.values["sandbox_speed"].value)

    def model(self, kind: str) -> Setting | None:
        """The default model that somebody named for a kind of work, an alias resolved; None where nobody did.

        Args:
            kind: one of chat, image, edit, video, image_to_video, audio.
        """
        found = self.values.get(f"model_{kind}")
        return found and Setting(self.alias(found.value), found.source)

    def alias(self, name: str) -> str:
        """The model that an alias stands for, or the name itself."""
        found = self.values.get(f"{keys.ALIASES}.{name}")
        return name if found is None else str(found.value)

    def token(self) -> Token:
        """The token for the origin in force.

        Raises:
            TokenError: there is none, or what was found is none.
            UsageError: the file of tokens is damaged.
            LocalError: it cannot be read.
        """
        return self.token_if_any() or self.wallet.token()

    def token_if_any(self) -> Token | None:
        """The same, or None where there is none: a server on this machine may need none.

        Raises:
            InferenceError: as before, but not for want of a token.
        """
        if self.sandbox:
            return Token(SANDBOX_TOKEN, self.origin, _BUILT_IN)
        return self.wallet.find()

    @property
    def secrets(self) -> tuple[str, ...]:
        """The variables of the environment that hold tokens; no child process gets them (fault F13)."""
        return self.wallet.secrets

    def explain(self) -> list[tuple[str, Setting]]:
        """Every setting that has a value, the profile first; a token is masked (fault F16).

        Raises:
            InferenceError: the token that was found cannot be used.
        """
        aliases = sorted(name for name in self.values if name.startswith(f"{keys.ALIASES}."))
        found = [("profile", self.chosen)]
        for name in (*KEYS, *aliases, *_EXTRA):
            setting = self._token_shown() if name == "token" else self.values.get(name)
            if setting is not None:
                found.append((name, setting))
        return found

    def get(self, key: str) -> Setting:
        """One setting; its value is None where nobody set it and it has no default. A token is masked.

        Raises:
            UsageError: there is no such setting; the closest is named.
        """
        if key == "profile":
            return self.chosen
        if key not in _EXTRA:
            keys.named(key)
        found = self._token_shown() if key == "token" else self.values.get(key)
        return found or Setting(None, "default")

    def _token_shown(self) -> Setting | None:
        return Setting(f"…{SANDBOX_TOKEN[-4:]}", _BUILT_IN) if self.sandbox else self.wallet.shown()


def load(
    flags: Flags,
    env: Mapping[str, str],
    cwd: Path,
    paths: "Paths",
    *,
    notice: Notice = silent,
    vault: Vault | None = None,
    create: bool = False,
    repair: bool = True,
) -> Settings:
    """Find out every setting.

    Args:
        flags: the root options.
        env: the environment.
        cwd: the working folder, where the search for a project file starts.
        paths: the folders.
        notice: takes a sentence about what was repaired, or did not work.
        vault: stands for the system's keyring.
        create: whether the profile may be one that does not exist yet.
        repair: whether modes of files may be repaired.

    Raises:
        UsageError: a flag, a variable or a file holds what cannot be used; it is named.
        NotFoundError: there is no such profile.
        LocalError: a file belongs to another user, or cannot be read.
    """
    file = ConfigFile(paths.config_file, notice=notice, repair=repair)
    chosen = choose(flags, env, file)
    name = str(chosen.value)
    if create:
        keys.check_profile_name(name)
    else:
        file.require(name, chosen.source)
    fixed = name == SANDBOX
    if fixed and flags.base_url is not None:
        raise UsageError("--base-url does not go with the sandbox, which is in this process")
    written = file.read(name)
    values = _defaults(fixed=fixed)
    values |= {key: Setting(value, f"profile {name} ({file.path})") for key, value in written.items()}
    values |= _of_project(cwd)
    values |= variables.settings(env, fixed=fixed)
    if flags.base_url is not None:
        values["base_url"] = _flag("--base-url", "base_url", flags.base_url)
    here = values["base_url"]
    wallet = Wallet(
        profile=name,
        origin=parse_origin(here.value),
        home=parse_origin(written.get("base_url", keys.DEFAULT_BASE_URL)),
        given_for=parse_origin(here.value if _is_given(here) else keys.DEFAULT_BASE_URL),
        kept=values.pop("token", None),
        env=env,
        store=TokenStore(paths.tokens_file, notice=notice, repair=repair),
        vault=vault or Vault(),
        notice=notice,
    )
    return Settings(chosen, values, wallet)


def origin_without_files(flags: Flags, env: Mapping[str, str]) -> Origin:
    """The origin that flags or the environment name, else the default one: for when the files cannot be read.

    Raises:
        UsageError: a flag or a variable holds what cannot be used.
    """
    if flags.sandbox or variables.switch(env, "INFERENCE_SANDBOX"):
        return parse_origin(SANDBOX_URL)
    if flags.base_url is not None:
        return parse_origin(_flag("--base-url", "base_url", flags.base_url).value)
    named = variables.settings(env, fixed=False).get("base_url")
    return parse_origin(keys.DEFAULT_BASE_URL if named is None else named.value)


def choose(flags: Flags, env: Mapping[str, str], file: ConfigFile) -> Setting:
    """The profile that flags, the environment or the file name.

    The sandbox promises that nothing is paid for: what contradicts it is refused, not overruled.

    Raises:
        UsageError: two of them contradict each other, or one cannot be understood.
    """
    offline = variables.switch(env, "INFERENCE_SANDBOX")
    if flags.profile not in {None, SANDBOX} and (flags.sandbox or offline):
        asked = "--sandbox" if flags.sandbox else "INFERENCE_SANDBOX"
        raise UsageError(f"--profile {flags.profile} does not go with {asked}", hint="Leave one of them out")
    if flags.sandbox:
        return Setting(SANDBOX, "flag --sandbox")
    if flags.profile is not None:
        return Setting(flags.profile, "flag --profile")
    if offline:
        return Setting(SANDBOX, variables.source("INFERENCE_SANDBOX"))
    named = variables.first(env, ("INFERENCE_PROFILE",))
    if named is not None:
        return Setting(named.value.strip(), variables.source(named.source))
    return Setting(file.active(), "default" if file.written_default() is None else str(file.path))


def _defaults(*, fixed: bool) -> dict[str, Setting]:
    everything = {**KEYS, **_EXTRA}
    values = {name: Setting(key.default, "default") for name, key in everything.items() if key.default is not None}
    if fixed:
        values["base_url"] = Setting(SANDBOX_URL, _BUILT_IN)
        values["namespace"] = Setting(SANDBOX, _BUILT_IN)
    return values


def _of_project(cwd: Path) -> dict[str, Setting]:
    path = project.find(cwd)
    if path is None:
        return {}
    return {key: Setting(value, f"project file {path}") for key, value in project.read(path).items()}


def _flag(flag: str, key: str, text: str) -> Setting:
    try:
        return Setting(KEYS[key].read(text), f"flag {flag}")
    except ValueError as error:
        raise UsageError(f"{flag} {error}") from error


def _is_given(setting: Setting) -> bool:
    return setting.source.startswith(("flag ", "environment "))
