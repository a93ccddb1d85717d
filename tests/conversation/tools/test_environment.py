from inference_cli.conversation.tools.environment import chosen, scrubbed

CANARY = "oxen_canary_12345678"


def test_no_token_under_any_name() -> None:
    """Neither the program's variables, nor one that a profile names, nor a copy of one of them (fault F13)."""
    environ = {
        "INFERENCE_API_KEY": CANARY,
        "OXEN_API_KEY": "another_canary",
        "MINE": "third_canary",
        "COPY": f" {CANARY}\n",
        "HEADER": f"Bearer {CANARY}",
        "PATH": "/bin",
        "EMPTY": "",
    }
    assert scrubbed(environ, ["MINE", "UNSET"]) == {"PATH": "/bin", "EMPTY": ""}


def test_a_token_too_short_to_be_one() -> None:
    """Is not looked for in everything else."""
    assert scrubbed({"OXEN_API_KEY": "a", "PATH": "/a"}) == {"PATH": "/a"}


def test_only_what_is_named() -> None:
    """And what every program needs."""
    environ = {"PATH": "/bin", "LC_ALL": "C", "AWS_SECRET": "x", "WTTR": "y"}
    assert chosen(environ, ["WTTR", "UNSET"]) == {"PATH": "/bin", "LC_ALL": "C", "WTTR": "y"}
