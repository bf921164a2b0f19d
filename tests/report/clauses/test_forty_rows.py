"""The forty rows: each violation is told on its row, and its healed twin leaves the row clean."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from building.contract import DELIVERY_SHA256, SPARES, entry, ticket_path
from building.repository import Repository
from building.service_plan import (
    COMMITTED,
    NIGHT,
    THROUGH_ENGINEER,
    THROUGH_MANAGER,
    UPGRADE,
    movement,
    whole_contract,
)
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.clauses.table import CLAUSES, clauses_of
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.report.book import Book

CONTRACT, STAFF, DUTY = "records/contract.yaml", "records/staff.yaml", "records/duty.yaml"
PARTS, ACTIONS = "records/spares.yaml", "records/actions.yaml"
NIGHT_FILE, ENGINEERS_FILE = ticket_path(NIGHT), ticket_path(THROUGH_ENGINEER)
MANAGERS_FILE, UPGRADE_FILE = ticket_path(THROUGH_MANAGER), ticket_path(UPGRADE)

TODAY = {
    1: "partial: availability is judged against targets on the key figures, not on the row",
    2: "whole",
    3: "whole",
    4: "partial: told late, recorded late; not that the desk recorded it second",
    5: "whole",
    6: "partial: leavers, leave, clashes; hand-over of shifts has no record",
    7: "partial: rungs not climbed; late rungs are not told apart",
    8: "partial: licence and audience; nobody's need is recorded",
    9: "whole",
    10: "partial: late, self-verified; that an audit took place has no record",
    11: "partial: what is listed; not each vendor that has equipment",
    12: "partial: missing, late, deleted or replaced in the contract; not the text of its file",
    13: "whole",
    14: "partial: anybody for a kind; not each who worked on it",
    15: "whole",
    16: "partial: reserves over the term; a call-up has no record",
    17: "partial: address, keeper, delivery; distance and hours are not judged",
    18: "whole",
    19: "partial: counts; a customer's visit has no record",
    20: "whole",
    21: "whole",
    22: "partial: papers; suppliers have no authorisation on record",
    23: "whole",
    24: "partial: evidence only; the share is a key figure",
    25: "partial: promise and evidence; the share is a key figure",
    26: "whole",
    27: "whole",
    28: "whole",
    29: "whole",
    30: "whole",
    31: "partial: rounds and windows; technical exchange is a kind, not a duty",
    32: "partial: evidence only",
    33: "whole: the grave ones, and what else the contract names",
    34: "whole",
    35: "whole",
    36: "whole",
    37: "partial: as 7",
    38: "whole",
    39: "whole",
    40: "partial: consent; declared and agreed are not shown beside each other",
}
"""What each row does when it is violated, in a word."""

Edit = tuple[str, str, str]
"""A file, a text in it, and what takes its place."""


@dataclass(frozen=True)
class Violation:
    """How a row is violated, and the twin.

    ``edits`` come with the first commit; ``later`` are commits, each at a time. The ``twin`` edits and the
    ``twin_later`` commits take their place. ``last`` is the last instant at which nothing is wrong yet.
    """

    row: int
    code: str
    edits: tuple[Edit, ...] = ()
    later: tuple[tuple[str, Edit], ...] = ()
    twin: tuple[Edit, ...] = ()
    twin_later: tuple[tuple[str, Edit], ...] = ()
    last: str = ""
    as_of: str = "2026-12-30T12:00:00+08:00"


def at(day_and_clock: str) -> str:
    return f"2026-{day_and_clock}+08:00"


def duty(name: str, length: str) -> Edit:
    return (
        CONTRACT,
        "experience: {minimum: 2}",
        f"experience: {{minimum: 2}}\nduties: {{{name}: {length}}}",
    )


ISSUED = movement(at("11-21T10:00:00"), "issued", '["HDMPU2"]', depot="suzhou-depot", ticket=NIGHT)
BACK = movement(at("11-28T10:00:00"), "returned", '["HDMPU2"]', depot="suzhou-depot", ticket=NIGHT)
OUT = (PARTS, "ticket: T20261120-7K3Q9M}\n", f"ticket: T20261120-7K3Q9M}}\n{ISSUED}")

PHONE = 'phone: "0512-0000-0000"'
SINGLE = (
    'name: {zh: 服务台, en: Service desk}, phone: "0512-1111-1111", email: desk@provider.example, '
    "hours: always"
)
ANNOUNCED = (
    CONTRACT,
    "  hours: always\ncontacts:",
    f"  hours: always\n  next: {{{SINGLE}}}\ncontacts:",
)
TAKEN_UP = (CONTRACT, f"{PHONE}\n", 'phone: "0512-1111-1111"\n')

CONFIRMED = entry(
    at("11-24T11:20:00"), "confirmed", by="wang-lei", contact="zhang-gong", via="phone"
)
CLOSED = entry(at("11-24T11:25:00"), "closed", by="wang-lei")
END = f"{CONFIRMED}\n{CLOSED}\n"
OPEN_RESULT = (ENGINEERS_FILE, END, "")
RESOLVED = entry(
    at("11-24T11:05:00"), "resolved", mode="remote", cause="配置错误", action="更正配置"
)
ASKED = entry(at("11-27T17:59:59"), "confirmed", by="wang-lei", contact="zhang-gong", via="phone")
UNHAPPY = entry(
    at("11-27T11:00:00"),
    "confirmed",
    by="wang-lei",
    contact="zhang-gong",
    via="phone",
    satisfaction="2",
)
CALLED = entry(at("12-01T17:59:59"), "updated", by="wang-lei", note="回访，已说明改进")
DONE = entry(at("11-20T15:00:00"), "done", action="label-patch-panels") + "\n"
VERIFIED = entry(at("11-21T15:00:00"), "verified", action="label-patch-panels") + "\n"
RAISED = "due: 2026-12-15}\n"
ENGINEER = "    name: 李强\n    roles: [{role: engineer, from: 2025-12-01}]"
LEAVES = (STAFF, ENGINEER, ENGINEER.replace("2025-12-01}", "2025-12-01, to: 2026-11-27}"))
STILL_OPEN = (ENGINEERS_FILE, f"{RESOLVED}\n{END}", "")
HANDED_ON = entry(at("11-27T23:00:00"), "assigned", by="wang-lei", to="zhao-min")
AWAY = (
    f"leave: [{{who: chen-jie, from: {at('11-28T08:00:00')}, to: {at('11-30T08:00:00')}}}]\nrotas:"
)
ON_LEAVE = (DUTY, "rotas:", AWAY)
DEPUTY = "{role: supervisor, from: 2025-12-01}"
NO_DEPUTY = (STAFF, DEPUTY, DEPUTY.replace("2025-12-01", "2025-12-01, to: 2026-11-27"))
BY_DESK, BY_ENGINEER = "by: wang-lei", "by: zhao-min"
HEADCOUNT = "{site: suzhou-plant, vendor: huawei, certified: 1}"
RESOURCES = 'resource_plan: {version: "1.0"'
RESERVE = "[{role: engineer, from: 2025-12-01}, {role: reserve, from: 2025-12-01}]"
NOBODY_IN_RESERVE = (STAFF, RESERVE, "[{role: engineer, from: 2025-12-01}]")
RECEIPT = next(line for line in SPARES.splitlines() if "received" in line) + "\n"
AGAIN = RECEIPT.replace("2025-12-05", "2026-11-25").replace('"HDMPU1", "HDMPU2"', '"HDMPU3"')
OTHER = "送货单 HD-1125：S12700 主控板 1 块\n"
OTHER_SHA256 = sha256(OTHER.encode()).hexdigest()
LEFT_OUT = (
    ENGINEERS_FILE,
    entry(at("11-24T10:06:00"), "notified", whom="chen-jie", via="phone") + "\n",
    "",
)
LATER = at("12-01T10:00:00")


def unseen(row: int, path: str, last: str, *, limit: str) -> Violation:
    """A request of which the desk shows nothing, and the twin of which the desk is told in time."""
    text = whole_contract()[path]
    closed = text.splitlines()[-1] + "\n"
    edits = (
        (path, text, text.replace(closed, "").replace(BY_DESK, BY_ENGINEER)),
        duty("desk_records_within", limit),
    )
    told = entry(last, "notified", whom="wang-lei", via="phone")
    return Violation(
        row,
        "O262",
        edits=edits,
        twin=edits,
        twin_later=((last, (path, "", f"{told}\n")),),
        last=last,
    )


VIOLATIONS = (
    Violation(
        2,
        "O261",
        edits=(OUT,),
        twin=(OUT,),
        twin_later=((at("11-28T10:00:00"), (PARTS, "", BACK)),),
        last=at("11-28T10:00:00"),
    ),
    Violation(
        3,
        "O271",
        edits=(),
        later=((at("11-28T10:00:00"), ANNOUNCED), (at("12-28T09:59:59"), TAKEN_UP)),
        twin_later=((at("11-28T10:00:00"), ANNOUNCED), (at("12-28T10:00:00"), TAKEN_UP)),
    ),
    Violation(
        3,
        "O272",
        edits=(duty("contact_notice", "60d"),),
        later=((LATER, (CONTRACT, "contact_notice: 60d", "contact_notice: 1d")),),
        twin=(duty("contact_notice", "60d"),),
        twin_later=((LATER, (CONTRACT, "contact_notice: 60d", "contact_notice: 61d")),),
    ),
    Violation(
        5,
        "O265",
        edits=(STILL_OPEN, LEAVES),
        twin=(STILL_OPEN, LEAVES),
        twin_later=((at("11-27T23:00:00"), (ENGINEERS_FILE, "", f"{HANDED_ON}\n")),),
        last=at("11-27T23:59:59"),
    ),
    Violation(
        6,
        "O265",
        edits=(LEAVES,),
        twin=(LEAVES,),
        twin_later=((at("11-27T12:00:00"), (DUTY, "[li-qiang, zhao-min]", "[zhao-min]")),),
    ),
    Violation(
        10,
        "O266",
        edits=((ACTIONS, RAISED, f"{RAISED}{DONE}{VERIFIED}"),),
        twin=((ACTIONS, RAISED, f"{RAISED}{DONE}{VERIFIED.replace('li-qiang', 'chen-jie')}"),),
    ),
    Violation(
        12,
        "O272",
        later=(
            (
                LATER,
                (
                    CONTRACT,
                    whole_contract()[CONTRACT][
                        (_at := whole_contract()[CONTRACT].index(RESOURCES)) : whole_contract()[
                            CONTRACT
                        ].index("\n", _at)
                        + 1
                    ],
                    "",
                ),
            ),
        ),
    ),
    Violation(
        12,
        "O273",
        later=((LATER, (CONTRACT, RESOURCES, RESOURCES.replace("1.0", "2.0"))),),
        twin_later=(
            (
                LATER,
                (
                    CONTRACT,
                    'version: "1.0", file: docs/resource-plan.md, approved_by: zhang-gong, approved_on: 2026-01-12',
                    'version: "2.0", file: docs/resource-plan.md, approved_by: zhang-gong, approved_on: 2026-12-01',
                ),
            ),
        ),
    ),
    Violation(
        14,
        "O272",
        later=((LATER, (CONTRACT, "{minimum: 2}", "{minimum: 1}")),),
        twin_later=((LATER, (CONTRACT, "{minimum: 2}", "{minimum: 3}")),),
    ),
    Violation(
        15,
        "O272",
        later=((LATER, (CONTRACT, f"headcount:\n  - {HEADCOUNT}\n", "")),),
        twin_later=((LATER, (CONTRACT, "certified: 1}", "certified: 2}")),),
    ),
    Violation(
        16,
        "O206",
        edits=(NOBODY_IN_RESERVE,),
        later=(
            (
                LATER,
                (
                    STAFF,
                    "    name: 赵敏\n    roles: [{role: engineer, from: 2025-12-01}]",
                    f"    name: 赵敏\n    roles: {RESERVE}",
                ),
            ),
        ),
    ),
    Violation(
        18,
        "O272",
        later=((LATER, (PARTS, "{suzhou-depot: 1}", "{suzhou-depot: 0}")),),
        twin_later=((LATER, (PARTS, "fits: [S12708]", "fits: [S12708, S12712]")),),
    ),
    Violation(
        18,
        "O272",
        later=((LATER, (PARTS, "    minimum: {suzhou-depot: 1}\n", "")),),
        twin_later=((LATER, (PARTS, "fits: [S12708]", "fits: [S12708, S12712]")),),
    ),
    Violation(
        22,
        "O109",
        edits=((PARTS, RECEIPT, RECEIPT + AGAIN),),
        twin=(
            (PARTS, RECEIPT, RECEIPT + AGAIN.replace(DELIVERY_SHA256, OTHER_SHA256)),
            (f"records/attachments/{OTHER_SHA256[:2]}/{OTHER_SHA256}.txt", "", OTHER),
        ),
    ),
    Violation(26, "O269", edits=(ON_LEAVE, NO_DEPUTY), twin=(ON_LEAVE,)),
    Violation(27, "O268", edits=((UPGRADE_FILE, "by: chen-jie", "by: wang-lei"),)),
    unseen(28, MANAGERS_FILE, at("11-29T10:00:00"), limit="6d"),
    Violation(
        29, "O267", edits=((NIGHT_FILE, "assigned, by: wang-lei", "assigned, by: li-qiang"),)
    ),
    Violation(
        33,
        "O223",
        edits=(
            (CONTRACT, "carriers:", "duties: {manager_told_of: [1, 2, 3]}\ncarriers:"),
            LEFT_OUT,
        ),
        twin=((CONTRACT, "carriers:", "duties: {manager_told_of: [1, 2]}\ncarriers:"), LEFT_OUT),
    ),
    Violation(
        33,
        "O272",
        edits=((CONTRACT, "carriers:", "duties: {manager_told_of: [1, 2]}\ncarriers:"),),
        later=((LATER, (CONTRACT, "[1, 2]}\ncarriers", "[1, 3, 4]}\ncarriers")),),
        twin=((CONTRACT, "carriers:", "duties: {manager_told_of: [1, 2]}\ncarriers:"),),
        twin_later=((LATER, (CONTRACT, "[1, 2]}\ncarriers", "[1, 2, 3]}\ncarriers")),),
    ),
    unseen(34, NIGHT_FILE, at("11-29T02:00:00"), limit="8d"),
    unseen(35, MANAGERS_FILE, at("11-29T10:00:00"), limit="6d"),
    unseen(36, ENGINEERS_FILE, at("11-29T10:00:00"), limit="5d"),
    Violation(
        39,
        "O263",
        edits=(OPEN_RESULT,),
        twin=(OPEN_RESULT,),
        twin_later=((at("11-27T17:59:59"), (ENGINEERS_FILE, "", f"{ASKED}\n")),),
        last=at("11-27T18:00:00"),
    ),
    Violation(
        39,
        "O264",
        edits=(OPEN_RESULT,),
        later=((at("11-27T11:00:00"), (ENGINEERS_FILE, "", f"{UNHAPPY}\n")),),
        twin=(OPEN_RESULT,),
        twin_later=(
            (at("11-27T11:00:00"), (ENGINEERS_FILE, "", f"{UNHAPPY}\n")),
            (at("12-01T17:59:59"), (ENGINEERS_FILE, "", f"{CALLED}\n")),
        ),
        last=at("12-01T18:00:00"),
    ),
)


def book(
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
        repository.commit("更改", at=moment)
    return book_of(read_snapshot(Git(repository.path)), parse_instant(as_of))


def against(book: Book, row: int) -> set[str]:
    state = clauses_of(book)[row - 1]
    return {one.code for one in state.findings} | {one.finding.code for one in state.lapses}


@pytest.mark.parametrize("case", VIOLATIONS, ids=lambda case: f"{case.row}-{case.code}")
def test_a_violated_row_is_told_and_its_healed_twin_is_clean(
    tmp_path: Path, case: Violation
) -> None:
    violated = book(tmp_path / "violated", case.edits, case.later, case.as_of)
    assert case.code in against(violated, case.row)
    healed = book(tmp_path / "healed", case.twin, case.twin_later, case.as_of)
    assert case.code not in against(healed, case.row)
    if case.last:
        last = parse_instant(case.last)
        assert case.code not in against(violated.at(last), case.row)
        assert case.code in against(violated.at(last + 1), case.row)


def test_what_each_of_the_forty_rows_does_is_written_down() -> None:
    assert list(TODAY) == [clause.row for clause in CLAUSES]
    assert {words.partition(":")[0] for words in TODAY.values()} == {"whole", "partial"}
