"""What goes otherwise than usual on some tickets, and how it is explained afterwards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Excuse:
    """How a broken promise is justified."""

    target: str
    cause: str
    improvement: str


@dataclass(frozen=True, slots=True)
class Twist:
    """A turn that a ticket takes.

    Attributes:
        name: what the course of the ticket goes by.
        level: the severity that it needs.
        on_site: whether it needs somebody on site; None where that does not matter.
        part: whether it needs a spare part; None where that does not matter.
        channel: how the ticket comes in, "" for any.
        excuses: what is justified afterwards; a breach without one stays unexplained.
    """

    name: str
    level: int
    on_site: bool | None = None
    part: bool | None = None
    channel: str = ""
    excuses: tuple[Excuse, ...] = ()


def _excuse(target: str, cause: str, improvement: str) -> tuple[Excuse, ...]:
    return (Excuse(target, cause, improvement),)


TWISTS = (
    Twist(
        "slow-response",
        3,
        excuses=_excuse(
            "respond",
            "工程师在另一处现场，电话未接通，改派延误",
            "服务台两次呼叫不通即改派，十分钟内完成",
        ),
    ),
    Twist("lowered", 2),
    Twist("countersigned", 2, on_site=True, channel="pm"),
    Twist("union", 2, on_site=True),
    Twist(
        "slow-repair",
        2,
        on_site=True,
        part=True,
        excuses=(
            Excuse("part", "备件从外库调拨，高速封闭绕行", "本地库增设一件，减少调拨依赖"),
            Excuse("restore", "备件到场晚，恢复时间顺延", "同型号备件最低库存上调一件"),
        ),
    ),
    Twist("reopened", 3),
    Twist("raised", 3, on_site=True),
    Twist(
        "slow-resolution",
        4,
        on_site=False,
        excuses=_excuse(
            "resolve",
            "涉及多个部门确认，内部跟进不及时",
            "四级工单满五个工作日由主管过问一次",
        ),
    ),
    Twist("backdated", 2, on_site=True),
    Twist("branch-late", 3, on_site=True),
    Twist(
        "slow-arrival",
        2,
        on_site=True,
        part=False,
        excuses=_excuse(
            "arrive",
            "暴雨致道路积水，车辆绕行",
            "汛期在青屿、云岫安排驻点值守",
        ),
    ),
    Twist(
        "recorded-later",
        2,
        on_site=True,
        channel="pm",
        excuses=_excuse(
            "respond",
            "项目经理接报后先派人，服务台补录晚于响应时限；实际已在时限内联系客户",
            "项目经理接报同时在值班群留言，服务台五分钟内建单",
        ),
    ),
    Twist(
        "silent",
        3,
        excuses=_excuse(
            "update",
            "等待原厂答复期间未更新进展",
            "等待期间每个工作日至少更新一次，无进展也要说明",
        ),
    ),
    Twist("cancelled", 3),
    Twist("branch", 3, on_site=True),
    Twist(
        "slow-part",
        3,
        on_site=True,
        part=True,
        excuses=_excuse(
            "part",
            "备件库当日只余一件且已预留，改由原厂直发",
            "该型号备件最低库存上调，并与原厂约定次日达",
        ),
    ),
    Twist("lowered", 2, on_site=False),
    Twist("countersigned", 2, on_site=True, channel="pm"),
    Twist("late-but-met", 3, channel="engineer"),
    Twist(
        "slow-response",
        4,
        excuses=_excuse(
            "respond",
            "门户提交的请求未触发提醒，次日才发现",
            "门户增加超时未受理提醒",
        ),
    ),
    Twist("union", 3, on_site=True),
    Twist("reopened", 3, on_site=False),
    Twist(
        "slow-response",
        2,
        excuses=_excuse(
            "respond",
            "夜间值班工程师手机静音，升级后由备岗响应",
            "夜间值班启用双人呼叫，五分钟未接自动转备岗",
        ),
    ),
    Twist("silent-unexplained", 3),
    Twist("raised", 3, on_site=False),
    Twist("cancelled", 3),
    Twist("branch", 3, on_site=True),
    Twist("branch-late", 3, on_site=True),
    Twist(
        "slow-resolution",
        3,
        excuses=_excuse(
            "resolve",
            "原厂补丁推迟发布，临时措施维持运行",
            "补丁类问题先给出临时方案并与客户约定节点",
        ),
    ),
    Twist(
        "slow-repair",
        2,
        on_site=True,
        part=False,
        excuses=_excuse(
            "restore",
            "初步定位方向有误，重复排查",
            "超过两小时未定位即拉原厂会商",
        ),
    ),
    Twist(
        "slow-arrival",
        2,
        on_site=True,
        part=False,
        excuses=_excuse(
            "arrive",
            "节前高速拥堵，到场晚于承诺",
            "节假日前后提前安排驻点工程师",
        ),
    ),
    Twist(
        "silent",
        2,
        excuses=_excuse(
            "update",
            "恢复后忙于清点影响范围，未按时更新",
            "服务台每三小时主动询问一次进展并代为更新",
        ),
    ),
    Twist(
        "slow-response",
        3,
        excuses=_excuse(
            "respond",
            "同一时段三张工单并发，值班人手不足",
            "并发超过两张即启用后备工程师",
        ),
    ),
    Twist("branch", 3, on_site=True),
    Twist("late-but-met", 3, channel="pm"),
    Twist(
        "slow-response",
        3,
        excuses=_excuse(
            "respond",
            "工程师正在会议中，服务台未及时改派",
            "会议期间由备岗工程师接听，服务台同步通知",
        ),
    ),
    Twist(
        "slow-resolution",
        4,
        on_site=False,
        excuses=_excuse(
            "resolve",
            "方案评审排期较长，未提前与客户商定延期",
            "预计超过五个工作日的请求，先与客户约定完成日期",
        ),
    ),
    Twist(
        "silent",
        3,
        excuses=_excuse(
            "update",
            "工程师轮休，交接时遗漏该工单",
            "交接单列出全部未关闭工单，双方签字",
        ),
    ),
    Twist(
        "slow-response",
        4,
        excuses=_excuse(
            "respond",
            "邮件被归入垃圾邮箱，半日后发现",
            "服务台邮箱每小时人工检查一次",
        ),
    ),
    Twist(
        "slow-arrival",
        2,
        on_site=True,
        part=False,
        excuses=_excuse(
            "arrive",
            "首派工程师车辆故障，改派后到场超时",
            "现场服务车辆每月检查，备用车辆随时可用",
        ),
    ),
)
"""For a year of 180 tickets, in the order of the year; a shorter one takes as many as fit."""
