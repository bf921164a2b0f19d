"""What the words in a register's cells mean here, where that is certain; where it is not, a question for each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.importing.mapping import Cellwise
from weibao.importing.proposing.question import OpenQuestion
from weibao.importing.proposing.synonyms import (
    CHANNELS,
    KINDS,
    NEVER_ON_SITE,
    NONE,
    ROMAN,
    STATUSES,
)
from weibao.importing.words import THINGS, WordReader, divided
from weibao.language import N_
from weibao.model.imported import UNKNOWN
from weibao.model.naming import closest, folded, named_things
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from weibao.importing.proposing.table import ProposedTable
    from weibao.model.records import Records

_NUMBER = re.compile(r"(?:s|sev|p|l)?([1-9])级?")
_SHOWN = 12
_BLANK = {"blank": UNKNOWN}
STATUS_PREFIX = "__ "
"""Before the words of a status in a faulty export of GLPI."""

SEVERITY = N_(
    "“{word}” in “{column}” is none of the contract's levels. Which is it? Write it in the map of severity (and in that of kind, if it is a request); unless it stands there its rows are rejected."
)
PROPOSED_LEVELS = N_(
    "The levels that {words} in “{column}” stand for are only proposed: are they the contract's? Take this line out once they are."
)
WORD = N_(
    "“{word}” in “{column}”: what is it? Write it in the map; otherwise the row is rejected, or it is unknown as `else` says."
)
NAMES = N_(
    "“{column}” has words that are the name of nobody and nothing here: {words}. Write whom or what they mean (also: {{…: id}}), or leave them: as `else` says they are unknown."
)
SEVERAL = N_("“{word}” in “{column}” may be {candidates}. Write which (also).")
STATUS = N_(
    "“{word}” in “{column}”: is the ticket still open, resolved, closed or cancelled? Write it in the `is` of that event; under none of them it stays open."
)


@dataclass(frozen=True, slots=True)
class WordProposer:
    """Proposes what the words of one register mean."""

    table: ProposedTable
    records: Records

    def none_words(self, columns: Sequence[str], arrived: str) -> list[str]:
        """The words for nothing that stand in columns of times and people, and in that of arrivals."""
        found = [text for column in columns for text in self.table.texts(column)]
        wanted = {folded(word) for word in NONE}
        remote = {folded(word) for word in NEVER_ON_SITE}
        said = [text for text in found if folded(text) in wanted]
        if arrived:
            said += [text for text in self.table.texts(arrived) if folded(text) in remote]
        return ["", *dict.fromkeys(said)]

    def words(self, column: str, known: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """The words of a column that mean one of the ``known``."""
        meanings = {folded(word): value for value, words in known.items() for word in words}
        return {
            text: meanings[folded(text)]
            for text in self.table.texts(column)
            if folded(text) in meanings
        }

    def severity(self, told: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[OpenQuestion, ...]]:
        """The levels that the words of the column are; those of ``told`` are proposed only."""
        column, proposed = told["column"], told.get("map", {})
        texts = self.table.texts(column)
        levels: dict[str, int | str] = {}
        questions = []
        if said := [text for text in texts if text in proposed]:
            questions.append(
                OpenQuestion(
                    "fields.severity", PROPOSED_LEVELS, {"words": tuple(said), "column": column}
                )
            )
        for text in texts:
            level = self._level(text)
            if level is not None or text in proposed:
                levels[text] = proposed[text] if level is None else level
                continue
            questions.append(
                OpenQuestion(
                    "fields.severity",
                    SEVERITY,
                    {"word": text, "column": column},
                    ("fields", "severity", "map", text),
                    (*self._levels(), UNKNOWN),
                )
            )
        return {"column": column, "map": levels or self._own_levels(), **_BLANK}, tuple(questions)

    def _own_levels(self) -> dict[str, int]:
        """The contract's names of its levels: without any map a word would be the level itself."""
        return {
            name: level
            for terms in self.records.contract.terms
            for level, severity in terms.severities.items()
            for name in severity.names.values()
        }

    def _levels(self) -> tuple[int, ...]:
        return tuple(
            sorted({level for terms in self.records.contract.terms for level in terms.severities})
        )

    def _level(self, text: str) -> int | None:
        """The contract's level that a text is the number or the whole name of."""
        wanted = folded(text)
        named = {folded(name): level for name, level in self._own_levels().items()}
        number = _NUMBER.fullmatch(wanted)
        bare = wanted.upper().removesuffix("级")
        level = named.get(wanted, int(number[1]) if number else ROMAN.get(bare))
        return level if level in self._levels() else None

    def kind(self, column: str, *, own: bool) -> tuple[dict[str, Any], tuple[OpenQuestion, ...]]:
        """What kind of ticket a row is: by its ``own`` column, or by that of the severity where it says so."""
        found = self.words(column, KINDS)
        if own:
            return {"column": column, "map": found or _usual(KINDS)}, tuple(
                OpenQuestion(
                    "fields.kind",
                    WORD,
                    {"word": text, "column": column},
                    ("fields", "kind", "map", text),
                    tuple(KINDS),
                )
                for text in self.table.texts(column)
                if text not in found
            )
        others = {word: kind for word, kind in found.items() if kind != "fault"}
        return ({"column": column, "map": others, "else": "fault"} if others else {}), ()

    def channel(self, told: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[OpenQuestion, ...]]:
        """How a ticket came in."""
        column = told["column"]
        found = {**told.get("map", {}), **self.words(column, CHANNELS)}
        return {"column": column, "map": found or _usual(CHANNELS), "else": UNKNOWN}, tuple(
            OpenQuestion(
                "fields.intake.channel",
                WORD,
                {"word": text, "column": column},
                ("fields", "intake.channel", "map", text),
                (*CHANNELS, UNKNOWN),
            )
            for text in self.table.texts(column)
            if text not in found
        )

    def named(
        self, about: str, told: Mapping[str, Any]
    ) -> tuple[dict[str, Any], tuple[OpenQuestion, ...]]:
        """Whom or what the words of a column name: by name, or by the address that they commit with."""
        whose, column = told["names_of"], told["column"]
        reader = WordReader(self.records, frozenset(folded(word) for word in ("", *NONE)))
        cellwise = Cellwise(
            column=column, otherwise="reject", names_of=whose, split=told.get("split", "")
        )
        addresses = self._addresses(whose)
        texts = self.table.texts(column)
        words = dict.fromkeys(
            word for text in texts for word in divided(text, cellwise.split) if word
        )
        also = {word: addresses[folded(word)] for word in words if folded(word) in addresses}
        strange: list[str] = []
        questions = []
        for word in words:
            if word in also or self._is_named(reader, cellwise, word):
                continue
            known = named_things(self.records, THINGS[whose])
            found = closest(word, known, exactly=whose != "assets")
            if found:
                questions.append(self._several(about, column, word, found))
            else:
                strange.append(word)
        if strange:
            more = ("…",) if len(strange) > _SHOWN else ()
            questions.append(
                OpenQuestion(about, NAMES, {"words": (*strange[:_SHOWN], *more), "column": column})
            )
        return {**told, **({"also": also} if also else {})}, tuple(questions)

    def _is_named(self, reader: WordReader, told: Cellwise, word: str) -> bool:
        try:
            reader.read(told, (word,))
        except UsageRefusal:
            return False
        return True

    def _several(self, about: str, column: str, word: str, found: Sequence[str]) -> OpenQuestion:
        return OpenQuestion(
            about,
            SEVERAL,
            {"word": word, "column": column, "candidates": tuple(found)},
            (*_keys(about), "also", word),
            tuple(found),
        )

    def _addresses(self, whose: str) -> dict[str, str]:
        """By the addresses that they commit with, the ids of people or of contacts."""
        if whose == "staff":
            staff = self.records.staff.people.values()
            return {folded(address): person.id for person in staff for address in person.git}
        if whose == "contacts":
            contacts = self.records.contract.contacts.values()
            return {folded(address): contact.id for contact in contacts for address in contact.git}
        return {}

    def statuses(self, column: str) -> tuple[dict[str, list[str]], tuple[OpenQuestion, ...]]:
        """The words of a status by what became of the ticket."""
        meanings = {folded(word): outcome for outcome, words in STATUSES.items() for word in words}
        found: dict[str, list[str]] = {outcome: [] for outcome in STATUSES}
        questions = []
        for text in self.table.texts(column):
            outcome = meanings.get(folded(text.removeprefix(STATUS_PREFIX)))
            if outcome:
                found[outcome].append(text)
            else:
                questions.append(OpenQuestion("events", STATUS, {"word": text, "column": column}))
        return found, tuple(questions)


def _usual(known: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The usual word for each meaning, for a map of which nothing is certain yet."""
    return {words[0]: value for value, words in known.items()}


def _keys(about: str) -> tuple[str, ...]:
    """The keys of a place in the mapping; a field's own name may have a dot."""
    first, _, rest = about.partition(".")
    return (first, rest)
