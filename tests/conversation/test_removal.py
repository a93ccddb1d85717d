"""Conversations taken out of the log."""

from pathlib import Path

from inference_cli.conversation.removal import Removed, remove
from inference_cli.conversation.shelf import Chosen, listed
from tests.support.talks import MODEL, attachment, log_in, outcome, talk, user


def test_attachments_go_with_the_last_that_has_them(tmp_path: Path) -> None:
    """A file that another conversation refers to stays, until that goes too."""
    own, shared = attachment(b"\x89PNG\r\n\x1a\nown" * 9), attachment()
    with log_in(tmp_path) as log:
        ids = []
        for pictures in ([own, shared], [shared]):
            identity = log.begin(model=MODEL)
            turn = log.asked(
                identity, model=MODEL, messages=[user("what?", *pictures)], parameters={}, attachments=pictures
            )
            log.answered(turn, outcome("a fox"), cost=None)
            ids.append(identity)
        kept = talk(log, ("hello", "hi"))
        assert remove(log, [ids[0], ids[0], "none"]) == Removed((ids[0],), 1, 1)
        assert log.blobs.path(own.sha256 or "") is None
        assert log.blobs.read(shared.sha256 or "") is not None
        assert remove(log, [ids[1]]) == Removed((ids[1],), 1, 1)
        assert log.blobs.path(shared.sha256 or "") is None
        assert [row.id for row in listed(log, Chosen())] == [kept]
        assert remove(log, []) == Removed((), 0, 0)


def test_what_was_said_is_not_left_in_the_file(tmp_path: Path) -> None:
    """Overwritten, not only marked as free; neither in the write-ahead log."""
    with log_in(tmp_path) as log:
        identity = talk(log, ("a canary in here", "the canary answers"))
        talk(log, ("stay", "yes"))
        remove(log, [identity])
        assert b"canary" not in b"".join(path.read_bytes() for path in tmp_path.glob("conversations.sqlite3*"))
        assert b"stay" in b"".join(path.read_bytes() for path in tmp_path.glob("conversations.sqlite3*"))
