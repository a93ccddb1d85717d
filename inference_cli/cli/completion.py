"""`inference completion`: the completion script of a shell, written from the command tree."""

import enum
from typing import TYPE_CHECKING, Annotated

import typer

from inference_cli.cli.lazy import verb

if TYPE_CHECKING:
    from inference_cli.cli.session import Session

app = verb("Print the completion script of a shell.")


class Shell(enum.StrEnum):
    """The shells that a script is written for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"
    MAN = "man"  # no shell: the manual page, from the same tree


@app.command()
def completion(
    ctx: typer.Context,
    shell: Annotated[
        Shell, typer.Argument(help="bash, zsh, fish or powershell; man: the manual page.", show_default=False)
    ],
) -> None:
    """Print the completion script of a shell.

    It completes commands and flags by itself, and asks this program for models, parameters and their values,
    generations and profiles: those that the last list of models and the journal know, never the network.

    \b
    bash        eval "$(inference completion bash)"   (in ~/.bashrc)
                or, where bash-completion is installed, once into a file of its own:
                inference completion bash > ~/.local/share/bash-completion/completions/inference
    zsh         inference completion zsh > ~/.zfunc/_inference   (fpath+=~/.zfunc before compinit in ~/.zshrc)
    fish        inference completion fish > ~/.config/fish/completions/inference.fish
    powershell  inference completion powershell | Out-String | Invoke-Expression   (in $PROFILE)
    man         inference completion man > ~/.local/share/man/man1/inference.1
    """  # noqa: D301 - the mark of a paragraph that is shown as it stands
    from inference_cli import __version__
    from inference_cli.cli.tree import command_tree
    from inference_cli.completion import bash, fish, man, powershell, zsh

    session: Session = ctx.obj
    if shell is Shell.MAN:
        session.output.raw(man.emit(command_tree(), version=__version__).encode())
        return
    emitters = {Shell.BASH: bash, Shell.ZSH: zsh, Shell.FISH: fish, Shell.POWERSHELL: powershell}
    session.output.raw(emitters[shell].emit(command_tree()).encode())
