"""A small paper that has a block of every kind, in both languages."""

from __future__ import annotations

from decimal import Decimal

from building.pictures import png
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
    Value,
)


def told(*texts: str) -> PaperText:
    return PaperText(texts)


def cell(value: Value, *texts: str, **more: object) -> PaperCell:
    return PaperCell(told(*texts), value, **more)  # type: ignore[arg-type]


INSTANT = "2026-11-20T09:15:00+08:00"

TABLE = Table(
    key="promises",
    caption=told("每项承诺", "Every promise"),
    columns=(
        TableColumn("ticket", told("工单", "Ticket")),
        TableColumn("title", told("标题", "Title"), 3),
        TableColumn("outcome", told("结果", "Verdict")),
        TableColumn("due", told("截止", "Due")),
        TableColumn("took", told("用时", "Took")),
        TableColumn("share", told("达标率", "Share")),
        TableColumn("amount", told("金额", "Amount")),
        TableColumn("count", told("数量", "Count")),
    ),
    rows=(
        (
            cell("T20261120-7K3Q9M", "T20261120-7K3Q9M", way=("tickets/T20261120-7K3Q9M", "")),
            cell("0012", "0012"),
            cell("breached", "超时", "breached", mood="bad"),
            cell(INSTANT, "2026-11-20 09:15", form="instant"),
            cell(90_000, "25 小时", "25 h", number=True, form="seconds"),
            cell("1999/2000", "99.9% 1999/2000", number=True, form="share"),
            cell(Decimal("1200.50"), "1,200.50", number=True),
            cell(7, "7", number=True),
        ),
        (
            cell("T20261121-HARM22", "T20261121-HARM22"),
            cell("=1+1", "=1+1"),
            cell("met", "达标", "met", mood="good"),
            *(cell(None, "—", mood="muted") for _ in range(5)),
        ),
    ),
    empty=told("没有", "None"),
)

SIGNING = SignOff(
    told("签署表示收到。", "Signing confirms receipt."),
    (
        SignBox(told("服务方", "Provider"), (), (Blank(told("编制", "Prepared")),)),
        SignBox(
            told("客户方", "Customer"),
            (told("同意", "Agreed"), told("有异议", "Objections")),
            (Blank(told("意见", "Comment"), 2),),
            told("盖章处", "Seal"),
        ),
    ),
)

PAPER = Paper(
    kind="monthly",
    number="WB-monthly-hd-2026-2026-11-v1",
    title=told("2026-11 月报", "Monthly report 2026-11"),
    languages=("zh", "en"),
    marks=(told("暂定", "Provisional"),),
    cover=Facts(
        "cover",
        (
            Fact("provider", told("服务方", "Provider"), cell("a", "某公司", "A company")),
            Fact("as_of", told("截至", "As of"), cell(INSTANT, "2026-11-20 09:15", form="instant")),
        ),
    ),
    sections=(
        Section(
            "summary",
            told("概述", "Summary"),
            (
                Prose(told("一句话。", "One sentence."), "lead"),
                Heading(told("小标题", "Heading")),
                Picture("png", png(), told("一张图", "A picture")),
                Remark(told("说明"), told("项目经理", "Project manager"), told("2026-12-02 10:00")),
                Prose(told("小字", "Small"), "note"),
            ),
        ),
        Section("promises", told("承诺", "Promises"), (TABLE,)),
        Section("sign", told("签署", "Sign-off"), (SIGNING, Blank(told("备注", "Note"), 2))),
        Section(
            "none",
            told("附件", "Annex"),
            (Table("none", told("没有的", "Nothing"), TABLE.columns, (), told("没有", "None")),),
            annex=True,
        ),
    ),
    commit="0123456789abcdef0123456789abcdef01234567",
    as_of="2026-12-01T00:00:00+08:00",
    long=True,
)
