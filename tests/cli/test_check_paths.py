"""``weibao check PATH``: what was named is judged as a check of everything judges it."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, TICKET, process
from building.contract import a_ticket, entry, ticket_path
from weibao.history import snapshot as reading
from weibao.language import language
from weibao.model.finding import Finding, Place
from weibao.render.terminal.finding_pieces import finding_pieces
from weibao.render.words.findings import FindingText
from weibao.rules.rule import Severity

if TYPE_CHECKING:
    from building.commands import Weibao

ROOT = Path(__file__).parents[2]
OTHER = "T20261119-AB3Q9X"


def test_a_file_is_judged_with_what_it_refers_to(weibao: Weibao) -> None:
    weibao.repository.append(PATH, entry("09:20", "assigned", by="wang-lei", to="nobody"))
    for folder in (PATH, "records/tickets", "records", "."):
        ran = weibao("check", folder)
        assert ran.code == 1
        assert f"{PATH}:15:" in ran.out
        assert "X101" in ran.out


def test_what_is_wrong_in_other_files_is_not_told(weibao: Weibao) -> None:
    weibao.repository.write(ticket_path(OTHER), "id: x\n")
    assert weibao("check", PATH).code == 0
    assert weibao("check").code == 1


def test_a_line_that_was_changed_is_told_of_the_file_named(weibao: Weibao) -> None:
    text = weibao.repository.read(PATH)
    weibao.repository.write(PATH, text.replace("09:15", "09:14"))
    ran = weibao("check", PATH)
    assert ran.code == 1
    assert "L101" in ran.out


def test_a_record_that_was_moved_is_told_of_its_new_place(weibao: Weibao) -> None:
    text = weibao.repository.read(PATH)
    weibao.repository.remove(PATH)
    moved = ticket_path(OTHER)
    weibao.repository.write(moved, text.replace(TICKET, OTHER))
    assert "L105" in weibao("check").out
    assert "L105" in weibao("check", moved).out


def test_a_reference_to_a_file_that_is_not_read_is_sound(weibao: Weibao) -> None:
    lines = [
        entry("2026-11-19T10:00:00+08:00", "opened", by="wang-lei"),
        entry(
            "2026-11-19T10:05:00+08:00",
            "cancelled",
            by="wang-lei",
            reason="x",
            duplicate_of=TICKET,
        ),
    ]
    text = a_ticket(OTHER, reported_at="2026-11-19T09:00:00+08:00", log=lines)
    weibao.repository.write(ticket_path(OTHER), text)
    assert weibao("check", ticket_path(OTHER)).code == 0
    weibao.repository.write(ticket_path(OTHER), text.replace(TICKET, "T20261120-ZZZZZZ"))
    assert "X1" in weibao("check", ticket_path(OTHER)).out


def test_a_link_that_is_named_is_told_as_a_link(weibao: Weibao, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("id: x\n", encoding="utf-8")
    link = weibao.repository.path / ticket_path(OTHER)
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(tmp_path / "elsewhere.yaml")
    ran = weibao("check", ticket_path(OTHER))
    assert ran.code == 1
    assert "R303" in ran.out


def test_a_path_of_no_record_is_misuse(weibao: Weibao, tmp_path: Path) -> None:
    for path in ("nowhere.yaml", str(tmp_path), "../x", ".git/config"):
        ran = weibao("check", path)
        assert ran.code == 2
        assert "is no record of this repository" in ran.err


def test_only_the_file_named_and_the_configuration_are_read(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    weibao.repository.write(ticket_path(OTHER), "id: x\n")
    weibao.repository.write(f"records/attachments/ab/{'ab' * 32}.png", b"x")
    read: list[str] = []
    original = reading.working_files

    def watched(git, wanted):
        files, modes = original(git, wanted)
        read.extend(files)
        assert set(files) < set(modes)
        return files, modes

    monkeypatch.setattr("weibao.cli.checking.judging.working_files", watched)
    assert weibao("check", PATH).code == 0
    assert PATH in read
    assert "records/contract.yaml" in read
    assert not any("attachments" in path or OTHER in path for path in read)


def test_a_saved_ticket_is_judged_without_what_it_does_not_refer_to(weibao: Weibao) -> None:
    # Measured in what is done and loaded, since no machine is quiet enough to hold it to a time.
    watch = (
        "import atexit, sys\n"
        "from weibao.history.git.reader import Git\n"
        "made, there = [], Git.__init__\n"
        "Git.__init__ = lambda self, root: (made.append(self), there(self, root))[1]\n"
        "heavy = {'babel', 'rich', 'jsonschema', 'dateutil', 'tempfile', 'filelock', 'weibao.operations.stock',"
        " 'weibao.operations.planned', 'weibao.sla.clock', 'weibao.history.history', 'weibao.report.book'}\n"
        "atexit.register(lambda: print([one.processes for one in made], heavy & set(sys.modules)))\n"
    )
    ran = process(weibao.repository, "check", PATH, first=watch)
    out, err = ran.communicate()
    assert (ran.returncode, err) == (0, b"")
    assert out.decode().splitlines()[-1] == "[3] set()"


def test_a_misspelt_name_in_another_file_is_not_looked_up(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    weibao.repository.append(
        "records/actions.yaml",
        "  - {at: 2026-11-20T09:00:00+08:00, event: raised, by: nobody, action: x,"
        " about: {audit: 2026-11}, text: x, owner: nobody-else, due: 2026-12-01}",
    )
    assert "X101" in weibao("check", "records/actions.yaml").out
    monkeypatch.setattr("weibao.rules.record.references.get_close_matches", None)
    assert weibao("check", PATH).code == 0


def found_by_the_editor(lines: list[str]) -> list[tuple[str, str, str, str | None]]:
    """Severity, code, file and line of each finding, as the matchers of the editor's task take it."""
    tasks = json.loads((ROOT / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]
    found = []
    for matcher in tasks[0]["problemMatcher"]:
        assert matcher["severity"] in {"error", "warning", "info"}  # all that the editor knows
        head, message = matcher["pattern"]
        for line, following in pairwise(lines):
            if match := re.fullmatch(head["regexp"], line):
                assert re.fullmatch(message["regexp"], following)
                at = match[head["line"]] if "line" in head else None
                found.append((matcher["severity"], match[head["code"]], match[head["file"]], at))
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_editors_task_finds_every_finding_in_what_is_printed(weibao: Weibao, lang: str) -> None:
    weibao.repository.append(PATH, entry("09:20", "assigned", by="wang-lei", to="nobody"))
    weibao.repository.write("records/stray.yaml", "x: 1\n")
    lines = weibao("--color", "never", "check", lang=lang).out.splitlines()

    assert found_by_the_editor(lines) == [
        ("error", "X101", PATH, "15"),
        ("error", "R302", "records/stray.yaml", None),
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("line", [0, 7])
@pytest.mark.parametrize(
    ("severity", "theirs"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTE, "info")],
)
def test_the_editor_takes_a_finding_for_as_grave_as_it_is(
    lang: str, line: int, severity: Severity, theirs: str
) -> None:
    told = FindingText(Finding("X101", Place(PATH, line)), severity, "message", "help")
    text = "".join(piece for piece, _ in finding_pieces(told, language(lang)))
    assert found_by_the_editor(text.splitlines()) == [
        (theirs, "X101", PATH, str(line) if line else None)
    ]
