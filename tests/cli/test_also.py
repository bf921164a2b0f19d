"""``--also FORMAT FILE``: the same judgement in more than one format, and refusals that log no command."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from building.commands import PATH
from building.contract import entry

if TYPE_CHECKING:
    from pathlib import Path

    from building.commands import Weibao


@pytest.fixture
def wrong(weibao: Weibao) -> Weibao:
    """A clone whose ticket has a step that nobody listed has done, on a branch of its own."""
    weibao.repository.branch("work")
    weibao.repository.append(PATH, entry("09:20", "acknowledged", by="nobody"))
    weibao.repository.commit()
    return weibao


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_a_check_keeps_each_format_as_it_would_print_it(
    wrong: Weibao, tmp_path: Path, form: str
) -> None:
    also = {name: tmp_path / "reports" / name for name in ("json", "gitlab", "junit", "markdown")}
    options = [part for name, path in also.items() for part in ("--also", name, str(path))]
    base = ("check", "--base", "main")
    ran = wrong(*base, "--format", form, *options)

    assert ran == wrong(*base, "--format", form)
    assert ran.code == 1
    for name, path in also.items():
        assert path.read_bytes().decode() == wrong(*base, "--format", name).out


def test_a_difference_is_kept_as_data_while_it_is_annotated(wrong: Weibao, tmp_path: Path) -> None:
    base = ("diff", "main", "work")
    kept = {name: tmp_path / name for name in ("json", "markdown", "gitlab", "junit")}
    also = [part for name, path in kept.items() for part in ("--also", name, str(path))]
    ran = wrong(*base, "--format", "github", *also)

    assert ran == wrong(*base, "--format", "github")
    assert ran.code == 1
    for name, path in kept.items():
        assert path.read_bytes().decode() == wrong(*base, "--format", name).out
    assert wrong(*base, *also).out == wrong(*base).out


def test_a_file_that_cannot_be_written_is_refused(wrong: Weibao, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    ran = wrong("check", "--also", "json", str(tmp_path / "file" / "below"))
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be written" in ran.err


def test_a_link_in_its_place_is_replaced_and_never_followed(
    wrong: Weibao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "outside.json"
    outside.write_text("precious", encoding="utf-8")
    monkeypatch.chdir(wrong.repository.path)
    link = wrong.repository.path / "quality.json"
    for target in (outside, tmp_path / "nothing"):
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        assert wrong("check", "--also", "gitlab", "quality.json").code == 1
        assert not link.is_symlink()
        assert json.loads(link.read_text(encoding="utf-8"))
    assert outside.read_text(encoding="utf-8") == "precious"
    assert not (tmp_path / "nothing").exists()


def test_a_folder_that_is_a_link_is_refused(
    wrong: Weibao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    monkeypatch.chdir(wrong.repository.path)
    (wrong.repository.path / "reports").symlink_to(outside)
    ran = wrong("check", "--also", "gitlab", "reports/quality.json")
    assert "reports is a symbolic link" in ran.err
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such files")
def test_a_pipe_is_written_to(wrong: Weibao) -> None:
    out, into = os.pipe()
    assert wrong("check", "--also", "json", f"/dev/fd/{into}").code == 1
    os.close(into)
    with os.fdopen(out, "rb") as stream:
        assert json.loads(stream.read())["findings"]


@pytest.mark.parametrize("also", [("text", "x"), ("sarif",), ("yaml", "x")])
def test_a_format_that_is_none_is_misuse(wrong: Weibao, also: tuple[str, ...]) -> None:
    assert wrong("diff", "main", "work", "--also", *also).code == 2
    assert not (wrong.repository.path / "x").exists()


def test_the_artifact_of_a_refusal_is_not_left_from_before(wrong: Weibao, tmp_path: Path) -> None:
    path = tmp_path / "d.json"
    assert wrong("diff", "main", "nowhere", "--also", "json", str(path)).code == 2
    assert not path.exists()
    assert wrong("diff", "main", "work", "--also", "json", str(path)).code == 1
    assert json.loads(path.read_text(encoding="utf-8"))["proposed"] is True


@pytest.mark.parametrize("run", ["", "true"])
def test_a_refusal_in_a_run_holds_nothing_that_its_log_takes_for_a_command(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch, run: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", run)
    said = weibao("diff", "##[set-env name=x]y", "HEAD").err
    assert ("##[" in said) == (not run)
    assert "set-env name=x]y" in said
