"""The bytes of what is attached to a message: inside it, or behind an address that the sandbox can reach."""

from urllib.parse import parse_qsl, urlsplit

from inference_cli.sandbox import inputs, results
from inference_cli.sandbox.inputs import InputError
from inference_cli.sandbox.offload import in_thread
from inference_cli.sandbox.signing import Verdict
from inference_cli.sandbox.world import World


async def fetch(world: World, url: str) -> bytes:
    """The bytes behind a URL: ``data:``, a result or input of the sandbox itself, or, where that is allowed, loopback.

    Raises:
        InputError: they can't be had; the sandbox has no network.
    """
    if url.startswith("data:"):
        return await in_thread(lambda: inputs.decode_data_url(url))
    if url.startswith(world.media_url + "/"):
        return await _own(world, url)
    if world.fetch_loopback and inputs.is_loopback(url):
        return await in_thread(lambda: inputs.fetch(url))
    raise InputError("the file could not be fetched: the sandbox has no network, give it a data: URL")


async def _own(world: World, url: str) -> bytes:
    parts = urlsplit(url)
    verdict = world.signer.verdict(parts.path, dict(parse_qsl(parts.query)), world.clock())
    if verdict is not Verdict.GOOD:
        raise InputError(f"the file could not be fetched: {verdict.value}")
    kind, name = parts.path.strip("/").split("/", 1)
    path = inputs.blob_path(world.store, name)
    if kind == "results":
        recipe = world.store.recipe(name.split(".")[0])
        if recipe is None:
            raise InputError("the file is not there any more")
        path = await results.ensure(world, name.split(".")[0], recipe)
    try:
        return await in_thread(path.read_bytes)
    except OSError as error:
        raise InputError("the file is not there any more") from error
