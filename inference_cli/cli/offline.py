"""The sandbox in this process."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
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


@contextmanager
def kept(folder: Path) -> Iterator["Store"]:
    """What the sandbox keeps in a folder, to be looked at without the sandbox; closed with the context.

    Raises:
        LocalError: the folder or its database cannot be read.
    """
    from inference_cli.sandbox.store import Store

    with _using(folder), closing(Store(folder, looking=True)) as store:
        yield store


def emptied(folder: Path, patience: float = 30.0) -> None:
    """Forget what the sandbox keeps in a folder, without the sandbox.

    Args:
        folder: of the sandbox.
        patience: seconds to wait for another process's transaction.

    Raises:
        LocalError: the folder or its database cannot be used, or files stay.
    """
    from inference_cli.sandbox.holdings import forget

    with _using(folder):
        forget(folder, patience=patience)


@contextmanager
def _using(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unusable(folder, error) from error


def unusable(folder: Path, error: OSError) -> LocalError:
    """What it means that the sandbox's folder, or the database in it, refuses to be used."""
    from inference_cli.sandbox.database import UnusableError
    from inference_cli.sandbox.leftovers import LeftoverError

    elsewhere = "Name another folder:  export INFERENCE_STATE_DIR=FOLDER"
    if isinstance(error, LeftoverError):
        hint = f"Everything else is gone, and the credits are back. See:  ls -lR {folder}"
        return LocalError(f"files of the sandbox stay: {error.strerror}", hint=hint)
    if not isinstance(error, UnusableError):
        return LocalError(f"the sandbox cannot use {folder}: {error.strerror or error}", hint=elsewhere)
    hint = elsewhere
    if error.damaged:
        hint = "It is damaged; begin anew:  inference sandbox reset"
    elif error.busy:
        hint = "Another process uses it, and nothing was changed. Once that has ended, run the same again."
    return LocalError(f"the sandbox's database {error.strerror}", hint=hint)
