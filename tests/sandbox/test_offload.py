import asyncio
import threading

import pytest

from inference_cli.sandbox.offload import in_thread


def test_work_runs_in_a_daemon_thread_and_comes_back() -> None:
    """Its result, or its error."""

    def fail() -> None:
        raise ValueError("broken")

    async def run() -> bool:
        with pytest.raises(ValueError, match="broken"):
            await in_thread(fail)
        return await in_thread(lambda: threading.current_thread().daemon)

    assert asyncio.run(run()) is True


def test_nobody_may_wait_any_more() -> None:
    """A result that comes after the await was cancelled, or after the loop is closed, is dropped."""
    go, done = threading.Event(), threading.Event()

    def work() -> None:
        go.wait(10)

    async def run() -> None:
        task = asyncio.ensure_future(in_thread(work))
        await asyncio.sleep(0)
        task.cancel()
        go.set()
        await asyncio.gather(task, return_exceptions=True)
        await in_thread(done.set)

    asyncio.run(run())
    assert done.is_set()

    late = threading.Event()
    threads: list[threading.Thread] = []

    def remembered() -> None:
        threads.append(threading.current_thread())
        late.wait(10)

    async def leave() -> None:
        task = asyncio.ensure_future(in_thread(remembered))
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(leave())
    late.set()
    for thread in threads:
        thread.join(10)
