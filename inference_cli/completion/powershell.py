"""The completion script of PowerShell."""

from inference_cli.completion.tree import DYNAMIC, Command, Flag, Kind, Place, described, places, valued

_SCRIPT = r"""# PowerShell completion for @NAME@: generated; loads with
#   @NAME@ completion powershell | Out-String | Invoke-Expression
# Commands and flags are in this file, the program is asked for models, parameters, generations, conversations and
# profiles; where there is no answer, PowerShell offers files.

using namespace System.Management.Automation

Register-ArgumentCompleter -Native -CommandName '@NAME@' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $place = '@NAME@'
    $flag = ''
    $places = @(@PLACES@)
    $valued = @(@VALUED@)
    foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
        if ($element.Extent.EndOffset -ge $cursorPosition) { break }
        $word = $element.Extent.Text
        if ($flag -ne '') { $flag = ''; continue }
        if ($word -eq '--') { break }
        if ($word.StartsWith('-')) {
            if (@($valued | Where-Object { "$place $word" -clike $_ }).Count -gt 0) { $flag = $word }
        } elseif ($places -ccontains "$place/$word") {
            $place = "$place/$word"
        }
    }

    $ask = { # offers what the program knows
        param($kind)
        $program = $commandAst.CommandElements[0].Extent.Text
        if (-not (Get-Command -Name $program -CommandType Application -ErrorAction Ignore)) { $program = '@NAME@' }
        $line = $commandAst.Extent.Text
        $typed = $cursorPosition - $commandAst.Extent.StartOffset
        $line = if ($typed -gt $line.Length) { $line.PadRight($typed) } else { $line.Substring(0, $typed) }
        $line = $line.Replace('"', "'") # PowerShells before 7.3 lose double quotes on the way to a program
        foreach ($answer in @() | & $program __complete $kind line $line 2>$null) {
            $word, $tip = $answer -split "`t", 2
            $text = if ($word -match '^[\w./:=+-]+$') { $word } else { "'" + $word.Replace("'", "''") + "'" }
            if (-not $tip) { $tip = $word }
            [CompletionResult]::new($text, $word, 'ParameterValue', $tip)
        }
    }

    $offers = if ($flag -ne '') {
        switch -CaseSensitive -Wildcard ("$place $flag") {
@VALUES@
        }
    } else {
        switch -CaseSensitive ($place) {
@OFFERS@
        }
    }
    $offers | Where-Object { $_.ListItemText -like "$([WildcardPattern]::Escape($wordToComplete))*" }
}
"""


def emit(tree: Command) -> str:
    """The script for a command tree."""
    everywhere = places(tree)
    patterns = valued(tree)
    telling = [(pattern, flag) for pattern, flag in patterns if flag.choices or flag.kind in DYNAMIC]
    filled = {
        "@PLACES@": ", ".join(_quoted(place.key) for place in everywhere[1:]),
        "@VALUED@": ", ".join(_quoted(pattern) for pattern, _ in patterns),
        "@VALUES@": "\n".join(_values(pattern, flag) for pattern, flag in telling),
        "@OFFERS@": "\n".join(_offers(place) for place in everywhere),
        "@NAME@": tree.name,
    }
    script = _SCRIPT
    for mark, text in filled.items():
        script = script.replace(mark, text)
    return script


def _values(pattern: str, flag: Flag) -> str:
    lines = "\n".join(_result(choice, "ParameterValue", choice) for choice in flag.choices) or _asked(flag.kind)
    return f"            {_quoted(pattern)} {{\n{lines}\n                break\n            }}"


def _offers(place: Place) -> str:
    lines = [_result(command.name, "Command", command.help) for command in place.command.commands]
    lines += [
        _result(choice, "ParameterValue", argument.help or choice)
        for argument in place.command.arguments
        for choice in argument.choices
    ]
    lines += [_asked(argument.kind) for argument in place.command.arguments if argument.kind in DYNAMIC]
    lines += [_result(name, "ParameterName", flag.help) for flag in place.flags for name in flag.names]
    return "\n".join([f"            {_quoted(place.key)} {{", *lines, "                break", "            }"])


def _asked(kind: Kind) -> str:
    return f"                & $ask {_quoted(kind)}"


def _result(text: str, kind: str, tip: str) -> str:
    """A completion; PowerShell refuses an empty tip."""
    shown = described(tip) or text
    return f"                [CompletionResult]::new({_quoted(text)}, {_quoted(text)}, '{kind}', {_quoted(shown)})"


def _quoted(text: str) -> str:
    """A literal string; every kind of single quote that PowerShell knows ends one."""
    for quote in ("'", "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"):
        text = text.replace(quote, quote * 2)
    return f"'{text}'"
