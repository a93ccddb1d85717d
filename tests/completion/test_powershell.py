"""The PowerShell script, as text."""

import re

from inference_cli.completion.powershell import emit
from inference_cli.completion.tree import Command, Flag
from tests.support.trees import ASKING, BARE, TREE

RESULT = re.compile(r"\[CompletionResult\]::new\('((?:[^']|'')+)', '((?:[^']|'')+)', '(\w+)', '((?:[^']|'')+)'\)")


def block(script: str, key: str) -> str:
    """The body of one case of a switch."""
    return script.split(f"            '{key}' {{\n", 1)[1].split("\n            }", 1)[0]


def texts(script: str, key: str) -> list[str]:
    """What is offered in one case."""
    return [match[0].replace("''", "'") for match in RESULT.findall(block(script, key))]


def test_every_place_offers_its_commands_and_flags() -> None:
    """Commands first, then flags, root options everywhere."""
    script = emit(TREE)
    assert texts(script, "inference/queue") == ["list", "wait", "--profile", "--color", "--sandbox", "--help", "-h"]
    assert texts(script, "inference/completion")[:3] == ["bash", "zsh", "fish"]
    assert texts(script, "* --color") == ["auto", "always", "never"]
    assert texts(script, "* --status") == ["queued", "it's done"]


def test_places_and_flags_with_values_are_known() -> None:
    """What the walk over the typed words needs."""
    script = emit(TREE)
    assert "$places = @('inference/image', 'inference/queue', 'inference/queue/list'," in script
    assert "$valued = @('* --profile', '* --color', '* --output'" in script
    assert "'inference/receipt -f'" in script


def test_every_completion_has_a_tip_and_quotes_are_doubled() -> None:
    """PowerShell refuses an empty tip, and takes curly quotes for quotes."""
    script = emit(TREE)
    assert "[CompletionResult]::new('-x', '-x', 'ParameterName', '-x')" in script
    assert "'Offline: in the ''built-in'' sandbox'" in script
    assert script.count("[CompletionResult]::new('") == len(RESULT.findall(script))
    curly = emit(Command("x", flags=(Flag(("--a",), "it\u2019s"),)))
    assert "'it\u2019\u2019s'" in curly


def test_brackets_are_balanced_and_one_program_is_started() -> None:
    """Outside of strings every bracket is closed, and the only call is that of the word that was typed."""
    for tree in (BARE, TREE, ASKING):
        script = emit(tree)
        code = re.sub(r"'(?:[^']|'')*'|\"[^\"]*\"|#[^\n]*", "", script)
        for opening, closing in ("{}", "()", "[]"):
            assert code.count(opening) == code.count(closing)
        assert re.findall(r"& \$?\w+", code.replace("& $ask ", "")) == ["& $program"]
        assert "Start-Process" not in code


def test_the_program_is_asked_for_what_it_knows() -> None:
    """At the flags and arguments that have no values of their own."""
    script = emit(ASKING)
    assert block(script, "* --model").split() == ["&", "$ask", "'model'", "break"]
    assert block(script, "* -p").split() == ["&", "$ask", "'parameter'", "break"]
    assert block(script, "inference/queue/wait").splitlines()[0].strip() == "& $ask 'generation'"
    assert "& $ask" not in emit(TREE)
