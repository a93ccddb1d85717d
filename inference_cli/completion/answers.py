"""What TAB offers where no script can know it: models, parameters, their values, generations, conversations, profiles.

``inference __complete KIND words WORD…`` (or ``line LINE``) prints a candidate a line, a description behind a tab.
This is a start of the program on every TAB, so nothing is imported that can be done without, nothing is asked over the
network, and nothing is written.
"""

import os

from inference_cli.completion import profiles
from inference_cli.completion.folders import folder
from inference_cli.completion.line import Line, split
from inference_cli.completion.snapshot import Snapshot, file_of, is_offerable, shown

_YES = {"1", "true", "yes", "on"}
_MAKES = {"image": {"image"}, "video": {"video"}, "audio": {"audio"}, "chat": {"text"}, "submit": {"image", "video"}}
_MOST_GENERATIONS = 50
_MOST_CONVERSATIONS = 50
_ENDED = ("succeeded", "downloaded", "failed", "cancelled", "vanished")
_IMAGES = ("--image", "-i", "--first-frame")

Candidate = tuple[str, str]


def answer(arguments: list[str], env: dict[str, str], cwd: str) -> str:
    """The candidates for a command line, a line each; none for one that cannot be understood.

    Args:
        arguments: a kind, then ``words`` and the words after the program's name, or ``line`` and the line with it. The
            last word is the one at the cursor.
        env: the environment.
        cwd: the working folder, where the search for a project file starts.

    Raises:
        Exception: of any kind, for the caller to keep quiet about.
    """
    kind, form, *rest = arguments
    words = split(rest[0])[1:] if form == "line" else rest
    asked = _Asked(Line(words or [""]), env, cwd)
    ways = {
        "model": asked.models,
        "parameter": asked.parameters,
        "generation": asked.generations,
        "conversation": asked.conversations,
        "profile": asked.profiles,
    }
    return "".join(_row(word, shown(meaning)) for word, meaning in ways[kind]() if is_offerable(word))


class _Asked:
    """One question: the line, and whose settings it is about."""

    def __init__(self, line: Line, env: dict[str, str], cwd: str) -> None:
        self._line = line
        self._cwd = cwd
        self._env = env
        self._folder = os.path.join(folder("cache", env), "completion")
        self._profiles = profiles.read(self._folder, os.path.join(folder("config", env), "config.toml"))

    # ------------------------------------------------------------------------------------------ settings

    def _profile(self) -> str:
        """The profile in force, chosen as ``profile/settings.py`` does."""
        if self._line.has("--sandbox"):
            return profiles.SANDBOX
        named = self._line.value("--profile")
        if named:
            return named
        if self._env.get("INFERENCE_SANDBOX", "").strip().lower() in _YES:
            return profiles.SANDBOX
        return self._env.get("INFERENCE_PROFILE", "").strip() or self._profiles.active

    def _origin(self) -> str:
        profile = self._profile()
        if profile == profiles.SANDBOX:
            return profiles.SANDBOX_ORIGIN
        given = [self._line.value("--base-url"), *map(self._env.get, ("INFERENCE_BASE_URL", "OXEN_BASE_URL"))]
        url = next((url for url in given if url and url.strip()), "")
        return profiles.origin_of(url) if url else self._profiles.origins.get(profile, profiles.DEFAULT_ORIGIN)

    def _snapshot(self) -> Snapshot:
        return Snapshot(file_of(self._folder, self._profile(), self._origin()))

    def _aliases(self, of_project: dict[str, str]) -> dict[str, str]:
        return self._profiles.aliases.get(self._profile(), {}) | of_project

    # ------------------------------------------------------------------------------------------ answers

    def profiles(self) -> list[Candidate]:
        """Every profile, with where it leads."""
        return list(self._profiles.origins.items())

    def models(self) -> list[Candidate]:
        """The models that the command can use, and the aliases of them."""
        wanted = {output for word in self._line.command for output in _MAKES.get(word, ())}
        rows = self._snapshot().models()
        unfit = {name for name, outputs, _ in rows if wanted and outputs and wanted.isdisjoint(outputs.split(","))}
        aliases = self._aliases(profiles.in_project(self._cwd)[0])
        offered = [(alias, f"alias of {model}") for alias, model in aliases.items() if model not in unfit]
        return offered + [(name, meaning) for name, _, meaning in rows if name not in unfit]

    def parameters(self) -> list[Candidate]:
        """The parameters of the model that are not given yet, or the values of the one that is being typed."""
        snapshot = self._snapshot()
        rows = snapshot.parameters(self._model(snapshot))
        name, sign, _ = self._line.typed("-p", "--param").partition("=")
        if sign:
            return [(f"{name}={value}", "") for row in rows if row[0] == name for value in row[2:]]
        given = {word.partition("=")[0].partition(":")[0] for word in self._line.values("-p", "--param")}
        return [(f"{row[0]}=", row[1]) for row in rows if row[0] not in given or row[1].startswith("list")]

    def _model(self, snapshot: Snapshot) -> str:
        """The model that the command would use; empty where it would ask for one."""
        of_project, models_of_project = profiles.in_project(self._cwd)
        aliases = self._aliases(of_project)
        named = self._line.value("-m", "--model")
        if not named and not self._line.has("--video"):
            work = self._work()
            variable = self._env.get(f"INFERENCE_MODEL_{work.upper()}", "").strip()
            of_profile = self._profiles.models.get(self._profile(), {})
            named = variable or (snapshot.defaults() | of_profile | models_of_project).get(work, "")
        return aliases.get(named, named)

    def _work(self) -> str:
        """The kind of work, by which default models are named."""
        kind = (self._line.command or ("",))[0]
        with_image = {"image": "edit", "video": "image_to_video"}
        return with_image.get(kind, kind) if self._line.has(*_IMAGES) else kind

    def generations(self) -> list[Candidate]:
        """The latest generations of this machine's journal, newest first, whole; ``last`` is the first of them."""
        from inference_cli.completion.journal import latest

        rows = latest(os.path.join(folder("state", self._env), "journal.sqlite3"), self._origin(), _MOST_GENERATIONS)
        found = [(name, f"{state}  {prompt or model or ''}", state) for name, state, prompt, model in rows]
        offered = [("last", f"the latest, {meaning}", state) for _, meaning, state in found[:1]] + found
        ended = _ENDED if "cancel" in self._line.command else ()
        return [(name, meaning) for name, meaning, state in offered if state not in ended]

    def conversations(self) -> list[Candidate]:
        """The latest conversations of the log, newest first, whole; ``last`` is the first of them."""
        from inference_cli.completion.journal import talks

        file = os.path.join(folder("data", self._env), "conversations.sqlite3")
        rows = talks(file, self._origin(), _MOST_CONVERSATIONS)
        offered = [("last", f"the latest, {model}  {first}") for _, model, first in rows[:1]]
        return offered + [(name, f"{model}  {first}") for name, model, first in rows]


def _row(word: str, meaning: str) -> str:
    return f"{word}\t{meaning}\n" if meaning else f"{word}\n"
