"""Modules that are loaded when something of theirs is used."""

import importlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from inference_cli.deferred import MODULES, defer, is_deferred

Make = Callable[[str, str], ModuleType]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Writes a module that can be imported, and defers it."""
    before = set(sys.modules)
    sys.path.insert(0, str(tmp_path))

    def made(name: str, source: str) -> ModuleType:
        (tmp_path / f"{name}.py").write_text(source)
        importlib.invalidate_caches()
        defer({name: ""})
        return importlib.import_module(name)

    yield made
    sys.path.remove(str(tmp_path))
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_an_import_is_no_use(make: Make) -> None:
    """Nor is a second one; a look is, and then it is the module that everybody has, a plain one."""
    module = make("deferred_a", "import sys\nanswer = 42\nname = sys.modules[__name__].__name__")
    assert importlib.import_module("deferred_a") is module
    found: dict[str, ModuleType] = {}
    exec("import deferred_a as again", found)  # noqa: S102 - the statement, not the function
    assert found["again"] is module
    assert is_deferred(module)

    assert module.answer == 42

    assert not is_deferred(module)
    assert type(module) is ModuleType
    assert (module.name, sys.modules["deferred_a"]) == ("deferred_a", module)


def test_what_is_set_in_it_stays(make: Make) -> None:
    """Its own statements come first; the same for what is taken out of it."""
    module: Any = make("deferred_b", "answer = 42")
    module.answer = 43
    assert module.answer == 43

    other: Any = make("deferred_c", "answer = 42")
    del other.answer
    assert not hasattr(other, "answer")


def test_one_that_fails_fails_for_everybody_who_looks(make: Make, tmp_path: Path) -> None:
    """Until it can be loaded."""
    module = make("deferred_d", "import not_there_at_all")
    for _ in range(2):
        with pytest.raises(ModuleNotFoundError, match="not_there_at_all"):
            module.answer  # noqa: B018 - looking is the point
    (tmp_path / "not_there_at_all.py").touch()
    importlib.invalidate_caches()
    assert module.not_there_at_all.__name__ == "not_there_at_all"


def test_no_thread_sees_half_of_it(make: Make) -> None:
    """Whoever looks while another loads it, waits."""
    make("deferred_gate", "import threading\nbegun, go = threading.Event(), threading.Event()")
    gate = importlib.import_module("deferred_gate")
    module = make(
        "deferred_e", "import deferred_gate\nhalf = 1\ndeferred_gate.begun.set()\ndeferred_gate.go.wait(30)\nwhole = 2"
    )
    seen: list[tuple[int, int]] = []
    threads = [threading.Thread(target=lambda: seen.append((module.half, module.whole))) for _ in range(2)]

    threads[0].start()
    assert gate.begun.wait(30)
    threads[1].start()
    assert seen == []
    gate.go.set()
    for thread in threads:
        thread.join()

    assert seen == [(1, 2), (1, 2)]


def test_what_cannot_do_its_work_is_missed_at_once(make: Make) -> None:
    """Programs ask by importing it, so that such a one is not put off."""
    make("deferred_f", "import not_there_at_all")
    del sys.modules["deferred_f"]

    defer({"deferred_f": "not_there_at_all"})

    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("deferred_f")


def test_one_that_is_nowhere_is_missed_when_it_is_used() -> None:
    """Only names that are there belong into the table."""
    defer({"deferred_g": ""})
    module = importlib.import_module("deferred_g")
    del sys.modules["deferred_g"]

    with pytest.raises(ModuleNotFoundError, match="deferred_g"):
        module.answer  # noqa: B018 - looking is the point


def test_the_standard_modules_are_what_they_are_without() -> None:
    """Of this Python: names and kinds of everything in them; one that was loaded before is left alone."""
    script = (
        "import sys\n"
        "from importlib import import_module\n"
        "from inference_cli.deferred import MODULES, defer, is_deferred\n"
        "if sys.argv[1]: import textwrap; defer(); defer()\n"
        "for name in MODULES: import_module(name)\n"
        "print({name for name in MODULES if is_deferred(sys.modules[name])} == (set(MODULES) - {'textwrap'}), file=sys.stderr)\n"
        "for name in MODULES: print(name, sorted((key, type(value).__name__) for key, value in vars(sys.modules[name]).items()))\n"
    )
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}  # it imports some
    deferred, plain = (
        subprocess.run([sys.executable, "-c", script, way], capture_output=True, text=True, check=True, env=env)
        for way in ("x", "")
    )

    assert (deferred.stderr, plain.stderr) == ("True\n", "False\n")
    assert deferred.stdout == plain.stdout
    assert len(deferred.stdout.splitlines()) == len(MODULES)
