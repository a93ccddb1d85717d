"""What may stand after ``-T``, and the tools that it gives.

======================  ==============================================================================
``time``                the current date and time, in any zone
``files``               ``files_list``, ``files_read``, ``files_search`` below the working folder
``files:FOLDER``        the same below another folder
``http_get``            a text from the web, https only
``FILE.py``             every public function of a Python file
``FILE.py:NAME``        one of them
``FILE.toml``           every command (or server) that a TOML file describes
``FILE.toml:NAME``      one of them
``mcp:COMMAND``         the tools of a server of the Model Context Protocol, started by that command
======================  ==============================================================================
"""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue.nearest import nearest
from inference_cli.conversation.tools.beside import Halt, gather, unfailing
from inference_cli.conversation.tools.child import Spec
from inference_cli.conversation.tools.tool import Fixed, Joined, Source, Tool
from inference_cli.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from types import ModuleType

    from inference_cli.clock import Clock
    from inference_cli.conversation.tools.description import Described
    from inference_cli.conversation.tools.mcp import Server

BUILT_IN = ("time", "files", "http_get")
"""What needs no file; the first two only look."""

_FILES = (".py", ".toml")
_KINDS = "files:FOLDER, FILE.py, FILE.py:NAME, FILE.toml, mcp:COMMAND"


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds the tools.

    Attributes:
        cwd: the working folder, from which paths start.
        environ: of the program; children get it without tokens.
        clock: tells the time, and times everything out.
        secrets: names of variables that hold tokens, beside those of the program.
        closed: folders that ``files`` never shows, such as those of the profile.
        say: gets what functions print, a line at a time, why one failed, and what is to be known of servers.
        chatter: gets what commands and servers write to standard error.
        stop: set when the user wants to stop.
        transport: replaces the network of ``http_get``.
        halt: ends what runs.
    """

    cwd: Path
    environ: Mapping[str, str]
    clock: "Clock"
    secrets: Collection[str] = ()
    closed: Sequence[Path] = ()
    say: Callable[[str], None] = lambda _: None
    chatter: Callable[[str], None] = lambda _: None
    stop: threading.Event | None = None
    transport: Callable[[], Any] | None = None
    halt: Halt = field(default_factory=Halt)

    def aside(self, names: Sequence[str]) -> AbstractContextManager[None]:
        """What keeps standard output for the result while the tools of these names run; only functions write to it."""
        from inference_cli.conversation.tools.aside import aside

        functions = any(_split(name)[0].endswith(".py") for name in names if not name.startswith(("mcp:", "files:")))
        return aside(unfailing(self.say)) if functions else nullcontext()


def opened(names: Sequence[str], setting: Setting, closing: ExitStack) -> list[Source]:
    """The sources of tools, in the order of their names; servers are started side by side.

    Args:
        names: as typed after ``-T``.
        setting: what surrounds them.
        closing: gets what has to be closed.

    Raises:
        NotFoundError: nothing is called that.
        UsageError: something is named twice, or cannot be used.
        Interrupted: the user stopped.
    """
    for number, name in enumerate(names):
        if name in names[:number]:
            raise UsageError(f"-T {name} is there twice", hint="Nothing was sent")
    opening = _Opening(setting, closing)
    tasks = [opening.task(name) for name in names]
    with setting.aside(names):
        return gather(tasks, halt=setting.halt, stop=setting.stop)


class _Opening:
    """What is opened together; a file that is named twice runs once."""

    def __init__(self, setting: Setting, closing: ExitStack) -> None:
        self._setting = replace(setting, say=unfailing(setting.say), chatter=unfailing(setting.chatter))
        self._closing = closing
        self._modules: dict[Path, ModuleType] = {}
        self._servers: list[Server] = []
        self._labels: set[str] = set()
        self._ended = False
        self._lock = threading.Lock()
        closing.callback(self._end)

    def _end(self) -> None:
        """End the servers, those that are still starting too."""
        with self._lock:
            self._ended = True
        for server in self._servers:
            server.close()

    def task(self, typed: str) -> Callable[[], Source]:
        """What opens a source.

        Raises:
            NotFoundError: nothing is called that.
        """
        kind, _, rest = typed.partition(":")
        if typed == "time":
            return self._time
        if typed == "http_get":
            return self._http_get
        if kind == "files" and (rest or typed == "files"):
            return lambda: self._files(typed, rest or ".")
        if kind == "mcp" and rest:
            return self._server(typed, rest)
        file, _, name = _split(typed)
        if file.endswith(".py"):
            return lambda: self._python(typed, file, name or None)
        if file.endswith(".toml"):
            return lambda: self._described(typed, file, name or None)
        raise _unknown(typed)

    def _time(self) -> Source:
        from inference_cli.conversation.tools.moment import Moment, own_zone

        return Fixed("time", (Moment(self._setting.clock, own_zone(self._setting.environ)),))

    def _files(self, typed: str, where: str) -> Source:
        from inference_cli.conversation.tools import files
        from inference_cli.conversation.tools.folder import Folder

        return Fixed(typed, files.tools(Folder.at(self._path(where), self._setting.closed)))

    def _http_get(self) -> Source:
        from inference_cli.api.web import Web
        from inference_cli.conversation.tools.http_get import HttpGet

        setting = self._setting
        web = Web(clock=setting.clock, transport=setting.transport, env=setting.environ)
        return Fixed("http_get", (HttpGet(web),))

    def _python(self, typed: str, file: str, name: str | None) -> Source:
        from inference_cli.conversation.tools.functions import PythonFile, importable

        path = self._path(file).absolute()
        python = PythonFile(path, file, self._setting.say)
        with self._lock:
            if path not in self._modules:
                self._closing.enter_context(importable(path.parent))
                self._modules[path] = self._closing.enter_context(python.loaded())
            return Fixed(typed, python.tools(self._modules[path], name))

    def _described(self, typed: str, file: str, name: str | None) -> Source:
        from inference_cli.conversation.tools import description

        setting = self._setting
        path = self._path(file).absolute()
        found = description.read(path, file, setting.cwd.absolute(), setting.environ, frozenset(setting.secrets))
        wanted = [one for one in found if name in {None, one.name}]
        if not wanted:
            raise UsageError(
                f"{file} describes no tool {name}",
                hint=f"Nothing was sent.  There are: {', '.join(one.name for one in found)}",
            )
        return Joined(typed, tuple(self._one(typed, one) for one in wanted))

    def _one(self, typed: str, found: "Described") -> Source:
        if not found.is_server:
            return Fixed(typed, (self._command(found),))
        words = [word.text({}) for group in found.command for word in group]
        return self._started(typed, found.name, Spec(words, found.cwd, found.env), found.seconds)

    def _server(self, typed: str, command: str) -> Callable[[], Source]:
        import shlex

        from inference_cli.conversation.tools.environment import scrubbed
        from inference_cli.conversation.tools.mcp import CALLS, label_of

        try:
            words = shlex.split(command)
        except ValueError:
            words = []
        if not words:
            raise UsageError(f"-T {typed} names no command, or has quotes that do not close", hint="Nothing was sent")
        label = label_of(words)
        number = next(one for one in count(1) if (label, f"{label}_{one}")[one > 1] not in self._labels)
        label = label if number == 1 else f"{label}_{number}"
        self._labels.add(label)
        environ = scrubbed(self._setting.environ, self._setting.secrets)
        return lambda: self._started(typed, label, Spec(words, self._setting.cwd.absolute(), environ), CALLS)

    def _started(self, typed: str, label: str, spec: Spec, seconds: float) -> Source:
        from inference_cli.conversation.tools.mcp import Server

        setting = self._setting
        server = Server(
            typed,
            label,
            spec,
            clock=setting.clock,
            halt=setting.halt,
            seconds=seconds,
            say=setting.say,
            chatter=setting.chatter,
        )
        with self._lock:
            if self._ended:
                raise UsageError(f"{typed} was stopped before it started")
            self._servers.append(server)
        server.open()
        return server

    def _command(self, found: "Described") -> Tool:
        from inference_cli.conversation.tools.command import CommandTool

        setting = self._setting
        return CommandTool(
            name=found.name,
            description=found.description,
            parameters=found.schema,
            groups=found.command,
            cwd=found.cwd,
            env=found.env,
            clock=setting.clock,
            halt=setting.halt,
            stdin=found.stdin,
            seconds=found.seconds,
            dashes=found.dashes,
            acts=found.acts,
            chatter=setting.chatter,
        )

    def _path(self, text: str) -> Path:
        try:
            return self._setting.cwd / Path(text).expanduser()
        except RuntimeError:  # ~ of a user that there is not
            return self._setting.cwd / text


def _split(typed: str) -> tuple[str, str, str]:
    """A file and a name in it: ``tools.py:weather``."""
    for end in _FILES:
        file, colon, name = typed.rpartition(f"{end}:")
        if colon:
            return file + end, ":", name
    return typed, "", ""


def _unknown(typed: str) -> NotFoundError:
    close = nearest(typed, BUILT_IN, 1)
    meant = f"  Did you mean {close[0]}?" if close else ""
    return NotFoundError(
        f"there is no tool {typed[:100]}",
        hint=f"Nothing was sent.{meant}  There are: {', '.join(BUILT_IN)}, {_KINDS}",
    )
