"""A film that goes into four requests as a data URL: read, encoded, sent four times at once."""

from collections.abc import Iterator
from dataclasses import replace

from tests.benchmarks.bench import Bench
from tests.benchmarks.measuring import Run
from tests.benchmarks.rows import Row, Target, Unit
from tests.benchmarks.server.films import KILO, pieces

_COUNT = 4
_MODEL = "film-100-0"


def upload(bench: Bench) -> Iterator[Row]:
    """Four generations from one film; the floor sends what ``httpx`` makes of it, one after the other."""
    mega = bench.size(60, 20)
    film = bench.home / "in.mp4"
    with film.open("wb") as file:
        file.writelines(pieces(mega * KILO * KILO))
    out = bench.home / "made"

    def clean() -> None:
        for path in out.glob("*"):
            path.unlink()

    def check(_: Run) -> str | None:
        found = len(list(out.glob("*.mp4")))
        return None if found == _COUNT else f"{found} of {_COUNT} films are there"

    out.mkdir()
    order = ("video", "waves", "-m", _MODEL, "-n", str(_COUNT), "--sync", "--yes", "--no-validate")
    sides = {
        **bench.ours(*order, "-p", f"video=@{film}", "-o", f"{out}/", check=check),
        "httpx": bench.floor("upload_httpx", f"{bench.server.url}/api", _MODEL, str(film), str(_COUNT)),
    }
    scenario = f"upload, {mega} MB, {_COUNT} x"
    results = bench.race(
        scenario,
        {name: replace(side, before=clean) for name, side in sides.items()},
        runs=min(bench.runs, 3),
        warm=False,
    )
    yield from bench.row(scenario, "processor", Unit.SECONDS, lambda one: one.cpu, results, target=Target(1.0))
    yield from bench.row(
        scenario, "peak memory", Unit.BYTES, lambda one: one.peak, results, target=Target(0.5), fixed=True
    )
    clean()
    out.rmdir()
    film.unlink()
