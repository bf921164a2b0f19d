"""Moving out: everything is in the tables, every column says what it means, and nothing in them is run."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from openpyxl import load_workbook

from building.commands import TICKET, Weibao, record_repository
from building.contract import a_ticket, entry, ticket_path
from weibao.refusal import Exit
from weibao.render.words.csv_text import cell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OTHER = "T20261120-F0RM01"
LATER = "2026-11-25T12:00:00+08:00"
FORMULA = '=HYPERLINK("http://evil.example";"click")'


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    """A clone with two tickets, of which one has a title that a spreadsheet would run."""
    repository = record_repository(tmp_path / "clone")
    text = a_ticket(
        OTHER,
        reported_at="2026-11-20T09:12:00+08:00",
        log=(
            entry("2026-11-20T09:15:00+08:00", "opened", by="wang-lei"),
            entry("2026-11-20T09:20:00+08:00", "updated", by="zhao-min", note="第一行"),
            entry("2026-11-24T09:20:00+08:00", "acknowledged", by="zhao-min"),
        ),
    )
    lines = [
        f"title: {json.dumps(FORMULA)}" if line.startswith("title:") else line
        for line in text.splitlines()
    ]
    repository.write(ticket_path(OTHER), "\n".join(lines) + "\n")
    repository.commit("受理", at="2026-11-24T09:21:00+08:00", by="wang.lei@provider.example")
    return Weibao(repository, monkeypatch, capsys)


def exported(weibao: Weibao, form: str, name: str) -> Path:
    ran = weibao("export", form, "-o", name, "--as-of", LATER)
    assert ran.code == 0, ran.err
    return weibao.repository.path / name


def rows_of(raw: bytes) -> list[dict[str, str]]:
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel takes Chinese for another encoding without it"
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_every_column_of_every_table_says_what_it_means_in_both_languages(weibao: Weibao) -> None:
    folder = exported(weibao, "csv", "out")
    described = rows_of((folder / "columns.csv").read_bytes())

    for file in folder.glob("*.csv"):
        head = next(csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
        assert len(head) == len(set(head)), f"{file.name} names a column twice"
        if file.stem != "columns":
            told = [row for row in described if row["table"] == file.stem]
            assert [row["column"] for row in told] == head
            assert all(" · " in row["title"] and " · " in row["description"] for row in told)


def test_a_title_that_a_spreadsheet_would_run_is_text(weibao: Weibao) -> None:
    rows = rows_of((exported(weibao, "csv", "out") / "tickets.csv").read_bytes())
    sheet = load_workbook(exported(weibao, "xlsx", "out.xlsx"))["tickets"]
    titles = [cell.value for cell in sheet["C"]]

    assert {row["title"] for row in rows if row["ticket"] == OTHER} == {f"'{FORMULA}"}
    assert FORMULA in titles
    assert {cell.data_type for cell in sheet["C"]} == {"s"}


def test_numbers_below_zero_and_times_can_be_reckoned_with(weibao: Weibao) -> None:
    rows = rows_of((exported(weibao, "csv", "out") / "verdicts.csv").read_bytes())
    book = load_workbook(exported(weibao, "xlsx", "out.xlsx"))
    margins = [row["margin_seconds"] for row in rows if row["margin_seconds"]]
    columns = [cell.value for cell in book["tickets"][1]]
    reported = {
        row[columns.index("ticket")]: row[columns.index("reported_at")]
        for row in book["tickets"].iter_rows(min_row=2, values_only=True)
    }

    assert any(int(margin) < 0 for margin in margins)
    assert reported[OTHER] == datetime.fromisoformat("2026-11-20T09:12:00")


def test_a_database_answers_what_the_commands_answer(weibao: Weibao) -> None:
    base = sqlite3.connect(exported(weibao, "sqlite", "out.sqlite"))
    verdicts = json.loads(weibao("sla", "--format", "json", "--as-of", LATER).out)["verdicts"]

    counted = base.execute("SELECT verdict, count(*) FROM verdicts GROUP BY verdict").fetchall()
    noted = base.execute(
        "SELECT entries.note FROM tickets JOIN entries ON entries.record = tickets.ticket"
        " WHERE tickets.ticket = ? AND entries.event = 'updated'",
        (OTHER,),
    ).fetchall()

    names = [verdict["verdict"] for verdict in verdicts]
    assert dict(counted) == {name: names.count(name) for name in set(names)}
    assert noted == [("第一行",)]
    assert {key for (key,) in base.execute("SELECT ticket FROM tickets")} == {TICKET, OTHER}


@pytest.mark.parametrize("form", ["csv", "xlsx", "sqlite"])
def test_the_same_commit_and_instant_give_the_same_bytes(weibao: Weibao, form: str) -> None:
    made = []
    for name in ("first", "second"):
        ran = weibao("export", form, "-o", name, "--as-of", LATER)
        assert ran.code == 0, ran.err
        top = weibao.repository.path / name
        files = sorted(top.iterdir()) if top.is_dir() else [top]
        made.append([file.read_bytes() for file in files])

    assert made[0] == made[1]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_nothing_that_is_there_is_written_over(weibao: Weibao, form: str) -> None:
    kept = weibao.repository.path / "kept"
    kept.write_text("mine", encoding="utf-8")

    ran = weibao("export", form, "-o", "kept")

    assert ran.code == Exit.USAGE
    assert kept.read_text("utf-8") == "mine"


def leaves(key: str, value: Any) -> Iterator[str]:
    """The keys of single values and of lists of such, as people write them."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from leaves(f"{key}.{name}" if key else str(name), inner)
    elif isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        for place, inner in enumerate(value):
            yield from leaves(f"{key}[{place}]", inner)
    else:
        yield key


def test_whatever_a_file_says_is_in_the_tables(weibao: Weibao) -> None:
    base = sqlite3.connect(exported(weibao, "sqlite", "out.sqlite"))
    top = weibao.repository.path

    found = set(base.execute("SELECT path, key FROM contents"))
    facts = set(base.execute('SELECT record, "index", key FROM facts'))

    for path in top.glob("records/**/*.yaml"):
        said = yaml.safe_load(path.read_text("utf-8"))
        log = said.pop("log", [])
        record = said.get("id", path.stem)
        name = path.relative_to(top).as_posix()
        assert {key for file, key in found if file == name} == set(leaves("", said)), name
        wanted = {
            (record, place, key)
            for place, entry in enumerate(log)
            for key in entry.keys() - {"at", "event", "by", "note", "internal", "precision", "via"}
        }
        assert wanted <= facts, name


@pytest.mark.parametrize("before", ["", "  ", "\u3000", "\u00a0", "\n"])
@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
def test_space_before_a_formula_makes_none(before: str, sign: str) -> None:
    assert cell(f"{before}{sign}1").startswith("'")
