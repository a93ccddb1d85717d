"""Settings: configuration, project and service files that are damaged or wrong, and variables with any value."""

import random
import shutil
from pathlib import Path

from tests.support.api import CANARY
from tests.support.fuzz.argv import Counting
from tests.support.fuzz.documents import HOSTILE
from tests.support.fuzz.invariants import broken
from tests.support.fuzz.recorded import signed_in

_CONFIG = """\
version = 1
default_profile = "default"

[profiles.default]
namespace = "ours"
api = "current"
confirm_above = "2.50"
budget_month = 20
model_image = "ideogram-v4"
tag = "fox"

[profiles.default.aliases]
quick = "ideogram-v4"

[profiles.work]
base_url = "https://hub.example/api"
token = "env:WORK_KEY"
"""
_PROJECT = """\
model_video = "kling-video-v2-6-pro-text-to-video"
namespace = "ours"

[aliases]
slow = "gpt-5"

[templates.poem]
system = "You are a poet."
model = "claude-sonnet-4-6"
"""
_SERVICE = f"""\
default_host = "hub.oxen.ai"

[[host_configs]]
host = "hub.oxen.ai"
auth_token = "{CANARY}"
"""
_TOKENS = f"""\
[[tokens]]
profile = "default"
origin = "https://hub.oxen.ai"
token = "{CANARY}"
"""
_ORIGINS = '["https://hub.example"]\napi = "2026-04"\n'
_FILES = (
    ("home/config/config.toml", _CONFIG),
    ("home/config/tokens.toml", _TOKENS),
    ("home/.config/oxen/auth_config.toml", _SERVICE),
    ("home/state/origins.toml", _ORIGINS),
    ("home/config/templates/poem.toml", 'system = "You are a poet."\nprompt = "On $topic"\n'),
    ("work/inference.toml", _PROJECT),
)
_LITERALS = (
    '""', '"x"', "1", "-1", "0", "1e400", "nan", "inf", "true", "[]", "{}", "[[]]", "1979-05-27", "07:32:00", "0x1f", '"""',
    '"env:"', '"env:WORK_KEY"', '"keyring"', '"command:"', '"command:false"', '"command:true"', '"http://x"', '"https://"',
    '"https://user:pw@hub.example"', '"2026-04"', '"openai"', '"auto"', '"a\\u001b[31337mb"', '"\\uD800"', "999999999999999999999",
    '"' + "x" * 600 + '"', '"a b"', "['a', 1]", "{a = 1}", "-0.0", "1_000", '"sandbox"', '"../x"', '"\u202ecanary"',
)  # fmt: skip
_NAMES = (
    "API_KEY", "BASE_URL", "PROFILE", "SANDBOX_SPEED", "CONFIG_DIR", "STATE_DIR", "DATA_DIR", "CACHE_DIR", "MAX_COST",
    "MODEL_CHAT", "MODEL_IMAGE", "MODEL_VIDEO", "MODEL_AUDIO", "TAG", "SANDBOX", "COLOR", "NOTHING",
)  # fmt: skip
_OTHERS = ("OXEN_API_KEY", "OXEN_BASE_URL", "HOME", "COLUMNS", "TERM", "NO_COLOR", "TZ", "LANG", "HTTPS_PROXY", "ALL_PROXY",
           "NO_PROXY", "SSL_CERT_FILE", "CI", "CLICOLOR_FORCE", "COLORTERM", "WORK_KEY", "XDG_CONFIG_HOME")  # fmt: skip
_TEXTS = (
    "", " ", "0", "1", "-1", "yes", "no", "maybe", "nan", "inf", "1e400", "1e-400", "x", "default", "work", "missing", "a b",
    "https://hub.example/api", "http://hub.example", "http://127.0.0.1:1/api", "https://", "http://[::1", "https://user:pw@hub",
    "hub.oxen.ai", "ideogram-v4", "quick", "\u00e9", "\udc80", "x" * 5000, "9" * 400,
    "0.50", "$2", "Europe/Berlin", "../../x", "/dev/null", "socks5://x", "foo://", "dumb", "xterm", "20", *HOSTILE[:10],
)  # fmt: skip
_CREDENTIALS = (
    CANARY,
    f"{CANARY}\n",
    f"{CANARY}\r\nX: y",
    f"Bearer {CANARY}",
    f"{CANARY}\u00e9",
    f" {CANARY} {CANARY}",
    *_TEXTS[:20],
)
_COMMANDS = (
    ("config", "list"), ("config", "list", "--all", "--json"), ("config", "profiles"), ("config", "path"),
    ("config", "get", "api"), ("config", "set", "tag", "fox"), ("config", "unset", "aliases.quick"), ("config", "use", "work"),
    ("auth", "status"), ("auth", "status", "--json"), ("auth", "token"), ("auth", "logout"), ("auth", "login", "--import"),
    ("models", "list"), ("models", "show", "quick"), ("image", "a fox", "--dry-run"), ("image", "a fox"), ("queue", "list"),
    ("chat", "a fox"), ("chat", "-t", "poem", "--dry-run"), ("chat", "-t", "poem", "--set", "topic=x"), ("logs", "list"),
    ("history", "list", "--local"), ("video", "a fox", "--dry-run", "--json"), ("queue", "submit", "a fox"), ("sandbox", "status"),
    ("--profile", "work", "models", "list"), ("--profile", "missing", "config", "list"), ("--version",), ("--help",),
)  # fmt: skip


def run_settings(rng: random.Random, folder: Path) -> list[str]:
    """Run a command among settings that are partly wrong; what was wrong with the run."""
    wire = Counting()
    folder.mkdir()
    try:
        program = signed_in(folder, wire)
        for name, text in rng.sample(_FILES, rng.choice((0, 1, 1, 2, 3))):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_bytes(_wrong(text, rng))
            path.chmod(rng.choice((0o600, 0o600, 0o644, 0o000, 0o777)))
        env = dict(program.env)
        for _ in range(rng.choice((0, 0, 1, 2, 4))):
            name = rng.choice((*(f"INFERENCE_{one}" for one in _NAMES), *_OTHERS))
            env[name] = rng.choice(_CREDENTIALS if name.endswith(("KEY", "TOKEN")) else _TEXTS).replace("\0", "")
        if rng.random() < 0.3:
            env.pop("INFERENCE_API_KEY", None)
        program.env = env
        words = rng.choice(_COMMANDS)
        done = program(*words)
        return [one for one in broken(done, program.home) if not (words == ("auth", "token") and "token was" in one)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wrong(text: str, rng: random.Random) -> bytes:
    lines = text.splitlines()
    for _ in range(rng.choice((0, 1, 1, 1, 2, 4))):
        place = rng.randrange(len(lines))
        name, mark, value = lines[place].partition(" = ")
        kind = rng.randrange(8)
        if kind <= 3 and mark:
            lines[place] = f"{name} = {rng.choice(_LITERALS)}"
        elif kind == 4 and mark:
            lines[place] = f"{rng.choice(('x', 'base_url', 'token', 'a.b', '1', chr(34) * 2, 'profiles'))} = {value}"
        elif kind == 5:
            lines.insert(place, rng.choice(lines))
        elif kind == 6:
            lines.insert(
                place,
                rng.choice(("[x", "[profiles]", "[[profiles]]", "=", "a = ", "# \x1b[31337m", "[aliases]", "[a.b]")),
            )
        else:
            del lines[place]
            lines = lines or [""]
    content = "\n".join(lines).encode("utf-8", "surrogatepass")
    kind = rng.randrange(12)
    at = rng.randrange(len(content) + 1)
    if kind == 0:
        return content[:at]
    if kind == 1:
        return content[:at] + rng.randbytes(3) + content[at:]
    if kind == 2:
        return rng.choice(
            (b"", b"\xff\xfe", b"\xef\xbb\xbf" + content, content.replace(b"\n", b"\r\n"), b"\0" * 10, b"[" * 9999)
        )
    return content
