"""Who did a step, who recorded it, and whether either could (E105, E108–E110, E114)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant, local_day
from weibao.model.references import RIGHTS
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.rules.facts import BookFacts

_FACTS = ("event", "at", "person", "contact", "author", "commit")

ROWS = (
    Rule(
        code="E105",
        severity=Severity.NOTE,
        title=N_("Customer's word at second hand"),
        message=N_(
            "“{event}” in the name of “{contact}” was recorded by {author}, not by the customer."
        ),
        help=N_(
            "For first-hand evidence the customer commits the entry, with an identity listed under `git` of the contact in records/contract.yaml."
        ),
        why=N_(
            "The desk may note down what the customer said on the phone (requirement 39). It remains the provider's account of it, so every figure that rests on it tells what the customer recorded from what was reported for them."
        ),
        bad=(
            "  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone}\n"
            "# commit 7be0c44  wang.lei@provider.example\n"
        ),
        good=(
            "  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: zhang-gong, contact: zhang-gong, via: portal}\n"
            "# commit 7be0c44  zhang.gong@customer.example\n"
        ),
        facts=("event", "contact", "author"),
    ),
    Rule(
        code="E108",
        severity=Severity.WARNING,
        title=N_("Done by somebody not on the staff that day"),
        message=N_(
            "“{event}” of {at} is said to be the work of “{person}”, who had no role that day."
        ),
        help=N_(
            "Enter in records/staff.yaml who comes or leaves before their next step lands: a role counts for what lands after it, and none that is entered later clears this step. If somebody else did it, say so in a note: `weibao ticket update`."
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

RECORD_FOR_OTHERS = frozenset({"desk", "pm", "supervisor", "system_administrator"})
"""Roles that record what others have done (requirements 34–37)."""


def check_identities(facts: BookFacts) -> Iterator[Finding]:
    """Findings on the people of every proven entry."""
    records = facts.records
    unknown: set[str] = set()
    for record, proof in facts.proofs.items():
        for proven in proof.entries:
            codes = (
                *_unemployed(proven, facts),
                *_recorder(proven, facts, unknown),
                *_customers_word(proven, facts),
            )
            if codes:
                place, shown = (
                    Place(facts.paths[record], proven.entry.line),
                    _facts(proven, records),
                )
                yield from (Finding(code, place, record, shown) for code in codes)


def _facts(proven: ProvenEntry, records: Records) -> dict[str, object]:
    entry = proven.entry
    return {
        "event": entry.event,
        "at": format_instant(entry.at, records.contract.zone),
        "person": entry.by,
        "contact": entry.data.get("contact", ""),
        "author": proven.author.email if proven.author else "",
        "commit": proven.commit or "",
    }


def _roles(
    facts: BookFacts, who: str, landed: Instant | None, at: Instant
) -> frozenset[str] | None:
    """The roles that somebody had by all that may have stood at a landing; None of nobody on the staff."""
    if who not in facts.staff_ids:
        return None
    day = local_day(at, facts.records.contract.zone)
    people = (staff.people.get(who) for staff in facts.staffs.at(landed))
    return frozenset.intersection(
        *(person.roles_on(day) if person else frozenset() for person in people)
    )


def _unemployed(proven: ProvenEntry, facts: BookFacts) -> Iterator[str]:
    """E108: done by one of the staff on a day on which they had no role."""
    roles = _roles(facts, proven.entry.by, proven.landed, proven.entry.at)
    if roles is not None and not roles:
        yield "E108"


def _recorder(proven: ProvenEntry, facts: BookFacts, unknown: set[str]) -> Iterator[str]:
    """E110 once for each commit by nobody known; E109 where a colleague recorded it unasked.

    What was brought along from an old register rests on no commit, and anybody may bring it.
    """
    if proven.author is None or proven.commit is None or proven.recorded is None:
        return
    if proven.grade is Grade.IMPORTED:
        return
    author = facts.addresses.get(proven.author.email.casefold())
    if author is None:
        if proven.commit not in unknown:
            unknown.add(proven.commit)
            yield "E110"
        return
    by = proven.entry.by
    roles = _roles(facts, author, proven.landed, proven.recorded)
    if author == by or roles is None or by not in facts.staff_ids:
        return
    if not RECORD_FOR_OTHERS & roles:
        yield "E109"


def _customers_word(proven: ProvenEntry, facts: BookFacts) -> Iterator[str]:
    """E114 where the customer's word is given by who may not give it; E105 where it is passed on."""
    if proven.entry.event not in RIGHTS or proven.first_hand is None or proven.author is None:
        return
    customer, commit = facts.customer, proven.commit
    entry, giver = proven.entry, proven.entry.by
    author = facts.addresses.get(proven.author.email.casefold())
    theirs = giver not in facts.staff_ids
    # An address may have been handed on since.
    own = author == giver or (commit is not None and customer.wrote(giver, commit))
    given_by_another = theirs and author is not None and not own
    without_right = (
        theirs
        and giver != entry.data["contact"]
        and not customer.may(giver, RIGHTS[entry.event], proven.landed)
    )
    if given_by_another or without_right:
        yield "E114"
    elif not proven.first_hand:
        yield "E105"
