"""Names of files: templates, numbering, and text from outside made safe."""

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from inference_cli.errors import UsageError
from inference_cli.jobs.naming import OutputSpec, Place, fits, name_for, safe_component, short, slug

UUID = "7cf9b23a-1111-4222-8333-444455556666"


def named(target: str | None, *, n: int = 1, count: int = 1, seed: int | None = 7, extension: str = "png") -> str:
    """The path that a target gives for the same made-up output every time."""
    folder, name = name_for(
        OutputSpec(target),
        n=n,
        count=count,
        id=UUID,
        model="lab/flux",
        seed=seed,
        prompt="A red fox!",
        extension=extension,
    )
    return str(folder / name)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (None, "a-red-fox-7cf9b23a.png"),
        ("out/", "out/a-red-fox-7cf9b23a.png"),
        ("fox.png", "fox.png"),
        ("-rf.png", "-rf.png"),
        ("out/fox", "out/fox"),
        ("{n}-{model}.{ext}", "1-lab-flux.png"),
        ("{slug}_{seed}.{ext}", "a-red-fox_7.png"),
        ("{{id}}-{id}.x", "{id}-7cf9b23a.x"),
        ("{id}/fox.png", "{id}/fox.png"),
    ],
)
def test_a_name_follows_its_template(target: str | None, expected: str) -> None:
    """Placeholders count in the last component; a plain name is kept as the user typed it."""
    assert named(target) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("fox.png", ["fox-1.png", "fox-2.png"]),
        ("fox-{n}.png", ["fox-1.png", "fox-2.png"]),
        ("{slug}.{ext}", ["a-red-fox-1.png", "a-red-fox-2.png"]),
        ("{seed}.png", ["7.png", "7.png"]),
        ("a.tar.gz", ["a.tar-1.gz", "a.tar-2.gz"]),
    ],
)
def test_several_outputs_are_numbered(target: str, expected: list[str]) -> None:
    """-n 2 -o fox.png makes fox-1.png and fox-2.png; a template that tells them apart stays as it is."""
    assert [named(target, n=n, count=2) for n in (1, 2)] == expected


def test_a_seedless_template_is_numbered_too() -> None:
    """{seed} tells outputs apart only where there is a seed."""
    assert named("s{seed}.png", n=2, count=2, seed=None) == "s-2.png"


def test_an_unknown_placeholder_is_refused() -> None:
    """A typo in a template is a usage error that lists what there is."""
    with pytest.raises(UsageError) as caught:
        named("{idx}.png")
    assert caught.value.message == "-o: no placeholder {idx}"
    assert "{n} {id} {model} {seed} {slug} {ext}" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("foo..bar", "foo..bar"),
        (".thing.json", ".thing.json"),
        ("fox.png", "fox.png"),
        ("../../.bashrc", "..-..-.bashrc"),
        ("/etc/x", "_etc-x"),
        ("..", "_"),
        (".", "_"),
        ("", "_"),
        ("a/b", "a-b"),
        ("a\\b", "a-b"),
        ("C:x", "C-x"),
        ("\\\\srv\\s", "_-srv-s"),
        ("%2e%2e%2f", "_--"),
        (".ssh", "_ssh"),
        ("-rf", "_rf"),
        ("~", "_"),
        ("a\0b\nc\x1bd\u202ee", "a-b-c-d-e"),
        ("CON", "_CON"),
        ("nul.png", "_nul.png"),
        ("COM1", "_COM1"),
        ("com¹.txt", "_com¹.txt"),
        ("console.png", "console.png"),
        ("a.", "a"),
        ("a ", "a"),
        ("a<b", "a-b"),
        ("x" * 300 + ".png", "x" * 196 + ".png"),
        ("é" * 300, "é" * 100),
        ("x." + "y" * 300, "x." + "y" * 198),
    ],
)
def test_D12_D13_one_safe_component(name: str, expected: str) -> None:
    """Whatever comes from outside becomes one harmless name, on every system."""
    assert safe_component(name) == expected


@given(st.text())
def test_D12_a_safe_name_is_safe_and_stays(name: str) -> None:
    """One component, never empty, never a way up, at most 200 bytes; making it safe again changes nothing."""
    safe = safe_component(name)
    assert safe not in {"", ".", ".."}
    assert not set(safe) & set('/\\:*?"<>|\0')
    assert len(safe.encode()) <= 200
    assert Path(safe).name == safe
    assert safe[0] not in "-~ "
    assert safe_component(safe) == safe


@given(st.text(), st.text(), st.integers(1, 99), st.text())
def test_a_template_never_leaves_its_folder(prompt: str, model: str, n: int, identity: str) -> None:
    """Prompt, model and id cannot change the folder."""
    folder, name = name_for(
        OutputSpec("out/{slug}{model}{id}.{ext}"),
        n=n,
        count=3,
        id=identity,
        model=model,
        seed=None,
        prompt=prompt,
        extension="png",
    )
    assert folder == Path("out")
    assert Path(name).name == name


def test_slugs() -> None:
    """The first whole words of a prompt, letters of any script, or a word of our own."""
    assert slug("A red fox, in the snow") == "a-red-fox-in-the-snow"
    assert slug("ein Fuchs im Schnee, ganz früh am Morgen und allein") == "ein-fuchs-im-schnee-ganz-früh-am-morgen"
    assert slug("x" * 99) == "x" * 40
    assert slug("雪 狐") == "雪-狐"
    assert slug("!?") == slug(None) == "generation"
    assert slug(" " * 5000 + "red fox " * 9, longest=8) == "red-fox"


def test_ids_are_short_where_they_are_uuids() -> None:
    """Eight characters of a UUID; anything else whole."""
    assert short(UUID) == "7cf9b23a"
    assert short("gen_0000000001") == "gen_0000000001"


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (OutputSpec("waves.mp4"), "waves-1"),
        (OutputSpec(), "7cf9b23a"),
        (OutputSpec("out/"), "7cf9b23a"),
        (OutputSpec("take-{n}.mp4"), "take-1"),
        (OutputSpec("{id}.mp4"), "7cf9b23a"),
        (OutputSpec(stdout=True), "7cf9b23a"),
    ],
)
def test_labels(spec: OutputSpec, expected: str) -> None:
    """A person reads the stem of the file, or the short id where the file has no name yet."""
    assert Place(spec, n=1, count=2, id=UUID, prompt="waves").label == expected


def test_a_label_before_there_is_an_id() -> None:
    """Until the server gave an id the words of the prompt stand in."""
    assert Place(OutputSpec(), n=2, count=2, prompt="waves at dawn").label == "waves-at-dawn"


def test_endings_and_content() -> None:
    """A name's ending is compared with the content; synonyms agree, no ending promises nothing."""
    assert fits("a.JPG", "jpeg")
    assert fits("a.jpeg", "jpg")
    assert fits("a", "png")
    assert not fits("a.png", "jpg")


def test_a_spec_keeps_its_place_when_the_folder_changes(tmp_path: Path) -> None:
    """What the journal stores is absolute; a folder keeps its slash, stdout stays stdout."""
    assert OutputSpec("a/fox.png").absolute(tmp_path) == OutputSpec(f"{tmp_path}/a/fox.png")
    assert OutputSpec("a/").absolute(tmp_path) == OutputSpec(f"{tmp_path}/a/")
    assert OutputSpec().absolute(tmp_path) == OutputSpec(f"{tmp_path}/")
    assert OutputSpec(stdout=True).absolute(tmp_path) == OutputSpec(stdout=True)
    assert OutputSpec("a.png").named
    assert not OutputSpec("{n}.png").named
    assert not OutputSpec().named
