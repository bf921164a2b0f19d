"""Lists of equipment, spares, people and duties: what each row says otherwise than the configuration, each dirt a row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from building.registers import CONFIGURED, REGISTERS, ROOT, library
from weibao.importing.mapping import read_mapping
from weibao.importing.proposing.proposal import proposal_text
from weibao.importing.rows import rows_of, sheet_of
from weibao.language import language
from weibao.model.instant import parse_instant
from weibao.model.times.when import TimeAndPlace
from weibao.render.words.importing import rejection_told
from weibao.workspace.moving_in.duty_month import listed_rota
from weibao.workspace.moving_in.lists import listed
from weibao.workspace.moving_in.proposing import propose
from weibao.workspace.tables.table_file import read_table_file

if TYPE_CHECKING:
    from weibao.workspace.moving_in.lists import ListedRows

FILE = "设备备件人员值班.xlsx"
EN = language("en")


def standing() -> dict[str, Any]:
    return {
        name: yaml.load((ROOT / f"records/{name}.yaml").read_bytes(), yaml.BaseLoader)  # noqa: S506 - the loader without tags
        for name in CONFIGURED
    }


def come_to(raw: bytes, suffix: str, *, sheet: str = "", kind: str = "", **more: Any) -> ListedRows:
    """What the rows of a file come to by the mapping that is proposed, with what a person adds to it."""
    proposal = propose(Path(f"list{suffix}"), raw, library(), sheet=sheet, kind=kind)
    text = proposal_text(proposal, (), ())
    data = yaml.safe_load(text)
    for key, value in more.items():
        data[key] = {**data.get(key, {}), **value}
    mapping = read_mapping("imports/x.yaml", yaml.safe_dump(data, allow_unicode=True).encode())
    table = read_table_file(suffix, raw)
    rows = rows_of(sheet_of(table, mapping), mapping)
    if mapping.kind == "rota":
        return listed_rota(mapping, rows, library(), standing()["duty"])
    here = TimeAndPlace(parse_instant("2026-11-29T10:00:00+08:00"), library().contract.zone)
    return listed(mapping, rows, standing(), here, "zh")


def of_sheet(sheet: str, **more: Any) -> ListedRows:
    return come_to((REGISTERS / FILE).read_bytes(), ".xlsx", sheet=sheet, **more)


def of_text(text: str, kind: str, **more: Any) -> ListedRows:
    return come_to(text.encode(), ".csv", kind=kind, **more)


def rejected(found: ListedRows) -> dict[int, str]:
    return {row.rows[0]: rejection_told(row, EN)[0] for row in found.rows.rejected}


def flags(found: ListedRows) -> dict[int, dict[str, tuple[str, ...]]]:
    return {
        row.rows[0]: {flag.word: flag.about for flag in row.flags}
        for row in (*found.rows.accepted, *found.same)
        if row.flags
    }


def test_the_equipment_of_real_life() -> None:
    found = of_sheet("设备台账", dates={"serials": 1900})
    assert {row.rows[0]: row.record for row in found.rows.accepted} == {
        3: "core-sw-1",
        4: "core-sw-2",
        5: "agg-sw-main",
        6: "agg-sw-east",
    }
    why = rejected(found)
    assert set(why) == {7, 8, 9}
    assert "“GDZC-005” in “资产编号” is that of several rows." in {why[7], why[8]}
    assert "报废" in why[9]
    told = flags(found)
    assert told[4]["left-out"] == ("启用日期",)  # 2019年9月 says no day
    assert told[5]["left-out"] == ("启用日期",)  # 2020-05
    assert "序列号" in told[6]["differs"]
    puts = dict(found.puts["records/assets.yaml"])
    assert puts["assets", "core-sw-1", "tag"] == "GDZC-001"
    assert ("assets", "core-sw-2", "serial") not in puts  # csw19a0002 is CSW19A0002
    assert ("assets", "core-sw-2", "vendor") not in puts  # HUAWEI is 华为
    assert not any("covered" in keys for keys in puts)  # 2026.7.1—2029.6.30 is what stands
    assert "nothing is taken out" in found.told[0][0]
    assert "fw-1" in found.told[0][1]["ids"]


HEAD = "设备名称,资产编号,品牌,型号,序列号,场所,维保起止,启用日期,状态\n"


def test_new_equipment_comes_in_with_what_its_row_says() -> None:
    row = "阅览室交换机,GD-1,锐捷,RG-S5310,AB12,总馆,2026.7.1—2029.6.30,2026/7/2,在用\n"
    found = of_text(HEAD + row, "assets")
    assert not found.rows.rejected
    ((keys, fields),) = found.puts["records/assets.yaml"]
    assert keys == ("assets", "gd-1")
    assert fields == {
        "name": {"zh": "阅览室交换机"},
        "kind": "switch",  # its name says so
        "vendor": "ruijie",
        "model": "RG-S5310",
        "serial": "AB12",
        "site": "main-library",
        "tag": "GD-1",
        "in_service": "2026-07-02",
        "covered": {"from": "2026-07-01", "to": "2029-06-30"},
    }


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("阅览室设备,GD-1,锐捷,S,AB12,总馆,,,在用", "does not say its “Category”"),
        (
            "阅览室交换机,GD-1,锐捷,S,AB12,三馆,,,在用",
            "“三馆” is none of “Sites and services”: 总馆",
        ),
        ("阅览室交换机,GD-1,锐捷,S,AB12,,,,在用", "does not say its “场所”"),
        ("阅览室交换机,GD-1,某厂,S,AB12,总馆,,,在用", "某厂"),
        ("阅览室交换机,GD-1,锐捷,S,AB12,总馆,不在保,,在用", "不在保"),
        ("阅览室交换机,GD-1,锐捷,S,AB12,总馆,,,借出", "“借出” is in use"),
        (",GD-1,锐捷,S,AB12,总馆,,,在用", "no name"),
    ],
)
def test_a_row_that_says_too_little_is_rejected(row: str, why: str) -> None:
    good = "书库交换机,GD-9,锐捷,S,AB99,总馆,,,在用\n"
    found = of_text(f"{HEAD}{good}{row}\n", "assets")
    assert [row.record for row in found.rows.accepted] == ["gd-9"]
    assert why in rejected(found)[3]


def test_why_a_row_stays_out_is_told_in_the_language_of_whoever_reads_it() -> None:
    rows = "阅览室设备,GD-1,锐捷,S,AB1,总馆,,,在用\n书库交换机,GD-2,锐捷,S,AB2,三馆,,,在用\n"
    sheet, zh = of_text(HEAD + rows, "assets"), language("zh")
    told = {row.rows[0]: rejection_told(row, zh)[0] for row in sheet.rows.rejected}
    assert "没有写“类别”" in told[2]
    assert "“三馆”不在“场所与业务”之列：总馆" in told[3]


def test_a_cover_that_is_no_two_days_is_left_out() -> None:
    found = of_text(HEAD + "书库交换机,GD-9,锐捷,S,AB99,总馆,三年,,在用\n", "assets")
    assert flags(found)[2]["left-out"] == ("维保起止",)


def test_the_devices_of_netbox() -> None:
    text = (
        "name,status,site,location,rack,device_role,manufacturer,device_type,serial,asset_tag\n"
        "core-1,active,Main library,Room A,A01,Switch,Huawei,S12708,CSW19A0001,\n"
        "acc-9,active,Main library,Room A,A02,Switch,Ruijie,RG-S5310,NB-9,T-9\n"
        "old-1,decommissioning,Main library,Room A,A03,Switch,H3C,S5120,NB-1,T-1\n"
    )
    found = of_text(text, "assets")
    assert {row.rows[0]: row.record for row in found.rows.accepted} == {2: "core-sw-1", 3: "t-9"}
    assert set(rejected(found)) == {4}


def test_the_spares_of_real_life() -> None:
    found = of_sheet("备件台账")
    assert found.puts == {}
    assert {row.rows[0]: row.record for row in found.same} == {
        2: "hw-s12700-lpu",
        4: "rj-s5310-psu",
    }
    assert "4 pieces and 0 serial numbers" in rejected(found)[3]
    assert "cannot be received" in rejection_told(found.rows.rejected[0], EN)[1]
    assert found.rows.skipped == (5,)
    assert flags(found)[4]["left-out"] == ("入库日期",)


def test_pieces_that_the_book_does_not_know_are_received_by_hand() -> None:
    head = "备件名称,品牌,料号,序列号,数量,库存位置\n"
    found = of_text(head + "电源,锐捷,PSU-150,PSU26B0301、PSU26B0302,2,总馆备件库\n", "spares")
    ((message, facts),) = found.told
    assert "not in the book" in message
    assert facts["serials"] == ("PSU26B0302",)
    assert str(facts["command"]).startswith("weibao spares receive --part rj-s5310-psu")
    new = of_text(head + "风扇,华为,FAN-9,,,总馆备件库\n", "spares")
    assert [keys for keys, _ in new.puts["records/spares.yaml"]] == [("parts", "fan-9")]


def test_the_people_of_real_life() -> None:
    found = of_sheet("人员")
    assert found.puts == {}
    assert [row.record for row in found.same] == ["he-xin", "qin-feng", "tang-wei", "lin-yue"]
    told = [facts for message, facts in found.told if "A role has dates" in message]
    assert told == [{"name": "何欣", "roles": ("值班员",)}]  # and 网络工程师 is an engineer
    assert flags(found) == {}  # RCIE、H3CSE with YL-0002/YL-0003 are certificates that stand


def test_somebody_new_needs_a_role_and_since_when() -> None:
    head = "姓名,岗位,邮箱,到岗日期,资质证书,证书编号,有效期至\n"
    rows = (
        "江河,网络工程师,jiang.he@yunling.example,2026.11.1,HCIP,YL-0099,长期\n"
        "江山,网络工程师,jiang.shan@yunling.example,2026.11,,,\n"
        "江海,总工,jiang.hai@yunling.example,2026.11.1,,,\n"
    )
    found = of_text(head + rows, "staff")
    ((keys, fields),) = found.puts["records/staff.yaml"]
    assert keys == ("people", "jiang.he")
    assert fields["roles"] == [{"role": "engineer", "from": "2026-11-01"}]
    assert "certificates" not in fields
    assert flags(found)[2]["left-out"] == ("资质证书", "证书编号", "有效期至")
    assert set(rejected(found)) == {3, 4}


def test_a_month_of_duty_becomes_what_the_rotas_do_not_say() -> None:
    found = of_sheet("值班表", shifts={"值": "08:00-08:00"})
    assert [row.record for row in found.rows.accepted] == [
        "he-xin",
        "ma-rui",
        "qin-feng",
        "tang-wei",
    ]
    puts = found.puts["records/duty.yaml"]
    first = puts[0]
    assert first[0] == ("overrides", 1)
    assert first[1] == {
        "rota": "desk",
        "from": "2026-11-01T08:00:00+08:00",
        "to": "2026-11-01T20:00:00+08:00",
        "by": "he-xin",
    }
    leave = [value for keys, value in puts if keys[0] == "leave"]
    assert leave == [
        {"who": "qin-feng", "from": "2026-11-10T00:00:00+08:00", "to": "2026-11-11T00:00:00+08:00"}
    ]
    assert found.rows.skipped == (8,)


def test_a_letter_without_hours_is_no_shift() -> None:
    found = of_sheet("值班表")
    assert set(rejected(found)) == {5, 6}
    assert "“值” on day 1: its hours are not said." in rejected(found).values()


def rota(*rows: str) -> str:
    days = ",".join(map(str, range(1, 31)))
    return f"2026年11月值班表\n姓名,岗位,{days}\n" + "\n".join(rows) + "\n"


def test_whoever_has_the_duty_already_needs_no_line() -> None:
    letters = ",".join("值" if 4 <= day <= 10 else "休" for day in range(1, 31))
    text = rota(f"秦枫,工程师,{letters}")
    assert of_text(text, "rota", shifts={"值": "08:00-08:00"}).puts == {}


@pytest.mark.parametrize(
    ("name", "where", "why"),
    [("王五", "工程师", "Nobody of the staff"), ("秦枫", "前台", "is no rota")],
)
def test_nobody_known_and_no_rota(name: str, where: str, why: str) -> None:
    found = of_text(rota(f"{name},{where}," + ",".join(["休"] * 30)), "rota")
    assert why in rejected(found)[3]


def test_two_at_once_are_told() -> None:
    letters = ",".join(["值"] + ["休"] * 29)
    text = rota(f"秦枫,工程师,{letters}", f"唐薇,工程师,{letters}")
    found = of_text(text, "rota", shifts={"值": "08:00-08:00"})
    assert set(rejected(found)) == {3, 4}
    assert found.puts == {}
