"""Snippets for editors: an entry for every event, written from the table of events."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from weibao.model.events import EVENTS
from weibao.model.field_kinds import Form

if TYPE_CHECKING:
    from weibao.model.events import Event, Field

_NOW = (
    "$CURRENT_YEAR-$CURRENT_MONTH-${CURRENT_DATE}T"
    "$CURRENT_HOUR:$CURRENT_MINUTE:$CURRENT_SECOND$CURRENT_TIMEZONE_OFFSET"
)
_FORMS = {
    Form.ABOUT: "{{ticket: {place}}}",
    Form.ENTRY: "{{at: {place}, event: event}}",
    Form.IMPACT: "{{on: {place}, state: outage}}",
    Form.PAPER: "{{format: pdf, language: zh, sha256: {place}}}",
    Form.SERIAL: '"{place}"',
}
"""How a value of this form is written around its place; the others are the place alone."""


def snippets_text() -> str:
    """The text of ``.vscode/weibao.code-snippets``: type ``w-`` and the event's name."""
    snippets = {
        f"{kind}: {event.name}": {
            "scope": "yaml",
            "prefix": f"w-{event.name}" if kind == "ticket" else f"w-{kind}-{event.name}",
            "description": f"{event.zh} · {event.en}",
            "body": [_body(event)],
        }
        for kind, events in EVENTS.items()
        for event in events
    }
    return json.dumps(snippets, ensure_ascii=False, indent=2) + "\n"


def _body(event: Event) -> str:
    """One line: the time now, the event, then a place to fill for every key that it needs."""
    parts = [f"at: {_NOW}", f"event: {event.name}", "by: ${1:who}"]
    needed = (field for field in event.fields if field.required)
    parts += [f"{field.key}: {_place(number, field)}" for number, field in enumerate(needed, 2)]
    return f"  - {{{', '.join(parts)}}}$0"


def _place(number: int, field: Field) -> str:
    kind = field.kind
    if kind.choices:
        return f"${{{number}|{','.join(kind.choices)}|}}"
    place = f"${{{number}:{kind.defined_as}}}"
    written = _FORMS.get(kind.form, "{place}").format(place=place)
    return f"[{written}]" if kind.several else written
