"""Rules on steps: what may follow what, at which time, and by whom (X2xx)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

ROWS = (
    Rule(
        code="X201",
        severity=Severity.ERROR,
        title=N_("Step that may not follow"),
        message=N_("“{event}” may not follow here: the record stands at “{state}”."),
        help=N_(
            "Possible here: {possible}. If a step before it was left out, record that one first."
        ),
        why=N_(
            "The lifecycle is one table, the same for the commands and for this check; requirement 9 asks that the processing of each request be followed from step to step. Steps are read in the order of their times, so one recorded late takes its place."
        ),
        bad=(
            "  - {at: 2026-11-20T12:00:00+08:00, event: resolved, by: li-qiang, mode: on_site, cause: 主控板故障, action: 更换主控板}\n"
            "  - {at: 2026-11-20T12:10:00+08:00, event: closed, by: wang-lei}\n"
        ),
        good=(
            "  - {at: 2026-11-20T12:00:00+08:00, event: resolved, by: li-qiang, mode: on_site, cause: 主控板故障, action: 更换主控板}\n"
            "  - {at: 2026-11-20T12:08:00+08:00, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone}\n"
            "  - {at: 2026-11-20T12:10:00+08:00, event: closed, by: wang-lei}\n"
        ),
        facts=("event", "state", "possible"),
    ),
    Rule(
        code="X202",
        severity=Severity.ERROR,
        title=N_("Claimed before the report"),
        message=N_("The step claims {at}, before the ticket was reported at {reported_at}."),
        help=N_(
            "Before it lands, correct the time. Once it has landed, record the correction with `weibao ticket amend`."
        ),
        why=N_(
            "Every clock starts at the report. A response before it would be a response to nothing, and an elapsed time below zero. Usually the date or the hour is a slip, or `reported_at` was taken from the wrong call."
        ),
        bad=(
            "reported_at: 2026-11-20T09:12:00+08:00\n"
            "log:\n"
            "  - {at: 2026-11-20T09:05:00+08:00, event: opened, by: wang-lei}\n"
        ),
        good=(
            "reported_at: 2026-11-20T09:12:00+08:00\n"
            "log:\n"
            "  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n"
        ),
        facts=("at", "reported_at"),
    ),
    Rule(
        code="X203",
        severity=Severity.ERROR,
        title=N_("Claimed in the future"),
        message=N_("The step claims {at}, and it is only {now}."),
        help=N_("Record what has happened, when it has happened; check the clock and the date."),
        why=N_(
            "A record says what was done. What is to be done belongs in the plan or in a note. The contract's clock skew (5 minutes unless it says otherwise) is allowed for."
        ),
        bad="  - {at: 2062-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n",
        good="  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n",
        facts=("at", "now"),
    ),
    Rule(
        code="X204",
        severity=Severity.ERROR,
        title=N_("Two entries alike"),
        message=N_("Another entry of this record has the same time and event: {at}, “{event}”."),
        help=N_(
            "Take out the one that has not landed; if both happened, give the second its own time, to the second."
        ),
        why=N_(
            "An entry is named by its time and its event when it is amended or countersigned, so the pair must name one entry only. A merge can bring the same step in twice, from two people who both recorded it."
        ),
        bad=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: zhao-min}\n"
        ),
        good=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "  - {at: 2026-11-20T10:30:20+08:00, event: arrived, by: zhao-min}\n"
        ),
        facts=("at", "event"),
    ),
    Rule(
        code="X205",
        severity=Severity.ERROR,
        title=N_("Confirmed by who resolved it"),
        message=N_(
            "The ticket was closed on a confirmation that “{person}” took, who had resolved it."
        ),
        help=N_(
            "Have the duty desk ask the customer, and record that with `weibao ticket confirm`; closing comes after it."
        ),
        why=N_(
            "The desk confirms the result with the customer directly (requirement 39). Who did the work does not also judge it: two people stand between a repair and its closure."
        ),
        bad="  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: li-qiang, contact: zhang-gong, via: phone}   # resolved by li-qiang\n",
        good="  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone}   # resolved by li-qiang\n",
        facts=("person",),
    ),
    Rule(
        code="X206",
        severity=Severity.ERROR,
        title=N_("Severity lowered without consent"),
        message=N_(
            "The severity went from {found} down to {agreed}, and nobody of the customer consented."
        ),
        help=N_(
            "Ask the customer and record the consent: `consent_by: CONTACT` in the entry. Without it the severity stays as declared."
        ),
        why=N_(
            "Measures follow the severity that the customer declared (requirement 40). A lower one gives the provider more time, so only the customer can grant it; a higher one needs no consent."
        ),
        bad="  - {at: 2026-11-20T09:30:00+08:00, event: severity_agreed, by: wang-lei, severity: 3}\n",
        good="  - {at: 2026-11-20T09:30:00+08:00, event: severity_agreed, by: wang-lei, severity: 3, consent_by: zhang-gong}\n",
        facts=("found", "agreed"),
    ),
    Rule(
        code="X207",
        severity=Severity.ERROR,
        title=N_("Contact without the right"),
        message=N_("“{contact}” does not have the customer's right to do this: {right}."),
        help=N_(
            "Ask a contact who has the right, or have the customer grant it: `may` of the contact in records/contract.yaml."
        ),
        why=N_(
            "The contract says which of the customer's people may declare, approve, consent, confirm and countersign. A monitoring centre that may report a fault may not sign for the result on that account (requirements 39 and 40)."
        ),
        bad="  - {at: 2026-11-20T09:30:00+08:00, event: severity_agreed, by: wang-lei, severity: 3, consent_by: customer-noc}\n",
        good="  - {at: 2026-11-20T09:30:00+08:00, event: severity_agreed, by: wang-lei, severity: 3, consent_by: zhang-gong}\n",
        facts=("contact", "right"),
    ),
    Rule(
        code="X208",
        severity=Severity.ERROR,
        title=N_("Attachment missing or altered"),
        message=N_("The file “{file}” is missing, or is not what its SHA-256 says: {sha256}."),
        help=N_(
            "Put the original file under records/attachments/, named by its SHA-256 (`sha256sum FILE` prints it); `weibao ticket attach` does so by itself."
        ),
        why=N_(
            "A delivery note proves that a part comes from a legal source only if it is the note that was stored (requirement 22). The hash (FIPS 180-4) in the record shows any exchange of the file."
        ),
        bad="records/attachments/12/12499852c82c839427b08b15d8219c6143aac9cb19616853701c79a3def495bd.png   # sha256: e3b0c44298fc1c14…\n",
        good="records/attachments/12/12499852c82c839427b08b15d8219c6143aac9cb19616853701c79a3def495bd.png   # sha256: 12499852c82c8394…\n",
        facts=("file", "sha256"),
    ),
    Rule(
        code="X209",
        severity=Severity.ERROR,
        title=N_("No such entry"),
        message=N_("The record has no entry “{event}” at {at}, to which this one refers."),
        help=N_(
            "Copy the time and the event from the entry that is meant; `weibao ticket show TICKET` lists them."
        ),
        why=N_(
            "A correction or a countersignature counts for exactly the entries that it names. If it names none, the customer's signature would hang in the air: nobody could say what was signed."
        ),
        bad=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "  - {at: 2026-11-20T15:00:00+08:00, event: countersigned, by: zhang-gong, entries: [{at: 2026-11-20T10:31:00+08:00, event: arrived}], contact: zhang-gong}\n"
        ),
        good=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "  - {at: 2026-11-20T15:00:00+08:00, event: countersigned, by: zhang-gong, entries: [{at: 2026-11-20T10:30:00+08:00, event: arrived}], contact: zhang-gong}\n"
        ),
        facts=("at", "event"),
    ),
    Rule(
        code="X210",
        severity=Severity.ERROR,
        title=N_("Id used twice"),
        message=N_("Another record has the same id: {other}."),
        help=N_(
            "Give the one that has not landed a new id, in the header and in the file name; `weibao ticket open` draws one."
        ),
        why=N_(
            "A verdict, a stock movement and a link name a ticket by its id alone. Copying a file is how two records come to share one."
        ),
        bad="records/tickets/2026/11/20/T20261120-7K3Q9M.yaml\nrecords/tickets/2026/11/21/T20261120-7K3Q9M.yaml\n",
        good="records/tickets/2026/11/20/T20261120-7K3Q9M.yaml\nrecords/tickets/2026/11/21/T20261121-2D8VXN.yaml\n",
        facts=("other",),
    ),
    Rule(
        code="X211",
        severity=Severity.ERROR,
        title=N_("Id of another day"),
        message=N_("The id says {found}, and the record is of {expected}."),
        help=N_(
            "Before it lands, take the day in the contract's zone, {expected}, into the id, the file name and the folder."
        ),
        why=N_(
            "The id of a ticket carries the local day of its report, that of an inspection the day of its first entry. A record filed under another day would be looked for in the wrong folder, and could slip into another month."
        ),
        bad="id: T20261120-7K3Q9M\nreported_at: 2026-11-21T00:12:00+08:00\n",
        good="id: T20261121-7K3Q9M\nreported_at: 2026-11-21T00:12:00+08:00\n",
        facts=("found", "expected"),
    ),
    Rule(
        code="X212",
        severity=Severity.WARNING,
        title=N_("Ticket recorded twice"),
        message=N_(
            "{other} says the same: its kind and equipment are those of {ticket}, reported within {limit} minutes of it."
        ),
        help=N_(
            "If it is the same fault, cancel one and name the other: `weibao ticket cancel {ticket} --reason … --duplicate-of {other}`. If they are two, go on with both; it is said no more once both are closed."
        ),
        why=N_(
            "Two people at the desk can take the same report on two laptops without a network between them. A fault counted twice counts twice in every figure, and has two clocks of which only one is looked at."
        ),
        bad=(
            "T20261120-7K3Q9M: kind: fault, assets: [core-sw-01], reported_at: 2026-11-20T09:12:00+08:00\n"
            "T20261120-2D8VXN: kind: fault, assets: [core-sw-01], reported_at: 2026-11-20T09:14:00+08:00\n"
        ),
        good=(
            "  - {at: 2026-11-20T09:20:00+08:00, event: cancelled, by: wang-lei, reason: 重复受理, duplicate_of: T20261120-7K3Q9M}\n"
        ),
        facts=("ticket", "other", "limit"),
    ),
    Rule(
        code="X213",
        severity=Severity.WARNING,
        title=N_("Round inspected twice"),
        message=N_(
            "{other} is of the same round, {plan} {period}, and has this equipment too: {assets}."
        ),
        help=N_(
            "Go on with one of them. If the other was begun by mistake or names the wrong round, say so, and it is told no more: `weibao inspection amend {inspection} --field period --value … --reason …`."
        ),
        why=N_(
            "A round is done by one inspection (requirement 31). Begun a second time, its checks lie in two records, and neither of them shows what was looked at and what was not."
        ),
        bad=(
            "I20261120-4F2MXA: plan: quarterly-inspection, period: 2026-Q4, assets: [core-sw-01]\n"
            "I20261120-9QZ7TB: plan: quarterly-inspection, period: 2026-Q4, assets: [core-sw-01, acc-sw-02]\n"
        ),
        good=(
            "I20261120-4F2MXA: plan: quarterly-inspection, period: 2026-Q4, assets: [core-sw-01]\n"
            "I20261120-9QZ7TB: plan: quarterly-inspection, period: 2026-Q4, assets: [acc-sw-02]\n"
        ),
        facts=("inspection", "other", "plan", "period", "assets"),
    ),
    Rule(
        code="X214",
        severity=Severity.ERROR,
        title=N_("Duplicate of itself"),
        message=N_("{ticket} is cancelled as a duplicate of itself."),
        help=N_(
            "Name the ticket that goes on: `--duplicate-of TICKET`. If there is none, cancel it with its reason alone."
        ),
        why=N_(
            "A duplicate is cancelled because the same fault is mended under another ticket (requirement 9). One that points at itself leaves a fault that nobody mends."
        ),
        bad="  - {at: 2026-11-20T09:20:00+08:00, event: cancelled, by: wang-lei, reason: 重复受理, duplicate_of: T20261120-2D8VXN}   # in T20261120-2D8VXN\n",
        good="  - {at: 2026-11-20T09:20:00+08:00, event: cancelled, by: wang-lei, reason: 重复受理, duplicate_of: T20261120-7K3Q9M}   # in T20261120-2D8VXN\n",
        facts=("ticket",),
    ),
)
