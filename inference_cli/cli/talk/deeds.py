"""What the slash commands do."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from inference_cli.catalogue.chat import parameters_of
from inference_cli.cli.talk import asking, keeping, media
from inference_cli.cli.talk.answering import answer
from inference_cli.cli.talk.showing import status_line, totals_lines, window
from inference_cli.conversation import slash
from inference_cli.conversation.slash import Command, Message
from inference_cli.errors import UsageError
from inference_cli.terminal.widths import beginning

if TYPE_CHECKING:
    from inference_cli.api.records import Model
    from inference_cli.cli.talk.desk import Desk

_SHOWN = 60  # columns of a text that a line shows
_COLUMN = 26


def do(desk: "Desk", command: Command) -> None:
    """Do what a command says; ``exit`` is not among them.

    Raises:
        InferenceError: it could not be done; nothing was sent, unless the error says so.
    """
    _DEEDS[command.name](desk, command)


def unknown(desk: "Desk", name: str, close: tuple[str, ...]) -> None:
    """Say that there is no such command; nothing is sent."""
    meant = f"  closest: {', '.join(f'/{one}' for one in close)}" if close else ""
    desk.session.output.note(f"  no command /{name}{meant}")
    desk.session.output.note("  Nothing was sent.  A message that begins with a slash:  //…")


# ------------------------------------------------------------------------------------ how it is asked


def _model(desk: "Desk", command: Command) -> None:
    if not command.rest:
        _tell(desk, _facts(desk.talk.settings.model, desk.model))
        return
    from inference_cli.catalogue import lookup

    name = desk.session.settings.alias(command.rest)
    model = lookup.find(desk.session.models, name, stale=True)
    if model.outputs and "text" not in model.outputs:
        raise UsageError(
            f"{model.id} makes {', '.join(model.outputs)}, not text",
            hint=f"Use it:  /{model.outputs[0] if model.outputs[0] in {'image', 'video'} else 'image'} … -m {model.id}",
        )
    desk.knows(model)
    desk.talk.settings = replace(desk.talk.settings, model=model.id)
    _tell(desk, _facts(model.id, model))


def _facts(name: str, model: "Model | None") -> str:
    most = window(model)
    takes = f"takes {', '.join(model.inputs)}" if model and model.inputs else ""
    return " · ".join(filter(None, (name, takes, f"{most:,} tokens" if most else "")))


def _system(desk: "Desk", command: Command) -> None:
    from inference_cli.conversation.prompt import spelled_or_file

    if not command.rest:
        _tell(desk, desk.talk.settings.system or "no system prompt")
        return
    text = "" if command.rest in {'""', "''"} else spelled_or_file(command.rest, "the system prompt")
    desk.talk.settings = replace(desk.talk.settings, system=text or None)
    desk.record.told(text or None)
    _tell(desk, f"system prompt: {_short(text)}" if text else "no system prompt")


def _param(desk: "Desk", command: Command) -> None:
    held = dict(desk.talk.settings.parameters)
    if command.rest:
        dropped = [word for word in command.words if re.fullmatch(r"[^=:]+=", word)]
        given = [word for word in command.words if word not in dropped]
        name, checked = desk.talk.settings.model, desk.start.validate
        held |= parameters_of(desk.model, name=name, params=given, given={}, validate=checked)
        for word in dropped:
            held.pop(word[:-1], None)
        desk.talk.settings = replace(desk.talk.settings, parameters=held)
    _tell(desk, "\n".join(f"{name} = {value}" for name, value in held.items()) or "no parameters")


# --------------------------------------------------------------------------------- what goes with it


def _attach(desk: "Desk", command: Command) -> None:
    from inference_cli.conversation.attachments import attach, check

    if command.rest == "none":
        desk.talk.pending, desk.talk.files = [], []
    elif command.rest:
        sources = [_source(desk, word) for word in command.words]
        try:
            attached = attach(sources)
        except UsageError as error:
            if error.hint and "-f " in error.hint:
                error.hint = "Put text into the message:  /file PATH"
            raise
        if desk.start.validate:
            check(attached, desk.model)
        desk.talk.pending += [one for one in attached if one not in desk.talk.pending]
    _tell_waiting(desk)


def _source(desk: "Desk", word: str) -> str:
    from inference_cli.cli.talk.desk import home

    if word.startswith("@") and (made := desk.named(word[1:])) is not None:
        return made
    if word == "-":
        raise UsageError("- is this terminal", hint="Name a file or an https URL")
    return str(home(word)) if word.startswith("~") else word


def _file(desk: "Desk", command: Command) -> None:
    from inference_cli.conversation import texts

    read = [texts.fenced(texts.read_file(_source(desk, word))) for word in command.words]
    desk.talk.files += read
    _tell_waiting(desk)


def _tell_waiting(desk: "Desk") -> None:
    from inference_cli.terminal.numbers import bytes_in_words

    lines = [
        f"{one.name}  {one.mime}{f', {bytes_in_words(one.size)}' if one.size else ''}" for one in desk.talk.pending
    ]
    lines += [f"{text.partition(chr(10))[0]}  text, {bytes_in_words(len(text.encode()))}" for text in desk.talk.files]
    _tell(desk, "\n".join(lines) + "\nThey go with the next message." if lines else "nothing is attached")


# -------------------------------------------------------------------------------------------- media


def _image(desk: "Desk", command: Command) -> None:
    media.make(desk, command.name, command.words)


def _queue(desk: "Desk", command: Command) -> None:
    media.run(desk, ("queue", *(command.words or ["list"])))


def _edit(desk: "Desk", command: Command) -> None:
    first = command.words[0] if command.rest.startswith("@") else ""
    if first:
        if desk.named(first[1:]) is None:
            raise UsageError(f"there is no file {first[1:]}", hint="Nothing was sent.")
        media.make(desk, "image", command.words)
        return
    from inference_cli.cli.talk.editing import edited

    with desk.signals.breakable(False):  # Ctrl-C is the editor's
        text = edited(command.rest, desk.session.world.env, desk.session.settings.secrets)
    desk.session.output.note("\n".join(f"  {line}" for line in text.split("\n")))
    asking.say(desk, Message(text))


# ------------------------------------------------------------------------------------- what was said


def _retry(desk: "Desk", command: Command) -> None:
    del command
    answered = not desk.talk.open
    question = desk.talk.again()
    if question is None:
        raise UsageError("nothing was asked yet")
    if answered:
        desk.record.withdrawn()
    answer(desk, question)


def _undo(desk: "Desk", command: Command) -> None:
    del command
    answered = not desk.talk.open
    text = desk.talk.undo()
    if text is None:
        raise UsageError("nothing was asked yet")
    if answered:
        desk.record.withdrawn()
    desk.draft = text
    _tell(desk, f"taken back: {_short(text)}" if text else "taken back")


def _clear(desk: "Desk", command: Command) -> None:
    if command.name == "new":
        desk.talk.new()
    else:
        desk.talk.clear()
    desk.record.again()
    _tell(desk, f"a new conversation · {status_line(desk.talk, desk.known, sandbox=False)}")


def _usage(desk: "Desk", command: Command) -> None:
    del command
    _tell(desk, "\n".join(totals_lines(desk.talk)))


def _tools(desk: "Desk", command: Command) -> None:
    del command
    toolbox = desk.start.toolbox
    if toolbox is None:
        _tell(desk, "no tools.  Begin with some:  inference chat -T NAME")
        return
    rows = []
    for definition in toolbox.definitions:
        function = definition.get("function", {})
        name = str(function.get("name"))
        tool = toolbox.tool(name)
        acts = " (acts)" if tool is not None and tool.acts else ""
        rows.append(f"{name + acts:<{_COLUMN}}{_short(str(function.get('description', '')))}")
    _tell(desk, "\n".join(rows))


def _help(desk: "Desk", command: Command) -> None:
    name = command.rest.removeprefix("/")
    if name in {"image", "video", "queue"}:
        media.run(desk, (name, "--help"))
        return
    words = [word for word in slash.COMMANDS if word.name == name] or slash.COMMANDS
    rows = [f"{f'/{word.name} {word.usage}':<{_COLUMN}}{word.help}" for word in words]
    if len(words) > 1:
        rows += [
            "",
            f"{'@photo.png  @1  @last':<{_COLUMN}}in a message: attach a file, or what was made here",
            f"{'Alt-Enter':<{_COLUMN}}a new line; a paste, or text in " + '""", is one message',
            f"{'Ctrl-C':<{_COLUMN}}stops the answer, or clears the line",
        ]
    _tell(desk, "\n".join(rows))


def _tell(desk: "Desk", text: str) -> None:
    desk.session.output.note("\n".join(f"  {line}".rstrip() for line in text.split("\n")))


def _short(text: str) -> str:
    return beginning(" ".join(text.split()), _SHOWN)


_DEEDS: Mapping[str, Callable[["Desk", Command], None]] = {
    "model": _model,
    "system": _system,
    "attach": _attach,
    "file": _file,
    "param": _param,
    "image": _image,
    "edit": _edit,
    "video": _image,
    "queue": _queue,
    "retry": _retry,
    "undo": _undo,
    "copy": keeping.copy,
    "save": keeping.save,
    "usage": _usage,
    "cost": _usage,
    "tools": _tools,
    "clear": _clear,
    "new": _clear,
    "help": _help,
}
