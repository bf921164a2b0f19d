"""How the configuration came about and changed: each change lands before it takes effect."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.demo.contract_text import contract_text
from weibao.demo.hours import at_time
from weibao.demo.network import assets_data
from weibao.demo.pages import first_files
from weibao.demo.parts import spares_data
from weibao.demo.people import KEEPER, MANAGER, SUPERVISOR, staff_data
from weibao.demo.plan_lines import plan_data
from weibao.demo.recording import FileChange
from weibao.demo.rota import duty_data
from weibao.model.printing import header_text
from weibao.render.site.settings import mkdocs_config
from weibao.sla.holidays import NOTICES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from weibao.demo.year import Year


def configuration(year: Year) -> list[FileChange]:
    """Every change to the configuration that was made before the end, oldest first."""
    changes = [*_founding(year), *_contract_changes(year), *_people_changes(year)]
    return [one for one in sorted(changes, key=lambda one: one.at) if one.at < year.finish]


def _founding(year: Year) -> Iterator[FileChange]:
    """Two weeks before the term begins."""
    day = year.days.shifted(year.start, -11)
    start, end = year.start, year.end
    files = first_files(year, mkdocs_config(year.clocks.contract))
    yield FileChange(
        at_time(day, 10, 4),
        MANAGER.id,
        "建立维保记录仓库\n\n一份合同一个仓库：说明、格式定义、站点设置。",
        files,
    )
    text = contract_text(start, end, day)
    yield _file(
        day, 11, 20, MANAGER.id, "登记合同：双方、期限、服务级别、升级阶梯", "contract", text
    )
    staff = header_text("staff", staff_data(start, end), ())
    yield _file(day, 14, 5, SUPERVISOR.id, "登记服务人员、认证与经验", "staff", staff)
    assets = header_text("assets", assets_data(start, end), ())
    yield _file(day, 16, 30, MANAGER.id, "登记在保设备清单", "assets", assets)
    day = year.days.shifted(day, 1)
    duty = header_text("duty", duty_data(start, ()), ())
    yield _file(day, 9, 40, SUPERVISOR.id, "排定服务台与工程师值班", "duty", duty)
    plan = header_text("plan", plan_data(start), ())
    yield _file(day, 10, 55, MANAGER.id, "下达年度计划：巡检、升级、停机、交流", "plan", plan)
    spares = header_text("spares", spares_data(), ())
    yield _file(day, 15, 15, KEEPER.id, "登记备件库与备件目录", "spares", spares)


def _contract_changes(year: Year) -> Iterator[FileChange]:
    """The customer approves the resource plan; a notice of holidays comes out; terms are amended."""
    founded = year.days.shifted(year.start, -11)
    approved = year.days.shifted(year.start, 7)
    events: list[tuple[date, str]] = [(approved, "资源配置方案经客户批准")]
    events += [
        (
            year.days.shifted(notice.published, 1),
            f"补充 {notice.year} 年工作日历\n\n依据：{notice.name}",
        )
        for notice in NOTICES
        if founded < notice.published <= year.until and notice.year >= year.start.year
    ]
    agreed = year.days.shifted(year.amended_from, -7)
    events.append(
        (agreed, f"补充协议一：二级故障响应时限改为 45 分钟\n\n自 {year.amended_from} 起执行。")
    )
    for day, message in sorted(events):
        text = contract_text(
            year.start,
            year.end,
            day,
            amended_from=year.amended_from if day >= agreed else None,
            approved_on=approved if day >= approved else None,
        )
        yield _file(day, 11, 8, MANAGER.id, message, "contract", text)


def _people_changes(year: Year) -> Iterator[FileChange]:
    """A reserve joins; people go on leave, and their turns are filled before they do."""
    joined = year.days.shifted(year.amended_from, -20)
    staff = header_text("staff", staff_data(year.start, year.end, joined=joined), ())
    told = year.days.shifted(joined, -3)
    yield _file(told, 15, 26, SUPERVISOR.id, "后备工程师苏婷到岗", "staff", staff)
    known = []
    for absence in year.away:
        known.append(absence)
        day = absence.first - timedelta(days=3)
        text = header_text("duty", duty_data(year.start, known), ())
        message = f"调整值班：{absence.reason}替班"
        yield _file(day, 16, 12, SUPERVISOR.id, message, "duty", text)


def _file(
    day: date, hour: int, minute: int, by: str, message: str, kind: str, text: str
) -> FileChange:
    files: Mapping[str, bytes] = {f"records/{kind}.yaml": text.encode()}
    return FileChange(at_time(day, hour, minute) + 23, by, message, files)
