"""What a format of findings is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from weibao.language import Language
    from weibao.render.words.findings import FindingText


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: what ``--format`` calls it, where it comes among the choices, and its writer.

    ``of_change`` where ``weibao diff`` writes its findings in it too: a forge shows them beside those
    of ``weibao check``.
    """

    name: str
    place: int
    write: Callable[[Sequence[FindingText], Language], str]
    of_change: bool = False
