"""A template's texts are filled in, or it says what they need."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.conversation.template import Filled, Template
from inference_cli.errors import UsageError

PLAIN = st.text().filter(lambda text: not set(text) & set("{}"))


@pytest.mark.parametrize(
    ("template", "typed", "given_", "filled"),
    [
        (Template("t", prompt="Say {input} in {x}."), "hi", {"x": "a"}, Filled("Say hi in a.", None)),
        (Template("t", prompt="Say {input}", defaults={"x": "a"}), "hi", {}, Filled("Say hi", None)),
        (Template("t", prompt="{x}", defaults={"x": "a"}), "", {}, Filled("a", None)),
        (Template("t", prompt="{x}", defaults={"x": "a"}), "", {"x": "b"}, Filled("b", None)),
        (Template("t", prompt="Sum up:\n"), "long text\n", {}, Filled("Sum up:\n\nlong text\n", None)),
        (Template("t", prompt="Sum up:\n"), "", {}, Filled("Sum up:\n", None)),
        (Template("t", system="Be {x}."), "hi {y}", {"x": "a"}, Filled("hi {y}", "Be a.")),
        (Template("t", system="Be brief."), "", {}, Filled("", "Be brief.")),
        (Template("t", system="Know {input}", prompt="Go"), "hi", {}, Filled("Go", "Know hi")),
        (Template("t", system="Know {input}"), "hi", {}, Filled("hi", "Know hi")),
        (Template("t"), "hi", {}, Filled("hi", None)),
    ],
)
def test_its_texts_are_filled(template: Template, typed: str, given_: dict[str, str], filled: Filled) -> None:
    """What was typed goes where ``{input}`` is, else behind the prompt."""
    assert template.fill(typed, given_) == filled


@pytest.mark.parametrize(
    ("typed", "given_", "message", "hint"),
    [
        (
            "",
            {},
            "the template t needs who, input, tone",
            "Nothing was sent.  Type the prompt, or pipe it in.  Give them:  --set who=… --set tone=…",
        ),
        (
            " \n",
            {"who": "a", "tone": "b"},
            "the template t needs input",
            "Nothing was sent.  Type the prompt, or pipe it in",
        ),
        ("x", {"who": "a"}, "the template t needs tone", "Nothing was sent.  Give it:  --set tone=…"),
        ("x", {"wo": "a", "b": "c"}, "the template t has no variable wo, b", "Nothing was sent"),
    ],
)
def test_what_is_missing_or_too_much_is_said(typed: str, given_: dict[str, str], message: str, hint: str) -> None:
    """All of it at once, with what to type."""
    template = Template("t", system="For {who}", prompt="{input} {tone} {more}", defaults={"more": "!"})
    with pytest.raises(UsageError) as error:
        template.fill(typed, given_)
    assert (error.value.message, error.value.hint) == (message, hint)
    assert error.value.details == (("it has: who, tone, more",) if "wo" in given_ else ())


@given(PLAIN.filter(str.strip), PLAIN, st.text())
def test_texts_without_braces_are_sent_as_they_are(prompt: str, system: str, typed: str) -> None:
    """And what was typed, whole, once, and last."""
    template = Template("t", prompt=prompt, system=system)
    assert template.fill("") == Filled(prompt, system)
    sent = template.fill(typed).prompt
    assert sent.startswith(prompt.removesuffix("\n"))
    assert sent.endswith(typed) or not typed.strip()


@given(st.text().filter(str.strip))
def test_what_was_typed_stands_at_its_place(typed: str) -> None:
    """With any braces in it."""
    assert Template("t", prompt="<{input}>").fill(typed) == Filled(f"<{typed}>", None)


def test_its_table_holds_what_it_gives(tmp_path: Path) -> None:
    """Paths hold wherever it is used; what it does not give is not there."""
    schema = {"type": "object", "properties": {"ü": {}}}
    template = Template(
        "t",
        prompt="{input}",
        system="s",
        model="m",
        params={"temperature": 0.5},
        schema=schema,
        tools=("time",),
        attachments=("a.png", "/b.png", "https://e.com/c.png", "image:https://e.com/d", "data:,"),
        extract="last",
        defaults={"x": "y"},
    )
    assert template.table(tmp_path) == {
        "prompt": "{input}",
        "system": "s",
        "model": "m",
        "schema": '{"type": "object", "properties": {"ü": {}}}',
        "tools": ["time"],
        "attachments": [f"{tmp_path}/a.png", "/b.png", "https://e.com/c.png", "image:https://e.com/d", "data:,"],
        "extract": "last",
        "params": {"temperature": 0.5},
        "defaults": {"x": "y"},
    }
    assert Template("t").table(tmp_path) == {}


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"prompt": "{"}, "the prompt of the template t has a single { at line 1, character 1"),
        ({"system": "a } b"}, "the system prompt of the template t has a single } at line 1, character 3"),
        ({"prompt": "\udcff"}, "the prompt of the template t is not valid UTF-8"),
        ({"attachments": ("-",)}, "an attachment from standard input cannot be kept in a template"),
    ],
)
def test_what_could_not_be_used_again_is_not_kept(parts: dict[str, Any], message: str) -> None:
    """It is said when it is written, not when it is needed."""
    with pytest.raises(UsageError) as error:
        Template("t", **parts).table(Path("/"))
    assert error.value.message == message
