"""What ends, and what does not since something else lasts longer or nobody needs it any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import a_book, files_of
from building.contract import STAFF
from building.entries import moment
from building.signing import openpgp_key
from weibao.report.due.due import due
from weibao.report.due.item import DueItem, DueKind, Responsible

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.report.book import Book

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBq1HkPh2gWbPdYq0mF1k2p8dFz5b6nX0mYkq1o9VQm3"
OTHER = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBq1HkPh2gWbPdYq0mF1k2p8dFz5b6nX0mYkq1o9VQm4"
ENDS = 'li.qiang@provider.example valid-before="20261201"'


def ending(kind: DueKind, *lines: str, staff: str = STAFF, **files: str) -> list[DueItem]:
    found = files_of(staff=staff)
    found["records/allowed_signers"] = "".join(f"{line}\n" for line in lines).encode()
    found |= {f"records/keys/{name}.asc": text.encode() for name, text in files.items()}
    book: Book = a_book(found)
    return [item for item in due(book, book.as_of) if item.kind is kind]


def test_a_key_that_another_one_outlasts_does_not_end() -> None:
    (item,) = ending(DueKind.KEY, f"{ENDS} {KEY}")
    assert (item.who, item.instant) == (Responsible("li-qiang"), moment("2026-12-01 00:00") - 1)
    assert not ending(DueKind.KEY, f"{ENDS} {KEY}", f"li.qiang@provider.example {OTHER}")
    assert not ending(DueKind.KEY, f"li.qiang@provider.example {OTHER}", f"{ENDS} {KEY}")


def test_a_key_of_somebody_who_has_left_or_that_signs_no_commits_ends_unseen() -> None:
    left = STAFF.replace(
        "role: engineer, from: 2025-12-01}]",
        "role: engineer, from: 2025-12-01, to: 2026-10-31}]",
        1,
    )
    assert not ending(DueKind.KEY, f"{ENDS} {KEY}", staff=left)
    assert not ending(DueKind.KEY, f'{ENDS},namespaces="file" {KEY}')


@pytest.mark.needs("gpg")
def test_an_openpgp_key_ends_by_what_it_says_of_itself(tmp_path: Path) -> None:
    made = "2026-01-01T00:00:00Z"
    soon = openpgp_key(tmp_path / "a", "zhang.gong@customer.example", made, "2026-12-24")
    never = openpgp_key(tmp_path / "b", "zhang.gong@customer.example", made)
    (item,) = ending(DueKind.KEY, **{"zhang-gong": soon.public})
    assert (item.who, item.edit) == (Responsible("zhang-gong"), "records/keys/zhang-gong.asc")
    assert item.command == ("weibao", "agreement", "approve", "records/keys/zhang-gong.asc")
    assert not ending(DueKind.KEY, **{"zhang-gong": never.public})


def test_a_certificate_of_a_maker_whose_equipment_is_not_there_ends_unseen() -> None:
    ends = STAFF.replace(
        '"1001", from: 2025-01-01, to: 2027-12-31', '"1001", from: 2025-01-01, to: 2026-12-24'
    )
    assert len(ending(DueKind.CERTIFICATE, staff=ends)) == 1
    assert not ending(
        DueKind.CERTIFICATE,
        staff=ends.replace("{vendor: huawei, name: HCIP", "{vendor: h3c, name: HCIP"),
    )
    lasting = "      - {vendor: huawei, name: HCIE, number: '9', from: 2025-01-01}\n"
    both = ends.replace("to: 2026-12-24}\n", "to: 2026-12-24}\n" + lasting)
    assert not ending(DueKind.CERTIFICATE, staff=both)
