"""Every verb of ``weibao spares``: one line more, stock that stays lawful, and every piece traced."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from building.commands import Weibao, record_repository
from building.contract import DELIVERY_SHA256, SPARES
from building.refusing import refused
from weibao.model.load import read_record
from weibao.operations.stock import stock_of

if TYPE_CHECKING:
    from pathlib import Path

PATH = "records/spares.yaml"
DOCUMENT = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PART = ("--part", "hw-s12700-mpu")
AT_SUZHOU = ("--depot", "suzhou-depot")
ISSUED = ("--ticket", "7K3Q9M", "--by", "sun-yu")
TWO_DEPOTS = SPARES.replace(
    "parts:\n",
    """\
  wuxi-depot:
    name: {zh: 无锡备件库, en: Wuxi depot}
    keeper: sun-yu
    hours: always
parts:
""",
).replace("DELIVERY", DELIVERY_SHA256)
LAWFUL = (
    ("receive", *PART, *AT_SUZHOU, "--serial", "HDMPU3", "--supplier", "市场采购"),
    ("issue", *PART, *AT_SUZHOU, "--serial", "HDMPU1", "--ticket", "7K3Q9M"),
    ("return", *PART, *AT_SUZHOU, "--serial", "HDMPU1", "--ticket", "7K3Q9M"),
    ("move", *PART, "--serials", "HDMPU1,HDMPU2", "--from", "suzhou-depot", "--to", "wuxi-depot"),
    ("scrap", *PART, "--serial", "HDMPU2", "--depot", "wuxi-depot", "--reason", "插针弯曲"),
    ("count", *PART, "--depot", "wuxi-depot", "--serial", "HDMPU1", "--witness", "zhang-gong"),
    ("count", *PART, *AT_SUZHOU, "--serials", ""),
)


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    """The command, in a clone whose contract has two depots."""
    repository = record_repository(tmp_path / "clone", spares=TWO_DEPOTS)
    return Weibao(repository, monkeypatch, capsys)


def test_every_movement_is_one_line_and_one_commit_and_the_ledger_stays_sound(
    weibao: Weibao,
) -> None:
    repository = weibao.repository
    for verb, *rest in LAWFUL:
        before, parent = repository.read(PATH), repository.head
        ran = weibao("spares", verb, *rest, "--by", "sun-yu")
        assert ran.code == 0, ran.err
        after = repository.read(PATH)
        assert after.startswith(before)
        assert after.count("\n") == before.count("\n") + 1
        assert repository.git("diff", "--name-only", parent, "HEAD").split() == [PATH]
        assert "In suzhou-depot:" in ran.out
    assert weibao("check").code == 0


def test_the_stock_is_shown_against_its_minimum_and_a_shortage_is_told_at_once(
    weibao: Weibao,
) -> None:
    both = ("--serials", "HDMPU1,HDMPU2")
    ran = weibao("spares", "scrap", *PART, *both, "--by", "sun-yu")
    assert "In suzhou-depot: 0, under the minimum of 1" in ran.out
    shown = weibao("spares", "stock", "--short")
    assert "! 0" in shown.out
    levels = json.loads(weibao("spares", "stock", "--format", "json").out)["levels"]
    expected = {"quantity": 0, "usable": 0, "minimum": 1, "short": True, "serials": []}
    assert levels == [{"part": "hw-s12700-mpu", "depot": "suzhou-depot"} | expected]
    assert "最低库存" in weibao("spares", "stock", lang="zh").out


def test_a_piece_is_traced_from_its_delivery_to_the_ticket_it_was_used_on(weibao: Weibao) -> None:
    weibao("spares", "move", *PART, "--serial", "HDMPU1", "--from", "suzhou-depot",
           "--to", "wuxi-depot", "--by", "sun-yu", "--at", "09:20")  # fmt: skip
    weibao("spares", "issue", *PART, "--serial", "HDMPU1", "--depot", "wuxi-depot",
           "--ticket", "7K3Q9M", "--by", "sun-yu")  # fmt: skip
    shown = weibao("spares", "trace", "HDMPU1")
    assert shown.code == 0
    assert "issued: T20261120-7K3Q9M" in shown.out
    assert "suzhou-depot → wuxi-depot" in shown.out
    (piece,) = json.loads(weibao("spares", "trace", "HDMPU1", "--format", "json").out)["pieces"]
    assert [one["event"] for one in piece["movements"]] == ["received", "moved", "issued"]
    assert piece["provenance"]["document_sha256"] == DELIVERY_SHA256
    assert (piece["state"], piece["depot"], piece["ticket"]) == ("issued", None, "T20261120-7K3Q9M")


def test_a_source_document_is_kept_with_the_receipt_and_lets_the_part_be_issued(
    weibao: Weibao,
) -> None:
    weibao.repository.write("送货单.pdf", DOCUMENT)
    ran = weibao(
        *("spares", "receive", *PART, *AT_SUZHOU, "--serial", "HDMPU9", "--by", "sun-yu"),
        *(
            "--supplier",
            "华为授权经销商",
            "--oem-verified-by",
            "sun-yu",
            "--document",
            "送货单.pdf",
        ),
    )
    assert ran.code == 0, ran.err
    digest = sha256(DOCUMENT).hexdigest()
    kept = weibao.repository.path / f"records/attachments/{digest[:2]}/{digest}.pdf"
    assert kept.read_bytes() == DOCUMENT
    line = weibao.repository.read(PATH).splitlines()[-1]
    assert f"document_sha256: {digest}" in line
    assert "source_document: 送货单.pdf" in line
    assert weibao.repository.git("status", "--porcelain", "records") == ""
    issued = ("issue", *PART, *AT_SUZHOU, "--serial", "HDMPU9", "--ticket", "7K3Q9M")
    assert weibao("spares", *issued, "--by", "sun-yu").code == 0


ISSUE = ("spares", "issue", *PART, "--ticket", "7K3Q9M", "--by", "sun-yu")
RECEIVE = ("spares", "receive", *PART, *AT_SUZHOU, "--supplier", "x", "--by", "sun-yu")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((*ISSUE, "--serial", "HDMPU1", "--depot", "wuxi-depot"), 1, "in stock: suzhou-depot"),
        ((*ISSUE, "--serial", "NONE1", "--depot", "suzhou-depot"), 1, "X301"),
        ((*ISSUE, "--serial", "HDMPU1", "--depot", "nowhere"), 2, "No depot is called"),
        ((*RECEIVE, "--serial", "HDMPU1"), 1, "in stock: suzhou-depot"),
        ((*RECEIVE, "--serial", "HDMPU7", "--at", "2026-11-21 09:00"), 2, "still to come"),
        ((*RECEIVE, "--serial", "HDMPU7", "--by", "nobody"), 2, "Nobody is called"),
        ((*RECEIVE, "--serial", "HDMPU7", "--document", "none.pdf"), 2, "cannot be read"),
        ((*RECEIVE, "--serial", "HDMPU7", "--document-sha256", "0" * 64), 1, "X208"),
        (("spares", "issue", "--part", "no-part", *ISSUE[4:], "--serial", "A1", *AT_SUZHOU), 2,
         "No part is called"),
        (("spares", "issue", *PART, "--serial", "HDMPU1", *AT_SUZHOU, "--ticket", "ZZZZZZ"), 2,
         "ZZZZZZ"),
        (("spares", "count", *PART, *AT_SUZHOU), 2, "--serials"),
        (("spares", "trace", "HDMPU8"), 2, "Did you mean HDMPU"),
        (("spares", "stock", "--depot", "hangzhou"), 2, "No depot"),
    ],
)  # fmt: skip
def test_a_movement_that_cannot_be_is_refused_and_nothing_is_written(
    weibao: Weibao, arguments: tuple[str, ...], code: int, said: str
) -> None:
    ran = refused(weibao, *arguments)
    assert ran.code == code, ran.err
    assert said in ran.err


def test_a_part_of_unproven_origin_is_received_and_never_issued(weibao: Weibao) -> None:
    assert weibao(*RECEIVE, "--serial", "HDMPU7").code == 0
    ran = refused(weibao, *ISSUE, "--serial", "HDMPU7", *AT_SUZHOU)
    assert ran.code == 1
    assert "X302" in ran.err
    assert "not proven" in weibao("spares", "trace", "HDMPU7").out


def test_a_movement_recorded_late_may_not_take_away_what_was_used_since(weibao: Weibao) -> None:
    weibao(*ISSUE, "--serial", "HDMPU1", *AT_SUZHOU, "--at", "09:00")
    ran = refused(
        weibao,
        *("spares", "scrap", *PART, "--serial", "HDMPU1", "--by", "sun-yu"),
        *("--at", "2026-11-19 12:00"),
    )
    assert ran.code == 1
    assert "In the book it is scrapped." in ran.err


COMMANDS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "issue", "return", "move", "scrap"]),
        st.sampled_from(["HDMPU1", "HDMPU2", "NEW1"]),
        st.sampled_from(["suzhou-depot", "wuxi-depot"]),
        st.sampled_from(["09:00", "09:10", "09:20"]),
    ),
    min_size=3,
    max_size=9,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(commands=COMMANDS)
def test_whatever_is_tried_stock_is_never_negative_and_a_serial_is_in_one_place(
    weibao: Weibao, commands: list[tuple[str, str, str, str]]
) -> None:
    weibao.repository.write(PATH, TWO_DEPOTS)
    for verb, serial, depot, clock in commands:
        other = "wuxi-depot" if depot == "suzhou-depot" else "suzhou-depot"
        where = {
            "receive": ("--depot", depot, "--supplier", "x"),
            "issue": ("--depot", depot, "--ticket", "7K3Q9M"),
            "move": ("--from", depot, "--to", other),
        }.get(verb, ("--depot", depot))
        before = weibao.repository.read(PATH)
        rest = (*PART, "--serial", serial, *where, "--at", clock, "--by", "sun-yu", "--no-commit")
        ran = weibao("spares", verb, *rest)
        after = weibao.repository.read(PATH)
        assert (ran.code, after != before) in {(0, True), (1, False)}
    spares = read_record(PATH, weibao.repository.read(PATH).encode()).value
    stock = stock_of(spares, 2**40)
    assert stock.wrong == ()
    places = [(one.part, one.serial) for one in stock.pieces.values() if one.depot]
    assert len(places) == len(set(places)) == sum(level.quantity for level in stock.levels)


def test_a_count_that_differs_from_the_book_says_what_is_missing_surplus_and_unknown(
    weibao: Weibao,
) -> None:
    ran = weibao(
        "spares", "count", *PART, *AT_SUZHOU, "--serials", "HDMPU1,HDMPU7", "--by", "sun-yu"
    )
    assert ran.code == 0, ran.err
    assert "missing: HDMPU2; surplus: HDMPU7" in ran.out
    assert "Never received, by the book: HDMPU7" in ran.out
    weibao.set_clock("2026-11-20T09:40:00+08:00")
    ran = weibao(
        "spares", "count", *PART, *AT_SUZHOU, "--serials", "HDMPU1,HDMPU2", "--by", "sun-yu"
    )
    assert "missing" not in ran.out


def test_a_movement_into_the_same_depot_is_refused(weibao: Weibao) -> None:
    same = ("--from", "suzhou-depot", "--to", "suzhou-depot")
    ran = refused(weibao, "spares", "move", *PART, "--serials", "HDMPU1", *same)
    assert ran.code == 1
    assert "both depots are the same" in ran.err


def test_a_stock_in_which_nothing_is_short_says_so(weibao: Weibao) -> None:
    ran = weibao("spares", "stock", "--short")
    assert ran.code == 0
    assert "Nothing is under its minimum." in ran.out


def test_a_serial_number_is_found_however_it_is_typed(weibao: Weibao) -> None:
    assert "HDMPU1" in weibao("spares", "trace", "hdmpu1").out


def test_what_comes_out_of_equipment_was_in_it(weibao: Weibao) -> None:
    """A slip of the number that came out would have one part in two places, and nobody would look for the other."""
    both = ("--serials", "HDMPU1,HDMPU2")
    assert weibao("ticket", "ack", "7K3Q9M").code == 0
    assert weibao("spares", "issue", *PART, *AT_SUZHOU, *both, *ISSUED).code == 0
    received = ("--serial", "HDMPU3", "--supplier", "市场采购", "--by", "sun-yu")
    assert weibao("spares", "receive", *PART, *AT_SUZHOU, *received).code == 0
    replace = ("ticket", "part", "replace", "7K3Q9M", *PART, "--asset", "core-sw-01")
    for removed, said in (
        ("HDMPU1", "HDMPU1 cannot be both what came out and what went in."),
        ("HDMPU3", "At that time HDMPU3 (hw-s12700-mpu) lies in suzhou-depot."),
    ):
        ran = refused(weibao, *replace, "--removed-serial", removed, "--installed-serial", "HDMPU1")
        assert said in ran.err
        assert "--removed-serial SERIAL" in ran.err
    went_in = ("--removed-serial", "OLD-1", "--installed-serial", "HDMPU1")
    assert weibao(*replace, *went_in).code == 0
    shown = weibao("spares", "trace", "HDMPU1").out
    assert "installed in: core-sw-01" in shown
    assert "OLD-1 → HDMPU1" in shown
    # What was put in and failed is taken out again, and another goes in.
    assert weibao(*replace, "--removed-serial", "HDMPU1", "--installed-serial", "HDMPU2").code == 0


def test_a_serial_number_read_twice_is_named(weibao: Weibao) -> None:
    twice = ("--serials", "HDMPU8,HDMPU8", "--supplier", "市场采购", "--by", "sun-yu")
    ran = refused(weibao, "spares", "receive", *PART, *AT_SUZHOU, *twice)
    assert "What the schema asks: “HDMPU8” once only" in ran.err


def test_no_part_is_issued_for_work_that_has_ended(weibao: Weibao) -> None:
    assert weibao("ticket", "cancel", "7K3Q9M", "--reason", "误报", "--at", "09:25").code == 0
    issue = ("spares", "issue", *PART, *AT_SUZHOU, "--serial", "HDMPU1", *ISSUED)
    ran = refused(weibao, *issue)
    assert "T20261120-7K3Q9M had ended by then" in ran.err
    assert weibao(*issue, "--at", "09:20").code == 0  # it left before, and is entered late
