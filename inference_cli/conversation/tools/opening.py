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
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inference_cli.catalogue.nearest import nearest
from inference_cli.conversation.tools.beside import Halt, gather
from inference_cli.conversation.tools.tool import Fixed, Source, Tool
from inference_cli.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from types import ModuleType

    from inference_cli.clock import Clock
    from inference_cli.conversation.tools.description import Described

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
        say: gets what tools and servers print for people, a line at a time, and why a function failed.
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
    stop: threading.Event | None = None
    transport: Callable[[], Any] | None = None
    halt: Halt = field(default_factory=Halt)

    def aside(self, names: Sequence[str]) -> AbstractContextManager[None]:
        """What keeps standard output for the result while the tools of these names run; only functions write to it."""
        from inference_cli.conversation.tools.aside import aside

        functions = any(_split(name)[0].endswith(".py") for name in names)
        return aside(self.say) if functions else nullcontext()


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
        self._setting, self._closing = setting, closing
        self._modules: dict[Path, ModuleType] = {}
        self._lock = threading.Lock()

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
        return Fixed(typed, tuple(self._command(one) for one in wanted))

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
            say=setting.say,
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
