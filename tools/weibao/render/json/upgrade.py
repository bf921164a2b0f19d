"""What an upgrade brings, as ``weibao upgrade --format json`` prints it."""

from __future__ import annotations

from dataclasses import dataclass

from weibao.model.shown import CommitId, Moment, Sha256
from weibao.report.upgraded import UpgradedFinding, UpgradedVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeOutput:
    """升级 · Upgrade | weibao upgrade --format json 的输出 · What weibao upgrade --format json prints."""

    commit: CommitId
    """提交 · Commit | 两个版本所判定的提交 · The commit that both versions judged"""
    as_of: Moment
    """截至 · As of | 以此时刻判定 · The instant as of which it was judged"""
    old_version: str
    """旧版本 · Old version | 仓库原来保存的版本 · The version that the repository kept"""
    new_version: str
    """新版本 · New version | 换成的版本 · The version in its place"""
    sha256: Sha256
    """SHA-256 · SHA-256 | 新轮子文件的散列值 · Of the new wheel"""
    verdicts: tuple[UpgradedVerdict, ...]
    """判定 · Verdicts | 翻转的判定 · Those that turn"""
    findings: tuple[UpgradedFinding, ...]
    """检查结果 · Findings | 翻转的检查结果 · Those that turn"""
    renewed: tuple[str, ...]
    """写入 · Renewed | 写入的文件；--preview 时为将要写入的 · Files that were written; with --preview those that would be"""
    removed: tuple[str, ...]
    """移除 · Removed | 移除的文件 · Files that were taken away"""
    beside: tuple[str, ...]
    """另存 · Beside | 改动过的文件旁另存的新文本 · New texts beside files that were changed here"""
