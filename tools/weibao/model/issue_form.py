"""The two forms as one table: their questions, what a forge calls them, and what may be chosen.

From it come the files that ``init`` writes and the headings that are looked for in what was written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao.language import CODES, N_, language
from weibao.model import field_kinds as kinds
from weibao.model.events import BY_NAME, Field, event_named
from weibao.model.field_note import AT, BY, EVENT, NOTE, OPENED, fields_of, steps_noted

if TYPE_CHECKING:
    from weibao.language import Language

PHOTOGRAPHS = "photographs"
MOST = 10
"""Photographs of one issue."""
EMPTY = "_No response_"
"""What GitHub, Gitea and Forgejo write under a question that was not answered."""

_PHOTOGRAPHS = Field(PHOTOGRAPHS, kinds.TEXT, "照片", "Photographs", required=False)
_MORE = tuple(
    replace(field, required=False)
    for field in event_named("ticket", "resolved").fields
    if field.required
)
"""What steps ask for besides that a phone may answer; a step that asks for more is recorded at the desk."""


@dataclass(frozen=True, slots=True)
class IssueForm:
    """A form.

    Attributes:
        name: of its file, without the ending.
        zh, en: its title.
        about: what it is for.
        fields: its questions, in their order.
        hints: what stands beside a question, by its key.
    """

    name: str
    zh: str
    en: str
    about: str
    fields: tuple[Field, ...]
    hints: dict[str, str]

    def title(self, code: str) -> str:
        """Its title in a language."""
        return self.zh if code == "zh" else self.en


_PHOTO_HINT = N_(
    "Drag or choose pictures here: PNG, JPEG or WebP, at most {number}, each at most {limit} MiB."
)

STEP = IssueForm(
    "weibao-step",
    "记一步",
    "Record a step of a ticket",
    N_("What was done on a ticket; recorded under the name of whoever sends this."),
    (
        Field("ticket", kinds.TICKET, "工单", "Ticket"),
        Field("asset", kinds.ASSET, "设备", "Equipment", required=False),
        EVENT,
        replace(AT, required=False),
        replace(BY, required=False),
        *_MORE,
        NOTE,
        _PHOTOGRAPHS,
    ),
    {
        "ticket": N_("Its number, or the end of it: 7K3Q9M"),
        "asset": N_("The equipment that you are at, to be sure that it is the right ticket."),
        "at": N_("When it was done: 09:12, 20 minutes ago. Empty: when this is sent."),
        "by": N_("Only where a colleague did it: their name."),
        "mode": N_("Of a restoration or a resolution."),
        "cause": N_("Of a resolution."),
        "action": N_("Of a resolution."),
        "note": N_("An update needs one."),
        PHOTOGRAPHS: _PHOTO_HINT,
    },
)

FAULT = IssueForm(
    "weibao-fault",
    "报修",
    "Report a fault",
    N_("Opens a ticket; for the provider's people and for contacts who may declare faults."),
    (
        Field("title", kinds.LINE, "故障", "Fault"),
        Field("asset", kinds.ASSETS, "设备", "Equipment"),
        Field("severity", kinds.SEVERITY, "级别", "Severity"),
        Field("reported_by", kinds.CONTACT, "报修人", "Reported by", required=False),
        Field("at", kinds.TIME, "报修时间", "Reported at", required=False),
        NOTE,
        _PHOTOGRAPHS,
    ),
    {
        "title": N_("In one line."),
        "asset": N_("By its name or its label; several with commas between."),
        "severity": N_("As the customer declares it: 1 is the gravest."),
        "reported_by": N_("The customer's contact; empty where you are one yourself."),
        "at": N_("When they told you: 09:12, 20 minutes ago. Empty: when this is sent."),
        "note": N_("What is seen, what was tried."),
        PHOTOGRAPHS: _PHOTO_HINT,
    },
)

FORMS = (STEP, FAULT)


def choices(field: Field) -> tuple[str, ...]:
    """The words that a question may be answered with; () where it is answered freely."""
    return STEPS if field.key == "event" else field.kind.choices


def choice_said(field: Field, word: str, words: Language) -> str:
    """A word as people say it."""
    if field.key == "event":
        event = BY_NAME["ticket"][word]
        return words.pick({"zh": event.zh, "en": event.en})
    return words.term(field.kind.name, word)


def choice_text(field: Field, word: str, words: Language) -> str:
    """A word as the form offers it: as it is said, and as it is recorded."""
    return f"{choice_said(field, word, words)} ({word})"


def labels(field: Field) -> tuple[str, str]:
    """What a question is called, in each language."""
    return (field.zh, field.en)


def chosen(field: Field, said: str) -> str:
    """The word that was chosen, however it is said; ``said`` itself where it is none."""
    for word in choices(field):
        told = {
            tell(field, word, language(code))
            for tell in (choice_said, choice_text)
            for code in CODES
        }
        if said.casefold() in {word, *map(str.casefold, told)}:
            return word
    return said


def _askable() -> tuple[str, ...]:
    known = {field.key for field in _MORE}
    return tuple(
        event
        for event in steps_noted("ticket")
        if event != OPENED
        and all(field.key in known for field in fields_of("ticket", event) or () if field.required)
    )


STEPS = _askable()
"""The steps that the form can ask all for."""
