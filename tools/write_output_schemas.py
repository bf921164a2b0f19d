"""Write ``schemas/output/`` from the dataclasses that the commands print as JSON.

Run by hand after one of them has changed: ``python tools/write_output_schemas.py``. A test holds the files
and the dataclasses in step. What several outputs are made of stands once, in ``parts.schema.json``.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from collections import Counter
from dataclasses import is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from weibao.model.shown import Keyed, Mark
from weibao.render.json.actions import ActionsOutput
from weibao.render.json.asset import AssetOutput, AssetsOutput
from weibao.render.json.audit import AuditOutput
from weibao.render.json.book import CheckOutput, ExplainOutput, TicketsOutput
from weibao.render.json.checkpoints import CheckpointFile, CheckpointsOutput
from weibao.render.json.deliveries import DeliveriesOutput
from weibao.render.json.difference import DifferenceOutput
from weibao.render.json.doctor import DoctorOutput
from weibao.render.json.duty import DutyNowOutput, ShiftsOutput
from weibao.render.json.encode import notes_on, shown_fields, without_none
from weibao.render.json.exported import ExportOutput
from weibao.render.json.figures import KpiOutput
from weibao.render.json.first_sight import SeenOutput
from weibao.render.json.handovers import HandoverOutput, HandoversOutput
from weibao.render.json.importing import ImportPreviewOutput, ImportVerifyOutput
from weibao.render.json.inspections import InspectionOutput, InspectionsOutput, RoundsOutput
from weibao.render.json.reviews import ReviewsOutput
from weibao.render.json.sla import SlaOutput
from weibao.render.json.spares import StockOutput, SuppliersOutput, TraceOutput
from weibao.render.json.status import StatusOutput
from weibao.render.json.ticket import TicketOutput
from weibao.render.json.upgrade import UpgradeOutput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCHEMAS = Path(__file__).parent.parent / "schemas" / "output"
PARTS = "parts"
OUTPUTS: dict[str, Any] = {
    "action-list": ActionsOutput,
    "asset-list": AssetsOutput,
    "asset-show": AssetOutput,
    "audit": AuditOutput,
    "check": CheckOutput,
    "checkpoint": CheckpointFile,
    "checkpoint-verify": CheckpointsOutput,
    "diff": DifferenceOutput,
    "import-preview": ImportPreviewOutput,
    "import-verify": ImportVerifyOutput,
    "doctor": DoctorOutput,
    "duty-now": DutyNowOutput,
    "duty-show": ShiftsOutput,
    "explain": ExplainOutput,
    "export": ExportOutput,
    "inspection-due": RoundsOutput,
    "inspection-list": InspectionsOutput,
    "inspection-show": InspectionOutput,
    "kpi": KpiOutput,
    "report-list": DeliveriesOutput,
    "review-list": ReviewsOutput,
    "seen-show": SeenOutput,
    "shift-list": HandoversOutput,
    "shift-show": HandoverOutput,
    "sla": SlaOutput,
    "spares-stock": StockOutput,
    "spares-suppliers": SuppliersOutput,
    "spares-trace": TraceOutput,
    "status": StatusOutput,
    "ticket-list": TicketsOutput,
    "ticket-show": TicketOutput,
    "upgrade": UpgradeOutput,
}
_SCALARS: Mapping[Any, Mapping[str, str]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def schema_texts() -> dict[str, str]:
    """The schemas as they are written, by name."""
    used = {name: list(dict.fromkeys(_below(kind))) for name, kind in OUTPUTS.items()}
    count = Counter(kind for kinds in used.values() for kind in kinds)
    shared = {kind for kind, times in count.items() if times > 1}
    parts = _head(PARTS) | {
        "title": "公共部分 · Parts",
        "description": "各命令 JSON 输出的公共部分 · What the outputs of the commands share",
        "$defs": {_name(kind): _object(kind, shared, "") for kind in count if kind in shared},
    }
    found = {PARTS: parts}
    for name, kind in OUTPUTS.items():
        own = {
            _name(each): _object(each, shared, f"{PARTS}.schema.json")
            for each in used[name]
            if each not in shared
        }
        schema = _head(name) | _object(kind, shared, f"{PARTS}.schema.json")
        found[name] = schema | ({"$defs": own} if own else {})
    return {
        name: json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in found.items()
    }


def _head(name: str) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": f"{PARTS}.schema.json"} if name == PARTS else {}),  # what others name it by
    }


def _below(kind: Any) -> Iterator[Any]:
    """The objects that an object holds, each with those that it holds itself; inlined ones left out."""
    for field in shown_fields(kind):
        inner = _innermost(field.hint)
        if is_dataclass(inner):
            if field.mark is not Mark.INLINE:
                yield inner
            yield from _below(inner)


def _innermost(hint: Any) -> Any:
    """The class at the bottom of a type: of what is there, or of the items of an array."""
    bare, notes = notes_on(hint)
    keyed = next((note.kind for note in notes if isinstance(note, Keyed)), None)
    kind, optional = without_none(bare)
    if keyed:
        return keyed
    if get_origin(kind) is tuple:
        return _innermost(get_args(kind)[0])
    return _innermost(kind) if optional else kind


def _name(kind: Any) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.__name__.removeprefix("Shown")).lower()


def _object(kind: Any, shared: set[Any], where: str) -> dict[str, Any]:
    """The schema of an object; ``where`` the shared ones stand."""
    properties = dict(_properties(kind, shared, where))
    optional = {field.key for field in _flat(kind) if field.mark is Mark.ABSENT}
    return _said(_texts(kind)[""]) | {
        "type": "object",
        "additionalProperties": False,
        "required": [key for key in properties if key not in optional],
        "properties": properties,
    }


def _flat(kind: Any) -> Iterator[Any]:
    for field in shown_fields(kind):
        if field.mark is Mark.INLINE:
            yield from _flat(_innermost(field.hint))
        else:
            yield field


def _properties(kind: Any, shared: set[Any], where: str) -> Iterator[tuple[str, Any]]:
    for field in shown_fields(kind):
        if field.mark is Mark.INLINE:
            yield from _properties(_innermost(field.hint), shared, where)
        else:
            yield field.key, _said(_texts(kind)[field.name]) | _value(field.hint, shared, where)


def _value(hint: Any, shared: set[Any], where: str) -> dict[str, Any]:
    """The schema of a value: by its type, then by the keywords that are said of it."""
    bare, notes = notes_on(hint)
    keywords = {note[0]: _plain(note[1]) for note in notes if isinstance(note, tuple)}
    if {"const", "enum"} & keywords.keys():
        return keywords
    if "type" in keywords:  # of several, which a strict validator wants as branches
        return {"anyOf": [{"type": name} for name in keywords["type"]]}
    kind, optional = without_none(bare)
    if optional:
        return _or_null(_value(kind, shared, where))
    inner = _innermost(hint)
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _value(get_args(kind)[0], shared, where)} | keywords
    if is_dataclass(inner):
        return {"$ref": f"{where if inner in shared else ''}#/$defs/{_name(inner)}"}
    return (
        {"type": "string", "format": "date-time"} if Mark.INSTANT in notes else _scalar(kind)
    ) | keywords


def _scalar(kind: Any) -> dict[str, Any]:
    if get_origin(kind) is Literal:
        return {"enum": list(get_args(kind))}
    if issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    return dict(_SCALARS[kind])


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value.value if isinstance(value, Enum) else value


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], None]}
    return schema | {"type": [schema["type"], "null"]}


def _said(text: str) -> dict[str, str]:
    title, _, description = text.partition(" | ")
    return {"title": title, "description": description}


@cache
def _texts(kind: Any) -> Mapping[str, str]:
    """What a class says of itself ("") and of its fields, by their names: out of its source."""
    module = ast.parse(inspect.getsource(sys.modules[kind.__module__]))
    classes = [one for one in module.body if isinstance(one, ast.ClassDef)]
    (node,) = [class_ for class_ in classes if class_.name == kind.__name__]
    last = (ast.get_docstring(node) or "").splitlines()[-1]
    texts = {"": last.removesuffix(".")}
    for field, said in zip(node.body, node.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(said, ast.Expr):
            texts[ast.unparse(field.target)] = ast.literal_eval(said.value)
    return texts


if __name__ == "__main__":
    for name, text in schema_texts().items():
        (SCHEMAS / f"{name}.schema.json").write_text(text, encoding="utf-8", newline="\n")
