"""Whom and what people mean by the words that they use: a name, a part of it or of an id, initials.

The closest way of meaning counts, and in it only what can be no other: 李强 before whoever has 李 in
their name. Several are listed and refused; nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from weibao.language import N_, words_for
from weibao.model import field_kinds as kinds
from weibao.model.field_kinds import Thing
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from weibao.model.field_kinds import FieldKind
    from weibao.model.records import Records

    Names = Mapping[str, tuple[str, ...]]
    """The ids that there are, each with the names that it has."""

BY_TAB = N_("Tab lists those that there are.")
"""What helps on a command line, and nowhere else."""
_LISTED = 8
_TITLES = re.compile(r"^[老小]|(工|总|师傅|经理|主任)$")
"""What people put before or after a family name: 老李, 李工."""

_ALSO = {
    "message": ("微信", "企业微信", "钉钉", "飞书", "短信", "wechat", "sms"),
    "email": ("邮箱", "mail"),
    "phone": ("来电", "call"),
    "on_site": ("上门", "到场", "onsite"),
}
"""What choices are called besides, each by its word in the records."""

RECORDER = kinds.FieldKind("recorder", definition="person")
SITE = kinds.FieldKind("site", definition="site")
ROTA = kinds.FieldKind("rota", definition="rota")
ROUND = kinds.FieldKind("round", definition="round")
_LINE = kinds.FieldKind("line", definition="line")
NAMED_OPTIONS = {
    "by": RECORDER,
    "received_by": kinds.PERSON,
    "reported_by": kinds.CONTACT,
    "approved_by": kinds.CONTACT,
    "contact": kinds.CONTACT,
    "dispatched_to": kinds.PERSON,
    "assets": kinds.ASSET,
}
"""The options of writing commands that name something and are no fields of an event."""


def folded(text: str) -> str:
    """``text`` as names are compared: of half width, in small letters, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def called(records: Records, kind: FieldKind, text: str) -> str:
    """The id of what ``text`` calls, of a kind that has names; every other text as it is.

    Raises:
        Refusal: nothing is called so, or several are.
    """
    names = _names(records, kind)
    return text if names is None else the_named(text, names, kind)


def the_named(text: str, names: Names, kind: FieldKind) -> str:
    """The one id that ``text`` calls; see :func:`called`."""
    if text in names:
        return text
    found = closest(text, names)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageRefusal(
            N_("“{text}” may be {candidates}.")
            if len(found) <= _LISTED
            else N_("“{text}” may be any of {number}, as {candidates}."),
            mend=N_("Write the id of the one that is meant."),
            text=text,
            number=len(found),
            candidates=tuple(_told(name, names) for name in found[:_LISTED]),
        )
    near = get_close_matches(folded(text), names, 1)
    raise UsageRefusal(
        _UNKNOWN[kind.defined_as],
        mend=N_("Did you mean {nearest}?")
        if near
        else N_("Known: {known}.")
        if 0 < len(names) <= _LISTED
        else BY_TAB
        if names
        else N_("There is none yet: enter it first in the configuration, under records/."),
        found=text,
        nearest=_told(near[0], names) if near else "",
        known=tuple(_told(name, names) for name in names),
    )


def closest(text: str, names: Names, *, exactly: bool = False) -> list[str]:
    """The ids that ``text`` calls in the closest way that calls any; ``exactly``: not by a part of a name."""
    wanted = folded(text)
    for calls in _EXACT if exactly else _WAYS:
        if found := [name for name in names if wanted and calls(wanted, name, names[name])]:
            return found
    return []


def named_things(records: Records, thing: Thing) -> Names:
    """The ids of what there is of people, contacts, assets and the like, with the names of each."""
    return _NAMED[thing](records)


def _told(identifier: str, names: Names) -> str:
    return " ".join((identifier, *names[identifier][:1]))


def _names(records: Records, kind: FieldKind) -> Names | None:
    """What is there to be called; None where nothing has names, or what is new may be said."""
    if kind is RECORDER:
        return {**_staff(records), **_by_id(records.contract.contacts)}
    if kind is SITE:
        return {site: tuple(names.values()) for site, names in records.contract.sites.items()}
    if kind is ROTA:
        return {rota: tuple(words_for("rota", rota)) for rota in records.duty.rotas}
    named = _NAMED.get(kind.thing) if kind.thing else None
    return named(records) if named else None


def _staff(records: Records) -> Names:
    return {person.id: (person.name,) for person in records.staff.people.values()}


def _by_id(known: Mapping[str, Any]) -> Names:
    return {identifier: tuple(entry.names.values()) for identifier, entry in known.items()}


def _parts(records: Records) -> Names:
    """The parts by their names, and by the number that their maker gives them."""
    parts = records.spares.parts
    return {part: (*parts[part].names.values(), parts[part].number) for part in parts}


_NAMED: dict[Thing, Callable[[Records], Names]] = {
    Thing.PERSON: _staff,
    Thing.CONTACT: lambda records: _by_id(records.contract.contacts),
    Thing.ASSET: lambda records: _by_id(records.assets),
    Thing.PART: _parts,
    Thing.DEPOT: lambda records: _by_id(records.spares.depots),
    Thing.CAUSE: lambda records: {
        cause: tuple(names.values()) for cause, names in records.contract.causes.items()
    },
}


def word_called(kind: FieldKind, text: str) -> str:
    """The choice that ``text`` calls, in any language and width, or is in alone; else ``text`` itself."""
    said = _letters(folded(text))
    names = {
        word: {
            _letters(folded(called))
            for called in (word, *words_for(kind.name, word), *_ALSO.get(word, ()))
        }
        for word in kind.choices
    }
    found = [word for word in names if said in names[word]] or [
        word for word in names if said and any(said in name for name in names[word])
    ]
    return found[0] if len(found) == 1 else text


def severity_named(records: Records, text: str) -> int:
    """The level that a number or the contract's own word for it means: 1, １, 一级, critical."""
    levels = {
        str(level): tuple(terms.names.values())
        for edition in records.contract.terms
        for level, terms in edition.severities.items()
    }
    number = re.fullmatch(r"(?:s|sev|p|l)?([1-9])级?", folded(text))
    return int(number[1] if number else the_named(text, levels, kinds.SEVERITY))


def line_named(records: Records, text: str) -> str:
    """The line of the plan that ``text`` calls."""
    names = {line: tuple(work.names.values()) for line, work in records.plan.work.items()}
    return the_named(text, names, _LINE)


def thing_affected(records: Records, text: str) -> str:
    """The id of the service or of the equipment that ``text`` calls."""
    services = {
        service: tuple(names.values()) for service, names in records.contract.services.items()
    }
    assets = {asset.id: tuple(asset.names.values()) for asset in records.assets.values()}
    return the_named(text, services | assets, kinds.IMPACT)


def _is_id(wanted: str, identifier: str, _names: tuple[str, ...]) -> bool:
    return wanted in {identifier.casefold(), _letters(identifier)}


def _is_name(wanted: str, _identifier: str, names: tuple[str, ...]) -> bool:
    return wanted in map(folded, names)


def _is_initials(wanted: str, identifier: str, names: tuple[str, ...]) -> bool:
    return len(wanted) > 1 and wanted in {
        "".join(word[0] for word in re.findall(r"[a-z0-9]+", text.casefold()))
        for text in (identifier, *names)
    }


def _is_within(wanted: str, identifier: str, names: tuple[str, ...]) -> bool:
    if len(wanted) == 1 and wanted.isascii():
        return False  # one letter is in many names by chance
    return any(wanted in folded(text) for text in (identifier, _letters(identifier), *names))


def _is_family_name(wanted: str, _identifier: str, names: tuple[str, ...]) -> bool:
    family = _TITLES.sub("", wanted)
    return bool(family) and family != wanted and any(name.startswith(family) for name in names)


def _letters(identifier: str) -> str:
    """An id without the marks between its words: liqiang, onsite."""
    return re.sub(r"[-._]", "", identifier.casefold())


_EXACT: tuple[Callable[[str, str, tuple[str, ...]], bool], ...] = (_is_id, _is_name, _is_initials)
_WAYS: tuple[Callable[[str, str, tuple[str, ...]], bool], ...] = (
    *_EXACT,
    _is_within,
    _is_family_name,
)

_UNKNOWN = {
    "person": N_("Nobody is called “{found}”."),
    "people": N_("Nobody is called “{found}”."),
    "contact": N_("No contact of the customer is called “{found}”."),
    "asset": N_("No equipment is called “{found}”."),
    "assets": N_("No equipment is called “{found}”."),
    "part": N_("No part is called “{found}”."),
    "depot": N_("No depot is called “{found}”."),
    "cause": N_("No cause is called “{found}”."),
    "site": N_("No site is called “{found}”."),
    "rota": N_("No rota is called “{found}”."),
    "line": N_("There is no line “{found}” in records/plan.yaml."),
    "round": N_("records/plan.yaml has no inspection “{found}”."),
    "name": N_("No checklist item is called “{found}”."),
    "severity": N_("No severity is called “{found}”."),
    "impact": N_("No service and no equipment is called “{found}”."),
}
