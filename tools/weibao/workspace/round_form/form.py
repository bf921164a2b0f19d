"""What a round's form has in it: of which round it is, and a row for each item on each piece of equipment."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.language import CODES, N_, language
from weibao.operations.checklist import items_of
from weibao.operations.coverage import coverage_in, promised_by
from weibao.render.words.plain import plain
from weibao.workspace.recording.many_checks import SKIPPED
from weibao.workspace.round_form.sheets import FORM_MARK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from weibao.language import Language
    from weibao.model.inspection import Inspection
    from weibao.model.plan import ChecklistItem
    from weibao.model.records import Records

TITLES = (
    N_("No."),
    N_("Asset"),
    N_("Name"),
    N_("Place"),
    N_("Item"),
    N_("Item's name"),
    N_("Expected"),
    N_("Unit"),
    N_("Result"),
    N_("Reading"),
    N_("Ticket"),
    N_("Note"),
)
RESULT, READING, TICKET, NOTE = range(8, 12)
"""The columns that are filled in; what stands before them is the form's."""
HEAD = (N_("Inspection"), N_("Contract"), N_("Edition of the plan"))
STATUSES = ("ok", "warning", "failed", "not_applicable")
RESULTS = (*STATUSES, SKIPPED)


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row as it is written: its number in the round, what it is about, and what a reader is told of it."""

    number: int
    asset: str
    item: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundForm:
    """The form of an inspection; ``edition`` is a digest of all that its rows rest on."""

    inspection: str
    contract: str
    edition: str
    rows: tuple[FormRow, ...]
    left: frozenset[tuple[str, str]]

    def table(self, words: Language) -> list[list[str]]:
        """The form as cells, in one language: its head, the titles, and what nobody has looked at yet."""
        head = (self.inspection, self.contract, self.edition)
        return [
            [
                FORM_MARK,
                words.text(
                    N_(
                        "Fill in result, reading, ticket and note. Leave empty what was not looked at."
                    )
                ),
            ],
            *([words.text(title), said] for title, said in zip(HEAD, head, strict=True)),
            [words.text(title) for title in TITLES],
            *(
                [*row.told, "", "", "", ""]
                for row in self.rows
                if (row.asset, row.item) in self.left
            ),
        ]


def form_of(records: Records, inspection: Inspection, words: Language) -> RoundForm:
    """The form of an inspection by the plan and the equipment as they stand."""
    items = items_of(records.plan, inspection.plan)
    promised = promised_by(records.plan, inspection.plan, inspection.assets, records.assets)
    coverage = coverage_in(records.plan, records.assets, inspection)
    pairs = [(asset, item) for asset, asked in promised.items() for item in asked]
    rows = tuple(
        FormRow(number, asset, item, _told(number, asset, items[item], records, words))
        for number, (asset, item) in enumerate(pairs, 1)
    )
    return RoundForm(
        inspection.id,
        records.contract.id,
        edition_of(pairs, items),
        rows,
        frozenset((asset, item) for asset, left in coverage.left.items() for item in left),
    )


def edition_of(pairs: Sequence[tuple[str, str]], items: Mapping[str, ChecklistItem]) -> str:
    """A digest of what is looked at and by which thresholds: names may change and it stays."""
    said = [
        (asset, item, items[item].unit, *(str(bound) for bound in _bounds(items[item])))
        for asset, item in pairs
    ]
    return sha256(repr(said).encode()).hexdigest()[:16]


def result_words(words: Language) -> tuple[str, ...]:
    """What is offered for a result in one language, in the order of :data:`RESULTS`."""
    told = (words.term("check_status", status) for status in STATUSES)
    return (*told, words.text(N_("skipped")))


def statuses_by_word() -> Mapping[str, str]:
    """What may be written for a result, in either language, and the status that it is."""
    found = {status: status for status in RESULTS}
    for code in CODES:
        words = result_words(language(code))
        found |= {word.lower(): status for word, status in zip(words, RESULTS, strict=True)}
    return found


def _bounds(item: ChecklistItem) -> tuple[float | None, ...]:
    return item.warning_above, item.failed_above, item.warning_below, item.failed_below


def _told(
    number: int, asset: str, item: ChecklistItem, records: Records, words: Language
) -> tuple[str, ...]:
    known = records.assets.get(asset)
    site = records.contract.sites.get(known.site) if known else None
    place = [words.pick(site) if site else "", known.location if known else ""]
    return (
        str(number),
        asset,
        plain(words.pick(known.names)) if known else "",
        plain(" ".join(filter(None, place))),
        item.item,
        plain(words.pick(item.names)),
        _expected(item),
        plain(item.unit),
    )


def _expected(item: ChecklistItem) -> str:
    """Between what a reading is well: by the thresholds of a warning, else of a failure."""
    low = item.failed_below if item.warning_below is None else item.warning_below
    high = item.failed_above if item.warning_above is None else item.warning_above
    parts = ("" if low is None else f"≥ {low:g}", "" if high is None else f"≤ {high:g}")
    return " · ".join(filter(None, parts))
