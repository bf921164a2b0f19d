"""How a story's texts get their places filled: the same ticket speaks of the same things throughout."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from weibao.demo.data_files import Said, read_data
from weibao.demo.network import NETWORK

if TYPE_CHECKING:
    from random import Random

    from weibao.demo.network import Equipment
    from weibao.demo.stories import Story

_CLOSE = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])")

FLOORS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Phrases:
    """What fills places, and what is said in each phase of the work; carriers by ids of lines."""

    apps: tuple[str, ...]
    departments: tuple[str, ...]
    topics: tuple[str, ...]
    carriers: dict[str, str]
    travelling: tuple[Said, ...]
    awaiting_part: tuple[Said, ...]
    standing_still: tuple[Said, ...]
    handling: tuple[Said, ...]
    working: tuple[Said, ...]
    watching: tuple[Said, ...]


PHRASES = read_data(Phrases, "data/wording.yaml")


def places(random: Random, equipment: Equipment, contact: str, earlier: str) -> dict[str, object]:
    """What the places of a ticket's texts stand for.

    ``contact`` is how the customer's person is called, ``earlier`` a time of day shortly before
    the report.
    """
    carrier = next(
        (name for prefix, name in PHRASES.carriers.items() if equipment.id.startswith(prefix)),
        random.choice(tuple(PHRASES.carriers.values())),
    )
    low = random.randint(4, 9)
    return {
        "asset": equipment.name,
        "site": NETWORK.sites[equipment.site].zh,
        "contact": contact,
        "time": earlier,
        "carrier": carrier,
        "ref": f"{random.randint(2000, 9899)}{random.randint(100, 999)}",
        "app": random.choice(PHRASES.apps),
        "dept": random.choice(PHRASES.departments),
        "topic": random.choice(PHRASES.topics),
        "floor": _floor(random, equipment),
        "port": f"GE0/0/{random.randint(1, 24)}",
        "slot": random.randint(1, 6),
        "vlan": random.randint(11, 380),
        "count": random.randint(6, 40),
        "few": random.randint(2, 5),
        "percent": random.randint(78, 97),
        "minutes": random.randint(15, 55),
        "hours": random.randint(2, 4),
        "km": f"{random.randint(11, 86) / 10}",
        "loss": random.randint(3, 9),
        "low": low,
        "dbm": low + random.randint(9, 14),
        "temp": random.randint(47, 58),
        "low_temp": random.randint(26, 31),
    }


def _floor(random: Random, equipment: Equipment) -> str:
    """The floor that the equipment serves, or some floor."""
    number, _, rest = equipment.location.partition(" 层")
    return FLOORS[int(number) if rest and number.isdecimal() else random.randint(2, 6)]


@dataclass(slots=True)
class Wording:
    """The texts of one ticket; what is said on the way is said in order, and once."""

    random: Random
    filling: dict[str, object]
    story: Story
    _variant: int = field(init=False)
    _said: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Choose which of the story's variants this ticket is: all its texts are of that one."""
        self._variant = self.random.randrange(2)

    def variant(self, variants: tuple[str, ...]) -> str:
        """The text of this ticket's variant, filled."""
        return self.filled(variants[self._variant % len(variants)])

    def filled(self, text: str) -> str:
        """A text with its places filled; figures and Latin stand off from Chinese."""
        return _CLOSE.sub(" ", text.format_map(self.filling))

    def next_in(self, phase: str) -> str:
        """What is said next in a phase of the work."""
        said = self._said.get(phase, 0)
        self._said[phase] = said + 1
        texts = self._texts(phase)
        return self.filled(texts[said % len(texts)])

    def _texts(self, phase: str) -> tuple[str, ...]:
        story = self.story
        match phase:
            case "travelling":
                return PHRASES.travelling
            case "awaiting_part":
                return PHRASES.awaiting_part
            case "standing_still":
                return PHRASES.standing_still
            case "watching":
                return (story.progress[-1], *PHRASES.watching)
            case _ if story.kind != "fault":
                return (*story.progress, *PHRASES.handling)
            case _:
                return (*story.progress[:-1], *PHRASES.working)
