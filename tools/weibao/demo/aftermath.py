"""What comes after the repair: confirmation, close, second thoughts, explanations."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from weibao.demo.hours import MINUTE, written
from weibao.demo.people import MANAGER, NETWORKS, SUPERVISOR
from weibao.demo.remarks import REMARKS

if TYPE_CHECKING:
    from weibao.demo.telling import Telling
    from weibao.model.instant import Instant

INTERNAL_MARK = "内部口径"
"""In every note that must stay off the customer's site, and nowhere else."""


def confirm_and_close(telling: Telling, landed: Instant) -> None:
    """The customer confirms, by the desk's call or with their own hand; then the desk closes."""
    pen, plot = telling.pen, telling.plot
    contact = plot.client if plot.client.id != "client-noc" else NETWORKS
    at = pen.year.days.later(max(pen.last(), landed), pen.random.randint(25, 400))
    satisfaction = pen.random.choices((5, 4, 3, 2), (62, 30, 7, 1))[0]
    if "slow" in plot.turn or plot.turn in {"backdated", "reopened"}:
        satisfaction = min(satisfaction, 3)
    data: dict[str, Any] = {"contact": contact.id, "satisfaction": satisfaction}
    if contact.commits and pen.random.random() < 0.3:
        pen.write(at, "confirmed", contact.id, via="portal", **data)
    else:
        via = pen.random.choices(("phone", "message", "email"), (7, 2, 1))[0]
        pen.write(at, "confirmed", pen.year.desk_at(at), via=via, **data)
    at += pen.about(3, 12)
    pen.write(at, "closed", pen.year.desk_at(at))


def reopen(telling: Telling) -> None:
    """It comes back, and is mended again."""
    pen, plot, engineer = telling.pen, telling.plot, telling.engineer.id
    at = pen.year.days.later(pen.last(), pen.random.randint(60, 300))
    reason = telling.wording.filled(pen.random.choice(REMARKS.reopened))
    pen.write(at, "reopened", pen.year.desk_at(at), reason=reason)
    at = pen.year.days.later(at, pen.random.randint(10, 25))
    pen.write(at, "updated", engineer, note=telling.wording.filled("已再次联系{contact}，重新排查"))
    at = pen.year.days.later(at, pen.random.randint(60, 150))
    pen.write(
        at,
        "resolved",
        engineer,
        mode="remote",
        cause=telling.wording.variant(plot.story.causes),
        action="复查遗漏的端口与配置并逐项验证，连续观察正常",
    )
    confirm_and_close(telling, at)


def extras(telling: Telling) -> None:
    """A note for inside, a log attached, a cause corrected: now and then."""
    pen, plot = telling.pen, telling.plot
    resolved = pen.first("resolved")
    if resolved is None:
        return
    if pen.random.random() < 0.1:
        at = resolved.at + pen.about(2, 9)
        pen.write(
            at, "updated", SUPERVISOR.id, note=pen.random.choice(REMARKS.internal), internal=True
        )
    replaced = pen.first("part_replaced")
    if (
        replaced
        and pen.random.random() < 0.7
        and plot.turn not in {"branch", "branch-late", "union"}
    ):
        _attach(telling, replaced.at + 2 * MINUTE)
    if plot.mends and pen.random.random() < 0.05:
        at = pen.year.days.later(pen.last(), pen.random.randint(200, 900))
        pen.write(
            at,
            "amended",
            telling.engineer.id,
            entry=resolved.reference,
            field="cause",
            value=f"{resolved.data['cause']}（已由原厂检测确认）",
            reason=pen.random.choice(REMARKS.corrections),
        )


def _attach(telling: Telling, at: Instant) -> None:
    """What the device said after the part was changed."""
    pen, equipment = telling.pen, telling.plot.equipment
    slot = telling.wording.filling["slot"]
    text = (
        f"<{equipment.id}> display device\n"
        f"{equipment.model}'s device status:  {written(at)}\n"
        "Slot  Type        Online    Power      Register      Status\n"
        + "".join(
            f"{number:<6}{'*' if number == slot else ' '}{'BOARD':<11}Present   PowerOn    Registered    Normal\n"
            for number in range(1, 7)
        )
    ).encode()
    digest = sha256(text).hexdigest()
    path = f"records/attachments/{digest[:2]}/{digest}.txt"
    pen.files[path] = text
    caption = "更换后的设备状态回显"
    pen.write(at, "attached", telling.engineer.id, file=path, sha256=digest, caption=caption)


def explain(telling: Telling) -> None:
    """The project manager justifies what was broken, a day or two after."""
    pen, twist = telling.pen, telling.plot.twist
    if twist is None:
        return
    at = pen.year.days.later(pen.last(), pen.random.randint(200, 700))
    for excuse in twist.excuses:
        if excuse.target == "part" and not telling.plot.story.part:
            continue
        pen.write(
            at,
            "justified",
            MANAGER.id,
            target=excuse.target,
            cause=excuse.cause,
            improvement=excuse.improvement,
        )
