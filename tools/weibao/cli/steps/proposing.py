"""A proposed mapping's questions, asked where somebody can answer; and what is said of it in any case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.cli.framework import terminal
from weibao.language import N_
from weibao.render.words.plain import plain
from weibao.render.words.proposing import question_text
from weibao.workspace.moving_in.proposing import PROGRAMS

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.importing.proposing.proposal import Proposal
    from weibao.language import Language

_SETTLED = "settled"


def ask_what_is_open(proposal: Proposal, words: Language) -> Proposal:
    """The proposal with what was answered on the terminal; what is left open stays a question."""
    if not terminal.can_ask():
        return proposal
    from weibao.cli.prompts.asking import ask_one

    for question in proposal.questions:
        offered = {str(choice): str(choice) for choice in question.choices}
        if not offered:
            offered = {_SETTLED: words.text(N_("It is right as it is"))}
        answer = ask_one(
            question_text(question, words),
            {"": words.text(N_("Leave it open: answer in the file")), **offered},
            words,
        )
        if answer:
            chosen = next((known for known in question.choices if str(known) == answer), answer)
            proposal = proposal.answered(question, chosen)
    return proposal


def told_of(proposal: Proposal, source: Path, words: Language) -> tuple[str, ...]:
    """From what a mapping was proposed, how many rows there are, and how many questions are open."""
    told = [
        words.text(
            N_("Proposed from {file}: {number} rows. Compare the number with that of the source."),
            file=plain(source.name),
            number=words.number(proposal.rows),
        )
    ]
    if proposal.ready:
        told.append(
            words.text(N_("The header is that of {program}."), program=PROGRAMS[proposal.ready])
        )
    if proposal.questions:
        told.append(
            words.text(
                N_("Open: {number}. Answer each in the mapping and take its line under ask out."),
                number=words.number(len(proposal.questions)),
            )
        )
    return tuple(told)
