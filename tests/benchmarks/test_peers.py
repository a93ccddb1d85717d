"""The description of other programs."""

from pathlib import Path

import pytest

from tests.benchmarks.peers import FILE, Peer, filled, read

TEXT = """
[one]
program = "one/bin/one"
version = ["{program}", "--version", "{url}", "{unknown}"]
env = { KEY = "x" }
chat_most = 1000
[two]
program = "two"
"""
KINDS = {"version", "help", "subhelp", "complete", "models", "config", "chat", "download"}


@pytest.fixture
def described(tmp_path: Path) -> Path:
    """A file with two of them."""
    file = tmp_path / "peers.toml"
    file.write_text(TEXT)
    return file


def test_who_is_installed_has_a_path(described: Path, tmp_path: Path) -> None:
    """In an environment below the folder, or on PATH; who is not is there all the same, to be named."""
    program = tmp_path / "one" / "bin" / "one"
    program.parent.mkdir(parents=True)
    program.touch()
    commands = {"version": ["{program}", "--version", "{url}", "{unknown}"]}
    one, two = read(tmp_path, file=described, path="/nowhere")
    assert one == Peer("one", str(program), commands, env={"KEY": "x"}, chat_most=1000)
    assert two == Peer("two", None, {})
    assert [peer.path for peer in read(None, file=described, path="/nowhere")] == [None, None]
    assert one.argv("version", url="http://here") == [str(program), "--version", "http://here", "{unknown}"]


def test_a_program_on_the_path(described: Path, tmp_path: Path) -> None:
    """A word without a slash."""
    program = tmp_path / "two"
    program.touch(0o755)
    assert [peer.path for peer in read(None, file=described, path=str(tmp_path))] == [None, str(program)]


@pytest.mark.parametrize(
    ("text", "message"),
    [("[one]\nversion = ['a']", "one has no program"), ("[one]\nprogram = 'a'\nhelp = 'a -h'", "one.help is no list")],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, message: str) -> None:
    """By the table and the key."""
    file = tmp_path / "peers.toml"
    file.write_text(text)
    with pytest.raises(ValueError, match=message):
        read(None, file=file)


def test_the_braces_of_json_stay() -> None:
    """Only places that have a value are filled in."""
    assert filled('{"model":"{model}"}', model="chat-1", url="x") == '{"model":"chat-1"}'


def test_the_file_beside_this_one_is_understood() -> None:
    """Everybody that is to be compared is in it, with commands of known kinds."""
    peers = read(None, file=FILE, path="/nowhere")
    assert {peer.name for peer in peers} >= {"curl", "gh", "llm", "shell-gpt", "openai", "httpie", "hf", "comfy", "fal"}
    assert {kind for peer in peers for kind in peer.commands} <= KINDS
