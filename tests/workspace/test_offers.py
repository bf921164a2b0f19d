"""What is offered at each question, and in which order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from building.contract import CONTRACT, SPARES, a_ticket, entry, small_contract, ticket_path
from weibao.language import language
from weibao.model import field_kinds as kinds
from weibao.model.events import Field, event_named
from weibao.model.fold import ticket_on_claims
from weibao.model.instant import parse_instant
from weibao.model.load import load_records
from weibao.workspace.suggestions.agenda import able, agenda, owned_by, recent_assets
from weibao.workspace.suggestions.asked import ComingStep
from weibao.workspace.suggestions.offers import offers_for
from weibao.workspace.suggestions.stock_offers import depot_left

if TYPE_CHECKING:
    from weibao.model.records import Records

NOW = parse_instant("2026-11-20T09:30:00+08:00")
CORE, OTHER = "T20261120-7K3Q9M", "T20261120-9F4RWX"
OPENED = entry("09:15", "opened", by="wang-lei")

ASSETS = """\
assets:
  fw-01:
    name: {zh: 出口防火墙, en: Edge firewall}
    kind: firewall
    model: USG6650
    site: suzhou-plant
    covered: {from: 2025-12-01, to: 2026-12-31}
  old-sw-01:
    name: {zh: 已退保交换机, en: Switch no longer covered}
    kind: switch
    site: suzhou-plant
    covered: {from: 2024-12-01, to: 2025-12-31}
  core-sw-01:
    name: {zh: 核心交换机 1, en: Core switch 1}
    kind: switch
    model: S12708
    site: suzhou-plant
    covered: {from: 2025-12-01, to: 2026-12-31}
"""
MORE_SPARES = SPARES.replace(
    "log:",
    """\
  a-fan:
    oem: huawei
    number: "1"
    name: {zh: 风扇, en: Fan}
    fits: [USG6650]
log:""",
)


def records(*log: str, **more: str) -> Records:
    files = small_contract() | {"records/assets.yaml": ASSETS, "records/spares.yaml": MORE_SPARES}
    files |= {f"records/{name}.yaml": text for name, text in more.items()}
    files[ticket_path(CORE)] = a_ticket(CORE, log=log or (OPENED,))
    files[ticket_path(OTHER)] = a_ticket(OTHER, severity=3, log=(OPENED,))
    found, findings = load_records({path: text.encode() for path, text in files.items()})
    assert found is not None, findings
    return found


def step_on(book: Records, event: str, **answered: Any) -> ComingStep:
    ticket = book.tickets[CORE]
    return ComingStep(
        kind="ticket",
        event=event,
        value=ticket,
        state=ticket_on_claims(ticket, book.contract, NOW),
        log=ticket.log,
        recent=(),
        tickets=(),
        answered=answered,
        now=NOW,
    )


def field(kind: str, event: str, key: str) -> Field:
    return next(one for one in event_named(kind, event).fields if one.key == key)


def offered(book: Records, event: str, key: str, **answered: str) -> list[str]:
    step = step_on(book, event, **answered)
    found = offers_for(field("ticket", event, key), step, book, language("en"))
    return [one.value for one in found]


@pytest.mark.parametrize(
    ("event", "key", "expected"),
    [
        ("confirmed", "contact", ["zhang-gong", "factory-noc"]),
        ("countersigned", "contact", ["zhang-gong"]),
        ("severity_agreed", "consent_by", ["zhang-gong"]),
    ],
)
def test_only_contacts_with_the_right_are_offered(
    event: str, key: str, expected: list[str]
) -> None:
    assert offered(records(), event, key) == expected


def test_a_contact_who_lost_the_right_is_not_offered() -> None:
    contract = CONTRACT.replace("consent, confirm, countersign]", "consent]")
    assert offered(records(contract=contract), "confirmed", "contact") == ["factory-noc"]


def test_a_new_ticket_is_declared_by_whoever_may() -> None:
    contract = CONTRACT.replace("may: [declare, confirm]", "may: [confirm]")
    book = records(contract=contract)
    step = replace(step_on(book, "opened"), value=None, log=())
    reporter = Field("reported_by", kinds.CONTACT, "", "")
    assert [one.value for one in offers_for(reporter, step, book, language("zh"))] == ["zhang-gong"]


def test_whom_to_send_begins_with_who_is_on_the_ticket_and_then_the_engineers() -> None:
    seen = records(OPENED, entry("09:20", "acknowledged", by="zhao-min"))
    assert offered(seen, "assigned", "to")[:3] == ["zhao-min", "wang-lei", "li-qiang"]
    assert offered(records(), "assigned", "to")[:3] == ["wang-lei", "li-qiang", "zhao-min"]


def test_whom_to_tell_begins_with_the_roles_that_are_told() -> None:
    assert offered(records(), "notified", "whom")[0] == "chen-jie"
    assert offered(records(), "escalated", "to")[0] == "sun-yu"


def test_equipment_is_the_tickets_own_first_and_never_what_is_not_covered() -> None:
    assert offered(records(), "part_replaced", "asset") == ["core-sw-01", "fw-01"]


def test_for_a_new_ticket_recent_equipment_comes_first() -> None:
    book = records()
    new = replace(step_on(book, "opened"), value=None, recent=("core-sw-01",))
    found = offers_for(Field("assets", kinds.ASSETS, "", ""), new, book, language("zh"))
    assert [one.value for one in found] == ["core-sw-01", "fw-01"]
    assert found[0].title == "核心交换机 1  core-sw-01"
    assert recent_assets(book.tickets.values()) == ("core-sw-01",)


def test_parts_that_fit_the_equipment_come_first() -> None:
    assert offered(records(), "part_requested", "part") == ["hw-s12700-mpu", "a-fan"]


def test_only_a_part_that_is_awaited_can_arrive() -> None:
    asked = entry("09:20", "part_requested", part="a-fan", quantity="1")
    assert offered(records(OPENED, asked), "part_arrived", "part") == ["a-fan"]
    assert offered(records(), "part_arrived", "part") == []


def test_severities_come_with_what_they_mean_and_without_the_present_one() -> None:
    book = records()
    step = step_on(book, "severity_agreed")
    wanted = field("ticket", "severity_agreed", "severity")
    found = offers_for(wanted, step, book, language("en"))
    assert [one.value for one in found] == ["2", "3", "4"]
    assert found[0].title == "2  Major  answer 1 hr and restore 8 hr".replace(
        "answer", language("en").term("target", "respond")
    ).replace("restore", language("en").term("target", "restore")).replace("8 hr", "8 hrs")
    assert "3 working days" in found[1].title


def test_the_next_rung_of_the_ladder_comes_first() -> None:
    climbed = entry("09:20", "escalated", level="1", to="wang-lei")
    assert offered(records(OPENED, climbed), "escalated", "level") == ["2", "3", "4", "1"]


def test_entries_are_offered_the_latest_first_by_the_name_that_options_take() -> None:
    seen = records(OPENED, entry("09:20", "acknowledged"))
    assert offered(seen, "amended", "entry") == [
        "2026-11-20T09:20:00+08:00/acknowledged",
        "2026-11-20T09:15:00+08:00/opened",
    ]


@pytest.mark.parametrize(
    ("event", "answered", "expected"),
    [
        ("issued", {"depot": "suzhou-depot"}, ["HDMPU1", "HDMPU2"]),
        ("issued", {"depot": "elsewhere"}, []),
        ("moved", {"from": "suzhou-depot"}, ["HDMPU1", "HDMPU2"]),
        ("returned", {"depot": "suzhou-depot"}, []),
        ("received", {"depot": "suzhou-depot"}, []),
        ("scrapped", {}, ["HDMPU1", "HDMPU2"]),
    ],
)
def test_only_serials_that_may_move_so_are_offered(
    event: str, answered: dict[str, str], expected: list[str]
) -> None:
    book = records()
    step = replace(
        step_on(book, event, part="hw-s12700-mpu", **answered),
        kind="spares",
        value=book.spares,
        log=book.spares.log,
    )
    found = offers_for(field("spares", event, "serials"), step, book, language("zh"))
    assert [one.value for one in found] == expected


TWO_DEPOTS = SPARES.replace(
    "parts:",
    """\
  beijing-depot:
    name: {zh: 北京备件库, en: Beijing depot}
    address: {zh: 北京, en: Beijing}
    keeper: sun-yu
    hours: always
parts:""",
    1,
).rstrip() + (
    "\n  - {at: 2025-12-06T10:00:00+08:00, event: moved, by: sun-yu, part: hw-s12700-mpu, "
    'serials: ["HDMPU2"], from: suzhou-depot, to: beijing-depot}\n'
)


def leaving(event: str, *chosen: str) -> tuple[Records, ComingStep]:
    """A movement out of one of two depots, some of whose pieces are chosen."""
    book = records(spares=TWO_DEPOTS)
    step = step_on(book, event, part="hw-s12700-mpu", serials=chosen)
    return book, replace(step, kind="spares", value=book.spares, log=book.spares.log)


def test_suppliers_of_the_register_are_offered_after_those_that_delivered() -> None:
    register = SPARES.replace("suppliers: {", "suppliers: {new: {name: {en: New dealer}}, ")
    book = records(spares=register)
    step = replace(
        step_on(book, "received", part="hw-s12700-mpu"),
        kind="spares",
        value=book.spares,
        log=book.spares.log,
    )
    found = offers_for(field("spares", "received", "supplier"), step, book, language("en"))
    assert [one.value for one in found] == ["华为授权经销商", "New dealer"]


def test_a_piece_is_offered_with_the_depot_that_it_lies_in() -> None:
    book, step = leaving("issued")
    found = offers_for(field("spares", "issued", "serials"), step, book, language("en"))
    assert [one.title for one in found] == ["HDMPU1  Suzhou depot", "HDMPU2  Beijing depot"]


@pytest.mark.parametrize(("chosen", "left"), [("HDMPU1", ["HDMPU1"]), ("HDMPU2", ["HDMPU2"])])
def test_once_a_piece_is_chosen_only_those_beside_it_are_offered(
    chosen: str, left: list[str]
) -> None:
    for event in ("issued", "moved", "scrapped"):
        book, step = leaving(event, chosen)
        found = offers_for(field("spares", event, "serials"), step, book, language("zh"))
        assert [one.value for one in found] == left


@pytest.mark.parametrize(
    ("event", "chosen", "depot"),
    [
        ("issued", ("HDMPU1",), "suzhou-depot"),
        ("moved", ("HDMPU2",), "beijing-depot"),
        ("scrapped", ("HDMPU2",), "beijing-depot"),
        ("issued", ("HDMPU1", "HDMPU2"), ""),
        ("issued", ("NOSUCH",), ""),
        ("issued", (), ""),
        ("returned", ("HDMPU1",), ""),
    ],
)
def test_pieces_leave_the_depot_that_they_all_lie_in(
    event: str, chosen: tuple[str, ...], depot: str
) -> None:
    book, step = leaving(event, *chosen)
    assert depot_left(step, book) == depot


def test_an_unverified_part_is_never_offered_for_issue() -> None:
    book = records(spares=MORE_SPARES.replace(", oem_verified_by: sun-yu", ""))
    step = replace(
        step_on(book, "issued", part="hw-s12700-mpu", depot="suzhou-depot"),
        kind="spares",
    )
    assert offers_for(field("spares", "issued", "serials"), step, book, language("zh")) == ()


def test_the_agenda_is_by_urgency_and_says_the_next_step() -> None:
    book = records()
    first, second = agenda(book.tickets.values(), book, NOW)
    assert (first.ticket.id, first.step.name) == (CORE, "acknowledged")
    assert first.deadline is not None
    assert first.deadline.due == parse_instant("2026-11-20T09:42:00+08:00")
    assert second.ticket.id == OTHER


@pytest.mark.parametrize(
    ("log", "step"),
    [
        ((entry("09:20", "acknowledged"),), "updated"),
        ((entry("09:20", "paused", reason="site_access"),), "resumed"),
        (
            (entry("09:20", "resolved", mode="remote", cause="x", action="y"),),
            "confirmed",
        ),
    ],
)
def test_the_next_step_follows_from_the_deadline_or_the_state(
    log: tuple[str, ...], step: str
) -> None:
    book = records(OPENED, *log)
    due = next(one for one in agenda(book.tickets.values(), book, NOW) if one.ticket.id == CORE)
    assert due.step.name == step


def test_an_ended_ticket_is_on_no_agenda() -> None:
    book = records(OPENED, entry("09:20", "cancelled", reason="误报"))
    assert [one.ticket.id for one in agenda(book.tickets.values(), book, NOW)] == [OTHER]


def test_mine_are_those_i_own_or_all_where_none_is() -> None:
    book = records(OPENED, entry("09:20", "assigned", to="li-qiang"))
    dues = agenda(book.tickets.values(), book, NOW)
    assert [one.ticket.id for one in owned_by(dues, "li-qiang")] == [CORE]
    assert owned_by(dues, "zhao-min") == owned_by(dues, "") == dues


def test_only_tickets_that_a_step_may_follow_are_able_to_take_it() -> None:
    book = records(OPENED, entry("09:20", "cancelled", reason="误报"))
    tickets = book.tickets.values()
    assert [one.id for one in able(tickets, "acknowledged", book, NOW)] == [OTHER]
    assert [one.id for one in able(tickets, "justified", book, NOW)] == [OTHER, CORE]
    assert able(tickets, "closed", book, NOW) == ()


def test_a_ticket_that_its_resolver_confirmed_is_able_to_be_confirmed_and_not_closed() -> None:
    resolved = entry("09:20", "resolved", mode="remote", cause="x", action="y")
    asked = {"contact": "zhang-gong", "via": "phone"}
    own, other = (
        entry("09:22", "confirmed", **asked),
        entry("09:24", "confirmed", "wang-lei", **asked),
    )
    for log, able_to in (((own,), "confirmed"), ((own, other), "closed")):
        book = records(OPENED, resolved, *log)
        found = able(book.tickets.values(), "closed", book, NOW)
        assert [one.id for one in found] == ([CORE] if able_to == "closed" else [])
        due = next(one for one in agenda(book.tickets.values(), book, NOW) if one.ticket.id == CORE)
        assert due.step.name == able_to
