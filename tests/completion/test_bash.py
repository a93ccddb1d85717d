"""The bash script, in bash."""

import shlex
import subprocess
from pathlib import Path

import pexpect
import pytest

from inference_cli.completion.bash import emit
from tests.support.trees import BARE, TREE

ROOT = ["--profile", "--color", "--sandbox", "--help", "-h"]
BREAKS = " \t\n\"'><=;|&(:"


def pieces(line: str, breaks: str) -> list[str]:
    """The words of a line as readline cuts them: at blanks, and around the other word breaks."""
    words = [""]
    for char in line:
        if char in " \t":
            words += [""] if words[-1] else []
        elif char in breaks:
            words = [*words[:-1], char, ""] if not words[-1] else [*words, char, ""]
        else:
            words[-1] += char
    if words[-1] == "" and len(words) > 1 and words[-2] in {"=", ":"}:
        words.pop()  # the break itself is the word under the cursor
    return words


def offered(tmp_path: Path, line: str, breaks: str = BREAKS, *, script: str | None = None) -> list[str]:
    """What bash is given for a line with the cursor at its end; nothing can be started, since there is no PATH."""
    source = tmp_path / "inference.bash"
    source.write_text(script or emit(TREE))
    words = pieces(line, breaks)
    setup = (
        f"PATH=; source {shlex.quote(str(source))}; COMP_WORDBREAKS={shlex.quote(breaks)}; COMP_LINE={shlex.quote(line)}; "
        f"COMP_POINT={len(line)}; COMP_WORDS=({' '.join(map(shlex.quote, words))}); COMP_CWORD={len(words) - 1}; "
        '_inference; for word in "${COMPREPLY[@]}"; do echo "$word"; done'
    )
    done = subprocess.run(["bash", "--norc", "-uc", setup], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("inference ", ["image", "queue", "receipt", "completion", "clean"]),
        ("inference c", ["completion", "clean"]),
        ("inference --", ["--profile", "--color", "--sandbox", "--help"]),
        ("inference -", ROOT),
        ("inference queue ", ["list", "wait"]),
        ("inference --sandbox queue w", ["wait"]),
        ("inference --profile queue queue l", ["list"]),
        ("inference --profile=queue im", ["image"]),
        ("inference --profile q", []),
        ("inference queue list --s", ["--status", "--sandbox"]),
        ("inference queue --color ", ["auto", "always", "never"]),
        ("inference --color a", ["auto", "always"]),
        ("inference --color=a", ["auto", "always"]),
        ("inference --color=", ["auto", "always", "never"]),
        ("inference image --aspect-ratio 1", ["16:9", "16:10", "1:1"]),
        ("inference image --aspect-ratio 16:", ["9", "10"]),
        ("inference image --aspect-ratio=16:1", ["10"]),
        ("inference image -f ", []),
        ("inference receipt -f --x", []),
        ("inference completion ", ["bash", "zsh", "fish"]),
        ("inference completion -- z", ["zsh"]),
        ("inference queue list --status i", ["it's done"]),
        ("inference image -- --f", []),
        ("inference image nothing --fol", ["--folder"]),
        ("inference image --aspect-ratio 16:9 --fol", ["--folder"]),
        ("inference x:queue ", ["image", "queue", "receipt", "completion", "clean"]),
        ("inference image 'a b", []),
        ("inference image -o x", []),
    ],
)
def test_words_are_offered(tmp_path: Path, line: str, expected: list[str]) -> None:
    """Commands, flags and values by where the cursor stands; readline itself adds files and folders."""
    assert offered(tmp_path, line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("inference --color=a", ["--color=auto", "--color=always"]),
        ("inference image --aspect-ratio 16:", ["16:9", "16:10"]),
    ],
)
def test_other_word_breaks_are_respected(tmp_path: Path, line: str, expected: list[str]) -> None:
    """Some people take = and : out of COMP_WORDBREAKS."""
    assert offered(tmp_path, line, " \t\n\"'") == expected


def test_a_tree_without_anything_is_a_script() -> None:
    """Valid bash even then."""
    for tree in (BARE, TREE):
        subprocess.run(["bash", "-n"], input=emit(tree), text=True, check=True, timeout=60)


def test_one_program_is_started() -> None:
    """Nothing but builtins beside the word that was typed, which cannot read what is typed on."""
    code = "\n".join(line for line in emit(TREE).splitlines() if not line.startswith("#"))
    assert "$(" not in code
    assert "`" not in code
    assert code.count("__complete") == 1
    assert '"$program" __complete "$1" line "$line" 2>/dev/null </dev/null' in code
    assert "_ask " not in code.partition("_takes_value")[2]


def test_files_and_folders_in_an_interactive_shell(tmp_path: Path) -> None:
    """TAB completes files where a flag takes one, only folders where it takes a folder, nothing for text."""
    (tmp_path / "photo.png").touch()
    (tmp_path / "photos").mkdir()
    (tmp_path / "script").write_text(emit(TREE))
    child = pexpect.spawn("bash", ["--norc", "--noprofile", "-i"], cwd=str(tmp_path), encoding="utf-8", timeout=30)
    child.sendline("PS1='rea''dy> '; bind 'set enable-bracketed-paste off'; source ./script")
    child.expect("ready> $")
    for typed, completed in (
        ("inference im", "inference image "),
        ("inference image --out", "inference image --output "),
        ("inference image -o photo.", "inference image -o photo.png "),
        ("inference image --folder ph", "inference image --folder photos/"),
        ("inference receipt photo.", "inference receipt photo.png "),
        ("inference image ph", "inference image ph"),
    ):
        child.send(f"{typed}\t")
        child.expect_exact(completed)
        child.send("\x15echo do''ne\r")
        child.expect("done\r\nready> $")
    child.close(force=True)
