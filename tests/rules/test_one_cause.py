"""Slips as people make them, each told once: by its cause, with the places where it shows and the sign that is meant."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from building.commands import Weibao, record_repository
from building.contract import (
    ASSETS,
    a_ticket,
    another_asset,
    entry,
    small_contract,
    ticket_path,
)
from building.marked import NOW, PATH
from weibao.model.finding import Finding, Place
from weibao.model.instant import parse_instant
from weibao.rules.causes import by_cause
from weibao.rules.check import check_files
from weibao.rules.full_width import with_half_width

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Texts = dict[str, str]

CONTRACT, STAFF, DUTY, ASSET_LIST, PLAN, SPARES = (
    f"records/{name}.yaml" for name in ("contract", "staff", "duty", "assets", "plan", "spares")
)
OTHER = ticket_path("T20261119-2D8VXN")
LOG = (
    entry("09:15", "opened", by="wang-lei"),
    entry("09:17", "assigned", by="wang-lei", to="li-qiang"),
    entry("09:20", "acknowledged"),
    entry("10:30", "arrived"),
    entry("11:10", "updated", note="主板故障，等备件"),
)
SITE = "  suzhou-plant: {name: {zh: 苏州工厂, en: Suzhou plant}}\n"
ARRIVED = LOG[3]
ISSUED = entry(
    "10:05", "issued", by="sun-yu", part="hw-s12700-mpu", serials='["HDMPU1"]', depot="suzhou-depot", ticket="T20261120-8QZ7TB"
)  # fmt: skip


def sound() -> Texts:
    """Twelve pieces of equipment, two tickets, and nothing wrong with any of it."""
    more = (
        another_asset(f"acc-sw-{number:02}").replace("2102HD0002", f"2102HD00{number:02}")
        for number in range(2, 13)
    )
    yesterday = [line.replace("2026-11-20", "2026-11-19") for line in LOG]
    other = a_ticket("T20261119-2D8VXN", reported_at="2026-11-19T09:12:00+08:00", log=yesterday)
    return small_contract() | {
        ASSET_LIST: ASSETS + "".join(more),
        PATH: a_ticket(log=LOG),
        OTHER: other.replace("[core-sw-01]", "[core-sw-01, acc-sw-02]"),
    }


def put(path: str, old: str, new: str) -> Callable[[Texts], None]:
    """The text in its place, wherever it stands in the file."""

    def slip(texts: Texts) -> None:
        assert old in texts[path]
        texts[path] = texts[path].replace(old, new)

    return slip


def every(old: str, new: str) -> Callable[[Texts], None]:
    def slip(texts: Texts) -> None:
        records = {path: text for path, text in texts.items() if path.endswith(".yaml")}
        texts.update({path: text.replace(old, new) for path, text in records.items()})

    return slip


def spread(*paths: str) -> Callable[[Texts], None]:
    """As a formatter writes it on save: a key of an entry on each line."""

    def slip(texts: Texts) -> None:
        for path in paths:
            texts[path] = re.sub(
                r"^  - \{(.*)\}$",
                lambda found: "  - " + re.sub(r", (?=\w+: )", "\n    ", found[1]),
                texts[path],
                flags=re.MULTILINE,
            )

    return slip


def moved(path: str, to: str) -> Callable[[Texts], None]:
    def slip(texts: Texts) -> None:
        texts[to] = texts.pop(path)

    return slip


def copied(path: str, to: str) -> Callable[[Texts], None]:
    def slip(texts: Texts) -> None:
        texts[to] = texts[path]

    return slip


CONFLICT = f"<<<<<<< HEAD\n{ARRIVED}\n=======\n{ARRIVED.replace('10:30', '10:31')}\n>>>>>>> other\n"

SLIPS: dict[str, tuple[Callable[[Texts], None], str]] = {
    "a site that is gone": (put(CONTRACT, SITE, SITE.replace("suzhou-plant", "other")), "X108"),
    "a service that is gone": (put(CONTRACT, "  mes: {name", "  erp: {name"), "X108"),
    "a calendar of another name": (put(CONTRACT, "  workdays:\n", "  workday:\n"), "X108"),
    "a person of another name": (put(STAFF, "  li-qiang:\n", "  liqiang:\n"), "X101"),
    "an asset of another name": (put(ASSET_LIST, "  core-sw-01:\n", "  core-sw-1:\n"), "X103"),
    "a contact of another name": (put(CONTRACT, "  zhang-gong:\n", "  zhang:\n"), "X102"),
    "a depot of another name": (put(SPARES, "  suzhou-depot:\n", "  sz-depot:\n"), "X105"),
    "spares that cannot be read": (put(SPARES, "depots:", "depots"), "R110"),
    "a plan that cannot be read": (put(PLAN, "checklists:\n", "checklists\n"), "R110"),
    "staff that is not there": (lambda texts: texts.pop(STAFF), "R308"),
    "braces padded on save": (put(PATH, "- {at", "- { at"), "R316"),
    "entries spread on save": (spread(PATH, OTHER, SPARES), "R316"),
    "CRLF": (put(PATH, "\n", "\r\n"), "R316"),
    "CRLF everywhere": (every("\n", "\r\n"), "R316"),
    "a byte order mark": (put(PATH, "id: T", "\ufeffid: T"), "R316"),
    "spaces at the ends": (put(PATH, "li-qiang}\n", "li-qiang}  \n"), "R316"),
    "a tab in the staff": (put(STAFF, "    name: 王蕾", "\tname: 王蕾"), "R106"),
    "a tab in a committed entry": (put(PATH, ARRIVED, ARRIVED.replace("  -", "\t-")), "R106"),
    "a tab in the header": (put(PATH, "  channel", "\tchannel"), "L103"),
    "a conflict left in the log": (put(PATH, ARRIVED + "\n", CONFLICT), "R105"),
    "an entry too far right": (put(PATH, ARRIVED, "  " + ARRIVED), "R110"),
    "an entry too far left": (put(PATH, ARRIVED, ARRIVED.strip()), "R110"),
    "a person too far left": (put(STAFF, "    git: [li", "   git: [li"), "R110"),
    "a committed time without a zone": (put(PATH, "10:30:00+08:00", "10:30:00"), "L101"),
    "a rota without a zone": (put(DUTY, "7d", "7d\n    at: x"), "R203"),
    "a committed step of another day": (put(PATH, "20T10:30", "19T10:30"), "L101"),
    "the folder of another day": (moved(PATH, PATH.replace("/20/", "/21/")), "L105"),
    "a copy in another folder": (copied(PATH, PATH.replace("/20/", "/21/")), "X210"),
    "an id that is taken": (copied(PATH, PATH.replace("7K3Q9M", "9QZ7TB")), "R301"),
    "a name that ends in .yml": (moved(PATH, PATH.replace(".yaml", ".yml")), "R302"),
    "a ticket that is not here yet": (
        lambda texts: texts.update({SPARES: f"{texts[SPARES]}{ISSUED}\n"}),
        "X106",
    ),
    "a key misspelt all through": (put(ASSET_LIST, "vendor:", "vender:"), "R203"),
    "a word misspelt all through": (put(ASSET_LIST, "kind: switch", "kind: swtich"), "R204"),
    "a file cut in the middle": (
        lambda texts: texts.update({PATH: texts[PATH][:-20]}),
        "R110",
    ),
    "no line end at the end": (lambda texts: texts.update({PATH: texts[PATH].rstrip("\n")}), ""),
}


def told(slip: Callable[[Texts], None], *, landed: bool = True) -> list[Finding]:
    """What ``weibao check`` tells of a slip; the tickets have landed before it, or have not."""
    before, texts = sound(), sound()
    slip(texts)
    kept = {path: text.encode() for path, text in before.items() if landed or "tickets" not in path}
    files = {path: text.encode() for path, text in texts.items()}
    found = check_files(files, {}, parse_instant(NOW), base=("HEAD", kept))
    return list(with_half_width(by_cause(found, files, kept), files))


def test_before_any_slip_there_is_nothing_to_tell() -> None:
    assert told(lambda _: None) == []


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_once(name: str) -> None:
    slip, code = SLIPS[name]
    assert [finding.code for finding in told(slip)] == ([code] if code else [])


REQUESTED = entry("11:20", "part_requested", part="hw-s12700-mpu", quantity="1")


@pytest.mark.parametrize(
    ("slip", "code"),
    [
        (put(SPARES, ", event: received", "，event: received"), "L101"),
        (put(SPARES, "suzhou-depot: 1}", "suzhou-depot: one}"), "R201"),
        (put(SPARES, "  hw-s12700-mpu:\n", "  s12700-mpu:\n"), "X104"),
        (spread(SPARES), "R316"),
    ],
)
def test_a_part_that_a_ticket_names_is_missed_only_where_the_spares_are_read(
    slip: Callable[[Texts], None], code: str
) -> None:
    def both(texts: Texts) -> None:
        slip(texts)
        texts[PATH] += f"{REQUESTED}\n"

    assert [finding.code for finding in told(both)] == [code]


def test_a_contradiction_in_the_staff_hides_nobody_who_is_missing() -> None:
    def both(texts: Texts) -> None:
        put(STAFF, "since: 2015-04-01}]", "since: 2015-04-01}, {kind: switch, since: 2016-01-01}]")(
            texts
        )
        texts[PATH] += f"{entry('11:20', 'arrived', by='nobody')}\n"

    assert [finding.code for finding in told(both)] == ["R229", "X101"]


def test_how_often_a_name_is_missed_is_said_and_where() -> None:
    (finding,) = told(SLIPS["a site that is gone"][0])
    assert (finding.place.path, finding.facts["more"]) == (ASSET_LIST, 14)
    assert finding.facts["places"] == (":19", ":30", ":41")


@pytest.mark.parametrize(
    ("path", "old", "new", "typed"),
    [
        (STAFF, "name: 王蕾", "name：王蕾", "："),
        (PATH, "event: acknowledged", "event：acknowledged", "："),
        (PATH, ", event: acknowledged", "，event: acknowledged", "，"),
        (PATH, LOG[2], LOG[2].replace("{", "｛").replace("}", "｝"), "｛｝"),
        (OTHER, "core-sw-01, acc", "core-sw-01，acc", "，"),
        (ASSET_LIST, 'serial: "2102HD0001"', "serial: “2102HD0001”", "“”"),
        (PATH, "severity: 1", "severity: １", "１"),
        (STAFF, "2015-04-01", "2015－04－01", "－"),
        (STAFF, "    name: 王蕾", "\u3000\u3000name: 王蕾", "␣"),
    ],
)
def test_a_full_width_sign_is_named_with_what_to_type(
    path: str, old: str, new: str, typed: str
) -> None:
    (finding,) = told(put(path, old, new), landed=False)
    assert finding.code in {"R110", "R201", "R202", "R205"}
    assert finding.facts["typed"] == typed


def test_of_signs_in_a_sentence_none_is_named() -> None:
    (finding,) = told(put(PATH, "note: 主板故障，等备件", 'note: "主板故障，等备件'), landed=False)
    assert finding.code == "R110"
    assert "typed" not in finding.facts


def test_a_time_that_turns_the_steps_round_is_named_as_the_cause() -> None:
    closed = entry("09:19", "cancelled", by="wang-lei", reason="误报")
    (finding,) = told(put(PATH, LOG[4], f"{LOG[4]}\n{closed}"), landed=False)
    assert finding.code == "X201"
    assert (finding.place.line, finding.facts["beside"]) == (16, "cancelled")


def test_what_else_is_wrong_in_the_file_is_told_beside_it() -> None:
    later = entry("11:20", "arrived", by="nobody")
    slips = put(PATH, f"{ARRIVED}\n", f"{ARRIVED.replace('10:30', '10:20')}\n")

    def both(texts: Texts) -> None:
        slips(texts)
        texts[PATH] += f"{later}\n"

    assert [finding.code for finding in told(both)] == ["L101", "X101"]


def test_a_loss_in_a_file_that_was_laid_out_anew_is_no_matter_of_layout() -> None:
    def both(texts: Texts) -> None:
        texts[PATH] = texts[PATH].replace("- {at", "- { at").replace("T10:30", "T10:10")

    assert {finding.code for finding in told(both)} == {"L101"}


def test_of_a_commit_that_only_moved_spaces_the_entries_are_told_together() -> None:
    padded = [
        Finding(
            "L101",
            Place(PATH, 14 + number),
            facts={
                "old": line.strip(),
                "new": line.strip().replace("{", "{ "),
                "commit": "4f2a91c",
            },
        )
        for number, line in enumerate(LOG)
    ]
    (first,) = by_cause(padded, {}, {})
    assert (first.place.line, first.facts["more"]) == (14, 4)
    changed = [replace(one, facts={**one.facts, "new": "- {at: later}"}) for one in padded]
    assert by_cause(changed, {}, {}) == tuple(changed)


def test_the_command_says_it_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    repository = record_repository(tmp_path / "records")
    weibao = Weibao(repository, monkeypatch, capsys)
    repository.write(PATH, repository.read(PATH).replace("- {at", "- { at"))
    repository.write(STAFF, repository.read(STAFF).replace("name: 王蕾", "name：王蕾"))
    chinese, english = (weibao("check", lang=lang) for lang in ("zh", "en"))
    assert (chinese.code, english.code) == (1, 1)
    for ran in (chinese, english):
        assert ran.out.count("R316") == ran.out.count("R110") == 1
        assert f"git checkout HEAD -- {PATH}" in ran.out
    assert "全角“：”" in chinese.out
    assert "Full-width “：”" in english.out
