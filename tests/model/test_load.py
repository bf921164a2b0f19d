"""From files to typed records, and what is told about files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from building.contract import a_ticket, entry, small_contract, ticket_path
from weibao.model.load import load_records, read_record, record_files, records_among
from weibao.model.paths import attachment_sha256, kind_of
from weibao.model.schema.files import KINDS, schema_bytes

ID = "T20261120-7K3Q9M"
PATH = ticket_path(ID)
LAST = entry("09:15", "opened", by="wang-lei") + "\n"


def files(**more: str) -> dict[str, bytes]:
    return {
        path: text.encode() for path, text in (small_contract() | {PATH: a_ticket()} | more).items()
    }


def told(found: dict[str, bytes], modes: dict[str, str] | None = None):
    _, findings = load_records(found, modes)
    return [(f.code, f.place.path, f.place.line) for f in findings]


def test_a_whole_repository_is_read_without_findings():
    records, findings = load_records(files())
    assert findings == ()
    assert records is not None
    assert records.unreadable == ()
    assert set(records.tickets) == {ID}
    assert len(records.spares.log) == 1
    assert records.actions[0].event == "raised"
    assert records.contract.contacts["zhang-gong"].names == {"zh": "张工", "en": "张工"}


def test_an_entry_carries_its_line_and_the_text_of_it():
    log = [
        entry("09:15", "opened", by="wang-lei"),
        entry("09:20", "updated", note="进展", internal="true"),
    ]
    text = a_ticket(log=log).replace("log:\n", "# 以下只增\nlog:\n")
    records, findings = load_records(files(**{PATH: text}))
    assert findings == ()
    assert records is not None
    ticket = records.tickets[ID]
    assert ticket.path == PATH
    assert ticket.reported_at_line == 5
    first, second = ticket.log
    assert (first.index, first.line, first.text) == (0, 15, log[0])
    assert (second.index, second.line, second.text) == (1, 16, log[1])
    assert (second.note, second.internal, second.data) == ("进展", True, {})
    assert text.split("\n")[second.line - 1] == second.text


@pytest.mark.parametrize("kind", ["contract", "staff", "assets"])
def test_nothing_is_read_without_the_configuration_that_all_rests_on(kind):
    path = f"records/{kind}.yaml"
    found = files()
    del found[path]
    records, findings = load_records(found)
    assert records is None
    assert [(f.code, f.place.path) for f in findings] == [("R308", path)]
    records, findings = load_records(found | {path: b"a: ["})
    assert records is None
    assert [(f.code, f.place.path) for f in findings] == [("R110", path)]


def test_the_other_configuration_is_empty_where_it_is_missing():
    found = files()
    for kind in ("duty", "plan", "spares", "actions"):
        del found[f"records/{kind}.yaml"]
    records, findings = load_records(found)
    assert findings == ()
    assert records is not None
    assert (records.duty.rotas, records.plan.work, records.spares.log, records.actions) == (
        {},
        {},
        (),
        (),
    )


def test_a_ticket_that_is_wrong_is_told_and_is_nowhere_else():
    records, findings = load_records(
        files(**{PATH: a_ticket().replace("severity: 1", "severity: x")})
    )
    assert records is not None
    assert records.tickets == {}
    assert records.unreadable == (PATH,)
    assert [(f.code, f.record, f.place.line) for f in findings] == [("R201", ID, 4)]


@pytest.mark.parametrize(
    "line",
    [
        "  -   {at: 2026-11-20T09:15:00+08:00, event: opened, by: a}",
        "    - {at: 2026-11-20T09:15:00+08:00, event: opened, by: a}",
        "- {at: 2026-11-20T09:15:00+08:00, event: opened, by: a}",
        "  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: a} ",
        "  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: a}  # 注释",
        "  - {at: 2026-11-20T09:15:00+08:00,\n     event: opened, by: a}",
        "  - at: 2026-11-20T09:15:00+08:00\n    event: opened\n    by: a",
        '  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: a, note: "x\n  - {y"}',
        "  -  {at: 2026-11-20T09:15:00+08:00, event: opened, by: a}",
        " -  {at: 2026-11-20T09:15:00+08:00, event: opened, by: a}",
        "-   {at: 2026-11-20T09:15:00+08:00, event: opened, by: a}",
        "  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: a} # {}",
        '  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: a, note: "}\n    %s"}' % ("x" * 60),
    ],
)
def test_an_entry_must_be_a_line_of_its_own(line):
    assert told(files(**{PATH: a_ticket(log=[line])})) == [("R305", PATH, 14)]


def test_a_log_on_one_line_is_no_log_of_lines():
    text = (
        a_ticket().partition("log:")[0]
        + "log: [{at: 2026-11-20T09:15:00+08:00, event: opened, by: a}]\n"
    )
    assert told(files(**{PATH: text})) == [("R305", PATH, 13)]


def test_a_text_of_the_header_cannot_make_a_log_on_its_line_look_like_an_entrys_own_line():
    header = a_ticket().partition("title:")[0].replace("\n", ", ").removesuffix(", ")
    said = """{%s, reported_at: 2026-11-20T09:12:00+08:00, reported_by: zhang-gong,
intake: {channel: phone, received_by: wang-lei}, assets: [core-sw-01], description: x, severity: 1,
title: "板
  - {告", log: [{at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}
  ]}
"""
    assert told(files(**{PATH: said % header})) == [("R305", PATH, 4)]


def test_the_log_is_the_last_key():
    text = a_ticket() + "approved: x\n"
    assert ("R203", PATH, 15) in told(files(**{PATH: text}))
    text = a_ticket().replace("severity: 1\n", "") + "severity: 1\n"
    assert told(files(**{PATH: text})) == [("R306", PATH, 14)]


def test_the_id_is_that_of_the_file():
    text = a_ticket("T20261120-AAAAAA")
    _, findings = load_records(files(**{PATH: text}))
    assert [(f.code, f.place.line, f.facts["expected"]) for f in findings] == [("R301", 1, ID)]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (f"records/tickets/2026/11/21/{ID}.yaml", "R301"),
        (f"records/tickets/{ID}.yaml", "R301"),
        (f"records/{ID}.yaml", "R301"),
        (f"records/inspections/2026/11/20/{ID}.yaml", "R301"),
        ("records/tickets/2026/11/20/T20261120-7K3Q9M.yml", "R302"),
        ("records/tickets/2026/11/20/T20261120-8K3Q9M.YAML", "R302"),
        ("records/tickets/2026/11/20/t20261120-8k3q9m.yaml", "R302"),
        ("records/tickets/2026/11/20/x.yaml/T20261120-8K3Q9M.txt", "R302"),
        ("records/notes.yaml", "R302"),
        ("records/staff.yml", "R302"),
        ("records/README.md", "R302"),
        ("records/attachments/ab/cd.jpg", "R302"),
        ("records/attachments/cd/ab" + "0" * 62 + ".jpg", "R302"),
    ],
)
def test_what_a_glob_would_not_see_is_told(path, code):
    assert (code, path, 0) in told(files(**{path: "a: 1\n"}))


def test_a_record_out_of_its_place_is_told_where_it_belongs():
    path = f"records/tickets/2026/12/{ID}.yaml"
    found = files(**{path: a_ticket()})
    del found[PATH]
    _, findings = load_records(found)
    assert [(f.code, f.record, f.facts["expected"]) for f in findings] == [("R301", ID, PATH)]


@pytest.mark.parametrize(
    "name",
    [
        "CON.yaml",
        "aux",
        "com1.txt",
        "a.",
        "a ",
        "x:y",
        "a?b",
        "a\\b",
        "x" * 200,
        "cafe\u0301",
        "a\u202eb",
        "a\udcff",
    ],
)
def test_a_name_that_some_system_cannot_hold_is_told(name):
    path = f"records/tickets/{name}"
    assert ("R304", path, 0) in told(files() | {path: b""})


def test_names_that_differ_only_in_case_are_told_once_for_a_folder():
    found = files() | {
        "records/Tickets/a": b"",
        "records/Tickets/b": b"",
        "records/Staff.yaml": b"",
    }
    codes = [one for one in told(found) if one[0] == "R304"]
    assert len(codes) == 2


@pytest.mark.parametrize("mode", ["120000", "160000", "100755"])
def test_a_link_a_submodule_or_a_program_is_never_followed(mode):
    _, findings = load_records(files(), {PATH: mode})
    assert [(f.code, f.place.path, f.facts["mode"]) for f in findings] == [("R303", PATH, mode)]
    records, _ = load_records(files(), {PATH: mode})
    assert records is not None
    assert records.tickets == {}


def test_a_folder_that_is_a_link_is_told():
    found = {path: raw for path, raw in files().items() if not path.startswith("records/tickets")}
    codes = [
        one[0]
        for one in told(found | {"records/tickets": b"../elsewhere"}, {"records/tickets": "120000"})
    ]
    assert "R303" in codes


def test_a_schema_copy_that_differs_is_told_and_does_not_judge():
    loosened = {f"schemas/{kind}.schema.json": schema_bytes(kind) for kind in ("common", *KINDS)}
    assert told(files() | loosened) == []
    loosened["schemas/ticket.schema.json"] = b"{}"
    assert told(files() | loosened) == [("R309", "schemas/ticket.schema.json", 0)]
    assert (
        told(files() | {"schemas/staff.schema.json": schema_bytes("staff").replace(b"\n", b"\r\n")})
        == []
    )


def test_paths_know_their_kind():
    assert kind_of(PATH) == "ticket"
    assert kind_of("records/inspections/2026/11/15/I20261115-4F2MXA.yaml") == "inspection"
    assert kind_of("records/contract.yaml") == "contract"
    assert kind_of("contract.yaml") is None
    assert kind_of("records/ticket.yaml") is None
    sha = "3f" + "a9" * 31
    assert attachment_sha256(f"records/attachments/3f/{sha}.jpg") == sha
    assert attachment_sha256(f"records/attachments/3f/{sha}/x") is None


def test_a_path_that_holds_no_record_is_not_read():
    with pytest.raises(ValueError, match="README"):
        read_record("README.md", b"")


def test_the_worked_example_of_the_repository_is_read_without_findings():
    root = Path(__file__).parents[2]
    found = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("records", "schemas")
        for path in (root / folder).rglob("*")
        if path.is_file()
    }
    records, findings = load_records(found)
    assert findings == ()
    assert records is not None


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("log:\n", '"log":\n', 13),
        ("log:\n", "log :\n", 13),
        ("log:\n", "log:  # 以下\n", 13),
        ("\nlog:\n", '\n"\\u006cog":\n', 13),
        (LAST, f"{LAST}  # 到此为止\n", 15),
        (LAST, f"{LAST}\n", 15),
        (LAST, f"{LAST[:-1]} # 到此为止\n", 14),
    ],
    ids=[
        "quoted",
        "spaced",
        "with a comment",
        "escaped",
        "a comment after",
        "a line after",
        "beside",
    ],
)
def test_a_log_in_another_spelling_is_no_record_and_told_at_its_line(
    old: str, new: str, line: int
) -> None:
    text = a_ticket(log=[LAST[:-1]])
    assert text.count(old) == 1
    ((code, path, place),) = told(files(**{PATH: text.replace(old, new)}))
    assert (code in {"R305", "R312"}, path, place) == (True, PATH, line)


def test_a_log_that_pretends_to_stand_within_a_text_is_no_record() -> None:
    planted = entry("08:00", "acknowledged")
    text = a_ticket(log=[LAST[:-1]]).replace("title: ", f'note: "x\nlog:\n{planted}\n"\ntitle: ')
    assert told(files(**{PATH: text})) != []


def test_a_line_that_stands_twice_is_read_once_with_a_warning() -> None:
    opened, step = LAST[:-1], entry("09:20", "updated")
    records, findings = load_records(files(**{PATH: a_ticket(log=[opened, opened, step])}))
    assert [(one.code, one.place.line) for one in findings] == [("R313", 15)]
    assert records is not None
    assert [one.text for one in records.tickets[ID].log] == [opened, step]
    assert records.documents[PATH].place(("log", 1, "event")).line == 16


def test_who_asks_for_one_ticket_reads_no_other(monkeypatch):
    other = "T20261120-7K3Q9N"
    found = files(**{ticket_path(other): a_ticket().replace(ID, other)})
    read: list[str] = []

    def noted(path: str, raw: bytes):
        read.append(path)
        return read_record(path, raw)

    monkeypatch.setattr("weibao.model.load.read_record", noted)
    records = records_among(record_files(found, {}), found, {})

    assert records is not None
    assert records.tickets[ID].id == ID
    assert ticket_path(other) not in read
    assert set(records.tickets) == {ID, other}
