"""The completion script of zsh."""

from inference_cli.completion.tree import DYNAMIC, Argument, Command, Flag, Place, described, places

_HEAD = r"""#compdef @NAME@
# zsh completion for @NAME@: generated; put it into a folder of $fpath as _@NAME@, or  source <(@NAME@ completion zsh)
# Commands and flags are in this file, files and folders come from zsh; the program is asked for the rest.

@FUNCTION@__ask() { # offer what the program knows; the last argument says what, those before it are for compadd
    local kind=$argv[-1] program=${@WORDS@[1]/#\~\//$HOME/} answer word
    local -a options=("${(@)argv[1,-2]}") found shown
    if [[ $kind == parameter && $PREFIX == *=@* ]]; then
        compset -P '*=@'
        _files
        return
    fi
    whence -p -- $program >/dev/null || program=@NAME@
    while IFS= read -r answer; do
        word=${answer%%$'\t'*}
        found+=("$word")
        shown+=("$word${answer:+${${answer#$word}/#$'\t'/  -- }}")
    done < <("$program" __complete $kind words "${(@)@WORDS@[2,-1]}" 2>/dev/null </dev/null)
    if [[ $found[1] == *= ]]; then options+=(-S ''); fi
    if [[ $kind == generation || $kind == conversation ]]; then options=(-V latest "$options[@]"); fi # unsorted
    if [[ $shown[1] != $found[1] ]]; then options+=(-l); fi
    compadd "$options[@]" -d shown -a found
}
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
    root = _name((tree.name,))
    script = (_HEAD + functions + _TAIL).replace("@WORDS@", f"_{root}_words")
    return script.replace("@NAME@", tree.name).replace("@FUNCTION@", root)


def _name(path: tuple[str, ...]) -> str:
    return "_" + "__".join("".join(char if char.isalnum() else "_" for char in part) for part in path)


def _function(place: Place) -> str:
    specs = [_flag(flag) for flag in place.flags]
    lines = [f"\n{_name(place.path)}() {{"]
    if len(place.path) == 1:  # _arguments takes words away from the line below
        lines.append('    local -a @WORDS@=("${(@Q)words[1,CURRENT]}")')
    if not place.command.commands:
        specs += [_argument(n, argument) for n, argument in enumerate(place.command.arguments, 1)]
        return "\n".join([*lines, "    _arguments -s -S : \\", *_continued(specs), "}\n"])
    lines += [
        "    local context state state_descr line",
        "    typeset -A opt_args",
        "    local -a commands=(",
        *(f"        {_quoted(_described(command))}" for command in place.command.commands),
        "    )",
        "    _arguments -C -s -S -A '-*' : \\",  # flags behind a command are that command's
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
    action = _action(argument).strip() or "()"  # zsh offers no flag where it may only say what is expected
    return _quoted(f"{place}:{_escaped(argument.name.lower() or 'value', ':')}:{action}")


def _action(thing: Flag | Argument) -> str:
    if thing.choices:
        return f"({' '.join(_escaped(choice, ' :()') for choice in thing.choices)})"
    if thing.kind in DYNAMIC:
        return f"@FUNCTION@__ask {thing.kind}"
    return {"file": "_files", "folder": "_files -/"}.get(thing.kind, " ")


def _described(command: Command) -> str:
    return f"{_escaped(command.name, ':')}:{_escaped(described(command.help), '')}"


def _escaped(text: str, special: str) -> str:
    return "".join("\\" + char if char in special + "\\" else char for char in text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
