"""Any command line of any command that takes parameters: an exit code of the table, and nothing sent for nothing."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.support.samples import png
from tests.support.wire import Wired
from tests.support.wishes import NAMES, parts

FILM, PICTURE = "kling-video-o3-pro-reference-to-video", "flux-2-flex"
ODD: dict[str, dict[str, Any]] = {
    "bare": {"capabilities": {"output": ["video"]}},
    "broken": {
        "capabilities": {"output": ["image"]},
        "request_schema": {"properties": {"prompt": {"type": 5}, "n": 7}},
    },
    "loop": {
        "capabilities": {"output": ["video"]},
        "request_schema": {"properties": {"n": {"$ref": "#"}, "prompt": {}}},
    },
}
VERBS = st.sampled_from([("image",), ("video",), ("queue", "submit")])
MODELS = st.sampled_from([FILM, PICTURE, "gpt-4o", *ODD])
KEYS = st.sampled_from(sorted({*parts(FILM), *parts(PICTURE), "elements[0].frontal_image_url", "model", "num_images"}))
VALUES = st.text(max_size=8) | st.sampled_from(
    [
        "5",
        "5s",
        "1.5",
        "true",
        "@fox.png",
        "@none.png",
        "\\@",
        "[]",
        "{}",
        "null",
        "1e999",
        "\udcff",
        "https://x.y/a.png",
        "-",
    ]
)
PARAMETERS = st.tuples(
    st.just("-p"), st.builds("{}{}{}".format, KEYS, st.sampled_from(["=", ":=", "[0]=", ".x="]), VALUES)
)
FLAGS = st.tuples(st.sampled_from([*NAMES, "--shot", "-n", "-o", "--input", "--namespace"]), VALUES)
ALONE = st.tuples(st.sampled_from(["--with-audio", "--no-validate", "--json", "-q", "--queue", "--sync"]))


@pytest.fixture(scope="module")
def wired(tmp_path_factory: pytest.TempPathFactory) -> Wired:
    """The program, with a picture in its folder."""
    found = Wired(tmp_path_factory.mktemp("wired"), ODD)
    (found.program.cwd / "fox.png").write_bytes(png())
    return found


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    verb=VERBS,
    model=MODELS,
    words=st.lists(PARAMETERS | FLAGS | ALONE | st.tuples(VALUES), max_size=6),
)
def test_any_command_line_ends_in_the_table(
    wired: Wired, verb: tuple[str, ...], model: str, words: list[tuple[str, ...]]
) -> None:
    """Exit 0, 2 or 4, never a bug; what is wrong is told on stderr; with ``--dry-run`` nothing that could cost goes out."""
    picture = str(wired.program.cwd / "fox.png")
    typed = [word.replace("@fox.png", f"@{picture}") for group in words for word in group]

    done = wired(*verb, "-m", model, *typed, "--dry-run")

    assert done.code in {0, 2, 4}, (typed, done.err)
    assert (done.code == 0) == (not any(line.startswith("error: ") for line in done.err.splitlines())), done.err
    assert wired.wire.costly == []
