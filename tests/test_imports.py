"""What no command loads that does not use it: a start is most of what a short command costs.

Every command is run, and of what is expensive to load only that may be there which stands at its line. Nothing is timed.
"""

import shlex
import sys
from collections.abc import Sequence
from typing import NamedTuple

import pytest

from inference_cli.cli.hoist import hoist
from inference_cli.cli.lazy import command_words
from inference_cli.cli.tree import command_tree
from inference_cli.completion.tree import places
from tests.support.imported import STAGES, Stage, imported

# What typer names at its tops, and its own parts that nobody here uses.
TYPERS = {
    "datetime", "difflib", "gettext", "locale", "shellingham", "shutil", "traceback", "typer._click.shell_completion", "typer.completion",
    "urllib.parse", "uuid",
}  # fmt: skip
if sys.version_info < (3, 14):  # there, the standard library cannot do without it
    TYPERS |= {"ast"}
# Loaded by those commands only that say so.
ERRORS = {"decimal"}  # sentences, with numbers in them
SETTINGS = {*ERRORS, "tomllib", "datetime", "urllib.parse"}
JOURNAL = {*SETTINGS, "sqlite3", "json"}
CACHE = {*SETTINGS, "json"}
FILES = {"tempfile", "random", "shutil"}  # whether results can be written where they are to go
CHECKED = {"jsonschema_rs", "email", "socket", "base64"}  # the checker itself imports the last three
NETWORK = {
    "httpx", "h11", "ssl", "socket", "email", "http", "logging", "ipaddress", "base64", "hashlib", "inference_cli.api.client",
    "inference_cli.api.network",
}  # fmt: skip
SANDBOX = {
    "starlette", "ast", "asyncio", "locale", "shutil", "traceback", "uuid", "concurrent.futures", "anyio", "secrets", "subprocess", "shlex", "tempfile", "random", "textwrap", "tokenize",
    "inference_cli.sandbox.app",
}  # fmt: skip
SERVED = {*JOURNAL, *NETWORK, *SANDBOX}
# Loaded by none of the commands below: they are not on a terminal, and nobody filters, checks or edits anything.
OTHERS = {
    "rich", "rich.markdown", "prompt_toolkit", "pygments", "markdown_it", "jq", "click", "shellingham.posix",
    "importlib.metadata", "importlib.resources", "sysconfig", "zoneinfo", "multiprocessing", "unittest", "pdb", "doctest",
    "xml", "ctypes", "curses", "platformdirs", "tomli_w", "tomlkit", "keyring", "truststore", "pydantic", "yaml", "uvicorn",
    "PIL", "av", "bz2", "lzma", "textwrap", "tokenize",
}  # fmt: skip
WATCHED = {*TYPERS, *ERRORS, *SETTINGS, *JOURNAL, *FILES, *CHECKED, *SERVED, *OTHERS}
# What --version and TAB do without, beside all that.
NOT_EVEN = {
    "typer", "typing", "re", "dataclasses", "pathlib", "datetime", "inspect", "enum", "urllib.parse", "shutil", "threading",
    "inference_cli.cli", "inference_cli.errors", "inference_cli.profile", "inference_cli.deferred",
}  # fmt: skip
HELP = {"textwrap"}
NEAR = {"difflib"}  # what was meant; the parser looks for that at every short option, before it takes it for one


class Line(NamedTuple):
    """A command line, the exit code it ends with, and what of all that it may have loaded then."""

    text: str
    code: int = 0
    uses: frozenset[str] | set[str] = frozenset()
    stage: Stage = "typer"


_SERVED: Stage = "sandbox"
PREPARED = (  # so that there is something to list, and TAB has something to offer
    Line("--sandbox models list", 0, SERVED, _SERVED),
    Line("--sandbox queue submit fox -m black-forest-labs-flux-2-klein-4b -y", 0, {*SERVED, *FILES, *NEAR}, _SERVED),
    Line("--sandbox chat hello", 0, SERVED, _SERVED),
    Line("config set namespace me", 0, {*SETTINGS, "tomlkit"}),
)
BARE = (
    Line("--version", stage="bare"),
    Line("__complete model words --sandbox image -m ''", stage="bare"),
    Line("__complete parameter words --sandbox image -p aspect_ratio=", stage="bare"),
    Line("__complete profile words --profile ''", stage="bare"),
    Line("__complete generation words --sandbox queue wait ''", 0, {"sqlite3", "datetime"}, "bare"),
    Line("__complete conversation words --sandbox chat --cid ''", 0, {"sqlite3", "datetime"}, "bare"),
)
WRONG = (  # nothing is sent, and nothing that could send it is there
    Line("imag fox", 2, {*ERRORS, *NEAR}),
    Line("queue lst", 2, {*ERRORS, *NEAR}),
    Line("image fox --sed 7", 2, {*ERRORS, *NEAR}),
    Line("image fox --profile", 2, ERRORS),
    Line("image a fox", 2, ERRORS),
    Line("image fox -n 0", 2, {*ERRORS, *NEAR}),
    Line("sandbox serve --port x", 2, ERRORS),
    Line("image fox", 3, {*CACHE, *FILES}),
    Line("video fox", 3, {*CACHE, *FILES}),
    Line("chat hello", 3, JOURNAL),
    Line("queue submit fox -m black-forest-labs-flux-2-klein-4b", 3, {*CACHE, *FILES, *NEAR}),
    Line("queue list", 3, SETTINGS),
    Line("queue show last", 4, JOURNAL),
    Line("queue wait last", 4, {*JOURNAL, *FILES}),
    Line("queue download last", 4, {*JOURNAL, *FILES}),
    Line("queue cancel last", 4, JOURNAL),
    Line("history list", 3, JOURNAL),
    Line("history show last", 4, JOURNAL),
    Line("history spend", 3, JOURNAL),
    Line("recover", 3, {*JOURNAL, *FILES}),
    Line("logs show last", 4, JOURNAL),
    Line("logs export last", 4, JOURNAL),
    Line("logs delete last -y", 4, {*JOURNAL, *NEAR}),
    Line("models list", 3, CACHE),
    Line("models search fox", 3, CACHE),
    Line("models show qwen-image-edit", 3, CACHE),
    Line("models params qwen-image-edit", 3, CACHE),
    Line("models activate x", 3, CACHE),
    Line("models deactivate x", 3, CACHE),
    Line("models favorite x", 3, CACHE),
    Line("models unfavorite x", 3, CACHE),
    Line("models update x", 2, CACHE),
    Line("models delete x", 3, CACHE),
    Line("auth login", 2, SETTINGS),
    Line("auth status", 3, SETTINGS),
    Line("auth token", 3, SETTINGS),
)
LOCAL = (
    Line("queue list --local", 0, JOURNAL),
    Line("--sandbox queue list --local", 0, JOURNAL),
    Line("logs list", 0, JOURNAL),
    Line("logs search hello", 0, JOURNAL),
    Line("--sandbox logs list", 0, JOURNAL),
    Line("--sandbox logs show last", 0, JOURNAL),
    Line("--sandbox logs search hello", 0, JOURNAL),
    Line("--sandbox logs export last", 0, JOURNAL),
    Line("logs path", 0, ERRORS),
    Line("--sandbox models list", 0, CACHE),
    Line("--sandbox models list --output video --sort price", 0, CACHE),
    Line("--sandbox models params qwen-image-edit", 0, CACHE),
    Line("--sandbox models show qwen-image-edit", 0, {*CACHE, "shlex"}),
    Line("--sandbox auth token", 0, SETTINGS),
    Line("auth logout", 0, CACHE),
    Line("config list", 0, SETTINGS),
    Line("config get api", 0, SETTINGS),
    Line("config profiles", 0, SETTINGS),
    Line("config path", 0, ERRORS),
    Line("config unset namespace", 0, {*SETTINGS, "tomlkit"}),
    Line("config use default", 0, {*SETTINGS, "tomlkit"}),
    Line("completion bash", 0, {*ERRORS, "urllib.parse"}),
)
REMOTE = (
    Line("--sandbox queue list", 0, SERVED, _SERVED),
    Line("--sandbox queue show last", 0, SERVED, _SERVED),
    Line("--sandbox queue cancel last", 0, SERVED, _SERVED),
    Line("--sandbox history list", 0, SERVED, _SERVED),
    Line("--sandbox history spend", 0, SERVED, _SERVED),
    Line("--sandbox recover", 0, {*SERVED, "PIL"}, _SERVED),  # the sandbox draws what is fetched
    Line("--sandbox models search fox", 0, SERVED, _SERVED),
    Line("--sandbox models favorite nope", 4, {*SERVED, *NEAR}, _SERVED),
    Line("--sandbox auth status", 0, SERVED, _SERVED),
    Line("sandbox status", 0, {*JOURNAL, "secrets", "random", "base64"}),
    Line("doctor", 13, {*WATCHED}, _SERVED),  # it looks whether everything can be loaded
)
LAST = (Line("sandbox reset", 0, {*JOURNAL, "secrets", "random", "base64"}),)  # the others need what it forgets
_PLACES = [place.key.split("/")[1:] for place in places(command_tree())]
HELPS = tuple(Line(shlex.join([*words, "--help"]), 0, HELP) for words in _PLACES)
LINES = (*PREPARED, *BARE, *HELPS, *WRONG, *LOCAL, *REMOTE, *LAST)

Found = dict[str, tuple[int, set[str]]]


def _by_stage(lines: Sequence[Line], stage: Stage) -> list[Line]:
    return [line for line in lines if line.stage == stage]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What each line ended with, and loaded."""
    home = tmp_path_factory.mktemp("home")
    env = {"HOME": str(home), "LANG": "C.UTF-8", "INFERENCE_SANDBOX_SPEED": "100"}
    answers: Found = {}
    for lines in (PREPARED, LINES[len(PREPARED) : -len(LAST)], LAST):
        asked = {stage: [shlex.split(line.text) for line in _by_stage(lines, stage)] for stage in STAGES}
        for stage, got in imported(asked, env=env, cwd=home).items():
            answers |= {line.text: one for line, one in zip(_by_stage(lines, stage), got, strict=True)}
    return answers


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.text)
def test_nothing_is_loaded_that_is_not_used(line: Line, found: Found) -> None:
    """And what was asked for was done, or refused as it has to be."""
    code, loaded = found[line.text]

    assert code == line.code
    assert loaded & (WATCHED | NOT_EVEN if line.stage == "bare" else WATCHED) - line.uses == set()


def test_what_a_command_is_forked_from_is_what_it_may_have() -> None:
    """Otherwise the lines above would hide what they forked from had loaded."""
    for line in (*WRONG, *LOCAL, *HELPS):
        assert line.stage == "typer"
    assert all(line.uses >= SERVED or line in PREPARED for line in LINES if line.stage == "sandbox")


def test_every_command_has_a_line() -> None:
    """Beside its help."""
    lines = (*PREPARED, *WRONG, *LOCAL, *REMOTE, *LAST)
    tried = {command_words(hoist(shlex.split(line.text))) for line in lines if not line.text.endswith("--profile")}
    leaves = {tuple(words) for words in _PLACES} - {tuple(words[:-1]) for words in _PLACES if words}

    assert leaves <= tried
