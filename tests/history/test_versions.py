"""Who brought which line of a log."""

from __future__ import annotations

from building.contract import a_ticket, entry
from weibao.history.commit import Change
from weibao.history.growth.versions import file_histories

PATH = "records/tickets/2026/11/20/T20261120-7K3Q9M.yaml"
LINE = entry("09:20", "acknowledged").encode()
NEXT = entry("10:00", "arrived").encode()
TEXT = a_ticket(log=[LINE.decode()]).encode()


def test_a_line_is_introduced_where_no_parent_has_it() -> None:
    more = TEXT + NEXT + b"\n"
    changes = (
        Change("one", PATH, (), "a"),
        Change("two", PATH, ("a",), "b"),
        Change("merge", PATH, ("a", "b"), "b2"),
        Change("gone", PATH, ("b",), None),
    )
    last = entry("11:00", "updated").encode()
    blobs = {"a": TEXT, "b": more, "b2": more + b"  # noted\n" + last + b"\n"}
    file = file_histories(changes, blobs)[PATH]
    assert file.created == ("one",)
    assert file.introduced == {LINE: ("one",), NEXT: ("two",), last: ("merge",)}
