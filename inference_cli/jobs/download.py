"""From a result URL into a part file: resumed where it broke, refreshed when the link expired, never spliced."""

from collections.abc import Callable

from inference_cli.api.failures import LinkExpired
from inference_cli.errors import DamagedError, GenerationError, LocalError, TemporaryError
from inference_cli.jobs.bench import Bench
from inference_cli.jobs.parts import Part, Source
from inference_cli.jobs.publish import check_room

_MOST_FAILURES = 8  # in a row without a new byte (faults document, "Retry policy", GET media)
_BASE, _CEILING = 0.5, 20.0  # seconds: full jitter between nothing and min(_CEILING, _BASE * 2**n)
_LONGEST_WAIT = 120.0  # seconds that a host may ask for
_OFTEN = 0.1  # seconds between two reports: each wakes the main thread, and more are not seen


class TooLargeError(LocalError):
    """A result above ``--max-size``."""


class StoppedError(TemporaryError):
    """A stop was asked for in the middle: nothing failed, and what is there can be continued."""


Report = Callable[[int, int | None], None]


def download(
    url: str, part: Part, bench: Bench, *, refresh: Callable[[], str | None], report: Report = lambda _have, _all: None
) -> None:
    """Fetch all bytes of a result into its part file.

    Args:
        url: as the API gave it.
        part: what is there already is continued, where the server proves that the file is the same (faults D3 to D9).
        bench: what the command works with.
        refresh: asks the API for a fresh URL; None when there is none (faults D1, D2).
        report: told how many bytes are there, and how many there will be.

    Raises:
        GenerationError: the link has expired, and there is no other.
        TemporaryError: the network broke again and again without a new byte.
        StoppedError: a stop was asked for.
        DamagedError: the host answers nonsense, or more than it announced.
        LocalError: the result is larger than allowed, or than the disk.
        OSError: the part could not be written.
    """
    refreshed, failures, most = False, 0, part.size
    source = part.source()
    if source is not None and source.total == part.size:
        return  # complete, and killed before it was published (fault D6)
    while True:
        try:
            _stream(url, part, bench, report)
        except LinkExpired as expired:
            fresh = None if refreshed else refresh()
            if fresh is None or fresh == url:
                raise _gone(expired) from expired
            url, refreshed = fresh, True
        except StoppedError:
            raise
        except TemporaryError as error:
            failures = 0 if part.size > most else failures + 1
            most = max(most, part.size)
            pause = _pause(error, failures, bench)
            if failures > _MOST_FAILURES or pause > _LONGEST_WAIT:
                raise
            if bench.clock.wait(bench.stop.event, pause):
                raise StoppedError("stopped") from error
        else:
            return


def _stream(url: str, part: Part, bench: Bench, report: Report) -> None:
    """One connection: from where the part ends to where the server does."""
    source = part.source() or Source(None, None)
    offset = part.size if source.etag else 0
    with bench.media.open(url, offset=offset, etag=source.etag if offset else None) as stream:
        other = source.total is not None and stream.total is not None and stream.total != source.total
        if offset and stream.offset == offset and other:
            part.sidecar.unlink(missing_ok=True)
            raise TemporaryError("the result changed while it was being downloaded")  # the next try begins again
        if stream.offset != part.size:
            part.restart()
        _check_size(stream.total, bench)
        check_room(part.path.parent, max(0, (stream.total or 0) - part.size))
        strong = None if stream.etag is None or stream.etag.startswith("W/") else stream.etag
        part.remember(Source(strong, stream.total), url=url, now=bench.clock.now())
        moment = bench.clock.monotonic()
        report(part.size, stream.total)
        for chunk in stream.chunks():
            part.write(chunk)
            _check_size(part.size, bench)
            if bench.clock.monotonic() - moment >= _OFTEN:
                moment = bench.clock.monotonic()
                report(part.size, stream.total)
            if bench.stop.requested:
                raise StoppedError("stopped")
        total = stream.total
    if total is not None and part.size < total:
        raise TemporaryError("the download ended early")
    if total is not None and part.size > total:
        raise DamagedError("the media host sent more than it announced")


def _check_size(size: int | None, bench: Bench) -> None:
    if size is not None and size > bench.max_size:
        raise TooLargeError(f"the result is larger than --max-size ({size} of {bench.max_size} bytes)")


def _pause(error: TemporaryError, failures: int, bench: Bench) -> float:
    """Seconds until the next try: what the host asked for, else full jitter."""
    asked = getattr(error, "after", None)
    if isinstance(asked, float | int):
        return float(asked)
    return bench.jitter() * min(_CEILING, _BASE * 2.0**failures)


def _gone(expired: LinkExpired) -> GenerationError:
    return GenerationError(
        "the result has expired: its link is not served any more, and there is no fresh one",
        details=["It was made, and probably charged."],
        hint="Look for the result in your account on the web",
        status=expired.status,
    )
