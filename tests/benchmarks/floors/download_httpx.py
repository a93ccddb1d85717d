"""A minimal download with httpx: raw chunks into a file.  URL FILE."""

import sys
from pathlib import Path

import httpx

url, path = sys.argv[1:]
with (
    httpx.Client(verify=False, trust_env=False, timeout=60) as client,  # noqa: S501 - plain http
    client.stream("GET", url) as answer,
    Path(path).open("wb") as file,
):
    for data in answer.iter_raw():  # noqa: FURB122 - as plainly as anybody would say it
        file.write(data)
