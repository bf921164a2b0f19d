"""Words that no text of the customer's site may hold, and what stands in their place.

A name, an id or an address gives way to 〔the person's role〕, a serial number to 〔the serial number〕:
the brackets say that something was put in, since the words of a record are not changed unseen. Every
template passes what it writes through here (:func:`weibao.render.site.page.environment`), so that no page
has to think of it. What people write of themselves in other words, a surname alone or a number in a
picture, is not found; other spellings are: wide letters, capitals, blanks within a Chinese name, an
underscore in an id, a number that is written together with what it is (``SN2102HD0001``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from weibao.language import N_
from weibao.model.events import BY_NAME
from weibao.model.field_kinds import Form
from weibao.model.load import read_record
from weibao.render.edition.people import UNKNOWN_IDENTITY
from weibao.render.edition.public import ASSETS, STAFF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from weibao.history.history import History
    from weibao.language import Language
    from weibao.model.assets import Asset
    from weibao.model.contract import Contract
    from weibao.model.entry import Entry
    from weibao.model.staff import Staff
    from weibao.render.edition.people import People
    from weibao.report.book import Book

CONTRACT = "records/contract.yaml"
SERIAL = N_("serial number")
PHONE = N_("telephone")

_EMAIL = r"[A-Za-z0-9._+%-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
_TOKEN = r"[0-9A-Za-z]+(?:[-_][0-9A-Za-z]+)*"  # noqa: S105 - a form, no secret
_ADDRESS = re.compile(r".+@.+\.[A-Za-z]{2,}")
_SHORTEST_NUMBER = 5
_LONGEST_CODE = 3
_SURELY_NUMBER = 8
"""As long a serial number is found within another word, and is no part of it by chance."""
_COUNTING = frozenset("0123456789〇一二三四五六七八九十百千两几多每这该本此各整")
_WIDE = re.compile(r"[\uff01-\uff5e]")


class Told(str):
    """The site's own words, or words in which nothing is to be withheld any more."""

    __slots__ = ()


class Words(NamedTuple):
    """What a version of the records has that may have to be withheld; of people, by their ids."""

    names: tuple[tuple[str, str], ...] = ()
    addresses: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()
    serials: tuple[str, ...] = ()


def withholding(
    book: Book, people: People, language: Language, *, numbered: bool = True
) -> Callable[[str], str]:
    """What makes of a text one that the customer may read; ``people`` are called as they are there, serial numbers ``numbered`` or not."""
    contract = book.records.contract
    found = tuple(_editions(book))
    serial, phone = language.text(SERIAL), language.text(PHONE)
    serials = chain(_serials(book), *(words.serials for words in found))
    folded = {
        _squeezed(number): f"{serial} {place}" if numbered else serial
        for place, number in enumerate(dict.fromkeys(serials), start=1)
        if _telling(number)
    }
    ids: dict[str, str] = {}
    strangers = ""
    if not people.named:
        strangers = language.text(UNKNOWN_IDENTITY)
        folded |= dict.fromkeys(map(_squeezed, _authors(book.snapshot.history)), strangers)
        for name, owner in chain.from_iterable((*words.names, *words.addresses) for words in found):
            ids[owner] = folded[_squeezed(name)] = people.called(owner)
            if "-" in owner:  # of one word alone, another case is another word
                folded[owner.replace("-", "_")] = folded[owner] = people.called(owner)
    numbers = {number for words in found for number in words.phones}
    return _told(
        ids,
        {word: label for word, label in folded.items() if len(word) > 1},
        () if contract.publish_phones else sorted(numbers),
        phone,
        strangers,
    )


def _told(
    ids: Mapping[str, str],
    folded: Mapping[str, str],
    numbers: Iterable[str],
    phone: str,
    strangers: str,
) -> Callable[[str], str]:
    """What puts labels in the place of words: ``ids`` as they stand, ``folded`` ones in any case.

    Every telephone number among ``numbers`` gives way to ``phone``, however it is spaced, and every
    address that nobody is known by to ``strangers``, where that is not "".
    """
    token = re.compile(_TOKEN)
    other = sorted((word for word in folded if not token.fullmatch(word)), key=len, reverse=True)
    within = [re.escape(word) for word in folded if _surely_number(word)]
    phones = [
        rf"(?P<p{place}>(?<!\d)\+?{_spaced(number)}(?!\d))" for place, number in enumerate(numbers)
    ]
    pattern = re.compile(
        "|".join(
            (
                f"(?P<email>{_EMAIL})",
                *(_whole(word) for word in other if "@" not in word),
                *phones,
                f"(?P<token>{_TOKEN})",
            )
        ),
        re.IGNORECASE,
    )
    inner = re.compile("|".join((*within, *phones)), re.IGNORECASE) if within or phones else None

    def put(match: re.Match[str]) -> str:
        word, kind = match[0], match.lastgroup
        if _counts_tickets(match):
            return word
        label = (
            phone if kind and kind.startswith("p") else ids.get(word) or folded.get(_squeezed(word))
        )
        if label is None and kind == "email" and _ADDRESS.fullmatch(word):
            label = strangers
        if label is None and kind == "token" and inner is not None:
            return inner.sub(put, word)
        return f"〔{label}〕" if label else word

    @lru_cache(maxsize=1 << 16)
    def told(text: str) -> str:
        found = pattern.sub(put, text)
        if _WIDE.search(found):
            narrow = unicodedata.normalize("NFKC", found)
            other = pattern.sub(put, narrow)
            return found if other == narrow else other
        return found

    return told


def _counts_tickets(match: re.Match[str]) -> bool:
    """Whether what reads as a name, 张工, is the beginning of so many tickets: 2 张工单."""
    before = match.string[: match.start()].rstrip()
    return (
        match[0] == "张工"
        and match.string.startswith("单", match.end())
        and before[-1:] in _COUNTING
    )


def _squeezed(word: str) -> str:
    """A word as it is looked up: in any case, a Chinese name with blanks in it or without."""
    return "".join(word.split()).casefold() if _chinese(word) else word.casefold()


def _chinese(word: str) -> bool:
    return not any(letter.isascii() for letter in "".join(word.split()))


def _surely_number(word: str) -> bool:
    return (
        len(word) >= _SURELY_NUMBER and any(letter.isdigit() for letter in word) and "@" not in word
    )


def _whole(word: str) -> str:
    """A word as it is looked for: one of Latin letters not within another."""
    if word.isascii():
        return rf"(?<![0-9A-Za-z]){re.escape(word)}(?![0-9A-Za-z])"
    return r"[ \u3000]*".join(map(re.escape, word)) if _chinese(word) else re.escape(word)


def _spaced(number: str) -> str:
    """A telephone number as it is looked for: however it is spaced, with its country's code or without."""
    digits = re.sub(r"\D", "", number)
    code = _LONGEST_CODE if number.startswith("+") else 0
    return r"[\s().-]*".join((*(f"{digit}?" for digit in digits[:code]), *digits[code:]))


def _telling(serial: str) -> bool:
    """Whether a serial number can be told from a count in a text."""
    return len(serial) >= _SHORTEST_NUMBER or not serial.isdigit()


def _authors(history: History) -> Iterator[str]:
    """The names and addresses that commits bear."""
    for commit in history.commits.values():
        yield commit.author.name
        yield commit.author.email


def _editions(book: Book) -> Iterator[Words]:
    """What the lists say now, and what they said in any version that can be read."""
    records, history = book.records, book.snapshot.history
    yield _of_staff(records.staff)
    yield _of_contract(records.contract)
    yield _of_assets(records.assets)
    for change in history.changes:
        raw = history.blobs.get(change.after or "")
        if raw is not None and change.path in {STAFF, CONTRACT, ASSETS}:
            yield _in_version(change.path, raw)


@cache
def _in_version(path: str, raw: bytes) -> Words:
    value = read_record(path, raw).value
    if value is None:
        return Words()
    if path == STAFF:
        return _of_staff(value)
    if path == CONTRACT:
        return _of_contract(value)
    return _of_assets(value)


def _of_assets(assets: Mapping[str, Asset]) -> Words:
    return Words(serials=tuple(asset.serial for asset in assets.values() if asset.serial))


def _of_staff(staff: Staff) -> Words:
    people = staff.people.values()
    return Words(
        names=tuple((person.name, person.id) for person in people),
        addresses=tuple((address, person.id) for person in people for address in person.git),
        phones=tuple(person.phone for person in people if person.phone),
    )


def _of_contract(contract: Contract) -> Words:
    contacts = contract.contacts.values()
    said = contract.data["contacts"]
    return Words(
        names=tuple((name, contact.id) for contact in contacts for name in contact.names.values()),
        addresses=tuple((address, contact.id) for contact in contacts for address in contact.git),
        phones=tuple(contact["phone"] for contact in said.values() if "phone" in contact),
    )


def _serials(book: Book) -> Iterator[str]:
    """Every serial number in the logs, of whatever step."""
    records = book.records
    yield from _logged("spares", records.spares.log)
    for ticket in records.tickets.values():
        yield from _logged("ticket", ticket.log)


def _logged(kind: str, log: Iterable[Entry]) -> Iterator[str]:
    for entry in log:
        event = BY_NAME[kind].get(entry.event)
        for field in event.fields if event else ():
            value = entry.data.get(field.key)
            if value and field.kind.form is Form.SERIAL:
                yield from [value] if isinstance(value, str) else value
