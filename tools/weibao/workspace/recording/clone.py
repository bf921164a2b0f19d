"""The desk: a clone to write in, with its configuration as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Unsound
from weibao.model.ids import FOLDERS
from weibao.model.load import reading_findings, record_files, records_among
from weibao.model.paths import CONFIGURATION
from weibao.model.times.when import TimeAndPlace
from weibao.rules.locate import located
from weibao.workspace.recording.commit import own_settings, require_settled, switched_on
from weibao.workspace.recording.filed import filed_ids
from weibao.workspace.recording.store import plain_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from weibao.model.instant import Instant
    from weibao.model.records import Records


@dataclass(frozen=True)
class Desk:
    """A clone to write in: its folders, its configuration as it stands, and the time now.

    Of tickets, inspections and shifts it knows the ids alone, from the names of their files. ``with_edits``:
    configuration that is edited and not committed goes along with what is committed.
    """

    root: Path
    git_dir: Path
    records: Records
    ticket_ids: frozenset[str]
    inspection_ids: frozenset[str]
    shift_ids: frozenset[str]
    now: Instant
    with_edits: bool = False

    @cached_property
    def settings(self) -> Mapping[str, str]:
        """Every setting that git had for the clone when it was first asked for one."""
        return own_settings(self.root)

    @property
    def sends_by_itself(self) -> bool:
        """Whether the clone is set to send each step as it is recorded: ``git config weibao.push``."""
        return "weibao.push" in self.settings and switched_on(self.root, "weibao.push")

    @property
    def here(self) -> TimeAndPlace:
        """When and where it is, by which a time that somebody says has its meaning."""
        contract = self.records.contract
        return TimeAndPlace(self.now, contract.zone, contract.evidence.clock_skew)


def open_desk(root: Path, git_dir: Path, now: Instant, *, with_edits: bool = False) -> Desk:
    """The desk of a clone.

    Raises:
        Refusal: there is no ``records`` folder; or it cannot be read while a merge is half done.
        Unsound: the contract, the staff or the assets cannot be read.
    """
    files = {}
    for name in CONFIGURATION:
        path = plain_path(root, f"records/{name}.yaml")
        if path.is_file():
            files[f"records/{name}.yaml"] = path.read_bytes()
    if not files:
        from weibao.history.snapshot import no_records

        raise no_records(root)
    filed = record_files(files, {})
    records = records_among(filed, files, {})
    if records is None:
        require_settled(root)
        raise Unsound(
            N_("The records of this clone cannot be judged; nothing was written."),
            located(reading_findings(filed, files, {}), files),
            mend=N_("Mend the files, and see what is left with weibao check."),
        )
    tickets, inspections, shifts = (
        frozenset(filed_ids(str(root), FOLDERS[letter])) for letter in "TIS"
    )
    return Desk(root, git_dir, records, tickets, inspections, shifts, now, with_edits)
