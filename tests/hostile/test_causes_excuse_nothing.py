"""What the provider says of causes, of who answers, and of when a fault was seen excuses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.audited import book_at
from building.commands import PATH, record_repository
from building.contract import CONTRACT, entry
from building.service_plan import CAUSES
from weibao.model.field_kinds import DETECTED_BY, RESPONSIBLE

if TYPE_CHECKING:
    from pathlib import Path

    from building.repository import Repository

AS_OF = "2026-11-21T12:00:00+08:00"
LATE = (
    entry("09:20", "acknowledged"),
    entry("11:40", "arrived"),
    entry("14:30", "restored", mode="on_site"),
)
EXCUSES = [
    ({"responsible": side, "cause_code": code}, {"detected_by": seen, "detected_at": "09:12"})
    for side, code, seen in zip(
        RESPONSIBLE.choices,
        ("hardware", "configuration") * 3,
        (DETECTED_BY.choices * 2),
        strict=False,
    )
]


def late(tmp_path: Path, said: dict[str, str], seen: dict[str, str]) -> Repository:
    """A fault of severity 1 that was restored too late, resolved and reviewed in these words."""
    repository = record_repository(tmp_path, contract=CONTRACT + CAUSES)
    if "detected_at" in seen:
        seen = seen | {"detected_at": "2026-11-20T09:12:00+08:00"}
    for step in (
        *LATE,
        entry("14:40", "resolved", mode="on_site", cause="光缆", action="熔接", **said),
        entry("15:00", "analysed", edition="preliminary", trigger="施工", **seen),
    ):
        repository.append(PATH, step)
        moment = step.partition("at: ")[2][:25]
        repository.commit("步骤", at=moment, by="li.qiang@provider.example")
    return repository


def judged(repository: Repository) -> tuple[object, ...]:
    """Every verdict but for the commits that show it, and what was lost of everything."""
    book = book_at(repository, as_of=AS_OF)
    verdicts = [
        (verdict.target, verdict.outcome, verdict.on_claim, verdict.at_worst, verdict.due)
        for verdict in book.verdicts
    ]
    lost = {name: thing.lost for name, thing in book.availability.services.items()}
    return verdicts, lost, {name: thing.share for name, thing in book.availability.assets.items()}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, ...]:
    return judged(late(tmp_path_factory.mktemp("plain"), {}, {}))


def test_without_any_excuse_promises_are_broken_and_the_service_was_out(
    plain: tuple[object, ...],
) -> None:
    verdicts, lost, _ = plain
    assert {"arrive", "restore"} <= {
        verdict[0]
        for verdict in verdicts  # type: ignore[attr-defined]
        if verdict[1] == "breached"
    }
    assert lost == {"mes": 5 * 3600 + 18 * 60}


@pytest.mark.parametrize(
    ("said", "seen"), EXCUSES, ids=[said["responsible"] for said, _ in EXCUSES]
)
def test_no_cause_no_side_and_no_detection_changes_a_verdict_or_an_availability(
    tmp_path: Path, plain: tuple[object, ...], said: dict[str, str], seen: dict[str, str]
) -> None:
    assert judged(late(tmp_path / "clone", said, seen)) == plain


def test_nor_does_a_side_that_is_corrected_afterwards(
    tmp_path: Path, plain: tuple[object, ...]
) -> None:
    repository = late(tmp_path / "clone", {"responsible": "provider"}, {})
    excuse = entry(
        "16:00",
        "amended",
        entry="{at: 2026-11-20T14:40:00+08:00, event: resolved}",
        field="responsible",
        value="force_majeure",
        reason="台风",
    )
    repository.append(PATH, excuse)
    repository.commit("更正", at="2026-11-20T16:01:00+08:00", by="li.qiang@provider.example")
    assert judged(repository) == plain
