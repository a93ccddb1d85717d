"""Ctrl-C, a closed terminal and time limits: the command ends, the generation goes on, and the way back is said."""

import base64
import os
import signal
import threading
from pathlib import Path

import pytest

from tests.support.broken import RESULTS, split
from tests.support.faultd import HastyClock, Step, http
from tests.support.harness import DIRECT_FOX, FILM, QUEUED_FOX, Fault
from tests.support.samples import png
from tests.support.traces import generations, intents, states

LOOKS = "GET /api/ai/queue/*"
POST = "POST /api/ai/queue"
FOR_EVER = 10**6
WAIT, CANCEL = "Collect it:  inference queue wait gen-", "Stop it:  inference queue cancel gen-"


def interrupt() -> None:
    """What a terminal does to the program when somebody types Ctrl-C."""
    os.kill(os.getpid(), signal.SIGINT)


def test_C10_ctrl_c_while_the_request_is_on_its_way(fault: Fault) -> None:
    """The answer is waited for, since it holds the ids: 130, and they are kept."""
    arrived, go = threading.Event(), threading.Event()

    def hold() -> None:
        arrived.set()
        go.wait(10)

    fault.api.script(POST, lambda answer: Step((answer,), before=hold))
    process = fault.start(*QUEUED_FOX)
    assert arrived.wait(30)
    process.send_signal(signal.SIGINT)
    go.set()
    done = fault.end(process)

    assert (done.code, done.out, intents(fault)) == (130, b"", ["accepted"])
    assert WAIT in done.err
    assert CANCEL in done.err
    assert fault.api.count("DELETE /api/*") == 0


@pytest.mark.parametrize("order", [QUEUED_FOX, DIRECT_FOX, FILM], ids=["queued", "direct", "film"])
def test_C10_no_answer_comes(fault: Fault, order: tuple[str, ...]) -> None:
    """Not for ever: 130 after a few seconds, and the outcome is not known; nothing is sent again."""
    fault.api.always("POST /api/ai/*", Step(end="hang", before=interrupt))
    done = fault.inside(*order)

    assert (done.code, len(fault.api.paid), intents(fault)) == (130, 1, ["unknown"])
    assert "it may have been accepted (and billed)" in done.err


def test_C10_in_the_older_api(older: Fault) -> None:
    """A direct film there: the same."""
    older.api.always("POST /api/videos/generate", Step(end="hang", before=interrupt))
    done = older.inside(*FILM)

    assert (done.code, len(older.api.paid), intents(older)) == (130, 1, ["unknown"])


def test_C11_ctrl_c_while_it_waits(fault: Fault) -> None:
    """130: nothing is cancelled, the commands that go on or stop it are said, and the next one finds it."""
    fault.api.looks, arrived = FOR_EVER, threading.Event()
    fault.api.script(LOOKS, lambda answer: Step((answer,), before=arrived.set))
    process = fault.start(*QUEUED_FOX)
    assert arrived.wait(30)
    done = fault.end(process, signals=(signal.SIGINT,))

    assert (done.code, done.out, fault.files) == (130, b"", [])
    assert "  One generation goes on without you\n" in done.err
    assert WAIT in done.err
    assert CANCEL in done.err
    assert fault.api.count("DELETE /api/*") == 0

    for made in fault.api.made.values():
        made.looks = 0
    again = fault.run("queue", "wait", "last")
    assert (again.code, again.lines, len(fault.api.paid)) == (0, [str(fault.cwd / "fox.png")], 1)


def test_C11_in_a_terminal(fault: Fault) -> None:
    """What a person sees."""
    fault.api.looks = FOR_EVER
    terminal = fault.terminal(*QUEUED_FOX)
    terminal.see("processing")
    terminal.interrupt()
    terminal.see(CANCEL)

    assert terminal.finish() == 130
    assert any("One generation goes on without you" in line for line in terminal.screen)


def test_C11_in_the_older_api(older: Fault) -> None:
    """The list is asked there."""
    older.having(INFERENCE_NAMESPACE="me")
    older.run("config", "set", "namespace", "me")
    older.api.looks, arrived = FOR_EVER, threading.Event()
    where = "GET /api/media/generations/status/*"

    def look(answer: bytes) -> Step:
        return Step((answer,), before=arrived.set) if older.api.paid else Step((answer,))

    older.api.always(where, look)
    process = older.start(*QUEUED_FOX)
    assert arrived.wait(30)
    done = older.end(process, signals=(signal.SIGINT,))

    assert (done.code, older.api.count("DELETE /api/*")) == (130, 0)
    assert WAIT in done.err


@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize("order", [QUEUED_FOX, DIRECT_FOX], ids=["queued", "direct"])
def test_C12_again_and_again(fault: Fault, order: tuple[str, ...], times: int) -> None:
    """The second ends it at once, the third too: 130, in silence about the program itself, and never a second POST."""
    arrived = threading.Event()
    fault.api.always("POST /api/ai/*", Step(end="hang", before=arrived.set))
    process = fault.start(*order)
    assert arrived.wait(30)
    done = fault.end(process, signals=(signal.SIGINT,) * times)

    assert (done.code, len(fault.api.paid)) == (130, 1)
    after = fault.inside("queue", "list", "--local")
    assert after.code == 0


def test_C12_while_it_cleans_up(fault: Fault) -> None:
    """Everything is on disk, only the price is asked for: Ctrl-C ends that, and the file is shown."""
    arrived = threading.Event()
    fault.api.always("GET /api/ai/generations/*", Step(end="hang", before=arrived.set))
    process = fault.start(*QUEUED_FOX)
    assert arrived.wait(30)
    done = fault.end(process, signals=(signal.SIGINT, signal.SIGINT))

    assert done.code in {0, 130}
    assert (fault.files, states(fault)) == (["fox.png"], ["downloaded"])


def test_C12_inside_an_answer_with_several_pictures(fault: Fault) -> None:
    """What came whole is saved by `recover`, what came in part is removed; nothing of it stays hidden in the folder."""
    pictures, arrived = [png(), png(4, 4)], threading.Event()
    fault.results += pictures
    fox = fault.api.models[0]
    fox["request_schema"] = {"properties": {**fox["request_schema"]["properties"], "num_images": {"maximum": 4}}}
    texts = [f'{{"b64_json": "{base64.b64encode(picture).decode()}"}}' for picture in pictures]
    head = http(length=None, headers=[("Content-Type", "application/json")])
    begun = head + f'{{"images": [{", ".join(texts)}, {{"b64_json": "'.encode()
    much = b"iVBO" * 8_000_000  # more than waits in any buffer: when it is gone, what was before it was read
    gone: list[bool] = []

    def after() -> None:
        gone.append(True)
        if len(gone) > 1:
            arrived.set()

    fault.api.script("POST /api/ai/images/generate", Step((begun, much), "hang", between=after))
    process = fault.start(*DIRECT_FOX, "-n", "3", "--response-format", "b64_json")
    assert arrived.wait(30)
    stopped = fault.end(process, signals=(signal.SIGINT, signal.SIGINT))
    done = fault.inside("recover", "--json")

    assert (stopped.code, done.code) == (130, 8)
    assert [Path(row["path"]).name for row in done.json["generations"]] == ["fox-1.png", "fox-2.png"]
    assert "2 of 3 came inside its answer; the rest is not in the server's list" in done.json["error"]["details"][0]
    assert fault.files == ["fox-1.png", "fox-2.png"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=["TERM", "HUP"])
def test_C13_other_signals(fault: Fault, number: signal.Signals, code: int) -> None:
    """A closed terminal and a polite kill: the code says which, and nothing is cancelled or lost."""
    fault.api.looks, arrived = FOR_EVER, threading.Event()
    fault.api.script(LOOKS, lambda answer: Step((answer,), before=arrived.set))
    process = fault.start(*QUEUED_FOX)
    assert arrived.wait(30)
    done = fault.end(process, signals=(number,))

    assert (done.code, fault.api.count("DELETE /api/*")) == (code, 0)
    assert WAIT in done.err
    assert [row[0] for row in generations(fault)] == ["gen-0001-canary"]


def test_C13_in_the_middle_of_a_download(fault: Fault) -> None:
    """What came is kept, and gone on with."""
    arrived = threading.Event()

    def slow(answer: bytes) -> Step:
        head, body = split(answer)
        return Step((head, body[:20]), "hang", between=arrived.set)

    fault.storage.script(RESULTS, slow)
    process = fault.start(*QUEUED_FOX)
    assert arrived.wait(30)
    done = fault.end(process, signals=(signal.SIGTERM, signal.SIGTERM))

    assert done.code == 143
    assert "fox.png" not in fault.files
    again = fault.run("queue", "download", "last")
    assert (again.code, again.lines, len(fault.api.paid)) == (0, [str(fault.cwd / "fox.png")], 1)


def test_C14_the_time_is_up(fault: Fault) -> None:
    """124: it goes on, and can be collected."""
    fault.api.looks = FOR_EVER
    done = fault.run(*QUEUED_FOX, "--timeout", "1s")

    assert (done.code, done.out, fault.api.count("DELETE /api/*")) == (124, b"", 0)
    assert "the time is up. One generation goes on without you" in done.err
    assert WAIT in done.err
    later = fault.run("queue", "wait", "last", "--timeout", "0.1s", "--json")
    assert (later.code, later.json["error"]["generation_ids"]) == (124, ["gen-0001-canary"])


def test_C14_not_a_second_earlier(fault: Fault) -> None:
    """A minute is a minute."""
    fault.api.looks, clock = FOR_EVER, HastyClock(100.0)
    done = fault.inside(*QUEUED_FOX, "--timeout", "1m", clock=clock)

    assert done.code == 124
    assert clock.monotonic() >= 60.0


def test_C14_a_direct_call_has_no_id(older: Fault) -> None:
    """8: nobody knows whether it was accepted."""
    older.api.always("POST /api/*", Step(end="hang"))
    done = older.inside(*DIRECT_FOX, "--timeout", "5s")

    assert (done.code, len(older.api.paid), intents(older)) == (8, 1, ["unknown"])
