"""Favorites, deployments, models of one's own."""

import json
from pathlib import Path

import pytest

from inference_cli.clock import ManualClock
from tests.support.listing import FOX, Library, reader_of
from tests.support.program import Program, program_in

OWN = "acme/Foxes.v2"
FLUX = "flux-1-dev"


@pytest.fixture
def still(tmp_path: Path) -> Program:
    """A program and a sandbox at its own speed, in a time that passes only while somebody waits."""
    program = program_in(tmp_path, clock=ManualClock())
    program.env = {**program.env, "INFERENCE_SANDBOX_SPEED": "1", "INFERENCE_SANDBOX": "1"}
    return program


@pytest.fixture
def owner(still: Program) -> Program:
    """Somebody with a model of their own, which only the sandbox makes in this way."""
    made = still("models", "update", OWN, "-p", f"source_model={FLUX}", "--display-name", "Foxes")
    assert (made.code, made.out, made.err) == (0, "", f"  {OWN} was changed: source_model, display_name\n")
    return still


def status(program: Program, name: str) -> list[str]:
    """The states of its deployments."""
    found: list[str] = program("models", "show", name, "--jq", "[.deployments[].status]", "--refresh").json
    return found


def test_a_deployment_is_waited_for(still: Program) -> None:
    """A line per change on stderr, the state on stdout."""
    done = still("models", "activate", FLUX)

    assert (done.code, done.out) == (0, f"{FLUX}\tactive\n")
    assert done.err == f"{FLUX} deploying 0s\n{FLUX} active 20s\n"
    again = still("models", "activate", FLUX, "-q")
    assert (again.code, again.out, again.err) == (0, f"{FLUX}\tactive\n", "")
    stopped = still("models", "deactivate", FLUX, "--json", "-q")
    assert (stopped.code, stopped.json["id"], stopped.json["deployments"]) == (0, FLUX, [{"status": "inactive"}])


def test_a_deployment_that_nobody_waits_for(still: Program) -> None:
    """Goes on; another command sees it, in spite of what was known."""
    still("models", "show", FLUX)
    done = still("models", "activate", FLUX, "--no-wait")

    assert (done.code, done.out, done.err) == (0, f"{FLUX}\tdeploying\n", "")
    assert "deployment: deploying" in still("models", "show", FLUX).out
    still.clock.sleep(20)
    assert "deployment: active" in still("models", "show", FLUX).out


def test_the_time_limit(still: Program) -> None:
    """Exit 124, and the way to see it later."""
    done = still("models", "activate", FLUX, "--timeout", "5s", "-q")

    assert (done.code, done.out) == (124, "")
    assert done.err.splitlines() == [
        f"error: {FLUX} is still deploying",
        f"  It goes on without you.  See:  inference models show {FLUX}",
    ]
    assert still("models", "activate", FLUX, "--timeout", "soon").code == 2


def test_a_deployment_that_fails(tmp_path: Path) -> None:
    """Exit 9; the server's word is shown."""
    library = Library(rows=[{**FOX, "deployments": [{"status": "error"}]}])
    reader = reader_of(library, tmp_path, ManualClock())
    done = reader("models", "activate", "acme/Fox.1", "-q")

    assert (done.code, done.err.splitlines()) == (
        9,
        [
            "error: the deployment of acme/Fox.1 failed",
            "  the server says: error",
            "  See:  inference models show acme/Fox.1",
        ],
    )


def test_a_base_model_without_a_deployment(tmp_path: Path) -> None:
    """Is not waited for: it is always there."""
    reader = reader_of(Library(), tmp_path, ManualClock())
    done = reader("models", "activate", "owl")

    assert (done.code, done.out) == (0, "owl\tno deployment\n")
    assert done.err == "  owl is a base model: it is always there, and has no deployment of its own\n"


def test_a_model_of_ones_own(owner: Program) -> None:
    """Its id may hold slashes, dots and capitals; an alias will do; what was known is forgotten with every change."""
    assert owner("models", "list", "--type", "custom").lines == [f"{OWN}\tFoxes\ttext\timage\t$0.03 per image"]
    owner("config", "set", "aliases.mine", OWN)
    done = owner("models", "update", "mine", "--summary", "Draws foxes", "-p", "description=Red", "--json", "-q")
    assert (done.code, done.json["summary"], done.json["description"]) == (0, "Draws foxes", "Red")
    assert owner("models", "show", "mine", "--jq", ".display_name").out == "Foxes\n"
    assert owner("models", "favorite", "mine", "--jq", ".id").out == f"{OWN}\n"
    assert owner("models", "activate", "mine", "-q").out == f"{OWN}\tactive\n"
    assert status(owner, OWN) == ["active"]
    assert owner("models", "delete", "mine", "-y", "--jq", ".id", "-q").out == f"{OWN}\n"
    assert owner("models", "show", "mine").code == 4
    assert owner("models", "list", "--type", "custom").lines == []


def test_fields_come_from_a_file_too(owner: Program) -> None:
    """Flags and ``-p`` win over it."""
    fields = {"summary": "from the file", "display_name": "from the file", "description": "from the file"}
    (owner.cwd / "fields.json").write_text(json.dumps(fields))
    done = owner(
        "models", "update", OWN, "--input", str(owner.cwd / "fields.json"),
        "-p", 'summary:="from -p"', "--display-name", "from the flag", "--json",
    )  # fmt: skip

    assert [done.json[name] for name in fields] == ["from -p", "from the flag", "from the file"]
    piped = owner("models", "update", OWN, "--input", "-", "--jq", ".summary", stdin=b'summary = "piped"\n')
    assert (piped.code, piped.out) == (0, "piped\n")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([OWN], 2, "nothing to change"),
        ([OWN, "-p", "summary"], 2, f"a parameter does not fit {OWN}"),
        ([OWN, "-p", "summary=x", "--summary", "y"], 2, f"a parameter does not fit {OWN}"),
        ([OWN, "--input", "nowhere.json"], 2, "--input nowhere.json cannot be read: No such file or directory"),
        ([FLUX, "--summary", "x"], 5, "the server refused the request: Only custom models can be updated"),
        (["nobody", "--summary", "x"], 4, "no model named nobody"),
    ],
)
def test_what_cannot_be_changed(still: Program, arguments: list[str], code: int, message: str) -> None:
    """Nobody else's model, nothing, or what cannot be read."""
    done = still("models", "update", *arguments)
    assert (done.code, done.out, done.err.splitlines()[0]) == (code, "", f"error: {message}")


def test_deleting_needs_consent(owner: Program) -> None:
    """A script says -y, a person is asked; no is no."""
    refused = owner("models", "delete", OWN)
    assert (refused.code, refused.err.splitlines()) == (
        6,
        [f"error: deleting {OWN} needs consent", "  Nothing was deleted.  Agree in advance with -y"],
    )
    declined = owner("models", "delete", OWN, terminal=True, stdin=b"n\n")
    assert (declined.code, "not agreed to" in declined.err) == (6, True)
    assert owner("models", "show", OWN).code == 0


def test_what_cannot_be_deleted(owner: Program) -> None:
    """A base model is nobody's; an unknown one has neighbours."""
    base, unknown = owner("models", "delete", FLUX, "-y"), owner("models", "delete", "acme/Foxes.v3", "-y")

    assert (base.code, base.err.splitlines()) == (
        2,
        [
            f"error: {FLUX} is a base model: only your own can be deleted",
            "  See yours:  inference models list --type custom",
        ],
    )
    assert (unknown.code, unknown.err.splitlines()) == (
        4,
        [
            "error: no model named acme/Foxes.v3",
            f"  closest: {OWN}",
            "  See:  inference models search acme",
        ],
    )


def test_a_model_that_is_gone_already(tmp_path: Path) -> None:
    """An answer was lost, or somebody was quicker: it is deleted all the same."""

    class Hasty(Library):
        """Deletes, and says that there was nothing."""

        def _deleted(self, name: str) -> object:  # type: ignore[override]
            super()._deleted(name)
            return super()._deleted(name)

    library = Hasty()
    done = reader_of(library, tmp_path, ManualClock())("models", "delete", "acme/Fox.1", "-y")

    assert (done.code, done.err) == (0, "  acme/Fox.1 was gone already\n  acme/Fox.1 is deleted\n")


@pytest.mark.parametrize("verb", ["activate", "deactivate", "favorite", "unfavorite"])
def test_an_unknown_model_has_neighbours(still: Program, verb: str) -> None:
    """Exit 4, by the server's word."""
    done = still("models", verb, "flux-1-deve")
    assert (done.code, done.err.splitlines()) == (
        4,
        [
            "error: no model named flux-1-deve",
            "  closest: flux-1-dev, flux-2-dev, flux-3-video",
            "  See:  inference models search flux",
        ],
    )


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["favorite", FLUX], "favorites"),
        (["unfavorite", FLUX], "favorites"),
        (["activate", FLUX], "deployments"),
        (["deactivate", FLUX], "deployments"),
        (["update", FLUX, "--summary", "x"], "way to change a model"),
        (["delete", FLUX], "way to delete a model"),
    ],
)
def test_what_the_older_api_does_not_have(still: Program, arguments: list[str], what: str) -> None:
    """Exit 4, in words."""
    still("config", "set", "api", "2026-04")
    done = still("models", *arguments)
    assert (done.code, done.out, done.err) == (4, "", f"error: the 2026-04 API has no {what}\n")


def test_a_change_that_may_have_happened_is_not_hidden_by_what_was_known(tmp_path: Path) -> None:
    """After trouble the server is asked again."""
    library = Library()
    reader = reader_of(library, tmp_path, ManualClock())
    reader("models", "list")
    library.down = True
    assert reader("models", "favorite", "owl").code == 7
    library.down = False
    library.asked.clear()
    reader("models", "list")
    assert library.asked == ["GET "]


def test_the_sandbox_is_reset_with_what_is_known_of_it(owner: Program) -> None:
    """Its models of one's own are gone."""
    assert len(owner("models", "list", "--type", "custom").lines) == 1
    owner("sandbox", "reset")
    assert owner("models", "list", "--type", "custom").lines == []


def test_signing_out_forgets_the_models(tmp_path: Path) -> None:
    """Whoever signs in next may have others."""
    library = Library()
    reader = reader_of(library, tmp_path, ManualClock())
    reader("models", "list")
    assert len(list(reader.home.rglob("*.models"))) == 1
    assert reader("auth", "logout").code == 0
    assert list(reader.home.rglob("*.models")) == []
