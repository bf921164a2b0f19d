"""Evidence: what git says against what was claimed (E101–E104, E107, E115, E127, E130, E131)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.proven import Grade, recorded_together
from weibao.history.shell_words import shell_word
from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry, ProvenLog
    from weibao.model.contract import Contract
    from weibao.model.inspection import Inspection
    from weibao.model.ticket import Ticket
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="E101",
        severity=Severity.NOTE,
        title=N_("Recorded late"),
        message=N_(
            "“{event}” claims {at} and was recorded {lateness} later, at {evidence}; it is judged at {effective}."
        ),
        help=N_(
            "Record steps as they happen, and push. If the time claimed is right, the customer can say so: `weibao ticket countersign`."
        ),
        why=N_(
            "Dispatching first and recording later is lawful (requirements 4 and 35), and is measured and shown rather than forbidden. But a time that only its author vouches for cannot decide in that author's favour: beyond the contract's tolerance (15 minutes unless it says otherwise) the commit decides, unless the customer countersigns."
        ),
        bad=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "# commit 4f2a91c  2026-11-20T13:05:00+08:00\n"
        ),
        good=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "# commit 4f2a91c  2026-11-20T10:33:00+08:00\n"
        ),
        facts=("event", "at", "evidence", "effective", "lateness"),
    ),
    Rule(
        code="E102",
        severity=Severity.ERROR,
        title=N_("Contradicted by its commit"),
        message=N_(
            "“{event}” claims {at}, which commit {commit} contradicts: its evidence is of {evidence}."
        ),
        help=N_(
            "Look at the commit with `git show {commit}`: the claim lies after it, its clock was set back, or the entry was changed after it landed. Say what is right in its note (`weibao ticket amend`, with `--field note`), and set the machine's clock by NTP."
        ),
        why=N_(
            "Nobody can record a step before it happens, and no commit can be made before the commits that it builds on. Where claim and history cannot both be true, the claim has no support (grade F), and every verdict that rests on it says so."
        ),
        bad=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "# commit 4f2a91c  2026-11-20T09:58:00+08:00\n"
        ),
        good=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "# commit 4f2a91c  2026-11-20T10:31:00+08:00\n"
        ),
        facts=("event", "at", "evidence", "commit"),
    ),
    Rule(
        code="E103",
        severity=Severity.WARNING,
        title=N_("Commit older than its parent"),
        message=N_(
            "Commit {commit} by {author} is dated {time}, before its parent, which is dated {parent_time}."
        ),
        help=N_(
            "Set the machine's clock by NTP (`timedatectl set-ntp true` on Linux). The commit stays: what it brought is judged at its parent's time or later."
        ),
        why=N_(
            "History cannot run backwards: a commit holds the id of its parent, so it was made after it. Either a clock was wrong or a time was set back to make late work look punctual; the evidence takes the later of the two times, so neither gains anything."
        ),
        bad=(
            "$ git log --format='%h %cI' -2\n"
            "9c01d7e 2026-11-20T10:20:00+08:00\n"
            "4f2a91c 2026-11-20T12:40:00+08:00\n"
        ),
        good=(
            "$ git log --format='%h %cI' -2\n"
            "9c01d7e 2026-11-20T12:50:00+08:00\n"
            "4f2a91c 2026-11-20T12:40:00+08:00\n"
        ),
        facts=("commit", "author", "time", "parent_time"),
    ),
    Rule(
        code="E104",
        severity=Severity.WARNING,
        title=N_("Recorded later than allowed"),
        message=N_(
            "“{event}” of {at} was recorded {lateness} later ({evidence}); the contract allows {allowed}."
        ),
        help=N_(
            "Say why in the record (`weibao ticket update TICKET --note …`), and have the customer countersign it: `weibao ticket countersign`."
        ),
        why=N_(
            "In an emergency the work comes first and the record follows, within the limit that both sides agreed (requirements 4 and 35). What comes later than that is listed in the late-entry register."
        ),
        bad=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "# commit 4f2a91c  2026-11-23T09:00:00+08:00   late_entry: 24h\n"
        ),
        good=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "# commit 4f2a91c  2026-11-20T18:00:00+08:00   late_entry: 24h\n"
        ),
        facts=("event", "at", "evidence", "lateness", "allowed"),
    ),
    Rule(
        code="E107",
        severity=Severity.ERROR,
        title=N_("Commit from the future"),
        message=N_("Commit {commit} is dated {time}, and it is only {now}."),
        help=N_(
            "Before it lands, set the machine's clock and make the commit again: `git commit --amend --no-edit --reset-author`. If it has landed, list it in records/contract.yaml under `evidence.distrusted` with the reason."
        ),
        why=N_(
            "A commit's time is never before its parents', so one dated far ahead would make everything after it look late. It is a finding at once, so that the pull request that brings it fails."
        ),
        bad="$ git log --format='%h %cI' -1\n9c01d7e 2099-01-01T00:00:00+08:00\n",
        good="$ git log --format='%h %cI' -1\n9c01d7e 2026-11-20T12:50:00+08:00\n",
        facts=("commit", "time", "now"),
    ),
    Rule(
        code="E115",
        severity=Severity.WARNING,
        title=N_("Pause recorded late"),
        message=N_(
            "“{event}” claims {at} and was recorded {lateness} later, at {evidence}; the clock counts it from {effective}."
        ),
        help=N_(
            "Record a pause when it begins, and its end when it ends. If the time claimed is right, the customer can say so: `weibao ticket countersign`."
        ),
        why=N_(
            "A pause takes time off every clock but that of the response. Written down only when the promise is nearly broken, it would be a cure for it: so one recorded late begins when it was recorded, and ends when it is said to have ended. How much of the time was paused is shown per ticket."
        ),
        bad=(
            "  - {at: 2026-11-20T10:00:00+08:00, event: paused, by: li-qiang, reason: site_access}\n"
            "# commit 4f2a91c  2026-11-20T13:05:00+08:00, five minutes before restoration was due\n"
        ),
        good=(
            "  - {at: 2026-11-20T10:00:00+08:00, event: paused, by: li-qiang, reason: site_access}\n"
            "# commit 4f2a91c  2026-11-20T10:02:00+08:00\n"
        ),
        facts=("event", "at", "evidence", "effective", "lateness"),
    ),
    Rule(
        code="E127",
        severity=Severity.WARNING,
        title=N_("Not of the old register that it names"),
        message=N_(
            "The header says that this came out of the old register “{register}”, and it did not land as a part of it: it is judged as recorded here."
        ),
        help=N_(
            "There is nothing to mend in the record. A register is brought in by the end that the contract gives it (`evidence.imports`, `until`), with what was reported before `evidence.since`; a further one is a new entry there, which the customer approves."
        ),
        why=N_(
            "What an old register says is believed as it is claimed, since nobody can date it. That holds for the register to which the customer agreed, by its digest and its end, and not for what anybody heads with its name later."
        ),
        bad='imported: {import: old-desk, number: "2025-117"}   # landed a year after its `until`\n',
        good="# no `imported`: the record began here\n",
        facts=("register",),
    ),
    Rule(
        code="E128",
        severity=Severity.WARNING,
        title=N_("Line added to what an old register says"),
        message=N_(
            "“{event}” is claimed for {at}, from before the evidence began, and the old register “{register}” did not bring it: it is judged as recorded here, exactly and late."
        ),
        help=N_(
            "There is nothing to mend in the line. What happened before is what the register says; what is done now is recorded with the time when it is done, and a note says what it is about."
        ),
        why=N_(
            "What an old register leaves open is judged in doubt for neither side. A line that is added afterwards, with a time of then, would fill in what a promise hangs on."
        ),
        bad="  - {at: 2025-11-20T12:00:00+08:00, event: restored, by: li-qiang, mode: on_site}   # added a month after the import\n",
        good='  - {at: 2026-01-12T09:00:00+08:00, event: updated, by: li-qiang, note: "11 月 20 日已恢复"}\n',
        facts=("event", "at", "register"),
    ),
    Rule(
        code="E129",
        severity=Severity.NOTE,
        title=N_("Closed in an old register, never confirmed"),
        message=N_(
            "{number} tickets are closed in the old register “{register}” and never confirmed: it names nobody of the customer who did. The first is {ticket}."
        ),
        help=N_(
            "There is nothing to mend: nobody confirms for the customer afterwards. They are told as closed and never confirmed, and no figure counts them as confirmed or as refused."
        ),
        why=N_(
            "The desk confirms the result with the customer directly (requirement 39). An old register often says only who called, and a score; who answered cannot be made up."
        ),
        bad="  - {at: 2025-11-20T12:00:00+08:00, event: closed, by: unknown, precision: unknown}   # and no `confirmed` before it\n",
        good="  - {at: 2025-11-20T12:00:00+08:00, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone}\n",
        facts=("number", "register", "ticket"),
    ),
    Rule(
        code="E130",
        severity=Severity.ERROR,
        title=N_("Entry that no commit brought"),
        message=N_("“{event}” at {at} is in the records, and no commit has brought its line."),
        help=N_(
            "`git log -S LINE -- FILE` looks for the commit. Where there is none, the files are not those of the history that they are judged with: judge a whole clone."
        ),
        why=N_(
            "An entry is dated by the commit that brought its line. One that none has brought would be believed on its author's word alone, and there is no honest way to come by it."
        ),
        bad="$ git log --oneline -S '2026-11-20T10:30:00+08:00, event: arrived' -- records/tickets\n",
        good="$ git log --oneline -S '2026-11-20T10:30:00+08:00, event: arrived' -- records/tickets\n4f2a91c arrived\n",
        facts=("event", "at"),
    ),
    Rule(
        code="E131",
        severity=Severity.WARNING,
        title=N_("Recorded together in one commit"),
        message=N_(
            "{number} late steps, claimed from {from} to {to}, were recorded together in one commit, {commit} by {author}, and have its time, as a squash makes it."
        ),
        help=N_(
            "Merge pull requests with a merge commit, or by `weibao land`, and switch squashing off at the forge: then each step keeps the commit that recorded it. If the branch is still there, merge it as it is. To see the commit: {show}"
        ),
        why=N_(
            "The commit is the evidence of a step's time. A squash throws the commits of a branch away and makes one of them, at the time of the merge: steps that were recorded on time become late by as long as the review took."
        ),
        bad="$ git log --format=%h%x20%cI records/tickets\n1b53ed0 2026-11-20T17:00:00+08:00   # opened, acknowledged, resolved\n",
        good=(
            "$ git log --format=%h%x20%cI records/tickets\n"
            "8f21c04 2026-11-20T11:01:00+08:00   # resolved\n"
            "5e7a3d9 2026-11-20T10:06:00+08:00   # acknowledged\n"
            "1b53ed0 2026-11-20T10:01:00+08:00   # opened\n"
        ),
        facts=("number", "from", "to", "commit", "author", "show"),
    ),
)

CHECKED_IN = ("weibao.history.integrity",)

_DOUBTED = frozenset({Grade.CONTRADICTED, Grade.LATE})

PAUSING = frozenset({"paused", "resumed"})
"""Steps that stop and start the clock: what they claim decides how long it stood."""


def check_integrity(facts: BookFacts) -> Iterator[Finding]:
    """Commits whose dates cannot be; and with them what was lost from the ledger (L1xx)."""
    return (finding for check in facts.checks for finding in check.findings)


def check_evidence(facts: BookFacts) -> Iterator[Finding]:
    """Claims that came late, or that their commits contradict."""
    for record, proof in facts.proofs.items():
        for proven in proof.entries:
            yield from _entry(facts.paths[record], record, proven, facts.records.contract)


def check_imported(facts: BookFacts) -> Iterator[Finding]:
    """Records headed as of an old register with which they did not land."""
    records: tuple[Ticket | Inspection, ...] = (
        *facts.records.tickets.values(),
        *facts.records.inspections.values(),
    )
    refuted = {path for register in facts.registers for path in register.refuted}
    for record in records:
        if record.imported is None or record.path in refuted:
            continue
        yield from _added(record, facts)
        if facts.proofs[record.id].header_grade not in {Grade.IMPORTED, Grade.UNCOMMITTED}:
            place = Place(record.path, keys=("imported", "import"))
            yield Finding("E127", place, record.id, {"register": record.imported.register})


def _added(record: Ticket | Inspection, facts: BookFacts) -> Iterator[Finding]:
    """Lines that say what an old register's time brought, and that it did not bring: once a record."""
    proof, contract = facts.proofs[record.id], facts.records.contract
    for proven in proof.entries:
        brought = proven.grade in {Grade.IMPORTED, Grade.UNCOMMITTED} or not proof.register
        if not brought and proof.old(proven.entry.at):
            shown = {
                "event": proven.entry.event,
                "at": format_instant(proven.entry.at, contract.zone),
                "register": proof.register,
            }
            yield Finding("E128", Place(record.path, proven.entry.line), record.id, shown)
            return


def check_never_confirmed(facts: BookFacts) -> Iterator[Finding]:
    """Of each old register, how many tickets it has closed without the customer: once a register."""
    found: dict[str, list[str]] = {}
    for ticket_id, state in facts.states.items():
        proof = facts.proofs[ticket_id]
        if proof.register and state.closed_unconfirmed:
            found.setdefault(proof.register, []).append(ticket_id)
    for register, tickets in sorted(found.items()):
        place = Place("records/contract.yaml", keys=("evidence", "imports"))
        shown = {"number": len(tickets), "register": register, "ticket": min(tickets)}
        yield Finding("E129", place, "", shown)


def check_together(facts: BookFacts) -> Iterator[Finding]:
    """Late steps that one commit brought, of which a squash may be the reason."""
    for record, proof in facts.proofs.items():
        yield from _together(facts.paths[record], record, proof, facts.records.contract)


def _together(path: str, record: str, proof: ProvenLog, contract: Contract) -> Iterator[Finding]:
    for commit, together in recorded_together(proof).items():
        author = together.steps[0].author
        shown = {
            "number": together.number,
            "from": format_instant(together.first, contract.zone),
            "to": format_instant(together.last, contract.zone),
            "commit": commit,
            "author": author.email if author else "",
            "show": f"git show {commit} -- {shell_word(path)}",
        }
        yield Finding("E131", Place(path, together.steps[0].entry.line), record, shown)


def _entry(path: str, record: str, proven: ProvenEntry, contract: Contract) -> Iterator[Finding]:
    entry, zone, policy = proven.entry, contract.zone, contract.evidence
    if proven.evidence is None or proven.commit is None:
        claim = {"event": entry.event, "at": format_instant(entry.at, zone)}
        yield Finding("E130", Place(path, entry.line), record, claim)
        return
    late = proven.grade is not Grade.IMPORTED and proven.evidence - entry.at > policy.late_entry
    if not late and proven.grade not in _DOUBTED:
        return
    place = Place(path, entry.line)
    facts = {
        "event": entry.event,
        "at": format_instant(entry.at, zone),
        "evidence": format_instant(proven.evidence, zone),
        "effective": format_instant(proven.effective, zone),
        "lateness": proven.evidence - entry.at,
        "commit": proven.commit,
    }
    if proven.grade is Grade.CONTRADICTED:
        yield Finding("E102", place, record, facts)
    elif proven.grade is Grade.LATE:
        yield Finding("E115" if entry.event in PAUSING else "E101", place, record, facts)
    if late:
        yield Finding("E104", place, record, facts | {"allowed": policy.late_entry})
