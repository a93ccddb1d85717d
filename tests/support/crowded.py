"""A profile that was used for years: journal, log, entries and models by the hundred thousand, written in seconds.

Everything is drawn by a seed, so that two calls make the same rows. Times end at ``now``; ids begin with any digit.
"""

import json
import random
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inference_cli.clock import ManualClock
from inference_cli.conversation.log import Log
from inference_cli.jobs.canonical import digest
from inference_cli.jobs.journal import Journal
from inference_cli.jobs.kept import written_spec
from inference_cli.jobs.naming import OutputSpec
from inference_cli.jobs.planned import INSERT
from inference_cli.origin import parse_origin

COMMON, RARE, CJK, RARE_CJK = "the", "quokka", "狐狸", "貔貅"
"""Words of the log: in most conversations, in three, in some, in three."""
MODELS = tuple(f"maker-{number % 7}-model-{number}" for number in range(40))
_NAMESPACES = (None, None, None, "ada", "studio", "lab")
_TAGS = (None, None, None, None, "ad", "draft", "board")
_YEARS = 2 * 365 * 86400.0  # seconds over which everything is spread
_ELSEWHERE = "https://elsewhere.example"
_ENDS, _OFTEN = ("downloaded", "failed", "cancelled", "vanished"), (85, 8, 5, 2)
_LOST = ("refused", "not_sent", "presumed_not_sent", "unknowable")
_SENTENCE = (
    "a red fox walks across fresh snow at dawn while the light falls through old pines and the river below is still "
    "half frozen soft film grain wide lens quiet mood of winter and no people in the frame only tracks behind the fox"
)
_WORDS = tuple(_SENTENCE.split())
_PARAGRAPHS = (
    "How would the result change if the list were sorted first? I tried it and the times are the same on my machine.",
    "Le renard traverse la neige fraîche à l'aube ; décris la lumière en trois phrases, sans adjectif inutile.",
    "狐狸在雪地上走过。清晨的光线穿过松树。河面还结着冰。请用三句话描述这个画面。",
    "夜明けに狐が新雪の上を歩いています。光の様子を三つの文で書いてください。",
    "여우가 새벽에 눈 위를 걷습니다. 빛을 세 문장으로 묘사해 주세요.",
    "الثعلب الأحمر يعبر الثلج عند الفجر، صف الضوء في ثلاث جمل قصيرة.",
    "השועל חוצה את השלג עם שחר. תאר את האור בשלושה משפטים.",
    "Лиса идёт по свежему снегу на рассвете; опиши свет в трёх предложениях.",
    "```python\ndef tracks(snow):\n    return [step for step in snow if step.depth > 3]\n```",
)
_PLAIN = 4  # times that the first of them comes for each of the others
_LONG = 60  # one message in so many is as long as a pasted file


@dataclass(frozen=True, slots=True)
class Crowd:
    """How much there is. ``orders`` are commands, ``pending`` generations that nobody has fetched."""

    generations: int = 100_000
    pending: int = 0
    conversations: int = 10_000
    answers: int = 5_000
    entries: int = 50_000
    origin: str = "https://api.sandbox.invalid"
    now: float = 1_790_000_000.0
    draw: random.Random = field(default_factory=lambda: random.Random(6))

    def moment(self, share: float) -> float:
        """When so much of everything (0 to 1) was there: rising to now, the later the denser."""
        return self.now - _YEARS * float((1 - share) ** 1.5)

    def identity(self, digits: int = 32) -> str:
        """Random hexadecimal digits."""
        return f"{self.draw.getrandbits(digits * 4):0{digits}x}"


def crowd_home(home: Path, crowd: Crowd) -> None:
    """Fill the folders of a profile, as ``INFERENCE_STATE_DIR=home/state`` and ``INFERENCE_DATA_DIR=home/data`` name."""
    crowd_journal(home / "state" / "journal.sqlite3", crowd)
    crowd_log(home / "data" / "conversations.sqlite3", crowd)
    crowd_entries(home / "data" / "entries.jsonl", crowd)


# ---------------------------------------------------------------------------------------------- the journal


def crowd_journal(path: Path, crowd: Crowd) -> None:
    """Fill a journal: orders of up to forty outputs, a tenth of them of another origin, and answers of chats."""
    intents: list[tuple[object, ...]] = []
    generations: list[tuple[object, ...]] = []
    while len(generations) < crowd.generations:
        size = min(crowd.generations - len(generations), crowd.draw.choice((1, 1, 2, 4, 8, 12, 40)))
        planned, made = _order(crowd, size, crowd.moment(len(generations) / crowd.generations))
        intents += planned
        generations += made
    if crowd.pending:
        newest = generations[-crowd.pending :]
        generations[-crowd.pending :] = [(*row[:6], "queued", "queued", *[None] * 5, row[-1]) for row in newest]

    def write(connection: sqlite3.Connection) -> None:
        connection.executemany(INSERT, intents)
        connection.executemany(
            "INSERT INTO generations (id, origin, intent, n, direct, accepted, state, status, error, path, size,"
            " sha256, cost, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            generations,
        )
        connection.executemany(
            "INSERT INTO answers (origin, created, model, price, cost, state) VALUES (?, ?, ?, ?, ?, 'answered')",
            [
                (crowd.origin, crowd.moment(number / crowd.answers), crowd.draw.choice(MODELS), "0.05", _cents(crowd))
                for number in range(crowd.answers)
            ],
        )

    with Journal(path, origin=parse_origin(crowd.origin), clock=ManualClock(crowd.now)) as journal:
        journal.store.write(write)


def _order(crowd: Crowd, size: int, created: float) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The rows of one command: requests for four outputs each, or direct ones for one."""
    draw, direct = crowd.draw, crowd.draw.random() < 0.2
    kind, model = ("video" if draw.random() < 0.3 else "image"), draw.choice(MODELS)
    origin = _ELSEWHERE if draw.random() < 0.1 else crowd.origin
    route = ("edit" if draw.random() < 0.5 else "generate") if direct else "queue"
    prompt = " ".join(draw.choices(_WORDS, k=draw.randrange(5, 90)))
    owner, namespace, tag = crowd.identity(), draw.choice(_NAMESPACES), draw.choice(_TAGS)
    output = written_spec(OutputSpec(f"/home/ada/pictures/{kind}s/"))
    argv = "\0".join(("inference", kind, prompt, "-m", model, "-n", str(size), "-o", "pictures/"))
    price = f"0.{draw.randrange(1, 40):02}"
    baseline = None if direct else _baseline(crowd, created)
    intents: list[tuple[object, ...]] = []
    generations: list[tuple[object, ...]] = []
    for first in range(1, size + 1, 1 if direct else 4):
        identity, count = crowd.identity(), 1 if direct else min(4, size - first + 1)
        body = {"model": model, "prompt": prompt, "num_generations": count, "seed": draw.getrandbits(31)}
        body |= {"target_repo": f"{namespace}/art", "target_directory": "drafts"} if namespace else {}
        lost = draw.random() < 0.04
        state = draw.choice(_LOST) if lost else "accepted"
        params = json.dumps(body, sort_keys=True, separators=(",", ":"))
        intents.append((
            identity, owner, origin, created, argv, kind, route, model, namespace, prompt, body["seed"],
            params, digest(params), count, first, size, output, price, tag, price,
            intents[0][0] if intents and baseline else baseline, state, created + 1,
            body.get("target_repo"), body.get("target_directory"),
        ))  # fmt: skip
        if not lost:
            generations += _made(crowd, intents[-1], origin, direct=direct)
    return intents, generations


def _made(crowd: Crowd, intent: Sequence[Any], origin: str, *, direct: bool) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for n in range(intent[14], intent[14] + intent[13]):
        state = crowd.draw.choices(_ENDS, _OFTEN)[0]
        identity, accepted = crowd.identity(), intent[3] + 2.0
        name = f"{identity[:8]}-4{identity[8:11]}-{identity[11:]}"
        done = state == "downloaded"
        error = None if done else "the model refused the prompt: it may show a person who is known"
        file = (f"/home/ada/pictures/a-red-fox-{n}-{identity[:8]}.png", 1_500_000 + n, identity * 2)
        rows.append((
            name, origin, intent[0], n, int(direct), accepted, state, "succeeded" if done else state, error,
            *(file if done else (None, None, None)), None if direct else "0.04" if done else "0", accepted + 30,
        ))  # fmt: skip
    return rows


def _cents(crowd: Crowd) -> str:
    """An amount that hardly any other answer costs."""
    return f"0.{crowd.draw.randrange(10**6):06}"


def _baseline(crowd: Crowd, created: float) -> str:
    seed = crowd.identity()
    ids = [f"{number:02x}{seed[2:]}" for number in range(100)]
    return json.dumps({"api": "current", "ids": ids, "at": created, "whole": False, "oldest": created - 1000.0})


# ------------------------------------------------------------------------------------------------- the log


def crowd_log(path: Path, crowd: Crowd) -> None:
    """Fill a log: conversations of about three turns, in nine scripts, some of them long; a tenth elsewhere."""
    conversations: list[tuple[object, ...]] = []
    turns: list[tuple[object, ...]] = []
    messages: list[tuple[object, ...]] = []
    for number in range(crowd.conversations):
        created = crowd.moment(number / crowd.conversations)
        origin = _ELSEWHERE if crowd.draw.random() < 0.1 else crowd.origin
        identity, model = crowd.identity(16), crowd.draw.choice(MODELS)
        conversations.append((identity, origin, created, model))
        for turn in range(crowd.draw.randrange(1, 6)):
            turns.append((identity, created + turn * 60, model, '{"max_tokens": 1000}', 1, 120, 480, _cents(crowd)))
            rare = f" {RARE} {RARE_CJK}" if number in _rare(crowd.conversations) and not turn else ""
            for role, text in (("user", _said(crowd, 1) + rare), ("assistant", _said(crowd, 6))):
                body = json.dumps({"role": role, "content": text})
                messages.append((len(turns), role, text, body))

    def write(connection: sqlite3.Connection) -> None:
        connection.executemany(
            "INSERT INTO conversations (id, origin, created, model) VALUES (?, ?, ?, ?)", conversations
        )
        connection.executemany(
            "INSERT INTO turns (conversation, asked, model, parameters, complete, prompt_tokens, completion_tokens,"
            " cost) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            turns,
        )
        connection.executemany("INSERT INTO messages (turn, role, text, body) VALUES (?, ?, ?, ?)", messages)

    with Log(path, clock=ManualClock(crowd.now), attachments=path.parent / "attachments", origin=crowd.origin) as log:
        log.store.write(write)


def _rare(conversations: int) -> tuple[int, int, int]:
    """The conversations with words that no other one has."""
    return 0, conversations // 2, conversations - 1


def _said(crowd: Crowd, most: int) -> str:
    """A text: paragraphs, and one in sixty as long as a file."""
    count = 120 if not crowd.draw.randrange(_LONG) else crowd.draw.randrange(1, most + 1)
    weights = (_PLAIN * (len(_PARAGRAPHS) - 1), *[1] * (len(_PARAGRAPHS) - 1))
    return "\n\n".join(crowd.draw.choices(_PARAGRAPHS, weights, k=count))


# --------------------------------------------------------------------------------------- entries and models


def crowd_entries(path: Path, crowd: Crowd) -> None:
    """Fill the file of what was typed, past any limit."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lines = (json.dumps(f"{number} " + " ".join(crowd.draw.choices(_WORDS, k=12))) for number in range(crowd.entries))
    path.write_text("".join(line + "\n" for line in lines))


def catalogue(rows: Sequence[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """So many models: those given, again and again under other ids.

    Args:
        rows: of a server.
        count: how many.
    """
    found = []
    for number in range(count):
        row = rows[number % len(rows)]
        round_ = number // len(rows)
        found.append({**row, "id": f"{row['id']}-v{round_}" if round_ else row["id"]})
    return found
