"""The page of people, and the links that lead to it: who is there, who has left, who is on no list, and for whom."""

from __future__ import annotations

import re

import pytest

from building.book import WHOLE_LOG, a_book, a_page, files_of, pages
from building.contract import CONTRACT, STAFF, a_ticket, entry
from building.html import text_of
from weibao.render.edition.addresses import RULES
from weibao.render.site.pages.people import PAGE

TICKET = "tickets/T20261120-7K3Q9M"
OPEN = [
    entry("09:15", "opened", by="wang-lei"),
    entry("09:17", "assigned", by="wang-lei", to="li-qiang"),
    entry("09:20", "acknowledged"),
    entry("10:30", "arrived"),
]
LEFT = STAFF.replace(
    "role: engineer, from: 2025-12-01}]", "role: engineer, from: 2025-12-01, to: 2026-11-20}]", 1
)
PHONE = STAFF.replace("    name: 李强\n", "    name: 李强\n    phone: '139-1111-2222'\n")


def contract(people: str, phones: str = "false") -> str:
    return CONTRACT.replace("people: roles, phones: false", f"people: {people}, phones: {phones}")


def row(html: str, called: str) -> str:
    rows = html.partition('id="matrix"')[2].partition("</table>")[0].split("<tr")
    return text_of("<tr" + next(found for found in rows if f">{called}" in found))


def test_a_person_has_what_they_are_on_and_how_long_their_certificates_hold() -> None:
    files = files_of(a_ticket(log=OPEN), contract=contract("names"), staff=PHONE)
    found = a_page(a_book(files), PAGE, "en")
    told = row(found, "李强")
    assert "engineer on site for T20261120-7K3Q9M" in told
    assert (
        "主控板告警 in progress Suzhou plant huawei HCIP-Datacom 403 days left, until 2027-12-31"
        in told
    )
    assert "139" not in told
    ended = files_of(staff=STAFF.replace("to: 2027-12-31", "to: 2026-11-01", 1))
    assert "HCIP-Datacom ended 2026-11-01" in row(a_page(a_book(ended), PAGE, "en"), "engineer A")


@pytest.mark.parametrize(
    ("audience", "phones", "times"),
    [("customer", "false", 0), ("customer", "true", 1), ("internal", "false", 1)],
)
def test_telephones_are_shown_as_the_contract_publishes_them(
    audience: str, phones: str, times: int
) -> None:
    files = files_of(contract=contract("names", phones), staff=PHONE)
    html = a_page(a_book(files), PAGE, "zh", audience)  # type: ignore[arg-type]
    assert html.count('href="tel:139-1111-2222"') == times


@pytest.mark.parametrize(
    ("people", "code", "place"),
    [
        ("names", "zh", "person-li-qiang"),
        ("roles", "en", r"person-\d"),
        ("none", "zh", "person"),
    ],
)
def test_whoever_is_named_leads_to_their_place_and_no_anchor_gives_away_an_id(
    people: str, code: str, place: str
) -> None:
    found = pages(a_book(files_of(a_ticket(log=WHOLE_LOG), contract=contract(people))), code)
    links = re.findall(r'people\.html#([^"]*)"', found[TICKET].html)
    assert any(re.fullmatch(place, link) for link in links)
    for address, page in found.items():
        for link in re.findall(r'people\.html#([^"&]*)', page.html):
            assert f'id="{link}"' in found["people"].html, address
        assert "&lt;a" not in page.html, address
        if people != "names" and page.section != RULES:
            assert not {name for name in ("li-qiang", "zhang-gong") if name in page.html}, address


def test_somebody_who_left_is_still_there_and_says_so() -> None:
    files = files_of(a_ticket(log=OPEN), contract=contract("names"), staff=LEFT)
    found = pages(a_book(files), "en")
    assert "李强 left on Fri 20 Nov 2026" in row(found["people"].html, "李强")
    assert 'people.html#person-li-qiang"' in found[TICKET].html


@pytest.mark.parametrize("people", ["names", "roles"])
def test_whoever_is_on_no_list_is_named_and_leads_nowhere(people: str) -> None:
    log = [*OPEN, entry("11:00", "updated", by="nobody-known", note="看过")]
    html = pages(a_book(files_of(a_ticket(log=log), contract=contract(people))))[TICKET].html
    step = html.partition("看过")[0].rpartition('class="wb-step__what"')[2]
    assert "href" not in step.partition("</p>")[0]
    assert ("nobody-known" if people == "names" else "名单之外的人员") in step


def test_contacts_stand_with_what_they_may_and_what_they_keep() -> None:
    assets = (
        files_of()["records/assets.yaml"]
        .decode()
        .replace("site: suzhou-plant", "site: suzhou-plant\n    keeper: zhang-gong")
    )
    found = pages(a_book(files_of(contract=contract("names"), assets=assets)), "en")
    html = found["people"].html.partition('id="contact-zhang-gong"')[2].partition("</tr>")[0]
    assert "张工 Head of IT" in text_of(f"<p{html}")
    assert "equipment/core-sw-01.html" in html
    assert 'people.html#contact-zhang-gong"' in found["equipment/core-sw-01"].html


def test_a_corrective_action_stands_in_one_place_that_the_audit_leads_to() -> None:
    found = pages(a_book(files_of()), "en")
    assert 'id="action-label-patch-panels"' in found["reviews"].html
    assert "label-patch-panels" not in found["audit"].html
    assert 'href="reviews.html#actions"' in found["audit"].html
