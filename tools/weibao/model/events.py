"""The events of every log, as one declarative table.

From this table come the branches of the schemas (``schemas/*.schema.json``), the verbs and options
of the commands, the references that are checked, and the rows of the lifecycle. An event that is
not here does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a record stands: the fold of its timeline."""

    NEW = "new"
    OPENED = "opened"
    IN_PROGRESS = "in_progress"
    RESTORED = "restored"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    STARTED = "started"
    COMPLETED = "completed"
    RAISED = "raised"
    DONE = "done"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Field:
    """A key of an entry beyond ``at``, ``event``, ``by``, ``note`` and ``internal``.

    ``kind`` names the ``$defs`` of ``schemas/common.schema.json`` that it must satisfy, and with
    it what it refers to: ``person``, ``contact``, ``asset``, ``part``, ``depot``, ``ticket`` …
    ``choices`` makes it one of a closed set of words, for which ``kind`` is the words' name.
    """

    key: str
    kind: str
    zh: str
    en: str
    required: bool = True
    choices: tuple[str, ...] = ()


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


REASONS = (
    "customer_information",
    "site_access",
    "change_freeze",
    "third_party_carrier",
    "force_majeure",
)
"""Why a clock may pause. The provider's own missing part or person is none of them."""

MODES = ("remote", "on_site")
VIAS = ("phone", "email", "message", "portal", "in_person")
TARGETS = ("respond", "arrive", "restore", "resolve", "update", "part")

_OPEN = frozenset({State.OPENED, State.IN_PROGRESS, State.RESTORED})
_DONE = frozenset({State.RESOLVED, State.CONFIRMED, State.CLOSED})
_LIVE = _OPEN | {State.RESOLVED, State.CONFIRMED}
_ANY = _OPEN | _DONE | {State.CANCELLED}

_MODE = Field("mode", "mode", "方式", "How", choices=MODES)
_VIA = Field("via", "via", "渠道", "Through", choices=VIAS)
_PART = Field("part", "part", "备件", "Part")
_CONTACT = Field("contact", "contact", "客户联系人", "Customer contact")
_SERIALS = Field("serials", "serials", "序列号", "Serial numbers")
_DEPOT = Field("depot", "depot", "备件库", "Depot")
_TICKET = Field("ticket", "ticket", "工单", "Ticket")
_TICKET_IF_ANY = Field("ticket", "ticket", "工单", "Ticket", required=False)
_ACTION = Field("action", "name", "整改项", "Corrective action")

_AMENDED = (
    Field(
        "entry",
        "entry_reference",
        "被更正的记录行",
        "The entry amended; the header if none",
        required=False,
    ),
    Field("field", "key", "更正的字段", "The key corrected"),
    Field("value", "amended_value", "更正后的值", "The value it should have"),
    Field("reason", "text", "更正原因", "Why"),
)

TICKET_EVENTS = (
    Event("opened", "open", "受理", "Opened", frozenset({State.NEW}), State.OPENED),
    Event(
        "notified",
        "notify",
        "通知",
        "Notified",
        _LIVE,
        None,
        (
            Field("whom", "person", "通知对象", "Who was told"),
            _VIA,
        ),
    ),
    Event(
        "assigned",
        "assign",
        "分派",
        "Assigned",
        _LIVE,
        None,
        (Field("to", "person", "负责人", "The person responsible"),),
    ),
    Event(
        "acknowledged",
        "ack",
        "响应",
        "Acknowledged",
        frozenset({State.OPENED, State.IN_PROGRESS}),
        State.IN_PROGRESS,
    ),
    Event(
        "dispatched",
        "dispatch",
        "派出",
        "Dispatched",
        _OPEN,
        None,
        (Field("to", "person", "派出人员", "Who was sent"),),
    ),
    Event(
        "arrived",
        "arrive",
        "到场",
        "Arrived on site",
        frozenset({State.OPENED, State.IN_PROGRESS}),
        State.IN_PROGRESS,
    ),
    Event("left", "leave", "离场", "Left the site", _LIVE - {State.OPENED}),
    Event(
        "paused",
        "pause",
        "暂停计时",
        "Paused",
        _OPEN,
        None,
        (Field("reason", "pause_reason", "暂停原因", "Reason", choices=REASONS),),
    ),
    Event("resumed", "resume", "恢复计时", "Resumed", _OPEN),
    Event(
        "severity_agreed",
        "severity",
        "级别变更",
        "Severity agreed",
        _OPEN,
        None,
        (
            Field("severity", "severity", "级别", "Severity"),
            Field("consent_by", "contact", "同意人", "Consented by", required=False),
        ),
    ),
    Event("updated", "update", "进展", "Updated", _LIVE, noted=True),
    Event(
        "escalated",
        "escalate",
        "升级",
        "Escalated",
        _OPEN,
        None,
        (
            Field("level", "level", "升级级别", "Rung of the ladder"),
            Field("to", "person", "升级对象", "Who was told"),
            Field("trigger", "text", "触发条件", "What triggered it", required=False),
        ),
    ),
    Event(
        "part_requested",
        "part request",
        "申请备件",
        "Part requested",
        _OPEN,
        None,
        (
            _PART,
            Field("quantity", "quantity", "数量", "Quantity"),
        ),
    ),
    Event("part_arrived", "part arrive", "备件到场", "Part arrived", _OPEN, None, (_PART,)),
    Event(
        "part_replaced",
        "part replace",
        "更换备件",
        "Part replaced",
        _OPEN - {State.OPENED},
        None,
        (
            Field("asset", "asset", "设备", "Asset"),
            _PART,
            Field("removed_serial", "serial", "拆下序列号", "Serial removed"),
            Field("installed_serial", "serial", "装上序列号", "Serial installed"),
        ),
    ),
    Event(
        "restored",
        "restore",
        "业务恢复",
        "Restored",
        frozenset({State.OPENED, State.IN_PROGRESS}),
        State.RESTORED,
        (_MODE,),
    ),
    Event(
        "resolved",
        "resolve",
        "解决",
        "Resolved",
        _OPEN,
        State.RESOLVED,
        (
            _MODE,
            Field("cause", "text", "原因", "Cause"),
            Field("action", "text", "处理措施", "What was done"),
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
            Field("satisfaction", "satisfaction", "满意度", "Satisfaction", required=False),
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
        (Field("reason", "text", "原因", "Reason"),),
    ),
    Event(
        "cancelled",
        "cancel",
        "取消",
        "Cancelled",
        frozenset({State.OPENED, State.IN_PROGRESS}),
        State.CANCELLED,
        (
            Field("reason", "text", "原因", "Reason"),
            Field("duplicate_of", "ticket", "重复的工单", "Duplicate of", required=False),
        ),
    ),
    Event("amended", "amend", "更正", "Amended", _ANY, None, _AMENDED),
    Event(
        "countersigned",
        "countersign",
        "客户会签",
        "Countersigned by the customer",
        _ANY,
        None,
        (
            Field("entries", "entry_references", "会签的记录行", "The entries countersigned"),
            _CONTACT,
        ),
    ),
    Event(
        "justified",
        "justify",
        "超时说明",
        "Breach explained",
        _ANY,
        None,
        (
            Field("target", "target", "指标", "Target", choices=TARGETS),
            Field("cause", "text", "原因", "Cause"),
            Field("improvement", "text", "改进措施", "Improvement"),
        ),
    ),
    Event(
        "attached",
        "attach",
        "附件",
        "Attached",
        _ANY,
        None,
        (
            Field("file", "attachment", "文件", "File"),
            Field("sha256", "sha256", "SHA-256", "SHA-256"),
            Field("caption", "text", "说明", "Caption", required=False),
        ),
    ),
)

_INSPECTING = frozenset({State.STARTED})
CHECK_STATUSES = ("ok", "warning", "failed", "not_applicable")

INSPECTION_EVENTS = (
    Event("started", "start", "开始巡检", "Started", frozenset({State.NEW}), State.STARTED),
    Event(
        "checked",
        "check",
        "检查",
        "Checked",
        _INSPECTING,
        None,
        (
            Field("asset", "asset", "设备", "Asset"),
            Field("item", "name", "检查项", "Checklist item"),
            Field("value", "measured_value", "数值", "Value", required=False),
            Field("unit", "unit", "单位", "Unit", required=False),
            Field("status", "check_status", "结果", "Result", choices=CHECK_STATUSES),
            _TICKET_IF_ANY,
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
        None,
        _AMENDED,
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
        None,
        (
            _PART,
            _SERIALS,
            _DEPOT,
            Field("supplier", "text", "供应商", "Supplier"),
            Field("source_document", "text", "来源凭证", "Source document", required=False),
            Field(
                "document_sha256",
                "sha256",
                "凭证 SHA-256",
                "SHA-256 of the document",
                required=False,
            ),
            Field(
                "oem_verified_by",
                "person",
                "原厂核验人",
                "Who verified it with the maker",
                required=False,
            ),
        ),
    ),
    Event("issued", "issue", "出库", "Issued", _LEDGER, None, (_PART, _SERIALS, _DEPOT, _TICKET)),
    Event(
        "returned",
        "return",
        "退库",
        "Returned",
        _LEDGER,
        None,
        (_PART, _SERIALS, _DEPOT, _TICKET_IF_ANY),
    ),
    Event(
        "moved",
        "move",
        "调拨",
        "Moved",
        _LEDGER,
        None,
        (
            _PART,
            _SERIALS,
            Field("from", "depot", "调出库", "From"),
            Field("to", "depot", "调入库", "To"),
        ),
    ),
    Event(
        "scrapped",
        "scrap",
        "报废",
        "Scrapped",
        _LEDGER,
        None,
        (
            _PART,
            _SERIALS,
            Field("depot", "depot", "备件库", "Depot", required=False),
            Field("reason", "text", "原因", "Reason", required=False),
        ),
    ),
    Event(
        "counted",
        "count",
        "盘点",
        "Counted",
        _LEDGER,
        None,
        (
            _DEPOT,
            _PART,
            Field("serials", "serials_found", "清点到的序列号", "Serial numbers found"),
            Field("witness", "contact", "见证人", "Witness", required=False),
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
            Field("about", "about", "事由", "What it is about"),
            Field("text", "text", "整改内容", "What is to be done"),
            Field("owner", "person", "责任人", "Owner"),
            Field("due", "day", "期限", "Due"),
        ),
    ),
    Event(
        "done",
        "done",
        "整改完成",
        "Done",
        frozenset({State.RAISED}),
        State.DONE,
        (_ACTION,),
    ),
    Event(
        "verified",
        "verify",
        "整改验证",
        "Verified",
        frozenset({State.DONE}),
        State.VERIFIED,
        (_ACTION,),
    ),
)

EVENTS: dict[str, tuple[Event, ...]] = {
    "ticket": TICKET_EVENTS,
    "inspection": INSPECTION_EVENTS,
    "spares": SPARES_EVENTS,
    "actions": ACTION_EVENTS,
}
"""The events of each kind of record that has a log."""

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

STARTS = frozenset({"resumed", "reopened", "part_requested"})
"""Events whose later time favours the provider; so does a ``severity_agreed`` that raises."""


def event_named(kind: str, name: str) -> Event:
    """The row of the table; raises ``KeyError`` where the kind of record knows no such event."""
    return BY_NAME[kind][name]
