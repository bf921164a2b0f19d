"""Planned rounds and inspections: what was due, what was done, what was found (requirement 31)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.inspection import check_results
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage, OneOfMany, RecordPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.model.imported import Precision
    from weibao.model.inspection import CheckResults, Inspection
    from weibao.operations.planned import DueWork
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit


@dataclass(frozen=True, slots=True)
class Round:
    """An inspection in the list: how many checks, how they came out, and when it began, as ``precision`` has it of an old register."""

    inspection: Inspection
    state: str
    results: CheckResults
    on: int | None
    precision: Precision | None
    work: DueWork | None


def _facts(voice: Voice, _audit: Audit) -> dict[str, Any]:
    """The plan's rounds and the list of inspections."""
    book = voice.book
    inspections = [_round(voice, inspection) for inspection in book.records.inspections.values()]
    inspections.sort(key=lambda summary: (summary.on or 0, summary.inspection.id), reverse=True)
    return {
        "pressing": [summary for summary in book.due_work if summary.pressing],
        "upcoming": [summary for summary in book.due_work if summary.state == "upcoming"],
        "done": [
            summary for summary in reversed(book.due_work) if summary.state.startswith("done")
        ],
        "inspections": inspections,
        "record_address": _record_address(voice),
    }


def _each(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    for inspection in voice.book.records.inspections.values():
        yield _inspection(inspection, voice)


def _inspection(inspection: Inspection, voice: Voice) -> OneOfMany:
    """One inspection: its checks by asset, and its steps with their evidence."""
    book = voice.book
    steps = book.proofs[inspection.id].timeline
    checks = [step for step in steps if step.entry.event == "checked"]
    return OneOfMany(
        addresses.inspection_page(inspection.id),
        f"{inspection.id} {voice.work(inspection.plan)}",
        {
            "inspection": inspection,
            "current": book.states[inspection.id],
            "work": book.round_of.get(inspection.id),
            "skipped": [step for step in steps if step.entry.event == "skipped"],
            "checks": _by_asset(checks),
            "pressing": [
                check for check in checks if check.entry.data["status"] in {"failed", "warning"}
            ],
            "steps": [step for step in steps if step.entry.event != "checked"],
        },
    )


def _by_asset(checks: list[ProvenEntry]) -> dict[str, list[ProvenEntry]]:
    found: dict[str, list[ProvenEntry]] = {}
    for check in checks:
        found.setdefault(check.entry.data["asset"], []).append(check)
    return found


def _round(voice: Voice, inspection: Inspection) -> Round:
    timeline = voice.book.proofs[inspection.id].timeline
    steps = [proven.entry for proven in timeline]
    first, precision = (timeline[0].entry.at, timeline[0].precision) if timeline else (None, None)
    state = voice.book.states[inspection.id].state.value
    work = voice.book.round_of.get(inspection.id)
    return Round(inspection, state, check_results(steps), first, precision, work)


def _record_address(voice: Voice) -> Any:
    records = voice.book.records

    def address(work: DueWork) -> str:
        """The page of the record that did the work, "" where there is none."""
        if work.record in records.inspections:
            return addresses.inspection_page(work.record)
        return addresses.ticket_page(work.record) if work.record in records.tickets else ""

    return address


PAGE = FixedPage(
    address=addresses.INSPECTIONS,
    title=N_("Inspections"),
    template="inspections.html",
    facts=_facts,
    place=40,
)

PAGES = RecordPage(template="inspection.html", each=_each, place=20, section=addresses.INSPECTIONS)
