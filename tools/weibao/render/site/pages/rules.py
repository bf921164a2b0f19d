"""The rule pages: an index, and a page per code, both made from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.site import addresses
from weibao.render.site.page import SitePage, typeset
from weibao.rules.catalogue import RULES

if TYPE_CHECKING:
    from weibao.render.site.voice import Voice
    from weibao.rules.catalogue import Rule

FAMILIES = ("R", "X", "L", "E", "S", "O")
"""The families of codes, by their letters (design, "Findings")."""


def rules_page(voice: Voice) -> SitePage:
    """The index of all rules."""
    by_family = {
        letter: [rule for code, rule in sorted(RULES.items()) if code[0] == letter]
        for letter in FAMILIES
    }
    found: dict[str, int] = {}
    for finding in voice.book.findings:
        found[finding.code] = found.get(finding.code, 0) + 1
    html = typeset(
        "rules.html", addresses.RULES, voice, families=FAMILIES, by_family=by_family, found=found
    )
    return SitePage(addresses.RULES, addresses.RULES, voice.language.text(N_("Rules")), html)


def rule_page(rule: Rule, voice: Voice) -> SitePage:
    """The page of one rule."""
    address = addresses.rule_page(rule.code)
    html = typeset("rule.html", address, voice, rule=rule, family=rule.family)
    title = f"{rule.code} {voice.language.text(rule.title)}"
    return SitePage(address, addresses.RULES, title, html)
