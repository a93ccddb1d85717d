"""Secrets and hosts: tokens stay where they belong, whatever surrounds the program (rows F1 to F17)."""

import contextlib
import json
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import inference_cli
from tests.support.account import CLAUDE, FOX
from tests.support.api import CANARY
from tests.support.command import INFERENCE
from tests.support.faultd import HastyClock, Step, http
from tests.support.harness import DIRECT_FOX, FILM, QUEUED_FOX, Fault
from tests.support.host import Host
from tests.support.loopback_tls import certificate, server_context

LIST = ("models", "list")
LOGIN = ("auth", "login", "--with-token")
OTHER = "another-token-98765432"


@pytest.fixture
def stored(fault: Fault) -> Fault:
    """Somebody who has signed in, and whose environment holds no token."""
    fault.without("INFERENCE_API_KEY")
    assert fault.run(*LOGIN, stdin=CANARY.encode()).code == 0
    return fault


def _tokens(hosts: tuple[Host, ...]) -> set[str | None]:
    """What stood in the header that a token belongs into."""
    return {asked.seen.header("authorization") for host in hosts for asked in host.asked}


def _tokens_file(fault: Fault) -> Path:
    return fault.home / ".config/inference/tokens.toml"


# ------------------------------------------------------------------------------------------------ the token itself


@pytest.mark.parametrize(
    "arguments",
    [
        (*DIRECT_FOX, "--token", CANARY),
        (*LIST, f"--token={CANARY}"),
        (f"--api-key={CANARY}", *LIST),
        ("auth", "login", "--token", CANARY),
        ("auth", "login", CANARY),
        ("config", "set", "token", CANARY),
    ],
)
def test_F01_no_command_takes_a_token_as_an_argument(fault: Fault, arguments: tuple[str, ...]) -> None:
    """It would be seen in the list of processes; what was typed is not repeated."""
    done = fault.run(*arguments, intents=0)

    assert (done.code, fault.api.asked) == (2, [])


def test_F01_no_argument_of_a_process_holds_the_token(fault: Fault) -> None:
    """Neither of the command, while it waits, nor of a child that tells it the token."""
    fault.without("INFERENCE_API_KEY", "INFERENCE_BASE_URL")
    script = fault.give("token.sh", f"#!/bin/sh\ncat /proc/*/cmdline > seen\necho {CANARY}\n".encode())
    script.chmod(0o755)
    assert fault.run("config", "set", "base_url", fault.api.base_url).code == 0
    assert fault.run("config", "set", "token", f"command:{script}").code == 0
    fault.api.looks = 10**6

    process = fault.start(*FILM)
    _until_it_waits(fault, process)
    arguments = _arguments(process.pid)
    done = fault.end(process, signals=(signal.SIGTERM,))

    assert done.code == 143
    assert any(b"waves at dawn" in one for one in arguments)
    assert not any(CANARY.encode() in one for one in arguments)
    assert b"waves at dawn" in (fault.cwd / "seen").read_bytes()


def _until_it_waits(fault: Fault, process: Any) -> None:
    """Until it has asked for the state of its generation."""
    while not fault.api.count("GET /api/ai/queue*"):
        with contextlib.suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"it ended with {process.wait(0.01)}")


def _arguments(pid: int) -> list[bytes]:
    """The command lines of a process and of everything below it."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [Path(f"/proc/{pid}/cmdline").read_bytes(), *(one for child in below for one in _arguments(int(child)))]


@pytest.mark.parametrize(
    "text",
    [
        f"{CANARY}\n",
        f"{CANARY}\r\n",
        f"  {CANARY}\t",
        f"\ufeff{CANARY}",
        f'"{CANARY}"',
        f"'{CANARY}'\n",
        f"Bearer {CANARY}",
        f'\ufeff "bearer  {CANARY}" \r\n',
    ],
)
def test_F02_what_came_along_with_a_copied_token_is_dropped(fault: Fault, text: str) -> None:
    """From standard input as from the environment."""
    fault.having(INFERENCE_API_KEY=text)
    assert fault.run(*LIST).code == 0
    fault.without("INFERENCE_API_KEY")

    assert fault.run(*LOGIN, stdin=text.encode()).code == 0
    assert fault.run(*LIST).code == 0
    assert _tokens((fault.api,)) == {f"Bearer {CANARY}"}


BAD = [
    f"{CANARY[:12]} {CANARY[12:]}",
    f"{CANARY[:12]}\r\nX-Evil: {CANARY[12:]}",
    f"t\u00f6k\u20acn-{CANARY[:12]}",
    f"\u202e{CANARY[:12]}",
    CANARY[:12] * 900,
    "",
    "   ",
    f"{CANARY[:12]}\x1b]0;x\x07",
    f"{CANARY[:12]}\x7f",
    "short",
]


@pytest.mark.parametrize("text", BAD)
def test_F03_what_is_no_token_is_refused_without_a_byte_of_it(fault: Fault, text: str) -> None:
    """Nothing is sent, whether it comes from the environment or from standard input."""
    fault.having(INFERENCE_API_KEY=text)
    given = [fault.run(*LIST), fault.run(*LOGIN, stdin=text.encode())]

    assert [done.code for done in given] == [3, 3]
    assert fault.api.asked == []
    assert not any(CANARY[:12] in done.err + done.text for done in given)


def test_F03_a_terminal_sees_none_of_it_either(fault: Fault) -> None:
    """Of the control sequence in it too."""
    fault.having(INFERENCE_API_KEY=f"{CANARY[:12]}\x1b]0;x\x07")
    terminal = fault.terminal("auth", "status")

    assert (terminal.finish(), fault.api.asked) == (3, [])
    assert CANARY[:12].encode() not in terminal.raw


def test_F04_no_trace_no_log_and_no_crash_shows_a_secret(fault: Fault) -> None:
    """The most talkative run that there is: a picture by a presigned URL, with every switch of Python and of httpx."""
    fault.having(PYTHONDEVMODE="1", PYTHONFAULTHANDLER="1", HTTPX_LOG_LEVEL="trace", PYTHONASYNCIODEBUG="1")

    direct = fault.run("-v", "--debug-http", *DIRECT_FOX, talkative=True)
    queued = fault.run("-v", "--debug-http", *QUEUED_FOX[:-2], "two.png", "--queue", talkative=True)

    assert (direct.code, queued.code) == (0, 0)
    for done in (direct, queued):
        assert "authorization: ***" in done.err.lower()
        assert "X-Amz-Signature=***" in done.err


def test_F04_a_process_that_dies_shows_places_only(fault: Fault) -> None:
    """The fault handler of Python is asked for; the harness knows no such exit code, so it is asserted here."""
    fault.having(PYTHONFAULTHANDLER="1", PYTHONDEVMODE="1")
    fault.api.looks = 10**6
    process = subprocess.Popen(
        [INFERENCE, *FILM], cwd=fault.cwd, env=fault.user.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    _until_it_waits(fault, process)
    process.send_signal(signal.SIGSEGV)
    out, err = process.communicate()

    assert process.returncode == -signal.SIGSEGV
    assert b"Segmentation fault" in err
    assert CANARY.encode() not in out + err


class _Broken(HastyClock):
    """A clock that fails with the token in its words."""

    def now(self) -> float:
        raise RuntimeError(f"Authorization: Bearer {CANARY}")


def test_F04_a_crash_file_holds_places_only(fault: Fault) -> None:
    """Neither the words of the error nor a local variable; the exit code of a bug is this case's own."""
    done = fault.inside(*DIRECT_FOX, clock=_Broken(), intents=0)
    fault.runs.pop()

    crash = next(fault.home.rglob("crash.txt")).read_text()
    assert (done.code, fault.api.paid) == (1, [])
    assert "RuntimeError" in crash
    assert CANARY not in crash + done.err + done.text
    assert "Bearer" not in crash + done.err


def test_F04_a_token_in_a_prompt_is_sent_as_written_and_kept_nowhere(fault: Fault) -> None:
    """Not in the journal, not in the name of a file, not in the log of conversations."""
    picture = fault.run("image", f"draw {CANARY}", "-m", FOX)
    chat = fault.run("chat", f"say {CANARY}", "-m", CLAUDE)
    past = fault.run("history", "list", "--local", "--json")

    assert [done.code for done in (picture, chat, past)] == [0, 0, 0]
    assert fault.api.paid[0].json["prompt"] == f"draw {CANARY}"
    assert "draw ***" in past.text


def test_F05_headers_of_the_servers_own_are_masked_by_their_names(fault: Fault) -> None:
    """A server may repeat the token in any header, or send another secret in one of its own."""
    secrets = [("X-Api-Key", "leaked-1"), ("X-Amz-Security-Token", "leaked-2"), ("Set-Cookie", "sid=leaked-3")]
    body = json.dumps({"error": {"title": f"Headers({{'authorization': 'Bearer {CANARY}', 'x-api-key': '{CANARY}'}})"}})
    answer = http(
        "400 Bad Request", body.encode(), headers=[("Content-Type", "application/json"), *secrets, ("X-Echo", CANARY)]
    )
    fault.api.always("GET /api/ai/models", Step((answer,)))

    done = fault.run("-v", "--debug-http", *LIST, talkative=True)
    quiet = fault.run(*LIST, "--json")

    assert (done.code, quiet.code) == (5, 5)
    assert "leaked" not in done.err
    assert "x-echo: ***" in done.err.lower()


# ----------------------------------------------------------------------------------------------- where it may go


def test_F06_a_token_belongs_to_the_origin_it_was_stored_for(stored: Fault) -> None:
    """Another address gets none; nobody is asked there."""
    stored.having(INFERENCE_BASE_URL=f"{stored.evil.url}/api")
    elsewhere = [stored.run(*LIST), stored.run(*DIRECT_FOX), stored.run("--base-url", f"{stored.evil.url}/api", *LIST)]
    stored.having(INFERENCE_BASE_URL="http://evil.example/api", INFERENCE_API_KEY=CANARY)
    clear = stored.run(*LIST)

    assert [done.code for done in elsewhere] == [3, 3, 3]
    assert (clear.code, stored.evil.asked) == (2, [])


@pytest.mark.parametrize(
    "line", ["base_url = {url}", "token = {url}", "default_profile = {url}", "[profiles.default]\nbase_url = {url}"]
)
def test_F06_a_file_of_the_working_folder_moves_nothing(stored: Fault, line: str) -> None:
    """A project file that tries is refused, and an .env is not read at all."""
    url = json.dumps(f"{stored.evil.url}/api")
    stored.give(".env", f"INFERENCE_BASE_URL={stored.evil.url}/api\nINFERENCE_API_KEY={OTHER}\n".encode())
    before = stored.run(*LIST)
    stored.give("inference.toml", line.format(url=url).encode())
    after = stored.run(*LIST)

    assert (before.code, after.code, stored.evil.asked) == (0, 2, [])
    assert "inference.toml" in after.err
    assert _tokens((stored.api,)) == {f"Bearer {CANARY}"}


LOOKALIKES = [
    "https://127.0.0.1:{api}/api",
    "http://127.0.0.1:{evil}/api",
    "http://localhost:{api}/api",
    "http://127.0.0.2:{evil}/api",
    "http://127.1:{api}/api",
    "http://127.0.0.1:{api}@127.0.0.2:{evil}/api",
    "http://me:secret@127.0.0.1:{api}/api",
    "http://127.0.0.2:{evil}\\@127.0.0.1:{api}/api",
    "http://127.0.0.2:{evil}#@127.0.0.1:{api}/api",
    "http://127.0.0.1.:{api}/api",
    "https://hub.oxen.ai.evil.example/api",
    "https://hub.oxen.ai@evil.example/api",
    "https://HUB.OXEN.AI./api",
    "https://hub.oxen.ai:8443/api",
    "https://hub.\u043exen.ai/api",
]


def test_F07_a_host_that_only_looks_alike_gets_nothing(stored: Fault) -> None:
    """Scheme, host and port are compared exactly, after parsing."""
    places = {"api": stored.api.server.port, "evil": stored.evil.server.port}
    asked = len(stored.api.asked)

    codes = {url: stored.run("--base-url", url.format(**places), *LIST).code for url in LOOKALIKES}

    assert {url: code for url, code in codes.items() if code not in {2, 3}} == {}
    assert (len(stored.api.asked), stored.evil.asked) == (asked, [])


def test_F08_addresses_in_answers_are_not_followed(fault: Fault) -> None:
    """Not the next page, not a place for the status, not a Location that comes with a success."""
    evil = f"{fault.evil.url}/api/next"

    def advised(answer: bytes) -> Step:
        body = json.loads(answer.partition(b"\r\n\r\n")[2])
        more = {"next": evil, "next_page": evil, "status_url": evil, "links": {"next": evil}}
        headers = [("Content-Type", "application/json"), ("Link", f'<{evil}>; rel="next"'), ("Location", evil)]
        rows = [{**row, **more} for row in body.get("generations", ())]
        full = {**body, **more, **({"generations": rows} if "generations" in body else {})}
        return Step(
            (http("201 Created", json.dumps(full).encode(), headers=[*headers, ("Refresh", f"0; url={evil}")]),)
        )

    fault.api.looks = 2
    for method in ("GET", "POST", "DELETE"):
        fault.api.always(f"{method} /api/ai/*", advised)
    done = [fault.run(*QUEUED_FOX), fault.run("queue", "list"), fault.run("history", "list"), fault.run(*LIST)]

    assert [one.code for one in done] == [0, 0, 0, 0]
    assert fault.evil.asked == []


# ------------------------------------------------------------------------------------------------------- keyrings

_KEYRINGS = """
import time
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError

class Hanging(KeyringBackend):
    priority = 1
    def get_password(self, service, username): time.sleep(60)
    def set_password(self, service, username, password): time.sleep(60)
    def delete_password(self, service, username): time.sleep(60)

class Locked(KeyringBackend):
    priority = 1
    def get_password(self, service, username): raise KeyringLocked(username)
    def set_password(self, service, username, password): raise KeyringLocked(password)
    def delete_password(self, service, username): raise KeyringLocked(username)

class Headless(KeyringBackend):
    priority = 1
    def get_password(self, service, username): raise NoKeyringError(username)
    def set_password(self, service, username, password): raise NoKeyringError(password)
    def delete_password(self, service, username): raise NoKeyringError(username)

class Foreign(KeyringBackend):
    priority = 1
    def get_password(self, service, username): return "https://evil.example another-token-98765432"
    def set_password(self, service, username, password): raise PermissionError(password)
    def delete_password(self, service, username): raise PermissionError(username)
"""


@pytest.mark.parametrize("kind", ["Hanging", "Locked", "Headless", "Foreign"])
def test_F09_a_keyring_that_does_not_work_is_left_for_the_file(fault: Fault, kind: str) -> None:
    """Within 3 s, with a notice, once: the choice is remembered."""
    fault.give("ring/fake_keyrings.py", _KEYRINGS.encode())
    fault.without("INFERENCE_API_KEY", "INFERENCE_BASE_URL")
    fault.having(
        PYTHONPATH=str(fault.cwd / "ring"), PYTHON_KEYRING_BACKEND=f"fake_keyrings.{kind}", PYTHONDONTWRITEBYTECODE="1"
    )
    assert fault.run("config", "set", "base_url", fault.api.base_url).code == 0
    assert fault.run("config", "set", "token", "keyring").code == 0
    none = fault.run(*LIST, budget=15)
    login = fault.run(*LOGIN, stdin=CANARY.encode(), budget=15)
    after = fault.run(*LIST)

    file = _tokens_file(fault)
    assert (none.code, login.code, after.code) == (3, 0, 0)
    assert f"keeping the token in {file} instead" in login.err.replace("\n", "")
    assert file.stat().st_mode & 0o777 == 0o600
    assert ("warning" in after.err, "token" in fault.run("config", "list").text) == (False, True)
    assert _tokens((fault.api,)) == {f"Bearer {CANARY}"}


def test_F10_which_token_is_used_is_said_and_the_environments_is_never_kept(fault: Fault) -> None:
    """The environment goes before the file, and goes to no other profile's address."""
    fault.having(INFERENCE_API_KEY=OTHER)
    assert fault.run(*LOGIN, stdin=CANARY.encode()).code == 0
    given = fault.run("auth", "status", "--json")
    fault.without("INFERENCE_API_KEY")
    kept = fault.run("auth", "status", "--json")
    fault.having(INFERENCE_API_KEY=OTHER)
    fault.without("INFERENCE_BASE_URL")
    (fault.home / ".config/inference/config.toml").write_text(f'[profiles.work]\nbase_url = "{fault.evil.url}/api"\n')
    other = fault.run("--profile", "work", *LIST)

    assert [(row["source"], row["token"]) for row in (given.json["data"][0], kept.json["data"][0])] == [
        ("environment INFERENCE_API_KEY", f"\u2026{OTHER[-4:]}"),
        (str(_tokens_file(fault)), f"\u2026{CANARY[-4:]}"),
    ]
    assert (other.code, fault.evil.asked) == (3, [])
    assert "INFERENCE_API_KEY belongs to" in other.err
    files = [path.read_bytes() for path in fault.home.rglob("*") if path.is_file()]
    assert not any(OTHER.encode() in data for data in files)


def test_F11_netrc_is_not_read(fault: Fault) -> None:
    """Neither the entry of the host nor the default one, for the API, its results, or without a token."""
    netrc = "machine 127.0.0.1 login me password netrc-canary\ndefault login me password netrc-canary\n"
    for name in (".netrc", "_netrc"):
        (fault.home / name).write_text(netrc)
        (fault.home / name).chmod(0o600)
    fault.having(NETRC=str(fault.home / ".netrc"))

    done = fault.run(*DIRECT_FOX)
    fault.without("INFERENCE_API_KEY")
    without = fault.run(*LIST)

    assert (done.code, without.code) == (0, 3)
    assert (_tokens((fault.api,)), _tokens((fault.storage,))) == ({f"Bearer {CANARY}"}, {None})


def test_F12_cookies_are_neither_kept_nor_sent(fault: Fault) -> None:
    """Whichever host sets them, within one command and in the next."""

    def sweet(answer: bytes) -> Step:
        head, _, rest = answer.partition(b"\r\n")
        cookies = b"Set-Cookie: sid=cookie-canary; Max-Age=9999; Path=/\r\nSet-Cookie: b=cookie-canary\r\n"
        return Step((head + b"\r\n" + cookies + rest,))

    for host in (fault.api, fault.storage):
        for method in ("GET", "POST"):
            host.always(f"{method} /*", sweet)
    fault.api.looks = 2
    done = [fault.run(*QUEUED_FOX), fault.run("queue", "list"), fault.run(*DIRECT_FOX[:-1], "two.png")]

    assert [one.code for one in done] == [0, 0, 0]
    assert {asked.seen.header("cookie") for host in (fault.api, fault.storage) for asked in host.asked} == {None}
    assert not any(b"cookie-canary" in path.read_bytes() for path in fault.home.rglob("*") if path.is_file())


# ------------------------------------------------------------------------------------------------------- children

_SPY = b"""#!/bin/sh
{ env; tr '\\0' ' ' < /proc/self/cmdline; echo "$0" "$@"; } >> "$SPY"
[ -n "$1" ] && printf 'from the editor' > "$1"
echo %s
"""


def test_F13_no_child_gets_the_token(fault: Fault) -> None:
    """Not an editor, not a command that tells a token, not a tool; the harness looks into what they wrote down."""
    spy = fault.give("spy.sh", _SPY % OTHER.encode())
    spy.chmod(0o755)
    fault.having(
        COPY=f"Bearer {CANARY}", SPY=str(fault.cwd / "seen"), EDITOR=str(spy), BROWSER=str(spy), PAGER=str(spy)
    )
    fault.give("tools.toml", f"[tools.spy]\ncommand = ['{spy}']\n".encode())
    tool = fault.run("--sandbox", "chat", "call spy", "-T", "tools.toml:spy", "--approve", "tools.toml:spy", "--json")
    talk = fault.terminal("chat", "-m", CLAUDE)
    talk.wait_for("/help")
    talk.send("/edit\r")
    talk.wait_for("Hello there.")
    talk.send("/exit\r")
    assert (tool.code, talk.finish()) == (0, 0)

    fault.without("INFERENCE_BASE_URL")
    assert fault.run("config", "set", "base_url", fault.api.base_url).code == 0
    assert fault.run("config", "set", "token", f"command:{spy}").code == 0
    listed = fault.run(*LIST)

    seen = (fault.cwd / "seen").read_text()
    assert listed.code == 0
    assert (CANARY in seen, "INFERENCE_API_KEY" in seen) == (False, False)
    assert len(re.findall(r"^SPY=", seen, re.MULTILINE)) == 3
    assert f"Bearer {OTHER}" in _tokens((fault.api,))


def test_F14_a_token_that_is_typed_is_shown_and_kept_nowhere_else(fault: Fault) -> None:
    """Not on the screen, not in what the conversation remembers, not in what TAB offers."""
    fault.without("INFERENCE_API_KEY")
    login = fault.terminal("auth", "login")
    login.wait_for("(not shown):")
    login.send(f"{CANARY}\r")
    assert login.finish() == 0
    talk = fault.terminal("chat", "-m", CLAUDE)
    talk.wait_for("/help")
    talk.send("hello\r")
    talk.wait_for("Hello there.")
    talk.send("/exit\r")
    assert talk.finish() == 0
    assert fault.run(*LIST).code == 0
    offered = fault.run("__complete", "bash", "inference", "image", "-m", "")

    kept = [path for path in fault.home.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert offered.code == 0
    assert kept == [_tokens_file(fault)]


def test_F15_signing_in_leaves_no_core_dump(fault: Fault) -> None:
    """The limit is set before the token is asked for."""
    fault.without("INFERENCE_API_KEY")
    login = fault.terminal("auth", "login")
    login.wait_for("(not shown):")
    limits = Path(f"/proc/{login.child.pid}/limits").read_text()
    login.send(f"{CANARY}\r")

    assert login.finish() == 0
    assert re.search(r"^Max core file size +0 ", limits, re.MULTILINE)


def test_F16_what_goes_into_a_report_is_masked(fault: Fault) -> None:
    """Whatever lists settings shows the last four characters; ``auth token`` alone shows all of it."""
    assert fault.run(*DIRECT_FOX).code == 0
    shown = [
        fault.run(*command)
        for command in (
            ("config", "list"),
            ("config", "list", "--json"),
            ("config", "get", "token"),
            ("auth", "status"),
            ("auth", "status", "--json"),
            ("doctor", "--json"),
        )
    ]
    others = [
        fault.run(*command, intents=0)
        for command in (
            ("history", "list", "--local", "--json"),
            ("queue", "list", "--local", "--json"),
            (*DIRECT_FOX, "--dry-run", "--as", "curl"),
            (*DIRECT_FOX, "--dry-run", "--json"),
        )
    ]
    alone = fault.user.run("auth", "token")

    assert [done.code for done in (*shown[:-1], *others)] == [0] * 9
    assert [CANARY[-4:] in done.text for done in shown] == [True] * 6
    assert "$INFERENCE_API_KEY" in others[2].text
    assert alone.text == f"{CANARY}\n"


# ------------------------------------------------------------------------------------------------------------ TLS

_SWITCHES = {
    "PYTHONHTTPSVERIFY": "0",
    "INFERENCE_INSECURE": "1",
    "INFERENCE_VERIFY": "0",
    "SSL_NO_VERIFY": "1",
    "NODE_TLS_REJECT_UNAUTHORIZED": "0",
    "GIT_SSL_NO_VERIFY": "1",
}


@pytest.fixture
def distrusted(tmp_path: Path) -> Iterator[Fault]:
    """An account behind TLS, with a certificate that nobody vouches for."""
    with Fault(tmp_path / "case", tls=server_context(tmp_path)) as case:
        yield case


def test_F17_no_switch_turns_verification_off(distrusted: Fault, tmp_path: Path) -> None:
    """No variable, no flag, no setting; an authority of one's own is the way."""
    distrusted.without("SSL_CERT_FILE", "SSL_CERT_DIR")
    distrusted.having(**_SWITCHES)
    flags: list[Any] = [distrusted.run(*LIST, flag).code for flag in ("-k", "--insecure", "--no-verify")]
    setting = distrusted.run("config", "set", "verify", "false")
    refused = distrusted.run(*LIST)
    assert distrusted.api.asked == []
    distrusted.having(SSL_CERT_FILE=str(certificate(tmp_path)))

    assert (flags, setting.code, refused.code) == ([2, 2, 2], 2, 12)
    assert distrusted.run(*LIST).code == 0


def test_F17_the_package_nowhere_turns_it_off(fault: Fault) -> None:
    """Searched for in every line of it; the harness has nothing to run here."""
    off = re.compile(
        r"verify\s*=\s*(False|0|None)\b|CERT_NONE|CERT_OPTIONAL|check_hostname\s*=\s*False|_create_unverified|verify_mode"
    )
    package = Path(inference_cli.__file__).parent
    found = [
        f"{path.name}: {line}"
        for path in package.rglob("*.py")
        for line in path.read_text().splitlines()
        if off.search(line)
    ]

    assert found == []
    assert fault.runs == []
