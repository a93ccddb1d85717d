"""A person says which generations are a request's own, where nobody else can."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inference_cli.cli.session import Session
    from inference_cli.jobs.reconcile import Finding
    from inference_cli.jobs.retrieve import Choose

_TIMES = 3  # that an answer may be wrong


def chooser(session: "Session") -> "Choose":
    """What shows the generations in question on a terminal and asks; in a pipe nobody answers."""

    def choose(finding: "Finding") -> Sequence[str] | None:
        return _asked(session, finding) if session.output.can_ask else None

    return choose


def _asked(session: "Session", finding: "Finding") -> Sequence[str] | None:
    from inference_cli.terminal.safe import line
    from inference_cli.terminal.tables import Column, drawn

    output, doubt = session.output, finding.doubt
    ids = [row.generation_id for row in finding.doubtful]
    wanted = doubt.count - doubt.known - len(finding.rows)
    many = f"{wanted} generations" if wanted > 1 else "one generation"
    output.say(output.paint(line(f"  More could be its own than the {many} that it asked for:"), "dim"))
    columns = [Column("no."), Column("id"), Column("state", state=True), Column("age"), Column("what", shrink=True)]
    table = [
        (number, row.generation_id, row.status, _age(session, row.enqueued_at), row.prompt)
        for number, row in enumerate(finding.doubtful, start=1)
    ]
    output.say(drawn(columns, table, width=output.streams.width, color=output.color("stderr")).rstrip("\n"))
    for _ in range(_TIMES):
        answer = output.ask_text("  Which are its own (such as 1 2; none; Return leaves it open):")
        if not answer:
            return None
        if answer.lower() == "none":
            return ()
        chosen = _meant(answer, ids)
        if chosen is not None and len(chosen) <= wanted:
            return chosen
        output.say(output.paint(line(f"  At most {wanted} of the numbers 1 to {len(ids)}."), "dim"))
    return None


def _meant(answer: str, ids: Sequence[str]) -> Sequence[str] | None:
    """The ids that numbers stand for, each once; None where one stands for none."""
    words = answer.replace(",", " ").split()
    if not all(word.isascii() and word.isdigit() and 1 <= int(word) <= len(ids) for word in words):
        return None
    return list(dict.fromkeys(ids[int(word) - 1] for word in words))


def _age(session: "Session", then: float | None) -> str | None:
    from inference_cli.terminal.numbers import age_in_words

    return None if then is None else age_in_words(session.clock.now() - then)
