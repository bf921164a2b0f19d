"""The example's own pages, and the files that any record repository starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.demo.data_files import filled_template
from weibao.demo.people import DESK, ENGINEERS
from weibao.model.schema.files import COPIED, schema_bytes

if TYPE_CHECKING:
    from weibao.demo.year import Year

_PAGES = {
    ".gitattributes": "gitattributes",
    ".gitignore": "gitignore",
    "README.md": "README.md",
    "docs/resource-plan.md": "resource-plan.md",
    "docs/emergency/core-outage.md": "core-outage.md",
    "docs/knowledge/optical-module.md": "optical-module.md",
}
"""By path in the repository, the file among the data."""


def first_files(year: Year, mkdocs: str) -> dict[str, bytes]:
    """What the repository begins with, before any record."""
    filling = {
        "start": year.start,
        "end": year.end,
        "engineers": len(ENGINEERS),
        "desk": len(DESK),
        "user": DESK[0].name,
    }
    texts = {
        path: filled_template(f"data/pages/{name}", **filling) for path, name in _PAGES.items()
    }
    schemas = {f"schemas/{name}.schema.json": schema_bytes(name) for name in COPIED}
    files = {"mkdocs.yml": mkdocs} | texts
    return {path: text.encode() for path, text in files.items()} | schemas
