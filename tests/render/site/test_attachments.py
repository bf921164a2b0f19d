"""Attachments are published under their hash, and never those that are internal or could run."""

from __future__ import annotations

from hashlib import sha256

import pytest

from building.book import WHOLE_LOG, a_book, files_of, pages
from building.contract import a_ticket, entry
from building.pictures import png
from building.site import FAULT
from weibao.render.site.attachments import published

DIGEST = sha256(png()).hexdigest()


def attached(content: bytes, ending: str, **more: str) -> tuple[dict[str, bytes], str]:
    """The files of a contract whose ticket attaches ``content``, and the path from the root."""
    digest = sha256(content).hexdigest()
    path = f"records/attachments/{digest[:2]}/{digest}.{ending}"
    line = entry("13:40", "attached", file=path, sha256=digest, caption="更换前", **more)
    files = files_of(a_ticket(log=[*WHOLE_LOG, line]))
    return {**files, path: content}, f"attachments/{digest}.{ending}"


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_picture_is_shown_on_the_page_of_its_ticket_in_either_language(code: str) -> None:
    files, path = attached(png(), "png")
    book = a_book(files)
    html = pages(book, code)[f"tickets/{FAULT}"].html
    assert f'<img src="../{path}" alt="更换前" loading="lazy">' in html
    assert published(book) == {path: png()}


def test_a_document_is_linked_and_not_shown() -> None:
    files, path = attached(b"%PDF-1.4\n", "pdf")
    html = pages(a_book(files), "zh")[f"tickets/{FAULT}"].html
    assert f'href="../{path}"' in html
    assert f'<img src="../{path}"' not in html


@pytest.mark.parametrize("ending", ["svg", "html", "xml", "js"])
def test_what_a_browser_would_run_is_neither_copied_nor_linked(ending: str) -> None:
    files, path = attached(b"<svg onload='alert(1)'/>", ending)
    book = a_book(files)
    assert published(book) == {}
    assert path not in pages(book, "zh")[f"tickets/{FAULT}"].html


def test_the_picture_of_an_internal_entry_is_not_published() -> None:
    files, _ = attached(png(), "png", internal="true")
    assert published(a_book(files)) == {}


def test_a_file_that_is_not_what_its_hash_says_is_not_published() -> None:
    files, _ = attached(png(), "png")
    stored = next(path for path in files if path.endswith(f"{DIGEST}.png"))
    assert published(a_book({**files, stored: b"\x89PNG other"})) == {}
