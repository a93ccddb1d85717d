"""What holds for every test."""

import gc
import os
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support.measured import EXAMPLES, THROUGH, first, measurement, stoppable

# Tests share two cores with each other: how long drawing an example takes says nothing about the program.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")


def pytest_xdist_auto_num_workers() -> int:
    """A worker more than there are cores: a quarter of the time a test waits for a process, a pipe or a socket."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Ten thousand tests and what they import stay to the end: no collection has to go through them again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Measure no test that goes through the whole program, or a way many times over."""
    with stoppable(measurement()) as stop:
        if item.get_closest_marker("unmeasured") or THROUGH & set(item.path.parts):
            stop()
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, Any, Any]:
    """Measure the first examples of a property."""
    handle = getattr(pyfuncitem.obj, "hypothesis", None)
    if handle is None:
        return (yield)
    body = handle.inner_test
    with stoppable(measurement()) as stop:
        handle.inner_test = first(EXAMPLES, body, stop)
        try:
            return (yield)
        finally:
            handle.inner_test = body
