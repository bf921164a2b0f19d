"""Findings as this package's own JSON, a stable interface (``schemas/output/check.schema.json``)."""

from __future__ import annotations

from weibao.render.ci.format import Format
from weibao.render.json import book as stable_json

FORMAT = Format(
    name="json", place=10, write=lambda told, _: stable_json.printed(stable_json.check(told))
)
