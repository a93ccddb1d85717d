"""100,000 generations and 10,000 conversations against an empty profile: what a person asks for every day."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.programs import Program
from tests.benchmarks.rows import Row, Target, Unit
from tests.benchmarks.sides import Side

_SEEDING = Path(__file__).parents[1] / "seeding.py"
_COMMANDS = {
    "queue list": ("queue", "list", "--local"),
    "history": ("history", "list", "--local"),
    "spend": ("history", "spend", "--local"),
    "logs list": ("logs", "list"),
    "logs search": ("logs", "search", "copper garden"),
    "TAB, a generation": ("__complete", "generation", "words", "queue", "show", ""),
    "TAB, a conversation": ("__complete", "conversation", "words", "chat", "--cid", ""),
}


def growth(bench: Bench) -> Iterator[Row]:
    """Processor time with a full profile, against an empty one and one whose rows just fill a page."""
    generations, conversations = bench.size(100_000, 2000), bench.size(10_000, 200)
    for name, program in bench.programs.items():
        full = seeded(program, generations, conversations)
        sides = {name: full, "empty": seeded(program, 0, 0), "50 rows": seeded(program, 50, 50)}
        for command, arguments in _COMMANDS.items():
            scenario = f"{generations:,} / {conversations:,}: {command}"
            racing = {key: Side(one.command(*arguments)) for key, one in sides.items()}
            results = bench.race(scenario, racing)
            yield from bench.row(
                scenario, "processor", Unit.SECONDS, lambda result: result.cpu, results, target=Target(1.5)
            )


def seeded(program: Program, generations: int, conversations: int) -> Program:
    """The same version in a home with so much in it.

    Raises:
        subprocess.CalledProcessError: it cannot be filled.
    """
    home = program.home.with_name(f"{program.home.name}-{generations}")
    shutil.copytree(program.home, home, ignore=shutil.ignore_patterns("*.sqlite3*", ".stderr"))
    folders = {kind: str(home / kind) for kind in ("state", "data")}
    places = {f"INFERENCE_{kind.upper()}_DIR": path for kind, path in folders.items()}
    grown = Program(program.name, program.path, home, {**program.env, **places})
    origin = program.env["INFERENCE_BASE_URL"].removesuffix("/api")
    subprocess.run(
        [program.python, str(_SEEDING), origin, *folders.values(), str(generations), str(conversations)],
        env=grown.environment,
        check=True,
    )
    return grown
