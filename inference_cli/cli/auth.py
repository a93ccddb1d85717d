"""`inference auth`: sign in, sign out, and see which token is used where."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from inference_cli.cli import options
from inference_cli.cli.lazy import noun
from inference_cli.cli.session import Session
from inference_cli.errors import InferenceError, NotFoundError, UsageError

if TYPE_CHECKING:
    from inference_cli.profile.settings import Settings

app = noun("Sign in, sign out, see which token is used.")

_LONGEST = 10_000  # bytes of standard input; a token has 512 at most
_NoVerify = Annotated[bool, typer.Option("--no-verify", help="Do not ask the API whether the token works.")]


@app.command()
def login(
    ctx: typer.Context,
    with_token: Annotated[bool, typer.Option("--with-token", help="Read the token from standard input.")] = False,
    import_: Annotated[
        bool, typer.Option("--import", help="Take over the token that the service's own tool keeps.")
    ] = False,
    namespace: options.Namespace = None,
    no_verify: _NoVerify = False,
) -> None:
    """Keep a token for the profile, bound to the origin that it is for.

    inference auth login        inference auth login --with-token < token.txt
    """
    from inference_cli.profile.dumps import forbid

    forbid()
    session: Session = ctx.obj
    session.may_create_profile()
    settings = session.settings
    if settings.sandbox:
        raise UsageError("the sandbox needs no token", hint='Just use it:  inference --sandbox image "a red fox"')
    settings.wallet.refuse_elsewhere()
    if namespace is not None:
        _check_namespace(namespace)
    token, source = _given(session, with_token=with_token, imported=import_)
    speaks = None if no_verify else _verified(session, token, source)
    if namespace is None and speaks == "2026-04" and settings.namespace is None:
        namespace = _asked_namespace(session)
    _keep(session, token, namespace, verified=not no_verify)


@app.command()
def status(ctx: typer.Context, no_verify: _NoVerify = False, json: options.Json = False, jq: options.Jq = None) -> None:
    """Show the profile, where its token comes from, and whether it works.

    inference auth status
    """
    session: Session = ctx.obj
    session.show(json=json, jq=jq)
    settings = session.settings
    token = settings.token()
    failure = None if no_verify else _failure(session, token.value, token.source)
    works = None if no_verify else failure is None
    row: dict[str, Any] = {
        "profile": settings.profile,
        "origin": str(settings.origin),
        "base_url": settings.base_url,
        "source": token.source,
        "token": token.masked,
        "works": works,
        "error": None if failure is None else failure.message,
    }
    if session.output.wants_document:
        from inference_cli.terminal.documents import list_document

        session.output.document(list_document([row]))
    else:
        from inference_cli.terminal.tables import Column

        columns = [Column("profile"), Column("origin"), Column("source", shrink=True), Column("token"), Column("works")]
        word = {None: "not asked", True: "yes", False: "no"}[works]
        session.output.table(columns, [(row["profile"], row["origin"], token.source, token.masked, word)])
    if failure is not None:
        raise failure


@app.command()
def token(ctx: typer.Context) -> None:
    """Print the token; nothing else ever does.

    inference auth token | wc -c
    """
    session: Session = ctx.obj
    session.output.result(session.settings.token().value)


@app.command()
def logout(ctx: typer.Context) -> None:
    """Forget the token of the profile.

    inference auth logout --profile work
    """
    session: Session = ctx.obj
    settings = session.settings
    if settings.sandbox:
        raise UsageError("the sandbox has no token to forget")
    where = f"profile {settings.profile} at {settings.origin}"
    session.models.forget()  # its own models were among them
    if settings.wallet.forget():
        session.output.note(f"  Forgot the token of {where}")
    else:
        session.output.note(f"  No token was kept for {where}")
    _warn_of_others(session, settings)


def _check_namespace(namespace: str) -> None:
    from inference_cli.profile import keys

    try:
        keys.named("namespace").read(namespace)
    except ValueError as error:
        raise UsageError(f"--namespace {error}") from error


def _given(session: Session, *, with_token: bool, imported: bool) -> tuple[str, str]:
    """The token as the person gives it, made clean, and where it came from in words."""
    from inference_cli.profile.tokens import normalise

    if with_token and imported:
        raise UsageError("--with-token and --import exclude each other")
    if with_token:
        text = session.world.streams.claim_stdin("the token").read(_LONGEST)
        return normalise(text.decode("utf-8", "replace")), "standard input"
    found = _of_service(session, needed=imported)
    if found is not None:
        return found
    if not session.output.can_ask:
        raise UsageError(
            "there is no terminal to ask for the token on",
            hint="Read it from standard input:  inference auth login --with-token < FILE",
        )
    answer = session.output.ask_secret(f"Token for {session.settings.origin} (not shown):")
    if not answer:
        raise UsageError("no token was given", hint="Nothing was changed")
    return normalise(answer), "what was typed"


def _of_service(session: Session, *, needed: bool) -> tuple[str, str] | None:
    """The token that the service's own tool keeps for this host: demanded by a flag, else offered on a terminal.

    Raises:
        NotFoundError: a flag demands it, and there is none.
    """
    from inference_cli.profile.service_file import import_service_file, service_file
    from inference_cli.profile.tokens import masked

    if not needed and not session.output.can_ask:
        return None
    path = service_file(session.world.env)
    host = str(session.settings.origin).partition("://")[2]
    try:
        found = import_service_file(path, host)
    except InferenceError:
        if needed:
            raise
        return None  # it is only offered: another program's damaged file is no reason to stop
    if needed:
        if found is None:
            raise NotFoundError(f"no token for {host} in {path}", hint="Sign in:  inference auth login")
        return found, str(path)
    if found is not None and session.output.ask(f"Use the token {masked(found)} that is in {path}?"):
        return found, str(path)
    return None


def _verified(session: Session, token: str, source: str) -> str:
    """The generation of the API that took the token.

    Raises:
        InferenceError: the API refused it, or could not be asked; nothing was kept.
    """
    try:
        client = session.client_with(token, source)
        client.models.list()
    except InferenceError as error:
        error.details = (*error.details, "The token was not kept.")
        error.hint = error.hint or "Keep it without asking:  inference auth login --no-verify"
        raise
    return str(client.dialect.name)


def _asked_namespace(session: Session) -> str | None:
    """The namespace that the 2026-04 API needs in its paths; a person is asked, a script is told."""
    namespace = session.output.ask_text("Namespace (your user name or organisation):")
    if not namespace:
        session.output.warn("the 2026-04 API needs a namespace; set it:  inference config set namespace NAME")
        return None
    _check_namespace(namespace)
    return namespace


def _keep(session: Session, token: str, namespace: str | None, *, verified: bool) -> None:
    """Write the token, and what the profile needs to be found again."""
    from inference_cli.cli.offering import offer_profiles
    from inference_cli.profile.config import ConfigFile

    settings = session.settings
    name, file = settings.profile, ConfigFile(session.paths.config_file)
    if name not in file.profiles():
        file.set(name, "base_url", settings.base_url)
    if namespace is not None:
        file.set(name, "namespace", namespace)
    where = settings.wallet.keep(token)
    session.models.forget()  # they may have been somebody else's
    if where != "keyring" and file.read(name).get("token") == "keyring":
        file.unset(name, "token")  # a keyring that failed once is not waited for again
    offer_profiles(session)
    doubt = "" if verified else ", not verified"
    session.output.note(f"  Signed in to {settings.origin} with profile {name}{doubt}\n  The token is kept in {where}")
    _warn_of_others(session, settings)


def _warn_of_others(session: Session, settings: "Settings") -> None:
    """Say what goes before the file of tokens."""
    shown = settings.wallet.shown()
    if shown is not None and shown.source.startswith("environment "):
        session.output.warn(f"the token of the {shown.source} is the one that is used")


def _failure(session: Session, token: str, source: str) -> InferenceError | None:
    try:
        session.client_with(token, source).models.list()
    except InferenceError as error:
        return error
    return None
