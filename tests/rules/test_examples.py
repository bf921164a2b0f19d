"""The examples of a rule are what they say: the check is run on them, and the code is that of a test."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from building.contract import a_ticket, entry, small_contract, ticket_path
from building.marked import INSPECTION, PATH, an_inspection, findings_of
from weibao.model.closing import COUNTED, MonthClose, close_text
from weibao.model.instant import parse_instant
from weibao.rules.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

UTC = ZoneInfo("UTC")
TESTS = Path(__file__).parents[1]
OPENED = entry("09:15", "opened", by="wang-lei")
STARTED = entry("09:00", "started")


def in_a_ticket(example: str) -> dict[str, str]:
    """The lines in a ticket: keys of the header in the place of its own, entries as its log."""
    header, _, _ = a_ticket().partition("log:\n")
    keys, log = _parts(example)
    for line in keys:
        key = line.partition(":")[0]
        own = re.compile(rf"^{re.escape(key)}:.*$", re.MULTILINE)
        header = own.sub(lambda _: line, header) if own.search(header) else f"{header}{line}\n"  # noqa: B023
    return {PATH: f"{header}log:\n" + "\n".join(_begun(log, "opened", OPENED)) + "\n"}


def in_an_inspection(example: str) -> dict[str, str]:
    return {ticket_path(INSPECTION): an_inspection(*_begun(_parts(example)[1], "started", STARTED))}


def in_the_spares(example: str) -> dict[str, str]:
    path = "records/spares.yaml"
    return {path: small_contract()[path] + "\n".join(_parts(example)[1]) + "\n"}


def in_a_close(example: str) -> dict[str, str]:
    """The lines as the log of a close, which rests on nothing."""
    counts = dict.fromkeys(COUNTED, 0)
    close = MonthClose(
        "2026-10", parse_instant("2026-11-02T00:00:00Z"), "0" * 40, "", 1, counts, "0" * 64
    )
    return {close.path: close_text(close, UTC) + "\n".join(_parts(example)[1]) + "\n"}


def _parts(example: str) -> tuple[list[str], list[str]]:
    lines = [re.sub(r"\s+#.*$", "", line) for line in example.splitlines() if line != "log:"]
    entries = [line for line in lines if line.startswith("  - {")]
    return [line for line in lines if line not in entries], entries


def _begun(log: list[str], event: str, first: str) -> list[str]:
    return log if any(f"event: {event}" in line for line in log) else [first, *log]


RUN: dict[Callable[[str], dict[str, str]], str] = {
    in_a_ticket: (
        "R105 R106 R107 R110 R111 R113 R116 R201 R202 R203 R204 R205 R206 R208"
        " X101 X102 X103 X104 X107 X201 X202 X203 X204 X206 X209 X211 X215 X221 R238 X311 X312 X330"
    ),
    in_an_inspection: "X303 X304 X305 X306",
    in_the_spares: "X302",
    in_a_close: "X316 X317",
}
"""Where the lines of an example stand, and the rules whose examples are such lines."""

TOLD_OTHERWISE = {
    "what git or a listing shows of files": "R101 R102 R103 R104 R301 R302 R303 R304 R308 R309 R312 R313 R316 R317 X208 X210",
    "a part of a file, or an abridged one": "R108 R112 R114 R115 R239 R305 R306 R310 R311 X108",
    "settings, of one file or of several, or a window": "R221 R222 R223 R224 R225 R226 R227 R228 R229 R230 R231 R232 R233 R234 R235 R236 R250 R251 R252 X320 X321 X322",
    "a page under docs/, which is no record": "R237 R246 R314 R315 X308",
    "needs others of its kind beside it": "X222 X310 R240 R207 X220 X105 X106 X205 X207 X212 X213 X214 X216 X301 X309 X313 X314 X315",
}
"""The other rules on files, whose examples are no lines that make a whole record; why."""

CASES = [(code, place) for place, codes in RUN.items() for code in codes.split()]


@pytest.mark.parametrize(("code", "place"), CASES, ids=[code for code, _ in CASES])
def test_the_bad_example_breaks_the_rule_and_the_good_one_does_not(
    code: str, place: Callable[[str], dict[str, str]]
) -> None:
    rule = RULES[code]
    assert code in {finding.code for finding in findings_of(place(rule.bad))}
    assert code not in {finding.code for finding in findings_of(place(rule.good))}


def test_of_every_rule_on_files_the_examples_are_run_or_a_reason_is_given() -> None:
    told = [code for codes in (*RUN.values(), *TOLD_OTHERWISE.values()) for code in codes.split()]
    assert sorted(told) == sorted(code for code in RULES if code[0] in "RX")


def test_every_rule_has_a_test_that_names_it() -> None:
    own = {Path(__file__), TESTS / "rules" / "test_catalogue.py"}
    said = " ".join(
        path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py") if path not in own
    )
    named = set(re.findall(r"\b[RXLESO]\d{3}\b", said))
    assert [code for code in RULES if code not in named] == []
