"""The words that a cell may choose from: what a record says, how it is shown in a list, what else is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from weibao.language import CODES, N_, language
from weibao.model.assets import KINDS
from weibao.model.contract import ALWAYS, RIGHTS
from weibao.model.ids import NAME
from weibao.model.naming import folded
from weibao.model.staff import ROLES
from weibao.model.ticket import PLANNED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.language import Language


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed set of words.

    Attributes:
        name: of the list in the workbook, a message id.
        words: as records have them, in the order of the list.
        kind: under which the catalogues have them as terms; "" where ``said`` has a message id for each.
        also: what people write besides, by the record's word.
    """

    name: str
    words: tuple[str, ...]
    kind: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def shown(self, word: str, words: Language) -> str:
        """How a word stands in the list."""
        return words.term(self.kind, word) if self.kind else words.text(self.said[word])

    def in_both(self, word: str) -> dict[str, str]:
        """How a word stands in the list, by the language."""
        return {code: self.shown(word, language(code)) for code in CODES}

    def meant(self, text: str) -> str | None:
        """The record's word that a text says, in whatever language; None where it says none."""
        wanted = folded(text)
        for word in self.words:
            shown = self.in_both(word).values()
            if wanted in map(folded, (word, *shown, *self.also.get(word, ()))):
                return word
        return None


ROLE = Vocabulary(
    N_("List of roles"),
    ROLES,
    "role",
    also={
        "depot": ("备件管理", "库管"),
        "reserve": ("后备",),
        "duty_clerk": ("值班员",),
        "engineer": ("网络工程师", "维护工程师", "运维工程师", "Network engineer"),
    },
)
ASSET_KIND = Vocabulary(
    N_("List of categories"), KINDS, "asset_kind", also={"ups": ("UPS",), "environment": ("动环",)}
)
RIGHT = Vocabulary(
    N_("List of rights"),
    RIGHTS,
    "right",
    also={
        "declare": ("报障", "报修"),
        "approve": ("批准",),
        "consent": ("同意降级", "降级"),
        "confirm": ("确认",),
    },
)
CLOCK = Vocabulary(
    N_("List of clocks"),
    (ALWAYS, "workdays"),
    "clock",
    also={ALWAYS: ("全天候", "7x24", "7×24", "24/7")},
)
PLAN_KIND = Vocabulary(
    N_("List of planned work"),
    ("inspection", *PLANNED),
    "planned_kind",
    also={"upgrade": ("升级",), "downtime": ("停机",), "drill": ("演练",)},
)
PLACE_KIND = Vocabulary(
    N_("List of types"),
    ("sites", "services"),
    said={"sites": N_("Site (place)"), "services": N_("Service (business)")},
    also={"sites": ("Site",), "services": ("Service", "业务系统")},
)
ONCE = "once"
"""The word of the workbook for what has no rule of recurrence."""
RECURRENCE = Vocabulary(
    N_("List of recurrences"),
    (
        "FREQ=WEEKLY",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=3",
        "FREQ=MONTHLY;INTERVAL=6",
        "FREQ=YEARLY",
        ONCE,
    ),
    said={
        "FREQ=WEEKLY": N_("Every week"),
        "FREQ=MONTHLY": N_("Every month"),
        "FREQ=MONTHLY;INTERVAL=3": N_("Every quarter"),
        "FREQ=MONTHLY;INTERVAL=6": N_("Every half year"),
        "FREQ=YEARLY": N_("Every year"),
        ONCE: N_("Once only"),
    },
)
SHIFT_LENGTH = Vocabulary(
    N_("List of shift lengths"),
    ("12h", "24h", "7d"),
    said={"12h": N_("12 hours"), "24h": N_("24 hours"), "7d": N_("7 days")},
)
VOCABULARIES = (
    ROLE,
    ASSET_KIND,
    RIGHT,
    CLOCK,
    PLAN_KIND,
    PLACE_KIND,
    RECURRENCE,
    SHIFT_LENGTH,
)

_MAKERS = {
    "huawei": ("华为",),
    "h3c": ("新华三", "华三"),
    "ruijie": ("锐捷",),
    "cisco": ("思科",),
    "zte": ("中兴",),
    "maipu": ("迈普",),
    "tp-link": ("普联",),
    "sangfor": ("深信服",),
    "topsec": ("天融信",),
    "nsfocus": ("绿盟",),
    "venustech": ("启明星辰",),
    "qianxin": ("奇安信",),
    "hillstone": ("山石网科", "山石"),
    "fortinet": ("飞塔",),
    "santak": ("山特",),
    "vertiv": ("维谛", "艾默生"),
    "schneider": ("施耐德",),
    "kehua": ("科华",),
    "kstar": ("科士达",),
    "inspur": ("浪潮",),
    "sugon": ("曙光",),
    "lenovo": ("联想",),
    "dell": ("戴尔",),
    "hp": ("惠普",),
    "hikvision": ("海康威视", "海康"),
    "dahua": ("大华",),
}


def maker_meant(text: str) -> str | None:
    """The id of a maker, whose Chinese name may be written; None where no id can be made of it."""
    wanted = folded(text)
    known = next(
        (maker for maker, names in _MAKERS.items() if wanted in map(folded, names)), wanted
    )
    return known if NAME.fullmatch(known) else None


_LENGTH = re.compile(r"(\d+)(\D+)")
_UNITS = {
    "m": ("m", "min", "minute", "minutes", "分", "分钟"),
    "h": ("h", "hour", "hours", "小时", "时"),
    "wd": ("wd", "workingday", "workingdays", "个工作日", "工作日"),
    "d": ("d", "day", "days", "天", "日"),
}


def length_meant(text: str) -> str | None:
    """A length of time as contracts write it (``30m``, ``1wd``), out of 30分钟 or 1 working day; None where it is none."""
    found = _LENGTH.fullmatch(folded(text))
    unit = found and next((unit for unit, said in _UNITS.items() if found[2] in said), None)
    return f"{int(found[1])}{unit}" if found and unit else None
