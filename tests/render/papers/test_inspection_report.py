"""An inspection report tells what was to be looked at, what was found and left, and how it was the time before."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from building.book import TICKET, WHOLE_LOG, a_book, files_of
from building.contract import ASSETS, PLAN, a_ticket, another_asset, entry
from building.pictures import exif, jpeg
from building.record_papers import a_record_paper, paper_words, record_facts
from weibao.model.pictures import stripped_picture
from weibao.refusal import UsageRefusal
from weibao.render.papers.paper import Picture
from weibao.render.papers.photographs import LARGEST, MOST

if TYPE_CHECKING:
    from weibao.render.papers.paper import Paper
    from weibao.report.book import Book

REPORT = "inspection-report"
NOW, BEFORE = "I20261122-4F2MXA", "I20261022-3F2MXA"
MONTHLY = PLAN.replace("start: 2026-11-25", "start: 2026-10-22").replace(
    "FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;BYMONTHDAY=22"
)


def step(day: int, minute: int, event: str, *, month: int = 11, **data: str) -> str:
    return entry(f"2026-{month}-{day}T10:{minute:02}:00+08:00", event, **data)


def check(minute: int, asset: str, item: str, status: str, *, month: int = 11, **more: str) -> str:
    return step(22, minute, "checked", month=month, asset=asset, item=item, status=status, **more)


def a_round(record: str, period: str, *lines: str) -> dict[str, bytes]:
    path = f"records/inspections/{record[1:5]}/{record[5:7]}/{record[7:9]}/{record}.yaml"
    head = f"id: {record}\nplan: quarterly-inspection\nperiod: {period}\nassets: [core-sw-01, core-sw-02]\nlog:\n"
    return {path: (head + "".join(f"{line}\n" for line in lines)).encode()}


LAST_TIME = a_round(
    BEFORE,
    "2026-10",
    step(22, 0, "started", month=10),
    check(1, "core-sw-01", "appearance", "ok", month=10),
    check(2, "core-sw-01", "temperature", "ok", value="40", month=10),
    check(3, "core-sw-02", "appearance", "ok", month=10),
    check(4, "core-sw-02", "temperature", "warning", value="46", month=10),
    step(22, 9, "completed", month=10),
)
THIS_TIME = a_round(
    NOW,
    "2026-11",
    step(22, 0, "started"),
    check(1, "core-sw-01", "appearance", "ok", value="正常", by="zhao-min"),
    check(2, "core-sw-01", "temperature", "failed", value="61.5", unit='"°C"', ticket=TICKET,
          note="李强：建议清理滤网"),
    step(22, 3, "skipped", asset="core-sw-02", reason="机房施工，张工未放行"),
    check(4, "core-sw-02", "appearance", "warning", internal="true", note="内部口径"),
    step(22, 9, "completed", note="整体可用"),
    step(22, 30, "confirmed", by="wang-lei", contact="zhang-gong", via="phone"),
)  # fmt: skip


def the_book(*tickets: str, **more: bytes) -> Book:
    files = files_of(*(tickets or (a_ticket(log=WHOLE_LOG),)), plan=MONTHLY,
                     assets=ASSETS + another_asset("core-sw-02"))  # fmt: skip
    return a_book({**files, **LAST_TIME, **THIS_TIME, **more})


@pytest.fixture(scope="module")
def book() -> Book:
    return the_book()


def test_the_scope_is_what_the_plan_asked_for_on_its_day(book: Book) -> None:
    told = record_facts(REPORT, book, NOW)["scope"]
    assert told["scope"] == {
        "plan": "quarterly-inspection",
        "period": "2026-11",
        "planned": "2026-11-22",
        "due": "2026-12-02",
        "done": "2026-11-22",
        "round": "incomplete",
        "people": "person-3 person-6",
    }
    assert told["due"] == {"assets": "1/2", "items": "3/4"}
    (made,) = told["inspections"]
    assert (made["record"], made["started"]) == (NOW, "2026-11-22T10:00:00+08:00")
    assert made["confirmed"] == "2026-11-22T10:30:00+08:00"


def test_results_are_counted_and_stand_beside_the_round_before(book: Book) -> None:
    told = record_facts(REPORT, book, NOW)
    assert told["summary"]["results"] == [
        {"status": "ok", "count": 1, "before": 3},
        {"status": "warning", "count": 1, "before": 1},
        {"status": "failed", "count": 1, "before": 0},
        {"status": "not_applicable", "count": 0, "before": 0},
    ]
    assert told["comparison"]["previous"] == {"planned": "2026-10-22", "state": "done"}
    changed = {
        (row["asset"], row["item"]): (row["before"], row["status"], row["value_before"], row["value"])
        for row in told["comparison"]["changes"]
    }  # fmt: skip
    assert changed == {
        ("core-sw-01", "temperature"): ("ok", "failed", "40", "61.5"),
        ("core-sw-02", "appearance"): ("ok", "warning", None, None),
    }


def test_what_failed_is_told_with_its_limit_ticket_and_advice(book: Book) -> None:
    found = record_facts(REPORT, book, NOW, "internal")["findings"]["findings"]
    assert found[0] == {
        "asset": "core-sw-01",
        "item": "temperature",
        "value": "61.5",
        "limit": "> 60",
        "status": "failed",
        "ticket": TICKET,
        "advice": "李强：建议清理滤网",
    }
    assert [row["status"] for row in found] == ["failed", "warning"]


def test_what_was_not_inspected_is_told_with_the_reason(book: Book) -> None:
    (left,) = record_facts(REPORT, book, NOW, "internal")["left"]["left"]
    assert left == {
        "asset": "core-sw-02",
        "items": "temperature",
        "reason": "机房施工，张工未放行",
    }


def test_the_matrix_has_a_word_beside_every_value(book: Book) -> None:
    rows = record_facts(REPORT, book, NOW)["results"]["matrix"]
    assert rows == [
        {"asset": "core-sw-01", "appearance": "ok 正常", "temperature": "failed 61.5 °C"},
        {"asset": "core-sw-02", "appearance": "warning", "temperature": "skipped"},
    ]
    paper = paper_words(a_record_paper(REPORT, book, NOW))
    assert "不合格：61.5 °C" in paper


def test_of_an_internal_check_the_customer_learns_that_it_was_made_and_no_word_of_it(
    book: Book,
) -> None:
    customer, internal = (
        paper_words(a_record_paper(REPORT, book, NOW, audience=audience))
        for audience in ("customer", "internal")
    )
    assert "内部口径" not in customer
    assert "内部口径" in internal
    for name in ("李强", "张工"):
        assert name not in customer
        assert name in internal
    assert "整体可用" in customer


@pytest.mark.parametrize("subject", ["quarterly-inspection/2026-11", "quarterly-inspection/2026-11-22"])  # fmt: skip
def test_a_round_is_named_by_its_period_or_its_day(book: Book, subject: str) -> None:
    assert record_facts(REPORT, book, subject) == record_facts(REPORT, book, NOW) | {
        "integrity": record_facts(REPORT, book, subject)["integrity"]
    }


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("I20261122-000000", "There is no inspection and no round"),
        ("quarterly-inspection/2026-09", "There is no inspection and no round"),
        ("quarterly-inspection/2026-12", "Nobody has begun the round"),
    ],
)
def test_of_what_was_never_made_there_is_no_report(book: Book, subject: str, said: str) -> None:
    with pytest.raises(UsageRefusal, match=said):
        a_record_paper(REPORT, book, subject)


def test_a_round_that_goes_on_is_provisional() -> None:
    files = {**files_of(plan=MONTHLY), **a_round(NOW, "2026-11", step(22, 0, "started"))}
    told = paper_words(a_record_paper(REPORT, a_book(files), NOW))
    assert "暂定稿：本轮巡检尚未完成" in told
    assert "尚未检查任何项目。" in told
    assert "此前没有可对比的巡检。" in told


def with_photograph(content: bytes, ending: str = "jpg", *, times: int = 1, lost: bool = False) -> Paper:  # fmt: skip
    digest = sha256(content).hexdigest()
    path = f"records/attachments/{digest[:2]}/{digest}.{ending}"
    lines = [
        entry(f"13:{minute:02}", "attached", file=path, sha256=digest, caption="更换前")
        for minute in range(times)
    ]
    ticket = a_ticket(log=(*WHOLE_LOG, *lines))
    book = the_book(ticket, **({} if lost else {path: content}))
    return a_record_paper(REPORT, book, NOW)


def pictures(paper: Paper) -> list[Picture]:
    section = next(part for part in paper.sections if part.key == "photographs")
    return [block for block in section.blocks if isinstance(block, Picture)]


def test_a_photograph_of_a_ticket_that_a_check_names_is_shown_without_its_metadata() -> None:
    (picture,) = pictures(with_photograph(jpeg(exif())))
    assert (picture.form, picture.raw) == ("jpeg", stripped_picture(jpeg(exif())))
    assert picture.alt.texts[0] == f"{TICKET}，2026-11-20 13:00：更换前"


def test_a_large_photograph_is_made_smaller() -> None:
    made = BytesIO()
    Image.effect_noise((1600, 1200), 120).convert("RGB").save(made, "PNG")
    content = made.getvalue()
    assert len(content) > LARGEST
    (picture,) = pictures(with_photograph(content, "png"))
    assert picture.form == "jpeg"
    assert len(picture.raw) < LARGEST


def test_a_photograph_that_cannot_be_shown_is_told_with_the_reason() -> None:
    missing = with_photograph(jpeg(exif()), lost=True)
    assert pictures(missing) == []
    assert "文件缺失，或与登记的文件不一致。" in paper_words(missing)
    broken = with_photograph(jpeg(exif())[:-2])
    assert pictures(broken) == []
    assert "文件不是可显示的图片。" in paper_words(broken)


def test_of_many_photographs_the_first_are_shown_and_the_others_counted() -> None:
    paper = with_photograph(jpeg(exif()), times=MOST + 2)
    assert len(pictures(paper)) == MOST
    assert "另有 2 张照片未在此打印。" in paper_words(paper)
