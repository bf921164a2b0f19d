"""What an issue asks to be recorded, or all that keeps it from being recorded: a function of what was written.

Who opened it is whoever records it: the account must be one that the staff or the customer's contacts
list among their addresses. What it says is a claim, by the same rules as a command's options.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model import field_kinds as kinds
from weibao.model.contract import Contact
from weibao.model.events import BY_NAME
from weibao.model.field_note import OPENED, FieldNote, parts_of
from weibao.model.ids import matching_ids
from weibao.model.instant import format_instant, local_day
from weibao.model.issue_form import PHOTOGRAPHS, STEP, STEPS, choices, chosen
from weibao.model.naming import BY_TAB
from weibao.model.staff import Person
from weibao.model.times.when import parse_when
from weibao.model.yaml.quoting import checked_text
from weibao.operations.on_duty import on_duty
from weibao.refusal import Refusal, SeveralRefused, UsageRefusal
from weibao.workspace.issue_form.body import answers_in
from weibao.workspace.issue_form.photographs import NOTHING, photographs_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from weibao.model.events import Field
    from weibao.model.field_kinds import FieldKind
    from weibao.model.issue_form import IssueForm
    from weibao.model.records import Records
    from weibao.model.times.when import TimeAndPlace
    from weibao.workspace.issue_form.issue import WrittenIssue

    Naming = Callable[[FieldKind, str], str]
    """The id of what a text calls; refused where it calls nothing, or several."""

_DESK = "desk"
_NO_TICKET = "T20000101-000000"
"""Stands in for a ticket that was not told, so that what else is wrong can be."""


@dataclass(frozen=True, slots=True)
class IssueNote:
    """What is to be recorded.

    Attributes:
        note: the step, or the ticket that is opened.
        photographs: the addresses of what is attached to it.
        author: who records it, and ``address`` the one of theirs that is the forge's.
        equipment: the ids of the equipment that a step is said to be at; the ticket must be about it.
    """

    note: FieldNote
    photographs: tuple[str, ...]
    author: Person | Contact
    address: str
    equipment: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What an issue is read by: the configuration, the tickets' ids, how things are called, and the time.

    ``here`` is when the forge took the issue in, by the contract's clock: "20 minutes ago" counts from there.
    """

    records: Records
    ticket_ids: AbstractSet[str]
    called: Naming
    here: TimeAndPlace


def noted_in(issue: WrittenIssue, form: IssueForm, known: Known) -> IssueNote:
    """What an issue that was written into a form asks to be recorded.

    Raises:
        SeveralRefused: all that is missing or wrong. Of a stranger's nothing else is told than that they are one.
    """
    author = _author(issue, known)
    answers, faults = answers_in(issue.body, form)
    photographs, unfit = photographs_in(answers.pop(PHOTOGRAPHS, ""), issue)
    reading = _FormReading(issue, form, author, known, answers)
    said = reading.step() if form is STEP else reading.fault()
    equipment = (str(said.pop("asset")),) if form is STEP and "asset" in said else ()
    wrong = [*faults, *reading.faults, *unfit]
    try:
        note = FieldNote.parsed(said)
    except SeveralRefused as refused:
        wrong += [part for part in refused.refused if not reading.tells(part)]
    if wrong:
        raise SeveralRefused(NOTHING, tuple(wrong))
    return IssueNote(note, photographs, author, _own_address(issue, author), equipment)


def _author(issue: WrittenIssue, known: Known) -> Person | Contact:
    """Who opened the issue; refused where the records know nobody by that account, or the text is another's."""
    if issue.writer is not None and issue.writer.number != issue.author.number:
        raise _refused(
            N_("{login} changed the text that {author} had written, so that it is nobody's word."),
            N_("Write a new one, or have {author} write it again."),
            login=issue.writer.name,
            author=issue.author.name,
        )
    people: list[Person | Contact] = [
        *known.records.staff.people.values(),
        *known.records.contract.contacts.values(),
    ]
    found = [person for person in people if issue.is_author(person.git)]
    day = local_day(issue.created, known.records.contract.zone)
    if len(found) != 1 or (isinstance(found[0], Person) and not found[0].roles_on(day)):
        raise _refused(
            N_(
                "{login} is nobody of the provider's staff of {day}, and no contact of the customer's."
            ),
            N_(
                "If it is one of theirs, an administrator enters {address} among their git addresses, in "
                "records/staff.yaml or under the contacts of records/contract.yaml; then edit this text."
            ),
            login=issue.author.name,
            day=day.isoformat(),
            address=issue.address,
        )
    return found[0]


def _own_address(issue: WrittenIssue, author: Person | Contact) -> str:
    return next(address for address in author.git if issue.is_author((address,)))


class _FormReading:
    """The answers of one issue, read one by one; ``faults`` are those that could not be."""

    def __init__(
        self,
        issue: WrittenIssue,
        form: IssueForm,
        author: Person | Contact,
        known: Known,
        answers: Mapping[str, str],
    ) -> None:
        self.issue, self.author, self.known, self.answers = issue, author, known, answers
        self.fields: Mapping[str, Field] = {field.key: field for field in form.fields}
        empty = [field for field in form.fields if field.required and answers.get(field.key) == ""]
        self.faults: list[Refusal] = [_unanswered(field) for field in empty]
        self.faults += filter(None, map(_unwritable, answers.values()))
        self.unread = self.fields.keys() - answers.keys() | {field.key for field in empty}
        self.sent = format_instant(issue.created, known.records.contract.zone)

    def step(self) -> dict[str, object]:
        """A step, as a note says it."""
        if isinstance(self.author, Contact):
            raise _refused(
                N_("Steps of a ticket are recorded by the provider's staff."),
                N_("Report a fault by the other form, or tell the service desk."),
            )
        said: dict[str, object] = {
            key: chosen(self.fields[key], text) if choices(self.fields[key]) else text
            for key, text in self.answers.items()
            if text
        }
        self._replace(said, "event", _step)
        self._replace(said, "ticket", self._ticket)
        self._replace(said, "asset", lambda text: self.known.called(kinds.ASSET, text))
        self._replace(said, "by", lambda text: self.known.called(kinds.PERSON, text))
        self._replace(said, "at", self._time)
        if "ticket" in self.unread:
            said["ticket"] = _NO_TICKET
        return {"by": self.author.id, "at": self.sent} | said

    def fault(self) -> dict[str, object]:
        """The opening of a ticket, as a note says it."""
        said: dict[str, object] = {key: text for key, text in self.answers.items() if text}
        self._replace(said, "asset", self._assets)
        self._replace(said, "reported_by", lambda text: self.known.called(kinds.CONTACT, text))
        self._replace(said, "at", self._time)
        told = {"reported_at": said.pop("at", self.sent), "description": said.pop("note", "")}
        told["assets"] = said.pop("asset", "")
        said |= told | {"event": OPENED, "kind": "fault", "at": self.sent, "by": self.author.id}
        if isinstance(self.author, Contact):
            said |= self._by_a_contact(self.author, said)
        return said

    def _by_a_contact(self, author: Contact, said: Mapping[str, object]) -> dict[str, object]:
        """What else is said of a fault that the customer's contact reported: at the portal, to whoever has the desk."""
        contact = author.id
        if "declare" not in author.may or said.get("reported_by", contact) != contact:
            raise _refused(
                N_("{contact} may not declare faults, or not in the name of another."),
                N_("Tell the service desk; who may declare stands in records/contract.yaml."),
                contact=contact,
            )
        at = self.issue.created
        desk = [span.person for span in on_duty(self.known.records.duty, at) if span.rota == _DESK]
        if not desk:
            raise _refused(
                N_("By the rota nobody has the desk now, so that nobody would have received it."),
                N_("Call the service desk, which opens the ticket: weibao ticket open"),
            )
        return {"reported_by": contact, "channel": "portal", "received_by": desk[0]}

    def _replace(self, said: dict[str, object], key: str, reading: Callable[[str], object]) -> None:
        """Put what a text means in its place; where it means nothing, that is a fault."""
        if key not in said:
            return
        try:
            said[key] = reading(str(said[key]))
        except Refusal as refusal:
            del said[key]
            self.unread.add(key)
            by_label = N_("Write its id, as its label has it, or its whole name.")
            refusal.mend = by_label if refusal.mend == BY_TAB else refusal.mend
            self.faults.append(refusal)

    def tells(self, refusal: Refusal) -> bool:
        """Whether what is refused of the note is told already, of the question that it comes from."""
        without_step = "event" in self.unread and "event" in refusal.facts
        return without_step or refusal.facts.get("key") in self.unread

    def _ticket(self, text: str) -> str:
        plain = unicodedata.normalize("NFKC", text).strip()
        found = matching_ids(plain, self.known.ticket_ids)
        if len(found) == 1:
            return found[0]
        raise UsageRefusal(
            N_("“{found}” is the number of no ticket here, or of several."),
            mend=N_("Write it whole, as its label has it: {example}"),
            found=text,
            example="T20261123-7K3Q9M",
        )

    def _assets(self, text: str) -> list[str]:
        return [self.known.called(kinds.ASSET, part) for part in parts_of(text)]

    def _time(self, text: str) -> str:
        zone = self.known.records.contract.zone
        return format_instant(parse_when(text, self.known.here), zone)


def _step(text: str) -> str:
    if text in STEPS:
        return text
    raise UsageRefusal(
        N_("The form takes no step “{found}”."),
        mend=N_(
            "It takes: {known}. Any other is recorded at the desk, or on the ticket's own page."
        ),
        found=text,
        known=tuple(
            {"zh": BY_NAME["ticket"][step].zh, "en": BY_NAME["ticket"][step].en} for step in STEPS
        ),
    )


def _refused(message: str, mend: str, **facts: object) -> SeveralRefused:
    return SeveralRefused(NOTHING, (UsageRefusal(message, mend=mend, **facts),))


def _unwritable(text: str) -> Refusal | None:
    """Why a text can stand in no record: a character that nobody sees."""
    try:
        checked_text(text)
    except Refusal as refusal:
        return refusal
    return None


def _unanswered(field: Field) -> Refusal:
    return UsageRefusal(
        N_("The question “{name}” has no answer."), name={"zh": field.zh, "en": field.en}
    )
