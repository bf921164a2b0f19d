"""Many people, one contract: every entry is kept exactly once, whoever sends it and when."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from building.commands import OPENED, PATH, process
from building.contract import a_ticket, entry, ticket_path
from building.together import shared_repository
from weibao.history.git.reader import Git
from weibao.history.snapshot import read_snapshot
from weibao.model.instant import parse_instant
from weibao.report.opening import book_of
from weibao.rules.catalogue import RULES, Severity
from weibao.workspace.together.sync import Clone, synchronise

if TYPE_CHECKING:
    from building.repository import Repository

IN_PROGRESS = (*OPENED, entry("09:16", "acknowledged"))
NOW = parse_instant("2026-11-20T18:00:00+08:00")
OWN = "T20261120-00000{}"
PEOPLE = ("li.qiang", "zhao.min", "sun.yu", "chen.jie", "gao.yuan")


def note(at: int, text: str) -> str:
    """An update's line, ``at`` seconds after half past nine."""
    minutes, seconds = divmod(at, 60)
    moment = f"2026-11-20T09:{30 + minutes}:{seconds:02}+08:00"
    return entry(moment, "updated", note=text)


def own_ticket(who: int) -> str:
    """A ticket of one person's, of a call of its own."""
    reported = f"2026-11-20T09:12:0{1 + who}+08:00"
    return a_ticket(OWN.format(who), reported_at=reported, log=IN_PROGRESS)


def kept(repository: Repository, path: str = PATH) -> list[str]:
    """The notes of a ticket, in the order of its log."""
    return re.findall(r"note: ([\w.-]+)", repository.read(path))


def require_sound(repository: Repository) -> None:
    """Nothing was lost in the whole history, and the records have no error."""
    book = book_of(read_snapshot(Git(repository.path)), NOW)
    assert [one for check in book.checks for one in check.findings if one.code[0] == "L"] == []
    errors = [one for one in book.findings if RULES[one.code].severity is Severity.ERROR]
    assert [one for one in errors if one.code[0] in "RXL"] == []
    assert repository.git("status", "--porcelain") == ""


# What one of three people does: a step on the ticket of all, on one's own ticket, or a sync.
some_days = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["shared", "own", "sync"])), max_size=12
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(some_days)
def test_whatever_the_order_every_entry_is_kept_once(day: list[tuple[int, str]]) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        _, clones = shared_repository(Path(folder), IN_PROGRESS, PEOPLE[:3])
        written: dict[int, list[str]] = {0: [], 1: [], 2: []}
        for at, (who, act) in enumerate(day):
            clone = clones[who]
            if act == "sync":
                sync(clone)
                continue
            path = PATH if act == "shared" else ticket_path(OWN.format(who))
            name = f"{who}-{at}"
            if not (clone.path / path).exists():
                clone.write(path, own_ticket(who))
            clone.append(path, note(at, name))
            clone.commit(name, at="2026-11-20T09:50:00+08:00", by=f"{PEOPLE[who]}@provider.example")
            written[who] += [name] if act == "shared" else []
        for clone in (*clones, *clones):
            sync(clone)
        assert len({clone.head for clone in clones}) == 1
        found = kept(clones[0])
        assert Counter(found) == Counter(name for names in written.values() for name in names)
        for names in written.values():  # everyone's own steps keep their order
            assert [one for one in found if one in names] == names
        require_sound(clones[0])


def sync(clone: Repository) -> None:
    synchronise(Clone(clone.path, clone.path / ".git", Git(clone.path)), NOW)


def test_five_clones_that_send_at_once_lose_nothing(tmp_path: Path) -> None:
    remote, clones = shared_repository(tmp_path, IN_PROGRESS, PEOPLE)
    for who, clone in enumerate(clones):
        clone.append(PATH, note(who, f"shared-{who}"), note(10 + who, f"again-{who}"))
        clone.write(ticket_path(OWN.format(who)), own_ticket(who))
        clone.commit("步骤", at="2026-11-20T09:50:00+08:00", by=f"{PEOPLE[who]}@provider.example")
    left = dict(enumerate(clones))
    while left:
        running = {who: process(clone, "sync") for who, clone in left.items()}
        for who, one in running.items():
            _, complaint = one.communicate(timeout=120)
            assert one.returncode == 0 or b"Others were faster" in complaint, complaint.decode()
            if one.returncode == 0:
                del left[who]
    last = remote.clone(tmp_path / "last")
    names = [f"{kind}-{who}" for who in range(5) for kind in ("shared", "again")]
    assert sorted(kept(last)) == sorted(names)
    assert all((last.path / ticket_path(OWN.format(who))).exists() for who in range(5))
    require_sound(last)


def test_eight_processes_in_one_clone_record_and_send(tmp_path: Path) -> None:
    remote, (clone, other) = shared_repository(tmp_path, IN_PROGRESS)
    other.append(PATH, note(0, "theirs"))
    other.commit("步骤", at="2026-11-20T09:31:00+08:00")
    other.git("push", "-q")
    update = ("ticket", "update", "7K3Q9M", "--push")
    running = [
        process(
            clone,
            *(*update, "--at", f"2026-11-20T09:2{one}:00+08:00", "--note", f"mine-{one}"),
            now="2026-11-20T09:35:00+08:00",
        )
        for one in range(8)
    ]
    for one in running:
        _, complaint = one.communicate(timeout=120)
        assert one.returncode == 0, complaint.decode()
    assert remote.head == clone.head
    assert Counter(kept(clone)) == Counter(["theirs", *(f"mine-{one}" for one in range(8))])
    require_sound(clone)
