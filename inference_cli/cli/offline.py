"""The sandbox in this process."""

from pathlib import Path
from typing import TYPE_CHECKING

from inference_cli.errors import LocalError, MissingExtraError

if TYPE_CHECKING:
    from inference_cli.clock import Clock
    from inference_cli.profile.settings import Settings
    from inference_cli.sandbox.app import Sandbox


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
    try:
        return Sandbox(folder, speed=settings.sandbox_speed, api=api if api == "2026-04" else "both", clock=clock.now)
    except OSError as error:
        raise LocalError(
            f"the sandbox cannot use {folder}: {error.strerror or error}",
            hint="Name another folder:  export INFERENCE_STATE_DIR=FOLDER",
        ) from error
