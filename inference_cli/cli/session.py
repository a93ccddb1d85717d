"""What a command may use, each thing built when it is first asked for: settings, client, journal, output, clock."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from inference_cli.cli.stores import Stores
from inference_cli.cli.world import RootFlags, ShowFlags, Tally, WireFlags, World
from inference_cli.errors import InferenceError, SpendingError

if TYPE_CHECKING:
    from datetime import tzinfo

    from inference_cli.api.client import Client
    from inference_cli.api.dialect import Dialect
    from inference_cli.api.media import MediaClient
    from inference_cli.api.retry import Retry
    from inference_cli.clock import Clock
    from inference_cli.jobs.stop import Stop
    from inference_cli.profile.paths import Paths
    from inference_cli.profile.settings import Flags, Settings
    from inference_cli.sandbox.app import Sandbox
    from inference_cli.terminal.output import Output

_SANDBOX_POLL = 0.3  # seconds; a look costs nobody anything (fault C26)


class Session(Stores):
    """One run of the program.

    Args:
        world: what surrounds it.
        arguments: the command line, without the program's name.

    Attributes:
        tally: counts what the command makes; None where nobody does.
        told_to_recover: whether nobody has to be reminded of requests of unknown outcome.
    """

    def __init__(self, world: World, arguments: Sequence[str] = ()) -> None:
        self.world = world
        self.arguments = tuple(arguments)
        self._root = RootFlags()
        self._show = ShowFlags()
        self._wire = WireFlags()
        self._may_create = False
        self.tally: Tally | None = None
        self.told_to_recover = False
        self._closing = ExitStack()

    def within(self, *command: str) -> "Session":
        """A run inside this one, such as a command in a conversation: the same settings, flags and an end of its own.

        Args:
            *command: its command line; the root options of this one are put before it.
        """
        inner = Session(self.world, (*self._root.repeated, *command))
        inner.__dict__["settings"] = self.settings
        inner.told_to_recover = True
        if self.settings.sandbox and not self.world.transport:
            inner.__dict__["sandbox"] = self.sandbox
        return inner

    def begin(self, **flags: Any) -> None:
        """Take the root options."""
        self._root = RootFlags(**flags)

    def show(self, **flags: Any) -> None:
        """Take the options of the running command that concern its output (``json jq events quiet``).

        Raises:
            UsageError: jq does not understand the filter.
        """
        self.__dict__.pop("output", None)
        self._show = replace(ShowFlags(**flags), jq=None)  # in force while a filter that is wrong is complained about
        output = self._output(ShowFlags(**flags))
        self.__dict__["output"] = output

    def wire(self, **flags: Any) -> None:
        """Take the options of the running command that concern its requests (``retry allow_private_hosts``)."""
        self._wire = WireFlags(**flags)

    @property
    def clock(self) -> "Clock":
        """The clock of this run."""
        return self.world.clock

    @cached_property
    def output(self) -> "Output":
        """Where results, notes and questions go."""
        return self._output(self._show)

    def _output(self, show: ShowFlags) -> "Output":
        from inference_cli.terminal.output import Output

        return Output(
            self.world.streams,
            quiet=show.quiet,
            color=self._root.color,
            json=show.json,
            jq=show.jq,
            events=show.events,
            root=self._root.words,
        )

    @cached_property
    def paths(self) -> "Paths":
        """The folders of the profile."""
        from inference_cli.profile.paths import Paths

        return Paths.from_environment(self.world.env)

    @cached_property
    def settings(self) -> "Settings":
        """The settings in force, each with its origin."""
        from inference_cli.profile.settings import load

        return load(
            self.flags, self.world.env, self.world.cwd, self.paths, notice=self.output.warn, create=self._may_create
        )

    @property
    def flags(self) -> "Flags":
        """The root options that choose settings."""
        from inference_cli.profile.settings import Flags

        root = self._root
        return Flags(profile=root.profile, sandbox=root.sandbox, base_url=root.base_url)

    def may_create_profile(self) -> None:
        """Let ``--profile`` name one that does not exist yet; said before the settings are asked for."""
        self._may_create = True

    @cached_property
    def sandbox(self) -> "Sandbox":
        """The sandbox in this process, with its state in the profile's state folder.

        Raises:
            MissingExtraError: the packages that it needs are not installed.
        """
        from inference_cli.cli.offline import opened

        sandbox = opened(self.paths.sandbox_folder, self.settings, self.clock)
        self._closing.callback(sandbox.close)
        return sandbox

    @cached_property
    def transport(self) -> Callable[[], Any] | None:
        """What makes a transport for a client; None for the real network."""
        if self.world.transport or not self.settings.sandbox:
            return self.world.transport
        application = self.sandbox.application
        from inference_cli.sandbox.transport import SandboxTransport

        return lambda: SandboxTransport(application)

    @cached_property
    def client(self) -> "Client":
        """The client of the API, signed in, where it is no server that may do without.

        Raises:
            TokenError: there is no token for the origin.
        """
        settings = self.settings
        token = settings.token_if_any() if settings.api == "openai" else settings.token()
        return self.client_with(token.value if token else None, token.source if token else "")

    def client_with(self, token: str | None, source: str) -> "Client":
        """A client that sends that token, or none.

        Args:
            token: the bearer token.
            source: where it came from, in words, for an error that names it.
        """
        from inference_cli.api.dialect import DIALECTS

        known = self.known_api
        return self._client(token, source, DIALECTS[known] if known is not None else self._detected(token, source))

    def _client(self, token: str | None, source: str, dialect: "Dialect") -> "Client":
        from inference_cli.api.client import Client
        from inference_cli.collection import release

        client = self._closing.enter_context(
            Client(
                base_url=self.settings.base_url,
                origin=self.settings.origin,
                token=token,
                token_source=source,
                dialect=dialect,
                namespace=self.settings.namespace,
                clock=self.clock,
                retry=self._retry,
                transport=self.transport,
                trace=self.trace,
                notice=self.output.note,
                env=self.world.env,
            )
        )
        release()
        return client

    @property
    def known_api(self) -> str | None:
        """The generation of the API at this origin, as far as nobody has to be asked."""
        from inference_cli.profile.origins import remembered

        settings = self.settings
        if settings.sandbox and settings.api == "openai":  # the sandbox is no other server
            return "current"
        if settings.api != "auto":
            return settings.api
        if settings.sandbox or str(settings.origin) == "https://hub.oxen.ai":
            return "current"
        return remembered(self.paths.origins_file, settings.origin)

    def _detected(self, token: str | None, source: str) -> "Dialect":
        """The generation of the API at this origin, asked for once by a free request."""
        from inference_cli.api.dialect import CURRENT, detect
        from inference_cli.profile.origins import remember

        settings = self.settings
        found = detect(self._client(token, source, CURRENT))
        remember(self.paths.origins_file, settings.origin, found.name)
        return found

    @cached_property
    def media(self) -> "MediaClient":
        """The client of result URLs, which has no token."""
        from inference_cli.api.media import MediaClient

        return self._closing.enter_context(
            MediaClient(
                api_origin=self.settings.origin,
                clock=self.clock,
                transport=self.transport,
                allow_private=self._wire.allow_private_hosts,
                trace=self.trace,
                env=self.world.env,
            )
        )

    @property
    def verbose(self) -> bool:
        """Whether ``-v`` wants to know what happens."""
        return self._root.verbose

    @property
    def trace(self) -> Callable[[str], None] | None:
        """What takes the redacted trace of requests (``--debug-http``); None where nobody wants it."""
        return self._traced if self._root.debug_http else None

    def _traced(self, text: str) -> None:
        from inference_cli.terminal.safe import line

        self.output.say(line(text))  # headers come from outside

    @cached_property
    def _retry(self) -> "Retry":
        """What this command may spend on sending again, shared by its clients."""
        from inference_cli.api.retry import Retry

        return Retry(
            clock=self.clock,
            enabled=self._wire.retry,
            chat=self._wire.chat,
            notice=self.output.note if self._root.verbose else None,
            stop=self.stop.event,
        )

    @property
    def zone(self) -> "tzinfo | None":
        """Whose days count: the zone that ``TZ`` names, or None for this machine's."""
        name = self.world.env.get("TZ", "")
        if not name:
            return None
        from zoneinfo import ZoneInfo

        try:
            return ZoneInfo(name)
        except (ValueError, OSError, KeyError):  # such as a POSIX rule, which the system understands by itself
            return None

    @property
    def poll_interval(self) -> float | None:
        """Seconds between two looks at the queue of a sandbox in this process; None leaves it to the policy."""
        return _SANDBOX_POLL if self.settings.sandbox else None

    @cached_property
    def stop(self) -> "Stop":
        """What a signal sets, once ``jobs.stop`` listens."""
        from inference_cli.jobs.stop import Stop

        return Stop(last=self.world.streams.give_back)

    def addressed(self, error: InferenceError) -> InferenceError:
        """The same error; the commands in its hint repeat the root options of this one, and so reach the same place."""
        from inference_cli.terminal.commands import with_root

        if isinstance(error, SpendingError) and error.status and "settings" in self.__dict__ and self.settings.sandbox:
            error.hint = "Give the credits back:  inference sandbox reset"
        elif error.hint:
            error.hint = with_root(error.hint, self._root.words)
        return error

    def fail(self, error: InferenceError) -> int:
        """Show an error; the exit code it leaves."""
        from inference_cli.terminal.failures import show_error

        self.told_to_recover = self.told_to_recover or "recover" in (error.hint or "")
        show_error(self.output, self.addressed(error))
        return error.exit_status

    def crash(self, error: Exception) -> int:
        """A bug: say so in a line, keep the place where it happened in a file."""
        from inference_cli.cli.crash import report

        return report(self, error)

    def close(self) -> None:
        """Say what the journal has to say about itself, and close what was opened, last first."""
        readers = [getattr(self, name) for name in ("journal", "ledger", "log") if name in self.__dict__]
        for note in dict.fromkeys(note for reader in readers for note in reader.notes):
            self.output.warn(note)
        self._closing.close()
        if not self.told_to_recover and "settings" in self.__dict__:
            self._remind()

    def _remind(self) -> None:
        """One line where requests have an unknown outcome; whoever asks for nothing of a profile is not told."""
        from inference_cli.jobs.waiting import unknown_outcomes

        count = unknown_outcomes(self.paths.journal_file, str(self.settings.origin))
        if count:
            have = "request has" if count == 1 else "requests have"
            self.output.note(f"{count:,} {have} an unknown outcome. Find out:  inference recover")
