from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from building.book import (
    COMMIT,
    INSPECTION,
    SLOW_LOG,
    TICKET,
    WHOLE_LOG,
    a_book,
    a_voice,
    files_of,
    pages,
)
from building.contract import CONTRACT, SPARES, a_ticket, entry
from building.html import text_of
from building.site import an_inspection, planned_ticket
from weibao.history.proven import Grade
from weibao.model.closing import MonthClose, close_text
from weibao.model.instant import parse_instant
from weibao.render.edition.addresses import rule_page
from weibao.render.site.page import environment, typeset
from weibao.rules.catalogue import RULES


def text(address: str, files: dict[str, bytes] | None = None, **more: object) -> str:
    return text_of(pages(a_book(files, **more))[address].html)  # type: ignore[arg-type]


def a_month_of_faults() -> dict[str, bytes]:
    kept = a_ticket(
        "T20261105-AAAAAA",
        severity=2,
        reported_at="2026-11-05T09:00:00+08:00",
        log=[
            entry("2026-11-05T09:05:00+08:00", "opened", by="wang-lei"),
            entry("2026-11-05T09:30:00+08:00", "acknowledged"),
            entry(
                "2026-11-05T11:00:00+08:00", "resolved", mode="remote", cause="配置", action="更正"
            ),
        ],
    )
    return files_of(a_ticket(log=SLOW_LOG), kept)


def test_a_month_shows_counts_and_shares_by_severity_and_target() -> None:
    shown = text("levels", a_month_of_faults())

    assert "2026年11月 90.0% 10 项中 9 项 · 1 项超时" in shown
    assert "一级 100% 1/1 0% 0/1 100% 1/1 100% 1/1 100% 1/1 100% 1/1" in shown
    assert "二级 100% 1/1 无数据 免除 1 100% 1/1 100% 1/1 100% 1/1 无数据" in shown


@pytest.mark.parametrize("page", ["levels", "index"])
def test_a_closed_month_keeps_its_figures_and_shows_what_was_restated_beside_them(
    page: str,
) -> None:
    for met, share in ((9, ""), (10, "90.0%")):
        shown = text(page, closed_with(met), as_of=LATER)
        if page == "levels":
            assert f"2026年11月 {met}0.0% 10 项中 {met} 项".replace("100.0%", "100%") in shown
            assert "结月数字以此为准" in shown
        else:
            assert f"2026-11 {met} {10 - met} " in shown
        assert ("更正" in shown) is bool(share)
        assert share in shown


def test_a_close_by_a_commit_of_another_history_closes_nothing() -> None:
    assert "2026年11月 90.0% 10 项中 9 项" in text("levels", closed_with(10, "c" * 40), as_of=LATER)


LATER = "2026-12-10T09:00:00+08:00"


def closed_with(met: int, commit: str = COMMIT) -> dict[str, bytes]:
    """The month of faults, closed with so many of ten promises kept, where today nine are."""
    when = parse_instant("2026-12-02T00:00:00+08:00")
    counts = {"met": met, "breached": 10 - met, "waived": 1, "cancelled": 0}
    close = MonthClose("2026-11", when, commit, "", 2, counts, "0" * 64)
    filed = close_text(close, ZoneInfo("Asia/Shanghai")).encode()
    return a_month_of_faults() | {close.path: filed}


def test_a_month_shows_what_the_claims_alone_would_say() -> None:
    shown = text("levels", files_of(a_ticket(log=WHOLE_LOG)), grades={"arrived": Grade.LATE})

    assert "只看自报时间：" in shown


def test_a_missed_promise_shows_its_explanation_or_that_there_is_none() -> None:
    why = entry(
        "16:00", "justified", target="arrive", cause="现场无信号", improvement="配备卫星电话"
    )

    assert "到场 一级 2026-11-20 11:12 3分钟 尚无说明" in text(
        "levels", files_of(a_ticket(log=SLOW_LOG))
    )
    explained = text("levels", files_of(a_ticket(log=[*SLOW_LOG, why])))
    assert "现场无信号 改进措施：配备卫星电话" in explained
    assert "尚无说明" not in explained


def test_the_terms_are_told_as_lengths_on_their_clocks() -> None:
    shown = text("levels")

    assert "一级 30分钟 7×24 小时 2小时 7×24 小时" in shown
    assert "四级 4小时 工作日 — — 10 个工作日 工作日" in shown


def test_an_inspection_shows_its_checks_with_values_and_outcomes() -> None:
    shown = text(f"inspections/{INSPECTION}", files_of(an_inspection()))

    assert "设备温度 38.5 °C 正常" in shown
    assert "外观与指示灯 — 关注 风扇有异响" in shown


def test_a_round_that_was_closed_with_gaps_says_how_much_was_looked_at_and_what_not() -> None:
    one = an_inspection().replace("period: 2026-11", "period: 2026-Q4")
    files = files_of(one.replace("item: appearance", "item: temperature"))
    shown = text(f"inspections/{INSPECTION}", files)
    assert "未检查" in shown
    listed = text("inspections", files)
    assert "未做全 1/2" in listed
    assert "按计划检查的项目 50.0% 1/2" in listed
    whole = text("inspections", files_of(one))
    assert "按期完成 2/2" in whole
    assert "按计划检查的项目 100% 2/2" in whole


def test_a_round_that_was_made_in_part_is_not_said_to_be_unrecorded_on_the_home_page() -> None:
    one = an_inspection().replace("period: 2026-11", "period: 2026-Q4")
    part = files_of(one.replace("item: appearance", "item: temperature"))
    shown = text("index", part, as_of="2026-12-20T12:00:00+08:00")
    assert "巡检已做，但计划内容没有查全" in shown
    assert "未见完成记录" not in shown
    none = text("index", files_of(), as_of="2026-12-20T12:00:00+08:00")
    assert "未见完成记录" in none


def test_the_list_of_inspections_counts_their_outcomes() -> None:
    assert "已完成 2 关注 1 正常 1" in text("inspections", files_of(an_inspection()))


def test_rounds_of_the_plan_are_told_by_how_pressing_they_are() -> None:
    assert "季度巡检 巡检 2026年11月25日 周三 2026年12月5日 周六" in text("inspections")
    overdue = text("inspections", as_of="2026-12-10T09:00:00+08:00")
    assert "2026年12月5日 周六 已逾期" in overdue


def test_a_stock_below_its_minimum_is_called_short() -> None:
    spares = SPARES.replace("minimum: {suzhou-depot: 1}", "minimum: {suzhou-depot: 3}")

    assert "2 最低 3 不足" in text("spares", files_of(spares=spares))
    assert "2 最低 1 每件" in text("spares")


def test_a_piece_shows_where_it_is_and_where_it_came_from() -> None:
    where = "在库 · 全新 苏州备件库 已核验为原厂 2025-12-05 入库 · 华为授权经销商 · 送货单 HD-1205 · SHA-256 c0fa3cff5df1 · 核验人"
    assert f"〔序列号 1〕 {where} 主管" in text("spares")
    assert f"HDMPU1 {where} 孙宇" in text_of(pages(a_book(), audience="internal")["spares"].html)


def test_each_receipt_of_a_piece_is_told_with_its_own_source_and_no_other() -> None:
    moved = 'by: sun-yu, part: hw-s12700-mpu, serials: ["HDMPU1"], depot: suzhou-depot'
    sent = f"  - {{at: 2026-03-01T10:00:00+08:00, event: rma_sent, {moved}, supplier: 原厂返修中心, rma: RMA-1}}\n"
    back = f"  - {{at: 2026-04-01T10:00:00+08:00, event: rma_returned, {moved}}}\n"
    shown = text("spares", files_of(spares=SPARES + sent + back))
    assert "RMA-1" in shown
    assert "原厂返修中心 · 送货单" not in shown
    assert shown.count("入库 · 华为授权经销商 · 送货单 HD-1205") == 2  # as of the piece that stayed


def test_a_replaced_part_is_told_with_where_it_came_from_or_that_nobody_knows() -> None:
    def shown(installed: str) -> str:
        replaced = entry(
            "11:00",
            "part_replaced",
            asset="core-sw-01",
            part="hw-s12700-mpu",
            removed_serial="OLD77001",
            installed_serial=installed,
        )
        whole = a_ticket(log=[*WHOLE_LOG[:6], replaced, *WHOLE_LOG[6:]])
        return text("equipment/core-sw-01", files_of(whole)).partition("更换的备件")[2]

    assert "华为授权经销商 · 送货单 HD-1205" in shown("HDMPU1")
    assert "来源没有记录" in shown("HDMPU9")
    assert "华为授权经销商" not in shown("HDMPU9")


def test_a_receipt_that_says_less_is_told_with_what_it_says() -> None:
    bare = re.sub(r", source_document: .*(?=})", "", SPARES)
    assert bare != SPARES
    shown = text("spares", files_of(spares=bare))
    assert "入库 · 华为授权经销商" in shown
    assert "送货单" not in shown


def test_the_round_tile_counts_the_rows_that_it_leads_to() -> None:
    one = an_inspection().replace("period: 2026-11", "period: 2026-Q4")
    part = files_of(one.replace("item: appearance", "item: temperature"))
    for files in (part, files_of()):
        book = a_book(files, as_of="2026-12-20T12:00:00+08:00")
        found = pages(book)
        rows = (
            found["inspections"].html.partition('id="pressing-rounds"')[2].partition("</table>")[0]
        )
        tile = text_of(found["index"].html).partition("到期、逾期或未做全的计划性工作 ")[2]
        assert tile.split()[0] == str(rows.count("<tr>") - 1)


def test_what_is_due_next_stands_before_what_is_past_and_that_before_old_gaps() -> None:
    one = an_inspection().replace("period: 2026-11", "period: 2026-Q4")
    part = one.replace("item: appearance", "item: temperature")
    running = a_ticket(
        "T20261220-0PEN22",
        severity=2,
        reported_at="2026-12-20T11:00:00+08:00",
        log=[entry("2026-12-20T11:01:00+08:00", "opened", by="wang-lei")],
    )
    files = files_of(running, planned_ticket(), part)
    shown = text("index", files, as_of="2026-12-20T11:10:00+08:00").partition("到期事项")[2]
    places = [shown.index(word) for word in ("接下来到期", "已过期", "此前遗留未做全")]
    assert places == sorted(places)


def test_a_count_shows_what_was_missing() -> None:
    counted = '  - {at: 2026-11-01T10:00:00+08:00, event: counted, by: sun-yu, depot: suzhou-depot, part: hw-s12700-mpu, serials: ["HDMPU1"], witness: zhang-gong}\n'

    assert "S12700 主控板 苏州备件库 2 1 − 〔序列号 2〕 信息部主管" in text(
        "spares", files_of(spares=SPARES + counted)
    )


def test_the_contract_page_names_parties_contact_ladder_and_credentials() -> None:
    shown = text("contract")

    for words in ("华东某制造企业", "服务台 · 0512-0000-0000", "75% 2 主管", "SP-1001"):
        assert words in shown


def test_the_spares_page_shows_what_is_asked_of_depots_and_who_may_deliver() -> None:
    asked = "depots: {delivers_within: 4h, distance_km: 100, hours: always}\nexperience:"
    said = "hours: always\n    delivers_within: 2h\n    distance_km: {suzhou-plant: 12}\n"
    shown = text(
        "spares",
        files_of(
            contract=CONTRACT.replace("experience:", asked),
            spares=SPARES.replace("hours: always\n", said),
        ),
    )
    assert "合同对备件库的要求：距离不超过 100 公里、备件 4小时内送到和开放：" in shown
    assert "2小时内送到 · 距苏州工厂 12 公里" in shown
    assert "华为授权经销商 huawei SQ-1001 2025年1月1日" in shown


def test_the_contract_page_shows_the_single_contact_that_was_announced() -> None:
    announced = (
        '  hours: always\n  next: {name: {zh: 新服务台, en: New desk}, phone: "0512-1111-1111"}\n'
    )
    contract = CONTRACT.replace("  hours: always\n", announced, 1)
    assert "已通知的下一个联系点 新服务台 · 0512-1111-1111" in text(
        "contract", files_of(contract=contract)
    )


def test_days_and_hours_are_written_alike_on_the_contract_page() -> None:
    for code, day, hours in (("zh", "2026年", "09:00–18:00"), ("en", "2026", "09:00–18:00")):
        shown = text_of(pages(a_book(), code)["contract"].html).replace("2026-11-23 12:00", "")
        assert day in shown
        assert hours in shown
        assert re.search(r"\d{4}-\d{2}-\d{2}|\d-\d{2}:\d{2}", shown) is None


def test_the_month_that_is_now_is_the_open_one() -> None:
    later = a_ticket(
        severity=3,
        reported_at="2026-11-27T15:00:00+08:00",
        log=[entry("2026-11-27T15:05:00+08:00", "opened", by="wang-lei")],
    )
    html = pages(a_book(files_of(later), as_of="2026-11-28T12:00:00+08:00"))["levels"].html
    months = re.findall(
        r'<details class="wb-month" (open)?.*?wb-month__name">([^<]+)', html, re.DOTALL
    )

    assert [name for _, name in months] == ["2026年11月", "2026年12月"]
    assert [name for state, name in months if state] == ["2026年11月"]


def test_several_missed_promises_are_listed_as_the_language_lists() -> None:
    log = [entry("09:15", "opened", by="wang-lei")]
    shown = text("tickets", files_of(a_ticket(log=log)), as_of="2026-11-20T12:00:00+08:00")

    assert "超时 响应和到场" in shown


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_rule_has_a_page_and_stands_in_the_index(code: str) -> None:
    made = pages(a_book(), code)

    assert [one for one in RULES if rule_page(one) not in made] == []
    assert [one for one in RULES if one not in made["rules"].html] == []


def test_a_rule_page_tells_the_reason_the_mend_and_both_examples() -> None:
    shown = text(rule_page("R103"))

    for words in (
        "提示内容",
        "如何修正",
        "为何如此",
        "违反规则",
        "修正之后",
        "efbbbf7065",
        "weibao rule R103",
    ):
        assert words in shown


def test_the_figure_of_a_cell_leads_to_its_promises_and_each_to_its_proof() -> None:
    made = pages(a_book(), "en")
    cell = re.search(r'href="(levels/2026-11\.html)#(s1-restore)">100%', made["levels"].html)
    assert cell
    rows = made["levels/2026-11"].html.partition(f'id="{cell[2]}"')[2].partition("<h2")[0]
    assert f'href="../tickets/{TICKET}-proof.html#restore-1"' in rows
    assert 'id="restore-1"' in made[f"tickets/{TICKET}-proof"].html


def test_a_figure_that_leads_nowhere_is_not_shown() -> None:
    voice = a_voice(a_book())
    template = environment().from_string('{{ figure("99%", "") }}')
    with pytest.raises(ValueError, match="leads nowhere"):
        typeset(template, "index", voice)  # type: ignore[arg-type] - made, not named
