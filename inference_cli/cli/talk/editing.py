"""A message written in the user's own editor."""

import shlex
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from inference_cli.errors import LocalError, UsageError
from inference_cli.profile.children import scrubbed

_FALLBACK = "vi"


def edited(text: str, env: Mapping[str, str], secrets: Collection[str] = ()) -> str:
    """Let the user edit a text; what they saved, without the line end at its end.

    Args:
        text: what stands in the file at first.
        env: the environment; the editor gets it without tokens (fault F13).
        secrets: names of variables that hold a token, beside those of the program.

    Raises:
        UsageError: the editor failed, or left no text.
        LocalError: it could not be run.
    """
    command = _command(env)
    with tempfile.TemporaryDirectory(prefix="inference-") as folder:  # 0700
        file = Path(folder) / "message.md"
        file.write_text(text, encoding="utf-8", newline="")
        _run([*command, str(file)], scrubbed(env, secrets))
        try:
            written = file.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            raise UsageError("what the editor left is not text in UTF-8", hint="Nothing was sent.") from None
    if not written.strip():
        raise UsageError("the message is empty", hint="Nothing was sent.")
    return written.removesuffix("\n").removesuffix("\r")


def _command(env: Mapping[str, str]) -> list[str]:
    named = next((env[name] for name in ("VISUAL", "EDITOR") if env.get(name, "").strip()), _FALLBACK)
    try:
        return shlex.split(named)
    except ValueError:
        raise UsageError(f"$EDITOR has quotes that do not close: {named}", hint="Nothing was sent.") from None


def _run(command: list[str], env: Mapping[str, str]) -> None:
    import subprocess

    try:
        done = subprocess.run(command, env=env, check=False)  # noqa: S603 - the user's own command, no shell
    except OSError as error:
        reason = (error.strerror or "no reason was given").lower()
        raise LocalError(
            f"{command[0]} could not run: {reason}", hint="Nothing was sent.  Name an editor:  export EDITOR=nano"
        ) from error
    if done.returncode != 0:
        raise UsageError(f"{command[0]} failed with exit code {done.returncode}", hint="Nothing was sent.")
