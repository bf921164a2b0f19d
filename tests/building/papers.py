"""Reports on months of a Book, and what a part of theirs says of it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from building.book import a_voice
from weibao.render.edition.public import public_audit
from weibao.render.papers.all_papers import paper_of
from weibao.render.papers.commission import Commission, PaperKind
from weibao.render.papers.paper import Facts, Paper, PaperText, Section, facts_of, said
from weibao.report.audit.audit import audit_of
from weibao.report.figure import Period, whole_month
from weibao.report.papers.period_report import PeriodReport, ReportMonth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.history.proven import ProvenEntry
    from weibao.model.closing import MonthClose
    from weibao.model.handwritten import Audience
    from weibao.render.papers.report_part import ReportPart
    from weibao.report.audit.audit import Audit
    from weibao.report.book import Book

KIND_OF = {1: "monthly", 3: "quarterly", 12: "annual"}
"""What a report of so many months is called."""


def a_report(
    book: Book,
    *names: str,
    before: tuple[str, ...] = (),
    closes: Mapping[str, MonthClose] | None = None,
    log: tuple[ProvenEntry, ...] = (),
) -> PeriodReport:
    """The report on these months, the last of which the Book itself tells of; ``closes`` are those of its months."""
    known = closes or {}
    last = ReportMonth(names[-1], book, known.get(names[-1]))
    earlier = tuple(_month(book, name, known) for name in names[:-1])
    return PeriodReport(
        kind=KIND_OF[len(names)],
        name=names[0] if len(names) == 1 else f"{names[0]}–{names[-1]}",
        period=Period(
            whole_month(names[0], book.zone).start, whole_month(names[-1], book.zone).end
        ),
        months=(*earlier, last),
        log=log,
        restated=(),
        provisional=any(name not in known for name in names),
        version=1,
        told_by=book.records.contract,
        before=tuple(_month(book, name, known) for name in before),
    )


def _month(book: Book, name: str, closes: Mapping[str, MonthClose]) -> ReportMonth:
    return ReportMonth(name, book.at(whole_month(name, book.zone).end), closes.get(name))


def commissioned(
    report: PeriodReport, code: str = "zh", audience: Audience = "customer"
) -> Commission:
    """The report, to be told in a language to an audience."""
    audit = public_audit(audit_of(report.book), audience)
    return Commission(
        a_voice(audit.book, code, audience), audit, report.name, report.version, report
    )


def a_part(
    part: ReportPart, report: PeriodReport, code: str = "zh", audience: Audience = "customer"
) -> Paper:
    """A paper that holds this part alone."""

    def write(commission: Commission) -> Paper:
        return Paper(
            kind=report.kind,
            number="",
            title=said(part.title),
            languages=(code,),
            marks=(),
            cover=Facts("cover", ()),
            sections=(Section(part.key, said(part.title), tuple(part.tell(commission, report))),),
            commit=report.book.commit,
            as_of=str(report.book.as_of),
        )

    kind = PaperKind(name=report.kind, title="", explained="", subject="", place=0, write=write)
    return paper_of(kind, [commissioned(report, code, audience)])


def a_kind(
    kind: PaperKind,
    book: Book,
    subject: str = "",
    code: str = "zh",
    audience: Audience = "customer",
    report: PeriodReport | None = None,
    audit: Audit | None = None,
) -> Paper:
    """The paper of a kind on a subject."""
    told = public_audit(audit or audit_of(book), audience)
    return paper_of(
        kind, [Commission(a_voice(told.book, code, audience), told, subject, report=report)]
    )


def kind_facts(kind: PaperKind, book: Book, subject: str = "", **asked: Any) -> dict[str, Any]:
    """What the paper of a kind tells machines, by section: the same in both languages."""
    chinese, english = (
        facts_of(a_kind(kind, book, subject, code, **asked)) for code in ("zh", "en")
    )
    assert chinese == english
    found: dict[str, Any] = chinese["sections"]
    return found


def kind_words(kind: PaperKind, book: Book, subject: str = "", **asked: Any) -> str:
    """Everything that the paper of a kind says, a text a line."""
    return "\n".join(_texts(a_kind(kind, book, subject, **asked)))


def part_facts(
    part: ReportPart, report: PeriodReport, audience: Audience = "customer"
) -> dict[str, Any]:
    """What the part tells machines, which must be the same in both languages."""
    chinese, english = (facts_of(a_part(part, report, code, audience)) for code in ("zh", "en"))
    assert chinese == english
    found: dict[str, Any] = chinese["sections"][part.key]
    return found


def part_words(
    part: ReportPart, report: PeriodReport, code: str = "zh", audience: Audience = "customer"
) -> str:
    """Everything that the part says in a language, a text a line."""
    return "\n".join(_texts(a_part(part, report, code, audience).sections))


def made_by(paper: Paper) -> str:
    """The command that a paper says to make it again."""
    (command,) = (
        row.cell.said.texts
        for section in paper.sections
        for box in section.blocks
        if isinstance(box, Facts) and not box.key
        for row in box.rows
        if row.key == "paper"
    )
    return command[0]


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, PaperText):
        yield from node.texts
    elif isinstance(node, tuple):
        for inner in node:
            yield from _texts(inner)
    elif is_dataclass(node):
        for field in fields(node):
            yield from _texts(getattr(node, field.name))
