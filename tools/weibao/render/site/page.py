"""A page of the site as a value, and how templates become its HTML."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from markupsafe import Markup, escape

from weibao.render.edition.withheld import Told
from weibao.render.site.icons import CONDITIONS, MOODS, OUTCOMES, icon
from weibao.render.words.findings import example, in_general

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2.runtime import Context

    from weibao.model.handwritten import Audience
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit

_KEPT = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_INDENTED = re.compile(r">\s*\n\s*<")
_ICONS = re.compile(
    r'<svg class="wb-icon" aria-hidden="true" xmlns="[^"]*" viewBox="0 0 24 24">(.*?)</svg>'
)
_MARK_OR_CHINESE = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>[^>]*)>|(?P<words>[\u3400-\u9fff](?:[\u3000-\u303f\uff00-\uffef]*[\u3400-\u9fff])*)"
)
_AS_WRITTEN = frozenset({"script", "style", "code", "pre", "option", "textarea", "text"})
"""What nobody reads, what is shown letter by letter, and what can hold no element."""

_BETWEEN_BACKTICKS = re.compile("`([^`]+)`")
_CELL_ENDS = re.compile(r"(?:(?<=</t[dh]>)|(?<=</d[dt]>)|(?<=</strong>))(?=<)|(?<=<br>)(?=\S)")


def codes(text: str) -> Markup:
    """A text of our own catalogue, its `words in backticks` set as code."""
    return Markup(_BETWEEN_BACKTICKS.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704


def spaced(html: str) -> str:
    """The HTML with a space after each cell: the search's index drops the tags and would glue them."""
    return _CELL_ENDS.sub(" ", html)


def with_chinese_marked(html: str) -> str:
    """The HTML of a page in another language with its Chinese words marked as such, where they are not.

    A screen reader speaks, and a browser breaks, what carries the wrong language wrongly. On a Chinese page names
    in Latin letters stand as they always do; whole texts there are marked as they are written.
    """
    inside: list[str] = []

    def marked(found: re.Match[str]) -> str:
        if found["words"]:
            return found[0] if inside else f'<span lang="zh">{found[0]}</span>'
        tag = found["tag"].lower()
        if found["end"]:
            if tag in inside:
                inside.pop()
        elif tag in inside or tag in _AS_WRITTEN or 'lang="zh' in found["attributes"]:
            inside.append(tag)
        return found[0]

    return _MARK_OR_CHINESE.sub(marked, html)


def slim(html: str) -> str:
    """The HTML with each icon that comes again drawn once and named, and no blank lines between its tags."""
    parts = _KEPT.split(html)  # what is told letter by letter stands at the odd places
    parts[::2] = (_INDENTED.sub(r">\n<", part) for part in parts[::2])
    html = "".join(parts)
    often = [shape for shape, times in Counter(_ICONS.findall(html)).items() if times > 1]
    places = {shape: f"wb-i{place}" for place, shape in enumerate(often)}
    symbols = (
        f'<symbol id="{name}" viewBox="0 0 24 24">{shape}</symbol>'
        for shape, name in places.items()
    )
    named = _ICONS.sub(
        lambda icon: (
            f'<svg class="wb-icon" aria-hidden="true" viewBox="0 0 24 24"><use href="#{places[icon[1]]}"/></svg>'
            if icon[1] in places
            else icon[0]
        ),
        html,
    )
    drawn = "".join(symbols)
    return f'<svg class="wb-symbols" aria-hidden="true">{drawn}</svg>{named}' if drawn else named


@dataclass(frozen=True, slots=True)
class SitePage:
    """A generated page.

    Attributes:
        address: its address within its language: ``tickets/T20261120-7K3Q9M``.
        section: the page of the navigation that it belongs to; itself, for one that is there.
        title: plain text, unescaped.
        html: the page's body, safe to publish as it is.
        script: what lies beside the page as a script for others to load; "" for nothing.
        searched: whether the site's search finds it.
    """

    address: str
    section: str
    title: str
    html: str
    script: str = ""
    searched: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedPage:
    """A page that every site has once.

    Attributes:
        address: its address within its language.
        title: a message id.
        template: its file in ``templates/``.
        facts: what the template tells, beside what every template knows (:func:`typeset_at`).
        place: where it comes among all pages; those of the navigation come first.
        section: the page of the navigation that it belongs to; "" for one that is there itself.
        part: where it stands among the parts of its section; 0 for the section's own page.
        audience: whom it is for; a page that is internal is not in the customer's site.
    """

    address: str
    title: str
    template: str
    facts: Callable[[Voice, Audit], Mapping[str, Any]]
    place: int
    section: str = ""
    part: int = 0
    audience: Audience = "customer"


@dataclass(frozen=True, slots=True)
class OneOfMany:
    """A page of a :class:`RecordPage`: its address, its title as text, and what its template tells.

    ``script`` is that of the :class:`SitePage`.
    """

    address: str
    title: str
    facts: Mapping[str, Any]
    script: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """A kind of page of which there is one for each of something: a ticket, a rule.

    ``each`` makes them; ``searched`` says whether the site's search finds them; the other attributes are
    those of a :class:`FixedPage`.
    """

    template: str
    each: Callable[[Voice, Audit], Iterable[OneOfMany]]
    place: int
    section: str
    audience: Audience = "customer"
    searched: bool = True


def leading(value: str, way: str) -> Markup:
    """A figure with the way to what it is made of; raises ``ValueError`` for one that leads nowhere."""
    if not way:
        message = f"the figure {value} leads nowhere"
        raise ValueError(message)
    return Markup('<a class="wb-value" href="{}">{}</a>').format(way, value)


@pass_context
def _shown(context: Context, value: object) -> object:
    """What a template writes, with nothing in it that is withheld; markup is made of such words."""
    return (
        context["v"].shown(value)
        if isinstance(value, str) and not hasattr(value, "__html__")
        else value
    )


@pass_context
def _spoken(context: Context, text: str) -> Markup:
    """Words of the record as a template writes them: with their language, and nothing that is withheld."""
    spoken: Markup = context["v"].spoken(text)
    return spoken


LISTED, FEW = 50, 5
"""So many tickets the page of a thing lists, and so many beside a day of it; the register has them all."""


@cache
def environment() -> Environment:
    """The one template environment: everything is escaped, a missing name is an error, no word escapes redaction."""
    found = Environment(
        loader=PackageLoader("weibao.render.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_shown,
    )
    found.globals.update(
        icon=icon, OUTCOMES=OUTCOMES, CONDITIONS=CONDITIONS, MOODS=MOODS, LISTED=LISTED, FEW=FEW
    )
    found.filters.update(codes=codes, spoken=_spoken)
    return found


def typeset(template: str, here: str, voice: Voice, **facts: Any) -> str:
    """The HTML of a template, seen from the generated page ``here``."""
    html = typeset_at(template, voice.addresses.url(here), voice, **facts)
    return html if voice.language.code == "zh" else with_chinese_marked(html)


def typeset_at(template: str, here_url: str, voice: Voice, **facts: Any) -> str:
    """The HTML of a template, seen from the page at ``here_url`` (from the site's root).

    Templates speak through ``t`` (a sentence of the catalogue), ``tm`` (one with markup for its
    places), ``n`` (by number), ``term`` (a word of the record format), ``v`` (the voice), and link
    through ``link(address, anchor)`` and ``commit(id)``. What the contract publishes of its single contact
    is written ``as_agreed``.
    """
    language = voice.language
    forge = voice.book.records.contract.forge_url

    def said(facts: Mapping[str, Any]) -> dict[str, Any]:
        return {
            key: voice.shown(fact)
            if isinstance(fact, str) and not hasattr(fact, "__html__")
            else fact
            for key, fact in facts.items()
        }

    def sentence(message: str, **places: Any) -> Markup:
        return Markup(language.text(message)).format(**said(places))  # noqa: S704 - our own catalogue

    def text(message: str, /, **facts: Any) -> Told:
        return Told(language.text(message, **said(facts)))

    def plural(one: str, many: str, number: int, /, **facts: Any) -> Told:
        return Told(language.plural(one, many, number, **said(facts)))

    def term(kind: str, word: str) -> Told:
        return Told(language.term(kind, word))

    def link(address: str, anchor: str = "") -> Told:
        return Told(voice.addresses.link_from(here_url, address, anchor))

    def figure(value: object, address: str, anchor: str = "") -> Markup:
        """A figure, which leads to what it is made of, on this page for address ""; one that leads nowhere is not shown."""
        return leading(
            voice.shown(str(value)), voice.addresses.link_from(here_url, address, anchor)
        )

    def at_forge(where: str) -> Told:
        safe = forge.startswith(("https://", "http://"))
        return Told(f"{forge.rstrip('/')}/{where}" if safe else "")

    def commit_address(commit: str) -> Told:
        return at_forge(f"commit/{commit}")

    def file_address(path: str, line: int) -> Told:
        """A file at the forge as the judged commit has it, at a line if there is one."""
        place = f"#L{line}" if line else ""
        return at_forge(f"blob/{voice.book.commit}/{quote(path)}{place}")

    def by_hand(page: str) -> Told:
        """A page that was written by hand: it is there once, for all languages."""
        return Told(replace(voice.addresses, prefix="").link_from(here_url, page))

    return (
        environment()
        .get_template(template)
        .render(
            t=text,
            in_general=lambda message: in_general(message, language),
            example=lambda text: example(text, language),
            tm=sentence,
            n=plural,
            term=term,
            as_agreed=Told,
            v=voice,
            book=voice.book,
            link=link,
            figure=figure,
            proof_of=voice.proof_of,
            commit_address=commit_address,
            file_address=file_address,
            by_hand=by_hand,
            **facts,
        )
    )
