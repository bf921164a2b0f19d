"""The stories' texts: every place in them can be filled, and they are of one piece."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from weibao.demo.complications import COMPLICATIONS
from weibao.demo.data_files import PLACES
from weibao.demo.habits import HABITS
from weibao.demo.network import EQUIPMENT
from weibao.demo.parts import PART
from weibao.demo.stories import PLANNED, STORIES, STORY
from weibao.demo.wording import PHRASES, Wording, places
from weibao.model.events import REASONS
from weibao.model.ticket import PLANNED as PLANNED_KINDS

if TYPE_CHECKING:
    from weibao.demo.stories import Story

ALL = (*STORIES, *PLANNED)
MANY = 25


@pytest.mark.parametrize("story", ALL, ids=lambda story: story.key)
def test_a_story_happens_to_equipment_that_there_is(story: Story) -> None:
    assert all(any(asset.id.startswith(prefix) for asset in EQUIPMENT) for prefix in story.assets)


def test_the_places_that_a_text_may_have_are_those_that_a_ticket_fills() -> None:
    for asset in EQUIPMENT:
        assert places(Random(1), asset, "方工", "09:12").keys() == PLACES.keys()


@pytest.mark.parametrize("story", ALL, ids=lambda story: story.key)
def test_a_story_has_all_that_its_course_needs(story: Story) -> None:
    assert all((story.titles, story.descriptions, story.diagnoses, story.causes, story.actions))
    assert len(story.progress) >= 2
    assert not story.part or (story.part in PART and story.on_site)
    assert not story.pause or (story.pause in REASONS and all(story.pause_notes))
    assert bool(story.rollback) is (story.kind in PLANNED_KINDS)
    assert bool(story.severities) is (story.kind not in PLANNED_KINDS)


@pytest.mark.parametrize("story", [one for one in ALL if one.part], ids=lambda story: story.key)
def test_a_part_fits_some_of_the_equipment_that_it_mends(story: Story) -> None:
    models = {one.model for one in EQUIPMENT if one.id.startswith(story.assets)}

    assert models & set(PART[story.part].fits)


def test_there_are_many_different_stories() -> None:
    faults = [one for one in STORIES if one.kind == "fault"]

    assert len(faults) > MANY
    assert len({one.key for one in ALL}) == len(ALL)


def test_what_is_usual_speaks_of_things_that_there_are() -> None:
    named = {*HABITS.at_night, *HABITS.in_the_morning}

    assert named <= {complication.name for complication in COMPLICATIONS}
    assert {ticket.story for ticket in HABITS.open} <= STORY.keys()
    assert {ticket.asset for ticket in HABITS.open} <= {asset.id for asset in EQUIPMENT}
    assert set(HABITS.windows) == set(HABITS.agreed_work) == {story.kind for story in PLANNED}


def test_names_stand_off_from_the_chinese_text_after_them() -> None:
    asset = next(one for one in EQUIPMENT if one.id == "core-sw-01")
    wording = Wording(Random(1), places(Random(1), asset, "方工", "09:12"), ALL[0])

    assert wording.filled("{asset}主控板") == "核心交换机 1 主控板"
    assert wording.filled("{asset}，正常") == "核心交换机 1，正常"


def test_each_phase_of_the_work_has_words_of_its_own_and_says_them_in_turn() -> None:
    asset = next(one for one in EQUIPMENT if one.id == "core-sw-01")
    wording = Wording(Random(1), places(Random(1), asset, "方工", "09:12"), ALL[0])
    said = [wording.next_in("travelling") for _ in PHRASES.travelling]

    assert said == [wording.filled(text) for text in PHRASES.travelling]
    every = [
        text
        for texts_of_phase in (
            PHRASES.travelling,
            PHRASES.awaiting_part,
            PHRASES.standing_still,
            PHRASES.handling,
            PHRASES.working,
            PHRASES.watching,
        )
        for text in texts_of_phase
    ]
    assert len(set(every)) == len(every)
