"""``weibao import`` on real repositories: all or nothing, nothing twice, and every cheat told."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from building.commands import Weibao, process
from building.registers import (
    HEAD,
    IMPORTED_AT,
    MAPPING,
    NAMED_AT,
    ROWS,
    moving_repository,
    naming,
    register,
)

if TYPE_CHECKING:
    from pathlib import Path

LATER = "2026-11-02T10:00:00+08:00"
RUN = ("import", "run", "imports/desk.yaml")
SOURCE = register(*ROWS)


@pytest.fixture
def weibao(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Weibao:
    """The command, in a clone whose contract names a register of three rows."""
    made = Weibao(moving_repository(tmp_path, SOURCE), monkeypatch, capsys)
    made.set_clock(IMPORTED_AT)
    monkeypatch.chdir(made.repository.path)
    return made


def file_of(weibao: Weibao) -> str:
    return str(weibao.repository.path.parent / "desk.csv")


def imported(weibao: Weibao) -> list[str]:
    """The paths of the records that came in."""
    assert weibao(*RUN, file_of(weibao)).code == 0
    listed = weibao.repository.git("show", "--name-only", "--format=", "HEAD").split("\n")
    return sorted(path for path in listed if path.startswith("records/"))


def record_in(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def findings(weibao: Weibao) -> dict[str, str]:
    """By code, what is said of the register."""
    audit = json.loads(weibao("audit", "--format", "json").out)
    found = [finding for check in audit["checks"] for finding in check["findings"]]
    return {
        finding["code"]: f"{finding['message']} {finding['help']}"
        for finding in found
        if finding["code"] in {"E127", "E135", "E136", "E137", "E138", "E139"}
    }


def grades(weibao: Weibao, record: str) -> set[str]:
    shown = json.loads(weibao("ticket", "show", record, "--format", "json").out)
    return {entry["grade"] for entry in shown["entries"]}


def test_a_register_comes_in_whole_in_one_commit(weibao: Weibao) -> None:
    ran = weibao("import", "preview", "imports/desk.yaml", file_of(weibao))
    assert ran.code == 0, ran.err
    assert "3 lines: 3 come in" in ran.out
    assert weibao.repository.git("status", "--porcelain", "-uall") == "?? imports/desk.yaml"
    assert len(imported(weibao)) == 3
    assert weibao.repository.git("status", "--porcelain", "-uall") == ""
    files = weibao.repository.git("show", "--name-only", "--format=", "HEAD").split("\n")
    assert {"imports/desk.csv", "imports/desk.yaml"} <= set(files)
    verified = weibao("import", "verify", "--source", file_of(weibao))
    assert verified.code == 0, verified.err
    assert "desk  3 records are what their rows give" in verified.out
    assert findings(weibao) == {}


def test_what_came_in_is_believed_as_it_is_claimed(weibao: Weibao) -> None:
    for path in imported(weibao):
        assert grades(weibao, record_in(path)) == {"I"}


def test_the_same_file_twice_brings_nothing(weibao: Weibao) -> None:
    imported(weibao)
    head = weibao.repository.git("rev-parse", "HEAD")
    ran = weibao(*RUN, file_of(weibao))
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "3 lines: 0 come in, 3 came in before, 0 are rejected, 0 are totals, 0 are empty.",
        "Nothing new: every row that can come in has come in.",
    ]
    assert weibao.repository.git("rev-parse", "HEAD") == head


def test_a_row_that_was_rejected_and_can_come_in_now_is_not_called_nothing_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    strict = MAPPING.replace("names_of: contacts, else: keep", "names_of: contacts, else: reject")
    weibao = Weibao(moving_repository(tmp_path, SOURCE, strict), monkeypatch, capsys)
    weibao.set_clock(IMPORTED_AT)
    monkeypatch.chdir(weibao.repository.path)
    assert len(imported(weibao)) == 2
    contract = weibao.repository.read("records/contract.yaml")
    added = "contacts:\n  li-laoshi:\n    name: 李老师\n    may: [declare]\n"
    weibao.repository.write("records/contract.yaml", contract.replace("contacts:\n", added, 1))
    weibao.repository.git("add", "records")
    weibao.repository.git("commit", "-qm", "联系人")

    for command in (RUN, ("import", "preview", "imports/desk.yaml")):
        ran = weibao(*command, file_of(weibao))
        assert ran.code == 2
        assert "Nothing new" not in ran.out
        assert "GD-2" in ran.err
        assert "cp imports/desk.yaml imports/OTHER.yaml" in ran.err


def test_what_was_compared_with_the_source_stands_beside_the_json(weibao: Weibao) -> None:
    imported(weibao)
    ran = weibao("import", "verify", "--source", file_of(weibao), "--format", "json")
    assert json.loads(ran.out)["registers"]
    assert "✓ imports/desk.csv" in ran.err


def test_a_source_whose_mapping_is_gone_is_not_passed_over(weibao: Weibao) -> None:
    imported(weibao)
    weibao.repository.git("rm", "-q", "imports/desk.yaml")
    weibao.repository.git("commit", "-qm", "整理")
    ran = weibao("import", "verify", "--source", file_of(weibao))
    assert ran.code == 2
    assert "imports/desk.yaml is not in the commit" in ran.err


def test_rows_that_changed_or_went_are_told_and_never_rewritten(weibao: Weibao) -> None:
    imported(weibao)
    other = register(ROWS[0].replace("10:30", "10:20"), ROWS[2], ROWS[1].replace("GD-2", "GD-4"))
    weibao.repository.path.parent.joinpath("desk.csv").write_text(other, encoding="utf-8")
    ran = weibao(*RUN, file_of(weibao))
    assert ran.code == 2
    assert "Row 2: number GD-1 was changed." in ran.out
    assert "Row 3 of then: number GD-2 is gone." in ran.out
    assert "Row 4: number GD-4 is new." in ran.out
    assert "GD-3" not in ran.out
    assert weibao.repository.git("status", "--porcelain", "-uall") == ""


def test_a_register_that_the_contract_does_not_name_stays_out_with_the_lines_that_name_it(
    weibao: Weibao,
) -> None:
    weibao.repository.write("imports/other.yaml", MAPPING)
    ran = weibao("import", "run", "imports/other.yaml", file_of(weibao))
    assert ran.code == 2
    assert "- {id: other, source_sha256: " in ran.err
    line = next(line for line in ran.err.splitlines() if "id: other" in line)
    contract = naming(SOURCE).replace("imports: [", f"imports: [{line.strip()[2:]}, ")
    weibao.repository.write("records/contract.yaml", contract)
    ran = weibao("import", "run", "imports/other.yaml", file_of(weibao))
    assert "records/contract.yaml is edited and not committed" in ran.err
    weibao.repository.git("add", "records")
    weibao.repository.git("commit", "-qm", "旧台账")
    assert weibao("import", "run", "imports/other.yaml", file_of(weibao)).code == 0


@pytest.mark.parametrize("other", ["source", "mapping", "end"])
def test_another_file_or_mapping_than_was_agreed_stays_out(weibao: Weibao, other: str) -> None:
    if other == "source":
        (weibao.repository.path.parent / "desk.csv").write_text(register(ROWS[0]), encoding="utf-8")
    elif other == "mapping":
        weibao.repository.write("imports/desk.yaml", MAPPING.replace("二级: 2", "二级: 1"))
    else:
        weibao.set_clock("2026-11-09T09:00:00+08:00")
    ran = weibao(*RUN, file_of(weibao))
    assert ran.code == 2
    assert ("had to come in by" if other == "end" else "names another SHA-256") in ran.err
    assert not (weibao.repository.path / "imports/desk.csv").exists()


def test_a_number_that_came_in_by_another_import_is_refused(weibao: Weibao) -> None:
    imported(weibao)
    weibao.repository.write("imports/other.yaml", MAPPING)
    ran = weibao("import", "preview", "imports/other.yaml", file_of(weibao), "--format", "json")
    shown = json.loads(ran.out)
    assert ran.code == 1
    assert (shown["counts"]["accepted"], shown["counts"]["rejected"]) == (0, 3)
    assert "came in by the import “desk” already" in shown["rejected"][0]["message"]


def test_a_file_that_came_in_is_refused_as_that_of_another_register(weibao: Weibao) -> None:
    imported(weibao)
    other = MAPPING.replace("source: desk", "source: counter")
    weibao.repository.write("imports/other.yaml", other)
    ran = weibao("import", "preview", "imports/other.yaml", file_of(weibao))
    assert ran.code == 2
    assert "came in by imports/desk.yaml already, as the register “desk”" in ran.err


def test_the_rejected_rows_are_a_table_that_carries_nothing_out(weibao: Weibao) -> None:
    rows = (*ROWS, "=1+1,昨天,断网,,,,,,,,", "GD-5,2026-10-12 9:00,断网,五级,,,,,,,", ROWS[1])
    (weibao.repository.path.parent / "desk.csv").write_text(register(*rows), encoding="utf-8")
    rejects = weibao.repository.path.parent / "rejects.csv"
    arguments = ("import", "preview", "imports/desk.yaml", file_of(weibao))
    ran = weibao(*arguments, "--rejects", str(rejects), lang="zh")
    assert ran.code == 1
    raw = rejects.read_bytes().decode()
    assert raw.startswith("\ufeff行号,编号,退回原因,改法\n")
    assert "\n5,'=1+1," in raw
    assert [line.split(",")[0] for line in raw.splitlines()[1:]] == ["3", "5", "6", "7"]
    shown = json.loads(weibao(*arguments, "--format", "json").out)
    counts = shown["counts"]
    assert counts["lines"] == sum(number for key, number in counts.items() if key != "lines")


def test_a_sheet_of_something_else_is_refused(weibao: Weibao) -> None:
    (weibao.repository.path.parent / "desk.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    ran = weibao("import", "preview", "imports/desk.yaml", file_of(weibao))
    assert ran.code == 2
    assert "has no column" in ran.err


def test_the_encoding_is_the_one_that_the_mapping_names(weibao: Weibao) -> None:
    (weibao.repository.path.parent / "desk.csv").write_bytes(SOURCE.encode("gb18030"))
    arguments = ("import", "preview", "imports/desk.yaml", file_of(weibao))
    assert weibao(*arguments).code == 0
    weibao.repository.write("imports/desk.yaml", MAPPING + "encoding: utf-8\n")
    ran = weibao(*arguments)
    assert ran.code == 2
    assert "utf-8" in ran.err


@pytest.mark.skipif(os.name == "nt", reason="a limit on files is a thing of POSIX")
def test_a_disk_that_fills_in_the_middle_leaves_nothing(weibao: Weibao) -> None:
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (600, 600));"
    )
    running = process(weibao.repository, *RUN, file_of(weibao), now=IMPORTED_AT, first=limited)
    _, complaint = running.communicate(timeout=60)
    assert running.returncode == 3, complaint.decode()
    assert weibao.repository.git("status", "--porcelain", "-uall") == "?? imports/desk.yaml"
    assert weibao(*RUN, file_of(weibao)).code == 0


# Cheats, each with its honest twin


def test_a_line_that_no_row_gives_is_told_and_not_believed(weibao: Weibao) -> None:
    path, *others = imported(weibao)
    text = weibao.repository.read(path).replace("T09:20:00", "T09:13:00")
    weibao.repository.write(path, text)
    weibao.repository.git("commit", "-q", "--amend", "-am", "导入")
    found = findings(weibao)
    assert set(found) == {"E135"}
    assert "GD-1" in found["E135"]
    assert "git checkout" in found["E135"]
    assert "I" not in grades(weibao, record_in(path))
    assert grades(weibao, record_in(others[0])) == {"I"}
    ran = weibao("import", "verify")
    assert ran.code == 1
    assert f"{record_in(path)} is not what its row gives." in ran.out


def test_a_line_that_comes_in_beside_those_of_the_row_is_told(weibao: Weibao) -> None:
    path, *_ = imported(weibao)
    line = "  - {at: 2026-10-08T09:14:00+08:00, event: updated, by: li-qiang, note: 补记}"
    weibao.repository.append(path, line)
    weibao.repository.git("commit", "-q", "--amend", "-am", "导入")
    assert set(findings(weibao)) == {"E135"}
    assert "I" not in grades(weibao, record_in(path))


def test_a_record_that_no_row_gives_is_told(weibao: Weibao) -> None:
    path, *_ = imported(weibao)
    text = weibao.repository.read(path)
    made_up = path.replace(path[-10:-5], "22222")
    text = text.replace(record_in(path), record_in(made_up)).replace("GD-1", "GD-7")
    weibao.repository.write(made_up, text)
    weibao.repository.git("add", "-A")
    weibao.repository.git("commit", "-q", "--amend", "-m", "导入")
    found = findings(weibao)
    assert set(found) == {"E135"}
    assert "GD-7" in found["E135"]


@pytest.mark.parametrize("at", [LATER, IMPORTED_AT, NAMED_AT])
def test_what_is_added_after_the_import_is_no_matter_of_it(weibao: Weibao, at: str) -> None:
    path, *_ = imported(weibao)
    record = record_in(path)
    line = "  - {at: 2026-10-08T09:14:00+08:00, event: updated, by: li-qiang, note: 补记}"
    weibao.repository.append(path, line)
    weibao.repository.commit("补记", at=at)
    assert "E135" not in findings(weibao)
    shown = json.loads(weibao("ticket", "show", record, "--format", "json").out)
    assert {entry["grade"] for entry in shown["entries"] if entry["event"] == "updated"} <= {
        "C",
        "F",
    }
    assert {entry["grade"] for entry in shown["entries"] if entry["event"] != "updated"} == {"I"}


@pytest.mark.parametrize("file", ["imports/desk.yaml", "imports/desk.csv"])
def test_what_is_exchanged_after_the_import_is_told(weibao: Weibao, file: str) -> None:
    path, *_ = imported(weibao)
    weibao.set_clock(LATER)
    weibao.repository.write(file, weibao.repository.read(file).replace("二级", "三级"))
    weibao.repository.git("commit", "-qam", "改")
    found = findings(weibao)
    assert set(found) == {"E136"}
    mend = found["E136"].partition("git checkout ")[2].partition("`")[0]
    weibao.repository.git("checkout", *mend.split())
    weibao.repository.git("commit", "-qam", "还原")
    assert findings(weibao) == {}
    assert grades(weibao, record_in(path)) == {"I"}


def test_rows_that_were_made_up_are_told_by_the_original(weibao: Weibao) -> None:
    imported(weibao)
    rows = weibao.repository.read("imports/desk.csv").replace("09:20", "09:13")
    weibao.repository.write("imports/desk.csv", rows)
    for path in imported_files(weibao):
        text = weibao.repository.read(path).replace("T09:20:00", "T09:13:00")
        weibao.repository.write(path, text)
    weibao.repository.git("commit", "-q", "--amend", "-am", "导入")
    assert findings(weibao) == {}
    ran = weibao("import", "verify", "--source", file_of(weibao))
    assert ran.code == 2
    assert "does not hold the rows of" in ran.err


def imported_files(weibao: Weibao) -> list[str]:
    listed = weibao.repository.git("ls-files", "records/tickets").split("\n")
    return [path for path in listed if path]


def test_a_mapping_that_was_not_agreed_is_told(weibao: Weibao) -> None:
    path, *_ = imported(weibao)
    other = MAPPING + "# 二级\n"
    weibao.repository.write("imports/desk.yaml", other)
    weibao.repository.git("commit", "-q", "--amend", "-am", "导入")
    assert set(findings(weibao)) == {"E138"}
    assert "I" not in grades(weibao, record_in(path))


def test_a_register_without_its_rows_is_said_to_be_so(weibao: Weibao) -> None:
    imported(weibao)
    weibao.repository.git("rm", "-q", "imports/desk.csv")
    weibao.repository.git("commit", "-q", "--amend", "-am", "导入")
    found = findings(weibao)
    assert set(found) == {"E137"}
    assert "imports/desk.csv" in found["E137"]
    first = weibao("audit").out.splitlines()[0]
    assert "✓" not in first


def test_a_row_of_the_time_since_steps_are_recorded_here_is_refused_as_that(
    weibao: Weibao,
) -> None:
    late = "GD-9,2026-10-30 09:12,断网,一级,张工,core-sw-01,2026-11-01 09:20,外协王工,,,"
    (weibao.repository.path.parent / "desk.csv").write_text(register(late), encoding="utf-8")
    arguments = ("import", "preview", "imports/desk.yaml", file_of(weibao))
    ran = weibao(*arguments)
    assert ran.code == 1
    assert "2026-11-01T00:00:00+08:00 or later" in ran.out
    contract = weibao.repository.read("records/contract.yaml")
    line = next(line for line in contract.splitlines() if line.strip().startswith("since:"))
    contract = contract.replace(f"{line}\n", "")
    named = contract.partition("  imports: [")[2].partition("]")[0]
    contract = contract.replace(f"  imports: [{named}]\n", "")
    weibao.repository.write("records/contract.yaml", contract)
    assert weibao(*arguments).code == 0, "the import asks for `since`, and proposes now"


def test_a_row_that_was_picked_out_of_the_import_is_told(weibao: Weibao) -> None:
    path, *_ = imported(weibao)
    weibao.repository.git("rm", "-q", path)
    weibao.repository.git("commit", "-q", "--amend", "-m", "导入")
    found = findings(weibao)
    assert set(found) == {"E139"}
    assert "GD-1" in found["E139"]
    ran = weibao("import", "verify")
    assert "1 row gives a record, and none came in: GD-1" in ran.out
    assert "✓" not in ran.out
    headline = weibao("--lang", "en", "audit").out.splitlines()[0]
    assert "Sound" not in headline
    assert "Consistent, but 1 row" in headline


def test_a_row_that_came_in_by_another_register_was_left_out_rightly(weibao: Weibao) -> None:
    imported(weibao)
    rows = register(*ROWS, ROWS[2].replace("GD-3", "GD-4"))
    contract = weibao.repository.read("records/contract.yaml")
    line = naming(rows, name="other").partition("imports: [")[2].partition("]")[0]
    contract = contract.replace("imports: [", f"imports: [{line}, ")
    weibao.repository.write("records/contract.yaml", contract)
    weibao.repository.git("add", "records")
    weibao.repository.git("commit", "-qm", "旧台账")
    weibao.repository.write("imports/other.yaml", MAPPING)
    (weibao.repository.path.parent / "desk.csv").write_text(rows, encoding="utf-8")
    ran = weibao("import", "run", "imports/other.yaml", file_of(weibao))
    assert ran.code == 0, ran.err
    assert "E139" not in findings(weibao)


def test_a_mapping_may_lie_in_its_folder_alone(weibao: Weibao, tmp_path: Path) -> None:
    elsewhere = tmp_path / "desk.yaml"
    elsewhere.write_text(MAPPING, encoding="utf-8")
    ran = weibao("import", "preview", str(elsewhere), file_of(weibao))
    assert ran.code == 2
    assert "imports/NAME.yaml" in ran.err


def test_the_head_of_a_register_alone_is_no_import(weibao: Weibao) -> None:
    (weibao.repository.path.parent / "desk.csv").write_text(f"{HEAD}\n", encoding="utf-8")
    ran = weibao("import", "preview", "imports/desk.yaml", file_of(weibao))
    assert "0 lines: 0 come in" in ran.out
