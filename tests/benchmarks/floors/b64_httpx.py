"""A film inside JSON, decoded into a file as it arrives; knows that it is the only long string.  BASE MODEL FILE."""

import binascii
import sys
from pathlib import Path

import httpx

base, model, path = sys.argv[1:]
body = {"model": model, "prompt": "waves", "response_format": "b64_json"}
MARK = b'"b64_json":"'
with (
    httpx.Client(verify=False, trust_env=False, timeout=60) as client,  # noqa: S501 - plain http
    client.stream("POST", f"{base}/videos/generate", json=body) as answer,
    Path(path).open("wb") as file,
):
    rest = b""
    inside = False
    for data in answer.iter_raw():
        rest += data
        if not inside:
            _, found, rest = rest.partition(MARK)
            inside = bool(found)
        text, end, _ = rest.partition(b'"')
        whole = len(text) if end else len(text) & ~3
        file.write(binascii.a2b_base64(text[:whole]))
        if end:
            break
        rest = rest[whole:]
