"""Faults of configuration and protocols (data of the example, in Chinese)."""

from __future__ import annotations

from weibao.demo.stories import Story

NETWORK = (
    Story(
        key="loop",
        kind="fault",
        on=("acc-sw", "agg-sw"),
        titles=("{site}{floor}楼出现环路，{asset}广播风暴", "{asset}下联环路，办公网大面积卡顿"),
        descriptions=(
            "{contact}来电：{time} 起{site}办公网几乎不可用，{asset} CPU {percent}%。",
            "{asset} {port} 广播报文激增，MAC 地址漂移告警 {count} 条，{app}打不开。",
        ),
        diagnoses=(
            "已与{contact}通话，查 MAC 漂移定位到 {port}，先关闭该口",
            "已联系{contact}，判断为下联环路，远程隔离并到场查找",
        ),
        progress=(
            "{port} 关闭后 CPU 回落，业务大部恢复",
            "现场查到成环的位置，正在拆除",
            "已恢复端口并开启环路检测",
        ),
        causes=("用户私接小交换机形成环路", "布线调整后两个墙面口互联成环"),
        actions=("拆除私接设备，接入口启用环路检测与广播抑制", "拆除环路跳线，启用 BPDU 保护"),
        severities={2: 4, 3: 1},
        on_site=True,
        weight=3,
    ),
    Story(
        key="dhcp-pool",
        kind="fault",
        on=("agg-sw", "core-sw"),
        titles=("{site}办公网段地址池耗尽", "{site} VLAN {vlan} 终端获取不到地址"),
        descriptions=(
            "{contact}反映{floor}楼新开机的电脑获取不到地址，{time} 起陆续增加。",
            "VLAN {vlan} 地址池使用率 100%，约 {count} 台终端无法上网。",
        ),
        diagnoses=(
            "已联系{contact}，查看地址池已满，访客终端租约过长",
            "与{contact}通话，确认是 VLAN {vlan} 地址池耗尽，准备扩充",
        ),
        progress=("已回收过期租约 {count} 个，部分终端恢复", "地址池扩充方案已与{contact}确认"),
        causes=("访客终端激增，地址租约过长", "地址池规划偏小，未随终端数调整"),
        actions=("租约由 8 天改为 8 小时，并扩充地址段", "扩充地址池并单独划分访客网段"),
        severities={3: 5, 4: 1},
        weight=3,
    ),
    Story(
        key="ospf",
        kind="fault",
        on=("rt-", "core-sw"),
        titles=("{asset} OSPF 邻居反复震荡", "{site}路由震荡，{app}间歇中断"),
        descriptions=(
            "{asset}与对端 OSPF 邻居 {minutes} 分钟内震荡 {count} 次，{app}间歇中断。",
            "{contact}反映{app}每隔几分钟断一次，监控显示{asset}路由震荡。",
        ),
        diagnoses=(
            "已联系{contact}，邻居停在 ExStart，怀疑 MTU 不一致",
            "与{contact}通话，查看日志为 Hello 超时，检查链路质量",
        ),
        progress=("两端参数逐项比对，准备调整", "调整后邻居稳定在 Full，观察路由条数"),
        causes=("对端更换设备后 MTU 不一致", "链路抖动导致 Hello 超时"),
        actions=("统一两端 MTU，邻居稳定", "启用 BFD 并调整计时器，路由稳定"),
        severities={2: 4, 3: 1},
    ),
    Story(
        key="default-route",
        kind="fault",
        on=("rt-lc", "fw-lc"),
        titles=("互联网出口中断，全网无法访问外网", "{asset}默认路由丢失，互联网访问中断"),
        descriptions=(
            "{contact}来电：{time} 起全公司无法访问互联网，网上营业厅对外不可用。",
            "监控报互联网出口探测全部失败，{contact}确认网上缴费中断。",
        ),
        diagnoses=(
            "已与{contact}通话，登录{asset}发现默认路由缺失，正在核对跟踪探测",
            "已联系{contact}，双线健康检查同时失败，判断为探测目标异常",
        ),
        progress=(
            "已手工下发默认路由，外网初步恢复",
            "网上营业厅抽测缴费成功，继续核对双线切换",
            "探测目标改为两家运营商各自的网关，观察中",
        ),
        causes=("健康检查探测目标单一，目标失效后两条默认路由同时撤销", "双线切换脚本误撤默认路由"),
        actions=("恢复默认路由，探测目标改为多目标判定", "更正切换条件并演练主备切换"),
        severities={1: 4, 2: 1},
        weight=3,
    ),
    Story(
        key="cpu-high",
        kind="fault",
        on=("core-sw", "agg-sw", "rt-"),
        titles=("{asset} CPU 利用率持续偏高", "{asset} CPU 超过 {percent}%，管理响应慢"),
        descriptions=(
            "{asset} CPU 自 {time} 起维持在 {percent}%，登录缓慢，业务暂无感知。",
            "监控报{asset} CPU 连续 {minutes} 分钟超过门限，{contact}要求查明原因。",
        ),
        diagnoses=(
            "已联系{contact}，查看进程为 ARP 上送过多",
            "与{contact}通话，采集 CPU 报文统计后分析",
        ),
        progress=(
            "定位到 VLAN {vlan} 一台主机，请{contact}协助核实",
            "启用 ARP 限速后 CPU 降到 {low}%",
        ),
        causes=("主机扫描引发大量 ARP 未命中", "终端网卡异常，持续发送 ARP 报文"),
        actions=(
            "启用 ARP 限速并通知客户处理扫描主机",
            "隔离异常终端并启用 ARP 限速，CPU 恢复正常",
        ),
        severities={3: 4, 4: 2},
    ),
    Story(
        key="ip-conflict",
        kind="fault",
        on=("agg-sw", "acc-sw"),
        titles=("{floor}楼地址冲突，打印服务不可用", "VLAN {vlan} 网关地址被占用"),
        descriptions=(
            "{contact}反映{floor}楼打印机时通时断，电脑提示地址冲突。",
            "{asset}告警 VLAN {vlan} 网关地址冲突，{count} 台终端受影响。",
        ),
        diagnoses=(
            "已与{contact}通话，查 ARP 表定位冲突主机",
            "已联系{contact}，冲突 MAC 在 {port}，请对方配合更改",
        ),
        progress=("已定位冲突主机，正在更改地址", "ARP 表稳定，打印测试正常"),
        causes=("新装摄像头手工设置了已用地址", "测试主机误配网关地址"),
        actions=("更改冲突主机地址，登记静态地址台账", "改正主机地址，启用网关防冲突"),
        severities={3: 4, 4: 2},
    ),
    Story(
        key="vlan-mismatch",
        kind="fault",
        on=("acc-sw", "agg-sw"),
        titles=("{asset}调整后{floor}楼部门互访失败", "{floor}楼搬迁工位无法访问{app}"),
        descriptions=(
            "{contact}反映{floor}楼搬迁后的 {count} 个工位无法访问{app}。",
            "昨日端口调整后，{floor}楼财务终端不能访问{app}，上网正常。",
        ),
        diagnoses=(
            "已联系{contact}，{asset} {port} 所属 VLAN 与台账不符",
            "与{contact}通话，上联口未放行 VLAN {vlan}",
        ),
        progress=("已按台账核对 {count} 个端口，逐个更正", "更正后{contact}抽测三个工位正常"),
        causes=("端口调整时 VLAN 配置遗漏", "上联口放行列表未包含新 VLAN"),
        actions=("更正端口 VLAN 并更新台账", "上联口放行 VLAN {vlan}，互访恢复"),
        severities={3: 5, 4: 1},
        weight=3,
    ),
    Story(
        key="video-qos",
        kind="fault",
        on=("rt-", "core-sw"),
        titles=("视频会议花屏，{site}会场声音断续", "{site}调度会商画面卡顿"),
        descriptions=(
            "{contact}反映上午例会{site}会场花屏、声音断续，其他应用正常。",
            "{site}调度会商画面卡顿，测试到总部丢包 {loss}%，仅视频受影响。",
        ),
        diagnoses=(
            "已联系{contact}，查看队列统计，视频流未进入优先队列",
            "与{contact}约定下次试会前完成调整",
        ),
        progress=("抓包确认终端 DSCP 标记为 0", "已在{asset}入口重新标记，试会 {minutes} 分钟正常"),
        causes=("新会议终端未做 DSCP 标记", "更换的会议终端未登记，流量按默认队列转发"),
        actions=("入口按终端地址重标记并进优先队列", "登记终端并纳入优先队列，试会正常"),
        severities={3: 4, 4: 2},
    ),
    Story(
        key="log-gap",
        kind="fault",
        on=("fw-", "rt-", "core-sw"),
        titles=("{asset}日志停止上送", "{asset}时间不同步，日志时间错乱"),
        descriptions=(
            "日志平台自 {time} 起收不到{asset}日志，{contact}担心影响等保留存要求。",
            "{contact}反映{asset}日志时间比实际快 {minutes} 分钟，难以比对。",
        ),
        diagnoses=(
            "已联系{contact}，检查日志主机地址与时钟源",
            "与{contact}邮件确认，NTP 服务器不可达",
        ),
        progress=("已核对设备侧设置，正在更正", "更正后日志正常，逐台复核"),
        causes=("日志主机地址变更未同步到设备", "时钟源失效"),
        actions=("更新日志主机地址并核对全网设备", "更换时钟源，全网设备时间核对一致"),
        severities={4: 4, 3: 1},
    ),
)
