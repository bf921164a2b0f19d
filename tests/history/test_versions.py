"""Versions are read as lines: what belongs to the log, and who brought which line."""

from __future__ import annotations

import pytest

from building.contract import a_ticket, entry
from weibao.history.commit import Change
from weibao.history.growth.versions import (
    appended,
    divided,
    file_histories,
    is_record,
    keeps_log,
    reference,
)

PATH = "records/tickets/2026/11/20/T20261120-7K3Q9M.yaml"
LINE = entry("09:20", "acknowledged").encode()
TEXT = a_ticket(log=[LINE.decode()]).encode()


def test_a_version_is_its_header_and_the_lines_of_its_log() -> None:
    version = divided(TEXT)
    assert version.header.endswith(b"\nlog:\n")
    assert version.lines == (LINE,)
    assert version.header + LINE + b"\n" == TEXT


def test_a_line_that_a_text_before_the_log_quotes_is_no_entry() -> None:
    planted = TEXT.replace(b"log:", LINE.replace(b"09:20", b"08:00") + b"\n  log:\nlog:")
    assert divided(planted).lines == (LINE,)


@pytest.mark.parametrize("raw", [b"", b"id: x\n", b"\xff\xfe", b"catalog:\n  - {}\n"])
def test_bytes_without_a_log_are_all_header(raw: bytes) -> None:
    assert divided(raw).header == raw
    assert divided(raw).lines == ()


def test_a_log_that_begins_the_file_and_a_last_line_without_end_are_read() -> None:
    assert divided(b"log:\n" + LINE).lines == (LINE,)


def test_an_entry_is_named_by_its_time_and_event() -> None:
    assert reference(LINE) == (b"2026-11-20T09:20:00+08:00", b"acknowledged")
    assert reference(b"  # a comment") is None


@pytest.mark.parametrize(
    ("after", "added"),
    [
        (TEXT + LINE + b"\n", LINE + b"\n"),
        (TEXT, b""),
        (TEXT[:-1], None),
        (TEXT + b"log:\n" + LINE, None),
        (TEXT + LINE + b"\nlog:\n", None),
    ],
)
def test_only_growth_at_the_end_of_the_log_is_an_append(after: bytes, added: bytes | None) -> None:
    assert appended(TEXT, after) == added


def test_a_line_is_introduced_where_no_parent_has_it() -> None:
    more = TEXT + entry("10:00", "arrived").encode() + b"\n"
    changes = (
        Change("one", PATH, (), "a"),
        Change("two", PATH, ("a",), "b"),
        Change("merge", PATH, ("a", "b"), "b2"),
        Change("gone", PATH, ("b",), None),
    )
    blobs = {"a": TEXT, "b": more, "b2": more + b"  # noted\n"}
    file = file_histories(changes, blobs)[PATH]
    assert file.created == ("one",)
    assert file.introduced[LINE] == ("one",)
    assert list(file.introduced.values()) == [("one",), ("two",), ("merge",)]


@pytest.mark.parametrize(
    ("path", "record", "log"),
    [
        (PATH, True, True),
        ("records/inspections/2026/11/15/I20261115-4F2MXA.yaml", True, True),
        ("records/spares.yaml", False, True),
        ("records/actions.yaml", False, True),
        ("records/staff.yaml", False, False),
        ("records/tickets/note.txt", False, False),
    ],
)
def test_which_files_keep_a_log(path: str, *, record: bool, log: bool) -> None:
    assert (is_record(path), keeps_log(path)) == (record, log)
