"""The log of what the forge saw first: read back to the byte, and refused line by line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weibao.evidence.seen import SeenLog, Sighting, parse_seen, seen_bytes
from weibao.language import CODES, language
from weibao.record.instant import parse_instant
from weibao.refusal import Exit, Refusal

A, B, C = "a" * 40, "b" * 40, "c" * 40
RUN = "https://forge.example/provider/records/actions/runs/7"
LINES = (
    {"since": "2026-11-20T01:00:00Z", "heads": {"refs/heads/main": C}},
    {"commit": A, "ref": "refs/heads/维保", "time": "2026-11-20T01:30:00Z", "run": RUN},
    {"commit": B, "ref": "refs/pull/7/head", "time": "2026-11-20T01:30:00Z", "run": ""},
)
RAW = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in LINES).encode()

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


def refused_line(raw: bytes) -> int:
    with pytest.raises(Refusal) as refusal:
        parse_seen(raw)
    assert refusal.value.exit_code is Exit.UNTRUSTED
    for code in CODES:
        for text in (refusal.value.message, refusal.value.mend):
            assert "{" not in language(code).text(text, **refusal.value.facts)
    return refusal.value.facts["number"]


def test_a_log_says_since_when_what_was_there_and_who_saw_what_first() -> None:
    log = parse_seen(RAW)
    at = parse_instant("2026-11-20T09:30:00+08:00")

    assert log.since == parse_instant("2026-11-20T09:00:00+08:00")
    assert log.heads == {"refs/heads/main": C}
    assert log.first == {
        A: Sighting(at, "refs/heads/维保", RUN),
        B: Sighting(at, "refs/pull/7/head", ""),
    }
    assert seen_bytes(log) == RAW


@given(LOGS)
@settings(deadline=None)
def test_whatever_is_written_reads_back_the_same_in_the_order_of_time(log: SeenLog) -> None:
    raw = seen_bytes(log)
    read = parse_seen(raw)

    assert read == log
    assert seen_bytes(read) == raw
    assert [one.time for one in read.first.values()] == sorted(
        one.time for one in log.first.values()
    )


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_bytes_that_are_no_log_are_refused_and_nothing_else(raw: bytes) -> None:
    with pytest.raises(Refusal):
        parse_seen(raw)


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
        (B.encode(), b"0" * 40, 3),
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
    changed = RAW.replace(old, new, 1)

    assert changed != RAW
    assert refused_line(changed) == line


def test_an_empty_file_is_no_log_and_one_of_nothing_but_its_first_line_is() -> None:
    assert refused_line(b"") == 1
    log = parse_seen(RAW.partition(b"\n")[0] + b"\n")
    assert (len(log.heads), log.first) == (1, {})


def test_any_program_can_read_it_line_by_line() -> None:
    first, *rest = (json.loads(line) for line in RAW.decode().splitlines())

    assert list(first) == ["since", "heads"]
    assert all(list(one) == ["commit", "ref", "time", "run"] for one in rest)
