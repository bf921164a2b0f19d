"""A hand-over sheet tells what was open by the record, and what each side wrote, under whose address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import TICKET, WHOLE_LOG, a_book, files_of
from building.contract import DUTY, a_ticket, entry
from building.record_papers import a_record_paper, paper_words, record_facts
from building.site import planned_ticket
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from weibao.report.book import Book

SHEET = "handover-sheet"
SHIFT = "S20261121-8H4FT2"
PATH = f"records/shifts/2026/11/21/{SHIFT}.yaml"
OPEN = (
    *WHOLE_LOG[:4],
    entry("10:00", "escalated", by="wang-lei", level="2", to="sun-yu"),
    entry("10:20", "updated", note="仍在处理"),
)
"""A fault that was still open in the morning."""


def handed(**more: str) -> str:
    return entry(
        "2026-11-21T07:55:00+08:00", "handed_over", by="li-qiang", text="李强：主控板待换",
        tools="钥匙两把", **{"open": "[]", **more},
    )  # fmt: skip


TAKEN = entry("2026-11-21T08:05:00+08:00", "taken_over", by="zhao-min", exceptions="缺一把钥匙")


def the_book(*lines: str, ticket: str = "", duty: str = DUTY) -> Book:
    head = f"id: {SHIFT}\nrota: desk\nfrom: 2026-11-20T08:00:00+08:00\nto: 2026-11-21T08:00:00+08:00\nlog:\n"
    files = files_of(ticket or a_ticket(log=OPEN), duty=duty)
    return a_book({**files, PATH: (head + "".join(f"{line}\n" for line in lines)).encode()})


def test_what_was_open_is_read_from_the_record_and_not_typed() -> None:
    told = record_facts(SHEET, the_book(handed(), TAKEN), SHIFT)
    counts = told["open"]["counts"]
    assert (counts["open"], counts["at_risk"], counts["unlisted"]) == (1, 1, 1)
    assert (counts["waiting"], counts["paused"], counts["windows"]) == (1, 0, 0)
    (row,) = told["open"]["open"]
    assert (row["ticket"], row["severity"], row["state"]) == (TICKET, 1, "in_progress")
    assert row["rung"] == 2
    assert row["remarks"] == "unlisted at_risk parts"


@pytest.mark.parametrize(("end", "late"), [("04:00", True), ("12:00", False)])
def test_work_whose_window_is_over_counts_as_late(end: str, *, late: bool) -> None:
    planned = planned_ticket()
    planned = planned.replace("2026-11-28T22:00", "2026-11-21T02:00")
    planned = planned.replace("2026-11-29T02:00", f"2026-11-21T{end}")
    told = record_facts(SHEET, the_book(handed(), TAKEN, ticket=planned), SHIFT)["open"]
    (row,) = told["open"]
    assert told["counts"]["at_risk"] == late
    assert ("window_missed" in row["remarks"]) is late
    assert row["due"] == f"2026-11-21T{end if late else '02:00'}:00+08:00"


def test_a_ticket_that_ended_before_is_not_among_them() -> None:
    told = record_facts(SHEET, the_book(handed(), TAKEN, ticket=a_ticket(log=WHOLE_LOG)), SHIFT)
    assert told["open"]["counts"]["open"] == 0
    assert told["open"]["open"] == []


def test_what_each_side_wrote_and_when_is_told_apart() -> None:
    told = record_facts(SHEET, the_book(handed(), TAKEN), SHIFT, "internal")
    assert told["typed"]["typed"] == {
        "text": "李强：主控板待换",
        "tools": "钥匙两把",
        "environment": None,
        "exceptions": None,
    }
    assert told["taken"]["taken"]["exceptions"] == "缺一把钥匙"
    shift = told["shift"]["shift"]
    assert (shift["given"], shift["taken"]) == (
        "2026-11-21T07:55:00+08:00",
        "2026-11-21T08:05:00+08:00",
    )
    assert (shift["given_by"], shift["taken_by"]) == ("li-qiang", "zhao-min")
    # Both were recorded from one machine, that of li-qiang.
    assert told["signed"]["recorded"] == {"given": "own", "taken": "other"}


def test_a_grave_ticket_asks_for_the_supervisors_consent() -> None:
    missing = a_record_paper(SHEET, the_book(handed(), TAKEN), SHIFT)
    assert "没有记录" in paper_words(missing)
    told = record_facts(SHEET, the_book(handed(consent_by="sun-yu"), TAKEN), SHIFT, "internal")
    assert told["shift"]["shift"]["consent"] == "sun-yu"
    small = the_book(handed(), TAKEN, ticket=a_ticket(severity=3, log=OPEN))
    assert "consent" not in record_facts(SHEET, small, SHIFT)["shift"]["shift"]


def test_why_somebody_stood_in_is_told() -> None:
    stand_in = (
        "overrides:\n  - {rota: desk, from: 2026-11-20T08:00:00+08:00, to: 2026-11-21T08:00:00+08:00,"
        " by: chen-jie, instead_of: REPLACED, reason: 病假}\n"
    )
    turn = record_facts(SHEET, the_book(handed(), TAKEN), SHIFT, "internal")["shift"]["shift"][
        "turn"
    ]
    duty = DUTY + stand_in.replace("REPLACED", turn)
    shift = record_facts(SHEET, the_book(handed(), TAKEN, duty=duty), SHIFT, "internal")["shift"][
        "shift"
    ]
    assert (shift["turn"], shift["why"]) == ("chen-jie", "病假")


def test_names_and_internal_hand_overs_are_the_providers_own() -> None:
    book = the_book(handed(internal="true"), TAKEN)
    customer = paper_words(a_record_paper(SHEET, book, SHIFT))
    internal = paper_words(a_record_paper(SHEET, book, SHIFT, audience="internal"))
    for withheld in ("李强", "钥匙两把"):
        assert withheld not in customer
        assert withheld in internal


def test_before_it_is_taken_over_it_is_provisional() -> None:
    told = paper_words(a_record_paper(SHEET, the_book(handed()), SHIFT))
    assert "暂定稿：尚未接班" in told


def test_of_a_shift_that_is_not_there_or_not_handed_over_there_is_none() -> None:
    book = the_book(handed(), TAKEN)
    with pytest.raises(UsageRefusal, match="There is no shift S1"):
        a_record_paper(SHEET, book, "S1")
    with pytest.raises(UsageRefusal, match="was not handed over by"):
        a_record_paper(SHEET, book.at(book.as_of - 5 * 86400), SHIFT)
