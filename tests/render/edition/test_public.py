from __future__ import annotations

from building.book import a_book, a_voice, files_of, pages
from building.contract import SPARES, a_ticket, entry
from building.site import FAULT, SECRET, an_inspection, harmful_ticket
from weibao.model.finding import Finding, Place
from weibao.render.edition.public import WITHHELD, public_audit, public_finding
from weibao.report.audit.audit import audit_of

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

    told = public_finding(
        Finding("R205", Place(ticket.path, ticket.log[1].line), ticket.id, {"found": SECRET}),
        book,
        frozenset(),
    )

    assert told.facts == {"found": WITHHELD}


def test_a_finding_that_quotes_a_vanished_internal_line_withholds_it() -> None:
    book = a_book()
    finding = Finding("L101", Place("records/gone.yaml", 3), "", {"line": INTERNAL, "count": 1})

    assert public_finding(finding, book, frozenset()).facts == {
        "line": WITHHELD,
        "count": 1,
    }


def test_a_finding_that_names_an_internal_page_withholds_its_name() -> None:
    path = "docs/weak-passwords.md"
    finding = Finding("X308", Place("docs/about.md"), "", {"target": path})

    assert public_finding(finding, a_book(), frozenset({path})).facts == {"target": WITHHELD}


def test_a_finding_calls_people_as_the_pages_do() -> None:
    finding = Finding("E105", Place("x"), "", {"contact": "zhang-gong", "author": "li-qiang"})
    told = a_voice(a_book()).finding(finding)

    assert "工程师 A" in told.message
    assert "信息部主管" in told.message


def test_figures_are_those_of_the_whole_record() -> None:
    """What is internal still happened: an answer that was marked so stops the clock."""
    log = [
        entry("09:15", "opened", by="wang-lei"),
        entry("09:20", "acknowledged", note=SECRET, internal="true"),
    ]
    book = a_book(files_of(a_ticket(log=log)))
    shown = public_audit(audit_of(book), "customer").book

    assert shown.verdicts == book.verdicts
    assert shown.compliance == book.compliance
    assert [entry.event for entry in shown.records.tickets[FAULT].log] == ["opened"]
    assert [one.entry.event for one in shown.proofs[FAULT].entries] == ["opened"]
    assert [ticket.log for ticket in shown.open_tickets] == [shown.records.tickets[FAULT].log]
