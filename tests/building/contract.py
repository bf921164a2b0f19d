"""A small, valid contract and its tickets, as texts: the least that a Weibao repository holds."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CONTRACT = """\
id: hd-2026
name: {zh: 华东某制造企业网络维保合同, en: Network maintenance for a manufacturer in East China}
provider:
  name: {zh: 苏州某网络技术公司, en: A network company in Suzhou}
customer:
  name: {zh: 华东某制造企业, en: A manufacturer in East China}
term: {start: 2026-01-01, end: 2026-12-31}
zone: Asia/Shanghai
languages: [zh, en]
single_contact:
  name: {zh: 服务台, en: Service desk}
  phone: "0512-0000-0000"
  email: desk@provider.example
  hours: always
contacts:
  zhang-gong:
    name: 张工
    title: {zh: 信息部主管, en: Head of IT}
    may: [declare, approve, consent, confirm, countersign]
    git: [zhang.gong@customer.example]
  factory-noc:
    name: {zh: 工厂监控室, en: Plant monitoring room}
    may: [declare, confirm]
sites:
  suzhou-plant: {name: {zh: 苏州工厂, en: Suzhou plant}}
services:
  mes: {name: {zh: 生产管理系统, en: Manufacturing execution}}
carriers: []
credentials:
  - {issuer: huawei, name: 服务伙伴授权, number: "SP-1001", from: 2025-03-01, to: 2027-02-28}
headcount:
  - {site: suzhou-plant, vendor: huawei, certified: 1}
experience: {minimum: 2}
calendars:
  workdays:
    hours: {mon: ["09:00-18:00"], tue: ["09:00-18:00"], wed: ["09:00-18:00"], thu: ["09:00-18:00"], fri: ["09:00-18:00"]}
    covers: {from: 2026-01-01, to: 2026-12-31}
    overrides:
      - {days: [2026-01-01, 2026-01-02], hours: [], why: 元旦}
      - {days: [2026-02-16, 2026-02-17, 2026-02-18, 2026-02-19, 2026-02-20, 2026-02-23], hours: [], why: 春节}
      - {days: [2026-04-06], hours: [], why: 清明节}
      - {days: [2026-05-01, 2026-05-04, 2026-05-05], hours: [], why: 劳动节}
      - {days: [2026-06-19], hours: [], why: 端午节}
      - {days: [2026-09-25], hours: [], why: 中秋节}
      - {days: [2026-10-01, 2026-10-02, 2026-10-05, 2026-10-06, 2026-10-07], hours: [], why: 国庆节}
      - {days: [2026-01-04, 2026-02-14, 2026-02-28, 2026-05-09, 2026-09-20, 2026-10-10], hours: ["09:00-18:00"], why: 调休上班}
sla:
  - effective_from: 2025-01-01
    source: default-not-contract
    severities:
      - level: 1
        name: {zh: 一级, en: Critical}
        targets:
          respond: {within: 30m, clock: always}
          arrive: {within: 2h, clock: always}
          restore: {within: 4h, clock: always}
          resolve: {within: 24h, clock: always}
          update: {within: 1h, clock: always}
          part: {within: 4h, clock: always}
      - level: 2
        name: {zh: 二级, en: Major}
        targets:
          respond: {within: 1h, clock: always}
          arrive: {within: 4h, clock: always}
          restore: {within: 8h, clock: always}
          resolve: {within: 48h, clock: always}
          update: {within: 4h, clock: always}
          part: {within: 4h, clock: always}
      - level: 3
        name: {zh: 三级, en: Minor}
        targets:
          respond: {within: 2h, clock: workdays}
          arrive: {within: 1wd, clock: workdays}
          restore: {within: 3wd, clock: workdays}
          resolve: {within: 5wd, clock: workdays}
          update: {within: 1wd, clock: workdays}
          part: {within: 1wd, clock: workdays}
      - level: 4
        name: {zh: 四级, en: Low}
        targets:
          respond: {within: 4h, clock: workdays}
          resolve: {within: 10wd, clock: workdays}
          update: {within: 5wd, clock: workdays}
          part: {within: 1wd, clock: workdays}
escalation:
  - {at: 50%, level: 1, to: [desk]}
  - {at: 75%, level: 2, to: [supervisor]}
  - {at: 100%, level: 3, to: [pm, supervisor]}
  - {at: 150%, level: 4, to: [director]}
evidence:
  since: 2026-01-01T00:00:00+08:00
  tolerance: 15m
  landing_within: 4h
  clock_skew: 5m
  late_entry: 24h
  main: main
publish: {people: roles, phones: false, internal_notes: false}
"""

STAFF = """\
people:
  wang-lei:
    name: 王蕾
    roles: [{role: desk, from: 2025-12-01}]
    git: [wang.lei@provider.example]
  li-qiang:
    name: 李强
    roles: [{role: engineer, from: 2025-12-01}]
    git: [li.qiang@provider.example]
    sites: [suzhou-plant]
    experience: [{kind: switch, since: 2015-04-01}]
    certificates:
      - {vendor: huawei, name: HCIP-Datacom, number: "1001", from: 2025-01-01, to: 2027-12-31}
  zhao-min:
    name: 赵敏
    roles: [{role: engineer, from: 2025-12-01}, {role: reserve, from: 2025-12-01}]
    git: [zhao.min@provider.example]
    sites: [suzhou-plant]
    experience: [{kind: switch, since: 2019-09-01}]
    certificates:
      - {vendor: huawei, name: HCIA-Datacom, number: "1002", from: 2025-01-01, to: 2027-12-31}
  sun-yu:
    name: 孙宇
    roles: [{role: supervisor, from: 2025-12-01}, {role: depot, from: 2025-12-01}]
    git: [sun.yu@provider.example]
  chen-jie:
    name: 陈洁
    roles: [{role: pm, from: 2025-12-01}]
    git: [chen.jie@provider.example]
  gao-yuan:
    name: 高原
    roles: [{role: director, from: 2025-12-01}]
    git: [gao.yuan@provider.example]
"""

DUTY = """\
rotas:
  desk:
    start: 2025-12-01T08:00:00+08:00
    shift: 24h
    order: [wang-lei, sun-yu]
  engineer:
    start: 2025-12-01T08:00:00+08:00
    shift: 7d
    order: [li-qiang, zhao-min]
"""

ASSETS = """\
assets:
  core-sw-01:
    name: {zh: 核心交换机 1, en: Core switch 1}
    kind: switch
    vendor: huawei
    model: S12708
    serial: "2102HD0001"
    site: suzhou-plant
    location: 一号机房 02 柜 10U
    services: [mes]
    in_service: 2021-05-01
    covered: {from: 2025-12-01, to: 2026-12-31}
"""


def another_asset(name: str) -> str:
    """A second switch, to stand after those of :data:`ASSETS`."""
    text = ASSETS.removeprefix("assets:\n").replace("core-sw-01", name)
    return text.replace("2102HD0001", "2102HD0002")


PLAN = """\
plan:
  quarterly-inspection:
    kind: inspection
    name: {zh: 季度巡检, en: Quarterly inspection}
    issued_by: chen-jie
    start: 2026-11-25
    rule: FREQ=MONTHLY;INTERVAL=3
    due_within: 10d
    assets: {kinds: [switch]}
    checklists: [all-devices]
checklists:
  all-devices:
    - {item: appearance, name: {zh: 外观与指示灯, en: Appearance and lamps}}
    - {item: temperature, name: {zh: 设备温度, en: Device temperature}, unit: "°C", warning_above: 45, failed_above: 60}
"""

DELIVERY = "送货单 HD-1205：S12700 主控板 2 块\n"
DELIVERY_SHA256 = sha256(DELIVERY.encode()).hexdigest()

SPARES = """\
suppliers: {huawei-dealer: {name: {zh: 华为授权经销商, en: Huawei dealer}, authorised: [{by: huawei, number: "SQ-1001", from: 2025-01-01, to: 2027-12-31}]}}
depots:
  suzhou-depot:
    name: {zh: 苏州备件库, en: Suzhou depot}
    address: {zh: 苏州市工业园区, en: "Industrial Park, Suzhou"}
    keeper: sun-yu
    hours: always
parts:
  hw-s12700-mpu:
    oem: huawei
    number: "03031HD1"
    name: {zh: S12700 主控板, en: S12700 main processing unit}
    fits: [S12708]
    minimum: {suzhou-depot: 1}
log:
  - {at: 2025-12-05T10:00:00+08:00, event: received, by: sun-yu, part: hw-s12700-mpu, serials: ["HDMPU1", "HDMPU2"], depot: suzhou-depot, supplier: 华为授权经销商, source_document: 送货单 HD-1205, document_sha256: DELIVERY, oem_verified_by: sun-yu}
""".replace("DELIVERY", DELIVERY_SHA256)

ACTIONS = """\
log:
  - {at: 2025-12-08T09:00:00+08:00, event: raised, by: chen-jie, action: label-patch-panels, about: {audit: 2025-12}, text: 配线架标签补全, owner: li-qiang, due: 2026-12-15}
"""


def small_contract() -> dict[str, str]:
    """A contract's files by path, without any ticket."""
    return {
        "records/contract.yaml": CONTRACT,
        "records/staff.yaml": STAFF,
        "records/duty.yaml": DUTY,
        "records/assets.yaml": ASSETS,
        "records/plan.yaml": PLAN,
        "records/spares.yaml": SPARES,
        "records/actions.yaml": ACTIONS,
        f"records/attachments/{DELIVERY_SHA256[:2]}/{DELIVERY_SHA256}.txt": DELIVERY,
    }


def ticket_path(ticket_id: str) -> str:
    """Where a ticket or an inspection is filed."""
    folder = {"T": "tickets", "I": "inspections"}[ticket_id[0]]
    year, month, day = ticket_id[1:5], ticket_id[5:7], ticket_id[7:9]
    return f"records/{folder}/{year}/{month}/{day}/{ticket_id}.yaml"


def a_ticket(
    id: str = "T20261120-7K3Q9M",  # noqa: A002 - the key's own name
    *,
    severity: int | str = 1,
    reported_at: str = "2026-11-20T09:12:00+08:00",
    log: Iterable[str] = (),
) -> str:
    """A fault's text; ``log`` gives its entries, as ``entry`` writes them or as whole lines."""
    lines = list(log) or [entry(reported_at, "opened", by="wang-lei")]
    return f"""\
id: {id}
kind: fault
title: 核心交换机 core-sw-01 主控板告警
severity: {severity}
reported_at: {reported_at}
reported_by: zhang-gong
intake:
  channel: phone
  received_by: wang-lei
assets: [core-sw-01]
description: |
  张工来电：核心交换机主控板反复重启。
log:
""" + "".join(line.rstrip("\n") + "\n" for line in lines)


def with_register(contract: str, until: str, since: str = "2026-01-01T00:00:00+08:00") -> str:
    """The contract with an old register ``desk``, whose records are to have landed by ``until``."""
    register = (
        f"{{id: desk, source_sha256: {'a' * 64}, mapping_sha256: {'b' * 64}, until: {until}}}"
    )
    dated = contract.replace("since: 2026-01-01T00:00:00+08:00", f"since: {since}")
    return dated.replace("evidence:\n", f"evidence:\n  imports: [{register}]\n")


def of_register(ticket: str) -> str:
    """A ticket's text, headed as one of that register."""
    return ticket.replace("log:\n", 'imported: {import: desk, number: "117"}\nlog:\n', 1)


def entry(at: str, event: str, by: str = "li-qiang", **data: str) -> str:
    """An entry's line; values stand as they are written, ``from_`` for the key ``from``."""
    moment = at if "T" in at else f"2026-11-20T{at}:00+08:00"
    keys = {"at": moment, "event": event, "by": by}
    keys |= {key.rstrip("_"): value for key, value in data.items()}
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}"


GROUPED = CONTRACT + (
    "availability:\n"
    "  - effective_from: 2026-01-01\n"
    "    groups: {core: {assets: [core-sw-01, core-sw-02], need: 1}}\n"
)
"""Its one service rests on two switches, of which one must work."""

TWO = ASSETS + ASSETS.partition("assets:\n")[2].replace("core-sw-01", "core-sw-02").replace(
    "2102HD0001", "2102HD0002"
)
"""The equipment of it."""
