"""A voice: how everything of one Book is said in one language.

Templates and page modules take their words from here, so that a time, a person, a commit or a part
reads alike on every page. A voice returns text, never markup; the templates escape it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from weibao.language import N_, Language
from weibao.model.duration import parse_duration
from weibao.model.events import BY_NAME, Field
from weibao.model.instant import format_instant, local_day, midnight
from weibao.render.edition.addresses import PEOPLE, person_page, proof_page, record_page
from weibao.render.edition.people import People, people_of
from weibao.render.edition.withheld import Told, withholding
from weibao.render.words.due import roughly
from weibao.render.words.entry_facts import Saying, entry_facts, field_title
from weibao.render.words.findings import FindingText, tell
from weibao.render.words.lengths import counted, overrun_told, promised
from weibao.render.words.names import (
    asset_called,
    check_item_called,
    depot_called,
    part_called,
    promise_called,
    severity_called,
    work_called,
)
from weibao.render.words.when import due_when, when
from weibao.report.coming import Ahead, unchanged
from weibao.sla.condition import Condition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from weibao.model.duration import Duration
    from weibao.model.entry import Entry
    from weibao.model.finding import Finding
    from weibao.model.handwritten import Audience
    from weibao.model.imported import Precision
    from weibao.model.instant import Instant
    from weibao.operations.on_duty import OnDuty
    from weibao.render.edition.addresses import Addresses
    from weibao.report.book import Book
    from weibao.sla.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Voice:
    """How one Book is said in one language, at one set of addresses."""

    book: Book
    language: Language
    addresses: Addresses
    audience: Audience
    people: People
    withheld: Callable[[str], str]
    ahead: Ahead

    def at(self, other: Book) -> Voice:
        """How one of the Books ahead is said."""
        return voice_of(other, self.language, self.addresses, self.audience, self.ahead)

    def moment(self, instant: Instant | None, *, seconds: bool = False) -> str:
        """An instant in the contract's zone, "—" for none."""
        if instant is None:
            return "—"
        pattern = "yyyy-MM-dd HH:mm:ss" if seconds else "yyyy-MM-dd HH:mm"
        return self.language.moment(instant, self.book.zone, pattern=pattern)

    def when(self, instant: Instant | None, precision: Precision | None) -> str:
        """An instant as exactly as an old register says it."""
        if instant is None:
            return "—"
        return when(instant, precision, self.book.zone, self.language)

    def due(self, verdict: Verdict) -> str:
        """When a promise is due, as exactly as that is known."""
        return due_when(verdict, self.book.zone, self.language)

    def clock(self, instant: Instant | None) -> str:
        """An instant without the year, for places where the year is plain."""
        if instant is None:
            return "—"
        return self.language.moment(instant, self.book.zone, pattern="MM-dd HH:mm")

    def span(self, span: tuple[Instant, Instant]) -> str:
        """From one instant to another, the year told once."""
        return f"{self.moment(span[0])} – {self.clock(span[1])}"

    def rfc3339(self, instant: Instant) -> str:
        """An instant for machines: the ``datetime`` of a ``<time>``."""
        return format_instant(instant, self.book.zone)

    def month(self, month: str) -> str:
        """A month, ``2026-11``; for "" that none is known yet."""
        return self.language.month(month) if month else self.language.text(N_("no month yet"))

    def day(self, day: date | None) -> str:
        """A date, "—" for none."""
        return "—" if day is None else self.language.day(day)

    def short_day(self, day: date) -> str:
        """A date beside the name of its month."""
        zone = self.book.zone
        return self.language.moment(midnight(day, zone), zone, pattern="d EEE")

    def days(self, days: Iterable[date]) -> str:
        """Several dates."""
        return self.language.listing(map(self.language.day, days))

    def roles(self, roles: Iterable[str]) -> str:
        """Several roles of the provider's people."""
        return self.language.listing(self.language.term("role", role) for role in roles)

    def rights(self, rights: Iterable[str]) -> str:
        """What one of the customer's contacts may do."""
        return self.language.listing(self.language.term("right", right) for right in sorted(rights))

    def written_day(self, text: str | None) -> str:
        """A date of a record, ``2026-11-20``, "—" for none."""
        return self.day(date.fromisoformat(text) if text else None)

    def hours(self, spans: Iterable[str]) -> str:
        """Working hours of a calendar, ``09:00-18:00``, as people write them."""
        return self.language.listing(span.replace("-", "–") for span in spans)

    def length(self, seconds: int | None) -> str:
        """A length of time, "—" for none."""
        return "—" if seconds is None else self.language.duration(seconds)

    def promise(self, within: Duration) -> str:
        """A promised length of time, in working days where it was promised so."""
        return promised(within, self.language)

    def counted(self, seconds: int, clock: str) -> str:
        """Seconds that a promise's clock counted."""
        return counted(seconds, clock, self.language)

    def overrun(self, verdict: Verdict) -> str:
        """By how much a promise was missed, "—" if it was not."""
        return overrun_told(verdict, self.language) or "—"

    def standing(self, word: str) -> str:
        """How a promise stands: its outcome, or ``paused`` of a clock that stands still."""
        paused = word == "paused"
        return (
            self.language.text(N_("clock paused"))
            if paused
            else self.language.term("outcome", word)
        )

    def promise_called(self, verdict: Verdict) -> str:
        """The name of a promise."""
        return promise_called(verdict.target, verdict.occurrence, self.language)

    def missed(self, targets: Iterable[str]) -> str:
        """The targets that were missed, "" for none."""
        return self.language.listing(self.language.term("target", target) for target in targets)

    def roughly(self, seconds: int) -> str:
        """A length of time as finely as it matters."""
        return roughly(seconds, self.language)

    def by_condition(self, seconds: Mapping[Condition, int]) -> str:
        """Lengths of time by condition, the gravest first; "" for none."""
        return self.language.listing(
            f"{self.language.term('condition', condition.value)} {self.roughly(seconds[condition])}"
            for condition in Condition
            if condition in seconds
        )

    def measured(self, value: str | float) -> str:
        """What was measured, "—" for nothing."""
        return (value or "—") if isinstance(value, str) else f"{value:g}"

    def day_of(self, instant: Instant) -> str:
        """The contract-local day of an instant, as ``2026-11-20``."""
        return local_day(instant, self.book.zone).isoformat()

    def share(self, share: Fraction | None, digits: int = 1) -> str:
        """A share of one as a percentage; n/a where nothing was counted."""
        if share is None:
            return self.language.text(N_("n/a"))
        return self.language.percent(share, digits)

    def person(self, person: str) -> str:
        """What to call a person or a customer's contact."""
        return Told(self.people.called(person))

    def way_to_person(self, person: str) -> tuple[str, str]:
        """The page that tells of somebody and where on it: their own, where people are told apart; "" for who is on no list."""
        place = self.people.place(person)
        if not place:
            return "", ""
        return (person_page(place), "") if self.people.distinct else (PEOPLE, place)

    def phone(self, number: str) -> str:
        """A telephone number of somebody, "" where it is not published."""
        published = self.audience == "internal" or self.book.records.contract.publish_phones
        return Told(number) if number and published else ""

    def each_once(self, people: Iterable[str]) -> list[str]:
        """Of several people those that are called otherwise than the ones before."""
        return list({self.person(person): person for person in people}.values())

    def on_duty(self, duty: OnDuty) -> str:
        """What to call whoever is on duty: of several roles, where those are published, the rota's."""
        called = self.people.called(duty.person)
        person = self.book.records.staff.people.get(duty.person)
        held = (
            person.role_for(duty.rota, local_day(self.book.as_of, self.book.zone)) if person else ""
        )
        role = self.language.term("role", held)
        other = held and not self.people.named and not called.startswith(role)
        return Told(role if other else called)

    def shown(self, text: str) -> str:
        """A text as it may be read here; the site's own words are as they are."""
        return text if isinstance(text, Told) else Told(self.withheld(text))

    def spoken(self, text: str) -> Markup:
        """Words of the record with the language that their letters say, where that is not the page's.

        A screen reader speaks, and a browser breaks, what carries the wrong language wrongly.
        """
        shown = escape(self.shown(text))
        code = self.language_of(text)
        if code == self.language.code:
            return shown
        return Markup('<span lang="{}">{}</span>').format(code, shown)

    def language_of(self, text: str) -> str:
        """The language of words of the record: the contract's first, unless their letters say otherwise."""
        return _spoken_in(text) or self.book.records.contract.languages[0]

    def finding(self, finding: Finding) -> FindingText:
        """A finding in words, with people called as they are here."""
        facts = {key: self.people.discreet(value) for key, value in finding.facts.items()}
        return tell(replace(finding, facts=facts), self.language)

    def proof_of(self, record: str) -> str:
        """The page of the proof of a record with a log."""
        return proof_page(record_page(self.book.records, record))

    def severity(self, level: int | None) -> str:
        """The contract's name of a severity level, "—" for none."""
        if level is None:
            return "—"
        return severity_called(self.book.records, level, self.language)

    def asset(self, asset: str) -> str:
        """The name of a piece of equipment."""
        return asset_called(self.book.records, asset, self.language)

    def part(self, part: str) -> str:
        """The name of a part of the catalogue."""
        return part_called(self.book.records, part, self.language)

    def depot(self, depot: str) -> str:
        """The name of a spares depot."""
        return depot_called(self.book.records, depot, self.language)

    def service(self, service: str) -> str:
        """The name of a service that the customer's business sees."""
        names = self.book.records.contract.services.get(service)
        return self.language.pick(names) if names else service

    def site(self, site: str) -> str:
        """The name of a site."""
        names = self.book.records.contract.sites.get(site)
        return self.language.pick(names) if names else site

    def work(self, plan: str) -> str:
        """The name of a line of the plan."""
        return work_called(self.book.records, plan, self.language)

    def check_item(self, item: str) -> str:
        """The name of a checklist item."""
        return check_item_called(self.book.records, item, self.language)

    def event(self, kind: str, name: str) -> str:
        """What people call an event of this kind of record."""
        known = BY_NAME[kind].get(name)
        return self.language.pick({"zh": known.zh, "en": known.en}) if known else name

    def field(self, known: Field) -> str:
        """What people call a key of an entry."""
        return self.language.pick({"zh": known.zh, "en": known.en})

    def field_of(self, kind: str, event: str, key: str) -> str:
        """What a key of an event is called."""
        return field_title(kind, event, key, self.language)

    def details(self, kind: str, entry: Entry) -> list[tuple[str, str, Field]]:
        """The event's own keys: what each is called, its value, and the key itself."""
        saying = Saying(self.book.records, self.language, self.person, str)
        return [(self.field(fact), value, fact) for fact, value in entry_facts(kind, entry, saying)]

    def within(self, text: str) -> str:
        """A duration of the contract as people say it: ``30m`` → 30 分钟."""
        return self.promise(parse_duration(text))

    def calendar(self, clock: str) -> str:
        """The name of a clock: every instant, or a calendar of the contract."""
        return self.language.term("clock", clock)


_HAN, _LETTER = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[^\W\d_]")


def _spoken_in(text: str) -> str:
    """The language that letters say: one sign of Chinese makes it that; "" where there is no letter at all."""
    if _HAN.search(text):
        return "zh"
    return "en" if _LETTER.search(text) else ""


def voice_of(
    book: Book,
    language: Language,
    addresses: Addresses,
    audience: Audience,
    ahead: Ahead | None = None,
    *,
    numbered: bool = True,
) -> Voice:
    """The voice for a Book that the audience may read; people are called by what they are at its instant.

    ``ahead`` is what the Book comes to before its pages are stale; nothing, where it is not given. ``numbered`` is
    whether serial numbers that are withheld are told from one another: their order is that of one Book, so that
    another's has another.
    """
    records = book.records
    today = local_day(book.as_of, book.zone)
    people = people_of(records.contract, records.staff, today, language, audience)
    withheld = (
        withholding(book, people, language, numbered=numbered) if audience == "customer" else str
    )
    known = ahead or unchanged(book)
    return Voice(book, language, addresses, audience, people, withheld, known)
