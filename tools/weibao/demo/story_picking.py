"""Picking which stories happen in the year, to what, when, and how they come in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.demo.complications import COMPLICATIONS
from weibao.demo.habits import HABITS
from weibao.demo.hours import HOUR, MINUTE, at_time
from weibao.demo.network import BY_ID, EQUIPMENT
from weibao.demo.people import CLIENT, CLIENTS
from weibao.demo.stories import STORIES, STORY
from weibao.demo.ticket_script import TicketScript, ticket_id

if TYPE_CHECKING:
    from random import Random

    from weibao.demo.complications import Complication
    from weibao.demo.network import Equipment
    from weibao.demo.people import Client
    from weibao.demo.stories import Story
    from weibao.demo.year import Year
    from weibao.model.instant import Instant


@dataclass(slots=True)
class StoryPicker:
    """Chooses, and remembers what it chose: nothing happens too often in one place."""

    year: Year
    random: Random
    _told: dict[str, int] = field(default_factory=dict)
    _hit: dict[tuple[str, str], int] = field(default_factory=dict)

    def story(self, kind: str, complication: Complication | None) -> Story:
        """The story of this kind that was told least, for its weight."""
        fit = [story for story in STORIES if story.kind == kind and _fits(story, complication)]
        chosen = min(
            fit,
            key=lambda story: (self._told.get(story.key, 0) + self.random.random()) / story.weight,
        )
        self._told[chosen.key] = self._told.get(chosen.key, 0) + 1
        return chosen

    def equipment(self, story: Story) -> Equipment:
        """One of the assets that it happens to, on which it happened least."""
        fit = [asset for asset in EQUIPMENT if asset.id.startswith(story.assets)]
        least = min(self._hit.get((story.key, asset.id), 0) for asset in fit)
        chosen = self.random.choice(
            [asset for asset in fit if self._hit.get((story.key, asset.id), 0) == least]
        )
        self._hit[story.key, chosen.id] = least + 1
        return chosen

    def client(self, equipment: Equipment, channel: str) -> Client:
        """Who reports it."""
        if channel == "monitoring":
            return CLIENT["client-noc"]
        local = [
            client
            for client in CLIENTS
            if client.site == equipment.site and client.id != "client-noc"
        ]
        return self.random.choice([*local, *local, CLIENT["fang-yi"]])

    def channel(self, severity: int, complication: Complication | None) -> str:
        """How it comes in."""
        if complication and complication.channel:
            return complication.channel
        names, weights = zip(*HABITS.channels[severity].items(), strict=True)
        return str(self.random.choices(names, weights)[0])

    def moment(self, share: float, severity: int, turn: str) -> Instant:
        """When it is reported: ``share`` of the way through the year, at a likely hour."""
        year, random = self.year, self.random
        first = year.days.shifted(year.start, 1)
        last = year.days.shifted(year.until, -HABITS.margin[severity])
        days = year.days.between(first, last)
        day = days[min(int(share * len(days)), len(days) - 1)]
        if turn in HABITS.at_night and severity <= 2:
            low, high = HABITS.at_night[turn]
            return at_time(day, random.randint(low, high), random.randint(0, 40))
        if turn in HABITS.in_the_morning:
            return at_time(day, 9, random.randint(4, 40))
        if severity <= 2:
            day += timedelta(days=random.choice((0, 0, 0, 1)))
            hour = random.choices((random.randint(8, 17), random.randint(0, 23)), (55, 45))[0]
            return at_time(day, hour, random.randint(0, 59))
        return at_time(day, 8, 40) + random.randint(0, 8 * HOUR // MINUTE) * MINUTE


def _fits(story: Story, complication: Complication | None) -> bool:
    if complication is None:
        return True
    if complication.level not in story.severities:
        return False
    if story.pause and complication.name != "slow-response":
        return False
    mended = complication.part in {None, bool(story.part)}
    return mended and complication.on_site in {None, story.on_site}


def closed_scripts(
    year: Year, faults: int, consultations: int, requests: int
) -> list[TicketScript]:
    """The reactive tickets that are over by the end, in the order of their reports."""
    random = year.chance("plots")
    picker = StoryPicker(year, random)
    kinds = ["fault"] * faults + ["consultation"] * consultations + ["request"] * requests
    random.shuffle(kinds)
    turns = _turns(kinds)
    scripts: list[TicketScript] = []
    taken: set[str] = set()
    for place, kind in enumerate(kinds):
        complication = turns.get(place)
        story = picker.story(kind, complication)
        equipment = picker.equipment(story)
        levels, weights = zip(*story.severities.items(), strict=True)
        severity = complication.level if complication else random.choices(levels, weights)[0]
        channel = picker.channel(severity, complication)
        share = (place + random.random()) / len(kinds)
        reported = picker.moment(share, severity, complication.name if complication else "")
        name = _new_id(random, reported, taken)
        client = picker.client(equipment, channel)
        scripts.append(
            TicketScript(name, story, equipment, client, severity, reported, channel, complication)
        )
    return sorted(_repeats(scripts), key=lambda script: (script.reported, script.id))


def _turns(kinds: list[str]) -> dict[int, Complication]:
    """Which of the tickets take a turn: spread over the year."""
    chosen = COMPLICATIONS[: len(kinds) // 3]
    places: dict[int, Complication] = {}
    for number, complication in enumerate(chosen):
        wanted = "request" if complication.level == 4 else "fault"
        place = (2 * number + 1) * len(kinds) // (2 * len(chosen))
        for candidate in (*range(place, len(kinds)), *range(place)):
            if kinds[candidate] == wanted and candidate not in places:
                places[candidate] = complication
                break
    return places


def _repeats(scripts: list[TicketScript]) -> list[TicketScript]:
    """The cancelled ones: the second of them repeats the ticket before it."""
    cancelled = [
        place for place, script in enumerate(scripts) if script.turn == "cancelled" and place
    ]
    if len(cancelled) > 1:
        place = cancelled[1]
        before = max(
            (script for script in scripts[:place] if script.turn != "cancelled"),
            key=lambda script: script.reported,
        )
        at = before.reported + 6 * MINUTE
        scripts[place] = replace(
            scripts[place],
            id=f"T{before.id[1:9]}{scripts[place].id[9:]}",
            story=before.story if 3 in before.story.severities else scripts[place].story,
            equipment=before.equipment,
            reported=at,
            channel="monitoring",
            client=CLIENT["client-noc"],
            duplicate_of=before.id,
        )
    return scripts


def open_scripts(year: Year, count: int) -> list[TicketScript]:
    """The tickets that are still open: what the desk sees when it looks up on the last day.

    The first is at risk through all of that day, and none is overdue before its evening.
    """
    random = year.chance("open")

    evening = year.finish - random.randint(160, 220) * MINUTE
    times = [
        at_time(
            year.days.shifted(year.until, -waiting.days_ago),
            waiting.hour,
            random.randint(*waiting.minutes),
        )
        if waiting.days_ago
        else evening
        for waiting in HABITS.open
    ]
    clients = {"lancheng": "fang-yi", "qingyu": "luo-xin", "yunxiu": "shen-he"}
    scripts = []
    for waiting, reported in zip(HABITS.open[:count], times, strict=False):
        equipment = BY_ID[waiting.asset]
        monitored = waiting.channel == "monitoring"
        client = CLIENT["client-noc" if monitored else clients[equipment.site]]
        scripts.append(
            TicketScript(
                ticket_id(random, reported),
                STORY[waiting.story],
                equipment,
                client,
                waiting.severity,
                reported,
                waiting.channel,
                hold=waiting.hold,
            )
        )
    return scripts


def _new_id(random: Random, reported: Instant, taken: set[str]) -> str:
    name = ticket_id(random, reported)
    while name in taken:
        name = ticket_id(random, reported)
    taken.add(name)
    return name
