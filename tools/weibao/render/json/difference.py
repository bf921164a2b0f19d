"""A difference as JSON values: what ``weibao diff --format json`` prints (``schemas/output/``).

Its text and its Markdown are made from these values and nothing else, so that whoever has only the
JSON, as the job that writes a pull request's comment does, can check its form and write them itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.model.instant import format_instant
from weibao.model.paths import kind_of
from weibao.render.json.book import finding_object, seen_log
from weibao.render.words.entry_facts import entry_facts, plainly
from weibao.render.words.findings import tell
from weibao.render.words.names import depot_called, part_called, person_called

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from weibao.language import Language
    from weibao.model.alterations import Alteration
    from weibao.model.records import Records
    from weibao.operations.stock import Piece
    from weibao.report.difference import (
        Added,
        ChangedMonth,
        ChangedSetting,
        Difference,
        Moved,
        Turned,
    )
    from weibao.sla.figures import MonthOfCompliance
    from weibao.sla.verdict import Verdict

EMPTY = (
    "added",
    "removed",
    "unreadable",
    "verdicts",
    "months",
    "settings",
    "stock",
    "new",
    "gone",
)
"""The keys whose lists are all empty where a change does nothing worth telling."""


def difference_object(
    found: Difference, records: Records, zone: ZoneInfo, words: Language
) -> dict[str, Any]:
    """The difference; findings and names are told in one language, the names by these records."""
    return {
        "base": found.base,
        "head": found.head,
        "as_of": format_instant(found.as_of, zone),
        **seen_log(found.seen_log),
        "proposed": found.proposed,
        "added": [added_object(one, records, zone, words) for one in found.added],
        "removed": list(found.removed),
        "unreadable": list(found.unreadable),
        "configuration": list(found.configuration),
        "verdicts": [turned_object(one, zone) for one in found.turned],
        "months": [_month(one) for one in found.months],
        "settings": [_setting(one, zone) for one in found.settings],
        "stock": [_moved(one, records, words) for one in found.moved],
        "new": [finding_object(tell(one, words)) for one in found.new],
        "gone": [finding_object(tell(one, words)) for one in found.gone],
    }


def silent(told: dict[str, Any]) -> bool:
    """Whether the change does nothing that a reviewer must be told."""
    return not any(told[key] for key in EMPTY)


def added_object(one: Added, records: Records, zone: ZoneInfo, words: Language) -> dict[str, Any]:
    """Entries that a record gains, with what they say in one language."""
    kind = kind_of(one.path) or ""
    saying = plainly(records, words)
    return {
        "record": one.record,
        "path": one.path,
        "title": one.title or None,
        "new": one.new,
        "entries": [
            {
                "at": format_instant(proven.entry.at, zone),
                "event": proven.entry.event,
                "by": proven.entry.by,
                "name": person_called(records, proven.entry.by, words),
                "effective": format_instant(proven.effective, zone),
                "grade": proven.grade.value,
                "facts": [
                    {"key": field.key, "value": value}
                    for field, value in entry_facts(kind, proven.entry, saying)
                ],
                "note": proven.entry.note or None,
            }
            for proven in one.entries
        ],
    }


def turned_object(one: Turned, zone: ZoneInfo) -> dict[str, Any]:
    """A promise with its verdict before and after."""
    verdict = one.verdict
    return {
        "ticket": verdict.ticket,
        "target": verdict.target,
        "occurrence": verdict.occurrence,
        "severity": verdict.severity,
        "month": verdict.month,
        "before": _standing(one.before, zone),
        "after": _standing(one.after, zone),
    }


def _standing(verdict: Verdict | None, zone: ZoneInfo) -> dict[str, Any] | None:
    if verdict is None:
        return None
    return {
        "verdict": verdict.outcome.value,
        "clock": verdict.clock,
        "due": None if verdict.due is None else format_instant(verdict.due, zone),
        "margin_seconds": verdict.margin_seconds,
    }


def _month(one: ChangedMonth) -> dict[str, Any]:
    return {
        "month": one.month,
        "before": _share(one.before),
        "after": _share(one.after),
        "lost": one.lost,
    }


def _share(month: MonthOfCompliance | None) -> dict[str, Any] | None:
    return {"met": month.met, "judged": month.judged} if month else None


def _setting(one: ChangedSetting, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "setting": one.setting,
        "altered": [turned_object(pair, zone) for pair in one.altered],
        "values": [alteration_object(each) for each in one.values.alterations],
        "more": one.values.more,
    }


def alteration_object(one: Alteration) -> dict[str, Any]:
    """Something that is otherwise in a file of the configuration."""
    return {
        "key": one.key,
        "before": one.before,
        "after": one.after,
        "against": one.against or None,
    }


def _moved(one: Moved, records: Records, words: Language) -> dict[str, Any]:
    return {
        "part": one.part,
        "name": part_called(records, one.part, words),
        "serial": one.serial,
        "before": _place(one.before, records, words),
        "after": _place(one.after, records, words),
    }


def _place(piece: Piece | None, records: Records, words: Language) -> dict[str, Any] | None:
    if piece is None:
        return None
    return {
        "state": piece.state,
        "depot": piece.depot or None,
        "depot_name": depot_called(records, piece.depot, words) if piece.depot else None,
        "ticket": piece.ticket or None,
    }
