"""The completion script of fish."""

from inference_cli.completion.tree import DYNAMIC, Argument, Command, Flag, Place, described, places, valued

_HEAD = """# fish completion for @NAME@: generated; loads with  @NAME@ completion fish | source
# Commands and flags are in this file, files and folders come from fish; the program is asked for the rest.

function __@NAME@_place # prints the command that the words so far lead to
    set -l words (commandline -opc)
    set -l place @NAME@
    set -l skip 0
    for word in $words[2..-1]
        if test $skip -eq 1
            set skip 0
            continue
        end
        if test "$word" = --
            break
        end
        switch "$place $word"
            case @VALUED@
                set skip 1
            case '* -*'
            case '*'
                if contains -- "$place/$word" @PLACES@
                    set place "$place/$word"
                end
        end
    end
    echo $place
end

function __@NAME@_at
    set -l place (__@NAME@_place)
    test "$place" = $argv[1]
end

function __@NAME@_ask # prints what the program knows: models, parameters, generations, conversations, profiles
    set -l words (commandline -opc) (commandline -ct)
    set -l program (string replace -r '^~/' "$HOME/" -- $words[1])
    type -q -- $program; or set program @NAME@
    set -l value (string replace -r '^--param=' '' -- $words[-1])
    set -l before (string match -r '^.*?=@' -- $value)
    if test "$argv[1]" = parameter -a -n "$before"
        for file in (__fish_complete_path (string replace -r '^.*?=@' '' -- $value))
            echo -- $before$file
        end
        return
    end
    $program __complete $argv[1] words $words[2..-1] 2>/dev/null </dev/null
end

complete -c @NAME@ -f
"""


def emit(tree: Command) -> str:
    """The script for a command tree."""
    everywhere = places(tree)
    head = (
        _HEAD.replace("@VALUED@", " ".join(_quoted(pattern) for pattern, _ in valued(tree)) or "''")
        .replace("@PLACES@", " ".join(_quoted(place.key) for place in everywhere[1:]) or "''")
        .replace("@NAME@", tree.name)
    )
    return head + "".join(f"{line}\n" for place in everywhere for line in _lines(tree.name, place))


def _lines(program: str, place: Place) -> list[str]:
    start = f"complete -c {program} -n {_quoted(f'__{program}_at {place.key}')}"
    lines = [""]
    lines += [
        f"{start} -a {_quoted(_word(command.name))} -d {_quoted(described(command.help))}"
        for command in place.command.commands
    ]
    lines += [f"{start} {action}" for argument in place.command.arguments if (action := _argument(program, argument))]
    lines += [f"{start} {_flag(program, flag)}" for flag in place.flags]
    return lines


def _flag(program: str, flag: Flag) -> str:
    parts = []
    for name in flag.names:
        if name.startswith("--"):
            parts.append(f"-l {name.removeprefix('--')}")
        else:
            parts.append(f"-{'s' if len(name) == len('-x') else 'o'} {name.removeprefix('-')}")
    if flag.takes_value:
        parts.append(_argument(program, flag) or "-x")
    if flag.help:
        parts.append(f"-d {_quoted(described(flag.help))}")
    return " ".join(parts)


def _argument(program: str, thing: Flag | Argument) -> str:
    exclusive, required = ("-x ", "-r ") if isinstance(thing, Flag) else ("", "")
    if thing.choices:
        return f"{exclusive}-a {_quoted(' '.join(map(_word, thing.choices)))}"
    if thing.kind in DYNAMIC:
        order = "-k " if thing.kind in {"generation", "conversation"} else ""  # the newest first
        return f"{exclusive}{order}-a '(__{program}_ask {thing.kind})'"
    if thing.kind == "folder":
        return f"{exclusive}-a '(__fish_complete_directories (commandline -ct))'"
    return f"{required}-F" if thing.kind == "file" else ""


def _word(text: str) -> str:
    """A word in a list that fish expands."""
    return "".join(char if char.isalnum() or char in "-_./:,=+@%" else "\\" + char for char in text)


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
