"""Random honest histories: a few people on one contract, each in a clone, as work really goes.

A person records a step when it is done, in the clone at hand. It reaches the others at once, a day later,
or by a branch that is merged, squashed, picked or put on top of what has landed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from building.contract import a_ticket, entry, small_contract, ticket_path
from building.repository import Repository
from weibao.history.git.reader import Git
from weibao.history.proven import Grade
from weibao.history.snapshot import read_snapshot
from weibao.model.events import State
from weibao.model.fold import fold
from weibao.model.load import read_record
from weibao.model.state import claimed
from weibao.report.opening import book_of
from weibao.workspace.together.sync import Clone, synchronise

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from weibao.model.state import Claimed, RecordState
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book

WAYS = ("at once", "offline", "merge", "squash", "pick", "rebase")
"""How what was recorded reaches the others."""

DESK, CUSTOMER, MANAGER = "wang-lei", "zhang-gong", "chen-jie"
ENGINEERS = ("li-qiang", "zhao-min")
PEOPLE = (DESK, CUSTOMER, MANAGER, *ENGINEERS)
START = datetime.fromisoformat("2026-11-20T09:30:00+08:00")

ENGINEERING: dict[State, tuple[str, dict[str, str]]] = {
    State.OPENED: ("acknowledged", {}),
    State.IN_PROGRESS: ("restored", {"mode": "on_site"}),
    State.RESTORED: ("resolved", {"mode": "on_site", "cause": "内存故障", "action": "更换主控板"}),
}
"""What an engineer does next, by where the ticket stands."""


@dataclass
class Person:
    """Somebody with a clone. ``until`` is when what waits there is sent, by the ``way``."""

    id: str
    clone: Repository
    way: str = ""
    until: datetime = START
    branch: str = ""

    @property
    def address(self) -> str:
        host = "customer" if self.id == CUSTOMER else "provider"
        return f"{self.id.replace('-', '.')}@{host}.example"


@dataclass
class World:
    """The people, the clock, and what has happened.

    ``owners`` says which engineer works on which ticket; ``ways`` which ways of landing were used,
    and ``first`` the one that whoever records next is to use.
    """

    chance: Random
    remote: Repository
    people: dict[str, Person]
    monkeypatch: pytest.MonkeyPatch
    now: datetime = START
    owners: dict[str, str] = field(default_factory=dict)
    ways: set[str] = field(default_factory=set)
    first: str = ""

    # Recording

    def commit(self, person: Person, subject: str) -> None:
        person.clone.commit(subject, at=self.now.isoformat(), by=person.address)

    def say(self, person: Person, ticket: Ticket, event: str, **data: str) -> None:
        """Record what was done a minute or a few ago."""
        self.begin(person)
        done = self.now - timedelta(seconds=self.chance.randrange(20, 300))
        while any(one.at >= done.timestamp() for one in ticket.log):
            done += timedelta(seconds=7)
        person.clone.append(ticket.path, entry(done.isoformat(), event, by=person.id, **data))
        self.now = max(self.now, done)
        self.commit(person, event)

    def tickets(self, person: Person) -> list[tuple[Ticket, RecordState[Claimed]]]:
        """The tickets that the person's clone holds, and where they stand there."""
        found = []
        for ticket_id in self.owners:
            path = ticket_path(ticket_id)
            if (person.clone.path / path).exists():
                ticket = read_record(path, person.clone.read(path).encode()).value
                assert ticket is not None, person.clone.read(path)
                found.append((ticket, fold("ticket", claimed(ticket.log))))
        return found

    def open(self, person: Person) -> None:
        """The desk takes a call."""
        self.begin(person)
        number = len(self.owners)
        reported = self.now - timedelta(minutes=2)
        name = f"T{reported:%Y%m%d}-{number:06d}"
        opened = entry((reported + timedelta(minutes=1)).isoformat(), "opened", by=person.id)
        severity = self.chance.choice((1, 2, 3))
        text = a_ticket(name, severity=severity, reported_at=reported.isoformat(), log=[opened])
        person.clone.write(ticket_path(name), text)
        self.owners[name] = self.chance.choice(ENGINEERS)
        self.commit(person, "受理")

    def act(self, person: Person) -> bool:
        """Something that the person may do by what their clone shows; False where there is nothing."""
        held = self.tickets(person)
        self.chance.shuffle(held)
        if person.id in ENGINEERS:
            return any(self._work(person, *one) for one in held)
        if person.id == CUSTOMER:
            return any(self._answer(person, *one) for one in held)
        if person.id == DESK and self.chance.random() < (0.15 if held else 1):
            self.open(person)
            return True
        return any(self._attend(person, *one) for one in held)

    def _work(self, person: Person, ticket: Ticket, state: RecordState[Claimed]) -> bool:
        if state.state in ENGINEERING and self.owners[ticket.id] == person.id:
            event, data = ENGINEERING[state.state]
            if state.state is State.IN_PROGRESS and not state.on_site:
                event, data = "arrived", {}
            self.say(person, ticket, event, **data)
            return True
        return False

    def _answer(self, person: Person, ticket: Ticket, state: RecordState[Claimed]) -> bool:
        """The customer's own word on the result."""
        if state.state is State.RESOLVED and self.confirmed_by(ticket) == person.id:
            self.say(person, ticket, "confirmed", contact=person.id, via="portal")
            return True
        return False

    def confirmed_by(self, ticket: Ticket) -> str:
        """Who records the customer's word on this ticket: they agree on the telephone."""
        return (DESK, CUSTOMER)[list(self.owners).index(ticket.id) % 2]

    def _attend(self, person: Person, ticket: Ticket, state: RecordState[Claimed]) -> bool:
        """What the desk and the project manager do about a ticket."""
        if state.state is State.RESOLVED and self.confirmed_by(ticket) == person.id:
            self.say(person, ticket, "confirmed", contact=CUSTOMER, via="phone")
        elif person.id == DESK and state.state is State.CONFIRMED:
            self.say(person, ticket, "closed")
        elif self.chance.random() < 0.4:
            title = f"核心交换机告警 {len(ticket.log)}"
            self.say(person, ticket, "amended", field="title", value=title, reason="写明设备")
        else:
            return False
        return True

    # Landing

    def begin(self, person: Person) -> None:
        """Choose how what comes next will reach the others, where that is not settled yet."""
        if person.way:
            return
        person.way = way = self.first or self.chance.choice(WAYS)
        self.first = ""
        waits = {"at once": 0, "offline": 60 * self.chance.choice((1, 26))}
        person.until = self.now + timedelta(minutes=waits.get(way, self.chance.choice((20, 200))))
        if way in WAYS[2:]:
            person.branch = f"work-{person.id}-{self.now:%d%H%M}"
            person.clone.branch(person.branch)

    def land(self, person: Person) -> None:
        """Bring what waits to everyone."""
        clone, branch, said = person.clone, person.branch, self.as_of(person)
        if branch and clone.head != clone.git("rev-parse", "main"):
            if person.way == "rebase":
                clone.git("switch", "-q", "main")
                self.receive(person)
                clone.git("rebase", "-q", "main", branch, environment=said)
                clone.git("switch", "-q", "main")
                clone.git("merge", "-q", "--ff-only", branch)
            else:
                picked = clone.git("rev-list", "--reverse", f"main..{branch}").split()
                clone.git("switch", "-q", "main")
                self.receive(person)
                if person.way == "merge":
                    clone.git("merge", "-q", "--no-ff", "-m", "合并", branch, environment=said)
                elif person.way == "squash":
                    clone.git("merge", "-q", "--squash", branch, environment=said)
                    self.commit(person, "合并为一个提交")
                else:
                    clone.git("cherry-pick", *picked, environment=said)
            self.ways.add(person.way)
        elif branch:
            clone.git("switch", "-q", "main")
        elif clone.git("rev-list", "--count", "@{upstream}..HEAD") != "0":
            self.ways.add(person.way)
        self.sync(person)
        person.way = person.branch = ""

    def receive(self, person: Person) -> None:
        """What others have sent, where there is nothing here to send."""
        person.clone.git("pull", "-q", "--ff-only")

    def as_of(self, person: Person) -> dict[str, str]:
        """The person and the time, as git takes them."""
        return {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (
                ("NAME", person.id),
                ("EMAIL", person.address),
                ("DATE", self.now.isoformat()),
            )
            if (role, what) != ("AUTHOR", "DATE")
        }

    def sync(self, person: Person) -> None:
        """``weibao sync``, at this time."""
        self.monkeypatch.setenv("GIT_AUTHOR_DATE", self.now.isoformat())
        self.monkeypatch.setenv("GIT_COMMITTER_DATE", self.now.isoformat())
        path = person.clone.path
        synchronise(Clone(path, path / ".git", Git(path)), int(self.now.timestamp()))


def honest(seed: int, folder: Path, monkeypatch: pytest.MonkeyPatch, acts: int = 14) -> World:
    """A few days of honest work; everything has landed and every broken promise is explained."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    world = _begun(Random(seed), folder, monkeypatch, WAYS[seed % len(WAYS)])
    for _ in range(acts):
        world.now += timedelta(minutes=world.chance.randrange(4, 45))
        for person in world.people.values():
            if person.way and person.until <= world.now:
                world.land(person)
        person = world.people[world.chance.choice((DESK, *ENGINEERS, *PEOPLE))]
        if not person.way:
            world.receive(person)
        for _ in range(world.chance.choice((1, 1, 2, 3))):
            world.act(person)
            world.now += timedelta(minutes=world.chance.randrange(1, 20))
        if person.way == "at once":
            world.land(person)
    for person in world.people.values():
        if person.way:
            world.now += timedelta(minutes=5)
            world.land(person)
    _countersign(world)
    _explain(world)
    return world


def _begun(chance: Random, folder: Path, monkeypatch: pytest.MonkeyPatch, first: str) -> World:
    """The contract, with two tickets out of an old register, in everyone's clone."""
    made = Repository(folder / "made")
    for name, text in small_contract().items():
        made.write(name, text.replace("  main: main\n", "  main: main\n  firsthand: named\n"))
    made.write(".gitattributes", "records/tickets/** merge=union\n")
    made.commit("合同", at="2026-11-20T09:00:00+08:00", by="chen.jie@provider.example")
    for number, day in enumerate(("2025-12-09", "2025-12-16")):
        name = f"T{day.replace('-', '')}-0AD00{number}"
        log = (
            entry(f"{day}T10:01:00+08:00", "opened", by=DESK),
            entry(f"{day}T10:10:00+08:00", "acknowledged"),
            entry(f"{day}T10:40:00+08:00", "resolved", mode="remote", cause="误报", action="重启"),
            entry(f"{day}T11:00:00+08:00", "confirmed", by=DESK, contact=CUSTOMER, via="phone"),
            entry(f"{day}T11:05:00+08:00", "closed", by=DESK),
        )
        text = a_ticket(name, reported_at=f"{day}T10:00:00+08:00", log=log)
        made.write(ticket_path(name), text)
    made.commit("导入旧台账", at="2026-11-20T09:05:00+08:00", by="wang.lei@provider.example")
    remote = made.clone(folder / "remote.git", "--bare")
    people = {}
    for who in PEOPLE:
        person = Person(who, remote.clone(folder / who))
        person.clone.git("config", "user.name", who)
        person.clone.git("config", "user.email", person.address)
        people[who] = person
    return World(chance, remote, people, monkeypatch, first=first)


def book(world: World) -> Book:
    """The Book of what has landed, an hour after the last of it."""
    snapshot = read_snapshot(Git(world.remote.path))
    return book_of(snapshot, int(world.now.timestamp()) + 3600)


def _countersign(world: World) -> None:
    """The customer puts their name to what was recorded late, one ticket after another."""
    customer = world.people[CUSTOMER]
    world.receive(customer)
    customer.way = "at once"
    proofs = book(world).proofs
    late: dict[str, list[str]] = {}
    for ticket_id in world.owners:
        for one in proofs[ticket_id].entries:
            if one.grade is Grade.LATE:
                at = datetime.fromtimestamp(one.entry.at, START.tzinfo).isoformat()
                named = f"{{at: {at}, event: {one.entry.event}}}"
                late.setdefault(ticket_path(ticket_id), []).append(named)
    for path, named in late.items():
        world.now += timedelta(minutes=2)
        ticket = read_record(path, customer.clone.read(path).encode()).value
        entries = f"[{', '.join(named)}]"
        world.say(customer, ticket, "countersigned", contact=CUSTOMER, entries=entries)
    world.sync(customer)


def _explain(world: World) -> None:
    """The project manager says why promises were broken."""
    manager = world.people[MANAGER]
    world.receive(manager)
    manager.way = "at once"
    unexplained = [one for one in book(world).findings if one.code == "S102"]
    for finding in unexplained:
        world.now += timedelta(minutes=1)
        path = finding.place.path
        ticket = read_record(path, manager.clone.read(path).encode()).value
        target = str(finding.facts["target"])
        world.say(
            manager, ticket, "justified", target=target, cause="堵车", improvement="增设值班点"
        )
    world.sync(manager)
