"""Python functions as tools, from a file that the user names (``-T tools.py``, ``-T tools.py:weather``).

The file runs in this process, as it would with ``python tools.py``: it is the user's own, and named. What it prints
does not reach standard output; what a function raises, the model is told, and the user sees in a line.
"""

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType, TracebackType
from typing import Any

from inference_cli.catalogue.nearest import nearest
from inference_cli.conversation.tools import names, signature
from inference_cli.conversation.tools.hints import UnsupportedHintError
from inference_cli.conversation.tools.returned import as_text
from inference_cli.conversation.tools.signature import Signature
from inference_cli.conversation.tools.tool import ToolFailedError
from inference_cli.errors import UsageError

_NOTHING_SENT = "Nothing was sent.  Correct that line"


@dataclass(frozen=True, slots=True)
class FunctionTool:
    """A function that a model may call; ``say`` gets why it failed."""

    name: str
    file: "PythonFile"
    function: Callable[..., Any]
    signature: Signature
    acts: bool = True

    @property
    def description(self) -> str:
        """Its docstring, without the sections; its name where there is none."""
        return self.signature.description or self.function.__name__

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Of its type hints."""
        return self.signature.schema

    def call(self, arguments: Mapping[str, Any]) -> str:
        """Call the function; whatever it returns as text."""
        try:
            value = self.signature.call(self.function, arguments)
            if inspect.iscoroutine(value):
                import asyncio

                value = asyncio.run(value)
            return as_text(value)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a user's function raises
            self.file.say(f"{self.name} failed at {self.file.place(error, self.function)}: {described(error)}")
            raise ToolFailedError(f"The function failed: {described(error)}") from None


@dataclass(frozen=True, slots=True)
class PythonFile:
    """A file with functions.

    Attributes:
        path: where it is.
        shown: as it was typed.
        say: gets why functions failed.
    """

    path: Path
    shown: str
    say: Callable[[str], None] = lambda _: None

    @contextmanager
    def loaded(self) -> Iterator[ModuleType]:
        """Run the file, and forget it in the end.

        Raises:
            UsageError: there is no such file, it does not compile, or it fails while it runs; the line is named.
        """
        code = self._code()
        module = ModuleType(names.named(f"tools_{self.path.stem}", sys.modules).replace("-", "_"))
        module.__file__ = str(self.path)
        sys.modules[module.__name__] = module  # data classes and hints look for their module there
        try:
            self._run(code, module)
            yield module
        finally:
            sys.modules.pop(module.__name__, None)

    def _run(self, code: CodeType, module: ModuleType) -> None:
        try:
            exec(code, module.__dict__)  # noqa: S102 - the user's own file, named on the command line
        except (Exception, SystemExit) as error:
            raise UsageError(f"{self.place(error)}: {described(error)}", hint=_NOTHING_SENT) from error

    def tools(self, module: ModuleType, only: str | None = None) -> tuple[FunctionTool, ...]:
        """Its public functions, or one function of that name.

        Raises:
            UsageError: there is none, or a model cannot call it.
        """
        functions = {name: value for name, value in vars(module).items() if isinstance(value, FunctionType)}
        own = [name for name, one in functions.items() if name[0] != "_" and one.__module__ == module.__name__]
        if only is not None and only not in functions:
            raise self._missing(only, own)
        if only is None and not own:
            raise UsageError(f"{self.shown} has no public function", hint="Nothing was sent")
        return tuple(self._tool(name, functions[name]) for name in ([only] if only is not None else own))

    def place(self, error: BaseException, function: Callable[..., Any] | None = None) -> str:
        """Where in this file an error came from: its name and a line."""
        return f"{self.shown}:{_line(error.__traceback__, str(self.path)) or _first_line(function)}"

    def _code(self) -> CodeType:
        try:
            if not self.path.is_file():
                raise UsageError(f"there is no file {self.shown}", hint="Nothing was sent")
            return compile(self.path.read_bytes(), str(self.path), "exec", dont_inherit=True)
        except SyntaxError as error:
            raise UsageError(f"{self.shown}:{error.lineno or 1}: {error.msg}", hint=_NOTHING_SENT) from error
        except (OSError, ValueError, RecursionError, MemoryError) as error:
            raise UsageError(f"{self.shown} cannot be read: {described(error)}", hint="Nothing was sent") from error

    def _tool(self, name: str, function: FunctionType) -> FunctionTool:
        try:
            return FunctionTool(names.named(name), self, function, signature.read(function))
        except UnsupportedHintError as error:
            where = f"{self.shown}:{_first_line(function)}"
            hint = "Nothing was sent.  A function whose name begins with _ is left out"
            raise UsageError(f"{where}: {name}: {error}", hint=hint) from None

    def _missing(self, name: str, there: Sequence[str]) -> UsageError:
        close = nearest(name, there, 1)
        meant = f"  Did you mean {close[0]}?" if close else ""
        listed = f"  There are: {', '.join(there)}" if there else ""
        return UsageError(f"{self.shown} has no function {name}", hint=f"Nothing was sent.{meant}{listed}")


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """Let files import those beside them, after everything that is installed."""
    sys.path.append(str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def described(error: BaseException) -> str:
    """An error of somebody else's code, in a line."""
    try:
        text = " ".join(str(error).split())
    except Exception:  # noqa: BLE001 - an error that cannot even be shown
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _line(traceback: TracebackType | None, file: str) -> int | None:
    """The line of a file that was running, the innermost."""
    found = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == file:
            found = traceback.tb_lineno
        traceback = traceback.tb_next
    return found


def _first_line(function: Callable[..., Any] | None) -> int:
    code = getattr(inspect.unwrap(function), "__code__", None) if function is not None else None
    return 1 if code is None else int(code.co_firstlineno)
