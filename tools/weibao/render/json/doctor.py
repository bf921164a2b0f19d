"""A diagnosis as ``weibao doctor --format json`` prints it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.render.json.encode import shown_as
from weibao.render.words.diagnosis import lacking
from weibao.report.diagnosis import Area

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.language import Language
    from weibao.report.diagnosis import Checked


@dataclass(frozen=True, slots=True)
class ShownDiagnosis:
    """一项检查 · A check | 一项检查的结果 · How one check came out."""

    name: Annotated[str, ("pattern", r"^[a-z_]+$")]
    """名称 · Name | 固定不变的名称 · A name that never changes"""
    area: Area
    """范围 · Area | 检查的是什么 · What it is of"""
    passed: bool
    """通过 · Passed | 什么都不缺 · Whether nothing is lacking"""
    needed: bool | None
    """必需 · Needed | 所缺的是必需还是建议；通过时为 null · Whether what is lacking is needed or advised; null if nothing is"""
    message: str | None
    """所缺 · Lacking | 所缺的东西；通过时为 null · What is lacking; null if nothing is"""
    mend: str | None
    """办法 · Mend | 补救的命令或做法 · The line that mends it"""


@dataclass(frozen=True, slots=True)
class DoctorOutput:
    """体检结果 · Diagnosis | weibao doctor --format json 的输出 · What weibao doctor --format json prints."""

    checks: tuple[ShownDiagnosis, ...]
    """检查 · Checks | 按本机、本克隆、代码托管平台的次序 · Of the machine, then the clone, then the forge's files"""


def diagnosis(checks: Sequence[Checked], words: Language) -> DoctorOutput:
    """``weibao doctor``: every check, told in one language."""
    return DoctorOutput(tuple(_check(made, words) for made in checks))


def _check(made: Checked, words: Language) -> ShownDiagnosis:
    lack = made.lack
    return shown_as(
        ShownDiagnosis,
        made,
        lack,
        passed=lack is None,
        message=lacking(lack.message, lack, words) if lack else None,
        mend=lacking(lack.mend, lack, words) if lack else None,
    )
