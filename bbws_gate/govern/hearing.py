"""Who said what: the commands of a record in the order in which they were written, and an answer for each."""

from __future__ import annotations

from collections.abc import Iterable

from bbws_gate.deferred import NamedTuple
from bbws_gate.govern.commands import USAGE, Ask, Command, Decide, Explain, Misspoken, Revoke, Waive, parse
from bbws_gate.model import Person, Record, Remark, Reply


class Heard(NamedTuple):
    """One command of one person."""

    remark: Remark
    author: Person
    position: int
    """Among the remark's commands."""
    command: Command

    @property
    def order(self) -> tuple[str, int, int]:
        """Sorts what was written earlier first."""
        return self.remark.written_at, self.remark.id, self.position

    def accepted(self, text: str) -> Answer:
        """It counts."""
        return Answer(self.remark, self.position, accepted=True, text=text)

    def refused(self, why: str) -> Answer:
        """It does not count."""
        return Answer(self.remark, self.position, accepted=False, text=why)


class Answer(NamedTuple):
    """What became of a command."""

    remark: Remark
    position: int
    accepted: bool
    text: str


class Hearing(NamedTuple):
    """Everything that was said in one record."""

    heard: tuple[Heard, ...]
    """What may count, oldest first."""
    answers: tuple[Answer, ...]
    """To what cannot."""


def hear(record: Record) -> Hearing:
    """The commands in a record's remarks. When remarks could not be read as a whole, nothing was heard."""
    heard: list[Heard] = []
    answers: list[Answer] = []
    if "remarks" in record.unreadable:
        return Hearing((), ())
    remarks = {remark.id: remark for remark in record.remarks}.values()
    for remark in sorted(remarks, key=lambda each: (each.written_at, each.id)):
        for position, command in enumerate(parse(remark.text)):
            why = _why_not(remark, command) or _maybe_taken_back(command, record)
            if why or remark.author is None:
                answers.append(Answer(remark, position, accepted=False, text=why))
            else:
                heard.append(Heard(remark, remark.author, position, command))
    return Hearing(tuple(heard), tuple(answers))


def _why_not(remark: Remark, command: Command) -> str:
    """Why nobody needs to look at a command any further; empty when somebody must."""
    if remark.author is None:
        return "whoever wrote it has no account any more"
    if remark.author.bot:
        return "bots give no commands"
    if isinstance(command, Misspoken):
        return command.why
    # Nobody can see what an edited comment said before. A word taken back is the one thing that is safe to believe.
    if remark.edited and not (isinstance(command, Revoke) and command.what == "approve"):
        return "the comment was edited: write the command in a new one"
    return ""


def _maybe_taken_back(command: Command, record: Record) -> str:
    """Decisions and waivers can be taken back on our issues: when those could not be read, none counts."""
    if isinstance(command, Decide | Waive) and "issues" in record.unreadable:
        return f"it may have been taken back on an issue: {record.unreadable['issues']}"
    return ""


def answer_questions(heard: Iterable[Heard], about: dict[str, str]) -> tuple[Answer, ...]:
    """Answers to ``status``, ``recheck``, ``help`` and ``explain``.

    Args:
        heard: commands; others are passed over.
        about: what each check is about, by code.
    """
    answers = []
    for each in heard:
        match each.command:
            case Explain(code):
                text = about.get(code)
                answers.append(each.refused(f"no check has the code {code}") if text is None else each.accepted(f"{code}: {text}"))
            case Ask("help"):
                answers.append(each.accepted("; ".join(f"`{usage}`" for usage in USAGE.values())))
            case Ask():
                answers.append(each.accepted("assessed again: this is the result"))
    return tuple(answers)


def replies(answers: Iterable[Answer]) -> tuple[Reply, ...]:
    """The answers in the order in which the commands were written."""
    ordered = sorted(answers, key=lambda each: (each.remark.written_at, each.remark.id, each.position))
    return tuple(Reply(each.remark.id, each.accepted, each.text, each.remark.link) for each in ordered)
