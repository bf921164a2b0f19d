"""``weibao agreement approve``, and keys that an auditor brings."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from building.commands import Weibao, record_repository

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

CONTRACT = "records/contract.yaml"


def test_an_approval_names_the_edition_that_stands_and_says_that_it_proves_nothing_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    repository = record_repository(tmp_path / "clone")
    weibao = Weibao(repository, monkeypatch, capsys)
    ran = weibao("agreement", "approve", CONTRACT, "--contact", "张工")
    assert (ran.code, ran.err) == (0, "")
    assert "contact: zhang-gong" in repository.read("records/agreements.yaml")
    assert "Nothing shows yet that 张工 agreed" in ran.out
    digest = sha256((repository.path / CONTRACT).read_bytes()).hexdigest()
    assert f"path: {CONTRACT}, sha256: {digest}" in repository.read("records/agreements.yaml")
    assert "E142" in weibao("audit", "--as-of", "2026-11-20T10:00:00+08:00").out


def test_what_nobody_agrees_to_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    weibao = Weibao(record_repository(tmp_path / "clone"), monkeypatch, capsys)
    for path in ("records/assets.yaml", "README.md", "../elsewhere"):
        assert weibao("agreement", "approve", path, "--contact", "zhang-gong").code == 2


def test_a_file_without_a_key_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    weibao = Weibao(record_repository(tmp_path / "clone"), monkeypatch, capsys)
    (tmp_path / "key.pub").write_bytes(b"ssh-ed25519 AAAA\n")
    ran = weibao("audit", "--customer-key", str(tmp_path / "key.pub"))
    assert (ran.code, "holds no public key" in ran.err) == (2, True)
