"""The report on an inspection, or on a round of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    day,
    fact,
    named,
    own,
    person,
    persons,
    share,
    term,
    verbatim,
    written,
)
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.inspection_tables import (
    changes_since,
    checklist_of,
    findings_of,
    inspections_told,
    matrix,
    not_looked_at,
    result_counts,
)
from weibao.render.papers.paper import (
    Blank,
    Facts,
    Prose,
    Remark,
    said,
)
from weibao.render.papers.photographs import photographs
from weibao.render.papers.record_paper import endorsed, record_paper, section
from weibao.render.papers.ticket_blocks import files_attached
from weibao.report.papers.round_report import round_named, round_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Fact, Mood, Paper, Section
    from weibao.report.papers.round_report import RoundReport

NAME = "inspection-report"


def _write(commission: Commission) -> Paper:
    report = _report(commission)
    voice = commission.voice
    title = own(
        voice,
        N_("Inspection report: {work}, {period}"),
        work=voice.work(report.plan),
        period=report.period,
    )
    marks = () if report.completed else (own(voice, N_("Provisional: the round is not completed")),)
    return record_paper(commission, NAME, title, _sections(commission, report), marks, long=True)


def _report(commission: Commission) -> RoundReport:
    book, whole, subject = commission.voice.book, commission.audit.whole, commission.subject
    if subject in book.records.inspections:
        log = book.records.inspections[subject].log
        if any(entry.at <= book.as_of for entry in log):
            return round_report(book, whole, (subject,), whole.round_of.get(subject))
    work = round_named(whole, subject)
    if work is None:
        raise UsageRefusal(
            N_("There is no inspection and no round {name}."),
            mend=N_(
                "Name an inspection, or a line of the plan with the period or the day of a round: PLAN/2026-11. `weibao inspection due` shows them."
            ),
            name=subject,
        )
    if not work.records:
        raise UsageRefusal(
            N_("Nobody has begun the round {name}: there is nothing to report."),
            mend=N_("Begin it: `weibao inspection start {plan}`."),
            name=subject,
            plan=work.plan,
        )
    return round_report(book, whole, work.records, work)


def _sections(commission: Commission, report: RoundReport) -> Iterator[Section]:
    voice = commission.voice

    def part(key: str, title: str, blocks: Iterator[Block]) -> Section:
        return section(commission, key, title, blocks)

    yield part("scope", N_("Scope"), _scope(voice, report))
    yield part("method", N_("Method"), _method(voice, report))
    yield part("summary", N_("The round in brief"), _summary(voice, report))
    yield part("findings", N_("Findings"), iter([findings_of(voice, report)]))
    yield part("left", N_("What was not inspected, and why"), iter([not_looked_at(voice, report)]))
    yield part("results", N_("Results by equipment"), iter([matrix(voice, report)]))
    yield part("comparison", N_("Beside the round before"), _comparison(voice, report))
    yield part("photographs", N_("Photographs"), _photographs(voice, report))
    yield part("backups", N_("Configuration backups"), _backups(voice))
    yield part("advice", N_("Conclusion and advice"), _advice(voice, report))
    yield from endorsed(commission, NAME, long=True)


def _scope(voice: Voice, report: RoundReport) -> Iterator[Block]:
    work, coverage = report.work, report.coverage
    rows: list[Fact] = [
        fact(
            voice,
            "plan",
            N_("Line of the plan"),
            named(voice, report.plan, voice.work(report.plan)),
        ),
        fact(voice, "period", N_("Period"), verbatim(report.period)),
    ]
    if work:
        mood: Mood = "good" if work.state == "done" else "warn"
        rows += [
            fact(voice, "planned", N_("Planned for"), day(work.planned_for)),
            fact(voice, "due", N_("Due by"), day(work.due)),
            fact(voice, "done", N_("Done on"), day(work.done_on)),
            fact(
                voice,
                "round",
                N_("State of the round"),
                term(voice, "round_state", work.state, mood),
            ),
        ]
    rows.append(fact(voice, "people", N_("Inspected by"), persons(voice, report.people)))
    yield Facts("scope", tuple(rows))
    yield inspections_told(voice, report)
    yield Facts(
        "due",
        (
            fact(voice, "assets", N_("Equipment looked at in full"), share(voice, coverage.assets)),
            fact(voice, "items", N_("Items looked at"), share(voice, coverage.checks)),
        ),
    )
    yield Blank(own(voice, N_("Accompanied by (for the customer)")))


def _method(voice: Voice, report: RoundReport) -> Iterator[Block]:
    yield Prose(
        own(
            voice,
            N_(
                "Each item of the checklists is looked at on every piece of equipment that it is for; what is measured is judged by these limits, whoever measures it."
            ),
        )
    )
    yield checklist_of(voice, report)


def _summary(voice: Voice, report: RoundReport) -> Iterator[Block]:
    yield Prose(own(voice, _conclusion(report)), "lead")
    yield result_counts(voice, report)


def _conclusion(report: RoundReport) -> str:
    """What the round comes to, in a sentence; that something was left is told in it."""
    results, left = report.results.by_status, report.coverage.left
    if not report.results.total:
        return N_("Nothing was looked at yet.")
    if results.get("failed"):
        return (
            N_("Something failed and must be mended, and not all of it was looked at.")
            if left
            else N_("All was looked at; something failed and must be mended.")
        )
    if results.get("warning"):
        return (
            N_("Nothing failed, something is to be watched, and not all of it was looked at.")
            if left
            else N_("All was looked at; nothing failed, and something is to be watched.")
        )
    return (
        N_("What was looked at is in order, but not all of it was looked at.")
        if left
        else N_("All was looked at and is in order.")
    )


def _comparison(voice: Voice, report: RoundReport) -> Iterator[Block]:
    previous = report.previous
    if previous is None:
        yield Prose(own(voice, N_("There is no round before it to compare with.")))
        return
    yield Facts(
        "previous",
        (
            fact(voice, "planned", N_("The round before"), day(previous.planned_for)),
            fact(voice, "state", N_("State"), term(voice, "round_state", previous.state)),
        ),
    )
    yield changes_since(voice, report)


def _photographs(voice: Voice, report: RoundReport) -> Iterator[Block]:
    if not report.attached:
        yield Prose(own(voice, N_("No photograph was attached to a ticket that the round raised.")))
        return
    yield files_attached(voice, (step for _, step in report.attached), "files")
    yield from photographs(voice, report.attached)


def _backups(voice: Voice) -> Iterator[Block]:
    yield Prose(own(voice, N_("The records do not say which backups were taken.")), "note")
    yield Blank(own(voice, N_("Equipment, file, and where it is kept")), 3)


def _advice(voice: Voice, report: RoundReport) -> Iterator[Block]:
    for step in report.completed:
        if step.entry.note:
            yield Remark(
                written(voice, step.entry.note).said,
                person(voice, step.entry.by).said,
                said(Told(voice.when(step.effective, step.precision))),
            )
    yield Blank(own(voice, N_("Advice to the customer")), 3)


KIND = PaperKind(
    name=NAME,
    title=N_("Inspection report"),
    explained=N_(
        "What an inspection, or a round of the plan (PLAN/2026-11), was to look at, what it found and what it left."
    ),
    subject="inspection",
    place=20,
    write=_write,
)
