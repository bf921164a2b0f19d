"""Rules on traceability: stock movements that cannot be, failed checks and gaps of rounds (X3xx)."""

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
    Rule(
        code="X304",
        severity=Severity.WARNING,
        title=N_("Check milder than its checklist"),
        message=N_(
            "{item} of {asset}: {value} is “{told}” by the checklist, and is recorded as “{said}”."
        ),
        help=N_(
            "Correct it: `weibao inspection amend`, with the entry, the field and the value; if the thresholds were others then, say so there, and it is told no more. What failed needs a ticket."
        ),
        why=N_(
            "The thresholds are agreed beforehand so that nobody decides in front of the machine what is still well (requirement 31). A failure that is waved through leads to no ticket."
        ),
        bad='  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: temperature, value: 63, unit: "°C", status: ok}   # failed_above: 60\n',
        good='  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: temperature, value: 63, unit: "°C", status: failed, ticket: T20261115-5H6NBW}\n',
        facts=("asset", "item", "value", "said", "told"),
    ),
    Rule(
        code="X305",
        severity=Severity.WARNING,
        title=N_("Unit other than the checklist's"),
        message=N_(
            "{item} of {asset} is recorded in {found}; the checklist measures it in {unit}."
        ),
        help=N_(
            "Correct value and unit: `weibao inspection amend`, with the entry; if the checklist had another unit then, say so there, and it is told no more."
        ),
        why=N_(
            "Thresholds are numbers of one unit. Read in another, a value is judged wrongly, and cannot be held against those of other rounds (requirement 31)."
        ),
        bad="  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: temperature, value: 59, unit: F, status: ok}\n",
        good='  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: temperature, value: 15, unit: "°C", status: ok}\n',
        facts=("asset", "item", "found", "unit"),
    ),
    Rule(
        code="X306",
        severity=Severity.WARNING,
        title=N_("Check of equipment outside the round"),
        message=N_("{asset} is not among the equipment of {inspection}."),
        help=N_(
            "If another piece was meant, say which: `weibao inspection amend` with the entry, `--field asset`. Other equipment has an inspection of its own."
        ),
        why=N_(
            "The header says what a round is to look at (requirement 31). A check of something else is missing where it belongs, and a slip in the name leaves the piece that was meant unseen."
        ),
        bad="assets: [core-sw-01]\nlog:\n  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: acc-sw-02, item: appearance, status: ok}\n",
        good="assets: [core-sw-01]\nlog:\n  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: appearance, status: ok}\n",
        facts=("asset", "inspection"),
    ),
    Rule(
        code="X307",
        severity=Severity.WARNING,
        title=N_("Round completed with gaps"),
        message=N_("The round was completed, and nobody looked at: {assets}."),
        help=N_(
            "Look at it in an inspection of its own: `weibao inspection start {plan} --period {period} --asset …`. Then say here where it was done, or why it was not, and it is told no more: `weibao inspection amend` with `--entry completed`."
        ),
        why=N_(
            "A completed round counts as done (requirements 27 and 31), for all of its equipment. Where nothing is recorded, nobody looked; a piece that could not be reached is recorded as `not_applicable`, with a note."
        ),
        bad=(
            "assets: [core-sw-01, acc-sw-02]\n"
            "log:\n"
            "  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: appearance, status: ok}\n"
            "  - {at: 2026-11-15T09:50:00+08:00, event: completed, by: li-qiang}\n"
        ),
        good=(
            "assets: [core-sw-01, acc-sw-02]\n"
            "log:\n"
            "  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: appearance, status: ok}\n"
            "  - {at: 2026-11-15T09:45:00+08:00, event: checked, by: li-qiang, asset: acc-sw-02, item: appearance, status: not_applicable}\n"
            "  - {at: 2026-11-15T09:50:00+08:00, event: completed, by: li-qiang}\n"
        ),
        facts=("assets", "plan", "period"),
    ),
)
