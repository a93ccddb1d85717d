"""What a server may send to steer a terminal, and every place in which it may send it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.support.account import CLAUDE, FOX, Account, Made
from tests.support.host import document
from tests.support.invariants import MARK
from tests.support.talker import USAGE, called, chunk, events

CORPUS = {
    "places": f"\x1b[{MARK};1H\x1b[2;{MARK}J\x1b[{MARK}A",
    "questions": f"\x1b[6;{MARK}n\x1b[0;{MARK}c\x1b[6n",
    "colours": f"\x1b[31;{MARK}m",
    "titles": f"\x1b]0;{MARK}\x07\x1b]2;{MARK}\x1b\\",
    "folder": f"\x1b]7;file://host/{MARK}\x07",
    "link": f"\x1b]8;;https://evil.example/{MARK}\x1b\\click\x1b]8;;\x1b\\",
    "clipboard": f"\x1b]52;c;{MARK}\x07",
    "picture": f"\x1b]1337;File=inline=1:{MARK}\x07",
    "progress": f"\x1b]9;4;1;{MARK}\x07",
    "notice": f"\x1b]777;notify;{MARK};b\x1b\\",
    "device control": f"\x1bP$q{MARK}m\x1b\\\x1bP+q544e\x1b\\",
    "commands": f"\x1b_G{MARK}\x1b\\\x1b^{MARK}\x1b\\\x1bX{MARK}\x1b\\",
    "reset": "\x1bc",
    "letters": "\x0e\x0f\x1b(0\x1bN",
    "C1": f"\x9b{MARK}m\x9d0;{MARK}\x9c\x90q\x9c\x84\x85\x98\x9e\x9f",
    "overwriting": "safe\rEVIL\b\b\x07\x7f\x00\x0b\x0c",
    "directions": "\u202eabc\u202c\u2066x\u2069\u200e\u200f\u061c\u202a",
    "unseen": "a\u200bb\ufeffc\u2060d\u200d",
    "tags": "\U000e0041\U000e0042\U000e007f",
    "selectors": "x" + "\ufe01\U000e0100" * 4,
    "halves": "\ud800\udc80",
    "separators": "a\u2028b\u2029c",
    "markup": "[/foo] [link=https://evil.example]x[/link] [red]y[/red] :smile:",
}
"""Texts by what they would do; parameters are ``MARK`` where the program itself writes such a sequence."""

ATTACK = " ".join(CORPUS.values())
"""All of it in one text."""

MARKDOWN = """# {} heading

*{}* **{}** `{}` ~~{}~~

```{}
{}
```

    {}

| {} | b |
|---|---|
| {} | `{}` |

[{}](https://example.com/{} '{}')

<https://example.com/{}> ![{}]({})

- {}
  1. {}
     > {}

<b>{}</b> &#27;[31m &#x9b;31m

{}
"""
"""A place for a text in every part of Markdown."""


def in_markdown(attack: str) -> str:
    """An answer that has it everywhere."""
    return MARKDOWN.replace("{}", attack)


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the server controls: how it is filled, and the command line that shows it."""

    name: str
    arguments: tuple[str, ...]
    fill: Callable[[Account], object]


_KEEP = {"object", "endpoint", "method", "status", "id", "generation_id", "result_url", "type", "media_type"}
"""Words that something is decided by: one that is not understood hides the others, so that each is filled alone."""


def filled(content: Any, *, keep: frozenset[str] = frozenset(_KEEP), attack: str = ATTACK) -> Any:
    """A document with an attack at the end of every text in it, names of fields included."""
    if isinstance(content, str):
        return f"{content} {attack}"
    if isinstance(content, list):
        return [filled(one, keep=keep, attack=attack) for one in content]
    if isinstance(content, dict):
        more = {f"more {attack}": attack}
        return {
            **{
                name: value if name in keep else filled(value, keep=keep, attack=attack)
                for name, value in content.items()
            },
            **more,
        }
    return content


def places() -> Iterator[Place]:
    """Every one of them."""
    yield from _of_models()
    yield from _of_generations()
    yield from _of_errors()
    yield from _of_chats()


def _of_models() -> Iterator[Place]:
    shown = (("models", "list"), ("models", "search", "fox"), ("models", "show", FOX), ("models", "params", FOX))

    def every(account: Account) -> None:
        rows = []
        for one in account.models:
            schema = one["request_schema"]
            odd = filled({**one, "description": "d", "summary": "s", "tags": ["t"], "deployment": {"status": "up"}})
            if schema:
                properties = {
                    **schema["properties"],
                    "style": {"type": "string", "enum": ["a", ATTACK], "default": ATTACK, "description": ATTACK},
                    ATTACK: {"type": ATTACK, "title": ATTACK},
                }
                odd["request_schema"] = {**schema, "properties": properties, "description": ATTACK}
            rows.append(odd)
        account.models = rows

    for arguments in shown:
        yield Place("models", arguments, every)
    for name in ("id", "endpoint", "object", "display_name"):

        def one(account: Account, name: str = name) -> None:
            account.models = [{**row, name: f"{row.get(name)}{ATTACK}"} for row in account.models]

        yield Place(f"model {name}", ("models", "list"), one)

    def deployment(account: Account) -> None:
        status = {"status": ATTACK, "state": ATTACK, "message": ATTACK, "type": ATTACK}
        account.models = [
            {**row, "deployment": status, "deployment_status": ATTACK, "state": ATTACK} for row in account.models
        ]

    yield Place("deployment", ("models", "show", FOX), deployment)
    yield Place("deployment", ("models", "list"), deployment)


def _of_generations() -> Iterator[Place]:
    commands = (
        ("queue", "list"),
        ("queue", "show", "gen-0001-canary"),
        ("queue", "wait", "gen-0001-canary", "--timeout", "20s"),
        ("history", "list"),
        ("history", "show", "gen-0001-canary"),
        ("history", "spend"),
    )
    for field in ("", "status", "media_type", "generation_id", "result_url", "error_message"):

        def fill(account: Account, field: str = field) -> None:
            identity = account.make({"model": FOX, "prompt": "fox", "seed": 7})
            row = account.made[identity].row
            other = {**row, field: f"{row[field] or ''}{ATTACK}"} if field else filled({**row, "error_message": "e"})
            if field == "error_message":
                other |= {"status": "failed", "result_url": None}
            account.made[identity] = Made(other)

        for arguments in commands:
            yield Place(f"generation {field or 'texts'}", arguments, fill)
    for field in ("status", "media_type", "error_message"):

        def while_waiting(account: Account, field: str = field) -> None:
            def odd(answer: bytes) -> Any:
                from tests.support.faultd import Step

                return Step(
                    (document({"generation_id": "gen-0001-canary", "status": "processing", field: ATTACK}),), "close"
                )

            account.script("GET /api/ai/queue/*", odd, odd)
            account.script("GET /api/ai/generations/*", odd)

        yield Place(f"waiting {field}", ("image", "a fox", "-m", FOX, "-o", "f.png", "--queue"), while_waiting)


def _of_errors() -> Iterator[Place]:
    from tests.support.faultd import Step, http

    error = {"type": "t", "title": "x", "detail": "d", "message": "m", "code": "c", "param": "p"}
    forms: list[Any] = [
        {"error": dict.fromkeys(error, ATTACK)},
        {"error": ATTACK},
        {"errors": [ATTACK, {"message": ATTACK, "loc": [ATTACK]}]},
        {"detail": [{"loc": ["body", ATTACK], "msg": ATTACK, "type": ATTACK}]},
        {"status": "error", "status_message": ATTACK, "status_description": ATTACK},
        {"message": ATTACK},
        f"<html><title>{ATTACK}</title>".encode("utf-8", "replace"),
    ]
    for status in ("400 Bad Request", "402 No", "404 No", "429 No", "500 Broken", "200 OK"):
        for place, form in enumerate(forms):

            def fill(account: Account, form: Any = form, status: str = status) -> None:
                account.always("POST /api/ai/images/generate", Step((document(form, status, x_request_id=_HEADER),)))

            yield Place(f"error {status[:3]} {place}", ("image", "a fox", "-m", FOX, "-o", "f.png"), fill)

    def reason(account: Account) -> None:
        answer = http("418 " + _HEADER, b"{}", headers=[("Content-Type", _HEADER), ("Server", _HEADER)])
        account.always("GET /api/ai/queue", Step((answer,)))

    yield Place("reason", ("queue", "list"), reason)
    yield Place("headers", ("--debug-http", "queue", "list"), reason)

    def moved(account: Account) -> None:
        account.always(
            "GET /api/ai/queue", Step((http("302 Found", headers=[("Location", f"https://evil/{_HEADER}")]),))
        )

    yield Place("location", ("queue", "list"), moved)


_HEADER = f"x\x1b[31;{MARK}m\x9b{MARK}m\x07\x08y"  # what h11 lets pass of it; the rest is refused as no HTTP


def _of_chats() -> Iterator[Place]:
    ask = ("chat", "hello", "-m", CLAUDE)

    def said(**delta: Any) -> Callable[[Account], None]:
        def fill(account: Account) -> None:
            account.chat = events([chunk({"content": "a"}), chunk(delta), chunk({}, finish="stop", usage=USAGE)])

        return fill

    yield Place("chat text", ask, said(content=in_markdown(ATTACK)))
    yield Place("chat text without colour", ("--no-color", *ask), said(content=in_markdown(ATTACK)))
    yield Place("chat reasoning", ask, said(reasoning_content=ATTACK))
    yield Place("chat refusal", ask, said(refusal=ATTACK))
    yield Place("chat at once", (*ask, "--no-stream"), said(content=in_markdown(ATTACK)))
    yield Place("chat extract", (*ask, "-x"), said(content=f"\n```\n{ATTACK}\n```"))
    yield Place("chat json", (*ask, "--json"), said(content=ATTACK))
    yield Place("chat jq", (*ask, "--jq", ".choices[0].message.content"), said(content=ATTACK))
    yield Place("chat events", (*ask, "--events"), said(content=ATTACK))
    yield Place("chat columns", (*ask, "-m", CLAUDE), said(content=in_markdown(ATTACK)))

    def whole(content: dict[str, Any]) -> Callable[[Account], None]:
        def fill(account: Account) -> None:
            account.chat = events([chunk({"content": "a"}), content])

        return fill

    yield Place("chat finish", (*ask, "-u"), whole(chunk({}, finish=ATTACK)))
    yield Place("chat usage", (*ask, "-u"), whole({"choices": [], "usage": {"prompt_tokens": ATTACK, ATTACK: ATTACK}}))
    yield Place("chat model", (*ask, "-u"), whole({**chunk({}, finish="stop"), "model": ATTACK, "id": ATTACK}))
    yield Place("chat error", ask, whole({"error": {"message": ATTACK, "type": ATTACK, "code": ATTACK}}))

    def tool(account: Account) -> None:
        from tests.support.faultd import Step, http

        answer = http(
            body=called((ATTACK, {ATTACK: ATTACK})), headers=[("Content-Type", "text/event-stream")], length=None
        )
        account.script("POST /api/ai/chat/completions", Step((answer,)))

    yield Place("chat tool", (*ask, "-T", "time"), tool)
