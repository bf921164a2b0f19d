"""Shifts: one that ends before it begins, and two records of the same hours (X314, X315)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X314",
        severity=Severity.ERROR,
        title=N_("Shift that ends before it begins"),
        message=N_("The shift ends at {to}, which is not after its beginning, {from}."),
        help=N_("Write the hours of the shift as the rota has them: `weibao duty show`."),
        why=N_(
            "A hand-over is of one shift (requirement 6), and what was open is told as of its end."
        ),
        bad="from: 2026-11-30T08:00:00+08:00\nto: 2026-11-29T08:00:00+08:00\n",
        good="from: 2026-11-29T08:00:00+08:00\nto: 2026-11-30T08:00:00+08:00\n",
        facts=("from", "to"),
    ),
    Rule(
        code="X315",
        severity=Severity.ERROR,
        title=N_("Shift handed over twice"),
        message=N_("Its hours are in {other} as well, of the same rota “{rota}”."),
        help=N_(
            "A shift has one hand-over. Correct the hours of the one that is wrong: `weibao shift amend SHIFT --field from --value TIME --reason TEXT`."
        ),
        why=N_(
            "Two hand-overs of one shift say two things of what was left open (requirement 6), and nobody knows which was read."
        ),
        bad="rota: desk\nfrom: 2026-11-29T20:00:00+08:00\n",
        good="rota: desk\nfrom: 2026-11-30T08:00:00+08:00\n",
        facts=("other", "rota"),
    ),
)


def check_shifts(facts: FileFacts) -> Iterator[Finding]:
    """The hours of every shift, each by itself, and those of one rota beside each other."""
    zone, shifts = facts.records.contract.zone, facts.records.shifts.values()
    for shift in shifts:
        if shift.end <= shift.start:
            shown = {
                "from": format_instant(shift.start, zone),
                "to": format_instant(shift.end, zone),
            }
            yield Finding("X314", Place(shift.path, keys=("to",)), shift.id, shown)
    ordered = sorted(shifts, key=lambda shift: (shift.rota, shift.start, shift.end, shift.id))
    for before, after in pairwise(ordered):
        if before.rota == after.rota and after.start < before.end:
            shown = {"other": before.id, "rota": after.rota}
            yield Finding("X315", Place(after.path, keys=("from",)), after.id, shown)
