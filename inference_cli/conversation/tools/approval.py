"""Which calls may be made: ``--approve always|ask|never``, and tools allowed by name.

Tools that only look (``time``, ``files``) may always be called. The others write, run something or reach the network:

- a tool that is allowed by name, with ``--approve NAME``, may be called anywhere; ``NAME`` is the tool's own, or what
  was typed after ``-T``;
- on a terminal the user is asked about each call (``ask``, by default), about none (``always``), or they are all
  refused (``never``);
- without a terminal nobody can be asked, and only what is allowed by name is called;
- what came with a project is not the user's own choice: it is asked about whatever it does, looking at files too, and
  ``always`` does not hold for it.
"""

import enum
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from inference_cli.catalogue.nearest import nearest
from inference_cli.conversation.tools.tool import Tool
from inference_cli.errors import NotFoundError, UsageError

Word = Literal["always", "ask", "never"]
_WORDS: tuple[Word, ...] = get_args(Word)


class Verdict(enum.Enum):
    """What holds for a call."""

    ALLOWED = "allowed"
    ASK = "ask"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Policy:
    """What the user decided: the word, and tools allowed by name."""

    word: Word = "ask"
    names: frozenset[str] = field(default=frozenset())

    @classmethod
    def read(cls, values: Sequence[str]) -> "Policy":
        """What ``--approve`` says, each time that it was given.

        Raises:
            UsageError: two of the words contradict each other, or a name is empty.
        """
        words = [word for word in _WORDS if word in values]
        if len(words) > 1:
            raise UsageError(f"--approve {words[0]} and --approve {words[1]} contradict each other")
        if "" in values:
            raise UsageError("--approve names no tool", hint=f"It takes {', '.join(_WORDS)}, or the name of a tool")
        return cls(words[0] if words else "ask", frozenset(values) - frozenset(_WORDS))

    def check(self, known: Iterable[str]) -> None:
        """See that there are tools of these names.

        Args:
            known: names of tools, and what was typed after ``-T``.

        Raises:
            NotFoundError: there is none of one name.
        """
        there = tuple(dict.fromkeys(known))
        for name in sorted(self.names - frozenset(there)):
            close = nearest(name, (*there, *_WORDS), 1)
            meant = f"Did you mean {close[0]}?  " if close else ""
            raise NotFoundError(
                f"--approve {name}: there is no such tool",
                hint=f"Nothing was sent.  {meant}There are: {', '.join(there)}" if there else "Name tools with -T",
            )

    def verdict(self, name: str, source: str | None = None, *, acts: bool, own: bool, terminal: bool) -> Verdict:
        """What holds for the calls of a tool.

        Args:
            name: the tool's.
            source: what was typed after ``-T`` to get it.
            acts: whether it does more than look.
            own: whether the user named it, and not a file of the project.
            terminal: whether somebody can be asked.
        """
        if name in self.names or (own and (not acts or source in self.names)):
            return Verdict.ALLOWED
        if self.word == "never" or not terminal:
            return Verdict.REFUSED
        return Verdict.ALLOWED if self.word == "always" and own else Verdict.ASK


@dataclass(frozen=True, slots=True)
class Question:
    """What the user is asked, as data from outside: whoever shows it makes it safe and short.

    ``source`` is what was typed after ``-T``; ``arguments`` are names and values as JSON: a text is in quotes, and the
    line ends in it are seen, so that it passes for nothing else;
    ``own`` is False for a tool that the project names.
    """

    tool: str
    source: str
    description: str
    arguments: tuple[tuple[str, str], ...]
    own: bool = True


class Approver:
    """Decides about calls, and asks where it has to.

    Args:
        policy: what the user decided.
        source: what was typed after ``-T`` for the tool of a name (``Toolbox.source``).
        ask: asks the user; None where nobody can be asked.
        note: tells the user, once per tool, that its calls are refused, and how to allow them.
        foreign: those after ``-T`` that the project names, not the user.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        source: Callable[[str], str | None],
        ask: Callable[[Question], bool] | None,
        note: Callable[[str], None] = lambda _: None,
        foreign: Collection[str] = (),
    ) -> None:
        self._policy, self._source, self._ask, self._note = policy, source, ask, note
        self._foreign = frozenset(foreign)
        self._noted: set[str] = set()

    def allow(self, name: str) -> None:
        """Allow all calls of a tool from now on."""
        self._policy = Policy(self._policy.word, self._policy.names | {name})

    def __call__(self, tool: Tool, arguments: Mapping[str, Any]) -> bool:
        """Whether this call may be made."""
        source = self._source(tool.name)
        own = source not in self._foreign
        verdict = self._policy.verdict(tool.name, source, acts=tool.acts, own=own, terminal=self._ask is not None)
        if verdict is Verdict.ASK and self._ask is not None:
            return self._ask(question(tool, source or tool.name, arguments, own=own))
        if verdict is Verdict.REFUSED and tool.name not in self._noted:
            self._noted.add(tool.name)
            why = "" if self._policy.word == "never" else " without a terminal to ask on"
            self._note(f"the tool {tool.name} was not called{why}; to allow it:  --approve {tool.name}")
        return verdict is Verdict.ALLOWED


def question(tool: Tool, source: str, arguments: Mapping[str, Any], *, own: bool = True) -> Question:
    """What the user is asked about a call."""
    shown = tuple((name if name.isidentifier() else _quoted(name), _quoted(value)) for name, value in arguments.items())
    return Question(tool.name, source, tool.description, shown, own)


def _quoted(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
