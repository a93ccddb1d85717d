"""Downloads that break in every way, and the bytes that are there in the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from inference_cli.api.failures import LinkExpired
from inference_cli.errors import DamagedError, GenerationError, InferenceError, LocalError, TemporaryError
from inference_cli.jobs.crew import Crew
from inference_cli.jobs.download import StoppedError, download
from inference_cli.jobs.parts import Part, Source
from tests.support.fakes import FakeMedia, Served
from tests.support.jobs import Scene, scene

URL, FRESH = "https://media.example/a?sig=1", "https://other.example/a?sig=2"
DATA = bytes(range(256)) * 4


class Busy(TemporaryError):  # noqa: N818 - named for what the host is
    """What the media client raises for a 429."""

    after: float | None = 7.0


@contextmanager
def prepared(parent: Path, files: dict[str, Any]) -> Iterator[tuple[Scene, Callable[..., bytes]]]:
    """A scene, and a function that downloads into one part file and returns what is in it."""
    folder = parent / str(len(list(parent.iterdir())))
    folder.mkdir()
    with scene(folder, files=files) as made:

        def fetch(fresh: str | None = None, max_size: int = 10**9, before: bytes | None = None) -> bytes:
            if before is not None:
                with Part(made.folder, "a", "id") as part:
                    part.write(before)
                    part.remember(Source('"v1"', len(DATA)), url=URL, now=0.0)
            with Crew(clock=made.clock, stop=made.stop, workers=0) as crew, Part(made.folder, "a", "id") as part:
                reports: list[tuple[int, int | None]] = []
                try:
                    download(
                        URL,
                        part,
                        made.bench(crew, max_size=max_size),
                        refresh=lambda: fresh,
                        report=lambda have, whole: reports.append((have, whole)),
                    )
                finally:
                    data = part.path.read_bytes()
                    assert part.size == len(data)
                return data

        yield made, fetch


def test_a_download_that_goes_well(tmp_path: Path) -> None:
    """One request, all bytes."""
    with prepared(tmp_path, {URL: DATA}) as (made, fetch):
        assert fetch() == DATA
        assert made.media.asked == [(URL, 0, None)]
        assert made.clock.slept == []


@given(drops=st.lists(st.integers(0, 300), max_size=6))
def test_D03_it_goes_on_where_it_broke(tmp_path_factory: pytest.TempPathFactory, drops: list[int]) -> None:
    """Whatever the points at which the connection breaks, every byte arrives once."""
    with prepared(tmp_path_factory.mktemp("d"), {URL: Served(DATA, faults=list(drops))}) as (made, fetch):
        assert fetch() == DATA
        offsets = [offset for _, offset, _ in made.media.asked]
        assert offsets == sorted(offsets)


def test_D03_it_gives_up_when_nothing_comes_any_more(tmp_path: Path) -> None:
    """Nine failures in a row without a byte; what came before stays for the next command."""
    with prepared(tmp_path, {URL: Served(DATA, faults=[100, *[0] * 99])}) as (made, fetch):
        with pytest.raises(TemporaryError):
            fetch()
        assert len(made.media.asked) == 10
        assert made.clock.slept == [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0, 10.0]
        made.media.files[URL].faults.clear()
        assert fetch() == DATA
        assert made.media.asked[-1] == (URL, 100, '"v1"')


def test_without_a_strong_etag_it_starts_again(tmp_path: Path) -> None:
    """Bytes that may belong to another version are never spliced, and repeating the same piece is no progress."""
    for etag in (None, 'W/"v1"'):
        with prepared(tmp_path, {URL: Served(DATA, etag=etag, faults=[300, 200])}) as (made, fetch):
            assert fetch() == DATA
            assert [offset for _, offset, _ in made.media.asked] == [0, 0, 0]
    with prepared(tmp_path, {URL: Served(DATA, etag=None, faults=[100] * 99)}) as (made, fetch):
        with pytest.raises(TemporaryError):
            fetch()
        assert len(made.media.asked) == 10


def test_D04_D07_another_file_starts_again(tmp_path: Path) -> None:
    """No ranges, or another etag: the part is emptied first."""
    with prepared(tmp_path, {URL: Served(DATA, ranges=False)}) as (_, fetch):
        assert fetch(before=b"x" * 99) == DATA
    with prepared(tmp_path, {URL: Served(DATA, etag='"v2"')}) as (_, fetch):
        assert fetch(before=b"x" * 99) == DATA


def test_D05_another_size_under_the_same_etag_starts_again(tmp_path: Path) -> None:
    """A server that contradicts itself is not believed."""
    with prepared(tmp_path, {URL: Served(DATA[:-1])}) as (made, fetch):
        assert fetch(before=DATA[:99]) == DATA[:-1]
        assert [offset for _, offset, _ in made.media.asked] == [99, 0]


def test_D06_a_complete_part_is_not_asked_for_again(tmp_path: Path) -> None:
    """Killed between the last byte and the name."""
    with prepared(tmp_path, {}) as (made, fetch):
        assert fetch(before=DATA) == DATA
        assert made.media.asked == []


def test_D01_D08_an_expired_link_is_refreshed_once(tmp_path: Path) -> None:
    """The fresh one, on another host, goes on with the same file."""
    files = {URL: Served(DATA, faults=[100, LinkExpired("403")]), FRESH: Served(DATA)}
    with prepared(tmp_path, files) as (made, fetch):
        assert fetch(fresh=FRESH) == DATA
        assert made.media.asked == [(URL, 0, None), (URL, 100, '"v1"'), (FRESH, 100, '"v1"')]


@pytest.mark.parametrize("fresh", [None, URL, FRESH])
def test_D02_a_link_that_stays_expired_is_9(tmp_path: Path, fresh: str | None) -> None:
    """No fresh link, the same again, or one that has expired too."""
    files = {url: Served(DATA, faults=[LinkExpired("404", status=404)]) for url in (URL, FRESH)}
    with prepared(tmp_path, files) as (_, fetch), pytest.raises(GenerationError) as caught:
        fetch(fresh=fresh)
    assert caught.value.status == 404


def test_a_host_may_ask_for_patience(tmp_path: Path) -> None:
    """Up to two minutes; longer is an answer."""
    with prepared(tmp_path, {URL: Served(DATA, faults=[Busy("429")])}) as (made, fetch):
        assert fetch() == DATA
        assert made.clock.slept == [7.0]
    late = Busy("429")
    late.after = 121.0
    with prepared(tmp_path, {URL: Served(DATA, faults=[late])}) as (_, fetch), pytest.raises(Busy):
        fetch()


def test_A16_a_body_without_a_length_ends_where_it_ends(tmp_path: Path) -> None:
    """Whether it is whole is for the container check to say."""
    with prepared(tmp_path, {URL: Served(DATA, sized=False)}) as (_, fetch):
        assert fetch() == DATA


class Lying(FakeMedia):
    """A host that announces another size than it sends."""

    announced = 0

    @contextmanager
    def open(self, url: str, *, offset: int = 0, etag: str | None = None) -> Iterator[Any]:
        """The stream, with a size of its own."""
        with super().open(url, offset=offset, etag=etag) as stream:
            stream.total = self.announced
            yield stream


@pytest.mark.parametrize(
    ("announced", "error", "message"),
    [
        (len(DATA) - 1, DamagedError, "the media host sent more than it announced"),
        (len(DATA) + 1, TemporaryError, "the download ended early"),
    ],
)
def test_a_length_that_does_not_fit(tmp_path: Path, announced: int, error: type[InferenceError], message: str) -> None:
    """Too much is damage, too little a broken connection."""
    with prepared(tmp_path, {}) as (made, fetch):
        made.media = Lying({URL: DATA})
        made.media.announced = announced
        with pytest.raises(error) as caught:
            fetch()
    assert caught.value.message == message


def test_A20_too_large_is_refused_before_and_while_it_comes(tmp_path: Path) -> None:
    """By its announced size, or when the bytes exceed the limit, or when the disk has less room."""
    with prepared(tmp_path, {URL: DATA}) as (_, fetch), pytest.raises(LocalError, match="larger than --max-size"):
        fetch(max_size=1023)
    with (
        prepared(tmp_path, {URL: Served(DATA, sized=False)}) as (_, fetch),
        pytest.raises(LocalError, match="larger than --max-size"),
    ):
        fetch(max_size=1023)
    with prepared(tmp_path, {}) as (made, fetch):
        made.media = Lying({URL: DATA})
        made.media.announced = 10**18
        with pytest.raises(LocalError, match="the disk is full: 1000000000000000000 bytes are needed"):
            fetch(max_size=10**19)


def test_a_stop_leaves_what_is_there(tmp_path: Path) -> None:
    """In the middle of the bytes, or of a pause: the part stays."""
    with prepared(tmp_path, {URL: DATA}) as (made, fetch):
        made.media.on_chunk = made.stop.request
        with pytest.raises(StoppedError):
            fetch()
        assert (made.folder / next(iter(made.files))).stat().st_size == 128
    with prepared(tmp_path, {URL: Served(DATA, faults=[10])}) as (made, fetch):
        made.stop.request()
        made.media.on_chunk = lambda: None
        with pytest.raises(StoppedError):
            fetch()
