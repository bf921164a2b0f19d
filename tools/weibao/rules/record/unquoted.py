"""Texts without quotes that other readers of YAML take for something else (R227)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.versions import is_record
from weibao.model.yaml.document import dotted
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.yaml.document import Document, Keys
    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="R227",
        severity=Severity.WARNING,
        title=N_("Text that needs quotes"),
        message=N_(
            "“{found}” in “{key}” has no quotes, and other readers of YAML do not take it for this text."
        ),
        help=N_(
            'Before it lands, put it in double quotes: "{found}". A line that has landed stays as it is.'
        ),
        why=N_(
            "Here only true, false and plain decimal numbers are anything but text. Readers of YAML 1.1, which are still the most common, take 0123 for 83, 12:30 for 750 and NO for false: a serial number that another program reads out of the records would be another one."
        ),
        bad="  - {at: 2026-11-20T10:00:00+08:00, event: received, by: wang-lei, part: sfp-10g, serials: [0123]}\n",
        good='serials: ["0123"]\n',
        facts=("key", "found"),
    ),
)

_OTHERWISE_READ = (
    r"(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|True|TRUE|False|FALSE|~|null|Null|NULL"
    r"|[-+]?0[0-7_]+|[-+]?0b[01_]+|[-+]?0o[0-7]+|[-+]?0x[0-9a-fA-F_]+|\+[0-9][0-9_]*"
    r"|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[-+]?[0-9]*_[0-9_]*|[-+]?[0-9][0-9_]{18,}"
    r"|[-+]?[0-9][0-9_]*\.(?:[0-9_]*[eE][-+]?[0-9]+)?|[-+]?\.[0-9][0-9_]*|[-+]?[0-9]+[eE][-+]?[0-9]+"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)
"""What some reader of YAML 1.1 or 1.2 takes for a number, a truth or nothing, and this one for text."""

_TEXT = re.compile(_OTHERWISE_READ)
_HASH = 40
"""Characters of the shortest hash: one of digits alone is no chance that anybody must live with."""

_SOMEWHERE = re.compile(
    rf"(?:[\[{{{{,]|: |- ) *(?=[-+0-9.~yYnNoOtTfF]){_OTHERWISE_READ} *(?=[\]}}}},\n#])"
)


def check_unquoted(facts: FileFacts) -> Iterator[Finding]:
    """Texts that need quotes, in every file that is asked about."""
    for path in filter(facts.asked, facts.records.files):
        document = facts.records.files[path].document
        # Nearly no file has one: the words are looked for before the values are.
        if document and _SOMEWHERE.search(document.text):
            record = document.data.get("id", "") if is_record(path) else ""
            for keys, found in _texts(document.data, ()):
                place = document.place(keys)
                if not _is_quoted(document, place):
                    shown = {"key": dotted(keys), "found": found}
                    yield Finding("R227", Place(path, place.line, place.column), record, shown)


def _texts(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """The texts that would be something else, were they not quoted."""
    match value:
        case str() if len(value) < _HASH and _TEXT.fullmatch(value):
            yield keys, value
        case dict():
            for key, element in value.items():
                yield from _texts(element, (*keys, key))
        case list():
            for index, element in enumerate(value):
                yield from _texts(element, (*keys, index))


def _is_quoted(document: Document, place: Place) -> bool:
    """Whether a text is quoted, or stands in a block of its own lines."""
    line = document.text.split("\n")[place.line - 1]
    return line[place.column - 1 : place.column] in {'"', "'", "|", ">"}
