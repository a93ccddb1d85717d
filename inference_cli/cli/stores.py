"""What a session keeps on this machine: models, the journal of paid work, the log of conversations."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from contextlib import ExitStack

    from inference_cli.api.client import Client
    from inference_cli.api.records import Model
    from inference_cli.catalogue.cache import ModelCache
    from inference_cli.cli.session import Session
    from inference_cli.cli.world import World
    from inference_cli.clock import Clock
    from inference_cli.conversation.log import Log
    from inference_cli.jobs.journal import Journal
    from inference_cli.jobs.ledger import Ledger
    from inference_cli.profile.paths import Paths
    from inference_cli.profile.settings import Flags, Settings
    from inference_cli.terminal.output import Output


class Stores:
    """The stores of one run, each opened when it is first asked for and closed with the session."""

    if TYPE_CHECKING:
        _closing: ExitStack
        world: World

        @property
        def clock(self) -> Clock:
            """The session's own."""
            ...

        @property
        def output(self) -> Output:
            """The session's own."""
            ...

        @property
        def paths(self) -> Paths:
            """The session's own."""
            ...

        @property
        def settings(self) -> Settings:
            """The session's own."""
            ...

        @property
        def client(self) -> Client:
            """The session's own."""
            ...

        @property
        def flags(self) -> Flags:
            """The session's own."""
            ...

        @property
        def known_api(self) -> str | None:
            """The session's own."""
            ...

    @cached_property
    def models(self) -> "ModelCache":
        """The models as this machine last heard of them, and the way to ask again."""
        from inference_cli.catalogue.cache import ModelCache

        def row(model: "Model") -> Sequence[str]:
            from inference_cli.cli.model_list import row

            return row(model)

        def offer(models: "Sequence[Model]") -> None:
            from inference_cli.cli.offering import offer_on_tab

            offer_on_tab(cast("Session", self), models)

        def is_told() -> bool:
            from inference_cli.cli.offering import is_offered

            return is_offered(cast("Session", self))

        return ModelCache(
            self.paths.models_folder(self.settings.profile, self.settings.base_url),
            api=lambda: self.known_api or self.client.dialect.name,
            remote=lambda: self.client.models,
            now=self.clock.now,
            note=self.output.note,
            on_change=offer,
            is_told=is_told,
            row=row,
        )

    @cached_property
    def local_journal(self) -> "Journal":
        """The journal for what only looks at this machine: damaged settings hinder nobody (fault E1)."""
        from inference_cli.errors import UsageError
        from inference_cli.jobs.journal import Journal
        from inference_cli.profile.settings import origin_without_files

        try:
            return self.journal
        except UsageError as damaged:
            origin = origin_without_files(self.flags, self.world.env)
            self.output.warn(f"{damaged.message}; below is what was asked of {origin}")
        return self._closing.enter_context(Journal(self.paths.journal_file, origin=origin, clock=self.clock))

    @cached_property
    def journal(self) -> "Journal":
        """The journal of paid work, opened for the origin in force."""
        from inference_cli.jobs.journal import Journal

        return self._closing.enter_context(
            Journal(self.paths.journal_file, origin=self.settings.origin, clock=self.clock)
        )

    @cached_property
    def log(self) -> "Log":
        """The log of conversations, opened for the origin in force."""
        from inference_cli.conversation.log import Log

        return self._closing.enter_context(
            Log(
                self.paths.log_file,
                attachments=self.paths.attachments_folder,
                origin=self.settings.origin,
                clock=self.clock,
                redactor=lambda: self.client.redactor,
            )
        )

    @cached_property
    def ledger(self) -> "Ledger":
        """The journal of the origin in force, for looking back."""
        from inference_cli.jobs.ledger import Ledger

        return self._closing.enter_context(
            Ledger(self.paths.journal_file, origin=self.settings.origin, clock=self.clock)
        )
