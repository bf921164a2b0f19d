"""Papers on one record of a Book, in a language and for an audience."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from building.book import a_voice
from weibao.render.edition.public import public_audit
from weibao.render.papers.all_papers import KINDS, paper_of
from weibao.render.papers.commission import Commission
from weibao.render.papers.paper import PaperText, facts_of
from weibao.report.audit.audit import audit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.handwritten import Audience
    from weibao.render.papers.paper import Paper
    from weibao.report.book import Book


def a_record_paper(
    kind: str,
    book: Book,
    subject: str,
    code: str = "zh",
    *,
    audience: Audience = "customer",
    blank: bool = False,
) -> Paper:
    """The paper of the kind that has this name."""
    chosen = next(known for known in KINDS if known.name == kind)
    audit = public_audit(audit_of(book), audience)
    voice = a_voice(audit.book, code, audience)
    return paper_of(chosen, [Commission(voice, audit, subject, blank=blank)])


def record_facts(
    kind: str, book: Book, subject: str, audience: Audience = "customer"
) -> dict[str, Any]:
    """What the paper tells machines, by section, which must be the same in both languages."""
    chinese, english = (
        facts_of(a_record_paper(kind, book, subject, code, audience=audience))
        for code in ("zh", "en")
    )
    assert chinese == english
    found: dict[str, Any] = chinese["sections"]
    return found


def paper_words(paper: Paper) -> str:
    """Everything that a paper says, a text a line."""
    return "\n".join(_texts(paper))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, PaperText):
        yield from node.texts
    elif isinstance(node, tuple):
        for inner in node:
            yield from _texts(inner)
    elif is_dataclass(node):
        for field in fields(node):
            yield from _texts(getattr(node, field.name))
