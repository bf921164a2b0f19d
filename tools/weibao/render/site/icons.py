"""The icons of the pages: the theme's own bundled SVG, inlined, so that nothing is loaded."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from markupsafe import Markup

OUTCOMES = {
    "met": "check-circle",
    "breached": "alert-octagon",
    "running": "clock-outline",
    "paused": "pause-circle-outline",
    "at_risk": "clock-alert",
    "waived": "minus-circle-outline",
    "cancelled": "cancel",
    "undetermined": "help-circle-outline",
}
"""An icon for each outcome of a verdict; the words always stand beside it."""


CONDITIONS = {
    "outage": "close-octagon",
    "partial": "circle-half-full",
    "degraded": "alert",
    "unknown": "help-circle",
    "maintenance": "wrench-clock",
    "operational": "check-circle",
}
"""An icon for each condition of a service, each of its own shape."""

MOODS = {
    "bad": "close-octagon",
    "risk": "alert",
    "unknown": "help-circle",
    "note": "information",
    "calm": "check-circle",
}
"""An icon for each mood of a sentence of the headline."""


@cache
def icon(name: str) -> Markup:
    """The SVG of a Material Design icon, hidden from screen readers: words stand beside it."""
    source = files("material").joinpath("templates", ".icons", "material", f"{name}.svg")
    svg = source.read_text(encoding="utf-8").strip()
    return Markup(svg.replace("<svg ", '<svg class="wb-icon" aria-hidden="true" ', 1))  # noqa: S704 - a file of the theme
