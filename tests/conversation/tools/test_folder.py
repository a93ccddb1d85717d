import os
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from inference_cli.conversation.tools import files
from inference_cli.conversation.tools.folder import Entry, Folder, is_secret
from inference_cli.conversation.tools.tool import ToolFailedError
from inference_cli.errors import UsageError

CANARY = "canary"


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything that might lead out of it; only ``in.txt`` and ``sub/in.txt`` are to be seen."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text(CANARY)
    top = outside / "top"
    (top / "sub" / "deep").mkdir(parents=True)
    for path in (top / "in.txt", top / "sub" / "in.txt"):
        path.write_text("inside")
    for name in (".env", ".hidden/x", "sub/.git", "server.pem", "sub/id_rsa", "ID_ED25519.txt", "profile/tokens"):
        (top / name).parent.mkdir(exist_ok=True)
        (top / name).write_text(CANARY)
    (top / "link.txt").symlink_to(outside / "secret.txt")
    (top / "link").symlink_to(outside)
    (top / "sub" / "up").symlink_to("../..")
    (top / "inner").symlink_to("in.txt")
    os.mkfifo(top / "pipe")
    return top


def folder_of(top: Path) -> Folder:
    """The folder, its profile closed."""
    return Folder.at(top, [top / "profile", top / "nowhere"])


STEPS = st.sampled_from(
    [
        *(
            "",
            ".",
            "..",
            "in.txt",
            "sub",
            "deep",
            "up",
            "link",
            "link.txt",
            "top",
            "secret.txt",
            ".env",
            ".hidden",
            "x",
        ),
        *(
            "pipe",
            "profile",
            "tokens",
            "~",
            "server.pem",
            "...",
            "..\\",
            "%2e%2e",
            "in.txt\0",
            "\ud800",
            "/",
            "a" * 300,
        ),
    ]
)


@given(st.lists(STEPS, max_size=7), st.sampled_from(["", "/", "//", "./"]))
def test_no_path_leads_out(top: Path, names: list[str], prefix: str) -> None:
    """Whatever a path is made of: the text of a file inside, or words."""
    path = prefix + "/".join(names)
    folder = folder_of(top)
    for look in (files.read, lambda f, p: files.listed(f, p, deep=True), lambda f, p: files.search(f, CANARY, p)):
        try:
            found = look(folder, path)
        except ToolFailedError:
            continue
        assert CANARY not in found
        assert "secret" not in found
        assert ".env" not in found


def test_all_that_is_to_be_seen(top: Path) -> None:
    """Neither links, nor pipes, nor what is hidden or closed."""
    assert list(folder_of(top).walk(".", deep=True)) == [
        Entry("in.txt", is_folder=False, size=6),
        Entry("sub", is_folder=True, size=0),
        Entry("sub/deep", is_folder=True, size=0),
        Entry("sub/in.txt", is_folder=False, size=6),
    ]
    assert [entry.path for entry in folder_of(top).walk("sub", deep=False)] == ["sub/deep", "sub/in.txt"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("../secret.txt", "leads out of the folder"),
        ("/etc/passwd", "paths start from the folder"),
        ("~/x", "paths start from the folder"),
        ("link/secret.txt", "is a link, and links are not followed"),
        ("link.txt", "is a link, and links are not followed"),
        ("inner", "is a link, and links are not followed"),
        (".env", "hidden files are not shown"),
        ("profile", "There is nothing at"),
        ("profile/tokens", "There is nothing at"),
        ("nothing", "There is nothing at"),
        ("in.txt/x", "There is nothing at"),
        ("pipe", "is not a file"),
        ("sub", "is a folder"),
    ],
)
def test_what_is_said(top: Path, path: str, words: str) -> None:
    """In words that a model understands."""
    with pytest.raises(ToolFailedError, match=words):
        files.read(folder_of(top), path)


def test_a_folder_that_may_not_be_read(top: Path) -> None:
    """It is no folder, or it is not there: the command line is wrong."""
    for path in (top / "in.txt", top / "nowhere", top / ("x" * 300)):
        with pytest.raises(UsageError, match="folder"):
            Folder.at(path)
    with pytest.raises(ToolFailedError, match="is not a folder"):
        list(folder_of(top).walk("in.txt", deep=False))


def test_the_top_may_be_a_link(top: Path) -> None:
    """The user named it."""
    assert files.read(Folder.at(top / "sub" / "up" / "top"), "in.txt") == "inside"


def test_secret_names() -> None:
    """By what they begin and end with."""
    assert [is_secret(name) for name in (".x", "a.PEM", "id_rsa.bak", "key.txt", "a.pem.md")] == [
        True,
        True,
        True,
        False,
        False,
    ]
