"""A November small enough to count on one's fingers, with a little of everything that a report tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from building.book import SLOW_LOG, a_book, files_of
from building.contract import (
    ACTIONS,
    ASSETS,
    PLAN,
    SPARES,
    a_ticket,
    another_asset,
    entry,
    ticket_path,
)
from building.papers import a_report
from building.site import planned_ticket

if TYPE_CHECKING:
    from weibao.report.book import Book
    from weibao.report.papers.period_report import PeriodReport

FAULT, LATE_FAULT, UPGRADE = "T20261120-7K3Q9M", "T20261130-0ABCDE", "T20261118-3M8RZC"
ROUND = "I20261126-4F2MXA"
CLOSED_AT = "2026-12-02T00:00:00+08:00"
INTERNAL_WORDS = "客户设备口令"
SERIAL = "HDMPU1"


def the_fault() -> str:
    """Critical, at 09:12; somebody came three minutes too late; restored at 11:20, closed at 14:05.

    That the first rung was climbed is told to the provider alone.
    """
    return a_ticket(
        FAULT,
        log=(
            *SLOW_LOG,
            entry(
                "10:13",
                "escalated",
                by="wang-lei",
                level="1",
                to="wang-lei",
                note=INTERNAL_WORDS,
                internal="true",
            ),
            entry(
                "16:10",
                "justified",
                by="chen-jie",
                target="arrive",
                cause="高速封闭",
                improvement="增设驻点",
            ),
        ),
    )


def a_late_fault() -> str:
    """Major, an hour before the month ends, and nobody has done anything yet."""
    reported = "2026-11-30T23:00:00+08:00"
    opened = entry("2026-11-30T23:05:00+08:00", "opened", by="wang-lei")
    return a_ticket(LATE_FAULT, severity=2, reported_at=reported, log=[opened])


def the_upgrade() -> str:
    """Planned work in its window of the 28th, from ten in the evening."""
    done = [
        entry("2026-11-28T22:10:00+08:00", "arrived"),
        entry(
            "2026-11-29T01:00:00+08:00",
            "resolved",
            mode="on_site",
            cause="升级",
            action="升级",
        ),
    ]
    ticket = planned_ticket()
    name = ticket.split("\n")[0].removeprefix("id: ")
    return ticket.replace(name, UPGRADE) + "".join(f"{line}\n" for line in done)


def the_round() -> str:
    """Of two switches: one was looked at, and its temperature gave a warning; the other was locked away."""
    lines = [
        entry("2026-11-26T09:30:00+08:00", "started"),
        entry(
            "2026-11-26T09:40:00+08:00",
            "checked",
            asset="core-sw-01",
            item="temperature",
            value="47.5",
            unit='"°C"',
            status="warning",
            note="风扇有异响",
        ),
        entry(
            "2026-11-26T09:45:00+08:00",
            "checked",
            asset="core-sw-01",
            item="appearance",
            status="ok",
        ),
        entry("2026-11-26T09:50:00+08:00", "skipped", asset="core-sw-02", reason="机柜锁坏"),
        entry("2026-11-26T10:30:00+08:00", "completed"),
    ]
    head = (
        f"id: {ROUND}\nplan: quarterly-inspection\nperiod: 2026-Q4\n"
        "assets: [core-sw-01, core-sw-02]\nlog:\n"
    )
    return head + "".join(f"{line}\n" for line in lines)


def a_november() -> Book:
    """The Book of it, as of a day after its end."""
    issued = entry(
        "10:00",
        "issued",
        by="sun-yu",
        part="hw-s12700-mpu",
        serials=f'["{SERIAL}"]',
        depot="suzhou-depot",
        ticket=FAULT,
    )
    counted = entry(
        "2026-11-22T10:00:00+08:00",
        "counted",
        by="sun-yu",
        depot="suzhou-depot",
        part="hw-s12700-mpu",
        serials='["HDMPU2"]',
        witness="zhang-gong",
    )
    # The day after the month: of which a report on it says nothing.
    received = entry(
        "2026-12-01T09:00:00+08:00",
        "received",
        by="sun-yu",
        part="hw-s12700-mpu",
        serials='["HDMPU3"]',
        depot="suzhou-depot",
        supplier="华为授权经销商",
    )
    counted_again = entry(
        "2026-12-01T10:00:00+08:00",
        "counted",
        by="sun-yu",
        depot="suzhou-depot",
        part="hw-s12700-mpu",
        serials='["HDMPU2"]',
    )
    raised = entry(
        "2026-11-21T09:00:00+08:00",
        "raised",
        by="chen-jie",
        action="post-an-engineer",
        about=f"{{ticket: {FAULT}}}",
        text="增设驻点工程师",
        owner="li-qiang",
        due="2026-12-20",
    )
    files = files_of(
        the_fault(),
        a_late_fault(),
        the_upgrade(),
        assets=ASSETS + another_asset("core-sw-02").replace("services: [mes]", "services: []"),
        plan=PLAN.replace("due_within: 10d", "due_within: 3d"),
        spares=f"{SPARES}{issued}\n{counted}\n{received}\n{counted_again}\n",
        actions=f"{ACTIONS}{raised}\n",
    )
    files[ticket_path(ROUND)] = the_round().encode()
    return a_book(files, as_of=CLOSED_AT)


def november_report() -> PeriodReport:
    """The report on it, October beside."""
    return a_report(a_november(), "2026-11", before=("2026-10",))
