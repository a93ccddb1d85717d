"""`inference doctor`, run in this process: what it says, and that it changes and tells nothing."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from inference_cli.sandbox.app import Sandbox
from inference_cli.sandbox.transport import SandboxTransport
from inference_cli.terminal.documents import schema
from tests.support.program import Finished, Program, program_in

TOKEN = "canary-token-4711"
URL = "https://api.sandbox.invalid/api"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """A program whose network is a sandbox that takes one token."""
    sandbox = Sandbox(tmp_path / "server", token=TOKEN)
    yield program_in(tmp_path, transport=lambda: SandboxTransport(sandbox.application))
    sandbox.close()


def _folder(program: Program, kind: str) -> Path:
    return Path(program.env[f"INFERENCE_{kind}_DIR"])


def _signed_in(program: Program) -> None:
    done = program("auth", "login", "--with-token", "--base-url", URL, stdin=TOKEN.encode())
    assert done.code == 0
    assert program("config", "set", "base_url", URL).code == 0


def _tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }


def _states(done: Finished) -> dict[str, Any]:
    document = done.json
    jsonschema_rs.validator_for(schema("checklist")).validate(document)
    return {row["check"]: (row["state"], row["message"]) for row in document["data"]}


def test_everything_in_order_is_exit_0(program: Program) -> None:
    """The token works, and is shown by its last four characters only."""
    _signed_in(program)

    done = program("doctor", "--json")

    found = _states(done)
    assert (done.code, done.json["ok"], done.err) == (0, True, "")
    assert found["token"] == ("ok", f"…4711 of {_folder(program, 'CONFIG')}/tokens.toml is valid")
    assert found["base url"][1].startswith(f"{URL} (profile default (")
    assert TOKEN not in done.out


def test_a_failure_is_exit_13_and_names_the_next_command(program: Program) -> None:
    """In a pipe: word, check, message, fix."""
    done = program("doctor")

    assert done.code == 13
    rows = {row[1]: row for row in (line.split("\t") for line in done.lines)}
    assert rows["token"][0] == "failure"
    assert rows["token"][3].startswith("Sign in:  inference auth login")
    assert done.err.startswith("  1 failure, ")


def test_a_refused_token_is_told_from_an_api_that_is_away(program: Program) -> None:
    """The token is of no use, the API answers."""
    done = program("doctor", "--json", "--base-url", URL, INFERENCE_API_KEY="another-token-1234")

    found = _states(done)
    assert done.code == 13
    assert found["api"][0] == "ok"
    assert found["token"][0] == "failure"
    assert found["token"][1].startswith("…1234 of environment INFERENCE_API_KEY: ")
    assert "another-token" not in done.out + done.err


def test_offline_asks_nobody(tmp_path: Path) -> None:
    """And says why."""

    def transport() -> Any:
        raise AssertionError("somebody was asked")

    program = program_in(tmp_path, transport=transport)
    done = program("doctor", "--offline", "--json", INFERENCE_API_KEY=TOKEN)

    found = _states(done)
    assert (done.code, found["api"]) == (0, ("warning", "not asked, as --offline says"))
    assert found["token"] == ("ok", "…4711 of environment INFERENCE_API_KEY; not asked whether it is valid")


def test_the_sandbox_has_nothing_to_reach(program: Program) -> None:
    """Its state is not even opened."""
    done = program("--sandbox", "doctor", "--jq", '.data[] | select(.check == "token") | .message')

    assert (done.code, done.out) == (0, "the sandbox takes any\n")
    assert not _folder(program, "STATE").exists()


def test_commands_in_fixes_repeat_the_root_options(program: Program) -> None:
    """Typed as they stand they reach the same place."""
    fix = program("--base-url", URL, "doctor", "--jq", '.data[] | select(.check == "token") | .fix').out

    assert fix.startswith(f"Sign in:  inference --base-url {URL} auth login")


def test_what_the_program_makes_itself_is_private(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures, conversations and a login in an empty home leave nothing that is warned about."""
    monkeypatch.chdir(program.cwd)
    offline = replace(program, transport=None)
    assert offline("--sandbox", "image", "a fox").code == 0
    assert offline("--sandbox", "chat", "hello").code == 0
    _signed_in(program)

    found = _states(program("doctor", "--json"))

    assert {found[f"{kind} folder"][0] for kind in ("config", "state", "data")} == {"ok"}
    assert not [check for check in found if check.endswith(" rights")]


def test_nothing_is_changed(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the modes either, which other commands repair; a journal beside it stays as it was."""
    monkeypatch.chdir(program.cwd)
    _signed_in(program)
    assert replace(program, transport=None)("--sandbox", "image", "a fox").code == 0
    for kind in ("CONFIG", "STATE"):
        _folder(program, kind).chmod(0o755)
    (_folder(program, "CONFIG") / "tokens.toml").chmod(0o644)
    before = _tree(program.home)

    done = program("doctor", "--json")

    found = _states(done)
    assert _tree(program.home) == before
    assert done.code == 13
    assert found["tokens.toml rights"][0] == "failure"
    assert found["config folder"][0] == found["state folder"][0] == "warning"


@pytest.mark.parametrize(
    ("file", "content", "check"),
    [
        ("config.toml", b"[profiles.default\nbase_url = ", "config"),
        ("config.toml", b"\xff\x00", "config"),
        ("config.toml", b"version = 99\n", "config"),
        ("config.toml", b"[profiles.other]\nconfirm_above = 'much'\n", "config"),
        ("tokens.toml", b"tokens = 7", "tokens"),
        ("tokens.toml", b"[[tokens]]\nprofile = 'default'\norigin = 'https://hub.oxen.ai'\nvalue = 'a b'\n", "token"),
        ("../state/journal.sqlite3", b"SQLite format 3\x00 and then nothing", "journal"),
        ("../data/conversations.sqlite3", b"\x00" * 5000, "conversations"),
        ("../../work/inference.toml", b"base_url = 'https://evil.example'\n", "project"),
    ],
)
def test_a_broken_file_is_a_line_and_the_rest_is_looked_at(
    program: Program, file: str, content: bytes, check: str
) -> None:
    """No traceback, no repair, and every other line is there."""
    path = _folder(program, "CONFIG") / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.resolve().parent.mkdir(parents=True, exist_ok=True)
    path.resolve().write_bytes(content)

    done = program("doctor", "--json", INFERENCE_PROFILE="")

    found = _states(done)
    assert (done.code, found[check][0]) == (13, "failure")
    if check in {"config", "project"} and b"profiles.other" not in content:
        assert found["profile"] == ("failure", "no settings are in force: a file of settings cannot be read")
    assert {"python", "disk", "terminal", "encoding", "extra media", "working folder"} <= found.keys()
    assert path.resolve().read_bytes() == content


@pytest.mark.parametrize(
    ("env", "check"),
    [
        ({"ALL_PROXY": "foo://user:canary-secret@host"}, "proxy"),
        ({"SSL_CERT_FILE": "/nonexistent/ca.pem"}, "certificates"),
        ({"INFERENCE_CONFIG_DIR": "/dev/null"}, "folders"),
        ({"INFERENCE_STATE_DIR": "/proc/nowhere"}, "state folder"),
        ({"INFERENCE_SANDBOX": "perhaps"}, "profile"),
        ({"INFERENCE_PROFILE": "nobody"}, "profile"),
        ({"INFERENCE_BASE_URL": "http://evil.example"}, "profile"),
        ({"INFERENCE_API_KEY": "canary secret with spaces"}, "token"),
    ],
)
def test_a_broken_environment_is_a_line(program: Program, env: dict[str, str], check: str) -> None:
    """Its secrets are not shown."""
    if check == "state folder" and os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    done = replace(program, env={**program.env, **env})("doctor", "--json")

    assert (done.code, _states(done)[check][0]) == (13, "failure")
    assert "canary" not in done.out + done.err


def test_a_terminal_sees_no_more_than_80_columns(program: Program) -> None:
    """Paths and commands stand whole; sentences are folded."""
    done = program("doctor", "--offline", terminal=True, COLUMNS="80", NO_COLOR="1")

    sentences = [line for line in done.lines if "/" not in line and ":  " not in line]
    assert max(map(len, sentences)) <= 80
    assert done.err.startswith("  1 failure, ")
