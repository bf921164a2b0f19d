"""The monthly, quarterly and annual report: its parts in order, each followed by what was remarked on it."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.declared import declared
from weibao.render.papers.behind_figures import led_to_rows
from weibao.render.papers.cells import claimed, for_reader, own, written
from weibao.render.papers.identity import cover, paper_number
from weibao.render.papers.paper import Paper, Remark, Section, said
from weibao.render.papers.report_part import ReportPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.papers.commission import Commission
    from weibao.report.papers.period_report import PeriodReport

PARTS: tuple[ReportPart, ...] = tuple(
    sorted(declared("weibao.render.papers.parts", ReportPart), key=attrgetter("place"))
)
"""Every part of the reports, in order."""

PROVISIONAL = N_("Provisional: not closed, and everything can still change")


def report_paper(kind: str, title: str, commission: Commission) -> Paper:
    """A periodic report; ``commission.report`` is its period."""
    report, voice = commission.report, commission.voice
    assert report is not None, "a periodic report is made of a period"  # noqa: S101
    return Paper(
        kind=kind,
        number=paper_number(kind, commission),
        title=own(voice, title, period=report.name),
        languages=(voice.language.code,),
        marks=(own(voice, PROVISIONAL),) if report.provisional else (),
        cover=cover(commission),
        sections=tuple(
            led_to_rows(
                Section(
                    part.key,
                    own(voice, part.title),
                    (*part.tell(commission, report), *_remarks(commission, report, part.key)),
                    part.annex,
                ),
                report,
            )
            for part in PARTS
        ),
        commit=report.book.commit,
        as_of=voice.rfc3339(report.book.as_of),
        long=True,
    )


def _remarks(commission: Commission, report: PeriodReport, section: str) -> Iterator[Remark]:
    voice = commission.voice
    for proven in report.remarks(section):
        entry = proven.entry
        if not for_reader(voice, proven):
            continue
        yield Remark(
            written(voice, str(entry.data["text"])).said,
            said(voice.person(entry.by)),
            claimed(voice, proven.effective, entry.at).said,
        )
