"""Every request of unknown outcome of one origin, settled: the first thing that `recover` does."""

from dataclasses import replace
from typing import TYPE_CHECKING

from inference_cli.clock import Clock
from inference_cli.jobs.bench import Bench
from inference_cli.jobs.crew import WORKERS, Crew
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.reconcile import PAUSES, Finding, Verdict, claim, reconcile
from inference_cli.jobs.stop import Stop

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.api.media import MediaClient
    from inference_cli.jobs.retrieve import Choose


def settle_all(
    *,
    client: "Client",
    media: "MediaClient",
    journal: Journal,
    clock: Clock,
    stop: Stop,
    lags: bool,
    choose: "Choose",
    until: float | None = None,
    workers: int = WORKERS,
) -> tuple[Finding, ...]:
    """Find out what became of every request of unknown outcome.

    Args:
        client: of either generation of the API.
        media: for results.
        journal: what this machine knows.
        clock: time, real or not.
        stop: what a signal sets; it ends the looking.
        lags: whether the server's list may be late.
        choose: asks a person, where more could be a request's own than it asked for.
        until: the monotonic second at which to give up.
        workers: 0 does everything in this thread, for tests.

    Returns:
        A finding for each, the oldest first.

    Raises:
        LocalError: the journal cannot be read or written.
    """
    with Crew(clock=clock, stop=stop, workers=workers) as crew:
        bench = Bench(client, media, journal, clock, stop, crew, None, 0, lambda: 0.5)
        findings = reconcile(bench, pauses=PAUSES if lags else (), until=until)
    decided: list[Finding] = []
    taken: set[str] = set()
    for one in findings:
        finding = replace(one, doubtful=tuple(row for row in one.doubtful if row.generation_id not in taken))
        if finding.verdict is Verdict.AMBIGUOUS and finding.doubtful and not stop.requested:
            with stop.breakable():
                ids = choose(finding)
            finding = finding if ids is None else claim(journal, finding, ids)
        taken |= {row.generation_id for row in finding.rows}
        decided.append(finding)
    return tuple(decided)
