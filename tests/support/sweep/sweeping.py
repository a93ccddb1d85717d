"""One scene, swept: every injection in a home of its own, judged, and taken up again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.support.command import Finished, User
from tests.support.forked import Forked
from tests.support.sweep.ground import Ground, Scene
from tests.support.sweep.traced import Injection, Strace, injections
from tests.support.sweep.verdict import Journal, findings, spoken, unfinished

_SPEED = 20.0  # what could not be noted is looked for for half a minute
RECOVERS = find_spec("inference_cli.cli.recover") is not None


@dataclass(frozen=True, slots=True)
class Swept:
    """One injection and what was wrong after it."""

    scene: str
    injection: Injection
    findings: tuple[str, ...]


def sweep(
    scene: Scene,
    folder: Path,
    *,
    share: tuple[int, int] = (0, 1),
    choose: Callable[[list[Injection]], list[Injection]] = list,
    heard: Callable[[Swept], None] = lambda _swept: None,
    threads: bool = False,
) -> list[Swept]:
    """Sweep a scene.

    Args:
        scene: what is run.
        folder: made here, for everything.
        share: which of how many shares of the injections.
        choose: which of the injections.
        heard: is told of each when it is done.
        threads: the installed command as it is, instead of the same program in one thread: strace counts calls by
            thread, so that a worker's first hides behind the main thread's first.
    """
    folder.mkdir(parents=True)
    number, of = share
    with Ground(folder) as ground, Forked(one_thread=True, speed=_SPEED) as forked:
        strace = Strace(folder, None if threads else forked)
        made = strace.counts(ground.user(scene), scene.arguments)
        chosen = choose(list(injections(made)))[number::of]
        swept = []
        for injection in chosen:
            found = _swept(scene, ground, strace, forked, injection)
            if found is not None:
                heard(found)
                swept.append(found)
    return swept


def _swept(scene: Scene, ground: Ground, strace: Strace, forked: Forked, injection: Injection) -> Swept | None:
    """Run, judge, take up again, judge; None when the injection did not strike."""
    user = ground.user(scene)
    done, struck = strace.run(user, scene.arguments, injection)
    if not struck:
        return None
    found = tuple(findings(scene, done, user, ground)) or tuple(_taken_up(scene, user, ground, forked, after=done))
    return Swept(scene.name, injection, tuple(dict.fromkeys(found)))


def _taken_up(scene: Scene, user: User, ground: Ground, forked: Forked, *, after: Finished) -> Iterator[str]:
    """The next command finishes the work, whatever happened to this one."""
    before = Journal.of(user.home)
    ids = [one for one, (state, *_) in before.generations.items() if state != "downloaded"]
    if RECOVERS:
        done = forked.run(user, "recover")
    else:
        done = forked.run(user, *(("queue", "wait", *ids) if ids else ("queue", "list", "--local")))
    yield from (f"taken up again: {what}" for what in spoken(done))
    if RECOVERS or not before.unsettled:
        finished = not ids and not before.unsettled
        unnoted = after.code == 0 and "cannot be written" in after.err
        found = unfinished(scene, user, ground, finished=finished, unnoted=unnoted)
        yield from (f"{what}; taken up: {done}" for what in found)
