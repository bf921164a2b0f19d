from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building.entries import moment
from weibao.model.duty import Duty, Rota, StandIn
from weibao.operations.on_duty import OnDuty, on_duty, shifts

START = moment("2026-01-01 08:00")
DAY = 86400
DESK = Rota("desk", START, DAY, ("sun-yu", "wang-lei"))
ENGINEER = Rota("engineer", START, 7 * DAY, ("li-qiang", "zhao-min"))


def duty(*stand_ins: StandIn, rotas: tuple[Rota, ...] = (DESK,)) -> Duty:
    return Duty({one.id: one for one in rotas}, stand_ins, ())


def stand_in(start: str, end: str, by: str, rota: str = "desk") -> StandIn:
    return StandIn(rota, moment(start), moment(end), by, "", "病假")


def test_people_take_turns_in_the_order_of_the_rota() -> None:
    people = [on_duty(duty(), START + day * DAY)[0].person for day in range(4)]
    assert people == ["sun-yu", "wang-lei", "sun-yu", "wang-lei"]


def test_a_shift_begins_with_its_first_second_and_ends_before_its_last() -> None:
    (first,) = on_duty(duty(), START + DAY - 1)
    (second,) = on_duty(duty(), START + DAY)
    assert (first.person, first.start, first.end) == ("sun-yu", START, START + DAY)
    assert (second.person, second.start) == ("wang-lei", START + DAY)


def test_nobody_is_on_duty_before_the_rota_starts_not_even_a_stand_in() -> None:
    early = stand_in("2025-12-31 08:00", "2026-01-01 20:00", "gao-yuan")
    assert on_duty(duty(early), START - 1) == ()
    assert on_duty(duty(early), START)[0].person == "gao-yuan"


def test_every_rota_has_its_own_duty_listed_by_rota() -> None:
    both = duty(rotas=(ENGINEER, DESK))
    found = on_duty(both, START + 8 * DAY)
    assert [(one.rota, one.person) for one in found] == [
        ("desk", "sun-yu"),
        ("engineer", "zhao-min"),
    ]


def test_a_stand_in_wins_and_says_whose_turn_it_is() -> None:
    ill = duty(stand_in("2026-01-02 12:00", "2026-01-02 20:00", "gao-yuan"))
    assert on_duty(ill, moment("2026-01-02 12:00")) == (
        OnDuty(
            "desk", "gao-yuan", moment("2026-01-02 12:00"), moment("2026-01-02 20:00"), "wang-lei"
        ),
    )
    before, after = (
        on_duty(ill, moment("2026-01-02 11:59")),
        on_duty(ill, moment("2026-01-02 20:00")),
    )
    assert before[0] == OnDuty(
        "desk", "wang-lei", moment("2026-01-02 08:00"), moment("2026-01-02 12:00"), ""
    )
    assert after[0] == OnDuty(
        "desk", "wang-lei", moment("2026-01-02 20:00"), moment("2026-01-03 08:00"), ""
    )


def test_a_stand_in_over_several_shifts_is_cut_where_they_change_hands() -> None:
    long = duty(stand_in("2026-01-02 08:00", "2026-01-04 08:00", "gao-yuan"))
    spans = shifts(long, "desk", START + DAY, START + 3 * DAY)
    assert [(one.person, one.instead_of) for one in spans] == [
        ("gao-yuan", "wang-lei"),
        ("gao-yuan", "sun-yu"),
    ]


def test_two_stand_ins_of_one_person_that_meet_are_one_span() -> None:
    meeting = duty(
        stand_in("2026-01-02 10:00", "2026-01-02 12:00", "gao-yuan"),
        stand_in("2026-01-02 12:00", "2026-01-02 14:00", "gao-yuan"),
    )
    (span,) = on_duty(meeting, moment("2026-01-02 12:00"))
    assert (span.start, span.end) == (moment("2026-01-02 10:00"), moment("2026-01-02 14:00"))


def test_of_two_stand_ins_that_overlap_the_later_in_the_file_wins() -> None:
    clash = duty(
        stand_in("2026-01-02 10:00", "2026-01-02 14:00", "gao-yuan"),
        stand_in("2026-01-02 12:00", "2026-01-02 16:00", "chen-jie"),
    )
    assert on_duty(clash, moment("2026-01-02 13:00"))[0].person == "chen-jie"


def test_standing_in_for_oneself_changes_nothing() -> None:
    own = duty(stand_in("2026-01-02 10:00", "2026-01-02 14:00", "wang-lei"))
    assert on_duty(own, moment("2026-01-02 12:00")) == on_duty(duty(), moment("2026-01-02 12:00"))


def test_a_stand_in_of_one_rota_leaves_the_others_alone() -> None:
    both = duty(
        stand_in("2026-01-02 10:00", "2026-01-02 14:00", "gao-yuan", rota="engineer"),
        rotas=(DESK, ENGINEER),
    )
    assert [one.person for one in on_duty(both, moment("2026-01-02 12:00"))] == [
        "wang-lei",
        "gao-yuan",
    ]


def test_a_rota_that_does_not_exist_has_no_shifts_to_show() -> None:
    with pytest.raises(KeyError):
        shifts(duty(), "night", START, START + DAY)


def test_a_span_without_length_or_before_the_start_has_no_shifts() -> None:
    assert shifts(duty(), "desk", START - 9 * DAY, START) == ()
    assert [one.person for one in shifts(duty(), "desk", START - DAY, START + 1)] == ["sun-yu"]


DUTIES = st.builds(
    lambda shift, order, stand_ins: Duty(
        {"desk": Rota("desk", 100, shift, tuple(order))},
        tuple(StandIn("desk", start, start + long, by, "", "") for start, long, by in stand_ins),
        (),
    ),
    st.integers(1, 50),
    st.lists(st.sampled_from("abc"), min_size=1, max_size=3),
    st.lists(
        st.tuples(st.integers(80, 200), st.integers(1, 80), st.sampled_from("abcd")), max_size=4
    ),
)


@given(DUTIES, st.integers(100, 250), st.integers(1, 100))
def test_law_shifts_follow_each_other_without_gap_or_overlap(
    duty: Duty, start: int, length: int
) -> None:
    spans = shifts(duty, "desk", start, start + length)
    assert spans[0].start <= start < spans[0].end
    assert spans[-1].start < start + length <= spans[-1].end
    assert all(one.end == after.start for one, after in pairwise(spans))


@given(DUTIES, st.integers(100, 250))
def test_law_who_is_on_duty_is_the_one_whose_span_the_rota_page_shows(duty: Duty, at: int) -> None:
    (now,) = on_duty(duty, at)
    assert now in shifts(duty, "desk", 100, 300)
    assert now.start <= at < now.end


@given(DUTIES, st.integers(100, 250))
def test_law_one_person_has_the_duty_through_the_whole_of_a_span(duty: Duty, at: int) -> None:
    (now,) = on_duty(duty, at)
    assert {on_duty(duty, other) for other in range(now.start, now.end)} == {(now,)}


LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize("hours", [4, 8, 12, 24, 168])
@pytest.mark.parametrize("changed", ["2026-03-29 12:00", "2026-10-25 12:00"])
def test_shifts_change_hands_on_the_wall_and_leave_no_gap_where_clocks_are_changed(
    hours: int, changed: str
) -> None:
    start = int(datetime(2026, 1, 5, 8, tzinfo=LONDON).timestamp())
    rota = Rota("desk", start, hours * 3600, ("a", "b", "c"))
    night = int(datetime.fromisoformat(changed).replace(tzinfo=LONDON).timestamp())
    duty = Duty({"desk": rota}, (), (), LONDON)
    spans = shifts(duty, "desk", night - 9 * DAY, night + 9 * DAY)
    walls = {datetime.fromtimestamp(span.start, LONDON).hour for span in spans}
    assert walls == {(8 + number * hours) % 24 for number in range(24)}
    assert all(one.end == other.start for one, other in pairwise(spans))
    assert all(
        span.end - span.start in {(hours + by) * 3600 for by in (-1, 0, 1)} for span in spans
    )
    assert spans[0].start <= night - 9 * DAY
    assert spans[-1].end >= night + 9 * DAY
    assert Counter(on_duty(duty, span.start)[0] == span for span in spans) == {True: len(spans)}


@pytest.mark.parametrize("wall", ["08:00", "02:30", "02:15", "00:00", "00:30"])
@pytest.mark.parametrize(
    ("zone", "changed"),
    [
        ("Australia/Sydney", "2026-04-05"),
        ("Australia/Sydney", "2026-10-04"),
        ("Australia/Lord_Howe", "2026-10-04"),
        ("America/New_York", "2026-03-08"),
        ("America/Santiago", "2026-09-06"),
        ("Pacific/Auckland", "2026-09-27"),
    ],
)
def test_a_day_has_one_hand_over_also_where_the_clocks_skip_its_hour(
    zone: str, changed: str, wall: str
) -> None:
    local, night = ZoneInfo(zone), datetime.fromisoformat(f"{changed} 12:00")
    begun = datetime.fromisoformat(f"2026-01-05 {wall}").replace(tzinfo=local)
    rota = Rota("desk", int(begun.timestamp()), DAY, ("a", "b"))
    noon = int(night.replace(tzinfo=local).timestamp())
    spans = shifts(Duty({"desk": rota}, (), (), local), "desk", noon - 5 * DAY, noon + 5 * DAY)
    assert all(span.end == following.start for span, following in pairwise(spans))
    begins = [datetime.fromtimestamp(span.start, local) for span in spans]
    assert [begin.date() for begin in begins] == sorted({begin.date() for begin in begins})
    kept = [f"{begin:%H:%M}" == wall for begin in begins]
    assert kept.count(False) <= 1
    assert all(kept) or f"{begins[kept.index(False)]:%Y-%m-%d}" == changed
