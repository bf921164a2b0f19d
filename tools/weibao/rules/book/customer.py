"""The customer's word: claimed by staff (E140), only said (E141), or for an edition that is none (E142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.contract_editions import CONTRACT
from weibao.history.customer import AGREEMENTS
from weibao.language import N_
from weibao.model.finding import Finding, Place, place_of
from weibao.model.instant import format_instant
from weibao.rules.rule import Rule, Severity
from weibao.sla.backing import only_said
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from weibao.history.proven import ProvenEntry
    from weibao.model.ticket import Ticket
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="E140",
        severity=Severity.ERROR,
        title=N_("Staff in the customer's name"),
        message=N_(
            "The contract gives {found} to the contact “{contact}”, but a person of the provider has it, or had it in an earlier edition."
        ),
        help=N_(
            "Take it out of the contact's `git` in records/contract.yaml, or out of records/allowed_signers. Nothing done with it is the customer's word. `git log -S {found} -- records` shows who had it when."
        ),
        why=N_(
            "Whoever may write for the customer can confirm, countersign and consent in the customer's name. An address or a key that belongs to the provider's people in any edition stays theirs; otherwise the provider would be its own customer."
        ),
        bad="contacts: {zhang-gong: {git: [zhang.gong@customer.example, wang.lei@provider.example]}}\n",
        good="contacts: {zhang-gong: {git: [zhang.gong@customer.example]}}\n",
        facts=("contact", "found"),
    ),
    Rule(
        code="E141",
        severity=Severity.ERROR,
        title=N_("Only said"),
        message=N_(
            "On {ticket} {entries} are only the provider's word: no contact signed them and no document that came with them or later shows them. Without them a promise would be missed: {targets}."
        ),
        help=N_(
            "Attach what the customer wrote, and name the entries: `weibao ticket attach {ticket} FILE --entries TIME/EVENT`; or have a contact countersign them under their own key. `git log --reverse -p -- {path}` shows who recorded them."
        ),
        why=N_(
            "A lower severity, a pause and a cancellation take a promise back. Whoever made the promise cannot take it back alone: the customer must have said so, in a form that somebody else can look at."
        ),
        bad=(
            "  - {at: 2026-11-20T10:00:00+08:00, event: paused, by: wang-lei, reason: force_majeure}\n"
            "# commit 7be0c44  wang.lei@provider.example, and nothing attached\n"
        ),
        good=(
            "  - {at: 2026-11-20T10:00:00+08:00, event: paused, by: wang-lei, reason: force_majeure}\n"
            "  - {at: 2026-11-20T15:00:00+08:00, event: attached, by: wang-lei, file: notice.pdf, sha256: 1249…, entries: [{at: 2026-11-20T10:00:00+08:00, event: paused}]}\n"
        ),
        facts=("ticket", "entries", "targets", "path"),
    ),
    Rule(
        code="E126",
        severity=Severity.WARNING,
        title=N_("Impact lowered on the provider's word"),
        message=N_(
            "On {ticket} {entries} lower the impact by the provider's word alone: no contact signed them and no document shows them. The impact stays what it was."
        ),
        help=N_(
            "Attach what the customer wrote, and name the entries: `weibao ticket attach {ticket} FILE --entries TIME/EVENT`; or have a contact countersign them under their own key."
        ),
        why=N_(
            "What was lost is what the customer saw, and availability is worked out of it. Whoever wishes for a better figure could otherwise write that the customer agreed."
        ),
        bad="  - {at: 2026-11-20T10:00:00+08:00, event: impact, by: wang-lei, impact: [{on: wan, state: none}], consent_by: zhang-gong}\n",
        good=(
            "  - {at: 2026-11-20T10:00:00+08:00, event: impact, by: wang-lei, impact: [{on: wan, state: none}], consent_by: zhang-gong}\n"
            "  - {at: 2026-11-20T15:00:00+08:00, event: attached, by: wang-lei, file: mail.pdf, sha256: 1249…, entries: [{at: 2026-11-20T10:00:00+08:00, event: impact}]}\n"
        ),
        facts=("ticket", "entries"),
    ),
    Rule(
        code="E142",
        severity=Severity.WARNING,
        title=N_("Approval that proves nothing"),
        message=N_(
            "The approval of {found} by “{contact}” counts for nothing: it is not signed with a proven key of theirs, no document is attached that came with the edition or later, or no edition has that SHA-256."
        ),
        help=N_(
            "Have the contact sign the commit that brings the approval, or attach the letter: `weibao agreement approve {found} --contact {contact} --document FILE`. `sha256sum {found}` prints the digest of the edition that stands here."
        ),
        why=N_(
            "What the customer agreed to counts for the past and lets terms become looser. An entry that the provider wrote does not say that the customer agreed."
        ),
        bad="  - {at: 2026-11-20T10:00:00+08:00, event: approved, by: wang-lei, path: records/contract.yaml, sha256: 1249…, contact: zhang-gong}\n",
        good="  - {at: 2026-11-20T10:00:00+08:00, event: approved, by: zhang-gong, path: records/contract.yaml, sha256: 1249…, contact: zhang-gong}\n# signed by zhang.gong@customer.example\n",
        facts=("found", "contact"),
    ),
)


def check_claimed_by_staff(facts: BookFacts) -> Iterator[Finding]:
    """E140: an address or a key of staff that the contract gives to a contact."""
    for contact, found in facts.customer.claimed:
        place = Place(CONTRACT, keys=("contacts", contact))
        yield Finding("E140", place, "", {"contact": contact, "found": found})


def check_only_said(facts: BookFacts) -> Iterator[Finding]:
    """E141, E126: what rests on the provider's word, and takes a promise back that hangs on it or lowers an impact."""
    firsthand = facts.records.contract.evidence.firsthand
    for ticket in facts.records.tickets.values():
        found = only_said(facts.proofs[ticket.id], firsthand)
        lowering = [proven for proven in found if proven.entry.event == "impact"]
        if lowering:
            yield _said(facts, "E126", ticket, lowering)
        said = [proven for proven in found if proven.entry.event != "impact"]
        if said and (missed := _missed_without(facts, ticket, said)):
            yield _said(facts, "E141", ticket, said, targets=missed, path=ticket.path)


def _missed_without(
    facts: BookFacts, ticket: Ticket, said: Iterable[ProvenEntry]
) -> tuple[str, ...]:
    """The targets that would be missed, had these entries not been recorded, and are not."""
    without = facts.missed_without(ticket.id, {proven.entry.index for proven in said})
    now = {
        (found.target, found.occurrence)
        for found in facts.verdicts_of(ticket.id)
        if found.outcome is Outcome.BREACHED
    }
    return tuple(sorted({target for target, _ in without - now}))


def _said(
    facts: BookFacts, code: str, ticket: Ticket, said: Sequence[ProvenEntry], **more: object
) -> Finding:
    zone = facts.records.contract.zone
    entries = tuple(
        f"{proven.entry.event} {format_instant(proven.entry.at, zone)}" for proven in said
    )
    place = Place(ticket.path, said[0].entry.line)
    return Finding(code, place, ticket.id, {"ticket": ticket.id, "entries": entries} | more)


def check_approvals(facts: BookFacts) -> Iterator[Finding]:
    """E142: approvals that are neither the customer's own nor documented, or name no edition."""
    counted = {(approved.path, approved.sha256, approved.contact) for approved in facts.approved}
    for proven in facts.proofs["agreements"].entries:
        entry = proven.entry
        if proven.commit is None:
            continue
        path, digest, contact = (entry.data[key] for key in ("path", "sha256", "contact"))
        named = facts.customer.has_edition(path, digest)
        if (path, digest, contact) not in counted or not named:
            place = place_of(AGREEMENTS, entry, "path")
            yield Finding("E142", place, "", {"found": path, "contact": contact})
