"""The flags of a media command as one value."""

from typing import Literal

from inference_cli.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFlags:
    """What was typed; the names are those of the options, their meanings stand in ``options.py``."""

    prompt: str | None = None
    model: str | None = None
    image: list[str] | None = None
    first_frame: str | None = None
    last_frame: str | None = None
    video: str | None = None
    shot: list[str] | None = None
    output: str | None = None
    count: int = 1
    duration: str | None = None
    aspect_ratio: str | None = None
    size: str | None = None
    with_audio: bool = False
    seed: int | None = None
    param: list[str] | None = None
    input: str | None = None
    queue: bool = False
    sync: bool = False
    no_wait: bool = False
    timeout: str | None = None
    namespace: str | None = None
    repo: str | None = None
    folder: str | None = None
    tag: str | None = None
    response_format: str | None = None
    dry_run: bool = False
    as_: Literal["curl", "python"] | None = None
    max_cost: str | None = None
    yes: bool = False
    no_validate: bool = False
    force: bool = False
    no_clobber: bool = False
    no_retry: bool = False
    anyway: bool = False
    max_size: str = "20GB"
    allow_private_hosts: bool = False
    json: bool = False
    jq: str | None = None
    events: bool = False
    quiet: bool = False
