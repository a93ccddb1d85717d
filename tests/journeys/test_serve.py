"""A real `inference sandbox serve` over loopback: for this program, and for any other client."""

import json
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from tests.support.command import User, new_user
from tests.support.journey import FILM, SQUARE, Film, Served, film, picture

TOKEN = "canary-token-4711"
SEE = "  See:  inference sandbox serve --help\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of both generations of the API that takes one token."""
    with Served(new_user(tmp_path_factory.mktemp("server")), "--token", TOKEN) as served:
        yield served


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of the 2026-04 generation only."""
    with Served(new_user(tmp_path_factory.mktemp("older")), "--api", "2026-04") as served:
        yield served


def test_a_picture_and_a_film_over_the_network(served: Served, user: User) -> None:
    """What the sandbox in process does, through sockets; the API of the origin is found out and kept."""
    client = served.client(user, token=TOKEN)

    image = client.run("image", "a fox", *SQUARE, "-o", "fox.png", "--debug-http")
    video = client.run("video", "waves", *FILM, "-o", "waves.mp4", "--debug-http")

    assert (image.code, picture(user.cwd / "fox.png")) == (0, ("PNG", (512, 512)))
    assert (video.code, film(user.cwd / "waves.mp4")) == (0, Film("h264", (64, 64), 0.25))
    kept = (user.home / ".local" / "state" / "inference" / "origins.toml").read_text()
    assert kept == f'[origins]\n"{served.base_url.removesuffix("/api")}" = "current"\n'
    detections = [run.err.count(f"> GET {served.base_url}/ai/models\n") for run in (image, video)]
    assert detections == [1, 0]
    assert TOKEN not in image.err + video.err


def test_results_come_from_another_origin_without_the_token(served: Served, user: User) -> None:
    """Its signed URL works as it is, and its signature is masked in a trace."""
    client = served.client(user, token=TOKEN)

    done = client.run("image", "a fox", *SQUARE, "-o", "fox.png", "--json", "--debug-http")

    url = done.json["generations"][0]["url"]
    assert (url.startswith("http://127.0.0.1:"), url.startswith(served.base_url.removesuffix("/api"))) == (True, False)
    assert httpx.get(url).content == (user.cwd / "fox.png").read_bytes()
    trace = done.err.split("> GET http://127.0.0.1:")
    assert "authorization" in trace[1]
    assert "authorization" not in trace[-1]
    assert url.partition("Signature=")[2] not in done.err


def test_a_result_is_an_input_by_its_url(served: Served, user: User) -> None:
    """The server fetches loopback addresses, its own among them."""
    client = served.client(user, token=TOKEN)
    url = client.run("image", "a fox", *SQUARE, "-o", "fox.png", "--jq", ".generations[0].url").text.strip()

    by_url = client.run("image", "at night", "-i", url, "-o", "url.png")
    by_file = client.run("image", "at night", "-i", "fox.png", "-o", "file.png")

    assert (by_url.code, by_file.code) == (0, 0), by_url.err
    assert (user.cwd / "url.png").read_bytes() == (user.cwd / "file.png").read_bytes()


def test_a_wrong_token_is_refused(served: Served, user: User) -> None:
    """Exit 3, with where the token came from, and none of it."""
    done = served.client(user, token="canary-wrong-0000").run("image", "a fox", "-o", "fox.png")

    origin = served.base_url.removesuffix("/api")
    assert (done.code, done.out) == (3, b"")
    assert done.err.splitlines() == [
        f"error: {origin} refused the token",
        "  The API key is missing or not valid",
        "  The token came from: environment INFERENCE_API_KEY",
        "  Sign in again:  inference auth login",
    ]


def test_the_older_api_is_found_out(older: Served, user: User) -> None:
    """By a free request; it needs a namespace for its queue, not for what is direct."""
    client = older.client(user)

    image = client.run("image", "a fox", *SQUARE, "-o", "fox.png")
    queued = client.run("video", "waves", *FILM, "--no-wait")

    assert (image.code, picture(user.cwd / "fox.png")) == (0, ("PNG", (512, 512)))
    kept = (user.home / ".local" / "state" / "inference" / "origins.toml").read_text()
    assert kept.endswith(' = "2026-04"\n')
    assert (queued.code, queued.out) == (2, b"")
    assert queued.err.splitlines() == [
        "error: the queue of the 2026-04 API needs a namespace",
        "  Nothing was sent.  Set one:  inference config set namespace NAME",
    ]
    assert client.run("video", "waves", *FILM, "--no-wait", "--namespace", "org").code == 0


def test_another_client_speaks_to_it(served: Served) -> None:
    """Plain HTTP with a bearer token: a list of models, a picture, and the refusal of a stranger."""
    with httpx.Client(base_url=served.base_url, headers={"Authorization": f"Bearer {TOKEN}"}) as client:
        models = client.get("/ai/models").json()["data"]
        older = client.get("/evaluations/models").status_code
        body = {"model": "ideogram-v4", "prompt": "a fox", "image_size": "square"}
        made = client.post("/ai/images/generate", json=body).json()
        stranger = client.get("/ai/models", headers={"Authorization": "Bearer canary-wrong-0000"})

    assert (len(models), older, stranger.status_code) == (178, 200, 401)
    assert stranger.json()["error"]["type"] == "unauthenticated"
    assert httpx.get(made["images"][0]["url"]).headers["content-type"] == "image/jpeg"


def test_it_stops_on_ctrl_c(user: User) -> None:
    """Exit 0, and it said where everything is."""
    with Served(user) as served:
        assert httpx.get(served.base_url).status_code == 401
        code, err = served.stop()

    lines = err.splitlines()
    assert (code, len(lines)) == (0, 2)
    assert lines[0].startswith("  Results come from http://127.0.0.1:")
    assert lines[1] == (
        f"  Use it:  INFERENCE_API_KEY=sandbox-token inference --base-url {served.base_url} models list"
    )


def test_a_script_that_cannot_be_read(user: User) -> None:
    """Exit 2 before anything listens."""
    (user.cwd / "odd.toml").write_text("[[fault]]\nstatsu = 500\n")

    missing = user.run("sandbox", "serve", "--port", "0", "--faults", "nope.toml")
    odd = user.run("sandbox", "serve", "--port", "0", "--faults", "odd.toml")

    assert (missing.code, missing.err) == (
        2,
        "error: the script nope.toml cannot be read: No such file or directory\n" + SEE,
    )
    assert (odd.code, odd.err) == (2, "error: --faults odd.toml: no such key of a fault: statsu\n" + SEE)


@pytest.mark.parametrize(("language", "interpreter"), [("curl", "sh"), ("python", sys.executable)])
def test_a_request_as_code_runs_as_it_stands(served: Served, user: User, language: str, interpreter: str) -> None:
    """Nothing is sent to print it; run with a token in the environment it makes the pictures."""
    client = served.client(user, token=TOKEN)
    prompt = f"it's a fox in {language}"

    code = client.run("image", prompt, *SQUARE, "-n", "2", "--as", language)
    made = client.run("queue", "list", "--status", "succeeded", "--jq", "[.data[].prompt]").json
    env = {**user.environment, "INFERENCE_API_KEY": TOKEN}
    done = subprocess.run([interpreter], input=code.out, capture_output=True, env=env, cwd=user.cwd, check=False)

    assert (code.code, prompt in made, TOKEN.encode() in code.out) == (0, False, False)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["images"]) == 2


def test_as_code_and_as_json_contradict_each_other(offline: User) -> None:
    """Both want stdout: exit 2."""
    done = offline.run("image", "a fox", "--as", "curl", "--json")

    assert (done.code, done.err.splitlines()[0]) == (2, "error: --as and --json both want stdout")
