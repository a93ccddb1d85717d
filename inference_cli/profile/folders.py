"""Folders that are for their owner alone, and so are those above that have to be made for them."""

from pathlib import Path

PRIVATE_FOLDER = 0o700


def make_private(folder: Path) -> None:
    """Make a folder, unless it is there, with mode 0700 whatever the umask is.

    Missing parents get that mode too, as the XDG Base Directory Specification asks for; ``mkdir(parents=True)`` leaves
    theirs to the umask, which may let everybody rename what is in them (faults D27 and E2).

    Raises:
        OSError: it cannot be made, or is no folder.
    """
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    except FileNotFoundError:
        if folder.parent == folder:
            raise
        make_private(folder.parent)
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
