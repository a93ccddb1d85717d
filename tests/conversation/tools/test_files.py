from pathlib import Path

import pytest

from inference_cli.conversation.tools import files
from inference_cli.conversation.tools.folder import Folder
from inference_cli.conversation.tools.given import is_schema
from inference_cli.conversation.tools.tool import ToolFailedError


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Two texts and a picture."""
    (tmp_path / "a.txt").write_text("one\ntwo\nthree\n")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "b.py").write_text("def Two():\n    pass\n")
    (tmp_path / "c.png").write_bytes(b"\x89PNG\0two")
    return Folder.at(tmp_path)


def test_the_three_tools(folder: Folder) -> None:
    """Called by their names, as a model does; none of them acts."""
    tools = {tool.name: tool for tool in files.tools(folder)}
    assert list(tools) == ["files_list", "files_read", "files_search"]
    assert not any(tool.acts for tool in tools.values())
    assert all(is_schema(tool.parameters) for tool in tools.values())
    assert tools["files_list"].call({}) == "a.txt\t14\nc.png\t8\nsrc/"
    assert tools["files_list"].call({"recursive": True, "folder": "."}) == "a.txt\t14\nc.png\t8\nsrc/\nsrc/b.py\t20"
    assert tools["files_read"].call({"path": "./a.txt"}) == "one\ntwo\nthree\n"
    assert tools["files_read"].call({"path": "a.txt", "first_line": 2, "lines": 1.0}) == "two\n"
    assert tools["files_read"].call({"path": "a.txt", "first_line": 3}) == "three\n"
    assert tools["files_search"].call({"text": "TWO"}) == "a.txt:2: two\nsrc/b.py:1: def Two():"
    assert tools["files_search"].call({"text": "two", "folder": "src"}) == "src/b.py:1: def Two():"


def test_nothing_is_an_answer(folder: Folder, tmp_path: Path) -> None:
    """In words, for a model that gets an empty text calls again."""
    (tmp_path / "empty").mkdir()
    assert files.listed(folder, "empty", deep=False) == "The folder is empty."
    assert files.search(folder, "four", ".") == "Nothing was found."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a\0b", "is not a text file"),
        (b"\xff\xfea", "is not a text file"),
        (b"x" * 4_000_001, "is larger than 4 MB"),
        (b"-----BEGIN OPENSSH PRIVATE KEY-----\nabc", "holds a private key"),
    ],
    ids=["nul", "utf-16", "large", "key"],
)
def test_what_is_not_read(folder: Folder, tmp_path: Path, data: bytes, words: str) -> None:
    """Said, and not found by a search either."""
    (tmp_path / "x").write_bytes(data)
    with pytest.raises(ToolFailedError, match=words):
        files.read(folder, "x")
    assert files.search(folder, "abc", ".") == "Nothing was found."


def test_a_line_that_is_not_there(folder: Folder) -> None:
    """It says how many there are."""
    with pytest.raises(ToolFailedError, match=r"'a.txt' has 3 lines\."):
        files.read(folder, "a.txt", 4)


def test_long_answers_are_cut(folder: Folder, tmp_path: Path) -> None:
    """A thousand entries, two hundred lines; both say that there are more."""
    many = tmp_path / "many"
    many.mkdir()
    for number in range(1001):
        (many / f"{number:04}").write_text("x\n" if number else "found\n" * 201)
    listed = files.listed(folder, "many", deep=False).splitlines()
    assert (len(listed), listed[-1]) == (1001, "[the first 1000; there are more]")
    found = files.search(folder, "found", ".").splitlines()
    assert (len(found), found[-1]) == (201, "[the first 200; there are more]")


def test_a_search_has_an_end(folder: Folder, tmp_path: Path) -> None:
    """After a hundred million bytes, and says so; larger files than those that can be read are passed over."""
    for number in range(26):
        with (tmp_path / f"z{number:02}").open("wb") as file:
            file.truncate(4_000_000)
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(4_000_001)
    assert (
        files.search(folder, "two", ".")
        == "a.txt:2: two\nsrc/b.py:1: def Two():\n[27 files were searched; there are more]"
    )


def test_escape_sequences_are_data(folder: Folder, tmp_path: Path) -> None:
    """They go to the model as they are; whoever shows them masks them."""
    (tmp_path / "x").write_bytes(b"\x1b]0;title\x07")
    assert files.read(folder, "x") == "\x1b]0;title\x07"
