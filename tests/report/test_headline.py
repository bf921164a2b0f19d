"""The headline: three sentences, each made false by one thing at a time, and the gravest decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import a_book, files_of
from building.contract import CONTRACT, a_ticket, entry
from weibao.language import language
from weibao.model.finding import Finding, Place
from weibao.render.words.headline import sentence_told
from weibao.report.headline import Headline, Mood, Statement, headline

if TYPE_CHECKING:
    from weibao.report.book import Book

OPENED = entry("09:15", "opened", by="wang-lei")
ACKED = entry("09:20", "acknowledged")
ARRIVED = entry("10:00", "arrived")
PAUSED = entry("10:05", "paused", reason="site_access")
RESTORED = entry("10:30", "restored", mode="on_site")
REOPENED = entry("10:50", "reopened", reason="又断")
RESOLVED = entry("11:00", "resolved", mode="on_site", cause="电源", action="更换")
CONFIRMED = entry("11:10", "confirmed", by="wang-lei", contact="zhang-gong", via="phone")
CLOSED = entry("11:20", "closed", by="wang-lei")
GROUPED = CONTRACT + (
    "availability:\n"
    "  - effective_from: 2026-01-01\n"
    "    groups: {core: {assets: [core-sw-01, core-sw-02], need: 1}}\n"
)


def book(*log: str, severity: int = 1, at: str = "11:30", contract: str = CONTRACT) -> Book:
    as_of = at if "T" in at else f"2026-11-20T{at}:00+08:00"
    ticket = a_ticket(log=log, severity=severity) if log else None
    return a_book(files_of(*([ticket] if ticket else []), contract=contract), as_of=as_of)


def of(*log: str, severity: int = 1, at: str = "11:30", contract: str = CONTRACT) -> Headline:
    return headline(book(*log, severity=severity, at=at, contract=contract))


def told(found: Headline, one: Book, code: str = "zh") -> list[str]:
    return [sentence_told(sentence, one.records, language(code)) for sentence in found.sentences]


def test_a_severity_1_outage_is_told_though_every_promise_is_in_time() -> None:
    found = of(OPENED, ACKED, at="09:30")
    assert (found.services.says, found.promises.mood, found.mood) == (
        Statement.OUT,
        Mood.CALM,
        Mood.BAD,
    )


def test_a_paused_severity_2_is_still_told() -> None:
    found = of(OPENED, ACKED, ARRIVED, PAUSED, severity=2, at="11:30")
    assert found.services.says is Statement.PARTLY_OUT
    assert found.promises.says is Statement.STANDING_STILL


def test_a_group_that_bears_the_loss_is_degraded_and_not_out() -> None:
    found = of(OPENED, ACKED, at="09:30", contract=GROUPED)
    assert (found.services.says, found.services.mood) == (Statement.DEGRADED, Mood.RISK)


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ((RESTORED,), Statement.NO_IMPACT),
        ((RESTORED, REOPENED), Statement.OUT),
        ((RESTORED, RESOLVED), Statement.NO_IMPACT),
        ((RESTORED, RESOLVED, CONFIRMED, CLOSED), Statement.NO_IMPACT),
    ],
    ids=["restored", "reopened within the recheck", "resolved", "closed"],
)
def test_what_was_repaired_is_out_again_when_it_is_reopened(
    steps: tuple[str, ...], says: Statement
) -> None:
    found = of(OPENED, ACKED, ARRIVED, *steps)
    assert found.services.says is says
    if steps[-1] is REOPENED:
        assert found.services.since == book(OPENED).records.tickets["T20261120-7K3Q9M"].reported_at


def test_a_severity_that_the_provider_lowered_alone_changes_nothing() -> None:
    lowered = entry("09:25", "severity_agreed", severity="4")
    stated = entry("09:26", "impact", impact="[{on: mes, state: none}]")
    assert of(OPENED, ACKED, lowered, stated, at="09:30").services.says is Statement.OUT


def test_where_nothing_is_covered_nothing_is_known() -> None:
    found = of(at="2028-01-05T10:00:00+08:00")
    assert (found.services.says, found.services.mood) == (Statement.NOT_KNOWN, Mood.UNKNOWN)


def test_a_ticket_that_cannot_be_read_may_be_about_anything() -> None:
    files = files_of(a_ticket(log=(OPENED, ACKED, ARRIVED, RESTORED, RESOLVED)))
    path = next(path for path in files if "/tickets/" in path)
    whole = headline(a_book(files, as_of="2026-11-20T11:30:00+08:00"))
    files[path.replace("7K3Q9M", "7K3Q9N")] = b"id: [\n"
    found = headline(a_book(files, as_of="2026-11-20T11:30:00+08:00"))
    assert whole.services.says is Statement.NO_IMPACT
    assert found.services.says is Statement.NOT_KNOWN
    assert found.record.mood is Mood.BAD


@pytest.mark.parametrize(
    ("log", "at", "says"),
    [
        ((), "11:30", Statement.NOTHING_PROMISED),
        ((OPENED, ACKED), "09:30", Statement.IN_TIME),
        ((OPENED,), "09:38", Statement.AT_RISK),
        ((OPENED,), "09:50", Statement.OVERDUE),
        ((OPENED, ACKED, ARRIVED, PAUSED), "11:30", Statement.STANDING_STILL),
    ],
)
def test_the_promises_are_told_by_the_worst_of_them(
    log: tuple[str, ...], at: str, says: Statement
) -> None:
    assert of(*log, at=at).promises.says is says


def test_a_missed_promise_that_nobody_explained_is_told_when_all_is_over() -> None:
    late = entry("11:40", "restored", mode="on_site")
    done = entry("13:50", "resolved", mode="on_site", cause="电源", action="更换")
    arrived = entry("11:30", "arrived")
    found = of(OPENED, ACKED, arrived, late, done, at="14:30")
    assert (found.promises.says, found.promises.number) == (Statement.UNEXPLAINED, 2)


@pytest.mark.parametrize(
    ("code", "says"), [("L104", Statement.DAMAGED), ("E141", Statement.ERRORS)]
)
def test_a_record_with_an_error_is_not_called_whole(code: str, says: Statement) -> None:
    wrong = Finding(code, Place("records/contract.yaml"), "", {})
    one = a_book(findings=[wrong])
    assert headline(one).record.says is says
    assert headline(a_book()).record.mood in {Mood.CALM, Mood.NOTE}


def test_the_sentences_are_said_in_both_languages() -> None:
    one = book(OPENED, ACKED, at="11:30")
    found = headline(one)
    assert told(found, one)[0] == "生产管理系统中断 2 小时"
    assert told(found, one, "en")[0] == "Manufacturing execution is down, 2 h"
    calm = book()
    assert told(headline(calm), calm)[0] == "没有已知的服务影响"


def test_a_length_stands_in_whole_hours_and_from_two_days_on_in_whole_days() -> None:
    for at, words in (("09:30", "不到 1 小时"), ("10:12", "1 小时"), ("11:11", "1 小时")):
        one = book(OPENED, ACKED, at=at)
        assert told(headline(one), one)[0].endswith(words)
    one = book(OPENED, ACKED, at="2026-11-22T09:12:00+08:00")
    assert told(headline(one), one)[0].endswith("2 天")
