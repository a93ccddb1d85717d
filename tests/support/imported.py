"""What commands load, found out in one process that forks for each of them: starting each anew would take a minute.

A command is forked from a process that has loaded only what it may load anyway: nothing (``bare``), typer, or typer and
the sandbox with its client. What another loads has to show, so that none is forked from more than it may have.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

Stage = Literal["bare", "typer", "sandbox"]
STAGES: tuple[Stage, ...] = ("bare", "typer", "sandbox")

_PROGRAM = """
import os, sys

def run(arguments):
    reading, writing = os.pipe()
    if not os.fork():
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        from inference_cli.__main__ import main
        code = 0
        try:
            main(arguments)
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        names = dict(sys.modules)
        if "inference_cli.deferred" in names:
            waiting = names["inference_cli.deferred"].is_deferred
            names = [name for name, module in names.items() if not waiting(module)]
        with open(writing, "w") as told:
            told.write(repr((code, list(names))))
            told.flush()
            os._exit(0)
    os.close(writing)
    with open(reading) as told:
        found = told.read()
    os.wait()
    return eval(found)

nowhere = os.open(os.devnull, os.O_RDWR)
asked, found = eval(sys.stdin.read()), []
for stage, lines in asked:
    if stage != "bare":
        from inference_cli import collection, deferred
        collection.hold()
        deferred.defer()
        import inference_cli.cli
    if stage == "sandbox":
        import inference_cli.api.client, inference_cli.sandbox.app, inference_cli.sandbox.transport
    found.append([run(line) for line in lines])
print(found)
"""


def imported(
    lines: Mapping[Stage, Sequence[Sequence[str]]], *, env: Mapping[str, str], cwd: Path
) -> dict[Stage, list[tuple[int, set[str]]]]:
    """The exit code of each command line, and the modules that are loaded at its end; those put off are not.

    Args:
        lines: by what they are forked from; run in the order of the stages.
        env: the environment, as of a shell.
        cwd: the working folder.
    """
    stages = [stage for stage in STAGES if stage in lines]
    asked = repr([(stage, [list(line) for line in lines[stage]]) for stage in stages])
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], input=asked, capture_output=True, text=True, check=True, env={**kept, **env}, cwd=cwd
    )  # fmt: skip
    found = ast.literal_eval(done.stdout)
    return {
        stage: [(code, set(names)) for code, names in answers] for stage, answers in zip(stages, found, strict=True)
    }
