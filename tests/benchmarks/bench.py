"""What every scenario works with: the versions, the floors, the peers, the server, and how much is asked for."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.measuring import Command
from tests.benchmarks.peers import Peer, filled
from tests.benchmarks.programs import Program, environment
from tests.benchmarks.rows import Failure, Row, Target, Unit
from tests.benchmarks.server.client import Server
from tests.benchmarks.sides import Check, Result, Side, race

_FLOORS = Path(__file__).with_name("floors")
_Figure = Callable[[Result], float]


@dataclass(slots=True)
class Bench:
    """A whole run.

    ``python`` is the interpreter of the floors; ``runs`` is how often each side runs where no scenario needs less;
    ``short`` asks for small sizes and one run.
    """

    programs: Mapping[str, Program]
    peers: Mapping[str, Peer]
    server: Server
    folder: Path
    python: str = sys.executable
    runs: int = 7
    short: bool = False
    failures: list[Failure] = field(default_factory=list)

    @property
    def home(self) -> Path:
        """The home of floors and peers."""
        return self.folder / "elsewhere"

    def size(self, whole: int, short: int) -> int:
        """How much of something."""
        return short if self.short else whole

    # -------------------------------------------------------------------------------------------- sides

    def ours(self, *arguments: str, terminal: bool = False, check: Check = lambda _: None) -> dict[str, Side]:
        """The same command of every version."""
        return {
            name: Side(program.command(*arguments, terminal=terminal), check=check)
            for name, program in self.programs.items()
        }

    def floor(self, script: str, *arguments: str, terminal: bool = False, check: Check = lambda _: None) -> Side:
        """One of the scripts of ``floors``."""
        argv = [self.python, str(_FLOORS / f"{script}.py"), *arguments]
        return Side(Command(argv, environment(self.home), self.home, terminal=terminal), check=check)

    def code(self, text: str) -> Side:
        """A line of Python."""
        return Side(Command([self.python, "-c", text], environment(self.home), self.home))

    def others(
        self, kind: str, *, terminal: bool = False, check: Check = lambda _: None, **places: object
    ) -> dict[str, Side]:
        """Every peer that has a command for this."""
        everything = {"url": self.server.url, "home": self.home, "out": self.home / "out", **places}
        return {
            name: Side(
                Command(
                    peer.argv(kind, **everything),
                    {**environment(self.home), **{key: filled(text, **everything) for key, text in peer.env.items()}},
                    self.home,
                    terminal=terminal,
                ),
                check=check,
                any_code=peer.any_code,
                peer=True,
            )
            for name, peer in self.peers.items()
            if kind in peer.commands and peer.path is not None
        }

    # ------------------------------------------------------------------------------------------ figures

    def race(
        self, scenario: str, sides: Mapping[str, Side], *, runs: int | None = None, warm: bool = True
    ) -> dict[str, Result]:
        """Run the sides in turn; who fails is told at the end, and missing here."""
        times = 1 if self.short else (runs or self.runs)
        results, failures = race(scenario, sides, runs=times, warm=warm, seen=self.server.seen)
        self.failures += failures
        return results

    def row(
        self,
        scenario: str,
        figure: str,
        unit: Unit,
        value: _Figure,
        results: Mapping[str, Result],
        *,
        target: Target | None = None,
        fixed: bool = False,
    ) -> Iterator[Row]:
        """A figure of all sides that were run; none where no version was."""
        figures = {name: value(result) for name, result in results.items()}
        ours = {name: figures[name] for name in self.programs if name in figures}
        peers = {name: figures[name] for name in self.peers if name in figures}
        floors = {name: figure for name, figure in figures.items() if name not in ours and name not in peers}
        if ours:
            yield Row(scenario, figure, unit, ours, floors, peers, target, fixed)


def settle_peers(bench: Bench) -> None:
    """Write the files that peers want to find at home."""
    bench.home.mkdir(parents=True, exist_ok=True)
    for peer in bench.peers.values():
        for name, text in peer.files.items():
            path = bench.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(filled(text, url=bench.server.url, home=bench.home), encoding="utf-8")
