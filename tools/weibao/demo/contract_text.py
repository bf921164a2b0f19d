"""contract.yaml of the example, as it stood at each point of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.demo.network import SERVICES, SITES
from weibao.demo.people import CLIENTS
from weibao.sla.holidays import calendar_text

if TYPE_CHECKING:
    from datetime import date

_HEAD = """\
# yaml-language-server: $schema=../schemas/contract.schema.json
# 演示数据：单位、人物、电话与设备均为虚构。
# An example: every organisation, name, number and device is made up.
id: ljsw-{year}
name: {{zh: 澜江省水务集团网络运维服务合同, en: Network maintenance for Lanjiang Water Group}}
provider:
  name: {{zh: 远汀网络技术服务有限公司, en: Yuanting Network Services}}
  address: {{zh: 澜城市滨江路 88 号, en: "88 Binjiang Road, Lancheng"}}
customer:
  name: {{zh: 澜江省水务集团有限公司, en: Lanjiang Water Group}}
term: {{start: {start}, end: {end}}}
zone: Asia/Shanghai
languages: [zh, en]
single_contact:
  name: {{zh: 远汀服务台, en: Yuanting service desk}}
  phone: "0900-555-0188"
  email: desk@yuanting.example
  hours: always
"""

_MIDDLE = """\
carriers: [unicom, telecom]
credentials:
  - {{issuer: huawei, name: 金牌服务伙伴, number: "HWSP-{before}-0331", from: {before}-04-01, to: {after}-03-31}}
  - {{issuer: h3c, name: 授权服务商, number: "H3CS-{before}-1127", from: {before}-06-01, to: {after}-05-31}}
  - {{issuer: vertiv, name: 授权维保商, number: "VTS-{before}-0086", from: {before}-09-01, to: {after}-08-31}}
resource_plan: {{version: "1.0", file: docs/resource-plan.md, due_within: 30d{approval}}}
headcount:
  - {{site: lancheng, vendor: huawei, certified: 2}}
  - {{site: lancheng, vendor: h3c, certified: 2}}
  - {{site: lancheng, vendor: vertiv, certified: 1}}
  - {{site: qingyu, vendor: h3c, certified: 1}}
  - {{site: qingyu, vendor: huawei, certified: 1}}
  - {{site: yunxiu, vendor: h3c, certified: 1}}
experience: {{minimum: 3}}
"""

_LEVELS = """\
      - level: 1
        name: {{zh: 一级, en: Critical}}
        definition: {{zh: 全网瘫痪或核心业务中断, en: The network or a core service is down}}
        targets:
          respond: {{within: 30m, clock: always}}
          arrive: {{within: 2h, clock: always}}
          restore: {{within: 4h, clock: always}}
          resolve: {{within: 24h, clock: always}}
          update: {{within: 1h, clock: always}}
          part: {{within: 4h, clock: always}}
      - level: 2
        name: {{zh: 二级, en: Major}}
        definition: {{zh: 业务严重受损或失去冗余, en: A service is badly degraded or has lost its redundancy}}
        targets:
          respond: {{within: {second_response}, clock: always}}
          arrive: {{within: 4h, clock: always}}
          restore: {{within: 8h, clock: always}}
          resolve: {{within: 48h, clock: always}}
          update: {{within: 4h, clock: always}}
          part: {{within: 4h, clock: always}}
      - level: 3
        name: {{zh: 三级, en: Minor}}
        definition: {{zh: 部分用户或单台设备受影响, en: Some users or a single device are affected}}
        targets:
          respond: {{within: 2h, clock: workdays}}
          arrive: {{within: 1wd, clock: workdays}}
          restore: {{within: 3wd, clock: workdays}}
          resolve: {{within: 5wd, clock: workdays}}
          update: {{within: 1wd, clock: workdays}}
          part: {{within: 1wd, clock: workdays}}
      - level: 4
        name: {{zh: 四级, en: Question}}
        definition: {{zh: 咨询或一般请求, en: A question or an ordinary request}}
        targets:
          respond: {{within: 4h, clock: workdays}}
          resolve: {{within: 10wd, clock: workdays}}
          update: {{within: 5wd, clock: workdays}}
          part: {{within: 1wd, clock: workdays}}
"""

_TAIL = """\
escalation:
  - {{at: 50%, level: 1, to: [desk]}}
  - {{at: 75%, level: 2, to: [supervisor]}}
  - {{at: 100%, level: 3, to: [pm, supervisor]}}
  - {{at: 150%, level: 4, to: [director]}}
evidence:
  since: {start}T00:00:00+08:00
  tolerance: 15m
  landing_within: 4h
  clock_skew: 5m
  late_entry: 24h
  main: main
publish: {{people: names, phones: false, internal_notes: false}}
forge: {{kind: github, url: https://forge.example.com/yuanting/ljsw-{year}}}
credits:
  currency: CNY
  monthly_fee: "168000.00"
  cap: 10%
  rules:
    - {{target: restore, severity: 1, per_breach: "3000.00"}}
    - {{target: restore, severity: 2, per_breach: "1000.00"}}
"""


def contract_text(
    start: date,
    end: date,
    known_on: date,
    *,
    amended_from: date | None = None,
    approved_on: date | None = None,
) -> str:
    """contract.yaml as it stood on ``known_on``.

    ``amended_from`` is the day from which severity 2 is answered in 45 minutes instead of an hour;
    ``approved_on`` the day on which the customer agreed to the resource plan.
    """
    approval = (
        f", approved_by: gu-min, approved_on: {approved_on.isoformat()}" if approved_on else ""
    )
    terms = [_terms(start, "default-not-contract", "1h")]
    if amended_from is not None:
        terms.append(_terms(amended_from, "补充协议一", "45m"))
    return "".join(
        (
            _HEAD.format(year=end.year, start=start, end=end),
            _people(),
            _MIDDLE.format(before=start.year - 1, after=start.year + 2, approval=approval),
            calendar_text(start.year, known_on),
            "sla:\n",
            *terms,
            _TAIL.format(start=start, year=end.year),
        )
    )


def _terms(effective_from: date, source: str, second_response: str) -> str:
    head = f"  - effective_from: {effective_from}\n    source: {source}\n    severities:\n"
    return head + _LEVELS.format(second_response=second_response)


def _people() -> str:
    lines = ["contacts:"]
    for one in CLIENTS:
        lines += [
            f"  {one.id}:",
            f"    name: {{zh: {one.name}, en: {one.english}}}",
            f'    title: {{zh: {one.title}, en: "{one.english_title}"}}',
            f"    may: [{', '.join(one.may)}]",
        ]
        if one.commits:
            lines.append(f"    git: [{one.identity.email}]")
    lines.append("sites:")
    lines += [f"  {key}: {{name: {{zh: {n['zh']}, en: {n['en']}}}}}" for key, n in SITES.items()]
    lines.append("services:")
    lines += [f"  {key}: {{name: {{zh: {n['zh']}, en: {n['en']}}}}}" for key, n in SERVICES.items()]
    return "\n".join(lines) + "\n"
