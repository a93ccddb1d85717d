"""Where results lie, by presigned URLs."""

import re
import zlib
from urllib.parse import urlsplit

from tests.support.faultd import Seen, http
from tests.support.host import Host

SIGNATURE = "canary0signature0of0a0presigned0url"
"""What nobody but the storage and the receiver of a result may ever see."""


class Storage(Host):
    """Where results lie, by presigned URLs; it answers ranges as a store of objects does."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        super().__init__(self._file, host)
        self.files: dict[str, bytes] = {}

    def put(self, identity: str, data: bytes) -> str:
        """Keep a result; its presigned URL."""
        name = f"{identity}.{'mp4' if data[4:8] == b'ftyp' else 'png'}"
        self.files[name] = data
        return f"{self.url}/results/{name}?X-Amz-Expires=86400&X-Amz-Signature={SIGNATURE}"

    def _file(self, seen: Seen) -> bytes:
        target = urlsplit(seen.line.split(" ", 2)[1])
        data = self.files.get(target.path.rpartition("/")[2])
        if data is None or SIGNATURE not in target.query:
            return http("403 Forbidden", b"<Error><Code>AccessDenied</Code></Error>")
        etag = f'"{len(data)}-{zlib.crc32(data):08x}"'
        kind = [("Content-Type", "video/mp4" if data[4:8] == b"ftyp" else "image/png"), ("ETag", etag)]
        asked = re.fullmatch(r"bytes=(\d+)-", seen.header("range") or "")
        if asked is None or seen.header("if-range") not in {None, etag}:
            return http(body=data, headers=[*kind, ("Accept-Ranges", "bytes")])
        start = int(asked[1])
        if start >= len(data):
            return http("416 Range Not Satisfiable", headers=[("Content-Range", f"bytes */{len(data)}")])
        span = ("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        return http("206 Partial Content", data[start:], headers=[*kind, span])
