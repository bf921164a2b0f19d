"""Rules on work: who does it, with which parts, and planned work in its frame (O23x)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

ROWS = (
    Rule(
        code="O231",
        severity=Severity.WARNING,
        title=N_("Work by someone who was not sent"),
        message=N_("{person} recorded “{event}”, and the ticket was never given to them."),
        help=N_(
            "Record who gave it to them, with the time when it was: `weibao ticket assign` or `weibao ticket dispatch`."
        ),
        why=N_(
            "The provider's people are dispatched as one (requirement 2). Who works on a ticket without being sent is missing where they were."
        ),
        bad=(
            "  - {at: 2026-11-20T09:17:00+08:00, event: assigned, by: wang-lei, to: li-qiang}\n"
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: zhao-min}\n"
        ),
        good=(
            "  - {at: 2026-11-20T09:40:00+08:00, event: dispatched, by: wang-lei, to: zhao-min}\n"
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: zhao-min}\n"
        ),
        facts=("person", "event"),
    ),
    Rule(
        code="O232",
        severity=Severity.WARNING,
        title=N_("Part installed that no depot issued"),
        message=N_("{serial} ({part}) was installed, and no depot issued it for {ticket}."),
        help=N_(
            "Record the movement with the time when it was: `weibao spares issue`. If the part came from elsewhere, receive it first, with its papers."
        ),
        why=N_(
            "Each part that goes into the customer's equipment has a proven origin and a movement that brought it there (requirements 2 and 20)."
        ),
        bad="  - {at: 2026-11-20T11:05:00+08:00, event: part_replaced, by: li-qiang, asset: core-sw-01, part: hw-s12700-mpu, removed_serial: 'MPU77', installed_serial: 'MPU0001'}   # nothing was issued\n",
        good="  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ['MPU0001'], depot: shenyang-depot, ticket: T20261120-7K3Q9M}\n",
        facts=("ticket", "part", "serial"),
    ),
    Rule(
        code="O233",
        severity=Severity.WARNING,
        title=N_("Planned work not issued by the project manager"),
        message=N_("“{plan}” was issued by {person}, who was never project manager."),
        help=N_("Let the project manager issue it: `issued_by` in records/plan.yaml."),
        why=N_(
            "The project manager starts planned work, the team carries it out and the desk keeps watch (requirement 27)."
        ),
        bad="issued_by: li-qiang\n",
        good="issued_by: chen-jie\n",
        facts=("plan", "person"),
    ),
    Rule(
        code="O234",
        severity=Severity.WARNING,
        title=N_("Planned work outside its window"),
        message=N_("“{event}” at {at} lies outside the window from {from} to {to}."),
        help=N_(
            "If the customer moved the window, record it with `weibao ticket amend` and let them countersign it. Else say in the ticket why."
        ),
        why=N_(
            "The customer agreed to a window in which its business can bear the work (requirement 31); outside of it an upgrade is an outage."
        ),
        bad="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}   # resolved at 04:30\n",
        good="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T05:00:00+08:00}   # resolved at 04:30\n",
        facts=("event", "at", "from", "to"),
    ),
    Rule(
        code="O235",
        severity=Severity.WARNING,
        title=N_("Planned work begun before it was on record"),
        message=N_(
            "“{event}” is claimed for {at}; the ticket with its approval was recorded at {recorded}."
        ),
        help=N_(
            "Open the ticket with `approved_by`, window and rollback before the work begins. For this one, ask the customer to countersign it."
        ),
        why=N_(
            "Planned work begins after the customer's approval (requirement 31). An approval that was written down afterwards proves nothing."
        ),
        bad="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}   # first commit: 2026-11-29T09:00\n",
        good="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}   # first commit: 2026-11-20T09:00\n",
        facts=("event", "at", "recorded"),
    ),
    Rule(
        code="O236",
        severity=Severity.WARNING,
        title=N_("Planned work that the desk did not know of"),
        message=N_("“{event}” is claimed for {at}, and nothing shows that the desk knew by then."),
        help=N_(
            "Tell the desk before the work begins: `weibao ticket notify`; if it knew then, record it with the time when it was."
        ),
        why=N_(
            "The project manager starts planned work, the team carries it out and the desk keeps watch (requirement 27). A desk that does not know takes the customer's alarm for a fault."
        ),
        bad=(
            "  - {at: 2026-11-16T09:05:00+08:00, event: opened, by: chen-jie}\n"
            "  - {at: 2026-11-18T22:05:00+08:00, event: arrived, by: li-qiang}\n"
        ),
        good=(
            "  - {at: 2026-11-16T09:05:00+08:00, event: opened, by: chen-jie}\n"
            "  - {at: 2026-11-16T09:06:00+08:00, event: notified, by: chen-jie, whom: wang-lei, via: phone}\n"
            "  - {at: 2026-11-18T22:05:00+08:00, event: arrived, by: li-qiang}\n"
        ),
        facts=("event", "at"),
    ),
)
