"""Attachments are published under their hash, and never those that are internal or could run."""

from __future__ import annotations

import random
import struct
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from building.book import WHOLE_LOG, a_book, files_of, pages
from building.contract import a_ticket, entry
from building.pictures import exif, jpeg, png, png_chunk
from building.site import FAULT
from weibao.model.pictures import declared_size, stripped_picture
from weibao.render.edition.attachments import published
from weibao.render.edition.previews import LIGHT, can_preview, preview
from weibao.render.edition.public import public_audit
from weibao.report.audit.audit import audit_of

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
    assert published(book, "customer") == {path: png()}


def test_a_document_is_linked_inside_and_the_customer_has_none() -> None:
    files, path = attached(b"%PDF-1.4\n/Author (li-qiang)", "pdf")
    book = a_book(files)
    html = pages(book, "zh", "internal")[f"tickets/{FAULT}"].html
    assert f'href="../{path}"' in html
    assert f'<img src="../{path}"' not in html
    assert path in published(book, "internal")
    assert published(book, "customer") == {}
    assert path not in pages(book, "zh")[f"tickets/{FAULT}"].html


def test_the_customer_has_a_picture_without_what_the_telephone_wrote_into_it() -> None:
    files, _ = attached(jpeg(exif()), "jpg")
    book = a_book(files)
    ((path, content),) = published(book, "customer").items()
    assert content == stripped_picture(jpeg(exif()))
    assert sha256(content).hexdigest() in path
    assert f'<img src="../{path}"' in pages(book, "zh")[f"tickets/{FAULT}"].html


def test_a_picture_that_cannot_be_rid_of_its_metadata_is_not_published() -> None:
    files, _ = attached(jpeg(exif())[:-2], "jpg")
    assert published(a_book(files), "customer") == {}


@pytest.mark.parametrize("ending", ["svg", "html", "xml", "js"])
def test_what_a_browser_would_run_is_neither_copied_nor_linked(ending: str) -> None:
    files, path = attached(b"<svg onload='alert(1)'/>", ending)
    book = a_book(files)
    assert published(book, "internal") == {}
    assert path not in pages(book, "zh")[f"tickets/{FAULT}"].html


def test_the_picture_of_an_internal_entry_is_not_published() -> None:
    files, _ = attached(png(), "png", internal="true")
    book = a_book(files)
    assert published(public_audit(audit_of(book), "customer").book, "customer") == {}
    assert len(published(book, "internal")) == 1


@pytest.mark.parametrize(
    ("code", "told"),
    [("zh", "这份文件缺失，或不是本条记录所指的那一份"), ("en", "This file is not there")],
)
@pytest.mark.parametrize("other", [None, b"\x89PNG other"])
def test_a_file_that_is_gone_or_not_what_its_hash_says_is_told_in_its_place(
    code: str, told: str, other: bytes | None
) -> None:
    files, path = attached(png(), "png")
    stored = next(path for path in files if path.endswith(f"{DIGEST}.png"))
    rest = {name: content for name, content in files.items() if name != stored}
    book = a_book(rest if other is None else {**rest, stored: other})
    html = pages(book, code, "internal")[f"tickets/{FAULT}"].html
    assert published(book, "internal") == {}
    assert told in html
    assert path not in html
    assert told not in pages(a_book(files), code, "internal")[f"tickets/{FAULT}"].html


def test_of_a_file_that_is_a_picture_and_more_the_picture_alone_goes_out() -> None:
    files, _ = attached(png() + b"<script>alert(1)</script>", "png")
    assert list(published(a_book(files), "customer").values()) == [png()]


@pytest.mark.parametrize("ending", ["png", "jpg", "jpeg", "webp"])
def test_what_only_calls_itself_a_picture_is_not_published(ending: str) -> None:
    files, path = attached(b"<html><script>alert(1)</script>", ending)
    for audience in ("customer", "internal"):
        assert published(a_book(files), audience) == {}
        assert path not in pages(a_book(files), "zh", audience)[f"tickets/{FAULT}"].html


def photograph(width: int, height: int, form: str = "PNG") -> bytes:
    """A picture of noise, which does not compress: as heavy as a photograph."""
    made = BytesIO()
    noise = Image.frombytes("RGB", (width, height), random.Random(1).randbytes(3 * width * height))
    noise.save(made, form)
    return made.getvalue()


@pytest.mark.parametrize(("form", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")])
def test_a_heavy_photograph_is_looked_at_small_and_kept_whole_behind_it(
    form: str, ending: str
) -> None:
    whole = photograph(1200, 800, form)
    assert len(whole) > LIGHT
    files, path = attached(whole, ending)
    made = published(a_book(files), "internal")
    html = pages(a_book(files), "zh", "internal")[f"tickets/{FAULT}"].html
    small = made[f"{path}.webp"]
    assert f'<a href="../{path}">' in html
    assert f'<img src="../{path}.webp"' in html
    assert made[path] == whole
    assert Image.open(BytesIO(small)).size == (960, 640)


def claiming(width: int, height: int, weight: int) -> bytes:
    """A PNG that claims a size, with nothing of it inside."""
    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = png_chunk(b"IDAT", bytes(weight))
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", size) + body + png_chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(8000, 5000), (60_000, 60_000)])
@pytest.mark.parametrize("weight", [30, 300_000])
def test_a_picture_that_claims_forty_megapixels_is_not_decoded_and_says_so(
    width: int, height: int, weight: int
) -> None:
    files, path = attached(claiming(width, height, weight), "png")
    for audience in ("customer", "internal"):
        html = pages(a_book(files), "en", audience)[f"tickets/{FAULT}"].html
        assert "<img" not in html.partition('class="wb-attachment"')[2]
        assert f"it claims to be {width} × {height} pixels" in html
    assert list(published(a_book(files), "internal")) == [path]
    assert f'<a href="../{path}">' in html


def test_a_light_file_of_many_pixels_is_looked_at_small() -> None:
    made = BytesIO()
    Image.new("L", (3000, 2000)).save(made, "PNG")
    assert len(made.getvalue()) < LIGHT
    files, path = attached(made.getvalue(), "png")
    html = pages(a_book(files), "en", "internal")[f"tickets/{FAULT}"].html
    assert f'<img src="../{path}.webp"' in html
    assert "Not shown" not in html


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("PNG", {}),
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
    ],
)
def test_a_picture_claims_the_size_that_it_has(form: str, options: dict[str, bool]) -> None:
    made = BytesIO()
    Image.new("RGB", (321, 123)).save(made, form, **options)
    assert declared_size(made.getvalue()) == (321, 123)


def test_what_is_cut_off_before_its_size_claims_none() -> None:
    for whole in (png(), jpeg(), b"<svg/>"):
        assert declared_size(whole[:20]) is None


def test_a_picture_that_breaks_in_the_middle_is_given_as_it_is() -> None:
    whole = photograph(1200, 800)
    broken = whole[:200_000] + bytes(100_000) + whole[300_000:]
    assert preview(broken) == broken
    assert not can_preview(b"<svg onload=alert(1)>")
