"""The sample: the same everywhere, fair to every stratum, and to be drawn again with sha256sum."""

from __future__ import annotations

import subprocess
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from shutil import which

from hypothesis import given
from hypothesis import strategies as st

from building.book import a_book, files_of
from building.contract import a_ticket, entry
from weibao.report.audit.sample import Stratum, allotted, digest, sample


def tickets(count: int) -> list[str]:
    """Tickets of four severities and three months."""
    found = []
    for number in range(count):
        day = f"2026-{9 + number % 3:02d}-{1 + number % 20:02d}"
        found.append(
            a_ticket(
                f"T{day.replace('-', '')}-{number:06d}",
                severity=1 + number % 4,
                reported_at=f"{day}T09:00:00+08:00",
                log=[entry(f"{day}T09:01:00+08:00", "opened", by="wang-lei")],
            )
        )
    return found


BOOK = a_book(files_of(*tickets(60)))

GOLDEN = [
    "T20260901-000000",
    "T20261013-000052",
    "T20260918-000057",
    "T20261006-000025",
    "T20260911-000030",
    "T20260920-000039",
]
"""Six tickets, each by `printf '%s' '2026:TICKET' | sha256sum` the smallest of its stratum."""

POPULATIONS = st.dictionaries(
    st.builds(
        Stratum,
        st.one_of(st.none(), st.integers(1, 4)),
        st.sampled_from([f"2026-{month:02d}" for month in range(1, 13)]),
    ),
    st.integers(1, 40),
    max_size=20,
)


def test_the_sample_of_a_seed_never_changes() -> None:
    drawn = sample(BOOK, 6, "2026").drawn

    assert [one.ticket for one in drawn] == GOLDEN


def test_another_seed_draws_other_tickets_and_the_same_one_the_same() -> None:
    first, again, other = (
        [one.ticket for one in sample(BOOK, 12, seed).drawn] for seed in ("a", "a", "b")
    )

    assert first == again
    assert first != other


def test_whoever_has_sha256sum_draws_the_same_within_a_stratum() -> None:
    drawn = sample(BOOK, 60, "2026").drawn

    assert digest("2026", "T20260901-000000") == sha256(b"2026:T20260901-000000").hexdigest()
    for stratum in {one.stratum for one in drawn}:
        digests = [one.digest for one in drawn if one.stratum == stratum]
        assert digests == sorted(digests)


def test_the_command_of_the_docstring_gives_the_digest() -> None:
    command = which("sha256sum")
    text = b"2026:T20260901-000000"
    said = (
        subprocess.run([command], input=text, capture_output=True, check=True).stdout.split()[0]
        if command
        else sha256(text).hexdigest().encode()
    )

    assert said.decode() == digest("2026", "T20260901-000000")


def test_more_than_there_are_is_all_of_them() -> None:
    assert len(sample(BOOK, 500, "x").drawn) == sample(BOOK, 500, "x").of == 60


def test_a_ticket_reported_later_is_not_drawn() -> None:
    earlier = replace(BOOK, as_of=BOOK.as_of - 60 * 86400)

    assert {one.stratum.month for one in sample(earlier, 60, "x").drawn} == {"2026-09"}


def test_a_small_sample_passes_over_no_severity() -> None:
    population = {Stratum(1, "2026-01"): 1, Stratum(2, "2026-01"): 2} | {
        Stratum(3, f"2026-{month:02d}"): 50 for month in range(1, 13)
    }

    taken = allotted(population, 3)
    assert sorted(one.severity or 9 for one in taken) == [1, 2, 3]


@given(POPULATIONS, st.integers(1, 300))
def test_a_sample_has_its_size_and_takes_no_more_than_there_are(
    population: dict[Stratum, int], size: int
) -> None:
    taken = allotted(population, size)

    assert sum(taken.values()) == min(size, sum(population.values()))
    assert all(taken[one] <= population[one] for one in taken)


@given(POPULATIONS, st.integers(1, 300))
def test_every_stratum_has_one_while_the_size_allows(
    population: dict[Stratum, int], size: int
) -> None:
    taken = allotted(population, size)

    assert len(taken) == min(size, len(population))


@given(POPULATIONS, st.integers(1, 300))
def test_a_larger_sample_holds_the_smaller_one(population: dict[Stratum, int], size: int) -> None:
    smaller, larger = allotted(population, size), allotted(population, size + 1)

    assert smaller - larger == Counter()


@given(st.integers(1, 8), st.integers(1, 50))
def test_equal_strata_get_equal_shares(strata: int, size: int) -> None:
    population = {Stratum(1, f"2026-{month:02d}"): 50 for month in range(1, strata + 1)}
    taken = allotted(population, size)
    counts = [taken[one] for one in population]

    assert max(counts) - min(counts) <= 1
