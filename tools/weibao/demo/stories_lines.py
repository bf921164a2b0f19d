"""Faults on carriers' lines and cables (data of the example, in Chinese)."""

from __future__ import annotations

from weibao.demo.stories import Story

LINES = (
    Story(
        key="fibre-cut",
        kind="fault",
        on=("line-",),
        titles=("{asset}中断，疑似外线光缆被挖断", "{asset}光缆故障，{site}失去一路出口"),
        descriptions=(
            "{time} {asset}中断，流量已切到另一路，{contact}要求跟踪运营商抢修。",
            "监控报{asset} Down，对端无光。{contact}反映附近道路施工。",
        ),
        diagnoses=(
            "已与{contact}通话，确认业务走备线；已向{carrier}报障，单号 {ref}",
            "已联系{contact}，本端光口正常、收不到对端光，{carrier}受理单号 {ref}",
        ),
        progress=(
            "{carrier}派出抢修队，初判断点距机房 {km} 公里",
            "{carrier}正在熔接，预计还需 {hours} 小时",
            "备线利用率 {percent}%，已限制视频类流量，业务平稳",
        ),
        causes=("道路施工挖断外线光缆", "外线光缆被过高车辆刮断"),
        actions=(
            "{carrier}熔接光缆后线路恢复，已核对光功率与路由",
            "{carrier}更换受损段光缆，主备切换测试正常",
        ),
        severities={2: 4, 3: 1},
        pause="third_party_carrier",
        pause_notes=(
            "外线抢修由{carrier}负责，等待修复，单号 {ref}",
            "{carrier}通知光缆已接通，本端收光正常",
        ),
        weight=4,
    ),
    Story(
        key="packet-loss",
        kind="fault",
        on=("line-",),
        titles=("{asset}丢包，{app}卡顿", "{asset}时延升高，视频会议不清晰"),
        descriptions=(
            "{contact}反映{app}卡顿，测试{asset}丢包率 {loss}%，高峰更明显。",
            "{time} 起{asset}时延由 {low} 毫秒升至 {minutes} 毫秒，分支访问总部变慢。",
        ),
        diagnoses=(
            "已与{contact}通话，分段测试丢包在运营商侧，已报{carrier}，单号 {ref}",
            "已联系{contact}，本端接口无误码，抓包证据已发{carrier}",
        ),
        progress=(
            "{carrier}反馈其传输侧异常，准备调整",
            "已把{app}调到另一条线路，客户侧暂时正常",
            "{carrier}调整后复测，丢包率降到 0",
        ),
        causes=("运营商传输设备端口误码", "运营商汇聚节点拥塞"),
        actions=(
            "{carrier}更换传输通道，连续测试 {minutes} 分钟无丢包",
            "{carrier}扩容后时延恢复，流量切回主线",
        ),
        severities={3: 5, 2: 1},
        pause="third_party_carrier",
        pause_notes=("问题在{carrier}侧，等待其调整，单号 {ref}", "{carrier}答复已调整，开始复测"),
        weight=3,
    ),
    Story(
        key="carrier-cutover",
        kind="fault",
        on=("line-",),
        titles=("{carrier}割接后{asset}未恢复", "{asset}割接完成后路由未通"),
        descriptions=(
            "{carrier}夜间割接结束后{asset}接口已 Up，但{site}访问总部不通。",
            "{contact}反映割接后{app}无法打开，{asset}邻居未建立。",
        ),
        diagnoses=(
            "与{contact}通话，发现{carrier}侧 VLAN 标签与割接方案不符",
            "已联系{contact}，邻居状态停在 Active，核对割接后的互联地址",
        ),
        progress=(
            "与{carrier}逐项核对割接方案，正在更正",
            "更正后邻居已建立，核对路由条目",
            "{app}访问恢复，观察路由稳定性",
        ),
        causes=("运营商割接后 VLAN 标签配置错误", "割接方案互联地址与实施不一致"),
        actions=("协调{carrier}更正配置，路由邻居恢复", "按实际互联地址修改本端配置，业务恢复"),
        severities={2: 3, 3: 2},
    ),
    Story(
        key="patch-cord",
        kind="fault",
        on=("acc-sw", "agg-sw"),
        titles=("{asset} {port} 链路中断，跳线损坏", "{asset}下联中断，尾纤被压断"),
        descriptions=(
            "{asset} {port} 状态 Down，{floor}楼 {count} 个信息点受影响。",
            "{contact}反映{floor}楼装修后断网，{asset} {port} 无收光。",
        ),
        diagnoses=(
            "已与{contact}通话，判断为楼层光纤或跳线问题，安排到场",
            "已联系{contact}，请装修方暂停吊顶作业，工程师到场查线",
        ),
        progress=(
            "测得断点在{floor}楼弱电间附近",
            "重新布放并加装保护套管",
            "链路恢复，{contact}现场抽测上网正常",
        ),
        causes=("老鼠咬断跳线", "装修施工压断尾纤"),
        actions=("更换跳线并封堵孔洞，链路恢复", "更换尾纤并加套管，链路恢复"),
        severities={3: 5, 2: 1},
        on_site=True,
        weight=3,
    ),
    Story(
        key="dirty-end",
        kind="fault",
        on=("agg-sw", "core-sw-qy"),
        titles=("{asset} {port} 误码告警", "{asset}互联链路 CRC 告警"),
        descriptions=(
            "{asset} {port} CRC 误码 {count} 小时内增长上千，{contact}要求排查。",
            "例行查看发现{asset} {port} 收光 -{dbm} dBm，比上月低 3 dB。",
        ),
        diagnoses=(
            "已联系{contact}，先在远端对比两侧光功率，再到场清洁",
            "与{contact}约定到场时间，该链路有冗余，不影响业务",
        ),
        progress=(
            "显微镜下看到端面污渍，清洁中",
            "清洁后收光提升到 -{low} dBm",
            "误码计数已清零，观察两小时未再增长",
        ),
        causes=("光纤端面污染", "ODF 适配器松动，插入损耗增大"),
        actions=("清洁端面并更换适配器，误码消除", "重新固定适配器并清洁，光功率恢复"),
        severities={3: 3, 4: 2},
        on_site=True,
    ),
)
