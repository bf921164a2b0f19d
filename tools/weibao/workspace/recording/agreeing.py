"""Which edition of which file somebody agrees to: the one that stands in the working tree."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.signers import is_key_file
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.workspace.recording.clone import Desk

_AGREED_TO = frozenset({"records/contract.yaml", "records/staff.yaml", "records/spares.yaml"})


def agreed_edition(desk: Desk, file: Path) -> tuple[str, str]:
    """The path in the repository and the SHA-256 of a file that can be agreed to.

    Raises:
        Refusal: it is not there, or nothing that the customer agrees to.
    """
    try:
        name = file.resolve().relative_to(desk.root.resolve()).as_posix()
        plan = desk.records.contract.data.get("resource_plan", {}).get("file")
        if name in _AGREED_TO or is_key_file(name) or name == plan:
            return name, sha256(file.read_bytes()).hexdigest()
    except (OSError, ValueError):
        pass
    raise UsageRefusal(
        N_("{path} is no file of this repository that the customer agrees to."),
        mend=N_(
            "Name records/contract.yaml, records/staff.yaml, records/spares.yaml, records/allowed_signers, records/keys/….asc or the resource plan."
        ),
        path=file,
    )
