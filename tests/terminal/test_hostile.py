"""`terminal/safe.py` is the only way from outside text to a terminal: at every split, and by the structure of the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import inference_cli
from inference_cli.clock import ManualClock
from inference_cli.terminal.output import Output
from inference_cli.terminal.thoughts import Thoughts
from inference_cli.terminal.transcript import Transcript, show
from tests.support.hostile import ATTACK, CORPUS, in_markdown
from tests.support.invariants import controls
from tests.support.screens import Recorded

PACKAGE = Path(inference_cli.__file__).parent
TERMINAL = {"TERM": "xterm-256color", "COLUMNS": "60", "LINES": "24"}


def written(*pieces: str, color: str = "auto") -> bytes:
    """What a terminal gets of an answer in pieces, each drawn as it comes, and of the same as reasoning."""
    streams = Recorded(terminals=("stdin", "stdout", "stderr"), env=TERMINAL)
    output, clock = Output(streams, color=color), ManualClock()
    with Transcript(output, clock, automatic=False) as transcript:
        for piece in pieces:
            transcript.feed(piece)
            clock.sleep(1)
            transcript.tick()
    with Thoughts(output) as thoughts:
        for piece in pieces:
            thoughts.feed(piece)
    return streams.bytes_out.getvalue() + streams.bytes_err.getvalue()


@pytest.mark.unmeasured
@pytest.mark.parametrize("color", ["auto", "never"])
def test_G01_every_split_of_the_corpus(color: str) -> None:
    """Cut in two at every place, no part of any sequence is obeyed."""
    for place in range(len(ATTACK) + 1):
        assert controls(written(ATTACK[:place], ATTACK[place:], color=color)) == []


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", CORPUS)
def test_G01_character_by_character_in_markdown(name: str) -> None:
    """In headings, emphasis, code, tables, links, lists and quotes, each drawn while it is half there."""
    text = in_markdown(CORPUS[name])
    assert controls(written(*text)) == []
    streams = Recorded(terminals=("stdout",), env=TERMINAL)
    show(Output(streams), text)
    assert controls(streams.bytes_out.getvalue()) == []


def test_the_check_itself_can_fail() -> None:
    """Of the corpus nothing may arrive, and all of it is found where it does."""
    harmless = {"markup", "selectors", "halves"}
    missed = [name for name, text in CORPUS.items() if not controls(text.encode("utf-8", "replace"))]
    assert set(missed) == harmless


SINKS = {"write_stdout", "write_stderr"}
HOMES = {"terminal/output.py", "terminal/transcript.py", "terminal/thoughts.py",
         "terminal/piped.py", "terminal/live.py", "terminal/line.py", "terminal/plain.py"}  # fmt: skip
"""Modules that write to a stream: all mask, or write what somebody typed, but ``piped`` and ``Output.raw``."""

RAW = {
    "terminal/comparison.py": 4,  # lines whose every text went through block or line
    "cli/generation.py": 1,  # code, made of what was typed
    "cli/trying.py": 1,
    "cli/log_page.py": 2,  # only where stdout is no terminal
    "cli/log_export.py": 1,
    "cli/delivering.py": 1,
    "cli/completion.py": 2,  # scripts of this program
    "cli/talk/keeping.py": 1,  # the clipboard, in base64, because the user said /copy
}
"""How often a module hands bytes to ``Output.raw``, which masks nothing; each place was looked at."""

SAFE = {"line", "block", "drawn", "paint", "painted", "usage_line", "head_line", "facts_line", "_name", "_cut"}
"""Functions whose text is safe for ``Output.say``: they mask what they are given, or are given what is masked."""


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a method of that name, with the module that it stands in."""
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if f".{name}(" in text else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
                yield path.relative_to(PACKAGE).as_posix(), node


def test_only_the_terminal_writes_to_streams() -> None:
    """A new place that writes has to be looked at, and named here."""
    assert {module for name in SINKS for module, _ in calls(name)} == HOMES


def test_who_writes_unmasked_bytes_is_known() -> None:
    """A new use of ``Output.raw`` as well."""
    counted: dict[str, int] = {}
    for module, call in calls("raw"):
        if call.args:
            counted[module] = counted.get(module, 0) + 1
    assert counted == RAW


def test_what_is_said_was_masked() -> None:
    """Each part of what ``Output.say`` is given is a constant, or comes out of one of the functions that mask."""
    wrong = [
        f"{module}:{call.lineno}: {ast.unparse(call)}"
        for module, call in calls("say")
        if not module.startswith(("terminal/", "conversation/tools/")) and not all(map(_masked, _parts(call)))
    ]
    assert wrong == []


def _parts(call: ast.Call) -> Iterator[ast.expr]:
    owner = ast.unparse(call.func)
    if not owner.endswith("output.say"):
        return
    for argument in call.args:
        values = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
        yield from (one.value if isinstance(one, ast.FormattedValue) else one for one in values)


def _masked(part: ast.expr) -> bool:
    if isinstance(part, ast.Constant):
        return True
    if not isinstance(part, ast.Call):
        return False
    name = part.func.attr if isinstance(part.func, ast.Attribute) else getattr(part.func, "id", "")
    if name == "rstrip" and isinstance(part.func, ast.Attribute):
        return _masked(part.func.value)
    if name not in SAFE:
        return False
    inner = part.args[0] if name in {"paint", "painted"} and part.args else None
    parts = inner.values if isinstance(inner, ast.JoinedStr) else [inner] if inner is not None else []
    return all(_masked(one.value if isinstance(one, ast.FormattedValue) else one) for one in parts)
