"""The files that say whose signatures count are judged like every other record (R310, R311)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from building.contract import small_contract
from weibao.model.instant import parse_instant
from weibao.model.signers import allowed_signers
from weibao.rules.check import check_files

if TYPE_CHECKING:
    from weibao.model.finding import Finding

NOW = parse_instant("2026-11-20T18:00:00+08:00")
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBq1HkPh2gWbPdYq0mF1k2p8dFz5b6nX0mYkq1o9VQm3"
PUBLIC = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDME\n-----END PGP PUBLIC KEY BLOCK-----\n"


def findings(**more: str) -> list[Finding]:
    files = small_contract() | {f"records/{path}": text for path, text in more.items()}
    return list(check_files({path: text.encode() for path, text in files.items()}, {}, NOW))


def test_lists_of_signers_and_public_keys_may_lie_among_the_records() -> None:
    signers = f"# 签名人\n\nli.qiang@provider.example {KEY} 笔记本\n"
    assert findings(allowed_signers=signers, **{"keys/li-qiang.asc": PUBLIC}) == []


def test_a_line_that_allows_nobody_is_told_with_its_place_and_text() -> None:
    found = findings(allowed_signers=f"a@b.example {KEY}\nli.qiang@provider.example ssh-ed25519\n")
    assert [(one.code, one.place.line, one.facts["found"]) for one in found] == [
        ("R310", 2, "li.qiang@provider.example ssh-ed25519")
    ]


def test_a_private_key_and_no_key_at_all_are_told() -> None:
    private = PUBLIC.replace("PUBLIC", "PRIVATE")
    for text in (private, PUBLIC + private, "ssh-ed25519\n", ""):
        assert [one.code for one in findings(**{"keys/li-qiang.asc": text})] == ["R311"]


def test_other_files_beside_the_keys_are_strays() -> None:
    for path in ("keys/Li.asc", "keys/li-qiang.pub", "keys/a/b.asc", "allowed_signers.bak"):
        assert [one.code for one in findings(**{path: PUBLIC})] == ["R302"]


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("20261120", "2026-11-20T00:00:00+08:00"),
        ("202611200912", "2026-11-20T09:12:00+08:00"),
        ("20261120091230", "2026-11-20T09:12:30+08:00"),
        ("20261120Z", "2026-11-20T00:00:00+00:00"),
        ("20261120091230Z", "2026-11-20T09:12:30+00:00"),
    ],
)
def test_a_key_counts_from_a_time_that_is_written_as_short_as_ssh_keygen_takes_it(
    written: str, instant: str
) -> None:
    line = f'li.qiang@provider.example valid-after="{written}" {KEY}\n'
    (signer,) = allowed_signers(line.encode(), ZoneInfo("Asia/Shanghai"))
    assert signer.valid_after == parse_instant(instant)
    assert not signer.counts_at(parse_instant(instant) - 1)
    assert signer.counts_at(parse_instant(instant))
