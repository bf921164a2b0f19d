"""How what is on the calendar reads, on its page and in the file for other calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.instant import local_day
from weibao.operations.deliverables import Delivery
from weibao.operations.on_duty import OnDuty
from weibao.render.edition import addresses
from weibao.render.words.deliveries import state_told
from weibao.render.words.due import due_told
from weibao.report.calendar import CalendarKind
from weibao.report.due.item import DueItem, DueKind

if TYPE_CHECKING:
    from weibao.model.instant import Instant
    from weibao.render.edition.voice import Voice
    from weibao.report.calendar import CalendarEntry

WINDOW = N_("{kind}: {title}")
MEETING = N_("{kind}: to be held by now")
AUTHORISATION = N_("{supplier}: the authorisation by {issuer} ends")
SUPPORT = N_("{asset}: the maker's support ends")
OF_PERSON = N_("{person}: {what}")
HANDOVER = N_("hand-over: {rota}")
REPORT = N_("{report} of {period}")
ON_DUTY = N_("{rota}: {person}")

REVIEWS = {
    "audited": N_("audit of the records: to be made by now"),
    "surveyed": N_("survey of the customer: to be made by now"),
}
"""By the event that is asked for, what is to be done."""


def entry_told(entry: CalendarEntry, voice: Voice) -> str:
    """What is on a day, in a few words, without when and how it stands."""
    words = voice.language
    match entry.told_of:
        case DueItem(kind=kind, who=who):
            told = due_told(entry.told_of, voice.book.records, words, voice.person)
            whose = voice.person(who.person) if kind is DueKind.CERTIFICATE else ""
            return words.text(OF_PERSON, person=whose, what=told) if whose else told
        case Delivery(kind=kind):
            report = words.term("deliverable", kind)
            return words.text(REPORT, report=report, period=_period(entry, voice))
        case OnDuty(person=person, rota=rota):
            called = voice.on_duty(entry.told_of) if person else words.text(N_("nobody"))
            return words.text(ON_DUTY, rota=words.term("rota", rota), person=called)
        case _:
            return _of_itself(entry, voice)


def _of_itself(entry: CalendarEntry, voice: Voice) -> str:
    words, records, subject = voice.language, voice.book.records, entry.subject
    match entry.kind:
        case CalendarKind.WINDOW:
            ticket = records.tickets[entry.record]
            kind = words.term("ticket_kind", ticket.kind)
            doubled = ticket.title.startswith(kind)
            told = ticket.title if doubled else words.text(WINDOW, kind=kind, title=ticket.title)
        case CalendarKind.ROUND:
            told = voice.work(*subject)
        case CalendarKind.MEETING:
            told = words.text(MEETING, kind=words.term("ticket_kind", *subject))
        case CalendarKind.REVIEW:
            told = words.text(REVIEWS[subject[0]])
        case CalendarKind.AUTHORISATION:
            issuer, supplier = subject
            known = records.spares.suppliers.get(supplier)
            called = words.pick(known.names) if known else supplier
            told = words.text(AUTHORISATION, issuer=issuer, supplier=called)
        case CalendarKind.SUPPORT:
            told = words.text(SUPPORT, asset=voice.asset(*subject))
        case _:
            told = words.text(HANDOVER, rota=words.term("rota", *subject))
    return told


def _period(entry: CalendarEntry, voice: Voice) -> str:
    """The month with which it ends, or the round, of a report."""
    kind, covers = entry.subject
    if kind != "inspection":
        return voice.month(covers)
    plan, day = covers.split(" ")
    return f"{voice.work(plan)} {day}"


def standing(entry: CalendarEntry, voice: Voice) -> tuple[str, str]:
    """How it stands, in words, and how grave that is: ``bad``, ``risk``, ``ok`` or ""; nothing where there is none to tell."""
    words, now = voice.language, voice.book.as_of
    match entry.told_of:
        case Delivery() as delivery:
            late = delivery.due is not None and delivery.due < now and not delivery.in_time
            mood = "bad" if late else "ok" if delivery.issued is not None else ""
            return state_told(delivery, now, words), mood
        case DueItem(kind=kind) as item if item.instant < now:
            return words.text(N_("overdue") if kind.value in _TO_DO else N_("ended")), "bad"
        case _:
            pass
    if entry.kind in _ENDINGS and entry.day < local_day(now, voice.book.zone):
        return words.text(N_("ended")), "bad"
    if entry.kind is CalendarKind.ROUND:
        return words.term("round_state", entry.state), _ROUNDS.get(entry.state, "")
    known = _STANDING.get(entry.state)
    return (words.text(known[0]), known[1]) if known else ("", "")


_TO_DO = frozenset({"action", "count"})
_ENDINGS = frozenset({CalendarKind.AUTHORISATION, CalendarKind.SUPPORT})
_ROUNDS = {"done": "ok", "done_late": "risk", "incomplete": "risk", "due": "risk", "overdue": "bad"}
_STANDING = {
    "missed": (N_("window missed, no work in it"), "bad"),
    "unapproved": (N_("approval not shown"), "risk"),
    "overdue": (N_("overdue"), "bad"),
    "taken_over": (N_("taken over"), "ok"),
    "handed_over": (N_("handed over, not taken over"), "risk"),
}


def times_told(entry: CalendarEntry, voice: Voice) -> str:
    """From when to when, as short as it is plain beside the day; "" of what is of the whole day."""
    if entry.start is None:
        open_round = entry.kind is CalendarKind.ROUND and not entry.state.startswith("done")
        if not open_round or entry.end is None or _is_on(entry, entry.end, voice):
            return ""
        day = voice.language.moment(entry.end, voice.book.zone, pattern="MM-dd")
        return voice.language.text(N_("until {moment}"), moment=day)
    start = _clock(entry, entry.start, voice)
    daily = isinstance(entry.told_of, OnDuty) and not entry.told_of.over_a_day
    if entry.end is None or daily:
        return start
    return f"{start} – {_clock(entry, entry.end, voice)}"


def _clock(entry: CalendarEntry, at: Instant, voice: Voice) -> str:
    if _is_on(entry, at, voice):
        return voice.language.moment(at, voice.book.zone, pattern="HH:mm")
    return voice.clock(at)


def _is_on(entry: CalendarEntry, at: Instant, voice: Voice) -> bool:
    return local_day(at, voice.book.zone) == entry.day


def place_of(entry: CalendarEntry, voice: Voice) -> tuple[str, str]:
    """The page that tells of it, and where on it; "" where the reader has none."""
    records, record = voice.book.records, entry.record
    for known, page in (
        (records.tickets, addresses.ticket_page),
        (records.inspections, addresses.inspection_page),
        (records.shifts, addresses.shift_page),
    ):
        if record in known:
            return page(record), ""
    match entry.told_of:
        case DueItem(kind=kind, subject=subject):
            page_of, anchor = _PAGES.get(kind.value, ("", ""))
            return page_of, f"action-{subject[0]}" if kind.value == "action" else anchor
        case _ if entry.kind is CalendarKind.SUPPORT:
            return addresses.asset_page(*entry.subject), ""
        case _:
            return _OF_KIND.get(entry.kind, ("", ""))


_PAGES = {
    "action": (addresses.REVIEWS, ""),
    "count": ("spares", "counts"),
    "warranty": ("spares", "pieces"),
    "contract": ("contract", ""),
    "calendar": ("contract", ""),
    "credential": ("contract", "credentials"),
    "certificate": ("people", "matrix"),
    "duty": ("people", "rota"),
}
_OF_KIND = {
    CalendarKind.ROUND: (addresses.INSPECTIONS, ""),
    CalendarKind.DELIVERABLE: ("levels", ""),
    CalendarKind.MEETING: ("tickets", "planned"),
    CalendarKind.REVIEW: (addresses.REVIEWS, ""),
    CalendarKind.AUTHORISATION: ("spares", "suppliers"),
}
