"""The zsh script, in zsh."""

import re
import subprocess
from pathlib import Path

import pexpect
import pytest

from inference_cli.completion.zsh import emit
from tests.support.installed import needs
from tests.support.trees import BARE, TREE

pytestmark = needs("zsh")


@pytest.fixture
def shell(tmp_path: Path) -> "pexpect.spawn[str]":
    """An interactive zsh with the script loaded, in a folder with a file and a folder."""
    (tmp_path / "photo.png").touch()
    (tmp_path / "photos").mkdir()
    (tmp_path / "script").write_text(emit(TREE))
    child = pexpect.spawn("zsh", ["-f", "-i"], cwd=str(tmp_path), encoding="utf-8", timeout=30, dimensions=(40, 200))
    child.sendline(
        "unsetopt zle_bracketed_paste prompt_cr prompt_sp 2>/dev/null; unset zle_bracketed_paste; setopt no_beep no_always_last_prompt; "
        "autoload -Uz compinit; compinit -u -D; source ./script; PS1='rea''dy> '; RPS1="
    )
    child.expect("ready> ")
    return child


def completed(child: "pexpect.spawn[str]", typed: str) -> str:
    """The line after TAB, as zsh itself holds it, without what it takes back: a space, a slash, an equals sign."""
    child.send(f"{typed}\t")
    child.send("\x01print -r -- '<\x05>'\r")
    child.expect(r"\n<([^\r\n]*)>")
    assert isinstance(child.match, re.Match)
    line: str = child.match.group(1)
    child.expect("ready> ")
    return line


def test_lines_are_completed(shell: "pexpect.spawn[str]") -> None:
    """Commands, flags, values, files and folders, root options after the command, short and long forms."""
    lines = {
        "inference im": "inference image",
        "inference queue li": "inference queue list",
        "inference --sandbox queue w": "inference --sandbox queue wait",
        "inference queue list --stat": "inference queue list --status",
        "inference queue list --sandb": "inference queue list --sandbox",
        "inference --color=al": "inference --color=always",
        "inference queue wait --color ne": "inference queue wait --color never",
        "inference image --aspect-ratio 9": "inference image --aspect-ratio 9:16",
        "inference image -o photo.": "inference image -o photo.png",
        "inference image --folder ph": "inference image --folder photos",
        "inference receipt photo.": "inference receipt photo.png",
        "inference clean ph": "inference clean photos",
        "inference completion f": "inference completion fish",
        "inference image -i photo.png -i photo.": "inference image -i photo.png -i photo.png",
        "inference image ph": "inference image ph",
        "inference image --asp": "inference image --aspect-ratio",
    }
    assert {typed: completed(shell, typed) for typed in lines} == lines
    shell.close(force=True)


def test_descriptions_are_shown(shell: "pexpect.spawn[str]") -> None:
    """What several possibilities mean stands beside them, with quotes, colons and brackets as they are."""
    shell.send("inference --\t")
    shell.expect_exact("[INFERENCE_PROFILE]")
    shell.expect_exact("Offline: in the 'built-in' sandbox")
    shell.close(force=True)


def test_the_scripts_are_valid() -> None:
    """The shell parses them, even for a tree without anything."""
    for tree in (BARE, TREE):
        subprocess.run(["zsh", "-f", "-n", "/dev/stdin"], input=emit(tree), text=True, check=True, timeout=60)


def test_it_can_be_autoloaded(tmp_path: Path) -> None:
    """As a file named _inference in fpath, the first line says what it completes."""
    (tmp_path / "_inference").write_text(emit(TREE))
    setup = "fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; print -r -- $_comps[inference]"
    done = subprocess.run(["zsh", "-fc", setup], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "_inference\n"


def test_one_program_is_started() -> None:
    """Nothing but builtins beside the word that was typed, which cannot read what is typed on."""
    code = "\n".join(line for line in emit(TREE).splitlines() if not line.startswith("#"))
    assert "$(" not in code
    assert "`" not in code
    assert code.count("__complete") == 1
    assert "2>/dev/null </dev/null" in code
    assert "_ask " not in code
