"""Checkpoints as JSON: the form of one, and what ``weibao checkpoint verify`` prints of many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.history.checkpoints.checkpoint import FORMAT
from weibao.history.signatures.stamp import Namer, StampedAt
from weibao.model.shown import CommitId, Count, Moment, Sha256
from weibao.render.json.encode import shown_as
from weibao.render.json.parts import ShownFinding, shown_findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.history.checkpoints.comparison import Examined
    from weibao.language import Language
    from weibao.model.finding import Finding


@dataclass(frozen=True, slots=True)
class CheckpointFile:
    """检查点 · Checkpoint | 站点的 checkpoint.json、仓库的 checkpoints/*.json 和 weibao checkpoint show --format json 的输出 · checkpoint.json of a site, checkpoints/*.json of a repository, and what weibao checkpoint show --format json prints."""

    checkpoint: Annotated[int, ("const", FORMAT)]
    """格式版本 · Form | 检查点格式的版本 · The version of the form of a checkpoint"""
    commit: CommitId
    """提交 · Commit | 提交的完整编号 · The whole id of the commit"""
    tree: CommitId
    """目录树 · Tree | 提交的目录树的编号 · The id of the commit's tree"""
    records: Count
    """文件数 · Records | records/ 下的文件数，含附件 · How many files lie under records/, attachments among them"""
    sha256: Sha256
    """摘要 · Digest | 全部文件的 SHA-256，算法见 docs/formats.md · The SHA-256 over all of them, as docs/formats.md says"""


@dataclass(frozen=True, slots=True)
class ShownExamined:
    """一个检查点 · A checkpoint | 一个检查点及其时间戳 · A checkpoint with its time stamp."""

    file: str
    """文件 · File | 检查点所在的文件 · The file that holds the checkpoint"""
    commit: CommitId | None
    """提交 · Commit | 检查点写的提交；无法读取时为 null · The commit that the checkpoint names; null where it cannot be read"""
    contained: bool
    """仍在历史之中 · Contained | 历史是否仍包含它 · Whether the history still contains it"""
    stamp_holds: bool | None
    """时间戳成立 · Stamp holds | 时间戳是否成立；没有时间戳时为 null · Whether its time stamp holds; null where it has none"""
    stamped_by: Moment | None
    """最晚存在时刻 · Existed by | 时间戳证明它最晚在此时刻已存在 · The stamp proves that it existed by this instant"""
    authority: str | None
    """时间戳机构 · Authority | 机构证书的主体 · The subject of the authority's certificate"""
    root: Sha256 | None
    """根证书 · Root | 所依据的根证书的 SHA-256 指纹 · The SHA-256 fingerprint of the root it rests on"""
    root_named_by: Namer | None
    """由谁指明 · Named by | 谁指明要相信这个根证书 · Who says that the root is to be trusted"""
    findings: tuple[ShownFinding, ...]
    """发现项 · Findings | 检查点及其时间戳的问题 · What is wrong with the checkpoint and its stamp"""


@dataclass(frozen=True, slots=True)
class CheckpointsOutput:
    """核对检查点 · Checkpoints verified | weibao checkpoint verify --format json 的输出 · What weibao checkpoint verify --format json prints."""

    commit: CommitId
    """提交 · Commit | 用来核对的历史的末端 · The end of the history that they were held against"""
    checkpoints: tuple[ShownExamined, ...]
    """检查点 · Checkpoints | 按给出的次序；保存在仓库里的按路径 · In the order given; those kept in the repository by path"""
    findings: tuple[ShownFinding, ...]
    """其他发现项 · Other findings | 没有检查点的时间戳 · Time stamps without a checkpoint"""


def shown_checkpoints(
    head: str, examined: Sequence[Examined], alone: Sequence[Finding], words: Language
) -> CheckpointsOutput:
    """``weibao checkpoint verify``; ``alone`` are findings that belong to no checkpoint."""
    shown = tuple(_examined(checkpoint, words) for checkpoint in examined)
    return CheckpointsOutput(head, shown, shown_findings(alone, words))


def _examined(found: Examined, words: Language) -> ShownExamined:
    stamp = found.stamp if isinstance(found.stamp, StampedAt) else None
    return shown_as(
        ShownExamined,
        stamp,
        file=found.name,
        commit=found.checkpoint.commit if found.checkpoint else None,
        contained=not found.findings,
        stamp_holds=None if found.stamp is None else stamp is not None,
        stamped_by=stamp.at if stamp else None,
        root_named_by=stamp.named_by if stamp else None,
        findings=shown_findings(found.wrong, words),
    )
