"""All that the records of a contract say, in tables, as ``weibao export`` writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

from weibao.model.alterations import flow
from weibao.model.field_kinds import CONDITION
from weibao.model.imported import Precision
from weibao.model.instant import midnight
from weibao.model.shown import Count, Filled, InspectionId, Level, Mark, Moment, TicketId
from weibao.model.timeline import timeline
from weibao.model.yaml.document import dotted
from weibao.operations.actions import actions_of
from weibao.operations.on_duty import shifts
from weibao.operations.stock import PieceState
from weibao.render.json import actions, asset, duty, handovers, inspections, spares
from weibao.render.json.actions import ShownAction
from weibao.render.json.asset import ShownListedAsset, ShownNames, shown_names
from weibao.render.json.duty import ShownShift
from weibao.render.json.encode import shown_as
from weibao.render.json.handovers import ShownHandover
from weibao.render.json.inspections import ShownCheckItem, ShownInspection
from weibao.render.json.parts import (
    Head,
    ShownEntry,
    ShownTicket,
    head,
    shown_entries,
    shown_ticket,
)
from weibao.render.json.spares import ShownAuthorisation, ShownProvenance, ShownStockLevel
from weibao.report.asset_file import asset_files
from weibao.report.staffing import term_over
from weibao.sla.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.entry import Entry
    from weibao.model.records import Records
    from weibao.model.ticket import Ticket
    from weibao.model.yaml.document import Keys
    from weibao.operations.stock import Piece
    from weibao.report.book import Book


@dataclass(frozen=True, slots=True)
class ShownStage:
    """环节 · Stage | 工单的一个环节 · A stage of a ticket."""

    at: Moment
    """时间 · At | 自报的时刻，含更正 · When it is said to have happened, corrections included"""
    by: Filled
    """人员 · By | 由谁完成 · Who did it"""
    precision: Precision | None
    """精度 · Precision | 旧台账写到多细：day 只知日期，unknown 不详，时刻为最早可能；null：确切 · How exactly an old register says when: day, unknown; the times are then the earliest; null: exactly"""


@dataclass(frozen=True, slots=True)
class ExportedTicket:
    """工单 · Ticket | 一张工单，每个环节一栏 · A ticket, with a column for each stage."""

    ticket: Annotated[ShownTicket, Mark.INLINE]
    register: str | None
    """原台账 · Register | 来自哪份原有台账；null：在本库中受理 · The old register that it comes from; null: it began here"""
    number: str | None
    """原编号 · Number | 在原有台账中的编号 · Its number in that register"""
    kept: str | None
    """原文 · Kept | 原有台账中没有对应字段的内容，内部；null：没有 · What of that register has no place here, internal; null: nothing"""
    declared: Level | None
    """申报级别 · Declared | 客户申报的级别；null：没有 · The severity that the customer declared; null: none"""
    reported_by: Filled
    """报修人 · Reported by | 客户联系人的标识 · The id of the customer's contact"""
    channel: str | None
    """渠道 · Channel | 如何收到；null：没有写 · How it came in; null: it does not say"""
    received_by: str | None
    """受理人 · Received by | 谁受理；null：没有写 · Who took it in; null: it does not say"""
    assets: tuple[Filled, ...]
    """设备 · Assets | 涉及的设备 · The assets that it is about"""
    description: str | None
    """描述 · Description | 详细说明；null：没有 · What it says at length; null: nothing"""
    acknowledged: ShownStage | None
    """响应 · Acknowledged | 第一次响应 · The first answer"""
    arrived: ShownStage | None
    """到场 · Arrived | 第一次到场 · The first arrival"""
    restored: ShownStage | None
    """恢复 · Restored | 最后一次恢复业务 · When service was brought back last"""
    resolved: ShownStage | None
    """解决 · Resolved | 最后一次解决 · When it was resolved last"""
    cause: str | None
    """原因 · Cause | 解决时写明的原因 · The cause that its resolution gives"""
    action: str | None
    """处理 · Action | 解决时写明的处理 · What its resolution says was done"""
    mode: str | None
    """方式 · How | 解决的方式 · How it was resolved"""
    confirmed: ShownStage | None
    """确认 · Confirmed | 客户最后一次确认 · The customer's last confirmation"""
    satisfaction: Count | None
    """满意度 · Satisfaction | 客户的评分；null：没有 · The customer's mark; null: none"""
    closed: ShownStage | None
    """关闭 · Closed | 最后一次关闭 · When it was closed last"""


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """条目 · Entry | 日志的一行及其证据 · A line of a log with its evidence."""

    record: Filled
    """记录 · Record | 工单、巡检、班次的编号，或台账的名称 · The id of a ticket, an inspection or a shift, or the name of a ledger"""
    entry: Annotated[ShownEntry, Mark.INLINE]
    note: str | None
    """备注 · Note | 备注；null：没有 · The note; null: none"""
    internal: bool
    """内部 · Internal | 是否不给客户看 · Whether the customer is not shown it"""


@dataclass(frozen=True, slots=True)
class ExportedFact:
    """条目内容 · Fact | 一个条目的一个字段 · What an entry says under one key."""

    record: Filled
    """记录 · Record | 工单、巡检、班次的编号，或台账的名称 · The id of a ticket, an inspection or a shift, or the name of a ledger"""
    index: Count
    """序号 · Index | 条目在日志中的位置，从 0 起 · The place of the entry in the log, from 0"""
    key: Filled
    """字段 · Key | 字段的键 · The key"""
    value: str
    """值 · Value | 如记录所写，含更正 · As the record has it, corrections included"""


@dataclass(frozen=True, slots=True)
class ExportedValue:
    """文件内容 · Value | 一个文件在日志之外写明的一个值 · A value that a file has outside its log."""

    path: Filled
    """文件 · File | 文件的路径 · The file's path"""
    key: Filled
    """键 · Key | 通向该值的各级键 · The keys that lead to it"""
    value: str
    """值 · Value | 如文件所写；更正在条目内容中 · As the file has it; corrections are facts"""


@dataclass(frozen=True, slots=True)
class ExportedCheck:
    """检查 · Check | 巡检的一项检查 · One check of an inspection."""

    inspection: InspectionId
    """巡检 · Inspection | 巡检的编号 · The inspection's id"""
    check: Annotated[ShownCheckItem, Mark.INLINE]


@dataclass(frozen=True, slots=True)
class ExportedPerson:
    """人员 · Person | 服务商的一位人员 · One of the provider's people."""

    person: Filled
    """人员 · Person | 人员的标识 · The person's id"""
    name: Filled
    """姓名 · Name | 姓名 · The name"""
    phone: str | None
    """电话 · Phone | 电话；null：没有 · The telephone number; null: none"""
    addresses: tuple[Filled, ...]
    """提交地址 · Addresses | 以哪些邮箱提交 · The addresses that the person commits with"""
    sites: tuple[Filled, ...]
    """驻场 · Sites | 驻在哪些场所 · The sites that the person stands by at"""


@dataclass(frozen=True, slots=True)
class ExportedRole:
    """岗位 · Role | 一位人员的一个岗位 · A role of one of the provider's people."""

    person: Filled
    """人员 · Person | 人员的标识 · The person's id"""
    role: Filled
    """岗位 · Role | 岗位 · The role"""
    start: date
    """起 · Start | 第一天 · The first day"""
    end: date | None
    """止 · End | 最后一天；null：未定 · The last day; null: until further notice"""


@dataclass(frozen=True, slots=True)
class ExportedCertificate:
    """证书 · Certificate | 一份厂商认证 · A maker's certificate."""

    person: Filled
    """人员 · Person | 人员的标识 · The person's id"""
    vendor: Filled
    """厂商 · Vendor | 厂商 · The maker"""
    name: Filled
    """名称 · Name | 认证的名称 · What it is called"""
    number: str | None
    """编号 · Number | 证书编号；null：没有 · Its number; null: none"""
    start: date
    """起 · Start | 第一天 · The first day"""
    end: date | None
    """止 · End | 最后一天；null：长期 · The last day; null: for good"""


@dataclass(frozen=True, slots=True)
class ExportedContact:
    """联系人 · Contact | 客户的一位联系人 · One of the customer's people."""

    contact: Filled
    """联系人 · Contact | 联系人的标识 · The contact's id"""
    name: ShownNames
    """姓名 · Name | 各语言的姓名 · The name by language"""
    may: tuple[Filled, ...]
    """权限 · May | 可以做什么 · What the contact may do"""
    addresses: tuple[Filled, ...]
    """提交地址 · Addresses | 以哪些邮箱提交 · The addresses that the contact commits with"""


@dataclass(frozen=True, slots=True)
class ExportedPiece:
    """单件 · Piece | 一件有序列号的备件 · A part with a serial number."""

    part: Filled
    """备件 · Part | 备件的标识 · The part's id"""
    serial: Filled
    """序列号 · Serial number | 序列号 · The serial number"""
    state: PieceState
    """状态 · State | 在哪里 · Where it is"""
    depot: str | None
    """备件库 · Depot | 所在的备件库；null：不在库 · The depot that it lies in; null: none"""
    ticket: TicketId | None
    """工单 · Ticket | 出库所用的工单；null：没有 · The ticket that it was issued for; null: none"""
    condition: Annotated[str, ("enum", CONDITION.choices)]
    """成色 · Condition | 成色 · Its condition"""
    warranty_to: date | None
    """保修至 · Under warranty until | 最后一天；null：不知道 · The last day; null: nobody knows"""
    verified: bool
    """已核验 · Verified | 是否证明为原厂且来源合法 · Whether it is proven the maker's own and legally sourced"""
    provenance: ShownProvenance
    """来源 · Provenance | 从何而来 · Where it comes from"""


@dataclass(frozen=True, slots=True)
class ExportOutput:
    """导出 · Export | weibao export 写出的各张表 · The tables that weibao export writes."""

    head: Head
    tickets: tuple[ExportedTicket, ...]
    """工单 · Tickets | 每张工单一行，按编号排列 · A row for each ticket, by id"""
    entries: tuple[ExportedEntry, ...]
    """条目 · Entries | 每份记录和台账的每一行，带证据 · Every line of every record and ledger, with its evidence"""
    facts: tuple[ExportedFact, ...]
    """条目内容 · Facts | 各条目写明的内容，每个字段一行 · What the entries say, a row for each key"""
    contents: tuple[ExportedValue, ...]
    """文件内容 · Contents | 每个文件在日志之外的每个值：记录头、合同、计划、备件目录等 · Every value of every file outside its log: headers, contract, plan, catalogue of parts and the rest"""
    verdicts: tuple[Verdict, ...]
    """判定 · Verdicts | 每项服务承诺的判定 · The verdict on each promise"""
    inspections: tuple[ShownInspection, ...]
    """巡检 · Inspections | 每次巡检一行，按编号排列 · A row for each inspection, by id"""
    checks: tuple[ExportedCheck, ...]
    """检查 · Checks | 巡检的每项检查 · Every check of the inspections"""
    assets: tuple[ShownListedAsset, ...]
    """设备 · Assets | 每台设备一行，按场所、编号排列 · A row for each asset, by site and id"""
    people: tuple[ExportedPerson, ...]
    """人员 · People | 服务商的人员，按标识排列 · The provider's people, by id"""
    roles: tuple[ExportedRole, ...]
    """岗位 · Roles | 人员的岗位和起止 · What people are, and since when"""
    certificates: tuple[ExportedCertificate, ...]
    """证书 · Certificates | 人员的厂商认证 · The makers' certificates that people have"""
    contacts: tuple[ExportedContact, ...]
    """联系人 · Contacts | 客户的联系人，按标识排列 · The customer's people, by id"""
    turns: tuple[ShownShift, ...]
    """值班 · Turns | 合同期内每班一行，按值班表和时间排列 · A row for each turn within the term, by rota and time"""
    handovers: tuple[ShownHandover, ...]
    """交接班 · Hand-overs | 每次交接班一行 · A row for each hand-over"""
    stock: tuple[ShownStockLevel, ...]
    """库存 · Stock | 每个备件库每种备件一行 · A row for each part in each depot"""
    pieces: tuple[ExportedPiece, ...]
    """单件 · Pieces | 每件有序列号的备件一行 · A row for each part with a serial number"""
    suppliers: tuple[ShownAuthorisation, ...]
    """供应商授权 · Authorisations | 厂商给供应商的授权 · The makers' authorisations of suppliers"""
    actions: tuple[ShownAction, ...]
    """整改项 · Corrective actions | 每个整改项一行 · A row for each corrective action"""


def exported(book: Book) -> ExportOutput:
    """``weibao export``: the whole Book in tables, with nothing withheld."""
    records = book.records
    first, last = midnight(records.contract.start, book.zone), term_over(book)
    rotas = sorted(records.duty.rotas)
    turns = (span for rota in rotas for span in shifts(records.duty, rota, first, last))
    logs = dict(_logs(book))
    people = sorted(records.staff.people.items())
    return ExportOutput(
        head=head(book),
        tickets=tuple(_ticket(book, ticket) for _, ticket in sorted(records.tickets.items())),
        entries=tuple(chain.from_iterable(_entries(book, key, log) for key, log in logs.items())),
        facts=tuple(_facts(logs)),
        contents=tuple(_contents(records)),
        verdicts=book.verdicts,
        inspections=inspections.inspections(
            book, (inspection for _, inspection in sorted(records.inspections.items()))
        ).inspections,
        checks=tuple(_checks(book)),
        assets=asset.assets(book, asset_files(book, records.assets.values())).assets,
        people=tuple(
            ExportedPerson(key, person.name, person.phone or None, person.git, person.sites)
            for key, person in people
        ),
        roles=tuple(
            ExportedRole(key, role.what, role.start, role.end)
            for key, person in people
            for role in person.roles
        ),
        certificates=tuple(
            shown_as(ExportedCertificate, certificate, certificate.term, person=key)
            for key, person in people
            for certificate in person.certificates
        ),
        contacts=tuple(
            ExportedContact(
                key, shown_names(contact.names), tuple(sorted(contact.may)), contact.git
            )
            for key, contact in sorted(records.contract.contacts.items())
        ),
        turns=duty.shifts(book, first, last, turns).shifts,
        handovers=handovers.handovers(book, book.handovers.values()).handovers,
        stock=spares.stock(book, book.stock.levels).levels,
        pieces=tuple(map(_piece, (piece for _, piece in sorted(book.stock.pieces.items())))),
        suppliers=spares.suppliers(book).authorised,
        actions=actions.actions(book, actions_of(records.actions, book.as_of, book.zone)).actions,
    )


def _logs(book: Book) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """The log of every record and every ledger, by the name under which it is proven."""
    records = book.records
    for key in sorted(book.proofs):
        record = (
            records.tickets.get(key)
            or records.inspections.get(key)
            or records.shifts.get(key)
            or records.closes.get(key)
        )
        yield key, records.ledgers[key] if record is None else record.log


def _entries(book: Book, key: str, log: tuple[Entry, ...]) -> Iterator[ExportedEntry]:
    for shown, entry in zip(shown_entries(book, key), log, strict=True):
        yield ExportedEntry(key, shown, entry.note or None, entry.internal)


def _facts(logs: dict[str, tuple[Entry, ...]]) -> Iterator[ExportedFact]:
    for key, log in logs.items():
        for entry in log:
            for field, value in entry.data.items():
                yield ExportedFact(key, entry.index, field, flow(value))


def _contents(records: Records) -> Iterator[ExportedValue]:
    for path, file in sorted(records.files.items()):
        if file.document is None:
            continue
        said = {key: value for key, value in file.document.data.items() if key != "log"}
        for keys, value in _leaves((), said):
            yield ExportedValue(path, dotted(keys), flow(value))


def _leaves(keys: Keys, value: Any) -> Iterator[tuple[Keys, Any]]:
    """The single values within a value, and the lists of such, each with the keys that lead to it."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves((*keys, key), inner)
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for place, inner in enumerate(value):
            yield from _leaves((*keys, place), inner)
    else:
        yield keys, value


def _checks(book: Book) -> Iterator[ExportedCheck]:
    for key, inspection in sorted(book.records.inspections.items()):
        for check in inspections.inspection(book, inspection).checks:
            yield ExportedCheck(key, check)


def _piece(piece: Piece) -> ExportedPiece:
    return shown_as(ExportedPiece, piece, provenance=spares.shown_provenance(piece))


def _ticket(book: Book, ticket: Ticket) -> ExportedTicket:
    steps = timeline(ticket.log)
    last = {entry.event: entry for entry in steps}
    first = {entry.event: entry for entry in reversed(steps)}
    resolved = last["resolved"].data if "resolved" in last else {}
    confirmed = last["confirmed"].data if "confirmed" in last else {}
    imported = ticket.imported
    return ExportedTicket(
        ticket=shown_ticket(book, ticket),
        register=imported.register if imported else None,
        number=imported.number if imported else None,
        kept=flow(dict(imported.kept)) if imported and imported.kept else None,
        declared=ticket.severity,
        reported_by=ticket.reported_by,
        channel=ticket.channel or None,
        received_by=ticket.received_by or None,
        assets=ticket.assets,
        description=ticket.description or None,
        acknowledged=_stage(first.get("acknowledged")),
        arrived=_stage(first.get("arrived")),
        restored=_stage(last.get("restored")),
        resolved=_stage(last.get("resolved")),
        cause=resolved.get("cause"),
        action=resolved.get("action"),
        mode=resolved.get("mode"),
        confirmed=_stage(last.get("confirmed")),
        satisfaction=confirmed.get("satisfaction"),
        closed=_stage(last.get("closed")),
    )


def _stage(entry: Entry | None) -> ShownStage | None:
    return ShownStage(entry.at, entry.by, entry.precision) if entry else None
