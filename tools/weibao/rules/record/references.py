"""Rules on references: what a record names must be defined (X1xx)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

ROWS = (
    Rule(
        code="X101",
        severity=Severity.ERROR,
        title=N_("Unknown person"),
        message=N_("“{found}” in “{key}” is nobody that records/staff.yaml names."),
        help=N_("Correct the id, or add the person to records/staff.yaml by review first."),
        why=N_(
            "Each task has a named person responsible (requirement 5), whose roles and certificates on that day are checked. An id that belongs to nobody makes nobody responsible."
        ),
        bad="  - {at: 2026-11-20T09:17:00+08:00, event: assigned, by: wang-lei, to: liqiang}\n",
        good="  - {at: 2026-11-20T09:17:00+08:00, event: assigned, by: wang-lei, to: li-qiang}\n",
        facts=("key", "found", "nearest"),
    ),
    Rule(
        code="X102",
        severity=Severity.ERROR,
        title=N_("Unknown contact"),
        message=N_(
            "“{found}” in “{key}” is none of the customer's contacts in records/contract.yaml."
        ),
        help=N_(
            "Correct the id, or have the customer name the contact and add it to `contacts` in records/contract.yaml."
        ),
        why=N_(
            "Only people whom the customer has named may declare a severity, approve work or confirm a result for it (requirements 39 and 40). A confirmation by someone outside the contract confirms nothing."
        ),
        bad="  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: wang-lei, contact: zhang, via: phone, satisfaction: 5}\n",
        good="  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone, satisfaction: 5}\n",
        facts=("key", "found", "nearest"),
    ),
    Rule(
        code="X103",
        severity=Severity.ERROR,
        title=N_("Unknown asset"),
        message=N_("“{found}” in “{key}” is no equipment that records/assets.yaml lists."),
        help=N_(
            "Correct the id, or add the equipment to records/assets.yaml if the contract covers it."
        ),
        why=N_(
            "Availability, repeat faults and certificates are worked out per asset (requirements 1 and 13). ISO/IEC 20000-1 asks for records of the configuration items that the services rest on."
        ),
        bad="assets: [core-sw-1]\n",
        good="assets: [core-sw-01]\n",
        facts=("key", "found", "nearest"),
    ),
    Rule(
        code="X104",
        severity=Severity.ERROR,
        title=N_("Unknown part"),
        message=N_("“{found}” in “{key}” is no part of the catalogue in records/spares.yaml."),
        help=N_("Correct the id, or add the part to `parts` in records/spares.yaml first."),
        why=N_(
            "The catalogue says who makes the part, under which number, and which models it fits (requirement 18). A part that it does not know can be neither found in stock nor proven to be the maker's own (requirement 20)."
        ),
        bad="  - {at: 2026-11-20T09:50:00+08:00, event: part_requested, by: li-qiang, part: s12700-mpu, quantity: 1}\n",
        good="  - {at: 2026-11-20T09:50:00+08:00, event: part_requested, by: li-qiang, part: hw-s12700-mpu, quantity: 1}\n",
        facts=("key", "found", "nearest"),
    ),
    Rule(
        code="X105",
        severity=Severity.ERROR,
        title=N_("Unknown depot"),
        message=N_("“{found}” in “{key}” is no depot that records/spares.yaml names."),
        help=N_("Correct the id, or add the depot to `depots` in records/spares.yaml first."),
        why=N_(
            "The customer may look into a depot at any time (requirement 19), so each has an address and a keeper. Stock booked to a place that nobody has described cannot be counted."
        ),
        bad='  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0001"], depot: shenyang, ticket: T20261120-7K3Q9M}\n',
        good='  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0001"], depot: shenyang-depot, ticket: T20261120-7K3Q9M}\n',
        facts=("key", "found", "nearest"),
    ),
    Rule(
        code="X106",
        severity=Severity.ERROR,
        title=N_("Unknown ticket"),
        message=N_("“{found}” in “{key}” is no ticket of this repository."),
        help=N_(
            "Correct the id (`weibao ticket list` shows them), or let the ticket land before what refers to it."
        ),
        why=N_(
            "A part issued, a failed check or a corrective action is traced to the ticket that it belongs to. A reference to no ticket cuts that trail: the part has left, and nobody can say what for."
        ),
        bad='  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0001"], depot: shenyang-depot, ticket: T20261120-7K3Q9N}\n',
        good='  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0001"], depot: shenyang-depot, ticket: T20261120-7K3Q9M}\n',
        facts=("key", "found", "nearest"),
    ),
    Rule(
        code="X107",
        severity=Severity.ERROR,
        title=N_("Severity that the terms lack"),
        message=N_("The service terms have no severity “{found}”."),
        help=N_("Choose a severity that they have: {expected}."),
        why=N_(
            "The severity that the customer declares decides what is promised (requirement 40). For one that the terms do not define nothing was promised, and nothing can be judged."
        ),
        bad="severity: 5\n",
        good="severity: 4\n",
        facts=("found", "expected"),
    ),
    Rule(
        code="X108",
        severity=Severity.ERROR,
        title=N_("Name that nothing defines"),
        message=N_("“{found}” in “{key}” is not defined anywhere ({kind})."),
        help=N_(
            "Correct the name, or define it first: sites, services and calendars in records/contract.yaml, rounds and checklists in records/plan.yaml, rotas in records/duty.yaml, corrective actions by a `raised` entry in records/actions.yaml."
        ),
        why=N_(
            "Pages, clocks and plans join records by name. A name that leads nowhere drops out of them in silence: a target on a calendar that does not exist would never come due."
        ),
        bad="respond: {within: 2h, clock: workday}\n",
        good="respond: {within: 2h, clock: workdays}\n",
        facts=("kind", "key", "found", "nearest"),
    ),
)
