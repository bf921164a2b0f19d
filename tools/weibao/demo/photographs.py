"""Photographs on tickets: what it looked like before and after the repair.

They come when all else of a ticket is told, in the commit of the step that they show, and no chance
of the course decides on them: no ticket takes another turn for a picture.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.demo.hours import MINUTE
from weibao.demo.pictures import chassis, patch_panel
from weibao.demo.remarks import REMARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.demo.staged_record import DraftedEntry
    from weibao.demo.ticket_run import TicketRun

_SHARE = 0.5
"""How often somebody takes a picture of a port; of a core switch that was down, always."""


def with_photographs(run: TicketRun, steps: Sequence[DraftedEntry]) -> tuple[DraftedEntry, ...]:
    """The steps with a photograph of how it was found and one of how it was left, where somebody took them."""
    script = run.script
    year = run.writer.year
    random = year.chance("photographs", script.id)
    board, port = script.story.key == "main-board", script.story.key in {"optic", "patch-cord"}
    if not (board and script.severity == 1) and not (port and random.random() < _SHARE):
        return tuple(steps)
    place = random.randrange(5 if board else 24)
    shown = next(
        (step for step in steps if step.event == ("part_replaced" if board else "restored")), None
    )
    if shown is None:
        return tuple(steps)
    found = []
    for mended, caption in enumerate(REMARKS.photographs):
        same = year.chance("scene", script.id)  # the same cords hang there before and after
        content = (
            chassis(same, failed=place, mended=bool(mended), large=not mended)
            if board
            else patch_panel(same, port=place, mended=bool(mended))
        )
        digest = sha256(content).hexdigest()
        path = f"records/attachments/{digest[:2]}/{digest}.png"
        run.writer.files[path] = content
        data = {
            "file": path,
            "sha256": digest,
            "caption": caption.format(asset=script.equipment.name),
        }
        at = shown.at if mended else shown.at - MINUTE
        found.append(replace(shown, at=at, event="attached", data=data))
    return tuple(sorted([*steps, *found], key=lambda step: (step.recorded, step.at)))
