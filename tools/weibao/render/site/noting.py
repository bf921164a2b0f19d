"""What an engineer notes on a phone, on the page of a ticket or of a piece of equipment.

The page makes a text for the group chat (:mod:`weibao.model.note_block`) by itself. Where the contract names its forge,
it leads there as well, as far as that can be handed anything:

GitHub fills an issue form by the ids of its fields, and the editor of a new file. Gitea does both, the fields as
``field:ID``. GitLab fills an issue's title and description, and no file. No forge fills the editor of a file that is there:
a step is a line to be pasted at its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

from weibao.language import language
from weibao.model.field_kinds import DEFINED, TICKET_KIND, Form, Thing
from weibao.model.field_note import EVENT, OPENED, OPENING, steps_on_site
from weibao.model.ids import record_path
from weibao.model.issue_form import FAULT, STEP, STEPS, choice_text
from weibao.model.ticket import REACTIVE
from weibao.render.edition.withheld import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.language import Language
    from weibao.model.events import Field, State
    from weibao.model.field_kinds import FieldKind
    from weibao.model.ticket import Ticket
    from weibao.render.edition.voice import Voice

OFFERED = 3
"""Of so many open tickets the page of a piece of equipment offers the steps; its list leads to the others."""

_ASKED_AS = {"assets": "asset", "description": "note"}
"""What an issue form calls otherwise than the record."""


@dataclass(frozen=True, slots=True)
class NotingForge:
    """What the forge can be handed.

    Attributes:
        kind: of forge.
        issue: the page of a new issue; "" where the forge has none that can be filled.
        forms: how an issue form is named there, with ``{form}``; "" where there are no forms.
        prefix: what stands before the id of a field in an address.
        edit: the editor of the ticket's file, "" of none.
        new: the editor of a new file, to which name and content are given; "" where it takes none.
    """

    kind: str = ""
    issue: str = ""
    forms: str = ""
    prefix: str = ""
    edit: str = ""
    new: str = ""

    def form_of(self, step: NotedStep) -> str:
        """The issue form of a step; "" where there is none that asks for all of it."""
        return self.forms.format(form=step.form) if step.form else ""

    def named(self, key: str) -> str:
        """What the issue form calls a key."""
        return f"{self.prefix}{_ASKED_AS.get(key, key)}"


@dataclass(frozen=True, slots=True)
class NotedField:
    """A field of a form: of the record format, what it is asked as, and what is there to choose.

    ``shape`` says what the record has: ``text``, ``number``, ``time``, ``list`` or ``impact``; ``name`` and ``list`` are
    of ids. ``value`` stands there already.
    A choice is a word of the record, as people say it, and as an issue form offers it.
    """

    field: Field
    shape: str
    choices: tuple[tuple[str, str, str], ...] = ()
    value: str = ""

    @property
    def long(self) -> bool:
        """Whether there is room for several lines."""
        return self.field.kind.defined_as == "text"


@dataclass(frozen=True, slots=True)
class NotedStep:
    """A step that can be noted; of a ``noted`` one the note is all that it tells, and one that ``opens`` is a new ticket.

    ``offered`` is what an issue form calls it.
    """

    event: str
    fields: tuple[NotedField, ...]
    offered: str
    noted: bool = False
    opens: bool = False

    @property
    def form(self) -> str:
        """The issue form that asks for all of it; "" where none does."""
        if self.opens:
            return FAULT.name
        return STEP.name if self.event in STEPS else ""

    @property
    def questions(self) -> tuple[tuple[str, str], ...]:
        """The keys and the headings of that form."""
        form = FAULT if self.opens else STEP
        return tuple((field.key, field.zh) for field in form.fields)


def ticket_noting(ticket: Ticket, state: State, voice: Voice) -> Mapping[str, object]:
    """What the page of a ticket tells of noting a step of it."""
    asset = ticket.assets[0] if ticket.assets else ""
    steps = tuple(
        NotedStep(
            event.name,
            tuple(_field(field, voice, {"asset": asset}) for field in event.fields),
            choice_text(EVENT, event.name, _first(voice)),
            event.noted,
        )
        for event in steps_on_site(state)
    )
    return {"steps": steps, "forge": forge_of(voice, record_path(ticket.id))}


def asset_noting(asset: str, open_tickets: Iterable[Ticket], voice: Voice) -> Mapping[str, object]:
    """What the page of a piece of equipment tells of noting: the steps of its open tickets, and a new one."""
    opening = tuple(
        _field(field, voice, {"assets": asset, "kind": REACTIVE[0]})
        for field in OPENING
        if field.key != "received_by"  # whoever notes it
    )
    return {
        "opening": NotedStep(OPENED, opening, OPENED, opens=True),
        "open_tickets": [
            (ticket, steps_on_site(voice.book.states[ticket.id].state))
            for ticket in islice(open_tickets, OFFERED)
        ],
        "forge": forge_of(voice, ""),
    }


def forge_of(voice: Voice, path: str) -> NotingForge:
    """The contract's forge, with the editor of the file at ``path``."""
    contract = voice.book.records.contract
    url, main = contract.forge_url.rstrip("/"), quote(contract.evidence.main)
    match contract.forge_kind if url.startswith(("https://", "http://")) else "":
        case "github":
            edit = f"{url}/edit/{main}/{path}" if path else ""
            found = NotingForge(
                "github", f"{url}/issues/new", "{form}.yml", "", edit, f"{url}/new/{main}"
            )
        case "gitea":
            edit = f"{url}/_edit/{main}/{path}" if path else ""
            forms = ".github/ISSUE_TEMPLATE/{form}.yml"
            found = NotingForge(
                "gitea", f"{url}/issues/new", forms, "field:", edit, f"{url}/_new/{main}/"
            )
        case "gitlab":
            edit = f"{url}/-/edit/{main}/{path}" if path else ""
            found = NotingForge("gitlab", f"{url}/-/issues/new", edit=edit)
        case _:
            found = NotingForge()
    return found


_SHAPES = {Form.NUMBER: "number", Form.TIME: "time"}


def _field(field: Field, voice: Voice, given: Mapping[str, str]) -> NotedField:
    shape = (
        "impact"
        if field.kind.form is Form.IMPACT
        else "list"
        if field.kind.several
        else "name"
        if field.kind.thing in DEFINED
        else _SHAPES.get(field.kind.form, "text")
    )
    return NotedField(field, shape, _choices(field.kind, voice), given.get(field.key, ""))


def _choices(kind: FieldKind, voice: Voice) -> tuple[tuple[str, str, str], ...]:
    """What is there to choose."""
    if kind.thing is Thing.SEVERITY:
        terms = voice.book.records.contract.terms
        levels = sorted({level for term in terms for level in term.severities})
        return tuple((str(level), voice.severity(level), str(level)) for level in levels)
    words = REACTIVE if kind is TICKET_KIND else kind.choices
    return tuple(
        (
            word,
            Told(voice.language.term(kind.name, word)),
            Told(f"{_first(voice).term(kind.name, word)} ({word})"),
        )
        for word in words
    )


def _first(voice: Voice) -> Language:
    """The contract's first language, in which its forge's forms are written."""
    return language(voice.book.records.contract.languages[0])
