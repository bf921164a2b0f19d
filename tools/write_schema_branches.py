"""Write what follows from the table in ``weibao.model.events``: the schemas' branches, the snippets.

Run by hand after the table has changed: ``python tools/write_schema_branches.py``. Tests hold the
files and the table in step.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from weibao.model.events import EVENTS, Event, Field
from weibao.model.imported import UNKNOWN
from weibao.workspace.setup.snippets import snippets_text

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "schemas"
_PRECISE = ("ticket", "inspection")
"""The kinds of record that an old register may have had, so that a time may be known to the day alone."""

SNIPPETS = ROOT / ".vscode" / "weibao.code-snippets"
_COMMON = "common.schema.json#/$defs/"


def branches(kind: str, common: dict[str, Any]) -> dict[str, Any]:
    """The ``$defs`` of a kind of record: ``entry``, and one closed object for each event.

    ``entry`` sends each entry to the branch of its event, so that what is said about a wrong entry
    is about that event, here and in an editor.
    """
    events = EVENTS[kind]
    entry = {
        "title": "条目 · Entry",
        "description": "一行记录：时间、事件、记录人及该事件的字段"
        " · One line of the log: when, what, who, and the event's own keys",
        "type": "object",
        "required": ["event"],
        "properties": {"event": _event_property([event.name for event in events])},
        "allOf": [
            {
                "if": {
                    "type": "object",
                    "required": ["event"],
                    "properties": {"event": {"const": event.name}},
                },
                "then": {"$ref": f"#/$defs/{event.name}"},
            }
            for event in events
        ],
    }
    return {"entry": entry} | {
        event.name: _branch(event, common, precise=kind in _PRECISE) for event in events
    }


def schema_text(kind: str) -> str:
    """The whole schema of a kind, its branches as the table has them."""
    common = json.loads((SCHEMAS / "common.schema.json").read_text(encoding="utf-8"))["$defs"]
    schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    schema["$defs"] = branches(kind, common)
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _event_property(names: list[str]) -> dict[str, Any]:
    return {
        "title": "事件 · Event",
        "description": "发生了什么 · What happened",
        "type": "string",
        "enum": names,
    }


def _branch(event: Event, common: dict[str, Any], *, precise: bool) -> dict[str, Any]:
    own = {field.key: _property(field, common, precise=precise) for field in event.fields}
    shared = {
        "at": _shared("at", "time", common),
        "event": _event_property([event.name]),
        "by": _shared("by", "author", common),
    }
    last = ("note", *(("precision",) if precise else ()), "internal")
    title = f"{event.zh} · {event.en}"
    return {
        "title": title,
        "description": f"{event.zh}（{event.name}） · {event.en} ({event.name})",
        "type": "object",
        "additionalProperties": False,
        "required": ["at", "event", "by", *(field.key for field in event.fields if field.required)],
        "properties": shared | own | {key: _shared(key, key, common) for key in last},
    }


def _shared(key: str, definition: str, common: dict[str, Any]) -> dict[str, Any]:
    titles = {
        "at": "时间 · At",
        "by": "记录人 · By",
        "note": "备注 · Note",
        "precision": "精度 · Precision",
        "internal": "内部 · Internal",
    }
    return {
        "title": titles[key],
        "description": common[definition]["description"],
        "$ref": _COMMON + definition,
    }


def _property(field: Field, common: dict[str, Any], *, precise: bool) -> dict[str, Any]:
    title = f"{field.zh} · {field.en}"
    if words := field.kind.choices:
        return {
            "title": title,
            "description": f"取其一：{'、'.join(words)} · One of: {', '.join(words)}",
            "type": "string",
            "enum": [*words, *((UNKNOWN,) if precise and field.kind.unknowable else ())],
        }
    definition = field.kind.defined_as
    return {
        "title": title,
        "description": common[definition]["description"],
        "$ref": _COMMON + definition,
    }


if __name__ == "__main__":
    texts = {SCHEMAS / f"{kind}.schema.json": schema_text(kind) for kind in EVENTS}
    for path, text in (texts | {SNIPPETS: snippets_text()}).items():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path)
