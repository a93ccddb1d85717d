"""What `recover` does, step by step: lost requests, interrupted work, and what else the account has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from inference_cli.cli import quantities
from inference_cli.cli.speaking import require
from inference_cli.errors import InferenceError, UsageError, gravest

if TYPE_CHECKING:
    from inference_cli.cli.following import Watched
    from inference_cli.cli.session import Session
    from inference_cli.jobs.missing import Missing
    from inference_cli.jobs.naming import OutputSpec
    from inference_cli.jobs.past import Past
    from inference_cli.jobs.reconcile import Finding
    from inference_cli.jobs.tracked import Tracked
    from inference_cli.jobs.updates import Update

USUAL = "24h"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverFlags:
    """What was typed; the meanings stand in ``options.py``."""

    since: str = USUAL
    all: bool = False
    output: str | None = None
    forget: bool = False
    dry_run: bool = False
    yes: bool = False
    timeout: str | None = None
    no_retry: bool = False
    max_size: str = "20GB"
    allow_private_hosts: bool = False
    json: bool = False
    jq: str | None = None
    quiet: bool = False


class Recovery:
    """One run of the command.

    Args:
        session: the run.
        flags: what was typed.

    Raises:
        UsageError: the flags contradict each other, or name no moment, folder, duration or size.
        NotFoundError: the profile's server has no generations.
    """

    def __init__(self, session: "Session", flags: RecoverFlags) -> None:
        self._session, self._flags = session, flags
        session.show(json=flags.json, jq=flags.jq, quiet=flags.quiet)
        session.wire(retry=not flags.no_retry, allow_private_hosts=flags.allow_private_hosts)
        session.told_to_recover = True
        require(session, "queue.get")
        if flags.all and flags.since != USUAL:
            raise UsageError("--since and --all exclude each other")
        self._since = None
        if not flags.all:
            self._since = quantities.moment(flags.since, now=session.clock.now(), zone=session.zone)
        self._limit = quantities.seconds(flags.timeout) if flags.timeout else None
        self._size = quantities.size(flags.max_size)
        self._output = _folder(flags.output)
        self._errors: list[InferenceError] = []
        self._watched = _nothing_watched()

    def run(self) -> None:
        """Do all of it, and show what came of it.

        Raises:
            InferenceError: the gravest of what went wrong; exit 8 while something is still unknown.
        """
        from inference_cli.cli import recovered
        from inference_cli.jobs.interrupted import interrupted

        session = self._session
        session.journal.settle()
        if self._flags.dry_run:
            left = interrupted(session.journal)
            recovered.show_plan(session, left, self._missing(left.ids))
            return
        self._rescue()
        findings = self._findings()
        found = {row.generation_id for finding in findings for row in finding.rows}
        left = interrupted(session.journal, found)
        self._tell_lost()
        if left.followed:
            session.output.note(f"  another command waits for {_many(len(left.followed))}: left to it")
        self._collect(self._places(left.left))
        elsewhere = self._missing(left.ids)
        fetched = elsewhere is not None and self._wants(elsewhere)
        if elsewhere is not None and fetched:
            from inference_cli.jobs.missing import tracked

            self._collect(self._checked(tracked(elsewhere.rows, self._output)))
        rows = () if elsewhere is None or fetched else elsewhere.rows
        self._finish(findings, rows)

    @property
    def _going_on(self) -> bool:
        return self._watched.broken is None and not self._session.stop.requested

    # ------------------------------------------------------------------------------------ lost requests

    def _findings(self) -> "Sequence[Finding]":
        """Settle every request of unknown outcome, and say what came of each."""
        from inference_cli.cli import recovered
        from inference_cli.cli.choosing import chooser
        from inference_cli.jobs.doubts import open_doubts
        from inference_cli.jobs.reconcile import set_aside
        from inference_cli.jobs.recover import settle_all

        session = self._session
        count = len(open_doubts(session.journal))
        if not count:
            return ()
        session.output.note(f"  looking for {recovered.requests(count)} of unknown outcome in the server's list")
        with session.stop.listening():
            findings = settle_all(
                client=session.client,
                media=session.media,
                journal=session.journal,
                clock=session.clock,
                stop=session.stop,
                lags=session.poll_interval is None,
                choose=chooser(session),
                until=None if self._limit is None else session.clock.monotonic() + self._limit,
            )
        if self._flags.forget and not session.stop.requested:
            findings = set_aside(session.journal, findings)
        self._errors += recovered.tell(session, findings)
        if session.stop.requested:
            self._errors.append(recovered.stopped(session))
        return findings

    def _rescue(self) -> None:
        """Save what came inside an answer before its command was killed, or stopped."""
        from inference_cli.jobs.inside import rescue

        session = self._session
        updates = rescue(
            client=session.client,
            media=session.media,
            journal=session.journal,
            clock=session.clock,
            stop=session.stop,
        )
        self._watch(updates)

    def _tell_lost(self) -> None:
        from inference_cli.cli import recovered
        from inference_cli.jobs.interrupted import lost_inside

        self._errors += [recovered.lost(prompt) for prompt in lost_inside(self._session.journal)]

    # --------------------------------------------------------------------------------------- fetching

    def _places(self, kept: "Sequence[object]") -> "tuple[Tracked, ...]":
        from inference_cli.jobs.tracked import tracked_from_journal

        ids = [str(getattr(one, "id", "")) for one in kept]
        return self._checked(tracked_from_journal(self._session.journal, ids, self._output))

    def _checked(self, tracked: "Sequence[Tracked]") -> "tuple[Tracked, ...]":
        """Files whose folder is gone, or which were to go to standard output, come into the working folder."""
        from inference_cli.jobs.naming import OutputSpec

        found = []
        for one in tracked:
            spec, (folder, _) = one.place.spec, one.place.name("")
            if spec.stdout or not folder.is_dir():
                if not spec.stdout:
                    self._session.output.note(f"  the folder {folder} is gone: what was to go there comes here")
                one = replace(one, place=replace(one.place, spec=OutputSpec()))  # noqa: PLW2901 - the same, elsewhere
            found.append(one)
        return tuple(found)

    def _collect(self, tracked: "Sequence[Tracked]") -> None:
        """Wait for generations and download them."""
        from inference_cli.jobs.collect import collect

        session = self._session
        if not tracked or not self._going_on:
            return
        updates = collect(
            tracked,
            client=session.client,
            media=session.media,
            journal=session.journal,
            clock=session.clock,
            stop=session.stop,
            timeout=self._limit,
            stdout=None,
            max_size=self._size,
            fixed_interval=session.poll_interval,
        )
        self._watch(updates)

    def _watch(self, updates: "Iterable[Update]") -> None:
        """What is seen joins what was seen before; of two updates about one file the later one stands."""
        from inference_cli.cli.following import watch

        watched = watch(self._session, updates)
        paths = {update.result.path for update in watched.last.values() if update.result and update.result.path}
        last = self._watched.last
        kept = {key: one for key, one in last.items() if one.result is None or one.result.path not in paths}
        self._watched.last = kept | watched.last
        self._watched.broken = watched.broken

    # ------------------------------------------------------------------------------------- the account

    def _missing(self, known: "Sequence[str]") -> "Missing | None":
        """What the account has and this disk has not; in 2026-04 nobody can tell, which is said."""
        from inference_cli.cli.recalling import sources
        from inference_cli.jobs.missing import missing

        session = self._session
        if not session.client.dialect.has_history:
            session.output.note(
                f"  the {session.client.dialect.name} API forgets what has ended: what else the account has, and what"
                " became of a generation that left the queue, cannot be known here. Look into your account on the web"
            )
            return None
        if not self._going_on:
            return None
        return missing(sources(session), since=self._since, known=known)

    def _wants(self, found: "Missing") -> bool:
        """Whether what else the account has is to be downloaded: a person is asked, a script says so in advance."""
        from inference_cli.cli import recovered

        if not found.rows:
            return False
        asked_for = self._flags.yes or (
            not self._session.output.can_ask and (self._flags.all or bool(self._output.target))
        )
        return asked_for or recovered.agreed(self._session, found.rows)

    def _finish(self, findings: "Sequence[Finding]", rows: "Sequence[Past]") -> None:
        from inference_cli.cli import recovered

        session = self._session
        failures = [*self._errors, *([self._watched.failure] if self._watched.failure else [])]
        worst = gravest(failures) if failures else None
        recovered.show(session, findings, self._watched, rows, worst)
        if worst is not None:
            raise worst


def _many(count: int) -> str:
    return "1 generation" if count == 1 else f"{count} generations"


def _folder(text: str | None) -> "OutputSpec":
    """``-o DIR``: a folder that is there, with a slash at its end."""
    from inference_cli.jobs.naming import OutputSpec
    from inference_cli.jobs.target import prepare

    if text is None:
        return OutputSpec()
    if text == "-" or "{" in text:
        raise UsageError("-o names a folder here: there may be several files")
    return prepare(OutputSpec(text if text.endswith("/") else text + "/"))


def _nothing_watched() -> "Watched":
    from inference_cli.cli.following import Watched

    return Watched()
