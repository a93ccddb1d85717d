"""The sandbox in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from inference_cli.errors import LocalError, MissingExtraError

if TYPE_CHECKING:
    from inference_cli.clock import Clock
    from inference_cli.profile.settings import Settings
    from inference_cli.sandbox.app import Sandbox
    from inference_cli.sandbox.store import Store


def opened(folder: Path, settings: "Settings", clock: "Clock") -> "Sandbox":
    """The sandbox with its state in a folder.

    Raises:
        MissingExtraError: the packages that it needs are not installed.
        LocalError: the folder cannot be used.
    """
    from importlib.util import find_spec

    if not all(map(find_spec, ("starlette", "PIL", "av"))):
        raise MissingExtraError("sandbox", "the sandbox")
    from inference_cli.sandbox.app import Sandbox

    api = settings.api
    with _using(folder):
        return Sandbox(folder, speed=settings.sandbox_speed, api=api if api == "2026-04" else "both", clock=clock.now)


def kept(folder: Path) -> "Store":
    """What the sandbox keeps in a folder, without the sandbox.

    Raises:
        LocalError: the folder cannot be used.
    """
    from inference_cli.sandbox.store import Store

    with _using(folder):
        return Store(folder)


@contextmanager
def _using(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise LocalError(
            f"the sandbox cannot use {folder}: {error.strerror or error}",
            hint="Name another folder:  export INFERENCE_STATE_DIR=FOLDER",
        ) from error
