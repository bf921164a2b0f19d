"""The navigation: generated pages first, then what the repository wrote by hand; one per language.

A hand-written page ``x.en.md`` is ``x.md`` in English: it stands in its place in the English
navigation, and in no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import nest_paths

from weibao.language import N_
from weibao.render.site.all_pages import NAVIGATION

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import File, Files

    from weibao.language import Language
    from weibao.render.edition.addresses import Addresses
    from weibao.render.site.page import SitePage

DOCUMENTS = N_("Documents")
FOLDERS = (N_("Knowledge"), N_("Handbook"), N_("Decisions"), N_("Emergency"))
"""What MkDocs calls the folders of pages by hand that have a name in every language."""


def nav_setting(
    pages: Mapping[str, SitePage],
    addresses: Addresses,
    own: Sequence[File],
    chosen: Sequence[Any] | None,
    language: Language,
) -> list[Any]:
    """MkDocs' ``nav``: the generated pages, then ``chosen``, or a section of all ``own`` pages."""
    generated = [
        {pages[address].title: addresses.source(address)}
        for address in NAVIGATION
        if address in pages
    ]
    if chosen is not None:
        return [*generated, *chosen]
    if not own:
        return generated
    by_folder = nest_paths(file.src_uri for file in own)  # type: ignore[no-untyped-call]
    return [*generated, {language.text(DOCUMENTS): _named(by_folder, language)}]


def _named(entries: Iterable[Any], language: Language) -> list[Any]:
    """Entries of a ``nav`` whose folders are called in a language what :data:`FOLDERS` are called."""
    return [
        {
            language.text(title) if title in FOLDERS else title: _named(inside, language)
            for title, inside in entry.items()
        }
        if isinstance(entry, dict)
        else entry
        for entry in entries
    ]


def public_nav(
    chosen: Sequence[Any], withheld: Collection[str], shown: Callable[[str], str]
) -> list[Any]:
    """A ``nav`` of mkdocs.yml without the entries of these pages, and without what is empty then."""
    kept: list[Any] = []
    for entry in chosen:
        if not isinstance(entry, dict):
            if entry not in withheld:
                kept.append(entry)
            continue
        for title, target in entry.items():
            inside = public_nav(target, withheld, shown) if isinstance(target, list) else target
            if inside and (isinstance(inside, list) or inside not in withheld):
                kept.append({shown(title): inside})
    return kept


def adopt(pages: Mapping[str, SitePage], addresses: Addresses, files: Files) -> None:
    """Make every page that is not in the navigation a child of the one it belongs to.

    So the navigation shows where the reader is.
    """
    for site_page in pages.values():
        page, parent = (
            _page(files, addresses.source(address))
            for address in (site_page.address, site_page.section)
        )
        if page is not None and page is not parent:
            page.parent = parent  # type: ignore[assignment]


def translated(
    pages: Mapping[str, SitePage],
    addresses: Addresses,
    files: Files,
    first: Navigation,
    words: tuple[Language, Language],
) -> Navigation:
    """The navigation of another language, out of that of the ``first``; ``words`` are of both."""
    generated = []
    for address in NAVIGATION:
        page = _page(files, addresses.source(address))
        if page is not None:
            page.title = pages[address].title
            generated.append(page)
    by_hand = _counterparts(first.items[len(generated) :], files, words)
    found = Navigation([*generated, *by_hand], [*generated, *_pages_in(by_hand)])
    found.homepage = generated[0]
    return found


def in_language(source: str, code: str, other: str) -> str:
    """The name that a hand-written page has in another language.

    ``code`` is the language of ``source``; ``other`` is "" for the first, whose pages bear no mark.
    """
    plain = source.removesuffix(".md").removesuffix(f".{code}")
    return f"{plain}.{other}.md" if other else f"{plain}.md"


def _counterparts(
    items: Iterable[StructureItem], files: Files, words: tuple[Language, Language]
) -> list[StructureItem]:
    old, new = words
    found: list[StructureItem] = []
    for item in items:
        if isinstance(item, Section):
            known = {old.text(title): new.text(title) for title in (DOCUMENTS, *FOLDERS)}
            section = Section(
                known.get(item.title, item.title), _counterparts(item.children, files, words)
            )
            for child in section.children:
                if child not in item.children:
                    child.parent = section
            found.append(section)
        elif isinstance(item, Page):
            found.append(_page(files, in_language(item.file.src_uri, old.code, new.code)) or item)
        else:
            found.append(item)
    return found


def _pages_in(items: Iterable[StructureItem]) -> list[Page]:
    found: list[Page] = []
    for item in items:
        if isinstance(item, Page):
            found.append(item)
        elif isinstance(item, Section):
            found.extend(_pages_in(item.children))
    return found


def _page(files: Files, source: str) -> Page | None:
    file = files.get_file_from_path(source)
    return file.page if file else None
