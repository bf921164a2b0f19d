"""How a ticket's trouble is mended: on the spot or from afar, with a part or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.demo.cadence import PENDING
from weibao.demo.hours import MINUTE
from weibao.demo.parts import PART

if TYPE_CHECKING:
    from weibao.demo.telling import Telling
    from weibao.model.instant import Instant


def pause(telling: Telling) -> None:
    """The clock stands still while somebody else is at work."""
    pen, story, tempo = telling.pen, telling.plot.story, telling.tempo
    stop, again = story.pause_notes
    at = telling.later(pen.last(), 8, 22)
    pen.write(
        at,
        "paused",
        telling.engineer.id,
        reason=story.pause,
        note=telling.wording.filled(stop),
    )
    at = telling.later(at, *((90, 280) if tempo.level <= 2 else (150, 900)))
    pen.write(at, "resumed", telling.engineer.id, note=telling.wording.filled(again))


def mend(telling: Telling) -> None:
    """From the response to the resolution."""
    if telling.plot.story.on_site:
        arrived = _travel(telling)
        restored = _on_the_spot(telling, arrived)
    else:
        restored = _from_afar(telling)
    _resolve(telling, restored)


def _travel(telling: Telling) -> Instant:
    pen, tempo, plot = telling.pen, telling.tempo, telling.plot
    at = telling.later(pen.last(), 2, 7)
    pen.write(at, "dispatched", pen.year.desk_at(at), to=telling.engineer.id)
    arrived = tempo.draw(at, tempo.pace.travel, pen.random)
    if plot.turn == "slow-arrival":
        arrived = plot.reported + pen.about(250, 285)
    if not plot.mends and tempo.level == 4:
        arrived = telling.later(at, 240, 900)
    return pen.write(arrived, "arrived", telling.engineer.id).at


def _on_the_spot(telling: Telling, arrived: Instant) -> Instant:
    pen, tempo, plot = telling.pen, telling.tempo, telling.plot
    if plot.story.part:
        done = _with_part(telling, arrived)
    else:
        done = tempo.draw(arrived, tempo.pace.repair, pen.random)
        if plot.turn == "slow-repair":
            done = plot.reported + pen.about(495, 560)
    middle = arrived + (done - arrived) // 2 if tempo.level <= 2 else telling.later(arrived, 8, 20)
    if middle < done:
        pen.write(middle, "updated", telling.engineer.id, note=PENDING)
    return done


def _with_part(telling: Telling, arrived: Instant) -> Instant:
    """The part is asked for, leaves the depot, arrives and is fitted; returns when it works."""
    pen, tempo, plot = telling.pen, telling.tempo, telling.plot
    part = plot.story.part
    acknowledged = pen.first("acknowledged")
    asked = pen.write(
        telling.later(acknowledged.at if acknowledged else arrived, 3, 12),
        "part_requested",
        telling.engineer.id,
        part=part,
        quantity=1,
    ).at
    left_depot = telling.later(asked, 6, 16)
    came = max(tempo.draw(left_depot, tempo.pace.fetch, pen.random), arrived + 4 * MINUTE)
    if plot.turn == "slow-part":
        came = telling.later(tempo.due("part", asked, plot.reported), 30, 80)
    elif plot.turn == "slow-repair":
        came = asked + pen.about(262, 300)
    came = pen.write(came, "part_arrived", telling.engineer.id, part=part).at
    fitted = telling.later(came, 12, 35)
    if fitted < pen.year.finish and not plot.hold:
        serial = telling.store.issue(part, plot.equipment.site, left_depot, plot.id)
        removed = (
            f"{PART[part].prefix}{pen.year.start.year % 100 - 6}{pen.random.randint(1000, 9899)}"
        )
        pen.write(
            fitted,
            "part_replaced",
            telling.engineer.id,
            asset=plot.equipment.id,
            part=part,
            removed_serial=removed,
            installed_serial=serial,
        )
    if plot.turn == "slow-repair":
        return max(fitted + 10 * MINUTE, plot.reported + pen.about(490, 550))
    return telling.later(fitted, 6, 22)


def _from_afar(telling: Telling) -> Instant:
    pen, tempo, plot = telling.pen, telling.tempo, telling.plot
    begun = pen.last()
    if plot.turn == "slow-repair":
        return plot.reported + pen.about(495, 560)
    if plot.story.pause == "third_party_carrier":
        return telling.later(begun, 5, 18)
    done = tempo.draw(begun, tempo.pace.remote, pen.random)
    if tempo.level <= 2:
        middle = begun + (done - begun) // 2
        pen.write(middle, "updated", telling.engineer.id, note=PENDING)
    return done


def _resolve(telling: Telling, restored: Instant) -> None:
    """Restored where something was down; then resolved, in due course or not."""
    pen, tempo, plot = telling.pen, telling.tempo, telling.plot
    mode = "on_site" if plot.story.on_site else "remote"
    engineer = telling.engineer.id
    resolved = tempo.draw(restored, tempo.pace.finish, pen.random)
    if plot.mends:
        step = pen.write(restored, "restored", engineer, mode=mode)
        restored = step.at
        if plot.turn == "backdated":
            _backdate(telling, restored)
            resolved = plot.reported + pen.about(575, 600)
    if plot.turn == "slow-resolution":
        resolved = telling.later(tempo.due("resolve", plot.reported, plot.reported), 60, 300)
    elif plot.turn in {"silent", "silent-unexplained"}:
        telling.quiet_from = restored + MINUTE
        due = tempo.due("update", restored, plot.reported)
        resolved = telling.later(due, 40, 160)
    pen.write(
        max(resolved, restored + MINUTE),
        "resolved",
        engineer,
        mode=mode,
        cause=telling.wording.variant(plot.story.causes),
        action=telling.wording.variant(plot.story.actions),
    )
    if plot.story.on_site:
        went = restored if tempo.level >= 3 else pen.last()
        pen.write(telling.later(max(went, restored), 5, 25), "left", engineer)


def _backdate(telling: Telling, restored: Instant) -> None:
    """The restoration was written down two hours after the promise had run out, as if before."""
    from dataclasses import replace

    pen, reported = telling.pen, telling.plot.reported
    claimed = reported + pen.about(425, 450)
    for index, step in enumerate(pen.steps):
        if step.event == "restored" and step.at == restored:
            recorded = reported + pen.about(545, 570) + 17
            pen.steps[index] = replace(step, at=claimed, recorded=recorded)
