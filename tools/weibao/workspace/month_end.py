"""Closing a month: its figures worked out, filed and committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.closing import MonthClose, close_path, close_text
from weibao.model.instant import format_instant
from weibao.refusal import UsageRefusal
from weibao.report.closed_months import close_of
from weibao.sla.closing import judged_at
from weibao.workspace.recording.commit import require_committable
from weibao.workspace.recording.new_files import commit_new_files
from weibao.workspace.recording.store import one_writer, plain_path

if TYPE_CHECKING:
    from weibao.report.book import Book
    from weibao.report.closed_months import SeenLogs
    from weibao.workspace.recording.clone import Desk


def close_month(desk: Desk, book: Book, period: str, logs: SeenLogs) -> tuple[MonthClose, str]:
    """Close a month by what had landed when it was over; the close, and the commit that brought it.

    Raises:
        Refusal: the month is not over, is closed already, or nothing had landed by then; or git or the
            disk did not allow it.
    """
    _require_over(book, period)
    with one_writer(desk.git_dir):
        _require_unclosed(desk, book, period)
        require_committable(desk.root)
        close = close_of(book, period, logs)
        if close is None:
            raise UsageRefusal(
                N_("Nothing had landed yet when {month} was over: there is nothing to close."),
                month=period,
            )
        content = close_text(close, book.zone).encode()
        return close, commit_new_files(
            desk.root, desk.git_dir, {close.path: content}, f"{period} closed"
        )


def _require_over(book: Book, period: str) -> None:
    over = judged_at(period, book.records.contract)
    if book.as_of < over:
        raise UsageRefusal(
            N_("{month} is not over: what belongs to it can still change until {over}."),
            mend=N_("Close it then. What stands by now: weibao sla --month {month}"),
            month=period,
            over=format_instant(over, book.zone),
        )


def _require_unclosed(desk: Desk, book: Book, period: str) -> None:
    path = close_path(period)
    if path in book.files or plain_path(desk.root, path).exists():
        raise UsageRefusal(
            N_("{month} is closed already, by {path}, and a close stands."),
            mend=N_(
                "What came later is restated in the month in which it landed: weibao sla --month {month}"
            ),
            month=period,
            path=path,
        )
