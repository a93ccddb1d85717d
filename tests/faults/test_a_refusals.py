"""Answers that say no, or say it oddly: statuses, errors in the shape of a success, pages, pauses asked for (A22 to A37)."""

from pathlib import Path

import pytest

from tests.support.account import FOX
from tests.support.api import CANARY
from tests.support.faultd import LeapingClock, Step, http
from tests.support.harness import QUEUED_FOX, Fault
from tests.support.host import document, whole
from tests.support.ways import DIRECT, QUEUED, Way, each_way

_MODELS = "GET /api/ai/models"
_PAGE = (
    b"<html><head><title>502 \x1b[31mBad\xe2\x80\xae Gateway " + b"x" * 200 + b"</title></head>"
    b"<body><p>secret innards</p></body></html>"
)


def answered(content: object, status: str = "200 OK", **headers: str) -> Step:
    """An answer, and nothing was accepted."""
    return Step((document(content, status, **headers),))


def problem(title: str, status: str, kind: str = "", **headers: str) -> Step:
    """An error document."""
    return answered({"error": {"type": kind, "title": title}}, status, **headers)


def test_A22_an_error_of_the_server_and_then_an_answer(fault: Fault) -> None:
    """A free request is asked once more: exit 0."""
    fault.api.script(_MODELS, whole, problem("oh", "500 Internal Server Error"))
    done = fault.run("models", "list", "-v")

    assert (done.code, len(done.lines), fault.api.count(_MODELS)) == (0, 3, 3)
    assert "HTTP 500 from the server; trying again in " in done.err


@pytest.mark.parametrize("status", ["500 Internal Server Error", "502 Bad Gateway", "503 Unavailable", "504 Timeout"])
@each_way
def test_A23_an_error_of_the_server_to_a_paid_request(way: Way, status: str, tmp_path: Path) -> None:
    """Nobody knows whether it was accepted: exit 8, sent once, the server's words are shown."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, problem("the engine stopped", status))
        done = way.pay(fault)

        assert (done.code, fault.api.count(way.post), fault.files) == (8, 1, [])
        assert f"HTTP {status[:3]} from the server; the request may have been accepted (and billed)" in done.err
        assert "  the engine stopped" in done.err.splitlines()


@each_way
def test_A23_a_server_that_proves_that_it_did_not_take_the_request(way: Way, tmp_path: Path) -> None:
    """It says so: exit 7, and the journal knows that nothing was accepted."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, problem("the queue is full", "503 Unavailable"))
        done = way.pay(fault)

        assert (done.code, fault.api.count(way.post)) == (7, 1)
        assert done.err.splitlines()[-2:] == ["error: the server did not take the request", "  the queue is full"]
        assert fault.journal("SELECT state FROM intents") == [("refused",)]


def test_A24_a_page_of_a_gateway(fault: Fault) -> None:
    """Its status and at most 80 printable characters of its title, never the page: exit 7."""
    fault.api.always(_MODELS, Step((http("502 Bad Gateway", _PAGE, headers=[("Content-Type", "text/html")]),)))
    done = fault.inside("models", "list", clock=LeapingClock(), terminal=True)
    first, title = done.err.splitlines()

    assert (done.code, first.endswith("HTTP 502 from the gateway")) == (7, True)
    assert title.strip().startswith("502 [31mBad Gateway xxx")
    assert len(title.strip()) <= 80
    assert "innards" not in done.err


@each_way
def test_A24_a_page_of_a_gateway_after_a_paid_request(way: Way, tmp_path: Path) -> None:
    """The same, and exit 8."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, Step((http("502 Bad Gateway", _PAGE, headers=[("Content-Type", "text/html")]),)))
        done = way.pay(fault)

        assert (done.code, fault.api.count(way.post)) == (8, 1)
        assert "HTTP 502 from the gateway; the request may have been accepted (and billed)" in done.err
        assert "innards" not in done.err


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ({"error": {"type": "invalid_params", "title": "no such ratio"}}, 5, "the server refused the request: no such"),
        ({"status": "error", "status_message": "no such ratio"}, 5, "the server refused the request: no such ratio"),
        ({"error": "Insufficient credits"}, 6, "there are not enough credits"),
    ],
)
@each_way
def test_A25_an_error_in_the_shape_of_a_success(
    way: Way, content: object, code: int, words: str, tmp_path: Path
) -> None:
    """It is an error by its shape: 5, or 6 about money; nothing was spent."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, answered(content))
        done = fault.run(*way.words) if way is DIRECT and code == 6 else way.pay(fault)

        assert (done.code, fault.api.count(way.post)) == (code, 1)
        assert f"error: {words}" in done.err
        assert fault.journal("SELECT state FROM intents") == [("refused",)]


_NO_OBJECT = [b"<html>hello</html>", b"", b"null", b"[]", b"{}", b"7"]


@pytest.mark.parametrize("content", _NO_OBJECT)
@each_way
def test_A26_a_success_that_holds_nothing(way: Way, content: bytes, tmp_path: Path) -> None:
    """After a paid request nobody knows what it means: exit 8, sent once."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, answered(content))

        assert (way.pay(fault).code, fault.api.count(way.post), fault.files) == (8, 1, [])


@pytest.mark.parametrize("content", [*_NO_OBJECT[:3], b"{}", b"7"])
def test_A26_a_success_that_holds_no_list(content: bytes, fault: Fault) -> None:
    """Exit 12, never an empty list; a bare list is read as a list."""
    fault.api.script(_MODELS, whole, answered(content))
    done = fault.run("models", "list") if content == b"null" else fault.inside("models", "list", clock=LeapingClock())

    assert (done.code, done.out) == (12, b"")
    assert done.err.startswith("error: the answer ")


@pytest.mark.parametrize("content", _NO_OBJECT)
def test_A26_a_success_that_holds_no_object(content: bytes, fault: Fault) -> None:
    """Where one generation is asked for: exit 12 as well."""
    fault.api.always("GET /api/ai/queue/*", answered(content))
    fault.api.always("GET /api/ai/generations/*", answered(content))
    done = fault.inside("queue", "show", "gen-7", clock=LeapingClock())

    assert (done.code, done.out) == (12, b"")


@pytest.mark.parametrize("status", [b"202 Accepted", b"201 Created"])
@pytest.mark.parametrize("way", [QUEUED, DIRECT], ids=str)
def test_A27_another_success_with_ids(way: Way, status: bytes, fault: Fault) -> None:
    """It was accepted: exit 0."""
    fault.api.script(way.post, lambda answer: Step((answer.replace(b"200 OK", status, 1),)))
    run_it = fault.run if status[:3] == b"202" and way is QUEUED else fault.inside
    done = run_it(*way.words)

    assert (done.code, done.lines, fault.api.count(way.post)) == (0, ["fox.png"], 1)


@each_way
def test_A27_a_success_without_a_body(way: Way, tmp_path: Path) -> None:
    """204, or 202 with nothing in it: exit 8, sent once."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, Step((http("204 No Content", length=None),)), answered(b"", "202 Accepted"))
        codes = [way.pay(fault).code, way.pay(fault, "--anyway").code]

        assert (codes, fault.api.count(way.post)) == ([8, 8], 2)


@each_way
def test_A32_a_token_that_is_refused(way: Way, tmp_path: Path) -> None:
    """Exit 3: where it came from, never what it is; the journal knows that nothing was accepted."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, problem("token expired", "401 Unauthorized", "unauthenticated"))
        done = fault.run(*way.words) if way is QUEUED else way.pay(fault)

        assert (done.code, fault.api.count(way.post)) == (3, 1)
        assert done.err.splitlines()[-4:] == [
            f"error: {fault.api.url} refused the token",
            "  token expired",
            "  The token came from: environment INFERENCE_API_KEY",
            "  Sign in again:  inference auth login",
        ]
        assert CANARY not in done.err
        assert fault.journal("SELECT state FROM intents") == [("refused",)]


def test_A32_a_token_that_expires_while_a_generation_is_waited_for(fault: Fault) -> None:
    """It was paid for, so not 3 but 11 (interface contract, "Exit codes"); it stays in the journal and is collected later.

    A command that only waits has paid for nothing: exit 3.
    """
    fault.api.looks = 3
    expired = problem("token expired", "401 Unauthorized", "unauthenticated")
    fault.api.script("GET /api/ai/queue/*", whole, expired, expired)
    paid = fault.inside(*QUEUED_FOX, clock=LeapingClock())
    waited = fault.inside("queue", "wait", "last", clock=LeapingClock())
    later = fault.inside("queue", "wait", "last", clock=LeapingClock())

    assert (paid.code, waited.code, later.code) == (11, 3, 0)
    assert "refused the token" in paid.err
    assert "The token came from: environment INFERENCE_API_KEY" in paid.err
    assert "inference queue wait gen-" in paid.err
    assert (fault.api.count(QUEUED.post), fault.files) == (1, ["fox.png"])


@pytest.mark.parametrize(
    "refusal",
    [
        problem("pay first", "402 Payment Required"),
        problem("Insufficient credits", "400 Bad Request"),
        problem("", "400 Bad Request", "insufficient_credits"),
    ],
)
@each_way
def test_A33_not_enough_credits(way: Way, refusal: Step, tmp_path: Path) -> None:
    """By the status, the text or the type: exit 6 and where to top up; nothing was spent."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, refusal)
        done = way.pay(fault)

        assert (done.code, fault.api.count(way.post)) == (6, 1)
        assert "error: there are not enough credits" in done.err
        assert done.err.splitlines()[-1] == f"  Top up at {fault.api.url}, then run it again"


@each_way
def test_A34_forbidden_by_the_api(way: Way, tmp_path: Path) -> None:
    """Exit 3."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, problem("not yours", "403 Forbidden"))
        done = way.pay(fault)

        assert (done.code, fault.api.count(way.post)) == (3, 1)
        assert f"error: {fault.api.url} refused the token" in done.err


def test_A34_forbidden_by_the_storage(fault: Fault) -> None:
    """No word about the token: the generation is asked for a fresh URL once, here in vain (9); later it is there."""
    fault.storage.script("GET /results/*", Step((http("403 Forbidden", b"<Error><Code>AccessDenied</Code></Error>"),)))
    done = fault.inside(*QUEUED_FOX, clock=LeapingClock())
    later = fault.run("queue", "download", "last")

    assert (done.code, later.code, fault.files) == (9, 0, ["fox.png"])
    assert "token" not in done.err
    assert fault.api.count(QUEUED.post) == 1


def test_A35_a_model_that_does_not_exist(fault: Fault) -> None:
    """Exit 4 with the closest names, which are shown without control codes; nothing was sent."""
    fault.api.models += [{**fault.api.models[0], "id": f"fox-{name}"} for name in ("3", "4", "5", "\x1b[31m6")]
    piped = fault.run("image", "a red fox", "-m", "fox-2")
    shown = fault.inside("image", "a red fox", "-m", "fox-2", terminal=True)
    first, closest, hint = piped.err.splitlines()

    assert (piped.code, shown.code, fault.api.paid) == (4, 4, [])
    assert (first, hint) == (
        "error: no model named fox-2",
        "  Nothing was sent.  See:  inference models search fox",
    )
    assert closest.startswith("  closest: fox-")
    assert len(closest.split(": ")[1].split(", ")) <= 3


@each_way
def test_A35_a_model_that_the_server_does_not_have_any_more(way: Way, tmp_path: Path) -> None:
    """Exit 4, from the paid request itself; its name is shown without control codes."""
    with way.case(tmp_path) as fault:
        refusal = problem(f"Model not found: {FOX}\x1b[2J", "404 Not Found", "resource_not_found")
        fault.api.script(way.post, refusal)
        done = fault.inside(*way.words, clock=LeapingClock(), terminal=True)

        assert (done.code, fault.api.count(way.post)) == (4, 1)
        assert "\x1b[2J" not in done.err


@pytest.mark.parametrize("status", ["409 Conflict", "423 Locked"])
@each_way
def test_A36_a_conflict(way: Way, status: str, tmp_path: Path) -> None:
    """The server's words, exit 5, never asked again."""
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, problem("busy with it", status))
        done = way.pay(fault)

        assert (done.code, fault.api.count(way.post)) == (5, 1)
        assert done.err.splitlines()[-1] == "error: the server refused the request: busy with it"


@pytest.mark.parametrize("status", ["409 Conflict", "423 Locked"])
def test_A36_a_generation_that_cannot_be_cancelled_now(status: str, fault: Fault) -> None:
    """The server's words, exit 5; it is still known here."""
    fault.api.looks = 9
    fault.inside("queue", "submit", "a fox", "-m", FOX)
    fault.api.script("DELETE /api/ai/queue/*", problem("it cannot be stopped", status))
    done = fault.run("queue", "cancel", "last") if status[:3] == "409" else fault.inside("queue", "cancel", "last")

    assert (done.code, done.err) == (5, "error: the server refused the request: it cannot be stopped\n")
    assert fault.api.count("DELETE /api/ai/queue/*") == 1
    assert len(fault.journal("SELECT id FROM generations")) == 1
