"""The two steps of an inspection that know more than their options say: its start, and a check."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from weibao.cli.framework import terminal
from weibao.cli.framework.field_values import field_values, item_named
from weibao.cli.framework.nouns import INSPECTION
from weibao.cli.steps.check_with_ticket import record_with_ticket
from weibao.cli.steps.recorded import agree_to, show_recorded
from weibao.cli.steps.recording import append, first_keys, push_if_asked
from weibao.cli.steps.settling import settled
from weibao.language import N_
from weibao.model.events import State
from weibao.model.fold import on_claims
from weibao.model.ids import make_id, record_path
from weibao.model.instant import local_day
from weibao.model.naming import ROUND, the_named
from weibao.model.printing import header_text
from weibao.model.times.when import parse_when
from weibao.operations.checklist import has_thresholds, status_of
from weibao.operations.planned import period_of, rounds_in
from weibao.refusal import UsageRefusal
from weibao.workspace.recording.recording import commit_message, draft_record, file_record
from weibao.workspace.suggestions.rounds import (
    begun_with,
    coming_round,
    last_begun,
    left_of,
    left_out,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.model.inspection import Inspection
    from weibao.model.plan import ChecklistItem, PlannedWork
    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.recording.recording import RecordedStep


def start_round(session: Session, desk: Desk, plan: str, given: Given) -> RecordedStep:
    """File a new inspection, and say what stands now."""
    zone = desk.records.contract.zone
    work = _work(desk, plan)
    plan = work.id
    given = settled(session, desk, given)
    when = parse_when(given["when"], desk.here)
    day = local_day(when, zone)
    record = make_id("I", day, secrets.randbelow(32**6))
    period = given["period"] or _period(desk, work)
    assets = list(given["assets"] or left_of(desk, work, period, day))
    _require_new(desk, plan, period, assets)
    header = {"id": record, "plan": plan, "period": period, "assets": assets}
    entry = first_keys(desk, "started", when, given)
    text = header_text("inspection", header, [entry])
    said = f"{plan} {period}"
    message = commit_message(record, "started", said) if given["commit"] else None
    if given.get("asked"):
        agree_to(session, desk, draft_record(desk, record_path(record), text), text)
    recorded = file_record(desk, record_path(record), text, message=message)
    show_recorded(session, desk, recorded, _of_no_round(session, work, period))
    push_if_asked(session, desk, given)
    return recorded


def _of_no_round(session: Session, work: PlannedWork, period: str) -> Iterator[str]:
    """Say so where the plan, as it stands, has no round in the period that was named."""
    if not rounds_in(work, period):
        yield session.language.text(
            N_(
                "The plan, as it stands, has no round of {plan} in {period}: this one counts for none of it."
            ),
            plan=work.id,
            period=period,
        )


def check_in_bulk(session: Session, desk: Desk, suffix: str | None, given: Given) -> None:
    """Record many checks of a round in one commit: all that is left, a filled form, or a walk."""
    from weibao.cli.steps.many_checks import form_cells, record_all, record_form, record_many
    from weibao.workspace.round_form.filled import named_inspection

    _require_one_way(given)
    if given["filled"] and not suffix:
        cells = form_cells(session, given["filled"])
        suffix = named_inspection(cells, desk.records.contract.id)
    record_file = _round_named(session, desk, suffix)
    if given["filled"]:
        record_form(session, desk, record_file, given["filled"], given)
    elif given["all_as"]:
        record_all(session, desk, record_file, given["all_as"], given)
    else:
        from weibao.cli.prompts.conversation import converse, who
        from weibao.cli.prompts.walking import walk
        from weibao.workspace.suggestions.live import coming_step

        step = coming_step(desk, "inspection", "checked", record_file, {})
        asked = converse(session, desk, step, who(desk, given), given, record_file)
        record_many(session, desk, record_file, walk(session, desk, record_file.value), asked)


def _require_one_way(given: Given) -> None:
    """Refuse two ways at once, what belongs to a single check, and a walk that nobody can answer."""
    ways = {"all_as": "--all", "filled": "--from", "walk": "--walk"}
    chosen = [name for key, name in ways.items() if given[key]]
    single = {"field_value": "--value", "field_unit": "--unit", "field_status": "--status"}
    single |= {"field_ticket": "--ticket", "open_ticket": "--open-ticket", "severity": "--severity"}
    single |= {"reported_by": "--reported-by"}
    if not chosen:
        raise UsageRefusal(
            N_("--except says what is not so, and belongs to --all."),
            mend=N_("Add --all ok, or leave it out."),
        )
    if not given["all_as"]:
        single |= {"field_asset": "--asset", "field_item": "--item", "excepted": "--except"}
    if wrong := [*chosen[1:], *(name for key, name in single.items() if given[key])]:
        raise UsageRefusal(
            N_("{way} does not go with {other}."),
            mend=N_("Leave out one of the two."),
            way=chosen[0],
            other=tuple(wrong),
        )
    if given["walk"] and not terminal.can_ask():
        raise UsageRefusal(
            N_("--walk asks, and nobody is here to answer."),
            mend=N_("Take --all ok, or a form: weibao inspection form INSPECTION FILE"),
        )


def _round_named(session: Session, desk: Desk, suffix: str | None) -> RecordFile:
    """The round that is meant; asked for where it was not named and somebody can answer."""
    if not suffix and not terminal.can_ask():
        raise UsageRefusal(
            N_("Which round is meant must be said."),
            mend=N_("See them, and name one: weibao inspection list --open"),
        )
    from weibao.cli.prompts.conversation import choose_standing

    return choose_standing(session, desk, INSPECTION, "checked", suffix)


def record_check(session: Session, desk: Desk, record_file: RecordFile, given: Given) -> None:
    """Record a check, and open a ticket for it where that is asked."""
    data = _judged(desk, record_file, field_values(desk, record_file, "checked", given))
    if given["open_ticket"]:
        record_with_ticket(session, desk, record_file, data, given)
    else:
        append(session, desk, record_file, "checked", data, given)


def _work(desk: Desk, plan: str) -> PlannedWork:
    """The round of inspection with this name."""
    inspections = {
        name: work for name, work in desk.records.plan.work.items() if work.kind == "inspection"
    }
    names = {name: tuple(work.names.values()) for name, work in inspections.items()}
    return inspections[the_named(plan, names, ROUND)]


def _period(desk: Desk, work: PlannedWork) -> str:
    """The period of the round that is due."""
    if coming := coming_round(desk, work):
        return coming.period
    if last := last_begun(desk, work):
        raise UsageRefusal(
            N_("No round of “{plan}” is due; {inspection} was the last, of {period}."),
            mend=_on_with(desk, last),
            plan=work.id,
            inspection=last.id,
            period=last.period,
        )
    raise UsageRefusal(
        N_("No round of “{plan}” is due, or planned in the coming quarter."),
        mend=N_("Say which it is: --period {example}"),
        plan=work.id,
        example=period_of(work.rule, local_day(desk.now, desk.records.contract.zone)),
    )


def _require_new(desk: Desk, plan: str, period: str, assets: list[str]) -> None:
    """Refuse a round of which another inspection has some of the equipment already."""
    if begun := begun_with(desk, plan, period, assets):
        one, shared = begun
        raise UsageRefusal(
            N_("{plan} {period} has begun already: {inspection} has {assets}."),
            mend=_on_with(desk, one),
            plan=plan,
            period=period,
            inspection=one.id,
            assets=tuple(shared),
        )


def _on_with(desk: Desk, inspection: Inspection) -> str:
    """What to do where an inspection is there already."""
    if on_claims("inspection", inspection.log, desk.now).state is State.STARTED:
        return N_(
            "Go on with it: weibao inspection check {inspection}. Another round is named with "
            "--period, other equipment with --asset."
        )
    if left_out(desk, inspection):
        return N_(
            "It was completed with something left out, which is made up for by: "
            "weibao inspection start {plan} --period {period}"
        )
    return N_(
        "It is completed: weibao inspection show {inspection}. Another round is named with "
        "--period, other equipment with --asset."
    )


def _judged(desk: Desk, record_file: RecordFile, data: dict[str, Any]) -> dict[str, Any]:
    """The check with its unit and its status, from the checklist where they were not given."""
    item = item_named(desk, record_file, data["item"])
    if item is not None:
        data["item"] = item.item
        if item.unit and data["value"] is not None:
            data["unit"] = data["unit"] or item.unit
        data["status"] = data["status"] or status_of(item, data["value"])
    return _require_status(data, item)


def _require_status(data: dict[str, Any], item: ChecklistItem | None) -> dict[str, Any]:
    if not data["status"]:
        if item and data["value"] is not None and has_thresholds(item):
            raise UsageRefusal(
                N_("“{value}” is no number, and the checklist judges “{item}” by one."),
                mend=N_("Give the number alone: --value 38.5. Without one, add --status."),
                value=data["value"],
                item=data["item"],
            )
        raise UsageRefusal(
            N_("How “{item}” came out must be said: no threshold can tell it."),
            mend=N_("Add --status ok, warning, failed or not_applicable."),
            item=data["item"],
        )
    return data
