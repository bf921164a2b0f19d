"""The example contract: a year of records with a true git history, the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.demo.besides import complaint_and_drill
from weibao.demo.client_keys import client_keys
from weibao.demo.configuration import configuration
from weibao.demo.course import write_ticket
from weibao.demo.fast_import import write_commits, write_further, write_repository
from weibao.demo.handovers import hand_overs, review_ledger
from weibao.demo.hours import ZONE
from weibao.demo.ledgers import action_ledger, stock_ledger
from weibao.demo.month_closes import closings, filled, reported, worked_out
from weibao.demo.parts import Store
from weibao.demo.people import DESK
from weibao.demo.plan_lines import plan_data
from weibao.demo.planned_work import carry_out, windows
from weibao.demo.repository_growth import commits_of
from weibao.demo.rounds_made import make_rounds
from weibao.demo.sightings import log_commits
from weibao.demo.stories import STORY
from weibao.demo.story_picking import closed_scripts, open_scripts
from weibao.demo.year import Roster, year_until
from weibao.history.git.refs import SEEN_REF
from weibao.model.instant import Instant, local_day
from weibao.model.plan import read_plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from weibao.demo.fast_import import NewCommit
    from weibao.demo.repository_growth import NewFiles
    from weibao.demo.staged_record import StagedRecord
    from weibao.demo.ticket_script import TicketScript
    from weibao.demo.year import Year


FEW = 20
"""Below so many tickets the year is but a sketch."""


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What was made: the last commit's id, and how many commits and records there are."""

    commit: str
    commits: int
    tickets: int
    inspections: int
    movements: int


def contract_day(now: Instant) -> date:
    """The day that it is where the example plays: what to end it with to have it end today."""
    return local_day(now, ZONE)


def make_demo(
    directory: Path, *, tickets: int = 180, seed: int, until: date, closed: bool = True
) -> DemoResult:
    """Make the example in ``directory``: a year that ends with the beginning of ``until``.

    A function of its arguments alone: it reads no clock, and no settings of git. ``closed`` says
    whether its months are closed, which takes reading it once.

    Raises:
        Refusal: the directory exists and is not empty, cannot be written, or git is missing.
    """
    year = year_until(until, seed)
    records = records_of(year, tickets)
    months = dict(closings(year)) if closed else {}
    followed = [*months.values(), *reported(year, months)]
    commits = commits_of([*configuration(year), *followed], records)
    settings = {"user.name": DESK[0].name, "user.email": DESK[0].identity.email}
    made = [record.kind for record in records]
    keys = {address: key.armoured for address, key in client_keys(seed).items()}
    if months:
        before = _before_closing(commits, next(iter(months.values())))
        ids = write_repository(directory, commits[:before], settings, keys)
        seen = write_commits(
            directory, SEEN_REF, tuple(log_commits(commits, ids, year.last_quarter))
        )
        commits = filled(commits, worked_out(directory, ids[-1], seen[-1], months))
        ids = write_further(directory, commits, keys)
    else:
        ids = write_repository(directory, commits, settings, keys)
    write_commits(directory, SEEN_REF, tuple(log_commits(commits, ids, year.last_quarter)))
    return DemoResult(
        commit=ids[-1],
        commits=len(commits),
        tickets=made.count("ticket"),
        inspections=made.count("inspection"),
        movements=sum(len(record.steps) for record in records if record.kind == "spares"),
    )


def _before_closing(commits: Sequence[NewCommit], first: NewFiles) -> int:
    """How many commits there are up to the one on the main line that the first close follows."""
    (parent,) = next(commit.parents for commit in commits if commit.files == first.files)
    return parent + 1


def records_of(year: Year, tickets: int) -> list[StagedRecord]:
    """Every record of the year with its steps, among them so many tickets; a complaint and a drill besides, unless they are few."""
    roster, store = Roster(year), Store(year)
    store.stock()
    plan = read_plan(plan_data(year.start))
    rounds = make_rounds(year, plan, roster, STORY, failures=tickets >= FEW)
    scripts = _scripts(
        year,
        tickets - _planned(tickets),
        [inspection.script for inspection in rounds if inspection.script],
    )
    told = [write_ticket(script, year, roster, store) for script in scripts]
    ahead = windows(year, plan, _planned(tickets))
    # Of what is past, one window is missed, the last; and the work overran one, if there are more.
    turns = {len(ahead) - 2: "missed", len(ahead) // 3: "overran"} if len(ahead) > 3 else {}
    planned = [
        carry_out(window, number, year, roster, store, turns.get(number, ""))
        for number, window in enumerate(ahead)
    ]
    issues = [movement for movement in store.movements if movement.event == "issued"]
    doubled = [issues[len(issues) // 4], issues[len(issues) // 2]] if len(issues) > 3 else []
    return [
        *(inspection.record for inspection in rounds),
        *told,
        *planned,
        *(complaint_and_drill(year) if tickets >= FEW else []),
        stock_ledger(store, doubled=doubled),
        action_ledger(year, scripts),
        *hand_overs(year, [*told, *planned]),
        review_ledger(year),
    ]


def _planned(tickets: int) -> int:
    """How many of the tickets are planned work."""
    return tickets * 13 // 100


def _scripts(year: Year, count: int, found: list[TicketScript]) -> list[TicketScript]:
    """The reactive tickets: found on a round, still open, and all the others by kind."""
    waiting = open_scripts(year, min(7, count // 4))
    rest = count - len(waiting) - len(found)
    consultations, requests = rest * 14 // 100, rest * 22 // 100
    closed = closed_scripts(year, rest - consultations - requests, consultations, requests)
    return sorted([*closed, *found, *waiting], key=lambda script: (script.reported, script.id))
