"""From the way to a node to its line and column: findings of typed checks get their place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.model.finding import Place
from weibao.model.yaml.strict import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.model.finding import Finding
    from weibao.model.yaml.document import Document


def located(
    findings: Iterable[Finding],
    files: Mapping[str, bytes],
    documents: Mapping[str, Document] | None = None,
) -> tuple[Finding, ...]:
    """The findings in order of place, each with line and column where its file has the node."""
    return tuple(sorted(placed(findings, files, documents or {}), key=lambda found: found.order))


def placed(
    findings: Iterable[Finding], files: Mapping[str, bytes], documents: Mapping[str, Document]
) -> Iterator[Finding]:
    """The same in the order given.

    A file that has findings and is not among the ``documents`` is read for them.
    """
    known: dict[str, Document | None] = dict(documents)
    for finding in findings:
        place = finding.place
        if place.keys:
            if place.path not in known and place.path in files:
                known[place.path] = read_yaml(place.path, files[place.path])[0]
            place = _place(place, known.get(place.path))
        yield replace(finding, place=place)


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
