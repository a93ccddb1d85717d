"""A minimal download with the standard library.  URL FILE."""

import http.client
import sys
from pathlib import Path

url, path = sys.argv[1:]
host, _, target = url.removeprefix("http://").partition("/")
connection = http.client.HTTPConnection(host)
connection.request("GET", f"/{target}")
answer = connection.getresponse()
with Path(path).open("wb") as file:
    while data := answer.read(1 << 17):
        file.write(data)
