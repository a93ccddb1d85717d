"""Templates: what a chat is asked for with, kept under a name, with ``{variables}`` in its texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from inference_cli.conversation import texts, variables
from inference_cli.errors import UsageError

Extract = Literal["first", "last"]


@dataclass(frozen=True, slots=True)
class Template:
    """What a template gives; a flag wins over each of it.

    ``schema`` is what ``schemas.parse`` and ``many`` made, ``attachments`` are sources for ``-a``, ``defaults`` the
    values of variables that nobody sets. ``trusted`` says that it is the user's own: the tools of one that came with a
    project are named by somebody else, and nothing may be called because of them without being asked for.
    """

    name: str
    prompt: str | None = None
    system: str | None = None
    model: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    schema: Mapping[str, Any] | None = None
    tools: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    extract: Extract | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)
    trusted: bool = True

    def variables(self) -> tuple[str, ...]:
        """The variables in its texts, each once, in order.

        Raises:
            UsageError: a brace stands alone in one of them.
        """
        found = [name for what, text in self._texts() for name in variables.named(text, self._where(what))]
        return tuple(dict.fromkeys(found))

    def fill(self, prompt: str, given: Mapping[str, str] | None = None) -> "Filled":
        """The texts with their variables replaced.

        ``{input}`` is the prompt. Where the template has a prompt and nowhere ``{input}``, what was typed stands behind
        that prompt, after a blank line; where it has no prompt, what was typed is the prompt.

        Args:
            prompt: what was typed or piped in; may be empty.
            given: the values of ``--set``, which win over the defaults.

        Raises:
            UsageError: a variable has no value, a value has no variable, or a brace stands alone.
        """
        names = self.variables()
        values = {**self.defaults, **(given or {})}
        self._refuse_strangers(names, given or {})
        if prompt.strip():
            values[variables.INPUT] = prompt
        self._refuse_holes([name for name in names if name not in values])
        system, own = (
            None if text is None else variables.filled(text, values, self._where(what))
            for what, text in (("system prompt", self.system), ("prompt", self.prompt))
        )
        if own is None:
            return Filled(prompt, system)
        if variables.INPUT not in names and prompt.strip():
            own = "\n\n".join(filter(None, (own.removesuffix("\n"), prompt)))
        return Filled(own, system)

    def table(self, cwd: Path) -> dict[str, Any]:
        """The template as TOML can hold it; paths of attachments are made absolute.

        Args:
            cwd: the working folder, which relative paths start from.

        Raises:
            UsageError: something in it cannot be kept.
        """
        import json

        self.variables()
        for what, text in self._texts():
            texts.typed(text, self._where(what))
        schema = None if self.schema is None else json.dumps(self.schema, ensure_ascii=False)
        whole = {
            "prompt": self.prompt,
            "system": self.system,
            "model": self.model,
            "schema": schema,
            "tools": list(self.tools),
            "attachments": [_kept(source, cwd) for source in self.attachments],
            "extract": self.extract,
            "params": dict(self.params),
            "defaults": dict(self.defaults),
        }
        return {key: value for key, value in whole.items() if value not in (None, [], {})}

    def _texts(self) -> list[tuple[str, str]]:
        both = (("system prompt", self.system), ("prompt", self.prompt))
        return [(what, text) for what, text in both if text is not None]

    def _where(self, what: str) -> str:
        return f"the {what} of the template {self.name}"

    def _refuse_strangers(self, names: Sequence[str], given: Mapping[str, str]) -> None:
        known = [name for name in dict.fromkeys((*names, *self.defaults)) if name != variables.INPUT]
        strangers = [name for name in given if name not in known]
        if strangers:
            raise UsageError(
                f"the template {self.name} has no variable {', '.join(strangers)}",
                details=[f"it has: {', '.join(known)}"] if known else (),
                hint="Nothing was sent",
            )

    def _refuse_holes(self, missing: Sequence[str]) -> None:
        if not missing:
            return
        sets = " ".join(f"--set {name}=…" for name in missing if name != variables.INPUT)
        asks = ["Type the prompt, or pipe it in"] if variables.INPUT in missing else []
        asks += [f"Give {'it' if len(missing) == 1 else 'them'}:  {sets}"] if sets else []
        raise UsageError(
            f"the template {self.name} needs {', '.join(missing)}", hint=f"Nothing was sent.  {'.  '.join(asks)}"
        )


@dataclass(frozen=True, slots=True)
class Filled:
    """The texts of one turn."""

    prompt: str
    system: str | None


def _kept(source: str, cwd: Path) -> str:
    """What an attachment is called wherever the template is used."""
    if source == "-":
        raise UsageError("an attachment from standard input cannot be kept in a template", hint="Name its file")
    online = source.startswith("data:") or "://" in source
    return source if online else str(cwd / Path(source).expanduser())
