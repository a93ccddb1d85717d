"""A bug in this program: one line for the person, a file without secrets for the report."""

import traceback
from typing import TYPE_CHECKING

from inference_cli.errors import Exit, InferenceError, LocalError

if TYPE_CHECKING:
    from inference_cli.cli.session import Session


def report(session: "Session", error: Exception) -> int:
    """Write a crash file into the state folder and name it.

    The file holds the kinds of the errors and the places in the code, never their messages: those may hold a token, a
    prompt or a presigned URL.

    Returns:
        The exit code 1.
    """
    from inference_cli.profile.files import write_atomically

    bug = InferenceError(f"a bug in this program ({type(error).__name__})")
    path = session.paths.state / "crash.txt"
    try:
        write_atomically(path, _places(error).encode())
        bug.hint = f"Please report it with this file, which holds no secrets:  {path}"
    except (LocalError, OSError):
        bug.details = tuple(_places(error).splitlines()[-6:])
    session.fail(bug)
    return int(Exit.BUG)


def _places(error: BaseException | None) -> str:
    """The chain of errors, innermost last, as kinds and places."""
    lines: list[str] = []
    while error is not None:
        lines.append(type(error).__name__)
        lines += [
            f"  {frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        error = error.__cause__ or error.__context__
    return "\n".join(lines) + "\n"
