"""Violations of hand-overs, of audits and surveys, of visits to a depot, and of the two roles of the desk."""

from __future__ import annotations

from building.contract import a_ticket, entry, ticket_path
from building.service_plan import UPGRADE, knowledge
from building.violations.duties import DONE, RAISED, VERIFIED
from building.violations.violation import ACTIONS, CONTRACT, STAFF, Violation, at, duty

REVIEWS = "records/reviews.yaml"
SHIFT = "records/shifts/2026/11/30/S20261130-8H4FT2.yaml"
OUTAGE = "T20261130-0VTAG3"
BOTH = f"{OUTAGE}, {UPGRADE}"
DAYS_AFTER = at("12-05T12:00:00")
OUTGOING, INCOMING = "zhao.min@provider.example", "li.qiang@provider.example"

ASKED = (at("11-29T10:00:00"), duty("handover_rotas", "[engineer]"))
HEAD = (
    "id: S20261130-8H4FT2\nrota: engineer\n"
    "from: 2026-11-23T08:00:00+08:00\nto: 2026-11-30T08:00:00+08:00\nlog:\n"
)


def given(
    opened: str = UPGRADE, head: str = HEAD, by: str = OUTGOING, **more: str
) -> tuple[str, tuple[str, str, str]]:
    """The hand-over of a week, and who commits it."""
    step = entry(
        at("11-30T07:55:00"),
        "handed_over",
        by="zhao-min",
        text="无遗留工作",
        open=f"[{opened}]",
        **more,
    )
    return f"{at('11-30T07:56:00')} {by}", (SHIFT, "", f"{head}{step}\n")


def taken(clock: str = "08:30:00") -> tuple[str, tuple[str, str, str]]:
    """The take-over, committed by who does it."""
    step = entry(at(f"11-30T{clock}"), "taken_over", by="li-qiang")
    return f"{at('11-30T08:31:00')} {INCOMING}", (SHIFT, "", f"{step}\n")


BROKEN = (
    at("11-30T06:10:00"),
    (
        ticket_path(OUTAGE),
        "",
        a_ticket(
            OUTAGE,
            reported_at=at("11-30T06:00:00"),
            log=[entry(at("11-30T06:05:00"), "opened", by="wang-lei")],
        ),
    ),
)


def reviewed(clock: str, event: str, **more: str) -> tuple[str, str, str]:
    """An entry of the reviews, and the key before it where it is the first."""
    return REVIEWS, "", f"{entry(at(clock), event, by='wang-lei', **more)}\n"


BEGUN = (REVIEWS, "", "log:\n")
LOW = reviewed(
    "11-26T11:00:00", "surveyed", contact="zhang-gong", via="phone", response="2", result="4"
)
CALLED = reviewed(
    "11-30T17:59:59", "called_back", contact="zhang-gong", via="phone", text="已说明改进"
)
REFUSED = reviewed(
    "11-26T10:00:00", "visited", depot="suzhou-depot", contact="zhang-gong", access="refused"
)
GRANTED = reviewed(
    "11-26T10:00:00", "visited", depot="suzhou-depot", contact="zhang-gong", access="granted"
)
AUDITED = reviewed(
    "11-26T15:00:00", "audited", audit="2026-11", scope="全部工单", text="无不符合项"
)
PAGE = "docs/knowledge/weak-spots.md"
INTERNAL = knowledge("薄弱点", "核心交换机只有一路电源。").replace("customer", "internal")
NEEDED = INTERNAL.replace("internal\n", "internal\nneed: [engineer, reserve]\n")
DESK = "    name: 王蕾\n    roles: [{role: desk,"

VIOLATIONS = (
    Violation(
        6,
        "O286",
        later=(ASKED,),
        twin_later=(ASKED, given(), taken()),
        last=at("11-30T08:30:00"),
        as_of=DAYS_AFTER,
    ),
    Violation(
        6,
        "O287",
        later=(given(by=INCOMING), taken()),
        twin_later=(given(), taken()),
        as_of=DAYS_AFTER,
    ),
    Violation(
        6,
        "O288",
        later=(BROKEN, given(BOTH), taken()),
        twin_later=(BROKEN, given(BOTH, consent_by="sun-yu"), taken()),
        as_of=DAYS_AFTER,
    ),
    Violation(
        6,
        "O289",
        later=(BROKEN, given(), taken()),
        twin_later=(BROKEN, given(BOTH), taken()),
        as_of=DAYS_AFTER,
    ),
    Violation(
        6,
        "O290",
        later=(given(head=HEAD.replace("30T08", "30T20")), taken()),
        twin_later=(given(), taken()),
        as_of=DAYS_AFTER,
    ),
    Violation(
        6,
        "O272",
        edits=(duty("handover_rotas", "[engineer]"),),
        later=((at("11-29T10:00:00"), (CONTRACT, "duties: {handover_rotas: [engineer]}\n", "")),),
        twin=(duty("handover_rotas", "[engineer]"),),
        as_of=at("11-29T12:00:00"),
    ),
    Violation(8, "R246", edits=((PAGE, "", INTERNAL),), twin=((PAGE, "", NEEDED),)),
    Violation(
        10,
        "O266",
        edits=((ACTIONS, RAISED, f"{RAISED}{DONE}{VERIFIED}"),),
        twin=(
            (
                ACTIONS,
                RAISED,
                f"{RAISED}{DONE}{VERIFIED}"
                + VERIFIED.replace("li-qiang", "chen-jie").replace("T15", "T16"),
            ),
        ),
    ),
    Violation(
        10,
        "O291",
        edits=(duty("audit_every", "350d"),),
        twin=(duty("audit_every", "350d"), BEGUN, AUDITED),
        last=at("12-17T00:00:00"),
    ),
    Violation(19, "O293", edits=(BEGUN, REFUSED), twin=(BEGUN, GRANTED)),
    Violation(
        28,
        "O262",
        edits=((STAFF, DESK, DESK.replace("desk", "system_administrator")),),
        twin=((STAFF, DESK, DESK.replace("desk", "duty_clerk")),),
    ),
    Violation(
        39,
        "O264",
        edits=(BEGUN, LOW),
        twin=(BEGUN, LOW),
        twin_later=((at("11-30T17:59:59"), CALLED),),
        last=at("11-30T18:00:00"),
    ),
    Violation(
        39,
        "O292",
        edits=(duty("survey_every", "350d"),),
        twin=(duty("survey_every", "350d"), BEGUN, LOW),
        last=at("12-17T00:00:00"),
    ),
)
