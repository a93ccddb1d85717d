"""How much SQLite does for something: the steps of its machine, which no clock and no other process changes."""

from collections.abc import Callable, Mapping

from inference_cli.profile.store import Store

_EVERY = 10  # steps between two calls of the counter: fewer are not seen
_FLOOR = 1000  # steps that a deeper tree may take: a look at each row takes more in any file of these tests


def steps_of(store: Store, work: Callable[[], object]) -> int:
    """The steps that some work makes SQLite take, to the nearest ten; the file is opened before.

    Args:
        store: whose connection is watched.
        work: reads or writes by it.
    """
    calls: list[None] = []
    store.read(lambda connection: connection.set_progress_handler(lambda: calls.append(None), _EVERY))
    try:
        work()
    finally:
        store.read(lambda connection: connection.set_progress_handler(None, 0))
    return len(calls) * _EVERY


def growing(few: Mapping[str, int], many: Mapping[str, int], most: float = 1.5) -> dict[str, tuple[int, int]]:
    """What takes more than ``most`` times as many steps among many rows as among few, with both numbers."""
    return {name: (few[name], many[name]) for name in few if many[name] > most * max(few[name], _FLOOR)}
