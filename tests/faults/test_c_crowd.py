"""Group C of the fault catalogue, its largest row: a thousand generations followed by one command."""

import os
import re
import select
from pathlib import Path
from typing import Any

from tests.support.account import FOX
from tests.support.harness import Fault
from tests.support.installed import needs

_DESCRIPTORS, _MEMORY = 100, 100 * 2**20


@needs("prlimit")
def test_C26_a_thousand_generations_in_one_command(fault: Fault) -> None:
    """A list call for all of them at a time, few descriptors, little memory, and every one of them on disk."""
    fault.api.looks = 2
    ids = [fault.api.make({"model": FOX, "prompt": "a red fox"}) for _ in range(1000)]
    fault.run("models", "list")
    before = len(fault.api.asked)
    limit = ("prlimit", f"--nofile={_DESCRIPTORS}")
    process = fault.start("queue", "wait", *ids, "-o", "{id}.png", "-q", prefix=limit)
    peak = peak_of(process)
    done = fault.end(process, since=before)

    assert (done.code, len(done.lines)) == (0, 1000)
    assert sorted(done.lines) == fault.files
    assert len(fault.api.asked) - before <= 10
    assert len(fault.storage.asked) == 1000
    assert 20 * 2**20 < peak < _MEMORY


def peak_of(process: Any) -> int:
    """The most memory that a process has until it ends, in bytes.

    The kernel's own account, which ``wait4`` gives, begins with that of the process that started it: this one.
    """
    handle, peak = os.pidfd_open(process.pid), 0
    while not select.select([handle], [], [], 0.02)[0]:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text())
        peak = int(found[1]) * 1024 if found else peak
    os.close(handle)
    return peak
