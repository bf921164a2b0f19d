"""What an old register leaves open, as people read it: never a time that nobody knows, and its own words inside only."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from building.book import a_voice, pages
from building.contract import CONTRACT, entry, small_contract, ticket_path
from building.paper_files import texts_of
from building.papers import a_report
from building.record_papers import a_record_paper, record_facts
from building.repository import Repository
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.language import language
from weibao.model.instant import parse_instant
from weibao.refusal import UsageRefusal
from weibao.render.edition.public import public_audit
from weibao.render.edition.story import story_of
from weibao.render.json.encode import json_value
from weibao.render.json.ticket import ticket as ticket_output
from weibao.render.papers.all_papers import KINDS, paper_of
from weibao.render.papers.commission import Commission
from weibao.render.papers.integrity import facts_json
from weibao.render.papers.paper import Table
from weibao.render.words.explain import story
from weibao.report.audit.audit import audit_of
from weibao.report.figure import whole_month
from weibao.report.opening import book_of
from weibao.sla.verdict import Outcome
from weibao.workspace.papers.commissioning import PERIODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.handwritten import Audience
    from weibao.render.papers.paper import Paper
    from weibao.report.book import Book

SINCE = "2026-11-15T00:00:00+08:00"
DAY, LATER = "2026-11-06T00:00:00+08:00", "2026-11-07T09:00:00+08:00"
DAY_ONLY, UNGRADED, LEFT_OPEN = "T20261106-7K3Q9M", "T20261107-7K3Q9N", "T20261108-7K3Q9P"
RESOLVED_ONLY = "T20261110-7K3Q9S"
OUTAGE, ARRIVED = "T20261109-7K3Q9R", "2026-11-09T09:40:00+08:00"
KEPT = "客户欠款未付"
REGISTER = (
    f"{{id: wx, source_sha256: {'a' * 64}, mapping_sha256: {'b' * 64},"
    " until: 2026-11-20T00:00:00+08:00}"
)
OLD_CONTRACT = CONTRACT.replace("since: 2026-01-01T00:00:00+08:00", f"since: {SINCE}").replace(
    "evidence:\n", f"evidence:\n  imports: [{REGISTER}]\n"
)


def out_of_it(record: str, severity: str, reported: str, precision: str, *log: str) -> str:
    return (
        f"id: {record}\nkind: fault\ntitle: 无法联网\nseverity: {severity}\nreported_at: {reported}\n"
        "reported_by: unknown\nintake: {channel: unknown, received_by: unknown}\n"
        f'assets: [core-sw-01]\nimported: {{import: wx, number: "{record[-3:]}"{precision},'
        f" kept: {{备注: {KEPT}}}}}\nlog:\n" + "".join(f"{line}\n" for line in log)
    )


TICKETS = {
    DAY_ONLY: out_of_it(
        DAY_ONLY,
        "4",
        DAY,
        ", precision: day",
        entry(DAY, "opened", by="unknown"),
        entry(DAY, "acknowledged", precision="day"),
        entry(DAY, "restored", mode="unknown", precision="day"),
        entry(DAY, "resolved", mode="unknown", cause="网线松", action="重插", precision="unknown"),
        entry(DAY, "closed", by="unknown", precision="unknown"),
    ),
    UNGRADED: out_of_it(
        UNGRADED,
        "unknown",
        LATER,
        "",
        entry(LATER, "opened", by="unknown"),
        entry("2026-11-07T11:00:00+08:00", "closed", by="unknown"),
    ),
    LEFT_OPEN: out_of_it(
        LEFT_OPEN,
        "1",
        "2026-11-08T09:00:00+08:00",
        "",
        entry("2026-11-08T09:00:00+08:00", "opened", by="unknown"),
    ),
    OUTAGE: out_of_it(
        OUTAGE,
        "1",
        "2026-11-09T09:00:00+08:00",
        "",
        entry("2026-11-09T09:00:00+08:00", "opened", by="unknown"),
        entry(ARRIVED, "arrived"),
        entry(ARRIVED, "restored", mode="on_site", precision="day"),
        entry(ARRIVED, "resolved", mode="on_site", cause="电源", action="更换", precision="day"),
        entry(ARRIVED, "closed", by="unknown", precision="unknown"),
    ),
    RESOLVED_ONLY: out_of_it(
        RESOLVED_ONLY,
        "4",
        "2026-11-10T09:00:00+08:00",
        "",
        entry("2026-11-10T09:00:00+08:00", "opened", by="unknown"),
        entry("2026-11-10T10:00:00+08:00", "acknowledged"),
        entry(
            "2026-11-10T11:00:00+08:00", "resolved", mode="remote", cause="网线松", action="重插"
        ),
    ),
}

INVENTED = re.compile(r"11-1[01][ T]13:[23]")
"""Times that stand in the records below, and that nobody ever said."""
DUE = re.compile(r"最早 [-0-9: ]*|[-0-9: ]* at the earliest")
"""What is due no earlier than some instant is said to be so."""


def never_timed(record: str, precision: str, *log: tuple[str, dict[str, str]]) -> str:
    """A fault of whose steps an old register says but the day, or nothing, in the order of their times."""
    day = f"{record[1:5]}-{record[5:7]}-{record[7:9]}"
    steps = (
        entry(f"{day}T13:{minute}:00+08:00", event, precision=precision, **told)
        for minute, (event, told) in enumerate(log, 21)
    )
    begun = f"{day}T13:20:00+08:00"
    first = entry(begun, "opened", by="unknown", precision=precision)
    return out_of_it(record, "1", begun, ", precision: day", first, *steps)


VISITED, COME_BACK = "T20261110-7K3Q9V", "T20261111-7K3Q9T"
RESOLVED = ("resolved", {"mode": "on_site", "cause": "电源", "action": "更换"})
VISIT: tuple[tuple[str, dict[str, str]], ...] = (
    ("acknowledged", {}),
    ("dispatched", {"to": "li-qiang"}),
    ("arrived", {}),
    ("paused", {"reason": "site_access"}),
    ("resumed", {}),
    ("restored", {"mode": "on_site"}),
    ("left", {}),
    RESOLVED,
)
LOW = ("confirmed", {"contact": "zhang-gong", "via": "phone", "satisfaction": "2"})
AGAIN = ("reopened", {"by": "unknown", "reason": "又断"})
CLOSED = ("closed", {"by": "unknown"})
ROUND = "I20261110-4F2MXA"
ROUND_TEXT = (
    f"id: {ROUND}\nplan: quarterly-inspection\nperiod: 2026-11\nassets: [core-sw-01]\n"
    f'imported: {{import: wx, number: "R1", kept: {{备注: {KEPT}}}}}\nlog:\n'
    + entry("2026-11-10T13:30:00+08:00", "started", precision="day")
    + "\n"
    + entry(
        "2026-11-10T13:31:00+08:00",
        "checked",
        asset="core-sw-01",
        item="temperature",
        value="48.5",
        unit='"°C"',
        status="warning",
        precision="day",
    )
    + "\n"
    + entry("2026-11-10T13:32:00+08:00", "completed", precision="unknown")
    + "\n"
)
TICKETS |= {
    VISITED: never_timed(VISITED, "day", *VISIT, LOW, CLOSED),
    COME_BACK: never_timed(COME_BACK, "unknown", *VISIT, AGAIN, RESOLVED, CLOSED),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    repository = Repository(tmp_path_factory.mktemp("old") / "clone")
    for path, text in {**small_contract(), "records/contract.yaml": OLD_CONTRACT}.items():
        repository.write(path, text)
    repository.commit("合同", at="2026-11-14T09:00:00+08:00")
    for record, text in TICKETS.items():
        repository.write(ticket_path(record), text)
    repository.write(f"records/inspections/2026/11/10/{ROUND}.yaml", ROUND_TEXT)
    repository.commit("导入旧台账", at="2026-11-15T10:00:00+08:00")
    snapshot = read_snapshot(Git(repository.path))
    return book_of(snapshot, parse_instant("2026-11-20T12:00:00+08:00"))


def codes(book: Book, record: str) -> set[str]:
    return {finding.code for finding in book.findings if finding.record == record}


def test_what_a_register_leaves_out_is_told_once_and_refused_nowhere(book: Book) -> None:
    assert book.damage("") == ()
    assert codes(book, DAY_ONLY) | codes(book, UNGRADED) == set()
    told = [finding for finding in book.findings if finding.code == "E129"]
    assert [(one.facts["number"], one.facts["ticket"]) for one in told] == [(4, DAY_ONLY)]


def test_what_it_leaves_open_goes_on_under_all_rules(book: Book) -> None:
    assert {"S101", "O104"} <= codes(book, LEFT_OPEN)
    assert {ticket.id for ticket in book.open_tickets} == {LEFT_OPEN}


def test_the_promises_of_a_ticket_of_unknown_severity_are_counted_and_not_judged(
    book: Book,
) -> None:
    verdicts = book.verdicts_of(UNGRADED)
    assert [one.target for one in verdicts] == ["arrive", "resolve", "respond", "restore"]
    assert {(one.severity, one.outcome, one.month) for one in verdicts} == {
        (None, Outcome.UNDETERMINED, "2026-11")
    }
    rows = [row for row in book.compliance if row.severity is None]
    assert sum(row.undetermined for row in rows) == 4


@pytest.mark.parametrize("code", ["zh", "en"])
def test_no_page_tells_a_time_that_nobody_knows(book: Book, code: str) -> None:
    for audience in ("customer", "internal"):
        made = pages(book, code, audience)
        told = {name: f"{page.html}{page.script}" for name, page in made.items()}
        assert [name for name, text in told.items() if re.search(r"11-06[ T]00:00", text)] == []
        assert [name for name, text in told.items() if INVENTED.search(DUE.sub("", text))] == []
        page = made[f"tickets/{DAY_ONLY}"].html
        day, nobody = {"zh": ("只知日期", "时间不详"), "en": ("day only", "time not known")}[code]
        assert day in page
        assert nobody in page


@pytest.mark.parametrize("code", ["zh", "en"])
def test_what_the_register_says_itself_stays_inside(book: Book, code: str) -> None:
    assert all(KEPT not in page.html for page in pages(book, code, "customer").values())
    public = public_audit(audit_of(book), "customer").book.records.tickets.values()
    assert {len(ticket.imported.kept) for ticket in public if ticket.imported} == {0}
    assert KEPT in pages(book, code, "internal")[f"tickets/{DAY_ONLY}"].html


def test_a_close_without_the_customer_is_told_so(book: Book) -> None:
    voice = a_voice(book, "en")
    ticket = voice.book.records.tickets[DAY_ONLY]
    lines = [str(line) for line in story_of(ticket, voice)]
    assert lines[0] == "somebody unknown reported it on 2026-11-06 (day only) (not known)."
    assert lines[-1] == "Closed, never confirmed: the old register names nobody of the customer."


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_explanation_says_why_nobody_can_say(book: Book, code: str) -> None:
    told = story(book, book.records.tickets[DAY_ONLY], language(code))
    said = {"zh": "无法判定", "en": "nobody can say"}[code]
    assert said in " ".join(told[0].sentences)
    assert "00:00:00" not in told[0].sentences[1]


def test_json_says_how_exact_a_time_is(book: Book) -> None:
    told = json_value(ticket_output(book, book.records.tickets[DAY_ONLY]), book.zone)
    assert [one["precision"] for one in told["entries"]] == ["day", "day", "day", *["unknown"] * 2]
    assert {(one["start_precision"], one["elapsed_seconds"]) for one in told["verdicts"]} == {
        ("day", None)
    }


def test_an_outage_that_ended_on_a_day_lasted_to_its_end(book: Book) -> None:
    lost = {one.id: one.seconds for one in book.impacts[OUTAGE].assets}
    assert sum(lost["core-sw-01"].values()) == 14 * 3600 + 59 * 60 + 59


def test_lengths_leave_out_what_nobody_knows_and_say_how_many(book: Book) -> None:
    told = book.figure("restore_time", whole_month("2026-11", book.zone))
    assert {row.record: row.seconds for row in told.imported} == {
        DAY_ONLY: None,
        UNGRADED: 7200,
        OUTAGE: None,
        VISITED: None,
        COME_BACK: None,
        RESOLVED_ONLY: 7200,
    }
    assert told.inexact == 4


def test_a_close_without_the_customer_counts_neither_as_confirmed_nor_as_refused(
    book: Book,
) -> None:
    told = book.figure("confirmed", whole_month("2026-11", book.zone))
    assert told.counted == ()
    assert {row.record: (row.tally.count, row.tally.of) for row in told.imported} == {
        DAY_ONLY: (0, 0),
        UNGRADED: (0, 0),
        OUTAGE: (0, 0),
        VISITED: (1, 1),
        COME_BACK: (0, 0),
    }


def papers(book: Book, code: str, audience: Audience) -> Iterator[Paper]:
    """Every paper that there is on the records of the register, and on their month."""
    of_kind = {"ticket": tuple(TICKETS), "inspection": (ROUND,), "serial": (), "shift": ()}
    for kind in KINDS:
        report = a_report(book, "2026-11") if kind.subject in PERIODS else None
        audit = public_audit(audit_of(report.book if report else book), audience)
        for subject in of_kind.get(kind.subject, ("",)):
            voice = a_voice(audit.book, code, audience)
            with suppress(UsageRefusal):
                yield paper_of(kind, [Commission(voice, audit, subject, report=report)])


@pytest.mark.parametrize("audience", ["customer", "internal"])
@pytest.mark.parametrize("code", ["zh", "en"])
def test_no_paper_tells_a_time_that_nobody_knows_nor_the_registers_own_words(
    book: Book, code: str, audience: Audience
) -> None:
    made = list(papers(book, code, audience))
    assert {paper.kind for paper in made} >= {
        *("monthly", "service-sheet", "incident-report", "inspection-report", "satisfaction"),
        *("open-items", "acceptance-form"),
    }
    for paper in made:
        told = {*texts_of(paper), facts_json(paper).decode()}
        assert [text for text in told if INVENTED.search(DUE.sub("", text))] == [], paper.kind
        assert [text for text in told if re.search(r"11-06[ T]00:00", text)] == [], paper.kind
        assert [text for text in told if KEPT in text] == [], paper.kind


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_sheet_says_of_a_visit_but_the_day_or_that_nobody_knows(book: Book, code: str) -> None:
    day, nobody = {
        "zh": ("2026-11-10（只知日期）", "时间不详"),
        "en": ("2026-11-10 (day only)", "time not known"),
    }[code]
    for record, said in ((VISITED, day), (COME_BACK, nobody)):
        sheet = a_record_paper("service-sheet", book, record, code)
        (visits,) = (
            block
            for section in sheet.sections
            for block in section.blocks
            if isinstance(block, Table) and block.key == "visits"
        )
        (row,) = visits.rows
        assert [cell.said.texts for cell in row[3:6]] == [(said,)] * 3
        assert {cell.form for cell in row[3:6]} == {"text"}


def test_a_due_time_that_starts_nobody_knows_when_is_no_instant_of_a_sheet(book: Book) -> None:
    told = record_facts("service-sheet", book, VISITED)["promises"]["promises"]
    assert {promise["due"] for promise in told} <= {"day", None}


def test_what_the_register_had_done_with_is_not_open_here(book: Book) -> None:
    left = {ticket.id for ticket in book.open_tickets}
    assert RESOLVED_ONLY not in left
    assert LEFT_OPEN in left
