"""The keyring may hang, refuse or lie; it costs a moment at most (fault F9)."""

import os
import subprocess
import sys
import threading

import pytest

from inference_cli.errors import MissingExtraError
from inference_cli.origin import parse_origin
from inference_cli.profile.vault import Vault, VaultError

HUB = parse_origin("https://hub.oxen.ai")
OTHER = parse_origin("https://hub.oxen.ai:8443")


class Kept:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service_name: str, username: str) -> str | None:
        """What is kept."""
        return self.secrets.get((service_name, username))

    def set_password(self, service_name: str, username: str, password: str) -> None:
        """Keep it."""
        self.secrets[service_name, username] = password

    def delete_password(self, service_name: str, username: str) -> None:
        """Forget it; it fails for what is not there, as the real ones do."""
        del self.secrets[service_name, username]


def test_a_token_is_kept_with_its_origin() -> None:
    """Another origin or profile gets nothing."""
    kept = Kept()
    vault = Vault(lambda: kept)
    vault.save("default", HUB, "canary-token")

    assert vault.load("default", HUB) == "canary-token"
    assert (vault.load("default", OTHER), vault.load("work", HUB)) == (None, None)
    vault.delete("default", HUB)
    assert vault.load("default", HUB) is None


@pytest.mark.parametrize("left", ["canary-token", "https://evil.com canary-token", "https://hub.oxen.ai ", ""])
def test_what_another_program_left_is_not_taken_for_a_token(left: str) -> None:
    """Only what names the same origin is."""
    kept = Kept()
    kept.secrets["inference-cli", "default https://hub.oxen.ai"] = left

    assert Vault(lambda: kept).load("default", HUB) is None


def test_a_keyring_that_hangs_is_not_waited_for() -> None:
    """After its time the answer is that there is none."""
    let_go = threading.Event()

    class Hanging(Kept):
        def get_password(self, service_name: str, username: str) -> str | None:
            let_go.wait()
            return None

    with pytest.raises(VaultError, match=r"the keyring did not answer within 0\.01 s"):
        Vault(Hanging, seconds=0.01).load("default", HUB)
    let_go.set()


def test_a_keyring_that_refuses_is_told_by_kind_only() -> None:
    """Backends put what they like into their messages."""
    with pytest.raises(VaultError) as caught:
        Vault(Kept).delete("default", HUB)

    assert str(caught.value) == "the keyring refused (KeyError)"


def test_without_the_package_the_install_line_is_given() -> None:
    """It is an extra."""

    def missing() -> Kept:
        raise MissingExtraError("keyring", "a token in the system's keyring")

    with pytest.raises(MissingExtraError):
        Vault(missing).save("default", HUB, "canary-token")


def test_the_installed_package_is_used_by_default() -> None:
    """In a process of its own, where it is told to have no backend: no real keyring is touched by a test."""
    program = (
        "from inference_cli.origin import parse_origin\nfrom inference_cli.profile.vault import Vault\n"
        "Vault().load('default', parse_origin('https://hub.oxen.ai'))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr.splitlines()[-1] == (
        "inference_cli.profile.vault.VaultError: the keyring refused (NoKeyringError)"
    )


def test_without_the_installed_package_the_extra_is_named() -> None:
    """In a process that cannot import it."""
    program = (
        "import sys; sys.modules['keyring'] = None\nfrom inference_cli.origin import parse_origin\n"
        "from inference_cli.profile.vault import Vault\n"
        "Vault().load('default', parse_origin('https://hub.oxen.ai'))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert done.stderr.splitlines()[-1] == (
        "inference_cli.errors.MissingExtraError: a token in the system's keyring needs the extra 'keyring'"
    )
