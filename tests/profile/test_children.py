"""The environment of a child process."""

from inference_cli.profile.children import scrubbed

TOKEN = "canary-token-4711"


def test_a_token_is_taken_out_under_every_name() -> None:
    """Copied into another variable, or into an address; and the one that a profile names."""
    env = {
        "INFERENCE_API_KEY": TOKEN,
        "COPY": TOKEN,
        "URL": f"https://me:{TOKEN}@host",
        "MINE": "canary-other-1234",
        "PATH": "/bin",
    }

    assert scrubbed(env, ("MINE",)) == {"PATH": "/bin"}
    assert scrubbed(env) == {"PATH": "/bin", "MINE": "canary-other-1234"}
