"""Faults of the equipment itself: boards, fans, power, optics (data of the example, in Chinese)."""

from __future__ import annotations

from weibao.demo.stories import Story

EQUIPMENT = (
    Story(
        key="main-board",
        kind="fault",
        on=("core-sw-0",),
        titles=(
            "{asset}主控板故障，{app}中断",
            "{asset}主备主控板先后重启，{site}业务中断",
        ),
        descriptions=(
            "{contact}来电：{time} 起{app}无法访问，{site}机房大量终端掉线。\n监控显示{asset}主控板反复重启。",
            "{time} 监控平台报{asset}失联，{contact}确认{app}已中断，要求立即到场。",
        ),
        diagnoses=(
            "已与{contact}通话，带外登录看到主控板自检失败，判断为硬件故障，携备件出发",
            "已联系{contact}，远程登录失败，经带外口确认主控板异常，同步申请备件",
        ),
        progress=(
            "已到机房，主用主控板 ALM 灯常亮，备板无法升主",
            "更换前配置已导出备份，正在更换主控板",
            "新主控板已上电，正在同步配置并核对路由表",
            "业务流量已恢复，继续观察 CPU 与板卡温度",
        ),
        causes=(
            "主控板内存颗粒故障，自检失败后反复重启",
            "主控板电源模块失效，主备倒换未完成",
        ),
        actions=(
            "更换主控板，恢复配置并完成主备倒换测试",
            "更换故障主控板，升级补丁后双主控同步正常",
        ),
        severities={1: 3, 2: 1},
        on_site=True,
        part="hw-s12700-mpu",
        weight=3,
    ),
    Story(
        key="line-card",
        kind="fault",
        on=("core-sw-0", "agg-sw-lc"),
        titles=("{asset}的 {slot} 号业务板离线", "{asset}业务板掉线，{count} 条下联链路中断"),
        descriptions=(
            "{time} {asset}的 {slot} 号槽业务板离线，下联 {count} 台设备失去一路上行，{app}访问变慢。",
            "监控报{asset}的 {slot} 号业务板 Offline，{contact}反映{app}时断时续。",
        ),
        diagnoses=(
            "已与{contact}沟通，流量已切到冗余链路，现场检查板卡",
            "已联系{contact}，复位 {slot} 号板无效，需到场处理",
        ),
        progress=(
            "{slot} 号板重新插拔后仍无法注册，准备更换",
            "新板已注册，逐口核对下联状态",
            "链路聚合成员口已全部恢复，观察丢包情况",
        ),
        causes=("业务板接口芯片失效", "业务板与背板连接器接触不良，板件老化"),
        actions=("更换业务板并逐口核对配置", "更换业务板，清洁槽位后链路聚合恢复"),
        severities={2: 3, 3: 1},
        on_site=True,
        part="hw-s12700-lpu",
    ),
    Story(
        key="fan",
        kind="fault",
        on=("core-sw-0", "agg-sw-lc"),
        titles=("{asset}风扇框告警", "{asset}一组风扇停转，设备温度上升"),
        descriptions=(
            "{asset}报风扇故障，入风口温度升至 {temp} ℃，业务暂未受影响。",
            "巡视人员发现{asset}风扇异响，告警灯亮，{contact}要求尽快更换。",
        ),
        diagnoses=(
            "已联系{contact}，远程查看 {slot} 号风扇转速为 0，温度未超限，安排更换",
            "与{contact}确认业务正常，风扇框支持热插拔，备件申请中",
        ),
        progress=(
            "机房空调已调低两度，温度稳定在 {temp} ℃",
            "备件已到场，开始更换风扇框",
            "更换后转速正常，继续观察温度曲线",
        ),
        causes=("风扇轴承磨损停转", "风扇框控制板失效"),
        actions=("热插拔更换风扇框，转速与温度恢复正常", "更换风扇框并清理进风滤网"),
        severities={3: 4, 4: 1},
        on_site=True,
        part="hw-s7700-fan",
    ),
    Story(
        key="access-power",
        kind="fault",
        on=("acc-sw",),
        titles=(
            "{asset}掉电，{floor}楼 {count} 个信息点断网",
            "{asset}电源故障，{floor}楼办公区无法上网",
        ),
        descriptions=(
            "{contact}反映{floor}楼办公区 {time} 起全部无法上网，{asset}指示灯全灭。",
            "{asset}失联，{floor}楼约 {count} 名员工断网，弱电间供电正常。",
        ),
        diagnoses=(
            "已与{contact}通话，确认弱电间有电而交换机无灯，判断为电源故障",
            "已联系{contact}，设备带外不可达，安排到场更换电源",
        ),
        progress=(
            "已在弱电间测量，输入电压正常，电源模块无输出",
            "备用电源模块送达，正在更换",
            "设备已启动，端口逐个上线",
        ),
        causes=("电源模块滤波电容老化，无输出", "电源模块保险熔断"),
        actions=("更换电源模块，设备启动后端口全部上线", "更换电源模块并检查插座接地"),
        severities={3: 5, 2: 1},
        on_site=True,
        part="h3c-s5560-psu",
        weight=3,
    ),
    Story(
        key="ups-battery",
        kind="fault",
        on=("ups-",),
        titles=("{asset}电池自检不通过", "{asset}后备时间不足，报电池告警"),
        descriptions=(
            "{asset}例行自检报电池电压异常，预计后备时间只剩 {minutes} 分钟。",
            "{site}动环平台报{asset}电池组告警，{contact}要求在停电检修前处理完毕。",
        ),
        diagnoses=(
            "已联系{contact}，查看电池组有两节内阻偏高，安排更换",
            "与{contact}确认市电正常，先屏蔽自检，携电池到场",
        ),
        progress=(
            "已到场测量，第 {slot} 组两节电池内阻超标",
            "更换期间 UPS 转维修旁路，{contact}在场确认",
            "更换完成，开始充电并准备放电测试",
            "放电测试 {minutes} 分钟，电压曲线正常",
        ),
        causes=("电池使用年限到期，内阻升高", "电池组连接端子氧化，单节失效"),
        actions=("更换失效电池并做放电测试", "更换电池、紧固端子，后备时间恢复到设计值"),
        severities={3: 4, 2: 1},
        on_site=True,
        part="vt-ups-battery",
    ),
    Story(
        key="ups-bypass",
        kind="fault",
        on=("ups-",),
        titles=("{asset}转旁路运行", "{asset}逆变器告警，负载转旁路"),
        descriptions=(
            "{time} {asset}自动转旁路，机房设备失去后备保护，{contact}报修。",
            "动环报{asset}逆变器过温，负载率 {percent}%，已转旁路供电。",
        ),
        diagnoses=(
            "已与{contact}通话，嘱咐暂不操作面板，立即到场",
            "已联系{contact}，旁路供电稳定，现场检查逆变器",
        ),
        progress=(
            "现场测得输出负载 {percent}%，检查滤网与风扇",
            "与{contact}商定把非关键负载移到另一路市电",
            "负载调整完成，准备切回逆变",
        ),
        causes=("新增设备未经评估接入，负载超过逆变器告警阈值", "进风滤网堵塞，逆变器过温保护"),
        actions=("移出非关键负载，清理滤网后切回逆变供电", "调整负载分配并切回逆变，设置 80% 预警"),
        severities={2: 3, 3: 1},
        on_site=True,
    ),
    Story(
        key="router-card",
        kind="fault",
        on=("rt-lc", "rt-qy"),
        titles=("{asset}接口卡故障，备线中断", "{asset}的 {slot} 号接口卡不识别"),
        descriptions=(
            "{asset}的 {slot} 号接口卡状态异常，广域网失去一路冗余，{contact}要求尽快恢复。",
            "{time} {asset}广域接口全部 Down，流量切到备用路由器，{app}访问正常但无冗余。",
        ),
        diagnoses=(
            "已与{contact}沟通，业务走备线，携接口卡到场",
            "已联系{contact}，远程复位接口卡无效，申请备件",
        ),
        progress=(
            "更换前已导出配置并核对接口编号",
            "更换接口卡，配置已自动恢复",
            "主备路由切换测试通过，恢复主线优先",
        ),
        causes=("接口卡硬件失效", "雷雨天气感应过电压损坏接口卡"),
        actions=("更换接口卡，恢复主备路由", "更换接口卡并加装防雷模块"),
        severities={2: 4, 3: 1},
        on_site=True,
        part="h3c-msr-sic",
    ),
    Story(
        key="optic",
        kind="fault",
        on=("agg-sw", "core-sw-0"),
        titles=(
            "{asset} {port} 光模块收光偏低，链路频繁闪断",
            "{asset}上联光模块劣化，误码增长",
        ),
        descriptions=(
            "{asset} {port} 收光 -{dbm} dBm，接近灵敏度，{time} 以来闪断 {count} 次。",
            "监控报{asset} {port} CRC 误码持续增长，{contact}反映{app}偶有卡顿。",
        ),
        diagnoses=(
            "已联系{contact}，远程查看收发光功率，判断模块劣化",
            "与{contact}沟通后把该口移出聚合组，业务走另一条链路",
        ),
        progress=(
            "清洁尾纤端面后收光未改善，准备换模块",
            "两端交叉测试，确认是本端模块发光衰减",
            "更换后收光 -{low} dBm，误码不再增长",
        ),
        causes=("光模块激光器老化，发光功率下降", "光模块长期高温运行，性能劣化"),
        actions=("更换光模块并清洁端面，误码清零", "更换光模块，重新加入链路聚合"),
        severities={3: 5, 2: 2},
        on_site=True,
        part="hw-sfp-10g-lr",
        weight=3,
    ),
    Story(
        key="access-hang",
        kind="fault",
        on=("acc-sw",),
        titles=("{asset}管理面无响应，{floor}楼上网时断时续", "{asset}反复重启"),
        descriptions=(
            "{contact}反映{floor}楼上网时断时续，{asset}能 ping 通但无法登录。",
            "{asset} {time} 起每隔 {minutes} 分钟重启一次，{floor}楼办公受影响。",
        ),
        diagnoses=(
            "已与{contact}通话，登录控制台查看重启原因",
            "已联系{contact}，远程登录超时，安排到场串口处理",
        ),
        progress=(
            "已从串口收集诊断信息",
            "原厂确认为已知缺陷，建议打补丁",
            "补丁已加载，观察一小时未再重启",
        ),
        causes=("系统版本内存泄漏缺陷", "IGMP 报文异常导致进程重启"),
        actions=("加载补丁并重启，收集日志反馈原厂", "升级补丁，关闭无用组播功能"),
        severities={3: 5, 4: 1},
        on_site=True,
    ),
    Story(
        key="site-power",
        kind="fault",
        on=("agg-sw-yx", "core-sw-qy"),
        titles=("{site}市电中断，网络设备掉电", "{site}配电跳闸，{app}中断"),
        descriptions=(
            "{contact}来电：{site}{time} 停电，UPS 已耗尽，{app}中断。",
            "{site}配电柜跳闸，网络机柜断电，{contact}要求立即派人。",
        ),
        diagnoses=(
            "已与{contact}通话，请现场先确认配电情况，工程师即刻出发",
            "已联系{contact}，电工到场复电，工程师赶赴现场逐台检查设备",
        ),
        progress=(
            "电工已复电，设备陆续启动",
            "{asset}启动完成，核对上联与路由邻居",
            "逐台检查设备状态，两台接入交换机需手动上电",
            "{app}已恢复，清点告警并观察 UPS 充电",
        ),
        causes=("市电检修未提前通知，UPS 后备时间不足", "空气开关过载跳闸"),
        actions=("复电后逐台启动设备并核对配置，业务恢复", "更换空气开关、均衡负载，设备全部恢复"),
        severities={1: 1, 2: 3},
        on_site=True,
    ),
    Story(
        key="heat",
        kind="fault",
        on=("acc-sw", "fw-"),
        titles=("{asset}温度过高告警", "{site}机柜温度 {temp} ℃，{asset}报过温"),
        descriptions=(
            "{asset}温度升至 {temp} ℃，超过告警门限，{contact}报修。",
            "动环报{site}机柜温度 {temp} ℃，{asset}风扇满转，业务暂时正常。",
        ),
        diagnoses=(
            "已联系{contact}，请物业检查空调，工程师到场查看风道",
            "与{contact}通话确认业务正常，先开柜门降温",
        ),
        progress=(
            "物业已恢复空调，机柜温度回落到 {low_temp} ℃",
            "整理线缆、清理滤网后风道通畅",
            "温度稳定，告警消除，继续观察半天",
        ),
        causes=("弱电间空调停机", "线缆堵塞风道，滤网积尘"),
        actions=("恢复空调并清理滤网，温度恢复正常", "整理线缆、清洁设备，增设温度告警短信"),
        severities={3: 4, 4: 2},
        on_site=True,
    ),
)
