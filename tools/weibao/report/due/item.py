"""What a thing that is due is: what, how grave, when, whose, of which record, and how it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weibao.model.instant import Instant
    from weibao.sla.verdict import Verdict


class Harm(StrEnum):
    """What it does to the customer, the gravest first."""

    BROKEN = "broken"
    """What was promised is not kept now: too late, too silent, beyond its window, nobody there."""
    THREATENED = "threatened"
    """It will be, unless somebody acts."""
    OWED = "owed"
    """Something should have been done by now, and nobody suffers from it yet."""
    COMING = "coming"
    """There is time."""


class DueKind(StrEnum):
    """What is due; of two alike in all else the earlier kind stands first."""

    PROMISE = "promise"
    UPDATE = "update"
    DUTY = "duty"
    WINDOW_MISSED = "window_missed"
    OVERRUN = "overrun"
    WINDOW_ENDS = "window_ends"
    WINDOW_OPENS = "window_opens"
    APPROVAL = "approval"
    OWNER = "owner"
    EXPLANATION = "explanation"
    TAKE_OVER = "take_over"
    HAND_OVER = "hand_over"
    REFERRAL = "referral"
    CALL_BACK = "call_back"
    CONFIRMATION = "confirmation"
    REVIEW = "review"
    REPORT = "report"
    ANSWER = "answer"
    PART_BACK = "part_back"
    MEETING = "meeting"
    AUDIT = "audit"
    SURVEY = "survey"
    ROUND = "round"
    ACTION = "action"
    STOCK = "stock"
    COUNT = "count"
    WARRANTY = "warranty"
    CONTRACT = "contract"
    CALENDAR = "calendar"
    CREDENTIAL = "credential"
    CERTIFICATE = "certificate"
    KEY = "key"
    AUTHORITY = "authority"

    @property
    def for_customer(self) -> bool:
        """Whether the customer is told of it; the rest is the provider's own business."""
        return self in _FOR_CUSTOMER


_FOR_CUSTOMER = frozenset(
    {
        DueKind.PROMISE,
        DueKind.UPDATE,
        DueKind.WINDOW_MISSED,
        DueKind.OVERRUN,
        DueKind.WINDOW_ENDS,
        DueKind.WINDOW_OPENS,
        DueKind.REPORT,
        DueKind.ROUND,
        DueKind.CONTRACT,
        DueKind.CALENDAR,
        DueKind.CREDENTIAL,
    }
)


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who must see to it: a person's or contact's id, and the role in which; one of the two may be ""."""

    person: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that is due.

    Attributes:
        kind, harm: what it is, and what it does.
        instant: when it is due, or since when it has been.
        who: who must see to it.
        record: the id of the ticket or inspection, else the path of the file that it is in.
        subject: the names of what it is about, by kind: a promise's target; a rota and who is on leave;
            a part and its depot; an issuer and its credential; and so on. () where the record says it.
        command: the command that mends it, word by word.
        severity: that of the ticket.
        edit: the file that is edited before the command is run, "" where there is nothing to edit.
        promise: the verdict behind a promise.
    """

    kind: DueKind
    harm: Harm
    instant: Instant
    who: Responsible
    record: str
    subject: tuple[str, ...]
    command: tuple[str, ...]
    severity: int | None = None
    edit: str = ""
    promise: Verdict | None = None

    def left(self, now: Instant) -> int:
        """Seconds until it is due, negative after that."""
        return self.instant - now

    @property
    def order(self) -> tuple[int, int, Instant, int, str, tuple[str, ...]]:
        """By harm, then by instant. Where harm is done or threatens, the graver ticket is the greater harm."""
        harmful = self.harm in {Harm.BROKEN, Harm.THREATENED}
        return (
            _HARMS.index(self.harm),
            self._gravity if harmful else 0,
            self.instant,
            _KINDS.index(self.kind),
            self.record,
            self.subject,
        )

    @property
    def _gravity(self) -> int:
        """The severity; a rota without anybody is worse than any, for it is the next fault's."""
        if self.kind is DueKind.DUTY:
            return 0
        return _LEAST if self.severity is None else self.severity


_HARMS, _KINDS = tuple(Harm), tuple(DueKind)
_LEAST = 9
