"""The fish script, in fish."""

import subprocess
from pathlib import Path

import pytest

from inference_cli.completion.fish import emit
from tests.support.installed import needs
from tests.support.trees import BARE, TREE

pytestmark = needs("fish")


def offered(folder: Path, *lines: str) -> list[dict[str, str]]:
    """What fish offers for each line, with its descriptions."""
    (folder / "photo.png").touch()
    (folder / "photos").mkdir()
    (folder / "script").write_text(emit(TREE))
    program = folder / "bin" / "inference"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\ntouch started\n")
    program.chmod(0o755)
    asked = "; ".join(f"complete -C {quoted(line)}; echo ===" for line in lines)
    done = subprocess.run(
        ["fish", "--no-config", "-c", f"set -x PATH $PWD/bin $PATH; source ./script; {asked}"],
        cwd=folder,
        env={"HOME": str(folder), "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "xterm"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stderr == ""
    assert not (folder / "started").exists()
    blocks = done.stdout.split("===\n")[:-1]
    return [dict(line.partition("\t")[::2] for line in block.splitlines()) for block in blocks]


def quoted(text: str) -> str:
    """A literal string of fish."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


CASES: list[tuple[str, list[str]]] = [
    ("inference ", ["clean", "completion", "image", "queue", "receipt"]),
    ("inference queue ", ["list", "wait"]),
    ("inference --sandbox queue w", ["wait"]),
    ("inference --profile queue queue l", ["list"]),
    ("inference --profile=queue im", ["image"]),
    ("inference queue list --st", ["--status"]),
    ("inference queue list --sa", ["--sandbox"]),
    ("inference --color a", ["always", "auto"]),
    ("inference queue wait --color=n", ["--color=never"]),
    ("inference image --aspect-ratio 16:", ["16:10", "16:9"]),
    ("inference queue list --status i", ["it's done"]),
    ("inference image -o ph", ["photo.png", "photos/"]),
    ("inference image --folder ph", ["photos/"]),
    ("inference receipt ph", ["photo.png", "photos/"]),
    ("inference clean ph", ["photos/"]),
    ("inference completion f", ["fish"]),
    ("inference image ph", []),
    ("inference image --profile ph", []),
    ("inference receipt -f ph", []),
]


def test_words_are_offered(tmp_path: Path) -> None:
    """Commands, flags, values, files and folders by where the cursor stands; the program itself is never started."""
    found = offered(tmp_path, *(line for line, _ in CASES))
    assert [(line, sorted(words)) for (line, _), words in zip(CASES, found, strict=True)] == CASES


def test_descriptions_stand_beside(tmp_path: Path) -> None:
    """Each with its help, quotes and all."""
    commands, flags = offered(tmp_path, "inference i", "inference --s")
    assert commands == {"image": "Text to image; with -i, edits"}
    assert flags == {"--sandbox": "Offline: in the 'built-in' sandbox"}


@pytest.mark.parametrize("tree", [BARE, TREE])
def test_the_scripts_are_valid(tree: object) -> None:
    """The shell parses them, even for a tree without anything."""
    text = emit(BARE if tree is BARE else TREE)
    subprocess.run(["fish", "--no-config", "--no-execute", "/dev/stdin"], input=text, text=True, check=True, timeout=60)
