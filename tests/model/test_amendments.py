"""A record is read as its log corrects it, and a correction is held to what its field may be."""

from __future__ import annotations

import pytest

from building.contract import a_ticket, entry, ticket_path
from weibao.model.amendments import NEVER_AMENDED, fitting
from weibao.model.events import EVENTS
from weibao.model.instant import parse_instant
from weibao.model.load import edition, read_record
from weibao.model.ticket import Ticket

TICKET = "T20261120-7K3Q9M"
OPENED = entry("09:15", "opened", by="wang-lei")
ARRIVED = entry("10:00", "arrived", note="到场")
OF_ARRIVED = "{at: 2026-11-20T10:00:00+08:00, event: arrived}"


def read(*log: str) -> Ticket:
    found = read_record(ticket_path(TICKET), a_ticket(log=(OPENED, ARRIVED, *log)).encode())
    assert isinstance(found.value, Ticket), found.findings
    return found.value


def amended(at: str, field: str, value: str, **more: str) -> str:
    return entry(at, "amended", by="wang-lei", field=field, value=value, reason="笔误", **more)


def test_the_last_correction_stands_and_one_of_an_entry_is_not_the_headers() -> None:
    ticket = read(
        amended("11:00", "title", "一"),
        amended("11:05", "title", "二"),
        amended("11:10", "note", "八时到场", entry=OF_ARRIVED),
    )
    assert (ticket.title, ticket.log[1].note) == ("二", "八时到场")
    assert [one.before for one in ticket.amendments] == [
        "核心交换机 core-sw-01 主控板告警",
        "一",
        "到场",
    ]
    assert ticket.log[1].text == ARRIVED  # evidence knows the line as it stands


def test_which_correction_is_the_last_does_not_hang_on_the_order_of_the_lines() -> None:
    first, last = amended("11:00", "title", "一"), amended("11:05", "title", "二")
    assert read(first, last).title == read(last, first).title == "二"


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("severity", "2", lambda ticket: ticket.severity == 2),
        ("reported_at", '"2026-11-20T09:02:00+08:00"', lambda t: t.reported_at == 1795136520),
        ("reported_by", "factory-noc", lambda ticket: ticket.reported_by == "factory-noc"),
        ("intake.channel", "email", lambda ticket: ticket.channel == "email"),
        ("intake.received_by", "sun-yu", lambda ticket: ticket.received_by == "sun-yu"),
        ("intake.emergency", "true", lambda ticket: ticket.emergency),
        ("assets", "[acc-sw-02]", lambda ticket: ticket.assets == ("acc-sw-02",)),
        ("description", "主控板反复重启", lambda ticket: ticket.description == "主控板反复重启"),
    ],
)
def test_every_field_of_the_header_is_read_as_it_was_corrected(field, value, shown) -> None:
    assert not shown(read())
    assert shown(read(amended("11:00", field, value)))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reported_at", "昨天上午"),
        ("reported_at", '"2026-02-30T09:02:00+08:00"'),
        ("severity", '"2"'),
        ("severity", "12"),
        ("intake.channel", "fax"),
        ("title", '""'),
        ("assets", "core-sw-01"),
        ("no_such_key", "1"),
        ("window.start", '"2026-11-20T09:02:00+08:00"'),  # a fault has none
        *((key, "T20261120-2D8VXN") for key in sorted(NEVER_AMENDED)),
    ],
)
def test_what_no_valid_record_could_have_is_shown_nowhere(field: str, value: str) -> None:
    ticket = read(amended("11:00", field, value))
    assert ticket == read(amended("11:00", field, value))
    assert [one.key for one in ticket.unfit] == [field]
    assert ticket.amendments == ()
    assert (ticket.title, ticket.severity) == (read().title, read().severity)


@pytest.mark.parametrize(
    ("event", "data", "field"),
    [
        ("amended", {"field": "title", "value": "一", "reason": "笔误"}, "value"),
        ("countersigned", {"entries": f"[{OF_ARRIVED}]", "contact": "zhang-gong"}, "contact"),
        (
            "attached",
            {"file": f"records/attachments/00/{'0' * 64}.pdf", "sha256": '"' + "0" * 64 + '"'},
            "sha256",
        ),
    ],
)
def test_what_was_signed_or_sealed_is_never_corrected(event: str, data: dict, field: str) -> None:
    of = f"{{at: 2026-11-20T11:00:00+08:00, event: {event}}}"
    said = read(entry("11:00", event, **data), amended("11:10", field, "wang-lei", entry=of))
    assert [one.key for one in said.unfit] == [field]
    noted = read(entry("11:00", event, **data), amended("11:10", "note", "补记", entry=of))
    assert noted.log[2].note == "补记"


def test_no_event_lets_its_time_its_kind_or_its_author_be_corrected() -> None:
    assert {"at", "event", "by"} <= NEVER_AMENDED
    keys = {field.key for events in EVENTS.values() for event in events for field in event.fields}
    assert not keys & NEVER_AMENDED  # else a row of the table could never be corrected


def test_an_edition_has_the_corrections_that_it_is_asked_for() -> None:
    ticket = read(amended("11:00", "title", "一"), amended("11:05", "severity", "2"))
    first = edition(ticket, lambda entry: entry.data["field"] == "title")
    assert (first.title, first.severity) == ("一", 1)
    assert edition(ticket, lambda _entry: True) == ticket
    assert edition(ticket, lambda _entry: False).title == "核心交换机 core-sw-01 主控板告警"


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("severity", "2", 2),
        ("title", "110", "110"),
        ("title", "true", "true"),
        ("intake.emergency", "true", True),
        ("assets", "core-sw-01, acc-sw-02", ["core-sw-01", "acc-sw-02"]),
        ("reported_at", "2026-11-20T09:02:00+08:00", "2026-11-20T09:02:00+08:00"),
        ("severity", "二级", "二级"),  # nothing fits, and the check says so
    ],
)
def test_what_is_typed_is_kept_as_its_field_writes_it(field: str, typed: str, kept: object) -> None:
    document = read_record(ticket_path(TICKET), a_ticket(log=(OPENED,)).encode()).document
    assert document
    assert fitting("ticket", document.data, None, field, typed) == kept


def test_a_value_of_an_entry_is_kept_as_its_event_writes_it() -> None:
    document = read_record(ticket_path(TICKET), a_ticket(log=(OPENED, ARRIVED)).encode()).document
    assert document
    about = (parse_instant("2026-11-20T10:00:00+08:00"), "arrived")
    assert fitting("ticket", document.data, about, "note", "12") == "12"
