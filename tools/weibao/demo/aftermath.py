"""What comes after the repair: confirmation, close, second thoughts, explanations."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from weibao.demo.hours import MINUTE, written
from weibao.demo.people import MANAGER, NETWORKS, SUPERVISOR
from weibao.demo.remarks import REMARKS

if TYPE_CHECKING:
    from weibao.demo.ticket_run import TicketRun
    from weibao.model.instant import Instant

INTERNAL_MARK = "内部口径"
"""In every note that must stay off the customer's site, and nowhere else."""


def confirm_and_close(run: TicketRun, landed: Instant) -> None:
    """The customer confirms, by the desk's call or with their own hand; then the desk closes."""
    writer, script = run.writer, run.script
    contact = script.client if script.client.id != "client-noc" else NETWORKS
    at = writer.year.days.later(max(writer.last(), landed), writer.random.randint(25, 400))
    satisfaction = writer.random.choices((5, 4, 3, 2), (62, 30, 7, 1))[0]
    if "slow" in script.turn or script.turn in {"backdated", "reopened"}:
        satisfaction = min(satisfaction, 3)
    data: dict[str, Any] = {"contact": contact.id, "satisfaction": satisfaction}
    if contact.commits and writer.random.random() < 0.3:
        writer.write(at, "confirmed", contact.id, via="portal", **data)
    else:
        via = writer.random.choices(("phone", "message", "email"), (7, 2, 1))[0]
        writer.write(at, "confirmed", writer.year.desk_at(at), via=via, **data)
    at += writer.about(3, 12)
    writer.write(at, "closed", writer.year.desk_at(at))


def reopen(run: TicketRun) -> None:
    """It comes back, and is mended again."""
    writer, script, engineer = run.writer, run.script, run.engineer.id
    at = writer.year.days.later(writer.last(), writer.random.randint(60, 300))
    reason = run.wording.filled(writer.random.choice(REMARKS.reopened))
    writer.write(at, "reopened", writer.year.desk_at(at), reason=reason)
    at = writer.year.days.later(at, writer.random.randint(10, 25))
    writer.write(at, "updated", engineer, note=run.wording.filled(REMARKS.again))
    at = writer.year.days.later(at, writer.random.randint(60, 150))
    writer.write(
        at,
        "resolved",
        engineer,
        mode="remote",
        cause=run.wording.variant(script.story.causes),
        action=REMARKS.again_mended,
        **script.story.coded,
    )
    confirm_and_close(run, at)


def extras(run: TicketRun) -> None:
    """A note for inside, a log attached, a cause corrected: now and then."""
    writer, script = run.writer, run.script
    resolved = writer.first("resolved")
    if resolved is None:
        return
    if writer.random.random() < 0.1:
        at = resolved.at + writer.about(2, 9)
        writer.write(
            at, "updated", SUPERVISOR.id, note=writer.random.choice(REMARKS.internal), internal=True
        )
    replaced = writer.first("part_replaced")
    if (
        replaced
        and writer.random.random() < 0.7
        and script.turn not in {"branch", "branch-late", "union"}
    ):
        _attach(run, replaced.at + 2 * MINUTE)
    if script.mends and writer.random.random() < 0.05:
        at = writer.year.days.later(writer.last(), writer.random.randint(200, 900))
        writer.write(
            at,
            "amended",
            run.engineer.id,
            entry=resolved.reference,
            field="cause",
            value=REMARKS.cause_confirmed.format(cause=resolved.data["cause"]),
            reason=writer.random.choice(REMARKS.corrections),
        )


def _attach(run: TicketRun, at: Instant) -> None:
    """What the device said after the part was changed."""
    writer, equipment = run.writer, run.script.equipment
    slot = run.wording.filling["slot"]
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
    writer.files[path] = text
    caption = REMARKS.attached
    writer.write(at, "attached", run.engineer.id, file=path, sha256=digest, caption=caption)


def explain(run: TicketRun) -> None:
    """The project manager justifies what was broken, a day or two after."""
    writer, complication = run.writer, run.script.complication
    if complication is None:
        return
    at = writer.year.days.later(writer.last(), writer.random.randint(200, 700))
    for excuse in complication.excuses:
        if excuse.target == "part" and not run.script.story.part:
            continue
        writer.write(
            at,
            "justified",
            MANAGER.id,
            target=excuse.target,
            cause=excuse.cause,
            improvement=excuse.improvement,
        )
