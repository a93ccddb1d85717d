"""The media origin: results rendered on the first GET, kept by digest, served with ranges to whoever has a good URL."""

import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from inference_cli.sandbox import faults
from inference_cli.sandbox.inputs import blob_path, write
from inference_cli.sandbox.offload import in_thread
from inference_cli.sandbox.signing import Verdict
from inference_cli.sandbox.world import World, world_of

CHUNK = 256 * 1024
_HURRIED = 50  # times as fast as by default: whoever wants a sandbox so quick waits for no fine drawing
_TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "gif": "image/gif", "mp4": "video/mp4"}
_TYPES |= {"wav": "audio/wav", "mp3": "audio/mpeg", "pcm": "audio/pcm", "ogg": "audio/ogg"}


def routes() -> list[Route]:
    """What the media origin answers."""
    return [
        Route("/results/{name}", get_result, methods=["GET", "HEAD"]),
        Route("/inputs/{name}", get_input, methods=["GET", "HEAD"]),
    ]


def file_name(digest: str, recipe: Mapping[str, Any]) -> str:
    """What a result's file is called, in the folder and in its URL."""
    return f"{digest}.{recipe['format']}"


async def get_result(request: Request) -> Response:
    """A result's bytes."""
    world, name = world_of(request), request.path_params["name"]
    refused = _refused(request, world)
    if refused is not None:
        return refused
    recipe = world.store.recipe(name.split(".")[0])
    if recipe is None or file_name(name.split(".")[0], recipe) != name:
        return _xml(404, "NoSuchKey", "There is no such key")
    path = await ensure(world, name.split(".")[0], recipe)
    kind = _TYPES[recipe["format"]]
    return faults.spoiled(request, recipe["prompt"], path, kind) or serve(request, path, kind)


async def get_input(request: Request) -> Response:
    """The bytes of an input that came inside a request."""
    world = world_of(request)
    refused = _refused(request, world)
    if refused is not None:
        return refused
    path = blob_path(world.store, request.path_params["name"])
    if not path.is_file():
        return _xml(404, "NoSuchKey", "There is no such key")
    return serve(request, path, "application/octet-stream")


def _refused(request: Request, world: World) -> Response | None:
    if "authorization" in request.headers:
        return _xml(400, "InvalidArgument", "A signed URL takes no Authorization header")
    verdict = world.signer.verdict(request.url.path, request.query_params, world.clock())
    if verdict is Verdict.GOOD:
        return None
    code = "AccessDenied" if verdict is Verdict.EXPIRED else "SignatureDoesNotMatch"
    return _xml(403, code, verdict.value)


def _xml(status: int, code: str, message: str) -> Response:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>'
    return Response(text, status, media_type="application/xml")


async def ensure(world: World, digest: str, recipe: Mapping[str, Any]) -> Path:
    """The file of a result, rendered now unless it was before.

    Films are rendered one at a time: an encoder keeps a core busy by itself.
    """
    path = world.folder / "media" / file_name(digest, recipe)
    if path.is_file():
        return path
    parts = {key: await _bytes_of(world, key) for key in _keys(recipe)}
    async with world.lock("film" if recipe["kind"] == "video" else digest):
        if not path.is_file():
            content = await in_thread(lambda: render(recipe, parts, sketched=world.speed >= _HURRIED))
            write(path, content)
    return path


def _keys(recipe: Mapping[str, Any]) -> list[str]:
    named = [recipe.get(name) for name in ("source", "mask", "last", "film")]
    return [key for key in (*named, *recipe.get("references", ())) if key]


async def _bytes_of(world: World, key: str) -> bytes:
    kind, name = key.split(":", 1)
    if kind == "blob":
        return blob_path(world.store, name).read_bytes()
    recipe = world.store.recipe(name)
    assert recipe is not None, "a recipe outlives those made from it"
    return (await ensure(world, name, recipe)).read_bytes()


def render(recipe: Mapping[str, Any], parts: Mapping[str, bytes], *, sketched: bool = False) -> bytes:
    """Make a result.

    Args:
        recipe: as ``recipes.recipe`` wrote it.
        parts: the bytes of its inputs by their keys.
        sketched: whether large films are drawn small and enlarged.
    """
    from inference_cli.sandbox import media

    if recipe["kind"] == "audio":
        return _speech(recipe)

    def part(name: str) -> bytes | None:
        key = recipe[name]
        return parts[key] if key else None

    shared = {name: recipe[name] for name in ("model", "prompt", "seed", "width", "height", "parameters")}
    if recipe["kind"] == "image":
        return media.render_image(
            media.ImageSpec(
                **shared,
                format="jpeg" if recipe["format"] == "jpg" else recipe["format"],
                quality=recipe["quality"],
                source=part("source"),
                mask=part("mask"),
                references=tuple(parts[key] for key in recipe["references"]),
            )
        )
    return media.render_film(
        media.FilmSpec(
            **shared,
            duration=recipe["duration"],
            fps=recipe["fps"],
            shots=tuple((seconds, prompt) for seconds, prompt in recipe["shots"]),
            audio=recipe["audio"],
            source=part("source"),
            last=part("last"),
            source_film=part("film"),
            sketched=sketched,
        )
    )


def _speech(recipe: Mapping[str, Any]) -> bytes:
    from inference_cli.sandbox import voice

    names = ("model", "prompt", "seed", "format", "rate", "speed", "volume", "pitch", "heard", "parameters")
    return voice.render(voice.VoiceSpec(**{name: recipe[name] for name in names}))


def byte_range(header: str | None, size: int) -> tuple[int, int] | None:
    """What a Range header asks for.

    Args:
        header: its value; several ranges, other units and nonsense count as no header (RFC 9110, section 14.2).
        size: of the whole, in bytes.

    Returns:
        The first byte and the one after the last; None for the whole.

    Raises:
        ValueError: it begins after the end.
    """
    found = re.fullmatch(r"bytes=\s*(\d*)-(\d*)\s*", header or "")
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size
        if int(last) == 0:
            raise ValueError("an empty suffix")
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
        if last and int(last) < start:
            return None
    if start >= size:
        raise ValueError("after the end")
    return start, end


def serve(request: Request, path: Path, kind: str) -> Response:
    """A file, or the range of it that was asked for; ``If-Range`` with another ETag gets the whole."""
    size, etag = path.stat().st_size, f'"{path.name.split(".")[0]}"'
    headers = {"accept-ranges": "bytes", "etag": etag, "cache-control": "private"}
    asked = request.headers.get("range") if request.headers.get("if-range", etag) == etag else None
    try:
        part = byte_range(asked, size)
    except ValueError:
        return Response(status_code=416, headers={**headers, "content-range": f"bytes */{size}"})
    start, end = part or (0, size)
    if part:
        headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
    headers["content-length"] = str(end - start)
    status = 206 if part else 200
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=kind)
    return StreamingResponse(_pieces(path, start, end), status, headers, kind)


async def _pieces(path: Path, start: int, end: int) -> AsyncIterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(start)
        left = end - start
        while left > 0 and (piece := stream.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece
