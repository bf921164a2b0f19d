"""From the way to a node to its line and column: findings of typed checks get their place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.model.finding import Finding, Place
from weibao.model.yaml.strict import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.model.yaml.document import Document


def located(findings: Iterable[Finding], files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """The findings in order of place, each with line and column where its file has the node.

    Only the files that have findings are read again, so that nobody pays for places unasked.
    """
    documents: dict[str, Document | None] = {}
    placed = []
    for finding in findings:
        path = finding.place.path
        if finding.place.keys and path not in documents and path in files:
            documents[path] = read_yaml(path, files[path])[0]
        document = documents.get(path) if finding.place.keys else None
        placed.append(replace(finding, place=_place(finding.place, document)))
    return tuple(sorted(placed, key=lambda finding: finding.order))


def _place(place: Place, document: Document | None) -> Place:
    keys = place.keys
    while document is not None and keys:
        try:
            found = document.place(keys)
        except KeyError:
            keys = keys[:-1]
        else:
            return Place(place.path, found.line, found.column)
    return Place(place.path, place.line, place.column)
