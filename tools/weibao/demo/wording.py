"""How a story's texts get their places filled: the same ticket speaks of the same things throughout."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from weibao.demo.network import SITE_NAMES

if TYPE_CHECKING:
    from random import Random

    from weibao.demo.network import Equipment
    from weibao.demo.stories import Story

_CLOSE = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])")

APPS = (
    "营业收费系统",
    "调度大屏",
    "协同办公",
    "视频会议",
    "水质在线监测",
    "管网地理信息",
    "工程管理系统",
)
DEPARTMENTS = ("财务部", "营业厅", "工程部", "生产调度部", "人力资源部", "水质中心", "审计部")
TOPICS = (
    "数据中心核心网高可用设计",
    "防火墙策略的梳理与精简",
    "广域网双线切换与故障演练",
    "IPv6 过渡与地址规划",
    "网络设备的日志留存与等保要求",
)
FLOORS = "零一二三四五六七八九"
TRAVELLING = (
    "工程师在途，{contact}已安排人员接应",
    "工程师在途，途中与{contact}保持联系，情况无变化",
)
AWAITING_PART = (
    "备件已出库，在运送途中",
    "等待备件期间完成更换前检查与配置备份",
    "备件仍在途中，已向{contact}说明预计到达时间",
)
STANDING_STILL = (
    "已再次催办，对方反馈仍在处理，将持续跟进",
    "致电{contact}说明当前状态，暂无新的影响",
    "对方给出新的预计时间，已转告{contact}",
)
HANDLING = (
    "已完成一部分，其余按计划办理",
    "与{contact}核对进度，双方无异议",
    "内部复核中，预计近日完成",
    "按{contact}意见调整后继续办理",
)
WORKING = (
    "处理仍在进行，已向{contact}通报进展",
    "与原厂技术支持会商，按其建议继续排查",
    "已缩小范围，下一步逐段隔离验证",
    "{contact}来电了解进展，已说明当前步骤与预计时间",
    "现场与远程配合测试中，暂无新的影响",
)
WATCHING = (
    "业务运行平稳，未见新的告警",
    "与{contact}再次确认各业务正常，继续观察",
    "复核配置并保存，整理处理过程",
    "观察期内指标正常，准备提交解决",
)
CARRIERS = {"line-unicom": "联通", "line-telecom": "电信"}


def places(random: Random, equipment: Equipment, contact: str, earlier: str) -> dict[str, object]:
    """What the places of a ticket's texts stand for.

    ``contact`` is how the customer's person is called, ``earlier`` a time of day shortly before
    the report.
    """
    carrier = next(
        (name for prefix, name in CARRIERS.items() if equipment.id.startswith(prefix)),
        random.choice(("联通", "电信")),
    )
    low = random.randint(4, 9)
    return {
        "asset": equipment.name,
        "site": SITE_NAMES[equipment.site],
        "contact": contact,
        "time": earlier,
        "carrier": carrier,
        "ref": f"{random.randint(2000, 9899)}{random.randint(100, 999)}",
        "app": random.choice(APPS),
        "dept": random.choice(DEPARTMENTS),
        "topic": random.choice(TOPICS),
        "floor": _floor(random, equipment),
        "port": f"GE0/0/{random.randint(1, 24)}",
        "slot": random.randint(1, 6),
        "vlan": random.randint(11, 380),
        "count": random.randint(6, 40),
        "few": random.randint(2, 5),
        "percent": random.randint(78, 97),
        "minutes": random.randint(15, 55),
        "hours": random.randint(2, 4),
        "km": f"{random.randint(11, 86) / 10}",
        "loss": random.randint(3, 9),
        "low": low,
        "dbm": low + random.randint(9, 14),
        "temp": random.randint(47, 58),
        "low_temp": random.randint(26, 31),
    }


def _floor(random: Random, equipment: Equipment) -> str:
    """The floor that the equipment serves, or some floor."""
    number, _, rest = equipment.location.partition(" 层")
    return FLOORS[int(number) if rest and number.isdecimal() else random.randint(2, 6)]


@dataclass(slots=True)
class Wording:
    """The texts of one ticket; what is said on the way is said in order, and once."""

    random: Random
    filling: dict[str, object]
    story: Story
    _variant: int = field(init=False)
    _said: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Choose which of the story's variants this ticket is: all its texts are of that one."""
        self._variant = self.random.randrange(2)

    def one(self, variants: tuple[str, ...]) -> str:
        """The text of this ticket's variant, filled."""
        return self.filled(variants[self._variant % len(variants)])

    def filled(self, text: str) -> str:
        """A text with its places filled; figures and Latin stand off from Chinese."""
        return _CLOSE.sub(" ", text.format_map(self.filling))

    def next_in(self, phase: str) -> str:
        """What is said next in a phase of the work."""
        said = self._said.get(phase, 0)
        self._said[phase] = said + 1
        texts = self._texts(phase)
        return self.filled(texts[said % len(texts)])

    def _texts(self, phase: str) -> tuple[str, ...]:
        story = self.story
        match phase:
            case "travelling":
                return TRAVELLING
            case "awaiting_part":
                return AWAITING_PART
            case "standing_still":
                return STANDING_STILL
            case "watching":
                return (story.progress[-1], *WATCHING)
            case _ if story.kind != "fault":
                return (*story.progress, *HANDLING)
            case _:
                return (*story.progress[:-1], *WORKING)
