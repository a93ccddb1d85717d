"""What `queue wait` and `queue download` share: ids to files."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inference_cli.cli import quantities
from inference_cli.cli.speaking import require
from inference_cli.errors import UsageError

if TYPE_CHECKING:
    from inference_cli.cli.flags import MediaFlags
    from inference_cli.cli.session import Session


def collect_ids(session: "Session", ids: Sequence[str], flags: "MediaFlags", *, wait: bool = True) -> None:
    """Follow generations to their end and download them.

    Args:
        session: the run.
        ids: whole, a unique prefix, or ``last``.
        flags: of the command.
        wait: False looks once: what still runs is left alone.

    Raises:
        InferenceError: the gravest failure among them.
    """
    from inference_cli.cli.following import finish, watch
    from inference_cli.jobs.collect import collect
    from inference_cli.jobs.naming import OutputSpec
    from inference_cli.jobs.target import prepare
    from inference_cli.jobs.tracked import tracked_from_journal

    session.show(json=flags.json, jq=flags.jq, events=flags.events, quiet=flags.quiet)
    session.wire(retry=not flags.no_retry, allow_private_hosts=flags.allow_private_hosts)
    require(session, "queue.get")
    if flags.force and flags.no_clobber:
        raise UsageError("--force and --no-clobber exclude each other")
    limit = quantities.seconds(flags.timeout) if flags.timeout else None
    size = quantities.size(flags.max_size)
    spec = prepare(OutputSpec(target=flags.output, force=flags.force, no_clobber=flags.no_clobber))
    tracked = tracked_from_journal(session.journal, ids, spec)
    if spec.stdout and (len(tracked) > 1 or flags.json or flags.jq or flags.events):
        raise UsageError("-o - takes one result, and stdout for itself")
    with session.output.binary_if(spec.stdout) as stdout:
        updates = collect(
            tracked,
            client=session.client,
            media=session.media,
            journal=session.journal,
            clock=session.clock,
            stop=session.stop,
            timeout=limit,
            wait=wait,
            stdout=stdout,
            max_size=size,
            fixed_interval=session.poll_interval,
        )
        watched = watch(session, updates)
    models = {one.model for one in tracked}
    finish(session, watched, model=models.pop() if len(models) == 1 else None)
