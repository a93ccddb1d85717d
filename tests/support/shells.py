"""Real shells at a terminal, asked what TAB makes of a line; and a program that only answers on TAB."""

import re
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pexpect

_PATIENCE = 30  # seconds; never waited for when all is well
_BASH = "bind 'set enable-bracketed-paste off'; bind 'set bell-style none'"
_ZSH = (
    "unset zle_bracketed_paste; unsetopt prompt_cr prompt_sp; setopt no_beep no_always_last_prompt; "
    "autoload -Uz compinit; compinit -u -D; RPS1="
)


class Shell:
    """An interactive bash or zsh with a completion script loaded.

    Args:
        name: ``bash`` or ``zsh``.
        script: the completion script's file.
        cwd: the working folder.
        env: the environment, all of it.
    """

    def __init__(self, name: str, script: Path, cwd: Path, env: Mapping[str, str]) -> None:
        options, setup = (["--norc", "--noprofile"], _BASH) if name == "bash" else (["-f"], _ZSH)
        self._child: pexpect.spawn[str] = pexpect.spawn(
            name,
            [*options, "-i"],
            cwd=str(cwd),
            env={**env, "TERM": "xterm"},
            encoding="utf-8",
            timeout=_PATIENCE,
            dimensions=(60, 400),
        )
        self._child.sendline(f"{setup}; source {shlex.quote(str(script))}; PS1='rea''dy> '")
        self._child.expect("ready> ")

    def completed(self, typed: str) -> str:
        """The line after TAB, with the space that bash puts behind what is complete."""
        self._child.send(f"{typed}\t")
        self._child.send("\x01echo '<\x05>'\r")
        self._child.expect(r"\n<([^\r\n]*)>\r")
        assert isinstance(self._child.match, re.Match)
        line: str = self._child.match.group(1)
        self._child.expect("ready> ")
        return line

    def shown(self, typed: str, last: str) -> str:
        """What is on the terminal after TAB, and again TAB, up to a text."""
        self._child.send(f"{typed}\t\t")
        self._child.expect_exact(last)
        shown = f"{self._child.before}{last}"
        self._child.send("\x15echo do''ne\r")
        self._child.expect(r"done\r\n.*ready> ")
        return shown

    def close(self) -> None:
        """End it."""
        self._child.close(force=True)


def fish(script: Path, cwd: Path, env: Mapping[str, str], line: str) -> dict[str, str]:
    """What fish offers for a line, with the descriptions, in its order."""
    quoted = line.replace("\\", "\\\\").replace("'", "\\'")
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"source {shlex.quote(str(script))}; complete -C '{quoted}'"],
        cwd=cwd,
        env={**env, "TERM": "xterm"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    return dict(line.partition("\t")[::2] for line in done.stdout.splitlines())


ANSWERS = {
    "model": ["org/Pic-1:a\tPicture", "org/Pic-1:b\tAnother", "film"],
    "generation": ["last\tthe latest, queued waves", "b0b1\tqueued waves", "a0a1\tfailed fox"],
    "profile": ["default\thttps://hub.example", "work\thttps://work.example"],
}


def answering(folder: Path, name: str = "inference") -> Path:
    """A program that answers on TAB, and keeps what it was asked in ``asked`` beside it; its stdin must be at its end."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = "".join(f"{kind}) printf '%s\\n' {shlex.join(lines)} ;;\n" for kind, lines in ANSWERS.items())
    program = folder / name
    program.write_text(
        f"""#!/bin/sh
read -r line && exit 1
printf '<%s>' "$@" >> {shlex.quote(str(folder / "asked"))}
echo noise >&2
for last; do :; done
last=${{last##*-p }}
case $2-${{last##*--param=}} in
    parameter-quality=*) printf '%s\\n' 'quality=422 HQ' "quality=it's" 'quality=$(x)' ;;
    parameter-*=*) printf '%s\\n' aspect_ratio=16:9 aspect_ratio=16:10 aspect_ratio=9:16 ;;
    parameter-*) printf '%s\\t%s\\n' aspect_ratio= choice quality= choice image= image ;;
esac
case $2 in
{cases}esac
"""
    )
    program.chmod(0o755)
    return program


def asked(folder: Path) -> list[str]:
    """What it was asked since the last look: its arguments, in angle brackets."""
    file = folder / "asked"
    text = file.read_text() if file.exists() else ""
    file.unlink(missing_ok=True)
    return re.findall(r"<([^>]*)>", text)
