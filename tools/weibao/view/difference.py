"""A difference as JSON values: what ``weibao diff --format json`` prints (``schemas/output/``).

Its text and its Markdown are made from these values and nothing else, so that whoever has only the
JSON, as the job that writes a pull request's comment does, can check its form and write them itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.record.instant import format_instant
from weibao.view.findings import tell
from weibao.view.stable_json import finding_object, seen_log

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from weibao.comparison import Added, ChangedMonth, ChangedSetting, Difference, Moved, Turned
    from weibao.language import Language
    from weibao.record.alterations import Alteration
    from weibao.service.figures import MonthOfCompliance
    from weibao.service.stock import Piece
    from weibao.service.verdict import Verdict

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


def difference_object(found: Difference, zone: ZoneInfo, words: Language) -> dict[str, Any]:
    """The difference; findings are told in one language."""
    return {
        "base": found.base,
        "head": found.head,
        "as_of": format_instant(found.as_of, zone),
        **seen_log(found.seen_log),
        "proposed": found.proposed,
        "added": [added_object(one, zone) for one in found.added],
        "removed": list(found.removed),
        "unreadable": list(found.unreadable),
        "configuration": list(found.configuration),
        "verdicts": [turned_object(one, zone) for one in found.turned],
        "months": [_month(one) for one in found.months],
        "settings": [_setting(one, zone) for one in found.settings],
        "stock": [_moved(one) for one in found.moved],
        "new": [finding_object(tell(one, words)) for one in found.new],
        "gone": [finding_object(tell(one, words)) for one in found.gone],
    }


def silent(told: dict[str, Any]) -> bool:
    """Whether the change does nothing that a reviewer must be told."""
    return not any(told[key] for key in EMPTY)


def added_object(one: Added, zone: ZoneInfo) -> dict[str, Any]:
    """Entries that a record gains."""
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
                "effective": format_instant(proven.effective, zone),
                "grade": proven.grade.value,
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


def _moved(one: Moved) -> dict[str, Any]:
    return {
        "part": one.part,
        "serial": one.serial,
        "before": _place(one.before),
        "after": _place(one.after),
    }


def _place(piece: Piece | None) -> dict[str, Any] | None:
    if piece is None:
        return None
    return {"state": piece.state, "depot": piece.depot or None, "ticket": piece.ticket or None}
