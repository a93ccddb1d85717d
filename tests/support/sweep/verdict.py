"""What must hold after a command was killed or failed somewhere, and what must be left to do for the next one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.command import Finished, User
from tests.support.host import Asked
from tests.support.invariants import EXITS, rows
from tests.support.sweep.ground import Ground, Scene, is_whole

KILLED = 137
_NOTHING_ACCEPTED = {2, 3, 5, 6, 7}  # exit codes that invite to pay again
_UNSETTLED = {"sending", "unknown"}
_LINES = 20


@dataclass(frozen=True, slots=True)
class Journal:
    """What the journal in a home knows: states of requests, and of each generation its state, path and link."""

    intents: tuple[str, ...]
    generations: dict[str, tuple[str, str | None, str | None]]
    sound: bool

    @property
    def unsettled(self) -> bool:
        """Whether nobody knows what became of a request."""
        return any(state in _UNSETTLED for state in self.intents)

    @classmethod
    def of(cls, home: Path) -> "Journal":
        """Read every journal below a home; opening one finishes what a killed process left in its log."""
        files = list(home.rglob("journal*.sqlite3"))
        intents = [str(state) for file in files for (state,) in rows(file, "SELECT state FROM intents")]
        found = [row for file in files for row in rows(file, "SELECT id, state, path, url FROM generations")]
        sound = all(rows(file, "PRAGMA integrity_check") == [("ok",)] for file in files if file.stat().st_size)
        return cls(tuple(intents), {str(row[0]): row[1:] for row in found}, sound)  # type: ignore[misc] # of columns of text


def findings(scene: Scene, done: Finished, user: User, ground: Ground) -> Iterator[str]:
    """What is wrong right after the command; nothing when all is well."""
    journal, paid = Journal.of(user.home), paid_requests(ground)
    yield from spoken(done)
    if len(paid) > scene.posts:
        yield f"{len(paid)} paid requests for {scene.posts}"
    if not journal.sound:
        yield "the journal is damaged"
    yield from torn(user, ground)
    yield from _lost(done, journal, paid)
    if paid and done.code in _NOTHING_ACCEPTED:
        yield f"exit code {done.code} says that nothing was accepted: {done.err}"
    if done.code == 0 and scene.name == "submit" and not _all_printed(paid, done):
        yield "exit code 0 without the id"
    if done.code == 0 and scene.name != "submit" and not (user.cwd / "fox.png").exists():
        yield "exit code 0 without the file"


def spoken(done: Finished) -> Iterator[str]:
    """What is wrong with an exit code and with what was said."""
    if done.code not in EXITS:
        yield f"exit code {done.code}: {done.err[-600:]}"
    if any(word in done.err for word in ("Traceback", "Exception ignored", "a bug in this program")):
        yield f"a traceback: {done.err[-600:]}"
    if len(done.err.splitlines()) > _LINES:
        yield f"{len(done.err.splitlines())} lines on stderr"


def torn(user: User, ground: Ground) -> Iterator[str]:
    """Files under their final name that are no whole result."""
    for path in user.cwd.iterdir():
        if not path.name.startswith(".") and path.read_bytes() not in ground.results:
            yield f"{path.name} is torn: {path.stat().st_size} bytes"


def paid_requests(ground: Ground) -> list[Asked]:
    """The paid requests that came whole."""
    return [asked for asked in ground.account.asked if asked.paid and is_whole(asked.seen)]


def _lost(done: Finished, journal: Journal, paid: Sequence[Asked]) -> Iterator[str]:
    """What the server gave and nobody knows of any more: neither the journal, nor whoever read what was printed."""
    for asked in paid:
        to_recover = journal.unsettled
        if asked.ids:
            for one in asked.ids:
                known = to_recover if done.code == KILLED else one in done.text + done.err
                if one not in journal.generations and not known:
                    yield f"{one} is lost: {journal}, {done}"
        elif not journal.generations and not to_recover:  # a direct answer has no id: its link is kept
            yield f"a direct answer is lost: {journal}, {done}"


def _all_printed(paid: Sequence[Asked], done: Finished) -> bool:
    return bool(paid) and all(one in done.text for asked in paid for one in asked.ids)


def unfinished(scene: Scene, user: User, ground: Ground, *, finished: bool, unnoted: bool) -> Iterator[str]:
    """What is wrong after the work was taken up again: a file missing, a part left, a request sent once more.

    Args:
        scene: what was run.
        user: who ran it.
        ground: where.
        finished: whether there was nothing left to take up, so that nobody looked into the folder.
        unnoted: whether a file is there that the journal could not note, as was said: a second copy does no harm.
    """
    journal, paid = Journal.of(user.home), paid_requests(ground)
    if len(paid) > scene.posts:
        yield f"recovering sent {len(paid)} paid requests for {scene.posts}"
    yield from torn(user, ground)
    made = list(ground.account.made) if scene.posts == 0 else [one for asked in paid for one in _made_by(asked, ground)]
    whole = [path for path in user.cwd.iterdir() if not path.name.startswith(".")]
    if len(whole) != len(made) and not (unnoted and len(whole) == len(made) + 1):
        yield f"{[path.name for path in whole]} for {len(made)} generations: {journal}"
    if "sending" in journal.intents or "planned" in journal.intents:
        yield f"a request is still on its way: {journal.intents}"
    parts = [path.name for path in user.cwd.iterdir() if path.name.startswith(".")]
    if parts and len(whole) == len(made) and not finished and not unnoted:
        yield f"left over: {parts}"


def _made_by(asked: Asked, ground: Ground) -> list[str]:
    """What an accepted request made, whether its answer went out or not."""
    return [one for one in ground.account.made if one.encode() in asked.answer]
