"""What is answered under an issue: what was recorded, or all that is missing, as Markdown that does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_, run_on
from weibao.model.finding import Unsound
from weibao.refusal import SeveralRefused
from weibao.render.ci.markdown import escaped
from weibao.render.words.findings import tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.language import Language
    from weibao.refusal import Refusal
    from weibao.workspace.issue_form.noted import IssueNote
    from weibao.workspace.issue_form.proposing import ProposedNote

MARKER = "<!-- weibao: what became of this form -->"
"""The first line of the answer, which nobody sees, by which it is found again."""

_QUOTED = 120


def answer_refused(refusal: Refusal, words: Language) -> str:
    """That nothing was recorded, and a line for everything that is missing or wrong."""
    lines = [f"- {escaped(line)}" for line in _told(refusal, words)]
    head = words.text(N_("Nothing was recorded. What is missing or wrong:"))
    last = words.text(N_("Edit the text of this issue: it is read again each time."))
    return _answer(f"**{escaped(head)}**", *lines, "", escaped(last))


def answer_recorded(done: ProposedNote, link: str, words: Language) -> str:
    """What was recorded, where it waits, and what becomes of this issue."""
    facts = {"commit": done.commit[:10], "branch": done.branch}
    head = words.text(
        N_("Recorded by {author}: {subject}"), author=done.author, subject=done.subject
    )
    waits = N_(
        "It waits in {branch} (commit {commit}) until it is merged; this issue is closed then."
    )
    landed = N_("It has landed (commit {commit}).")
    opening = words.text(N_("Open the request to merge it"))
    return _answer(
        f"**✓ {escaped(head)}**",
        escaped(words.text(waits if done.branch else landed, **facts)),
        *([f"[{escaped(opening)}]({link})"] if link and done.branch else ()),
        "",
        escaped(
            words.text(
                N_(
                    "What is edited here from now on is not recorded: correct a step with weibao ticket amend."
                )
            )
        ),
    )


def answer_readable(asked: IssueNote, words: Language) -> str:
    """What would be recorded, of an issue in which nothing is missing."""
    note = asked.note
    head = words.text(
        N_("This can be recorded: {event} at {at}, by {by}."),
        event=note.event,
        at=note.at,
        by=note.by,
    )
    return _answer(escaped(head))


def answer_failed(words: Language) -> str:
    """That it could not be recorded now, for a reason that is not the form's."""
    head = words.text(N_("Nothing was recorded: the run failed, and its log says why."))
    last = words.text(N_("What is written here stays. To try again, edit it."))
    return _answer(f"**{escaped(head)}**", escaped(last))


def _told(refusal: Refusal, words: Language) -> Iterator[str]:
    match refusal:
        case SeveralRefused():
            for part in refusal.refused:
                yield from _told(part, words)
        case Unsound():
            for finding in refusal.findings:
                told = tell(finding, words)
                yield run_on(told.message, told.help)
        case _:
            facts = {key: _clipped(words.fact(value)) for key, value in refusal.facts.items()}
            mend = words.text(refusal.mend, **facts) if refusal.mend else ""
            yield run_on(words.text(refusal.message, **facts), mend)


def _clipped(text: str) -> str:
    """The beginning of what is quoted, so that what to do about it stands in the line too."""
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"


def _answer(*lines: str) -> str:
    return "\n".join((MARKER, *lines)) + "\n"
