"""What another version of this software makes of the same commit: verdicts and findings that turn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class UpgradedVerdict:
    """翻转的判定 · Verdict that turns | 新版本另有判定的一项承诺 · A promise on which the new version says something else."""

    ticket: str
    """工单 · Ticket | 工单编号 · The ticket's id"""
    target: str
    """指标 · Target | 服务承诺的种类 · The kind of promise"""
    occurrence: int
    """次序 · Occurrence | 第几次 · Which one of the ticket it is"""
    old: str | None
    """旧 · Old | 旧版本的判定；null：没有这项承诺 · What the old version says; null: it knows no such promise"""
    new: str | None
    """新 · New | 新版本的判定；null：没有这项承诺 · What the new version says; null: it knows no such promise"""


@dataclass(frozen=True, slots=True)
class UpgradedFinding:
    """翻转的检查结果 · Finding that turns | 只有一个版本得出，或轻重不同 · Found by one of the two alone, or of another severity."""

    code: str
    """代码 · Code | 规则代码 · The rule's code"""
    path: str
    """文件 · Path | 记录库中的路径 · The path in the repository"""
    line: int | None
    """行 · Line | 行号，从 1 起；null：整个文件 · The line, from 1; null: the whole file"""
    old: str | None
    """旧 · Old | 旧版本的严重程度；null：没有 · Its severity by the old version; null: it is not found"""
    new: str | None
    """新 · New | 新版本的严重程度；null：没有 · Its severity by the new version; null: it is not found"""
    message: Annotated[str, ("minLength", 1)]
    """说明 · Message | 哪里不对，随语言而变 · What is wrong, in the reader's language"""


@dataclass(frozen=True, slots=True)
class VersionJudgement:
    """What one version says of a commit: the rows of its JSON, of verdicts and of findings."""

    verdicts: Sequence[Mapping[str, Any]]
    findings: Sequence[Mapping[str, Any]]


def turned_verdicts(old: VersionJudgement, new: VersionJudgement) -> tuple[UpgradedVerdict, ...]:
    """Every promise of which the two say something else, by ticket, target and occurrence."""

    def by_promise(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, int], str]:
        return {(row["ticket"], row["target"], row["occurrence"]): row["verdict"] for row in rows}

    before, after = by_promise(old.verdicts), by_promise(new.verdicts)
    return tuple(
        UpgradedVerdict(*promise, before.get(promise), after.get(promise))
        for promise in sorted(before.keys() | after.keys())
        if before.get(promise) != after.get(promise)
    )


def turned_findings(old: VersionJudgement, new: VersionJudgement) -> tuple[UpgradedFinding, ...]:
    """Every finding that only one has, or that one takes more seriously, by place."""

    def by_place(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[Any, ...], Mapping[str, Any]]:
        alike: Counter[tuple[Any, ...]] = Counter()
        found: dict[tuple[Any, ...], Mapping[str, Any]] = {}
        for row in rows:
            place = (row["path"], row["line"] or 0, row["code"], row["record"] or "")
            alike[place] += 1
            found[*place, alike[place]] = row
        return found

    before, after = by_place(old.findings), by_place(new.findings)
    turned = []
    for place in sorted(before.keys() | after.keys()):
        was, becomes = before.get(place), after.get(place)
        told: Mapping[str, Any] = becomes or was or {}
        less, more = (row["severity"] if row else None for row in (was, becomes))
        if less != more:
            turned.append(
                UpgradedFinding(
                    told["code"], told["path"], told["line"], less, more, told["message"]
                )
            )
    return tuple(turned)
