"""A diagnosis: the checks that were made of a machine, a clone and the forge's files, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Area = Literal["machine", "clone", "forge"]


@dataclass(frozen=True, slots=True)
class Lack:
    """What is lacking, and the line that mends it: message ids, and the facts that fill them.

    A ``mend`` is a command alone, to be pasted into bash as it is, or else a sentence with a capital.
    ``needed`` tells what recording or judging cannot do without from what is good advice.
    """

    message: str
    mend: str
    facts: Mapping[str, object] = field(default_factory=dict)
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """A check that was made: its stable name, what it is of, what it looks at, what is lacking."""

    name: str
    area: Area
    title: str
    lack: Lack | None


def unwell(checks: Sequence[Checked]) -> bool:
    """Whether anything is lacking that cannot be done without."""
    return any(check.lack is not None and check.lack.needed for check in checks)
