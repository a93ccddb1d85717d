"""Where the token of a run is, and whether it may be used there (faults F6, F9, F10)."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from inference_cli.errors import TokenError, UsageError
from inference_cli.origin import parse_origin
from inference_cli.profile.config import ConfigFile
from inference_cli.profile.keys import Setting
from inference_cli.profile.paths import Paths
from inference_cli.profile.settings import Flags, Settings, load
from inference_cli.profile.tokens import Token, TokenStore
from inference_cli.profile.vault import Vault

HUB = parse_origin("https://hub.oxen.ai")
OFFICE = parse_origin("https://office.example")
GIVEN, STORED, KEPT = "canary-given-0001", "canary-stored-0002", "canary-kept-0003"


class Broken:
    """A keyring without a backend."""

    def get_password(self, service_name: str, username: str) -> str | None:
        """Fail."""
        raise RuntimeError(KEPT)

    def set_password(self, service_name: str, username: str, password: str) -> None:
        """Fail."""
        raise RuntimeError(password)

    def delete_password(self, service_name: str, username: str) -> None:
        """Fail."""
        raise RuntimeError(username)


class Working(Broken):
    """A keyring that holds one token."""

    def get_password(self, service_name: str, username: str) -> str | None:
        """The token with its origin."""
        return f"{HUB} {KEPT}" if username == f"default {HUB}" else None


class Memory(Broken):
    """A keyring in memory."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}

    def get_password(self, service_name: str, username: str) -> str | None:
        """What is kept."""
        return self.secrets.get(username)

    def set_password(self, service_name: str, username: str, password: str) -> None:
        """Keep it."""
        self.secrets[username] = password

    def delete_password(self, service_name: str, username: str) -> None:
        """Forget it."""
        del self.secrets[username]


class Place:
    """A home with a profile ``work`` at another origin."""

    def __init__(self, folder: Path) -> None:
        self.paths = Paths(folder / "config", folder / "state", folder / "data", folder / "cache")
        self.cwd = folder
        self.store = TokenStore(self.paths.tokens_file)
        self.config = ConfigFile(self.paths.config_file)
        self.config.set("work", "base_url", f"{OFFICE}/api")
        self.said: list[str] = []

    def settings(self, flags: Flags | None = None, vault: Vault | None = None, **env: str) -> Settings:
        """The settings under those flags and variables."""
        return load(flags or Flags(), env, self.cwd, self.paths, notice=self.said.append, vault=vault)

    def token(self, flags: Flags | None = None, vault: Vault | None = None, **env: str) -> Token:
        """The token under those flags and variables."""
        return self.settings(flags, vault, **env).token()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A home."""
    return Place(tmp_path)


WORK = Flags(profile="work")


def test_a_token_of_the_environment_goes_to_the_default_origin(place: Place) -> None:
    """Ours before the service's own, cleaned of what came along."""
    place.store.save("default", HUB, STORED)

    assert place.token(INFERENCE_API_KEY=f" Bearer {GIVEN}\n", OXEN_API_KEY="canary-other") == Token(
        GIVEN, HUB, "environment INFERENCE_API_KEY"
    )
    assert place.token(OXEN_API_KEY=GIVEN) == Token(GIVEN, HUB, "environment OXEN_API_KEY")
    assert place.token() == Token(STORED, HUB, str(place.paths.tokens_file))


def test_a_token_of_the_environment_goes_where_flag_or_environment_say(place: Place) -> None:
    """Both were given by the same hand."""
    here = parse_origin("http://127.0.0.1:8000")

    assert place.token(INFERENCE_BASE_URL="http://127.0.0.1:8000/api", INFERENCE_API_KEY=GIVEN).origin == here
    assert place.token(Flags(base_url="http://127.0.0.1:8000/api"), INFERENCE_API_KEY=GIVEN).origin == here


def test_a_token_of_the_environment_does_not_go_to_another_origin_of_a_profile(place: Place) -> None:
    """Unless the profile asks for it by name (interface contract, "Settings")."""
    with pytest.raises(TokenError) as caught:
        place.token(WORK, INFERENCE_API_KEY=GIVEN)
    assert caught.value.message == "no token for https://office.example"
    assert caught.value.details == (
        "INFERENCE_API_KEY belongs to https://hub.oxen.ai; a profile may ask for it: token = env:NAME",
    )
    assert place.settings(WORK, INFERENCE_API_KEY=GIVEN).get("token") == Setting(None, "default")

    place.config.set("work", "token", "env:INFERENCE_API_KEY")
    assert place.token(WORK, INFERENCE_API_KEY=GIVEN) == Token(
        GIVEN, OFFICE, "environment INFERENCE_API_KEY, named by profile work"
    )


def test_a_stored_token_does_not_follow_the_base_url(place: Place) -> None:
    """Another origin gets none, and the way out is named (fault F6)."""
    place.store.save("default", HUB, STORED)

    with pytest.raises(TokenError) as caught:
        place.token(Flags(base_url="https://evil.example/api"))

    assert caught.value.message == "no token for https://evil.example"
    assert caught.value.details == ("profile default is signed in to https://hub.oxen.ai",)
    assert caught.value.hint == (
        'Sign in:  inference auth login        Try without an account:  inference --sandbox image "a red fox"'
    )


def test_F13_the_variables_that_hold_tokens(place: Place) -> None:
    """The program's own, and the one that the profile names; each once."""
    assert place.settings().secrets == ("INFERENCE_API_KEY", "OXEN_API_KEY")
    for where, more in (("env:WORK_TOKEN", ("WORK_TOKEN",)), ("env:OXEN_API_KEY", ()), ("keyring", ())):
        place.config.set("work", "token", where)
        found = place.settings(Flags(profile="work")).secrets
        assert found == ("INFERENCE_API_KEY", "OXEN_API_KEY", *more)


def test_the_place_that_a_profile_names_holds_for_its_own_origin_only(place: Place) -> None:
    """A flag that moves the base URL moves no token."""
    place.config.set("work", "token", "env:WORK_TOKEN")

    with pytest.raises(TokenError, match=r"no token for https://evil\.example"):
        place.token(Flags(profile="work", base_url="https://evil.example"), WORK_TOKEN=GIVEN)


def test_a_named_variable_that_is_not_set_is_told(place: Place) -> None:
    """Exit 3, with the way to set it."""
    place.config.set("work", "token", "env:WORK_TOKEN")

    with pytest.raises(TokenError) as caught:
        place.token(WORK)
    assert caught.value.message == "profile work takes its token from WORK_TOKEN, which is not set"


def test_a_token_written_into_the_profile_by_hand_is_used(place: Place) -> None:
    """The file is private; it is shown masked."""
    place.paths.config_file.write_text(f'[profiles.default]\ntoken = "{KEPT}"\n')
    source = f"profile default ({place.paths.config_file})"

    assert place.token() == Token(KEPT, HUB, source)
    assert place.settings().get("token") == Setting("…0003", source)
    assert place.token(INFERENCE_API_KEY=GIVEN).value == GIVEN


def test_a_bad_token_is_refused_by_its_source_without_its_bytes(place: Place) -> None:
    """Faults F2 and F3."""
    with pytest.raises(TokenError) as caught:
        place.token(INFERENCE_API_KEY="canary\ntöken")

    assert caught.value.message.startswith("environment INFERENCE_API_KEY: this is no token")
    assert "canary" not in caught.value.message


def test_a_token_in_the_keyring_is_found(place: Place) -> None:
    """It is shown as the place, not by asking."""
    place.config.set("default", "token", "keyring")

    assert place.token(vault=Vault(Working)) == Token(KEPT, HUB, "keyring")
    shown = place.settings(vault=Vault(Broken)).get("token")
    assert shown == Setting("keyring", f"profile default ({place.paths.config_file})")
    assert place.said == []


def test_when_the_keyring_fails_the_file_is_looked_into_with_a_notice(place: Place) -> None:
    """Headless machines have none (fault F9)."""
    place.config.set("default", "token", "keyring")
    place.store.save("default", HUB, STORED)

    assert place.token(vault=Vault(Broken)).value == STORED
    assert place.said == [f"the keyring refused (RuntimeError); looking in {place.paths.tokens_file} instead"]


def test_an_empty_keyring_leaves_the_file(place: Place) -> None:
    """Nothing anywhere is no token; the hint names the profile."""
    place.config.set("work", "token", "keyring")

    with pytest.raises(TokenError) as caught:
        place.token(WORK, vault=Vault(Working))
    assert caught.value.hint is not None
    assert caught.value.hint.startswith("Sign in:  inference auth login --profile work ")


def _command(program: str) -> str:
    return f"command:{sys.executable} -c '{program}'"


def test_a_command_prints_the_token(place: Place) -> None:
    """Its first line, run without a shell and without the tokens of the environment (fault F13)."""
    program = f'import os; print("{KEPT}", os.environ.get("OXEN_API_KEY", ""), sep=""); print("more")'
    place.config.set("work", "token", _command(program))

    assert place.token(WORK, OXEN_API_KEY=GIVEN) == Token(KEPT, OFFICE, "command of profile work")
    assert place.settings(WORK).get("token").value == _command(program)


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (_command("raise SystemExit(7)"), "the token command of profile work failed with exit code 7"),
        ("command:/no/such/program", "the token command of profile work could not run: no such file or directory"),
        ("command:echo 'x", "the token command of profile work has quotes that do not close"),
        (_command("print()"), "command of profile work: the token is empty"),
    ],
)
def test_a_command_that_fails_is_told(place: Place, command: str, complaint: str) -> None:
    """Exit 3; what it printed is not repeated."""
    place.config.set("work", "token", command)

    with pytest.raises(TokenError) as caught:
        place.token(WORK)
    assert caught.value.message == complaint


def test_a_command_that_hangs_is_ended(place: Place) -> None:
    """A forgotten passphrase prompt does not hold a script up for ever."""
    place.config.set("work", "token", _command("import signal; signal.pause()"))
    wallet = replace(place.settings(WORK).wallet, seconds=0.01)

    with pytest.raises(TokenError, match=r"the token command of profile work did not end within 0\.01 s"):
        wallet.token()


def test_a_token_is_kept_in_the_file_and_forgotten(place: Place) -> None:
    """The default, and what every machine can do."""
    wallet = place.settings().wallet

    assert wallet.keep(STORED) == str(place.paths.tokens_file)
    assert place.token().value == STORED
    assert (wallet.forget(), wallet.forget()) == (True, False)


def test_a_token_is_kept_in_the_keyring_where_the_profile_says_so(place: Place) -> None:
    """Then none stays in the file."""
    keyring = Memory()
    place.store.save("default", HUB, STORED)
    place.config.set("default", "token", "keyring")
    wallet = place.settings(vault=Vault(lambda: keyring)).wallet

    assert wallet.keep(KEPT) == "keyring"
    assert (place.store.load("default", HUB), wallet.token().value) == (None, KEPT)
    assert (wallet.forget(), wallet.forget(), keyring.secrets) == (True, False, {})


def test_where_the_keyring_fails_the_token_is_kept_in_the_file_with_a_notice(place: Place) -> None:
    """And where it cannot be asked to forget, that is said too (fault F9)."""
    place.config.set("default", "token", "keyring")
    wallet = place.settings(vault=Vault(Broken)).wallet

    assert wallet.keep(STORED) == str(place.paths.tokens_file)
    assert wallet.forget()
    assert place.said == [
        f"the keyring refused (RuntimeError); keeping the token in {place.paths.tokens_file} instead",
        "the keyring refused (RuntimeError); it may still hold the token",
    ]


@pytest.mark.parametrize("where", ["env:WORK_TOKEN", "command:pass work"])
def test_a_profile_whose_token_is_elsewhere_keeps_none(place: Place, where: str) -> None:
    """It would never be found; at another origin it is."""
    place.config.set("work", "token", where)

    with pytest.raises(UsageError, match=f"profile work takes its token from {where}"):
        place.settings(WORK).wallet.keep(STORED)
    other = place.settings(Flags(profile="work", base_url="https://other.example")).wallet
    assert other.keep(STORED) == str(place.paths.tokens_file)


def test_a_profile_that_holds_its_token_itself_keeps_no_other(place: Place) -> None:
    """The token is not repeated."""
    place.paths.config_file.write_text(f'[profiles.default]\ntoken = "{KEPT}"\n')

    with pytest.raises(UsageError) as caught:
        place.settings().wallet.refuse_elsewhere()
    assert caught.value.message == "profile default takes its token from its own line in the configuration file"


def test_a_damaged_file_of_tokens_is_told(place: Place) -> None:
    """Exit 2, naming it (fault E1)."""
    place.paths.tokens_file.write_text("[[")

    with pytest.raises(UsageError, match=r"tokens\.toml, line 1"):
        place.token()
