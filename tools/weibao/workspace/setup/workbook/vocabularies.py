"""The words that a cell may choose from: what a record says, how it is shown in a list, what else is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from weibao.language import CODES, N_, language
from weibao.model.assets import KINDS
from weibao.model.contract import ALWAYS, RIGHTS
from weibao.model.names import folded
from weibao.model.plan import PLANNED_KINDS
from weibao.model.staff import ROLES

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

    def meant(self, text: str) -> str | None:
        """The record's word that a text says, in whatever language; None where it says none."""
        wanted = folded(text)
        for word in self.words:
            shown = [self.shown(word, language(code)) for code in CODES]
            if wanted in map(folded, (word, *shown, *self.also.get(word, ()))):
                return word
        return None


ROLE = Vocabulary(
    N_("Roles"),
    ROLES,
    "role",
    also={"depot": ("备件管理", "库管"), "reserve": ("后备",), "duty_clerk": ("值班员",)},
)
ASSET_KIND = Vocabulary(
    N_("Kinds of equipment"), KINDS, "asset_kind", also={"ups": ("UPS",), "environment": ("动环",)}
)
RIGHT = Vocabulary(
    N_("Rights"),
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
    N_("Clocks"), (ALWAYS, "workdays"), "clock", also={ALWAYS: ("全天候", "7x24", "7×24", "24/7")}
)
PLAN_KIND = Vocabulary(N_("Kinds of planned work"), PLANNED_KINDS, "plan_kind")
PLACE_KIND = Vocabulary(
    N_("Place or service"),
    ("sites", "services"),
    said={"sites": N_("Site"), "services": N_("Service")},
    also={"services": ("业务系统",)},
)
RECURRENCE = Vocabulary(
    N_("How often"),
    (
        "FREQ=WEEKLY",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=3",
        "FREQ=MONTHLY;INTERVAL=6",
        "FREQ=YEARLY",
        "",
    ),
    said={
        "FREQ=WEEKLY": N_("Every week"),
        "FREQ=MONTHLY": N_("Every month"),
        "FREQ=MONTHLY;INTERVAL=3": N_("Every quarter"),
        "FREQ=MONTHLY;INTERVAL=6": N_("Every half year"),
        "FREQ=YEARLY": N_("Every year"),
        "": N_("Once"),
    },
)
SHIFT_LENGTH = Vocabulary(
    N_("Length of a shift"),
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
