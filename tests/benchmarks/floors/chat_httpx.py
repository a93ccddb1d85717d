"""A minimal chat with httpx, one write per token.  BASE MODEL."""

import json
import sys

import httpx

base, model = sys.argv[1:]
body = {"model": model, "messages": [{"role": "user", "content": "hi"}], "stream": True}
with (
    httpx.Client(verify=False, trust_env=False) as client,  # noqa: S501 - plain http: no TLS context is built
    client.stream("POST", f"{base}/chat/completions", json=body) as answer,
):
    for line in answer.iter_lines():
        if line.startswith("data: {"):
            text = json.loads(line[6:])["choices"][0]["delta"].get("content")
            if text:
                sys.stdout.write(text)
                sys.stdout.flush()
