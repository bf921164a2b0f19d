"""Files in which a mark shows where a finding belongs: ``by: «nobody``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from building.contract import a_ticket, small_contract, ticket_path
from weibao.model.finding import Place
from weibao.model.instant import parse_instant
from weibao.rules.check import check_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.model.finding import Finding

MARK = "«"
TICKET = "T20261120-7K3Q9M"
PATH = ticket_path(TICKET)
INSPECTION = "I20261120-4F2MXA"
NOW = "2026-11-20T18:00:00+08:00"


def a_log(*lines: str) -> str:
    """A ticket's text with these lines for its log."""
    return a_ticket(log=lines)


def an_inspection(*lines: str, head: str = "") -> str:
    """An inspection's text with these lines for its log."""
    start = head or (
        f"id: {INSPECTION}\nplan: quarterly-inspection\nperiod: 2026-Q4\nassets: [core-sw-01]\nlog:\n"
    )
    return start + "".join(f"{line}\n" for line in lines)


def unmarked(files: Mapping[str, str]) -> tuple[dict[str, bytes], Place | None]:
    """The small contract with these files in it, and the place of the mark."""
    texts, place = small_contract() | dict(files), None
    for path, text in texts.items():
        if MARK in text:
            before = text[: text.index(MARK)]
            line = before.count("\n") + 1
            place = Place(path, line, len(before) - (before.rfind("\n") + 1) + 1)
            texts[path] = text.replace(MARK, "")
    return {path: text.encode() for path, text in texts.items()}, place


def findings_of(files: Mapping[str, str], now: str = NOW) -> tuple[Finding, ...]:
    """What ``weibao check`` finds in the small contract with these files in it."""
    return check_files(unmarked(files)[0], {}, parse_instant(now))


def assert_found(
    files: Mapping[str, str], found: Iterable[Finding], code: str, facts: Mapping[str, object]
) -> None:
    """The one finding of this code is at the mark and carries these facts; no other code is there."""
    findings = tuple(found)
    assert {one.code for one in findings} == {code}
    (finding,) = findings
    place = unmarked(files)[1]
    assert place is not None
    assert finding.place == place
    assert {key: finding.facts[key] for key in facts} == facts
