"""plan.yaml of the example: the rounds of inspection and the planned work of the year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

_ROUNDS = (
    (
        "monthly-lancheng",
        "澜城数据中心月度巡检",
        "Monthly inspection, Lancheng data centre",
        "lancheng",
        9,
    ),
    ("monthly-qingyu", "青屿分公司月度巡检", "Monthly inspection, Qingyu branch", "qingyu", 12),
    ("monthly-yunxiu", "云岫水厂月度巡检", "Monthly inspection, Yunxiu waterworks", "yunxiu", 16),
)


def plan_data(start: date) -> dict[str, Any]:
    """The plan from the first month of the term on."""

    def on(months: int, day: int) -> str:
        first = (start + timedelta(days=31 * months)).replace(day=1)
        return first.replace(day=day).isoformat()

    lines: dict[str, Any] = {
        key: {
            "kind": "inspection",
            "name": {"zh": zh, "en": en},
            "issued_by": "lin-lan",
            "start": on(0, day),
            "rule": f"FREQ=MONTHLY;BYMONTHDAY={day}",
            "due_within": "7d",
            "assets": {"sites": [site]},
            "checklists": ["all-devices", "network"],
        }
        for key, zh, en, site, day in _ROUNDS
    }
    lines["quarterly-power"] = {
        "kind": "inspection",
        "name": {"zh": "电源季度巡检", "en": "Quarterly inspection of the power supply"},
        "issued_by": "lin-lan",
        "start": on(0, 18),
        "rule": "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=18",
        "due_within": "10d",
        "assets": {"kinds": ["ups"]},
        "checklists": ["all-devices", "ups"],
    }
    for key, kind, zh, en, first, every, within in (
        (
            "quarterly-upgrade",
            "upgrade",
            "季度版本升级",
            "Quarterly software upgrade",
            on(1, 22),
            3,
            "10d",
        ),
        (
            "half-year-power",
            "downtime",
            "半年配电检修",
            "Half-yearly power maintenance",
            on(3, 14),
            6,
            "10d",
        ),
        (
            "quarterly-exchange",
            "exchange",
            "季度技术交流",
            "Quarterly technical exchange",
            on(2, 25),
            3,
            "10d",
        ),
    ):
        day = int(first[-2:])
        lines[key] = {
            "kind": kind,
            "name": {"zh": zh, "en": en},
            "issued_by": "lin-lan",
            "start": first,
            "rule": f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={day}",
            "due_within": within,
        }
    return {"plan": lines, "checklists": _checklists()}


def _checklists() -> dict[str, Any]:
    def item(key: str, zh: str, en: str, **more: object) -> dict[str, Any]:
        return {"item": key, "name": {"zh": zh, "en": en}, **more}

    return {
        "all-devices": [
            item("appearance", "外观与指示灯", "Appearance and lamps"),
            item(
                "temperature",
                "设备温度",
                "Device temperature",
                unit="°C",
                warning_above=45,
                failed_above=60,
            ),
        ],
        "network": [
            item("cpu", "CPU 利用率", "CPU load", unit="%", warning_above=60, failed_above=85),
            item(
                "memory", "内存利用率", "Memory in use", unit="%", warning_above=70, failed_above=90
            ),
            item(
                "optics",
                "上联收光",
                "Received light, uplink",
                unit="dBm",
                warning_below=-12,
                failed_below=-16,
            ),
        ],
        "ups": [
            item("load", "负载率", "Load", unit="%", warning_above=70, failed_above=90),
            item(
                "backup",
                "后备时间",
                "Time on battery",
                unit="min",
                warning_below=30,
                failed_below=20,
            ),
        ],
    }
