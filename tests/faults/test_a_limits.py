"""Answers that want the machine's memory or disk: bombs, giants, media inside JSON, prompts of megabytes (A19 to A21, A37)."""

import base64
import gzip
import json
import struct
import zlib
from pathlib import Path

import pytest

from tests.support.account import FOX
from tests.support.faultd import LeapingClock, Step, http
from tests.support.harness import QUEUED_FOX, Fault
from tests.support.host import document, whole
from tests.support.samples import png
from tests.support.ways import DIRECT, QUEUED, Way, each_way

_MB = 1024 * 1024
_MODELS = "GET /api/ai/models"


def _bomb(megabytes: int) -> bytes:
    """A JSON document of so many megabytes, as gzip, made without having them at once."""
    press = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    pieces = [press.compress(b'{"data": "'), *(press.compress(b"a" * _MB) for _ in range(megabytes))]
    return b"".join([*pieces, press.compress(b'"}'), press.flush()])


def _squeezed(data: bytes, times: int, status: str = "200 OK") -> Step:
    for _ in range(times - 1):
        data = gzip.compress(data)
    headers = [("Content-Type", "application/json"), ("Content-Encoding", ", ".join(["gzip"] * times))]
    return Step((http(status, data, headers=headers),))


@pytest.mark.parametrize("times", [1, 3])
def test_A19_a_bomb(times: int, fault: Fault) -> None:
    """A few bytes that become 100 MB, squeezed once or three times: given up at 64 MB, exit 12, in little memory."""
    fault.api.script(_MODELS, whole, _squeezed(_bomb(100), times))
    done = fault.run("models", "list")

    assert (done.code, done.err) == (12, "error: the answer is larger than 64 MB\n")


def test_A19_a_large_answer_below_the_cap(fault: Fault) -> None:
    """It is read whole, and still in less than 300 MB, which the harness measures."""
    fault.api.script(_MODELS, whole, _squeezed(_bomb(63), 1))
    done = fault.run("models", "list")

    assert (done.code, done.err) == (12, "error: the answer holds no list\n")


@each_way
def test_A19_a_bomb_as_the_answer_to_a_paid_request(way: Way, tmp_path: Path) -> None:
    """As a refusal it is one, read up to 1 MB (exit 5); as an answer nobody knows (exit 8); sent once."""
    bomb = _bomb(70)
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, _squeezed(bomb, 1, "400 Bad Request"), _squeezed(bomb, 1))
        refused, unknown = way.pay(fault), way.pay(fault, "--anyway")

        assert (refused.code, unknown.code, fault.api.count(way.post)) == (5, 8, 2)
        assert "the server refused the request (HTTP 400)" in refused.err
        assert "the answer is larger than 64 MB; the request may have been accepted" in unknown.err


@pytest.mark.parametrize(
    ("size", "option", "words"),
    [
        (10 * 10**9, "1GB", "the result is larger than --max-size (10000000000 of 1000000000 bytes)"),
        (30 * 10**9, None, "the result is larger than --max-size (30000000000 of 20000000000 bytes)"),
        (10**15, "2000TB", "the disk is full: 1000000000000000 bytes are needed in ., "),
    ],
)
def test_A20_a_result_that_is_too_large(size: int, option: str | None, words: str, fault: Fault) -> None:
    """More than ``--max-size`` (20 GB), or than the disk has free: exit 11 before anything is written."""
    head = http(length=size, headers=[("Content-Type", "image/png")])
    fault.storage.script("GET /results/*", Step((head, b"\x89PNG"), "hang"))
    more = () if option is None else ("--max-size", option)
    done = fault.run(*QUEUED_FOX, *more) if option is None else fault.inside(*QUEUED_FOX, *more, clock=LeapingClock())
    again = fault.inside("queue", "download", "last", clock=LeapingClock())

    assert done.code == 11
    assert f"error: {words}" in done.err
    assert "Fetch it again:  inference queue download gen-" in done.err
    assert (again.code, len(fault.api.paid), fault.storage.count("GET /results/*")) == (0, 1, 2)


def test_A20_a_result_that_says_nothing_of_its_size(fault: Fault) -> None:
    """It is stopped where it exceeds ``--max-size``: exit 11, and no file has its name."""
    head = http(length=None, headers=[("Content-Type", "image/png")])
    fault.storage.script("GET /results/*", Step((head, *[b"\0" * 65536] * 64)))
    done = fault.inside(*QUEUED_FOX, "--max-size", "1MB", clock=LeapingClock())

    assert done.code == 11
    assert "larger than --max-size" in done.err
    assert "fox.png" not in fault.files


def _picture(size: int) -> bytes:
    """A PNG with a private chunk of so many bytes."""
    small = png()
    end = small.index(b"IEND") - 4
    chunk = b"zeRo" + bytes(size)
    return b"".join((small[:end], struct.pack(">I", size), chunk, struct.pack(">I", zlib.crc32(chunk)), small[end:]))


def test_A21_a_hundred_megabytes_inside_the_answer(fault: Fault) -> None:
    """They are decoded into the file as they come: little memory, nothing on the screen, nothing in the journal."""

    def inline(answer: bytes) -> Step:  # made only now: a child starts with the memory of its parent
        head = http(length=None, headers=[("Content-Type", "application/json")])
        data = base64.b64encode(_picture(112_000_000))
        return Step((head, b'{"created": 1, "images": [{"b64_json": "', data, b'"}]}'))

    fault.api.script(DIRECT.post, inline)
    done = fault.run(*DIRECT.words, "--response-format", "b64_json", "--json", "-q")
    fault.results.append(_picture(112_000_000))

    assert (done.code, done.err) == (0, "")
    assert (fault.cwd / "fox.png").stat().st_size == len(fault.results[0])
    assert len(done.out) < 10_000
    assert fault.runs[-1].peak < 150 * _MB
    assert all(path.stat().st_size < _MB for path in fault.home.rglob("*") if path.is_file())


@each_way
def test_A37_a_prompt_that_is_too_large_for_the_server(way: Way, tmp_path: Path) -> None:
    """Ten megabytes are sent once; the server's 413 is exit 5."""
    words = tuple("-" if word == "a red fox" else word for word in way.words)
    with way.case(tmp_path) as fault:
        fault.api.script(way.post, Step((document({"error": {"title": "too large"}}, "413 Payload Too Large"),)))
        done = fault.inside(*words, clock=LeapingClock(), stdin=b"a red fox " * 1_000_000)

        assert (done.code, fault.api.count(way.post)) == (5, 1)
        assert done.err.splitlines()[-1] == "error: the server refused the request: too large"
        assert len(fault.api.paid[0].json["prompt"]) == 10_000_000


def test_A37_a_prompt_that_is_too_large_for_this_program(fault: Fault) -> None:
    """More than 16 MB: exit 2, nothing was sent."""
    done = fault.run("image", "-", "-m", FOX, "--queue", stdin=b"a red fox " * 1_700_000)

    assert (done.code, done.err) == (
        2,
        "error: the prompt on standard input is larger than 16 MB\n  See:  inference image --help\n",
    )
    assert fault.api.paid == []


def test_A37_a_long_prompt_that_is_taken(fault: Fault) -> None:
    """A megabyte is nothing special: the file's name comes from its first words."""
    done = fault.run("image", "-", "-m", FOX, "--queue", "--json", stdin=b"a red fox " * 100_000)

    assert (done.code, json.loads(done.out)["generations"][0]["status"]) == (0, "succeeded")
    assert fault.files[0].startswith("a-red-fox-a-red-fox")
    assert fault.api.count(QUEUED.post) == 1
