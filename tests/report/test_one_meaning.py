"""What a ticket has come to is told alike wherever it is told, whatever its log and its evidence."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from building.book import TICKET, a_book, a_voice, files_of
from building.contract import a_ticket, entry
from weibao.history.proven import Grade
from weibao.language import language
from weibao.render.edition.public import public_audit
from weibao.render.json.parts import shown_ticket
from weibao.render.site.all_pages import made
from weibao.render.site.pages import ticket, tickets
from weibao.render.terminal import book as on_terminal
from weibao.render.terminal.board import board_rows
from weibao.report.audit.audit import audit_of
from weibao.sla.impact import impact_spans
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from weibao.report.book import Book

    Fact = tuple[int, str, bool | None, str]

ENGLISH = language("en")
AS_OF = "2026-11-20T18:00:00+08:00"
STARTED = entry("09:13", "opened", by="wang-lei")
EVENTS = {
    "acknowledged": {},
    "arrived": {},
    "left": {},
    "assigned": {"to": "li-qiang"},
    "paused": {"reason": "site_access"},
    "resumed": {},
    "severity_agreed": {},
    "part_requested": {"part": "hw-s12700-mpu", "quantity": "1"},
    "part_arrived": {"part": "hw-s12700-mpu"},
    "restored": {"mode": "remote"},
    "resolved": {"mode": "remote", "cause": "内存", "action": "更换"},
    "confirmed": {"contact": "zhang-gong", "via": "phone"},
    "closed": {},
    "reopened": {"reason": "又坏了"},
    "cancelled": {"reason": "误报"},
    "amended": {"field": "title", "value": "更正后的标题", "reason": "笔误"},
}
CONSENTING = st.sampled_from(["", "zhang-gong", "factory-noc"])


@st.composite
def logs(draw: st.DrawFn) -> list[str]:
    """Any events in any order, lawful or not, each at a minute of its own."""
    minutes = draw(st.lists(st.integers(20, 500), max_size=12, unique=True).map(sorted))
    found = [STARTED]
    for minute in minutes:
        event = draw(st.sampled_from(sorted(EVENTS)))
        data = dict(EVENTS[event])
        if event == "severity_agreed":
            data["severity"] = str(draw(st.integers(1, 5)))
            consent = draw(CONSENTING)
            data |= {"consent_by": consent} if consent else {}
        found.append(entry(f"{9 + minute // 60:02}:{minute % 60:02}", event, **data))
    return found


GRADES = st.dictionaries(st.sampled_from(sorted(EVENTS)), st.just(Grade.LATE), max_size=5)
"""The events whose entries were recorded three hours late."""


def book_with(log: list[str], late: dict[str, Grade], as_of: str = AS_OF) -> Book:
    return a_book(files_of(a_ticket(TICKET, log=log)), as_of=as_of, grades=late)


def shown_in_json(book: Book) -> Fact:
    found = shown_ticket(book, book.records.tickets[TICKET])
    return found.severity, found.state.value, found.paused, found.title


def shown_on_terminal(book: Book) -> Fact:
    """``ticket show``: its first two lines."""
    console = Console(width=200, file=io.StringIO())
    with console.capture() as capture:
        console.print(on_terminal.ticket(book, book.records.tickets[TICKET], ENGLISH))
    title, facts = capture.get().split("\n")[:2]
    _, level, state = facts.strip().split(" · ")
    paused = state.endswith(" (paused)")
    return (
        int(level.removeprefix("severity ")),
        state.removesuffix(" (paused)"),
        paused,
        title.partition("  ")[2].strip(),
    )


def shown_in_list(book: Book) -> Fact:
    """``ticket list``: the row."""
    console = Console(width=200, file=io.StringIO())
    with console.capture() as capture:
        console.print(on_terminal.tickets(book, [book.records.tickets[TICKET]], ENGLISH))
    row = next(line for line in capture.get().split("\n") if TICKET in line)
    _, _, level, state, title = re.split(r" {2,}", row.strip())
    return int(level), state.removesuffix(" (paused)"), state.endswith(" (paused)"), title


def shown_on_site(book: Book) -> Fact:
    """The ticket's page: its heading, and what stands beside it."""
    audit = public_audit(audit_of(book), "customer")
    (page,) = made([], [ticket.PAGES], a_voice(audit.book, "en"), audit)
    lead = page.html[page.html.index("wb-pair--lead") :].partition("</p>")[0]
    level, state = re.search(r"wb-severity--(\d)", lead), re.search(r"wb-state--(\w+)", lead)
    assert level
    assert state
    return int(level[1]), state[1], "wb-state--paused" in lead, page.title.partition(" ")[2]


def shown_in_register(book: Book) -> Fact:
    """The register's row."""
    audit = public_audit(audit_of(book), "customer")
    (page,) = made([tickets.PAGE], [], a_voice(audit.book, "en"), audit)
    row = page.html[page.html.index(f'data-id="{TICKET}"') :].partition("</tr>")[0]
    level, state = re.search(r"wb-severity--(\d)", row), re.search(r"wb-state--(\w+)", row)
    assert level
    assert state
    title = audit.book.records.tickets[TICKET].title
    assert title in row
    return int(level[1]), state[1], "wb-state--paused" in row, title


VIEWS = (shown_in_json, shown_on_terminal, shown_in_list, shown_on_site, shown_in_register)


@settings(deadline=None, max_examples=60)
@given(logs(), GRADES)
def test_no_two_views_differ_in_what_a_ticket_has_come_to(
    log: list[str], late: dict[str, Grade]
) -> None:
    book = book_with(log, late)
    state = book.states[TICKET]
    title = book.records.tickets[TICKET].title
    for view in VIEWS:
        severity, word, paused, named = view(book)
        assert (severity, named) == (state.severity, title), view
        assert word in {state.state.value, ENGLISH.term("state", state.state)}, view
        assert paused in {None, state.paused}, view
    assert [row.ticket.id for row in board_rows(book)] == ([] if state.ended else [TICKET])


@settings(deadline=None, max_examples=150)
@given(logs(), GRADES)
def test_verdicts_and_availability_rest_on_the_same_state(
    log: list[str], late: dict[str, Grade]
) -> None:
    book = book_with(log, late)
    state = book.states[TICKET]
    verdicts = {found.target: found for found in book.verdicts_of(TICKET)}
    resolve, restore = verdicts.get("resolve"), verdicts.get("restore")
    levels = {1, *(change.level for change in state.changes)}
    assert {found.severity for found in verdicts.values()} <= levels
    assert state.severity in levels

    until = book.as_of + 1
    reported = book.proofs[TICKET].header_effective
    down = impact_spans(book.records.tickets[TICKET], reported, state, until, approved=False)
    assert {span.severity for span in down} <= levels
    lasting = [span for span in down if span.end == until]
    assert {span.severity for span in lasting} <= {state.severity}
    assert bool(lasting) is (not state.restored and state.cancelled is None)
    if state.cancelled is not None:
        assert down == ()
        running = {Outcome.RUNNING, Outcome.AT_RISK}
        assert not {found.outcome for found in verdicts.values()} & running
    else:
        assert restore is None or (restore.stop is not None) is state.restored
        assert (
            resolve is None
            or resolve.outcome is Outcome.WAIVED
            or ((resolve.stop is not None) is state.resolved)
        )
        if resolve and resolve.outcome is Outcome.RUNNING and state.response:
            assert (resolve.due is None) is state.pausing


LOWERED = entry("10:00", "severity_agreed", severity="3")
BY_WHO_MAY_NOT = entry("10:00", "severity_agreed", severity="3", consent_by="factory-noc")
CONSENTED = entry("10:00", "severity_agreed", severity="3", consent_by="zhang-gong")
LACKING = entry("10:00", "severity_agreed", severity="5", consent_by="zhang-gong")


@pytest.mark.parametrize(
    ("steps", "late", "severity"),
    [
        ([LOWERED], {}, 1),
        ([BY_WHO_MAY_NOT], {}, 1),
        ([LACKING], {}, 1),
        ([CONSENTED], {"severity_agreed": Grade.LATE}, 1),
        ([CONSENTED], {}, 3),
    ],
    ids=["nobody consented", "by who may not", "no such level", "recorded late", "consented"],
)
def test_a_severity_is_lowered_everywhere_or_nowhere(
    steps: list[str], late: dict[str, Grade], severity: int
) -> None:
    book = book_with([STARTED, *steps], late, "2026-11-20T11:00:00+08:00")
    assert {view(book)[0] for view in VIEWS} == {severity}
    (*_, down) = impact_spans(
        book.records.tickets[TICKET],
        book.as_of - 7200,
        book.states[TICKET],
        book.as_of,
        approved=False,
    )
    assert down.severity == severity
    resolve = next(one for one in book.verdicts_of(TICKET) if one.target == "resolve")
    assert resolve.severity == severity


@pytest.mark.parametrize(("late", "open_now"), [({"cancelled": Grade.LATE}, True), ({}, False)])
def test_a_cancellation_counts_from_its_evidence_and_not_from_its_claim(
    late: dict[str, Grade], *, open_now: bool
) -> None:
    cancelled = entry("10:00", "cancelled", reason="误报")
    book = book_with([STARTED, cancelled], late, "2026-11-20T11:00:00+08:00")
    state = book.states[TICKET]
    assert bool(book.open_tickets) is open_now
    assert (
        bool(
            impact_spans(
                book.records.tickets[TICKET], book.as_of - 3600, state, book.as_of, approved=False
            )
        )
        is open_now
    )
    cancelled_promises = [one for one in book.verdicts if one.outcome is Outcome.CANCELLED]
    assert bool(cancelled_promises) is not open_now
