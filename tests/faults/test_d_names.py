"""File names: one safe component below the folder that the user chose, whatever the server calls things."""

import tempfile
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings, strategies as st

from tests.support.account import FOX
from tests.support.broken import RESULTS, headed
from tests.support.faultd import LeapingClock, answer
from tests.support.harness import QUEUED_FOX, Fault
from tests.support.host import document
from tests.support.samples import png
from tests.support.storage import SIGNATURE
from tests.support.traces import outside, states

NASTY = [
    "../../.bashrc", "/etc/x", "..", ".", "a/b", "a\\b", "C:x", "\\\\srv\\s", "%2e%2e%2f", ".ssh", "-rf", "~",
    "nul\0", "line\nbreak", "\x1b]0;x\x07", "\u202egnp.exe", "x" * 300, "CON", "nul.png", "COM1", "a.", "a ", "a:b", "a<b>",
]  # fmt: skip
RESERVED = ["CON", "con", "nul.png", "COM1", "LPT9.txt", "aux", "PRN.x", "a."]
UNNAMED = ("image", "a red fox", "-m", FOX, "--queue")


def called(fault: Fault, identity: str, link: str | None = None) -> None:
    """Let the server call the next picture that."""
    data = png(4, 4)
    fault.results.append(data)
    fault.storage.files["x.png"] = data
    url = link or f"{fault.storage.url}/results/x.png?X-Amz-Signature={SIGNATURE}"
    row = {"generation_id": identity, "status": "succeeded", "media_type": "image", "result_url": url}
    fault.api.always("POST /api/ai/queue", answer(document({"generations": [{**row, "result_url": None}]})))
    fault.api.always("GET /api/ai/queue/*", answer(document(row)))


def made(fault: Fault, identity: str, *more: str, link: str | None = None) -> int:
    """The exit code of a command for one picture that the server calls that."""
    called(fault, identity, link)
    return fault.inside(*UNNAMED, *more, clock=LeapingClock()).code


def component(name: str) -> bool:
    """Whether a name is one safe component on every system."""
    root = name.partition(".")[0].strip().lower()
    return (
        name not in {"", ".", ".."}
        and not set('/\\:*?"<>|') & set(name)
        and name.isprintable()
        and name[0] not in "-~"
        and name[-1] not in ". "
        and len(name.encode()) <= 255
        and root not in {"con", "prn", "aux", "nul", "com1", "lpt9"}
    )


@pytest.mark.parametrize("name", NASTY, ids=ascii)
def test_D12_what_the_host_of_results_calls_it(fault: Fault, name: str) -> None:
    """Neither the path of the link nor Content-Disposition names a file: the prompt and the id do."""
    path = quote(name, safe="").replace(".", "%2E")
    fault.storage.files[path] = png(4, 4)
    header = name.encode("utf-8", "replace").decode("latin-1").translate({0: "?", 10: "?", 13: "?"})
    fault.storage.always(RESULTS, headed(("Content-Disposition", f'attachment; filename="{header}"')))
    link = f"{fault.storage.url}/results/{path}?X-Amz-Signature={SIGNATURE}"

    assert (made(fault, "gen-1", link=link), outside(fault)) == (0, [])
    assert fault.files == ["a-red-fox-gen-1.png"]


def test_D12_the_installed_command(fault: Fault) -> None:
    """A template of server's words: one file, below the folder."""
    called(fault, "..-..-.bashrc")
    done = fault.run(*UNNAMED, "-o", "{id}")

    assert (done.code, outside(fault)) == (0, [])
    assert done.lines == ["..-..-.bashrc"]


@pytest.mark.parametrize("identity", ["..", ".", "", "../../x", "a/b", "a\\b", "a:b", "x" * 129, "~", "a b", "\u202ex"])
@pytest.mark.parametrize("template", ["{id}", "x/{id}.{ext}"])
def test_D12_ids_that_are_none(fault: Fault, identity: str, template: str) -> None:
    """They never reach a name or a path: the answer cannot be understood, and nothing is where it should not be."""
    fault.give("x/keep", b"")
    code = made(fault, identity, "-o", template)

    assert code == 8
    assert (outside(fault), fault.files) == ([], ["x"])
    assert not [one for one in fault.api.asked if one.line.startswith("GET /api/ai/queue/")]


@pytest.mark.parametrize("identity", ["-rf", ".ssh", "a..b", ".thing.json", "foo..bar", "..x", *RESERVED])
@pytest.mark.parametrize("template", ["{id}", "{id}.{ext}"])
def test_D12_D13_ids_that_would_be_odd_names(fault: Fault, identity: str, template: str) -> None:
    """They are rewritten, on all systems: files travel. Names that are only unusual stay as they are."""
    assert (made(fault, identity, "-o", template), outside(fault)) == (0, [])
    (name,) = [one for one in fault.files if not one.endswith(".part")]

    assert component(name)
    if identity in {"a..b", "foo..bar", ".thing.json"}:
        assert name == template.format(id=identity, ext="png")


@pytest.mark.parametrize("prompt", [*NASTY[:16], "CON", "nul", "COM1"], ids=ascii)
def test_D12_D13_prompts(fault: Fault, prompt: str) -> None:
    """A slug is letters and digits, and never a device."""
    if "\0" in prompt:
        pytest.skip("no argument holds a NUL")
    done = fault.inside("image", "-m", FOX, "--queue", "-o", "{slug}.{ext}", "--", prompt)

    assert (done.code, outside(fault)) == (0, [])
    (name,) = fault.files
    assert component(name)


@pytest.mark.parametrize("model", ["../../x", "..", "."])
def test_D12_models_that_are_ways_up(fault: Fault, model: str) -> None:
    """Such an id stands in no path of a request: there is no such model."""
    done = fault.inside("image", "a fox", f"--model={model}", "--queue", "-o", "{model}.{ext}")

    assert (done.code, fault.files, outside(fault), fault.api.paid) == (4, [], [], [])
    assert {one.line.partition("?")[0] for one in fault.api.asked} == {"GET /api/ai/models"}


@pytest.mark.parametrize("model", ["a/b/c", "con", "C:\\x", "-rf", "~root"])
def test_D12_D13_models(fault: Fault, model: str) -> None:
    """An id of a model may hold anything; in a name it is one component."""
    fault.api.models[0] = {**fault.api.models[0], "id": model}
    done = fault.inside("image", "a fox", f"--model={model}", "--queue", "-o", "{model}.{ext}")
    (name,) = fault.files

    assert (done.code, outside(fault)) == (0, [])
    assert component(name)


@settings(max_examples=25, deadline=None)
@given(
    identity=st.text(st.characters(codec="utf-8"), max_size=140)
    | st.text(".-_~aC", min_size=1, max_size=5)
    | st.sampled_from(NASTY),
    disposition=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60),
    template=st.sampled_from(["{id}", "{id}.{ext}", "a{id}b", "{slug}{id}"]),
)
def test_D12_whatever_the_server_says(identity: str, disposition: str, template: str) -> None:
    """One safe component or nothing, and nothing outside the folder (the invariants are asserted as well)."""
    with tempfile.TemporaryDirectory() as folder, Fault(Path(folder)) as case:
        case.storage.always(RESULTS, headed(("Content-Disposition", f"attachment; filename={disposition}")))
        code = made(case, identity, "-o", template)
        names = [name for name in case.files if not name.endswith((".part", ".json"))]

        assert (code, len(names)) in {(0, 1), (8, 0)}
        assert all(map(component, names))
        assert outside(case) == []


@pytest.mark.parametrize(
    "value",
    [
        "attachment; filename*=UTF-8''..%2F..%2F.bashrc",
        'attachment; filename="a\\"b/../c.exe"',
        "attachment; filename=a.png; filename=../b.png",
        "attachment; filename*=UTF-8''%ff%fe; filename=../x",
        "inline; filename=",
        "attachment; filename=" + "a" * 60_000,
    ],
    ids=["encoded", "quoted", "two", "not UTF-8", "empty", "60 kB"],
)
def test_D14_content_disposition(fault: Fault, value: str) -> None:
    """It names nothing, however it is written."""
    fault.storage.always(RESULTS, headed(("Content-Disposition", value)))
    done = fault.inside(*UNNAMED)

    assert (done.code, fault.files, outside(fault)) == (0, ["a-red-fox-gen-0001-canary.png"], [])


def test_D14_a_header_of_a_megabyte(fault: Fault) -> None:
    """It is not read to its end: 12, and the generation can be fetched."""
    fault.storage.always(RESULTS, headed(("Content-Disposition", "attachment; filename=" + "a" * 1_000_000)))
    done = fault.run(*QUEUED_FOX)

    assert (done.code, fault.files, states(fault)) == (12, [], ["succeeded"])
    assert "inference queue download" in done.err
