"""What the manual says beside the commands: exit codes, environment variables, files."""

from inference_cli.errors import Exit, InferenceError

_WITHOUT_ERROR = {
    Exit.DONE: "Done; all results are on disk.",
    Exit.BUG: "A bug in this program; it names the file with the report.",
    Exit.CHECK: "A check found something.",
    Exit.HANGUP: "The terminal hung up (SIGHUP); a queued generation runs on and its id was printed.",
    Exit.INTERRUPTED: "Ctrl-C (SIGINT); a queued generation runs on and its id was printed.",
    Exit.PIPE: "Nobody reads the output any more (SIGPIPE).",
    Exit.TERMINATED: "SIGTERM; a queued generation runs on and its id was printed.",
}

ENVIRONMENT = (
    ("INFERENCE_API_KEY, OXEN_API_KEY", "The API token, the first that is set. It is never written to disk."),
    ("INFERENCE_BASE_URL, OXEN_BASE_URL", "Where the API is, the first that is set."),
    ("INFERENCE_PROFILE", "The profile to use."),
    ("INFERENCE_SANDBOX", "1: everything offline, in the built-in sandbox."),
    ("INFERENCE_SANDBOX_SPEED", "How many times faster than by default a generation in the sandbox ends."),
    ("INFERENCE_MAX_COST", "Refuse above this estimate, in US dollars."),
    (
        "INFERENCE_MODEL_IMAGE, …_EDIT, …_VIDEO, …_IMAGE_TO_VIDEO, …_CHAT, …_AUDIO",
        "The default model for each kind of work.",
    ),
    (
        "INFERENCE_CONFIG_DIR, INFERENCE_STATE_DIR, INFERENCE_DATA_DIR, INFERENCE_CACHE_DIR",
        "Folders to use instead of the platform's own.",
    ),
    ("HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY", "Proxies, and hosts that are reached without one."),
    ("SSL_CERT_FILE, SSL_CERT_DIR", "Certificates to trust instead of those of the system."),
    ("NO_COLOR, CLICOLOR_FORCE", "Never, or always, write in colour."),
    ("TERM, COLUMNS, CI", "How the terminal writes, how wide it is, and that there is nobody at it."),
)

FILES = (
    (
        "~/.config/inference/config.toml",
        "Profiles and their settings.  inference config path  prints where it is on this machine.",
    ),
    ("~/.config/inference/tokens.toml", "Tokens, each bound to the origin that it is for. Nobody else may read it."),
    (
        "inference.toml",
        "The project file, looked for in the working folder and above it: default models, a namespace, aliases.",
    ),
    (
        "~/.local/state/inference/journal.sqlite3",
        "Every paid request, from before it is sent until its result is on disk.",
    ),
    ("~/.local/state/inference/sandbox/", "What the sandbox remembers.  inference sandbox reset  empties it."),
    ("~/.cache/inference/", "What can be had again: lists of models, and what TAB offers."),
)


def exits() -> list[tuple[int, str]]:
    """Every exit code with what it means: the first line of its error's documentation, where it has an error."""
    told = {kind.exit_code: (kind.__doc__ or "").partition("\n")[0] for kind in InferenceError.__subclasses__()}
    return [(int(code), (_WITHOUT_ERROR.get(code) or told[code]).replace("``", "")) for code in Exit]
