"""All checks in their order: each is a function of what it looks at, and this is where that comes from."""

import os
import platform
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from inference_cli.cli.checks import access, databases, extras, folders, installation, network, profile, screen
from inference_cli.errors import InferenceError
from inference_cli.terminal.checklist import Finding

if TYPE_CHECKING:
    from inference_cli.cli.session import Session
    from inference_cli.profile.paths import Paths
    from inference_cli.profile.settings import Settings


class Rounds:
    """One look at everything. Nothing is changed, repaired or made, and nothing but the API's own origin is asked.

    Args:
        session: the run that it is done in; its settings stay unread, since reading them repairs modes.
        offline: ask nobody.
    """

    def __init__(self, session: "Session", *, offline: bool) -> None:
        self._session, self._offline = session, offline
        self._world = session.world
        self._notices: list[str] = []

    def findings(self) -> list[Finding]:
        """A line per check, secrets masked; a check that fails itself is a line too."""
        from inference_cli.api.redaction import Redactor
        from inference_cli.profile.variables import TOKENS
        from inference_cli.terminal.commands import with_root

        self._redactor = Redactor(self._world.env.get(name) for name in TOKENS)
        paths = self._paths()
        settings = self._settings(paths)
        found: list[Finding] = []
        for name, check in self._checks(paths, settings):
            found += _done(name, check)
        mask, root = self._redactor.text, self._session.output.root
        return [
            replace(one, message=mask(one.message), fix=None if one.fix is None else with_root(mask(one.fix), root))
            for one in dict.fromkeys(found)
        ]

    def _checks(
        self, paths: "Paths | Finding", settings: "Settings | Finding"
    ) -> Iterator[tuple[str, Callable[[], Iterable[Finding | None]]]]:
        yield "installation", self._installation
        yield "extras", lambda: extras.extras(_needed(settings))
        if isinstance(paths, Finding):
            yield "folders", lambda: [paths]
        else:
            yield "files", lambda: self._files(paths)
            yield "folders", lambda: self._folders(paths)
        yield "project", lambda: [profile.project_file(self._world.cwd)]
        if isinstance(settings, Finding):
            yield "profile", lambda: [settings]
        else:
            yield "profile", lambda: profile.in_force(settings)
            yield "network", lambda: self._network(settings)
        if not isinstance(paths, Finding):
            yield "journal", lambda: self._databases(paths, settings)
        yield "terminal", self._screen

    # ------------------------------------------------------------------------------------- what is looked at

    def _paths(self) -> "Paths | Finding":
        try:
            return self._session.paths
        except InferenceError as error:
            return profile.failure("folders", error)

    def _settings(self, paths: "Paths | Finding") -> "Settings | Finding":
        from inference_cli.profile.settings import load

        if isinstance(paths, Finding):
            return Finding("failure", "profile", "not read: its folder is not known", paths.fix)
        world, flags = self._world, self._session.flags
        try:
            return load(flags, world.env, world.cwd, paths, notice=self._notices.append, repair=False)
        except InferenceError as error:
            if error.message in {profile.config_file(paths).message, profile.project_file(world.cwd).message}:
                return Finding("failure", "profile", "no settings are in force: a file of settings cannot be read")
            return profile.failure("profile", error)

    # ---------------------------------------------------------------------------------------------- subjects

    def _installation(self) -> Iterator[Finding]:
        from inference_cli import __version__

        env = self._world.env
        system = f"{platform.system()} {platform.release()} {platform.machine()}"
        yield installation.python(tuple(sys.version_info[:3]), sys.executable, system)
        yield installation.program(__version__)
        yield installation.on_path(env.get("PATH", ""), Path(sysconfig.get_path("scripts")) / installation.NAME)
        yield installation.completion(env, Path(sys.prefix))

    def _files(self, paths: "Paths") -> Iterator[Finding | None]:
        me = os.geteuid()
        yield profile.config_file(paths)
        yield folders.private(paths.config_file, user=me)
        yield profile.tokens_file(paths)
        yield folders.private(paths.tokens_file, user=me, secret=True)
        yield folders.private(paths.journal_file, user=me)
        yield folders.private(paths.log_file, user=me)

    def _folders(self, paths: "Paths") -> Iterator[Finding]:
        me, cwd = os.geteuid(), self._world.cwd
        kinds = {"config": paths.config, "state": paths.state, "data": paths.data, "cache": paths.cache}
        for kind, path in kinds.items():
            yield folders.folder(kind, path, user=me)
        yield folders.working_folder(cwd)
        kept = {"the journal": paths.state, "conversations": paths.data, "settings": paths.config}
        yield from folders.disk({**kept, "results in this folder": cwd})

    def _databases(self, paths: "Paths", settings: "Settings | Finding") -> Iterator[Finding | None]:
        from inference_cli.conversation.log_schema import LOG
        from inference_cli.jobs.database import JOURNAL

        origin = None if isinstance(settings, Finding) else str(settings.origin)
        yield databases.database("journal", paths.journal_file, JOURNAL)
        yield databases.database("conversations", paths.log_file, LOG)
        yield databases.waiting(paths.journal_file, origin)

    def _network(self, settings: "Settings") -> Iterator[Finding]:
        if settings.sandbox:
            yield Finding("ok", "token", "the sandbox takes any")
            return
        from inference_cli.api.certificates import tls_context
        from inference_cli.api.proxies import proxy_for

        env = self._world.env
        yield from network.proxies(env, settings.origin, proxy_for, self._redactor.text)
        yield network.certificates(env, tls_context)
        found = profile.token_of(settings)
        for notice in self._notices:  # of a keyring that hangs, say
            yield Finding("warning", "token", notice, "Keep it in the file:  inference config unset token")
        if found.token is not None:
            self._redactor.add(found.token.value)
        yield from self._asked(settings, found)

    def _asked(self, settings: "Settings", found: profile.Found) -> Iterator[Finding]:
        token = found.token
        if self._offline:
            yield Finding("warning", "api", "not asked, as --offline says", "Ask it:  inference doctor")
            known = f"{token.masked} of {token.source}; not asked whether it is valid" if token else ""
            yield Finding("ok", "token", known) if token else profile.absent(found)
            return
        from inference_cli.api.look import look

        seen = look(
            base_url=settings.base_url,
            origin=settings.origin,
            token=token.value if token else None,
            token_source=token.source if token else "",
            api=settings.api,
            clock=self._world.clock,
            env=self._world.env,
            transport=self._world.transport,
            trace=self._session.trace,
        )
        yield access.reached(seen, settings.origin)
        yield access.accepted(seen, token.source, token.masked) if token else profile.absent(found)
        yield access.clock(seen)
        yield from access.expiry(seen, settings.origin)

    def _screen(self) -> Iterator[Finding]:
        return screen.screen(self._world.streams, color=self._session.output.color("stdout"))


def _needed(settings: "Settings | Finding") -> set[str]:
    """The extras that the settings in force cannot do without."""
    if isinstance(settings, Finding):
        return set()
    kept = settings.wallet.kept
    wanted = {"sandbox": settings.sandbox, "keyring": kept is not None and kept.value == "keyring"}
    return {extra for extra, needed in wanted.items() if needed}


def _done(name: str, check: Callable[[], Iterable[Finding | None]]) -> Iterator[Finding]:
    """What a check finds; should it fail itself, the others are worth as much as before."""
    try:
        yield from (finding for finding in check() if finding is not None)
    except InferenceError as error:
        yield profile.failure(name, error)
    except Exception as error:  # noqa: BLE001 - this command runs where things are broken in ways nobody thought of
        message = f"could not be looked at ({type(error).__name__})"
        yield Finding("failure", name, message, "Please report it:  inference --version")
