"""An answer into a pipe: exactly its bytes, gathered into few writes, none of them kept waiting for another."""

import io
import threading
from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from inference_cli.clock import Clock, ManualClock
from inference_cli.errors import LocalError
from inference_cli.terminal.piped import GATE, Piped
from inference_cli.terminal.streams import Stream, Streams
from tests.support.signalled import broken_off, ends


class Pipe(io.RawIOBase):
    """A pipe that remembers each write, and may refuse the next ones."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[bytes] = []
        self.refusal: Exception | None = None
        self.written = threading.Event()

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def write(self, data: object) -> int:
        """Remember it."""
        if self.refusal is not None:
            raise self.refusal
        piece = bytes(data)  # type: ignore[call-overload]
        self.writes.append(piece)
        self.written.set()
        return len(piece)


class Patient(ManualClock):
    """A clock whose time passes for nobody who waits, until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Stand until let go."""
        self.gate.wait(30)
        self.sleep(seconds)
        return event.is_set()


def piped(pipe: Pipe, clock: Clock, *, automatic: bool = False) -> Piped:
    """What writes into that pipe."""
    streams = Streams(Stream(None), Stream(pipe, encoding="ascii"), Stream(None), {})  # type: ignore[arg-type]
    return Piped(streams, clock, automatic=automatic)


def test_a_slow_stream_is_never_held_back() -> None:
    """Each piece that comes after a pause is written at once, and nothing is added at the end."""
    pipe, clock = Pipe(), ManualClock()
    with piped(pipe, clock) as answer:
        for piece in ("a", "b\n", "ü"):
            answer.feed(piece)
            clock.sleep(GATE)
            assert pipe.writes[-1] == piece.encode()
    assert pipe.writes == [b"a", b"b\n", "ü".encode()]


def test_a_fast_stream_is_gathered() -> None:
    """A thousand pieces of one moment are two writes."""
    pipe = Pipe()
    with piped(pipe, ManualClock()) as answer:
        for _ in range(1000):
            answer.feed("x")
    assert pipe.writes == [b"x", b"x" * 999]


def test_the_last_piece_does_not_wait_for_another() -> None:
    """When the gate opens, what was gathered is written although nothing follows."""
    pipe, clock = Pipe(), Patient()
    answer = piped(pipe, clock, automatic=True)
    answer.feed("a")
    answer.feed("b")
    assert pipe.writes == [b"a"]
    pipe.written.clear()
    clock.gate.set()
    assert pipe.written.wait(30)
    assert pipe.writes == [b"a", b"b"]
    answer.finish()
    assert pipe.writes == [b"a", b"b"]


def test_a_signal_in_the_middle_of_a_piece_holds_nothing_up() -> None:
    """Ctrl-C breaks off the waking of the thread; the end comes all the same."""
    pipe, clock = Pipe(), Patient()
    answer = piped(pipe, clock, automatic=True)
    answer.feed("a")
    pipe.written.clear()
    clock.gate.set()
    answer.feed("b")
    assert pipe.written.wait(30)
    with broken_off():
        answer.feed("c")
    assert ends(answer.finish)
    assert b"".join(pipe.writes) == b"abc"


@given(st.lists(st.tuples(st.text(), st.floats(0, 0.02))))
def test_the_bytes_are_the_models_own(pieces: Sequence[tuple[str, float]]) -> None:
    """However it comes, and whatever the locale, the pipe gets the answer in UTF-8 and nothing else."""
    pipe, clock = Pipe(), ManualClock()
    with piped(pipe, clock) as answer:
        for text, pause in pieces:
            answer.feed(text)
            clock.sleep(pause)
    assert b"".join(pipe.writes) == "".join(text for text, _ in pieces).encode()


def test_a_lone_surrogate_is_replaced() -> None:
    """No encoding has one."""
    pipe = Pipe()
    with piped(pipe, ManualClock()) as answer:
        answer.feed("a\ud800b")
    assert pipe.writes == ["a\ufffdb".encode()]


@pytest.mark.parametrize(
    ("refusal", "raised"), [(BrokenPipeError(), BrokenPipeError), (OSError(28, "No space left"), LocalError)]
)
def test_a_reader_who_left_is_noticed(refusal: Exception, raised: type[Exception]) -> None:
    """The next piece fails; so does one after what the thread could not write."""
    pipe, clock = Pipe(), Patient()
    answer = piped(pipe, clock, automatic=True)
    answer.feed("a")
    answer.feed("b")
    pipe.refusal = refusal
    clock.gate.set()
    with pytest.raises(raised):
        _feed_on(answer)


def test_an_error_keeps_its_own_reason() -> None:
    """What was gathered is written when the answer breaks; a pipe that is closed by then hides nothing."""
    for refusal, written in ((None, [b"a", b"b"]), (BrokenPipeError(), [b"a"])):
        pipe = Pipe()
        with pytest.raises(RuntimeError, match="broke"):
            _breaks(pipe, refusal)
        assert pipe.writes == written


def _breaks(pipe: Pipe, refusal: Exception | None) -> None:
    with piped(pipe, ManualClock()) as answer:
        answer.feed("a")
        answer.feed("b")
        pipe.refusal = refusal
        raise RuntimeError("it broke")


def _feed_on(answer: Piped) -> None:
    while True:
        answer.feed("c")
