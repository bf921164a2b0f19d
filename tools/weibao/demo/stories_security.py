"""Faults of access control, tunnels and attacks (data of the example, in Chinese)."""

from __future__ import annotations

from weibao.demo.stories import Story

SECURITY = (
    Story(
        key="rogue-dhcp",
        kind="fault",
        on=("acc-sw",),
        titles=("{floor}楼终端获取到错误网段地址", "{asset}下联私设路由器，{floor}楼部分终端断网"),
        descriptions=(
            "{contact}反映{floor}楼部分电脑获取到 192.168.1 开头的地址，打不开{app}。",
            "{floor}楼 {count} 台终端网关不正确，疑似有人私接家用路由器。",
        ),
        diagnoses=(
            "已与{contact}通话，抓包看到非法 DHCP 应答来自 {port}",
            "已联系{contact}，定位非法服务器 MAC，远程关闭 {port} 并到场处理",
        ),
        progress=("现场找到无线路由器，正在处理", "处理完毕，终端逐台重新获取地址"),
        causes=("员工私接家用路由器，LAN 口接入办公网", "员工以无线路由器作中继，误开 DHCP 服务"),
        actions=(
            "拆除私接路由器，接入口启用 DHCP Snooping",
            "关闭该设备 DHCP 服务，启用非法服务器检测",
        ),
        severities={3: 5, 4: 1},
        on_site=True,
    ),
    Story(
        key="acl-mistake",
        kind="fault",
        on=("fw-",),
        titles=("{asset}策略调整后{app}不通", "{asset}误拦截，{site}访问{app}失败"),
        descriptions=(
            "{contact}反映昨晚策略调整后，{site}访问{app}全部超时。",
            "{time} 起{asset}拒绝日志激增，{app}接口调用失败。",
        ),
        diagnoses=(
            "已与{contact}通话，比对昨晚变更，策略顺序有误",
            "已联系{contact}，查看命中计数，新策略覆盖了原放行规则",
        ),
        progress=("与{contact}确认放行范围，准备修正策略", "策略已修正，{app}测试通过，继续观察"),
        causes=("变更时策略顺序错误，拒绝规则先于放行规则", "地址组误含业务服务器网段"),
        actions=("调整策略顺序并补充变更复核清单", "更正地址组，复测业务端口全部放通"),
        severities={2: 3, 3: 3},
        weight=3,
    ),
    Story(
        key="ddos",
        kind="fault",
        on=("fw-lc", "line-unicom-lc", "line-telecom-lc"),
        titles=("互联网出口遭受流量攻击，网上营业厅打不开", "{asset}入向流量打满，疑似 DDoS"),
        descriptions=(
            "{time} 起出口入向流量 {percent}% 以上，网上营业厅访问超时，{contact}报障。",
            "{asset}新建会话每秒超过 {count} 万，来源分散，判断为 UDP 反射攻击。",
        ),
        diagnoses=(
            "已与{contact}通话，确认攻击目标为营业厅地址，联系{carrier}流量清洗",
            "已联系{contact}，防火墙启用源限速，同时申请{carrier}黑洞路由",
        ),
        progress=(
            "{carrier}清洗已生效，入向流量回落到 {loss}0%",
            "营业厅页面可打开，个别地区仍慢",
            "攻击流量消退，逐步放宽限速",
        ),
        causes=("营业厅公网地址遭受 UDP 反射攻击", "营业厅登录接口遭受 CC 攻击"),
        actions=(
            "{carrier}流量清洗，防火墙增加反射端口限速",
            "启用接口限速与人机校验，攻击停止后恢复策略",
        ),
        severities={1: 2, 2: 3},
    ),
    Story(
        key="nat-sessions",
        kind="fault",
        on=("fw-",),
        titles=("{asset}会话数接近上限，上网缓慢", "{asset} NAT 端口不足"),
        descriptions=(
            "{contact}反映午间上网很慢，{asset}并发会话 {percent}%。",
            "{asset}报 NAT 端口分配失败 {count} 次，部分网页打不开。",
        ),
        diagnoses=(
            "已联系{contact}，按源地址排序，发现一台主机会话异常",
            "与{contact}通话，先对异常主机限速",
        ),
        progress=(
            "异常主机为{floor}楼一台电脑，已限速并请{contact}核实",
            "会话数回落到 {low}%，上网恢复",
        ),
        causes=("终端感染木马对外大量建连", "下载软件占用大量会话"),
        actions=("隔离终端、查杀后放行，设置单主机会话上限", "限制单主机会话数并扩充 NAT 地址池"),
        severities={3: 4, 2: 1},
    ),
    Story(
        key="vpn-tunnel",
        kind="fault",
        on=("fw-qy", "fw-yx", "fw-lc"),
        titles=("{site}到总部 IPSec 隧道中断", "{asset} VPN 隧道反复重建"),
        descriptions=(
            "{contact}反映{site}访问总部{app}中断，隧道状态 Down。",
            "{asset}与总部的 IPSec 隧道 {time} 起反复重建，{app}时断时续。",
        ),
        diagnoses=(
            "与{contact}通话，确认出口公网地址昨晚变更过",
            "已联系{contact}，IKE 协商在第二阶段失败，核对两端参数",
        ),
        progress=("逐项核对两端参数，正在更正", "隧道已建立，{app}访问恢复，观察重协商"),
        causes=("出口公网地址变更后对端未更新", "两端 IKE 生存期不一致"),
        actions=("更新对端地址并改用域名识别", "统一两端协商参数，隧道稳定"),
        severities={2: 3, 3: 2},
    ),
    Story(
        key="dot1x",
        kind="fault",
        on=("acc-sw",),
        titles=("{floor}楼终端准入认证失败", "{asset}下联终端 802.1X 认证超时"),
        descriptions=(
            "{contact}反映{floor}楼今早开机后准入认证一直失败，约 {count} 人无法办公。",
            "{asset}下联终端认证超时，认证服务器日志无请求记录。",
        ),
        diagnoses=(
            "已与{contact}通话，临时放行{floor}楼端口，排查认证链路",
            "已联系{contact}，交换机到认证服务器不通，检查路由",
        ),
        progress=("已定位到认证服务器一侧，正在处理", "处理后认证成功，撤销临时放行"),
        causes=("认证服务器证书到期", "认证服务器地址变更，交换机未同步"),
        actions=("更换证书并把到期提醒纳入巡检", "更新交换机认证服务器地址，逐台验证"),
        severities={3: 4, 2: 1},
    ),
)
