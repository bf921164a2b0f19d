"""Violations of what the plan asks of visits, old parts, the ladder, reserves, and levels as declared."""

from __future__ import annotations

from building.contract import entry, ticket_path
from building.service_plan import FAULT, FAULT_LOG, movement
from building.violations.violation import (
    CONTRACT,
    NIGHT_FILE,
    PARTS,
    STAFF,
    Edit,
    Violation,
    at,
    duty,
)

FAULT_FILE = ticket_path(FAULT)
LATER = at("12-01T10:00:00")

GOES_BACK = (
    FAULT_FILE,
    'installed_serial: "HDMPU1"}',
    'installed_serial: "HDMPU1", old_part: {}}}',
)
RETURNED: Edit = (*GOES_BACK[:2], GOES_BACK[2].format("returned"))
TO_THE_MAKER: Edit = (*GOES_BACK[:2], GOES_BACK[2].format("rma"))
BACK = movement(
    at("11-27T11:05:00"),
    "returned",
    '["OLD77"]',
    depot="suzhou-depot",
    ticket=FAULT,
    condition="faulty",
)
SENT = movement(
    at("11-28T10:00:00"), "rma_sent", '["OLD77"]', depot="suzhou-depot", supplier="华为"
)

ESCALATED = "at: 2026-11-20T10:15:00+08:00, event: escalated"
LI_QIANG, ZHAO_MIN = "since: 2015-04-01", "since: 2019-09-01"
SENT_OUT = "event: dispatched, by: wang-lei, to: li-qiang}"
TOGETHER = (FAULT_FILE, SENT_OUT, SENT_OUT.replace("}", ", with: [zhao-min]}"))
DISPATCHED = next(line for line in FAULT_LOG if "dispatched" in line) + "\n"
ARRIVED = next(line for line in FAULT_LOG if "event: arrived" in line) + "\n"
ACKNOWLEDGED = entry(at("11-21T02:10:00"), "acknowledged") + "\n"
NO_CERTIFICATE = (
    STAFF,
    'name: HCIP-Datacom, number: "1001", from: 2025-01-01, to: 2027-12-31',
    """name: HCIP-Datacom, number: "1001", from: 2025-01-01, to: 2026-11-19}
      - {vendor: huawei, name: HCIP-Datacom, number: "1003", from: 2026-11-21, to: 2027-12-31""",
)


def after(line: str, *more: str, path: str = FAULT_FILE) -> Edit:
    """These entries after a line of a log."""
    return path, line, line + "".join(f"{one}\n" for one in more)


def told_at(clock: str) -> tuple[Edit, ...]:
    """The first rung of the arrival, of which the desk is told by 10:17, climbed at another time."""
    return ((FAULT_FILE, ESCALATED, ESCALATED.replace("10:15:00", clock)),)


def since(old: str, day: str) -> Edit:
    return STAFF, old, f"since: {day}"


def lowered(**consent: str) -> tuple[Edit, ...]:
    agreed = entry(at("11-21T02:12:00"), "severity_agreed", by="wang-lei", severity="3", **consent)
    return (after(ACKNOWLEDGED, agreed, path=NIGHT_FILE),)


CALLED_UP = after(DISPATCHED, entry("09:41", "called_up", by="wang-lei", whom="zhao-min"))
ANSWERED = after(
    DISPATCHED,
    entry("09:41", "called_up", by="wang-lei", whom="zhao-min"),
    entry("10:41", "updated", by="zhao-min", note="已接手"),
)
REFERRED = after(
    ARRIVED,
    entry("11:12", "referred", issuer="华为", via="phone", number="SR-20261120-0042"),
)

VIOLATIONS = (
    Violation(
        2,
        "O282",
        edits=(RETURNED,),
        twin=(RETURNED,),
        twin_later=((at("11-27T11:05:00"), (PARTS, "", BACK)),),
        last=at("11-27T11:05:00"),
    ),
    Violation(
        2,
        "O282",
        edits=(TO_THE_MAKER, duty("old_part_back_within", "8d")),
        later=((at("11-27T11:05:00"), (PARTS, "", BACK)),),
        twin=(TO_THE_MAKER, duty("old_part_back_within", "8d")),
        twin_later=(
            (at("11-27T11:05:00"), (PARTS, "", BACK)),
            (at("11-28T10:00:00"), (PARTS, "", SENT)),
        ),
        last=at("11-28T11:05:00"),
    ),
    *(
        Violation(row, "O280", edits=told_at("10:17:01"), twin=told_at("10:17:00"))
        for row in (7, 37)
    ),
    Violation(
        7,
        "O284",
        edits=(duty("refer_within", "2h"),),
        twin=(duty("refer_within", "2h"), REFERRED),
        last=at("11-20T11:12:00"),
    ),
    Violation(
        7,
        "O272",
        edits=(duty("refer_within", "5h"),),
        later=((LATER, (CONTRACT, "duties: {refer_within: 5h}\n", "")),),
        twin=(duty("refer_within", "5h"),),
        twin_later=((LATER, (CONTRACT, "refer_within: 5h", "refer_within: 4h")),),
    ),
    Violation(13, "O203", edits=(NO_CERTIFICATE,), twin=(NO_CERTIFICATE, TOGETHER)),
    Violation(
        14,
        "O281",
        edits=(since(LI_QIANG, "2024-11-21"),),
        twin=(since(LI_QIANG, "2024-11-20"),),
    ),
    Violation(
        14,
        "O281",
        edits=(TOGETHER, since(ZHAO_MIN, "2024-11-21")),
        twin=(since(ZHAO_MIN, "2024-11-21"),),
    ),
    Violation(
        16,
        "O283",
        edits=(CALLED_UP, duty("reserve_within", "1h")),
        twin=(ANSWERED, duty("reserve_within", "1h")),
        last=at("11-20T10:41:00"),
    ),
    Violation(
        24,
        "O285",
        edits=(after(ACKNOWLEDGED, entry(at("11-21T02:30:00"), "arrived"), path=NIGHT_FILE),),
        twin=(
            after(
                ACKNOWLEDGED,
                entry(at("11-21T02:30:00"), "arrived"),
                entry(at("11-21T02:49:59"), "left"),
                path=NIGHT_FILE,
            ),
        ),
    ),
    # Who sends a colleague with themselves along has sent themselves.
    Violation(
        29,
        "O267",
        edits=(
            after(
                ACKNOWLEDGED,
                entry(
                    at("11-21T02:11:00"),
                    "dispatched",
                    by="zhao-min",
                    to="li-qiang",
                    with_="[zhao-min]",
                ),
                path=NIGHT_FILE,
            ),
        ),
        twin=(
            after(
                ACKNOWLEDGED,
                entry(
                    at("11-21T02:11:00"),
                    "dispatched",
                    by="wang-lei",
                    to="li-qiang",
                    with_="[zhao-min]",
                ),
                path=NIGHT_FILE,
            ),
        ),
    ),
    Violation(25, "O285", edits=((FAULT_FILE, ARRIVED, ""),)),
    Violation(40, "X206", edits=lowered(), twin=lowered(consent_by="zhang-gong")),
)
