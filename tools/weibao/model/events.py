"""The events of every log, as one declarative table.

From this table come the branches of the schemas (``schemas/*.schema.json``), the verbs and options
of the commands, the references that are checked, and the rows of the lifecycle. An event that is
not here does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from graphlib import TopologicalSorter
from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.model import field_kinds as kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.field_kinds import FieldKind


class State(StrEnum):
    """How far a record has come, in this order: the fold of its timeline."""

    NEW = "new"
    RAISED = "raised"
    STARTED = "started"
    HANDED_OVER = "handed_over"
    OPENED = "opened"
    IN_PROGRESS = "in_progress"
    RESTORED = "restored"
    RESOLVED = "resolved"
    COMPLETED = "completed"
    DONE = "done"
    CONFIRMED = "confirmed"
    VERIFIED = "verified"
    TAKEN_OVER = "taken_over"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Field:
    """A key of an entry beyond ``at``, ``event``, ``by``, ``note``, ``precision`` and ``internal``."""

    key: str
    kind: FieldKind
    zh: str
    en: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of entry: its verb on the command line, its keys, and its row in the lifecycle.

    It may follow any state in ``after`` and leads to ``to``; ``None`` leaves the state as it is. Of a
    ``noted`` one the note is all that it tells: a command does not record it without.
    """

    name: str
    verb: str
    zh: str
    en: str
    after: frozenset[State]
    to: State | None = None
    fields: tuple[Field, ...] = ()
    noted: bool = False


REASONS = kinds.PAUSE_REASON.choices
"""Why a clock may pause. The provider's own missing part or person is none of them."""

TARGETS = kinds.TARGET.choices
CHECK_STATUSES = kinds.CHECK_STATUS.choices

_DOWN = frozenset({State.OPENED, State.IN_PROGRESS})
_OPEN = _DOWN | {State.RESTORED}
_DONE = frozenset({State.RESOLVED, State.CONFIRMED, State.CLOSED})
_LIVE = _OPEN | {State.RESOLVED, State.CONFIRMED}
_ANY = _OPEN | _DONE | {State.CANCELLED}

_MODE = Field("mode", kinds.MODE, "方式", "How")
_VIA = Field("via", kinds.VIA, "渠道", "Through")
_PART = Field("part", kinds.PART, "备件", "Part")
_CONTACT = Field("contact", kinds.CONTACT, "客户联系人", "Customer contact")
_SERIALS = Field("serials", kinds.SERIALS, "序列号", "Serial numbers")
_DEPOT = Field("depot", kinds.DEPOT, "备件库", "Depot")
_TICKET = Field("ticket", kinds.TICKET, "工单", "Ticket")
_TICKET_IF_ANY = Field("ticket", kinds.TICKET, "工单", "Ticket", required=False)
_SUPPLIER = Field("supplier", kinds.SUPPLIER, "供应商", "Supplier")
_SOURCE_DOCUMENT = Field(
    "source_document", kinds.TEXT, "来源凭证", "Source document", required=False
)
_DOCUMENT_SHA256 = Field(
    "document_sha256", kinds.SHA256, "凭证 SHA-256", "SHA-256 of the document", required=False
)
_OEM_VERIFIED_BY = Field(
    "oem_verified_by", kinds.PERSON, "原厂核验人", "Who verified it with the maker", required=False
)
_CONDITION = Field("condition", kinds.CONDITION, "成色", "Condition", required=False)
_WARRANTY_TO = Field("warranty_to", kinds.DAY, "保修至", "Under warranty until", required=False)
_ACTION = Field("action", kinds.ACTION, "整改项", "Corrective action")

_AMENDED = (
    Field(
        "entry",
        kinds.ENTRY,
        "被更正的条目",
        "The entry amended; the header if none",
        required=False,
    ),
    Field("field", kinds.KEY, "更正的字段", "The key corrected"),
    Field("value", kinds.AMENDED_VALUE, "更正后的值", "The value it should have"),
    Field("reason", kinds.TEXT, "更正原因", "Why"),
)

TICKET_EVENTS = (
    Event("opened", "open", "受理", "Opened", frozenset({State.NEW}), State.OPENED),
    Event(
        "notified",
        "notify",
        "通知",
        "Notified",
        _LIVE,
        fields=(Field("whom", kinds.PERSON, "通知对象", "Who was told"), _VIA),
    ),
    Event(
        "assigned",
        "assign",
        "分派",
        "Assigned",
        _LIVE,
        fields=(Field("to", kinds.PERSON, "负责人", "The person responsible"),),
    ),
    Event("acknowledged", "ack", "响应", "Acknowledged", _DOWN, State.IN_PROGRESS),
    Event(
        "dispatched",
        "dispatch",
        "派出",
        "Dispatched",
        _OPEN,
        fields=(
            Field("to", kinds.PERSON, "派出人员", "Who was sent"),
            Field("with", kinds.PEOPLE, "同行人员", "Who goes along", required=False),
        ),
    ),
    Event(
        "called_up",
        "callup",
        "调用后备",
        "Reserve called up",
        _OPEN,
        fields=(Field("whom", kinds.PERSON, "后备人员", "Which reserve"),),
    ),
    Event(
        "arrived",
        "arrive",
        "到场",
        "Arrived on site",
        _DOWN,
        State.IN_PROGRESS,
        (Field("visit", kinds.VISIT, "上门次序", "Which visit", required=False),),
    ),
    Event("left", "leave", "离场", "Left the site", _LIVE - {State.OPENED}),
    Event(
        "paused",
        "pause",
        "暂停计时",
        "Paused",
        _OPEN,
        fields=(Field("reason", kinds.PAUSE_REASON, "暂停原因", "Reason"),),
    ),
    Event("resumed", "resume", "恢复计时", "Resumed", _OPEN),
    Event(
        "severity_agreed",
        "severity",
        "级别变更",
        "Severity agreed",
        _OPEN,
        fields=(
            Field("severity", kinds.SEVERITY, "级别", "Severity"),
            Field("consent_by", kinds.CONTACT, "同意人", "Consented by", required=False),
        ),
    ),
    Event(
        "impact",
        "impact",
        "影响变更",
        "Impact stated",
        _OPEN,
        fields=(
            Field("impact", kinds.IMPACT, "影响", "Impact"),
            Field("consent_by", kinds.CONTACT, "同意人", "Consented by", required=False),
        ),
    ),
    Event("updated", "update", "进展", "Updated", _LIVE, noted=True),
    Event(
        "escalated",
        "escalate",
        "升级",
        "Escalated",
        _OPEN,
        fields=(
            Field("level", kinds.LEVEL, "升级级别", "Rung of the ladder"),
            Field("to", kinds.PERSON, "升级对象", "Who was told"),
            Field("trigger", kinds.TEXT, "触发条件", "What triggered it", required=False),
        ),
    ),
    Event(
        "injected",
        "drill inject",
        "注入情景",
        "Scene injected",
        _OPEN,
        fields=(Field("text", kinds.TEXT, "情景", "What is said to have happened"),),
    ),
    Event(
        "answered",
        "drill answer",
        "应答",
        "Answered",
        _OPEN,
        fields=(Field("text", kinds.TEXT, "应对", "What was done about it"),),
    ),
    Event(
        "rated",
        "drill rate",
        "演练评分",
        "Drill rated",
        _LIVE,
        fields=(
            Field("score", kinds.SCORE, "得分（满分 100）", "Points of 100"),
            Field("reached", kinds.CLOCK_DURATION, "恢复用时", "Time to recovery"),
        ),
    ),
    Event(
        "referred",
        "refer",
        "转原厂或运营商",
        "Referred to maker or carrier",
        _OPEN,
        fields=(
            Field("issuer", kinds.LINE, "原厂或运营商", "Maker or carrier"),
            _VIA,
            Field("number", kinds.LINE, "对方受理编号", "Their case number", required=False),
        ),
    ),
    Event(
        "part_requested",
        "part request",
        "申请备件",
        "Part requested",
        _OPEN,
        fields=(_PART, Field("quantity", kinds.QUANTITY, "数量", "Quantity")),
    ),
    Event("part_arrived", "part arrive", "备件到场", "Part arrived", _OPEN, fields=(_PART,)),
    Event(
        "part_replaced",
        "part replace",
        "更换备件",
        "Part replaced",
        _OPEN - {State.OPENED},
        fields=(
            Field("asset", kinds.ASSET, "设备", "Asset"),
            _PART,
            Field("removed_serial", kinds.SERIAL, "拆下序列号", "Serial removed"),
            Field("installed_serial", kinds.SERIAL, "装上序列号", "Serial installed"),
            Field(
                "old_part",
                kinds.OLD_PART,
                "旧件去向",
                "What became of the old part",
                required=False,
            ),
        ),
    ),
    Event("restored", "restore", "业务恢复", "Restored", _DOWN, State.RESTORED, (_MODE,)),
    Event(
        "resolved",
        "resolve",
        "解决",
        "Resolved",
        _OPEN,
        State.RESOLVED,
        (
            _MODE,
            Field("cause", kinds.TEXT, "原因", "Cause"),
            Field("action", kinds.TEXT, "处理措施", "What was done"),
            Field("cause_code", kinds.CAUSE, "原因代码", "Cause by its code", required=False),
            Field("responsible", kinds.RESPONSIBLE, "责任方", "Who answers for it", required=False),
            Field("test_result", kinds.TEXT, "测试结果", "Result of the test", required=False),
        ),
    ),
    Event(
        "confirmed",
        "confirm",
        "客户确认",
        "Confirmed by the customer",
        frozenset({State.RESOLVED, State.CONFIRMED}),
        State.CONFIRMED,
        (
            _CONTACT,
            _VIA,
            Field("satisfaction", kinds.SATISFACTION, "满意度", "Satisfaction", required=False),
            Field("comment", kinds.TEXT, "客户意见", "Customer's comment", required=False),
        ),
    ),
    Event("closed", "close", "关闭", "Closed", frozenset({State.CONFIRMED}), State.CLOSED),
    Event(
        "reopened",
        "reopen",
        "重新打开",
        "Reopened",
        _DONE | {State.RESTORED},
        State.IN_PROGRESS,
        (Field("reason", kinds.TEXT, "原因", "Reason"),),
    ),
    Event(
        "cancelled",
        "cancel",
        "取消",
        "Cancelled",
        _DOWN,
        State.CANCELLED,
        (
            Field("reason", kinds.TEXT, "原因", "Reason"),
            Field("duplicate_of", kinds.TICKET, "重复的工单", "Duplicate of", required=False),
        ),
    ),
    Event("amended", "amend", "更正", "Amended", _ANY, fields=_AMENDED),
    Event(
        "countersigned",
        "countersign",
        "客户会签",
        "Countersigned by the customer",
        _ANY,
        fields=(
            Field("entries", kinds.ENTRIES, "会签的条目", "The entries countersigned"),
            _CONTACT,
        ),
    ),
    Event(
        "justified",
        "justify",
        "超时说明",
        "Breach explained",
        _ANY,
        fields=(
            Field("target", kinds.TARGET, "指标", "Target"),
            Field("cause", kinds.TEXT, "原因", "Cause"),
            Field("improvement", kinds.TEXT, "改进措施", "Improvement"),
        ),
    ),
    Event(
        "analysed",
        "analyse",
        "故障分析",
        "Incident reviewed",
        _OPEN | _DONE,
        fields=(
            Field("edition", kinds.EDITION, "稿次", "Edition"),
            Field("trigger", kinds.TEXT, "诱因", "What triggered it"),
            Field("root_cause", kinds.TEXT, "根本原因", "Root cause", required=False),
            Field("contributing", kinds.TEXT, "促成因素", "What contributed", required=False),
            Field("business_effect", kinds.TEXT, "业务影响", "Effect on business", required=False),
            Field("detected_at", kinds.TIME, "发现时间", "Detected at", required=False),
            Field("detected_by", kinds.DETECTED_BY, "发现方", "Detected by", required=False),
            Field("lessons", kinds.TEXT, "经验教训", "Lessons", required=False),
        ),
    ),
    Event(
        "attached",
        "attach",
        "附件",
        "Attached",
        _ANY,
        fields=(
            Field("file", kinds.ATTACHMENT, "文件", "File"),
            Field("sha256", kinds.SHA256, "SHA-256", "SHA-256"),
            Field("caption", kinds.TEXT, "说明", "Caption", required=False),
            Field(
                "entries",
                kinds.ENTRIES,
                "所证明的条目",
                "The entries that it documents",
                required=False,
            ),
        ),
    ),
)

_INSPECTING = frozenset({State.STARTED})

INSPECTION_EVENTS = (
    Event("started", "start", "开始巡检", "Started", frozenset({State.NEW}), State.STARTED),
    Event(
        "checked",
        "check",
        "检查",
        "Checked",
        _INSPECTING,
        fields=(
            Field("asset", kinds.ASSET, "设备", "Asset"),
            Field("item", kinds.ITEM, "检查项", "Checklist item"),
            Field("value", kinds.MEASURED_VALUE, "数值", "Value", required=False),
            Field("unit", kinds.UNIT, "单位", "Unit", required=False),
            Field("status", kinds.CHECK_STATUS, "结果", "Result"),
            _TICKET_IF_ANY,
        ),
    ),
    Event(
        "skipped",
        "skip",
        "跳过设备",
        "Equipment skipped",
        _INSPECTING,
        fields=(
            Field("asset", kinds.ASSET, "设备", "Asset"),
            Field("reason", kinds.TEXT, "原因", "Reason"),
        ),
    ),
    Event("completed", "complete", "完成", "Completed", _INSPECTING, State.COMPLETED),
    Event(
        "confirmed",
        "confirm",
        "客户确认",
        "Confirmed by the customer",
        frozenset({State.COMPLETED}),
        State.CONFIRMED,
        (_CONTACT, _VIA),
    ),
    Event(
        "amended",
        "amend",
        "更正",
        "Amended",
        frozenset({State.STARTED, State.COMPLETED, State.CONFIRMED}),
        fields=_AMENDED,
    ),
)

_LEDGER = frozenset({State.NEW})

SPARES_EVENTS = (
    Event(
        "received",
        "receive",
        "入库",
        "Received",
        _LEDGER,
        fields=(
            _PART,
            _SERIALS,
            _DEPOT,
            _SUPPLIER,
            _SOURCE_DOCUMENT,
            _DOCUMENT_SHA256,
            _OEM_VERIFIED_BY,
            _CONDITION,
            _WARRANTY_TO,
        ),
    ),
    Event(
        "oem_verified",
        "verify",
        "原厂核验",
        "Verified with the maker",
        _LEDGER,
        fields=(
            _PART,
            _SERIALS,
            replace(_OEM_VERIFIED_BY, required=True),
            replace(_SUPPLIER, required=False),
            _SOURCE_DOCUMENT,
            _DOCUMENT_SHA256,
        ),
    ),
    Event("issued", "issue", "出库", "Issued", _LEDGER, fields=(_PART, _SERIALS, _DEPOT, _TICKET)),
    Event(
        "returned",
        "return",
        "退库",
        "Returned",
        _LEDGER,
        fields=(
            _PART,
            replace(_SERIALS, kind=kinds.SERIALS_BACK),
            _DEPOT,
            _TICKET_IF_ANY,
            _CONDITION,
        ),
    ),
    Event(
        "rma_sent",
        "rma send",
        "返厂送修",
        "Sent back to the maker (RMA)",
        _LEDGER,
        fields=(
            _PART,
            _SERIALS,
            _DEPOT,
            replace(_SUPPLIER, zh="送修单位", en="To whom"),
            Field("rma", kinds.LINE, "RMA 单号", "RMA number", required=False),
        ),
    ),
    Event(
        "rma_returned",
        "rma return",
        "返厂归还",
        "Back from the maker (RMA)",
        _LEDGER,
        fields=(_PART, _SERIALS, _DEPOT, _CONDITION, _WARRANTY_TO),
    ),
    Event(
        "moved",
        "move",
        "调拨",
        "Moved",
        _LEDGER,
        fields=(
            _PART,
            _SERIALS,
            Field("from", kinds.DEPOT, "调出库", "From"),
            Field("to", kinds.DEPOT, "调入库", "To"),
        ),
    ),
    Event(
        "scrapped",
        "scrap",
        "报废",
        "Scrapped",
        _LEDGER,
        fields=(
            _PART,
            _SERIALS,
            Field("depot", kinds.DEPOT, "备件库", "Depot", required=False),
            Field("reason", kinds.TEXT, "原因", "Reason", required=False),
        ),
    ),
    Event(
        "counted",
        "count",
        "盘点",
        "Counted",
        _LEDGER,
        fields=(
            _DEPOT,
            _PART,
            Field("serials", kinds.SERIALS_FOUND, "清点到的序列号", "Serial numbers found"),
            Field("witness", kinds.CONTACT, "见证人", "Witness", required=False),
        ),
    ),
)

ACTION_EVENTS = (
    Event(
        "raised",
        "raise",
        "提出整改",
        "Raised",
        frozenset({State.NEW}),
        State.RAISED,
        (
            _ACTION,
            Field("about", kinds.ABOUT, "事由", "What it is about"),
            Field("text", kinds.TEXT, "整改内容", "What is to be done"),
            Field("owner", kinds.PERSON, "责任人", "Owner"),
            Field("due", kinds.DAY, "期限", "Due"),
        ),
    ),
    Event("done", "done", "整改完成", "Done", frozenset({State.RAISED}), State.DONE, (_ACTION,)),
    Event(
        "verified",
        "verify",
        "整改验证",
        "Verified",
        frozenset({State.DONE, State.VERIFIED}),
        State.VERIFIED,
        (_ACTION,),
    ),
)

SHIFT_EVENTS = (
    Event(
        "handed_over",
        "hand-over",
        "交班",
        "Handed over",
        frozenset({State.NEW}),
        State.HANDED_OVER,
        (
            Field("text", kinds.TEXT, "遗留工作与交代事项", "Work left over and instructions"),
            Field("tools", kinds.TEXT, "工具与钥匙", "Tools and keys", required=False),
            Field(
                "environment",
                kinds.TEXT,
                "机房、电力、空调与监控",
                "Rooms, power, air and monitoring",
                required=False,
            ),
            Field("open", kinds.TICKETS, "未结工单", "Open tickets"),
            Field("exceptions", kinds.TEXT, "例外", "Exceptions", required=False),
            Field(
                "consent_by",
                kinds.PERSON,
                "同意交班的主管",
                "Supervisor who consented",
                required=False,
            ),
        ),
    ),
    Event(
        "taken_over",
        "take-over",
        "接班",
        "Taken over",
        frozenset({State.HANDED_OVER, State.TAKEN_OVER}),
        State.TAKEN_OVER,
        (Field("exceptions", kinds.TEXT, "例外", "Exceptions", required=False),),
    ),
    Event(
        "amended",
        "amend",
        "更正",
        "Amended",
        frozenset({State.HANDED_OVER, State.TAKEN_OVER}),
        fields=_AMENDED,
    ),
)

_SCORES = (
    Field("response", kinds.SATISFACTION, "响应", "Response", required=False),
    Field("skill", kinds.SATISFACTION, "技能", "Skill", required=False),
    Field("attitude", kinds.SATISFACTION, "态度", "Attitude", required=False),
    Field("result", kinds.SATISFACTION, "效果", "Result", required=False),
    Field("documents", kinds.SATISFACTION, "文档", "Documents", required=False),
)
SCORES = tuple(score.key for score in _SCORES)
"""The dimensions that a survey asks for a score of; nobody who did not answer has given any."""

REVIEW_EVENTS = (
    Event(
        "surveyed",
        "survey",
        "满意度调查",
        "Customer surveyed",
        _LEDGER,
        fields=(
            _CONTACT,
            _VIA,
            *_SCORES,
            Field("comment", kinds.TEXT, "客户意见", "What the customer said", required=False),
        ),
    ),
    Event(
        "called_back",
        "call-back",
        "低分回访",
        "Customer called back",
        _LEDGER,
        fields=(_CONTACT, _VIA, Field("text", kinds.TEXT, "回访内容", "What was said")),
    ),
    Event(
        "audited",
        "audit",
        "过程记录审核",
        "Records audited",
        _LEDGER,
        fields=(
            Field("audit", kinds.LINE, "审核名称", "Name of the audit"),
            Field("scope", kinds.TEXT, "审核范围", "What was audited"),
            Field("text", kinds.TEXT, "审核结果", "What was found"),
        ),
    ),
    Event(
        "visited",
        "visit",
        "客户查看备件库",
        "Depot visited by the customer",
        _LEDGER,
        fields=(
            _DEPOT,
            _CONTACT,
            Field("access", kinds.ACCESS, "是否准入", "Let in"),
            Field("text", kinds.TEXT, "查看情况", "What was seen", required=False),
        ),
    ),
)

AGREEMENT_EVENTS = (
    Event(
        "approved",
        "approve",
        "客户同意",
        "Approved by the customer",
        _LEDGER,
        fields=(
            Field("path", kinds.TEXT, "文件路径", "Path of the file"),
            Field("sha256", kinds.SHA256, "该版的 SHA-256", "SHA-256 of the edition"),
            _CONTACT,
            Field(
                "document",
                kinds.SHA256,
                "书面凭证的 SHA-256",
                "SHA-256 of the attached document",
                required=False,
            ),
        ),
    ),
)

_REPORT = Field("report", kinds.DELIVERABLE, "报告", "Report")

REPORT_EVENTS = (
    Event(
        "remarked",
        "remark",
        "撰写说明",
        "Remarked by the provider",
        _LEDGER,
        fields=(
            replace(_REPORT, required=False),
            Field("section", kinds.REPORT_SECTION, "报告章节", "Section of the report"),
            Field("text", kinds.TEXT, "说明内容", "What is to be said of it"),
        ),
    ),
    Event(
        "issued",
        "issue",
        "发布报告",
        "Report issued",
        _LEDGER,
        fields=(
            _REPORT,
            Field("version", kinds.REPORT_VERSION, "版次", "Version", required=False),
            Field("files", kinds.PAPER_FILES, "报告文件", "The files of it", required=False),
            Field("sha256", kinds.SHA256, "报告的 SHA-256", "SHA-256 of the paper", required=False),
        ),
    ),
    Event(
        "submitted",
        "submit",
        "提交报告",
        "Report submitted",
        _LEDGER,
        fields=(_REPORT, replace(_CONTACT, key="to"), _VIA),
    ),
    Event(
        "accepted",
        "accept",
        "客户认可报告",
        "Report accepted by the customer",
        _LEDGER,
        fields=(_REPORT, _CONTACT, _VIA),
    ),
    Event(
        "disputed",
        "dispute",
        "客户对报告有异议",
        "Report disputed by the customer",
        _LEDGER,
        fields=(_REPORT, _CONTACT, Field("text", kinds.TEXT, "异议", "What they object to")),
    ),
    Event(
        "revised",
        "revise",
        "修订报告",
        "Report to be revised",
        _LEDGER,
        fields=(
            _REPORT,
            Field("reason", kinds.TEXT, "修订原因", "Why it is revised"),
            Field("text", kinds.TEXT, "修订说明", "What is to be said of it", required=False),
        ),
    ),
    Event(
        "attached",
        "attach",
        "附件",
        "Attached",
        _LEDGER,
        fields=(
            _REPORT,
            Field("file", kinds.ATTACHMENT, "文件", "File"),
            Field("sha256", kinds.SHA256, "SHA-256", "SHA-256"),
            Field("caption", kinds.TEXT, "说明", "Caption", required=False),
        ),
    ),
)

EVENTS: dict[str, tuple[Event, ...]] = {
    "ticket": TICKET_EVENTS,
    "inspection": INSPECTION_EVENTS,
    "shift": SHIFT_EVENTS,
    "spares": SPARES_EVENTS,
    "actions": ACTION_EVENTS,
    "agreements": AGREEMENT_EVENTS,
    "report": REPORT_EVENTS,
    "reviews": REVIEW_EVENTS,
}
"""The events of each kind of record that has a log."""


def _order() -> Mapping[str, int]:
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for table in EVENTS.values():
        sorter.add(table[0].name)  # a table of one event has no pairs
        for earlier, later in pairwise(table):
            sorter.add(later.name, earlier.name)
    return {name: rank for rank, name in enumerate(sorter.static_order())}


ORDER = _order()
"""The place of every event among all, which in each table is that of the table: in this order those
follow each other that are said to have happened in the same second."""

BY_NAME: dict[str, dict[str, Event]] = {
    kind: {event.name: event for event in events} for kind, events in EVENTS.items()
}


STOPS = {
    "respond": ("acknowledged", "arrived", "restored", "resolved"),
    "arrive": ("arrived", "restored", "resolved"),
    "restore": ("restored", "resolved"),
    "resolve": ("resolved",),
}
"""The events that stop each target counted from the report: its own, and those that imply it."""

OF_A_DRILL = frozenset({"injected", "answered", "rated"})
"""What only a drill has: scenes, the answers to them, and how it went."""

FINAL_ASKS = ("root_cause", "business_effect")
"""What the final edition of a review says as well."""


def has_step(ticket_kind: str, event: str) -> bool:
    """Whether tickets of a kind have such a step at all, wherever they stand."""
    return ticket_kind == "drill" or event not in OF_A_DRILL


REACHED_BY = STOPS | {"update": ("updated",), "part": ("part_arrived",)}
"""The events by which any target is reached, its own first."""

STARTS = frozenset({"resumed", "reopened", "part_requested"})
"""Events whose later time favours the provider; so does a ``severity_agreed`` that raises."""


def event_named(kind: str, name: str) -> Event:
    """The row of the table; raises ``KeyError`` where the kind of record knows no such event."""
    return BY_NAME[kind][name]


def event_called(kind: str, said: str) -> str:
    """The name of the event that is called so, as its command is or as people read it (ack, 响应); ``said`` where none is."""
    return next((row.name for row in EVENTS[kind] if said in {row.verb, row.zh}), said)
