"""A round on a terminal, asset by asset: all well at one key, item by item, skipped, or left for later."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from weibao.cli.prompts.asking import ask_one, ask_text
from weibao.language import N_
from weibao.model.yaml.scalars import plain_value
from weibao.operations.checklist import items_of, status_of
from weibao.operations.coverage import coverage_in
from weibao.refusal import UsageRefusal
from weibao.render.words.plain import plain
from weibao.workspace.recording.many_checks import SKIPPED, GivenCheck

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.cli.framework.session import Session
    from weibao.language import Language
    from weibao.model.inspection import Inspection
    from weibao.model.plan import ChecklistItem
    from weibao.workspace.recording.clone import Desk

_OK, _EACH, _SKIP, _LATER, _END = "ok", "each", "skip", "later", "end"


def walk(session: Session, desk: Desk, inspection: Inspection) -> tuple[GivenCheck, ...]:
    """The checks that are said on the way through what is left of a round.

    Nothing is written here: Esc drops it all, and the last question leaves the rest for later.
    """
    words = session.language
    coverage = coverage_in(desk.records.plan, desk.records.assets, inspection)
    left = {asset: items for asset, items in coverage.left.items() if asset not in coverage.skipped}
    if not any(left.values()):
        raise UsageRefusal(
            N_("Nothing is left to look at in {inspection}."),
            mend=N_("Complete it: weibao inspection complete {inspection}"),
            inspection=inspection.id,
        )
    known = items_of(desk.records.plan, inspection.plan)
    found: list[GivenCheck] = []
    for number, (asset, items) in enumerate(left.items(), 1):
        answer = _ask_asset(session, desk, asset, items, known, f"{number}/{len(left)}")
        if answer == _END:
            break
        if answer == _OK:
            found += [GivenCheck(asset, item, status="ok") for item in items]
        elif answer == _SKIP:
            reason = ask_text(words.text(N_("Why:")), _require_reason, words).strip()
            found.append(GivenCheck(asset, "", status=SKIPPED, note=reason))
        elif answer == _EACH:
            found += _each(session, asset, [known[item] for item in items])
    return tuple(found)


def _ask_asset(
    session: Session,
    desk: Desk,
    asset: str,
    items: tuple[str, ...],
    known: Mapping[str, ChecklistItem],
    place: str,
) -> str:
    words = session.language
    told = desk.records.assets.get(asset)
    name = plain(words.pick(told.names)) if told else ""
    names = words.listing(plain(words.pick(known[item].names)) for item in items)
    choices = {
        _OK: words.text(N_("All well: {items}"), items=names),
        _EACH: words.text(N_("Item by item, with readings")),
        _SKIP: words.text(N_("Skip it, and say why")),
        _LATER: words.text(N_("Not now")),
        _END: words.text(N_("Stop here, and record what was said")),
    }
    return ask_one(f"{place}  {name}  {plain(asset)}", choices, words)


def _each(session: Session, asset: str, items: list[ChecklistItem]) -> Iterator[GivenCheck]:
    """Each item of a piece: its reading where it has a unit, else its result; "" leaves it for later."""
    words = session.language
    for item in items:
        name = plain(words.pick(item.names))
        value: float | str | None = None
        status = ""
        if item.unit:
            question = words.text(
                N_("{item}, in {unit} (Enter: not now):"), item=name, unit=plain(item.unit)
            )
            typed = ask_text(question, partial(_number, item), words).strip()
            if not typed:
                continue
            value = _number(item, typed)
            status = status_of(item, value) or ""
        if not status:
            status = ask_one(name, _results(words), words)
        if status == "failed":
            session.console.print(Text(words.text(_FAILED, asset=asset, item=item.item)))
        elif status:
            yield GivenCheck(asset, item.item, value, status)


_FAILED = N_(
    "A failure needs its ticket. It is left out here; record it by itself: weibao inspection check … --asset {asset} --item {item} --status failed --open-ticket"
)


def _results(words: Language) -> dict[str, str]:
    statuses = ("ok", "warning", "not_applicable", "failed")
    return {status: words.term("check_status", status) for status in statuses} | {
        "": words.text(N_("Not now"))
    }


def _require_reason(text: str) -> None:
    if not text.strip():
        raise UsageRefusal(N_("What is skipped needs a reason."))


def _number(item: ChecklistItem, text: str) -> float | None:
    """The reading that was typed, None where nothing was; refused where it is no number."""
    typed = text.strip()
    if not typed:
        return None
    value = plain_value(typed)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise UsageRefusal(
            N_("“{value}” is no number, and the checklist judges “{item}” by one."),
            mend=N_("Give the number alone: 38.5"),
            value=typed,
            item=item.item,
        )
    return value
