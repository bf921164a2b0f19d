"""Violations that are hidden afterwards by an edit of the configuration, and what no record can take back."""

from __future__ import annotations

from building.contract import DUTY as ROTAS
from building.contract import STAFF as PEOPLE
from building.violations.duties import DEPUTY, LATER, LEAVES, ON_LEAVE, STILL_OPEN
from building.violations.violation import (
    CONTRACT,
    DUTY,
    ENGINEERS_FILE,
    NIGHT_FILE,
    STAFF,
    Edit,
    Violation,
    at,
)

PLAN, ASSETS = "records/plan.yaml", "records/assets.yaml"


def back(edit: Edit) -> Edit:
    """The edit that takes an edit back."""
    path, old, new = edit
    return (path, new, old)


def hidden(row: int, code: str, *faults: Edit, so: str = LATER, mended: str = "") -> Violation:
    """Faults of the first commit that a later one takes out of the file; the twin takes them out in time, or has none."""
    hide = tuple((so, back(fault)) for fault in faults)
    return Violation(
        row,
        code,
        edits=faults,
        later=hide,
        twin=faults if mended else (),
        twin_later=tuple((mended, back(fault)) for fault in faults) if mended else (),
    )


FIRST = (
    "      - {vendor: huawei, name: HCIP-Datacom, "
    'number: "1001", from: 2025-01-01, to: 2027-12-31}\n'
)
SECOND = FIRST.replace("HCIP", "HCIA").replace("1001", "1002")


def uncertified(certificate: str) -> Edit:
    return (STAFF, certificate, certificate.replace("2025-01-01", "2026-12-15"))


def inexperienced(since: str) -> Edit:
    return (STAFF, f"since: {since}", f"since: 2026-{since[5:]}")


LISTED = PEOPLE[PEOPLE.index("  li-qiang:") : PEOPLE.index("  zhao-min:")]
ENGINEERS = ROTAS[ROTAS.index("  engineer:") :]
RUNG = "  - {at: 75%, level: 2, to: [supervisor]}\n"
MANAGER = "{role: pm, from: 2025-12-01}"
DIRECTOR = "roles: [{role: director, from: 2025-12-01}]"
DATED_BACK = DIRECTOR.replace("]", ", {role: pm, from: 2026-11-20, to: 2026-11-21}]")
TOLD = "whom: chen-jie"
BOTH_ROTAS = """\
overrides:
  - {rota: desk, from: 2026-05-04T08:00:00+08:00, to: 2026-05-04T20:00:00+08:00, by: li-qiang, instead_of: wang-lei}
rotas:"""

VIOLATIONS = (
    # Who had left is said to be there again, or is taken out of the list instead of given a last day.
    Violation(
        5,
        "O265",
        edits=(STILL_OPEN, LEAVES),
        later=((at("12-05T10:00:00"), back(LEAVES)),),
        twin=(STILL_OPEN, LEAVES),
        twin_later=((at("11-27T23:59:59"), back(LEAVES)),),
    ),
    Violation(
        5,
        "O265",
        edits=(STILL_OPEN,),
        later=((at("11-28T10:00:00"), (STAFF, LISTED, "")),),
        twin=(STILL_OPEN,),
        twin_later=((at("11-28T10:00:00"), (STAFF, LISTED, LISTED.replace("李强", "李强强"))),),
    ),
    Violation(
        6,
        "O265",
        edits=(LEAVES,),
        later=((at("12-25T10:00:00"), back(LEAVES)),),
        twin=(LEAVES,),
        twin_later=((at("11-27T23:59:59"), back(LEAVES)),),
    ),
    hidden(6, "O106", (DUTY, "desk:\n    start: 2025-12-01", "desk:\n    start: 2026-02-03")),
    hidden(6, "O208", (DUTY, "rotas:", BOTH_ROTAS)),
    Violation(
        6,
        "O272",
        later=((LATER, (DUTY, ENGINEERS, "")),),
        twin_later=((LATER, (DUTY, "order: [li-qiang, zhao-min]", "order: [zhao-min, li-qiang]")),),
    ),
    *(
        Violation(
            row,
            "O272",
            later=((LATER, (CONTRACT, RUNG, less)),),
            twin_later=((LATER, (CONTRACT, RUNG, RUNG.replace("75", "74"))),),
        )
        for row in (7, 37)
        for less in ("", RUNG.replace("75", "76"), RUNG.replace("supervisor", "director"))
    ),
    hidden(13, "O203", uncertified(FIRST)),
    hidden(14, "O204", inexperienced("2015-04-01"), inexperienced("2019-09-01")),
    hidden(15, "O205", uncertified(FIRST), uncertified(SECOND)),
    # Equipment that is taken out of the contract afterwards was under it.
    Violation(
        16,
        "O206",
        edits=(uncertified(SECOND),),
        later=((LATER, (ASSETS, "covered: {from: 2025-12-01", "covered: {from: 2026-12-20")),),
        twin=(),
        twin_later=((LATER, (ASSETS, "covered: {from: 2025-12-01", "covered: {from: 2026-12-20")),),
    ),
    hidden(26, "O201", (STAFF, MANAGER, MANAGER.replace("2025-12-01", "2026-06-01"))),
    Violation(
        26,
        "O269",
        edits=(ON_LEAVE, (STAFF, DEPUTY, DEPUTY.replace("01}", "01, to: 2026-11-27}"))),
        later=((LATER, (STAFF, DEPUTY.replace("01}", "01, to: 2026-11-27}"), DEPUTY)),),
        twin=(ON_LEAVE, (STAFF, DEPUTY, DEPUTY.replace("01}", "01, to: 2026-11-27}"))),
        twin_later=(
            (
                at("11-27T20:00:00"),
                (STAFF, DEPUTY.replace("01}", "01, to: 2026-11-27}"), DEPUTY),
            ),
        ),
    ),
    Violation(
        31,
        "O103",
        edits=((PLAN, "start: 2026-11-25", "start: 2026-08-25"),),
        later=((LATER, (PLAN, "start: 2026-08-25", "start: 2026-11-25")),),
        twin=(),
    ),
    Violation(
        33,
        "O223",
        edits=((NIGHT_FILE, TOLD, "whom: gao-yuan"),),
        later=((LATER, (STAFF, DIRECTOR, DATED_BACK)),),
        twin=((NIGHT_FILE, TOLD, "whom: gao-yuan"), (STAFF, DIRECTOR, DATED_BACK)),
    ),
    Violation(
        36,
        "O225",
        edits=((ENGINEERS_FILE, TOLD, "whom: gao-yuan"),),
        later=((LATER, (STAFF, DIRECTOR, DATED_BACK.replace("21}", "30}"))),),
        twin=(
            (ENGINEERS_FILE, TOLD, "whom: gao-yuan"),
            (STAFF, DIRECTOR, DATED_BACK.replace("21}", "30}")),
        ),
    ),
)
