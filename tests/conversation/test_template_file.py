"""A template's file is read strictly: what it sets by mistake would be paid for, what a project sets could harm."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from inference_cli.conversation import schemas
from inference_cli.conversation.template import Template
from inference_cli.conversation.template_file import read
from inference_cli.errors import UsageError
from inference_cli.profile.templates import Templates

PERSON = schemas.parse("name, age int", read_file=str)

WHOLE = """
prompt = "Translate into {language}: {input}"
system = "Be brief."
model = "some-model"
schema = "name, age int"
tools = ["time", "tools.py:weather", "mcp:server --flag"]
attachments = ["style.png", "/shared/b.pdf", "https://example.com/c.png", "image:https://example.com/d"]
extract = true

[params]
temperature = 0.2
max_tokens = 100
stop = ["a"]
nested = { x = true }

[defaults]
language = "English"
number = 5
share = 0.5
loud = true
"""


def own(folder: Path, text: str) -> Template:
    """The template that a file of the user's own gives."""
    (folder / "templates").mkdir(exist_ok=True, mode=0o700)
    path = folder / "templates" / "t.toml"
    path.write_text(text)
    path.chmod(0o600)
    return read(Templates(folder / "templates").get("t"))


def of_project(folder: Path, text: str) -> Template:
    """The template that a project file gives."""
    project = folder / "inference.toml"
    project.write_text(f"[templates.t]\n{text}\n")
    return read(Templates(folder / "none", project).get("t"))


def test_everything_is_read(tmp_path: Path) -> None:
    """Files are looked for beside the template; numbers stay numbers."""
    assert own(tmp_path, WHOLE) == Template(
        name="t",
        prompt="Translate into {language}: {input}",
        system="Be brief.",
        model="some-model",
        params={"temperature": 0.2, "max_tokens": 100, "stop": ["a"], "nested": {"x": True}},
        schema=PERSON,
        tools=("time", "tools.py:weather", "mcp:server --flag"),
        attachments=(
            f"{tmp_path}/templates/style.png",
            "/shared/b.pdf",
            "https://example.com/c.png",
            "image:https://example.com/d",
        ),
        extract="first",
        defaults={"language": "English", "number": "5", "share": "0.5", "loud": "true"},
    )


def test_an_empty_one_gives_nothing(tmp_path: Path) -> None:
    """A project's is marked as somebody else's."""
    assert own(tmp_path, "") == Template("t")
    assert of_project(tmp_path, "") == Template("t", trusted=False)


@pytest.mark.parametrize(
    ("text", "schema"),
    [
        ('schema = "name, age int"', PERSON),
        ('schema = """\nname\nage int\n"""', PERSON),
        ('schema = "name, age int"\nschema_multi = true', schemas.many(PERSON)),
        ("schema_multi = true", None),
        ('schema = \'{"type": "object"}\'', {"type": "object"}),
        ('[schema]\ntype = "object"\nmaxProperties = 2', {"type": "object", "maxProperties": 2}),
    ],
)
def test_a_schema_in_any_spelling(tmp_path: Path, text: str, schema: object) -> None:
    """As with the flag, or as a table."""
    assert own(tmp_path, text).schema == schema


@pytest.mark.parametrize(
    ("text", "extract"),
    [
        ("extract = true", "first"),
        ('extract = "first"', "first"),
        ('extract = "last"', "last"),
        ("extract = false", None),
    ],
)
def test_code_is_taken_out_of_the_answer(tmp_path: Path, text: str, extract: str | None) -> None:
    """The first block of it, or the last."""
    assert own(tmp_path, text).extract == extract


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sytem = 1", ", line 1: a template cannot set sytem; did you mean system?"),
        ('base_url = "https://evil.example"', ", line 1: a template cannot set base_url"),
        ('token = "env:SECRET"', ", line 1: a template cannot set token"),
        ("prompt = 5", ", line 1: prompt must be text"),
        ('prompt = " "', ", line 1: prompt must be text"),
        ('model = "a\\u0000b"', ", line 1: model must be text"),
        ('tools = "time"', ", line 1: tools must be a list of texts"),
        ("tools = [1]", ", line 1: tools must be a list of texts"),
        ('attachments = ["-"]', ", line 1: a template cannot attach standard input"),
        ('extract = "middle"', ', line 1: extract must be true, false, "first" or "last"'),
        ("params = 1", ", line 1: params must be a table"),
        ("[params]\nstream = true", ", line 2: stream is no parameter"),
        ("[params]\ntemperature = inf", ", line 2: temperature must be a finite number"),
        ("[params]\nday = 2026-01-01", ", line 2: day must be text, a number, true, false, a list or a table"),
        ("[defaults]\nx = []", ", line 2: x must be text"),
        ("schema_multi = 1", ", line 1: schema_multi must be true or false"),
        ('schema = "@/etc/passwd"', ", line 1: schema must be the schema itself: text, or a table"),
        (
            'schema = "age ints"',
            ", line 1: the schema does not parse at character 5: there is no type ints; did you mean int?",
        ),
        ("schema = 5", ", line 1: schema must be the schema itself: text, or a table"),
        ("schema = { default = nan }", ", line 1: schema must be a finite number"),
        (
            "[schema]\ntype = 'array'\nitems = 5",
            ': this is no JSON Schema, at /items: 5 is not of types "boolean", "object"',
        ),
    ],
)
def test_what_it_cannot_set_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """With the file and the line."""
    with pytest.raises(UsageError) as error:
        own(tmp_path, text)
    assert error.value.message == f"{tmp_path}/templates/t.toml{message}"


def test_a_brace_that_stands_alone_is_found_at_once(tmp_path: Path) -> None:
    """Before anything is asked for."""
    with pytest.raises(UsageError) as error:
        own(tmp_path, "prompt = 'Return {\"a\": 1}'")
    assert error.value.message == "the prompt of the template t has a single { at line 1, character 8"


def test_a_project_s_template_stays_in_its_folder(tmp_path: Path) -> None:
    """Its files are those of the repository, its tools those that are built in."""
    found = of_project(
        tmp_path, 'attachments = ["img/a.png", "https://example.com/b.png"]\ntools = ["time", "http_get"]'
    )
    assert found.attachments == (f"{tmp_path}/img/a.png", "https://example.com/b.png")
    assert (found.tools, found.trusted) == (("time", "http_get"), False)


@pytest.mark.parametrize(
    "source", ["/etc/passwd", "../secret.pdf", "a/../../b.pdf", "link/x.pdf", "loop/x.pdf", "file:///etc/passwd"]
)
def test_a_project_s_template_cannot_reach_for_files(tmp_path: Path, source: str) -> None:
    """Whoever uses it may not know what it would send (fault F6)."""
    (tmp_path / "link").symlink_to("/")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(UsageError) as error:
        of_project(tmp_path, f'attachments = ["{source}"]')
    assert error.value.message == (
        f"{tmp_path}/inference.toml, line 2: a project's template cannot attach {source}, which is outside its folder"
    )
    assert error.value.hint == f"Attach it yourself:  -a {source}"


@pytest.mark.parametrize("tool", ["tools.py:weather", "mcp:rm -rf /", "./deploy.toml", "a/b", "Time"])
def test_a_project_s_template_cannot_run_anything(tmp_path: Path, tool: str) -> None:
    """Opening such a tool would run what somebody else wrote."""
    with pytest.raises(UsageError) as error:
        of_project(tmp_path, f'tools = ["{tool}"]')
    assert error.value.message == (
        f"{tmp_path}/inference.toml, line 2: a project's template cannot name the tool {tool}, which runs something"
    )
    assert error.value.hint == f"Name it yourself:  -T {tool}"


TEXTS = st.text(min_size=1).filter(lambda text: bool(text.strip()) and not set(text) & set("{}\0"))
TEMPLATES = st.builds(
    Template,
    name=st.just("t"),
    prompt=st.none() | TEXTS,
    system=st.none() | TEXTS,
    model=st.none() | TEXTS,
    params=st.dictionaries(
        st.sampled_from(["temperature", "seed", "stop"]),
        st.floats(-9, 9) | st.integers(-9, 9) | st.lists(TEXTS, max_size=2),
    ),
    schema=st.sampled_from([None, PERSON, schemas.many(PERSON)]),
    tools=st.lists(st.sampled_from(["time", "tools.py:f"]), max_size=2).map(tuple),
    attachments=st.lists(st.sampled_from(["/a.png", "https://e.com/b.pdf"]), max_size=2).map(tuple),
    extract=st.sampled_from([None, "first", "last"]),
    defaults=st.dictionaries(st.sampled_from(["x", "y"]), st.text()),
)


@given(TEMPLATES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
def test_what_is_saved_is_what_is_used(tmp_path: Path, template: Template) -> None:
    """Every text as it was."""
    kept = Templates(tmp_path / "templates")
    kept.save("t", template.table(tmp_path), force=True)
    assert read(kept.get("t")) == template
