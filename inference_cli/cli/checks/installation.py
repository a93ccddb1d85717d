"""The installation: Python, the program, the commands of that name on PATH, what TAB offers."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from shlex import quote

from inference_cli.terminal.checklist import Finding

NAME = "inference"
_PACKAGES = ("typer", "rich", "httpx", "httpcore", "platformdirs", "tomlkit", "jsonschema-rs", "jq", "prompt-toolkit")


def python(version: tuple[int, ...], executable: str, platform: str) -> Finding:
    """Which Python runs the program.

    Args:
        version: its parts, such as ``(3, 12, 1)``.
        executable: its path.
        platform: the system, in words.
    """
    words = f"{'.'.join(map(str, version[:3]))} ({executable}) on {platform}"
    return Finding("ok", "python", words)


def program(version: str, version_of: Callable[[str], str] = metadata.version) -> Finding:
    """The program's own version, and those of the packages that it stands on.

    Args:
        version: the program's.
        version_of: the version of an installed package.
    """
    found: list[str] = []
    missing: list[str] = []
    for package in _PACKAGES:
        try:
            found.append(f"{package} {version_of(package)}")
        except metadata.PackageNotFoundError:
            missing.append(package)
    if missing:
        fix = "Install it again:  pip install --force-reinstall inference-cli"
        return Finding("failure", "program", f"inference {version}, without {', '.join(missing)}", fix)
    return Finding("ok", "program", f"inference {version}; {', '.join(found)}")


def on_path(search: str, own: Path) -> Finding:
    """Whether ``inference`` means this program, and nothing else.

    Args:
        search: the value of ``PATH``.
        own: the command that this installation brought.
    """
    found = list(_commands(search))
    if not found:
        fix = f'Add its folder:  export PATH={quote(str(own.parent))}:"$PATH"'
        return Finding("warning", "path", "no command named inference is in a folder of PATH", fix)
    others = ", ".join(map(str, found[1:]))
    ours = own.exists() and _same(found[0], own)
    if not ours and own.exists():
        message = f"inference is {found[0]}, another program than the one that runs now ({own})"
        return Finding("warning", "path", message, "See all of them:  type -a inference")
    if others:
        message = f"inference is {found[0]}; {others} is never reached"
        return Finding("warning", "path", message, "Remove what is not used:  type -a inference")
    return Finding("ok", "path", f"inference is {found[0]}")


def _commands(search: str) -> Iterator[Path]:
    """Every command of that name, each once, the one that a shell takes first."""
    seen: set[str] = set()
    for folder in search.split(os.pathsep):
        path = Path(folder or ".") / NAME
        with suppress(OSError, ValueError):
            real = os.path.realpath(path)
            if real not in seen and path.is_file() and os.access(path, os.X_OK):
                seen.add(real)
                yield path


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def completion(env: Mapping[str, str], prefix: Path) -> Finding:
    """Whether TAB completes in the shell of this login.

    Args:
        env: ``SHELL``, ``HOME`` and the ``XDG_…_HOME`` of the folders.
        prefix: what the program is installed below, ``share`` included there.
    """
    shell = Path(env.get("SHELL", "")).name
    if shell not in {"bash", "zsh", "fish"}:
        known = f"{shell} is none of bash, zsh and fish" if shell else "SHELL names no shell"
        return Finding("ok", "completion", f"not looked for: {known}")
    home = Path(env.get("HOME") or "/nonexistent")
    for place in _scripts(shell, env, home, prefix):
        with suppress(OSError):
            if place.is_file():
                return Finding("ok", "completion", f"{shell} has {place}")
    for place in _startup(shell, env, home):
        with suppress(OSError):
            if "inference completion" in place.read_text("utf-8", "replace"):
                return Finding("ok", "completion", f"{shell} is told in {place}")
    return Finding(
        "warning", "completion", f"TAB does not complete in {shell}", "See how:  inference completion --help"
    )


def _scripts(shell: str, env: Mapping[str, str], home: Path, prefix: Path) -> list[Path]:
    data = Path(env.get("XDG_DATA_HOME") or home / ".local/share")
    config = Path(env.get("XDG_CONFIG_HOME") or home / ".config")
    shares = [prefix / "share", Path("/usr/local/share"), Path("/usr/share")]
    if shell == "bash":
        return [share / "bash-completion/completions" / NAME for share in (data, *shares)]
    if shell == "fish":
        script = f"{NAME}.fish"
        vendors = [share / "fish/vendor_completions.d" / script for share in (data, *shares)]
        return [config / "fish/completions" / script, *vendors]
    own = [home / folder / f"_{NAME}" for folder in (".zfunc", ".zsh/completions")]
    return own + [share / "zsh/site-functions" / f"_{NAME}" for share in shares[1:]]


def _startup(shell: str, env: Mapping[str, str], home: Path) -> list[Path]:
    if shell == "zsh":
        folder = Path(env.get("ZDOTDIR") or home)
        return [folder / ".zshrc", folder / ".zprofile"]
    config = Path(env.get("XDG_CONFIG_HOME") or home / ".config")
    return [home / ".bashrc", home / ".bash_profile"] if shell == "bash" else [config / "fish/config.fish"]
