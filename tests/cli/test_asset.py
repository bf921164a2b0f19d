"""``weibao asset show``: everything that the records have on a piece of equipment."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from building.book import INSPECTION, WHOLE_LOG
from building.commands import TICKET, Weibao, record_repository
from building.contract import ASSETS, a_ticket, entry, ticket_path
from building.refusing import refused
from weibao.cli.commands.asset import LABEL_SIZES
from weibao.render.site.labels import SHEETS

if TYPE_CHECKING:
    from pathlib import Path

OTHER = "T20261120-0PEN22"
REPLACED = entry(
    "11:00",
    "part_replaced",
    asset="core-sw-01",
    part="hw-s12700-mpu",
    removed_serial="OLD-1",
    installed_serial="HDMPU1",
)
LOG = (*WHOLE_LOG[:6], REPLACED, *WHOLE_LOG[6:])
ROUND = f"""\
id: {INSPECTION}
plan: quarterly-inspection
period: 2026-Q4
assets: [core-sw-01]
log:
  - {{at: 2026-11-22T09:00:00+08:00, event: started, by: li-qiang}}
  - {{at: 2026-11-22T09:10:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: appearance, status: ok}}
  - {{at: 2026-11-22T09:20:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: temperature, value: 66, unit: "°C", status: failed, ticket: {OTHER}}}
  - {{at: 2026-11-22T09:40:00+08:00, event: completed, by: li-qiang}}
"""
SPARE = """\
  spare-sw:
    name: {zh: 备用交换机, en: Spare switch}
    kind: switch
    site: suzhou-plant
    covered: {from: 2025-12-01, to: 2026-10-31}
"""


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    """A switch with a closed ticket, an open one, a round that found something, a part replaced."""
    repository = record_repository(tmp_path / "clone", log=LOG, assets=ASSETS + SPARE)
    repository.write(
        ticket_path(OTHER),
        a_ticket(
            OTHER,
            severity=3,
            reported_at="2026-11-20T10:00:00+08:00",
            log=[entry("10:05", "opened", by="wang-lei")],
        ),
    )
    repository.write(ticket_path(INSPECTION), ROUND)
    repository.commit(at="2026-11-22T09:41:00+08:00")
    command = Weibao(repository, monkeypatch, capsys)
    command.set_clock("2026-11-22T10:00:00+08:00")
    return command


def told(weibao: Weibao, name: str) -> dict[str, Any]:
    ran = weibao("asset", "show", name, "--format", "json")
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_its_tickets_rounds_parts_and_availability_are_told(weibao: Weibao) -> None:
    found = told(weibao, "core-sw-01")
    assert [one["ticket"] for one in found["open"]] == [OTHER]
    assert [one["ticket"] for one in found["past"]] == [TICKET]
    (one,) = found["inspections"]
    assert (one["inspection"], one["state"]) == (INSPECTION, "completed")
    assert one["found"] == [{"item": "temperature", "status": "failed", "ticket": OTHER}]
    (part,) = found["parts_replaced"]
    assert (part["removed_serial"], part["installed_serial"]) == ("OLD-1", "HDMPU1")
    assert found["covered"] is True
    assert found["availability"]["down_seconds"] > 0


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            (
                "core-sw-01  Core switch 1",
                "Services that rest on it: Manufacturing execution",
                "✓ Covered from",
                "✗ Device temperature failed",
                "OLD-1 → HDMPU1",
            ),
        ),
        ("zh", ("核心交换机 1", "依赖它的服务：生产管理系统", "✓ 在保", "✗ 设备温度")),
    ],
)
def test_a_person_reads_it_in_either_language(
    weibao: Weibao, lang: str, lines: tuple[str, ...]
) -> None:
    ran = weibao("asset", "show", "core-sw-01", lang=lang)
    assert ran.code == 0, ran.err
    for line in lines:
        assert line in ran.out


def test_an_asset_whose_cover_has_ended_says_so_and_has_nothing_else(weibao: Weibao) -> None:
    found = told(weibao, "spare-sw")
    assert found["covered"] is False
    assert found["asset"]["vendor"] is None
    assert not [*found["open"], *found["past"], *found["inspections"], *found["parts_replaced"]]
    out = weibao("asset", "show", "spare-sw").out
    assert "✗ Not covered now" in out
    assert "Past tickets" not in out


def test_a_part_of_an_id_is_enough_where_it_means_one_asset(weibao: Weibao) -> None:
    assert told(weibao, "spare")["asset"]["id"] == "spare-sw"
    several = weibao("asset", "show", "sw")
    assert several.code == 2
    assert "core-sw-01 核心交换机 1 and spare-sw" in several.err


def test_an_asset_that_is_not_there_is_refused(weibao: Weibao) -> None:
    near = weibao("asset", "show", "core-sw-10")
    assert (near.code, near.out) == (2, "")
    assert "No equipment is called “core-sw-10”." in near.err
    assert "Did you mean core-sw-01" in near.err
    assert "Known: core-sw-01" in weibao("asset", "show", "打印机").err


def test_labels_are_refused_until_the_site_is_known_and_never_replace_a_file_unasked(
    weibao: Weibao,
) -> None:
    ran = refused(weibao, "asset", "labels")
    assert ran.code == 2
    assert "site_url: https://" in ran.err
    weibao.repository.write("mkdocs.yml", "site_name: x\nsite_url: https://ops.example/c/\n")
    weibao.repository.commit("站点", at="2026-11-20T09:20:00+08:00")
    assert "labels.html: 1 label." in weibao("asset", "labels", "core-sw-01").out
    assert "核心交换机 1" in weibao.repository.read("labels.html")
    weibao.repository.write("labels.html", "mine")
    assert weibao("asset", "labels").code == 2
    assert weibao.repository.read("labels.html") == "mine"
    assert weibao("asset", "labels", "--force", "--size", "60x40").code == 0


def test_the_sizes_of_labels_are_those_that_are_set() -> None:
    assert tuple(SHEETS) == LABEL_SIZES
