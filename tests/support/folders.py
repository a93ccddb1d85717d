"""Folders of the tests, opened for other users."""

import tempfile
from pathlib import Path


def private(folder: Path) -> list[Path]:
    """A test's folder and those above it that only this user may enter, innermost first."""
    top = Path(tempfile.gettempdir())
    return [path for path in (folder, *folder.parents) if top in path.parents]
