"""Reviews: audits and surveys that are overdue, and a depot that did not let the customer in (O291–O293)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Lapse, Place, place_of
from weibao.model.instant import format_instant, midnight
from weibao.rules.book.duties import REVIEWS, limits_of
from weibao.rules.lapses import done_late, lapse, not_done
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.model.instant import Instant
    from weibao.rules.facts import BookFacts
    from weibao.rules.lapses import Missed

_REFUSED = "  - {at: 2026-11-26T10:00:00+08:00, event: visited, by: sun-yu, depot: suzhou-depot, contact: zhang-gong, access: refused}\n"

ROWS = (
    Rule(
        code="O291",
        severity=Severity.WARNING,
        title=N_("Records not audited in time"),
        message=N_(
            "The records were last audited, or the term began, at {last}, and were to be by {due}."
        ),
        help=N_(
            "Audit them, and record what was found: `weibao review audit`. What is to be mended is a corrective action about it: `weibao action raise --about audit:NAME`."
        ),
        why=N_(
            "Audits of the process records lead to improvement (requirement 10); without an audit there is nothing that could. The contract may set another length: `duties.audit_every`."
        ),
        bad="log:   # no audit, and the contract began more than a year ago\n",
        good="  - {at: 2026-06-30T15:00:00+08:00, event: audited, by: chen-jie, audit: 2026-H1, scope: 上半年全部工单, text: 两处迟录，已提整改}\n",
        facts=("last", "due"),
    ),
    Rule(
        code="O292",
        severity=Severity.WARNING,
        title=N_("Customer not surveyed in time"),
        message=N_(
            "The customer was last surveyed, or the term began, at {last}, and was to be by {due}."
        ),
        help=N_(
            "Ask a contact, and record the scores; or that they were asked, without any: `weibao review survey`."
        ),
        why=N_(
            "What the customer thinks is asked regularly, not only at the end of a ticket (requirement 39). It is asked where the contract says how often: `duties.survey_every`."
        ),
        bad="duties: {survey_every: 92d}   # and nobody has asked since May\n",
        good="  - {at: 2026-06-30T15:00:00+08:00, event: surveyed, by: wang-lei, contact: zhang-gong, via: phone, response: 5, skill: 4, attitude: 5, result: 4, documents: 4}\n",
        facts=("last", "due"),
    ),
    Rule(
        code="O293",
        severity=Severity.WARNING,
        title=N_("Depot that did not let the customer in"),
        message=N_("{contact} wanted to see the depot “{depot}” at {at}, and was not let in."),
        help=N_("Let them see it, and record the visit: `weibao review visit`."),
        why=N_(
            "The depot can be inspected at any time (requirement 19): a visit that is refused is told until one was granted."
        ),
        bad=_REFUSED,
        good=_REFUSED
        + "  - {at: 2026-11-26T14:00:00+08:00, event: visited, by: sun-yu, depot: suzhou-depot, contact: zhang-gong, access: granted, text: 抽查三件，账实相符}\n",
        facts=("contact", "depot", "at"),
    ),
)

_DAY = timedelta(days=1)

_EVERY = (("O291", "audited", "audit_every"), ("O292", "surveyed", "survey_every"))

ASKED_BY = {code: event for code, event, _ in _EVERY}
"""The step that is asked for, by the code of what is said without it."""


def check_reviews(facts: BookFacts) -> Iterator[Finding]:
    """What was to be looked at again by now, and who was not let in."""
    yield from not_done(facts, owed(facts))
    yield from (finding for finding, _, granted in _refused(facts) if granted is None)


def lapses_of_reviews(facts: BookFacts) -> Iterator[Lapse]:
    """What was looked at too late, and who was let in only later."""
    yield from done_late(facts, owed(facts))
    for finding, refused, granted in _refused(facts):
        if granted is not None:
            yield from lapse(facts, finding, refused, granted)


def _log(facts: BookFacts) -> list[ProvenEntry]:
    return [step for step in facts.proofs["reviews"].timeline if step.effective <= facts.as_of]


def owed(facts: BookFacts) -> Iterator[Missed]:
    """Each time that something is to be looked at again in the term, from one time to the next (requirements 10, 39)."""
    zone, limit = facts.records.contract.zone, limits_of(facts)
    begun, over = facts.elapsed[0], midnight(facts.records.contract.end + _DAY, zone)
    for code, event, duty in _EVERY:
        done = sorted({step.effective for step in _log(facts) if step.entry.event == event})
        starts = [begun, *(at for at in done if at > begun)]
        for start, again in zip(starts, [*starts[1:], None], strict=True):
            last = limit(duty, start)
            if last is not None and last <= over:
                shown = {"last": format_instant(start, zone), "due": format_instant(last, zone)}
                yield Finding(code, Place(REVIEWS), "", shown), last, again


def _refused(facts: BookFacts) -> Iterator[tuple[Finding, Instant, Instant | None]]:
    """Visits that were refused, from then until the next one to that depot that was granted (requirement 19)."""
    visits = [step for step in _log(facts) if step.entry.event == "visited"]
    for place, step in enumerate(visits):
        entry = step.entry
        if entry.data["access"] == "refused":
            granted = (
                later.effective
                for later in visits[place + 1 :]
                if later.entry.data["depot"] == entry.data["depot"]
                and later.entry.data["access"] == "granted"
            )
            shown = {
                "contact": entry.data["contact"],
                "depot": entry.data["depot"],
                "at": format_instant(entry.at, facts.records.contract.zone),
            }
            where = place_of(REVIEWS, entry, "access")
            yield Finding("O293", where, "", shown), entry.at, next(granted, None)
