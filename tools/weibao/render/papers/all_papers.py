"""Every kind of paper, every part of the reports and every format, and how a paper is made."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.declared import declared
from weibao.render.papers.cells import own
from weibao.render.papers.commission import Commission, PaperKind
from weibao.render.papers.format import PaperFormat
from weibao.render.papers.integrity import sealed
from weibao.render.papers.paper import Paper, PaperText, mapped, together
from weibao.render.words.cut import cut
from weibao.report.papers.not_counted import not_counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.language import Language

KINDS: tuple[PaperKind, ...] = tuple(
    sorted(declared("weibao.render.papers.kinds", PaperKind), key=attrgetter("place"))
)
FORMATS: tuple[PaperFormat, ...] = declared("weibao.render.papers.formats", PaperFormat)


def paper_of(kind: PaperKind, commissions: Sequence[Commission]) -> Paper:
    """A paper in the language of each commission, with nothing in it that its reader may not know.

    It says the SHA-256 of its own facts, as :func:`weibao.render.papers.integrity.facts_json` writes them.

    Raises:
        UsageRefusal: there is no such paper of that subject.
    """
    return sealed(together([_in_one(kind, commission) for commission in commissions]))


def _in_one(kind: PaperKind, commission: Commission) -> Paper:
    voice, paper = commission.voice, kind.write(commission)
    marks = paper.marks
    unread = not_counted(commission.audit.whole, commission.report)
    if unread.records:
        marks = (
            own(
                voice,
                NOT_COUNTED,
                number=unread.number,
                records=records_told(unread.records, voice.language),
            ),
            *marks,
        )
    if voice.audience == "internal":
        marks = (*marks, own(voice, INTERNAL))
    paper = replace(paper, marks=marks)
    return mapped(paper, lambda words: PaperText(tuple(map(voice.shown, words.texts))))


NOT_COUNTED = N_("Not counted, because they cannot be read: {number} ({records})")


def records_told(names: Sequence[str], words: Language) -> str:
    """The first few by their names."""
    told, left = cut(names, _NAMED)
    return words.listing([*told, *(["…"] if left else [])])


_NAMED = 3
INTERNAL = N_("Internal: not for the customer")
