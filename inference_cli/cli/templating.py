"""Templates: flags kept under a name, and a template's own settings laid under the flags that were typed."""

from dataclasses import replace
from typing import TYPE_CHECKING

from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from inference_cli.cli.chat_flags import ChatFlags
    from inference_cli.cli.session import Session
    from inference_cli.conversation.template import Template
    from inference_cli.profile.templates import Templates


def templates(session: "Session") -> "Templates":
    """All templates in reach of the working folder."""
    from inference_cli.profile import project
    from inference_cli.profile.templates import Templates

    return Templates(session.paths.templates_folder, project.find(session.world.cwd), notice=session.output.warn)


def named(session: "Session", flags: "ChatFlags") -> "Template | None":
    """The template of ``-t``.

    Raises:
        NotFoundError: there is none of that name.
        UsageError: it cannot be used.
    """
    if flags.template is None:
        return None
    from inference_cli.conversation.template_file import read

    return read(templates(session).get(flags.template))


def under(flags: "ChatFlags", template: "Template") -> "ChatFlags":
    """The flags, with what the template says where they say nothing; attachments and tools are added up."""
    extracts = flags.extract or flags.extract_last or flags.wants_document or flags.events
    return replace(
        flags,
        model=flags.model or ([template.model] if template.model else None),
        attach=[*template.attachments, *(flags.attach or ())] or None,
        tool=flags.tool or list(template.tools) or None,
        extract=flags.extract or (template.extract == "first" and not extracts),
        extract_last=flags.extract_last or (template.extract == "last" and not extracts),
    )


def keep(session: "Session", flags: "ChatFlags", name: str) -> None:
    """Keep the flags as a template of the user's own; nothing is asked.

    Raises:
        UsageError: something cannot be kept, or there is one of that name already.
    """
    from inference_cli.catalogue.chat import parameters_of
    from inference_cli.cli.asking import schema_of
    from inference_cli.cli.objects import read_object
    from inference_cli.conversation.prompt import spelled_or_file
    from inference_cli.conversation.template import Template
    from inference_cli.conversation.variables import assignments

    if flags.template is not None or flags.goes_on or flags.compares or flags.file:
        raise UsageError(
            "--save-template keeps a prompt and its flags, not -t, -c, --cid, -f or several models",
            hint=f'For example:  inference chat "Translate to {{language}}: {{input}}" --save-template {name}',
        )
    given = read_object(session.world.streams, flags.input)
    model = flags.model[0] if flags.model else None
    params = parameters_of(
        None, name=model or "the model", params=flags.param or (), given=given, validate=not flags.no_validate
    )
    template = Template(
        name=name,
        prompt=flags.prompt,
        system=None if flags.system is None else spelled_or_file(flags.system, "the system prompt"),
        model=model,
        params=params,
        schema=schema_of(flags),
        tools=tuple(flags.tool or ()),
        attachments=tuple(flags.attach or ()),
        extract="first" if flags.extract else "last" if flags.extract_last else None,
        defaults=assignments(flags.set or ()),
    )
    table = template.table(session.world.cwd.absolute())
    if not table:
        raise UsageError("there is nothing to keep", hint="Give a prompt, -s, -m or other flags with --save-template")
    path = templates(session).save(name, table, force=flags.force)
    session.output.result(path)
    session.output.note(f"  Use it:  inference chat -t {name}{_variables(template)}")


def _variables(template: "Template") -> str:
    names = [name for name in template.variables() if name not in {"input", *template.defaults}]
    wants_input = template.prompt is None or "input" in template.variables()
    return ("" if not wants_input else ' "…"') + "".join(f" --set {name}=…" for name in names)
