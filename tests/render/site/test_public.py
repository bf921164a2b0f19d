from __future__ import annotations

from building.book import a_book, a_voice, files_of, pages
from building.contract import CONTRACT, SPARES, a_ticket, entry
from building.site import SECRET, an_inspection, harmful_ticket
from weibao.model.finding import Finding, Place
from weibao.render.site.public import WITHHELD, public_finding

INTERNAL = entry("09:30", "updated", note=SECRET, internal="true")


def whole(book: object) -> str:
    return "".join(one.html + one.title for one in pages(book).values())  # type: ignore[arg-type]


def test_an_internal_entry_is_on_no_page_and_its_amendment_neither() -> None:
    assert SECRET in harmful_ticket()
    assert SECRET not in whole(a_book(files_of(harmful_ticket())))


def test_what_is_public_beside_an_internal_entry_is_shown() -> None:
    log = [
        entry("09:15", "opened", by="wang-lei"),
        entry("09:20", "updated", note="公开"),
        INTERNAL,
    ]
    shown = whole(a_book(files_of(a_ticket(log=log))))

    assert "公开" in shown
    assert SECRET not in shown


def test_an_internal_check_of_an_inspection_is_on_no_page() -> None:
    text = an_inspection().replace("note: 风扇有异响", f"note: {SECRET}, internal: true")
    assert SECRET in text

    assert SECRET not in whole(a_book(files_of(text)))


def test_an_internal_movement_of_a_part_is_on_no_page() -> None:
    line = SPARES.rstrip().splitlines()[-1]
    spares = SPARES.replace(line, line.replace("华为授权经销商", SECRET)[:-1] + ", internal: true}")

    assert SECRET not in whole(a_book(files_of(spares=spares)))


def test_a_finding_on_an_internal_line_does_not_repeat_its_words() -> None:
    log = [entry("09:15", "opened", by="wang-lei"), INTERNAL]
    book = a_book(files_of(a_ticket(log=log)))
    ticket = next(iter(book.records.tickets.values()))
    voice = a_voice(book)

    told = public_finding(
        Finding("R205", Place(ticket.path, ticket.log[1].line), ticket.id, {"found": SECRET}),
        book,
        voice.people,
    )

    assert told.facts == {"found": WITHHELD}


def test_a_finding_that_quotes_a_vanished_internal_line_withholds_it() -> None:
    book = a_book()
    finding = Finding("L101", Place("records/gone.yaml", 3), "", {"line": INTERNAL, "count": 1})

    assert public_finding(finding, book, a_voice(book).people).facts == {
        "line": WITHHELD,
        "count": 1,
    }


def test_a_finding_calls_people_as_the_pages_do() -> None:
    book = a_book()
    voice = a_voice(book)
    finding = Finding("E105", Place("x"), "", {"by": "li-qiang", "who": ("sun-yu", "other")})

    assert public_finding(finding, book, voice.people).facts == {
        "by": "工程师 A",
        "who": ("主管", "other"),
    }


def test_an_address_on_no_list_is_named_only_where_people_are_published_by_name() -> None:
    finding = Finding("E110", Place("x"), "", {"author": "root@laptop", "commit": "4f2a91c"})
    by_role = a_book()
    told = public_finding(finding, by_role, a_voice(by_role).people)
    assert told.facts == {"author": "名单之外的身份", "commit": "4f2a91c"}

    by_name = a_book(files_of(contract=CONTRACT.replace("people: roles", "people: names")))
    assert public_finding(finding, by_name, a_voice(by_name).people) == finding
