"""A paper with a block of every kind, in Chinese and in English, for the formats that set papers."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from building.pictures import png_chunk
from weibao.render.papers.paper import (
    Blank,
    Fact,
    Facts,
    Heading,
    Paper,
    PaperCell,
    PaperText,
    Picture,
    Prose,
    Remark,
    Section,
    SignBox,
    SignOff,
    Table,
    TableColumn,
    mapped,
    said,
    together,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.render.papers.paper import Block, Form, Mood

NUMBER = "WB-monthly-YD-2026-117-2026-10-v1"

CHART = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 180">'
    b'<rect x="60" y="40" width="120" height="120" fill="#58a985"/>'
    b'<rect x="300" y="60" width="120" height="100" fill="#58a985"/>'
    b'<rect x="300" y="40" width="120" height="20" fill="#d0564c"/>'
    b'<text x="120" y="176">2026-09</text><text x="360" y="176">2026-10</text>'
    b'<text x="120" y="30">57/57</text><text x="360" y="30">55/57</text></svg>'
)


def a_png(width: int, height: int) -> bytes:
    """A picture of one colour."""

    row = b"\0" + b"\x4f\x7c\xa8" * width
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + png_chunk(b"IDAT", zlib.compress(row * height))
        + png_chunk(b"IEND", b"")
    )


def cell(
    text: str, value: object = None, mood: Mood = "", way: str = "", form: Form = "text"
) -> PaperCell:
    number = isinstance(value, int | Decimal) or form == "share"
    kept = value if isinstance(value, str | int | Decimal) else text
    return PaperCell(said(text), kept, mood, (way, "") if way else (), number=number, form=form)


def a_table(
    key: str, caption: str, heads: Sequence[str], rows: Sequence[Sequence[PaperCell]], empty: str
) -> Table:
    columns = tuple(TableColumn(f"c{place}", said(head)) for place, head in enumerate(heads))
    return Table(key, said(caption), columns, tuple(map(tuple, rows)), said(empty))


def facts(key: str, rows: Sequence[tuple[str, str, PaperCell]]) -> Facts:
    return Facts(key, tuple(Fact(name, said(label), held) for name, label, held in rows))


def chinese(*more: Block, tickets: int = 60, long: bool = True, marked: bool = True) -> Paper:
    """The paper in Chinese; ``more`` blocks stand in the second part."""
    rows = [
        (
            cell(f"T20261{day % 9 + 1:02d}-{day:06d}", way=f"tickets/T20261{day}"),
            cell("核心交换机光模块告警，端口 GE1/0/24 间歇性丢包" if day % 3 else "例行巡检"),
            cell(f"{day % 4 + 1} 级", day % 4 + 1),
            cell(f"2026-10-{day % 28 + 1:02d} 09:{day % 60:02d}"),
            cell(f"{day % 5 + 1}小时{day % 60}分钟", day * 60),
            cell(
                *(
                    ("超时", "breached", "bad"),
                    ("达标", "met", "good"),
                    ("临近", "at_risk", "warn"),
                    ("已豁免", "waived", "muted"),
                )[day % 4]
            ),
            cell(f"{1000 * day:,}.00", Decimal(1000 * day)),
        )
        for day in range(tickets)
    ]
    heads = ("服务单", "事由", "级别", "报修时间", "恢复用时", "结果", "扣款（元）")
    return _paper(
        "zh",
        "运维月报 2026-10",
        ("本月报尚未定稿：月份没有关账，内容仍可能变化",) if marked else (),
        facts(
            "cover",
            (
                ("customer", "甲方（客户）", cell("上海源点数据服务有限公司")),
                ("provider", "乙方（服务商）", cell("北京恒运网络技术有限公司")),
                ("contract", "合同", cell("网络设备维保服务合同")),
                ("contract_id", "合同编号", cell("YD-2026-117")),
                ("from", "服务起", cell("2025-12-01")),
                ("to", "服务止", cell("2026-11-30")),
                ("as_of", "截至", cell("2026-11-01 00:00")),
                ("version", "版本", cell("v1", 1)),
            ),
        ),
        (
            Section(
                "summary",
                said("本月摘要"),
                (
                    Prose(
                        said(
                            "本月到期承诺 57 项，达标 55 项，超时 2 项；按各方所述均为 57 项达标。"
                        ),
                        "lead",
                    ),
                    Prose(
                        said(
                            "本月共受理服务单 18 件，其中故障 9 件、咨询 3 件、变更 6 件；月末未关闭 1 件，"
                            "为备件 SFP-10G-LR 在途所致。核心业务可用率 99.982%，较上月下降 0.011 个百分点，"
                            "原因是 10 月 17 日凌晨 02:14 至 02:51 主用链路中断（见第 2 节）。“恢复”以客户确认为准，"
                            "凡由我方转述的，均单独列出。"
                        )
                    ),
                    Facts(
                        "figures",
                        (
                            Fact(
                                "compliance",
                                said("承诺达标率"),
                                cell("96.4% 55/57", "55/57", "warn"),
                            ),
                            Fact(
                                "availability",
                                said("核心业务可用率"),
                                cell("99.982%", "99.982%", "good"),
                            ),
                            Fact("open", said("月末未关闭"), cell("1", 1)),
                        ),
                    ),
                    Picture(
                        "svg",
                        CHART,
                        said("近两月到期承诺：9 月 57 项全部达标，10 月 57 项中 55 项达标"),
                    ),
                    Remark(
                        said(
                            "10 月 17 日的中断由运营商光缆割接引起，我方已于 10 月 20 日与其会商，\n约定今后割接须提前五个工作日书面通知。"
                        ),
                        said("王磊（项目经理）"),
                        said("2026-11-02 10:20"),
                    ),
                ),
            ),
            Section(
                "promises",
                said("承诺达标情况"),
                (
                    a_table("promises", "本月到期的承诺", heads, rows, "本月没有到期的承诺。"),
                    Heading(said("本月未发生的事项")),
                    a_table("nothing", "投诉", ("编号", "内容"), (), "本月没有投诉。"),
                    Prose(said("以上各项由记录计算得出，任何人可以凭提交号重新计算。"), "note"),
                    *more,
                ),
            ),
            Section(
                "sign_off",
                said("审批与签署"),
                (
                    Blank(said("情况说明"), 3),
                    SignOff(
                        said("以下三栏由服务商填写。"),
                        tuple(
                            SignBox(said(role), (), (Blank(said("姓名")), Blank(said("日期"))))
                            for role in ("编制", "审核", "批准")
                        ),
                    ),
                    SignOff(
                        said(
                            "本报告由记录生成，签署表示确认收到并认可所列事实；异议应在 5 个工作日内以书面提出。"
                        ),
                        (
                            SignBox(
                                said("甲方（客户）意见"),
                                (said("同意"), said("有异议，说明如下")),
                                (Blank(said("说明"), 2), Blank(said("签字")), Blank(said("日期"))),
                                said("盖章处"),
                            ),
                            SignBox(
                                said("乙方（服务商）"),
                                (),
                                (Blank(said("签字")), Blank(said("日期"))),
                                said("盖章处"),
                            ),
                        ),
                    ),
                ),
            ),
            Section(
                "photographs",
                said("现场照片"),
                (Picture("png", a_png(400, 300), said("机柜 A3 正面，更换后")),),
                annex=True,
            ),
            Section(
                "definitions",
                said("指标定义"),
                (Prose(said("达标率：达标数除以达标数与超时数之和。")),),
                annex=True,
            ),
        ),
        long,
    )


TABLE = a_table(
    "values",
    "每项承诺",
    ("服务单", "标题", "结果", "截止", "用时", "达标率", "金额", "数量"),
    (
        (
            cell("T20261120-7K3Q9M", way="tickets/T20261120-7K3Q9M"),
            cell("0012"),
            cell("超时", "breached", "bad"),
            cell("2026-11-20 09:15", "2026-11-20T09:15:00+08:00", form="instant"),
            cell("25 小时", 90_000, form="seconds"),
            cell("99.9% 1999/2000", "1999/2000", form="share"),
            cell("1,200.50", Decimal("1200.50")),
            cell("7", 7),
        ),
        (
            cell("T20261121-HARM22"),
            cell("=1+1"),
            cell("达标", "met", "good"),
            *(PaperCell(said("—"), None, "muted") for _ in range(5)),
        ),
    ),
    "没有",
)
"""A cell of every form, and words that would be more than words."""

ENGLISH = {
    "每项承诺": "Every promise",
    "标题": "Title",
    "截止": "Due",
    "用时": "Took",
    "25 小时": "25 h",
    "达标率": "Share",
    "金额": "Amount",
    "数量": "Count",
    "没有": "None",
    "运维月报 2026-10": "Monthly report 2026-10",
    "本月报尚未定稿：月份没有关账，内容仍可能变化": "Provisional: not closed, and everything can still change",
    "甲方（客户）": "Customer",
    "乙方（服务商）": "Provider",
    "合同": "Contract",
    "合同编号": "Contract number",
    "服务起": "In effect from",
    "服务止": "In effect to",
    "截至": "As of",
    "版本": "Version",
    "上海源点数据服务有限公司": "Shanghai Yuandian Data Services Co., Ltd.",
    "北京恒运网络技术有限公司": "Beijing Hengyun Network Technology Co., Ltd.",
    "网络设备维保服务合同": "Maintenance of network equipment",
    "本月摘要": "Summary",
    "本月到期承诺 57 项，达标 55 项，超时 2 项；按各方所述均为 57 项达标。": "Of 57 promises that fell due, 55 were kept and 2 were not; as told by those concerned, all 57 were.",
    "承诺达标率": "Promises kept",
    "核心业务可用率": "Availability of the core",
    "月末未关闭": "Open at month's end",
    "承诺达标情况": "Promises",
    "本月到期的承诺": "Promises that fell due",
    "服务单": "Ticket",
    "事由": "What for",
    "级别": "Severity",
    "报修时间": "Reported",
    "恢复用时": "Time taken",
    "结果": "Outcome",
    "扣款（元）": "Credit (CNY)",
    "达标": "met",
    "超时": "breached",
    "临近": "at risk",
    "已豁免": "waived",
    "本月未发生的事项": "What did not happen",
    "投诉": "Complaints",
    "编号": "Number",
    "内容": "Contents",
    "本月没有投诉。": "There were no complaints.",
    "以上各项由记录计算得出，任何人可以凭提交号重新计算。": "All of this is computed from the records, and anybody can compute it again from the commit.",
    "审批与签署": "Approval and signatures",
    "情况说明": "Remarks",
    "编制": "Prepared by",
    "审核": "Checked by",
    "批准": "Approved by",
    "姓名": "Name",
    "日期": "Date",
    "签字": "Signature",
    "说明": "Reasons",
    "盖章处": "Seal",
    "同意": "Agreed",
    "有异议，说明如下": "Disputed, for these reasons",
    "甲方（客户）意见": "The customer",
    "以下三栏由服务商填写。": "To be filled in by the provider.",
    "本报告由记录生成，签署表示确认收到并认可所列事实；异议应在 5 个工作日内以书面提出。": "This report is made from the records. Signing it confirms that it was received and that its facts are agreed; objections are to be raised in writing within 5 working days.",
    "现场照片": "Photographs",
    "指标定义": "Definitions",
    "达标率：达标数除以达标数与超时数之和。": "Promises kept: those kept, divided by those kept and those broken.",
    "近两月到期承诺：9 月 57 项全部达标，10 月 57 项中 55 项达标": "Promises due in two months: all 57 kept in September, 55 of 57 in October",
}


def english(paper: Paper) -> Paper:
    """The same paper in English; what a record says stays as it was written."""
    told = mapped(
        paper, lambda words: PaperText(tuple(ENGLISH.get(text, text) for text in words.texts))
    )
    return replace(told, languages=("en",))


def both(paper: Paper) -> Paper:
    """The paper in both languages."""
    return together((paper, english(paper)))


def _paper(
    code: str,
    title: str,
    marks: Sequence[str],
    cover: Facts,
    sections: Sequence[Section],
    long: bool,  # noqa: FBT001 - as a paper has it
) -> Paper:
    return Paper(
        kind="monthly",
        number=NUMBER,
        title=said(title),
        languages=(code,),
        marks=tuple(map(said, marks)),
        cover=cover,
        sections=tuple(sections),
        commit="4f1c" * 10,
        as_of="2026-11-01T00:00:00+08:00",
        long=long,
    )


PAPER = both(chinese(TABLE, tickets=0))
"""A small one, in both languages."""
