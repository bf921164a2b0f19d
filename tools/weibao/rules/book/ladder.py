"""Rules on the escalation ladder (O24x)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

ROWS = (
    Rule(
        code="O241",
        severity=Severity.WARNING,
        title=N_("Rung of the ladder not climbed"),
        message=N_(
            "“{target}” had used {percent}% of its time, and nothing shows that these were told of it: {roles}."
        ),
        help=N_(
            "Tell them and record it: `weibao ticket escalate`; if they were told then, record it with the time when it was."
        ),
        why=N_(
            "A request that passes its limit goes one supervisor higher (requirements 7 and 37). The ladder is climbed before the promise is broken, so that somebody with more means can still keep it."
        ),
        bad="  - {at: 2026-11-20T10:20:00+08:00, event: acknowledged, by: li-qiang}   # reported 09:12, due 09:42, nobody was told\n",
        good=(
            "  - {at: 2026-11-20T09:35:00+08:00, event: escalated, by: wang-lei, level: 2, to: sun-yu, trigger: 响应时限已用 75%}\n"
            "  - {at: 2026-11-20T10:20:00+08:00, event: acknowledged, by: li-qiang}\n"
        ),
        facts=("ticket", "target", "percent", "roles"),
    ),
    Rule(
        code="O242",
        severity=Severity.WARNING,
        title=N_("Silence that nobody escalated"),
        message=N_("The customer was due an update by {due}, and nobody escalated the silence."),
        help=N_("Give the update, and tell whoever the ladder names: `weibao ticket escalate`."),
        why=N_(
            "Engineers keep the status current, or it is escalated (requirement 38). A ticket that nobody speaks of is usually one that nobody works on."
        ),
        bad="  - {at: 2026-11-20T15:00:00+08:00, event: updated, by: li-qiang}   # the last word before: 11:00; promised: every hour\n",
        good=(
            "  - {at: 2026-11-20T12:05:00+08:00, event: escalated, by: wang-lei, level: 3, to: chen-jie, trigger: 更新时限已用 100%}\n"
            "  - {at: 2026-11-20T12:20:00+08:00, event: updated, by: li-qiang}\n"
        ),
        facts=("ticket", "due"),
    ),
    Rule(
        code="O243",
        severity=Severity.WARNING,
        title=N_("Escalated to the wrong person"),
        message=N_("{person} was told at level {level}, which belongs to: {roles}."),
        help=N_(
            "Tell whoever the contract's ladder names, and record it: `weibao ticket escalate`; a role that is missing is added to records/staff.yaml."
        ),
        why=N_(
            "Each rung has its roles (requirements 7 and 37), because each has its means. Told to somebody else, the rung was not climbed."
        ),
        bad="  - {at: 2026-11-20T09:42:00+08:00, event: escalated, by: wang-lei, level: 3, to: li-qiang}   # level 3: pm, supervisor\n",
        good="  - {at: 2026-11-20T09:42:00+08:00, event: escalated, by: wang-lei, level: 3, to: chen-jie}\n",
        facts=("person", "level", "roles"),
    ),
    Rule(
        code="O244",
        severity=Severity.WARNING,
        title=N_("Rung that the ladder does not have"),
        message=N_("Level {level} is none of the contract's ladder, which has: {expected}."),
        help=N_(
            "Say which rung it was: `weibao ticket escalate` with the level that the contract has, and the time when somebody was told."
        ),
        why=N_(
            "The ladder says who is told when (requirements 7 and 37). A rung that is not on it shows that somebody was told, and keeps none of its rules."
        ),
        bad="  - {at: 2026-11-20T09:42:00+08:00, event: escalated, by: wang-lei, level: 9, to: chen-jie}   # the ladder: 1, 2, 3, 4\n",
        good="  - {at: 2026-11-20T09:42:00+08:00, event: escalated, by: wang-lei, level: 3, to: chen-jie}\n",
        facts=("level", "expected"),
    ),
)
