"""From files to typed records: the one way in, for a commit as for a working tree.

A file that is not a valid record is told in findings and is nowhere else: never half of it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from weibao.model.amendments import corrected, every
from weibao.model.assets import read_assets
from weibao.model.contract import read_contract
from weibao.model.entry import Entry
from weibao.model.finding import Finding, Place
from weibao.model.imported import precision_in
from weibao.model.instant import parse_instant
from weibao.model.on_demand import OnDemand
from weibao.model.paths import (
    CONFIGURATION,
    PLAIN_FILE,
    REQUIRED,
    ROOT,
    filing_findings,
    is_left_behind,
    kind_of,
    may_be_filed,
    stem_of,
)
from weibao.model.records import RecordFile, Records
from weibao.model.schema.files import COPIED, schema_bytes
from weibao.model.schema.validation import judge_document
from weibao.model.staff import read_staff
from weibao.model.ticket import read_ticket
from weibao.model.versions import divided
from weibao.model.yaml.log_lines import COLUMN
from weibao.model.yaml.strict import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from weibao.model.closing import MonthClose
    from weibao.model.duty import Duty
    from weibao.model.inspection import Inspection
    from weibao.model.plan import Plan
    from weibao.model.shift import Shift
    from weibao.model.spares import Spares
    from weibao.model.ticket import Ticket
    from weibao.model.versions import Version
    from weibao.model.yaml.document import Document, Span

_NAMED_BY = {"ticket": "id", "inspection": "id", "shift": "id", "report": "period"}
_SHARED_KEYS = frozenset({"at", "event", "by", "note", "precision", "internal"})
_ENTRY_LINE = re.compile(r"  - \{.*\}")


@lru_cache(maxsize=4)  # the contract is read for its language before it is read with the rest
def read_record(path: str, raw: bytes) -> RecordFile:
    """Read and judge one file alone; raises ``ValueError`` for a path that holds no record."""
    kind = kind_of(path)
    if kind is None:
        raise ValueError(path)
    document, findings = read_yaml(path, raw)
    if document is None:
        return RecordFile(path, kind, None, None, findings)
    findings = judge_document(kind, document)
    version = divided(raw)
    if not findings:
        findings = (*_log_form(document, version), *_own_place(kind, document))
    if findings:
        return RecordFile(path, kind, document, None, findings)
    if version.repeats:
        document, findings = _read_once(document, version.repeats)
    return RecordFile(path, kind, document, _TYPED[kind](document), findings)


def load_records(
    files: Mapping[str, bytes], modes: Mapping[str, str] | None = None
) -> tuple[Records | None, tuple[Finding, ...]]:
    """All the records in a set of files (paths → bytes), and all that is wrong with them (R…).

    ``modes`` has git's file modes where they are known. The records are None where the contract,
    the staff or the assets cannot be read: without them nothing can be said about the rest.
    """
    filed = record_files(files, modes or {})
    return records_among(filed, files, modes or {}), reading_findings(filed, files, modes or {})


def record_files(files: Mapping[str, bytes], modes: Mapping[str, str]) -> Mapping[str, RecordFile]:
    """By path, what each file of a record says; a file is read when it is first asked for."""
    paths = [path for path in sorted(files) if _plain(path, modes) and kind_of(path)]
    filed = frozenset(paths)

    def read(path: str) -> RecordFile:
        if path not in filed:
            raise KeyError(path)
        return read_record(path, files[path])

    return OnDemand(lambda: paths, read)


def reading_findings(
    filed: Mapping[str, RecordFile], files: Mapping[str, bytes], modes: Mapping[str, str]
) -> tuple[Finding, ...]:
    """All that is wrong with the files as such (R…), each by itself and how they are filed."""
    found = [*filing_findings(files, modes), *_schema_copies(files)]
    found += [finding for file in filed.values() for finding in file.findings]
    return tuple(sorted(found, key=lambda finding: finding.order))


def records_among(
    filed: Mapping[str, RecordFile], files: Mapping[str, bytes], modes: Mapping[str, str]
) -> Records | None:
    """The records; all but the contract, the staff and the assets are read when they are first asked for."""

    def the(kind: str) -> Any:
        path = f"{ROOT}{kind}.yaml"
        return filed[path].value if path in filed else None

    def besides(kind: str) -> Any:
        value = the(kind)
        if value is None:
            value = _nothing(kind)
        return replace(value, zone=contract.zone) if kind == "duty" else value

    def each(kind: str) -> Mapping[str, Any]:
        paths = {stem_of(path): path for path in filed if kind_of(path) == kind}

        def value(record: str) -> Any:
            if (found := filed[paths[record]].value) is None:
                raise KeyError(record)
            return found

        return OnDemand(
            lambda: [record for record, path in paths.items() if filed[path].value is not None],
            value,
        )

    contract, staff, assets = the("contract"), the("staff"), the("assets")
    if contract is None or staff is None or assets is None:
        return None
    return Records(
        contract=contract,
        staff=staff,
        assets=assets,
        besides=OnDemand(lambda: _BESIDES, besides),
        tickets=each("ticket"),
        inspections=each("inspection"),
        shifts=each("shift"),
        closes=each("report"),
        files=filed,
        strays=tuple(
            path
            for path in files
            if path.startswith(ROOT)
            and _plain(path, modes)
            and not may_be_filed(path)
            and not is_left_behind(path, files)
        ),
    )


_BESIDES = tuple(kind for kind in CONFIGURATION if kind not in REQUIRED)
"""The kinds of configuration that need not be there."""


def _nothing(kind: str) -> Any:
    """What stands for a file of the configuration that is not there, or is no valid record."""
    match kind:
        case "duty":
            from weibao.model.duty import Duty

            return Duty({}, (), ())
        case "plan":
            from weibao.model.plan import Plan

            return Plan({}, {})
        case "spares":
            from weibao.model.spares import Spares

            return Spares({}, {}, ())
        case _:
            return ()


def _plain(path: str, modes: Mapping[str, str]) -> bool:
    return modes.get(path, PLAIN_FILE) == PLAIN_FILE


R = TypeVar("R", "Ticket", "Inspection", "Shift")


def edition(record: R, keep: Callable[[Entry], bool]) -> R:
    """A record with those of its corrections alone that ``keep`` lets count."""
    if record.written is None:
        return record
    read: Callable[[Document, Callable[[Entry], bool]], R] = _TYPED[str(kind_of(record.path))]
    return read(record.written, keep)


def _ticket(document: Document, keep: Callable[[Entry], bool] = every) -> Ticket:
    line = document.key_lines["reported_at"]
    data, log, amendments = _corrected("ticket", document, keep)
    return replace(read_ticket(document.path, data, log, line), **amendments)


def _inspection(document: Document, keep: Callable[[Entry], bool] = every) -> Inspection:
    from weibao.model.inspection import read_inspection

    data, log, amendments = _corrected("inspection", document, keep)
    return replace(read_inspection(document.path, data, log), **amendments)


def _shift(document: Document, keep: Callable[[Entry], bool] = every) -> Shift:
    from weibao.model.shift import read_shift

    data, log, amendments = _corrected("shift", document, keep)
    return replace(read_shift(document.path, data, log), **amendments)


def _corrected(
    kind: str, document: Document, keep: Callable[[Entry], bool]
) -> tuple[Mapping[str, Any], tuple[Entry, ...], dict[str, Any]]:
    """The data and the log of a document as amended, and what a record keeps of that."""
    log = _entries(document)
    if not any(entry.event == "amended" for entry in log):
        return document.data, log, {}
    found = corrected(kind, document.data, log, keep)
    kept = {"amendments": found.made, "unfit": found.unfit, "written": document}
    return found.data, _entries(document, found.data["log"]), kept


# What one kind of record alone is made of is imported when one of it is read: whoever records a step
# of a ticket waits for it.


def _duty(document: Document) -> Duty:
    from weibao.model.duty import read_duty

    return read_duty(document.data)


def _plan(document: Document) -> Plan:
    from weibao.model.plan import read_plan

    return read_plan(document.data)


def _report(document: Document) -> MonthClose:
    from weibao.model.closing import read_close

    return read_close(document.data, _entries(document))


def _spares(document: Document) -> Spares:
    from weibao.model.spares import read_spares

    return read_spares(document.data, _entries(document))


def _entries(document: Document, amended: Sequence[Mapping[str, Any]] = ()) -> tuple[Entry, ...]:
    """The entries of a document, of which the values may be others than those that stand in it."""
    log = amended or document.data.get("log") or ()
    told = zip(log, document.log_spans, _lines(document), strict=True)
    return tuple(
        _entry(index, span.line, text, said) for index, (said, span, text) in enumerate(told)
    )


def _lines(document: Document) -> Iterator[str]:
    """The line of each entry; one that was read by its pattern is held by its place already."""
    whole: list[str] = []
    for span, place in zip(document.log_spans, document.log_places, strict=True):
        if isinstance(place, str):
            yield place
        else:
            whole = whole or document.text.split("\n")
            yield whole[span.line - 1]


def _entry(index: int, line: int, text: str, one: Mapping[str, Any]) -> Entry:
    return Entry(
        index=index,
        line=line,
        text=text,
        at=parse_instant(one["at"]),
        event=one["event"],
        by=one["by"],
        note=one.get("note", ""),
        internal=one.get("internal", False),
        precision=precision_in(one),
        data={key: value for key, value in one.items() if key not in _SHARED_KEYS},
    )


_TYPED: dict[str, Callable[..., Any]] = {
    "contract": lambda document: read_contract(document.data),
    "staff": lambda document: read_staff(document.data),
    "duty": _duty,
    "assets": lambda document: read_assets(document.data),
    "plan": _plan,
    "spares": _spares,
    "actions": _entries,
    "agreements": _entries,
    "reviews": _entries,
    "ticket": _ticket,
    "inspection": _inspection,
    "shift": _shift,
    "report": _report,
}


def _log_form(document: Document, version: Version) -> Iterator[Finding]:
    """The log as versions are read: the last key (R306), a line an entry (R305), and nothing else (R312)."""
    if "log" not in document.data:
        return
    record, keys = document.data.get("id", ""), list(document.data)
    lines = document.text.split("\n")
    if keys[-1] != "log":
        yield Finding("R306", document.key_place((keys[-1],)), record, {"key": keys[-1]})
    elif broken := [span for span in document.log_spans if not _one_line(span, lines)]:
        for span in broken:
            place = Place(document.path, span.line, span.column)
            yield Finding("R305", place, record, {"found": lines[span.line - 1].strip()})
    else:
        begins = document.key_lines["log"]
        other = version.strays if begins == version.header.count(b"\n") else (begins,)
        for line in other[:1]:
            found = lines[line - 1].strip()
            yield Finding("R312", Place(document.path, line, 1), record, {"found": found})


def _read_once(
    document: Document, repeats: Collection[int]
) -> tuple[Document, tuple[Finding, ...]]:
    """The document with each line of its log once, and (R313) which lines were left out."""
    kept = [at for at, span in enumerate(document.log_spans) if span.line not in repeats]
    once = replace(
        document,
        data={**document.data, "log": [document.data["log"][at] for at in kept]},
        log_spans=tuple(document.log_spans[at] for at in kept),
        log_places=tuple(document.log_places[at] for at in kept),
    )
    lines = document.text.split("\n")
    return once, tuple(
        Finding(
            "R313",
            Place(document.path, line, COLUMN + 1),
            document.data.get("id", ""),
            {"found": lines[line - 1].strip()},
        )
        for line in repeats
    )


def _one_line(span: Span, lines: list[str]) -> bool:
    """Whether an entry fills its line: ``  - {…}`` and nothing after it."""
    line = lines[span.line - 1]
    return (
        span.line == span.end_line
        and span.column == 5
        and span.end_column == len(line) + 1
        and _ENTRY_LINE.fullmatch(line) is not None
    )


def _own_place(kind: str, document: Document) -> Iterator[Finding]:
    """A ticket, an inspection, a shift and a month's close have the name of their file (R301)."""
    key = _NAMED_BY.get(kind)
    if key is None:
        return
    stem = stem_of(document.path)
    found = document.data[key]
    if found != stem:
        facts = {"found": found, "expected": stem}
        yield Finding("R301", document.place((key,)), found, facts)


def _schema_copies(files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Where the repository's copy of a schema is not the package's own, which judges (R309)."""
    for name in COPIED:
        path = f"schemas/{name}.schema.json"
        if path in files and files[path].replace(b"\r\n", b"\n") != schema_bytes(name):
            yield Finding("R309", Place(path))
