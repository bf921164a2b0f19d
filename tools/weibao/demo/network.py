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


_TABLE = """\
core-sw-01 | 核心交换机 1 | Core switch 1 | switch | huawei S12708 | lancheng A 排 03 柜 20U | dc-core wan
core-sw-02 | 核心交换机 2 | Core switch 2 | switch | huawei S12708 | lancheng A 排 04 柜 20U | dc-core wan
agg-sw-lc-01 | 澜城汇聚交换机 1 | Lancheng aggregation switch 1 | switch | huawei S7706 | lancheng B 排 01 柜 24U | office dc-core
agg-sw-lc-02 | 澜城汇聚交换机 2 | Lancheng aggregation switch 2 | switch | huawei S7706 | lancheng B 排 02 柜 24U | office dc-core
acc-sw-lc-01 | 澜城接入交换机 1 | Lancheng access switch 1 | switch | h3c S5560X-54C-EI | lancheng 2 层弱电间 | office
acc-sw-lc-02 | 澜城接入交换机 2 | Lancheng access switch 2 | switch | h3c S5560X-54C-EI | lancheng 3 层弱电间 | office
acc-sw-lc-03 | 澜城接入交换机 3 | Lancheng access switch 3 | switch | h3c S5560X-54C-EI | lancheng 4 层弱电间 | office
acc-sw-lc-04 | 澜城接入交换机 4 | Lancheng access switch 4 | switch | h3c S5560X-54C-EI | lancheng 5 层弱电间 | office
acc-sw-lc-05 | 澜城接入交换机 5 | Lancheng access switch 5 | switch | h3c S5560X-54C-EI | lancheng 6 层弱电间 | office
acc-sw-lc-06 | 澜城接入交换机 6 | Lancheng access switch 6 | switch | h3c S5560X-54C-EI | lancheng 7 层弱电间 | office
acc-sw-lc-07 | 澜城接入交换机 7 | Lancheng access switch 7 | switch | h3c S5560X-54C-EI | lancheng 8 层弱电间 | office
acc-sw-lc-08 | 澜城接入交换机 8 | Lancheng access switch 8 | switch | h3c S5560X-54C-EI | lancheng 9 层弱电间 | office
rt-lc-01 | 澜城出口路由器 1 | Lancheng edge router 1 | router | h3c MSR5680 | lancheng A 排 01 柜 30U | wan internet
rt-lc-02 | 澜城出口路由器 2 | Lancheng edge router 2 | router | h3c MSR5680 | lancheng A 排 02 柜 30U | wan internet
fw-lc-01 | 澜城防火墙 1 | Lancheng firewall 1 | firewall | huawei USG6650E | lancheng A 排 01 柜 24U | internet
fw-lc-02 | 澜城防火墙 2 | Lancheng firewall 2 | firewall | huawei USG6650E | lancheng A 排 02 柜 24U | internet
ups-lc-01 | 澜城 UPS 1 | Lancheng UPS 1 | ups | vertiv EXL-S1-120K | lancheng 配电间 | dc-core
ups-lc-02 | 澜城 UPS 2 | Lancheng UPS 2 | ups | vertiv EXL-S1-120K | lancheng 配电间 | dc-core
line-unicom-lc | 澜城联通互联网专线 | Lancheng Unicom internet line | line | unicom 1G | lancheng 进线间 | internet
line-telecom-lc | 澜城电信互联网专线 | Lancheng Telecom internet line | line | telecom 1G | lancheng 进线间 | internet
core-sw-qy-01 | 青屿核心交换机 | Qingyu core switch | switch | h3c S10508X | qingyu 机房 02 柜 20U | wan office
agg-sw-qy-01 | 青屿汇聚交换机 | Qingyu aggregation switch | switch | h3c S7503E | qingyu 机房 02 柜 12U | office
acc-sw-qy-01 | 青屿接入交换机 1 | Qingyu access switch 1 | switch | h3c S5560X-54C-EI | qingyu 2 层弱电间 | office
acc-sw-qy-02 | 青屿接入交换机 2 | Qingyu access switch 2 | switch | h3c S5560X-54C-EI | qingyu 3 层弱电间 | office
acc-sw-qy-03 | 青屿接入交换机 3 | Qingyu access switch 3 | switch | h3c S5560X-54C-EI | qingyu 4 层弱电间 | office
acc-sw-qy-04 | 青屿接入交换机 4 | Qingyu access switch 4 | switch | h3c S5560X-54C-EI | qingyu 5 层弱电间 | office
acc-sw-qy-05 | 青屿接入交换机 5 | Qingyu access switch 5 | switch | h3c S5560X-54C-EI | qingyu 6 层弱电间 | office
rt-qy-01 | 青屿广域网路由器 | Qingyu WAN router | router | h3c MSR3620 | qingyu 机房 01 柜 30U | wan
fw-qy-01 | 青屿防火墙 | Qingyu firewall | firewall | huawei USG6530E | qingyu 机房 01 柜 24U | wan
ups-qy-01 | 青屿 UPS | Qingyu UPS | ups | vertiv ITA-20K | qingyu 机房 | office
line-unicom-qy | 青屿联通专线 | Qingyu Unicom line | line | unicom 200M | qingyu 进线间 | wan
line-telecom-qy | 青屿电信专线 | Qingyu Telecom line | line | telecom 200M | qingyu 进线间 | wan
agg-sw-yx-01 | 云岫汇聚交换机 1 | Yunxiu aggregation switch 1 | switch | h3c S7503E | yunxiu 中控楼机房 01 柜 | dispatch
agg-sw-yx-02 | 云岫汇聚交换机 2 | Yunxiu aggregation switch 2 | switch | h3c S7503E | yunxiu 中控楼机房 02 柜 | dispatch
acc-sw-yx-01 | 云岫接入交换机 1 | Yunxiu access switch 1 | switch | h3c S5560X-54C-EI | yunxiu 2 层弱电间 | dispatch
acc-sw-yx-02 | 云岫接入交换机 2 | Yunxiu access switch 2 | switch | h3c S5560X-54C-EI | yunxiu 3 层弱电间 | dispatch
acc-sw-yx-03 | 云岫接入交换机 3 | Yunxiu access switch 3 | switch | h3c S5560X-54C-EI | yunxiu 4 层弱电间 | dispatch
acc-sw-yx-04 | 云岫接入交换机 4 | Yunxiu access switch 4 | switch | h3c S5560X-54C-EI | yunxiu 5 层弱电间 | dispatch
rt-yx-01 | 云岫广域网路由器 | Yunxiu WAN router | router | h3c MSR3620 | yunxiu 中控楼机房 01 柜 | wan dispatch
fw-yx-01 | 云岫防火墙 | Yunxiu firewall | firewall | huawei USG6530E | yunxiu 中控楼机房 01 柜 | dispatch
ups-yx-01 | 云岫 UPS | Yunxiu UPS | ups | vertiv ITA-20K | yunxiu 中控楼机房 | dispatch
line-telecom-yx | 云岫电信专线 | Yunxiu Telecom line | line | telecom 100M | yunxiu 进线间 | wan dispatch
line-unicom-yx | 云岫联通专线 | Yunxiu Unicom line | line | unicom 100M | yunxiu 进线间 | wan dispatch
"""
"""One asset a line: id, name, English name, kind, maker and model, site and place, services."""


def _read(line: str) -> Equipment:
    name, zh, en, kind, maker, place, services = line.split(" | ")
    vendor, _, model = maker.partition(" ")
    site, _, location = place.partition(" ")
    return Equipment(name, zh, en, kind, vendor, model, site, location, tuple(services.split()))


EQUIPMENT = tuple(map(_read, _TABLE.splitlines()))
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
