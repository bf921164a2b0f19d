"""The wheel that workflows install: packed alike everywhere, made again out of what is installed, or refused."""

from __future__ import annotations

import hashlib
import json
import zipfile
from importlib.metadata import PathDistribution
from typing import TYPE_CHECKING

import pytest

from building.wheel import LOCKS, small_wheel, wheel_files
from weibao import __version__
from weibao.refusal import Refusal
from weibao.workspace.setup import vendored_wheel
from weibao.workspace.setup.vendored_wheel import (
    Pin,
    Wheel,
    given_wheel,
    installed_wheel,
    parse_wheel,
    read_pin,
    vendored_files,
)
from weibao.workspace.setup.wheel_bytes import pack_wheel

if TYPE_CHECKING:
    from pathlib import Path

ABOUT = f"weibao-{__version__}.dist-info"


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    return small_wheel(tmp_path / "wheels")


@pytest.fixture
def site(wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the wheel is installed as installers do it, with what they add of their own."""
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    added = {
        f"{ABOUT}/INSTALLER": "pip\n",
        f"{ABOUT}/REQUESTED": "",
        f"{ABOUT}/direct_url.json": noted(hashlib.sha256(wheel.read_bytes()).hexdigest()),
        "weibao/__pycache__/__init__.cpython-311.pyc": "compiled",
        "../bin/weibao": "#!/bin/sh\n",
    }
    for path, text in added.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    record = site / ABOUT / "RECORD"
    lines = record.read_text(encoding="utf-8").splitlines()
    lines = [*(f"{path},," for path in added), *reversed(lines)]
    record.write_text("\r\n".join(lines), encoding="utf-8", newline="")
    monkeypatch.setattr(vendored_wheel, "_PACKAGE", (site / "weibao").resolve())
    monkeypatch.setattr(vendored_wheel, "distribution", lambda _: PathDistribution(site / ABOUT))
    return site


def noted(sha256: str) -> str:
    return json.dumps({"url": "file:///x.whl", "archive_info": {"hashes": {"sha256": sha256}}})


def test_the_wheel_is_made_again_byte_for_byte(site: Path, wheel: Path) -> None:
    assert installed_wheel() == Wheel(__version__, wheel.read_bytes(), LOCKS)


def test_what_an_installer_writes_otherwise_makes_no_other_wheel(site: Path, wheel: Path) -> None:
    (site / ABOUT / "direct_url.json").unlink()

    assert installed_wheel().content == wheel.read_bytes()


def test_order_times_and_permissions_are_those_of_no_machine(wheel: Path) -> None:
    files = wheel_files()

    assert pack_wheel(dict(reversed(files.items()))) == wheel.read_bytes()
    with zipfile.ZipFile(wheel) as archive:
        entries = archive.infolist()
        record = archive.read(f"{ABOUT}/RECORD").decode()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
    assert [entry.filename for entry in entries][-1] == f"{ABOUT}/RECORD"
    assert record.count("sha256=") == len(files)


@pytest.mark.parametrize(
    "path", ["weibao/__init__.py", "weibao/requirements.lock", f"{ABOUT}/METADATA"]
)
@pytest.mark.parametrize("lost", [False, True])
def test_a_file_that_was_altered_or_lost_is_named(site: Path, path: str, *, lost: bool) -> None:
    (site / path).unlink() if lost else (site / path).write_bytes(b"import os\n")

    with pytest.raises(Refusal, match="is not as it was installed") as told:
        installed_wheel()
    assert told.value.facts["path"] == path
    assert "--wheel" in told.value.mend


def test_where_the_installer_noted_another_hash_it_is_refused(site: Path) -> None:
    (site / ABOUT / "direct_url.json").write_text(noted("0" * 64), encoding="utf-8")

    with pytest.raises(Refusal, match="is not the one that was installed"):
        installed_wheel()


def test_what_runs_from_elsewhere_than_where_it_is_installed_has_no_wheel(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vendored_wheel, "_PACKAGE", tmp_path / "checkout" / "weibao")

    with pytest.raises(Refusal, match="was not installed from a wheel"):
        installed_wheel()


@pytest.mark.parametrize("record", ["", f"weibao.pth,,\n{ABOUT}/RECORD,,\n"])
def test_an_installation_without_its_list_of_files_has_no_wheel(site: Path, record: str) -> None:
    (site / ABOUT / "RECORD").write_text(record, encoding="utf-8")

    with pytest.raises(Refusal, match="was not installed from a wheel"):
        installed_wheel()


def test_what_is_vendored_says_of_itself_what_it_is(wheel: Path) -> None:
    files = vendored_files(given_wheel(wheel))
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()

    assert read_pin(files["requirements.txt"].decode()) == Pin(
        wheel.name, __version__, frozenset({sha256}), by_name=False
    )
    assert files[f"vendor/{wheel.name}"] == wheel.read_bytes()
    assert {path: files[path] for path in LOCKS} == LOCKS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Pin("", "", frozenset(), by_name=False)),
        ("weibao==0.1.0\n", Pin("", "", frozenset(), by_name=True)),
        ("# weibao\nweibao-tools==1\n", Pin("", "", frozenset(), by_name=False)),
        ("WeiBao >= 1\n", Pin("", "", frozenset(), by_name=True)),
        (
            "./vendor/weibao-1-py3-none-any.whl # --hash=sha256:" + "a" * 64,
            Pin("weibao-1-py3-none-any.whl", "1", frozenset(), by_name=False),
        ),
        (
            f"./vendor/weibao-1-py3-none-any.whl --hash=sha256:{'a' * 64} --hash=sha256:{'b' * 64}",
            Pin("weibao-1-py3-none-any.whl", "1", frozenset({"a" * 64, "b" * 64}), by_name=False),
        ),
        (
            f"./vendor/weibao-1-py3-none-any.whl \\\r\n    --hash=sha256:{'a' * 64}\r\n",
            Pin("weibao-1-py3-none-any.whl", "1", frozenset({"a" * 64}), by_name=False),
        ),
        ("./vendor/../weibao-1-py3-none-any.whl\n", Pin("", "", frozenset(), by_name=False)),
        ("./vendor/weibao-1-../x.whl\n", Pin("", "", frozenset(), by_name=False)),
    ],
)
def test_a_pin_is_read_as_an_installer_reads_it(text: str, expected: Pin) -> None:
    assert read_pin(text) == expected


@pytest.mark.parametrize(
    "lost", ["weibao/requirements.lock", "weibao/vendor/site.lock", f"{ABOUT}/METADATA"]
)
def test_what_lacks_its_lock_or_its_name_is_no_wheel_of_ours(wheel: Path, lost: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != lost}
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)

    with pytest.raises(Refusal):
        given_wheel(wheel)
    # Another version may have other extras; what it needs itself it has to say.
    assert (parse_wheel(wheel.read_bytes()) is None) == ("vendor" not in lost)
    assert parse_wheel(wheel.read_bytes()[:-9]) is None
    assert parse_wheel(b"") is None
