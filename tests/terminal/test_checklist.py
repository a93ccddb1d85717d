"""What checks found, on a terminal, in a pipe, and as a document."""

import jsonschema_rs

from inference_cli.terminal.checklist import Finding, checklist_document, drawn, rows, summary
from inference_cli.terminal.documents import schema

FINDINGS = (
    Finding("ok", "python", "3.12.1 (/usr/bin/python3) on Linux"),
    Finding(
        "warning",
        "config rights",
        "others may read \x1b[2J config.toml (mode 0644)",
        "Close it:  chmod 600 config.toml",
    ),
    Finding(
        "failure", "token", "no token", "Sign in:  inference auth login        Or offline:  inference --sandbox chat"
    ),
)


def test_a_terminal_gets_folded_lines_with_whole_commands() -> None:
    """Control characters are shown, the fix stands below what it mends, each command on a line of its own."""
    assert drawn(FINDINGS, width=60, color=False) == (
        "  ok       python         3.12.1 (/usr/bin/python3) on Linux\n"
        "  warning  config rights  others may read ␛[2J config.toml\n"
        "                          (mode 0644)\n"
        "                          Close it:  chmod 600 config.toml\n"
        "  failure  token          no token\n"
        "                          Sign in:  inference auth login\n"
        "                          Or offline:  inference --sandbox chat\n"
    )


def test_only_the_words_are_coloured() -> None:
    """The words say everything without colour too."""
    assert drawn(FINDINGS[:1], width=80, color=True) == (
        "  \x1b[32mok\x1b[0m       python  3.12.1 (/usr/bin/python3) on Linux\n"
    )


def test_a_pipe_gets_cells() -> None:
    """The fix is the fourth."""
    assert rows(FINDINGS)[0] == ("ok", "python", "3.12.1 (/usr/bin/python3) on Linux", "")
    assert rows(FINDINGS)[2][3] == "Sign in:  inference auth login; Or offline:  inference --sandbox chat"


def test_nothing_found_is_nothing_drawn() -> None:
    """An empty list is no error."""
    assert (drawn((), width=80, color=False), rows(()), summary(())) == ("", [], "")


def test_the_summary_begins_with_the_worst() -> None:
    """Words that did not occur are left out."""
    assert summary((*FINDINGS, *FINDINGS[1:2])) == "1 failure, 2 warnings, 1 ok"
    assert summary(FINDINGS[:1] * 2) == "2 ok"


def test_the_document_keeps_to_its_schema() -> None:
    """A warning is no failure."""
    document = checklist_document(FINDINGS, schema=1)

    jsonschema_rs.validator_for(schema("checklist")).validate(document)
    assert document["ok"] is False
    assert document["data"][0] == {
        "check": "python", "state": "ok", "message": "3.12.1 (/usr/bin/python3) on Linux", "fix": None,
    }  # fmt: skip
    assert checklist_document(FINDINGS[:2], schema=1)["ok"] is True
