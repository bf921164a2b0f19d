"""``weibao ticket attach``: what the file is, what it does not tell, and where it is kept."""

from __future__ import annotations

import re
import zlib
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from building.commands import PATH
from building.pictures import GPS, exif, jpeg, png, png_chunk, webp
from building.refusing import refused

if TYPE_CHECKING:
    from building.commands import Weibao

ATTACH = ("ticket", "attach", "7K3Q9M")
PDF = b"%PDF-1.4\n%%EOF\n"
HEIC = b"\0\0\0\x18ftypheic" + bytes(64)
SVG = b'<?xml version="1.0"?><svg onload="alert(1)"/>'


@pytest.mark.parametrize(
    ("name", "given", "kept", "ending"),
    [
        ("IMG_0001.JPG", jpeg(exif()), jpeg(), "jpg"),
        ("photo.jpeg", png(png_chunk(b"tEXt", GPS)), png(), "png"),
        ("report", PDF, PDF, "pdf"),
    ],
)
def test_a_file_is_kept_by_what_it_is_under_the_hash_of_what_is_left_of_it(
    weibao: Weibao, name: str, given: bytes, kept: bytes, ending: str
) -> None:
    (weibao.repository.path / name).write_bytes(given)
    ran = weibao(*ATTACH, name, "--caption", "更换前")
    assert ran.code == 0, ran.err
    assert ("was taken out of the picture" in ran.out) == (given != kept)
    digest = sha256(kept).hexdigest()
    path = f"records/attachments/{digest[:2]}/{digest}.{ending}"
    assert (weibao.repository.path / path).read_bytes() == kept
    line = weibao.repository.read(PATH).splitlines()[-1]
    assert f"file: {path}, sha256: {digest}, caption: 更换前" in line
    assert f"{name} is kept as {path}" in ran.out
    assert weibao("check").code == 0


def test_where_a_photograph_was_taken_is_in_no_object_of_the_repository(weibao: Weibao) -> None:
    (weibao.repository.path / "../photo.jpg").write_bytes(jpeg(exif(6)))
    assert weibao(*ATTACH, "../photo.jpg").code == 0
    objects = weibao.repository.path.glob(".git/objects/??/*")
    told = [zlib.decompress(one.read_bytes()) for one in objects]
    assert any(b"\xff\xd8" in one for one in told)
    assert not any(GPS in one for one in told)


def test_the_same_picture_twice_is_kept_once(weibao: Weibao) -> None:
    (weibao.repository.path / "photo.webp").write_bytes(webp((b"EXIF", GPS)))
    assert weibao(*ATTACH, "photo.webp").code == 0
    opened = weibao(
        *("ticket", "open", "--title", "x", "--severity", "3", "--reported-by", "zhang-gong")
    )
    (other,) = set(re.findall(r"T20261120-\w{6}", opened.out))
    assert weibao("ticket", "attach", other, "photo.webp").code == 0
    assert len(list(weibao.repository.path.glob("records/attachments/*/*.webp"))) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEIC, "HEIC"),
        (SVG, "SVG"),
        (b"MZ" + bytes(64), "PNG, JPEG or WebP"),
        (b"", "PNG, JPEG or WebP"),
        (jpeg()[:40], "damaged"),
        (png()[:40], "damaged"),
        (PDF + bytes(5 * 1024**2), "larger than 5 MiB"),
    ],
)
def test_another_file_is_refused_with_advice_and_nothing_is_written(
    weibao: Weibao, content: bytes, said: str
) -> None:
    (weibao.repository.path / "photo.jpg").write_bytes(content)
    ran = refused(weibao, *ATTACH, "photo.jpg")
    assert ran.code == 2
    assert said in ran.err
