"""Emergency plans: the pages under ``docs/emergency/``, and what their front matter says of each.

What cannot be read is as if it were not said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from weibao.model.duration import parse_duration
from weibao.model.handwritten import FOLDER, LANGUAGE, front_matter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EMERGENCY = f"{FOLDER}emergency/"

REVIEW_WITHIN = "366d"
"""How soon after its approval a plan is reviewed, where it says nothing of it."""


@dataclass(frozen=True, slots=True)
class EmergencyPlan:
    """What a provider does in an emergency of one ``scenario``.

    Attributes:
        path: of its page.
        id: by which drills name it: the name of its file.
        version, scenario, approved_by: as the page says them, "" where it does not.
        approved_on: None while nobody approved it.
        review_within: how soon after that it is looked at again, as a contract writes lengths.
        missing: the keys that the page does not give, or not so that they can be read.
    """

    path: str
    id: str
    version: str
    scenario: str
    approved_by: str
    approved_on: date | None
    review_within: str
    missing: tuple[str, ...]


def plan_ids(paths: Iterable[str]) -> frozenset[str]:
    """The ids of the plans that have a page among these paths."""
    return frozenset(_id(path) for path in paths if _is_plan(path))


def emergency_plans(files: Mapping[str, bytes]) -> tuple[EmergencyPlan, ...]:
    """The plans among the files, by path; each page by itself, in whatever language it is."""
    return tuple(_plan(path, raw) for path, raw in sorted(files.items()) if _is_plan(path))


def _is_plan(path: str) -> bool:
    return path.startswith(EMERGENCY) and path.endswith(".md")


def _id(path: str) -> str:
    return LANGUAGE.sub("", path.rpartition("/")[2])


def _plan(path: str, raw: bytes) -> EmergencyPlan:
    text = raw.decode(errors="replace").removeprefix("\ufeff")
    told = {key: max(values) for key, values in front_matter(text).items()}
    missing = {key for key in ("version", "scenario") if not told.get(key)}
    if told.get("id") != _id(path):
        missing.add("id")
    approved_on, review_within = None, told.get("review_within", REVIEW_WITHIN)
    try:
        approved_on = date.fromisoformat(told["approved_on"])
    except ValueError:
        missing.add("approved_on")
    except KeyError:
        pass  # nobody approved it yet, which another rule tells
    try:
        parse_duration(review_within)
    except ValueError:
        missing.add("review_within")
        review_within = REVIEW_WITHIN
    return EmergencyPlan(
        path,
        _id(path),
        told.get("version", ""),
        told.get("scenario", ""),
        told.get("approved_by", ""),
        approved_on,
        review_within,
        tuple(sorted(missing)),
    )
