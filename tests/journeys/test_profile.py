"""Settings, profiles and tokens on disk, where the platform keeps them, against a server that takes one token."""

import sys
from collections.abc import Iterator

import pytest

from tests.support.command import User, new_user
from tests.support.journey import SQUARE, Served

TOKEN = "canary-token-4711"
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the folders of a home are named otherwise; tests/profile knows them"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that takes one token."""
    with Served(new_user(tmp_path_factory.mktemp("server")), "--token", TOKEN) as served:
        yield served


def test_sign_in_use_and_sign_out(served: Served, user: User) -> None:
    """A profile of its own for the server: the token is kept for its origin only, and is shown nowhere."""
    origin = served.base_url.removesuffix("/api")
    tokens = user.home / ".config" / "inference" / "tokens.toml"
    login = ("auth", "login", "--with-token", "--profile", "here", "--base-url", served.base_url)

    wrong = user.run(*login, stdin=b"canary-wrong-0000\n")
    assert (wrong.code, tokens.exists(), "canary" in wrong.err) == (3, False, False)

    right = user.run(*login, stdin=TOKEN.encode() + b"\r\n")
    assert (right.code, right.out, right.err.splitlines()) == (
        0,
        b"",
        [f"  Signed in to {origin} with profile here", f"  The token is kept in {tokens}"],
    )
    assert (tokens.stat().st_mode & 0o777, tokens.parent.stat().st_mode & 0o777) == (0o600, 0o700)

    assert user.run("config", "use", "here").code == 0
    status = user.run("auth", "status")
    assert (status.code, status.text) == (0, f"here\t{origin}\t{tokens}\t…4711\tyes\n")
    assert user.run("auth", "token").text == f"{TOKEN}\n"
    made = user.run("image", "a fox", *SQUARE, "-o", "fox.png", "-v", "--debug-http")
    assert (made.code, made.lines, TOKEN in made.err) == (0, ["fox.png"], False)

    out = user.run("auth", "logout")
    assert (out.code, out.err) == (0, f"  Forgot the token of profile here at {origin}\n")
    assert TOKEN not in "".join(path.read_text() for path in tokens.parent.iterdir())
    assert user.run("image", "a fox").err.splitlines()[0] == f"error: no token for {origin}"


def test_a_token_goes_nowhere_but_to_its_origin(served: Served, user: User) -> None:
    """What is kept for one server is not sent to another address; nor is that of another profile."""
    user.run("auth", "login", "--with-token", "--base-url", served.base_url, stdin=TOKEN.encode())
    elsewhere = "http://127.0.0.1:9/api"

    assert user.run("--base-url", served.base_url, "auth", "token").text == f"{TOKEN}\n"
    for arguments in (("--base-url", elsewhere, "image", "a fox"), ("image", "a fox")):
        done = user.run(*arguments)
        assert (done.code, done.err.splitlines()[0].startswith("error: no token for ")) == (3, True)


def test_settings_are_kept_with_the_comments_beside_them(user: User) -> None:
    """Set, get, unset; the file is the user's own."""
    file = user.home / ".config" / "inference" / "config.toml"
    file.parent.mkdir(parents=True, mode=0o700)
    file.touch(mode=0o600)
    file.write_text("# mine\n[profiles.default]  # home\nconfirm_above = 2.5 # dollars\n")

    done = user.run("config", "set", "namespace", "my-org")
    assert (done.code, done.out, done.err) == (0, b"", "  namespace = my-org  (profile default)\n")
    assert file.read_text() == (
        '# mine\n[profiles.default]  # home\nconfirm_above = 2.5 # dollars\nnamespace = "my-org"\n'
    )
    assert user.run("config", "get", "namespace").text == "my-org\n"
    assert user.run("config", "path").text == f"{file}\n"
    assert user.run("config", "unset", "confirm_above").code == 0
    assert file.read_text() == '# mine\n[profiles.default]  # home\nnamespace = "my-org"\n'
    missing = user.run("config", "get", "confirm_above_all")
    assert (missing.code, missing.err.splitlines()[1]) == (2, "  closest: confirm_above")


def test_each_setting_says_where_it_comes_from(user: User) -> None:
    """Flag over environment over project file over profile over default."""
    user.run("config", "set", "model_image", "ideogram-v4")
    user.run("config", "set", "namespace", "my-org")
    folder = user.cwd / "deep" / "down"
    folder.mkdir(parents=True)
    project = user.cwd / "inference.toml"
    project.write_text('model_image = "flux-2-dev"\n[aliases]\nfast = "ideogram-v4"\n')
    below = User(user.home, folder, user.env)

    listed = below.having(INFERENCE_BASE_URL="https://office.example/api").run("config", "list", "--json").json["data"]
    config = user.home / ".config" / "inference" / "config.toml"
    found = {row["key"]: (row["value"], row["source"]) for row in listed}
    assert found["base_url"] == ("https://office.example/api", "environment INFERENCE_BASE_URL")
    assert found["namespace"] == ("my-org", f"profile default ({config})")
    assert (found["model_image"][0], found["model_image"][1].startswith("project file ")) == ("flux-2-dev", True)
    assert found["api"] == ("auto", "default")

    models = [
        who.run("--sandbox", "image", "a fox", *more, "--dry-run", "--jq", ".model").text.strip()
        for who, more in ((user, ()), (below, ("-m", "fast")), (below.having(INFERENCE_MODEL_IMAGE="qwen-image"), ()))
    ]
    assert models == ["flux-2-dev", "ideogram-v4", "qwen-image"]


def test_a_project_file_can_take_no_token_elsewhere(user: User) -> None:
    """It sets neither base URL nor token: exit 2, nothing is asked."""
    (user.cwd / "inference.toml").write_text('base_url = "https://evil.example"\n')

    done = user.having(INFERENCE_API_KEY=TOKEN).run("image", "a fox")

    assert (done.code, TOKEN in done.err) == (2, False)
    assert "inference.toml, line 1: a project file cannot set base_url" in done.err


def test_the_sandbox_cannot_be_moved(user: User) -> None:
    """No variable or profile takes ``--sandbox`` anywhere else."""
    there = user.having(INFERENCE_BASE_URL="https://evil.example", INFERENCE_API_KEY=TOKEN, OXEN_API_KEY=TOKEN)

    done = there.run("--sandbox", "config", "get", "base_url")
    token = there.run("--sandbox", "auth", "token")

    assert (done.text, token.text) == ("https://api.sandbox.invalid/api\n", "sandbox-token\n")


def test_the_token_of_the_services_own_tool_is_taken_over(served: Served, user: User) -> None:
    """From its file, for the host that is signed in to."""
    theirs = user.home / ".config" / "oxen" / "auth_config.toml"
    theirs.parent.mkdir(parents=True)
    host = served.base_url.removeprefix("http://").removesuffix("/api")
    theirs.write_text(f'[[host_configs]]\nhost = "{host}"\nauth_token = "{TOKEN}"\n')

    done = user.run("auth", "login", "--import", "--base-url", served.base_url)

    assert done.code == 0, done.err
    assert user.run("auth", "token", "--base-url", served.base_url).text == f"{TOKEN}\n"


def test_a_token_is_asked_for_in_a_terminal_and_not_shown(served: Served, user: User) -> None:
    """Nothing that is typed appears on the screen."""
    terminal = user.terminal("auth", "login", "--base-url", served.base_url)
    terminal.wait_for("(not shown): ")
    terminal.send(TOKEN + "\r")

    assert terminal.finish() == 0
    assert TOKEN.encode() not in terminal.raw
    assert user.run("auth", "token", "--base-url", served.base_url).text == f"{TOKEN}\n"
