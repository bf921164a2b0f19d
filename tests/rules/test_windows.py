"""Planned work and its window: a good and a bad case of each rule (O234, O235, O237, O238, O239, R221)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import a_book
from building.contract import entry, ticket_path
from building.marked import assert_found, findings_of, unmarked
from building.service_plan import UPGRADE, upgrade
from weibao.history.proven import Grade
from weibao.rules.book.windows import check_windows, lapses_of_windows
from weibao.rules.locate import located

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.finding import Finding
    from weibao.report.book import Book

PATH = ticket_path(UPGRADE)
APPROVED = entry(
    "2026-11-17T10:00:00+08:00", "attached", by="chen-jie",
    file="records/attachments/00/0.pdf", sha256=f'"{"0" * 64}"', caption="批准单",
    entries="[{at: 2026-11-16T09:05:00+08:00, event: opened}]",
)  # fmt: skip
LATER = "2026-11-20T18:00:00+08:00"
HEAD = upgrade().partition("  - {at: 2026-11-18")[0] + f"{APPROVED}\n"
WORK = upgrade()[len(upgrade().partition("  - {at: 2026-11-18")[0]) :]


def book_with(
    text: str, as_of: str = LATER, grades: dict[str, Grade] | None = None
) -> tuple[Book, Mapping[str, bytes]]:
    path = ticket_path(text.partition("\n")[0].removeprefix("id: "))
    raw = unmarked({path: text})[0]
    return a_book(raw, as_of=as_of, grades=grades), raw


def windows(text: str, as_of: str = LATER, grades: dict[str, Grade] | None = None) -> list[Finding]:
    book, raw = book_with(text, as_of, grades)
    return list(located(check_windows(book), raw))


@pytest.mark.parametrize(
    ("code", "text", "facts"),
    [
        (
            "O234",
            HEAD + WORK.replace("at: 2026-11-18T23:30", "at: «2026-11-18T21:59"),
            {"event": "resolved", "at": "2026-11-18T21:59:00+08:00"},
        ),
        (
            "O234",
            HEAD
            + WORK.replace("at: 2026-11-18T22:05", "at: «2026-11-19T02:05").replace(
                "2026-11-18T23:30", "2026-11-19T03:30"
            ),
            {"event": "arrived", "to": "2026-11-19T02:00:00+08:00"},
        ),
        (
            "O237",
            HEAD.replace("window: {", "window: «{"),
            {"from": "2026-11-18T22:00:00+08:00", "to": "2026-11-19T02:00:00+08:00"},
        ),
        (
            "O238",
            HEAD.replace("window: {", "window: «{")
            + WORK.replace("2026-11-18T23:30", "2026-11-19T04:30"),
            {"to": "2026-11-19T02:00:00+08:00", "late_by": 9000},
        ),
        (
            "O239",
            (HEAD + WORK).replace(f"{APPROVED}\n", "").replace("approved_by: z", "approved_by: «z"),
            {"contact": "zhang-gong", "at": "2026-11-18T22:00:00+08:00"},
        ),
    ],
)
def test_work_out_of_its_window_is_found_once(
    code: str, text: str, facts: dict[str, object]
) -> None:
    assert_found({PATH: text}, windows(text), code, facts)


def test_work_that_was_announced_approved_and_done_in_its_window_is_in_order() -> None:
    assert windows(HEAD + WORK) == []


def test_work_that_is_not_finished_overruns_from_the_end_of_its_window() -> None:
    begun = HEAD + WORK.partition("\n")[0] + "\n"
    assert windows(begun, "2026-11-19T02:00:00+08:00") == []
    (found,) = windows(begun, "2026-11-19T02:10:00+08:00")
    assert (found.code, found.facts["late_by"]) == ("O238", 600)


def test_work_from_afar_begins_with_the_word_that_it_does() -> None:
    afar = WORK.replace("event: arrived", "event: acknowledged").replace("on_site", "remote")
    assert windows(HEAD + afar) == []
    begun = HEAD + afar.partition("\n")[0] + "\n"
    assert [one.code for one in windows(begun)] == ["O238"]
    before = begun.replace("2026-11-18T22:05", "2026-11-17T22:05")
    assert [one.code for one in windows(before)] == ["O237"]


def test_a_window_is_missed_once_it_is_over_and_a_lapse_once_the_work_is_cancelled() -> None:
    assert windows(HEAD, "2026-11-19T02:00:00+08:00") == []
    cancelled = entry("2026-11-19T09:00:00+08:00", "cancelled", by="chen-jie", reason="客户改期")
    text = HEAD + cancelled + "\n"
    assert windows(text) == []
    (lapse,) = lapses_of_windows(book_with(text)[0])
    assert (lapse.finding.code, lapse.end - lapse.start) == ("O237", 7 * 3600)
    in_time = text.replace("2026-11-19T09:00", "2026-11-18T09:00")
    assert windows(in_time) == []
    assert not list(lapses_of_windows(book_with(in_time)[0]))


def test_who_is_there_before_the_window_opens_has_not_begun() -> None:
    early = (HEAD + WORK).replace("at: 2026-11-18T22:05", "at: 2026-11-18T21:20")
    on_the_edge = early.replace("at: 2026-11-18T23:30", "at: 2026-11-19T02:00")
    assert windows(on_the_edge) == []


def test_planned_work_recorded_after_its_window_opened_has_no_approval_on_record() -> None:
    late = dict.fromkeys(("opened", "notified", "assigned", "arrived", "resolved"), Grade.LATE)
    text = (HEAD + WORK).replace(f"{APPROVED}\n", "").replace("2026-11-16T", "2026-11-18T")
    text = text.replace(UPGRADE, "T20261118-VP6RAD")
    assert [one.code for one in windows(text, grades=late)] == ["O239"]
    (found,) = windows(text.replace("2026-11-18T09:", "2026-11-18T21:"), grades=late)
    assert found.code == "O235"
    assert found.facts["recorded"] == "2026-11-19T00:05:00+08:00"


def test_a_meeting_takes_nothing_down_and_needs_no_approval() -> None:
    text = (HEAD + WORK).replace(f"{APPROVED}\n", "").replace("kind: upgrade", "kind: exchange")
    assert windows(text) == []


@pytest.mark.parametrize("end", ["2026-11-18T21:00:00+08:00", "2026-11-18T22:00:00+08:00"])
def test_a_window_that_ends_before_it_begins_is_none(end: str) -> None:
    text = upgrade().replace("2026-11-19T02:00:00+08:00", end)
    assert [one.code for one in findings_of({PATH: text})] == ["R221"]
    mended = entry(
        "2026-11-16T10:00:00+08:00", "amended", by="chen-jie", field="window.end",
        value='"2026-11-19T02:00:00+08:00"', reason="日期写错",
    )  # fmt: skip
    head, work = text.split("  - {at: 2026-11-18T22:05", 1)
    assert findings_of({PATH: f"{head}{mended}\n  - {{at: 2026-11-18T22:05{work}"}) == ()


def test_one_window_on_one_piece_of_equipment_is_planned_once() -> None:
    """Two people who planned the same work, on two laptops without a network between them."""
    other = upgrade().replace(UPGRADE, "T20261116-2D8VXN").replace("18T22:00", "18T23:00")
    both = {
        PATH: upgrade().partition("  - {at: 2026-11-18")[0],
        ticket_path("T20261116-2D8VXN"): other,
    }
    (found,) = findings_of(both)
    assert (found.code, found.facts["other"]) == ("X216", "T20261116-2D8VXN")
    apart = other.replace("18T23:00", "19T02:00").replace(
        "19T02:00:00+08:00}", "19T04:00:00+08:00}"
    )
    assert findings_of(both | {ticket_path("T20261116-2D8VXN"): apart}) == ()


@pytest.mark.parametrize(("plan", "codes"), [("quarterly-inspection", []), ("ghost", ["X108"])])
def test_the_line_of_the_plan_that_a_ticket_names_is_there(plan: str, codes: list[str]) -> None:
    text = upgrade().replace("rollback:", f"plan: {plan}\nrollback:")
    assert [one.code for one in findings_of({PATH: text})] == codes
