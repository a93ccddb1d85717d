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
from inference_cli.conversation.tools.tool import Fixed, Source
from inference_cli.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from inference_cli.clock import Clock

BUILT_IN = ("time", "files", "http_get")
"""What needs no file; the first two only look."""

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
        aside: sends standard output elsewhere while functions of the user run.
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
    aside: Callable[[], AbstractContextManager[None]] = nullcontext
    halt: Halt = field(default_factory=Halt)


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
    tasks = [_opener(name, setting, closing) for name in names]
    with setting.aside():
        return gather(tasks, halt=setting.halt, stop=setting.stop)


def _opener(typed: str, setting: Setting, _closing: ExitStack) -> Callable[[], Source]:
    kind, _, rest = typed.partition(":")
    if typed == "time":
        return lambda: _time(setting)
    if kind == "files" and (rest or typed == "files"):
        return lambda: _files(typed, rest or ".", setting)
    raise _unknown(typed)


def _time(setting: Setting) -> Source:
    from inference_cli.conversation.tools.moment import Moment, own_zone

    return Fixed("time", (Moment(setting.clock, own_zone(setting.environ)),))


def _files(typed: str, where: str, setting: Setting) -> Source:
    from inference_cli.conversation.tools import files
    from inference_cli.conversation.tools.folder import Folder

    return Fixed(typed, files.tools(Folder.at(_path(where, setting), setting.closed)))


def _path(text: str, setting: Setting) -> Path:
    try:
        return setting.cwd / Path(text).expanduser()
    except RuntimeError:  # ~ of a user that there is not
        return setting.cwd / text


def _unknown(typed: str) -> NotFoundError:
    close = nearest(typed, BUILT_IN, 1)
    meant = f"  Did you mean {close[0]}?" if close else ""
    return NotFoundError(
        f"there is no tool {typed[:100]}",
        hint=f"Nothing was sent.{meant}  There are: {', '.join(BUILT_IN)}, {_KINDS}",
    )
