"""Tools that a TOML file describes (``-T weather.toml``, ``-T tools.toml:weather``).

::

    description = "The weather of a city"
    command = ["curl", "-sf", "https://wttr.in/{city}?format=3"]
    timeout = 10                    # seconds; 60 by default
    acts = false                    # it only looks: it is called without being asked about
    env = ["WTTR_LANG"]             # of the environment only what every program needs, and these
    parameters = "city: its name"   # or a table: fields.py

Further keys: ``name`` (else the file's), ``stdin`` (a text with ``{arguments}``, or ``true`` for all of them as JSON),
``cwd`` (from the file's folder; the working folder by default), ``dashes``, and ``mcp`` instead of ``command``, the
words that start a server; ``env`` may be a table of variables to set. Several tools stand in ``[tools.NAME]``, each
with these keys. A command with a ``/`` in it lies beside the file.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from inference_cli.catalogue.nearest import nearest
from inference_cli.conversation.tools import fields, names
from inference_cli.conversation.tools.argv import BraceError, Group, Word
from inference_cli.conversation.tools.environment import chosen, scrubbed
from inference_cli.errors import UsageError
from inference_cli.profile import tomlfile
from inference_cli.profile.variables import TOKENS

_KEYS = (
    *("name", "description", "command", "mcp", "parameters", "stdin", "timeout", "cwd", "env", "acts", "dashes"),
    "tools",
)
_OF_COMMANDS = ("parameters", "stdin", "acts", "dashes")
_LONGEST = 3600.0  # seconds
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Described:
    """A tool, or a server, as a file describes it.

    ``command`` are the words that run it, those of a server without arguments; ``env`` is the whole environment.
    """

    name: str
    description: str
    command: tuple[Group, ...]
    is_server: bool
    cwd: Path
    env: Mapping[str, str]
    seconds: float
    schema: Mapping[str, Any] = field(default_factory=dict)
    stdin: "Word | bool | None" = None
    acts: bool = True
    dashes: bool = False


def read(path: Path, shown: str, cwd: Path, environ: Mapping[str, str], secrets: frozenset[str]) -> list[Described]:
    """All that a file describes.

    Args:
        path: of the file.
        shown: as it was typed.
        cwd: where commands run by default.
        environ: of the program.
        secrets: names of variables with tokens, beside those of the program.

    Raises:
        UsageError: there is no such file, or something in it makes no sense; the line is named. Nothing was sent.
    """
    try:
        if not path.is_file():
            raise UsageError(f"there is no file {shown}", hint="Nothing was sent")
        text = tomlfile.decode(path.read_bytes(), Path(shown))
    except OSError as error:
        raise UsageError(f"{shown} cannot be read: {error.strerror}", hint="Nothing was sent") from None
    whole = _plain(tomlfile.parse(text, Path(shown)))
    several = whole.get("tools")
    tables = {("tools", name): table for name, table in several.items()} if isinstance(several, dict) else {(): whole}
    surroundings = (path, shown, text, cwd, scrubbed(environ, secrets), frozenset(TOKENS) | secrets)
    if isinstance(several, dict) and len(whole) > 1:
        other = next(key for key in whole if key != "tools")
        _Reader(*surroundings, (), whole).refuse(other, f"{other} must stand in one of [tools.NAME]")
    if not tables:
        raise UsageError(f"{shown} describes no tool", hint="Nothing was sent")
    return [_Reader(*surroundings, where, table).read() for where, table in tables.items()]


def _plain(value: Any) -> Any:
    """TOML as JSON has it; exact decimals are for money."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return float(value) if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one table of a file."""

    path: Path
    shown: str
    text: str
    cwd: Path
    env: Mapping[str, str]
    secrets: frozenset[str]
    where: tuple[str, ...]
    table: Any

    def refuse(self, key: str, sentence: str) -> NoReturn:
        line = tomlfile.line_of(self.text, self.where, key)
        at = "" if line is None else f", line {line}"
        raise UsageError(f"{self.shown}{at}: {sentence}", hint="Nothing was sent.  Correct the file")

    def read(self) -> Described:
        if not isinstance(self.table, dict):
            self.refuse(self.where[-1], f"tools.{self.where[-1]} must be a table")
        for key in self.table:
            if key not in _KEYS or (self.where and key == "tools"):
                close = nearest(key, _KEYS, 1)
                self.refuse(key, f"there is no key {key}" + (f"; did you mean {close[0]}?" if close else ""))
        is_server = "mcp" in self.table
        given = [key for key in _OF_COMMANDS if key in self.table]
        if is_server and (given or "command" in self.table):
            other = (*given, "command")[0]
            self.refuse(other, f"{other} says nothing about a server; its tools describe themselves")
        command = self._command("mcp" if is_server else "command")
        schema, stdin = self._schema(), self._stdin()
        if not is_server:
            self._compare(command, schema, stdin)
        return Described(
            self._name(), self._text("description"), command, is_server, self._cwd(), self._env(), self._seconds(),
            schema, stdin, self._flag("acts", default=True), self._flag("dashes", default=False),
        )  # fmt: skip

    def _name(self) -> str:
        name = self.table.get("name", self.where[-1] if self.where else self.path.stem)
        if not isinstance(name, str) or not names.is_name(name):
            self.refuse("name", f"a tool cannot be named {name!r}: letters, digits, _ and - only, at most 64")
        return name

    def _text(self, key: str) -> str:
        value = self.table.get(key, "")
        if not isinstance(value, str):
            self.refuse(key, f"{key} must be a text")
        return value

    def _flag(self, key: str, *, default: bool) -> bool:
        value = self.table.get(key, default)
        if not isinstance(value, bool):
            self.refuse(key, f"{key} must be true or false")
        return value

    def _command(self, key: str) -> tuple[Group, ...]:
        words = self.table.get(key)
        if not isinstance(words, list) or not words or not isinstance(words[0], str) or not words[0]:
            self.refuse(key, f'{key} must be a list of words, such as ["date", "+%A"]')
        groups = [word if isinstance(word, list) else [word] for word in words]
        if not all(isinstance(word, str) and "\0" not in word for group in groups for word in group):
            self.refuse(key, f"{key} must be a list of words; a list of words in it stands or falls as a whole")
        try:
            read = tuple(tuple(map(Word.read, group)) for group in groups)
        except BraceError as error:
            self.refuse(key, str(error))
        if read[0][0].names:
            self.refuse(key, f"the first word of {key} is what is run, and no model can choose that")
        program = self._program(key, read[0][0].text({}))
        return ((Word((program,)), *read[0][1:]), *read[1:])

    def _program(self, key: str, word: str) -> str:
        """What is run: a file beside the description where the word is a path, else a command of ``PATH``."""
        program = str(self.path.parent / Path(word).expanduser()) if "/" in word else word
        if shutil.which(program, path=self.env.get("PATH")) is None:
            self.refuse(key, f"there is no command {word}")
        return program

    def _schema(self) -> dict[str, Any]:
        try:
            return fields.read(self.table.get("parameters", {}))
        except fields.FieldError as error:
            self.refuse("parameters", str(error))

    def _stdin(self) -> "Word | bool | None":
        value = self.table.get("stdin")
        if value is None or isinstance(value, bool):
            return value
        try:
            return Word.read(self._text("stdin"))
        except BraceError as error:
            self.refuse("stdin", str(error))

    def _compare(self, command: tuple[Group, ...], schema: Mapping[str, Any], stdin: "Word | bool | None") -> None:
        """The placeholders and the parameters have to be the same."""
        known = schema["properties"]
        in_command = {name for group in command for word in group for name in word.names}
        in_stdin = set(stdin.names) if isinstance(stdin, Word) else set()
        for key, found in (("command", in_command), ("stdin", in_stdin)):
            for name in sorted(found - set(known)):
                self.refuse(key, f"{{{name}}} is none of the parameters")
        unused = [name for name in known if name not in in_command | in_stdin]
        if unused and stdin is not True:
            self.refuse("command", f"the parameter {unused[0]} is used nowhere: write {{{unused[0]}}}, or stdin = true")

    def _seconds(self) -> float:
        value = self.table.get("timeout", _SECONDS)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= _LONGEST:
            self.refuse("timeout", f"timeout must be a number of seconds, above 0 and at most {_LONGEST:g}")
        return float(value)

    def _cwd(self) -> Path:
        if "cwd" not in self.table:
            return self.cwd
        folder = self.path.parent / Path(self._text("cwd")).expanduser()
        if not folder.is_dir():
            self.refuse("cwd", f"there is no folder {self.table['cwd']}")
        return folder

    def _env(self) -> dict[str, str]:
        value = self.table.get("env")
        if value is None:
            return dict(self.env)
        if not isinstance(value, list | dict) or not all(isinstance(one, str) for one in value):
            self.refuse("env", "env must be a list of variables to pass on, or a table of variables to set")
        for name in self.secrets.intersection(value):
            self.refuse("env", f"{name} holds a token, which goes nowhere but to the API")
        if isinstance(value, list):
            return chosen(self.env, value)
        if not all(isinstance(one, str) for one in value.values()):
            self.refuse("env", "the variables in env must be texts")
        return {**self.env, **value}
