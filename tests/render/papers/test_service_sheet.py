"""A service sheet tells who came when and with which certificate, what was done, and leaves room for the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from building.book import TICKET, WHOLE_LOG, a_book, a_voice, files_of
from building.contract import CONTRACT, a_ticket, entry
from building.record_papers import a_record_paper, paper_words, record_facts
from weibao.history.proven import Grade
from weibao.refusal import UsageRefusal
from weibao.render.edition.public import public_audit
from weibao.render.papers.commission import Commission
from weibao.render.papers.format import PaperSetting
from weibao.render.papers.formats.pdf import FORMAT as PDF
from weibao.render.papers.formats.pdf import pages_in
from weibao.render.papers.paper import Blank, SignOff, together
from weibao.render.papers.ticket_blocks import ticket_head
from weibao.report.audit.audit import audit_of
from weibao.workspace.papers.fonts import font_folders

if TYPE_CHECKING:
    from weibao.report.book import Book

SHEET = "service-sheet"

TWICE = (
    entry("09:15", "opened", by="wang-lei"),
    entry("09:20", "acknowledged"),
    entry("09:30", "dispatched", by="wang-lei", to="li-qiang", with_="[zhao-min]").replace(
        "with_", "with"
    ),
    entry("10:30", "arrived"),
    entry("11:00", "updated", note="现场无备件"),
    entry("11:30", "left"),
    entry("13:00", "dispatched", by="wang-lei", to="zhao-min"),
    entry("14:00", "arrived", by="zhao-min"),
    entry(
        "14:20",
        "part_replaced",
        by="zhao-min",
        asset="core-sw-01",
        part="hw-s12700-mpu",
        removed_serial="HDOLD9",
        installed_serial="HDMPU1",
        old_part="returned",
    ),
    entry("14:40", "restored", by="zhao-min", mode="on_site"),
    entry(
        "15:00",
        "resolved",
        by="zhao-min",
        mode="on_site",
        cause="主控板失效",
        action="更换主控板",
        test_result="观察正常",
    ),
    entry("15:10", "left", by="zhao-min"),
    entry("15:30", "updated", by="wang-lei", note="内部：备件价格待核", internal="true"),
    entry(
        "16:00",
        "confirmed",
        by="wang-lei",
        contact="zhang-gong",
        via="phone",
        satisfaction="2",
        comment="来了两趟",
    ),
)
"""A fault for which somebody came twice."""


@pytest.fixture(scope="module")
def book() -> Book:
    return a_book(files_of(a_ticket(log=TWICE)))


def test_the_sheet_of_a_ticket_has_every_visit_with_whoever_came_along(book: Book) -> None:
    rows = record_facts(SHEET, book, TICKET, "internal")["visits"]["visits"]
    assert [(row["visit"], row["person"], row["arrived"], row["left"]) for row in rows] == [
        (1, "li-qiang", "2026-11-20T10:30:00+08:00", "2026-11-20T11:30:00+08:00"),
        (1, "zhao-min", "2026-11-20T10:30:00+08:00", "2026-11-20T11:30:00+08:00"),
        (2, "zhao-min", "2026-11-20T14:00:00+08:00", "2026-11-20T15:10:00+08:00"),
    ]
    assert [row["dispatched"] for row in rows] == [
        "2026-11-20T09:30:00+08:00",
        None,
        "2026-11-20T13:00:00+08:00",
    ]
    assert [row["certificates"] for row in rows] == [
        "huawei HCIP-Datacom 1001",
        "huawei HCIA-Datacom 1002",
        "huawei HCIA-Datacom 1002",
    ]


def test_what_is_done_between_two_visits_stands_on_the_sheet_of_the_first(book: Book) -> None:
    first = record_facts(SHEET, book, f"{TICKET}/1")
    second = record_facts(SHEET, book, f"{TICKET}/2")
    assert [row["step"] for row in first["done"]["steps"]] == ["acknowledged", "updated"]
    assert first["done"]["done"]["cause"] is None
    assert first["state"]["state"]["state"] == "in_progress"
    assert first["parts"]["parts"] == []
    assert "steps" not in second["done"]
    assert second["done"]["done"] == {
        "mode": "on_site",
        "cause": "主控板失效",
        "action": "更换主控板",
        "test_result": "观察正常",
    }
    assert [row["visit"] for row in second["visits"]["visits"]] == [2]


def test_who_was_sent_at_once_with_others_takes_none_of_their_work() -> None:
    both = (
        *TWICE[:3],
        entry("09:31", "dispatched", by="wang-lei", to="zhao-min"),
        *TWICE[3:6],
        *TWICE[7:],
    )
    book = a_book(files_of(a_ticket(log=both)))
    first, second = (record_facts(SHEET, book, f"{TICKET}/{number}")["done"] for number in (1, 2))
    assert [row["step"] for row in first["steps"]] == ["acknowledged", "updated"]
    assert (first["done"]["cause"], second["done"]["cause"]) == (None, "主控板失效")


def test_a_part_is_told_with_its_origin_and_what_became_of_the_old_one(book: Book) -> None:
    (part,) = record_facts(SHEET, book, TICKET, "internal")["parts"]["parts"]
    assert part == {
        "asset": "core-sw-01",
        "part": "hw-s12700-mpu",
        "removed_serial": "HDOLD9",
        "installed_serial": "HDMPU1",
        "oem_verified_by": "sun-yu",
        "source_document": "送货单 HD-1205",
        "old_part": "returned",
    }


def test_promises_and_the_customers_word_are_those_of_the_record(book: Book) -> None:
    told = record_facts(SHEET, book, TICKET)
    arrive = next(row for row in told["promises"]["promises"] if row["promise"] == "arrive-1")
    assert (arrive["due"], arrive["done"], arrive["outcome"]) == (
        "2026-11-20T11:12:00+08:00",
        "2026-11-20T10:30:00+08:00",
        "met",
    )
    restore = next(row for row in told["promises"]["promises"] if row["promise"] == "restore-1")
    assert (restore["outcome"], restore["over"]) == ("breached", 88 * 60)
    customer = told["customer"]["customer"]
    assert (customer["score"], customer["comment"], customer["hand"]) == (
        "2",
        "来了两趟",
        "reported",
    )


def test_people_serials_and_internal_notes_are_the_providers_own(book: Book) -> None:
    customer = paper_words(a_record_paper(SHEET, book, TICKET))
    internal = paper_words(a_record_paper(SHEET, book, TICKET, audience="internal"))
    for withheld in ("李强", "赵敏", "张工", "2102HD0001", "1001", "0512"):
        assert withheld not in customer
    for own in ("李强", "赵敏", "张工", "HDMPU1", "HDOLD9", "2102HD0001", "1001"):
        assert own in internal
    for signed_for in ("HDMPU1", "HDOLD9"):
        assert signed_for in customer
    assert "备件价格" not in customer
    assert "备件价格" in internal
    assert "内部资料" in internal
    assert "内部资料" not in customer


def test_a_late_record_stands_beside_the_claim(book: Book) -> None:
    late = a_book(files_of(a_ticket(log=TWICE)), grades={"arrived": Grade.LATE})
    assert "2026-11-20 13:30（自报 11-20 10:30）" in paper_words(
        a_record_paper(SHEET, late, TICKET)
    )
    assert "自报 11-20" not in paper_words(a_record_paper(SHEET, book, TICKET))


def test_who_has_no_valid_certificate_is_told() -> None:
    files = files_of(a_ticket(log=TWICE))
    path = "records/staff.yaml"
    files[path] = files[path].replace(b"to: 2027-12-31", b"to: 2026-11-19")
    paper = a_record_paper(SHEET, a_book(files), TICKET)
    assert "huawei：无有效认证" in paper_words(paper)


def test_of_work_from_afar_nobody_is_said_to_have_come() -> None:
    log = (*WHOLE_LOG[:3], entry("09:40", "restored", mode="remote"))
    told = record_facts(SHEET, a_book(files_of(a_ticket(log=log))), TICKET, "internal")
    assert told["service"]["head"]["way"] == "remote"
    assert told["visits"]["visits"] == [
        {
            "visit": "remote",
            "person": "li-qiang",
            "certificates": "huawei HCIP-Datacom 1001",
            "dispatched": None,
            "arrived": None,
            "left": None,
        }
    ]


def test_the_page_of_a_ticket_is_named_by_its_whole_address_or_not_at_all() -> None:
    book = a_book(files_of(a_ticket(log=WHOLE_LOG)))
    audit = public_audit(audit_of(book), "customer")
    bare = Commission(a_voice(audit.book, "zh", "customer"), audit, TICKET)
    ticket = book.records.tickets[TICKET]

    def page(commission: Commission) -> list[str]:
        return [
            fact.cell.said.texts[0]
            for fact in ticket_head(commission, ticket)
            if fact.key == "page"
        ]

    assert page(bare) == []
    (address,) = page(replace(bare, site="https://example.org/site/"))
    assert address.startswith(f"https://example.org/site/tickets/{TICKET}")


def test_a_blank_sheet_has_what_is_known_and_room_for_the_rest() -> None:
    book = a_book(files_of(a_ticket(log=TWICE[:3])))
    paper = a_record_paper(SHEET, book, TICKET, blank=True)
    blanks = {
        block.label.texts[0]
        for section in paper.sections
        for block in section.blocks
        if isinstance(block, Blank)
    }
    assert {"到场时间", "开始处理时间", "离场时间", "原因", "处理措施", "测试结果"} <= blanks
    assert not {"工程师及同行人员", "派出时间"} & blanks
    assert "2102HD0001" in paper_words(paper), "of the equipment that it is taken to"
    assert f"{TICKET}-blank-" in paper.number
    assert "空白单：现场手工填写" in paper_words(paper)
    assert "2026-11-20 09:30" in paper_words(paper)
    assert [section.key for section in paper.sections][-1] == "signed"
    boxes = next(block for block in paper.sections[-1].blocks if isinstance(block, SignOff)).boxes
    assert [len(box.choices) for box in boxes] == [3, 0, 5]


@pytest.mark.parametrize("blank", [False, True])
def test_a_sheet_is_one_page_in_each_language_and_in_both(blank) -> None:
    book = a_book(files_of(a_ticket(log=TWICE[:3] if blank else WHOLE_LOG)))
    setting = PaperSetting(fonts=font_folders((), Path.home()))
    papers = [a_record_paper(SHEET, book, TICKET, code=code, blank=blank) for code in ("zh", "en")]
    for paper in (*papers, together(papers)):
        assert pages_in(PDF.write(paper, setting)) == 1


def test_a_blank_sheet_of_somebody_on_site_asks_no_more_when_they_came() -> None:
    book = a_book(files_of(a_ticket(log=TWICE[:4])))
    paper = a_record_paper(SHEET, book, TICKET, blank=True)
    visits = next(section for section in paper.sections if section.key == "visits")
    blanks = [block.label.texts[0] for block in visits.blocks if isinstance(block, Blank)]
    assert blanks == ["开始处理时间", "离场时间"]


@pytest.mark.parametrize(
    ("subject", "blank", "said"),
    [
        ("T20261120-000000", False, "There is no ticket T20261120-000000."),
        (f"{TICKET}/3", False, f"{TICKET} has no visit 3."),
        (f"{TICKET}/x", False, f"{TICKET} has no visit 0."),
        (TICKET, True, f"{TICKET} is over: a blank sheet is filled in while the work lasts."),
    ],
)
def test_where_there_is_no_such_sheet_it_is_refused(
    book: Book, subject: str, said: str, *, blank: bool
) -> None:
    with pytest.raises(UsageRefusal) as refused:
        a_record_paper(SHEET, book, subject, blank=blank)
    assert str(refused.value) == said
    assert refused.value.mend


def test_of_a_cancelled_ticket_and_of_one_to_come_there_is_none(book: Book) -> None:
    log = (TWICE[0], entry("09:30", "cancelled", by="wang-lei", reason="误报"))
    with pytest.raises(UsageRefusal, match="was cancelled"):
        a_record_paper(SHEET, a_book(files_of(a_ticket(log=log))), TICKET)
    with pytest.raises(UsageRefusal, match="was not there yet"):
        a_record_paper(SHEET, book.at(book.as_of - 4 * 86400), TICKET)


def test_a_contact_is_told_with_a_phone_only_where_phones_are_published() -> None:
    contract = CONTRACT.replace("    name: 张工\n", '    name: 张工\n    phone: "0512-1111-2222"\n')
    shown = contract.replace("phones: false", "phones: true")
    for text, published in ((contract, False), (shown, True)):
        book = a_book(files_of(a_ticket(log=TWICE), contract=text))
        said = paper_words(a_record_paper(SHEET, book, TICKET))
        assert ("0512-1111-2222" in said) is published
