"""What surrounds one run of the program, and the options that concern all of it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

from inference_cli.frozen import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

    from inference_cli.clock import Clock
    from inference_cli.jobs.updates import Result
    from inference_cli.terminal.streams import Streams


def _drawn(below: int) -> int:
    """A random number from 0; the module is imported by those few commands that draw one."""
    import secrets

    return secrets.randbelow(below)


@dataclass(frozen=True, slots=True)
class World:
    """What surrounds the program; tests pass their own.

    ``transport`` replaces the network for every request when it is given; ``draw`` draws a number below its argument.
    """

    streams: "Streams"
    env: Mapping[str, str]
    cwd: Path
    clock: "Clock"
    transport: Callable[[], Any] | None = None
    draw: Callable[[int], int] = _drawn

    @classmethod
    def real(cls) -> Self:
        """The process's own streams, environment, folder and clock."""
        from inference_cli.clock import SystemClock
        from inference_cli.profile.environment import environment
        from inference_cli.terminal.streams import Streams

        env = environment()
        return cls(streams=Streams.real(env), env=env, cwd=Path(), clock=SystemClock())


@dataclass(frozen=True, slots=True)
class RootFlags:
    """The root options as given."""

    profile: str | None = None
    sandbox: bool = False
    base_url: str | None = None
    verbose: bool = False
    debug_http: bool = False
    color: str = "auto"

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """Those that say whom the command talks to, as a hint has to repeat them."""
        given = (("--profile", self.profile), ("--base-url", self.base_url))
        named = tuple((name, value) for name, value in given if value is not None)
        return (*named, ("--sandbox",)) if self.sandbox else named

    @property
    def repeated(self) -> tuple[str, ...]:
        """All of them, as a command line of their own."""
        switches = (("--verbose", self.verbose), ("--debug-http", self.debug_http))
        return (
            *(word for option in self.words for word in option),
            *(name for name, given in switches if given),
            *(() if self.color == "auto" else ("--color", self.color)),
        )


@dataclass(frozen=True, slots=True)
class ShowFlags:
    """How the running command wants its result shown."""

    json: bool = False
    jq: str | None = None
    events: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class WireFlags:
    """How the running command wants its requests sent."""

    retry: bool = True
    chat: bool = False  # a chat that was lost before its answer began is asked again (--retry-chat)
    allow_private_hosts: bool = False


class Tally(Protocol):
    """Whoever counts what a command makes."""

    def number(self, result: "Result") -> str:
        """Count a result; the name that it gets, shown behind its facts."""
        ...

    def spent(self, cost: "Decimal | None", estimated: "Decimal | None") -> None:
        """Count what all of them cost in US dollars, as charged and as estimated, where either is known."""
        ...
