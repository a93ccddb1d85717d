"""The token of the service's own tool, taken over and left where it is."""

from pathlib import Path

import pytest

from inference_cli.errors import TokenError, UsageError
from inference_cli.profile.service_file import import_service_file, service_file

WRITTEN = """\
default_host = "hub.oxen.ai"

[[host_configs]]
host = "hub.oxen.ai"
auth_token = "canary-token-4711"

[[host_configs]]
host = "localhost:3000"
auth_token = "short"

[[host_configs]]
host = "empty.example"
"""


def test_the_token_of_exactly_that_host_is_found(tmp_path: Path) -> None:
    """The file keeps its bytes and its mode: it is another program's."""
    path = tmp_path / "auth_config.toml"
    path.write_text(WRITTEN)
    path.chmod(0o644)

    assert import_service_file(path, "hub.oxen.ai") == "canary-token-4711"
    assert import_service_file(path, "evil.hub.oxen.ai") is None
    assert (path.read_text(), path.stat().st_mode & 0o777) == (WRITTEN, 0o644)


def test_without_a_file_there_is_no_token(tmp_path: Path) -> None:
    """Most people do not have one."""
    assert import_service_file(tmp_path / "auth_config.toml", "hub.oxen.ai") is None


@pytest.mark.parametrize("host", ["localhost:3000", "empty.example"])
def test_what_is_no_token_is_refused(tmp_path: Path, host: str) -> None:
    """Nothing unusable is taken over."""
    path = tmp_path / "auth_config.toml"
    path.write_text(WRITTEN)

    with pytest.raises(TokenError):
        import_service_file(path, host)


@pytest.mark.parametrize("text", ["host_configs = 3", "host_configs = [1]", ""])
def test_another_shape_holds_nothing(tmp_path: Path, text: str) -> None:
    """A later version of the other tool may look different."""
    path = tmp_path / "auth_config.toml"
    path.write_text(text)

    assert import_service_file(path, "hub.oxen.ai") is None


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """With the line."""
    path = tmp_path / "auth_config.toml"
    path.write_text("[[host_configs")

    with pytest.raises(UsageError, match=r"auth_config\.toml, line 1"):
        import_service_file(path, "hub.oxen.ai")


def test_it_lies_in_the_home_of_the_environment() -> None:
    """Else in that of the user."""
    assert service_file({"HOME": "/home/me"}) == Path("/home/me/.config/oxen/auth_config.toml")
    assert service_file({}) == Path.home() / ".config" / "oxen" / "auth_config.toml"
