"""A new contract's repository out of a filled-in workbook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from weibao.language import N_
from weibao.model.finding import Place, Unsound
from weibao.model.instant import local_day
from weibao.model.splice import spliced, with_block
from weibao.model.times.when import TimeAndPlace
from weibao.model.yaml.strict import read_yaml
from weibao.refusal import FileFaults, UsageRefusal
from weibao.rules.catalogue import RULES, Severity
from weibao.rules.check import check_files
from weibao.workspace.setup.new_repository import Answers, read_zone, starter_files
from weibao.workspace.setup.workbook.configured import configured

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.model.yaml.document import Keys
    from weibao.workspace.setup.workbook.configured import Configured
    from weibao.workspace.setup.workbook.filled_workbook import (
        CellFault,
        FilledWorkbook,
        WorkbookNote,
    )

_BLOCKS = {
    "contract": ("contacts", "sites", "services", "sla"),
    "staff": ("people",),
    "duty": ("rotas",),
    "assets": ("assets",),
    "spares": ("depots", "parts"),
    "plan": ("plan", "checklists"),
}
"""Of each file what the workbook says as a whole, in place of what a new repository begins with."""


def require_whole(faults: tuple[CellFault, ...]) -> None:
    """Refuse a workbook of which cells say nothing certain."""
    if faults:
        raise FileFaults(
            N_("{number} cells of the workbook cannot be taken as they are; nothing was written."),
            faults,
            mend=N_("Mend them in the workbook, save it, and give the command again."),
        )


@dataclass(frozen=True, slots=True)
class WorkbookRepository:
    """The files of a new repository, but those that workflows install by, and what is to be said of them.

    Attributes:
        files: path → content, sorted.
        answers: what else the repository was made from.
        counts: how many of each there are, by the key of the sheet.
        stock: how many pieces the workbook has in the depots: they are received later, for that is a record.
        made_ids: the ids that the workbook did not give, each with the name of its thing.
        covered_to: the last day that the working calendar covers, where that is before the end of the term.
        notes: what of the workbook people should look at.
        warnings: what ``weibao check`` warns of, each at its row of the workbook.
        agreed_levels: whether the workbook gave the service levels; else they are the usual ones, which nobody agreed to.
    """

    files: Mapping[str, bytes]
    answers: Answers
    counts: Mapping[str, int]
    stock: int
    made_ids: Mapping[str, str]
    covered_to: date | None
    notes: tuple[WorkbookNote, ...]
    warnings: tuple[Finding, ...]
    agreed_levels: bool


def answers_of(workbook: FilledWorkbook, known: Answers, now: Instant) -> Answers:
    """The answers that the workbook gives, in place of those ``known`` without it."""
    contract = workbook.contract
    zone = read_zone(contract.said("zone") or known.zone)
    return replace(
        known,
        contract=contract.said("name"),
        customer=contract.said("customer"),
        provider=contract.said("provider"),
        zone=zone,
        main=contract.said("main") or known.main,
        day=local_day(now, ZoneInfo(zone)),
        start=date.fromisoformat(contract.said("start")),
        end=date.fromisoformat(contract.said("end")),
    )


def workbook_repository(
    workbook: FilledWorkbook, known: Answers, now: Instant
) -> WorkbookRepository:
    """Every file of a new repository, as a workbook says; ``known`` has what it leaves open.

    Raises:
        UsageRefusal: cells say nothing certain, or whoever makes the repository is none of the people.
        Unsound: the records would not pass ``weibao check``; findings tell the row of the workbook.
    """
    require_whole(workbook.faults)
    answers = answers_of(workbook, known, now)
    zone = ZoneInfo(answers.zone)
    said = configured(workbook, TimeAndPlace(now, zone), answers.language)
    require_whole(said.faults)
    _require_maker(said, answers)
    files = starter_files(answers)
    for name, values in said.files.items():
        path = f"records/{name}.yaml"
        files[path] = _filled(path, files[path].decode(), name, values).encode()
    found = tuple(_in_the_workbook(check_files(files, {}, now), files, said))
    wrong = tuple(finding for finding in found if RULES[finding.code].severity is Severity.ERROR)
    if wrong:
        raise Unsound(
            N_("What the workbook says would make records that are wrong; nothing was written."),
            wrong,
        )
    return WorkbookRepository(
        dict(sorted(files.items())),
        answers,
        {key: len(rows) for key, rows in workbook.rows.items()},
        sum(len(entry["serials"]) for entry in said.received),
        said.made_ids,
        _uncovered_from(files, answers),
        workbook.notes,
        found,
        "sla" in said.files["contract"],
    )


def _filled(path: str, text: str, name: str, values: Mapping[str, Any]) -> str:
    for key, value in values.items():
        if key in _BLOCKS[name]:
            text = with_block(text, key, value)
        elif isinstance(value, dict):
            for inner, element in value.items():
                text = spliced(path, text, (key, inner), element)
        else:
            text = spliced(path, text, (key,), value)
    return text


def _require_maker(said: Configured, answers: Answers) -> None:
    """Refuse it where whoever makes the repository is none of its people, by the address that they commit with."""
    wanted = answers.email.casefold()
    people = said.files["staff"]["people"].values()
    if not any(wanted in map(str.casefold, person.get("git", ())) for person in people):
        raise UsageRefusal(
            N_("None of the people in the workbook has your address, {email}."),
            mend=N_(
                "Write it into the column “E-mail address” of your row there, or name another with --by."
            ),
            email=answers.email,
        )


def _in_the_workbook(
    findings: Iterable[Finding], files: Mapping[str, bytes], said: Configured
) -> Iterable[Finding]:
    """The findings, each at the row of the workbook that it comes from, where one does."""
    for finding in findings:
        path = finding.place.path
        document, _ = read_yaml(path, files.get(path, b""))
        if document is None:
            yield finding
            continue
        # What stands under a key of which the workbook says nothing comes from none of its rows.
        begun: list[tuple[Keys, str]] = [((key,), "") for key in document.data]
        begun += [
            (keys, address)
            for (name, keys), address in said.places.items()
            if path == f"records/{name}.yaml"
        ]
        here = finding.place.line, finding.place.column
        before = [
            (at, address)
            for keys, address in begun
            for place in (document.key_place(keys),)
            if (at := (place.line, place.column)) <= here
        ]
        address = max(before, default=(here, ""))[1]
        yield replace(finding, place=Place(address)) if address else finding


def _uncovered_from(files: Mapping[str, bytes], answers: Answers) -> date | None:
    document, _ = read_yaml("", files["records/contract.yaml"])
    calendars = document.data["calendars"] if document else {}
    until = min((str(calendar["covers"]["to"]) for calendar in calendars.values()), default="")
    covered = date.fromisoformat(until) if until else None
    return covered if covered and answers.end and covered < answers.end else None
