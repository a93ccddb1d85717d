"""Templates lie beside the profiles, or come with a project, whose own win and are not trusted."""

import stat
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from inference_cli.errors import LocalError, NotFoundError, UsageError
from inference_cli.profile.templates import Templates, Written


class Home:
    """A folder of templates, a project file, and what was noticed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "config" / "templates"
        self.project = folder / "inference.toml"
        self.notices: list[str] = []

    def templates(self, *, project: bool = True) -> Templates:
        """As a command has them."""
        return Templates(self.folder, self.project if project else None, notice=self.notices.append)

    def write(self, name: str, text: str) -> Path:
        """A template by hand."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"{name}.toml"
        path.write_text(text)
        path.chmod(0o600)
        return path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Empty."""
    return Home(tmp_path)


def test_what_is_saved_is_read_again(home: Home) -> None:
    """In a file that nobody else may read, without its writer's leftovers."""
    table = {"prompt": "Say {input}\nin two lines.\n", "params": {"temperature": 0.5, "max_tokens": 9}}
    path = home.templates(project=False).save("two-lines", table)
    assert path == home.folder / "two-lines.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == (
        'prompt = """\nSay {input}\nin two lines.\n"""\n\n[params]\ntemperature = 0.5\nmax_tokens = 9\n'
    )
    assert home.templates(project=False).get("two-lines") == Written("two-lines", table, path, text=path.read_text())
    assert home.templates(project=False).names() == ("two-lines",)


def test_nothing_is_replaced_unasked(home: Home) -> None:
    """The one that is there stays as it is."""
    templates = home.templates(project=False)
    path = templates.save("a", {"prompt": "old"})
    with pytest.raises(UsageError) as error:
        templates.save("a", {"prompt": "new"})
    assert (error.value.message, error.value.hint) == (f"there is a template a already: {path}", "Replace it:  --force")
    assert templates.get("a").table == {"prompt": "old"}
    templates.save("a", {"prompt": "new"}, force=True)
    assert templates.get("a").table == {"prompt": "new"}


@pytest.mark.parametrize("name", ["", ".hidden", "../up", "a/b", "-x", "a b", "x" * 65, "ü", "a\n"])
def test_a_name_is_one_that_any_file_can_have(home: Home, name: str) -> None:
    """None of another kind is looked for either."""
    with pytest.raises(UsageError, match="the name of a template must be letters, digits"):
        home.templates(project=False).save(name, {"prompt": "x"})
    with pytest.raises(NotFoundError):
        home.templates(project=False).get(name)
    assert not home.folder.exists()


def test_what_toml_cannot_hold_is_refused(home: Home) -> None:
    """Nothing is left behind."""
    with pytest.raises(UsageError, match="the template a cannot be written as TOML"):
        home.templates(project=False).save("a", {"params": {"stop": None}})
    with pytest.raises(LocalError, match="the template a is larger than 1 MB"):
        home.templates(project=False).save("a", {"prompt": "x" * 1_000_001})
    assert home.templates(project=False).names() == ()


def test_the_project_s_own_wins_and_is_not_trusted(home: Home) -> None:
    """The user hears so when saving one that is hidden by it."""
    home.project.write_text('model_chat = "m"\n[templates.a]\nprompt = "of the project"\n[templates.b]\n')
    path = home.templates().save("a", {"prompt": "mine"})
    text = home.project.read_text()
    found = home.templates().get("a")
    assert found == Written(
        "a", {"prompt": "of the project"}, home.project, ("templates", "a"), trusted=False, text=text
    )
    assert found.at("prompt") == f"{home.project}, line 3"
    assert found.at("model") == str(home.project)
    assert home.notices == [f"in this folder the template a of {home.project} is used instead"]
    assert home.templates().names() == ("a", "b")
    assert home.templates(project=False).get("a").path == path


def test_an_unknown_one_names_the_closest(home: Home) -> None:
    """Or all that there are, or how to keep the first."""
    hint = 'Nothing was sent.  Keep one:  inference chat "Translate: {input}" --save-template NAME'
    said = []
    for known in ([], ["translate", "commit"], [f"t{number}" for number in range(9)]):
        for name in known:
            home.write(name, "")
        with pytest.raises(NotFoundError) as error:
            home.templates(project=False).get("translat" if "commit" in known else "zzz")
        assert error.value.hint == hint
        said.append(error.value.details)
    assert said == [
        (),
        ("closest: translate",),
        ("there are: commit, t0, t1, t2, t3, t4, t5, t6, …",),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("templates = 1", "{project}: templates must be a table for each template: [templates.NAME]"),
        ("[templates]\na = 1", "{project}, line 2: a must be a table: [templates.a]"),
        ("[templates.a", "{project}, line 1: expected ']' at the end of a table declaration"),
    ],
)
def test_a_damaged_project_file_is_named(home: Home, text: str, message: str) -> None:
    """With the line, where it is plain."""
    home.project.write_text(text)
    with pytest.raises(UsageError) as error:
        home.templates().get("a")
    assert error.value.message == message.format(project=home.project)


def test_a_damaged_template_is_named(home: Home) -> None:
    """One that is not a text either."""
    path = home.write("a", 'prompt = "x')
    with pytest.raises(UsageError, match=f"{path}, line 1: "):
        home.templates().get("a")


def test_others_may_not_read_it(home: Home) -> None:
    """Its mode is set right, with a word about it."""
    path = home.write("a", 'prompt = "x"')
    path.chmod(0o644)
    assert home.templates().get("a").table == {"prompt": "x"}
    assert (stat.S_IMODE(path.stat().st_mode), home.notices) == (
        0o600,
        [f"others could read {path}; its mode is now 0600"],
    )


def test_what_is_no_template_is_not_listed(home: Home) -> None:
    """Locks, leftovers, other files."""
    home.write("a", "")
    for name in ("a.toml.lock", ".b.toml", "notes.txt", "c d.toml"):
        (home.folder / name).write_text("")
    assert home.templates().names() == ("a",)


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.text() | st.integers(-(2**63), 2**63 - 1) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["prompt", "system", "params"]), VALUES))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
def test_every_text_comes_back_as_it_was(home: Home, table: dict[str, Any]) -> None:
    """Line ends of any kind, quotes, backslashes, control characters."""
    path = home.templates(project=False).save("law", table, force=True)
    assert home.templates(project=False).get("law").table == table
    assert tomllib.loads(path.read_bytes().decode()) == table
