"""In a terminal: progress that is redrawn, the last screen, Ctrl-C, questions, narrow screens, no colour."""

import termios

import pexpect
import pytest

from tests.support.command import Terminal, User
from tests.support.journey import FILM, FULL, SQUARE, Film, books, film, picture

HEAD = "  wan-ai-wan2-1-t2v-14b-diffusers · price not known                     sandbox"
KLING = ("video", "waves", "-m", "kling-video-v2-6-pro-text-to-video", "-n", "4", "-o", "waves.mp4", "--no-wait")


@pytest.fixture
def slow(offline: User) -> User:
    """Somebody whose sandbox takes long enough for its progress to be seen."""
    return offline.having(INFERENCE_SANDBOX_SPEED="1")


def _without_times(terminal: Terminal) -> list[str]:
    """The screen without the times of this run."""
    return [" ".join(line.split()[:-1]) if "●" in line else line for line in terminal.screen]


def test_one_picture(offline: User) -> None:
    """What is made, the state, the path, the facts: four lines stay; the cursor is back."""
    terminal = offline.terminal("image", "a red fox", *SQUARE, "--seed", "7", "-o", "fox.png")
    code = terminal.finish()

    head, state, path, facts = terminal.screen
    size = f"{(offline.cwd / 'fox.png').stat().st_size / 1000:.0f} kB"
    assert (code, path, picture(offline.cwd / "fox.png")) == (0, "fox.png", ("PNG", (512, 512)))
    assert head == "  ideogram-v4 · about $0.03                                             sandbox"
    assert state.startswith("  ● generated  ")
    assert facts.startswith(f"  512\N{MULTIPLICATION SIGN}512 PNG · {size} · seed 7 · ")
    assert b"generating" in terminal.raw
    assert terminal.raw.count(b"\x1b[?25l") == terminal.raw.count(b"\x1b[?25h") >= 1


def test_films_through_the_queue(slow: User) -> None:
    """A line each with state, bar and time; at the end they are done, in green, above the results."""
    terminal = slow.terminal("video", "waves", *FILM, "-n", "2", "-o", "waves.mp4")
    terminal.wait_for("processing")
    code = terminal.finish()

    lines = _without_times(terminal)
    assert (code, lines[0], sorted(lines[1:3]), lines[3], lines[5]) == (
        0,
        HEAD,
        ["● waves-1 done", "● waves-2 done"],
        "waves-1.mp4",
        "waves-2.mp4",
    )
    assert terminal.raw.count("━".encode()) > 4
    assert "\x1b[32m●\x1b[0m waves-1  done".encode() in terminal.raw
    assert film(slow.cwd / "waves-2.mp4") == Film("h264", (64, 64), 0.25)


def test_ctrl_c_leaves_the_generations_and_says_how_to_collect_them(slow: User) -> None:
    """Exit 130; another command collects them, under the names that were asked for."""
    terminal = slow.having(INFERENCE_SANDBOX_SPEED="0.5").terminal(
        "video", "waves", *FILM, "-n", "2", "-o", "waves.mp4"
    )
    terminal.wait_for("waves-2")
    terminal.interrupt()
    code = terminal.finish()

    rows = slow.run("queue", "list", "--local", "--json").json["data"]
    ids = [row["generation_id"] for row in reversed(rows)]
    said = terminal.screen[terminal.screen.index("  Two generations go on without you") :]
    short = [word for word in said[-1].split() if ids[0].startswith(word) or ids[1].startswith(word)]
    assert code == 130
    assert [line.split()[0] for line in said[1:3]] == [identity[:8] for identity in ids]
    assert said[3] == (
        f"  Collect them:  inference queue wait {' '.join(short[:2])}"
        f"      Stop them:  inference queue cancel {' '.join(short[:2])}"
    )
    collected = slow.having(INFERENCE_SANDBOX_SPEED="100").run("queue", "wait", *short[:2])
    assert (collected.code, sorted(path.name for path in slow.cwd.iterdir())) == (0, ["waves-1.mp4", "waves-2.mp4"])
    assert books(slow)[1] == 2


@pytest.mark.parametrize("times", [0, 1, 3])
def test_what_is_typed_is_not_shown_and_the_terminal_is_given_back(slow: User, times: int) -> None:
    """Whether the film is done, or Ctrl-C was pressed once, or until the process ended at once."""
    terminal = slow.terminal("video", "waves", *FILM, "-o", "waves.mp4")
    terminal.wait_for("processing")
    hidden = terminal.modes()
    terminal.send("typed ahead")
    for _ in range(times):
        terminal.interrupt()
    terminal.child.expect(pexpect.EOF)
    said, given_back = terminal.child.before or b"", terminal.modes()

    assert (terminal.finish(), b"typed" in said) == (130 if times else 0, False)
    assert (hidden & termios.ECHO, given_back & termios.ECHO) == (0, termios.ECHO)


def test_the_time_is_up(offline: User) -> None:
    """``--timeout``: exit 124, and the generation goes on."""
    terminal = offline.terminal("video", "waves sandbox:stuck", *FILM, "-o", "waves.mp4", "--timeout", "0.3s")
    code = terminal.finish()

    assert (code, terminal.screen[-3]) == (124, "error: the time is up. One generation goes on without you")
    assert terminal.screen[-1].startswith("  Collect it:  inference queue wait ")
    listed = offline.terminal("queue", "list")
    assert listed.finish() == 0
    titles, row = listed.screen
    assert titles.split() == ["id", "model", "state", "age", "what"]
    assert row.split()[:3] == [terminal.screen[-2].split()[0], FILM[1], "processing"]
    assert row.endswith("waves sandbox:stuck")


def test_a_question_that_is_answered_with_no(offline: User) -> None:
    """Nothing is spent, exit 6."""
    terminal = offline.terminal(*KLING)
    terminal.wait_for("[y/N]")
    terminal.send("n\r")

    assert terminal.finish() == 6
    assert terminal.screen == [
        "  kling-video-v2-6-pro-text-to-video · 5 s · 16:9 · about $1.40 for 4   sandbox",
        "This would cost about $1.40. Go on? [y/N] n",
        "error: not agreed to",
        "  Nothing was sent.",
    ]
    assert books(offline) == FULL


def test_a_question_that_is_answered_with_yes(offline: User) -> None:
    """It is paid for; the ids are the result."""
    terminal = offline.terminal(*KLING)
    terminal.wait_for("[y/N]")
    terminal.send("y\r")

    assert terminal.finish() == 0
    assert books(offline) == (98.6, 4)


def test_a_narrow_terminal(offline: User) -> None:
    """Nothing is cut that is a result; lines of progress never wrap."""
    terminal = offline.terminal("video", "waves", *FILM, "-n", "2", "-o", "a-rather-long-name.mp4", columns=34)
    code = terminal.finish()

    drawn = terminal.raw.decode().replace("\r", "\n").split("\n")
    states = [line for line in drawn if "queued" in line or "processing" in line]
    assert code == 0
    assert "a-rather-long-name-2.mp4" in terminal.screen
    assert states
    assert b"a-rather-long-name-2.mp4\r\n" in terminal.raw


def test_no_colour(offline: User) -> None:
    """``NO_COLOR`` and ``--no-color`` leave no colour; ``TERM=dumb`` not a single escape."""
    fox = ("image", "a fox", *SQUARE, "--force", "-o", "fox.png")
    variable = offline.having(NO_COLOR="1").terminal(*fox)
    flag = offline.terminal("--no-color", "models", "show", "ideogram-v5")

    assert (variable.finish(), flag.finish()) == (0, 4)
    assert b"\x1b[3" not in variable.raw
    assert b"\x1b[2m" not in variable.raw
    assert b"\x1b" not in flag.raw
    dumb = offline.having(TERM="dumb").terminal(*fox)
    assert (dumb.finish(), b"\x1b" in dumb.raw, dumb.screen[1]) == (0, False, "fox generating")


def test_an_error_is_red(offline: User) -> None:
    """One word of it."""
    terminal = offline.terminal("image", "a fox", "-i", "missing.png")

    assert terminal.finish() == 2
    assert terminal.raw == (b"\x1b[31merror:\x1b[0m there is no file missing.png\r\n  See:  inference image --help\r\n")


def test_a_picture_is_not_written_onto_the_screen(offline: User) -> None:
    """``-o -`` wants a pipe; nothing is spent."""
    terminal = offline.terminal("image", "a fox", *SQUARE, "-o", "-")

    assert (terminal.finish(), books(offline)) == (2, FULL)
    assert terminal.screen[1:] == [
        "error: -o - writes the file itself, and stdout is a terminal",
        "  Send it on:  … -o - > FILE",
    ]


def test_a_model_is_shown(offline: User) -> None:
    """Its kinds and its price, then a table of its parameters."""
    terminal = offline.terminal("models", "show", "kling-video-v2-6-pro-text-to-video")

    assert terminal.finish() == 0
    assert "$0.07 per second of video" in terminal.screen[1]
    assert terminal.screen[2] == "  by Kling"
    table = [line.split() for line in terminal.screen[3:]]
    assert table[0] == ["parameter", "type", "default", "allowed"]
    assert ["duration", "integer", "5", "5,", "10"] in table
