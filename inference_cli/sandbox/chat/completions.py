"""The route: a chat's messages in, an answer out, paid by the token.

``POST /chat/completions`` in the 2026-04 generation of the API, ``POST /ai/chat/completions`` in the current one, as an
OpenAI client uses them (contract, "Chat"). What a prompt may ask for is in ``demands``.

Charged are the tokens of the request and of the answer, by the sandbox's own count; of a stream that ends early, or
that the client leaves, only those of the answer that were sent. A request that is refused costs nothing.
"""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from inference_cli.sandbox import bodies, faults, orders
from inference_cli.sandbox.catalogue import Entry
from inference_cli.sandbox.chat import demands, looking, messages, terms, tokens
from inference_cli.sandbox.chat.answer import Answer
from inference_cli.sandbox.chat.answers import Question, answer
from inference_cli.sandbox.chat.documents import Chunks, Frame, completion, usage
from inference_cli.sandbox.chat.parts import wrong
from inference_cli.sandbox.chat.stream import Settled, Streaming
from inference_cli.sandbox.offload import in_thread
from inference_cli.sandbox.pricing import MICRO, price_of_tokens
from inference_cli.sandbox.refusals import INVALID, UNKNOWN, Refusal, is_older
from inference_cli.sandbox.schema.instances import ImpossibleError
from inference_cli.sandbox.world import DAY, World, world_of


def routes(prefix: str) -> list[Route]:
    """The route below a prefix."""
    return [Route(f"{prefix}/chat/completions", complete, methods=["POST"])]


async def complete(request: Request) -> Response:
    """Answer a chat.

    Raises:
        Refusal: it can't be.
    """
    world = world_of(request)
    body = await bodies.read_body(request)
    entry = orders.model_of(world, body)
    if "text" not in entry.outputs:
        raise wrong(f"Model {entry.id} does not support chat completions")
    talk = messages.read(body)
    looking.check_kinds(entry, talk)
    asked = await in_thread(lambda: terms.read(entry, body))
    prompt = {"prompt": talk.asked.text}
    spoiled = faults.before_accepting(world, request, prompt)
    if spoiled is not None:
        return spoiled
    seen = await looking.look(world, talk)
    wanted = demands.read(talk.asked.text)
    question = Question(str(body["model"]), talk, seen, asked, wanted, _spoils(world, wanted, talk.asked.text))
    try:
        whole = await in_thread(lambda: answer(question))
    except ImpossibleError as error:
        raise wrong(f"the JSON Schema cannot be satisfied: {error}") from error
    return await _send(request, body, entry, question, whole)


def _spoils(world: World, wanted: demands.Demands, prompt: str) -> bool:
    """Whether JSON is to be wrong; ``lapse`` is remembered with what was busy once."""
    if "lapse" in wanted.words and f"lapse {prompt}" not in world.busy:
        world.busy.add(f"lapse {prompt}")
        return True
    return "badjson" in wanted.words


async def _send(request: Request, body: Mapping[str, Any], entry: Entry, question: Question, whole: Answer) -> Response:
    world = world_of(request)
    older = is_older(request.url.path, world.api)
    prompt = {"prompt": question.talk.asked.text}
    into = _weight(body, question)
    _fail_on_demand(prompt)
    cost = _cost(entry, into, whole.tokens)
    if "credits" in question.demands.words or not world.store.spend(cost):
        raise Refusal(400 if older else 402, UNKNOWN, "Insufficient credits: add credits to your account to go on")
    dropped = faults.after_accepting(request, prompt)
    if dropped is not None:
        return dropped
    frame = Frame(f"chatcmpl-{uuid.uuid4().hex}", int(world.clock()), question.model)
    if not question.terms.streams:
        await _wait(world, question, whole)
        used = usage(into, whole.tokens, whole.reasoning_tokens())
        return JSONResponse(completion(frame, whole, used))
    streaming = Streaming(
        world=world,
        answer=whole,
        chunks=Chunks(frame, with_usage=question.terms.with_usage),
        into=into,
        with_usage=question.terms.with_usage,
        pace=question.demands.pace,
        interruption=request.scope.get("sandbox.interruption") or question.demands.interruption,
        undone="undone" in question.demands.words,
        older=older,
        abort=lambda: faults.abort(request),
        settle=lambda sent: _give_back(world, cost - _cost(entry, into, sent)),
    )
    return Settled(streaming)


def _fail_on_demand(prompt: Mapping[str, Any]) -> None:
    message = faults.failure(prompt, 0)
    if message is not None and message != faults.EXPIRED:
        raise Refusal(400, INVALID if message == faults.MODERATED else UNKNOWN, message)


async def _wait(world: World, question: Question, whole: Answer) -> None:
    """The time that a whole answer takes to be written."""
    if "stuck" in question.demands.words:
        await world.sleep(DAY)
        raise Refusal(400, UNKNOWN, faults.EXPIRED)
    if question.demands.pace is not None:
        await world.sleep(whole.tokens / (question.demands.pace * world.speed))


def _give_back(world: World, cost: int) -> None:
    if cost > 0:
        world.store.spend(-cost)


def _cost(entry: Entry, into: int, out: int) -> int:
    """The price in micro-dollars."""
    return int(price_of_tokens(entry.pricing, into, out) / MICRO)


def _weight(body: Mapping[str, Any], question: Question) -> int:
    """How many tokens the request has: texts, calls, attachments, tools and schema."""
    count = sum(tokens.PER_MESSAGE + tokens.count(turn.text) for turn in question.talk.turns)
    count += sum(one.tokens for facts in question.seen for one in facts)
    rest = [row["tool_calls"] for row in body["messages"] if row.get("tool_calls")]
    rest += [body[name] for name in ("tools", "response_format") if body.get(name)]
    return count + sum(tokens.count(json.dumps(part)) for part in rest)
