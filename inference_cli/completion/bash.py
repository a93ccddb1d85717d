"""The completion script of bash, from 3.2 on."""

from inference_cli.completion.tree import DYNAMIC, Argument, Command, Flag, Place, places, valued

_SCRIPT = r"""# bash completion for @NAME@: generated; loads with  eval "$(@NAME@ completion bash)"
# Commands and flags are in this file, files and folders come from bash; the program is asked for the rest.

@FUNCTION@_files() { # files: readline's own completion; folders: only those; text: nothing
    case $1 in
        file) ;;
        folder) compopt +o default -o dirnames 2>/dev/null ;;
        *) compopt +o default 2>/dev/null ;;
    esac
}

@FUNCTION@_offer() { # offer those of the words that begin as typed
    local word cut=""
    @FUNCTION@_cut
    for word in "$@"; do
        if [[ $word == "$value"* ]]; then COMPREPLY+=("$prefix${word#"$cut"}"); fi
    done
    @FUNCTION@_files text
}

@FUNCTION@_cut() { # bash replaces only what follows the last word break; an at sign itself too
    local mark before
    for mark in = : @; do
        before=${value%"${value##*"$mark"}"} before=${before%@}
        if [[ $COMP_WORDBREAKS == *"$mark"* && ${#before} -gt ${#cut} ]]; then cut=$before; fi
    done
}

@FUNCTION@_ask() { # offer what the program knows: models, parameters, generations, conversations, profiles
    local word cut="" program=${COMP_WORDS[0]/#\~\//$HOME/}
    type -P -- "$program" >/dev/null || program=@NAME@
    @FUNCTION@_cut
    if [[ $1 == generation || $1 == conversation ]]; then compopt -o nosort 2>/dev/null; fi # the newest first
    while IFS=$'\t' read -r word _; do
        if [[ $word == *[=/] ]]; then compopt -o nospace 2>/dev/null; fi
        printf -v word %q "$word"
        if [[ $word == "$value"* ]]; then COMPREPLY+=("$prefix${word#"$cut"}"); fi
    done < <(
        if [[ $1 == parameter && $value == *=@* ]]; then
            compgen -f -P "${value%%=@*}=@" -- "${value#*=@}" | @FUNCTION@_with_slashes
        else
            "$program" __complete "$1" line "$line" 2>/dev/null </dev/null
        fi
    )
    @FUNCTION@_files text
}

@FUNCTION@_with_slashes() { # behind folders, of what stands behind =@
    local word
    while IFS= read -r word; do
        if [[ -d ${word#*=@} ]]; then word+=/; fi
        echo "$word"
    done
}

@FUNCTION@_takes_value() {
    case $1 in
@VALUED@
        *) return 1 ;;
    esac
}

@FUNCTION@_value() {
    case $1 in
@VALUES@
        *) @FUNCTION@_files text ;;
    esac
}

@FUNCTION@() {
    local index word place=@NAME@ flag="" plain="" prefix="" last=$COMP_CWORD value=${COMP_WORDS[COMP_CWORD]}
    local line=${COMP_LINE:0:COMP_POINT}
    COMPREPLY=()
    # The word at the cursor may have come in pieces, cut at = and at the colon.
    word=${line//\\ /__} word=${word##*[[:space:]]}
    while [[ ${value//\\ /__} != "$word" && $word == *"${value//\\ /__}" && $last -gt 1 ]]; do
        ((last--))
        value=${COMP_WORDS[last]}$value
    done
    for ((index = 1; index < last; index++)); do
        word=${COMP_WORDS[index]}
        if [[ $word == ":" || ${COMP_WORDS[index - 1]} == ":" ]]; then
            continue
        elif [[ -n $flag ]]; then
            if [[ $word != "=" ]]; then flag=""; fi
        elif [[ -n $plain ]]; then
            continue
        elif [[ $word == "--" ]]; then
            plain=1
        elif [[ $word == -* ]]; then
            if @FUNCTION@_takes_value "$place $word"; then flag=$word; fi
        else
            case $place/$word in
                @PLACES@) place=$place/$word ;;
            esac
        fi
    done
    if [[ -z $plain && $value == --*=* ]]; then
        flag=${value%%=*} value=${value#*=}
        if [[ $COMP_WORDBREAKS != *=* ]]; then prefix=$flag=; fi
    fi
    if [[ -n $flag ]]; then
        @FUNCTION@_value "$place $flag"
        return
    fi
    if [[ -z $plain && $value == -* ]]; then
        case $place in
@FLAGS@
        esac
        return
    fi
    case $place in
@ARGUMENTS@
    esac
}

complete -o default -F @FUNCTION@ @NAME@
"""


def emit(tree: Command) -> str:
    """The script for a command tree."""
    everywhere = places(tree)
    patterns = valued(tree)
    filled = {
        "@PLACES@": " | ".join(_quoted(place.key) for place in everywhere[1:]) or "''",
        "@VALUED@": f"        {' | '.join(_pattern(pattern) for pattern, _ in patterns) or _quoted('')}) return 0 ;;",
        "@VALUES@": "\n".join(f"        {_pattern(pattern)}) {_value(flag)} ;;" for pattern, flag in patterns),
        "@FLAGS@": "\n".join(_flags(place) for place in everywhere),
        "@ARGUMENTS@": "\n".join(_arguments(place) for place in everywhere),
        "@FUNCTION@": "_" + "".join(char if char.isalnum() else "_" for char in tree.name),
        "@NAME@": tree.name,
    }
    script = _SCRIPT
    for mark, text in filled.items():
        script = script.replace(mark, text)
    return script


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _pattern(pattern: str) -> str:
    """A case pattern: a leading star stays one, everything else is literal."""
    return "*" + _quoted(pattern[1:]) if pattern.startswith("*") else _quoted(pattern)


def _value(thing: Flag | Argument) -> str:
    if thing.choices:
        return f"@FUNCTION@_offer {' '.join(map(_quoted, thing.choices))}"
    if thing.kind in DYNAMIC:
        return f"@FUNCTION@_ask {thing.kind}"
    return f"@FUNCTION@_files {thing.kind}"


def _flags(place: Place) -> str:
    names = " ".join(_quoted(name) for flag in place.flags for name in flag.names)
    return f"            {_quoted(place.key)}) @FUNCTION@_offer {names} ;;"


def _arguments(place: Place) -> str:
    """What stands where no flag does: the commands of a group, or the values of the first argument that has any."""
    if place.command.commands:
        names = " ".join(_quoted(command.name) for command in place.command.commands)
        return f"        {_quoted(place.key)}) @FUNCTION@_offer {names} ;;"
    telling = next((arg for arg in place.command.arguments if arg.choices or arg.kind != "text"), Argument(""))
    return f"        {_quoted(place.key)}) {_value(telling)} ;;"
