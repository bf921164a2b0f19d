"""Planned rounds and inspections: what was due, what was done, what was found (requirement 31)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.render.site import addresses
from weibao.render.site.page import SitePage, typeset
from weibao.render.site.public import public_entries

if TYPE_CHECKING:
    from weibao.history.proven import ProvenEntry
    from weibao.model.inspection import Inspection
    from weibao.operations.planned import DueWork
    from weibao.render.site.voice import Voice

STATES = ("overdue", "due", "upcoming", "done_late", "done")
"""States of a round of the plan, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Round:
    """An inspection in the list: how many checks, and how they came out."""

    inspection: Inspection
    state: str
    counts: dict[str, int]
    on: int | None


def inspections_page(voice: Voice) -> SitePage:
    """The plan's rounds and the list of inspections."""
    book = voice.book
    inspections = [_round(voice, one) for one in book.records.inspections.values()]
    inspections.sort(key=lambda one: (one.on or 0, one.inspection.id), reverse=True)
    html = typeset(
        "inspections.html",
        addresses.INSPECTIONS,
        voice,
        pressing=[one for one in book.due_work if one.state in {"overdue", "due"}],
        upcoming=[one for one in book.due_work if one.state == "upcoming"],
        done=[one for one in reversed(book.due_work) if one.state.startswith("done")],
        inspections=inspections,
        record_address=_record_address(voice),
    )
    title = voice.language.text(N_("Inspections"))
    return SitePage(addresses.INSPECTIONS, addresses.INSPECTIONS, title, html)


def inspection_page(inspection: Inspection, voice: Voice) -> SitePage:
    """The page of one inspection: its checks by asset, and its steps with their evidence."""
    book = voice.book
    address = addresses.inspection_page(inspection.id)
    steps = public_entries(book.proofs[inspection.id].timeline)
    checks = [one for one in steps if one.entry.event == "checked"]
    html = typeset(
        "inspection.html",
        address,
        voice,
        inspection=inspection,
        current=book.states[inspection.id],
        checks=_by_asset(checks),
        pressing=[one for one in checks if one.entry.data["status"] in {"failed", "warning"}],
        steps=[one for one in steps if one.entry.event != "checked"],
    )
    title = f"{inspection.id} {voice.work(inspection.plan)}"
    return SitePage(address, addresses.INSPECTIONS, title, html)


def _by_asset(checks: list[ProvenEntry]) -> dict[str, list[ProvenEntry]]:
    found: dict[str, list[ProvenEntry]] = {}
    for check in checks:
        found.setdefault(check.entry.data["asset"], []).append(check)
    return found


def _round(voice: Voice, inspection: Inspection) -> Round:
    counts: dict[str, int] = {}
    steps = public_entries(voice.book.proofs[inspection.id].timeline)
    for step in steps:
        if step.entry.event == "checked":
            status = step.entry.data["status"]
            counts[status] = counts.get(status, 0) + 1
    first = steps[0].entry.at if steps else None
    state = voice.book.states[inspection.id].state.value
    return Round(inspection, state, counts, first)


def _record_address(voice: Voice) -> Any:
    records = voice.book.records

    def address(work: DueWork) -> str:
        """The page of the record that did the work, "" where there is none."""
        if work.record in records.inspections:
            return addresses.inspection_page(work.record)
        return addresses.ticket_page(work.record) if work.record in records.tickets else ""

    return address
