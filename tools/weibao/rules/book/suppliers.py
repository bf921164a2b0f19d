"""Suppliers: parts come from who is on the register, and authorised by their maker that day (O110, O111)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, place_of
from weibao.model.instant import local_day
from weibao.rules.filings import SPARES, papers_on_file, spares_filings
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from weibao.history.proven import ProvenEntry
    from weibao.model.credential import Credential
    from weibao.model.instant import Instant
    from weibao.model.spares import Spares, Supplier
    from weibao.rules.facts import BookFacts
    from weibao.rules.filings import Filing

ROWS = (
    Rule(
        code="O110",
        severity=Severity.WARNING,
        title=N_("Supplier that is not on the register"),
        message=N_(
            "“{supplier}” delivered {part} on {day}, and was not on the register of suppliers when that was recorded."
        ),
        help=N_(
            "Put who delivers on the register before they do: `weibao spares authorise`. If one was forgotten, have the customer approve the register with it: `weibao agreement approve records/spares.yaml`. Else set the part apart and send it back, with the reason."
        ),
        why=N_(
            "Parts come from legal sources (requirement 22): from suppliers whom their maker has authorised, and whose papers are on file. A paper that shows a delivery does not show that who delivered might."
        ),
        bad="supplier: 电子市场现货商   # and no such supplier under `suppliers`\n",
        good="suppliers: {huawei-dealer: {name: {zh: 华为授权经销商}, authorised: [{by: huawei, number: 'SQ-0001', from: 2026-01-01, to: 2026-12-31}]}}\n",
        facts=("supplier", "part", "day"),
    ),
    Rule(
        code="O111",
        severity=Severity.WARNING,
        title=N_("Supplier whom the maker had not authorised"),
        message=N_(
            "“{supplier}” delivered {part} on {day}; by the register as it stood then, “{issuer}” had not authorised it for that day."
        ),
        help=N_(
            "If it was authorised, let the maker confirm that, and have the customer approve the register with it: `weibao agreement approve records/spares.yaml`. Else set the part apart and send it back, with the reason."
        ),
        why=N_(
            "Parts come from legal sources (requirement 22). An authorisation holds from day to day, and one that is filed after the delivery, stretched over it or taken off the list changes nothing of it."
        ),
        bad="authorised: [{by: huawei, number: 'SQ-0001', from: 2025-01-01, to: 2025-12-31}]   # received 2026-01-01\n",
        good="authorised: [{by: huawei, number: 'SQ-0001', from: 2025-01-01, to: 2025-12-31}]   # received 2025-12-31\n",
        facts=("supplier", "part", "day", "issuer"),
    ),
)


@dataclass(frozen=True, slots=True)
class SupplierStanding:
    """What was on file of the supplier of a delivery when that was recorded.

    Attributes:
        day: of the delivery, contract-local.
        listed: the supplier by the register; None where it has none of the name.
        maker: the maker of the part; "" where the catalogue has no such part.
        paper: by which the maker had authorised the supplier for that day; None where nothing shows that.
    """

    day: date
    listed: Supplier | None
    maker: str
    paper: Credential | None


def check_suppliers(facts: BookFacts) -> Iterator[Finding]:
    """Deliveries of parts that count as proven, by whom nobody had authorised when they were recorded.

    A part without proof is told of itself (O107), and helps in no fault.
    """
    filings = supplier_filings(facts)
    for proven in facts.proofs["spares"].entries:
        entry = proven.entry
        if entry.at <= facts.as_of and "supplier" in entry.data and _brings(facts, proven):
            yield from _unauthorised(proven, supplier_standing(facts, filings, proven))


def supplier_filings(facts: BookFacts) -> tuple[Filing[Spares], ...]:
    """The editions of the register: where there was none yet, the first that there is speaks for what came before it."""
    filings = spares_filings(facts)
    first = next((place for place, filing in enumerate(filings) if filing.value.suppliers), 0)
    return filings[first:]


def _brings(facts: BookFacts, proven: ProvenEntry) -> bool:
    """Whether an entry says where parts came from that count as the maker's own."""
    data = proven.entry.data
    pieces = (facts.stock.pieces.get((data["part"], serial)) for serial in data["serials"])
    return proven.entry.event in {"received", "oem_verified"} and any(
        piece is not None and piece.verified for piece in pieces
    )


def supplier_standing(
    facts: BookFacts, filings: Sequence[Filing[Spares]], proven: ProvenEntry
) -> SupplierStanding:
    """Whether who delivered something was on the register, and authorised for that day."""
    entry, landed = proven.entry, facts.as_of if proven.landed is None else proven.landed
    name, part = entry.data["supplier"], entry.data["part"]
    day = local_day(entry.at, facts.records.contract.zone)
    known = {
        supplier.id: supplier
        for spares in _until(filings, landed)
        for supplier in spares.suppliers.values()
        if supplier.called(name)
    }
    parts = facts.official_spares.before(entry.at).parts
    maker = parts[part].oem if part in parts else ""
    papers = [*papers_on_file(filings, lambda spares: spares.authorisations, landed)]
    papers += [held for register in _agreed(filings) for held in register.authorisations]
    given = (
        held for held in papers if held.issuer == maker and held.what in known and held.covers(day)
    )
    return SupplierStanding(day, next(iter(known.values()), None), maker, next(given, None))


def _unauthorised(proven: ProvenEntry, standing: SupplierStanding) -> Iterator[Finding]:
    data = proven.entry.data
    shown = {
        "supplier": data["supplier"],
        "part": data["part"],
        "day": standing.day.isoformat(),
    }
    place = place_of(SPARES, proven.entry, "supplier")
    if standing.listed is None:
        yield Finding("O110", place, "", shown)
    elif standing.maker and standing.paper is None:
        yield Finding("O111", place, "", {**shown, "issuer": standing.maker})


def _until(filings: Sequence[Filing[Spares]], at: Instant) -> Iterator[Spares]:
    """What stood by an instant, the first edition for all that came before it, and what the customer agreed to."""
    yield from (
        filing.value for place, filing in enumerate(filings) if not place or filing.landed <= at
    )
    yield from _agreed(filings)


def _agreed(filings: Sequence[Filing[Spares]]) -> Iterator[Spares]:
    return (filing.value for filing in filings if filing.agreed)
