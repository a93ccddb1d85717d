"""The garbage collector, kept from looking through modules while they load: that was a tenth of every start.

Nothing of what a command loads is garbage. Until its first client is made, the collector waits for more objects than a
start makes; then what is there is set aside for good, and it works as always. A command without a client keeps the
larger number, so that one that runs for long is collected too. At the end of the process nothing is looked through
again: what still needs closing has been closed by then, and the rest goes with the process.
"""

import gc

_MANY = 60_000  # a start makes some 35,000
_usual: list[tuple[int, int, int]] = []  # the thresholds in the meantime


def hold() -> None:
    """Let it wait, from the beginning of a process on."""
    if not _usual:
        _usual.append(gc.get_threshold())
        gc.set_threshold(_MANY, *_usual[0][1:])


def release() -> None:
    """Let it work as always, if it was held."""
    if _usual:
        gc.freeze()
        gc.set_threshold(*_usual.pop())


def end() -> None:
    """Set everything aside, of a process that ends now."""
    gc.freeze()
