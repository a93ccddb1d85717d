"""What a case of the fault catalogue left behind: rows of the journal, and whatever lies where nothing belongs."""

from pathlib import Path

from tests.support.harness import Fault
from tests.support.invariants import rows

_PROFILE = {".config", ".local", ".cache", "config", "state", "data", "cache"}


def journal(fault: Fault, query: str) -> list[tuple[object, ...]]:
    """The rows of a query to the journal; none where there is no journal."""
    return [row for file in sorted(fault.home.rglob("journal*.sqlite3")) for row in rows(file, query)]


def generations(fault: Fault) -> list[tuple[object, ...]]:
    """Id, state and file name of every generation that the journal knows, in their order."""
    found = journal(fault, "SELECT id, state, path FROM generations ORDER BY number")
    return [(identity, state, path and Path(str(path)).name) for identity, state, path in found]


def states(fault: Fault) -> list[object]:
    """The states of the generations that the journal knows, in their order."""
    return [state for _, state, _ in generations(fault)]


def intents(fault: Fault) -> list[object]:
    """The states of the requests that the journal knows, in their order."""
    return [row[0] for row in journal(fault, "SELECT state FROM intents ORDER BY number")]


def outside(fault: Fault) -> list[str]:
    """Files beside the working folder and the profile: where nothing may ever be."""
    found = (path.relative_to(fault.folder) for path in fault.folder.rglob("*") if not path.is_dir())
    return sorted(
        str(path)
        for path in found
        if path.parts[0] != fault.cwd.name and not (path.parts[0] == fault.home.name and path.parts[1] in _PROFILE)
    )
