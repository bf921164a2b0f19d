"""The customer's network: sites, services, equipment, and the spare parts that fit it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

SITE_NAMES = {"lancheng": "澜城数据中心", "qingyu": "青屿分公司", "yunxiu": "云岫水厂"}
SITES = {
    "lancheng": {"zh": "澜城数据中心", "en": "Lancheng data centre"},
    "qingyu": {"zh": "青屿分公司", "en": "Qingyu branch"},
    "yunxiu": {"zh": "云岫水厂", "en": "Yunxiu waterworks"},
}
SERVICES = {
    "wan": {"zh": "广域网", "en": "WAN"},
    "dc-core": {"zh": "数据中心核心网", "en": "Data centre core"},
    "internet": {"zh": "互联网出口", "en": "Internet exit"},
    "office": {"zh": "办公接入", "en": "Office access"},
    "dispatch": {"zh": "生产调度网", "en": "Production dispatch"},
}


@dataclass(frozen=True, slots=True)
class Equipment:
    """One asset; ``name`` and ``english`` are how people call it."""

    id: str
    name: str
    english: str
    kind: str
    vendor: str
    model: str
    site: str
    location: str
    services: tuple[str, ...]


def _row(
    id: str,  # noqa: A002 - the column's name
    name: str,
    english: str,
    kind: str,
    maker: str,
    place: str,
    services: str,
) -> Equipment:
    vendor, _, model = maker.partition(" ")
    site, _, location = place.partition(" ")
    return Equipment(
        id, name, english, kind, vendor, model, site, location, tuple(services.split())
    )


def _access(site: str, code: str, zh: str, en: str, count: int, services: str) -> list[Equipment]:
    return [
        _row(
            f"acc-sw-{code}-{number:02}",
            f"{zh}接入交换机 {number}",
            f"{en} access switch {number}",
            "switch",
            "h3c S5560X-54C-EI",
            f"{site} {number + 1} 层弱电间",
            services,
        )
        for number in range(1, count + 1)
    ]


EQUIPMENT: tuple[Equipment, ...] = (
    _row(
        "core-sw-01",
        "核心交换机 1",
        "Core switch 1",
        "switch",
        "huawei S12708",
        "lancheng A 排 03 柜 20U",
        "dc-core wan",
    ),
    _row(
        "core-sw-02",
        "核心交换机 2",
        "Core switch 2",
        "switch",
        "huawei S12708",
        "lancheng A 排 04 柜 20U",
        "dc-core wan",
    ),
    _row(
        "agg-sw-lc-01",
        "澜城汇聚交换机 1",
        "Lancheng aggregation switch 1",
        "switch",
        "huawei S7706",
        "lancheng B 排 01 柜 24U",
        "office dc-core",
    ),
    _row(
        "agg-sw-lc-02",
        "澜城汇聚交换机 2",
        "Lancheng aggregation switch 2",
        "switch",
        "huawei S7706",
        "lancheng B 排 02 柜 24U",
        "office dc-core",
    ),
    *_access("lancheng", "lc", "澜城", "Lancheng", 8, "office"),
    _row(
        "rt-lc-01",
        "澜城出口路由器 1",
        "Lancheng edge router 1",
        "router",
        "h3c MSR5680",
        "lancheng A 排 01 柜 30U",
        "wan internet",
    ),
    _row(
        "rt-lc-02",
        "澜城出口路由器 2",
        "Lancheng edge router 2",
        "router",
        "h3c MSR5680",
        "lancheng A 排 02 柜 30U",
        "wan internet",
    ),
    _row(
        "fw-lc-01",
        "澜城防火墙 1",
        "Lancheng firewall 1",
        "firewall",
        "huawei USG6650E",
        "lancheng A 排 01 柜 24U",
        "internet",
    ),
    _row(
        "fw-lc-02",
        "澜城防火墙 2",
        "Lancheng firewall 2",
        "firewall",
        "huawei USG6650E",
        "lancheng A 排 02 柜 24U",
        "internet",
    ),
    _row(
        "ups-lc-01",
        "澜城 UPS 1",
        "Lancheng UPS 1",
        "ups",
        "vertiv EXL-S1-120K",
        "lancheng 配电间",
        "dc-core",
    ),
    _row(
        "ups-lc-02",
        "澜城 UPS 2",
        "Lancheng UPS 2",
        "ups",
        "vertiv EXL-S1-120K",
        "lancheng 配电间",
        "dc-core",
    ),
    _row(
        "line-unicom-lc",
        "澜城联通互联网专线",
        "Lancheng Unicom internet line",
        "line",
        "unicom 1G",
        "lancheng 进线间",
        "internet",
    ),
    _row(
        "line-telecom-lc",
        "澜城电信互联网专线",
        "Lancheng Telecom internet line",
        "line",
        "telecom 1G",
        "lancheng 进线间",
        "internet",
    ),
    _row(
        "core-sw-qy-01",
        "青屿核心交换机",
        "Qingyu core switch",
        "switch",
        "h3c S10508X",
        "qingyu 机房 02 柜 20U",
        "wan office",
    ),
    _row(
        "agg-sw-qy-01",
        "青屿汇聚交换机",
        "Qingyu aggregation switch",
        "switch",
        "h3c S7503E",
        "qingyu 机房 02 柜 12U",
        "office",
    ),
    *_access("qingyu", "qy", "青屿", "Qingyu", 5, "office"),
    _row(
        "rt-qy-01",
        "青屿广域网路由器",
        "Qingyu WAN router",
        "router",
        "h3c MSR3620",
        "qingyu 机房 01 柜 30U",
        "wan",
    ),
    _row(
        "fw-qy-01",
        "青屿防火墙",
        "Qingyu firewall",
        "firewall",
        "huawei USG6530E",
        "qingyu 机房 01 柜 24U",
        "wan",
    ),
    _row("ups-qy-01", "青屿 UPS", "Qingyu UPS", "ups", "vertiv ITA-20K", "qingyu 机房", "office"),
    _row(
        "line-unicom-qy",
        "青屿联通专线",
        "Qingyu Unicom line",
        "line",
        "unicom 200M",
        "qingyu 进线间",
        "wan",
    ),
    _row(
        "line-telecom-qy",
        "青屿电信专线",
        "Qingyu Telecom line",
        "line",
        "telecom 200M",
        "qingyu 进线间",
        "wan",
    ),
    _row(
        "agg-sw-yx-01",
        "云岫汇聚交换机 1",
        "Yunxiu aggregation switch 1",
        "switch",
        "h3c S7503E",
        "yunxiu 中控楼机房 01 柜",
        "dispatch",
    ),
    _row(
        "agg-sw-yx-02",
        "云岫汇聚交换机 2",
        "Yunxiu aggregation switch 2",
        "switch",
        "h3c S7503E",
        "yunxiu 中控楼机房 02 柜",
        "dispatch",
    ),
    *_access("yunxiu", "yx", "云岫", "Yunxiu", 4, "dispatch"),
    _row(
        "rt-yx-01",
        "云岫广域网路由器",
        "Yunxiu WAN router",
        "router",
        "h3c MSR3620",
        "yunxiu 中控楼机房 01 柜",
        "wan dispatch",
    ),
    _row(
        "fw-yx-01",
        "云岫防火墙",
        "Yunxiu firewall",
        "firewall",
        "huawei USG6530E",
        "yunxiu 中控楼机房 01 柜",
        "dispatch",
    ),
    _row(
        "ups-yx-01",
        "云岫 UPS",
        "Yunxiu UPS",
        "ups",
        "vertiv ITA-20K",
        "yunxiu 中控楼机房",
        "dispatch",
    ),
    _row(
        "line-telecom-yx",
        "云岫电信专线",
        "Yunxiu Telecom line",
        "line",
        "telecom 100M",
        "yunxiu 进线间",
        "wan dispatch",
    ),
    _row(
        "line-unicom-yx",
        "云岫联通专线",
        "Yunxiu Unicom line",
        "line",
        "unicom 100M",
        "yunxiu 进线间",
        "wan dispatch",
    ),
)
BY_ID = {one.id: one for one in EQUIPMENT}


def assets_data(start: date, end: date) -> dict[str, object]:
    """``assets.yaml``: every piece covered for the contract's term, both days included."""
    covered = {"from": start.isoformat(), "to": end.isoformat()}
    return {
        "assets": {
            one.id: {
                "name": {"zh": one.name, "en": one.english},
                "kind": one.kind,
                "vendor": one.vendor,
                "model": one.model,
                "serial": f"2102{start.year - 5 - number % 3}{7301 + 37 * number}",
                "site": one.site,
                "location": one.location,
                "services": list(one.services),
                "in_service": f"{start.year - 5 - number % 3}-{number % 12 + 1:02}-15",
                "covered": covered,
            }
            for number, one in enumerate(EQUIPMENT)
        }
    }
