"""The log of what the forge saw first: read back to the byte, and refused line by line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weibao.history.first_sight.log import SeenLog, Sighting, day_file, seen_files, seen_log
from weibao.language import CODES, language
from weibao.model.instant import parse_instant
from weibao.refusal import Exit, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

A, B, C = "a" * 40, "b" * 40, "c" * 40
RUN = "https://forge.example/provider/records/actions/runs/7"
LINES = (
    {"since": "2026-11-20T01:00:00Z", "heads": {"refs/heads/main": C}},
    {"commit": A, "ref": "refs/heads/维保", "time": "2026-11-20T01:30:00Z", "run": RUN},
    {"commit": B, "ref": "refs/pull/7/head", "time": "2026-11-20T01:30:00Z", "run": ""},
)
DAY = "2026-11-20.jsonl"
FILES = {
    "since.json": (json.dumps(LINES[0]) + "\n").encode(),
    DAY: "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in LINES[1:]).encode(),
}

COMMITS = st.one_of(
    st.text("0123456789abcdef", min_size=40, max_size=40),
    st.text("0123456789abcdef", min_size=64, max_size=64),
)
REFS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map("refs/heads/".__add__)
TIMES = st.integers(0, 253_402_128_000)
LOGS = st.builds(
    SeenLog,
    TIMES,
    st.dictionaries(REFS, COMMITS, max_size=3),
    st.dictionaries(
        COMMITS,
        st.builds(Sighting, TIMES, REFS, st.text(st.characters(exclude_categories=["Cs"]))),
        max_size=5,
    ),
)


def refused_line(files: Mapping[str, bytes]) -> tuple[str, int]:
    with pytest.raises(Refusal) as refusal:
        seen_log(files)
    assert refusal.value.exit_code is Exit.UNTRUSTED
    for code in CODES:
        for text in (refusal.value.message, refusal.value.mend):
            assert "{" not in language(code).text(text, **refusal.value.facts)
    return refusal.value.facts["file"], refusal.value.facts["number"]


def test_a_log_says_since_when_what_was_there_and_who_saw_what_first() -> None:
    log = seen_log(FILES)
    at = parse_instant("2026-11-20T09:30:00+08:00")

    assert log.since == parse_instant("2026-11-20T09:00:00+08:00")
    assert log.heads == {"refs/heads/main": C}
    assert log.first == {
        A: Sighting(at, "refs/heads/维保", RUN),
        B: Sighting(at, "refs/pull/7/head", ""),
    }
    assert seen_files(log) == FILES


@given(LOGS)
@settings(deadline=None)
def test_whatever_is_written_reads_back_the_same_in_the_order_of_time(log: SeenLog) -> None:
    files = seen_files(log)
    read = seen_log(files)

    assert read == log
    assert seen_files(read) == files
    assert [one.time for one in read.first.values()] == sorted(
        one.time for one in log.first.values()
    )


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_bytes_that_are_no_log_are_refused_and_nothing_else(raw: bytes) -> None:
    for name in FILES:
        with pytest.raises(Refusal):
            seen_log(FILES | {name: raw})


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (b'"since"', b'"Since"', 1),
        (b"T01:00:00Z", b"T01:00:00+00:00", 1),
        (b"2026-11-20T01:00:00Z", b"1969-12-31T23:59:59Z", 1),
        (b"refs/heads/main", b"main", 1),
        (b'{"refs/heads/main": "%s"}' % C.encode(), b"[]", 1),
        (b'{"refs/heads/main": "%s"}' % C.encode(), b'"x"', 1),
        (C.encode(), C[1:].encode(), 1),
        (b'{"commit": "a', b'{"commit": "A', 2),
        (b'"ref": "refs/heads', b'"ref": "heads', 2),
        (b', "run"', b',"run"', 2),
        (b'"run": "https', b'"by": "x", "run": "https', 2),
        (b'"run": ""', b'"run": null', 3),
        (b'"run": ""', b'"run": "", "run": ""', 3),
        (b'"ref": "refs/pull/7/head"', b'"ref": 7', 3),
        (B.encode(), A.encode(), 3),
        (b'pull/7/head", "time": "2026-11-20T01:30:00Z"', b'x", "time": "2026-11-20T01:29:59Z"', 3),
        (b'pull/7/head", "time": "2026-11-20T01:30:00Z"', b'x", "time": "2026-02-30T01:30:00Z"', 3),
        (b'"run": ""}\n', b'"run": ""}', 3),
        (b'"run": ""}\n', b'"run": ""}\r\n', 3),
        (b'"run": ""}\n', b'"run": ""}\n\n', 4),
        (b'"run": ""}\n', b'"run": ""}\n{"since": 1}\n', 4),
        (b'"run": ""}\n', b'"run": ""}\n\xff\n', 4),
        (b'"run": ""}\n', b'"run": ""}\n' + b"[" * 100_000 + b"\n", 4),
        (b'"run": ""}\n', b'"run": ""}\n' + b"9" * 5000 + b"\n", 4),
    ],
)
def test_a_line_that_is_not_what_it_must_be_is_named(old: bytes, new: bytes, line: int) -> None:
    changed = {
        name: raw.replace(old, new, 1) if (name == DAY) is (line > 1) else raw
        for name, raw in FILES.items()
    }
    assert changed != FILES
    assert refused_line(changed) == ((DAY, line - 1) if line > 1 else ("since.json", 1))


def test_a_log_without_its_opening_is_none_and_one_of_nothing_else_is() -> None:
    assert refused_line({}) == ("since.json", 1)
    log = seen_log({"since.json": FILES["since.json"]})
    assert (len(log.heads), log.first) == (1, {})


@pytest.mark.parametrize("name", ["2026-11-19.jsonl", "2026-11-21.jsonl"])
def test_a_line_in_the_file_of_another_day_is_named(name: str) -> None:
    assert refused_line({"since.json": FILES["since.json"], name: FILES[DAY]}) == (name, 1)


def test_a_commit_is_first_seen_once_whatever_the_day() -> None:
    again = FILES[DAY].replace(b"2026-11-20", b"2026-11-21")
    assert refused_line(FILES | {"2026-11-21.jsonl": again}) == ("2026-11-21.jsonl", 1)


def test_a_day_ends_at_midnight_in_utc() -> None:
    assert day_file(parse_instant("2026-11-21T07:59:59+08:00")) == DAY
    assert day_file(parse_instant("2026-11-21T08:00:00+08:00")) == "2026-11-21.jsonl"


def test_any_program_can_read_it_line_by_line() -> None:
    assert list(json.loads(FILES["since.json"])) == ["since", "heads"]
    for line in FILES[DAY].decode().splitlines():
        assert list(json.loads(line)) == ["commit", "ref", "time", "run"]
