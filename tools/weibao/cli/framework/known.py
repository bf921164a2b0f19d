"""What a word names among the things that the configuration lists: by its id, or by what it is called."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.model.records import Records

_NAMED = 8
"""How many are named where any of many may be meant."""

_UNKNOWN = {
    "person": N_("There is nobody “{found}” in records/staff.yaml."),
    "contact": N_("There is no contact “{found}” in records/contract.yaml."),
    "asset": N_("There is no asset “{found}” in records/assets.yaml."),
    "depot": N_("There is no depot “{found}” in records/spares.yaml."),
    "rota": N_("There is no rota “{found}” in records/duty.yaml."),
    "site": N_("There is no site “{found}” in records/contract.yaml."),
}


def known_one(kind: str, word: str, known: Mapping[str, Iterable[str]]) -> str:
    """The id of the thing of this kind that ``word`` names; ``known`` has what each id is called.

    Raises:
        Refusal: there is none, or there are several.
    """
    if word in known:
        return word
    called = {key: tuple(names) for key, names in known.items()}
    found = [key for key, names in called.items() if word in names]
    if not found and (len(word) > 1 or not word.isascii()):  # one letter is in many names by chance
        found = [
            key for key, names in called.items() if any(word in name for name in (key, *names))
        ]
    if len(found) == 1:
        return found[0]
    near = found[:_NAMED] or get_close_matches(word, sorted(known), 3)
    few = near or (sorted(known) if len(known) <= _NAMED else [])
    raise UsageRefusal(
        _UNKNOWN[kind],
        mend=N_("Perhaps one of these: {known}") if few else "",
        found=word,
        known=tuple(few),
    )


def person_named(records: Records, word: str) -> str:
    """One of the staff."""
    people = records.staff.people
    return known_one("person", word, {key: [someone.name] for key, someone in people.items()})


def contact_named(records: Records, word: str) -> str:
    """One of the customer's contacts."""
    contacts = records.contract.contacts
    return known_one(
        "contact", word, {key: someone.names.values() for key, someone in contacts.items()}
    )


def asset_named(records: Records, word: str) -> str:
    """A piece of equipment."""
    assets = records.assets
    return known_one("asset", word, {key: asset.names.values() for key, asset in assets.items()})


def depot_named(records: Records, word: str) -> str:
    """A spares depot."""
    depots = records.spares.depots
    return known_one("depot", word, {key: depot.names.values() for key, depot in depots.items()})


def site_named(records: Records, word: str) -> str:
    """A site of the contract."""
    sites = records.contract.sites
    return known_one("site", word, {key: names.values() for key, names in sites.items()})
