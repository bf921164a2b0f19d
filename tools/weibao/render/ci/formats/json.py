"""Findings as this package's own JSON, a stable interface (``schemas/output/check.schema.json``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.render.ci.format import Format
from weibao.render.json import book as stable_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.language import Language
    from weibao.render.words.findings import Told


def _write(told: Sequence[Told], _words: Language) -> str:
    return stable_json.dump(stable_json.check(told))


FORMAT = Format(name="json", place=10, write=_write)
