"""The rule pages: an index, and a page per code, both made from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage, OneOfMany, RecordPage
from weibao.report.found import by_code
from weibao.rules.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit

FAMILIES = ("R", "X", "L", "E", "S", "O")
"""The families of codes, by their letters (design, "Findings")."""


def _facts(voice: Voice, _audit: Audit) -> dict[str, Any]:
    by_family = {
        letter: [rule for code, rule in sorted(RULES.items()) if code[0] == letter]
        for letter in FAMILIES
    }
    found = by_code(voice.book.findings)
    return {"families": FAMILIES, "by_family": by_family, "found": found}


def _each(voice: Voice, _audit: Audit) -> Iterator[OneOfMany]:
    for code, rule in sorted(RULES.items()):
        title = f"{code} {voice.language.text(rule.title)}"
        facts = {"rule": rule, "family": rule.family}
        yield OneOfMany(addresses.rule_page(code), title, facts)


PAGE = FixedPage(
    address=addresses.RULES,
    title=N_("Rules"),
    template="rules.html",
    facts=_facts,
    place=130,
    section=addresses.AUDIT,
    part=5,
)

PAGES = RecordPage(template="rule.html", each=_each, place=30, section=addresses.RULES)
