"""Where an answer goes: to the screen or a pipe as it comes, or when it is whole, as JSON, an extract, or a file."""

from functools import partial
from typing import TYPE_CHECKING

from inference_cli.cli.answering import Asked, Savings, begin, end, ending, explained, misfit, run, so_far, told_of
from inference_cli.cli.interrupting import deferred, interruptible
from inference_cli.errors import InferenceError, Interrupted, LocalError
from inference_cli.terminal.views import View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from inference_cli.cli.asking import Question
    from inference_cli.cli.chat_flags import ChatFlags
    from inference_cli.cli.paying import Purse
    from inference_cli.cli.session import Session
    from inference_cli.cli.tooling import Tools
    from inference_cli.conversation.log import Log
    from inference_cli.jobs.naming import OutputSpec

_SHORT = 8  # characters of an id in a name


class Delivery:
    """Asks one question and brings its answer to where the flags want it.

    Args:
        session: the run.
        flags: what was typed.

    Raises:
        UsageError: the place of ``-o`` cannot be written; nothing was sent.
    """

    def __init__(self, session: "Session", flags: "ChatFlags") -> None:
        self._session, self._flags = session, flags
        self._file: OutputSpec | None = None
        if flags.output is not None and flags.output != "-":
            from inference_cli.jobs import naming, target

            wanted = naming.OutputSpec(target=flags.output, force=flags.force, no_clobber=flags.no_clobber)
            self._file = target.prepare(wanted)

    def run(self, question: "Question", purse: "Purse", log: "Log | None", tools: "Tools | None") -> None:
        """Ask and deliver.

        Raises:
            InferenceError: what went wrong, after everything that came was shown or kept.
        """
        flags = self._flags
        if self._file is not None and self._is_there(self._file, question):
            self._session.output.note("  A file of that name is there, and stays. Nothing was sent.")
            return
        formed = question.schema is not None
        self._as_it_comes = not (
            flags.wants_document or flags.events or self._file or flags.extract or flags.extract_last or formed
        )

        def answer(question: "Question") -> Asked:
            return self._answered(question, purse, log, tools)

        asked, error = self._fitting(question, answer) if formed else (answer(question), None)
        if asked.error is not None:
            error = explained(asked.error, asked)
        error = ending(error, asked.unkept)
        try:
            unsaved = self._deliver(question, asked, error)
        except LocalError as failed:  # standard output
            unsaved = explained(failed, asked)
        error = ending(error, unsaved)
        if error is not None:
            raise error

    def _is_there(self, spec: "OutputSpec", question: "Question") -> bool:
        from inference_cli.jobs.naming import Place
        from inference_cli.jobs.target import is_there

        return is_there(Place(spec, 1, 1, model=question.model, prompt=self._flags.prompt))

    def _fitting(
        self, question: "Question", answer: "Callable[[Question], Asked]"
    ) -> tuple[Asked, InferenceError | None]:
        """Ask, and while the answer does not fit the schema ask again, as often as is allowed; each costs."""
        from inference_cli.conversation.schemas import faults

        assert question.schema is not None
        times = 0
        before: Asked | None = None
        wrong: Sequence[str] = ()
        while True:
            try:
                asked = answer(question)
            except InferenceError as error:
                if before is None:
                    raise
                return before, ending(self._misfit(wrong, times - 1, hopeless=True), error)
            outcome = asked.turn.outcome
            if before is not None and asked.error is not None and not outcome.text:
                fault = self._misfit(wrong, times - 1, hopeless=True)
                return before, ending(fault, asked.error, asked.unkept)
            wrong = faults(outcome.text, question.schema) if asked.error is None and outcome.complete else ()
            if not wrong:
                return asked, None
            if times == self._flags.retry_schema:
                return asked, self._misfit(wrong, times)
            times, before = times + 1, asked
            self._session.output.warn(f"the answer does not fit the schema ({wrong[0]}); asking again")
            question = question.going_on([*outcome.new_messages, told_of(wrong)], asked.conversation)

    def _misfit(self, wrong: "Sequence[str]", asked_again: int, *, hopeless: bool = False) -> InferenceError:
        where = "in the file" if self._file else "on stdout"
        return misfit(wrong, asked_again=asked_again, hopeless=hopeless, where=where)

    def _answered(self, question: "Question", purse: "Purse", log: "Log | None", tools: "Tools | None") -> Asked:
        flags, session = self._flags, self._session
        asked = begin(
            session,
            question,
            purse,
            log=log,
            toolbox=tools.box if tools else None,
            approve=tools.approve if tools else None,
            rounds=flags.tool_rounds,
        )
        text = self._as_it_comes and not flags.no_stream
        savings = None if log is None else Savings(session.clock, partial(so_far, asked, log))
        try:
            view = View(session.output, session.clock, text=text, reasoning=not flags.hide_reasoning)
            with view, interruptible():
                run(asked, view.show, savings)
        except Interrupted as stopped:  # between two steps of ours, or in the last write
            asked.error = asked.error or stopped
        finally:
            self._end(asked, log)
        return asked

    @staticmethod
    def _end(asked: Asked, log: "Log | None") -> None:
        """Keep what came, whatever signal arrives meanwhile."""
        try:
            with deferred():
                end(asked, log)
        except Interrupted as stopped:
            asked.error = asked.error or stopped

    def _deliver(self, question: "Question", asked: Asked, error: InferenceError | None) -> InferenceError | None:
        """Bring the answer to its place; why it could not be a file, if so."""
        unsaved: InferenceError | None = None
        flags, output = self._flags, self._session.output
        outcome = asked.turn.outcome
        answered = asked.answered(question.model, error)
        text = outcome.text
        if question.schema is not None and outcome.complete:
            from inference_cli.conversation import fitting

            text = fitting.answer(text)  # JSON, for what reads JSON; the log has it as it came
        if flags.events:
            from inference_cli.terminal.answers import answer_event
            from inference_cli.terminal.documents import dumped

            output.result(dumped(answer_event(answered)))
        elif flags.wants_document:
            from inference_cli.terminal.answers import chat_document

            output.document(chat_document(answered))
        elif self._file is not None:
            try:
                self._save(self._file, question.model, asked, text)
            except LocalError as failed:
                unsaved = failed
                self._elsewhere(asked, failed)
        elif flags.extract or flags.extract_last:
            self._show(self._extracted(outcome.text))
        elif not self._as_it_comes or flags.no_stream:
            self._show(text, formed=question.schema is not None)
        self._tell(asked)
        return unsaved

    def _elsewhere(self, asked: Asked, failed: LocalError) -> None:
        """An answer that could not be written to its file: it is in the log, or goes to standard output."""
        if asked.conversation is not None and asked.unkept is None:
            where = f"The answer is kept:  inference logs show {asked.conversation}"
        else:
            where = "The answer is on stdout instead"
            self._show(asked.turn.outcome.text)
        failed.hint = "\n".join(filter(None, [failed.hint, where]))

    def _extracted(self, text: str) -> str:
        from inference_cli.conversation.extract import code_block

        found = code_block(text, last=self._flags.extract_last)
        if found is None and text:
            self._session.output.note("  There is no code block in the answer; this is all of it.")
        return text if found is None else found

    def _show(self, text: str, *, formed: bool = False) -> None:
        """A whole answer."""
        output = self._session.output
        if not text:
            return
        if not output.streams.stdout_is_terminal:
            from inference_cli.terminal.safe import whole

            output.raw(whole(text).encode())
        elif formed or self._flags.extract or self._flags.extract_last:
            output.result(text.removesuffix("\n"))
        else:
            with View(output, self._session.clock, text=True, reasoning=False) as view:
                view.piece(text, reasoning=False)

    def _save(self, spec: "OutputSpec", model: str, asked: Asked, text: str) -> None:
        """The answer as a file of its own; one that was cut gets another name, so that nobody takes it for whole."""
        from inference_cli.cli.saving import save
        from inference_cli.jobs.naming import Place

        outcome = asked.turn.outcome
        if not outcome.complete and not outcome.text:
            return
        identity = asked.conversation or str(outcome.responses[-1].get("id", "") if outcome.responses else "")
        place = Place(spec, 1, 1, id=identity[-_SHORT:], model=model, prompt=self._flags.prompt)
        path = save(spec, text, suffix="" if outcome.complete else ".partial", place=place)
        if path is None:
            self._session.output.note("  A file of that name is there, and stays.")
        else:
            self._session.output.result(path)

    def _tell(self, asked: Asked) -> None:
        """What is worth a line after an answer."""
        output, outcome = self._session.output, asked.turn.outcome
        if outcome.finish_reason == "length":
            output.warn("the answer ended at max_tokens; for a longer one:  -p max_tokens=N")
        elif outcome.finish_reason == "content_filter":
            output.warn("the provider's filter ended the answer")
        elif outcome.complete and not outcome.text and not outcome.calls:
            output.warn("the answer is empty")
        if self._flags.usage:
            from inference_cli.terminal.lines import usage_line

            output.say(output.paint(f"  {usage_line(outcome, asked.purse.cost)}", "dim"))
