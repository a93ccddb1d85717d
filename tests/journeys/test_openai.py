"""Any OpenAI-compatible server as a profile, such as one on this machine: models, and no token."""

import json

import pytest

from tests.support.command import User
from tests.support.faultd import Faultd, answer, http

JSON = [("Content-Type", "application/json")]
MODELS = {
    "object": "list",
    "data": [
        {"id": "llama3.2:3b", "object": "model", "created": 1_700_000_000, "owned_by": "library"},
        {"id": "org/qwen3", "object": "model", "created": 1_700_000_000, "owned_by": "library"},
    ],
}
LIST = answer(http(body=json.dumps(MODELS).encode(), headers=JSON))
MISSING = answer(http("404 Not Found", b'{"error": {"message": "no such route"}}', headers=JSON))


def local(user: User, server: Faultd, *more: str) -> User:
    """Somebody whose profile is a server on this machine."""
    folder = user.home / "settings"
    folder.mkdir(parents=True, mode=0o700)
    file = folder / "config.toml"
    file.touch(mode=0o600)
    lines = [f'base_url = "{server.url}/v1"', 'api = "openai"', *more]
    file.write_text("\n".join(("[profiles.default]", *lines, "")))
    return user.having(INFERENCE_CONFIG_DIR=str(folder))


def test_its_models_are_listed_without_a_token(user: User) -> None:
    """One free request, unsigned; what a model makes is not made up, and text is what it is taken for."""
    with Faultd(LIST, LIST) as server:
        somebody = local(user, server)
        listed = somebody.run("models", "list")
        found = somebody.run("models", "search", "qwen")
        texts = somebody.run("models", "list", "--output", "text", "--jq", ".data[].id")

    assert (listed.code, listed.lines) == (0, ["llama3.2:3b\t\t\t\t", "org/qwen3\t\t\t\t"])
    assert (found.code, found.lines) == (0, ["org/qwen3\t\t\t\t"])
    (seen,) = server.seen[:1]
    assert (seen.line, seen.header("authorization")) == ("GET /v1/models HTTP/1.1", None)
    assert (texts.code, texts.lines) == (0, ["llama3.2:3b", "org/qwen3"])


def test_a_model_is_found_in_the_list_where_it_has_no_page(user: User) -> None:
    """Not every server has one for each."""
    with Faultd(MISSING, LIST) as server:
        done = local(user, server).run("models", "show", "org/qwen3", "--jq", ".owned_by")
    assert (done.code, done.text) == (0, "library\n")
    assert [seen.line for seen in server.seen] == ["GET /v1/models/org%2Fqwen3 HTTP/1.1", "GET /v1/models HTTP/1.1"]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("image", "a fox", "-m", "llama3.2:3b"), "image generation"),
        (("video", "a fox", "-m", "llama3.2:3b"), "video generation"),
        (("queue", "submit", "a fox", "-m", "llama3.2:3b"), "queue"),
        (("queue", "list"), "queue"),
        (("queue", "show", "abc"), "queue"),
        (("queue", "wait", "abc"), "queue"),
        (("queue", "cancel", "abc"), "queue"),
        (("history", "list"), "history of generations"),
        (("history", "spend"), "history of generations"),
        (("models", "list", "--favorites"), "favorites"),
        (("models", "favorite", "llama3.2:3b"), "favorites"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_what_it_does_not_have_is_said_and_nothing_is_sent(user: User, words: tuple[str, ...], what: str) -> None:
    """Exit 4, in a sentence."""
    with Faultd() as server:
        done = local(user, server).run(*words)
    assert (done.code, done.err.splitlines()[0]) == (4, f"error: an OpenAI-compatible server has no {what}")
    assert server.seen == []


def test_a_server_that_wants_a_token_says_so(user: User) -> None:
    """And the token of another origin is not it."""
    refusal = http("401 Unauthorized", b'{"error": {"message": "Missing key"}}', headers=JSON)
    with Faultd(answer(refusal)) as server:
        done = local(user, server).having(INFERENCE_API_KEY="elsewhere-token-123").run("models", "list")
    assert (done.code, done.err.splitlines()) == (
        3,
        [f"error: {server.url} asks for a token", "  Missing key", "  Store one for it:  inference auth login"],
    )
    assert server.seen[0].header("authorization") is None


def test_a_token_of_its_own_is_sent(user: User) -> None:
    """Stored by login, which asks the server whether it works."""
    with Faultd(LIST, LIST) as server:
        somebody = local(user, server)
        login = somebody.run("auth", "login", "--with-token", stdin=b"local-token-123\n")
        listed = somebody.run("models", "list", "--refresh")
    assert (login.code, listed.code) == (0, 0)
    assert {seen.header("authorization") for seen in server.seen} == {"Bearer local-token-123"}
