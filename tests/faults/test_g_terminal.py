"""Terminals and text: what a model wrote is shown and never obeyed, and goes through a pipe as it is."""

import json
import re
from time import process_time

import pytest

from tests.support.account import CLAUDE, FOX, WAVES, model
from tests.support.faultd import Step, http
from tests.support.harness import FILM, Fault
from tests.support.hostile import ATTACK, CORPUS, in_markdown
from tests.support.talker import chunk, events, said

ASK = ("chat", "hello", "-m", CLAUDE)
SHELL = ("sh", "-c")


def shown(fault: Fault, *texts: str, arguments: tuple[str, ...] = ASK) -> str:
    """Ask in a terminal: everything that can be seen then."""
    fault.api.chat = said(*texts)
    terminal = fault.terminal(*arguments, rows=200)
    assert terminal.finish() == 0
    return "\n".join(line.removeprefix("  ") for line in terminal.screen)


def test_G01_escape_sequences_in_an_answer(fault: Fault) -> None:
    """Each code is a picture on the screen, in every part of Markdown, and a split changes nothing (fault G1)."""
    screen = shown(fault, in_markdown(ATTACK))
    pieces = shown(fault, *in_markdown(CORPUS["clipboard"] + CORPUS["places"]))

    for sign in ("␛[2;7101J", "␛]52;c;7101␇", "␛]8;;https://evil.example/7101", "␛P$q7101m", "␛_G7101"):
        assert sign in screen.replace("\n", "")
    assert "␛]52;c;7101␇" in pieces


@pytest.mark.parametrize("name", CORPUS)
def test_G01_each_of_them_alone(fault: Fault, name: str) -> None:
    """With its text cut at each character; also where the model thinks, and where nothing is drawn (fault G1)."""
    text = f"a {CORPUS[name]} b"
    thoughts = [chunk({"reasoning_content": char}) for char in text]
    fault.api.chat = events([*thoughts, *(chunk({"content": char}) for char in text), chunk({}, finish="stop")])

    for more in ((), ("--no-color",), ("--no-stream",)):
        assert fault.inside(*ASK, *more, terminal=True).code == 0


def test_G02_c1_controls_in_both_forms(fault: Fault) -> None:
    """Two bytes of UTF-8, or the bare byte 9B, which is no text at all (fault G2)."""
    screen = shown(fault, "".join(map(chr, range(0x80, 0xA0))))
    fault.api.chat = said("AB@C").replace(b"@", b"\x9b31m")
    bare = fault.terminal(*ASK)

    assert "".join(f"\\x{code:02x}" for code in range(0x80, 0xA0)) in screen.replace("\n", "")
    assert bare.finish() == 0
    assert b"AB\xef\xbf\xbd31mC" in bare.raw


def test_G03_controls_that_overwrite(fault: Fault) -> None:
    """CR, BS, BEL, DEL, NUL, VT and FF are shown; CR and LF together are a line end (fault G3)."""
    screen = shown(fault, "safe\rEVIL\b\b\x07\x7f\0\x0b\x0c end\r", "\n\r\nnext")

    assert screen.splitlines()[-2:] == ["safe␍EVIL␈␈␇␡␀␋␌ end", "next"]


def test_G04_directions_and_what_cannot_be_seen(fault: Fault) -> None:
    """Named where they could lie; joiners stay where scripts and emoji are written with them (fault G4)."""
    fault.api.chat = said(
        "\u202eabc\u2066\U000e0041\u200bx\ufe01\ufe01", " 🏳\ufe0f\u200d🌈 \u05d0\u200f\u2067b\u0645\u200c\u06a9"
    )

    terminal = fault.terminal(*ASK)
    terminal.finish()
    raw = terminal.raw.decode().replace("\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", "<")

    assert re.search("<U.202E.abc<U.2066.<U.E0041.<U.200B.x\ufe01<U.FE01.", raw)
    assert "🏳\ufe0f\u200d🌈" in raw
    assert "\u05d0\u200f\u2067b\u0645\u200c\u06a9\u2069" in raw


def test_G05_hostile_strings_in_a_terminal(fault: Fault) -> None:
    """Names, descriptions and prices of models, and an error's words (fault G5; every field: ``test_g_fields``)."""
    fault.api.models = [{**one, "display_name": ATTACK, "description": ATTACK} for one in fault.api.models]
    listed, shown = fault.terminal("models", "list"), fault.terminal("models", "show", FOX)
    fault.api.script("POST /api/ai/images/generate", Step((http("400 Bad", json.dumps({"error": ATTACK}).encode()),)))
    refused = fault.terminal("image", "a fox", "-m", FOX)

    assert (listed.finish(), shown.finish(), refused.finish()) == (0, 0, 5)
    assert b"\xe2\x90\x9b[2;7101J" in listed.raw or "␛" in "".join(listed.screen)
    assert "␛" in "".join(refused.screen)


def test_G06_markup_of_other_programs(fault: Fault) -> None:
    """Is text: no colour, no link, no smiley, and no crash over a tag that closes nothing (fault G6)."""
    text = "[/foo] [link=https://evil.example]x[/link] [red]y[/red] :smile: [bold"
    fault.api.models = [{**one, "display_name": text} for one in fault.api.models]
    listed = fault.terminal("models", "list", columns=300)
    listed.finish()

    assert text in shown(fault, text)
    assert text in "\n".join(listed.screen)
    assert b"\x1b]8;" not in listed.raw


def test_G07_a_pipe_gets_what_the_model_wrote(fault: Fault) -> None:
    """Byte for byte, without colour or progress; in JSON each control is an escape (fault G7)."""
    text = ATTACK.replace("\ud800\udc80", "")
    fault.api.chat = said(*text)
    done, document = fault.run(*ASK), fault.run(*ASK, "--json")

    assert (done.code, done.out, done.err) == (0, text.encode(), "")
    assert document.json["choices"][0]["message"]["content"] == text
    assert document.out.isascii()
    assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", document.out)


def test_G08_colour_width_and_movement(fault: Fault) -> None:
    """--color, NO_COLOR, TERM=dumb, CI and COLUMNS are respected (fault G8)."""
    fault.api.chat = said("# Title\n\n*word* `code`")
    fault.api.looks = 3

    def sent(*arguments: str, **env: str) -> bytes:
        done = fault.inside(*arguments, terminal=True, env=env)
        assert done.code == 0
        return done.out + done.err.encode()

    assert b"\x1b[" in sent(*ASK)
    assert b"\x1b[" in sent("--color=always", *ASK, NO_COLOR="1")
    assert b"\x1b" not in sent(*ASK, NO_COLOR="1") + sent("--no-color", *ASK) + sent(*ASK, TERM="dumb")
    assert re.search(rb"\x1b\[[0-9]*[A-HJK]", sent(*FILM))
    assert not re.search(rb"\x1b\[[0-9]*[A-HJK]", sent(*FILM, CI="1"))
    assert b"\x1b" not in sent(*FILM, TERM="dumb")
    listed = fault.inside("--no-color", "models", "list", terminal=True, env={"COLUMNS": "0"}).lines
    assert max(map(len, listed)) <= 80
    piped = fault.run("--color=always", *ASK)
    assert piped.text == "# Title\n\n*word* `code`"


def test_G08_a_terminal_of_no_columns_and_a_resize(fault: Fault) -> None:
    """A window that reports no size, and one that changes it in the middle (fault G8)."""
    fault.api.looks = 4
    none = fault.terminal("models", "list", columns=0, rows=0)
    film = fault.terminal(*FILM)
    film.wait_for("processing")
    film.resize(20, 5)

    assert (none.finish(), film.finish()) == (0, 0)
    assert b"fox-1" in none.raw


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_G09_an_encoding_that_lacks_characters(fault: Fault, encoding: str) -> None:
    """Missing characters are written out on a terminal; a pipe gets UTF-8, as the model wrote it (fault G9)."""
    fault.having(PYTHONIOENCODING=encoding, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", LANG="C")
    fault.api.chat = said("fox 🦊 żółw — ok")
    fault.api.models = [{**one, "display_name": "żółw 🦊"} for one in fault.api.models]
    terminal, listed = fault.terminal(*ASK), fault.terminal("models", "list")
    assert (terminal.finish(), listed.finish()) == (0, 0)
    piped = fault.run(*ASK)

    assert rb"\U0001f98a" in terminal.raw
    assert rb"\U0001f98a" in listed.raw
    assert piped.text == "fox 🦊 żółw — ok"


def test_G10_half_characters(fault: Fault) -> None:
    """In an argument: refused, and nothing is sent. From the server: shown as what cannot be shown (fault G10)."""
    refused = fault.run("chat", "fox \udcff", "-m", CLAUDE)
    picture = fault.run("image", "fox \udcff", "-m", FOX)
    fault.api.chat = said("a\ud800b")
    piped, document = fault.run(*ASK), fault.inside(*ASK, "--json")

    assert (refused.code, picture.code, len(fault.api.paid)) == (2, 2, 2)
    assert "not valid UTF-8" in refused.err
    assert "-f FILE" in refused.err
    assert piped.text == "a\ufffdb"
    assert document.code == 0
    assert "a\ufffdb" in shown(fault, "a\ud800b")


@pytest.mark.parametrize("command", [("chat", "-m", CLAUDE), ("image", "-", "-m", FOX), ("video", "-", "-m", WAVES)])
def test_G11_nul_in_a_prompt(fault: Fault, command: tuple[str, ...]) -> None:
    """It is no text: refused before anything is sent (fault G11)."""
    done = fault.run(*command, stdin=b"a red\0 fox") if command[0] == "chat" else fault.inside(*command, stdin=b"a\0b")

    assert (done.code, fault.api.paid, done.out) == (2, [], b"")
    assert "not text" in done.err


@pytest.mark.parametrize(
    ("arguments", "redirection", "code"),
    [
        (ASK, ">&-", 11),
        (ASK, ">/dev/full", 11),
        (ASK, "2>&-", 0),
        (ASK, "2>/dev/full", 0),
        (ASK, "<&- 2>&-", 0),
        ((*ASK, "--json"), ">&-", 11),
        (("models", "list"), ">&-", 11),
        (("models", "list"), ">/dev/full", 11),
        (("image", "a fox", "-m", FOX, "-o", "fox.png"), "2>&-", 0),
        (("image", "a fox", "-m", FOX, "-o", "fox.png"), ">/dev/full", 11),
        (("image", "a fox", "-m", FOX, "-o", "fox.png"), ">&-", 11),
        (("--version",), ">&-", 11),
        (("--version",), ">/dev/full", 11),
        (("--help",), ">/dev/full", 11),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_G12_streams_that_are_closed_or_full(
    fault: Fault, arguments: tuple[str, ...], redirection: str, code: int
) -> None:
    """Stderr is never the reason to fail; a result that went nowhere is 11, and what was paid for is kept (fault G12)."""
    done = fault.run(*arguments, prefix=(*SHELL, f'exec "$0" "$@" {redirection}'))

    assert done.code == code
    said = [one for one in done.err.splitlines() if one.startswith("error:")]
    assert code == 0 or all(
        one.startswith(("error: cannot write to standard output", "error: this machine")) for one in said
    )
    if code == 11 and arguments[0] == "chat" and "full" in redirection:
        assert "inference logs show" in done.err
    if code == 11 and arguments[0] == "chat" and "full" not in redirection:
        assert (fault.api.paid, "Nothing was sent" in done.err) == ([], True)
    if arguments[0] == "image":
        assert "fox.png" in fault.files


def test_G13_a_reader_that_has_enough(fault: Fault) -> None:
    """A closed pipe in the middle of a table: 141, and not a word (fault G13)."""
    fault.api.models = [model(f"model-{n:05d}", "image", endpoint="/images/generate") for n in range(3000)]
    bash = ("bash", "-o", "pipefail", "-c", '"$0" "$@" | head -c 9')
    for arguments in (("models", "list"), ("models", "list", "--json")):
        done = fault.run(*arguments, prefix=bash)
        assert (done.code, done.err, len(done.out)) == (141, "", 9)


@pytest.mark.parametrize(
    "text",
    ["[" * 1_000_000, "> " * 50_000 + "x", "- " * 100_000, "x" * 10_000_000, "**_" * 300_000, "`" * 1_000_000],
    ids=["brackets", "quotes", "lists", "line", "stars", "ticks"],
)
def test_G14_markdown_that_is_made_to_be_slow(fault: Fault, text: str) -> None:
    """A megabyte of brackets, deep nesting, a line of ten megabytes: about a second (fault G14)."""
    fault.api.chat = said(text)
    start = process_time()
    assert fault.inside(*ASK, terminal=True).code == 0
    assert process_time() - start < 6  # of a shared machine, with HTTP and JSON


def test_G14_the_same_in_a_terminal(fault: Fault) -> None:
    """And all of it arrives."""
    assert shown(fault, "[" * 20_000).count("[") > 15_000


def test_G15_an_answer_that_was_there_before_the_question(fault: Fault) -> None:
    """What was typed ahead, or echoed by the terminal, consents to nothing; the person does (fault G15)."""
    fault.api.models[1]["pricing"] = {"method": "per_video_output_second", "cost_per_second": 1.0}
    terminal = fault.terminal("video", "waves", "-m", WAVES, "--duration", "5")
    terminal.send("y\ry\r")
    terminal.wait_for("[y/N]")
    terminal.send("\r")
    assert terminal.finish() == 6
    assert fault.api.paid == []

    agreed = fault.terminal("video", "waves", "-m", WAVES, "--duration", "5", "-o", "w.mp4")
    agreed.wait_for("[y/N]")
    agreed.send("y\r")
    assert agreed.finish() == 0
    assert len(fault.api.paid) == 1
