"""A command tree with everything in it that makes completion hard."""

from inference_cli.completion.tree import Argument, Command, Flag

OUTPUT = Flag(("--output", "-o"), "Where the result goes.", takes_value=True, kind="file")
TREE = Command(
    "inference",
    "Text, images and video.",
    flags=(
        Flag(("--profile",), "Profile to use [INFERENCE_PROFILE].", takes_value=True),
        Flag(("--color",), "auto, always or never.", takes_value=True, choices=("auto", "always", "never")),
        Flag(("--sandbox",), "Offline: in the 'built-in' sandbox."),
        Flag(("--help", "-h"), "Show this message."),
    ),
    commands=(
        Command(
            "image",
            "Text to image; with -i, edits.\nMore about it.",
            flags=(
                OUTPUT,
                Flag(("--aspect-ratio",), "Shape", takes_value=True, choices=("16:9", "16:10", "9:16", "1:1")),
                Flag(("--image", "-i"), "An input.", takes_value=True, repeatable=True, kind="file"),
                Flag(("--force", "-f"), "Overwrite."),
                Flag(("--folder",), "Where from.", takes_value=True, kind="folder"),
            ),
            arguments=(Argument("PROMPT"),),
        ),
        Command(
            "queue",
            "Background generations.",
            commands=(
                Command(
                    "list", "What waits: all of it.", flags=(Flag(("--status",), "", True, ("queued", "it's done")),)
                ),
                Command("wait", "Wait.", arguments=(Argument("ID", repeatable=True),)),
            ),
        ),
        Command(
            "receipt",
            "Read a file.",
            flags=(Flag(("-f", "--from"), "A.", True),),
            arguments=(Argument("FILE", kind="file"),),
        ),
        Command("completion", "Print the script.", arguments=(Argument("SHELL", choices=("bash", "zsh", "fish")),)),
        Command(
            "clean", "Clean.", flags=(Flag(("-x",), ""),), arguments=(Argument("DIR", kind="folder", repeatable=True),)
        ),
    ),
)
BARE = Command("plain")
ASKING = Command(
    "inference",
    flags=(
        Flag(("--profile",), "Profile.", takes_value=True, kind="profile"),
        Flag(("--sandbox",), "Offline."),
    ),
    commands=(
        Command(
            "image",
            flags=(
                Flag(("--model", "-m"), "Model.", takes_value=True, kind="model"),
                Flag(("--param", "-p"), "A parameter.", takes_value=True, repeatable=True, kind="parameter"),
                OUTPUT,
            ),
            arguments=(Argument("PROMPT"),),
        ),
        Command("queue", commands=(Command("wait", arguments=(Argument("ids", repeatable=True, kind="generation"),)),)),
        Command("models", commands=(Command("show", arguments=(Argument("model", kind="model"),)),)),
    ),
)
"""Commands that ask the program for what no script can know."""
