"""Imports as ``weibao import preview`` and ``weibao import verify`` print them as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.importing.records import ImportCounts
from weibao.render.words.importing import flag_told, rejection_told

if TYPE_CHECKING:
    from weibao.importing.recomputed import RecomputedRegister
    from weibao.importing.records import AcceptedRow, RejectedRow
    from weibao.language import Language


@dataclass(frozen=True, slots=True)
class ShownFlag:
    """提示 · Flag | 某行导入时应知道的一点 · What is to be known of a row."""

    word: str
    """种类 · Word | day-only、unknown、strange、telephone、continued、hidden、left-out 或 differs · day-only, unknown, strange, telephone, continued, hidden, left-out or differs"""
    about: tuple[str, ...]
    """所涉 · About | 所涉的字段、步骤或列 · The fields, steps or columns that it is about"""
    message: str
    """说明 · Message | 一句话 · In one sentence"""


@dataclass(frozen=True, slots=True)
class ShownAccepted:
    """可导入的行 · Accepted row | 成为一条记录的行 · A row that becomes a record."""

    rows: tuple[int, ...]
    """行号 · Rows | 表中的行号 · The lines of the sheet"""
    number: str
    """编号 · Number | 旧台账中的编号 · Its number in the register"""
    record: str
    """记录 · Record | 记录的编号 · The id of the record"""
    steps: tuple[str, ...]
    """步骤 · Steps | 该行给出的事件 · The events that the row gives"""
    flags: tuple[ShownFlag, ...]
    """提示 · Flags | 应知道的 · What is to be known of it"""


@dataclass(frozen=True, slots=True)
class ShownRejected:
    """退回的行 · Rejected row | 不能导入的行 · A row that becomes nothing."""

    rows: tuple[int, ...]
    """行号 · Rows | 表中的行号 · The lines of the sheet"""
    number: str
    """编号 · Number | 旧台账中的编号，没有时为空 · Its number in the register; empty if it has none"""
    message: str
    """原因 · Message | 为什么不能导入 · Why it does not come in"""
    mend: str
    """办法 · Mend | 怎样改正 · How that is mended"""


@dataclass(frozen=True, slots=True)
class ImportPreviewOutput:
    """导入预览 · Preview | weibao import preview --format json 的输出 · What weibao import preview --format json prints."""

    name: str
    """导入 · Import | 导入的名称 · The name of the import"""
    source_sha256: str
    """台账指纹 · Source | 台账文件的 SHA-256 · The SHA-256 of the register's file"""
    mapping_sha256: str
    """对照指纹 · Mapping | 对照文件的 SHA-256 · The SHA-256 of the mapping"""
    counts: ImportCounts
    """行数 · Counts | 各类行数 · The lines by what becomes of them"""
    accepted: tuple[ShownAccepted, ...]
    """可导入 · Accepted | 成为记录的行 · Rows that become records"""
    there: tuple[ShownAccepted, ...]
    """已导入 · There | 已在库中的行 · Rows that came in before"""
    rejected: tuple[ShownRejected, ...]
    """退回 · Rejected | 不能导入的行 · Rows that do not come in"""


@dataclass(frozen=True, slots=True)
class ShownRegister:
    """一份旧台账 · Register | 一份旧台账重算的结果 · What of an old register was worked out again."""

    name: str
    """导入 · Import | 导入的名称 · The name of the import"""
    commits: tuple[str, ...]
    """提交 · Commits | 带来记录的提交 · The commits that brought its records"""
    alike: int
    """一致 · Alike | 与其行一致的记录数 · How many records are what their rows give"""
    unlike: tuple[str, ...]
    """不一致 · Unlike | 与其行不一致的记录 · The records that are not"""
    untold: int
    """无法重算 · Untold | 无法重算的记录数 · How many could not be worked out"""
    lacking: tuple[str, ...]
    """缺少 · Lacking | 库中缺少的文件 · The files that the repository lacks"""
    exchanged: tuple[str, ...]
    """已换 · Exchanged | 导入后被换过的文件 · The files that were exchanged after the import"""
    omitted: tuple[str, ...]
    """漏收 · Omitted | 能成为记录而库中从未有过的行的编号 · The numbers of rows that give a record, though none was ever filed"""
    mapping_sha256: str
    """对照指纹 · Mapping | 导入所用对照文件的 SHA-256 · The SHA-256 of the mapping by which it came in"""
    agreed_sha256: str
    """约定指纹 · Agreed | 合同所列对照文件的 SHA-256 · The SHA-256 of the mapping that the contract names"""


@dataclass(frozen=True, slots=True)
class ImportVerifyOutput:
    """重算 · Verification | weibao import verify --format json 的输出 · What weibao import verify --format json prints."""

    commit: str
    """提交 · Commit | 所查的提交 · The commit that was looked at"""
    registers: tuple[ShownRegister, ...]
    """旧台账 · Registers | 各份旧台账 · Every old register"""


def shown_accepted(row: AcceptedRow, words: Language) -> ShownAccepted:
    """A row that comes in."""
    flags = tuple(ShownFlag(flag.word, flag.about, flag_told(flag, words)) for flag in row.flags)
    return ShownAccepted(row.rows, row.number, row.record, row.steps, flags)


def shown_rejected(row: RejectedRow, words: Language) -> ShownRejected:
    """A row that does not come in."""
    return ShownRejected(row.rows, row.number, *rejection_told(row, words))


def shown_register(register: RecomputedRegister) -> ShownRegister:
    """A register that was worked out again."""
    return ShownRegister(
        register.name,
        register.commits,
        len(register.alike),
        tuple(told.record for told in register.unlike),
        register.untold,
        register.lacking,
        register.exchanged,
        register.omitted,
        register.mapping_sha256,
        register.agreed_sha256,
    )
