"""One input for a command that reads answers: the recorded ones with something changed, on a machine of its own."""

import random
import shutil
from pathlib import Path

from tests.support.fuzz.invariants import broken
from tests.support.fuzz.recorded import Player, Talk, filled, signed_in


def play(talk: Talk, rng: random.Random, folder: Path) -> list[str]:
    """Run a command with one of its answers mutated.

    Args:
        talk: the command as it was recorded.
        rng: decides what is changed, and whether the streams are terminals.
        folder: made for this input, and removed.

    Returns:
        What was wrong.
    """
    terminal = rng.random() < 0.5
    player = Player(talk, rng, rng.choice(list(talk.answers)))
    folder.mkdir()
    try:
        program = signed_in(folder, player, older=talk.older)
        look = rng.choice((("NO_COLOR", "1"), ("TERM", "dumb"), ("TERM", "xterm-256color")))
        program.env = {**program.env, look[0]: look[1], "COLUMNS": rng.choice(("20", "80", "200"))}
        arguments = filled(talk.arguments, out=f"{folder}/out/")
        done = program(*arguments, stdin=talk.stdin, terminal=terminal)
        found = broken(done, program.home, terminal=terminal)
        if player.accepted > talk.paid:
            found.append(f"{player.accepted} paid requests instead of {talk.paid}")
        if done.code in {2, 3, 4, 5, 6, 7} and player.accepted:
            found.append(f"exit {done.code} although a paid request may have been accepted")
        strangers = sorted(path.name for path in folder.iterdir() if path.name not in {"home", "work", "out"})
        return found + [f"a file outside of the folder: {name}" for name in strangers]
    finally:
        shutil.rmtree(folder)
