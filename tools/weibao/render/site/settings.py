"""The mkdocs.yml that a record repository starts with."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weibao.model.contract import Contract


def mkdocs_config(contract: Contract) -> str:
    """The text of mkdocs.yml for a contract: as little as MkDocs needs, the plugin brings the rest."""
    template = files("weibao.render.site").joinpath("mkdocs.yml.txt").read_text(encoding="utf-8")
    name = contract.names.get(contract.languages[0]) or next(iter(contract.names.values()))
    return template.format(name=json.dumps(name, ensure_ascii=False))
