"""Old registers worked out again: what a row does not give, what was exchanged, what cannot be told, what was left out (E135–E139)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.shell_words import shell_word
from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="E135",
        severity=Severity.ERROR,
        title=N_("Not what its row gives"),
        message=N_(
            "The header says that this is number {number} of the old register “{register}”; worked out again from imports/{register}.yaml and imports/{register}.csv as commit {commit} holds them, that is another record, or none."
        ),
        help=N_(
            "See what the row gives: `weibao import verify`. Was it changed after the import, put back what came in: `{mend}`. Was it written by hand, it began here: its header names no register."
        ),
        why=N_(
            "What an old register says is believed as it is claimed, because anybody can work it out again from its rows. A line that no row gives is nobody's but its writer's: it is judged at its evidence."
        ),
        bad=(
            "  - {at: 2026-11-01T09:20:00+08:00, event: acknowledged, by: qin-feng}\n"
            "# imports/wx.csv: 响应时间 2026-11-01 10:20:00\n"
        ),
        good=(
            "  - {at: 2026-11-01T10:20:00+08:00, event: acknowledged, by: qin-feng}\n"
            "# imports/wx.csv: 响应时间 2026-11-01 10:20:00\n"
        ),
        facts=("register", "number", "commit", "mend"),
    ),
    Rule(
        code="E136",
        severity=Severity.ERROR,
        title=N_("Exchanged after the import"),
        message=N_(
            "It is another file than the one by which commit {commit} brought the records of “{register}” in."
        ),
        help=N_(
            "Put back the file of the import: `{mend}`. A register that is to be read otherwise comes in under a name of its own."
        ),
        why=N_(
            "The mapping says what of the old register counts for what here, and the customer agreed to it by its digest. With another one, or with other rows, other records would have come in."
        ),
        bad="$ git log --oneline -- imports/wx.yaml\n9c01d7e Count 三级 for level 4\n4f2a91c Import wx\n",
        good="$ git log --oneline -- imports/wx.yaml\n4f2a91c Import wx\n",
        facts=("register", "commit", "mend"),
    ),
    Rule(
        code="E137",
        severity=Severity.WARNING,
        title=N_("Cannot be worked out again"),
        message=N_(
            "Commit {commit} brought {records} records of the old register “{register}” in without {lacking}: nobody can work out here whether they are what it says."
        ),
        help=N_(
            "There is nothing to mend in the records. Whoever has the register's file and the mapping can compare their digests with the contract's: `sha256sum FILE`. `weibao import run` brings both in with the records."
        ),
        why=N_(
            "A register is believed as it is claimed. Without the mapping and the rows that rests on the digests in the contract alone, and on whoever keeps the file."
        ),
        bad="$ git show --stat\n records/tickets/2026/11/01/T20261101-5DA5P4.yaml\n",
        good="$ git show --stat\n imports/wx.csv\n imports/wx.yaml\n records/tickets/2026/11/01/T20261101-5DA5P4.yaml\n",
        facts=("register", "commit", "records", "lacking"),
    ),
    Rule(
        code="E138",
        severity=Severity.ERROR,
        title=N_("By another mapping than was agreed"),
        message=N_(
            "Commit {commit} brought the records of the old register “{register}” in by a mapping whose SHA-256 begins with {found}; the contract names {agreed}."
        ),
        help=N_(
            "See the mapping of the import: `{show}`. If it is the one that the customer agreed to, its digest belongs in `evidence.imports`, which they approve (`weibao agreement approve`); if not, the register comes in under another name, by the mapping that was agreed."
        ),
        why=N_(
            "By the digest of the mapping the customer agreed to what of the register counts for what here: which word is which level, which column is the arrival. By another mapping other promises were kept."
        ),
        bad="   mapping_sha256: 4f2a91c…   # git show 7be0c44:imports/wx.yaml | sha256sum: 9c01d7e…\n",
        good="   mapping_sha256: 9c01d7e…   # git show 7be0c44:imports/wx.yaml | sha256sum: 9c01d7e…\n",
        facts=("register", "commit", "agreed", "found", "show"),
    ),
    Rule(
        code="E139",
        severity=Severity.WARNING,
        title=N_("Rows of a register were left out"),
        message=N_(
            "Of the rows of imports/{register}.csv that give a record by imports/{register}.yaml, {rows} brought none in with commit {commit}: {numbers}."
        ),
        help=N_(
            "`weibao import preview imports/{register}.yaml FILE --format json` says of each row why it does not come in. If that names no reason, the record was taken out of the import: it comes in by a mapping of another name, from a file with these rows alone."
        ),
        why=N_(
            "A register counts for what it says as a whole. Of one out of which the missed promises were picked, every record is what its row gives, and the figures are not."
        ),
        bad="$ weibao import verify\n! wx  11 records are what their rows give\n    1 row gives a record, and none came in: WX2026111601\n",
        good="$ weibao import verify\n✓ wx  12 records are what their rows give\n",
        facts=("register", "commit", "rows", "numbers"),
    ),
)
_SHOWN = 8
"""How many numbers of rows a finding names."""


def check_registers(facts: BookFacts) -> Iterator[Finding]:
    """Records that no row gives, files that were exchanged, registers that cannot be worked out again."""
    if not facts.registers:
        return
    from weibao.importing.mapping import mapping_path, rows_path  # few contracts have any

    for register in facts.registers:
        commit = register.commits[-1]
        about = {"register": register.name, "commit": commit[:12]}
        for record in register.unlike:
            place = Place(record.path, keys=("imported", "import"))
            mend = f"git checkout {commit[:12]} -- {shell_word(record.path)}"
            number = record.imported.number
            yield Finding("E135", place, record.record, {**about, "number": number, "mend": mend})
        for path in register.exchanged:
            mend = f"git checkout {commit[:12]} -- {shell_word(path)}"
            yield Finding("E136", Place(path), "", {**about, "mend": mend})
        if register.by_another_mapping:
            path = mapping_path(register.name)
            digests = {
                "agreed": register.agreed_sha256[:12],
                "found": register.mapping_sha256[:12],
                "show": f"git show {commit[:12]}:{path}",
            }
            yield Finding("E138", Place(path), "", {**about, **digests})
        if register.omitted:
            numbers = register.omitted[:_SHOWN]
            more = ("…",) if len(register.omitted) > _SHOWN else ()
            shown = {**about, "rows": len(register.omitted), "numbers": (*numbers, *more)}
            yield Finding("E139", Place(rows_path(register.name)), "", shown)
        if register.lacking:
            shown = {**about, "records": register.untold, "lacking": register.lacking}
            yield Finding("E137", Place(mapping_path(register.name)), "", shown)
