"""The ledger: nothing that any commit has held is lost (L101–L106, L114–L116)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

_FACTS = ("commit", "author", "time", "old", "new", "show")
_LOSS = N_(
    "Put back what stood there (if what stands there now is committed too, beside it), and record what is wrong with it as a new entry (`weibao ticket amend`, or `cancel`). As long as it is on a branch of its own, squashing the branch (`git reset --soft BASE`, then one commit) or rewriting it (`git rebase -i BASE`) mends it as well. To see the change: {show}"
)

ROWS = (
    Rule(
        code="L101",
        severity=Severity.ERROR,
        title=N_("Entry changed or dropped"),
        message=N_("An entry was changed or dropped: “{old}” now reads “{new}”."),
        dropped=N_("An entry was dropped: “{old}” is gone."),
        help=_LOSS,
        why=N_(
            "An entry that any commit holds is evidence: what was claimed, and when it was recorded. Were it editable, a late arrival could be made punctual afterwards. ISO/IEC 20000-1 (7.5.3) asks that documented information be protected and its changes controlled; here a correction is a new entry that leaves the old one to be read."
        ),
        bad=(
            "-  - {at: 2026-11-20T12:30:00+08:00, event: arrived, by: li-qiang}\n"
            "+  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
        ),
        good=(
            "   - {at: 2026-11-20T12:30:00+08:00, event: arrived, by: li-qiang}\n"
            "+  - {at: 2026-11-20T15:00:00+08:00, event: amended, by: wang-lei, entry: {at: 2026-11-20T12:30:00+08:00, event: arrived}, field: note, value: 门禁记录为 10:30, reason: 以门禁记录为准}\n"
        ),
        facts=_FACTS,
    ),
    Rule(
        code="L102",
        severity=Severity.NOTE,
        title=N_("Entry inserted or reordered"),
        message=N_(
            "Entries no longer stand in the order in which they were recorded: “{new}” stands among them."
        ),
        help=N_(
            "Nothing is lost by it: a step takes its place in the timeline by its time, and is dated by its commit. New entries belong at the end, where plain git shows that nothing else was touched. To see the change: {show}"
        ),
        why=N_(
            "The order in the file is the order of recording, and easier to read while it is kept. It proves nothing: when a line was recorded is told by the commit that brought it, wherever it stands."
        ),
        bad=(
            "   - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n"
            "+  - {at: 2026-11-20T09:20:00+08:00, event: acknowledged, by: li-qiang}\n"
            "   - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
        ),
        good=(
            "   - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n"
            "   - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "+  - {at: 2026-11-20T09:20:00+08:00, event: acknowledged, by: li-qiang}\n"
        ),
        facts=_FACTS,
    ),
    Rule(
        code="L103",
        severity=Severity.ERROR,
        title=N_("Header changed"),
        message=N_("The header of a record was changed: “{old}” now reads “{new}”."),
        dropped=N_("The header of a record was changed: “{old}” is gone."),
        help=N_(
            "Bring the header back as it was, and record the correction with `weibao ticket amend`; a change of severity is `weibao ticket severity`. As long as it is on a branch of its own, squashing the branch (`git reset --soft BASE`, then one commit) or rewriting it (`git rebase -i BASE`) mends it as well. To see the change: {show}"
        ),
        why=N_(
            "Every clock starts from the header: when the fault was reported, and how grave the customer declared it (requirement 40). A later `reported_at` or a lower `severity` would turn a breach into a promise kept."
        ),
        bad="-reported_at: 2026-11-20T09:12:00+08:00\n+reported_at: 2026-11-20T10:12:00+08:00\n",
        good=(
            " reported_at: 2026-11-20T09:12:00+08:00\n"
            " log:\n"
            '+  - {at: 2026-11-20T15:00:00+08:00, event: amended, by: wang-lei, field: reported_at, value: "2026-11-20T10:12:00+08:00", reason: 登记时看错来电时间}\n'
        ),
        facts=_FACTS,
    ),
    Rule(
        code="L104",
        severity=Severity.ERROR,
        title=N_("Record deleted"),
        message=N_("A record, an attachment or a checkpoint was deleted."),
        help=N_(
            "Bring it back as it was: `git restore --source=COMMIT^ FILE`, where COMMIT deleted it (`COMMIT^2` where a merge left it out). A ticket opened by mistake ends with `weibao ticket cancel`. As long as it is on a branch of its own, squashing the branch (`git reset --soft BASE`, then one commit) or rewriting it (`git rebase -i BASE`) mends it as well. To see the deletion: {show}"
        ),
        why=N_(
            "A deleted ticket is a fault that no figure counts. The processing of every request is on record to its end (requirement 9); even a mistake is closed by a further entry."
        ),
        bad="$ git rm records/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n",
        good="  - {at: 2026-11-20T09:40:00+08:00, event: cancelled, by: wang-lei, reason: 与前一工单重复, duplicate_of: T20261120-2D8VXN}\n",
        facts=_FACTS,
    ),
    Rule(
        code="L105",
        severity=Severity.ERROR,
        title=N_("Record moved"),
        message=N_("A record was moved from “{old}” to “{new}”."),
        help=N_(
            "Move it back: `git mv {new} {old}`. As long as it is on a branch of its own, squashing the branch (`git reset --soft BASE`, then one commit) or rewriting it (`git rebase -i BASE`) mends it as well. To see the move: {show}"
        ),
        why=N_(
            "A record is found by its path, and the history of a file is the history of its path: after a move, git dates all its entries anew. A record filed under a wrong day stays where it landed and is corrected by `amended`."
        ),
        bad="$ git mv records/tickets/2026/11/20/T20261120-7K3Q9M.yaml records/tickets/2026/12/01/T20261120-7K3Q9M.yaml\n",
        good="records/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n",
        facts=_FACTS,
    ),
    Rule(
        code="L106",
        severity=Severity.WARNING,
        title=N_("Lost and put back"),
        message=N_("“{old}” was taken away, and stands again."),
        help=N_(
            "Nothing is missing now, and nothing need be done. The gap stays in the history and is shown. To see it: {show}"
        ),
        why=N_(
            "What was taken away for a time was not there to be read for as long. That it stands again, as it was, mends the record; that it was gone is told, so that nobody has to find out by chance."
        ),
        bad=(
            "$ git log --format=%s --name-status -- records/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n"
            "Add ticket\nA\trecords/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n"
            "Clean up\nD\trecords/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n"
            "Open ticket\nA\trecords/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n"
        ),
        good=(
            "$ git log --format=%s --name-status -- records/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n"
            "Close ticket\nM\trecords/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n"
            "Open ticket\nA\trecords/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n"
        ),
        facts=_FACTS,
    ),
    Rule(
        code="L109",
        severity=Severity.ERROR,
        title=N_("Log of what was seen first altered"),
        message=N_(
            "A commit by {author} altered the log of what the forge saw first: “{old}” now reads “{new}”."
        ),
        dropped=N_(
            "A commit by {author} altered the log of what the forge saw first: “{old}” is gone."
        ),
        help=N_(
            "Compare with a copy that was fetched before ({show}), bring the log back as it was, and protect refs/weibao/* on the forge from everything but its own runs."
        ),
        why=N_(
            "The log is the one clock that no recorder sets: each run of the forge adds lines to the file of its day, and nothing else ever happens to it. Whoever can alter it can make late work look punctual."
        ),
        bad='-{"commit": "9c01…", "ref": "refs/heads/main", "time": "2026-11-20T05:05:10Z", "run": "…/runs/7"}\n+{"commit": "9c01…", "ref": "refs/heads/main", "time": "2026-11-20T02:31:10Z", "run": "…/runs/7"}\n',
        good='+{"commit": "9c01…", "ref": "refs/heads/main", "time": "2026-11-20T05:05:10Z", "run": "…/runs/7"}\n',
        facts=("commit", "author", "old", "new", "show"),
    ),
    Rule(
        code="L107",
        severity=Severity.ERROR,
        title=N_("History rewritten"),
        message=N_(
            "The history was rewritten: commit {commit}, which somebody outside holds, is not in it."
        ),
        help=N_(
            "Ask the provider for the history that goes on from {commit}, and keep your clone: it is the evidence. What it has and this one lacks: {show}"
        ),
        why=N_(
            "A commit's id is a hash over all that came before it, so a history that has been told anew no longer contains it, whatever its dates say. This is why the customer and the auditor note the id of the last commit they have seen: no later history can be honest without it."
        ),
        bad=(
            "$ git merge-base --is-ancestor 4f2a91c HEAD || echo rewritten   # 4f2a91c: in last month's report\n"
            "rewritten\n"
        ),
        good=(
            "$ git merge-base --is-ancestor 4f2a91c HEAD && echo kept   # 4f2a91c: in last month's report\n"
            "kept\n"
        ),
        facts=_FACTS,
    ),
    Rule(
        code="L108",
        severity=Severity.ERROR,
        title=N_("A second root"),
        message=N_(
            "The history begins a second time, in commit {commit} by {author}, dated {time}, and the contract does not declare it."
        ),
        help=N_(
            "If another repository was joined on purpose, declare it in records/contract.yaml under `evidence.roots`, with the commit and the reason. Otherwise find out who merged it. To see the roots: {show}"
        ),
        why=N_(
            "Nothing stands before a root, so nothing limits how early its commits may be dated: a past could be written at leisure and merged in. A repository that really took in another says so, where both sides can read it."
        ),
        bad="$ git rev-list --max-parents=0 HEAD\n4f2a91c\n9c01d7e\n",
        good=(
            "evidence:\n"
            "  roots:\n"
            "    - {commit: 9c01d7e4b0a35f6d2c8e19f7a4b3c2d1e0f9a8b7, reason: 并入原备件库仓库}\n"
        ),
        facts=_FACTS,
    ),
    Rule(
        code="L114",
        severity=Severity.ERROR,
        title=N_("Record copied"),
        message=N_("“{new}” was made as a copy of “{old}”, which was there before."),
        help=N_(
            "Two records of one event count it twice, and the copy's entries are dated anew. Cancel the copy and name the other: `weibao ticket cancel TICKET --duplicate-of OTHER`. To see the copy: {show}"
        ),
        why=N_(
            "A record stands in one place. A copy under another path lets the better of two accounts be shown, or makes one piece of work two. Two faults never share their header and their first steps to the second."
        ),
        bad=(
            "$ cp records/tickets/2026/11/20/T20261120-7K3Q9M.yaml records/tickets/2026/12/01/T20261120-7K3Q9M.yaml\n"
        ),
        good="  - {at: 2026-11-20T15:00:00+08:00, event: reopened, by: wang-lei, reason: 故障复现}\n",
        facts=_FACTS,
    ),
    Rule(
        code="L115",
        severity=Severity.ERROR,
        title=N_("Attachment or checkpoint changed"),
        message=N_("The content of a file was changed: git's object {old} became {new}."),
        help=N_(
            "Bring it back: `git restore --source=COMMIT^ FILE`, where COMMIT changed it. Another photograph or document is another file, and `weibao ticket attach` names it by what it holds. As long as it is on a branch of its own, squashing the branch (`git reset --soft BASE`, then one commit) or rewriting it (`git rebase -i BASE`) mends it as well. To see the change: {show}"
        ),
        why=N_(
            "An attachment is evidence of what was seen, and a checkpoint of what the records were. Each has one content for ever; a second one would leave no trace beside the first."
        ),
        bad="$ git log --format=%s --name-status -- checkpoints/2026-11-20-4f2a91c.json\nTidy up\nM\tcheckpoints/2026-11-20-4f2a91c.json\n",
        good="$ git log --format=%s --name-status -- checkpoints/2026-11-20-4f2a91c.json\nNote a checkpoint\nA\tcheckpoints/2026-11-20-4f2a91c.json\n",
        facts=_FACTS,
    ),
    Rule(
        code="L116",
        severity=Severity.WARNING,
        title=N_("Two committed entries alike"),
        message=N_(
            "Two entries of this record have the same time and event: {at}, “{event}”; the first that landed counts."
        ),
        help=N_(
            "Both stay, for neither may be lost. If both happened, record the second again at its own time, to the second; if the first is wrong, amend it (`weibao ticket amend`)."
        ),
        why=N_(
            "An entry is named by its time and its event. Where two people have recorded one step, or a line was corrected and then put back, both are on record, and the one that everybody could read first is the one that is judged."
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
)

CHECKED_IN = (
    "weibao.history.growth.losses",
    "weibao.history.growth.copies",
    "weibao.rules.record.steps",
    "weibao.history.descent",
    "weibao.history.first_sight.reading",
)
