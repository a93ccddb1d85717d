"""Every command that reads an answer of the API, as the fuzzer runs it."""

from tests.support.fuzz.recorded import Recipe

_IMAGE = ("-m", "ideogram-v4", "-p", "image_size=square", "--seed", "7", "-y", "-o", "{out}")
_FILM = (
    "-m",
    "wan-ai-wan2-1-t2v-14b-diffusers",
    "-p",
    "width=64",
    "-p",
    "height=64",
    "-p",
    "num_frames=6",
    "-y",
    "-o",
    "{out}",
)
_SUBMIT = ("queue", "submit", "a red fox", *_IMAGE)
_PATIENCE = ("--timeout", "90s")

RECIPES = (
    Recipe("models list", ("models", "list")),
    Recipe("models list older", ("models", "list", "--output", "image"), older=True),
    Recipe("models list json", ("models", "list", "--json", "--sort", "price")),
    Recipe("models search", ("models", "search", "kling")),
    Recipe("models show", ("models", "show", "kling-video-v2-6-pro-text-to-video")),
    Recipe("models show older", ("models", "show", "qwen-image-edit"), older=True),
    Recipe("models params", ("models", "params", "ideogram-v4")),
    Recipe("models favorite", ("models", "favorite", "ideogram-v4")),
    Recipe("models activate", ("models", "activate", "ideogram-v4", "--timeout", "5m")),
    Recipe("image direct", ("image", "a red fox", *_IMAGE)),
    Recipe("image inline", ("image", "a red fox", *_IMAGE, "--response-format", "b64_json")),
    Recipe("image older", ("image", "a red fox", *_IMAGE), older=True),
    Recipe("image queue", ("image", "a red fox", *_IMAGE, "--queue", "-n", "2", *_PATIENCE)),
    Recipe("image dry run", ("image", "a red fox", *_IMAGE, "--dry-run", "--json")),
    Recipe("video", ("video", "a red fox", *_FILM, *_PATIENCE)),
    Recipe("video direct", ("video", "a red fox", *_FILM, "--sync")),
    Recipe("queue submit", _SUBMIT),
    Recipe("queue list", ("queue", "list", "--status", "succeeded"), (_SUBMIT,)),
    Recipe("queue list json", ("queue", "list", "--status", "succeeded", "--json"), (_SUBMIT, _SUBMIT)),
    Recipe("queue show", ("queue", "show", "{id}"), (_SUBMIT,)),
    Recipe("queue wait", ("queue", "wait", "{id}", "-o", "{out}", *_PATIENCE), (_SUBMIT,)),
    Recipe("queue download", ("queue", "download", "{id}", "-o", "{out}"), (_SUBMIT,)),
    Recipe("queue cancel", ("queue", "cancel", "{id}"), (_SUBMIT,)),
    Recipe("history list", ("history", "list"), (_SUBMIT, _SUBMIT)),
    Recipe("history list json", ("history", "list", "--json", "--all"), (_SUBMIT,)),
    Recipe("history show", ("history", "show", "{id}"), (_SUBMIT,)),
    Recipe("history spend", ("history", "spend", "--by", "model"), (_SUBMIT, _SUBMIT)),
    Recipe("chat stream", ("chat", "hello there", "-u")),
    Recipe("chat whole", ("chat", "hello there", "--no-stream", "-u")),
    Recipe("chat json", ("chat", "hello there", "--json")),
    Recipe("chat markdown", ("chat", "sandbox:markdown sandbox:reasoning")),
    Recipe("chat schema", ("chat", "a fox", "--schema", "name, age int")),
    Recipe("chat older", ("chat", "hello there"), older=True),
    Recipe("auth status", ("auth", "status")),
)
