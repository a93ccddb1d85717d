"""The completion script of PowerShell."""

from inference_cli.completion.tree import Command, Flag, Place, described, places, valued

_SCRIPT = """# PowerShell completion for @NAME@: generated; loads with
#   @NAME@ completion powershell | Out-String | Invoke-Expression
# Nothing is started on TAB: every answer is in this file; where it has none, PowerShell offers files.

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

    $offers = if ($flag -ne '') {
        switch -CaseSensitive -Wildcard ("$place $flag") {
@VALUES@
        }
    } else {
        switch -CaseSensitive ($place) {
@OFFERS@
        }
    }
    $offers | Where-Object { $_.CompletionText -like "$([WildcardPattern]::Escape($wordToComplete))*" }
}
"""


def emit(tree: Command) -> str:
    """The script for a command tree."""
    everywhere = places(tree)
    patterns = valued(tree)
    filled = {
        "@PLACES@": ", ".join(_quoted(place.key) for place in everywhere[1:]),
        "@VALUED@": ", ".join(_quoted(pattern) for pattern, _ in patterns),
        "@VALUES@": "\n".join(_values(pattern, flag) for pattern, flag in patterns if flag.choices),
        "@OFFERS@": "\n".join(_offers(place) for place in everywhere),
        "@NAME@": tree.name,
    }
    script = _SCRIPT
    for mark, text in filled.items():
        script = script.replace(mark, text)
    return script


def _values(pattern: str, flag: Flag) -> str:
    lines = "\n".join(_result(choice, "ParameterValue", choice) for choice in flag.choices)
    return f"            {_quoted(pattern)} {{\n{lines}\n                break\n            }}"


def _offers(place: Place) -> str:
    lines = [_result(command.name, "Command", command.help) for command in place.command.commands]
    lines += [
        _result(choice, "ParameterValue", argument.help or choice)
        for argument in place.command.arguments
        for choice in argument.choices
    ]
    lines += [_result(name, "ParameterName", flag.help) for flag in place.flags for name in flag.names]
    return "\n".join([f"            {_quoted(place.key)} {{", *lines, "                break", "            }"])


def _result(text: str, kind: str, tip: str) -> str:
    """A completion; PowerShell refuses an empty tip."""
    shown = described(tip) or text
    return f"                [CompletionResult]::new({_quoted(text)}, {_quoted(text)}, '{kind}', {_quoted(shown)})"


def _quoted(text: str) -> str:
    """A literal string; every kind of single quote that PowerShell knows ends one."""
    for quote in ("'", "\N{LEFT SINGLE QUOTATION MARK}", "\N{RIGHT SINGLE QUOTATION MARK}"):
        text = text.replace(quote, quote * 2)
    return f"'{text}'"
