"""A log that grows stays as quick as it was: what SQLite does for each look and each message is counted, not timed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from inference_cli.completion import journal as completion
from inference_cli.conversation.log import Log
from inference_cli.conversation.search import search
from inference_cli.conversation.shelf import Chosen, listed, whole
from inference_cli.profile.files import silent
from tests.support.crowded import CJK, COMMON, MODELS, RARE, RARE_CJK, Crowd, crowd_log
from tests.support.steps import growing, steps_of
from tests.support.talks import log_in, outcome, user

FEW, MANY = 400, 4_000
ROWS = 5
SEARCHES = {
    "rare": RARE,
    "common": COMMON,
    "not there": "zzyzx",
    "beginning": "resu*",
    "phrase": '"the list"',
    "Chinese": CJK,
    "one character": CJK[0],
    "rare Chinese": RARE_CJK,
    "Arabic": "الثلج",
    "signs": "tracks(snow)",
}


def looks(log: Log) -> dict[str, Callable[[], object]]:
    """Everything that a command looks up, and what it writes for a message."""
    identity = log.last() or ""
    turns: list[int] = []

    def ask() -> None:
        turns.append(log.asked(identity, model="m", messages=[user("a fox")], parameters={}))

    return {
        "last": log.last,
        "prefix": lambda: log.find(identity[:9]),
        "continue": lambda: log.history(identity),
        "model": lambda: log.model_of(identity),
        "show": lambda: whole(log, identity),
        "list": lambda: listed(log, Chosen(), ROWS),
        "list: no such model": lambda: listed(log, Chosen(model="nobody/nothing"), ROWS),
        "list: until": lambda: listed(log, Chosen(until=Crowd().now), ROWS),
        "list: model of all": lambda: listed(log, Chosen(model="m"), ROWS),
        "completion": lambda: log.store.read(
            lambda opened: opened.execute(completion._TALKS, (log.origin, ROWS)).fetchall()
        ),
        "ask": ask,
        "answer": lambda: log.answered(turns[-1], outcome("it runs"), cost=None),
        "answer again": lambda: log.answered(turns[-1], outcome("it ran"), cost=None),
        "withdraw": lambda: log.withdraw(identity),
    }


def counted(folder: Path, conversations: int) -> dict[str, int]:
    """The steps of each look and of each message, in a log with that many conversations and a current index."""
    crowd_log(folder / "conversations.sqlite3", Crowd(conversations=conversations))
    with log_in(folder, origin=Crowd().origin) as log:
        search(log, RARE, note=silent)
        found = {}
        for name, text in SEARCHES.items():
            found[f"search: {name}"] = steps_of(log.store, partial(search, log, text, limit=ROWS, note=silent))
        return found | {name: steps_of(log.store, work) for name, work in looks(log).items()}


def test_nothing_takes_longer_in_a_long_log(tmp_path: Path) -> None:
    """Ten times as many conversations: no list, no search and no message takes half as many steps again."""
    assert growing(counted(tmp_path / "few", FEW), counted(tmp_path / "many", MANY)) == {}


def test_what_is_found_is_the_same_by_the_index_and_without(tmp_path: Path) -> None:
    """Conversations, their order, and how many messages fit, up to a limit and in all."""
    crowd_log(tmp_path / "conversations.sqlite3", Crowd(conversations=60))
    with log_in(tmp_path, origin=Crowd().origin) as log:
        for text in SEARCHES.values():
            for limit in (ROWS, None):
                plain = search(log, text, limit=limit, note=silent, has_index=lambda _: False)
                assert search(log, text, limit=limit, note=silent) == plain, text
                assert search(log, text, note=silent)[:limit] == plain


def test_a_model_is_listed_the_same_whether_it_is_rare_or_not(tmp_path: Path) -> None:
    """Many turns of a model are gone through from the newest, few by their index."""
    crowd_log(tmp_path / "conversations.sqlite3", Crowd(conversations=1000))
    with log_in(tmp_path, origin=Crowd().origin) as log:
        every = listed(log, Chosen())
        assert [row.id for row in listed(log, Chosen(model=MODELS[3]))] == [
            row.id for row in every if MODELS[3] in row.models
        ]
        log.store.write(lambda opened: opened.execute("UPDATE turns SET model = 'one'"))
        assert [row.id for row in listed(log, Chosen(model="one"), ROWS)] == [row.id for row in every[:ROWS]]
