"""Pages written by hand: whom they are for, under what licence, and that none leads inside (R314, R315, X308)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.handwritten import AUDIENCES, handwritten_among, internal_among
from weibao.model.staff import ROLES
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="R314",
        severity=Severity.WARNING,
        title=N_("Page of knowledge without licence or audience"),
        message=N_("The page does not say this of itself: {missing}."),
        help=N_(
            "Write between two lines of --- at its top `licence: …` and `audience: customer` or `audience: internal`. Until it says whom it is for, it is not in the customer's site."
        ),
        why=N_(
            "Technical information is shared within its licence and the need for it (requirement 8). What a maker gave for one's own use may not be passed on, and what is written for colleagues names weaknesses."
        ),
        bad="---\ntitle: 光模块收光偏低的处理\n---\n",
        good="---\ntitle: 光模块收光偏低的处理\nlicence: CC-BY-4.0\naudience: customer\n---\n",
        facts=("missing",),
    ),
    Rule(
        code="R315",
        severity=Severity.WARNING,
        title=N_("Unknown audience of a page"),
        message=N_("There is no audience “{found}”: it is one of {expected}."),
        help=N_(
            "Write `audience: customer` or `audience: internal`. Until then the page is not in the customer's site."
        ),
        why=N_(
            "A word that is misspelled must not publish what was meant to stay inside (requirement 8)."
        ),
        bad="---\naudience: intern\n---\n",
        good="---\naudience: internal\n---\n",
        facts=("found", "expected"),
    ),
    Rule(
        code="R246",
        severity=Severity.WARNING,
        title=N_("Page of knowledge that nobody is said to need"),
        message=N_("The page is kept from the customer, and does not say who needs it: {found}."),
        help=N_(
            "Write at its top who does, by role or by name: `need: [engineer, desk]`. If everybody may know it: `audience: customer`."
        ),
        why=N_(
            "Technical information is shared within its licence and the need for it (requirement 8). What is kept from some is kept for somebody, and whoever they are can be told of it."
        ),
        bad="---\nlicence: internal use\naudience: internal\n---\n",
        good="---\nlicence: internal use\naudience: internal\nneed: [engineer, reserve]\n---\n",
        facts=("found",),
    ),
    Rule(
        code="X308",
        severity=Severity.WARNING,
        title=N_("A page for the customer leads to an internal one"),
        message=N_(
            "The page is for the customer and leads to {target}, which is not: the customer's site cannot be built."
        ),
        help=N_("Take the link out, or give this page `audience: internal` too."),
        why=N_(
            "A link tells the name of the page that it leads to, which mostly is its title, and leads nowhere (requirement 8)."
        ),
        bad="[弱口令清单](weak-passwords.md)   # weak-passwords.md: audience: internal\n",
        good="[光模块](optical-module.md)   # optical-module.md: audience: customer\n",
        facts=("target",),
    ),
)


def check_handwritten(facts: FileFacts) -> Iterator[Finding]:
    """The pages under ``docs/``, each by itself, and what those for the customer link to."""
    pages = handwritten_among(facts.files)
    internal = internal_among(pages)
    for path, page in pages.items():
        if page.audience and page.audience not in AUDIENCES:
            named = {"found": page.audience, "expected": AUDIENCES}
            yield Finding("R315", Place(path), "", named)
        missing = tuple(key for key in ("licence", "audience") if not getattr(page, key))
        if page.knowledge and missing:
            yield Finding("R314", Place(path), "", {"missing": missing})
        known = {*ROLES, *facts.records.staff.people, *facts.records.contract.contacts}
        if page.knowledge and page.audience == "internal" and not (page.need & known):
            yield Finding("R246", Place(path), "", {"found": tuple(sorted(page.need))})
        if path not in internal:
            for target in sorted(page.leads_to & internal):
                yield Finding("X308", Place(path), "", {"target": target})
