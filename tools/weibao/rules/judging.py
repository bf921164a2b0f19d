"""By which configuration a record is judged; apart from the check itself, which a step does not need."""

from __future__ import annotations

from weibao.model.paths import CONFIGURATION

_REFERRED_TO = {
    "ticket": frozenset({"contract", "staff", "assets", "spares"}),
    "inspection": frozenset({"contract", "staff", "assets", "plan"}),
    "shift": frozenset({"contract", "staff", "assets", "duty"}),
    "reviews": frozenset({"contract", "staff", "assets", "spares"}),
}
"""The configuration that a record refers to, by its kind: all of it, where the kind is not here.

It is read even when only one file is checked."""


def judging(kind: str) -> frozenset[str]:
    """The kinds of configuration that a record of this kind is judged by."""
    return _REFERRED_TO.get(kind, frozenset(CONFIGURATION))
