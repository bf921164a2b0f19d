"""A change of the configuration: made in the text, judged as ``weibao check`` would, then committed.

What is judged is what is committed: the change is refused where a file has other edits that are not
committed, unless these are to go along, and where the file is another by the time it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.history.growth.grown import NOTHING
from weibao.history.snapshot import working_files
from weibao.language import N_
from weibao.model.finding import Unsound
from weibao.model.paths import CONFIGURATION
from weibao.model.splice import spliced_all
from weibao.model.yaml.strict import read_yaml
from weibao.refusal import Exit, Refusal
from weibao.rules.catalogue import RULES, Severity
from weibao.rules.merged import findings_brought
from weibao.workspace.recording.commit import require_committable
from weibao.workspace.recording.edited import taken_along
from weibao.workspace.recording.new_files import commit_new_files
from weibao.workspace.recording.recording import stored_bytes
from weibao.workspace.recording.store import one_writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.history.git.reader import Git
    from weibao.model.finding import Finding
    from weibao.model.yaml.document import Keys
    from weibao.workspace.recording.clone import Desk

ALL = tuple(f"records/{name}.yaml" for name in CONFIGURATION)


@dataclass(frozen=True, slots=True)
class DraftedChange:
    """Files ``before`` and ``after``, by path, what the change is called in its commit, and what it gives cause to see to."""

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    message: str
    warnings: tuple[Finding, ...]

    @property
    def changed(self) -> tuple[str, ...]:
        """The paths of the files that will be others."""
        return tuple(path for path, raw in self.after.items() if raw != self.before[path])


def configuration_at(desk: Desk, path: str) -> Any:
    """The values of a file of the configuration as it stands; raises ``Unsound`` where it is damaged."""
    document, findings = read_yaml(path, stored_bytes(desk, path))
    if document is None:
        raise _wrong(findings)
    return document.data


def drafted(
    desk: Desk, git: Git, puts: Mapping[str, Iterable[tuple[Keys, Any]]], message: str
) -> DraftedChange:
    """The change that puts values under keys of files, by path; nothing is written yet.

    Raises:
        Unsound: something would be wrong then that is not wrong now.
        Refusal: the text does not let itself be changed so.
    """
    taken_along(desk, ALL)
    before = {path: stored_bytes(desk, path) for path in puts}
    after = {path: _with(path, before[path], values) for path, values in puts.items()}
    files, modes = working_files(git, ALL.__contains__)
    changed = {**files, **after}
    found = findings_brought((files, modes), (changed, modes), set(puts), desk.now, NOTHING, files)
    errors = tuple(finding for finding in found if RULES[finding.code].severity is Severity.ERROR)
    if errors:
        raise _wrong(errors)
    return DraftedChange(before, after, message, found)


def _with(path: str, before: bytes, puts: Iterable[tuple[Keys, Any]]) -> bytes:
    _, findings = read_yaml(path, before)
    if findings:
        raise _wrong(findings)
    return spliced_all(path, before.decode(), tuple(puts)).encode()


def _wrong(findings: tuple[Finding, ...]) -> Unsound:
    return Unsound(
        N_("The configuration would be wrong; nothing was written."),
        findings,
        exit_code=Exit.FINDINGS,
    )


def commit_change(desk: Desk, change: DraftedChange) -> str:
    """Write and commit a change, with the edits that go along; the commit's id.

    Raises:
        Refusal: the file has been changed since it was read, or git or the disk did not allow it; then
            all is as it was.
    """
    with one_writer(desk.git_dir):
        require_committable(desk.root)
        along = taken_along(desk, ALL)
        for path, raw in change.before.items():
            if stored_bytes(desk, path) != raw:
                raise Refusal(
                    N_("{path} was changed in the meantime; nothing was written."),
                    mend=N_("Give the command again: it begins from the file as it is now."),
                    path=path,
                )
        contents = {path: stored_bytes(desk, path) for path in along}
        contents |= {path: change.after[path] for path in change.changed}
        return commit_new_files(desk.root, desk.git_dir, contents, change.message)
