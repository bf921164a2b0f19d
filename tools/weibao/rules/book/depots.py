"""Depots: each site with equipment is served by one as the contract asks (O295)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.instant import local_day, midnight
from weibao.operations.depots import shortfall
from weibao.operations.qualification import own_equipment
from weibao.rules.filings import SPARES
from weibao.rules.lapses import edges, lapses_by_day
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from weibao.model.finding import Lapse
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="O295",
        severity=Severity.WARNING,
        title=N_("Site that no depot serves as asked"),
        message=N_(
            "No depot serves “{site}” as it is asked: {fault}. Nearest to it comes “{depot}”."
        ),
        dropped=N_("No depot serves “{site}”: {fault}."),
        help=N_(
            "Keep a depot near enough, open then and quick enough, and say so in records/spares.yaml: `distance_km`, `hours`, `delivers_within`. What is asked stands in records/contract.yaml under `depots`; less is asked only where the customer agrees."
        ),
        why=N_(
            "There is a local department with a depot of spares (requirement 17): near enough and open when a part is needed, so that it is there within the time that is promised on parts (requirement 21)."
        ),
        bad="depots: {distance_km: 100}   # and shenyang-depot: {distance_km: {dalian: 390}}\n",
        good="depots: {distance_km: 100}   # and dalian-depot: {distance_km: {dalian: 12}}\n",
        facts=("site", "fault", "depot"),
    ),
)

_DAY = timedelta(days=1)


def check_depots(facts: BookFacts) -> Iterator[Finding]:
    """Sites that no depot serves today."""
    return _unserved(facts, local_day(facts.as_of, facts.records.contract.zone))


def lapses_of_depots(facts: BookFacts) -> Iterator[Lapse]:
    """Days on which no depot served a site, by the list as it stood that day and by what is asked now."""
    zone = facts.records.contract.zone
    spans = [(asset.covered_from, asset.covered_to) for asset in facts.records.assets.values()]
    edited = (*facts.official_spares.dated, *facts.official_assets.dated)
    days = {day for span in spans for day in edges(*span)}
    days |= {local_day(edition.landed, zone) for edition in edited}
    days |= {terms.effective_from for terms in facts.records.contract.terms}
    yield from lapses_by_day(facts, days, lambda day: _unserved(facts, day))


def _unserved(facts: BookFacts, day: date) -> Iterator[Finding]:
    contract = facts.records.contract
    night = min(midnight(day + _DAY, contract.zone), facts.as_of + 1)
    depots = facts.official_spares.before(night).depots.values()
    assets = facts.official_assets.before(night)
    equipment = own_equipment(assets, contract, day)
    for site in dict.fromkeys(asset.site for asset in equipment):
        found = shortfall(depots, site, contract, contract.terms_at(night - 1))
        if found:
            fault, depot = found
            shown = {"site": site, "fault": fault, "depot": depot, "new": depot}
            yield Finding("O295", Place(SPARES, keys=("depots",)), "", shown)
