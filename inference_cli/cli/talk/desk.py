"""What a conversation has at hand: its state, the log, the line editor, the tools, the model's facts."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from inference_cli.cli.talk.recording import Record
from inference_cli.cli.talk.signals import Signals
from inference_cli.conversation import mentions
from inference_cli.conversation.offers import Entry
from inference_cli.errors import InferenceError, UsageError

if TYPE_CHECKING:
    from decimal import Decimal

    from inference_cli.api.records import Model
    from inference_cli.cli.repl import Start
    from inference_cli.cli.session import Session
    from inference_cli.conversation.talk import Talk
    from inference_cli.conversation.template import Filled
    from inference_cli.jobs.updates import Result

_ENTRIES = 1000  # of a folder that Tab looks at


@dataclass(slots=True)
class Desk:
    """One conversation and everything that its turns and commands use."""

    session: "Session"
    start: "Start"
    talk: "Talk"
    record: Record
    signals: Signals = field(default_factory=Signals)
    fill: "Callable[[str], Filled] | None" = None  # until the first message was put into the template
    draft: str = ""  # stands in the line when it is read next
    _known: "dict[str, Model]" = field(default_factory=dict)

    @property
    def known(self) -> "Model | None":
        """What is known of the model that answers without asking anybody."""
        return self._known.get(self.talk.settings.model)

    @property
    def model(self) -> "Model | None":
        """The same, asked for where it has to be; None where nobody knows it."""
        if self.known is None:
            with suppress(InferenceError):
                self.knows(self.session.models.get(self.talk.settings.model, stale=True))
        return self.known

    def knows(self, model: "Model") -> None:
        """Take what is known of a model."""
        self._known[model.id] = model

    def number(self, result: "Result") -> str:
        """Count what a command made; the name that it has here, the same one for the same file."""
        if result.path is None:
            return ""
        outputs = self.talk.outputs
        path = result.path.absolute()
        if path not in outputs:
            outputs.append(path)
        return f"@{outputs.index(path) + 1}"

    def spent(self, cost: "Decimal | None", estimated: "Decimal | None") -> None:
        """Count what it cost."""
        self.talk.totals.made(cost, estimated)

    def named(self, name: str) -> str | None:
        """The file that ``@name`` stands for; None where it is text.

        Raises:
            UsageError: it can only be a file, or something that was made here, and there is none.
        """
        made = mentions.output(name, self.talk.outputs)
        if made is not None:
            return str(made)
        if mentions.numbered(name) and not is_file(name):
            count = len(self.talk.outputs)
            so_far = "nothing was made yet" if not count else "there is @1" + (f" to @{count}" if count > 1 else "")
            raise UsageError(f"there is no @{name}: {so_far}", hint="Nothing was sent.  Make one:  /image PROMPT")
        if is_file(name):
            return str(home(name))
        if mentions.looks_meant(name):
            raise UsageError(f"there is no file {name}", hint="Nothing was sent.")
        return None

    def model_ids(self) -> tuple[str, ...]:
        """Models that write text, as this machine last heard of them."""
        with suppress(InferenceError):
            kept = self.session.models.offline()
            if kept is not None:
                return tuple(model.id for model in kept[0])
        return ()


def home(name: str) -> Path:
    """A path with its ``~`` filled in."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)


def is_file(name: str) -> bool:
    """Whether a name is that of a file that can be read."""
    with suppress(OSError, ValueError):
        return home(name).is_file()
    return False


def entries(begun: str) -> Iterator[Entry]:
    """What a folder holds that begins like a path, as it would be typed; hidden names where a dot asks for them."""
    folder, slash, name = begun.rpartition("/")
    found: list[Entry] = []
    with suppress(OSError, ValueError):
        for count, path in enumerate(home(folder + slash or ".").iterdir()):
            if count == _ENTRIES:
                break
            if path.name.startswith(name) and (name or not path.name.startswith(".")):
                end = "/" if path.is_dir() else ""
                found.append(Entry(f"{folder}{slash}{path.name}{end}", path.name + end))
    yield from sorted(found)
