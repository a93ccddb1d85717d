"""What a result really is: whole by its own container, and named by its content, whatever anybody says of it."""

from collections.abc import Callable

import pytest

from tests.support.account import FOX, WAVES
from tests.support.broken import RESULTS, headed, split, this
from tests.support.faultd import Step
from tests.support.harness import DIRECT_FOX, FILM, QUEUED_FOX, Fault
from tests.support.samples import gif, jpeg, mp4, png, wav, webp
from tests.support.traces import generations, states

PAGE = b"<!DOCTYPE html><html><head><title>502</title></head><body>Bad gateway</body></html>"
UNNAMED_FOX = ("image", "a red fox", "-m", FOX, "--queue")


def bad(fault: Fault) -> list[bytes]:
    """What was kept for a look."""
    return [path.read_bytes() for path in fault.cwd.glob(".*.part.bad")]


@pytest.mark.parametrize("order", [FILM, (*FILM, "--sync"), DIRECT_FOX], ids=["queued", "direct", "picture"])
def test_D10_an_error_page_is_no_result(fault: Fault, order: tuple[str, ...]) -> None:
    """200 with HTML: 12, no file of that name, and what came is kept for a look; it is not paid for again."""
    fault.storage.always(RESULTS, this(PAGE, ("Content-Type", "video/mp4")))
    done = fault.run(*order)

    assert (done.code, len(fault.api.paid), bad(fault)) == (12, 1, [PAGE])
    assert [name for name in fault.files if not name.startswith(".")] == []
    assert "error: the result is damaged: " in done.err
    assert "kept for a look: " in done.err
    assert "downloaded" not in states(fault)


@pytest.mark.parametrize("keep", [0.5, 0.99])
@pytest.mark.parametrize(
    "data",
    [png(9, 9), jpeg(), webp(), gif(), mp4(), wav()],
    ids=["png", "jpeg", "webp", "gif", "mp4", "wav"],
)
def test_D10_a_cut_container(fault: Fault, data: bytes, keep: float) -> None:
    """Its length is right, and the file is not whole: 12."""
    cut = data[: int(len(data) * keep)]
    fault.storage.always(RESULTS, this(cut))
    done = fault.inside(*UNNAMED_FOX)

    assert (done.code, bad(fault)) == (12, [cut])
    assert [name for name in fault.files if not name.startswith(".")] == []


@pytest.mark.parametrize(
    "data",
    [b'{"error": "expired"}', b"", b"\0" * 500, b"OK", b"\xff\xfe" * 90],
    ids=["JSON", "nothing", "zeros", "a word", "noise"],
)
def test_D10_garbage(fault: Fault, data: bytes) -> None:
    """JSON as a picture, nothing at all, and noise: 12."""
    fault.storage.always(RESULTS, this(data, ("Content-Type", "image/png")))
    done = fault.inside(*QUEUED_FOX)

    assert done.code == 12
    assert [name for name in fault.files if not name.startswith(".")] == []
    assert states(fault) == ["succeeded"]


def test_D10_the_next_command_fetches_it(fault: Fault) -> None:
    """The damage was of the download: once the host is well, nothing is paid for again."""
    fault.storage.script(RESULTS, this(PAGE))
    first, second = fault.inside(*QUEUED_FOX), fault.inside("queue", "download", "last")

    assert (first.code, second.code, len(fault.api.paid)) == (12, 0, 1)
    assert [row[1:] for row in generations(fault)] == [("downloaded", "fox.png")]


@pytest.mark.parametrize(
    ("data", "extension", "claim"),
    [
        (png(5, 5), "png", "text/html"),
        (jpeg(), "jpg", "image/x-icon; charset=../../x"),
        (webp(), "webp", "application/x-sh"),
        (gif(), "gif", "video/mp4"),
        (mp4(), "mp4", "image/png"),
        (wav(), "wav", "text/plain"),
    ],
    ids=["png", "jpeg", "webp", "gif", "mp4", "wav"],
)
def test_D11_the_content_names_the_file(fault: Fault, data: bytes, extension: str, claim: str) -> None:
    """Neither the Content-Type nor the link's ending does."""
    fault.results.append(data)
    fault.storage.always(RESULTS, this(data, ("Content-Type", claim)))
    done = fault.inside(*UNNAMED_FOX)

    assert (done.code, fault.files) == (0, [f"a-red-fox-gen-0001-canary.{extension}"])


def test_D11_a_named_file_keeps_its_name(fault: Fault) -> None:
    """And the person is told that it promises something else."""
    fault.results.append(jpeg())
    fault.storage.always(RESULTS, this(jpeg(), ("Content-Type", "image/png")))
    done = fault.run(*QUEUED_FOX)

    assert (done.code, fault.files) == (0, ["fox.png"])
    assert "fox.png holds JPEG: its name says otherwise" in done.err


def sized(change: int) -> Callable[[bytes], Step]:
    """The honest answer with more or fewer bytes than it claims, cut nowhere else."""

    def broken(answer: bytes) -> Step:
        _, body = split(answer)
        return headed(("Content-Length", str(len(body) + change)))(answer)  # type: ignore[operator]

    return broken


def test_D10_a_length_that_is_too_short(fault: Fault) -> None:
    """The container says that there is more than the server claims: 12, not a file without its end."""
    fault.storage.always(RESULTS, sized(-4))
    done = fault.run(*FILM)

    assert (done.code, [name for name in fault.files if not name.startswith(".")]) == (12, [])
    assert WAVES in done.err
