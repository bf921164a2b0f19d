"""The configuration's workbook as a file: read whole, or put down whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.workspace.papers.filing import file_paper, given_bytes
from weibao.workspace.setup.workbook.configured import FILES
from weibao.workspace.setup.workbook.filled_workbook import filled_workbook
from weibao.workspace.setup.workbook.sheet_forms import COMMIT
from weibao.workspace.tables.table_file import read_table_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from weibao.history.git.reader import Git
    from weibao.language import Language
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.setup.workbook.filled_workbook import FilledWorkbook

_SUFFIX = ".xlsx"


def read_workbook(path: Path) -> FilledWorkbook:
    """What a workbook says; raises ``UsageRefusal`` where it is none."""
    _require_suffix(path)
    return filled_workbook(read_table_file(_SUFFIX, given_bytes(path)))


def put_workbook(
    path: Path, words: Language, rows: Mapping[str, list[dict[str, Any]]], *, replacing: bool
) -> None:
    """Write a workbook in a language, with the rows of its sheets."""
    from weibao.workspace.setup.workbook.written_workbook import written_workbook

    _require_suffix(path)
    file_paper(path, written_workbook(words, rows), replacing=replacing)


def configuration_values(desk: Desk) -> dict[str, dict[str, Any]]:
    """The values of records/*.yaml as they stand, by the name of the file; raises ``Unsound`` where one is damaged."""
    from weibao.workspace.recording.configuring import configuration_at

    return {name: configuration_at(desk, f"records/{name}.yaml") for name in FILES}


def values_written(git: Git, workbook: FilledWorkbook) -> dict[str, dict[str, Any]] | None:
    """The values that a workbook was written out of, by the name of the file; None of one that was filled in from nothing.

    Raises:
        UsageRefusal: it is of a commit that is not here, of another contract it may be.
    """
    from weibao.model.yaml.strict import read_yaml

    commit = workbook.contract.said(COMMIT)
    if not commit:
        return None
    paths = {name: f"records/{name}.yaml" for name in FILES}
    files = git.files_of(commit, paths.values()) if git.commit_of(commit) else {}
    documents = {name: read_yaml(path, files.get(path, b""))[0] for name, path in paths.items()}
    values = {name: document.data for name, document in documents.items() if document is not None}
    if not files or values.keys() != documents.keys():
        raise UsageRefusal(
            N_("The workbook was written out of commit {commit}, which is not here."),
            mend=N_(
                "If it is this contract's, git fetch brings it; else write a new workbook (weibao config export) and edit that."
            ),
            commit=commit[:12],
        )
    return values


def _require_suffix(path: Path) -> None:
    if path.suffix.lower() != _SUFFIX:
        raise UsageRefusal(
            N_("A workbook is an XLSX file, and “{path}” is none."),
            mend=N_("Name it so: {example}"),
            path=path,
            example="contract.xlsx",
        )
