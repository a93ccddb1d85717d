"""Direct media calls: a body in, a MediaAnswer out, inline media decoded into sinks on the way."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from inference_cli.api.b64 import MARK, Scanner
from inference_cli.api.bodies import decode
from inference_cli.api.failures import Garbled
from inference_cli.api.records import MediaAnswer, Output, seconds_in

if TYPE_CHECKING:
    from inference_cli.api.client import Client
    from inference_cli.api.exchange import Answer

_LISTS = ("images", "videos", "audios", "data", "outputs", "results")
_SINGLE = ("image_url", "video_url", "audio_url", "url", "result_url")


def generate(client: "Client", operation: str, body: Mapping[str, Any], sink: Callable[[int], BinaryIO]) -> MediaAnswer:
    """POST a paid media request, once, and wait for its answer: up to 15 minutes.

    Args:
        client: where to.
        operation: the route, such as ``images.generate``.
        body: the whole request.
        sink: opens the binary file of inline output N, counted from 0; it is closed as soon as it is complete, and only
            then.

    Raises:
        UsageError: JSON cannot carry the body; nothing was sent.
        UnknownOutcomeError: the request was sent and no answer could be read; ``generation_ids`` holds ids seen in it.
        DamagedError: an inline output is not valid base64.
        OSError: a sink could not be written.
        InferenceError: the server refused it.
    """
    from inference_cli.api.exchange import DIRECT

    _, path = client.dialect.route(operation)

    def read(answer: "Answer") -> MediaAnswer:
        scanner = Scanner(sink)
        for chunk in answer.chunks(cap=None):
            scanner.feed(chunk)
        document = client.checked(answer.answered, decode(scanner.finish()))
        return media_answer(document)

    return client.perform(client.paid(path, body, total=DIRECT), read)


def media_answer(document: Any) -> MediaAnswer:
    """Read the answer of a direct call, in any of its shapes (contract, "Media, direct").

    Raises:
        Garbled: there is no output in it.
    """
    outputs = tuple(_outputs(document))
    if not outputs:
        raise Garbled("the answer holds no media")
    raw = document if isinstance(document, Mapping) else {"data": document}
    model, created = raw.get("model"), raw.get("created")
    return MediaAnswer(
        model=model if isinstance(model, str) else None,
        created=seconds_in(created),
        outputs=outputs,
        raw=dict(raw),
    )


def _outputs(document: Any) -> Iterator[Output]:
    if isinstance(document, list):
        for entry in document:
            yield from _one(entry)
    elif isinstance(document, Mapping):
        found = False
        for name in _LISTS:
            if isinstance(document.get(name), list | Mapping):
                for output in _outputs(document[name]):
                    found = True
                    yield output
        if not found:
            yield from _one(document)


def _one(entry: Any) -> Iterator[Output]:
    if isinstance(entry, str):
        entry = {"url": entry}
    if not isinstance(entry, Mapping):
        return
    inline = entry.get("b64_json")
    number = int(inline.removeprefix(MARK)) if isinstance(inline, str) and inline.startswith(MARK) else None
    url = next((found for name in _SINGLE if (found := _url(entry.get(name)))), None)
    if number is None and url is None:
        return
    prompt = entry.get("revised_prompt")
    yield Output(
        url=url if number is None else None,
        inline=number,
        revised_prompt=prompt if isinstance(prompt, str) else None,
        raw=dict(entry),
    )


def _url(value: Any) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("url")
    return value if isinstance(value, str) and value else None
