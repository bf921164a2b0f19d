"""Pictures of papers: as they are put into a page, and as PNG for what knows no SVG."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weibao.render.papers.format import PaperSetting
    from weibao.render.papers.paper import Picture

LARGEST = 8 << 20
"""Bytes of a picture that is put into a paper; of a larger one stands what is to be seen in words."""

_LIGHT = (
    b"<style>text{font:12px sans-serif;fill:#5b6770;text-anchor:middle}"
    b".wb-label--end{text-anchor:end}.wb-value{fill:#16191c}.wb-axis{stroke:#c9d0d6}"
    b".wb-kept,.wb-clock-ran{fill:#58a985}.wb-missed,.wb-clock-late,.wb-dot--failed{fill:#d0564c}"
    b".wb-clock-still{fill:#e2e6ea}.wb-clock-due{stroke:#16191c;stroke-width:2}"
    b".wb-clock-done{fill:#16191c}.wb-line{fill:none;stroke:#1a5f8f;stroke-width:2}"
    b".wb-dot{fill:#1a5f8f}.wb-dot--warning{fill:#e0a03c}"
    b".wb-days path{stroke:#e2e6ea;stroke-dasharray:.78 .22}.wb-days .wb-operational{stroke:#58a985}"
    b".wb-days .wb-degraded,.wb-days .wb-partial{stroke:#e0a03c}.wb-days .wb-maintenance{stroke:#1a5f8f}"
    b".wb-days .wb-outage{stroke:#d0564c}</style>"
)
"""How the charts are coloured on paper, where no page's style sheet colours them."""

_ROOT = re.compile(rb"<svg\b([^>]*)>")


def drawn(picture: Picture) -> bytes:
    """The bytes of the picture, of a chart with its colours; b"" for one that is too large."""
    if len(picture.raw) > LARGEST:
        return b""
    if picture.form != "svg":
        return picture.raw
    return _ROOT.sub(_coloured, picture.raw, count=1)


def _coloured(root: re.Match[bytes]) -> bytes:
    space = b"" if b"xmlns=" in root[1] else b' xmlns="http://www.w3.org/2000/svg"'
    return b"".join((b"<svg", space, root[1], b">", _LIGHT))


_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.at("svg")), format: "svg", width: 165mm)"""


def as_png(picture: Picture, setting: PaperSetting) -> bytes:
    """The picture as PNG or JPEG; b"" where it is too large, or a chart that nothing here can draw."""
    raw = drawn(picture)
    if not raw or picture.form != "svg":
        return raw
    try:
        import typst
    except ImportError:
        return b""
    made: bytes = typst.compile(
        _PAGE,
        format="png",
        ppi=160,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=list(setting.fonts)),
        sys_inputs={"svg": raw.decode()},
    )
    return made
