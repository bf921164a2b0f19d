"""The navigation: generated pages first, then what the repository wrote by hand; one per language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs.structure.nav import Navigation
from mkdocs.utils import nest_paths

from weibao.language import N_
from weibao.site.pages import NAVIGATION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page

    from weibao.language import Language
    from weibao.site.addresses import Addresses
    from weibao.site.page import SitePage

DOCUMENTS = N_("Documents")


def nav_setting(
    pages: Mapping[str, SitePage],
    addresses: Addresses,
    own: Sequence[File],
    chosen: Sequence[Any] | None,
    language: Language,
) -> list[Any]:
    """MkDocs' ``nav``: the generated pages, then ``chosen``, or a section of all ``own`` pages."""
    generated = [{pages[one].title: addresses.source(one)} for one in NAVIGATION]
    if chosen is not None:
        return [*generated, *chosen]
    if not own:
        return generated
    return [*generated, {language.text(DOCUMENTS): nest_paths(file.src_uri for file in own)}]


def adopt(pages: Mapping[str, SitePage], addresses: Addresses, files: Files) -> None:
    """Make every page that is not in the navigation a child of the one it belongs to, so that the
    navigation shows where the reader is.
    """
    for one in pages.values():
        page, parent = (_page(files, addresses.source(it)) for it in (one.address, one.section))
        if page is not None and page is not parent:
            page.parent = parent  # type: ignore[assignment]


def translated(
    pages: Mapping[str, SitePage], addresses: Addresses, files: Files, first: Navigation
) -> Navigation:
    """The navigation of another language: its generated pages, then the hand-written ones."""
    generated = []
    for one in NAVIGATION:
        page = _page(files, addresses.source(one))
        if page is not None:
            page.title = pages[one].title
            generated.append(page)
    by_hand = first.items[len(NAVIGATION) :]
    found = Navigation([*generated, *by_hand], [*generated, *first.pages[len(NAVIGATION) :]])
    found.homepage = generated[0]
    return found


def _page(files: Files, source: str) -> Page | None:
    file = files.get_file_from_path(source)
    return file.page if file else None
