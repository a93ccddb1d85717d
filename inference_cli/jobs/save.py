"""One result on its way to its file: download, verify, name by content, publish, note in the journal."""

import errno
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from inference_cli.api.records import State
from inference_cli.errors import DamagedError, GenerationError, InferenceError, LocalError
from inference_cli.jobs.bench import Bench
from inference_cli.jobs.doubles import take_over
from inference_cli.jobs.download import StoppedError, TooLargeError, download
from inference_cli.jobs.endings import MISLEADING, after_acceptance
from inference_cli.jobs.kept import Kept
from inference_cli.jobs.naming import Place, fits, stem
from inference_cli.jobs.parts import Part
from inference_cli.jobs.publish import local_error, pour, publish
from inference_cli.jobs.target import is_special
from inference_cli.jobs.updates import Phase, Result, Update

if TYPE_CHECKING:
    from inference_cli.media.verify import Facts


def _no_fresh_link() -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A result that is ready to be fetched.

    ``identity`` is the generation in the journal, ``generation_id`` the server's own id, which direct answers lack;
    ``started`` is the monotonic second of its request; ``refresh`` asks for a fresh link.
    """

    key: str
    identity: str
    generation_id: str | None
    place: Place
    started: float
    status: str = "succeeded"
    url: str | None = None
    cost: Decimal | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)
    again: bool = False  # it was downloaded before, and is wanted once more
    paid: bool = False  # by this very command: running it again would pay again
    refresh: Callable[[], str | None] = _no_fresh_link

    def update(self, bench: Bench, phase: Phase, **fields: Any) -> Update:
        """An update about this output, now."""
        return Update(
            key=self.key,
            label=self.place.label,
            phase=phase,
            generation_id=self.generation_id,
            status=self.status,
            elapsed=max(0.0, bench.clock.monotonic() - self.started),
            **fields,
        )

    @property
    def folder(self) -> Path | None:
        """Where its file goes; None where it becomes none."""
        return None if self.place.spec.stdout else self.place.name("")[0].absolute()

    def result(self, **fields: Any) -> Result:
        """The row of the JSON document about this output."""
        return Result(
            generation_id=self.generation_id,
            status=self.status,
            seed=self.place.seed,
            cost=self.cost,
            raw=self.raw,
            **fields,
        )


def save(wanted: Wanted, bench: Bench, *, part: Part | None = None) -> None:
    """Bring one result to disk or to stdout, telling the crew how it goes; the last update ends it or has an error.

    Only a stop leaves it without one.

    Args:
        wanted: what to fetch.
        bench: what the command works with.
        part: its bytes, when they came inside the answer; else they are downloaded.

    Raises:
        BrokenPipeError: whoever read stdout is gone.
    """
    with ExitStack() as stack:
        try:
            update = _saved(wanted, bench, part, stack)
        except BrokenPipeError:
            raise
        except StoppedError:
            return  # the main thread says what is left, and how to fetch it
        except OSError as error:
            update = _failed(wanted, bench, local_error(error, Path(error.filename or wanted.place.name("")[0] / "x")))
        except InferenceError as error:
            update = _failed(wanted, bench, error)
    bench.crew.tell(update)


def _saved(wanted: Wanted, bench: Bench, part: Part | None, stack: ExitStack) -> Update:
    if part is None:
        part = stack.enter_context(open_part(wanted, stack))
        known = None if wanted.again else _known(wanted, bench)
        if known is not None and known.file is not None:  # another process fetched it meanwhile (fault D20)
            part.drop()
            return here_already(wanted, known, bench)
        _fetch(wanted, bench, part)
    else:
        stack.enter_context(part)
    facts = _whole(wanted, bench, part)
    part.sync()
    double = None if wanted.generation_id is None else take_over(wanted.identity, part.sha256, wanted.folder, bench)
    if double is not None:
        part.drop()
        return here_already(wanted, double, bench)
    return _published(wanted, bench, part, facts)


def _known(wanted: Wanted, bench: Bench) -> Kept | None:
    with suppress(InferenceError):  # a journal that cannot be read stops nothing that was paid for
        return bench.journal.get(wanted.identity)
    return None


def open_part(wanted: Wanted, stack: ExitStack) -> Part:
    """The part file of an output, beside its target; for stdout and devices in a folder of its own.

    Raises:
        OSError: it cannot be made.
    """
    folder, name = wanted.place.name("")
    if wanted.place.spec.stdout or is_special(folder / name):
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="inference-", ignore_cleanup_errors=True)))
    return Part(folder, stem(name), wanted.identity)


def put_away(part: Part) -> Path | None:
    """Remove a piece of an output whose end did not come; one that looks whole is kept for a look, but not as a result.

    Returns:
        Where it is kept.
    """
    from inference_cli.media.verify import verify

    with suppress(OSError):
        try:
            verify(part.path)
        except DamagedError:
            part.drop()
        else:
            return part.spoil()
    return None


def _fetch(wanted: Wanted, bench: Bench, part: Part) -> None:
    def report(received: int, total: int | None) -> None:
        bench.crew.tell(wanted.update(bench, Phase.DOWNLOADING, received=received, total=total))

    if wanted.url is None:
        raise DamagedError("the result is neither in the answer nor behind a link")
    download(wanted.url, part, bench, refresh=wanted.refresh, report=report)


def _whole(wanted: Wanted, bench: Bench, part: Part) -> "Facts":
    """The facts of a whole file; a damaged one is kept for whoever wants to look (fault D10)."""
    from inference_cli.media.verify import verify

    try:
        return verify(part.path)
    except DamagedError as error:
        if not part.resumed:
            reason = error.message.rpartition(" is damaged: ")[2]
            bad = part.spoil()
            raise DamagedError(f"the result is damaged: {reason}", details=[f"kept for a look: {bad}"]) from error
    part.resumed = False  # the bytes of an earlier process may not be what the disk kept of them: once more, all of it
    part.restart()
    _fetch(wanted, bench, part)
    return _whole(wanted, bench, part)


def _published(wanted: Wanted, bench: Bench, part: Part, facts: "Facts") -> Update:
    spec = wanted.place.spec
    folder, name = wanted.place.name(facts.kind.extension)
    path: Path | None = folder / name
    note = None
    if spec.stdout and bench.stdout is not None:
        pour(part.path, bench.stdout)
        path, where = None, "-"
    elif path is not None and is_special(path):
        with _opened(path) as device:
            pour(part.path, device)
        where = str(path)
    else:
        path = publish(part.path, folder / name, force=spec.force, no_clobber=spec.no_clobber)
        if path is None:
            part.drop()
            note = f"{folder / name} is there already, and stays as it is"
            return wanted.update(bench, Phase.SKIPPED, note=note, result=wanted.result(path=folder / name))
        where = str(path.absolute())
        if spec.named and not fits(name, facts.kind.extension):
            note = f"{path} holds {facts.kind.name.upper()}: its name says otherwise"
    digest = part.sha256
    direct = wanted.generation_id is None
    keep = partial(bench.journal.downloaded, wanted.identity, path=where, size=facts.size, sha256=digest, direct=direct)
    unnoted = bench.noted(keep)
    if unnoted is None:
        part.drop()  # else it stays, as a second name of the file: whoever fetches this again finds it whole
    note = unnoted or note
    result = wanted.result(
        path=path,
        bytes=facts.size,
        sha256=digest,
        format=facts.kind.name,
        width=facts.width,
        height=facts.height,
        duration=facts.duration,
    )
    return wanted.update(bench, Phase.SAVED, received=facts.size, total=facts.size, result=result, note=note)


def _opened(path: Path) -> BinaryIO:
    """A pipe, terminal or device to write to (fault D16).

    Raises:
        LocalError: nobody reads at the other end of a pipe: waiting for somebody might take for ever.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise LocalError(f"nobody reads from {path}") from error
        raise
    os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "wb")


def here_already(wanted: Wanted, known: Kept, bench: Bench) -> Update:
    """The update of an output that the journal says was downloaded, and whose file is still there."""
    size = known.size or 0
    result = wanted.result(path=known.file, bytes=known.size, sha256=known.sha256)
    return wanted.update(bench, Phase.SAVED, received=size, total=size, result=result, note="it was downloaded before")


def _failed(wanted: Wanted, bench: Bench, error: InferenceError) -> Update:
    unhelpful = error.hint is None or isinstance(error, MISLEADING)
    if unhelpful and wanted.url is not None and not isinstance(error, GenerationError):
        more = " --max-size MORE" if isinstance(error, TooLargeError) else ""
        error.hint = f"Fetch it again:  inference queue download {bench.journal.prefix(wanted.identity)}{more}"
    if isinstance(error, GenerationError) and wanted.generation_id is None:
        lost = (wanted.identity, State.VANISHED.value, "link expired", error.message)
        bench.noted(partial(bench.journal.moved, [lost]))  # a direct answer has no other handle than its link
    if wanted.paid:
        error = after_acceptance(error)
    if not error.generation_ids and wanted.generation_id is not None:
        error.generation_ids = (wanted.generation_id,)
    return wanted.update(bench, Phase.FAILED, error=error, result=wanted.result())
