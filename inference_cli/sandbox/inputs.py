"""Input pictures, films and sounds: found in a request, fetched, and looked into before anything is made of them."""

import base64
import binascii
import hashlib
import io
import ipaddress
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

from inference_cli.sandbox.catalogue import Entry
from inference_cli.sandbox.offload import in_thread
from inference_cli.sandbox.recipes import Inputs, Source
from inference_cli.sandbox.signing import Verdict
from inference_cli.sandbox.store import Store
from inference_cli.sandbox.world import World

LARGEST = 64 * 1024 * 1024
MOST_PIXELS = 100_000_000
_FIRST = (
    "start_image_url",
    "first_frame_image",
    "input_image",
    "image",
    "image_url",
    "input_images",
    "input_face_images",
)
_LAST = frozenset({"tail_image_url", "last_frame_image", "end_image_url"})
_MASK = frozenset({"mask", "mask_url"})
_OPENAI = {"image": "image", "mask": "image"}
"""What the OpenAPI document calls the inputs of an edit, whatever the model's schema says."""


class InputError(Exception):
    """An input that could not be fetched, or is not what it should be; the message names the parameter."""


def find(entry: Entry, body: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The inputs of a request.

    Yields:
        The parameter's name, the kind of media that it takes, and what it holds: a URL or ``blob:SHA256``.
    """
    for name, value in body.items():
        media = _media_of(entry.properties.get(name, {})) or _OPENAI.get(name)
        if media is not None:
            yield from ((name, media, text) for text in _strings(value))


def _media_of(part: Mapping[str, Any]) -> str | None:
    if "x-media" in part:
        return str(part["x-media"])
    nested = [part.get("items", {}), *part.get("properties", {}).values()]
    return next((media for media in (_media_of(inner) for inner in nested if inner) if media), None)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in _strings(item) if ":" in text)


async def gather(world: World, entry: Entry, body: Mapping[str, Any], now: float) -> Inputs:
    """Fetch the inputs of a request and sort them by what they are for.

    Args:
        world: where results and inputs are kept.
        entry: the model.
        body: the request.
        now: the moment (Unix seconds) at which the service would fetch them, for signed URLs that expire.

    Raises:
        InputError: one can't be fetched or decoded.
    """
    found: list[tuple[str, Source]] = []
    for name, media, text in find(entry, body):
        try:
            found.append((name, await _resolve(world, text, media, now)))
        except InputError as error:
            raise InputError(f"{name}: {error}") from error
    return _sorted(found)


def _sorted(found: list[tuple[str, Source]]) -> Inputs:
    pictures = [(name, source) for name, source in found if source.media == "image"]
    rank = {name: place for place, name in enumerate(_FIRST)}
    plain = [pair for pair in pictures if pair[0] not in _LAST | _MASK]
    plain.sort(key=lambda pair: rank.get(pair[0], len(_FIRST)))
    return Inputs(
        first=plain[0][1] if plain else None,
        last=next((source for name, source in pictures if name in _LAST), None),
        mask=next((source for name, source in pictures if name in _MASK), None),
        film=next((source for _, source in found if source.media == "video"), None),
        sound=next((source for _, source in found if source.media == "audio"), None),
        references=tuple(source for _, source in plain[1:]),
        names=frozenset(name for name, _ in found),
    )


async def _resolve(world: World, text: str, media: str, now: float) -> Source:
    if text.startswith("blob:"):
        return await _probe(world, text.removeprefix("blob:"), media)
    if text.startswith("data:"):
        return await _probe(world, keep(world.store, decode_data_url(text)), media)
    if text.startswith(world.media_url + "/"):
        return await _own(world, text, media, now)
    if world.fetch_loopback and is_loopback(text):
        return await _probe(world, keep(world.store, await in_thread(lambda: fetch(text))), media)
    raise InputError("the file could not be fetched: the sandbox has no network, give it a data: URL")


async def _own(world: World, text: str, media: str, now: float) -> Source:
    parts = urlsplit(text)
    verdict = world.signer.verdict(parts.path, dict(parse_qsl(parts.query)), now)
    if verdict is not Verdict.GOOD:
        raise InputError(f"the file could not be fetched: {verdict.value}")
    kind, name = parts.path.strip("/").split("/", 1)
    if kind == "inputs":
        return await _probe(world, name, media)
    made = world.store.recipe(name.split(".")[0])
    if made is None or made["kind"] != media:
        raise InputError(f"the file is not {_named(media)}")
    return Source(f"made:{name.split('.')[0]}", media, made.get("width"), made.get("height"), made.get("duration"))


def _named(media: str) -> str:
    return {"image": "a picture", "video": "a film", "audio": "a sound"}[media]


def decode_data_url(text: str) -> bytes:
    """The bytes of a ``data:`` URL.

    Raises:
        InputError: it is damaged.
    """
    head, comma, payload = text.partition(",")
    if not comma:
        raise InputError("the data: URL is damaged")
    if not head.endswith(";base64"):
        return unquote_to_bytes(payload)
    try:
        return base64.b64decode(payload, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError("the data: URL is damaged") from error


def keep(store: Store, content: bytes) -> str:
    """Keep an input's bytes in the folder; the name is their SHA-256."""
    digest = hashlib.sha256(content).hexdigest()
    path = blob_path(store, digest)
    if not path.exists():
        write(path, content)
    return digest


def write(path: Path, content: bytes) -> None:
    """Write a file of the folder so that nobody ever sees half of it."""
    import os
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
    Path(name).replace(path)


def blob_path(store: Store, digest: str) -> Path:
    """Where an input of that SHA-256 is kept."""
    return store.folder / "inputs" / digest


def without_data_urls(store: Store, value: Any) -> Any:
    """A request's parameters with each ``data:`` URL kept as a file and named ``blob:SHA256``; damaged ones stay."""
    if isinstance(value, str) and value.startswith("data:"):
        try:
            return f"blob:{keep(store, decode_data_url(value))}"
        except InputError:
            return value
    if isinstance(value, list):
        return [without_data_urls(store, item) for item in value]
    if isinstance(value, dict):
        return {name: without_data_urls(store, item) for name, item in value.items()}
    return value


def with_urls(world: World, value: Any) -> Any:
    """The same parameters as a list shows them: each kept input behind a signed URL."""
    if isinstance(value, str) and value.startswith("blob:"):
        return world.input_url(value.removeprefix("blob:"))
    if isinstance(value, list):
        return [with_urls(world, item) for item in value]
    if isinstance(value, dict):
        return {name: with_urls(world, item) for name, item in value.items()}
    return value


def is_loopback(text: str) -> bool:
    """Whether a URL points at this machine, by plain HTTP."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        return parts.scheme == "http" and (host == "localhost" or ipaddress.ip_address(host).is_loopback)
    except ValueError:
        return False


def fetch(url: str) -> bytes:
    """What a URL of this machine holds; blocks.

    Raises:
        InputError: it could not be fetched, or is larger than ``LARGEST``.
    """
    from http.client import HTTPConnection, HTTPException

    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port or 80, timeout=10)
    try:
        connection.request("GET", f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}")
        with connection.getresponse() as response:
            status, content = response.status, response.read(LARGEST + 1)
    except (OSError, HTTPException, ValueError) as error:
        raise InputError("the file could not be fetched") from error
    finally:
        connection.close()
    if status != 200 or len(content) > LARGEST:
        raise InputError(f"the file could not be fetched: HTTP {status}, at most {LARGEST} bytes")
    return content


async def _probe(world: World, digest: str, media: str) -> Source:
    path = blob_path(world.store, digest)
    if not re.fullmatch(r"[0-9a-f]{64}", digest) or not path.is_file():
        raise InputError("the file is not there any more")
    look = _picture if media == "image" else _recording
    try:
        return await in_thread(lambda: look(f"blob:{digest}", media, path.read_bytes()))
    except Exception as error:
        # Pillow and PyAV raise some twenty kinds of exceptions over damaged files; all mean the same here.
        raise InputError(f"the file is not {_named(media)} that can be decoded") from error


def _picture(key: str, media: str, content: bytes) -> Source:
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise InputError("the picture is too large")
        picture.load()
        return Source(key, media, picture.width, picture.height)


def _recording(key: str, media: str, content: bytes) -> Source:
    import av

    with av.open(io.BytesIO(content), mode="r") as container:
        seconds = float(container.duration / av.time_base) if container.duration else None
        if media == "audio":
            next(container.decode(audio=0))
            return Source(key, media, duration=seconds)
        frame = next(container.decode(video=0))
        return Source(key, media, frame.width, frame.height, seconds)
