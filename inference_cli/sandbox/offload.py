"""Slow work off the event loop, in daemon threads, so that a program that leaves never waits for it."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")


async def in_thread(work: Callable[[], Result]) -> Result:
    """Run something that blocks, and await it.

    An executor's threads are joined when the interpreter ends; these are not: Ctrl-C during a render leaves at once.

    Raises:
        Exception: whatever the work raised.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def post(settle: Callable[[Any], None], value: object) -> None:
        def on_loop() -> None:
            if not future.done():
                settle(value)

        try:
            loop.call_soon_threadsafe(on_loop)
        except RuntimeError:
            return  # the loop is closed: nobody waits any more

    def run() -> None:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - carried over to whoever awaits
            post(future.set_exception, error)
        else:
            post(future.set_result, result)

    threading.Thread(target=run, name="sandbox work", daemon=True).start()
    return await future
