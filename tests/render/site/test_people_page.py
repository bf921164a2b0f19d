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
        ("names", "zh", r"people/person-li-qiang\.html"),
        ("roles", "en", r"people/person-\d\.html"),
        ("none", "zh", r"people\.html#person"),
    ],
)
def test_whoever_is_named_leads_to_their_place_and_no_anchor_gives_away_an_id(
    people: str, code: str, place: str
) -> None:
    found = pages(a_book(files_of(a_ticket(log=WHOLE_LOG), contract=contract(people))), code)
    links = re.findall(r'href="\.\./(people[^"]*)"', found[TICKET].html)
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
    assert "left on Fri 20 Nov 2026" in text_of(found["people/person-li-qiang"].html)
    assert 'people/person-li-qiang.html"' in found[TICKET].html


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
    assert 'people/contact-zhang-gong.html"' in found["equipment/core-sw-01"].html
    assert "equipment/core-sw-01.html" in found["people/contact-zhang-gong"].html


def test_a_corrective_action_stands_in_one_place_that_the_audit_leads_to() -> None:
    found = pages(a_book(files_of()), "en")
    assert 'id="action-label-patch-panels"' in found["reviews"].html
    assert "label-patch-panels" not in found["audit"].html
    assert 'href="reviews.html#actions"' in found["audit"].html


@pytest.mark.parametrize(
    ("people", "address"),
    [("names", "people/person-li-qiang"), ("roles", r"people/person-\d"), ("none", "")],
)
def test_a_person_has_a_page_with_what_they_own_and_did_as_far_as_people_are_told_apart(
    people: str, address: str
) -> None:
    log = [*OPEN, entry("10:40", "updated", internal="true", note="勿外传")]
    found = pages(a_book(files_of(a_ticket(log=log), contract=contract(people))), "en")
    own = [known for known in found if known.startswith("people/")]
    if not address:
        assert own == []
        return
    (page,) = [found[known] for known in own if "HCIP-Datacom" in text_of(found[known].html)][:1]
    told = text_of(page.html)
    assert re.fullmatch(address, page.address)
    assert "Tickets that they are responsible for 1" in told
    assert f"{TICKET.removeprefix('tickets/')}" in told
    assert "Steps by the record 2" in told  # what is internal is not among them
    assert "T20261120-7K3Q9M-proof.html#entry-" in page.html
    assert ("李强" in page.html, "li-qiang" in page.html) == (people == "names",) * 2


def test_names_are_links_in_the_register_and_its_months_and_equipment_that_is_gone_is_none() -> (
    None
):
    gone = a_ticket(log=OPEN).replace("assets: [core-sw-01]", "assets: [core-sw-01, old-sw-09]")
    found = pages(a_book(files_of(gone, contract=contract("names"))))
    for address, up in (("tickets", ""), ("tickets/2026-11", "../")):
        html = found[address].html
        assert f'<a href="{up}people/person-li-qiang.html">李强</a>' in html
        assert f'<a href="{up}equipment/core-sw-01.html">core-sw-01</a> · old-sw-09' in html
    recorded = found[TICKET].html.rpartition("记录")[0]
    assert "people/person-li-qiang.html" in recorded
