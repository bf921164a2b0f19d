"""Checkpoints and their time stamps: what was published once still stands (L110–L113)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

ROWS = (
    Rule(
        code="L110",
        severity=Severity.ERROR,
        title=N_("Checkpoint not in the history"),
        message=N_("Commit {commit} of a checkpoint is {fault} of {head}."),
        help=N_(
            "Make sure first that this is the repository the checkpoint came from, and that it is whole and up to date (`git fetch`, then the official branch with `--at`). If it is, the history was rewritten after the checkpoint was made: whoever made it must bring the old history back, and a clone from before has it. Where the commit still is: `git branch --all --contains {commit}`"
        ),
        why=N_(
            "A commit's id stands for all records in it and all history behind it. A checkpoint that someone outside has kept shows that this history was once the official one; where it is gone, records can have been changed without a trace. ISO/IEC 20000-1 (7.5.3) asks that documented information be protected."
        ),
        bad="$ git push --force origin main\n",
        good="$ weibao sync\n",
        facts=("commit", "head", "fault"),
    ),
    Rule(
        code="L111",
        severity=Severity.ERROR,
        title=N_("Checkpoint says otherwise"),
        message=N_("The checkpoint of commit {commit} says {key}: “{old}”; here it is “{new}”."),
        help=N_(
            "Get the checkpoint again from where it was published (`checkpoint.json` of the site), and compare. If that one says the same, two histories claim one commit's id: keep both, and ask whoever runs the repository. To compute it: `weibao checkpoint show --at {commit}`"
        ),
        why=N_(
            "A commit's id settles its files. So a checkpoint whose tree or digest differs was changed after it was made, or the id was forged, against which the SHA-256 over all records is the second lock."
        ),
        bad='"sha256": "0000000000000000000000000000000000000000000000000000000000000000"\n',
        good='"sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"\n',
        facts=("commit", "head", "key", "old", "new"),
    ),
    Rule(
        code="L112",
        severity=Severity.ERROR,
        title=N_("No readable checkpoint"),
        message=N_("The file is no checkpoint: {fault}."),
        help=N_(
            "Get the checkpoint again from where it was published, or out of the history: `git log -- checkpoints`. A checkpoint is kept byte for byte; what follows from it is decided by its bytes."
        ),
        why=N_(
            "What cannot be read cannot be held against the history, and must not pass for something that was. A damaged or missing checkpoint is also how somebody would hide that the history no longer contains it."
        ),
        bad='{"checkpoint": 1, "commit": "4b825dc6\n',
        good=(
            '{"checkpoint": 1, "commit": "8f3c…", "tree": "4b82…", "records": 214, "sha256": "e3b0…"}\n'
        ),
        facts=("fault",),
    ),
    Rule(
        code="L113",
        severity=Severity.ERROR,
        title=N_("Time stamp does not hold"),
        message=N_("The time stamp proves nothing: {fault}."),
        help=N_(
            "Bring stamp, certificates and checkpoint back as they were committed (`git log -- checkpoints`). Where only the root is in question, compare its fingerprint with the one that the authority publishes, and name it under `evidence.timestamp.roots` or give the certificate with `--trust FILE.pem`. Roots found: {root}"
        ),
        why=N_(
            "A time stamp (RFC 3161) is the word of an outside authority that the checkpoint existed by then, whatever clocks the parties set. The certificates kept beside it show only that it is whole; whom to believe is decided by the root that somebody names."
        ),
        bad="evidence: {timestamp: {authority: https://tsa.example/tsr, roots: []}}\n",
        good=(
            "evidence:\n"
            "  timestamp:\n"
            "    authority: https://tsa.example/tsr\n"
            "    chain: checkpoints/authority.pem\n"
            '    roots: ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]\n'
        ),
        facts=("fault", "root"),
    ),
)

CHECKED_IN = (
    "weibao.history.checkpoints.checkpoint",
    "weibao.history.checkpoints.comparison",
    "weibao.history.signatures.stamp",
)
