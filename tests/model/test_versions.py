"""A version is read as lines of bytes: where its log begins, what is an entry, and what may never be lost."""

from __future__ import annotations

import pytest

from building.contract import a_ticket, entry
from weibao.model.versions import (
    Law,
    added_entries,
    appended,
    divided,
    is_entry,
    is_record,
    keeps_log,
    law_of,
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
    assert not version.strays


def test_the_log_begins_at_the_first_line_that_says_so_and_a_second_one_is_a_stray() -> None:
    planted = TEXT.replace(b"log:", b"log:\n" + LINE.replace(b"09:20", b"08:00") + b"\nlog:")
    version = divided(planted)
    assert len(version.lines) == 2
    assert planted.split(b"\n")[version.strays[0] - 1] == b"log:"


@pytest.mark.parametrize(
    "raw", [b"", b"id: x\n", b"\xff\xfe", b"catalog:\n  - {}\n", b'"log":\n  - {}\n', b"log: # x\n"]
)
def test_bytes_without_a_log_are_all_header(raw: bytes) -> None:
    assert divided(raw).header == raw
    assert divided(raw).lines == ()


def test_a_log_that_begins_the_file_and_a_last_line_without_end_are_read() -> None:
    assert divided(b"log:\n" + LINE).lines == (LINE,)


@pytest.mark.parametrize(
    "stray", [b"  # a comment", b"", b"- {}", b"   - {}", b"  - {} # x", b"x: 1"]
)
def test_another_line_of_a_log_is_no_entry_and_is_named_by_its_place(stray: bytes) -> None:
    version = divided(b"a: 1\nlog:\n" + LINE + b"\n" + stray + b"\n" + LINE + b"\n")
    assert (version.lines, version.strays, version.repeats) == ((LINE,), (4,), (5,))


def test_an_entry_is_named_by_its_time_and_event() -> None:
    assert reference(LINE) == (b"2026-11-20T09:20:00+08:00", b"acknowledged")
    assert reference(b"  # a comment") is None


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (LINE, True),
        (b"  - {by: x, event: never heard of, at: some day, more: [1]}", True),
        (b"  - {at: 2026-11-20T09:20:00+08:00, event: updated}", False),
        (b'  - {at: 2026-11-20T09:20:00+08:00, event: updated, by: x, note: "open}', False),
        (b"  - {}", False),
    ],
)
def test_an_entry_says_when_who_and_what_whatever_the_schema_asks(
    line: bytes, *, found: bool
) -> None:
    assert is_entry(line) is found


@pytest.mark.parametrize(
    ("after", "added"),
    [
        (TEXT + LINE + b"\n", LINE + b"\n"),
        (TEXT, b""),
        (TEXT[:-1], None),
        (TEXT.replace(b"09:20", b"09:21"), None),
    ],
)
def test_only_growth_at_the_end_of_the_log_is_an_append(after: bytes, added: bytes | None) -> None:
    assert appended(TEXT, after) == added


def test_what_is_added_after_a_header_without_a_log_is_no_append() -> None:
    assert appended(b"catalog:\n", b"catalog:\n" + LINE) is None
    assert appended(b"log:\n", b"log:\n" + LINE) == LINE


def test_of_added_lines_only_entries_count() -> None:
    assert added_entries(LINE + b"\n  # noted\nlog:\n" + LINE) == [LINE, LINE]


@pytest.mark.parametrize(
    ("path", "law"),
    [
        (PATH, Law.RECORD),
        ("records/inspections/2026/11/15/I20261115-4F2MXA.yaml", Law.RECORD),
        ("records/reports/2026/2026-11.yaml", Law.RECORD),
        ("records/spares.yaml", Law.LOG),
        ("records/actions.yaml", Law.LOG),
        ("records/agreements.yaml", Law.LOG),
        ("records/attachments/3f/3fa9.jpg", Law.CONTENT),
        ("checkpoints/2026-11-20-4f2a91c.json", Law.CONTENT),
        ("checkpoints/README.md", None),
        ("records/staff.yaml", None),
        ("records/spares.yaml.orig", None),
        ("records/tickets/note.txt", None),
    ],
)
def test_what_may_never_be_lost_of_which_file(path: str, law: Law | None) -> None:
    assert law_of(path) is law
    assert is_record(path) is (law is Law.RECORD)
    assert keeps_log(path) is (law in {Law.RECORD, Law.LOG})
