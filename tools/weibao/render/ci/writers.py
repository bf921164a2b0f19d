"""The formats in which findings are written for programs, each with its writer."""

from __future__ import annotations

from operator import attrgetter

from weibao.model.declared import declared
from weibao.render.ci.format import Format

FORMATS = sorted(declared("weibao.render.ci.formats", Format), key=attrgetter("place"))
"""Every format, in the order of their places."""

WRITERS = {known_format.name: known_format.write for known_format in FORMATS}
"""By the name of the format. ``text`` is not among them: it is a table for the terminal."""
