"""Models, in both generations of the API: found, read about, kept, deployed, one's own."""

import json
import shlex
import stat
from pathlib import Path

import pytest

from tests.support.command import User
from tests.support.journey import Served, valid
from tests.support.samples import png

KLING = "kling-video-v2-6-pro-text-to-video"
OWN = "acme/Red.Foxes"
OLDER = '[profiles.sandbox]\napi = "2026-04"\n'


@pytest.fixture(params=["current", "2026-04"])
def either(request: pytest.FixtureRequest, offline: User) -> User:
    """Somebody whose sandbox speaks one generation of the API, or the other."""
    if request.param == "2026-04":
        file = offline.home / ".config" / "inference" / "config.toml"
        file.parent.mkdir(parents=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(OLDER)
    return offline


def kept(user: User) -> list[Path]:
    """What is known of the models, as files."""
    return sorted((user.home / ".cache" / "inference").rglob("*.models"))


def test_from_a_wish_to_a_request(either: User) -> None:
    """Listed, narrowed down, searched, read about; the command on the page is copied and would be sent."""
    (either.cwd / "photo.png").write_bytes(png(640, 480))

    listed = either.run(
        "models", "list", "--input", "image", "--output", "image", "--price-below", "0.03", "--sort", "price"
    )
    found = either.run("models", "search", "qwen", "edit", "2509")
    shown = either.run("models", "show", "qwen-image-edit-plus")
    command = shlex.split(shown.lines[-1])
    dry = either.run(*command[1:], "--dry-run", "--jq", ".request.bodies[0].model")

    assert (listed.code, found.code, shown.code, dry.code) == (0, 0, 0, 0)
    assert "qwen-image-edit-plus\tQwen Image Edit - 2509\ttext, image\timage\t$0.03 per image" in listed.lines
    assert found.lines == ["qwen-image-edit-plus\tQwen Image Edit - 2509\ttext, image\timage\t$0.03 per image"]
    assert shown.lines[:3] == [
        "Qwen Image Edit - 2509\tqwen-image-edit-plus",
        "text, image → image\t$0.03 per image\tdirect and queue",
        "by Qwen",
    ]
    assert command[0] == "inference"
    assert dry.text == "qwen-image-edit-plus\n"


def test_a_list_is_a_document(either: User) -> None:
    """Whole rows in JSON, with their schemas, from the server as from what is kept."""
    first, second = (either.run("models", "list", "--output", "video", "--json") for _ in range(2))
    schemas = either.run("models", "params", KLING, "--jq", ".request_schema.properties.duration.enum")

    assert valid(first.json, "list")
    assert first.json == second.json
    assert all(row.get("request_schema", row.get("json_request_schema")) is not None for row in first.json["data"][:3])
    assert json.loads(schemas.text) == [5, 10]


def test_what_is_known_is_private_and_not_asked_for_again(either: User) -> None:
    """One file for the list, one for a model that the list does not have; both go when the sandbox is emptied."""
    traced = [either.run("models", "list", "--debug-http") for _ in range(2)]
    either.run("models", "show", "kling-video-o3-pro-text-to-video")
    again = either.run("models", "show", "kling-video-o3-pro-text-to-video", "--debug-http")
    refreshed = either.run("models", "list", "--refresh", "--debug-http", "--limit", "1")

    assert traced[0].out == traced[1].out
    assert [done.err.count("> GET ") for done in (*traced, again, refreshed)] == [1, 0, 0, 1]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept(either)} == {0o600}
    assert either.run("sandbox", "reset").code == 0
    assert kept(either) == []


def test_an_unknown_model(either: User) -> None:
    """Exit 4 with its neighbours, and a search that finds them."""
    done = either.run("models", "show", "kling-video-v2-6-pro-text-to-vido")
    found = either.run("models", "search", "kling")

    assert (done.code, done.text, done.err.splitlines()[0]) == (
        4,
        "",
        "error: no model named kling-video-v2-6-pro-text-to-vido",
    )
    assert done.err.splitlines()[1].startswith(f"  closest: {KLING}, ")
    assert done.err.splitlines()[2] == "  See:  inference models search kling"
    assert KLING in {line.split("\t")[0] for line in found.lines}


def test_a_page_in_a_terminal(either: User) -> None:
    """As it is drawn; the last line is a command."""
    terminal = either.terminal("models", "show", KLING)
    code = terminal.finish()

    screen = terminal.screen
    assert (code, screen[:3]) == (
        0,
        [
            f"  Kling 2.6 Pro - Text to Video              {KLING}",
            "  text → video        $0.07 per second of video        direct and queue",
            "  by Kling",
        ],
    )
    assert screen[3].split() == ["parameter", "type", "default", "allowed"]
    assert "  duration          integer   5          5, 10" in screen
    assert screen[-1] == f'  inference video "…" -m {KLING} --duration 10 --aspect-ratio 9:16'


def test_a_list_in_a_terminal(either: User) -> None:
    """Headings, no id cut, and what to do next."""
    terminal = either.terminal(
        "models", "list", "--developer", "black forest", "--output", "image", "--limit", "3", columns=80
    )
    code = terminal.finish()

    assert (code, terminal.screen[0].split()) == (0, ["model", "name", "takes", "makes", "price"])
    assert terminal.screen[1].startswith("  black-forest-labs-flux-2-klein-4b   FLUX")
    assert terminal.screen[-1].startswith("  3 of ")
    assert terminal.screen[-1].endswith("See one:  inference models show ID")


def test_a_model_of_ones_own_from_its_making_to_its_end(offline: User) -> None:
    """Deployed while a line moves, marked, renamed, deleted after a question."""
    made = offline.run("models", "update", OWN, "-p", "source_model=flux-1-dev", "--display-name", "Foxes")
    up = offline.run("models", "activate", OWN)
    marked = offline.run("models", "favorite", OWN)
    mine = offline.run("models", "list", "--favorites", "--type", "custom")
    shown = offline.run("models", "show", OWN)
    down = offline.run("models", "deactivate", OWN, "--jq", ".deployments[0].status")
    unagreed = offline.run("models", "delete", OWN)

    assert (made.code, made.err) == (0, f"  {OWN} was changed: source_model, display_name\n")
    assert (up.code, up.text) == (0, f"{OWN}\tactive\n")
    assert [line.split()[:2] for line in up.err.splitlines()] == [[OWN, "deploying"], [OWN, "active"]]
    assert (marked.code, mine.lines) == (0, [f"{OWN}\tFoxes\ttext\timage\t$0.03 per image"])
    assert shown.lines[2] == "by Black Forest Labs\tmade from flux-1-dev\tdeployment: active"
    assert (down.code, down.text) == (0, "inactive\n")
    assert (unagreed.code, unagreed.err.splitlines()[0]) == (6, f"error: deleting {OWN} needs consent")

    terminal = offline.terminal("models", "delete", OWN)
    terminal.wait_for("[y/N]")
    terminal.send("y\n")
    assert terminal.finish() == 0
    assert terminal.screen[0] == f"Delete {OWN}, made from flux-1-dev? It cannot be brought back. [y/N] y"
    assert terminal.screen[-1] == f"  {OWN} is deleted"
    assert offline.run("models", "show", OWN).code == 4


def test_a_deployment_in_a_terminal(offline: User) -> None:
    """Its state and the time; Ctrl-C stops the waiting, not the deployment."""
    slow = offline.having(INFERENCE_SANDBOX_SPEED="5")
    terminal = slow.terminal("models", "activate", "flux-1-dev")
    terminal.wait_for("deploying")
    terminal.interrupt()
    code = terminal.finish()

    assert code == 130
    assert terminal.screen[0].startswith("  ● flux-1-dev  deploying    0:00:0")
    assert terminal.screen[1:] == [
        "  stopped waiting for flux-1-dev",
        "  It goes on without you.  See:  inference models show flux-1-dev",
    ]
    assert slow.run("models", "activate", "flux-1-dev", "-q").text == "flux-1-dev\tactive\n"


def test_the_older_api_has_less(offline: User) -> None:
    """And says what it does not have."""
    offline.run("config", "set", "api", "2026-04")
    done = {
        verb: offline.run("models", *verb.split())
        for verb in ("list --favorites", "list --featured", f"favorite {KLING}", f"activate {KLING}", f"delete {KLING}")
    }

    assert [(one.code, one.err) for one in done.values()] == [
        (4, f"error: the 2026-04 API has no {what}\n")
        for what in ("favorites", "featured models", "favorites", "deployments", "way to delete a model")
    ]


def test_without_a_server_what_is_known_is_served(user: User) -> None:
    """A server that is stopped later: a fresh list is just shown, and a search looks into it; a paid request is not made."""
    with Served(user) as served:
        client = served.client(user)
        listed = client.run("models", "list")
        assert (listed.code, len(listed.lines)) == (0, 178)
    again = client.run("models", "list")
    found = client.run("models", "search", "kling", "motion")
    paid = client.run("image", "a fox", "-m", "ideogram-v4", "--no-retry")

    assert (again.code, again.out, again.err) == (0, listed.out, "")
    assert (found.code, [line.split("\t")[0] for line in found.lines]) == (0, ["kling-video-v3-pro-motion-control"])
    assert found.err.startswith("  the server cannot be reached: found in the list of models of ")
    assert (paid.code, list(user.cwd.iterdir())) == (7, [])
