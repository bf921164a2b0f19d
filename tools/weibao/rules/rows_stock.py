"""Rules on traceability: stock movements that cannot be, and failed checks (X3xx)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

ROWS = (
    Rule(
        code="X301",
        severity=Severity.ERROR,
        title=N_("Movement that cannot be"),
        message=N_(
            "“{event}” cannot be: {part}, serial number “{serial}”, depot “{depot}”: {why}."
        ),
        help=N_(
            "Compare the serial number and the depot with the part's earlier movements in records/spares.yaml; record the movement that was left out, at the time when it happened."
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
            "Issue a part that is proven. If the `received` entry of this one has not landed yet, complete it with `source_document`, `document_sha256` and `oem_verified_by`."
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
    Rule(
        code="X303",
        severity=Severity.ERROR,
        title=N_("Failed check without a ticket"),
        message=N_("“{item}” failed on {asset}, and the entry names no ticket."),
        help=N_(
            "Name the ticket in the entry: `ticket: TICKET`. `weibao inspection check` with `--open-ticket` opens one and names it."
        ),
        why=N_(
            "Preventive inspection is there to find what must be mended (requirement 31). A failure that leads to no ticket has no owner, no deadline and no end."
        ),
        bad='  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: temperature, value: 63, unit: "°C", status: failed}\n',
        good='  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: temperature, value: 63, unit: "°C", status: failed, ticket: T20261115-5H6NBW}\n',
        facts=("asset", "item"),
    ),
)
