"""Downloads that break: they go on where they broke if the server proves that the file is the same, else from the start."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.support.broken import RESULTS, compressed, cut, half, headed, ranges, split, this, unmeasured
from tests.support.faultd import HastyClock, Step, http
from tests.support.harness import DIRECT_FOX, FILM, QUEUED_FOX, Fault
from tests.support.samples import png
from tests.support.traces import generations


def asked(fault: Fault) -> list[tuple[str | None, bool]]:
    """The ranges that the storage was asked for."""
    return ranges([one.seen for one in fault.storage.of(RESULTS)])


def size(fault: Fault) -> int:
    """Of the one result, in bytes."""
    return len(result(fault))


def result(fault: Fault) -> bytes:
    """The one result."""
    (data,) = fault.storage.files.values()
    return data


def saved(fault: Fault, name: str = "fox.png") -> bool:
    """Whether the one result is on disk and in the journal, and nothing else is."""
    return (
        fault.files == [name]
        and (fault.cwd / name).read_bytes() == result(fault)
        and [row[1:] for row in generations(fault)] == [("downloaded", name)]
    )


@pytest.mark.parametrize("order", [QUEUED_FOX, DIRECT_FOX], ids=["queued", "direct"])
def test_D03_it_goes_on_where_it_broke(fault: Fault, order: tuple[str, ...]) -> None:
    """Half of it came: the rest is asked for, if it is still the same file; nothing is paid for again."""
    fault.storage.script(RESULTS, cut(half))
    done = fault.run(*order)

    assert (done.code, done.lines, len(fault.api.paid)) == (0, ["fox.png"], 1)
    assert asked(fault) == [(None, False), (f"bytes={size(fault) // 2}-", True)]
    assert saved(fault)


@pytest.mark.parametrize("end", ["close", "reset"])
@pytest.mark.parametrize("keep", [0, 1, -1], ids=["nothing", "one byte", "all but one"])
def test_D03_wherever_it_breaks(fault: Fault, keep: int, end: str) -> None:
    """Before the first byte, after it, before the last: closed or reset, the file is whole in the end."""
    fault.storage.script(RESULTS, cut(lambda size: keep % size, end))
    done = fault.inside(*QUEUED_FOX)

    assert (done.code, len(asked(fault))) == (0, 2)
    assert saved(fault)
    if end == "close":
        start = keep % size(fault)
        assert asked(fault)[1] == ((f"bytes={start}-", True) if start else (None, False))


class _Crawling(httpx.HTTPTransport):
    """A network on which more than a minute passes while the first bytes of the first result are awaited.

    The time passes where the program waits for them, and nowhere else: no other thread's pace plays a part.
    """

    def __init__(self, clock: HastyClock) -> None:
        super().__init__()
        self._clock, self._crawls = clock, True

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        if self._crawls and request.url.path.startswith("/results/"):
            self._crawls = False
            response.stream = _Crawl(response.stream, self._clock)
        return response


class _Crawl(httpx.SyncByteStream):
    def __init__(self, stream: Any, clock: HastyClock) -> None:
        self._stream, self._clock = stream, clock

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            self._clock.leap(70)
            yield chunk

    def close(self) -> None:
        self._stream.close()


def test_D03_a_download_that_stalls(fault: Fault) -> None:
    """Less than a kilobyte a second for a minute: the connection is given up, and the rest is asked for."""
    clock = HastyClock()

    def stalled(answer: bytes) -> Step:
        head, body = split(answer)
        return Step((head, body[:10]), "hang")

    fault.storage.script(RESULTS, stalled)
    done = fault.inside(*QUEUED_FOX, clock=clock, transport=lambda: _Crawling(clock))

    assert (done.code, asked(fault)[1]) == (0, ("bytes=10-", True))
    assert saved(fault)


def test_D03_again_and_again(fault: Fault) -> None:
    """Eight times in a row without a new byte are the end: 11, the generation is safe, and the next command goes on."""
    fault.storage.script(RESULTS, cut(half), *[cut(lambda size: 0)] * 9)
    done = fault.inside(*QUEUED_FOX)

    assert (done.code, len(asked(fault)), len(fault.api.paid)) == (11, 10, 1)
    assert "inference queue download" in done.err
    assert [name for name in fault.files if not name.startswith(".")] == []

    again = fault.inside("queue", "download", "last")
    assert (again.code, asked(fault)[-1]) == (0, (f"bytes={size(fault) // 2}-", True))
    assert saved(fault)


def test_D03_in_the_older_api(older: Fault) -> None:
    """A direct answer's only link is gone on with as well."""
    older.storage.script(RESULTS, cut(half))
    done = older.inside(*FILM)

    assert (done.code, len(older.api.paid)) == (0, 1)
    assert asked(older) == [(None, False), (f"bytes={size(older) // 2}-", True)]
    assert saved(older, "waves.mp4")


def test_D04_a_server_without_ranges(fault: Fault) -> None:
    """It answers 200 to a range: what is there is thrown away, and the file starts again."""
    fault.storage.script(RESULTS, cut(half), lambda answer: this(result(fault), ("ETag", '"other"')))
    done = fault.run(*QUEUED_FOX)

    assert done.code == 0
    assert asked(fault) == [(None, False), (f"bytes={size(fault) // 2}-", True)]
    assert saved(fault)


@pytest.mark.parametrize(
    "claim",
    [[("Content-Range", "bytes 0-9/*")], [("Content-Range", "bytes 5-4/3")], [("Content-Range", "some")], []],
    ids=["wrong start", "wrong total", "nonsense", "none"],
)
def test_D05_a_part_that_was_not_asked_for(fault: Fault, claim: list[tuple[str, str]]) -> None:
    """It is not spliced: the file is asked for from the start, once."""
    fault.storage.script(RESULTS, cut(half), headed(*claim, without="Content-Range"))
    done = fault.inside(*QUEUED_FOX)

    assert done.code == 0
    assert asked(fault) == [(None, False), (f"bytes={size(fault) // 2}-", True), (None, False)]
    assert saved(fault)


def test_D05_another_total(fault: Fault) -> None:
    """The right start of a file that has another size: that is another file, which starts again."""

    def longer(answer: bytes) -> Step:
        start, total = size(fault) // 2, size(fault) + 10
        return headed(("Content-Range", f"bytes {start}-{total - 1}/{total}"))(answer)  # type: ignore[operator]

    fault.storage.script(RESULTS, cut(half), longer)
    done = fault.run(*QUEUED_FOX)

    assert done.code == 0
    assert asked(fault)[2] == (None, False)
    assert saved(fault)


def test_D05_a_server_that_insists(fault: Fault) -> None:
    """Parts that nobody asked for, whatever is asked: 12, nothing is on disk, and the generation can be fetched."""
    fault.storage.always(RESULTS, this(b"\x89PNG", ("Content-Range", "bytes 7-10/90"), status="206 Partial Content"))
    done = fault.run(*QUEUED_FOX)

    assert (done.code, fault.files) == (12, [])
    assert "the media host answers with a part of the file that was not asked for" in done.err
    assert "inference queue download" in done.err


def test_D06_everything_is_here_already(fault: Fault) -> None:
    """The connection ended before the server said that this was all: 416 says it, and nothing is fetched again."""
    fault.storage.script(RESULTS, unmeasured)
    done = fault.run(*QUEUED_FOX)

    assert (done.code, asked(fault)) == (0, [(None, False), (f"bytes={size(fault)}-", True)])
    assert saved(fault)


def test_D06_more_than_there_is(fault: Fault) -> None:
    """The file has become shorter meanwhile: what came of the old one is thrown away."""

    def shorter(answer: bytes) -> Step:
        (name,) = fault.storage.files
        step = unmeasured(answer)
        fault.storage.files[name] = png(1, 1)
        return step

    fault.storage.script(RESULTS, shorter, lambda answer: this(b"", ("Content-Range", f"bytes */{size(fault)}"),
                                                               status="416 Range Not Satisfiable"))  # fmt: skip
    done = fault.inside(*QUEUED_FOX)

    assert (done.code, [start for start, _ in asked(fault)][2]) == (0, None)
    assert saved(fault)


@pytest.mark.parametrize("ignores", [False, True], ids=["If-Range is heeded", "If-Range is ignored"])
def test_D07_the_object_changed(fault: Fault, *, ignores: bool) -> None:
    """Another ETag: it starts again, and never splices two files."""

    def changed(answer: bytes) -> Step:
        (name,) = fault.storage.files
        first = cut(half)(answer)  # type: ignore[operator]
        fault.storage.files[name] = png(9, 9)
        return first

    def careless(answer: bytes) -> Step:
        start, data = size(fault) // 2, result(fault)
        span = ("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        return Step((http("206 Partial Content", data[start:], headers=[("ETag", '"new"'), span]),))

    fault.storage.script(RESULTS, changed, *([careless] if ignores else []))
    done = fault.inside(*QUEUED_FOX)

    assert done.code == 0
    assert saved(fault)


@pytest.mark.parametrize("name", [("ETag", 'W/"weak"'), None], ids=["weak", "none"])
def test_D07_without_a_strong_name(fault: Fault, name: tuple[str, str] | None) -> None:
    """Nothing proves that it is the same file: it starts again."""
    fault.storage.script(RESULTS, headed(*([name] if name else []), without="ETag", keep=half))
    done = fault.inside(*QUEUED_FOX)

    assert (done.code, asked(fault)) == (0, [(None, False), (None, False)])
    assert saved(fault)


def test_D09_ranges_of_compressed_files(fault: Fault) -> None:
    """Bytes as they are, please; a server that compresses all the same is decoded, and nothing of it is gone on with."""
    fault.storage.script(RESULTS, cut(half), compressed)
    done = fault.run(*QUEUED_FOX)

    assert done.code == 0
    assert {one.seen.header("accept-encoding") for one in fault.storage.of(RESULTS)} == {"identity"}
    assert asked(fault) == [(None, False), (f"bytes={size(fault) // 2}-", True), (None, False)]
    assert saved(fault)


def test_D09_a_compressed_file_that_breaks(fault: Fault) -> None:
    """It starts again: its sizes count other bytes than those on disk."""

    def broken(answer: bytes) -> Step:
        head, body = compressed(answer).send
        return Step((head, body[:-20]))

    fault.storage.script(RESULTS, broken, compressed)
    done = fault.inside(*QUEUED_FOX)

    assert (done.code, asked(fault)) == (0, [(None, False), (None, False)])
    assert saved(fault)
