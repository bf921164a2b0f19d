"""Without the extras: what needs none works, what needs one says which and how to install it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING

import pytest

from building.repository import clean_environment
from project.pages import ROOT
from weibao.language import CODES, language
from weibao.refusal import Exit
from weibao.report.diagnosis import Lack, unwell
from weibao.workspace.diagnosis.checks import diagnose_machine
from weibao.workspace.diagnosis.examination import examine_machine
from weibao.workspace.setup.extras import EXTRAS, extra_lacking
from weibao.workspace.setup.vendored_wheel import EXTRA_LOCKS

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Weibao

CORE_ALONE = f"""
import sys

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {sorted(module for extra in EXTRAS for module in extra.modules)}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Lacking())
from weibao.cli.main import main
main(sys.argv[1:])
"""
OPENING = (
    *("ticket", "open", "--title", "x", "--severity", "3", "--reported-by", "zhang-gong"),
    *("--by", "wang-lei", "--no-commit"),
)


def on_the_core_alone(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CORE_ALONE, "--lang", "en", "-C", str(folder), *arguments],
        env=clean_environment() | {"PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [("check",), ("status",), ("audit",), OPENING],
    ids=lambda arguments: arguments[0],
)
def test_what_records_and_judges_needs_no_extra(weibao: Weibao, arguments: tuple[str, ...]) -> None:
    ran = on_the_core_alone(weibao.repository.path, *arguments)

    assert "Traceback" not in ran.stderr
    assert "extra" not in ran.stderr
    assert ran.returncode == Exit.FINE, ran.stderr


@pytest.mark.parametrize("arguments", [("status", "--watch"), ("check", "--watch")])
def test_what_needs_an_extra_says_how_to_install_it(
    weibao: Weibao, arguments: tuple[str, ...]
) -> None:
    ran = on_the_core_alone(weibao.repository.path, *arguments)

    assert ran.returncode == Exit.UNTRUSTED
    assert "needs the extra board, which is not installed" in ran.stderr
    assert f"{sys.executable} -m pip install 'textual>=8.2,<9' 'watchdog>=6,<8'" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_form_as_a_spreadsheet_needs_the_extra_before_anything_is_written_and_csv_none(
    weibao: Weibao,
) -> None:
    start = ("inspection", "start", "quarterly-inspection", "--form")
    ran = on_the_core_alone(weibao.repository.path, *start, "round.xlsx")
    assert ran.returncode == Exit.UNTRUSTED
    assert "needs the extra import, which is not installed. CSV needs nothing." in ran.stderr
    assert f"{sys.executable} -m pip install 'openpyxl>=3.1,<4'" in ran.stderr
    assert not (weibao.repository.path / "records" / "inspections").exists()
    ran = on_the_core_alone(weibao.repository.path, *start, "round.csv")
    assert ran.returncode == Exit.FINE, ran.stderr
    assert (weibao.repository.path / "round.csv").is_file()


def test_where_the_locks_are_vendored_it_is_installed_by_their_hashes(weibao: Weibao) -> None:
    lock = weibao.repository.path / EXTRA_LOCKS["board"]
    weibao.repository.write(EXTRA_LOCKS["board"], "textual==1 --hash=sha256:00\n")
    ran = on_the_core_alone(weibao.repository.path, "status", "--watch")

    assert ran.returncode == Exit.UNTRUSTED
    assert f"-m pip install --require-hashes -r {lock}" in ran.stderr


def test_a_module_of_no_extra_is_a_defect_and_no_extra_is_blamed() -> None:
    assert extra_lacking("weibao.nowhere", None) is None
    assert extra_lacking("click", None) is None


@pytest.mark.parametrize("code", CODES)
def test_doctor_tells_which_extras_are_there(tmp_path: Path, code: str) -> None:
    whole = examine_machine(tmp_path)
    bare = replace(whole, extras={"site": "python -m pip install x"})
    found = {checked.name: checked for checked in diagnose_machine(bare)}

    assert whole.extras == {}
    assert found["extra_board"].lack is None
    assert found["extra_site"].lack == Lack(
        "not installed", "python -m pip install x", needed=False
    )
    assert not unwell([found["extra_site"]])
    assert language(code).text(found["extra_site"].title)


def test_the_extras_are_those_of_the_package_with_a_lock_each() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    offered, libraries = project["optional-dependencies"], packages_distributions()

    for extra in EXTRAS:
        named = {re.split(r"[^\w.-]", line)[0] for line in offered[extra.name]}
        assert list(extra.needs) == offered[extra.name]
        assert {libraries[module][0] for module in extra.modules} == named
        assert (ROOT / "requirements" / f"{extra.name}.lock").is_file()
    assert {extra.name for extra in EXTRAS} == EXTRA_LOCKS.keys()
