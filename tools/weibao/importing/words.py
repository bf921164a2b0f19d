"""What the words in a cell mean here: a value, an id, or nothing; and the words that are kept for it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.field_kinds import Thing
from weibao.model.imported import UNKNOWN
from weibao.model.naming import closest, folded, named_things
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from weibao.importing.mapping import Cellwise
    from weibao.model.naming import Names
    from weibao.model.records import Records

THINGS = {"contacts": Thing.CONTACT, "staff": Thing.PERSON, "assets": Thing.ASSET}


@dataclass(frozen=True, slots=True)
class Understood:
    """What a cell means: the ``values``, in their order; the words that mean nothing here, and whether they are ``kept``."""

    values: tuple[str | int, ...] = ()
    strange: tuple[str, ...] = ()
    kept: bool = False


@dataclass(frozen=True, slots=True)
class WordReader:
    """Reads the words of one register; what it has found once it remembers, for a register says the same again."""

    records: Records
    none: frozenset[str]
    _names: dict[str, Names] = field(default_factory=dict)
    _known: dict[tuple[int, str], Understood] = field(default_factory=dict)

    def says_none(self, text: str) -> bool:
        """Whether a cell is empty, or says that there was none."""
        return folded(text) in self.none or not text.strip()

    def read(self, told: Cellwise, texts: Sequence[str]) -> Understood:
        """What a field is by the cells of its column.

        Raises:
            UsageRefusal: a word means nothing here, and the mapping says to reject the row.
        """
        if not told.column:
            return Understood((told.constant,))
        values: list[str | int] = []
        strange: list[str] = []
        for text in texts:
            for word in divided(text, told.split):
                found = self._word(told, word)
                values += found.values
                strange += found.strange
        if not values and not strange:
            return Understood(() if told.blank is None else (told.blank,))
        return Understood(
            tuple(dict.fromkeys(values)), tuple(dict.fromkeys(strange)), told.otherwise == "keep"
        )

    def _word(self, told: Cellwise, word: str) -> Understood:
        key = (id(told), word)
        if key not in self._known:
            self._known[key] = self._means(told, word)
        return self._known[key]

    def _means(self, told: Cellwise, word: str) -> Understood:
        if self.says_none(word) and not _mapped(told.words, word):
            return Understood()
        for words in (told.words, told.also):
            if (value := _mapped(words, word)) is not None:
                return Understood((value,))
        if told.names_of:
            found = closest(word, self._named(told.names_of), exactly=told.names_of != "assets")
            if len(found) == 1:
                return Understood((found[0],))
            if len(found) > 1 and told.otherwise == "reject":
                raise UsageRefusal(
                    N_("“{text}” in “{column}” may be {candidates}."),
                    mend=N_("Say in the mapping which one is meant (also: {{…: id}})."),
                    text=word,
                    column=told.column,
                    candidates=tuple(found),
                )
        elif told.words is None:
            return Understood((word,))
        if told.otherwise == "reject":
            raise UsageRefusal(
                N_("“{text}” in “{column}” means nothing here yet."),
                mend=N_(
                    "Say in the mapping what it means (map, also), or what is to be done (else)."
                ),
                text=word,
                column=told.column,
            )
        if told.otherwise in {UNKNOWN, "keep"}:
            return Understood((), (word,))
        return Understood((told.otherwise,))

    def _named(self, whose: str) -> Names:
        if whose not in self._names:
            self._names[whose] = named_things(self.records, THINGS[whose])
        return self._names[whose]


def divided(text: str, split: str) -> list[str]:
    """The words of one cell, if a pattern divides them."""
    if not split:
        return [text.strip()]
    return [word.strip() for word in re.split(split, unicodedata.normalize("NFKC", text))]


def _mapped(
    words: Mapping[str, str | int] | Mapping[str, str] | None, word: str
) -> str | int | None:
    if not words:
        return None
    if word in words:
        return words[word]
    wanted = folded(word)
    return next((value for key, value in words.items() if folded(key) == wanted), None)
