"""Credentials: each maker and carrier vouches for the provider, on each day of the term (O211, O212, O294, O297)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from weibao.history.contract_editions import CHANGE
from weibao.language import N_
from weibao.model.duration import parse_duration
from weibao.model.finding import Finding, Place
from weibao.model.instant import local_day, midnight
from weibao.operations.duties import due, first_calendar, length_of
from weibao.operations.qualification import maker
from weibao.rules.filings import altered, contract_filings, papers_on_file, spares_filings
from weibao.rules.lapses import edges, lapse, lapses_by_day
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from weibao.model.contract import Contract
    from weibao.model.credential import Credential
    from weibao.model.finding import Lapse
    from weibao.model.instant import Instant
    from weibao.rules.facts import BookFacts
    from weibao.rules.filings import Filing, Held

ROWS = (
    Rule(
        code="O211",
        severity=Severity.WARNING,
        title=N_("Credential expired"),
        message=N_("“{name}” of “{issuer}” ended on {to}."),
        help=N_("Renew it, and list the new one in records/contract.yaml under `credentials`."),
        why=N_(
            "The provider's standing with makers and carriers brings the customer spare parts, software and the second line of support (requirement 11)."
        ),
        bad="credentials: [{issuer: huawei, name: 服务伙伴授权, number: 'SP-0001', from: 2024-06-01, to: 2026-05-31}]   # it is November 2026\n",
        good="credentials: [{issuer: huawei, name: 服务伙伴授权, number: 'SP-0002', from: 2026-06-01, to: 2028-05-31}]\n",
        facts=("name", "issuer", "to"),
    ),
    Rule(
        code="O212",
        severity=Severity.WARNING,
        title=N_("Credential about to expire"),
        message=N_(
            "“{name}” of “{issuer}” ends on {to}; it is to be renewed {notice} before that."
        ),
        help=N_(
            "Begin its renewal now, and list the new one in records/contract.yaml under `credentials` once it is there."
        ),
        why=N_(
            "A maker takes weeks to renew a credential; a provider without one cannot get parts and software for the customer (requirement 11). The contract may set another length: `duties.credential_notice`."
        ),
        bad="credentials: [{issuer: huawei, name: 服务伙伴授权, number: 'SP-0001', from: 2024-12-01, to: 2026-12-31}]   # it is November 2026\n",
        good="credentials: [{issuer: huawei, name: 服务伙伴授权, number: 'SP-0002', from: 2027-01-01, to: 2028-12-31}]\n",
        facts=("name", "issuer", "to", "notice"),
    ),
    Rule(
        code="O294",
        severity=Severity.WARNING,
        title=N_("No credential of a maker or carrier"),
        message=N_(
            "There is no credential of “{issuer}”, whose equipment or lines are looked after."
        ),
        help=N_(
            "List it in records/contract.yaml under `credentials` before it is needed: one that is listed later counts from then on."
        ),
        why=N_(
            "The provider stands in good relations with the makers of the equipment and the carriers of the lines (requirement 11): with each of them, on each day of the term."
        ),
        bad="carriers: [telecom]   # and no credential of telecom\n",
        good="credentials: [{issuer: telecom, name: 代维授权, number: 'TC-0001', from: 2026-01-01, to: 2026-12-31}]\n",
        facts=("issuer",),
    ),
    Rule(
        code="O297",
        severity=Severity.WARNING,
        title=N_("Credential or authorisation altered"),
        message=N_(
            "{author} made “{what}” of “{issuer}”, {number}, last until {new} at {time}; on file it ended on {old}."
        ),
        dropped=N_(
            "{author} took “{what}” of “{issuer}”, {number}, off the list at {time}; it lasts until {old}."
        ),
        help=N_(
            "Bring it back as it was; one that was renewed is listed beside it, with its own days. If it had been filed wrongly, have the customer approve the file: `weibao agreement approve FILE`. To see the change: {show}"
        ),
        why=N_(
            "A paper says from which day to which it holds (requirements 11 and 22). Altered afterwards it counts as it was filed first, so that no gap is closed and no delivery made legal in hindsight."
        ),
        bad="credentials: [{issuer: huawei, name: 服务伙伴授权, number: 'SP-0001', from: 2024-06-01, to: 2028-05-31}]   # on file: to 2026-05-31\n",
        good="credentials: [{issuer: huawei, name: 服务伙伴授权, number: 'SP-0001', from: 2024-06-01, to: 2026-05-31}, {issuer: huawei, name: 服务伙伴授权, number: 'SP-0002', from: 2026-06-01, to: 2028-05-31}]\n",
        facts=(*CHANGE, "issuer", "what", "number", "old", "new"),
    ),
)

CONTRACT = "records/contract.yaml"

_DAY = timedelta(days=1)


def check_credentials(facts: BookFacts) -> Iterator[Finding]:
    """Credentials that are missing, ran out, will soon, or were altered."""
    filings = contract_filings(facts)
    today = local_day(facts.as_of, facts.records.contract.zone)
    yield from _lacking(facts, filings, today)
    yield from _ending(facts, filings, today)
    for finding, start, end in _altered(facts):
        if end is None or end > facts.as_of:
            yield replace(finding, since=start)


def lapses_of_credentials(facts: BookFacts) -> Iterator[Lapse]:
    """Days on which a credential was missing or had run out, and papers that were altered for a while."""
    filings, zone = contract_filings(facts), facts.records.contract.zone
    papers = papers_on_file(filings, _credentials, facts.as_of)
    days = {day for paper in papers for day in edges(paper.start, paper.end)}
    days |= {filing.day for filing in filings}
    days |= {local_day(edition.landed, zone) for edition in facts.official_assets.dated}
    spans = ((asset.covered_from, asset.covered_to) for asset in facts.records.assets.values())
    days |= {day for span in spans for day in edges(*span)}
    yield from lapses_by_day(facts, days, partial(_lacking, facts, filings))
    for finding, start, end in _altered(facts):
        if end is not None and end <= facts.as_of:
            yield from lapse(facts, finding, start, end)


def _credentials(contract: Contract) -> Sequence[Credential]:
    return contract.credentials


def newest_credentials(papers: Sequence[Credential]) -> Mapping[tuple[str, str], Credential]:
    """By issuer and name, the credential that ends last."""
    last: dict[tuple[str, str], Credential] = {}
    for paper in papers:
        known = last.get((paper.issuer, paper.what), paper)
        last[paper.issuer, paper.what] = max(known, paper, key=lambda held: held.end)
    return last


def credentials_now(facts: BookFacts) -> Sequence[Credential]:
    """The credentials as they count at the instant."""
    return papers_on_file(contract_filings(facts), _credentials, facts.as_of)


def _lacking(facts: BookFacts, filings: Sequence[Filing[Contract]], day: date) -> Iterator[Finding]:
    """Of the credentials on file by the end of a day, those that had run out, and who had given none."""
    zone = facts.records.contract.zone
    night = min(midnight(day + _DAY, zone) - 1, facts.as_of)
    papers = papers_on_file(filings, _credentials, night)
    begun = [paper for paper in papers if paper.start <= day]
    for (issuer, what), paper in newest_credentials(begun).items():
        if paper.end < day:
            shown = {"issuer": issuer, "name": what, "to": paper.end.isoformat()}
            since = midnight(paper.end + _DAY, zone)
            yield Finding("O211", _place(facts, paper), "", shown, since=since)
    contract = next(
        (filing.value for filing in reversed(filings) if filing.landed <= night), filings[0].value
    )
    known = {paper.issuer for paper in begun}
    for issuer in sorted(_needed(facts, contract, day) - known):
        yield Finding("O294", Place(CONTRACT, keys=("credentials",)), "", {"issuer": issuer})


def _needed(facts: BookFacts, contract: Contract, day: date) -> set[str]:
    """Whose credential is needed on a day: the carriers named, the makers of equipment, who runs its lines."""
    zone = facts.records.contract.zone
    assets = facts.official_assets.before(min(midnight(day + _DAY, zone), facts.as_of + 1))
    covered = [asset for asset in assets.values() if asset.covered_from <= day <= asset.covered_to]
    lines = {asset.vendor for asset in covered if asset.kind == "line"}
    makers = {maker(asset, contract) for asset in covered}
    return {*contract.data.get("carriers", ()), *lines, *makers} - {""}


def _ending(
    facts: BookFacts, filings: Sequence[Filing[Contract]], today: date
) -> Iterator[Finding]:
    """Credentials that end before the notice of their renewal is over; a renewed one is as good as new."""
    contract = facts.records.contract
    papers = papers_on_file(filings, _credentials, facts.as_of)
    limit = due(
        contract,
        "credential_notice",
        midnight(today, contract.zone),
        partial(first_calendar, contract),
    )
    for (issuer, what), paper in newest_credentials(papers).items():
        if limit is not None and paper.start <= today <= paper.end < local_day(
            limit, contract.zone
        ):
            shown = {"issuer": issuer, "name": what, "to": paper.end.isoformat()}
            shown |= {"notice": length_of(contract, "credential_notice")}
            told = Finding("O212", _place(facts, paper), "", shown)
            yield replace(told, since=_noticed(contract, paper.end))


def _noticed(contract: Contract, end: date) -> Instant | None:
    """When the notice of a credential's renewal began; None where it is counted in working days."""
    notice = parse_duration(length_of(contract, "credential_notice"))
    if notice.working_days:
        return None
    return midnight(end + _DAY - timedelta(seconds=notice.seconds), contract.zone)


def _place(facts: BookFacts, paper: Credential) -> Place:
    """Where a credential stands now, or stood."""
    keys = [held.key for held in facts.records.contract.credentials]
    if paper.key in keys:
        return Place(CONTRACT, keys=("credentials", keys.index(paper.key), "to"))
    return Place(CONTRACT, keys=("credentials",))


def _altered(facts: BookFacts) -> Iterator[Held]:
    """Credentials and suppliers' authorisations that were taken out or stretched."""
    for filing, paper, now, end in altered(contract_filings(facts), _credentials):
        yield filing.finding("O297", ("credentials",), _told(paper, now)), filing.landed, end
    suppliers = altered(spares_filings(facts), lambda spares: spares.authorisations)
    for edition, paper, now, end in suppliers:
        yield edition.finding("O297", ("suppliers",), _told(paper, now)), edition.landed, end


def _told(paper: Credential, now: Credential | None) -> Mapping[str, object]:
    return {
        "issuer": paper.issuer,
        "what": paper.what,
        "number": paper.number,
        "old": paper.end.isoformat(),
        "new": now.end.isoformat() if now else "",
    }
