"""A film as a data URL in several requests, one after the other.  BASE MODEL FILE COUNT."""

import base64
import sys
from pathlib import Path

import httpx

base, model, path, count = sys.argv[1:]
text = base64.b64encode(Path(path).read_bytes()).decode()
with httpx.Client(verify=False, trust_env=False, timeout=60) as client:  # noqa: S501 - plain http
    for seed in range(int(count)):
        body = {"model": model, "prompt": "waves", "seed": seed, "video": f"data:video/mp4;base64,{text}"}
        client.post(f"{base}/videos/generate", json=body).raise_for_status()
