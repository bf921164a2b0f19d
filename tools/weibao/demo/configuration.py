"""How the configuration came about and changed: each change lands before it takes effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from weibao.demo.client_keys import client_signers
from weibao.demo.contract_text import contract_text
from weibao.demo.data_files import read_data
from weibao.demo.hours import at_time
from weibao.demo.month_closes import first_report
from weibao.demo.network import assets_data
from weibao.demo.pages import first_files
from weibao.demo.parts import spares_data
from weibao.demo.people import MANAGER, RESERVE, SUPERVISOR, staff_data
from weibao.demo.plan_lines import plan_data
from weibao.demo.remarks import REMARKS
from weibao.demo.repository_growth import NewFiles
from weibao.demo.rota import duty_data
from weibao.model.printing import header_text
from weibao.model.signers import ALLOWED_SIGNERS
from weibao.render.site.settings import mkdocs_config
from weibao.sla.holidays import NOTICES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from weibao.demo.year import Year


@dataclass(frozen=True, slots=True)
class FoundingFile:
    """A file of the configuration: how many working days after the first, when, by whom."""

    kind: str
    day: int
    time: tuple[int, int]
    by: str
    message: str


@dataclass(frozen=True, slots=True)
class ConfigurationChanges:
    """The files that the repository begins with, in their order, and the messages of commits."""

    founding: tuple[FoundingFile, ...]
    begun: str
    keys: str
    approved: str
    calendar: str
    amended: str
    joined: str
    stand_in: str


_CHANGES = read_data(ConfigurationChanges, "data/configuration.yaml")


def configuration(year: Year) -> list[NewFiles]:
    """Every change to the configuration that was made before the end, oldest first."""
    changes = [*_founding(year), *_contract_changes(year), *_people_changes(year)]
    return [change for change in sorted(changes, key=attrgetter("at")) if change.at < year.finish]


def _founding(year: Year) -> Iterator[NewFiles]:
    """Two weeks before the term begins."""
    day = year.days.shifted(year.start, -11)
    start, end = year.start, year.end
    files = first_files(year, mkdocs_config(year.clocks.contract))
    yield NewFiles(
        at_time(day, 10, 4),
        MANAGER.id,
        _CHANGES.begun,
        files,
    )
    made = {
        "contract": contract_text(start, end, day),
        "staff": header_text("staff", staff_data(start, end), ()),
        "assets": header_text("assets", assets_data(start, end), ()),
        "duty": header_text("duty", duty_data(start, ()), ()),
        "plan": header_text("plan", plan_data(start), ()),
        "spares": header_text("spares", spares_data(start), ()),
    }
    signers: Mapping[str, bytes] = {ALLOWED_SIGNERS: client_signers(year.seed).encode()}
    yield NewFiles(at_time(day, 11, 40), MANAGER.id, _CHANGES.keys, signers)
    for file in _CHANGES.founding:
        on = year.days.shifted(day, file.day)
        yield _file(on, *file.time, file.by, file.message, file.kind, made[file.kind])


def _contract_changes(year: Year) -> Iterator[NewFiles]:
    """The customer approves the resource plan; a notice of holidays comes out; terms are amended."""
    founded = year.days.shifted(year.start, -11)
    approved = year.days.shifted(year.start, 7)
    events: list[tuple[date, str]] = [(approved, _CHANGES.approved)]
    events += [
        (
            year.days.shifted(notice.published, 1),
            _CHANGES.calendar.format(year=notice.year, name=notice.name),
        )
        for notice in NOTICES
        if founded < notice.published <= year.until and notice.year >= year.start.year
    ]
    agreed = year.days.shifted(year.amended_from, -7)
    events.append(
        (agreed, _CHANGES.amended.format(supplement=REMARKS.supplement, day=year.amended_from))
    )
    for day, message in sorted(events):
        text = contract_text(
            year.start,
            year.end,
            day,
            amended_from=year.amended_from if day >= agreed else None,
            approved_on=approved if day >= approved else None,
            first_report=first_report(year) if day >= agreed else None,
        )
        yield _file(day, 11, 8, MANAGER.id, message, "contract", text)


def _people_changes(year: Year) -> Iterator[NewFiles]:
    """A reserve joins; people go on leave, and their turns are filled before they do."""
    joined = year.days.shifted(year.amended_from, -20)
    staff = header_text("staff", staff_data(year.start, year.end, joined=joined), ())
    told = year.days.shifted(joined, -3)
    yield _file(
        told, 15, 26, SUPERVISOR.id, _CHANGES.joined.format(name=RESERVE.name), "staff", staff
    )
    known = []
    for absence in year.away:
        known.append(absence)
        day = absence.first - timedelta(days=3)
        text = header_text("duty", duty_data(year.start, known), ())
        message = _CHANGES.stand_in.format(reason=absence.reason)
        yield _file(day, 16, 12, SUPERVISOR.id, message, "duty", text)


def _file(
    day: date, hour: int, minute: int, by: str, message: str, kind: str, text: str
) -> NewFiles:
    files: Mapping[str, bytes] = {f"records/{kind}.yaml": text.encode()}
    return NewFiles(at_time(day, hour, minute) + 23, by, message, files)
