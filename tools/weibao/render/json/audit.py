"""An audit as JSON values: what ``weibao audit --format json`` prints (``schemas/output/``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.model.instant import format_instant
from weibao.render.json.book import finding_object, head, moment
from weibao.render.json.clauses import clause_objects
from weibao.render.json.difference import added_object, alteration_object, turned_object
from weibao.render.words.findings import tell
from weibao.report.audit.limits import NEVER_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from weibao.history.proven import ProvenEntry
    from weibao.language import Language
    from weibao.model.finding import Finding
    from weibao.model.records import Records
    from weibao.report.audit.audit import Audit
    from weibao.report.audit.checks import AuditCheck
    from weibao.report.audit.configuration import ConfigurationChange, Maker
    from weibao.report.audit.confirmations import Confirmations, Hands
    from weibao.report.audit.corroboration import Corroboration, Kept, Windows
    from weibao.report.audit.pauses import PausedTime
    from weibao.report.audit.quality import Quality, Support
    from weibao.report.audit.sample import Drawn
    from weibao.report.audit.since import Since
    from weibao.sla.figures import Spread


def audit_object(audit: Audit, words: Language) -> dict[str, Any]:
    """The audit; findings are told in one language, all else is the same in every one."""
    zone = audit.book.zone
    return head(audit.book) | {
        "checks": [_check(one, words) for one in audit.checks],
        "clauses": clause_objects(audit.clauses, words),
        "sample": [_drawn(one) for one in audit.sample.drawn] if audit.sample else [],
        "quality": _quality(audit.quality),
        "corroboration": _corroboration(audit.corroboration),
        "confirmations": _confirmations(audit.confirmations),
        "pauses": _pauses(audit.pauses),
        "configuration": [_change(one, zone) for one in audit.configuration],
        "since": _since(audit.since, audit.book.records, words) if audit.since else None,
        "never_shown": list(NEVER_SHOWN),
    }


def _check(one: AuditCheck, words: Language) -> dict[str, Any]:
    return {
        "name": one.name,
        "passed": one.passed,
        "examined": one.examined,
        "unit": one.unit,
        "findings": _findings(one.findings, words),
    }


def _findings(found: Iterable[Finding], words: Language) -> list[dict[str, Any]]:
    return [finding_object(tell(one, words)) for one in found]


def _drawn(one: Drawn) -> dict[str, Any]:
    return {
        "ticket": one.ticket,
        "severity": one.stratum.severity,
        "month": one.stratum.month,
        "digest": one.digest,
    }


def _quality(one: Quality) -> dict[str, Any]:
    return {
        "total": _support(one.total),
        "by_person": [_support(group) for group in one.by_person],
        "by_month": [_support(group) for group in one.by_month],
        "by_event": [_support(group) for group in one.by_event],
        "by_grade": [_support(group) for group in one.by_grade],
    }


def _support(one: Support) -> dict[str, Any]:
    return {
        "key": one.key,
        "entries": one.entries,
        "grades": {grade.value: count for grade, count in one.by_grade.items()},
        "lateness_seconds": _spread(one.lateness),
        "imported": one.imported,
    }


def _spread(one: Spread | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "count": one.count,
        "median": one.median,
        "ninetieth": one.ninetieth,
        "worst": one.worst,
    }


def _corroboration(one: Corroboration) -> dict[str, Any]:
    return {
        "total": _kept(one.total),
        "by_person": [_kept(group) for group in one.by_person],
        "by_month": [_kept(group) for group in one.by_month],
        "windows": _windows(one.windows),
    }


def _kept(one: Kept) -> dict[str, Any]:
    return {
        "key": one.key,
        "met": one.met,
        "corroborated": one.corroborated,
        "alone": one.alone,
        "imported": one.imported,
        "windows": _windows(one.windows),
    }


def _windows(one: Windows) -> dict[str, Any]:
    return {"width_seconds": _spread(one.widths), "open": one.open}


def _pauses(one: PausedTime) -> dict[str, Any]:
    return {
        "judged": one.judged,
        "tickets": [
            {"ticket": each.ticket, "paused_seconds": each.paused, "used_seconds": each.used}
            for each in one.tickets
        ],
        "by_person": [
            {
                "person": each.person,
                "pauses": each.pauses,
                "tickets": each.tickets,
                "seconds": each.seconds,
                "late": each.late,
            }
            for each in one.by_person
        ],
    }


def _confirmations(one: Confirmations) -> dict[str, Any]:
    return {
        "confirmed": _hands(one.confirmed),
        "countersigned": _hands(one.countersigned),
        "by_contact": [
            {
                "contact": each.contact,
                "confirmed": _hands(each.confirmed),
                "countersigned": _hands(each.countersigned),
            }
            for each in one.by_contact
        ],
    }


def _hands(one: Hands) -> dict[str, Any]:
    return {"first_hand": one.first_hand, "reported": one.reported, "imported": one.imported}


def _change(one: ConfigurationChange, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "path": one.path,
        "commit": one.commit,
        "author": _maker(one.author),
        "recorded": format_instant(one.recorded, zone),
        "landed": format_instant(one.landed, zone),
        "landing_commit": one.landing_commit,
        "landed_by": _maker(one.landed_by) if one.landed_by else None,
        "kind": one.kind,
        "form": one.altered.form,
        "alterations": [alteration_object(each) for each in one.altered.alterations],
        "more": one.altered.more,
    }


def _maker(one: Maker) -> dict[str, Any]:
    return {
        "name": one.identity.name,
        "email": one.identity.email,
        "person": one.person or None,
        "side": one.side,
    }


def _since(one: Since, records: Records, words: Language) -> dict[str, Any]:
    zone = records.contract.zone
    return {
        "commit": one.commit,
        "as_of": moment(one.as_of, zone),
        "descends": one.descends,
        "added": [added_object(each, records, zone, words) for each in one.added],
        "lost": [added_object(each, records, zone, words) for each in one.lost],
        "removed": list(one.removed),
        "opened": list(one.opened),
        "closed": list(one.closed),
        "turned": [turned_object(each, zone) for each in one.turned],
        "settled": {outcome.value: count for outcome, count in one.settled.items()},
        "configuration": [{"path": each.path, "commit": each.commit} for each in one.configuration],
        "new": _findings(one.new, words),
        "gone": _findings(one.gone, words),
        "late": [_late(record, entry, zone) for record, entry in one.late],
    }


def _late(record: str, one: ProvenEntry, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "record": record,
        "at": format_instant(one.entry.at, zone),
        "event": one.entry.event,
        "by": one.entry.by,
        "grade": one.grade.value,
        "lateness_seconds": one.lateness,
        "commit": one.commit,
    }
