"""A picture keeps every byte it is drawn from, and nothing of where and by whom it was taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building.pictures import GPS, exif, jpeg, jpeg_segment, png, png_chunk, webp
from weibao.model.pictures import (
    MalformedPictureError,
    stripped_jpeg,
    stripped_png,
    stripped_webp,
)

XMP = b"http://ns.adobe.com/xap/1.0/\0" + GPS
PROFILE = jpeg_segment(0xE2, b"ICC_PROFILE\0\x01\x01colours")
SECOND_PICTURE = jpeg(exif())


@pytest.mark.parametrize(
    "segment",
    [
        exif(),
        jpeg_segment(0xE1, XMP),
        jpeg_segment(0xED, b"Photoshop 3.0\0" + GPS),
        jpeg_segment(0xE2, b"MPF\0" + GPS),
        jpeg_segment(0xFE, GPS),
        jpeg_segment(0xE0, b"JFXX\0\x10" + GPS),
        jpeg_segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x01\x01" + GPS),
        jpeg_segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01" + GPS),
        jpeg_segment(0xEE, GPS),
    ],
)
def test_a_jpeg_loses_what_it_tells_and_keeps_its_picture_and_its_colours(segment: bytes) -> None:
    assert stripped_jpeg(jpeg(segment, PROFILE)) == jpeg(PROFILE)


def test_a_jpeg_that_lies_on_its_side_still_says_so_and_nothing_else() -> None:
    stripped = stripped_jpeg(jpeg(exif(6)))
    assert GPS not in stripped
    assert stripped.startswith(b"\xff\xd8\xff\xe1")
    assert stripped_jpeg(stripped) == stripped
    assert stripped != stripped_jpeg(jpeg(exif(8)))


def test_a_second_head_of_a_png_that_claims_another_size_is_no_picture() -> None:
    with pytest.raises(MalformedPictureError):
        stripped_png(png(png_chunk(b"IHDR", bytes((0, 1, 0, 0)) * 2 + b"\x08\0\0\0\0")))


def test_the_colours_of_adobe_stay() -> None:
    adobe = jpeg_segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01")
    assert stripped_jpeg(jpeg(adobe)) == jpeg(adobe)


def test_what_follows_the_end_of_a_jpeg_is_dropped_a_film_or_another_picture() -> None:
    assert stripped_jpeg(jpeg(after=SECOND_PICTURE)) == jpeg()


def test_a_comment_between_two_scans_is_dropped_too() -> None:
    whole = jpeg()
    place = whole.index(b"\xff\xc4")
    commented = whole[:place] + jpeg_segment(0xFE, GPS) + whole[place:]
    assert stripped_jpeg(commented) == whole


@pytest.mark.parametrize("name", [b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME", b"prVt"])
def test_a_png_loses_its_texts_its_time_and_its_exif(name: bytes) -> None:
    colours = png_chunk(b"iCCP", b"colours")
    assert stripped_png(png(colours, png_chunk(name, GPS)) + GPS) == png(colours)


def test_a_webp_loses_its_exif_and_xmp_and_no_longer_promises_them() -> None:
    stripped = stripped_webp(webp((b"EXIF", GPS), (b"XMP ", GPS)))
    assert GPS not in stripped
    assert stripped == webp().replace(b"\x0c" + bytes(9), bytes(10))


@given(st.data())
def test_a_picture_cut_short_or_bent_is_told_as_damaged_and_never_leaks(
    data: st.DataObject,
) -> None:
    strip, whole = data.draw(
        st.sampled_from(
            [
                (stripped_jpeg, jpeg(exif(), jpeg_segment(0xFE, GPS))),
                (stripped_png, png(png_chunk(b"tEXt", GPS))),
                (stripped_webp, webp((b"EXIF", GPS))),
            ]
        )
    )
    bent = bytearray(whole[: data.draw(st.integers(12, len(whole)))])
    if data.draw(st.booleans()):
        place = data.draw(st.integers(12, len(bent)))
        bent[place : place + 1] = data.draw(st.binary(min_size=1, max_size=1))
    try:
        kept = strip(bytes(bent))
    except MalformedPictureError:
        return
    assert strip(kept) == kept
