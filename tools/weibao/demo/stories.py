"""What a story of a ticket is made of: its texts in variants, and what its course needs.

The stories lie in ``stories/``, a file for each sort. Their texts are Chinese because the made-up
customer is: they are data of the example, like the names in it, and no part of the interface.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from weibao.demo.data_files import Said, read_data

Variants = tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One kind of thing that happens, in words that a ticket's place and time fill.

    Attributes:
        key: what the story is called here.
        kind: the ticket's kind.
        assets: prefixes of the ids of the assets that it happens to.
        titles, descriptions, diagnoses, causes, actions: variants, of which a ticket takes the same
            place of each, so that what is found is what was reported. They have places such as
            ``{asset}`` (see :mod:`weibao.demo.wording`). ``diagnoses`` are said on responding.
        progress: what is said on the way, in this order; it fits every variant.
        severities: how often each declared severity is, by level.
        on_site: whether somebody must go there.
        part: the spare part that mends it, or "".
        pause: why the clock stands still for a while, or "".
        pause_notes: what is said when it stops and when it runs again.
        cause_code, responsible: of a fault, its cause by the contract's list, and which side answers for it.
        strikes: by declared severity, what services that rest on the equipment lose; nothing where the contract says it.
        worsens: what they come to lose once it has been looked at, where that is more.
        rollback: for planned work, the way back.
        weight: how often it happens, against the others of its kind.
    """

    key: str
    kind: str
    assets: tuple[str, ...]
    titles: Variants
    descriptions: Variants
    diagnoses: Variants
    progress: Variants
    causes: Variants
    actions: Variants
    severities: dict[int, int] = field(default_factory=dict)
    on_site: bool = False
    part: str = ""
    pause: str = ""
    pause_notes: tuple[Said, Said] = (Said(""), Said(""))
    rollback: str = ""
    cause_code: str = ""
    responsible: str = ""
    strikes: dict[int, dict[str, str]] = field(default_factory=dict)
    worsens: dict[str, str] = field(default_factory=dict)
    weight: int = 2

    @property
    def coded(self) -> dict[str, Any]:
        """What a resolution says of the cause in codes; nothing of what is no fault."""
        said = {"cause_code": self.cause_code, "responsible": self.responsible}
        return {key: value for key, value in said.items() if value}


def _read(*names: str) -> tuple[Story, ...]:
    return tuple(
        story for name in names for story in read_data(tuple[Story, ...], f"stories/{name}.yaml")
    )


STORIES = _read("equipment", "lines", "network", "security", "consultations", "requests")
"""What is reported; a chance draws from them, so that their order counts."""

PLANNED = _read("planned")
"""Work that is planned."""

STORY = {story.key: story for story in STORIES}
