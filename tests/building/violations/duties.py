"""Violations of what the plan asks to be done in time, and by whom."""

from __future__ import annotations

from hashlib import sha256

from building.contract import DELIVERY_SHA256, SPARES, entry
from building.service_plan import NIGHT, movement, whole_contract
from building.violations.violation import (
    ACTIONS,
    CONTRACT,
    DUTY,
    ENGINEERS_FILE,
    MANAGERS_FILE,
    NIGHT_FILE,
    PARTS,
    STAFF,
    UPGRADE_FILE,
    Violation,
    at,
    duty,
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
