"""The completion script of zsh."""

from inference_cli.completion.tree import Argument, Command, Flag, Place, described, places

_HEAD = """#compdef @NAME@
# zsh completion for @NAME@: generated; put it into a folder of $fpath as _@NAME@, or  source <(@NAME@ completion zsh)
# Nothing is started on TAB: every answer is in this file, files and folders come from zsh itself.
"""
_TAIL = """
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    @FUNCTION@ "$@"
else
    compdef @FUNCTION@ @NAME@
fi
"""


def emit(tree: Command) -> str:
    """The script for a command tree."""
    functions = "".join(_function(place) for place in reversed(places(tree)))
    return (_HEAD + functions + _TAIL).replace("@NAME@", tree.name).replace("@FUNCTION@", _name((tree.name,)))


def _name(path: tuple[str, ...]) -> str:
    return "_" + "__".join("".join(char if char.isalnum() else "_" for char in part) for part in path)


def _function(place: Place) -> str:
    specs = [_flag(flag) for flag in place.flags]
    lines = [f"\n{_name(place.path)}() {{"]
    if not place.command.commands:
        specs += [_argument(n, argument) for n, argument in enumerate(place.command.arguments, 1)]
        return "\n".join([*lines, "    _arguments -s -S : \\", *_continued(specs), "}\n"])
    lines += [
        "    local context state state_descr line",
        "    typeset -A opt_args",
        "    local -a commands=(",
        *(f"        {_quoted(_described(command))}" for command in place.command.commands),
        "    )",
        "    _arguments -C -s -S : \\",
        *_continued([*specs, "'1: :->command'", "'*:: :->rest'"]),
        "    case $state in",
        "        command) _describe -t commands command commands ;;",
        "        rest)",
        "            case $line[1] in",
        *(
            f"                {_quoted(command.name)}) {_name((*place.path, command.name))} ;;"
            for command in place.command.commands
        ),
        "            esac",
        "            ;;",
        "    esac",
        "}\n",
    ]
    return "\n".join(lines)


def _continued(specs: list[str]) -> list[str]:
    if not specs:
        return ["        '*: :'"]
    return [f"        {spec} \\" for spec in specs[:-1]] + [f"        {specs[-1]}"]


def _flag(flag: Flag) -> str:
    """``'(-m --model)'{-m,--model}'[help]:value:action'``; a repeatable one excludes nothing."""
    front = "'*'" if flag.repeatable else f"'({' '.join(flag.names)})'"
    # ``--model=x`` and ``--model x``, ``-mx`` and ``-m x``.
    forms = [name + (("=" if name.startswith("--") else "+") if flag.takes_value else "") for name in flag.names]
    names = f"{{{','.join(forms)}}}" if len(forms) > 1 else forms[0]
    value = f":value:{_action(flag)}" if flag.takes_value else ""
    return front + names + _quoted(f"[{_escaped(described(flag.help), '[]')}]{value}")


def _argument(n: int, argument: Argument) -> str:
    place = "*" if argument.repeatable else str(n)
    return _quoted(f"{place}:{_escaped(argument.name.lower() or 'value', ':')}:{_action(argument)}")


def _action(thing: Flag | Argument) -> str:
    if thing.choices:
        return f"({' '.join(_escaped(choice, ' :()') for choice in thing.choices)})"
    return {"file": "_files", "folder": "_files -/", "text": " "}[thing.kind]


def _described(command: Command) -> str:
    return f"{_escaped(command.name, ':')}:{_escaped(described(command.help), '')}"


def _escaped(text: str, special: str) -> str:
    return "".join("\\" + char if char in special + "\\" else char for char in text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
