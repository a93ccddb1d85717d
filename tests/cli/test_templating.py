"""Templates of chats: kept from flags, laid under them, of the user's own or of a project."""

from pathlib import Path

import pytest

from tests.support.talker import said, talker


def test_kept_and_used(tmp_path: Path) -> None:
    """What was given once is there again; what is typed then wins."""
    program, service = talker(tmp_path, said("a"), said("b"), said("c"))
    kept = program(
        "chat", "Translate to {language}: {input}", "--save-template", "tr", "-s", "Be exact.", "-m", "m1",
        "-p", "temperature=0.1", "--set", "language=German",
    )  # fmt: skip
    assert kept.code == 0
    assert Path(kept.lines[0]).stat().st_mode & 0o777 == 0o600
    assert kept.err == '  Use it:  inference chat -t tr "…"\n'
    assert service.requests == []

    assert program("chat", "-t", "tr", "hello", "--no-log").out == "a"
    assert program("chat", "-t", "tr", "--set", "language=French", "-m", "m2", "--no-log", stdin=b"bye\n").out == "b"
    assert program("chat", "-t", "tr", "x", "-s", "Be brief.", "-p", "temperature=1", "--no-log").out == "c"
    assert [(chat["model"], chat["temperature"], chat["messages"]) for chat in service.chats] == [
        ("m1", 0.1, [_system("Be exact."), _user("Translate to German: hello")]),
        ("m2", 0.1, [_system("Be exact."), _user("Translate to French: bye")]),
        ("m1", 1, [_system("Be brief."), _user("Translate to German: x")]),
    ]


def _system(text: str) -> dict[str, str]:
    return {"role": "system", "content": text}


def _user(text: str) -> dict[str, str]:
    return {"role": "user", "content": text}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["-t", "none", "x"], 4, "no template named none"),
        (["--save-template", "a"], 2, "nothing to keep"),
        (["{", "--save-template", "a"], 2, "single {"),
        (["x", "--save-template", "../a"], 2, "letters, digits"),
        (["x", "--save-template", "a", "-c"], 2, "--save-template keeps"),
        (["x", "--save-template", "a", "-a", "-"], 2, "standard input"),
        (["x", "--save-template", "a", "-p", "temperature=9"], 2, "from 0 to 2"),
    ],
)
def test_what_cannot_be_kept_or_found(tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    """Nothing is asked, nothing is written."""
    program, service = talker(tmp_path)
    done = program("chat", *arguments)
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert service.chats == []
    assert not (program.home / "config" / "templates").exists()


def test_one_that_is_there_is_not_replaced(tmp_path: Path) -> None:
    """Unless that is asked for."""
    program, _ = talker(tmp_path)
    assert program("chat", "one", "--save-template", "a").code == 0
    assert program("chat", "two", "--save-template", "a").code == 2
    assert program("chat", "two", "--save-template", "a", "--force").code == 0


def test_a_variable_without_a_value(tmp_path: Path) -> None:
    """It is named, with the flag that gives it."""
    program, service = talker(tmp_path)
    program("chat", "Translate to {language}: {input}", "--save-template", "tr")
    done = program("chat", "-t", "tr", "x")
    assert done.code == 2
    assert done.err == "error: the template tr needs language\n  Nothing was sent.  Give it:  --set language=…\n"
    assert service.chats == []


def test_a_projects_template(tmp_path: Path) -> None:
    """It may say what is asked; what acts because of it has to be approved, by nobody in a pipe."""
    program, service = talker(tmp_path, said("a"))
    (program.cwd / "inference.toml").write_text('[templates.fox]\nprompt = "About a fox: {input}"\nmodel = "m"\n')
    program.cwd.joinpath("sub").mkdir()
    assert program("chat", "-t", "fox", "x", "--no-log").out == "a"
    assert service.questions == ["About a fox: x"]
