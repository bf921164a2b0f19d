"""Violations of the fast path, the lifecycle, the windows of planned work, and promises by night and in silence."""

from __future__ import annotations

from building.contract import a_ticket, entry, ticket_path
from building.service_plan import FAULT, FAULT_LOG, ROUND, UPGRADE, upgrade
from building.violations.violation import (
    NIGHT_FILE,
    UPGRADE_FILE,
    Edit,
    Violation,
    at,
    duty,
)

FAULT_FILE, ROUND_FILE = ticket_path(FAULT), ticket_path(ROUND)
MANAGER_TOLD = FAULT_LOG[1] + "\n"


def told(moment: str) -> str:
    return entry(moment, "notified", by="wang-lei", whom="chen-jie", via="phone") + "\n"


LIMIT = at("11-20T09:27:00")
MORE = entry(at("11-20T13:00:00"), "updated", note="备件已登记") + "\n"


def more(moment: str) -> tuple[tuple[str, Edit], ...]:
    """One more entry on the emergency, recorded at a moment."""
    return ((moment, (FAULT_FILE, "", MORE)),)


EMERGENCY = "T20261120-EMERG2"
EMERGENCY_FILE = ticket_path(EMERGENCY)


def handled(*steps: str) -> str:
    """An emergency that the project manager took in and an engineer handles: the desk has nothing of it yet."""
    text = a_ticket(
        EMERGENCY,
        log=(
            entry("09:13", "assigned", by="chen-jie", to="li-qiang"),
            entry("09:14", "acknowledged"),
            entry("10:20", "opened", by="li-qiang"),
            *steps,
        ),
    )
    return text.replace(
        "channel: phone\n  received_by: wang-lei",
        "channel: pm\n  received_by: chen-jie\n  emergency: true",
    )


UNSEEN = ((EMERGENCY_FILE, "", handled()), duty("desk_records_within", "8d"))
RECORDED = at("11-28T09:12:00")
DESK_TOLD = entry(RECORDED, "notified", by="chen-jie", whom="wang-lei", via="phone") + "\n"

ACK = entry(at("11-21T02:10:00"), "acknowledged")
GRAVE = (NIGHT_FILE, "severity: 2\n", "severity: 1\n")
ASSIGNED = entry(at("11-21T02:08:00"), "assigned", by="wang-lei", to="li-qiang")
RESTORED = entry(at("11-21T02:50:00"), "restored", mode="remote")
REOPENED = entry(at("11-21T03:30:00"), "reopened", by="wang-lei", reason="告警再次出现") + "\n"
WORKED_ON = entry(at("11-21T03:40:00"), "acknowledged") + "\n"


def answered(moment: str) -> tuple[Edit, ...]:
    """A grave fault by night that is answered at a moment."""
    return (GRAVE, (NIGHT_FILE, ACK, ACK.replace(at("11-21T02:10:00"), moment)))


def spoken_of(moment: str) -> tuple[Edit, ...]:
    """A grave fault by night of which nothing is heard from the answer to a moment."""
    later = RESTORED.replace(at("11-21T02:50:00"), moment)
    return (
        GRAVE,
        (NIGHT_FILE, RESTORED, later),
        (NIGHT_FILE, at("11-21T03:05:00"), at("11-21T03:15:00")),
    )


SILENT = spoken_of(at("11-21T03:10:01"))
ESCALATED = entry(at("11-21T03:10:00"), "escalated", by="wang-lei", level="3", to="chen-jie") + "\n"

COMPLETED = entry(at("11-26T10:30:00"), "completed") + "\n"
NOT_DONE = (ROUND_FILE, COMPLETED, "")
ROUND_DUE = at("12-05T23:59:59")
ARRIVED = entry(at("11-18T22:05:00"), "arrived") + "\n"
FINISHED = (
    entry(at("11-18T23:30:00"), "resolved", mode="on_site", cause="计划升级", action="升级") + "\n"
)
UNTOUCHED = ((UPGRADE_FILE, ARRIVED, ""), (UPGRADE_FILE, FINISHED, ""))


def finished(moment: str) -> tuple[Edit, ...]:
    return ((UPGRADE_FILE, FINISHED, FINISHED.replace(at("11-18T23:30:00"), moment)),)


def before_it_opens(moment: str) -> tuple[Edit, ...]:
    """Work that is there before the window, and done at a moment."""
    return ((UPGRADE_FILE, at("11-18T22:05:00"), at("11-18T21:50:00")), *finished(moment))


SECOND_UPGRADE = "T20261116-VP6RA2"


def announced(moment: str) -> tuple[tuple[str, Edit], ...]:
    """Planned work whose ticket comes to the record at a moment."""
    text = upgrade().replace("kind: upgrade", "kind: exchange").replace(UPGRADE, SECOND_UPGRADE)
    return ((moment, (ticket_path(SECOND_UPGRADE), "", text)),)


TAKES_DOWN = (UPGRADE_FILE, "kind: exchange", "kind: upgrade")

VIOLATIONS = (
    Violation(
        4,
        "O224",
        edits=((FAULT_FILE, MANAGER_TOLD, ""),),
        twin=((FAULT_FILE, MANAGER_TOLD, told(LIMIT)),),
        last=LIMIT,
    ),
    Violation(
        4,
        "O224",
        edits=((FAULT_FILE, MANAGER_TOLD, told(at("11-20T09:27:01"))),),
        twin=((FAULT_FILE, MANAGER_TOLD, told(LIMIT)),),
    ),
    Violation(
        4,
        "E104",
        later=more(at("12-20T13:00:01")),
        twin_later=more(at("12-20T13:00:00")),
    ),
    Violation(
        4,
        "O262",
        edits=UNSEEN,
        twin=UNSEEN,
        twin_later=((RECORDED, (EMERGENCY_FILE, "", DESK_TOLD)),),
        last=RECORDED,
    ),
    Violation(
        9,
        "X201",
        edits=((NIGHT_FILE, "", WORKED_ON),),
        twin=((NIGHT_FILE, "", REOPENED + WORKED_ON),),
    ),
    Violation(
        9,
        "L101",
        later=((at("12-01T10:00:00"), (NIGHT_FILE, ASSIGNED, ASSIGNED.replace("li-", "liu-"))),),
    ),
    Violation(
        23,
        "S101",
        edits=answered(at("11-21T02:30:01")),
        twin=answered(at("11-21T02:30:00")),
    ),
    Violation(30, "O239", edits=(TAKES_DOWN,)),
    Violation(
        31,
        "O103",
        edits=(NOT_DONE,),
        twin=(NOT_DONE,),
        twin_later=(
            (ROUND_DUE, (ROUND_FILE, "", COMPLETED.replace(at("11-26T10:30:00"), ROUND_DUE))),
        ),
        last=ROUND_DUE,
    ),
    Violation(31, "O237", edits=UNTOUCHED, last=at("11-19T02:00:00")),
    Violation(
        31,
        "O238",
        edits=finished(at("11-19T02:00:01")),
        twin=finished(at("11-19T02:00:00")),
    ),
    Violation(
        31,
        "O234",
        edits=before_it_opens(at("11-18T21:59:59")),
        twin=before_it_opens(at("11-18T22:00:00")),
    ),
    Violation(
        31,
        "O235",
        later=announced(at("12-18T22:00:01")),
        twin_later=announced(at("12-18T22:00:00")),
    ),
    Violation(31, "O239", edits=(TAKES_DOWN,)),
    Violation(
        31,
        "R202",
        edits=((UPGRADE_FILE, "rollback: 回退到原版本\n", ""), TAKES_DOWN),
    ),
    Violation(
        38,
        "S101",
        edits=SILENT,
        twin=spoken_of(at("11-21T03:10:00")),
    ),
    Violation(
        38,
        "O242",
        edits=SILENT,
        twin=(*SILENT, (NIGHT_FILE, "", ESCALATED)),
    ),
)
