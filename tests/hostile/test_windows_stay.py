"""Planned work is what was announced and approved; a window stays where it was agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.audited import CUSTOMER, DESK, ENGINEER, MANAGER, book_at
from building.commands import record_repository
from building.contract import ASSETS, entry, ticket_path
from building.service_plan import upgrade
from building.signing import ssh_key
from hostile.threats import Ending, caught
from weibao.sla.condition import Condition

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository
    from building.signing import SshKey

TICKET = "T20261120-D0WN22"
PATH = ticket_path(TICKET)
AS_OF = "2026-11-21T12:00:00+08:00"
DAY = "2026-11-20T"
APPROVAL = entry(
    f"{DAY}09:40:00+08:00", "countersigned", by="zhang-gong", contact="zhang-gong",
    entries=f"[{{at: {DAY}09:20:00+08:00, event: opened}}]",
)  # fmt: skip


NOTHING = (
    entry("09:15", "opened", by="wang-lei"),
    entry("09:18", "cancelled", by="wang-lei", reason="误报"),
)
"""The log of the only other ticket: it bore on nothing."""


def work(opens: str, closes: str = "14:00") -> str:
    """Planned work as it is filed at 09:20, for the same day."""
    header = upgrade().partition("log:\n")[0].replace("T20261116-VP6RAD", TICKET)
    header = header.replace("2026-11-16T09:00", f"{DAY}09:12").replace(
        "kind: upgrade", "kind: downtime"
    )
    header = header.replace("2026-11-18T22:00", f"{DAY}{opens}").replace(
        "2026-11-19T02:00", f"{DAY}{closes}"
    )
    opened = entry("09:20", "opened", by="chen-jie")
    told = entry("09:21", "notified", by="chen-jie", whom="wang-lei", via="phone")
    given = entry("09:22", "assigned", by="chen-jie", to="li-qiang")
    return "\n".join((f"{header}log:", opened, told, given, ""))


def filed(folder: Path, opens: str, key: SshKey | None = None, *, done: bool = True) -> Repository:
    signers = f"{CUSTOMER} {key.public}\n" if key else None
    more = {"allowed_signers": signers} if signers else {}
    repository = record_repository(folder / "clone", NOTHING, **more)
    repository.write(PATH, work(opens))
    repository.commit("停机", at=f"{DAY}09:23:00+08:00", by=MANAGER)
    if key:
        repository.append(PATH, APPROVAL)
        repository.commit("同意", at=f"{DAY}09:41:00+08:00", by=CUSTOMER, key=key)
    if done:
        said = {"mode": "on_site", "cause": "故障", "action": "更换"}
        for at, event, data in (("10:30", "arrived", {}), ("12:00", "resolved", said)):
            repository.append(PATH, entry(at, event, **data))
            repository.commit(event, at=f"{DAY}{at}:40+08:00", by=ENGINEER)
    return repository


def told(repository: Repository) -> list[str]:
    found = book_at(repository, as_of=AS_OF).findings
    return [one.code for one in found if one.code in {"O234", "O235", "O237", "O238", "O239"}]


def test_a_fault_filed_as_downtime_once_it_is_there_is_told(tmp_path: Path) -> None:
    """Down since 09:12, and the window that is written at 09:20 began at 09:00."""
    repository = filed(tmp_path, "09:00")
    assert told(repository) == ["O235"]
    lost = book_at(repository, as_of=AS_OF).availability.services["mes"].by_condition
    assert Condition.OUTAGE in lost
    caught("a fault under another name", Ending.LOST, told(repository))


@pytest.mark.needs("ssh-keygen")
@pytest.mark.parametrize("signed", [True, False])
def test_a_fault_filed_for_a_window_to_come_needs_the_customer_s_own_word(
    tmp_path: Path, *, signed: bool
) -> None:
    """The window was on record before it opened; only the customer can make it one."""
    key = ssh_key(tmp_path, "zhang") if signed else None
    repository = filed(tmp_path, "10:00", key)
    assert told(repository) == ([] if signed else ["O239"])
    lost = book_at(repository, as_of=AS_OF).availability.services["mes"].by_condition
    assert set(lost) == {Condition.MAINTENANCE if signed else Condition.OUTAGE}
    if not signed:
        caught("a fault under another name", Ending.LOST, told(repository))


@pytest.mark.needs("ssh-keygen")
@pytest.mark.parametrize(
    ("done", "moved", "before", "after"),
    [
        (False, f"{DAY}18:00:00+08:00", ["O237"], ["O237"]),
        (True, f"{DAY}18:00:00+08:00", ["O238"], ["O238"]),
    ],
)
def test_a_window_is_not_moved_to_where_the_work_was(
    tmp_path: Path, *, done: bool, moved: str, before: list[str], after: list[str]
) -> None:
    key = ssh_key(tmp_path, "zhang")
    repository = filed(tmp_path, "10:00", key, done=False)
    if done:
        repository.append(PATH, entry("10:30", "arrived"))
        repository.commit("到场", at=f"{DAY}10:31:00+08:00", by=ENGINEER)
    late = book_at(repository, as_of=f"{DAY}14:30:00+08:00")
    assert [one.code for one in late.findings if one.code in {"O237", "O238"}] == before
    change = entry(
        f"{DAY}15:00:00+08:00", "amended", by="wang-lei", field="window.end",
        value=f'"{moved}"', reason="客户改期",
    )  # fmt: skip
    repository.append(PATH, change)
    repository.commit("改窗口", at=f"{DAY}15:01:00+08:00", by=DESK)
    book = book_at(repository, as_of=f"{DAY}15:30:00+08:00")
    assert [one.code for one in book.findings if one.code in {"O237", "O238"}] == after
    caught("a window to where the work was", Ending.STAYS, after)
    signed = entry(
        f"{DAY}15:20:00+08:00", "countersigned", by="zhang-gong", contact="zhang-gong",
        entries=f"[{{at: {DAY}15:00:00+08:00, event: amended}}]",
    )  # fmt: skip
    repository.append(PATH, signed)
    repository.commit("同意改期", at=f"{DAY}15:21:00+08:00", by=CUSTOMER, key=key)
    book = book_at(repository, as_of=f"{DAY}15:30:00+08:00")
    assert not {one.code for one in book.findings} & {"O237", "O238"}


def test_a_part_is_judged_by_the_catalogue_before_it_went_in(tmp_path: Path) -> None:
    """The models are edited the next day, of the part and of the equipment: nothing is cleared or made by it."""
    repository = record_repository(tmp_path / "clone")
    issued = entry(
        f"{DAY}09:30:00+08:00", "issued", by="sun-yu", part="hw-s12700-mpu", serials='["HDMPU1"]',
        depot="suzhou-depot", ticket="T20261120-7K3Q9M",
    )  # fmt: skip
    repository.append("records/spares.yaml", issued)
    repository.append(
        ticket_path("T20261120-7K3Q9M"),
        entry("10:00", "arrived"),
        entry(
            "11:05", "part_replaced", asset="core-sw-01", part="hw-s12700-mpu",
            removed_serial='"OLD1"', installed_serial='"HDMPU1"',
        ),
    )  # fmt: skip
    repository.commit("更换", at=f"{DAY}11:06:00+08:00", by=ENGINEER)
    repository.write("records/assets.yaml", ASSETS.replace("S12708", "S5735"))
    repository.commit("改型号", at="2026-11-21T09:00:00+08:00", by=MANAGER)
    assert "O240" not in {one.code for one in book_at(repository, as_of=AS_OF).findings}
