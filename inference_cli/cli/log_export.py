"""`logs export`: conversations as documents, on stdout or in files."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from inference_cli.cli.session import Session
    from inference_cli.conversation.log_records import Conversation

_ENDINGS = {"markdown": "md", "json": "json"}


def export(
    session: "Session", names: Sequence[str], form: str, target: str | None, *, force: bool, no_clobber: bool
) -> None:
    """Write them out.

    Args:
        session: the run.
        names: ids, prefixes or ``last``.
        form: ``markdown`` or ``json``.
        target: a file for all of them, a folder or a name with {id} in it for a file each, or None or ``-`` for stdout.
        force: overwrite a file.
        no_clobber: leave a file of that name alone.

    Raises:
        NotFoundError: there is no such conversation.
        UsageError: a prefix fits several, or the place is none.
        LocalError: it cannot be written.
    """
    from inference_cli.conversation.shelf import whole

    if force and no_clobber:
        raise UsageError("--force and --no-clobber exclude each other")
    if target in {None, "-"}:
        found = [whole(session.log, session.log.find(name)) for name in names]
        _write(session, found, form)
        return
    from inference_cli.cli.saving import save
    from inference_cli.jobs.naming import OutputSpec
    from inference_cli.jobs.target import prepare

    spec = prepare(OutputSpec(target=target, force=force, no_clobber=no_clobber))
    found = [whole(session.log, session.log.find(name)) for name in names]
    template = f"{spec.target}{{id}}.{_ENDINGS[form]}" if (spec.target or "").endswith("/") else spec.target or ""
    separate = "id" in OutputSpec(target=template).fields
    for group in [[one] for one in found] if separate else [found]:
        folder, slash, last = template.rpartition("/")
        name = folder + slash + last.replace("{id}", group[0].id)
        path = save(OutputSpec(target=name, force=force, no_clobber=no_clobber), _text(session, group, form))
        if path is None:
            session.output.note("  A file of that name is there, and stays.")
        else:
            session.output.result(path)


def _write(session: "Session", found: "Sequence[Conversation]", form: str) -> None:
    output = session.output
    if form == "json":
        from inference_cli.terminal.conversations import conversations_document

        output.document(conversations_document(found, session.log.blobs.path))
    elif output.streams.stdout_is_terminal:
        output.result(_text(session, found, form).removesuffix("\n"))
    else:
        output.raw(_text(session, found, form).encode("utf-8", "replace"))


def _text(session: "Session", found: "Sequence[Conversation]", form: str) -> str:
    if form == "json":
        from inference_cli.terminal.conversations import conversations_document
        from inference_cli.terminal.documents import dumped

        return dumped(conversations_document(found, session.log.blobs.path), indent=2) + "\n"
    from inference_cli.conversation.export import markdown

    return "\n".join(markdown(one) for one in found)
