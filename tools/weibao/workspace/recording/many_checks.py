"""Checks of a round that are recorded together: judged one by one, so that each fault is named in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.operations.checklist import has_thresholds, items_of, status_of
from weibao.refusal import Refusal, UsageRefusal
from weibao.workspace.recording.check_objections import check_objections

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.model.plan import ChecklistItem
    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk


SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class GivenCheck:
    """What somebody said of an item on a piece of equipment; ``place`` says where, "" on the command line.

    ``status`` is "" where the thresholds are to tell; :data:`SKIPPED` says that the piece was skipped, and
    then ``note`` says why.
    """

    asset: str
    item: str
    value: float | str | None = None
    status: str = ""
    ticket: str = ""
    note: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with something that was given, and where."""

    place: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class JudgedChecks:
    """Checks as a record has them (but for who and when), what is wrong, and how many stand there already."""

    entries: tuple[Mapping[str, Any], ...]
    faults: tuple[Fault, ...]
    known: int


def judged_checks(
    desk: Desk, record_file: RecordFile, checks: Sequence[GivenCheck], first_keys: Mapping[str, Any]
) -> JudgedChecks:
    """The checks as entries that begin with ``first_keys``; one that stands there already is not made anew."""
    inspection: Inspection = record_file.value
    items = items_of(desk.records.plan, inspection.plan)
    standing = {
        (entry.data["asset"], entry.data["item"]): entry
        for entry in inspection.log
        if entry.event == "checked"
    }
    entries: list[Mapping[str, Any]] = []
    faults: list[Fault] = []
    known = 0
    skips = _skips(checks)
    stood = {
        (entry.data["asset"], entry.data["reason"])
        for entry in inspection.log
        if entry.event == SKIPPED
    }
    for asset, reason in skips:
        if (asset, reason) in stood:
            known += 1
        else:
            entries.append({**first_keys, "event": SKIPPED, "asset": asset, "reason": reason})
    for check in checks:
        if check.status == SKIPPED:
            continue
        try:
            entry = {**first_keys, **_data(check, items.get(check.item))}
            if earlier := standing.get((check.asset, check.item)):
                _require_same(earlier, entry)
                known += 1
                continue
            check_objections(desk, record_file, entry)
        except Refusal as refusal:
            faults.append(Fault(check.place, refusal))
        else:
            entries.append(entry)
    return JudgedChecks(tuple(entries), tuple(faults), known)


def _skips(checks: Iterable[GivenCheck]) -> list[tuple[str, str]]:
    """The pieces that are skipped, each once, with the reason."""
    found: dict[str, str] = {}
    for check in checks:
        if check.status == SKIPPED:
            found.setdefault(check.asset, check.note)
    return list(found.items())


def _data(check: GivenCheck, item: ChecklistItem | None) -> dict[str, Any]:
    told = status_of(item, check.value) if item else None
    status = check.status or told
    if not status:
        measured = item is not None and has_thresholds(item) and check.value is not None
        raise UsageRefusal(
            N_("“{value}” is no number, and the checklist judges “{item}” by one.")
            if measured
            else N_("How “{item}” came out must be said: no threshold can tell it."),
            item=check.item,
            value=check.value,
        )
    if status == "failed" and not check.ticket:
        raise UsageRefusal(
            N_("“{item}” failed on {asset}, and a failed check names its ticket."),
            mend=N_(
                "Name it, or record this check by itself and open one: weibao inspection check … --asset {asset} --item {item} --status failed --open-ticket"
            ),
            asset=check.asset,
            item=check.item,
        )
    unit = item.unit if item and check.value is not None else ""
    data = {
        "asset": check.asset,
        "item": check.item,
        "value": check.value,
        "unit": unit or None,
        "status": status,
        "ticket": check.ticket or None,
        "note": check.note or None,
    }
    return {key: value for key, value in data.items() if value is not None}


def _require_same(earlier: Entry, entry: Mapping[str, Any]) -> None:
    """Refuse what contradicts a check that is recorded already."""
    if any(earlier.data.get(key) != entry.get(key) for key in ("value", "status", "ticket")):
        raise UsageRefusal(
            N_("“{item}” of {asset} is recorded already, by {person}, and otherwise: {result}."),
            mend=N_(
                "Leave this one out. If the record is wrong, correct it: weibao inspection amend."
            ),
            item=entry["item"],
            asset=entry["asset"],
            person=earlier.by,
            result=" ".join(
                str(earlier.data[key]) for key in ("value", "unit", "status") if key in earlier.data
            ),
        )
