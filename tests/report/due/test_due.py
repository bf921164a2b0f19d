"""What is due: each kind where it is so, and beside it an honest twin where it is not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building.book import AS_OF, SLOW_LOG, WHOLE_LOG, a_book, files_of
from building.contract import (
    ACTIONS,
    CONTRACT,
    DUTY,
    PLAN,
    SPARES,
    STAFF,
    a_ticket,
    entry,
)
from building.entries import moment
from building.site import planned_ticket
from weibao.model.instant import parse_instant
from weibao.report.due.due import (
    brief,
    due,
    open_by_harm,
    promised,
)
from weibao.report.due.item import DueItem, DueKind, Harm, Responsible
from weibao.report.headline import Statement, headline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from weibao.report.book import Book

TICKET = "T20261120-7K3Q9M"
OPENED = entry("09:15", "opened", by="wang-lei")
ASSIGNED = entry("09:17", "assigned", by="wang-lei", to="li-qiang")
ANSWERED = (OPENED, ASSIGNED, entry("09:20", "acknowledged"))
JUSTIFIED = entry(
    "2026-11-20T15:00:00+08:00", "justified", target="arrive", cause="封路", improvement="驻点"
)
LEAVE = "leave: [{who: WHO, from: 2026-11-24T00:00:00+08:00, to: 2026-11-25T00:00:00+08:00}]\n"
MORNING, CALLED = "2026-11-21T08:10:00+08:00", "2026-11-22T10:00:00+08:00"
POOR = (
    *WHOLE_LOG[:8],
    entry("14:00", "confirmed", by="wang-lei", contact="zhang-gong", via="phone", satisfaction="2"),
    WHOLE_LOG[9],
)
FIRST_REVIEW = entry("2026-11-20T10:00:00+08:00", "analysed", edition="preliminary", trigger="告警")
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBq1HkPh2gWbPdYq0mF1k2p8dFz5b6nX0mYkq1o9VQm3"
COUNTED = entry(
    "2026-11-01T10:00:00+08:00",
    "counted",
    by="sun-yu",
    depot="suzhou-depot",
    part="hw-s12700-mpu",
    serials='["HDMPU1", "HDMPU2"]',
)
COUNTING = SPARES.replace("keeper: sun-yu\n", "keeper: sun-yu\n    count_every: 30d\n")


def warranted(day: str, condition: str = "new") -> str:
    """A piece that came in with a warranty."""
    line = entry(
        "2026-10-01T10:00:00+08:00", "received", by="sun-yu", part="hw-s12700-mpu",
        serials='["HDMPU9"]', depot="suzhou-depot", supplier="华为", condition=condition,
        warranty_to=day,
    )  # fmt: skip
    return f"{line}\n"


SHIFT = "records/shifts/2026/11/21/S20261121-8H4FT2.yaml"
HANDED = {
    SHIFT: "id: S20261121-8H4FT2\nrota: desk\nfrom: 2026-11-20T08:00:00+08:00\nto: 2026-11-21T08:00:00+08:00\n"
    "log:\n" + entry("2026-11-21T07:55:00+08:00", "handed_over", by="wang-lei", text="无", open="[]") + "\n"
}  # fmt: skip
TAKEN = {
    SHIFT: HANDED[SHIFT] + entry("2026-11-21T08:05:00+08:00", "taken_over", by="sun-yu") + "\n"
}


def with_duty(name: str, length: str) -> str:
    """The contract with one duty."""
    return CONTRACT + f"duties: {{{name}: {length}}}\n"


def replaced(fate: str) -> tuple[str, ...]:
    """A fault for which a part was replaced, and what is said of the old one."""
    swap = entry(
        "10:50", "part_replaced", part="hw-s12700-mpu", asset="core-sw-01", removed_serial="OLD1",
        installed_serial="HDMPU1", old_part=fate,
    )  # fmt: skip
    return (*WHOLE_LOG[:6], swap, *WHOLE_LOG[6:])


def reviewing(time: str, event: str, **more: str) -> dict[str, str]:
    """The ledger of reviews with one entry."""
    return {"records/reviews.yaml": f"log:\n{entry(time, event, by='wang-lei', **more)}\n"}


Case = tuple[DueKind, Harm, "Callable[[], Book]", "Callable[[], Book]", str, Responsible]


def book(
    *tickets: str, at: str = AS_OF, files: Mapping[str, str] | None = None, **more: str
) -> Book:
    raw = files_of(*tickets, **more)
    raw |= {path: text.encode() for path, text in (files or {}).items()}
    return a_book(raw, as_of=at)


def later(*tickets: str, **more: Any) -> Callable[[], Book]:
    """The Book, made when it is asked for."""
    return partial(book, *tickets, **more)


def of(one: Book, kind: DueKind) -> list[DueItem]:
    return [item for item in due(one, one.as_of) if item.kind is kind]


def on_20th(time: str) -> str:
    return f"2026-11-20T{time}:00+08:00"


def signers(until: str) -> dict[str, str]:
    line = f'zhang.gong@customer.example valid-before="{until}" {KEY}\n'
    return {"records/allowed_signers": line}


def a_round(completed: str, *items: str) -> dict[str, str]:
    """An inspection of November, begun on the 26th, at which these items were looked at."""
    lines = [entry("2026-11-26T09:30:00+08:00", "started")]
    lines += [
        entry(
            f"2026-11-26T09:4{number}:00+08:00",
            "checked",
            asset="core-sw-01",
            item=item,
            status="ok",
        )
        for number, item in enumerate(items)
    ]
    lines += [entry(completed, "completed")] if completed else []
    head = "id: I20261126-4F2MXA\nplan: quarterly-inspection\nperiod: 2026-Q4\nassets: [core-sw-01]\nlog:\n"
    path = "records/inspections/2026/11/26/I20261126-4F2MXA.yaml"
    return {path: head + "".join(f"{line}\n" for line in lines)}


def cases() -> dict[str, Case]:
    """By name: the kind and its harm, a Book in which it is due and one in which it is not, when, whose."""
    open_ticket, planned = a_ticket(log=ANSWERED), planned_ticket()
    arrived = entry("2026-11-28T22:10:00+08:00", "arrived")
    begun = planned.rstrip("\n") + f"\n{arrived}\n"
    done = (
        planned.rstrip("\n")
        + "\n"
        + "\n".join(
            (
                entry("2026-11-28T22:10:00+08:00", "arrived"),
                entry(
                    "2026-11-29T01:00:00+08:00",
                    "resolved",
                    mode="on_site",
                    cause="升级",
                    action="完成",
                ),
            )
        )
    )
    opening = next(line for line in planned.splitlines() if "event: opened" in line)
    attached = planned + entry(
        "2026-11-19T09:00:00+08:00",
        "attached",
        file=f"records/attachments/aa/{'a' * 64}.pdf",
        sha256="a" * 64,
        entries=f"[{{at: {opening.partition('at: ')[2][:25]}, event: opened}}]",
    )
    stranger = attached.replace("approved_by: zhang-gong", "approved_by: factory-noc")
    short = SPARES.replace("minimum: {suzhou-depot: 1}", "minimum: {suzhou-depot: 3}")
    pm, desk = Responsible("chen-jie", "pm"), Responsible("wang-lei", "desk")
    owner, keeper = Responsible("li-qiang"), Responsible("sun-yu", "depot")
    rota = with_duty("handover_rotas", "[desk]")
    far = CONTRACT.replace("end: 2026-12-31}\nzone", "end: 2027-06-30}\nzone")
    ending = CONTRACT.replace("to: 2027-02-28}", "to: 2026-12-24}")
    certified = STAFF.replace(
        '"1001", from: 2025-01-01, to: 2027-12-31', '"1001", from: 2025-01-01, to: 2026-12-24'
    )
    renewed = certified.replace(
        "to: 2026-12-24}\n",
        'to: 2026-12-24}\n      - {vendor: huawei, name: HCIE, number: "9", from: 2026-11-01, to: 2029-11-01}\n',
    )
    return {
        "a promise that was not kept": (
            DueKind.PROMISE, Harm.BROKEN, later(open_ticket, at=on_20th("11:20")),
            later(a_ticket(log=WHOLE_LOG), at=on_20th("13:30")), on_20th("11:12"), owner,
        ),
        "a promise that three quarters of its time are gone of": (
            DueKind.PROMISE, Harm.THREATENED, later(open_ticket, at=on_20th("10:50")),
            later(a_ticket(log=WHOLE_LOG[:6]), at=on_20th("10:50")), on_20th("11:12"), owner,
        ),
        "a customer who has heard nothing for too long": (
            DueKind.UPDATE, Harm.BROKEN, later(open_ticket, at=on_20th("10:21")),
            later(a_ticket(log=(*ANSWERED, entry("10:10", "updated", note="在查"))), at=on_20th("10:21")),
            on_20th("10:20"), owner,
        ),
        "a ticket without an owner": (
            DueKind.OWNER, Harm.THREATENED, later(a_ticket(log=(OPENED,)), at=on_20th("09:20")),
            later(open_ticket, at=on_20th("09:20")), on_20th("09:12"), desk,
        ),
        "a broken promise that nobody explained": (
            DueKind.EXPLANATION, Harm.OWED, later(a_ticket(log=SLOW_LOG)),
            later(a_ticket(log=(*SLOW_LOG, JUSTIFIED))), on_20th("11:12"), pm,
        ),
        "a window that comes": (
            DueKind.WINDOW_OPENS, Harm.COMING, later(planned),
            later(done, at="2026-11-29T03:00:00+08:00"), "2026-11-28T22:00:00+08:00", pm,
        ),
        "a window that is open": (
            DueKind.WINDOW_ENDS, Harm.COMING, later(begun, at="2026-11-29T01:00:00+08:00"),
            later(done, at="2026-11-29T01:00:00+08:00"), "2026-11-29T02:00:00+08:00", pm,
        ),
        "a window that ended, and the work did not": (
            DueKind.OVERRUN, Harm.BROKEN, later(begun, at="2026-11-29T02:01:00+08:00"),
            later(planned, at="2026-11-29T02:01:00+08:00"), "2026-11-29T02:00:00+08:00", pm,
        ),
        "a window that passed without work": (
            DueKind.WINDOW_MISSED, Harm.OWED, later(planned, at="2026-11-29T02:01:00+08:00"),
            later(begun, at="2026-11-29T02:01:00+08:00"), "2026-11-29T02:00:00+08:00", pm,
        ),
        "a window that nothing shows the customer's approval of": (
            DueKind.APPROVAL, Harm.COMING, later(planned),
            later(attached), "2026-11-28T22:00:00+08:00", pm,
        ),
        "a window approved by somebody who may not": (
            DueKind.APPROVAL, Harm.THREATENED,
            later(stranger, at="2026-11-26T12:00:00+08:00"),
            later(attached, at="2026-11-26T12:00:00+08:00"), "2026-11-28T22:00:00+08:00", pm,
        ),
        "a round that is overdue": (
            DueKind.ROUND, Harm.OWED, later(at="2026-12-06T00:00:00+08:00"),
            later(at="2026-12-06T00:00:00+08:00", files=a_round("2026-12-01T09:00:00+08:00", "appearance", "temperature")),
            "2026-12-05T23:59:59+08:00", Responsible("chen-jie"),
        ),
        "a round that was closed with something left": (
            DueKind.ROUND, Harm.OWED, later(
                at="2026-12-06T00:00:00+08:00", files=a_round("2026-12-01T09:00:00+08:00", "appearance"),
            ),
            later(
                at="2026-12-06T00:00:00+08:00",
                files=a_round("2026-12-01T09:00:00+08:00", "appearance", "temperature"),
            ),
            "2026-12-05T23:59:59+08:00", Responsible("chen-jie"),
        ),
        "a corrective action that is overdue": (
            DueKind.ACTION, Harm.OWED, later(at="2026-12-16T00:00:00+08:00"),
            later(
                at="2026-12-16T00:00:00+08:00",
                actions=ACTIONS + entry("2026-12-01T09:00:00+08:00", "done", action="label-patch-panels"),
            ),
            "2026-12-15T23:59:59+08:00", owner,
        ),
        "stock below its minimum": (
            DueKind.STOCK, Harm.OWED, later(spares=short), later(), "2026-01-01T00:00:00+08:00", keeper,
        ),
        "a warranty that ends": (
            DueKind.WARRANTY, Harm.COMING, later(spares=SPARES + warranted("2026-12-31")),
            later(spares=SPARES + warranted("2027-12-31")), "2026-12-31T23:59:59+08:00", keeper,
        ),
        "a warranty that ended on a faulty part": (
            DueKind.WARRANTY, Harm.OWED, later(spares=SPARES + warranted("2026-11-01", "faulty")),
            later(spares=SPARES + warranted("2026-11-01", "new")), "2026-11-01T23:59:59+08:00", keeper,
        ),
        "a depot to be counted": (
            DueKind.COUNT, Harm.COMING, later(spares=COUNTING + COUNTED), later(),
            "2026-12-01T10:00:00+08:00", keeper,
        ),
        "somebody on duty while on leave": (
            DueKind.DUTY, Harm.COMING, later(duty=DUTY + LEAVE.replace("WHO", "zhao-min")),
            later(duty=DUTY + LEAVE.replace("WHO", "gao-yuan")), "2026-11-24T00:00:00+08:00",
            pm,
        ),
        "a rota that nobody is on": (
            DueKind.DUTY, Harm.BROKEN, later(duty=DUTY.replace("2025-12-01T08", "2026-12-01T08", 1)),
            later(), "2026-01-01T00:00:00+08:00", pm,
        ),
        "a contract that ends": (
            DueKind.CONTRACT, Harm.COMING, later(), later(contract=far), "2026-12-31T23:59:59+08:00", pm,
        ),
        "a calendar that ends": (
            DueKind.CALENDAR, Harm.COMING, later(contract=far),
            later(contract=far.replace("to: 2026-12-31}\n    overrides", "to: 2027-12-31}\n    overrides")),
            "2026-12-31T23:59:59+08:00", pm,
        ),
        "a credential that ends": (
            DueKind.CREDENTIAL, Harm.COMING, later(contract=ending), later(),
            "2026-12-24T23:59:59+08:00", pm,
        ),
        "a credential that has ended": (
            DueKind.CREDENTIAL, Harm.OWED, later(contract=ending, at="2026-12-25T00:00:00+08:00"),
            later(at="2026-12-25T00:00:00+08:00"), "2026-12-24T23:59:59+08:00", pm,
        ),
        "a maker's certificate that ends": (
            DueKind.CERTIFICATE, Harm.COMING, later(staff=certified), later(staff=renewed),
            "2026-12-24T23:59:59+08:00", owner,
        ),
        "a shift that nobody took over yet": (
            DueKind.TAKE_OVER, Harm.COMING, later(contract=rota, files=HANDED, at=MORNING),
            later(contract=rota, files=TAKEN, at=MORNING), "2026-11-21T08:30:00+08:00", Responsible("sun-yu"),
        ),
        "a shift that nobody handed over": (
            DueKind.HAND_OVER, Harm.OWED, later(contract=rota, at="2026-11-21T08:30:01+08:00"),
            later(contract=rota, files=HANDED, at="2026-11-21T08:30:01+08:00"),
            "2026-11-21T08:30:00+08:00", Responsible("wang-lei"),
        ),
        "a fault that goes to its maker soon": (
            DueKind.REFERRAL, Harm.COMING,
            later(open_ticket, contract=with_duty("refer_within", "4h"), at=on_20th("10:00")),
            later(open_ticket, at=on_20th("10:00")), on_20th("13:12"), owner,
        ),
        "a customer who is discontented": (
            DueKind.CALL_BACK, Harm.COMING, later(a_ticket(log=POOR), at=AS_OF),
            later(a_ticket(log=POOR), files=reviewing(CALLED, "called_back", contact="zhang-gong", via="phone", text="已说明")),
            "2026-11-24T18:00:00+08:00", Responsible("sun-yu", "desk"),
        ),
        "a result that nobody asked about": (
            DueKind.CONFIRMATION, Harm.OWED, later(a_ticket(log=WHOLE_LOG[:8]), at="2026-12-01T12:00:00+08:00"),
            later(a_ticket(log=WHOLE_LOG), at="2026-12-01T12:00:00+08:00"), "2026-11-25T18:00:00+08:00", Responsible("sun-yu", "desk"),
        ),
        "a review of a grave incident": (
            DueKind.REVIEW, Harm.OWED, later(open_ticket, at="2026-11-21T09:12:01+08:00"),
            later(a_ticket(log=(*ANSWERED, FIRST_REVIEW)), at="2026-11-21T09:12:01+08:00"),
            "2026-11-21T09:12:00+08:00", owner,
        ),
        "an old part that did not come back": (
            DueKind.PART_BACK, Harm.OWED, later(a_ticket(log=replaced("returned")), at="2026-12-12T12:00:00+08:00"),
            later(a_ticket(log=replaced("kept")), at="2026-12-12T12:00:00+08:00"), "2026-11-27T10:50:00+08:00", keeper,
        ),
        "an exchange that is to be held": (
            DueKind.MEETING, Harm.COMING, later(contract=with_duty("exchange_every", "365d"), at="2026-12-20T12:00:00+08:00"),
            later(at="2026-11-23T12:00:00+08:00"), "2027-01-01T00:00:00+08:00", pm,
        ),
        "records that were not audited": (
            DueKind.AUDIT, Harm.OWED, later(contract=with_duty("audit_every", "300d")),
            later(contract=with_duty("audit_every", "300d"), files=reviewing(on_20th("09:00"), "audited", audit="2026-H2", scope="全部", text="无")),
            "2026-10-28T00:00:00+08:00", pm,
        ),
        "a customer who was not surveyed": (
            DueKind.SURVEY, Harm.COMING, later(contract=with_duty("survey_every", "330d")),
            later(contract=with_duty("survey_every", "330d"), files=reviewing(on_20th("09:00"), "surveyed", contact="zhang-gong", via="phone")),
            "2026-11-27T00:00:00+08:00", pm,
        ),
        "a key that ends": (
            DueKind.KEY, Harm.COMING, later(files=signers("20261224")),
            later(files=signers("20270624")), "2026-12-23T23:59:59+08:00", Responsible("zhang-gong"),
        ),
    }  # fmt: skip


CASES = cases()


@pytest.mark.parametrize("name", CASES)
def test_it_is_due_where_it_is_so_and_not_where_it_is_not(name: str) -> None:
    kind, harm, wrong, twin, instant, who = CASES[name]
    found = of(wrong(), kind)
    assert (harm, parse_instant(instant), who) in [(i.harm, i.instant, i.who) for i in found], found
    assert not [item for item in of(twin(), kind) if item.harm is harm]


def test_every_kind_is_seen_to_be_due() -> None:
    told = {kind for kind, *_ in CASES.values()}
    # tests/cli/test_status.py has a certificate, tests/cli/test_report_delivered.py reports
    assert set(DueKind) - told == {DueKind.AUTHORITY, DueKind.REPORT, DueKind.ANSWER}


def test_somebody_is_named_for_everything_and_a_command() -> None:
    for _, _, make, *_ in CASES.values():
        wrong = make()
        for item in due(wrong, wrong.as_of):
            assert item.who.person or item.who.role
            assert item.command[0] == "weibao"
            assert item.record


def test_the_list_goes_by_harm_and_then_by_instant() -> None:
    for _, _, make, *_ in CASES.values():
        wrong = make()
        items = due(wrong, wrong.as_of)
        assert [item.harm for item in items] == sorted(
            (item.harm for item in items), key=tuple(Harm).index
        )
        coming = [item.instant for item in items if item.harm is Harm.COMING]
        assert coming == sorted(coming)


def test_of_two_broken_promises_the_one_on_the_graver_ticket_stands_first() -> None:
    minor = a_ticket(
        "T20261118-M1N0R2", severity=2, reported_at="2026-11-18T09:00:00+08:00",
        log=[entry("2026-11-18T09:05:00+08:00", "opened", by="wang-lei")],
    )  # fmt: skip
    one = book(minor, a_ticket(log=ANSWERED), at=on_20th("11:20"))
    broken = [item for item in due(one, one.as_of) if item.harm is Harm.BROKEN]
    assert [item.severity for item in broken] == sorted(item.severity or 0 for item in broken)
    assert {item.severity for item in broken} == {1, 2}


def test_a_ticket_that_is_late_and_at_risk_is_late() -> None:
    one = book(a_ticket(log=(OPENED,)), at=on_20th("10:55"))
    items = due(one, one.as_of)
    assert headline(one).promises.says is Statement.OVERDUE
    assert len(promised(items, Harm.THREATENED)) == 1


def test_a_ticket_with_a_promise_at_risk_alone_is_at_risk() -> None:
    one = book(a_ticket(log=(OPENED,)), at=on_20th("09:38"))
    assert headline(one).promises.says is Statement.AT_RISK


def test_no_promise_is_late_in_a_record_without_a_ticket() -> None:
    assert headline(book()).promises.says is Statement.NOTHING_PROMISED


def test_a_glance_shows_the_next_promise_whatever_comes_before_it() -> None:
    one = book(a_ticket(log=WHOLE_LOG, severity=3), at=AS_OF)
    items = due(one, one.as_of)
    assert brief(items) == (items, 0)
    coming = next(item for item in items if item.harm is Harm.COMING)
    promise = replace(coming, kind=DueKind.PROMISE, instant=coming.instant + 10**8)
    many = tuple(replace(coming, record=f"records/{number}") for number in range(9))
    shown, more = brief((*many, promise))
    assert shown == (*many[:4], promise)
    assert more == 5


def test_a_paused_fault_stands_by_its_severity_and_what_is_restored_behind_it() -> None:
    paused = a_ticket(
        "T20261120-PA5SED",
        severity=2,
        log=(*ANSWERED, entry("09:30", "paused", reason="third_party_carrier")),
    )
    minor = a_ticket("T20261120-M1N0R2", severity=3, log=ANSWERED)
    restored = a_ticket(TICKET, log=(*ANSWERED, entry("09:40", "restored", mode="remote")))
    one = book(restored, minor, paused, at=on_20th("10:00"))
    assert [ticket.id[-6:] for ticket in open_by_harm(one)] == ["PA5SED", "M1N0R2", "7K3Q9M"]


def test_a_photograph_of_the_work_shows_no_approval() -> None:
    photograph = entry(
        "2026-11-28T23:00:00+08:00",
        "attached",
        file=f"records/attachments/aa/{'a' * 64}.png",
        sha256="a" * 64,
    )
    one = book(planned_ticket() + photograph, at="2026-11-28T23:30:00+08:00")
    assert [item.harm for item in of(one, DueKind.APPROVAL)] == [Harm.BROKEN]


@pytest.mark.parametrize(
    ("items", "verb"),
    [((), "check"), (("appearance",), "check"), (("appearance", "temperature"), "complete")],
)
def test_a_round_that_has_begun_goes_on_in_its_record(items: tuple[str, ...], verb: str) -> None:
    one = book(at="2026-12-06T00:00:00+08:00", files=a_round("", *items))
    (item, *_) = of(one, DueKind.ROUND)
    assert item.record == "I20261126-4F2MXA"
    assert item.command == ("weibao", "inspection", verb, "I20261126-4F2MXA")


def test_planned_work_with_a_ticket_goes_on_in_it_and_is_opened_where_it_has_none() -> None:
    upgrades = PLAN.replace(
        "checklists:\n  all",
        "  half-yearly-upgrade:\n    kind: upgrade\n    name: {zh: 升级, en: Upgrade}\n    issued_by: chen-jie\n"
        "    start: 2026-11-27\n    due_within: 5d\nchecklists:\n  all",
    )
    (item,) = (
        i
        for i in of(book(planned_ticket(), plan=upgrades), DueKind.ROUND)
        if "upgrade" in i.subject[0]
    )
    assert item.record == "T20261118-P1ANN3"
    (item,) = (i for i in of(book(plan=upgrades), DueKind.ROUND) if "upgrade" in i.subject[0])
    assert item.command == (
        "weibao",
        "ticket",
        "open",
        "--kind",
        "upgrade",
        "--plan",
        item.subject[0],
    )


def test_the_part_that_is_awaited_is_named_of_several_requests() -> None:
    log = (
        *ANSWERED,
        entry("09:30", "part_requested", part="hw-s12700-mpu", quantity="1"),
        entry("09:31", "part_requested", part="hw-psu", quantity="1"),
        entry("09:40", "part_arrived", part="hw-s12700-mpu"),
    )
    (item,) = (
        i
        for i in of(book(a_ticket(log=log), at=on_20th("10:00")), DueKind.PROMISE)
        if "part" in i.subject
    )
    assert item.command[-2:] == ("--part", "hw-psu")


def test_the_customer_is_told_of_promises_windows_rounds_and_what_was_agreed_alone() -> None:
    assert {kind for kind in DueKind if kind.for_customer} == {
        DueKind.PROMISE,
        DueKind.UPDATE,
        DueKind.WINDOW_OPENS,
        DueKind.WINDOW_ENDS,
        DueKind.WINDOW_MISSED,
        DueKind.OVERRUN,
        DueKind.REPORT,
        DueKind.ROUND,
        DueKind.CONTRACT,
        DueKind.CALENDAR,
        DueKind.CREDENTIAL,
    }


@settings(max_examples=30)
@given(st.integers(0, 60 * 24 * 60), st.sampled_from((WHOLE_LOG, SLOW_LOG, ANSWERED, (OPENED,))))
def test_what_is_due_later_is_what_will_be_due_then(minutes: int, log: tuple[str, ...]) -> None:
    files = files_of(a_ticket(log=log), planned_ticket(), spares=COUNTING + COUNTED)
    start = "2026-11-20T09:15:00+08:00"
    then = parse_instant(start) + minutes * 60
    early = a_book(files, as_of=start)
    late = replace_instant(a_book(files, as_of=start), then)
    assert due(early, then) == due(late, then)


def replace_instant(one: Book, then: int) -> Book:
    """The same Book made anew as of another instant."""
    other = replace(one, as_of=then)
    vars(other).update({name: vars(one)[name] for name in ("proofs", "findings", "checks")})
    return other


def test_between_two_instants_with_nothing_recorded_a_promise_only_grows_older() -> None:
    one = book(a_ticket(log=ANSWERED), at=on_20th("10:00"))
    dues = {
        time: {
            (i.record, i.subject): i.instant
            for i in due(one, moment(f"2026-11-20 {time}"))
            if i.kind is DueKind.PROMISE
        }
        for time in ("10:00", "11:12", "11:13", "13:00")
    }
    assert len({tuple(sorted(found.items())) for found in dues.values()}) == 1
    harms = [
        next(i.harm for i in due(one, moment(f"2026-11-20 {time}")) if i.subject == ("arrive",))
        for time in dues
    ]
    assert harms == [Harm.COMING, Harm.THREATENED, Harm.BROKEN, Harm.BROKEN]
