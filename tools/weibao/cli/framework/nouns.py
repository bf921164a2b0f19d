"""The kinds of record that steps belong to, and how the command line names one of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.cli.framework.options import THE_TICKET
from weibao.cli.framework.session import the_one
from weibao.cli.framework.translated import argument
from weibao.language import N_
from weibao.model.closing import PERIOD, close_path
from weibao.model.ids import record_path
from weibao.refusal import UsageRefusal
from weibao.workspace.recording.store import plain_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from weibao.workspace.recording.clone import Desk

THE_INSPECTION = N_("The inspection: its id, or the end of it.")
THE_SHIFT = N_("The shift that was handed over: its id, or the end of it.")


THE_MONTH = N_("The month that was closed, as 2026-11; of a longer report its last.")


def record_named(desk: Desk, kind: str, suffix: str) -> str:
    """The id of the ticket, inspection or shift that ``suffix`` ends; refused where it is none or several."""
    if kind == "report":
        return suffix
    ids = {
        "ticket": desk.ticket_ids,
        "inspection": desk.inspection_ids,
        "shift": desk.shift_ids,
    }
    return the_one(suffix, ids[kind], listed_by=f"weibao {kind} list")


def month_named(text: str) -> str:
    """The month that was typed; refused where it is none."""
    if not re.fullmatch(PERIOD, text):
        raise UsageRefusal(
            N_("“{found}” is no month."), mend=N_("Write it as 2026-11."), found=text[:80]
        )
    return text


def names_period(text: str) -> bool:
    """Whether a word is how a period of a report is named: ``2026-11``, ``2026-Q4``, ``2026``."""
    return re.fullmatch(r"\d{4}(-.*)?", text) is not None


def _closed_month(desk: Desk, text: str) -> str:
    """The file of a month's close; refused where it is not closed."""
    path = close_path(month_named(text))
    if not plain_path(desk.root, path).exists():
        raise UsageRefusal(
            N_("{month} is not closed yet: there is no report of it."),
            mend=N_("Close it first: weibao report close {month}"),
            month=text,
        )
    return path


@dataclass(frozen=True, slots=True)
class Noun:
    """A kind of record, and how the command line names one of it.

    ``metavar`` and ``explained`` are those of the argument that names one; both are "" for a
    kind that is a single file.
    """

    kind: str
    metavar: str = ""
    explained: str = ""

    def names_it(self, command: Callable[..., None]) -> Callable[..., None]:
        """Add the argument that names a record, where the kind has several."""
        if not self.metavar:
            return command
        named: Callable[..., None] = argument(
            "suffix", metavar=self.metavar, explained=self.explained
        )(command)
        return named

    def path(self, desk: Desk, suffix: str) -> str:
        """The file of the record that ``suffix`` names; refused where it names none or several."""
        if not self.metavar:
            return f"records/{self.kind}.yaml"
        if self.kind == "report":
            return _closed_month(desk, suffix)
        return record_path(record_named(desk, self.kind, suffix))


TICKET = Noun("ticket", "TICKET", THE_TICKET)
INSPECTION = Noun("inspection", "INSPECTION", THE_INSPECTION)
SHIFT = Noun("shift", "SHIFT", THE_SHIFT)
SPARES = Noun("spares")
ACTIONS = Noun("actions")
AGREEMENTS = Noun("agreements")
REPORT = Noun("report", "YYYY-MM", THE_MONTH)
REVIEWS = Noun("reviews")
