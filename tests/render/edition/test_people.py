from __future__ import annotations

from datetime import date

import pytest

from building.book import a_book, files_of, pages
from building.contract import CONTRACT, STAFF, a_ticket, entry
from building.html import text_of
from weibao.history.commit import Identity
from weibao.language import language
from weibao.model.load import load_records
from weibao.render.edition.addresses import RULES
from weibao.render.edition.people import People, people_of

NAMES = ("王蕾", "李强", "赵敏", "孙宇", "陈洁", "高原", "张工")
IDS = ("wang-lei", "li-qiang", "zhao-min", "sun-yu", "chen-jie", "gao-yuan", "zhang-gong")


def called(publish: str = "roles", staff: str = STAFF) -> People:
    contract = CONTRACT.replace("publish: {people: roles", f"publish: {{people: {publish}")
    records, wrong = load_records(files_of(contract=contract, staff=staff))
    assert records is not None, wrong
    return people_of(
        records.contract, records.staff, date(2026, 11, 23), language("zh"), "customer"
    )


def test_people_are_called_by_their_roles_where_the_contract_says_so() -> None:
    people = called()

    assert people.called("chen-jie") == "项目经理"
    assert people.called("zhang-gong") == "信息部主管"


def test_two_people_of_one_role_are_told_apart_by_a_letter() -> None:
    assert called().called("li-qiang") == "工程师 A"
    assert called().called("zhao-min") == "工程师 B"


def test_people_are_called_by_name_where_the_contract_says_so() -> None:
    assert called("names").called("li-qiang") == "李强"


def test_people_are_called_by_their_side_where_they_are_not_published() -> None:
    people = called("none")

    assert {people.called(person) for person in IDS} == {"服务商人员", "客户联系人"}


def test_somebody_who_left_keeps_the_role_they_had() -> None:
    staff = STAFF.replace(
        "role: pm, from: 2025-12-01", "role: pm, from: 2025-12-01, to: 2026-01-31"
    )

    assert called(staff=staff).called("chen-jie") == "项目经理"


@pytest.mark.parametrize(
    ("email", "who"),
    [("LI.QIANG@provider.example", "工程师 A"), ("who@elsewhere.example", "名单之外的身份")],
)
def test_a_commit_is_told_by_the_role_behind_its_identity(email: str, who: str) -> None:
    assert called().recorder(Identity("Li Qiang", email)) == who


def test_a_stranger_s_name_is_shown_only_where_names_are() -> None:
    assert called("names").recorder(Identity("Eve", "eve@elsewhere.example")) == "Eve"
    assert called().called("nobody-known") == "名单之外的人员"


def test_no_page_names_anybody_where_people_are_called_by_role() -> None:
    log = [entry("09:15", "opened", by="wang-lei", note='"王蕾转李强，li-qiang 已出发"')]
    book = a_book(files_of(a_ticket(log=log)))

    of_records = [one for one in pages(book).values() if one.section != RULES]

    assert len(of_records) > 7
    for page in of_records:
        shown = page.html + page.title
        assert not [word for word in (*NAMES, *IDS, "@provider") if word in without_desk(shown)]


def test_a_ticket_still_says_who_did_what() -> None:
    page = pages(a_book())["tickets/T20261120-7K3Q9M"]

    assert "响应 工程师 A" in text_of(page.html)


def without_desk(html: str) -> str:
    """The page without the single contact's address, which is published on purpose."""
    return html.replace("desk@provider.example", "")
