"""Results on their way to the disk: 500 MB by URL, 150 MB inside JSON; hashed, checked and put in place."""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.measuring import Run
from tests.benchmarks.rows import MEGA, Against, Row, Target, Unit
from tests.benchmarks.server.films import KILO, pieces
from tests.benchmarks.sides import Side

_ABOVE = 15 * MEGA  # bytes that we may use beside a bare client


def download(bench: Bench) -> Iterator[Row]:
    """A film by URL: the request for it, the download, its hash, and a look at all of its boxes."""
    kilo = bench.size(500_000, 20_000)
    size = kilo * KILO
    scenario = f"download, {kilo // 1000} MB"
    url = f"{bench.server.url}/files/{size}/film.mp4"
    check = _check(bench, size)
    sides = {
        **_ours(bench, f"film-{kilo}-0", check),
        "httpx, iter_raw": bench.floor("download_httpx", url, str(_out(bench)), check=check),
        "http.client": bench.floor("download_http_client", url, str(_out(bench)), check=check),
        **bench.others("download", size=size, out=_out(bench), check=check),
    }
    yield from _rows(bench, scenario, sides, Target(1.4))


def encoded(bench: Bench) -> Iterator[Row]:
    """A film as base64 inside a JSON document; the size is that of the document."""
    kilo = bench.size(150_000, 20_000)
    scenario = f"b64_json, {kilo // 1000} MB"
    model = f"film-{kilo * 3 // 4}-0"
    check = _check(bench, kilo * 3 // 4 * KILO // 3 * 3)
    sides = {
        **_ours(bench, model, check, "--response-format", "b64_json"),
        "httpx, decoded as it comes": bench.floor(
            "b64_httpx", f"{bench.server.url}/api", model, str(_out(bench)), check=check
        ),
    }
    yield from _rows(bench, scenario, sides, Target(1.3))


def _ours(bench: Bench, model: str, check: Callable[[Run], str | None], *more: str) -> dict[str, Side]:
    return bench.ours("video", "waves", "-m", model, "--sync", "--yes", "-o", str(_out(bench)), *more, check=check)


def _rows(bench: Bench, scenario: str, sides: Mapping[str, Side], target: Target) -> Iterator[Row]:
    clean = {name: replace(side, before=lambda: _remove(_out(bench))) for name, side in sides.items()}
    results = bench.race(scenario, clean, runs=min(bench.runs, 3), warm=False)
    _remove(_out(bench))
    yield from bench.row(scenario, "processor", Unit.SECONDS, lambda result: result.cpu, results, target=target)
    above = Target(_ABOVE if not bench.short else 2 * _ABOVE, Against.ABOVE)
    yield from bench.row(
        scenario, "peak memory", Unit.BYTES, lambda result: result.peak, results, target=above, fixed=bench.short
    )


def _out(bench: Bench) -> Path:
    return bench.home / "out.mp4"


def _check(bench: Bench, size: int) -> Callable[[Run], str | None]:
    """That what was fetched is there, whole."""
    digest = hashlib.sha256()
    for piece in pieces(size):
        digest.update(piece)

    def check(_: Run) -> str | None:
        found = [path for path in (_out(bench), *_out(bench).rglob("*.bin")) if path.is_file()]
        if not found:
            return "there is no file"
        with found[0].open("rb") as file:
            whole = hashlib.file_digest(file, "sha256").digest() == digest.digest()
        return None if whole else "the file is not what was sent"

    return check


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
