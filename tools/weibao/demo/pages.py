"""The example's own pages, and the files that any record repository starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.demo.people import DESK, ENGINEERS
from weibao.model.schema.files import KINDS, schema_bytes

if TYPE_CHECKING:
    from weibao.demo.year import Year

ATTRIBUTES = """\
* text=auto eol=lf
*.png binary
*.jpg binary
*.pdf binary
# 一行一条记录：两人同时记录同一工单时，合并后两行都在。
records/tickets/**     merge=union
records/inspections/** merge=union
records/spares.yaml    merge=union
records/actions.yaml   merge=union
"""

IGNORED = "site/\n"


def readme(year: Year) -> str:
    """README.md, in Chinese: what this is, and what to try."""
    return f"""\
# 演示合同：澜江省水务集团网络运维服务

**演示数据**：单位、人物、电话与设备均为虚构，由 `weibao demo` 生成。历史是真实的 git 历史：
每一步由谁、在什么时候记录，都在提交里。

合同期 {year.start} 至 {year.end}。三个站点（澜城数据中心、青屿分公司、云岫水厂）、{len(ENGINEERS)} 名工程师、
{len(DESK)} 名服务台人员轮班 7×24 值守。

## 试一试

```shell
weibao status                 # 未关闭的工单、下一个时限、谁在值班
weibao check                  # 校验全部记录
weibao sla                    # 每项承诺的判定
weibao explain <工单号后六位>  # 这项判定是怎样得出的，依据哪些提交
mkdocs build                  # 生成站点（mkdocs serve 可在本机浏览）
```

不用任何专门工具也能核对：

```shell
git log --numstat -- records/tickets     # 删除列应全为 0：记录只增不改
git blame records/tickets/…/T….yaml      # 每一步由哪次提交记录
git log --merges --oneline               # 现场分支何时合入
```

## 目录

- `records/` 合同、人员、排班、资产、计划、备件，以及逐日存放的工单与巡检
- `docs/` 资源配置方案与知识库
- `schemas/` 供编辑器使用的格式定义；校验以工具自带的为准

在本仓库里试着记录时，提交人默认是服务台的{DESK[0].name}（见 `git config user.email`）。
"""


RESOURCE_PLAN = """\
# 资源配置方案 1.0

合同启动后与客户商定的人员、备件与响应资源，由信息中心主任顾敏批准。

## 人员

| 岗位 | 人数 | 说明 |
|---|---|---|
| 项目经理 | 1 | 双方沟通与决策的中心 |
| 服务台 | 4 | 每班二十四小时轮换，受理、分派、跟踪、回访 |
| 工程师 | 8 | 原厂认证，覆盖三个站点；每周一名值班 |
| 主管 | 1 | 升级阶梯第二级 |
| 总监 | 1 | 升级阶梯第四级 |
| 备件管理员 | 1 | 两个备件库的出入库与盘点 |

## 备件

澜城、青屿各设备件库。入库须有来源凭证并经原厂核验，未核验的不得出库；每季度由客户见证盘点。

## 到场

澜城市区一小时内到场，青屿、云岫两小时内到场。
"""

KNOWLEDGE = """\
---
title: 光模块收光偏低的处理
licence: CC-BY-4.0
audience: customer
---

# 光模块收光偏低的处理

适用于万兆单模链路。收光低于 -14 dBm 时应安排处理，低于 -16 dBm 时链路随时可能闪断。

1. 查看两端收发光功率，判断衰减在本端、对端还是线路上。
2. 把该口移出聚合组，确认业务走其余链路。
3. 清洁尾纤与适配器端面，复测。
4. 仍不合格则更换模块；更换后收光应恢复到 -5 至 -10 dBm，误码计数清零后不再增长。
5. 把更换前后的光功率写入工单。
"""


def first_files(year: Year, mkdocs: str) -> dict[str, bytes]:
    """What the repository begins with, before any record."""
    texts = {
        ".gitattributes": ATTRIBUTES,
        ".gitignore": IGNORED,
        "README.md": readme(year),
        "mkdocs.yml": mkdocs,
        "docs/resource-plan.md": RESOURCE_PLAN,
        "docs/knowledge/optical-module.md": KNOWLEDGE,
    }
    schemas = {f"schemas/{name}.schema.json": schema_bytes(name) for name in ("common", *KINDS)}
    return {path: text.encode() for path, text in texts.items()} | schemas
