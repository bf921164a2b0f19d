"""What a paper is asked for, and what a kind of paper is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.paper import Paper
    from weibao.report.audit.audit import Audit
    from weibao.report.papers.period_report import PeriodReport


@dataclass(frozen=True, slots=True)
class Commission:
    """What a paper is made of, in one language and for one audience.

    Attributes:
        voice: how everything is said; its Book is the edition that the audience may read.
        audit: of that Book; ``audit.whole`` is the Book that figures are added up on.
        subject: what the paper is on: the id of a record, a serial number, a month; "" for the contract.
        version: which version of the paper it is, counted from 1.
        report: the facts of a period, of a periodic report.
        blank: whether it is to be filled in by hand, of a paper that can be.
        site: the address of the contract's site; "" where none is known.
    """

    voice: Voice
    audit: Audit
    subject: str
    version: int = 1
    report: PeriodReport | None = None
    blank: bool = False
    site: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """A kind of paper: one value of it in each file of ``kinds/``.

    Attributes:
        name: as the command and the paper's number have it: ``service-sheet``.
        title: a message id.
        explained: what it holds and when it is made; a message id.
        subject: what is named to get one: ``ticket``, ``inspection``, ``shift``, ``serial``, ``depot``, ``month``; "" for nothing.
        report: the report whose versions it has: a word of the kind ``deliverable``; "" where it has none.
        place: where it comes among the kinds.
        also_whole: whether there is one of the whole contract, where no subject is named.
        can_be_blank: whether it can be had to be filled in by hand.
        write: makes the paper in one language.

    ``write`` raises ``UsageRefusal`` for a subject of which there is no such paper.
    """

    name: str
    title: str
    explained: str
    subject: str
    place: int
    write: Callable[[Commission], Paper]
    report: str = ""
    also_whole: bool = False
    can_be_blank: bool = False
