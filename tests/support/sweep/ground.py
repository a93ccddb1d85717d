"""What a swept command stands on: an account that is never restarted, and a home that is copied for each run."""

import shutil
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.support.account import FOX, Account, Made
from tests.support.api import CANARY
from tests.support.command import User, new_user
from tests.support.faultd import Seen
from tests.support.storage import Storage

_RESULT = 200_000  # bytes of a result: several reads of the network, and so several writes


@dataclass(frozen=True, slots=True)
class Scene:
    """A command line that is swept; ``before`` is run, whole, in its home first.

    ``posts`` is how many paid requests it asks for.
    """

    name: str
    arguments: tuple[str, ...]
    before: tuple[str, ...] = ()
    posts: int = 1


_FOX = ("a red fox", "-m", FOX, "-o", "fox.png")
SCENES = (
    Scene("submit", ("queue", "submit", *_FOX)),
    Scene("queued", ("image", *_FOX, "--queue")),
    Scene("direct", ("image", *_FOX)),
    Scene("wait", ("queue", "wait", "last"), before=("queue", "submit", *_FOX), posts=0),
)
"""A submit, a submit with its download, a direct picture, and a download alone."""


class LargeStorage(Storage):
    """A storage whose pictures are large enough to come in several pieces."""

    def put(self, identity: str, data: bytes) -> str:
        """Keep a picture with as much beside it as makes it large."""
        return super().put(identity, _inflated(data))


class PatientAccount(Account):
    """An account that answers a request only once all of it has come: what was cut off is accepted nowhere."""

    def _answer(self, seen: Seen) -> bytes:
        return super()._answer(seen) if is_whole(seen) else b""


def is_whole(seen: Seen) -> bool:
    """Whether all of a request came."""
    return len(seen.body) == int(seen.header("content-length") or 0)


def _inflated(png: bytes) -> bytes:
    """The same PNG with a private chunk, which no reader minds, before its end."""
    name, content = b"foXx", bytes(_RESULT)
    chunk = struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    return png[:-12] + chunk + png[-12:]


@dataclass(slots=True)
class Ground:
    """An account, and the home that each scene begins with.

    Args:
        folder: for the homes.
    """

    folder: Path
    storage: LargeStorage = field(default_factory=LargeStorage)
    account: Account = field(init=False)
    _made: dict[str, dict[str, Made]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Choose ports."""
        self.account = PatientAccount(self.storage)

    def __enter__(self) -> Self:
        self.storage.__enter__()
        self.account.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.account.__exit__(*error)
        self.storage.__exit__(*error)

    def user(self, scene: Scene) -> User:
        """Somebody who has run nothing but what comes before the scene; the account knows nothing but its generations.

        They live in the same folder each time: the journal keeps where results go.
        """
        kept, here = self.folder / scene.name, self.folder / "here"
        if here.exists():
            shutil.rmtree(here)
        if scene.name not in self._made:
            self._prepare(scene, here)
            shutil.copytree(here, kept)
        else:
            shutil.copytree(kept, here)
        self.account.asked.clear()
        self.account.made = dict(self._made[scene.name])
        return self._at(User(here / "home", here / "work"))

    def _prepare(self, scene: Scene, folder: Path) -> None:
        self.account.made = {}
        user = self._at(new_user(folder))
        for arguments in filter(None, (("models", "list"), scene.before)):
            done = user.run(*arguments)
            assert done.code == 0, done.err
        self._made[scene.name] = dict(self.account.made)

    def _at(self, user: User) -> User:
        return user.having(INFERENCE_BASE_URL=self.account.base_url, INFERENCE_API_KEY=CANARY)

    @property
    def results(self) -> set[bytes]:
        """What whole files are."""
        return set(self.storage.files.values())
