"""`inference chat`: a question, a filter in a pipe, or a conversation."""

import typer

from inference_cli.cli import chat_options as own, options
from inference_cli.cli.lazy import verb

app = verb("Ask a model: one answer, a filter in a pipe, or a conversation.")


@app.command()
def chat(
    ctx: typer.Context,
    prompt: own.Question = None,
    model: own.Models = None,
    system: own.System = None,
    attach: own.Attach = None,
    file: own.File = None,
    template: own.Template = None,
    set: own.Set = None,  # noqa: A002 - the flag's name
    save_template: own.SaveTemplate = None,
    schema: own.Schema = None,
    schema_multi: own.SchemaMulti = None,
    retry_schema: own.RetrySchema = 0,
    tool: own.Tool = None,
    approve: own.Approve = None,
    tool_rounds: own.ToolRounds = 10,
    param: options.Param = None,
    input: options.Input = None,  # noqa: A002 - the flag's name
    extract: own.Extract = False,
    extract_last: own.ExtractLast = False,
    output: own.Output = None,
    continue_: own.Continue = False,
    cid: own.Cid = None,
    no_log: own.NoLog = False,
    no_stream: own.NoStream = False,
    usage: own.Usage = False,
    hide_reasoning: own.HideReasoning = False,
    max_cost: options.MaxCost = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    as_: options.As = None,
    no_validate: options.NoValidate = False,
    force: options.Force = False,
    no_clobber: options.NoClobber = False,
    no_retry: options.NoRetry = False,
    retry_chat: own.RetryChat = False,
    json: options.Json = False,
    jq: options.Jq = None,
    events: options.Events = False,
    quiet: options.Quiet = False,
) -> None:
    """Ask a model: one answer, a filter in a pipe, or a conversation.

    inference chat "why is the sky blue?"        git diff | inference chat "write the commit message"
    """
    from inference_cli.cli.chat_flags import ChatFlags
    from inference_cli.cli.talking import talk

    talk(ctx.obj, ChatFlags(**ctx.params))
