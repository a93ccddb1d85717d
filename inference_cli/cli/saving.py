"""An answer as a file: whole or not there, and never over another one unless that was asked for."""

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from inference_cli.jobs.naming import Place
from inference_cli.jobs.publish import local_error, publish
from inference_cli.jobs.target import is_special

if TYPE_CHECKING:
    from inference_cli.jobs.naming import OutputSpec


def save(spec: "OutputSpec", text: str, *, suffix: str = "", place: "Place | None" = None) -> Path | None:
    """Write a text where ``-o`` says.

    Args:
        spec: as ``target.prepare`` found it.
        text: the answer.
        suffix: behind the name.
        place: what the name is made of where the user gave none.

    Returns:
        Where it is; None where ``--no-clobber`` left the file that is there.

    Raises:
        LocalError: it cannot be written.
    """
    folder, name = (place or Place(spec, 1, 1)).name("md")
    wanted = Path(folder) / f"{name}{suffix}"
    data = text.encode("utf-8", "replace")
    try:
        if is_special(wanted):
            wanted.write_bytes(data)
            return wanted
        with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{name}.", suffix=".part", delete=False) as stream:
            part = Path(stream.name)
            stream.write(data)
        try:
            part.chmod(0o666 & ~_umask())
            return publish(part, wanted, force=spec.force, no_clobber=spec.no_clobber)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
    except OSError as error:
        raise local_error(error, wanted) from error


def _umask() -> int:
    import os

    mask = os.umask(0o077)
    os.umask(mask)
    return mask
