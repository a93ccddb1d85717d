"""`inference auth`, run in this process against the sandbox, which takes one token only."""

import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from inference_cli.cli.app import run
from inference_cli.cli.world import World
from inference_cli.sandbox.app import Api, Sandbox
from inference_cli.sandbox.transport import SandboxTransport
from inference_cli.terminal.streams import Stream, Streams
from tests.support.command import User
from tests.support.person import Person
from tests.support.program import Finished, Program, program_in

TOKEN = "canary-token-4711"
URL = "https://api.sandbox.invalid/api"
HERE = ("--base-url", URL)
ORIGIN = "https://api.sandbox.invalid"
Serve = Callable[..., Program]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """A program whose network is a sandbox that takes one token."""
    with ExitStack() as closing:

        def serve(api: Api = "both") -> Program:
            sandbox = Sandbox(tmp_path / "server", token=TOKEN, api=api)
            closing.callback(sandbox.close)
            return program_in(tmp_path, transport=lambda: SandboxTransport(sandbox.application))

        yield serve


@pytest.fixture
def program(serve: Serve) -> Program:
    """One that speaks both generations of the API."""
    return serve()


def _folder(program: Program) -> Path:
    return Path(program.env["INFERENCE_CONFIG_DIR"])


def _files(program: Program) -> bytes:
    return b"".join(path.read_bytes() for path in _folder(program).glob("*"))


def _at_terminal(program: Program, person: Person, *arguments: str, **env: str) -> Finished:
    """Run with somebody at the terminal, who answers."""
    out, err = io.BytesIO(), io.BytesIO()
    every = {**program.env, "NO_COLOR": "1", **env}
    stdin = Stream(io.BytesIO(), terminal=True)
    streams = Streams(stdin, Stream(out, terminal=True), Stream(err, terminal=True), every, open_terminal=person.open)
    try:
        code = run(list(arguments), World(streams, every, program.cwd, program.clock, program.transport))
    finally:
        person.leave()
    return Finished(code, out.getvalue().decode(), err.getvalue().decode())


def test_a_token_from_standard_input_is_tried_and_kept(program: Program) -> None:
    """For its origin only, in a private file; it is printed nowhere."""
    done = program("auth", "login", "--with-token", *HERE, stdin=f" Bearer {TOKEN}\r\n".encode())

    kept = _folder(program) / "tokens.toml"
    assert (done.code, done.out, done.err) == (
        0,
        "",
        f"  Signed in to {ORIGIN} with profile default\n  The token is kept in {kept}\n",
    )
    assert kept.stat().st_mode & 0o777 == 0o600
    assert program("auth", "token", *HERE).out == f"{TOKEN}\n"
    assert program("auth", "token").code == 3


def test_a_token_that_the_api_refuses_is_not_kept(program: Program) -> None:
    """Exit 3; unless nobody is asked."""
    refused = program("auth", "login", "--with-token", *HERE, stdin=b"canary-wrong-0000")

    assert refused.code == 3
    assert "The token was not kept." in refused.err
    assert "canary" not in refused.err
    assert not (_folder(program) / "tokens.toml").exists()

    unasked = program("auth", "login", "--with-token", "--no-verify", *HERE, stdin=b"canary-wrong-0000")
    assert (unasked.code, unasked.err.splitlines()[0]) == (
        0,
        f"  Signed in to {ORIGIN} with profile default, not verified",
    )


@pytest.mark.parametrize("stdin", [b"", b"\n", b"canary\ntoken-4711", "canary-töken".encode(), b"\xff" * 20])
def test_what_is_no_token_is_refused_without_repeating_it(program: Program, stdin: bytes) -> None:
    """Exit 3 (faults F2, F3)."""
    done = program("auth", "login", "--with-token", *HERE, stdin=stdin)

    assert done.code == 3
    assert "canary" not in done.err


def test_a_new_profile_is_made_with_its_base_url_and_namespace(program: Program) -> None:
    """From then on its name is enough."""
    done = program(
        "auth", "login", "--with-token", "--profile", "work", "--namespace", "org", *HERE, stdin=TOKEN.encode()
    )

    assert done.code == 0
    assert (_folder(program) / "config.toml").read_text() == (
        f'[profiles.work]\nbase_url = "{URL}"\nnamespace = "org"\n'
    )
    assert program("auth", "token", "--profile", "work").out == f"{TOKEN}\n"


def test_status_tells_profile_origin_source_and_whether_it_works(program: Program) -> None:
    """The last four characters are all that is shown."""
    program("auth", "login", "--with-token", *HERE, stdin=TOKEN.encode())
    kept = _folder(program) / "tokens.toml"

    assert program("auth", "status", *HERE).lines == [f"default\t{ORIGIN}\t{kept}\t…4711\tyes"]
    assert program("auth", "status", "--no-verify", *HERE).lines == [f"default\t{ORIGIN}\t{kept}\t…4711\tnot asked"]
    assert program("auth", "status", "--json", *HERE).json == {
        "schema": 1,
        "data": [
            {
                "profile": "default",
                "origin": ORIGIN,
                "base_url": URL,
                "source": str(kept),
                "token": "…4711",
                "works": True,
                "error": None,
            }
        ],
    }


def test_status_of_a_token_that_does_not_work_fails(program: Program) -> None:
    """Exit 3 after the same line, which names the variable that it came from (fault F10)."""
    program = replace(program, env={**program.env, "INFERENCE_API_KEY": "canary-wrong-0000", "INFERENCE_BASE_URL": URL})

    shown, document = program("auth", "status"), program("auth", "status", "--json")

    assert shown.code == document.code == 3
    assert shown.lines == [f"default\t{ORIGIN}\tenvironment INFERENCE_API_KEY\t…0000\tno"]
    assert document.json["data"][0]["works"] is False
    assert "canary-wrong" not in shown.err + shown.out + document.out + document.err


def test_status_without_a_token_says_how_to_get_one(program: Program) -> None:
    """Exit 3, as a document where one is asked for."""
    done = program("auth", "status")

    assert (done.code, done.out, done.err.splitlines()[0]) == (3, "", "error: no token for https://hub.oxen.ai")
    assert json.loads(program("auth", "status", "--json").out)["error"]["code"] == "token"


def test_logout_forgets_the_token(program: Program) -> None:
    """Not a byte of it stays in the folder; a second logout has nothing to do."""
    program("auth", "login", "--with-token", *HERE, stdin=TOKEN.encode())

    assert program("auth", "logout", *HERE).err == f"  Forgot the token of profile default at {ORIGIN}\n"
    assert TOKEN.encode() not in _files(program)
    again = program("auth", "logout", *HERE, OXEN_API_KEY="canary-other-1234", OXEN_BASE_URL=URL)
    assert again.code == 0
    assert again.err.splitlines() == [
        f"  No token was kept for profile default at {ORIGIN}",
        "warning: the token of the environment OXEN_API_KEY is the one that is used",
    ]


def test_a_token_of_the_environment_is_never_written(program: Program) -> None:
    """It goes before the one that is kept, which is said (fault F10)."""
    done = program("auth", "login", "--with-token", *HERE, stdin=TOKEN.encode(), INFERENCE_API_KEY="canary-env-0001")

    assert "warning: the token of the environment INFERENCE_API_KEY is the one that is used" in done.err
    assert b"canary-env" not in _files(program)


def test_the_token_of_the_services_own_tool_is_taken_over(program: Program) -> None:
    """By a flag; where there is none for the host, exit 4."""
    assert program("auth", "login", "--import", *HERE).code == 4
    theirs = program.home / ".config" / "oxen" / "auth_config.toml"
    theirs.parent.mkdir(parents=True)
    theirs.write_text(f'[[host_configs]]\nhost = "api.sandbox.invalid"\nauth_token = "{TOKEN}"\n')

    assert program("auth", "login", "--import", *HERE).code == 0
    assert program("auth", "token", *HERE).out == f"{TOKEN}\n"
    theirs.write_text("[[")
    assert program("auth", "login", "--import", *HERE).code == 2


def test_on_a_terminal_the_token_is_asked_for_and_not_shown(program: Program) -> None:
    """Nothing of it appears on the screen."""
    person = Person(f"{TOKEN}\n".encode())

    done = _at_terminal(program, person, "auth", "login", *HERE)

    assert done.code == 0
    assert person.read == f"Token for {ORIGIN} (not shown): ".encode()
    assert TOKEN not in done.err + done.out
    assert program("auth", "token", *HERE).out == f"{TOKEN}\n"


def test_on_a_terminal_the_services_own_token_is_offered(program: Program) -> None:
    """Yes takes it over, no asks for another; a damaged file is nothing to stop for."""
    theirs = program.home / ".config" / "oxen" / "auth_config.toml"
    theirs.parent.mkdir(parents=True)
    theirs.write_text(f'[[host_configs]]\nhost = "api.sandbox.invalid"\nauth_token = "{TOKEN}"\n')

    assert _at_terminal(program, Person(b"y\n"), "auth", "login", *HERE).code == 0
    assert program("auth", "token", *HERE).out == f"{TOKEN}\n"
    declined = _at_terminal(program, Person(b"n\n", b"canary-wrong-0000\n"), "auth", "login", *HERE)
    assert declined.code == 3
    theirs.write_text("[[")
    assert _at_terminal(program, Person(f"{TOKEN}\n".encode()), "auth", "login", *HERE).code == 0


def test_no_answer_changes_nothing(program: Program) -> None:
    """Exit 2."""
    done = _at_terminal(program, Person(b"\n"), "auth", "login", *HERE)

    assert (done.code, done.err.splitlines()[0]) == (2, "error: no token was given")


def test_the_older_api_needs_a_namespace_which_is_asked_for(serve: Serve) -> None:
    """Found out by a free request; a script is told instead."""
    program = serve(api="2026-04")
    script = program("auth", "login", "--with-token", *HERE, stdin=TOKEN.encode())
    assert (script.code, script.err.splitlines()[0]) == (
        0,
        "warning: the 2026-04 API needs a namespace; set it:  inference config set namespace NAME",
    )

    person = Person(f"{TOKEN}\n".encode(), b"my-org\n")
    assert _at_terminal(program, person, "auth", "login", *HERE).code == 0
    assert program("config", "get", "namespace").out == "my-org\n"


def test_a_bad_namespace_is_refused_before_anything_is_kept(program: Program) -> None:
    """Exit 2."""
    done = program("auth", "login", "--with-token", "--namespace", "a/b", *HERE, stdin=TOKEN.encode())

    assert (done.code, done.err.startswith("error: --namespace must be a name")) == (2, True)
    assert not (_folder(program) / "tokens.toml").exists()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("auth", "login"), "there is no terminal to ask for the token on"),
        (("auth", "login", "--with-token", "--import"), "--with-token and --import exclude each other"),
        (("--sandbox", "auth", "login"), "the sandbox needs no token"),
        (("--sandbox", "auth", "logout"), "the sandbox has no token to forget"),
        (("auth", "login", "--token", "canary-token"), "no such option: --token"),
    ],
)
def test_what_cannot_be_done_is_said(program: Program, arguments: tuple[str, ...], complaint: str) -> None:
    """Exit 2; there is no option that takes a token (fault F1)."""
    done = program(*arguments)

    assert done.code == 2
    assert done.err.startswith(f"error: {complaint}")


def test_a_profile_whose_token_is_elsewhere_keeps_none(program: Program) -> None:
    """It would never be found."""
    program("config", "set", "token", "env:WORK_TOKEN", "--profile", "work")

    done = program("auth", "login", "--with-token", "--profile", "work", stdin=TOKEN.encode())

    assert (done.code, done.err.splitlines()[0]) == (2, "error: profile work takes its token from env:WORK_TOKEN")


def test_the_sandboxs_own_token_is_no_secret(program: Program) -> None:
    """It is built in."""
    assert program("--sandbox", "auth", "token").out == "sandbox-token\n"


def test_a_keyring_that_fails_once_is_not_waited_for_again(tmp_path: Path) -> None:
    """The token goes into the file, and the profile says no longer that it is in the keyring (fault F9)."""
    user = User(tmp_path, tmp_path).having(PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring")
    user.run("config", "set", "token", "keyring")

    done = user.run("auth", "login", "--with-token", "--no-verify", stdin=TOKEN.encode())

    assert done.code == 0
    assert "the keyring refused (NoKeyringError); keeping the token in" in done.err
    assert user.run("auth", "token").text == f"{TOKEN}\n"
    assert user.run("config", "get", "token").text == "…4711\n"
