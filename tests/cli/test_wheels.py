"""``weibao wheels``: a folder from which Windows installs, complete, and every file the one that the lock names."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from building.repository import clean_environment
from building.wheel import wheel_files
from weibao.refusal import Refusal
from weibao.workspace.setup.vendored_wheel import parse_wheel, vendored_files
from weibao.workspace.setup.wheel_bytes import pack_wheel
from weibao.workspace.setup.wheels import (
    LockedPackage,
    locked_packages,
    on_windows,
    verified_lines,
)

if TYPE_CHECKING:
    from building.commands import Weibao

ROOT = Path(__file__).parents[2]
TAGS = {
    "Alpha.One": ("py3-none-any",),
    "beta": ("cp313-cp313-win_amd64", "cp313-cp313-manylinux_2_17_x86_64"),
    "only-linux": ("cp313-cp313-manylinux_2_17_x86_64",),
    "colour": ("py3-none-any",),
    "past": ("py3-none-any",),
}
MARKERS = {
    "only-linux": " ; sys_platform == 'linux' and platform_python_implementation != 'PyPy'",
    "colour": " ; sys_platform == 'win32' or platform_system == 'Windows'",
    "past": " ; python_full_version < '3.13'",
}


def index(folder: Path) -> str:
    """Wheels as an index has them, in a folder, and the lock that names them."""
    folder.mkdir()
    lines = ["# a lock"]
    for name, tags in TAGS.items():
        hashes = []
        for tag in tags:
            about = f"{name.lower().replace('.', '_').replace('-', '_')}-1.5"
            content = pack_wheel(
                {
                    f"{about}.dist-info/METADATA": (
                        f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.5\n".encode()
                    ),
                    f"{about}.dist-info/WHEEL": f"Wheel-Version: 1.0\nTag: {tag}\n".encode(),
                    f"{about.partition('-')[0]}.py": f"TAG = {tag!r}\n".encode(),
                }
            )
            (folder / f"{about}-{tag}.whl").write_bytes(content)
            hashes.append(f"    --hash=sha256:{hashlib.sha256(content).hexdigest()}")
        lines += [
            f"{name}==1.5{MARKERS.get(name, '')} \\",
            " \\\n".join(hashes),
            "    # via weibao",
        ]
    return "\n".join((*lines, ""))


@pytest.fixture
def locked(weibao: Weibao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Weibao:
    """A repository whose wheel needs what an index of five packages has."""
    lock = index(tmp_path / "index")
    content = pack_wheel(wheel_files() | {"weibao/requirements.lock": lock.encode()})
    wheel = parse_wheel(content)
    assert wheel is not None
    for path, raw in vendored_files(wheel).items():
        weibao.repository.write(path, raw)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    return weibao


def test_it_has_what_windows_needs_and_no_more_by_its_hashes(
    locked: Weibao, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    ran = locked("wheels", str(folder), "--python", "3.13")

    assert ran.code == 0, ran.err
    assert sorted(path.name for path in folder.iterdir()) == [
        "alpha_one-1.5-py3-none-any.whl",
        "beta-1.5-cp313-cp313-win_amd64.whl",
        "colour-1.5-py3-none-any.whl",
        "hashes.txt",
        "install.cmd",
        "weibao-0.1.0-py3-none-any.whl",
    ]
    given = re.findall(r"--hash=sha256:(\w+)$", (folder / "hashes.txt").read_text(), re.MULTILINE)
    there = [hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.whl")]
    assert sorted(given) == sorted(there)
    script = (folder / "install.cmd").read_bytes()
    assert script.isascii()
    assert script.count(b"\r\n") == script.count(b"\n")
    assert b"--no-index --find-links . --require-hashes -r hashes.txt" in script
    assert b"py -3.13 -m venv" in script


def test_its_hashes_are_what_pip_installs_by_and_one_byte_more_stops_it(
    locked: Weibao, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    assert locked("wheels", str(folder), "--python", "3.13").code == 0
    tagged = folder / "beta-1.5-cp313-cp313-win_amd64.whl"
    tagged.rename(folder / "beta-1.5-py3-none-any.whl")  # as if this were Windows
    assert installs(folder, tmp_path / "site")
    with (folder / "colour-1.5-py3-none-any.whl").open("ab") as stream:
        stream.write(b"\0")
    assert not installs(folder, tmp_path / "other")


def installs(folder: Path, target: Path) -> bool:
    options = ("--no-index", "--find-links", ".", "--require-hashes", "-r", "hashes.txt")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", *options, "--target", str(target)],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def test_what_pip_cannot_fetch_leaves_no_folder(locked: Weibao, tmp_path: Path) -> None:
    (tmp_path / "index/beta-1.5-cp313-cp313-win_amd64.whl").unlink()
    ran = locked("--lang", "en", "wheels", str(tmp_path / "folder"), "--python", "3.13")

    assert ran.code == 3
    assert "beta" in ran.err
    assert not (tmp_path / "folder").exists()
    assert [path.name for path in tmp_path.glob(".weibao-*")] == []


def test_a_file_that_the_lock_does_not_name_or_two_of_one_package_are_refused() -> None:
    raw = b"a wheel"
    package = LockedPackage("a-b", "1", "", frozenset({hashlib.sha256(raw).hexdigest()}))
    assert verified_lines([package], {"a_b-1-py3-none-any.whl": raw})
    for files in (
        {},
        {"a_b-1-py3-none-any.whl": raw + b"\0"},
        {"a_b-10-py3-none-any.whl": raw},
        {"a_b-1-py3-none-any.whl": raw, "A_B-1-cp313-cp313-win_amd64.whl": raw},
    ):
        with pytest.raises(Refusal, match="is not there as the lock names it"):
            verified_lines([package], files)


@pytest.mark.parametrize(
    "lock", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda p: p.name
)
def test_every_package_of_our_locks_is_read_and_known_to_be_needed_or_not(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    packages = locked_packages(text)

    assert len(packages) == len(re.findall(r"^[a-z0-9].*==", text, re.MULTILINE))
    assert sum(len(package.hashes) for package in packages) == text.count("--hash=sha256:")
    assert all(package.hashes for package in packages)
    for python in ("3.11", "3.13"):
        assert [package.name for package in packages if on_windows(package, python)]


def test_a_condition_that_is_not_understood_is_refused_and_not_guessed() -> None:
    with pytest.raises(Refusal, match="is not understood"):
        on_windows(LockedPackage("a", "1", "extra == 'x'", frozenset()), "3.13")
