"""Rules on who did a step and who recorded it (E108–E110, E114)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

_FACTS = ("event", "at", "person", "contact", "author", "commit")

ROWS = (
    Rule(
        code="E108",
        severity=Severity.WARNING,
        title=N_("Done by somebody not on the staff that day"),
        message=N_(
            "“{event}” of {at} is said to be the work of “{person}”, who had no role that day."
        ),
        help=N_(
            "If the dates in records/staff.yaml are wrong, correct the role's `from` or `to` by review. If somebody else did it, say so with `weibao ticket amend`."
        ),
        why=N_(
            "Each task has a named person responsible (requirement 5), and who may do what is decided by the roles of that day (requirements 13 to 16). Work by somebody who had not come yet, or had left, was done by somebody else or on another day."
        ),
        bad=(
            "li-qiang: {roles: [{role: engineer, from: 2026-12-01}]}\n"
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
        ),
        good=(
            "li-qiang: {roles: [{role: engineer, from: 2026-11-01}]}\n"
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
        ),
        facts=_FACTS,
    ),
    Rule(
        code="E109",
        severity=Severity.NOTE,
        title=N_("Recorded by a colleague"),
        message=N_(
            "“{event}” of “{person}” at {at} was recorded by {author}, who is neither “{person}” nor desk, project manager or supervisor."
        ),
        help=N_(
            "Let whoever does a step record it, or tell the desk. A step stays as it is recorded; the reader sees both names."
        ),
        why=N_(
            "Who did a step and who recorded it are both kept. The desk, the project manager and the supervisor record what others tell them (requirements 34 to 37). When an engineer records a colleague's arrival, nobody who was there has said so."
        ),
        bad=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "# commit 4f2a91c  zhao.min@provider.example, engineer\n"
        ),
        good=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "# commit 4f2a91c  wang.lei@provider.example, desk\n"
        ),
        facts=_FACTS,
    ),
    Rule(
        code="E110",
        severity=Severity.WARNING,
        title=N_("Recorded by nobody known"),
        message=N_(
            "Commit {commit} recorded steps as {author}, an address that neither the staff nor the customer's contacts have."
        ),
        help=N_(
            "If it is one of yours, add the address under `git` of the person in records/staff.yaml or of the contact in records/contract.yaml, and set it in the clone: git config user.email ADDRESS. Otherwise find out who it is."
        ),
        why=N_(
            "What a commit proves rests on who made it. From an address that belongs to nobody neither a colleague's witness nor the customer's own word can be told, and whoever writes under it answers for nothing."
        ),
        bad="$ git log -1 --format=%ae\nroot@laptop\n",
        good="$ git log -1 --format=%ae\nli.qiang@provider.example\n",
        facts=_FACTS,
    ),
    Rule(
        code="E114",
        severity=Severity.WARNING,
        title=N_("Customer's word given by another"),
        message=N_(
            "“{event}” is written as the word of “{person}” (contact: {contact}), but {author} recorded it, who may not give it."
        ),
        help=N_(
            "Who takes the customer's word on the telephone records it in their own name (`--by` themselves, `--contact` the customer's). To give it at first hand, a contact who has the right commits it with an address of their own."
        ),
        why=N_(
            "A confirmation closes a ticket, and a countersignature makes a late claim count: both belong to the customer alone (requirement 39). An entry `by` a contact says that the contact wrote it. Where the commit shows somebody else, it is at best their account of it, and every figure that rests on it is told apart."
        ),
        bad=(
            "  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: zhang-gong, contact: zhang-gong, via: portal}\n"
            "# commit 7be0c44  wang.lei@provider.example\n"
        ),
        good=(
            "  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone}\n"
            "# commit 7be0c44  wang.lei@provider.example\n"
        ),
        facts=_FACTS,
    ),
)
