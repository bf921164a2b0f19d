"""The pages of the audit: they answer at a glance, in two languages, and give no person away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.audited import CONTRACT_FILE, DESK, audit_at, change_file, worked_fault
from building.book import WHOLE_LOG, a_book, files_of, pages, pages_of_audit
from building.contract import CONTRACT, a_ticket
from building.html import Reading, text_of
from building.site import HOSTILE, harmful_ticket
from weibao.history.proven import Grade
from weibao.model.finding import Finding, Place
from weibao.render.site.pages.audit_findings import SHOWN
from weibao.rules.catalogue import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository

PARTS = ("audit", "audit-evidence", "audit-configuration", "audit-clauses", "audit-findings")
PLACE = Place("records/tickets/2026/11/20/T20261120-7K3Q9M.yaml", 16)
NAMES = ("王蕾", "wang-lei", "李强", "li-qiang", "陈洁", "chen-jie", "张工", "provider.example")
BY_NAME = "publish: {people: names, phones: false, internal_notes: false}"


def text(address: str, files: dict[str, bytes] | None = None, **more: object) -> str:
    return text_of(pages(a_book(files, **more))[address].html)  # type: ignore[arg-type]


def a_finding(code: str) -> Finding:
    return Finding(code, PLACE, "T20261120-7K3Q9M", dict.fromkeys(RULES[code].facts, "x"))


def configuration(repository: Repository, code: str = "zh") -> str:
    """What the page of the configuration shows of a repository."""
    return text_of(pages_of_audit(audit_at(repository), code)["audit-configuration"].html)


def test_the_first_words_say_whether_the_record_is_sound() -> None:
    of_when = "数据截至 2026-11-23 12:00 "
    unwitnessed = f"{of_when}一致，但 2025-12-05 至 2025-12-08 无外部见证"
    assert text("audit").startswith(unwitnessed)
    assert text("audit", findings=[a_finding("L101")]).startswith(
        f"{of_when}不可靠：有 1 处错误：L101"
    )
    assert text("audit", findings=[a_finding("S102")]).startswith(unwitnessed)


def test_each_check_tells_what_it_examined() -> None:
    shown = text("audit")

    assert "日志只增不改 120 文件版本 通过" in shown
    assert "条目有证据支持 12 条目 通过" in shown


def test_what_damages_the_record_stands_on_the_first_page() -> None:
    shown = text("audit", findings=[a_finding("L101")])

    assert "损害记录的问题 1 L101" in shown
    assert f"{PLACE.path}:16" in shown or f"{PLACE.path} :16" in shown


def test_the_first_page_says_how_to_compute_it_again_and_what_git_cannot_show() -> None:
    shown = text("audit")

    assert "weibao audit --at 0123456789 --as-of 2026-11-23T12:00:00+08:00" in shown
    assert "git log --numstat" in shown
    assert "从未有人记录的工作。" in shown


def test_entries_are_counted_by_grade_month_person_and_step() -> None:
    files = files_of(a_ticket(log=WHOLE_LOG), contract=named())
    shown = text("audit-evidence", files, grades={"arrived": Grade.LATE})

    assert "共 12 条记录" in shown
    assert "按提交时间判定，不按自报时间。 1 8.3%" in shown
    assert "2026年11月 10 90.0% 1 0" in shown
    assert "李强 6 83.3% 1 0" in shown
    assert "到场 1 0% 1 0 3小时" in shown
    assert "图中各月共有 1 条迟记或矛盾。" in shown


def named() -> str:
    """The contract that publishes people by name."""
    start = CONTRACT.index("publish:")
    return CONTRACT[:start] + BY_NAME + "\n"


def test_every_page_of_the_audit_links_to_all_the_others() -> None:
    made = pages(a_book())
    for page in PARTS:
        links = Reading(made[page].html).links()
        assert {f"{one}.html" for one in PARTS if one != page} <= set(links)
        assert made[page].section == "audit"


@pytest.mark.parametrize("page", PARTS)
def test_a_page_of_the_audit_names_nobody_where_people_are_published_by_role(page: str) -> None:
    findings = [
        Finding(
            "E105",
            PLACE,
            "",
            {"event": "confirmed", "contact": "zhang-gong", "author": "wang.lei@provider.example"},
        )
    ]
    html = pages(a_book(findings=findings))[page].html

    assert [one for one in NAMES if one in html] == []


@pytest.mark.parametrize("page", PARTS)
@pytest.mark.parametrize("code", ["zh", "en"])
def test_hostile_text_does_nothing_on_a_page_of_the_audit(page: str, code: str) -> None:
    finding = Finding("L101", PLACE, "", dict.fromkeys(RULES["L101"].facts, "".join(HOSTILE)))
    tags = Reading(
        pages(a_book(files_of(harmful_ticket()), findings=[finding]), code)[page].html
    ).tags

    assert "script" not in {tag for tag, _ in tags}
    assert [known for tag, known in tags if tag == "img"] == []
    assert not any(name.startswith("on") for _, known in tags for name in known)


def test_every_finding_can_be_looked_for_and_a_flood_is_counted() -> None:
    shown = text("audit-findings", findings=[a_finding("S101"), a_finding("L101")])
    assert shown.index("L101 错误") < shown.index("S101 警告")

    flood = text("audit-findings", findings=[a_finding("S101")] * (SHOWN + 7))
    assert "另有 7 项" in flood


def test_a_change_says_what_was_changed_and_that_nobody_else_saw_it(tmp_path: Path) -> None:
    repository = worked_fault(tmp_path / "clone")
    change_file(
        repository,
        CONTRACT_FILE,
        "respond: {within: 30m",
        "respond: {within: 45m",
        at="2026-11-21T09:00:00+08:00",
        by=DESK,
    )
    shown = configuration(repository)

    assert "sla[2025-01-01].severities[1].targets.respond.within：30m → 45m" in shown
    assert "没有他人" in shown
    assert "respond.within: 30m → 45m" in configuration(repository, "en")


def test_what_the_lists_say_of_a_person_is_not_published(tmp_path: Path) -> None:
    repository = worked_fault(tmp_path / "clone")
    at = "2026-11-21T09:00:00+08:00"
    change_file(
        repository,
        "records/staff.yaml",
        "name: 王蕾",
        'name: 王蕾\n    phone: "13800000000"',
        at=at,
    )
    change_file(
        repository,
        "records/duty.yaml",
        "    order: [li-qiang, zhao-min]\n",
        "    order: [li-qiang, zhao-min]\nleave:\n  - {who: wang-lei, from: 2026-11-22T08:00:00+08:00, to: 2026-11-23T08:00:00+08:00, reason: 病假}\n",
        at=at,
    )
    change_file(repository, CONTRACT_FILE, "name: 张工", "name: 张大明", at=at)
    by_role = configuration(repository)
    change_file(
        repository, CONTRACT_FILE, CONTRACT[CONTRACT.index("publish:") :].strip(), BY_NAME, at=at
    )
    by_name = configuration(repository)

    for secret in ("13800000000", "病假"):
        assert secret not in by_role
        assert secret not in by_name
    assert [one for one in (*NAMES, "张大明") if one in by_role] == []
    assert "张大明" in by_name
    assert ".phone：新增 …" in by_role


def test_a_version_that_cannot_be_read_gives_no_line_away(tmp_path: Path) -> None:
    repository = worked_fault(tmp_path / "clone")
    staff = repository.read("records/staff.yaml")
    repository.write("records/staff.yaml", staff + "broken: [秘密\n")
    repository.commit(at="2026-11-21T09:00:00+08:00")
    repository.write("records/staff.yaml", staff)
    repository.commit(at="2026-11-21T09:10:00+08:00")

    assert "秘密" not in configuration(repository)
    assert "另有 1 项" in configuration(repository)
