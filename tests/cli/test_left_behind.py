"""What systems and editors leave under ``records/``: never an error, and never a way to hide a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, TICKET
from building.contract import a_ticket, ticket_path

if TYPE_CHECKING:
    from building.commands import Weibao

FOLDER = PATH.rpartition("/")[0]
LEFT = (
    "records/.DS_Store",
    "records/attachments/Thumbs.db",
    f"{FOLDER}/Desktop.ini",
    f"{FOLDER}/~$x.xlsx",
    f"{FOLDER}/._{TICKET}.yaml",
    f"{FOLDER}/.{TICKET}.yaml.swp",
    f"{FOLDER}/#{TICKET}.yaml#",
    f"{FOLDER}/{TICKET}.yaml~",
    f"{FOLDER}/.~lock.{TICKET}.yaml#",
)
MISNAMED = (
    ticket_path("T20261119-AB3Q9X").replace(".yaml", ".yml"),
    f"{FOLDER}/T20261120-AB3Q9X.yaml~",
    f"{FOLDER}/~$T20261120-AB3Q9X.yaml",
    f"{FOLDER}/.T20261120-AB3Q9X.yaml.swp",
)
"""Records under names by which no tool would find them; no record is beside them."""


@pytest.mark.parametrize("path", LEFT)
def test_what_git_does_not_keep_is_passed_over(weibao: Weibao, path: str) -> None:
    weibao.repository.write(path, "\0\5\x16\7")

    assert weibao("check").code == 0
    assert "R302" not in weibao("check").out
    assert "R317" not in weibao("check").out


@pytest.mark.parametrize("path", LEFT)
def test_what_git_keeps_is_a_note_with_the_command_that_takes_it_out(
    weibao: Weibao, path: str
) -> None:
    weibao.repository.write(path, "\0\5\x16\7")
    weibao.repository.commit("whatever lay there")
    ran = weibao("check")

    assert ran.code == 0
    assert "R317" in ran.out
    told = weibao("--lang", "en", "check", "--format", "markdown").out
    assert "git rm --cached -- " in told
    weibao.repository.remove(path)
    weibao.repository.commit("taken out")
    for ran in (weibao("check", "--base", "HEAD~1"), weibao("findings", "--family", "L")):
        assert ran.code == 0, ran.out
        assert path not in ran.out


def test_what_git_is_told_to_ignore_is_passed_over(weibao: Weibao) -> None:
    weibao.repository.write(".gitignore", "/records/scratch/\n*.bak\n")
    weibao.repository.write("records/scratch/notes.yaml", "a: [\n")
    weibao.repository.write(f"{PATH}.bak", "a: [\n")

    assert weibao("check").code == 0
    assert "R302" not in weibao("check").out
    weibao.repository.write(".gitignore", "")
    assert weibao("check").out.count("R302") == 2


@pytest.mark.parametrize("path", MISNAMED)
@pytest.mark.parametrize("kept", [False, True])
def test_a_record_under_such_a_name_is_never_passed_over(
    weibao: Weibao, path: str, *, kept: bool
) -> None:
    weibao.repository.write(path, a_ticket())
    if kept:
        weibao.repository.commit("misnamed")
    ran = weibao("check")

    assert ran.code == 1
    assert "R302" in ran.out


@pytest.mark.parametrize(
    "path", [ticket_path("T20261119-AB3Q9X"), ticket_path("T20261119-AB3Q9X").replace("11/19", "1")]
)
def test_a_record_that_git_ignores_is_judged_all_the_same(weibao: Weibao, path: str) -> None:
    weibao.repository.write(".gitignore", "*AB3Q9X*\n")
    weibao.repository.write(path, "id: x\n")

    assert weibao("check").code == 1
