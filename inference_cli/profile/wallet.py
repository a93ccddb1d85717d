"""Where the token of this run is: the environment, the keyring, a command, or the file; and whether it may be used."""

from collections.abc import Mapping

from inference_cli.errors import TokenError, UsageError
from inference_cli.frozen import dataclass
from inference_cli.origin import Origin
from inference_cli.profile import variables
from inference_cli.profile.children import scrubbed
from inference_cli.profile.files import Notice
from inference_cli.profile.keys import Setting, is_reference
from inference_cli.profile.tokens import Token, TokenStore, masked, normalise
from inference_cli.profile.vault import Vault, VaultError


@dataclass(frozen=True, slots=True)
class Wallet:
    """The ways to the token of one profile at one origin.

    Args:
        profile: its name.
        origin: where requests of this run go.
        home: the origin of the profile itself; what the profile says of its token holds for this one only.
        given_for: the origin that a token in the environment belongs to (interface contract, "Settings").
        kept: ``token`` of the profile, if it has one.
        env: the environment.
        store: the file of tokens.
        vault: the system's keyring.
        notice: takes a sentence about a way that failed.
        seconds: how long a command may take to print the token; it may ask a person for a passphrase.
    """

    profile: str
    origin: Origin
    home: Origin
    given_for: Origin
    kept: Setting | None
    env: Mapping[str, str]
    store: TokenStore
    vault: Vault
    notice: Notice
    seconds: float = 60

    @property
    def secrets(self) -> tuple[str, ...]:
        """The variables that hold tokens: the program's own, and the one that the profile names."""
        where = "" if self.kept is None else str(self.kept.value)
        named = where.removeprefix("env:")
        return variables.TOKENS if named in {where, *variables.TOKENS} else (*variables.TOKENS, named)

    def token(self) -> Token:
        """The token, made clean.

        Raises:
            TokenError: there is none for the origin, or what was found is none.
            UsageError: the file of tokens is damaged.
            LocalError: it cannot be read.
        """
        found = self.find()
        if found is None:
            raise self._missing()
        return found

    def find(self) -> Token | None:
        """The token, made clean; None where there is none for the origin.

        Raises:
            TokenError: what was found is none.
            UsageError: the file of tokens is damaged.
            LocalError: it cannot be read.
        """
        found = self._given() or self._of_profile() or self._stored()
        return found and Token(self._clean(found), self.origin, found.source)

    def shown(self) -> Setting | None:
        """What may be shown of the token, without asking a keyring or running a command.

        Raises:
            UsageError: the file of tokens is damaged.
            LocalError: it cannot be read.
            TokenError: what was found is none.
        """
        given = self._given()
        if given is None and self.kept and self._kept_here() and is_reference(self.kept.value):
            return self.kept
        found = given or self._of_profile() or self._stored()
        return found and Setting(masked(self._clean(found)), found.source)

    def refuse_elsewhere(self) -> None:
        """Refuse to keep a token that would never be found, because the profile says that its token is elsewhere.

        Raises:
            UsageError: it does.
        """
        if self._kept_here() and self.kept and self.kept.value != "keyring":
            where = self.kept.value if is_reference(self.kept.value) else "its own line in the configuration file"
            raise UsageError(
                f"profile {self.profile} takes its token from {where}", hint="Stop that:  inference config unset token"
            )

    def keep(self, token: str) -> str:
        """Keep a token for the next runs of this profile at this origin.

        Returns:
            Where it is now, in words: ``keyring``, or the file; the file too where the keyring failed (fault F9).

        Raises:
            UsageError: the profile says that its token is elsewhere.
            LocalError: the file cannot be written.
        """
        self.refuse_elsewhere()
        if self._kept_here():
            try:
                self.vault.save(self.profile, self.origin, token)
            except VaultError as error:
                self.notice(f"{error}; keeping the token in {self.store.path} instead")
            else:
                self.store.delete(self.profile, self.origin)
                return "keyring"
        self.store.save(self.profile, self.origin, token)
        return str(self.store.path)

    def forget(self) -> bool:
        """Forget the token that was kept for this profile at this origin; whether there was one.

        Raises:
            LocalError: the file cannot be written.
        """
        found = self.store.delete(self.profile, self.origin)
        if self._kept_here() and self.kept and self.kept.value == "keyring":
            try:
                if self.vault.load(self.profile, self.origin) is not None:
                    self.vault.delete(self.profile, self.origin)
                    found = True
            except VaultError as error:
                self.notice(f"{error}; it may still hold the token")
        return found

    def _kept_here(self) -> bool:
        return self.kept is not None and self.home == self.origin

    def _given(self) -> Setting | None:
        given = variables.first(self.env, variables.TOKENS)
        if given is None or self.origin != self.given_for:
            return None
        return Setting(given.value, variables.source(given.source))

    def _of_profile(self) -> Setting | None:
        if self.kept is None or not self._kept_here():
            return None
        where = str(self.kept.value)
        if where.startswith("env:"):
            return self._variable(where.removeprefix("env:"))
        if where.startswith("command:"):
            return Setting(self._printed(where.removeprefix("command:")), f"command of profile {self.profile}")
        return self._from_vault() if where == "keyring" else self.kept

    def _variable(self, name: str) -> Setting:
        value = self.env.get(name, "")
        if not value.strip():
            raise TokenError(
                f"profile {self.profile} takes its token from {name}, which is not set",
                hint=f"Set it:  export {name}=…",
            )
        return Setting(value, f"{variables.source(name)}, named by profile {self.profile}")

    def _from_vault(self) -> Setting | None:
        try:
            token = self.vault.load(self.profile, self.origin)
        except VaultError as error:
            self.notice(f"{error}; looking in {self.store.path} instead")
            return None
        return Setting(token, "keyring") if token else None

    def _stored(self) -> Setting | None:
        token = self.store.load(self.profile, self.origin)
        return Setting(token, str(self.store.path)) if token else None

    def _clean(self, found: Setting) -> str:
        try:
            return normalise(found.value)
        except TokenError as error:
            raise TokenError(f"{found.source}: {error.message}", hint=error.hint) from error

    def _printed(self, command: str) -> str:
        """The first line that a command prints; its standard error is the person's to read."""
        import shlex
        import subprocess

        failed = f"the token command of profile {self.profile}"
        try:
            done = subprocess.run(  # noqa: S603 - the user's own command, no shell
                shlex.split(command), stdout=subprocess.PIPE, env=self._scrubbed(), timeout=self.seconds, check=False
            )
        except ValueError as error:
            raise TokenError(f"{failed} has quotes that do not close") from error
        except subprocess.TimeoutExpired as error:
            raise TokenError(f"{failed} did not end within {self.seconds:g} s") from error
        except OSError as error:
            raise TokenError(f"{failed} could not run: {(error.strerror or 'no reason was given').lower()}") from error
        if done.returncode != 0:
            raise TokenError(f"{failed} failed with exit code {done.returncode}")
        return done.stdout.decode("utf-8", "replace").partition("\n")[0]

    def _scrubbed(self) -> dict[str, str]:
        """The environment without tokens, for a child (fault F13)."""
        return scrubbed(self.env, self.secrets)

    def _missing(self) -> TokenError:
        details = []
        given = variables.first(self.env, variables.TOKENS)
        if given is not None:
            details.append(f"{given.source} belongs to {self.given_for}; a profile may ask for it: token = env:NAME")
        others = self.store.origins(self.profile)
        if others:
            details.append(f"profile {self.profile} is signed in to {', '.join(others)}")
        named = "" if self.profile == "default" else f" --profile {self.profile}"
        return TokenError(
            f"no token for {self.origin}",
            details=details,
            hint=f"Sign in:  inference auth login{named}        "
            'Try without an account:  inference --sandbox image "a red fox"',
        )
