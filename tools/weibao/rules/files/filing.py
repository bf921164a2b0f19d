"""Files: where a record is filed, as what, how its log is laid out, and under one id (R3xx, X210)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.ids import RECORD_ID
from weibao.model.paths import kind_of
from weibao.model.signers import check_key_files
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="R301",
        severity=Severity.ERROR,
        title=N_("Filed in the wrong place"),
        message=N_("The record's id and its place do not agree; expected: “{expected}”."),
        help=N_(
            "Before it lands, make the two agree: move the file with `git mv`, or correct the id."
        ),
        why=N_(
            "The path follows from the id, so that anyone finds a record without an index, and no id can stand for two files. Filing by day also keeps git fast: it compares one small folder per commit."
        ),
        bad="records/tickets/2026/11/T20261120-7K3Q9M.yaml\n",
        good="records/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n",
        facts=("expected",),
    ),
    Rule(
        code="R302",
        severity=Severity.ERROR,
        title=N_("Stray file under records/"),
        message=N_("“{found}” is no record, and lies where only records may lie."),
        help=N_(
            "Give it the name and place that are expected here ({expected}), move it out of records/, or delete it if it has never landed."
        ),
        why=N_(
            "Every file under records/ is read and judged. One named `x.yml` or `X.YAML` would look like a record to a person and be passed over by the tools: a ticket that nobody counts."
        ),
        bad="records/tickets/2026/11/20/T20261120-7K3Q9M.yml\n",
        good="records/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n",
        facts=("found", "expected"),
    ),
    Rule(
        code="R303",
        severity=Severity.ERROR,
        title=N_("Not an ordinary file"),
        message=N_("The path is not an ordinary file: its mode is “{mode}”."),
        help=N_(
            "Put the file itself in place of a link or a submodule; take an executable bit off with `git update-index --chmod=-x FILE`."
        ),
        why=N_(
            "A symbolic link can make a check read a file outside the repository (CWE-59), and a submodule keeps its content and history elsewhere, where no commit of this repository proves anything. Records are never programs."
        ),
        bad="$ git ls-files -s records/staff.yaml\n120000 5e1c309dae7f45e0f39b1bf3ac3cd9db12e7d689 0\trecords/staff.yaml\n",
        good="$ git ls-files -s records/staff.yaml\n100644 5e1c309dae7f45e0f39b1bf3ac3cd9db12e7d689 0\trecords/staff.yaml\n",
        facts=("mode", "expected"),
    ),
    Rule(
        code="R304",
        severity=Severity.ERROR,
        title=N_("Hazardous file name"),
        message=N_("The file's name cannot be kept on every system: {problem}."),
        help=N_(
            "Rename the file before it lands. Records are named by their id, attachments by their SHA-256."
        ),
        why=N_(
            "The repository is cloned on Windows, macOS and Linux. Names that differ only in case, that Windows reserves (CON, NUL, AUX …), that end in a dot or a space, or that are very long cannot be checked out everywhere, and a clone without all files can be judged by nobody."
        ),
        bad="records/attachments/3f/aux.jpg\n",
        good="records/attachments/12/12499852c82c839427b08b15d8219c6143aac9cb19616853701c79a3def495bd.png\n",
        facts=("problem",),
    ),
    Rule(
        code="R305",
        severity=Severity.ERROR,
        title=N_("Entry not on one line"),
        message=N_("An entry of the log does not stand on one line of its own."),
        help=N_(
            "Write it as one line: two spaces, a dash, and the keys in braces. Line breaks in a note become \\n within double quotes; `weibao ticket` writes it so by itself."
        ),
        why=N_(
            "One line is one entry: `git blame` then names, for every step, the commit that recorded it, and git's union merge keeps the steps of two people whole. Entries of several lines are woven into one broken entry by the same merge."
        ),
        bad=("log:\n  - at: 2026-11-20T09:15:00+08:00\n    event: opened\n    by: wang-lei\n"),
        good="log:\n  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n",
        facts=("found",),
    ),
    Rule(
        code="R306",
        severity=Severity.ERROR,
        title=N_("Log is not the last key"),
        message=N_("The key “{key}” stands after the log, which must be the last key of the file."),
        help=N_("Before it lands, move the key above `log:`."),
        why=N_(
            "A record only grows at its end. With the log last, adding a step never touches another line, and plain git shows that nothing else was touched: zero in the deletions column of `git log --numstat`."
        ),
        bad="log:\n  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\nassets: [core-sw-01]\n",
        good="assets: [core-sw-01]\nlog:\n  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n",
        facts=("key",),
    ),
    Rule(
        code="R308",
        severity=Severity.ERROR,
        title=N_("Configuration file missing"),
        message=N_("The repository has no such file, and nothing can be judged without it."),
        help=N_(
            "Bring it back with `git restore --source=COMMIT FILE` from a commit that had it, or write it; the handbook shows each file."
        ),
        why=N_(
            "Contract, staff, rota, assets, plan and spares say what the tickets refer to and what was promised. A verdict without the contract would be a guess."
        ),
        bad="$ ls records\nassets.yaml  duty.yaml  plan.yaml  spares.yaml  staff.yaml  tickets\n",
        good="$ ls records\nassets.yaml  contract.yaml  duty.yaml  plan.yaml  spares.yaml  staff.yaml  tickets\n",
        facts=("kind",),
    ),
    Rule(
        code="R309",
        severity=Severity.WARNING,
        title=N_("Schema copy differs"),
        message=N_("The repository's copy of the schema differs from the one that judges."),
        help=N_(
            "Copy the schemas of the installed version over those in schemas/, or install the version of Weibao that they belong to."
        ),
        why=N_(
            "Commands judge by the schemas that the package carries, so that a pull request cannot loosen its own check. The copy serves editors; where it differs, an editor accepts what the check refuses."
        ),
        bad="$ git log -1 --format=%s -- schemas/ticket.schema.json\nAllow any pause reason\n",
        good="$ git log -1 --format=%s -- schemas/ticket.schema.json\nTake the schemas of Weibao 0.1.0\n",
    ),
    Rule(
        code="R310",
        severity=Severity.ERROR,
        title=N_("Line that allows no signer"),
        message=N_("“{found}” names no key whose signatures could count."),
        help=N_(
            'Write one signer a line: the address that the commits bear, then perhaps `valid-after="20260101",valid-before="20270101"`, then the public key as in id_ed25519.pub. Keys under an authority (cert-authority) are not read.'
        ),
        why=N_(
            "Whose signatures count is what this file says, in the form of OpenSSH, which git reads as well. A line that cannot be read would silently take somebody's signatures away."
        ),
        bad="li.qiang@provider.example ssh-ed25519\n",
        good="li.qiang@provider.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0e2gWbPdYq0mF1k2p8dFz5b6nX0mYkq1o9VQm3kZ0f\n",
        facts=("found",),
    ),
    Rule(
        code="R311",
        severity=Severity.ERROR,
        title=N_("No public key"),
        message=N_("The file does not hold a public OpenPGP key, and nothing but that."),
        help=N_(
            "Export it with `gpg --armor --export ADDRESS`. If a private key was committed, it is known to whoever has a clone: revoke it and make a new one."
        ),
        why=N_(
            "Under records/keys/ lies, for each person who signs with OpenPGP, the public key by which anybody can verify it. A private key there would let anybody sign in that person's name."
        ),
        bad="-----BEGIN PGP PRIVATE KEY BLOCK-----\n",
        good="-----BEGIN PGP PUBLIC KEY BLOCK-----\n",
    ),
    Rule(
        code="R312",
        severity=Severity.ERROR,
        title=N_("Log in another form"),
        message=N_("“{found}” is no line that a log begins with or consists of."),
        help=N_(
            "The log begins with the line `log:`, at the margin and without quotes, and then has only entries to the end of the file, each one line: two spaces, a dash, and the keys in braces. Comments and empty lines belong above it."
        ),
        why=N_(
            "What a log holds is read in one way only, by the reader of old versions and by the one that judges. A second spelling that only one of them understood would make entries that no commit dates."
        ),
        bad='"log":\n  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n',
        good="log:\n  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n",
        facts=("found",),
    ),
    Rule(
        code="R313",
        severity=Severity.WARNING,
        title=N_("Line twice in one log"),
        message=N_("“{found}” stands in this log already; it is read once."),
        help=N_("Take the second line out; nothing is lost by it."),
        why=N_(
            "Git's union merge writes a line twice where both sides have added it at different places. It is one entry: it happened once, and counts once."
        ),
        bad=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
        ),
        good="  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n",
        facts=("found",),
    ),
    Rule(
        code="R316",
        severity=Severity.ERROR,
        title=N_("Only the layout changed"),
        message=N_("Only the layout of the file changed; it says what was committed."),
        help=N_(
            "Take the change back: `git checkout HEAD -- {file}`. Then turn formatting on save off for records/, and let the editor write UTF-8 without a byte order mark and LF line ends."
        ),
        why=N_(
            "Line ends, a mark at the beginning, entries spread over several lines: an editor or a formatter has written the file anew. Every entry would be another line, so that git dates all of them by this commit and no longer shows what was added."
        ),
        bad="-  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n+  - { at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei }\n",
        good="  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n",
        facts=("file",),
    ),
    Rule(
        code="R317",
        severity=Severity.NOTE,
        title=N_("Left behind by a system or an editor"),
        message=N_("An operating system or an editor has left this file, and it was committed."),
        help=N_(
            "Take it out of git: `git rm --cached -- {file}`. A line for it in .gitignore keeps it out."
        ),
        why=N_(
            "Files such as .DS_Store, Thumbs.db, ~$x.xlsx or ._x come into being by looking at a folder. They are no records and nothing is judged by them, but whoever reads the history has to wonder what they are."
        ),
        bad="records/attachments/.DS_Store\n",
        good="$ git check-ignore records/attachments/.DS_Store\nrecords/attachments/.DS_Store\n",
        facts=("file",),
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
)

CHECKED_IN = (
    "weibao.rules.causes",
    "weibao.model.paths",
    "weibao.model.load",
    "weibao.model.signers",
)


def check_ids(facts: FileFacts) -> Iterator[Finding]:
    """Records filed a second time under one id, in the folder of another day."""
    filed: dict[str, list[str]] = {}
    for path in facts.names:
        filed.setdefault(path.rpartition("/")[2].removesuffix(".yaml"), []).append(path)
    for record, paths in filed.items():
        if len(paths) > 1 and RECORD_ID.fullmatch(record):
            first, *others = sorted(paths, key=lambda path: (kind_of(path) is None, path))
            yield from (Finding("X210", Place(path), record, {"other": first}) for path in others)


def check_keys(facts: FileFacts) -> Iterator[Finding]:
    """Lines of allowed_signers and files of keys that let nobody sign."""
    return check_key_files(facts.files, facts.records.contract.zone)
