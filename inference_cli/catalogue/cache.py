"""The models as this machine last heard of them: fresh for an hour, then asked for again.

What is kept says what there is, never what there is not: only the server calls an id unknown.
"""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from inference_cli.catalogue.snapshot import SUFFIX, Snapshot, forget, store, sweep
from inference_cli.errors import InferenceError, NotFoundError, TemporaryError

if TYPE_CHECKING:
    from inference_cli.api.conditional import Fetched
    from inference_cli.api.records import Model

TIME_TO_LIVE = 3600.0
"""Seconds, by the wall clock, for which the server is not asked again."""


class Remote(Protocol):
    """The part of the API that is asked."""

    def list_unless(self, etag: str | None, /, *, patient: bool) -> "Fetched[tuple[Model, ...]]":
        """All models, unless they are those of that tag."""
        ...

    def get_unless(self, name: str, etag: str | None, /, *, patient: bool) -> "Fetched[Model]":
        """One model, unless it is that of that tag."""
        ...


class ModelCache:
    """The models of one profile at one place.

    Args:
        folder: for the files of this profile and place only; it need not exist.
        api: the generation of the API there, whose rows differ from the other's; asked for when it is needed.
        remote: the models of a client; called only when the server has to be asked, so that a fresh copy needs neither
            a token nor a connection.
        now: Unix seconds.
        note: takes a sentence about a copy that is served although it is old.
        row: what a plain list shows of a model; kept, so that such a list costs next to nothing.
        on_change: called with a newly fetched list once it is kept, and with the one that is kept where it was lost on
            whoever is told.
        is_told: whether it was not lost there.
    """

    def __init__(
        self,
        folder: Path,
        *,
        api: Callable[[], str],
        remote: Callable[[], Remote],
        now: Callable[[], float],
        note: Callable[[str], None],
        row: "Callable[[Model], Sequence[str]]",
        on_change: "Callable[[Sequence[Model]], None]" = lambda _: None,
        is_told: Callable[[], bool] = lambda: True,
    ) -> None:
        self._folder, self._api, self._remote = folder, api, remote
        self._now, self._note, self._row = now, note, row
        self._on_change, self._is_told = on_change, is_told

    def list(self, *, refresh: bool = False) -> "tuple[Model, ...]":
        """All models, in the server's order; those from a file have no schema, and only what a list shows.

        Args:
            refresh: ask the server, whatever is kept.

        Raises:
            InferenceError: the server was asked and failed; where that is temporary and something is kept, it is
                served with a note instead, unless ``refresh`` wanted the server's word.
        """
        kept, fetched = self._all(refresh=refresh)
        return kept.listed() if kept is not None else fetched

    def rows(self, *, refresh: bool = False) -> "Sequence[Sequence[str]]":
        """What a plain list shows of each.

        Raises:
            InferenceError: as before.
        """
        kept, fetched = self._all(refresh=refresh)
        return kept.cells if kept is not None else [self._row(model) for model in fetched]

    def whole(self, *, refresh: bool = False) -> "tuple[Model, ...]":
        """The same with everything that the server says of each.

        Raises:
            InferenceError: as before.
        """
        kept, fetched = self._all(refresh=refresh)
        return kept.whole() if kept is not None else fetched

    def offline(self) -> "tuple[tuple[Model, ...], str] | None":
        """What is kept of the list, however old, and how old that is in words; None where nothing is."""
        kept = Snapshot.read(self._list_file)
        return None if kept is None else (kept.listed(), self._age(kept))

    def get(self, name: str, /, *, stale: bool = False, refresh: bool = False) -> "Model":
        """One model with everything that the server says of it, whether its list has it or not.

        Args:
            name: its id.
            stale: whether an old copy will do while the server cannot be reached; not where money depends on it.
            refresh: ask the server, whatever is kept.

        Raises:
            NotFoundError: the server does not know it.
            InferenceError: the server was asked and failed.
        """
        one, listed = Snapshot.read(self._file_of(name)), Snapshot.read(self._list_file)
        one = one if one is not None and one.asked == name else None
        copies = [(kept, model) for kept in (one, listed) if kept and (model := _model(kept, name)) is not None]
        best, model = max(copies, key=lambda copy: copy[0].fetched, default=(None, None))
        if best is not None and model is not None and not refresh and self._is_fresh(best):
            return model
        try:
            will_do = stale and model is not None and not refresh
            return self._asked(name, None if refresh else one, patient=not will_do)
        except TemporaryError:
            if best is None or model is None or refresh or not stale:
                raise
            self._note(f"  what is known of {name} is {self._age(best)} old: the server cannot be reached")
            return model
        except NotFoundError:
            if best is not None:  # it is there no more: so much for the rest of what is kept
                self.forget()
            raise

    def forget(self) -> None:
        """Drop everything that is kept, after something was changed at the server."""
        forget(self._folder)

    def _all(self, *, refresh: bool) -> "tuple[Snapshot | None, tuple[Model, ...]]":
        """What is kept and will do, or None and what the server just said."""
        kept = Snapshot.read(self._list_file)
        if kept is not None and not refresh and self._is_fresh(kept):
            self._tell_once_more(kept)
            return kept, ()
        try:
            answer = self._remote().list_unless(
                None if kept is None or refresh else kept.etag, patient=kept is None or refresh
            )
        except TemporaryError:
            if kept is None or refresh:
                raise
            self._note(f"  the list of models is {self._age(kept)} old: the server cannot be reached")
            return kept, ()
        if answer.value is None and kept is not None:
            store(self._list_file, kept.again(self._now(), answer.etag))
            self._tell_once_more(kept)
            return kept, ()
        models = answer.value or ()
        self._keep(models, answer.etag)
        return None, models

    def _keep(self, models: "Sequence[Model]", etag: str | None) -> None:
        file = self._list_file
        with contextlib.suppress(ValueError, RecursionError):
            cells = [self._row(model) for model in models]
            if store(file, Snapshot.of(models, fetched=self._now(), etag=etag, cells=cells)):
                sweep(self._folder.parent, file)
                self._tell(models)

    def _tell(self, models: "Sequence[Model]") -> None:
        with contextlib.suppress(OSError, InferenceError):
            self._on_change(models)

    def _tell_once_more(self, kept: Snapshot) -> None:
        if not self._is_told():
            self._tell(kept.whole())

    def _asked(self, name: str, kept: Snapshot | None, *, patient: bool) -> "Model":
        answer = self._remote().get_unless(name, None if kept is None else kept.etag, patient=patient)
        if answer.value is None:
            assert kept is not None, "a server that was named no tag says nothing about one"
            store(self._file_of(name), kept.again(self._now(), answer.etag))
            model = _model(kept, name)
            assert model is not None, "it was there when its tag was named"
            return model
        with contextlib.suppress(ValueError, RecursionError):
            fresh = Snapshot.of([answer.value], fetched=self._now(), etag=answer.etag, asked=name)
            store(self._file_of(name), fresh)
        return answer.value

    @property
    def _list_file(self) -> Path:
        return self._folder / f"list.{self._api()}{SUFFIX}"

    def _file_of(self, name: str) -> Path:
        return self._folder / f"one.{self._api()}.{quote(name, safe='', errors='replace')}{SUFFIX}"

    def _is_fresh(self, kept: Snapshot) -> bool:
        return 0 <= self._now() - kept.fetched < TIME_TO_LIVE  # a time to come was written by a clock that was wrong

    def _age(self, kept: Snapshot) -> str:
        return _in_words(self._now() - kept.fetched)


def _model(kept: Snapshot, name: str) -> "Model | None":
    """The model that was asked for; under another name where the server knows it by two."""
    found = kept.get(name)
    return found if found is not None or kept.asked is None else next(iter(kept.whole()), None)


def _in_words(seconds: float) -> str:
    for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return "a minute" if seconds >= 0 else "an unknown time"
