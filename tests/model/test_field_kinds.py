"""The table of field kinds: in step with the events, the schemas, and every room that goes by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from building.commands import PATH, TICKET, record_repository
from building.contract import CONTRACT
from building.service_plan import CAUSES
from weibao.cli.framework.field_values import field_value
from weibao.cli.framework.session import Session
from weibao.language import language
from weibao.model import field_kinds
from weibao.model.events import EVENTS, Field
from weibao.model.field_kinds import DEFINED, KINDS, FieldKind, Form, Thing
from weibao.model.references import names_of
from weibao.model.schema.files import schema_named
from weibao.model.schema.validation import is_a
from weibao.render.words.entry_facts import plainly, said
from weibao.workspace.recording.recording import read_standing_record
from weibao.workspace.suggestions.glance import names_in
from weibao.workspace.suggestions.offers import OFFERS

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository

OPENED = {"at": "2026-11-20T09:15:00+08:00", "event": "opened"}
PAPER = {"format": "pdf", "language": "zh", "sha256": "0" * 64}
SAMPLES: dict[str, tuple[Any, Any, str]] = {
    "person": ("li-qiang", "li-qiang", "李强"),
    "people": (("li-qiang", "赵敏"), ["li-qiang", "zhao-min"], "李强和赵敏"),
    "contact": ("zhang-gong", "zhang-gong", "张工"),
    "asset": ("core-sw-01", "core-sw-01", "核心交换机 1"),
    "part": ("hw-s12700-mpu", "hw-s12700-mpu", "S12700 主控板"),
    "cause": ("hardware", "hardware", "硬件故障"),
    "depot": ("suzhou-depot", "suzhou-depot", "苏州备件库"),
    "ticket": ("7K3Q9M", TICKET, TICKET),
    "tickets": (("7K3Q9M",), [TICKET], TICKET),
    "access": ("refused", "refused", "未准入"),
    "action": ("spare-fan", "spare-fan", "spare-fan"),
    "item": ("temperature", "temperature", "设备温度"),
    "entry_reference": ("opened", OPENED, "2026-11-20 09:15 受理"),
    "entry_references": (("opened",), [OPENED], "2026-11-20 09:15 受理"),
    "serial": ("SN1", "SN1", "SN1"),
    "serials": (("SN1, SN2", "SN3"), ["SN1", "SN2", "SN3"], "SN1、SN2 和 SN3"),
    "serials_back": (("SN1",), ["SN1"], "SN1"),
    "serials_found": (("",), [], ""),
    "severity": (2, 2, "二级"),
    "impact": (
        ("core-sw-01=outage",),
        [{"on": "core-sw-01", "state": "outage"}],
        "核心交换机 1 中断",
    ),
    "level": (1, 1, "1"),
    "satisfaction": (5, 5, "5"),
    "quantity": (3, 3, "3"),
    "visit": (2, 2, "2"),
    "measured_value": ("38.5", 38.5, "38.5"),
    "amended_value": ("2", "2", "2"),
    "text": ("一段文字", "一段文字", "一段文字"),
    "line": ("RMA-1001", "RMA-1001", "RMA-1001"),
    "supplier": ("华为", "华为", "华为"),
    "key": ("intake.channel", "intake.channel", "intake.channel"),
    "unit": ("%", "%", "%"),
    "attachment": ("photo.jpg", "photo.jpg", "photo.jpg"),
    "about": ("7K3Q9M", {"ticket": TICKET}, TICKET),
    "day": ("2026-12-20", "2026-12-20", "2026年12月20日 周日"),
    "sha256": ("0" * 64, "0" * 64, "0" * 12),
    "time": ("2026-11-20 09:05", "2026-11-20T09:05:00+08:00", "2026-11-20 09:05"),
    "clock_duration": ("45m", "45m", "45m"),
    "score": (80, 80, "80"),
    "responsible": ("maker", "maker", "原厂"),
    "review_edition": ("final", "final", "终稿"),
    "detected_by": ("monitoring", "monitoring", "监控"),
    "mode": ("on_site", "on_site", "现场"),
    "via": ("phone", "phone", "电话"),
    "pause_reason": ("site_access", "site_access", "等待进场许可"),
    "target": ("respond", "respond", "响应"),
    "check_status": ("ok", "ok", "正常"),
    "piece_condition": ("faulty", "faulty", "坏件"),
    "deliverable": ("monthly", "monthly", "月报"),
    "report_section": ("risks", "risks", "风险与建议"),
    "report_version": (2, 2, "2"),
    "paper_files": ((PAPER,), [PAPER], "pdf 中文 000000000000"),
    "old_part": ("rma", "rma", "返厂"),
}
"""Of each kind that an entry may have: what is typed, what the record then has, what people read."""


@pytest.fixture
def clone(tmp_path: Path) -> Repository:
    repository = record_repository(tmp_path / "clone")
    repository.write("records/contract.yaml", CONTRACT + CAUSES)
    return repository


def fields() -> list[Field]:
    return [field for events in EVENTS.values() for event in events for field in event.fields]


def test_every_kind_has_a_name_of_its_own() -> None:
    rows = [value for value in vars(field_kinds).values() if isinstance(value, FieldKind)]
    assert len(KINDS) == len(rows)


def test_every_field_of_every_event_is_of_a_kind_of_the_table_and_tried_here() -> None:
    assert all(KINDS[field.kind.name] is field.kind for field in fields())
    assert {field.kind.name for field in fields()} == set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_typed_becomes_what_the_schema_takes_and_people_read(
    clone: Repository, name: str
) -> None:
    typed, value, read = SAMPLES[name]
    desk = Session(clone.path, "zh", "never").desk()
    one = read_standing_record(desk, PATH)
    field = Field("x", KINDS[name], "", "")
    assert field_value(desk, one, field, typed) == value
    assert field.kind.choices or is_a(field.kind.defined_as, value)
    assert said("ticket", field, value, plainly(desk.records, language("zh"))) == read


@pytest.mark.parametrize("name", SAMPLES)
def test_a_kind_is_bounded_as_its_schema_bounds_it(name: str) -> None:
    kind, definitions = KINDS[name], schema_named("common")["$defs"]
    assert (kind.form is Form.CHOICE) == bool(kind.choices)
    if not kind.choices:
        definition = definitions[kind.defined_as]
        assert kind.several == (definition.get("type") == "array")
        assert (kind.form is Form.NUMBER) == (definition.get("type") == "integer")
        if kind.form is Form.NUMBER:
            assert (definition["minimum"], definition["maximum"]) == (1, kind.most)


def test_every_thing_that_may_be_named_is_offered_and_what_must_be_defined_is_looked_up(
    clone: Repository,
) -> None:
    assert set(OFFERS) == set(Thing)
    assert set(names_of(Session(clone.path, "zh", "never").desk().records)) >= DEFINED


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.listed])
def test_what_tab_offers_is_where_the_table_says(clone: Repository, kind: FieldKind) -> None:
    assert kind.listed
    assert names_in(str(clone.path), *kind.listed, "zh")
