"""The example's months are closed, and anyone can work the closes out again."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from demo.making import UNTIL
from weibao.demo.contract_year import make_demo
from weibao.demo.hours import ZONE
from weibao.demo.month_closes import closings
from weibao.demo.people import MANAGER
from weibao.demo.year import year_until
from weibao.history.first_sight.reading import read_seen
from weibao.history.git.reader import Git
from weibao.history.git.refs import SEEN_REF
from weibao.model.instant import local_day
from weibao.report.audit.closes import closes_check
from weibao.report.closed_months import closed_month
from weibao.report.papers.period_report import named_periods, period_report

if TYPE_CHECKING:
    from pathlib import Path

    from demo.making import Example
    from weibao.report.closed_months import SeenLogs

FOLLOWED = {
    ("2026-10", "monthly"): (
        "remarked remarked remarked remarked issued submitted disputed"
        " revised remarked issued submitted accepted attached"
    ),
    ("2026-09", "monthly"): "issued submitted accepted",
    ("2026-08", "quarterly"): "remarked remarked issued submitted accepted attached",
}
"""What became of the reports on some of them."""
MONTHS = ("2025-12", *(f"2026-{month:02}" for month in range(1, 11)))


@pytest.fixture(scope="module")
def logs(year: Example) -> SeenLogs:
    """What the log said when the months were closed, and says now."""
    git = Git(year.path)
    commits = {close.seen_log for close in year.book.records.closes.values()}
    return {commit: read_seen(git, commit).log for commit in (*commits, git.find(SEEN_REF))}


def test_every_month_that_is_over_is_closed_by_the_project_manager_on_one_morning(
    year: Example,
) -> None:
    history = year.book.history
    assert tuple(sorted(year.book.records.closes)) == MONTHS
    brought = [
        change
        for change in history.changes
        if change.path.startswith("records/reports/") and set(change.before) <= {None}
    ]
    commits = [history.commits[change.commit] for change in brought]
    assert {commit.author for commit in commits} == {MANAGER.identity}
    assert {commit.subject for commit in commits} == {f"{month} closed" for month in MONTHS}
    assert {local_day(commit.commit_time, ZONE) for commit in commits} == {date(2026, 11, 3)}


def test_the_closes_are_what_anyone_works_out_again(year: Example, logs: SeenLogs) -> None:
    check = closes_check(year.book, logs)
    assert check.passed
    assert check.examined == len(MONTHS)
    assert {finding.code for finding in year.book.findings}.isdisjoint({"E151", "E152", "E153"})


def test_the_closes_rest_on_the_log_as_it_was_that_morning(year: Example, logs: SeenLogs) -> None:
    (log,) = {close.seen_log for close in year.book.records.closes.values()}
    now = logs[Git(year.path).find(SEEN_REF)]
    assert logs[log].first.items() < now.first.items()


def test_each_close_counts_the_promises_that_were_due_in_its_month(
    year: Example, logs: SeenLogs
) -> None:
    for month in MONTHS:
        closed = closed_month(year.book, month, logs)
        assert closed is not None
        assert 0 < sum(closed.close.counts.values()) == len(closed.verdicts)
        assert closed.restated == ()


def test_a_year_whose_months_are_left_open_has_the_same_records(
    year: Example, tmp_path: Path
) -> None:
    made = make_demo(tmp_path / "demo", seed=1, until=UNTIL, closed=False)
    assert not (tmp_path / "demo" / "records" / "reports").exists()
    steps = sum(len(told.split()) for told in FOLLOWED.values())
    assert made.commits == year.result.commits - len(MONTHS) - steps
    assert made.tickets == year.result.tickets


def test_reports_are_remarked_on_disputed_revised_and_signed(year: Example) -> None:
    records = year.book.records
    for (month, report), told in FOLLOWED.items():
        log = records.closes[month].log
        assert {entry.data["report"] for entry in log} == {report}
        assert " ".join(entry.event for entry in log) == told
        for entry in log:
            if entry.event == "attached":
                content = year.book.files[entry.data["file"]]
                assert sha256(content).hexdigest() == entry.data["sha256"]
    (delivery,) = (found for found in year.book.deliveries if found.kind == "monthly")
    assert (delivery.version, delivery.first_hand, delivery.revised) == (2, True, None)
    assert {finding.code for finding in year.book.findings}.isdisjoint({"X316", "X317", "X208"})


def test_each_version_of_a_report_has_the_remarks_that_there_were(
    year: Example, logs: SeenLogs
) -> None:
    periods = {named.name: named for named in named_periods(year.book.records.contract)}
    first, second = (
        period_report(year.book, periods["2026-10"], logs, version) for version in (1, None)
    )
    assert (first.version, second.version, first.provisional) == (1, 2, False)
    assert (len(first.remarks("risks")), len(second.remarks("risks"))) == (2, 2)
    assert (len(first.remarks("availability")), len(second.remarks("availability"))) == (0, 1)
    assert [month.name for month in first.before] == ["2026-08", "2026-09"]
    assert first.restated == second.restated == ()


@pytest.mark.parametrize(
    ("until", "last"),
    [
        (date(2026, 11, 1), "2026-09"),
        (date(2026, 11, 3), "2026-09"),
        (date(2026, 11, 4), "2026-10"),
        (date(2026, 11, 30), "2026-10"),
        (date(2028, 2, 29), "2028-01"),
    ],
)
def test_a_month_is_closed_on_the_third_day_of_the_next(until: date, last: str) -> None:
    year = year_until(until, seed=1)
    months = dict(closings(year))
    assert min(months) == f"{year.start:%Y-%m}"
    assert max(months) == last
    assert all(change.at < year.finish for change in months.values())
