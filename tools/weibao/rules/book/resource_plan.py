"""The resource plan's text: what the customer approved is what stands there (O296, O298)."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from weibao.history.contract_editions import CHANGE, CONTRACT
from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.handwritten import FOLDER
from weibao.model.instant import format_instant, midnight
from weibao.rules.filings import contract_filings
from weibao.rules.lapses import lapse
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weibao.model.contract import Contract
    from weibao.model.finding import Lapse
    from weibao.model.instant import Instant
    from weibao.rules.facts import BookFacts
    from weibao.rules.filings import Held

ROWS = (
    Rule(
        code="O296",
        severity=Severity.WARNING,
        title=N_("Resource plan edited after its approval"),
        message=N_(
            "{author} edited {new} at {time}, and the customer's approval is still that of {given}."
        ),
        dropped=N_(
            "{author} deleted the resource plan at {time}, which the customer had approved on {given}."
        ),
        help=N_(
            "Bring back what was approved; or have the customer approve the new text, and say so in records/contract.yaml under `resource_plan` with its version and day. To see the change: {show}"
        ),
        why=N_(
            "The resource plan is agreed with the customer (requirement 12). A text that changes under an approval is agreed with nobody, whatever its version says."
        ),
        bad="$ git log --format=%as -- docs/resource-plan.md\n2026-06-15\n2026-01-10   # approved_on: 2026-01-12\n",
        good="$ git log --format=%as -- docs/resource-plan.md\n2026-06-15\n2026-01-10   # version: '2.0', approved_on: 2026-06-16\n",
        facts=(*CHANGE, "new", "given"),
    ),
    Rule(
        code="O298",
        severity=Severity.WARNING,
        title=N_("Approved resource plan that is not there"),
        message=N_("The resource plan was approved on {given}; its file {file} is not there."),
        help=N_("Commit the text that was approved under that path, or name the path where it is."),
        why=N_(
            "The resource plan is agreed with the customer (requirement 12). What nobody can read binds nobody."
        ),
        bad="resource_plan: {version: '1.0', file: docs/resource-plan.md, approved_by: zhang-gong, approved_on: 2026-01-12}   # and no such file\n",
        good="$ git ls-files docs\ndocs/resource-plan.md\n",
        facts=("file", "given"),
    ),
)

_DAY = timedelta(days=1)
_KEYS = ("resource_plan", "file")


class _PlanText(NamedTuple):
    """The blob that a file was from a commit of the official line on; None where it was deleted."""

    landed: Instant
    commit: str
    blob: str | None


def check_resource_plan(facts: BookFacts) -> Iterator[Finding]:
    """An approved plan of another text, or of none."""
    yield from (finding for finding, _, end in _held(facts) if end is None or end > facts.as_of)
    plan = facts.records.contract.data.get("resource_plan", {})
    path, given = plan.get("file", ""), plan.get("approved_on")
    if given and path.startswith(FOLDER) and not _texts(facts, path):
        shown = {"file": path, "given": given}
        yield Finding("O298", Place(CONTRACT, keys=_KEYS), "", shown)


def lapses_of_resource_plan(facts: BookFacts) -> Iterator[Lapse]:
    """A text that was another for a while."""
    for finding, start, end in _held(facts):
        if end is not None and end <= facts.as_of:
            yield from lapse(facts, finding, start, end)


def _texts(facts: BookFacts, path: str) -> Sequence[_PlanText]:
    """What a file was on the official line, the oldest first; each differs from the one before."""
    history = facts.ledger.history
    blobs = {change.commit: change.after for change in history.changes_to(path)}
    found: list[_PlanText] = []
    for commit in sorted(blobs.keys() & history.places.keys(), key=history.places.__getitem__):
        if not found or found[-1].blob != blobs[commit]:
            found.append(_PlanText(history.time[commit], commit, blobs[commit]))
    return found


def _held(facts: BookFacts) -> Iterator[Held]:
    """Texts under an approval that is not theirs, from when to when each stood."""
    filings = contract_filings(facts)
    ends: list[Instant | None] = [*(filing.landed for filing in filings[1:]), None]
    running: Held | None = None
    told, since = None, 0
    for filing, end in zip(filings, ends, strict=True):
        given = filing.value.data.get("resource_plan", {}).get("approved_on")
        if given != told:
            told, since = given, filing.landed
        start = filing.landed if filing is not filings[0] else 0
        for text, begins, stops in _unapproved(facts, filing.value, since):
            over = min((edge for edge in (stops, end) if edge is not None), default=None)
            if over is not None and over <= max(begins, start):
                continue
            finding = _changed(facts, filing.value, text)
            if running and running[0].facts == finding.facts:
                running = finding, running[1], over
                continue
            if running:
                yield running
            running = finding, max(begins, start), over
    if running:
        yield running


def _unapproved(
    facts: BookFacts, contract: Contract, since: Instant
) -> Iterator[tuple[_PlanText, Instant, Instant | None]]:
    """The texts after the one that was approved that are others, from when to when each stood.

    Approved is what the customer signed or agreed to in writing; else the text of the day of the approval, which
    the contract told at an instant.
    """
    plan = contract.data.get("resource_plan", {})
    path, given = plan.get("file", ""), plan.get("approved_on")
    texts = _texts(facts, path) if given else ()
    if not texts:
        return
    blobs = facts.ledger.history.blobs
    signed = {approval.sha256 for approval in facts.approved if approval.path == path}
    good = {
        text.blob for text in texts if sha256(blobs.get(text.blob or "", b"")).hexdigest() in signed
    }
    known = min(midnight(date.fromisoformat(given) + _DAY, contract.zone), since + 1)
    first = max(sum(text.landed < known for text in texts), 1) - 1
    if good:
        first = next(place for place, text in enumerate(texts) if text.blob in good)
    good = good or {texts[first].blob}
    ends = [*(text.landed for text in texts[1:]), None]
    for text, stops in list(zip(texts, ends, strict=True))[first:]:
        if text.blob not in good:
            yield text, text.landed, stops


def _changed(facts: BookFacts, contract: Contract, text: _PlanText) -> Finding:
    plan, history = contract.data["resource_plan"], facts.ledger.history
    shown = {
        "commit": text.commit,
        "author": history.commits[text.commit].author.email,
        "time": format_instant(text.landed, contract.zone),
        "show": f"git show {text.commit} -- {plan['file']}",
        "new": plan["file"] if text.blob else "",
        "given": plan["approved_on"],
    }
    return Finding("O296", Place(CONTRACT, keys=_KEYS), "", shown)
