"""Issues as forges tell them: the recorded payloads, with other answers in their forms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from building.contract import CONTRACT, STAFF

if TYPE_CHECKING:
    from collections.abc import Mapping

PAYLOADS = Path(__file__).parents[1] / "cli" / "payloads"
ADDRESSES = {
    "github": "1024025+li-qiang@users.noreply.github.com",
    "gitea": "li-qiang@noreply.gitea.example",
    "gitlab": "18-li-qiang@users.noreply.gitlab.example",
}
STAFF_OF_FORGES = STAFF.replace(
    "git: [li.qiang@provider.example]",
    f"git: [li.qiang@provider.example, {', '.join(ADDRESSES.values())}]",
)
CONTRACT_OF_FORGES = CONTRACT.replace(
    "git: [zhang.gong@customer.example]",
    "git: [zhang.gong@customer.example, 77+zhang-gong@users.noreply.github.com]",
)
STEP = {
    "工单": "7K3Q9M",
    "设备": "core-sw-01",
    "步骤": "到场 (arrived)",
    "时间": "09:35",
    "执行人": "",
    "方式": "",
    "原因": "",
    "处理措施": "",
    "备注": "到机房，见到值班员",
    "照片": "",
}
FAULT = {
    "故障": "核心交换机告警",
    "设备": "核心交换机 1",
    "级别": "2",
    "报修人": "张工",
    "报修时间": "09:20",
    "备注": "风扇有异响",
    "照片": "",
}


def payload(forge: str) -> Any:
    """What a forge told."""
    return json.loads((PAYLOADS / f"issues_{forge}.json").read_text(encoding="utf-8"))


def rendered(answers: Mapping[str, str]) -> str:
    """A body as GitHub writes it out of a form."""
    return "\n\n".join(
        f"### {label}\n\n{said or '_No response_'}" for label, said in answers.items()
    )


def event(body: str, forge: str = "github", **user: object) -> dict[str, Any]:
    """The event of an issue that says ``body``, of another ``user`` where they are told."""
    told = payload(forge)
    told["issue"]["body"] = body
    if user:
        told["issue"]["user"] = told["sender"] = told["issue"]["user"] | user
    return told
