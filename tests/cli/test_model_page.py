"""One model on a page."""

import json
import shlex
from pathlib import Path

import pytest

from inference_cli.clock import ManualClock
from inference_cli.sandbox.catalogue import published
from tests.support.listing import FOX, Library, reader_of
from tests.support.program import Program, program_in
from tests.support.samples import mp3, mp4, png

DASH = "\N{EN DASH}"
KLING = "kling-video-v2-6-pro-text-to-video"


def test_a_page_on_a_terminal(program: Program) -> None:
    """What it is, what it costs, its parameters, a command to copy."""
    done = program("--sandbox", "models", "show", KLING, "--no-color", terminal=True, COLUMNS="90")

    assert done.lines == [
        f"  Kling 2.6 Pro - Text to Video              {KLING}",
        "  text → video        $0.07 per second of video        direct and queue",
        "  by Kling",
        "",
        "  parameter         type      default    allowed",
        f"  prompt            text      required   {DASH}",
        f"  negative_prompt   text      {DASH}          {DASH}",
        "  aspect_ratio      choice    16:9       9:16, 16:9, 1:1",
        "  duration          integer   5          5, 10",
        f"  generate_audio    yes/no    no         {DASH}",
        "  cfg_scale         number    0.5        0 to 10",
        "",
        f'  inference --sandbox video "…" -m {KLING} --duration 10 --aspect-ratio 9:16',
    ]
    assert done.err == ""


def test_a_model_that_talks(program: Program) -> None:
    """It publishes no schema, and takes what every chat takes."""
    done = program("--sandbox", "models", "show", "claude-sonnet-4-6", "--no-color", terminal=True)
    params = program("--sandbox", "models", "params", "claude-sonnet-4-6")

    assert done.lines[:5] == [
        "  Claude Sonnet 4.6                                           claude-sonnet-4-6",
        "  text, file, image → text        $3.00 input, $15.00 output per million tokens        direct",
        "  by Anthropic",
        "",
        "  parameter               type           default   allowed",
    ]
    assert done.lines[-1] == '  inference --sandbox chat "…" -m claude-sonnet-4-6'
    assert done.err == ""
    assert params.lines[0] == (
        "temperature\tnumber\t\t0 to 2\tHow freely words are chosen; some providers take either this or top_p."
    )
    assert params.err == ""


def test_a_model_without_a_schema(program: Program) -> None:
    """Says so."""
    name = "gpt-audio"
    done = program("--sandbox", "models", "show", name, "--no-color", terminal=True)
    params = program("--sandbox", "models", "params", name)

    assert done.err == "\n  It publishes no parameters: -p sends them unchecked.\n"
    assert (params.code, params.out) == (0, "")
    assert params.err == f"  {name} publishes no parameters: -p sends them unchecked.\n"


def test_the_parameters_alone(program: Program) -> None:
    """Five columns in a pipe; on a terminal the last one only where it says something."""
    assert program("--sandbox", "models", "params", "qwen-image-edit").lines == [
        "prompt\ttext\trequired\t\t",
        "input_image\timage\trequired\t\t",
        "aspect_ratio\tchoice\t16:9\t1:1, 16:9, 9:16, 4:3, 3:4, 3:2, 2:3\t",
    ]
    shown = program("--sandbox", "models", "params", "qwen-image-edit", "--no-color", terminal=True).lines
    assert shown[0].split() == ["parameter", "type", "default", "allowed"]


def test_the_schema_itself(program: Program) -> None:
    """For other programs."""
    document = program("--sandbox", "models", "params", "qwen-image-edit", "--json").json

    assert (document["schema"], document["model"]) == (1, "qwen-image-edit")
    assert document["request_schema"] == published().all()[0].schema or document["request_schema"]["required"]


def test_one_of_ones_own(tmp_path: Path) -> None:
    """Where it comes from; descriptions of parameters on one line."""
    reader = reader_of(Library(), tmp_path, ManualClock())

    assert reader("models", "show", "acme/Fox.1").lines == [
        "Foxes\tacme/Fox.1",
        "text → image\t$0.02 per image\tdirect and queue",
        "by Acme\tmade from flux",
        "prompt\ttext\t\t",
        'inference image "…" -m acme/Fox.1',
    ]
    assert reader("models", "params", "acme/Fox.1").lines == ["prompt\ttext\t\t\tWhat to draw."]


def test_a_model_that_says_nothing_of_itself(tmp_path: Path) -> None:
    """Has its name, and no way that could be promised."""
    reader = reader_of(Library(rows=[{"id": "riddle"}]), tmp_path, ManualClock())

    assert reader("models", "show", "riddle").lines == ["riddle\triddle", "price not published"]


def test_deployments_are_those_of_now(tmp_path: Path) -> None:
    """Asked for although the rest is known; without a network the last known ones are shown."""
    library = Library(rows=[{**FOX, "deployments": [{"status": "deploying"}]}])
    clock = ManualClock()
    reader = reader_of(library, tmp_path, clock)
    reader("models", "list")
    library.rows = [{**FOX, "deployments": [{"status": "active"}, {"status": "error"}]}]

    assert reader("models", "show", "acme/Fox.1").lines[2] == "by Acme\tmade from flux\tdeployment: active, error"
    assert library.asked == ["GET ", "GET /acme%2FFox.1?deployment_status=live"]
    library.down = True
    assert reader("models", "show", "acme/Fox.1").lines[2] == "by Acme\tmade from flux\tdeployment: deploying"


def test_a_page_is_shown_without_a_network(tmp_path: Path) -> None:
    """With a note that says how old it is; ``--refresh`` wants an answer."""
    library, clock = Library(), ManualClock()
    reader = reader_of(library, tmp_path, clock)
    reader("models", "show", "acme/Fox.1")
    clock.sleep(2 * 86400)
    library.down = True
    done = reader("models", "show", "acme/Fox.1")

    assert (done.code, done.lines[0]) == (0, "Foxes\tacme/Fox.1")
    assert done.err == "  what is known of acme/Fox.1 is 2 days old: the server cannot be reached\n"
    assert reader("models", "params", "owl").code == 7
    assert reader("models", "show", "acme/Fox.1", "--refresh").code == 7


def test_an_alias_and_a_removed_model(program: Program) -> None:
    """Both can be shown; the list has neither."""
    program("--sandbox", "config", "set", "aliases.old", "kling-video-o3-pro-text-to-video")

    done = program("--sandbox", "models", "params", "old", "--jq", ".model")
    assert done.out == "kling-video-o3-pro-text-to-video\n"


@pytest.mark.parametrize("verb", ["show", "params"])
def test_an_unknown_model_has_neighbours(program: Program, verb: str) -> None:
    """Exit 4, and a search that finds something."""
    done = program("--sandbox", "models", verb, "acme/qwen-image-edt")

    assert (done.code, done.out, done.err.splitlines()[2]) == (4, "", "  See:  inference --sandbox models search qwen")
    assert "qwen-image-edit" in done.err.splitlines()[1]


@pytest.fixture(scope="module")
def photographer(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """Somebody with a file of each kind, and a list of models that is fresh."""
    program = program_in(tmp_path_factory.mktemp("photographer"))
    for name, data in {
        "photo.png": png(640, 480),
        "last.png": png(640, 480),
        "clip.mp4": mp4(640, 360, 5.0),
        "sound.mp3": mp3(100),
    }.items():
        (program.cwd / name).write_bytes(data)
    return program


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", [entry.id for entry in published().all() if {"image", "video"} & set(entry.outputs)])
def test_every_example_runs_as_it_stands(photographer: Program, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each picture or film model of the catalogue: what the page says is copied, and checked by a dry run."""
    monkeypatch.chdir(photographer.cwd)
    command = photographer("--sandbox", "models", "show", name).lines[-1]
    assert command.startswith("inference --sandbox ")
    done = photographer(*shlex.split(command)[1:], "--dry-run", "--json")

    assert done.code == 0, (command, done.err)
    (body,) = done.json["request"]["bodies"]
    assert body["model"] == name
    schema = published().get(name)
    assert schema is not None
    assert set((schema.schema or {}).get("required", ())) <= set(body), json.dumps(body)[:400]


@pytest.mark.parametrize("name", ["bytedance-seed-audio-1-0"])
def test_a_command_that_there_is_not_is_not_shown(program: Program, name: str) -> None:
    """A page promises nothing."""
    assert not any(line.startswith("inference") for line in program("--sandbox", "models", "show", name).lines)
