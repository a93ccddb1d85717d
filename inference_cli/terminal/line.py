"""The line editor of the conversation: history, search, paste as one message, completion, a line of facts below."""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TextIO, cast

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import has_focus
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import History, InMemoryHistory
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import ColorDepth, Output, create_output
from prompt_toolkit.styles import Style

from inference_cli.terminal.safe import line

if TYPE_CHECKING:
    from inference_cli.conversation.offers import Offer
    from inference_cli.terminal.remembered import Remembered
    from inference_cli.terminal.streams import Streams

LEAVE = "Ctrl-D or /exit leaves"
_MARK, _PLAIN_MARK = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} ", "> "
_STYLE = Style.from_dict({"bottom-toolbar": "noreverse dim", "prompt": "bold"})
_MENU = 7  # rows that a menu of completions gets below the line


class Editor:
    """Reads entries from a terminal.

    Args:
        streams: the terminal.
        color: whether it may have colours.
        offers: what Tab offers after a text.
        status: the line below, asked for whenever it is drawn.
        unfinished: whether Return belongs to the entry, as in an open block.
        remembered: earlier entries, and where new ones are kept; None keeps them for this conversation only.
        terminal: where keys come from and the line is drawn; the terminal of the streams if not said.
    """

    def __init__(
        self,
        streams: "Streams",
        *,
        color: bool,
        offers: "Callable[[str], Iterable[Offer]]",
        status: Callable[[], str],
        unfinished: Callable[[str], bool],
        remembered: "Remembered | None" = None,
        terminal: tuple[Input, Output] | None = None,
    ) -> None:
        self._streams, self._status, self._unfinished = streams, status, unfinished
        self._hint = ""
        self._ending: BaseException | None = None
        keys, screen = terminal or (_keys_of(streams), _screen_of(streams))
        mark = _MARK if streams.shows(_MARK) or terminal else _PLAIN_MARK
        self._session: PromptSession[str] = PromptSession(
            [("class:prompt", mark)],
            multiline=True,
            prompt_continuation="  ",
            bottom_toolbar=self._bottom,
            completer=_Completer(offers),
            complete_while_typing=False,
            reserve_space_for_menu=_MENU,
            history=_Entries(remembered) if remembered else InMemoryHistory(),
            search_ignore_case=True,
            enable_suspend=True,
            key_bindings=self._bindings(),
            style=_STYLE,
            include_default_pygments_style=False,
            color_depth=None if color else ColorDepth.DEPTH_1_BIT,
            input=keys,
            output=screen,
        )
        self._session.default_buffer.on_text_changed += self._forget_hint

    def read(self, default: str = "") -> str | None:
        """The next entry; None when the user leaves.

        Args:
            default: what stands in the line already.

        Raises:
            BaseException: what ``stop`` was given.
        """
        self._hint = ""
        try:
            return self._session.prompt(default=default, pre_run=self._end_if_stopped)
        except EOFError:
            return None

    def stop(self, error: BaseException) -> None:
        """End the reading with an error, now or as soon as it begins; safe in a signal handler."""
        self._ending = error
        app = self._session.app
        if app.is_running and app.loop is not None:
            app.loop.call_soon_threadsafe(self._end_if_stopped)

    def _end_if_stopped(self) -> None:
        app = self._session.app
        if self._ending is not None and app.future is not None and not app.future.done():
            app.exit(exception=self._ending)

    def _forget_hint(self, _buffer: object) -> None:
        self._hint = ""

    def _bottom(self) -> StyleAndTextTuples:
        text = line(self._hint or self._status())
        return [("", f"  {text}"[: max(1, self._streams.width - 1)])]

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()
        typing = has_focus(DEFAULT_BUFFER)

        @keys.add("enter", filter=typing)
        def _(event: KeyPressEvent) -> None:
            buffer = event.current_buffer
            state = buffer.complete_state
            if state is not None and state.current_completion is not None:
                buffer.complete_state = None
            elif self._unfinished(buffer.text):
                buffer.newline(copy_margin=False)
            elif buffer.text.strip():
                buffer.validate_and_handle()

        @keys.add("escape", "enter", filter=typing)
        def _(event: KeyPressEvent) -> None:
            event.current_buffer.newline(copy_margin=False)

        @keys.add("c-c", filter=typing)
        @keys.add("<sigint>")
        def _(event: KeyPressEvent) -> None:
            buffer = self._session.default_buffer
            if buffer.text:
                buffer.reset()
            else:
                self._hint = LEAVE
                event.app.invalidate()

        return keys


class _Completer(Completer):
    def __init__(self, offers: "Callable[[str], Iterable[Offer]]") -> None:
        self._offers = offers

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """What Tab offers; a name that is not safe to show is not offered."""
        del complete_event  # however it was asked for
        for offer in self._offers(document.text_before_cursor):
            if line(offer.text) == offer.text:
                yield Completion(
                    offer.text,
                    start_position=-offer.replaces,
                    display=line(offer.shown),
                    display_meta=line(offer.help),
                )


class _Entries(History):
    def __init__(self, remembered: "Remembered") -> None:
        super().__init__()
        self._remembered = remembered

    def load_history_strings(self) -> Iterator[str]:
        """Earlier entries, the last one first."""
        return self._remembered.newest_first()

    def store_string(self, string: str) -> None:
        """Keep an entry."""
        self._remembered.add(string)


class _Writer:
    """Standard output as the editor's library wants it."""

    def __init__(self, streams: "Streams") -> None:
        self._streams = streams
        self.encoding = streams.stdout.encoding

    def write(self, data: str) -> int:
        self._streams.write_stdout(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def fileno(self) -> int:
        return _descriptor(self._streams.stdout.buffer)

    def isatty(self) -> bool:
        return self._streams.stdout.terminal


class _Reader:
    """Standard input as the editor's library wants it."""

    def __init__(self, streams: "Streams") -> None:
        self._streams = streams
        self.encoding = streams.stdin.encoding

    def fileno(self) -> int:
        return _descriptor(self._streams.stdin.buffer)

    def isatty(self) -> bool:
        return self._streams.stdin.terminal


def _descriptor(buffer: object) -> int:
    return cast(TextIO, buffer).fileno()


def _keys_of(streams: "Streams") -> Input:
    if os.name != "posix":
        return create_input()
    from prompt_toolkit.input.vt100 import Vt100Input

    return Vt100Input(cast(TextIO, _Reader(streams)))


def _screen_of(streams: "Streams") -> Output:
    if os.name != "posix":
        return create_output()
    from prompt_toolkit.data_structures import Size
    from prompt_toolkit.output.vt100 import Vt100_Output

    class Screen(Vt100_Output):
        """A terminal that is never asked where its cursor is: an answer that comes late would be typed text."""

        def get_rows_below_cursor_position(self) -> int:
            """One, for the line of facts; more is made by scrolling."""
            return 1

    def size() -> Size:
        found = streams.stdout.size()
        return Size(rows=found.lines or 24, columns=found.columns or 80) if found else Size(rows=24, columns=80)

    return Screen(cast(TextIO, _Writer(streams)), size, term=streams.env.get("TERM"), enable_cpr=False)
