import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from inference_cli.sandbox.database import START_CREDITS, UnusableError
from inference_cli.sandbox.store import Row, Store


def row(identity: str, cost: int = 10) -> Row:
    """A generation of the queue that ends at 2."""
    return Row(identity, "m", "image", "n", None, None, {}, 0, direct=False, enqueued=0, starts=1, ends=2, cost=cost)


def test_credits_and_generations_are_kept_together(tmp_path: Path) -> None:
    """Two processes' worth of connections never spend more than there is."""
    with closing(Store(tmp_path)) as first, closing(Store(tmp_path)) as second:
        half = START_CREDITS // 20

        def spend(number: int) -> bool:
            return (first, second)[number % 2].accept([row(str(number), half)])

        with ThreadPoolExecutor(4) as pool:
            accepted = list(pool.map(spend, range(30)))
        assert (sum(accepted), first.credits, len(first.due(3))) == (20, 0, 20)


def test_turns_are_given_out_once(tmp_path: Path) -> None:
    """Whoever counts at the same time, no two get the same place; a reset begins at the first again."""
    with closing(Store(tmp_path)) as first, closing(Store(tmp_path)) as second:
        with ThreadPoolExecutor(4) as pool:
            places = list(pool.map(lambda number: (first, second)[number % 2].turn("a fox", 3), range(30)))
        assert sorted(places) == list(range(0, 90, 3))
        assert second.turn("a cat", 1) == 0
        first.reset()
        assert second.turn("a fox", 1) == 0


def test_an_outcome_is_written_once(tmp_path: Path) -> None:
    """Whoever comes second changes nothing, and nothing is refunded twice."""
    with closing(Store(tmp_path)) as store:
        store.accept([row("a")])
        store.conclude("a", "failed", error="first")
        store.conclude("a", "succeeded", recipe="second")
        found = store.find("a", 3)
        assert found is not None
        assert (found.status, found.error, found.cost, store.credits) == ("failed", "first", 0, START_CREDITS)
        assert store.cancel("a", 1) is False


def test_the_state_of_another_version_is_dropped(tmp_path: Path) -> None:
    """A sandbox begins anew; the folder stays."""
    with closing(Store(tmp_path)) as store:
        store.accept([row("a")])
        key = store.key
    with closing(sqlite3.connect(tmp_path / "sandbox.sqlite3")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with closing(Store(tmp_path)) as store:
        assert (store.find("a", 3), store.credits) == (None, START_CREDITS)
        assert store.key != key


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    """A damaged database, or one that is a folder: an OSError that names it."""
    (tmp_path / "sandbox.sqlite3").write_bytes(b"no database at all, but some text" * 100)
    with pytest.raises(OSError, match=r"sandbox\.sqlite3 cannot be used"):
        Store(tmp_path)
    (tmp_path / "x" / "sandbox.sqlite3").mkdir(parents=True)
    with pytest.raises(OSError, match=r"sandbox\.sqlite3 cannot be opened"):
        Store(tmp_path / "x")


def test_a_failed_write_changes_nothing(tmp_path: Path) -> None:
    """The same id twice: neither the charge nor the first of the two stays."""
    with closing(Store(tmp_path)) as store:
        try:
            store.accept([row("a"), row("a")])
        except sqlite3.IntegrityError:
            assert (store.credits, store.find("a", 0)) == (START_CREDITS, None)
        else:
            raise AssertionError("two generations of one id")


def test_what_leaves_no_generation_is_spent_and_given_back(tmp_path: Path) -> None:
    """As long as there is enough."""
    with closing(Store(tmp_path)) as store:
        assert store.spend(START_CREDITS - 5)
        assert not store.spend(6)
        assert (store.spend(-10), store.credits) == (True, 15)


def test_what_another_process_holds_is_waited_for(tmp_path: Path) -> None:
    """As long as patience lasts; then it is busy, not damaged, and nothing was forgotten."""
    path = tmp_path / "sandbox.sqlite3"
    with closing(Store(tmp_path, patience=0.0)) as store:
        store.accept([row("a")])
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(UnusableError) as caught:
                store.reset()
        assert (caught.value.strerror, caught.value.busy, caught.value.damaged) == (
            f"{path} cannot be used: database is locked",
            True,
            False,
        )
        assert store.credits == START_CREDITS - 10


def test_damage_is_found_before_anything_is_asked(tmp_path: Path) -> None:
    """Wherever a table begins, where one is missing, and where the settings are: a new one would help."""
    path = tmp_path / "sandbox.sqlite3"
    Store(tmp_path).close()
    whole = path.read_bytes()
    for statement, complaint in (
        ("DROP TABLE recipes", "no such table: recipes"),
        ("DELETE FROM settings WHERE name = 'key'", "its settings are gone"),
    ):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(statement)
            connection.commit()
        with pytest.raises(UnusableError) as caught:
            Store(tmp_path)
        assert (caught.value.strerror, caught.value.damaged) == (f"{path} cannot be used: {complaint}", True)
        path.write_bytes(whole)
    for damaged, complaint in (
        (whole[:4096] + b"A" * (len(whole) - 4096), "database disk image is malformed"),
        (whole.replace(b"outputs INTEGER NOT NULL", b"outputs INTEGER NOT NU\xffL"), "its tables are damaged"),
    ):
        path.write_bytes(damaged)
        with pytest.raises(UnusableError) as caught:
            Store(tmp_path)
        assert (caught.value.strerror, caught.value.damaged) == (f"{path} cannot be used: {complaint}", True)
