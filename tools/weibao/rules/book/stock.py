"""Stock: shortages, counts that differ or are due, unproven parts, warranties that run out (O101, O102, O105, O107–O109)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place, place_of
from weibao.model.instant import format_instant, local_day
from weibao.model.timeline import timeline
from weibao.operations.stock import (
    FAULTY,
    counts_due,
    late_counts,
    proven_or_gone,
    shortages,
)
from weibao.rules.book.agreements import NOTICE
from weibao.rules.lapses import lapse
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from weibao.model.finding import Lapse
    from weibao.operations.stock import CountDue, Piece, Stock, StockLevel
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="O101",
        severity=Severity.WARNING,
        title=N_("Stock below minimum"),
        message=N_(
            "Depot “{depot}” has {quantity} of {part} fit for use; the minimum is {minimum}."
        ),
        help=N_(
            "Buy or move parts, and record it in records/spares.yaml with a `received` or `moved` entry. A shortage ends when the parts are there: a minimum that is lowered after it began holds for the next one."
        ),
        why=N_(
            "A part must be there when equipment fails (requirements 18 and 21). Below the minimum agreed, the next fault waits for a delivery. A faulty part, or one that is not proven the maker's own, helps in no fault and counts for none."
        ),
        bad="minimum: {shenyang-depot: 2}   # in stock: MPU0002\n",
        good="minimum: {shenyang-depot: 2}   # in stock: MPU0002, MPU0004\n",
        facts=("part", "depot", "quantity", "minimum"),
    ),
    Rule(
        code="O102",
        severity=Severity.WARNING,
        title=N_("Count differs from the book"),
        message=N_(
            "The count of {part} in “{depot}” differs from the book: missing: {missing}; surplus: {surplus}."
        ),
        help=N_(
            "Look for the movement that was not recorded and record it in records/spares.yaml, at the time when it happened; a part that is lost is `scrapped`, with the reason."
        ),
        why=N_(
            "The customer may look into the depot at any time (requirement 19) and must find there what the book says. A count is never edited to fit: the difference and its explanation both stay on record."
        ),
        bad='  - {at: 2026-10-12T15:00:00+08:00, event: counted, by: sun-yu, depot: shenyang-depot, part: hw-s12700-mpu, serials: ["MPU0001"], witness: zhang-gong}   # book: MPU0001, MPU0002\n',
        good='  - {at: 2026-10-12T15:00:00+08:00, event: counted, by: sun-yu, depot: shenyang-depot, part: hw-s12700-mpu, serials: ["MPU0001", "MPU0002"], witness: zhang-gong}   # book: MPU0001, MPU0002\n',
        facts=("part", "depot", "missing", "surplus"),
    ),
    Rule(
        code="O105",
        severity=Severity.WARNING,
        title=N_("Depot not counted in time"),
        message=N_("Depot “{depot}” was not counted in time; its last count: “{last}”."),
        help=N_(
            "Count each part, with a witness of the customer if possible, and record it in records/spares.yaml with `counted` entries."
        ),
        why=N_(
            "The depot can be inspected at any time (requirement 19). A book that nobody has held against the shelves for longer than `count_every` is a claim, not a stock."
        ),
        bad="count_every: 90d   # last count 2026-06-12\n",
        good="count_every: 90d   # last count 2026-10-12\n",
        facts=("depot", "last"),
    ),
    Rule(
        code="O107",
        severity=Severity.WARNING,
        title=N_("Part without proof of origin"),
        message=N_(
            "{part}, serial number “{serial}”, lies in “{depot}” without proof of its origin."
        ),
        help=N_(
            "Verify it with the maker, and record that with its papers: `weibao spares verify`. Else set it apart, and send it back or scrap it, with the reason."
        ),
        why=N_(
            "Parts are the maker's own and come from legal sources (requirements 20 and 22). One without papers cannot be issued, so it fills a place on the shelf and helps in no fault."
        ),
        bad='  - {at: 2026-01-08T10:00:00+08:00, event: received, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0001"], depot: shenyang-depot, supplier: 华为授权经销商}\n',
        good='  - {at: 2026-01-08T10:00:00+08:00, event: received, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0001"], depot: shenyang-depot, supplier: 华为授权经销商, source_document: 送货单 2026-0108, document_sha256: 12499852c82c839427b08b15d8219c6143aac9cb19616853701c79a3def495bd, oem_verified_by: sun-yu}\n',
        facts=("part", "serial", "depot"),
    ),
    Rule(
        code="O108",
        severity=Severity.WARNING,
        title=N_("Warranty of a faulty part runs out"),
        message=N_(
            "{part}, serial number “{serial}”, lies faulty in “{depot}”; its warranty ends on {day}."
        ),
        help=N_(
            "Send it back before that day: `weibao spares rma send`; or scrap it, with the reason."
        ),
        why=N_(
            "A faulty part fills a place on the shelf and helps in no fault (requirement 18). The maker repairs or replaces it while its warranty lasts; after that the shelf is filled at the provider's own cost, or not at all."
        ),
        bad='  - {at: 2026-11-20T16:00:00+08:00, event: returned, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU77"], depot: shenyang-depot, ticket: T20261120-7K3Q9M, condition: faulty}   # warranty_to: 2026-12-31\n',
        good='  - {at: 2026-11-21T10:00:00+08:00, event: rma_sent, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU77"], depot: shenyang-depot, supplier: 华为授权经销商, rma: RMA-1001}\n',
        facts=("part", "serial", "depot", "day"),
    ),
    Rule(
        code="O109",
        severity=Severity.WARNING,
        title=N_("One delivery paper for two deliveries"),
        message=N_(
            "The paper of this delivery, {document}, is that of the delivery of {first} by {supplier} already."
        ),
        help=N_(
            "Attach the paper of this delivery, and receive the part with it. A part whose paper was lost is verified with the maker anew: `weibao spares verify`."
        ),
        why=N_(
            "Parts come from legal sources (requirement 22), each delivery with its own paper. One that proves two proves neither."
        ),
        bad="source_document: 送货单 0310, document_sha256: 12499852…   # received 2026-03-10; and again on 2026-06-02\n",
        good="source_document: 送货单 0602, document_sha256: 7d5a99f6…\n",
        facts=("document", "first", "supplier"),
    ),
)

SPARES = "records/spares.yaml"


def check_stock(facts: BookFacts) -> Iterator[Finding]:
    """Shortages, variances and parts of unproven origin (requirements 18, 19, 20, 22)."""
    yield from _shortages(facts.stock)
    yield from variances(facts.stock)
    yield from _unproven(facts.stock)
    yield from _running_out(facts)
    yield from _papers_used_again(facts)


def lapses_of_stock(facts: BookFacts) -> Iterator[Lapse]:
    """Shortages that were made good, counts that came late, unproven parts that are gone."""
    spares, stock, zone = facts.records.spares, facts.stock, facts.records.contract.zone
    first_day = local_day(facts.elapsed[0], zone)
    for short in shortages(stock):
        # The depots are stocked on the first day of the term, not before it.
        if short.end is not None and local_day(short.end, zone) > first_day:
            yield from lapse(facts, _shortage(short.level), short.start, short.end)
    for late, counted in late_counts(spares, stock):
        yield from lapse(facts, _uncounted(late, zone), late.due, counted)
    for piece in stock.pieces.values():
        first, over = piece.movements[0], proven_or_gone(piece)
        if over is not None and over is not first:
            lay = replace(piece, depot=first.data["depot"])
            yield from lapse(facts, _without_proof(lay), first.at, over.at)


def _shortages(stock: Stock) -> Iterator[Finding]:
    since = {
        (short.level.part, short.level.depot): short.start
        for short in shortages(stock)
        if short.end is None
    }
    for level in stock.levels:
        if level.short:
            yield replace(_shortage(level), since=since.get((level.part, level.depot)))


def _shortage(level: StockLevel) -> Finding:
    facts: dict[str, object] = {
        "part": level.part,
        "depot": level.depot,
        "quantity": level.usable,
        "minimum": level.minimum,
    }
    keys = ("parts", level.part, "minimum", level.depot)
    return Finding("O101", Place(SPARES, keys=keys), "", facts)


def variances(stock: Stock) -> Iterator[Finding]:
    """Counts that found other than the book has."""
    for count in stock.counts:
        if count.missing or count.surplus:
            place = place_of(SPARES, count.entry, "serials")
            facts = {
                "part": count.part,
                "depot": count.depot,
                "missing": count.missing,
                "surplus": count.surplus,
            }
            yield Finding("O102", place, "", facts)


def _unproven(stock: Stock) -> Iterator[Finding]:
    for piece in stock.pieces.values():
        if piece.state == "in_stock" and not piece.verified and piece.condition != FAULTY:
            yield _without_proof(piece)


def _running_out(facts: BookFacts) -> Iterator[Finding]:
    """Faulty pieces that lie in a depot while their warranty runs out, or has."""
    today = local_day(facts.as_of, facts.records.contract.zone)
    for piece in facts.stock.pieces.values():
        lies = piece.state == "in_stock" and piece.condition == FAULTY
        if lies and piece.warranty_to is not None and piece.warranty_to <= today + NOTICE:
            shown = {"part": piece.part, "serial": piece.serial, "depot": piece.depot}
            shown |= {"day": piece.warranty_to.isoformat()}
            yield Finding("O108", Place(SPARES, piece.movements[-1].line), "", shown)


def _papers_used_again(facts: BookFacts) -> Iterator[Finding]:
    """Deliveries under the paper of another: of another day, supplier or name (requirement 22)."""
    zone = facts.records.contract.zone
    first: dict[str, tuple[str, ...]] = {}
    for entry in timeline(facts.records.spares.log):
        digest = entry.data.get("document_sha256") if entry.event == "received" else None
        if digest and entry.at <= facts.as_of:
            day = local_day(entry.at, zone).isoformat()
            data = entry.data
            said = (day, data["supplier"], data.get("source_document", ""), data["depot"])
            if first.setdefault(digest, said) != said:
                shown = {"document": said[2] or digest[:12]}
                shown |= {"first": first[digest][0], "supplier": first[digest][1]}
                yield Finding("O109", place_of(SPARES, entry, "document_sha256"), "", shown)


def _without_proof(piece: Piece) -> Finding:
    facts = {"part": piece.part, "serial": piece.serial, "depot": piece.depot}
    return Finding("O107", Place(SPARES, piece.movements[0].line), "", facts)


def check_counts(facts: BookFacts) -> Iterator[Finding]:
    """Depots that were not counted when a count was due (requirement 19)."""
    for count in counts_due(facts.official_spares, facts.stock):
        if count.due < facts.as_of:
            yield replace(_uncounted(count, facts.records.contract.zone), since=count.due)


def _uncounted(late: CountDue, zone: ZoneInfo) -> Finding:
    last = "" if late.last is None else format_instant(late.last, zone)
    place = Place(SPARES, keys=("depots", late.depot, "count_every"))
    return Finding("O105", place, "", {"depot": late.depot, "last": last})
