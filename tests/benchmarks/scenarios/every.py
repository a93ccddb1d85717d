"""The scenarios by name, in the order of the table."""

from collections.abc import Callable, Iterator, Mapping

from tests.benchmarks.bench import Bench
from tests.benchmarks.rows import Row
from tests.benchmarks.scenarios import chat, completion, following, growth, installed, start, transfers, uploads

SCENARIOS: Mapping[str, Callable[[Bench], Iterator[Row]]] = {
    "version": start.version,
    "help": start.help_,
    "subhelp": start.subhelp,
    "tab": completion.tab,
    "models": start.models,
    "config": start.config,
    "queue-list": start.queue,
    "request": chat.request,
    "pipe": chat.pipe,
    "terminal": chat.terminal,
    "per-token": chat.growth,
    "paced": chat.paced,
    "download": transfers.download,
    "b64": transfers.encoded,
    "upload": uploads.upload,
    "following": following.current,
    "following-older": following.older,
    "growth": growth.growth,
    "installed": installed.installed,
}
