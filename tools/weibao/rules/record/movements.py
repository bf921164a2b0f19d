"""Movements of stock that cannot be, and parts of unproven origin that were issued (X301, X302)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, place_of
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X301",
        severity=Severity.ERROR,
        title=N_("Movement that cannot be"),
        message=N_(
            "“{event}” cannot be: {part}, serial number “{serial}”, depot “{depot}”: {why}."
        ),
        help=N_(
            "Compare the serial number and the depot with the part's earlier movements in records/spares.yaml; record the movement that was left out, at the time when it happened. What came out of equipment is returned with its ticket and its condition; what is faulty goes back to the maker or is scrapped."
        ),
        why=N_(
            "Stock is the sum of its movements (requirement 18): a serial number is in one place at a time, comes in once and leaves only from where it is. Where the book and the shelf disagree, a `counted` entry says so; the book is never bent."
        ),
        bad='  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0009"], depot: shenyang-depot, ticket: T20261120-7K3Q9M}\n',
        good='  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0001"], depot: shenyang-depot, ticket: T20261120-7K3Q9M}\n',
        facts=("event", "part", "serial", "depot", "why", "stands", "held"),
    ),
    Rule(
        code="X302",
        severity=Severity.ERROR,
        title=N_("Unproven part issued"),
        message=N_(
            "{part}, serial number “{serial}”, was issued without proof that it is the maker's own."
        ),
        help=N_(
            "Issue a part that is proven, or verify this one with the maker first: `weibao spares verify`, which proves it once supplier, document and who verified it are all on record."
        ),
        why=N_(
            "Only the maker's own parts are used (requirement 20), from legal sources (requirement 22). A part without proof can be received, so that the book is true, but it never goes into the customer's equipment."
        ),
        bad=(
            '  - {at: 2026-11-18T10:00:00+08:00, event: received, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0003"], depot: shenyang-depot, supplier: 华为授权经销商}\n'
            '  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0003"], depot: shenyang-depot, ticket: T20261120-7K3Q9M}\n'
        ),
        good=(
            '  - {at: 2026-11-18T10:00:00+08:00, event: received, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0003"], depot: shenyang-depot, supplier: 华为授权经销商, source_document: 送货单 2026-1118, document_sha256: 12499852c82c839427b08b15d8219c6143aac9cb19616853701c79a3def495bd, oem_verified_by: sun-yu}\n'
            '  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0003"], depot: shenyang-depot, ticket: T20261120-7K3Q9M}\n'
        ),
        facts=("part", "serial"),
    ),
)

SPARES = "records/spares.yaml"


def check_movements(facts: FileFacts) -> Iterator[Finding]:
    """Movements that cannot be (requirements 18 and 20)."""
    if not facts.asked(SPARES):
        return
    # Not even loaded for a ticket: who saves one waits for its check.
    from weibao.operations.stock import stock_of

    spares = facts.records.spares
    latest = max((entry.at for entry in spares.log), default=0)
    for wrong in stock_of(spares, latest).wrong:
        place = place_of(SPARES, wrong.entry, "serials")
        piece = {"part": wrong.part, "serial": wrong.serial}
        if wrong.why == "unverified":
            yield Finding("X302", place, "", piece)
        else:
            depot = wrong.entry.data.get("depot") or wrong.entry.data.get("from", "–")
            more = {"event": wrong.entry.event, "depot": depot, "why": wrong.why}
            if wrong.piece is not None:
                more |= {"stands": wrong.piece.state, "held": wrong.piece.held}
            yield Finding("X301", place, "", piece | more)
