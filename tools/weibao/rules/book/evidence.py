"""Rules on evidence: what git says against what was claimed (Exxx)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

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
            "Look at the commit with `git show {commit}`: the claim lies after it, its clock was set back, or the entry was changed after it landed. Record what is right with `weibao ticket amend`, and set the machine's clock by NTP."
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
        code="E105",
        severity=Severity.NOTE,
        title=N_("Customer's word at second hand"),
        message=N_(
            "“{event}” in the name of “{contact}” was recorded by {author}, not by the customer."
        ),
        help=N_(
            "For first-hand evidence the customer commits the entry, with an identity listed under `git` of the contact in records/contract.yaml."
        ),
        why=N_(
            "The desk may note down what the customer said on the phone (requirement 39). It remains the provider's account of it, so every figure that rests on it tells what the customer recorded from what was reported for them."
        ),
        bad=(
            "  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone}\n"
            "# commit 7be0c44  wang.lei@provider.example\n"
        ),
        good=(
            "  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: zhang-gong, contact: zhang-gong, via: portal}\n"
            "# commit 7be0c44  zhang.gong@customer.example\n"
        ),
        facts=("event", "contact", "author"),
    ),
    Rule(
        code="E106",
        severity=Severity.ERROR,
        title=N_("Terms landed too late"),
        message=N_(
            "The service terms of {terms} landed at {landed}, when they were already in effect."
        ),
        help=N_(
            "Bring the terms back as they were, and add the new ones to `sla` as an item of its own whose `effective_from` is a day to come."
        ),
        why=N_(
            "A promise is known before it is due. Terms changed afterwards would judge work by rules that nobody had when it was done. Each ticket is judged by the terms in effect when it was reported."
        ),
        bad="sla:\n  - effective_from: 2026-11-01\n# commit 3ad51f0  2026-11-20T09:00:00+08:00\n",
        good="sla:\n  - effective_from: 2026-12-01\n# commit 3ad51f0  2026-11-20T09:00:00+08:00\n",
        facts=("terms", "landed"),
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
        code="E116",
        severity=Severity.WARNING,
        title=N_("Perhaps the same fault, filed again"),
        message=N_(
            "{ticket} may be {other} again, which was {ending}: the same kind and equipment, reported within {limit} hours of its end."
        ),
        help=N_(
            "If it is the same fault, say so: `weibao ticket cancel {ticket} --reason … --duplicate-of {other}`, and go on with the old one: `weibao ticket reopen {other}`. If it is another, there is nothing to do; the reader judges."
        ),
        why=N_(
            "A clock that has run out can be got rid of with the ticket it belongs to: end that one, and open another for the same fault. Every report stays on record, and what looks like one fault with two tickets is shown as that."
        ),
        bad=(
            "T20261120-7K3Q9M: assets: [core-sw-01], cancelled 2026-11-20T13:00:00+08:00, reason: 误报\n"
            "T20261120-2D8VXN: assets: [core-sw-01], reported_at: 2026-11-20T13:05:00+08:00\n"
        ),
        good=(
            "  - {at: 2026-11-20T13:05:00+08:00, event: reopened, by: wang-lei, reason: 张工来电，故障仍在}\n"
        ),
        facts=("ticket", "other", "ending", "limit"),
    ),
)
