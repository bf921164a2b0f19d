"""Rules on operations: gaps in stock, planned work, ownership and duty (Oxxx)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

ROWS = (
    Rule(
        code="O101",
        severity=Severity.WARNING,
        title=N_("Stock below minimum"),
        message=N_("Depot “{depot}” has {quantity} of {part}; the minimum is {minimum}."),
        help=N_(
            "Buy or move parts, and record it in records/spares.yaml with a `received` or `moved` entry."
        ),
        why=N_(
            "A part must be there when equipment fails (requirements 18 and 21). Below the minimum agreed, the next fault waits for a delivery."
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
        code="O103",
        severity=Severity.WARNING,
        title=N_("Planned work overdue"),
        message=N_("“{plan}”, planned for {planned_for}, was due by {due} and is not done."),
        help=N_(
            "Do the work and record it; an inspection names the round it belongs to by `plan` and `period`."
        ),
        why=N_(
            "Preventive inspection and planned maintenance are half of the service (requirements 27 and 31). What is put off now comes back as a fault."
        ),
        bad="plan: quarterly-inspection\nperiod: 2026-Q4   # planned for 2026-11-15, due_within: 10d; no inspection by 2026-11-26\n",
        good="plan: quarterly-inspection\nperiod: 2026-Q4   # planned for 2026-11-15, due_within: 10d; completed 2026-11-15\n",
        facts=("plan", "planned_for", "due"),
    ),
    Rule(
        code="O104",
        severity=Severity.WARNING,
        title=N_("Open ticket without an owner"),
        message=N_("{ticket} is open, and nobody is responsible for it."),
        help=N_("Assign it: `weibao ticket assign {ticket} --to PERSON`."),
        why=N_(
            "Each task has a named person responsible (requirement 5). Until the desk or the project manager assigns a ticket, everybody can believe that somebody else has it."
        ),
        bad="log:\n  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n",
        good=(
            "log:\n"
            "  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n"
            "  - {at: 2026-11-20T09:17:00+08:00, event: assigned, by: wang-lei, to: li-qiang}\n"
        ),
        facts=("ticket",),
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
        code="O106",
        severity=Severity.ERROR,
        title=N_("Nobody on duty"),
        message=N_("Nobody is on duty in the rota “{rota}”."),
        help=N_(
            "Let the rota in records/duty.yaml start in time, or name a stand-in for the gap under `overrides`."
        ),
        why=N_(
            "The rota holds seven days a week, round the clock (requirement 6), and so does the promise to respond (requirement 23). An hour in which nobody is on duty is an hour in which a fault is not answered."
        ),
        bad="rotas:\n  desk:\n    start: 2026-12-01T08:00:00+08:00   # contract from 2026-01-01\n    shift: 24h\n    order: [sun-yu, wang-lei]\n",
        good="rotas:\n  desk:\n    start: 2026-01-01T00:00:00+08:00   # contract from 2026-01-01\n    shift: 24h\n    order: [sun-yu, wang-lei]\n",
        facts=("rota",),
    ),
    Rule(
        code="O107",
        severity=Severity.WARNING,
        title=N_("Part without proof of origin"),
        message=N_(
            "{part}, serial number “{serial}”, lies in “{depot}” without proof of its origin."
        ),
        help=N_(
            "Set it apart, and send it back or scrap it (a `scrapped` entry with the reason). If its `received` entry has not landed yet, complete it with `source_document`, `document_sha256` and `oem_verified_by`."
        ),
        why=N_(
            "Parts are the maker's own and come from legal sources (requirements 20 and 22). One without papers cannot be issued, so it fills a place on the shelf and helps in no fault."
        ),
        bad='  - {at: 2026-01-08T10:00:00+08:00, event: received, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0001"], depot: shenyang-depot, supplier: 华为授权经销商}\n',
        good='  - {at: 2026-01-08T10:00:00+08:00, event: received, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0001"], depot: shenyang-depot, supplier: 华为授权经销商, source_document: 送货单 2026-0108, document_sha256: 12499852c82c839427b08b15d8219c6143aac9cb19616853701c79a3def495bd, oem_verified_by: sun-yu}\n',
        facts=("part", "serial", "depot"),
    ),
)
