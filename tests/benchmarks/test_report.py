"""The document that machines read."""

import json

from tests.benchmarks.report import document, machine, sentence
from tests.benchmarks.rows import Failure, Row, Target, Unit

FACTS = {"date": "2026-11-26T09:00:00+00:00", "system": "Linux 6", "processor": "P", "cores": 2, "python": "CPython 3"}


def test_everything_measured_is_in_it() -> None:
    """Each side's figure, what is compared, the target and whether it is reached; who failed, who was missing."""
    rows = [
        Row("start", "processor", Unit.SECONDS, {"inference": 3.0}, {"bare": 2.0}, {"llm": 9.0}, Target(1.3, peers={"llm": 8})),
        Row("chat", "requests", Unit.COUNT, {"inference": 1.0}, fixed=True),
    ]  # fmt: skip
    made = document(rows, [Failure("chat", "hf", "exit 1")], ["gh"], FACTS)
    assert json.loads(json.dumps(made)) == {
        "schema": 1,
        "machine": FACTS,
        "rows": [
            {
                "scenario": "start", "figure": "processor", "unit": "s",
                "ours": {"inference": 3.0}, "floors": {"bare": 2.0}, "peers": {"llm": 9.0},
                "compared": {"inference": 1.5},
                "target": {"most": 1.3, "against": "ratio", "peers_at_least": {"llm": 8}},
                "reached": {"inference": False}, "fixed": False,
            },
            {
                "scenario": "chat", "figure": "requests", "unit": "count",
                "ours": {"inference": 1.0}, "floors": {}, "peers": {},
                "compared": {"inference": None}, "target": None, "reached": {"inference": None}, "fixed": True,
            },
        ],
        "failures": [{"scenario": "chat", "side": "hf", "reason": "exit 1"}],
        "missing": ["gh"],
    }  # fmt: skip


def test_a_table_says_where_and_when() -> None:
    """Date, cores and processor, system, interpreter; of this machine all of them are known."""
    assert sentence(FACTS) == "2026-11-26  2 x P, Linux 6, CPython 3"
    assert all(machine()[key] for key in FACTS)
