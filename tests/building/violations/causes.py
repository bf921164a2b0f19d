"""Violations of what is asked of causes, reviews, drills, exchange and the kinds of unplanned work."""

from __future__ import annotations

from building.contract import entry, ticket_path
from building.service_plan import CAUSES, UPGRADE, reviewed, upgrade, whole_contract
from building.violations.violation import (
    CONTRACT,
    MANAGERS_FILE,
    NIGHT_FILE,
    UPGRADE_FILE,
    Edit,
    Violation,
    at,
    duty,
)

PLAN, EMERGENCY = "records/plan.yaml", "docs/emergency/core-outage.md"
CODED = ", cause_code: configuration, responsible: provider"
REVIEW = reviewed(at("11-21T03:15:00")) + "\n"
UNREVIEWED = (NIGHT_FILE, REVIEW, "")
TERMS = "incident_report: {preliminary: 8d, final: 10d}\ncarriers:"
IN_DAYS = (CONTRACT, "carriers:", TERMS)
PRELIMINARY, FINAL = at("11-29T02:00:00"), at("12-01T02:50:00")

DRILL = "T20261117-DRN222"
DRILL_FILE = ticket_path(DRILL)


def emergency(approved_on: str = "2026-11-10", more: str = "") -> str:
    """The page of an emergency plan; nobody approved it where no day is given."""
    approval = f"approved_by: zhang-gong\napproved_on: {approved_on}\n" if approved_on else ""
    head = f"id: core-outage\nversion: '1.0'\nscenario: 核心机房断电\n{approval}{more}"
    return f"---\n{head}---\n# 核心机房断电应急预案\n"


def drill(day: str, plan: str = "core-outage") -> str:
    """A drill around a table, opened and held on a day."""
    log = [
        entry(f"{day}T09:05:00+08:00", "opened", by="chen-jie"),
        entry(f"{day}T09:06:00+08:00", "notified", by="chen-jie", whom="wang-lei", via="phone"),
        entry(f"{day}T09:10:00+08:00", "assigned", by="chen-jie", to="li-qiang"),
        entry(f"{day}T14:00:00+08:00", "injected", by="chen-jie", text="核心机房断电"),
        entry(f"{day}T14:10:00+08:00", "answered", text="切换到备用电源"),
        entry(f"{day}T15:00:00+08:00", "resolved", mode="remote", cause="演练", action="推演完成"),
        entry(f"{day}T15:05:00+08:00", "rated", by="chen-jie", score="85", reached="40m"),
    ]
    text = upgrade().partition("log:\n")[0].replace(UPGRADE, f"T{day.replace('-', '')}-DRN222")
    text = text.replace("kind: upgrade", f"kind: drill\nemergency_plan: {plan}\nform: tabletop")
    text = text.replace("2026-11-16T09:00:00", f"{day}T09:00:00")
    text = text.replace("2026-11-18T22:00:00", f"{day}T14:00:00")
    text = text.replace("2026-11-19T02:00:00", f"{day}T16:00:00")
    return f"{text}log:\n" + "".join(f"{line}\n" for line in log)


PLANNED = (EMERGENCY, "", emergency())
DRILLED = (DRILL_FILE, "", drill("2026-11-17"))
QUARTERLY = (
    PLAN,
    "checklists:\n  all",
    (
        "  exchange:\n    kind: exchange\n    name: {zh: 技术交流, en: Exchange}\n"
        "    issued_by: chen-jie\n    start: 2026-11-18\n    due_within: 9d\nchecklists:\n  all"
    ),
)
UNDONE = (
    UPGRADE_FILE,
    whole_contract()[UPGRADE_FILE].partition("  - {at: 2026-11-18T22:05")[1]
    + whole_contract()[UPGRADE_FILE].partition("  - {at: 2026-11-18T22:05")[2],
    "",
)
REPLACED = entry(
    at("11-23T10:30:00"),
    "part_replaced",
    asset="core-sw-01",
    part="hw-s12700-mpu",
    removed_serial='"OLD77"',
    installed_serial='"HDMPU2"',
)


def replaced_for(kind: str) -> tuple[Edit, ...]:
    """A part replaced for a ticket of a kind."""
    acknowledged = entry(at("11-23T10:10:00"), "acknowledged") + "\n"
    return (
        (MANAGERS_FILE, "kind: fault", f"kind: {kind}"),
        (MANAGERS_FILE, acknowledged, f"{acknowledged}{REPLACED}\n"),
    )


VIOLATIONS = (
    Violation(
        31,
        "O103",
        edits=(QUARTERLY, UNDONE),
        twin=(QUARTERLY,),
        last=at("11-27T23:59:59"),
    ),
    Violation(
        31,
        "O278",
        edits=(UNDONE, duty("exchange_every", "340d")),
        twin=(duty("exchange_every", "340d"),),
        last=at("12-07T00:00:00"),
    ),
    Violation(
        31,
        "O278",
        edits=(PLANNED,),
        twin=(PLANNED, DRILLED),
        last="2027-01-01T00:00:00+08:00",
        as_of="2027-01-02T12:00:00+08:00",
    ),
    Violation(
        31,
        "O276",
        edits=((EMERGENCY, "", emergency("")), DRILLED),
        twin=(PLANNED, DRILLED),
    ),
    Violation(
        31,
        "O277",
        edits=((EMERGENCY, "", emergency("2026-11-20", "review_within: 10d\n")), DRILLED),
        twin=((EMERGENCY, "", emergency("2026-11-20", "review_within: 50d\n")), DRILLED),
        last=at("12-01T00:00:00"),
    ),
    Violation(
        31,
        "R237",
        edits=((EMERGENCY, "", emergency().replace("version: '1.0'\n", "")), DRILLED),
        twin=(PLANNED, DRILLED),
    ),
    Violation(
        31,
        "R240",
        edits=(PLANNED, (DRILL_FILE, "", drill("2026-11-17", "core-outrage"))),
        twin=(PLANNED, DRILLED),
    ),
    Violation(
        31,
        "O272",
        edits=(duty("exchange_every", "60d"),),
        later=((at("12-01T10:00:00"), (CONTRACT, "exchange_every: 60d", "exchange_every: 300d")),),
        twin=(duty("exchange_every", "60d"),),
        twin_later=(
            (at("12-01T10:00:00"), (CONTRACT, "exchange_every: 60d", "exchange_every: 50d")),
        ),
    ),
    Violation(32, "O274", edits=((NIGHT_FILE, CODED, ""),)),
    Violation(32, "O274", edits=((NIGHT_FILE, ", responsible: provider", ""),)),
    Violation(32, "O274", edits=((NIGHT_FILE, CODED, ""), (CONTRACT, CAUSES, ""))),
    Violation(
        32,
        "O275",
        edits=(UNREVIEWED, IN_DAYS),
        twin=(UNREVIEWED, IN_DAYS),
        twin_later=(
            (
                PRELIMINARY,
                (NIGHT_FILE, "", reviewed(PRELIMINARY, "preliminary") + "\n"),
            ),
            (FINAL, (NIGHT_FILE, "", reviewed(FINAL) + "\n")),
        ),
        last=PRELIMINARY,
    ),
    Violation(
        32,
        "O275",
        edits=((NIGHT_FILE, REVIEW, reviewed(at("11-21T03:15:00"), "preliminary") + "\n"), IN_DAYS),
        twin=((NIGHT_FILE, REVIEW, reviewed(at("11-21T03:15:00"), "preliminary") + "\n"), IN_DAYS),
        twin_later=((FINAL, (NIGHT_FILE, "", reviewed(FINAL) + "\n")),),
        last=FINAL,
    ),
    Violation(
        32,
        "O272",
        edits=(IN_DAYS,),
        later=((at("12-01T10:00:00"), (CONTRACT, "final: 10d", "final: 40d")),),
        twin=(IN_DAYS,),
        twin_later=((at("12-01T10:00:00"), (CONTRACT, "final: 10d", "final: 9d")),),
    ),
    Violation(32, "O279", edits=replaced_for("consultation"), twin=replaced_for("fault")),
    Violation(32, "O279", edits=replaced_for("complaint"), twin=replaced_for("fault")),
    Violation(
        32,
        "X222",
        edits=(
            (MANAGERS_FILE, "kind: fault", "kind: request"),
            (
                MANAGERS_FILE,
                entry(at("11-23T10:10:00"), "acknowledged") + "\n",
                entry(at("11-23T10:10:00"), "acknowledged")
                + "\n"
                + entry(at("11-23T10:20:00"), "impact", impact="[{on: core-sw-01, state: outage}]")
                + "\n",
            ),
        ),
        twin=((MANAGERS_FILE, "kind: fault", "kind: request"),),
    ),
)
