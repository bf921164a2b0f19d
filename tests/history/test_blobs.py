"""The bytes of versions are given as they were read, however they are held."""

from __future__ import annotations

from itertools import pairwise

import pytest

from weibao.history.growth.blobs import Files, added_entries_of, grew, kept

HEAD = b"id: T20261120-7K3Q9M\nlog:\n"
LINE = b"  - {at: 2026-11-20T09:15:00+08:00, event: updated, by: wang-lei, note: %d}\n"


def versions(number: int) -> list[tuple[str, bytes]]:
    return [
        (f"v{at}", HEAD + b"".join(LINE % line for line in range(at + 1))) for at in range(number)
    ]


@pytest.mark.parametrize(
    "read",
    [
        versions(100),
        [*versions(3), ("v3", b"id: other\nlog:\n"), ("v4", b"")],
        [("v0", HEAD + LINE % 1), ("v1", HEAD + LINE % 1 + LINE % 2 + LINE % 3)],
        [("v0", HEAD + LINE % 1), ("v1", HEAD + LINE % 1 + b"  - {without an end")],
        [("v0", b"no log\n"), ("v1", b"no log\nmore\n")],
        [("v0", HEAD.rstrip()), ("v1", HEAD + LINE % 1)],
    ],
)
def test_every_version_is_as_it_was_read(read: list[tuple[str, bytes]]) -> None:
    before = {"v0": None, **{after: one for (one, _), (after, _) in pairwise(read)}}
    blobs, whole = kept(read, before), dict(read)
    assert blobs == whole
    assert dict(Files(blobs, {f"{blob}.yaml": blob for blob in whole})) == {
        f"{blob}.yaml": raw for blob, raw in whole.items()
    }
    for blob, raw in whole.items():
        assert blob in blobs
        assert all(grew(blobs, one, blob) is grew(whole, one, blob) for one in whole), raw
        for one in whole:
            assert added_entries_of(blobs, one, blob) == added_entries_of(whole, one, blob)


def test_what_a_version_adds_is_held_and_not_all_that_stood_before_it() -> None:
    read = versions(20)
    blobs = kept(read, {"v0": None, **{f"v{at}": f"v{at - 1}" for at in range(1, 20)}})
    assert blobs.added("v7", "v8") == (LINE % 8).removesuffix(b"\n")
    assert blobs.added("v6", "v8") is None
