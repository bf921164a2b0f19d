"""An address as a QR code, drawn in SVG."""

from __future__ import annotations

from markupsafe import Markup


def qr_code(address: str) -> Markup:
    """The drawing, with the quiet margin that a camera needs; "" for no address."""
    if not address:
        return Markup()
    import segno

    drawn: str = segno.make(address, error="m", micro=False).svg_inline(
        dark="#000", light="#fff", omitsize=True
    )
    return Markup(drawn)  # noqa: S704 - squares, in which the address stands as such
