"""`inference config`: read and change settings and profiles."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from inference_cli.cli import options
from inference_cli.cli.lazy import noun
from inference_cli.cli.session import Session
from inference_cli.errors import NotFoundError

if TYPE_CHECKING:
    from inference_cli.profile.config import ConfigFile

app = noun("Read and change settings and profiles.")

_Key = Annotated[str, typer.Argument(metavar="KEY", help="Such as api, model_image or aliases.NAME.")]


@app.command("list")
def list_settings(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Settings without a value too.")] = False,
    json: options.Json = False,
    jq: options.Jq = None,
) -> None:
    """List the settings in force, each with where it came from; tokens are masked.

    inference config list --all
    """
    from inference_cli.profile.keys import KEYS

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    rows: list[tuple[str, Any, str]] = [(key, *setting) for key, setting in session.settings.explain()]
    if everything:
        known = {key for key, _, _ in rows}
        rows += [(key, None, f"not set: {setting.meaning}") for key, setting in KEYS.items() if key not in known]
    if session.output.wants_document:
        from inference_cli.terminal.documents import list_document

        names = ("key", "value", "source")
        session.output.document(list_document([dict(zip(names, row, strict=True)) for row in rows]))
        return
    from inference_cli.terminal.tables import Column

    columns = [Column("setting"), Column("value"), Column("from", shrink=True, dim=True)]
    session.output.table(columns, [(key, _text(value), source) for key, value, source in rows])


@app.command()
def get(ctx: typer.Context, key: _Key) -> None:
    """Print one setting in force.

    inference config get api
    """
    session: Session = ctx.obj
    setting = session.settings.get(key)
    if setting.value is None:
        raise NotFoundError(f"{key} is not set", hint=f"Set it:  inference config set {key} VALUE")
    session.output.result(_text(setting.value))


@app.command("set")
def set_value(
    ctx: typer.Context,
    key: _Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="What it is set to.")],
) -> None:
    """Set one value in the profile; comments in the file stay.

    inference config set budget_month 20        inference config set aliases.fast MODEL --profile work
    """
    session: Session = ctx.obj
    file, profile = _file(session)
    new = profile not in file.profiles()
    file.set(profile, key, value)
    _offer(session)
    session.output.note(f"  {key} = {value}  (profile {profile}{', new' if new else ''})")


@app.command()
def unset(ctx: typer.Context, key: _Key) -> None:
    """Remove one value from the profile.

    inference config unset namespace
    """
    session: Session = ctx.obj
    file, profile = _file(session)
    file.require(profile)
    if not file.unset(profile, key):
        raise NotFoundError(f"{key} is not set in profile {profile}", hint="See:  inference config list")
    _offer(session)
    session.output.note(f"  {key} is not set any more  (profile {profile})")


@app.command()
def path(ctx: typer.Context) -> None:
    """Print where the file is.

    $EDITOR "$(inference config path)"
    """
    session: Session = ctx.obj
    session.output.result(session.paths.config_file)


@app.command()
def profiles(ctx: typer.Context, json: options.Json = False, jq: options.Jq = None) -> None:
    """List the profiles; the one in use is marked.

    inference config profiles
    """
    from inference_cli.profile.keys import DEFAULT_BASE_URL
    from inference_cli.profile.settings import SANDBOX_URL

    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    file, used = _file(session)
    rows: list[dict[str, Any]] = []
    for name in file.profiles():
        url = SANDBOX_URL if name == "sandbox" else file.read(name).get("base_url", DEFAULT_BASE_URL)
        rows.append({"profile": name, "base_url": url, "in_use": name == used})
    if session.output.wants_document:
        from inference_cli.terminal.documents import list_document

        session.output.document(list_document(rows))
        return
    from inference_cli.terminal.tables import Column

    columns = [Column("profile"), Column("base URL"), Column("")]
    session.output.table(
        columns, [(row["profile"], row["base_url"], "in use" if row["in_use"] else "") for row in rows]
    )


@app.command()
def use(
    ctx: typer.Context,
    profile: Annotated[str, typer.Argument(metavar="NAME", help="The profile.", show_default=False)],
) -> None:
    """Make a profile the default one.

    inference config use work
    """
    from inference_cli.profile.config import ConfigFile

    session: Session = ctx.obj
    ConfigFile(session.paths.config_file, notice=session.output.warn).use(profile)
    _offer(session)
    session.output.note(f"  {profile} is the default profile now")


def _file(session: Session) -> tuple["ConfigFile", str]:
    """The file and the profile meant; a bad value in it is no hindrance, so that it can be put right here."""
    from inference_cli.profile.config import ConfigFile
    from inference_cli.profile.settings import choose

    file = ConfigFile(session.paths.config_file, notice=session.output.warn)
    return file, str(choose(session.flags, session.world.env, file).value)


def _offer(session: Session) -> None:
    from inference_cli.cli.offering import offer_profiles

    offer_profiles(session)


def _text(value: Any) -> str:
    return "" if value is None else str(value)
