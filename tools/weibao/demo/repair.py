"""How a ticket's trouble is mended: on the spot or from afar, with a part or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.demo.cadence import PENDING
from weibao.demo.hours import MINUTE
from weibao.demo.parts import PART

if TYPE_CHECKING:
    from weibao.demo.ticket_run import TicketRun
    from weibao.model.instant import Instant


def pause(run: TicketRun) -> None:
    """The clock stands still while somebody else is at work."""
    writer, story, timing = run.writer, run.script.story, run.timing
    stop, again = story.pause_notes
    at = run.later(writer.last(), 8, 22)
    writer.write(
        at,
        "paused",
        run.engineer.id,
        reason=story.pause,
        note=run.wording.filled(stop),
    )
    at = run.later(at, *((90, 280) if timing.level <= 2 else (150, 900)))
    writer.write(at, "resumed", run.engineer.id, note=run.wording.filled(again))


def mend(run: TicketRun) -> None:
    """From the response to the resolution."""
    if run.script.story.on_site:
        arrived = _travel(run)
        restored = _on_the_spot(run, arrived)
    else:
        restored = _from_afar(run)
    _resolve(run, restored)


def _travel(run: TicketRun) -> Instant:
    writer, timing, script = run.writer, run.timing, run.script
    at = run.later(writer.last(), 2, 7)
    writer.write(at, "dispatched", writer.year.desk_at(at), to=run.engineer.id)
    arrived = timing.draw(at, timing.pace.travel, writer.random)
    if script.turn == "slow-arrival":
        arrived = script.reported + writer.about(250, 285)
    if not script.mends and timing.level == 4:
        arrived = run.later(at, 240, 900)
    return writer.write(arrived, "arrived", run.engineer.id).at


def _on_the_spot(run: TicketRun, arrived: Instant) -> Instant:
    writer, timing, script = run.writer, run.timing, run.script
    if script.story.part:
        done = _with_part(run, arrived)
    else:
        done = timing.draw(arrived, timing.pace.repair, writer.random)
        if script.turn == "slow-repair":
            done = script.reported + writer.about(495, 560)
    middle = arrived + (done - arrived) // 2 if timing.level <= 2 else run.later(arrived, 8, 20)
    if middle < done:
        writer.write(middle, "updated", run.engineer.id, note=PENDING)
    return done


def _with_part(run: TicketRun, arrived: Instant) -> Instant:
    """The part is asked for, leaves the depot, arrives and is fitted; returns when it works."""
    writer, timing, script = run.writer, run.timing, run.script
    part = script.story.part
    acknowledged = writer.first("acknowledged")
    asked = writer.write(
        run.later(acknowledged.at if acknowledged else arrived, 3, 12),
        "part_requested",
        run.engineer.id,
        part=part,
        quantity=1,
    ).at
    left_depot = run.later(asked, 6, 16)
    came = max(timing.draw(left_depot, timing.pace.fetch, writer.random), arrived + 4 * MINUTE)
    if script.turn == "slow-part":
        came = run.later(timing.due("part", asked, script.reported), 30, 80)
    elif script.turn == "slow-repair":
        came = asked + writer.about(262, 300)
    came = writer.write(came, "part_arrived", run.engineer.id, part=part).at
    fitted = run.later(came, 12, 35)
    if fitted < writer.year.finish and not script.hold:
        serial = run.store.issue(part, script.equipment.site, left_depot, script.id)
        removed = f"{PART[part].prefix}{writer.year.start.year % 100 - 6}{writer.random.randint(1000, 9899)}"
        writer.write(
            fitted,
            "part_replaced",
            run.engineer.id,
            asset=script.equipment.id,
            part=part,
            removed_serial=removed,
            installed_serial=serial,
        )
    if script.turn == "slow-repair":
        return max(fitted + 10 * MINUTE, script.reported + writer.about(490, 550))
    return run.later(fitted, 6, 22)


def _from_afar(run: TicketRun) -> Instant:
    writer, timing, script = run.writer, run.timing, run.script
    begun = writer.last()
    if script.turn == "slow-repair":
        return script.reported + writer.about(495, 560)
    if script.story.pause == "third_party_carrier":
        return run.later(begun, 5, 18)
    done = timing.draw(begun, timing.pace.remote, writer.random)
    if timing.level <= 2:
        middle = begun + (done - begun) // 2
        writer.write(middle, "updated", run.engineer.id, note=PENDING)
    return done


def _resolve(run: TicketRun, restored: Instant) -> None:
    """Restored where something was down; then resolved, in due course or not."""
    writer, timing, script = run.writer, run.timing, run.script
    mode = "on_site" if script.story.on_site else "remote"
    engineer = run.engineer.id
    resolved = timing.draw(restored, timing.pace.finish, writer.random)
    if script.mends:
        step = writer.write(restored, "restored", engineer, mode=mode)
        restored = step.at
        if script.turn == "backdated":
            _backdate(run, restored)
            resolved = script.reported + writer.about(575, 600)
    if script.turn == "slow-resolution":
        resolved = run.later(timing.due("resolve", script.reported, script.reported), 60, 300)
    elif script.turn in {"silent", "silent-unexplained"}:
        run.quiet_from = restored + MINUTE
        due = timing.due("update", restored, script.reported)
        resolved = run.later(due, 40, 160)
    writer.write(
        max(resolved, restored + MINUTE),
        "resolved",
        engineer,
        mode=mode,
        cause=run.wording.variant(script.story.causes),
        action=run.wording.variant(script.story.actions),
        **script.story.coded,
    )
    if script.story.on_site:
        went = restored if timing.level >= 3 else writer.last()
        writer.write(run.later(max(went, restored), 5, 25), "left", engineer)


def _backdate(run: TicketRun, restored: Instant) -> None:
    """The restoration was written down two hours after the promise had run out, as if before."""
    from dataclasses import replace

    writer, reported = run.writer, run.script.reported
    claimed = reported + writer.about(425, 450)
    for index, step in enumerate(writer.steps):
        if step.event == "restored" and step.at == restored:
            recorded = reported + writer.about(545, 570) + 17
            writer.steps[index] = replace(step, at=claimed, recorded=recorded)
