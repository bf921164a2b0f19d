"""An import: records, mapping and rows in one commit, all or nothing; and what a later file says otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.importing.mapping import mapping_path, rows_path
from weibao.importing.rows import read_rows
from weibao.language import N_
from weibao.model.instant import format_instant
from weibao.model.paths import CONFIGURATION, ROOT
from weibao.refusal import Exit, Refusal, UsageRefusal
from weibao.workspace.moving_in.taken import preview
from weibao.workspace.recording.commit import has_changed, require_committable
from weibao.workspace.recording.new_files import commit_new_files
from weibao.workspace.recording.store import one_writer, plain_path

if TYPE_CHECKING:
    from weibao.importing.rows import ImportRow
    from weibao.workspace.moving_in.taken import ImportPreview, TakenRegister
    from weibao.workspace.recording.clone import Desk

_GRACE = 7 * 24 * 3600
"""How long after now the end lies that is proposed for a register."""


@dataclass(frozen=True, slots=True)
class SinceThen:
    """What of a register is otherwise than when it came in: the numbers of rows, each with its line now or then."""

    changed: tuple[tuple[int, str], ...]
    vanished: tuple[tuple[int, str], ...]
    added: tuple[tuple[int, str], ...]

    @property
    def nothing(self) -> bool:
        """Whether it is the register that came in."""
        return not (self.changed or self.vanished or self.added)


def since_then(desk: Desk, taken: TakenRegister) -> SinceThen | None:
    """What a register says otherwise than when it came in; None where it has not come in."""
    file = plain_path(desk.root, rows_path(taken.mapping.name))
    if not file.exists():
        return None
    raw = file.read_bytes()
    if raw == taken.rows_raw:
        return SinceThen((), (), ())
    before = _by_number(read_rows(taken.mapping.name, raw, taken.mapping.columns), taken)
    now = _by_number(taken.rows, taken)
    return SinceThen(
        tuple(
            (rows[0].number, number)
            for number, rows in now.items()
            if number in before and _said(rows) != _said(before[number])
        ),
        tuple((rows[0].number, number) for number, rows in before.items() if number not in now),
        tuple((rows[0].number, number) for number, rows in now.items() if number not in before),
    )


def _by_number(rows: tuple[ImportRow, ...], taken: TakenRegister) -> dict[str, list[ImportRow]]:
    found: dict[str, list[ImportRow]] = {}
    for row in rows:
        found.setdefault(row.cells[taken.mapping.number], []).append(row)
    return found


def _said(rows: list[ImportRow]) -> list[dict[str, str]]:
    return [dict(row.cells) for row in rows]


def require_named(desk: Desk, taken: TakenRegister) -> None:
    """Refuse a register that the contract does not name as it is, or whose end has passed.

    Raises:
        Refusal: it says which lines the contract lacks.
    """
    policy, name = desk.records.contract.evidence, taken.mapping.name
    named = policy.imports.get(name)
    if named is None:
        until = format_instant(desk.now + _GRACE, desk.records.contract.zone)
        raise UsageRefusal(
            N_("The contract does not name the register “{name}”."),
            mend=N_(
                "Put these lines in records/contract.yaml and commit it before the import. They count as agreed "
                "before the first record of all, or once the customer has approved the contract (weibao "
                "agreement approve); until then the records are judged as recorded late.\n"
                "evidence:\n"
                "  since: {since}\n"
                "  imports:\n"
                "    - {{id: {name}, source_sha256: {source}, mapping_sha256: {mapping}, until: {until}}}"
            ),
            name=name,
            since=format_instant(policy.since or desk.now, desk.records.contract.zone),
            source=taken.source_sha256,
            mapping=taken.mapping_sha256,
            until=until,
        )
    for file, told, found in (
        (N_("the file"), named.source_sha256, taken.source_sha256),
        (mapping_path(name), named.mapping_sha256, taken.mapping_sha256),
    ):
        if told != found:
            raise UsageRefusal(
                N_("The contract names another SHA-256 of {file}: {told}, and it is {found}."),
                mend=N_(
                    "Give the file to which the customer agreed; or have the new digest approved."
                ),
                file=file,
                told=told,
                found=found,
            )
    if desk.now > named.until:
        raise UsageRefusal(
            N_("The register “{name}” had to come in by {until}."),
            mend=N_("Have a later end approved by the customer (evidence.imports, until)."),
            name=name,
            until=format_instant(named.until, desk.records.contract.zone),
        )


def run_import(desk: Desk, taken: TakenRegister, message: str) -> tuple[ImportPreview, str]:
    """Commit the records of a register with its mapping and its rows; what came in, and the commit.

    Raises:
        Refusal: it has come in, nothing of it can, or git or the disk did not allow it: nothing is written then.
    """
    name = taken.mapping.name
    with one_writer(desk.git_dir):
        require_committable(desk.root)
        if plain_path(desk.root, rows_path(name)).exists():
            raise Refusal(
                N_("The import “{name}” is there already."),
                mend=N_(
                    "Another file comes in under another name: copy its mapping to imports/OTHER.yaml."
                ),
                exit_code=Exit.USAGE,
                name=name,
            )
        _require_committed(desk)
        found = preview(desk, taken)
        if not found.rows.accepted:
            raise Refusal(
                N_("No row can come in."),
                mend=N_("See why: weibao import preview"),
                exit_code=Exit.FINDINGS,
            )
        contents = {
            mapping_path(name): taken.mapping_raw,
            rows_path(name): taken.rows_raw,
            **{row.path: row.text for row in found.rows.accepted},
        }
        return found, commit_new_files(desk.root, desk.git_dir, contents, message)


def _require_committed(desk: Desk) -> None:
    """Refuse while the configuration is edited: the records are worked out again by what is committed with them."""
    edited = [
        path
        for path in (f"{ROOT}{kind}.yaml" for kind in CONFIGURATION)
        if has_changed(desk.root, path)
    ]
    if edited:
        raise Refusal(
            N_("{paths} is edited and not committed."),
            mend=N_("Commit it first: git add records && git commit"),
            exit_code=Exit.USAGE,
            paths=tuple(edited),
        )
