"""The workbook of a new contract, filled in as people do: by the titles of its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Sheets = Mapping[str, Sequence[Mapping[str, Any]]]

CONTRACT: Mapping[str, Any] = {
    "合同名称": "滨河市图书馆网络维保",
    "客户名称": "滨河市图书馆",
    "服务商名称": "云岭网络",
    "合同编号": "binhe-2026",
    "起始日": "2026-07-01",
    "截止日": "2029-06-30",
    "服务电话": "0900-555-0100",
}
MAKER = "林越 <lin.yue@yunling.example>"


def _person(name: str, role: str, address: str) -> dict[str, Any]:
    return {
        "姓名": name,
        "岗位": role,
        "到岗日期": "2026.7.1",
        "邮箱": f"{address}@yunling.example",
    }


SHEETS: Sheets = {
    "联系人": [{"姓名": "周敏", "邮箱": "zhou.min@library.example", "权限": "报障、批准、确认"}],
    "场所与业务": [
        {"名称": "总馆", "类型（场所/业务）": "场所", "编号": "main"},
        {"名称": "借还", "类型（场所/业务）": "业务"},
    ],
    "级别": [{"级别": "1", "名称": "一级", "响应": "30分钟", "恢复": "4小时", "计时": "全天候"}],
    "人员": [
        _person("林越", "项目经理、主管、总监", "lin.yue"),
        _person("何欣", "服务台、备件管理", "he.xin"),
        _person("秦枫", "工程师", "qin.feng")
        | {"厂商": "华为", "证书": "HCIE", "证书编号": "0001", "发证日期": "2024年3月1日"},
    ],
    "值班": [
        {
            "值班表": "服务台",
            "开始": "2026-07-01 08:00",
            "班制": "24小时",
            "顺序（姓名用、隔开）": "何欣",
        },
        {
            "值班表": "工程师",
            "开始": "2026-07-01 08:00",
            "班制": "7天",
            "顺序（姓名用、隔开）": "秦枫",
        },
    ],
    "设备": [
        {
            "名称": "核心交换机",
            "资产编号": "GDZC-001",
            "类别": "交换机",
            "厂商": "华为",
            "序列号": "0020120012",
            "场所": "总馆",
            "承载业务": "借还",
        },
        {"名称": "出口防火墙", "类别": "防火墙", "厂商": "Huawei", "序列号": "FW1", "场所": "main"},
    ],
    "备件": [
        {
            "备件库": "总馆备件库",
            "名称": "业务板",
            "原厂": "华为",
            "料号": "LPU-48GE",
            "最低库存": 1,
            "序列号（一行一件）": "LPU1",
            "供货单位": "授权经销商",
        }
    ],
    "计划": [
        {
            "名称": "季度巡检",
            "类别": "巡检",
            "周期": "每季度",
            "首次": "2026-09-01",
            "限期（天）": 10,
            "下达人": "林越",
            "检查表（项目：单位：警告：不合格；…）": "外观；温度：°C：45：60",
        }
    ],
}


def fill(path: Path, sheets: Sheets = SHEETS, contract: Mapping[str, Any] = CONTRACT) -> None:
    """Write rows into a workbook in Chinese, below the titles of its sheets."""
    book = load_workbook(path)
    for row in book["合同"].iter_rows(min_row=2):
        row[1].value = contract.get(row[0].value, row[1].value)
    for name, rows in sheets.items():
        titles = [cell.value for cell in book[name][1]]
        for number, values in enumerate(rows, 2):
            for title, value in values.items():
                book[name].cell(number, titles.index(title) + 1).value = value
    book.save(path)


def with_cell(sheet: str, row: int, title: str, value: Any) -> Sheets:
    """The sheets with another value in a cell; ``row`` is that of the spreadsheet."""
    rows = [dict(values) for values in SHEETS.get(sheet, ())]
    rows += [{} for _ in range(len(rows), row - 1)]
    rows[row - 2][title] = value
    return {**SHEETS, sheet: rows}
