"""What registers call their columns, and what they write in them: one table, both languages.

A word stands here only where it means one thing in every register; all else is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": (
        *(
            "工单号",
            "工单编号",
            "单号",
            "故障编号",
            "故障单号",
            "报修单号",
            "事件编号",
            "流水号",
            "编号",
        ),
        *("Issue key", "Ticket number", "TicketNumber", "Ticket#", "Ticket ID", "Incident number"),
        *("Number", "ID"),
    ),
    "title": (
        *("故障现象", "故障描述", "问题描述", "故障内容", "报修内容", "故障情况", "标题", "主题"),
        *("Title", "Summary", "Subject", "Short description", "Problem"),
    ),
    "kind": ("工单类型", "工单类别", "类型", "类别", "Issue Type", "Ticket type", "Type"),
    "severity": (
        *("级别", "故障级别", "故障等级", "等级", "紧急程度", "优先级", "严重程度"),
        *("Severity", "Priority", "Urgency"),
    ),
    "reported_at": (
        *(
            "报修时间",
            "报障时间",
            "报告时间",
            "受理时间",
            "接报时间",
            "登记时间",
            "创建时间",
            "报修日期",
        ),
        *(
            "Opening date",
            "Opened",
            "Created",
            "Created at",
            "Reported at",
            "Reported",
            "日期",
            "Date",
        ),
    ),
    "reported_at.time": ("时间", "时刻", "Time"),
    "reported_by": (
        *("报修人", "报障人", "报告人", "申请人", "联系人"),
        *("Requester", "Reporter", "Reported by", "Caller", "Customer"),
    ),
    "intake.channel": (
        *("报修方式", "报障方式", "受理方式", "报修渠道", "渠道", "来源"),
        *("Channel", "Contact type", "Source"),
    ),
    "intake.received_by": (
        *("接报人", "受理人", "接单人", "登记人", "记录人"),
        *("Received by", "Taken by", "Opened by", "Creator"),
    ),
    "assets": (
        *("设备", "设备名称", "故障设备", "报修设备", "资产"),
        *("Asset", "Assets", "Device", "Equipment", "Configuration item"),
    ),
    "description": ("详细描述", "故障详情", "详情", "Description", "Details"),
    "acknowledged": (
        *("响应时间", "接单时间"),
        *("Acknowledged", "Acknowledged at", "Responded at", "First response"),
    ),
    "arrived": ("到场时间", "到达时间", "到达现场时间", "Arrived", "Arrived at", "On site"),
    "restored": ("恢复时间", "业务恢复时间", "Restored", "Restored at"),
    "resolved": (
        *("完成时间", "解决时间", "处理完成时间", "修复时间"),
        *("Resolution date", "Resolved", "Resolved at"),
    ),
    "closed": (
        *("关闭时间", "办结时间", "结单时间"),
        *("Closing date", "Closed", "Closed at"),
    ),
    "by": (
        *("处理人", "工程师", "维修人", "维修人员", "处理人员", "经办人"),
        *("Assignee", "Assigned to", "Technician", "Engineer", "Owner"),
    ),
    "cause": ("故障原因", "原因", "原因分析", "Cause", "Root cause"),
    "action": (
        *("处理结果", "处理措施", "处理方法", "处理过程", "解决方案", "措施", "结果"),
        *("Action", "Action taken", "Solution", "Close notes"),
    ),
    "status": ("状态", "工单状态", "处理状态", "完成情况", "Status", "State"),
    "": (
        *(
            "序号",
            "备注",
            "满意度",
            "回访人",
            "电话",
            "联系电话",
            "手机",
            "报修单位",
            "单位",
            "科室",
        ),
        *("客户签字", "回访", "邮箱", "No.", "Remarks", "Notes", "Phone", "Department"),
    ),
}
"""By what of a ticket they are, the names of columns, the surest first; under "" those that are kept as they are."""

SERIAL_COLUMNS = ("序号", "No.", "#")
"""Columns that count the lines of a sheet, and say nothing of a ticket."""

TOTALS = ("合计", "总计", "小计", "共计", "Total", "Totals", "Subtotal", "Sum")
"""What stands at the beginning of a row that is none of the register."""

NONE = ("/", "//", "-", "--", "—", "——", "无", "N/A", "n/a", "none", "null")
"""What is written where there was none."""

NEVER_ON_SITE = ("远程", "远程处理", "未到场", "remote", "remotely")
"""What a column of arrivals has besides, where nobody went there."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "fault": ("故障", "故障报修", "报修", "Incident", "Fault", "Problem"),
    "request": (
        *("请求", "服务请求", "需求", "变更", "变更请求"),
        *("Request", "Service Request", "Change", "OpenQuestion"),
    ),
    "consultation": ("咨询", "技术咨询", "Consultation"),
}
CHANNELS: Mapping[str, tuple[str, ...]] = {
    "phone": ("电话", "来电", "热线", "Phone", "Call", "Telephone"),
    "email": ("邮件", "电子邮件", "邮箱", "Email", "E-mail"),
    "pm": ("项目经理", "Project manager"),
    "engineer": ("工程师", "Engineer"),
    "portal": ("门户", "网页", "自助", "Portal", "Web", "Self service", "Self-service"),
    "monitoring": ("监控", "监控告警", "Monitoring", "Event"),
}
RESOLVED, CLOSED, CANCELLED, OPEN = "resolved", "closed", "cancelled", "open"
STATUSES: Mapping[str, tuple[str, ...]] = {
    RESOLVED: ("已解决", "已处理", "已恢复", "已修复", "Solved", "Resolved"),
    CLOSED: (
        *("已关闭", "关闭", "已完成", "完成", "已办结", "办结", "已结单", "Closed", "Done"),
        *("closed successful", "closed unsuccessful"),
    ),
    CANCELLED: (
        *("已取消", "取消", "作废", "已作废", "重复", "Canceled", "Cancelled", "Duplicate"),
        *("merged", "removed"),
    ),
    OPEN: (
        *(
            "处理中",
            "待处理",
            "未完成",
            "未处理",
            "挂起",
            "已派单",
            "新建",
            "New",
            "Open",
            "Pending",
        ),
        *("In Progress", "On Hold", "Waiting for customer", "Waiting for support", "Reopened"),
        *("Awaiting implementation", "Processing (assigned)", "Processing (planned)"),
        *("pending reminder", "pending close", "pending auto close+", "pending auto close-"),
    ),
}
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
"""Levels in Roman numbers; the one character Ⅲ is the same as three letters once its width is folded."""

LIST_COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "assets": {
        "name": ("设备名称", "名称", "Asset Name", "Device Name", "Name"),
        "tag": ("资产编号", "固定资产编号", "设备编号", "Asset Tag", "asset_tag", "Asset tag"),
        "kind": ("设备类别", "设备类型", "类别", "Role", "device_role", "Category"),
        "vendor": ("品牌", "厂商", "厂家", "制造商", "Manufacturer", "Vendor"),
        "model": ("型号", "规格型号", "设备型号", "Type", "device_type", "Model"),
        "serial": ("序列号", "SN", "S/N", "出厂编号", "Serial number", "Serial"),
        "site": ("场所", "站点", "Site"),
        "location": ("安装位置", "存放位置", "位置", "机柜", "Rack", "Location"),
        "in_service": ("启用日期", "投运日期"),
        "covered": ("维保起止", "维保期限", "维保期", "Cover"),
        "covered_from": ("维保自", "维保开始", "维保起始"),
        "covered_to": ("维保至", "维保到期", "维保截止"),
        "state": ("使用状态", "状态", "Status"),
    },
    "spares": {
        "name": ("备件名称", "名称", "Part name", "Name"),
        "oem": ("品牌", "厂商", "原厂", "Manufacturer"),
        "number": ("型号/料号", "料号", "规格型号", "型号", "Part number", "MPN"),
        "serial": ("序列号", "SN", "Serial number", "Serial numbers"),
        "quantity": ("数量", "库存数量", "Quantity", "Qty"),
        "depot": ("库存位置", "库位", "备件库", "存放位置", "Depot", "Location"),
        "minimum": ("最低库存", "安全库存", "Minimum stock"),
        "received_on": ("入库日期", "入库时间", "Received on"),
        "supplier": ("供货商", "供应商", "供货单位", "Supplier"),
    },
    "staff": {
        "name": ("姓名", "人员", "Name", "Full name"),
        "roles": ("岗位", "职务", "角色", "Role", "Position"),
        "email": ("邮箱", "电子邮箱", "邮件", "E-mail", "Email"),
        "certificate": ("资质证书", "证书", "认证", "Certificate"),
        "number": ("证书编号", "证号", "Certificate number"),
        "certified_to": ("有效期至", "到期日期", "Valid until", "Expires"),
        "from": ("到岗日期", "任职日期", "In role from"),
    },
    "rota": {
        "name": ("姓名", "人员", "值班人", "Name"),
        "rota": ("岗位", "值班表", "班组", "Rota", "Role"),
    },
}
"""Of lists of equipment, spares, people and duties the columns, as :data:`COLUMNS` has those of tickets."""

IN_USE = ("在用", "备用", "使用中", "运行", "active", "in use", "staged")
OUT_OF_USE = (
    *("报废", "已报废", "停用", "退役", "decommissioning", "retired", "offline", "inventory"),
    *("planned", "failed"),
)
NOT_COVERED = ("不在保", "不保", "未维保", "过保", "出保", "not covered", "out of warranty")
"""What a cell says of equipment that the contract does not cover."""

OFF_DUTY = ("休", "休息", "off", "O")
ON_LEAVE = ("假", "请假", "年假", "事假", "病假", "leave", "L")
NOTES = ("注", "备注", "说明", "注意", "Note", "Legend")
"""How a row below a table begins that explains it."""
