"""What `recover` shows: what became of lost requests, what else the account has, and all of it as JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inference_cli.errors import GenerationError, InferenceError, Interrupted, UnknownOutcomeError

if TYPE_CHECKING:
    from inference_cli.cli.following import Watched
    from inference_cli.cli.session import Session
    from inference_cli.jobs.doubts import Doubt
    from inference_cli.jobs.interrupted import Interrupted as Left
    from inference_cli.jobs.missing import Missing
    from inference_cli.jobs.past import Past
    from inference_cli.jobs.reconcile import Finding
    from inference_cli.terminal.tables import Column

_LONGEST = 48  # columns of a prompt in a sentence


def requests(count: int) -> str:
    """``1 request``, ``2 requests``."""
    return "1 request" if count == 1 else f"{count} requests"


def tell(session: "Session", findings: "Sequence[Finding]") -> list[InferenceError]:
    """Say what became of each request; the errors of those that are still unknown."""
    from inference_cli.jobs.reconcile import Verdict

    open_ones = []
    for finding in findings:
        if not finding.verdict.settled:
            open_ones.append(finding)
        elif finding.verdict is Verdict.UNKNOWABLE:
            session.output.warn(f"{_name(session, finding.doubt)}: {_settled(finding)}")
        else:
            session.output.note(f"  {_name(session, finding.doubt)}: {_settled(finding)}")
    return [_still_unknown(session, open_ones)] if open_ones else []


def _settled(finding: "Finding") -> str:
    from inference_cli.jobs.naming import short
    from inference_cli.jobs.reconcile import Verdict
    from inference_cli.jobs.retrieve import ask_again

    ids = ", ".join(short(row.generation_id) for row in finding.rows)
    if finding.verdict is Verdict.FOUND:
        return f"it was accepted, as {ids}"
    if finding.verdict is Verdict.FEWER:
        known = finding.doubt.known + len(finding.rows)
        return f"{known} of {finding.doubt.count} were accepted; the others are not in the server's list"
    if finding.verdict is Verdict.UNKNOWABLE:
        return "it may have been accepted (and billed), and is not looked for any more: see your account on the web"
    again = ask_again(finding.doubt.command)
    return f"it is not in the server's list: presumed not sent, and not billed. {again}"


def _still_unknown(session: "Session", findings: "Sequence[Finding]") -> UnknownOutcomeError:
    details = [f"{_name(session, finding.doubt)}: {line}" for finding in findings for line in _why(finding)]
    return UnknownOutcomeError(
        f"{requests(len(findings))} still {'has' if len(findings) == 1 else 'have'} an unknown outcome",
        details=details,
        hint="Nothing was sent again.  Look once more later:  inference recover"
        "\nSet it aside, unsettled:  inference recover --forget",
        generation_ids=[row.generation_id for finding in findings for row in finding.doubtful],
    )


def _why(finding: "Finding") -> list[str]:
    from inference_cli.jobs.reconcile import Verdict
    from inference_cli.jobs.retrieve import in_words, why_not

    if finding.trouble is not None:
        return [f"the server could not be asked: {finding.trouble}"]
    if finding.verdict is Verdict.AMBIGUOUS:
        return ["these could be its own, and nobody can tell", *map(in_words, finding.doubtful)]
    if finding.verdict is Verdict.SOME:
        known = finding.doubt.known + len(finding.rows)
        return [f"{known} of {finding.doubt.count} were found; of the rest nothing is known"]
    doubt = finding.doubt
    what = f"{doubt.direct} of {doubt.count} came inside its answer; the rest" if doubt.direct else "it"
    return [f"{what} is not in the server's list, {why_not(finding)}"]


def _name(session: "Session", doubt: "Doubt") -> str:
    from inference_cli.terminal.numbers import age_in_words
    from inference_cli.terminal.safe import line
    from inference_cli.terminal.widths import beginning

    prompt = beginning(line(doubt.prompt or "no prompt"), _LONGEST)
    return f"“{prompt}” to {doubt.model}, sent {age_in_words(session.clock.now() - doubt.created)} ago"


def stopped(session: "Session") -> Interrupted:
    """The error of a command that a signal ended while it was looking."""
    return Interrupted("stopped; nothing was sent", signum=session.stop.signum, hint="Go on later:  inference recover")


def lost(prompt: str) -> GenerationError:
    """The error of a result that was inside an answer, and that nobody has any more (fault C30)."""
    return GenerationError(
        f"the result of “{prompt}” came inside the answer, and the program was killed before it was saved",
        details=["It was made, and probably charged."],
        hint="Look for the result in your account on the web",
    )


def agreed(session: "Session", rows: "Sequence[Past]") -> bool:
    """Show what else the account has, and ask whether it is to be downloaded; in a pipe say how."""
    count = len(rows)
    many = f"{count} generations are" if count > 1 else "1 generation is"
    them = "them" if count > 1 else "it"
    if not session.output.can_ask or session.output.wants_document:
        session.output.note(f"  {many} in the account and not on this disk. Fetch {them}:  inference recover --yes")
        return False
    session.output.note(f"  {many} in the account and not on this disk:")
    _table(session, [_cells(session, past) for past in rows], _columns())
    return session.output.ask(f"Download {them}?")


def show_plan(session: "Session", left: "Left", found: "Missing | None") -> None:
    """What would be done: a row for each request and generation."""
    from inference_cli.jobs.doubts import open_doubts
    from inference_cli.jobs.past import Past
    from inference_cli.terminal.tables import Column

    doubts = open_doubts(session.journal)
    pasts = [("collect", Past.of_journal(kept)) for kept in left.left]
    pasts += [("download", past) for past in (found.rows if found else ())]
    if session.output.wants_document:
        from inference_cli.terminal.recovery import recover_document

        session.output.document(recover_document(doubts=doubts, missing=[past for _, past in pasts]))
        return
    now = session.clock.now()
    rows: list[tuple[object, ...]] = [
        ("find out", None, doubt.model, doubt.state, _age(now, doubt.created), doubt.prompt) for doubt in doubts
    ]
    rows += [(deed, *_cells(session, past)) for deed, past in pasts]
    if rows:
        _table(session, rows, [Column("to do"), *_columns()])
    session.output.note("  Nothing was done." if rows else "  Nothing waits to be recovered.")


def show(
    session: "Session",
    findings: "Sequence[Finding]",
    watched: "Watched",
    rows: "Sequence[Past]",
    error: InferenceError | None,
) -> None:
    """The files, or everything as one document."""
    from inference_cli.terminal.lines import facts_line

    if error is not None:
        session.addressed(error)
    if session.output.wants_document:
        from inference_cli.terminal.recovery import recover_document

        document = recover_document(findings=findings, results=watched.results, missing=rows, error=error)
        session.output.document(document)
        return
    for result in watched.results:
        if result.path is not None:
            session.output.result(result.path)
            session.output.note(f"  {facts_line(result)}")
    if not (findings or watched.last or rows or error):
        session.output.note("  Nothing waits to be recovered.")


def _columns() -> "list[Column]":
    from inference_cli.terminal.tables import Column

    return [Column("id"), Column("model"), Column("state", state=True), Column("age"), Column("what", shrink=True)]


def _cells(session: "Session", past: "Past") -> tuple[object, ...]:
    from inference_cli.jobs.naming import short

    identity = short(past.id) if session.world.streams.stdout_is_terminal else past.id
    return (identity, past.model, past.status, _age(session.clock.now(), past.at), past.prompt)


def _age(now: float, then: float | None) -> str | None:
    from inference_cli.terminal.numbers import age_in_words

    return None if then is None else age_in_words(now - then)


def _table(session: "Session", rows: "Sequence[Sequence[object]]", columns: "Sequence[Column]") -> None:
    session.output.table(columns, rows)
