"""A minimal chat with the standard library, one write per token.  BASE MODEL."""

import http.client
import json
import sys

base, model = sys.argv[1:]
body = {"model": model, "messages": [{"role": "user", "content": "hi"}], "stream": True}
host, _, path = base.removeprefix("http://").partition("/")
connection = http.client.HTTPConnection(host)
connection.request("POST", f"/{path}/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
for line in connection.getresponse():
    if line.startswith(b"data: {"):
        text = json.loads(line[6:])["choices"][0]["delta"].get("content")
        if text:
            sys.stdout.write(text)
            sys.stdout.flush()
