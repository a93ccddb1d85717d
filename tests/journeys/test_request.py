"""From the start of a chat to its request: what is not imported until that is sent."""

import subprocess
import sys

from tests.support.command import User

NEEDLESS = {
    "anyio", "asyncio", "certifi", "email.message", "encodings.idna", "hashlib", "http.client", "http.cookiejar", "idna",
    "jq", "jsonschema_rs", "logging", "mimetypes", "prompt_toolkit", "rich", "ssl", "tomlkit", "urllib.request",
    "inference_cli.api.media", "inference_cli.api.records", "inference_cli.catalogue.cache", "inference_cli.jobs.journal",
    "inference_cli.jobs.naming", "inference_cli.media", "inference_cli.terminal.failures",
    "inference_cli.terminal.markdown", "inference_cli.terminal.transcript",
}  # fmt: skip
MOST = 105  # modules of our own; each is a file that is opened, read and run
PROGRAM = """
import contextlib, sys
from types import ModuleType
asked = []
def see(event, arguments):
    if event == "socket.connect" and not asked:
        asked.extend(name for name, module in sys.modules.items() if type(module) is ModuleType)
sys.addaudithook(see)
from inference_cli.__main__ import main
with contextlib.suppress(SystemExit):
    main(["chat", "hi", "-m", "m"])
print(*asked)
"""


def test_a_chat_imports_little_before_it_asks(user: User) -> None:
    """Nothing that only an answer needs, an encrypted connection, or another command."""
    env = {**user.environment, "INFERENCE_BASE_URL": "http://127.0.0.1:9/v1", "INFERENCE_API_KEY": "abcdefgh"}
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(
        command, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=user.cwd, env=env, check=True
    )

    loaded = done.stdout.split()
    assert "httpx" in loaded
    assert NEEDLESS & set(loaded) == set()
    assert sum(name.split(".")[0] == "inference_cli" for name in loaded) <= MOST
