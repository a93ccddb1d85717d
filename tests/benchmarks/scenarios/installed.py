"""What the core of the program weighs once it is installed."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.rows import MEGA, Against, Row, Target, Unit

_WEIGH = Path(__file__).parents[1] / "weigh.py"


def installed(bench: Bench) -> Iterator[Row]:
    """Distributions, and bytes without and with bytecode."""
    weights = {
        name: [
            float(number)
            for number in subprocess.run(
                [program.python, "-I", str(_WEIGH), "inference-cli"],
                check=True,
                capture_output=True,
                text=True,
            ).stdout.split()
        ]
        for name, program in bench.programs.items()
    }
    for place, (figure, unit, most, fixed) in enumerate(
        (
            ("distributions", Unit.COUNT, 24, True),
            ("without bytecode", Unit.BYTES, 35 * MEGA, True),
            ("with bytecode", Unit.BYTES, 50 * MEGA, False),  # its size is the interpreter's affair
        )
    ):
        ours = {name: weight[place] for name, weight in weights.items()}
        yield Row("installed, core", figure, unit, ours, target=Target(most, Against.ALONE), fixed=fixed)
