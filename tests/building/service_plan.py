"""A contract on which every row of the service plan that is examined holds, and how to spoil it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from building.contract import (
    ASSETS,
    CONTRACT,
    SPARES,
    STAFF,
    a_ticket,
    entry,
    small_contract,
    ticket_path,
)
from building.repository import BY, Repository
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from building.violations.violation import Edit
    from weibao.report.book import Book

AS_OF = "2026-11-27T12:00:00+08:00"
COMMITTED = "2026-11-27T10:00:00+08:00"

FAULT = "T20261120-7K3Q9M"
NIGHT = "T20261121-N1GHT2"
THROUGH_MANAGER = "T20261123-PMPM22"
THROUGH_ENGINEER = "T20261124-ENG222"
UPGRADE = "T20261116-VP6RAD"
ROUND = "I20261126-R0VND2"

PLAN_OF_RESOURCES = (
    'resource_plan: {version: "1.0", file: docs/resource-plan.md, '
    "approved_by: zhang-gong, approved_on: 2026-01-12, due_within: 30d}\n"
)

CAUSES = """\
causes:
  hardware: {name: {zh: 硬件故障, en: Hardware failure}}
  configuration: {name: {zh: 配置错误, en: Wrong configuration}}
"""


def reviewed(moment: str, edition: str = "final") -> str:
    """A review that says all that the final edition asks for."""
    return entry(
        moment,
        "analysed",
        edition=edition,
        trigger="主控板告警",
        root_cause="内存颗粒老化",
        business_effect="生产系统中断两小时",
    )


FAULT_LOG = (
    entry("09:15", "opened", by="wang-lei"),
    entry("09:16", "notified", by="wang-lei", whom="chen-jie", via="phone"),
    entry("09:17", "assigned", by="wang-lei", to="li-qiang"),
    entry("09:20", "acknowledged"),
    entry("09:40", "dispatched", by="wang-lei", to="li-qiang"),
    entry("09:50", "part_requested", part="hw-s12700-mpu", quantity="1"),
    entry("10:15", "escalated", by="wang-lei", level="1", to="wang-lei"),
    entry("10:30", "arrived"),
    entry("10:45", "part_arrived", part="hw-s12700-mpu"),
    entry(
        "11:05",
        "part_replaced",
        asset="core-sw-01",
        part="hw-s12700-mpu",
        removed_serial='"OLD77"',
        installed_serial='"HDMPU1"',
    ),
    entry("11:20", "restored", mode="on_site"),
    entry(
        "12:00",
        "resolved",
        mode="on_site",
        cause="内存故障",
        action="更换主控板",
        cause_code="hardware",
        responsible="maker",
    ),
    reviewed("2026-11-20T13:30:00+08:00"),
    entry("14:00", "confirmed", by="wang-lei", contact="zhang-gong", via="phone"),
    entry("14:05", "closed", by="wang-lei"),
)


def repaired(
    day: str, hour: int, *more: str, opened_by: str = "wang-lei", grave: bool = False
) -> list[str]:
    """A fault from its opening to its end at a distance, within an hour and a half; a ``grave`` one is reviewed."""
    coded = {"cause_code": "configuration", "responsible": "provider"} if grave else {}

    def at(minute: int) -> str:
        return f"{day}T{hour + minute // 60:02d}:{minute % 60:02d}:00+08:00"

    return [
        entry(at(5), "opened", by=opened_by),
        *more,
        entry(at(8), "assigned", by="wang-lei", to="li-qiang"),
        entry(at(10), "acknowledged"),
        entry(at(50), "restored", mode="remote"),
        entry(
            at(65),
            "resolved",
            mode="remote",
            cause="配置错误",
            action="更正配置",
            **coded,
        ),
        *([reviewed(at(75))] if grave else []),
        entry(at(80), "confirmed", by="wang-lei", contact="zhang-gong", via="phone"),
        entry(at(85), "closed", by="wang-lei"),
    ]


def upgrade() -> str:
    """Planned work that was approved, and done in its window."""
    log = [
        entry("2026-11-16T09:05:00+08:00", "opened", by="chen-jie"),
        entry("2026-11-16T09:06:00+08:00", "notified", by="chen-jie", whom="wang-lei", via="phone"),
        entry("2026-11-16T09:10:00+08:00", "assigned", by="chen-jie", to="li-qiang"),
        entry("2026-11-18T22:05:00+08:00", "arrived"),
        entry(
            "2026-11-18T23:30:00+08:00", "resolved", mode="on_site", cause="计划升级", action="升级"
        ),
    ]
    text = a_ticket(UPGRADE, reported_at="2026-11-16T09:00:00+08:00", log=log)
    text = text.replace("kind: fault", "kind: upgrade").replace("severity: 1\n", "")
    text = text.replace("phone\n  received_by: wang-lei", "pm\n  received_by: chen-jie")
    frame = "window: {start: 2026-11-18T22:00:00+08:00, end: 2026-11-19T02:00:00+08:00}\n"
    return text.replace("log:\n", f"{frame}approved_by: zhang-gong\nrollback: 回退到原版本\nlog:\n")


def inspection() -> str:
    """The round of the fourth quarter."""
    lines = [
        entry("2026-11-26T09:30:00+08:00", "started"),
        entry(
            "2026-11-26T09:40:00+08:00",
            "checked",
            asset="core-sw-01",
            item="temperature",
            value="38.5",
            unit='"°C"',
            status="ok",
        ),
        entry(
            "2026-11-26T09:41:00+08:00",
            "checked",
            asset="core-sw-01",
            item="appearance",
            status="ok",
        ),
        entry("2026-11-26T10:30:00+08:00", "completed"),
    ]
    head = f"id: {ROUND}\nplan: quarterly-inspection\nperiod: 2026-Q4\nassets: [core-sw-01]\nlog:\n"
    return head + "".join(f"{line}\n" for line in lines)


def movement(at: str, event: str, serials: str, **data: str) -> str:
    """A movement of the one part, by the keeper."""
    moved = entry(at, event, by="sun-yu", part="hw-s12700-mpu", serials=serials, **data)
    return f"{moved}\n"


def whole_contract() -> dict[str, str]:
    """The files of a contract whose records bear witness to every row.

    They may be recorded weeks later, so that one commit can bring them all.
    """
    contract = CONTRACT.replace("carriers:", f"{CAUSES}{PLAN_OF_RESOURCES}carriers:")
    contract = contract.replace("tolerance: 15m", "tolerance: 30d")
    contract = contract.replace("late_entry: 24h", "late_entry: 30d")
    night = repaired(
        "2026-11-21",
        2,
        entry("2026-11-21T02:06:00+08:00", "notified", by="wang-lei", whom="chen-jie", via="phone"),
        grave=True,
    )
    told = entry("2026-11-24T10:06:00+08:00", "notified", whom="chen-jie", via="phone")
    fault = a_ticket(FAULT, log=FAULT_LOG).replace(
        "received_by: wang-lei", "received_by: wang-lei\n  emergency: true"
    )
    through_manager = a_ticket(
        THROUGH_MANAGER,
        severity=3,
        reported_at="2026-11-23T10:00:00+08:00",
        log=repaired("2026-11-23", 10),
    ).replace("channel: phone\n  received_by: wang-lei", "channel: pm\n  received_by: chen-jie")
    through_engineer = a_ticket(
        THROUGH_ENGINEER,
        severity=3,
        reported_at="2026-11-24T10:00:00+08:00",
        log=repaired("2026-11-24", 10, told),
    ).replace(
        "channel: phone\n  received_by: wang-lei", "channel: engineer\n  received_by: li-qiang"
    )
    night_ticket = a_ticket(NIGHT, severity=2, reported_at="2026-11-21T02:00:00+08:00", log=night)
    spares = (
        SPARES
        + movement(
            "2026-11-10T10:00:00+08:00", "counted", '["HDMPU1", "HDMPU2"]', depot="suzhou-depot"
        )
        + movement(
            "2026-11-20T10:05:00+08:00",
            "issued",
            '["HDMPU1"]',
            depot="suzhou-depot",
            ticket=FAULT,
        )
    )
    return small_contract() | {
        "records/contract.yaml": contract,
        "records/staff.yaml": STAFF,
        "records/spares.yaml": spares,
        ticket_path(FAULT): fault,
        ticket_path(NIGHT): night_ticket,
        ticket_path(THROUGH_MANAGER): through_manager,
        ticket_path(THROUGH_ENGINEER): through_engineer,
        # A meeting: what takes nothing down needs no approval that one commit weeks later could not show.
        ticket_path(UPGRADE): upgrade().replace("kind: upgrade", "kind: exchange"),
        ticket_path(ROUND): inspection(),
        "docs/resource-plan.md": "# 资源计划\n\n人员、备件与车辆。\n",
        "docs/knowledge/optical-module.md": knowledge("光模块", "另见[清洁](cleaning.md)。"),
        "docs/knowledge/cleaning.md": knowledge("清洁", "用无尘布。"),
    }


def knowledge(title: str, text: str) -> str:
    """A page of knowledge that the customer may read."""
    return f"---\nlicence: CC-BY-4.0\naudience: customer\n---\n# {title}\n\n{text}\n"


def committed_book(
    path: Path, files: Mapping[str, str], *, at: str = COMMITTED, as_of: str = AS_OF
) -> Book:
    """The Book of a repository with these files, committed at once."""
    repository = Repository(path)
    for name, text in files.items():
        repository.write(name, text)
    repository.commit("合同", at=at)
    return book_of(read_snapshot(Git(repository.path)), parse_instant(as_of))


def spoiled(
    path: Path, edits: tuple[Edit, ...], later: tuple[tuple[str, Edit], ...], as_of: str
) -> Book:
    """The Book of the whole contract with these edits, and the commits that came later."""
    repository = Repository(path)
    files = whole_contract()

    def edit(name: str, old: str, new: str) -> None:
        before = files.get(name, "")
        assert old in before
        # Nothing to replace: it is a line more at the end.
        files[name] = before.replace(old, new) if old else before + new
        repository.write(name, files[name])

    for name, text in files.items():
        repository.write(name, text)
    for change in edits:
        edit(*change)
    repository.commit("合同", at=COMMITTED)
    for moment, change in later:
        edit(*change)
        clock, _, author = moment.partition(" ")
        repository.commit("更改", at=clock, by=author or BY)
    return book_of(read_snapshot(Git(repository.path)), parse_instant(as_of))


def bare_contract() -> dict[str, str]:
    """The least that a contract's files can say: parties, terms, and a desk that begins next year."""
    contract = "".join(
        line
        for line in CONTRACT.splitlines(keepends=True)
        if not line.startswith(
            ("carriers:", "credentials:", "  - {issuer", "headcount:", "experience:")
        )
        and "{site: suzhou-plant, vendor" not in line
    )
    return {
        "records/contract.yaml": contract,
        "records/staff.yaml": "people:\n  sun-yu:\n    name: 孙宇\n"
        "    roles: [{role: depot, from: 2025-12-01}]\n",
        "records/duty.yaml": "rotas:\n  desk:\n    start: 2027-12-01T08:00:00+08:00\n"
        "    shift: 24h\n    order: [sun-yu]\n",
        "records/assets.yaml": ASSETS.replace("    vendor: huawei\n    model: S12708\n", ""),
        "records/plan.yaml": "plan: {}\n",
        "records/spares.yaml": "depots: {}\nparts: {}\n",
    }
