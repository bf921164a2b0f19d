"""Reading: history against ``git log``, YAML against PyYAML, schemas against jsonschema."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from benchmarks.commands import git_log, git_log_of_merges, git_reading
from benchmarks.race import Subject
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.paths import kind_of
from weibao.model.schema.files import KINDS, schema_named
from weibao.model.schema.validation import accepts
from weibao.model.yaml.parsers import PurePythonParser, preferred_parser
from weibao.model.yaml.strict import read_yaml
from weibao.report.opening import book_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from weibao.report.book import Book


def history_subjects(folder: Path, as_of: int) -> Sequence[Subject]:
    """The whole history: by plain git, as a snapshot, and judged as a Book."""
    snapshot = read_snapshot(Git(folder))
    return (
        git_log(folder),
        Subject(
            "`read_snapshot`: every version of every record", lambda: read_snapshot(Git(folder))
        ),
        Subject("`book_of`: proven, judged, checked", lambda: book_of(snapshot, as_of).findings),
    )


def evidence_subjects(folder: Path, as_of: int) -> Sequence[Subject]:
    """What the rules of evidence take, each from a Book of which nothing has been worked out yet."""
    snapshot = read_snapshot(Git(folder))

    def fresh() -> Book:
        return book_of(snapshot, as_of)

    return (
        git_reading(folder, git_log_of_merges(folder)),
        Subject("read: every version of every record", lambda: read_snapshot(Git(folder))),
        Subject("nothing is lost: every edge of the history", lambda: fresh().checks),
        Subject("witnessed, dated and graded: every entry", lambda: [*fresh().proofs.values()]),
        Subject("judged: every promise, in three readings", lambda: fresh().verdicts),
        Subject("every finding", lambda: fresh().findings),
    )


def record_files(folder: Path) -> Mapping[str, bytes]:
    """The records of the commit checked out, by path."""
    return {
        path: raw
        for path, raw in read_snapshot(Git(folder)).files.items()
        if path.endswith(".yaml") and kind_of(path)
    }


def yaml_subjects(files: Mapping[str, bytes]) -> Sequence[Subject]:
    """The same files by PyYAML's own loaders, which check nothing, and by the strict reader."""
    return (
        Subject("`yaml.load(CSafeLoader)`", partial(_load_all, files, yaml.CSafeLoader)),
        Subject("`yaml.safe_load`", partial(_load_all, files, yaml.SafeLoader)),
        Subject("strict reader on libyaml", partial(_read_all, files, preferred_parser())),
        Subject("strict reader, pure Python", partial(_read_all, files, PurePythonParser)),
    )


def schema_subjects(files: Mapping[str, bytes]) -> Sequence[Subject]:
    """The same documents judged by both validators, with the same schemas."""
    documents = [(kind_of(path), read_yaml(path, raw)[0]) for path, raw in files.items()]
    values = [(kind, one.data) for kind, one in documents if kind and one]
    common = Resource.from_contents(schema_named("common"))
    registry: Registry[Any] = Registry().with_resource("common.schema.json", common)
    slow = {kind: Draft202012Validator(schema_named(kind), registry=registry) for kind in KINDS}
    return (
        Subject("jsonschema-rs", lambda: [accepts(kind, data) for kind, data in values]),
        Subject("jsonschema", lambda: [slow[kind].is_valid(data) for kind, data in values]),
    )


def _load_all(files: Mapping[str, bytes], loader: Any) -> None:
    for raw in files.values():
        yaml.load(raw, Loader=loader)  # noqa: S506 - both are safe loaders


def _read_all(files: Mapping[str, bytes], parser: Any) -> None:
    for path, raw in files.items():
        read_yaml(path, raw, parser)
