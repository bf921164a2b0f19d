"""A month's close: which figures stood when it was over, and what they were worked out from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.model.instant import format_instant, parse_instant
from weibao.model.yaml.quoting import scalar_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from weibao.model.entry import Entry
    from weibao.model.instant import Instant

PERIOD = "(?:19[89][0-9]|2[0-9]{3})-(?:0[1-9]|1[0-2])"
"""How a month is written, of the years that records have."""

NO_LOG = "none"
"""What stands for a first-seen log where there was none."""

COUNTED = ("met", "breached", "waived", "cancelled")
"""The outcomes that a promise due in a month that is over can have."""


@dataclass(frozen=True, slots=True)
class MonthClose:
    """The header of ``records/reports/YYYY/YYYY-MM.yaml``.

    Attributes:
        period: the month, ``2026-11``.
        as_of: the instant as of which it was judged: the month's end, and the recheck after it.
        commit: the newest commit that everybody could see by then.
        seen_log: the commit of the log of first sights that was used, "" where there was none.
        rules: the number of the rules that it was judged by.
        counts: promises due in the month, by how they came out.
        sha256: over their verdicts, a line each.
        log: what became of the reports on it: issued, submitted, accepted, disputed.
    """

    period: str
    as_of: Instant
    commit: str
    seen_log: str
    rules: int
    counts: Mapping[str, int]
    sha256: str
    log: tuple[Entry, ...] = ()

    @property
    def id(self) -> str:
        """What its commits call it: the month."""
        return self.period

    @property
    def path(self) -> str:
        """Where it is filed."""
        return close_path(self.period)


def close_path(period: str) -> str:
    """Where the close of a month is filed."""
    return f"records/reports/{period[:4]}/{period}.yaml"


def read_close(data: Mapping[str, Any], log: tuple[Entry, ...] = ()) -> MonthClose:
    """The close out of a document that its schema has accepted."""
    return MonthClose(
        period=data["period"],
        as_of=parse_instant(data["as_of"]),
        commit=data["commit"],
        seen_log="" if data["seen_log"] == NO_LOG else data["seen_log"],
        rules=data["rules"],
        counts=data["counts"],
        sha256=data["sha256"],
        log=log,
    )


def close_text(close: MonthClose, zone: ZoneInfo) -> str:
    """The file of a close, its log still empty."""
    counts = ", ".join(f"{outcome}: {close.counts[outcome]}" for outcome in COUNTED)
    return (
        "# yaml-language-server: $schema=../../../schemas/report.schema.json\n"
        f"period: {scalar_text(close.period)}\n"
        f"as_of: {format_instant(close.as_of, zone)}\n"
        f"commit: {scalar_text(close.commit)}\n"
        f"seen_log: {scalar_text(close.seen_log or NO_LOG)}\n"
        f"rules: {close.rules}\n"
        f"counts: {{{counts}}}\n"
        f"sha256: {scalar_text(close.sha256)}\n"
        "log:\n"
    )
