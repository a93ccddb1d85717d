"""The manual page."""

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import inference_cli
from inference_cli import __version__
from inference_cli.cli.tree import command_tree
from inference_cli.completion import man, reference
from inference_cli.completion.tree import Command, places
from inference_cli.errors import Exit
from tests.support.installed import needs
from tests.support.trees import ASKING, BARE, TREE

MACROS = {".TH", ".SH", ".SS", ".TP", ".PP", ".EX", ".EE", '.\\"'}
ESCAPE = re.compile(r"\\(?:f[BIR]|[e&-]|\(aq|\(ga|\(ha|\(ti|\(dq|\[u[0-9A-F]{4,6}\])")
SIGNS = {r"\e": "\\", r"\-": "-", r"\(aq": "'", r"\(ga": "`", r"\(ha": "^", r"\(ti": "~", r"\(dq": '"'}


def plain(roff: str) -> str:
    """What is read, when the escapes are gone."""

    def sign(match: re.Match[str]) -> str:
        escape = match.group()
        return chr(int(escape[3:-1], 16)) if escape.startswith(r"\[u") else SIGNS.get(escape, "")

    return ESCAPE.sub(sign, roff)


@pytest.fixture(scope="module")
def page() -> str:
    """The program's own."""
    return man.emit(command_tree(), version=__version__)


@pytest.mark.parametrize("tree", [command_tree(), TREE, ASKING, BARE], ids=["inference", "hard", "asking", "bare"])
def test_every_line_is_roff(tree: Command) -> None:
    """A known macro or a line of text; escapes are known; every font goes back; ASCII alone; no empty line."""
    text = man.emit(tree, version="1.0")

    assert text.isascii()
    assert text.startswith('.\\" ')
    for line in text.splitlines():
        assert line.strip(), text
        if line.startswith("."):
            assert line.split()[0] in MACROS, line
        assert not line.startswith("'"), line
        assert "\\" not in ESCAPE.sub("", line.removeprefix('.\\"')), line
        fonts = re.findall(r"\\f([BIR])", line)
        assert [font == "R" for font in fonts] == [False, True] * (len(fonts) // 2), line


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_text_is_shown_as_it_is(text: str) -> None:
    """Nothing in it is a command: dots and quotes that begin a line, backslashes, dashes."""
    roff = man._text(text)
    assert plain(roff) == text
    assert not roff.startswith((".", "'"))


def test_all_commands_flags_exit_codes_and_folders_are_there(page: str) -> None:
    """With their values, defaults and examples."""
    text = plain(page)

    for place in places(command_tree()):
        assert f".SS {' '.join(place.path)}" in text or len(place.path) == 1
        for flag in place.command.flags:
            assert f"\n.TP\n{', '.join(sorted(flag.names, key=len))}" in text
    assert "\ninference queue wait 7cf9 bb8f\n" in text
    assert "\n--max-size 20GB\nLargest file to download.\nDefault: 20GB.\n" in text
    assert "\n.SH FILES\n" in text


def test_every_exit_code_is_explained(page: str) -> None:
    """With the first sentence of its error, or words of its own."""
    assert [code for code, _ in reference.exits()] == list(Exit)
    assert all(meaning.endswith(".") for _, meaning in reference.exits())
    assert "\n.TP\n8\nA paid request was written and no complete refusal was read:" in plain(page)


def test_every_variable_is_explained(page: str) -> None:
    """Those that the package reads."""
    source = "".join(path.read_text() for path in Path(inference_cli.__file__).parent.rglob("*.py"))
    read = set(re.findall(r"\"((?:INFERENCE|OXEN)_[A-Z_]+[A-Z])\"", source)) | {
        "NO_COLOR",
        "SSL_CERT_FILE",
        "HTTPS_PROXY",
    }

    assert read
    assert {name for name in read if name not in plain(page)} == set()


@needs("man")
def test_man_renders_it_without_a_warning(page: str, tmp_path: Path) -> None:
    """As a person reads it."""
    (tmp_path / "inference.1").write_text(page)
    done = subprocess.run(
        ["man", "--warnings", "-l", "inference.1"],
        cwd=tmp_path,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "MANWIDTH": "100", "MAN_KEEP_FORMATTING": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == ""
    assert "       -m, --model ID\n              Model, or an alias of the profile.\n" in done.stdout
    assert 'inference image "a red fox in the snow" -o fox.png\n' in done.stdout
