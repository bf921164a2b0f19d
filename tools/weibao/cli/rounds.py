"""The two steps of an inspection that know more than their options say: its start, and a check."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from weibao.cli.recorded import agree_to, show_recorded
from weibao.cli.recording import (
    append,
    entry_of,
    first_keys,
    new_ticket,
    open_ticket,
    push_if_asked,
)
from weibao.cli.session import Session, pass_session
from weibao.cli.translated import argument, option
from weibao.cli.verbs import Noun, field_options, field_values, writing
from weibao.desk.recording import (
    commit_message,
    draft_entry,
    draft_record,
    file_record,
    stored_bytes,
)
from weibao.desk.rounds import coming_round
from weibao.desk.times import parse_when
from weibao.language import N_
from weibao.record.ids import make_id, record_path
from weibao.record.instant import local_day
from weibao.record.printing import entry_line, header_text
from weibao.refusal import Exit, Refusal
from weibao.service.checklist import items_of, status_of
from weibao.service.planned import assets_of, period_of

if TYPE_CHECKING:
    from weibao.cli.recording import Given
    from weibao.desk.recording import Desk
    from weibao.record.load import RecordFile
    from weibao.record.plan import ChecklistItem, PlannedWork

THE_INSPECTION = N_("The inspection: its id, or the end of it.")
INSPECTION = Noun("inspection", "INSPECTION", THE_INSPECTION)


@argument("plan", metavar="PLAN", explained=N_("The round: its name in records/plan.yaml."))
@option(
    "--period",
    default="",
    metavar="PERIOD",
    help=N_("2026-Q4, 2026-11 …; that of the round which is due if not given."),
)
@option(
    "--asset",
    "assets",
    multiple=True,
    metavar="ASSET",
    help=N_("The equipment to inspect; what the plan says if not given."),
)
@writing
@pass_session
def start(session: Session, /, plan: str | None, **given: Any) -> None:
    """File a new inspection."""
    from weibao.cli.inspecting import ask_start

    desk = session.desk()
    plan, given = ask_start(session, desk, plan, given)
    zone = desk.records.contract.zone
    work = _work(desk, plan)
    when = parse_when(given["when"], desk.now, zone)
    day = local_day(when, zone)
    record = make_id("I", day, secrets.randbelow(32**6))
    header = {
        "id": record,
        "plan": plan,
        "period": given["period"] or _period(desk, work),
        "assets": list(given["assets"] or assets_of(work, desk.records.assets, day)),
    }
    entry = first_keys(desk, "started", when, given)
    text = header_text("inspection", header, [entry])
    said = f"{plan} {header['period']}"
    message = commit_message(record, "started", said) if given["commit"] else None
    if given.get("asked"):
        agree_to(session, desk, draft_record(desk, record_path(record), text), text)
    recorded = file_record(desk, record_path(record), text, message=message)
    show_recorded(session, desk, recorded)
    push_if_asked(session, desk, given)


@INSPECTION.names_it
@field_options("inspection", "checked", not_required=("status",))
@option(
    "--open-ticket",
    is_flag=True,
    help=N_("Open a ticket for what was found, and name it; the ticket is committed first."),
)
@option(
    "--severity", type=click.IntRange(1, 9), help=N_("With --open-ticket: the ticket's severity.")
)
@option(
    "--reported-by",
    default="",
    metavar="CONTACT",
    help=N_("With --open-ticket: the customer's contact who was told and declares it."),
)
@writing
@pass_session
def check(session: Session, /, suffix: str | None, **given: Any) -> None:
    """Record a check, and open a ticket for it where that is asked."""
    from weibao.cli.inspecting import ask_check

    desk = session.desk()
    one, given = ask_check(session, desk, suffix, given)
    data = _judged(desk, one, field_values(desk, one, "checked", given))
    if given["open_ticket"]:
        _record_with_ticket(session, desk, one, data, given)
    else:
        append(session, desk, one, "checked", data, given)


def _work(desk: Desk, plan: str) -> PlannedWork:
    """The round of inspection with this name."""
    inspections = {
        name: work for name, work in desk.records.plan.work.items() if work.kind == "inspection"
    }
    if plan not in inspections:
        raise Refusal(
            N_("records/plan.yaml has no inspection “{plan}”."),
            mend=N_("It has: {known}."),
            exit_code=Exit.USAGE,
            plan=plan,
            known=tuple(inspections) or "–",
        )
    return inspections[plan]


def _period(desk: Desk, work: PlannedWork) -> str:
    """The period of the round that is due."""
    coming = coming_round(desk, work)
    if coming is None:
        raise Refusal(
            N_("No round of “{plan}” is due, or planned in the coming quarter."),
            mend=N_("Say which it is: --period 2026-Q4"),
            exit_code=Exit.USAGE,
            plan=work.id,
        )
    return period_of(work.rule, coming.planned_for)


def item_named(desk: Desk, one: RecordFile, name: str) -> ChecklistItem | None:
    """The item of the round's checklists; None where it has none, and anything may be looked at.

    Raises:
        Refusal: it has checklists, and this is on none of them.
    """
    items = items_of(desk.records.plan, one.value.plan)
    if items and name not in items:
        raise Refusal(
            N_("“{item}” is on no checklist of {plan}."),
            mend=N_("It has: {known}."),
            exit_code=Exit.USAGE,
            item=name,
            plan=one.value.plan,
            known=tuple(items),
        )
    return items.get(name)


def _judged(desk: Desk, one: RecordFile, data: dict[str, Any]) -> dict[str, Any]:
    """The check with its unit and its status, from the checklist where they were not given."""
    item = item_named(desk, one, data["item"])
    if item is not None:
        if item.unit and data["value"] is not None:
            data["unit"] = data["unit"] or item.unit
        data["status"] = data["status"] or status_of(item, data["value"])
    return _require_status(data)


def _require_status(data: dict[str, Any]) -> dict[str, Any]:
    if not data["status"]:
        raise Refusal(
            N_("How “{item}” came out must be said: no threshold can tell it."),
            mend=N_("Add --status ok, warning, failed or not_applicable."),
            exit_code=Exit.USAGE,
            item=data["item"],
        )
    return data


def _record_with_ticket(
    session: Session, desk: Desk, one: RecordFile, data: dict[str, Any], given: Given
) -> None:
    """Open a ticket for the check and record the check that names it, in a commit each.

    Both are judged first, the check as if the ticket were there, so that no ticket is opened for a
    check that is then refused, or not wanted.
    """
    _require_for_ticket(data, given)
    wanted = _ticket_wanted(session, desk, one, data, given)
    number = secrets.randbelow(32**6)
    record, text = new_ticket(desk, wanted, number)
    draft_record(desk, record_path(record), text)
    knowing = replace(desk, ticket_ids=desk.ticket_ids | {record})
    data = data | {"ticket": record}
    entry = entry_of(knowing, one, "checked", data, given)
    draft = draft_entry(knowing, one.path, stored_bytes(desk, one.path), entry)
    if given.get("asked"):
        agree_to(session, desk, draft, f"{text}\n{entry_line(entry)}")
    agreed = {"asked": False}
    open_ticket(session, desk, wanted | agreed | {"push": False}, number)
    append(session, knowing, one, "checked", data, given | agreed)


def _require_for_ticket(data: dict[str, Any], given: Given) -> None:
    if data["ticket"] is not None:
        raise Refusal(
            N_("The check names a ticket already."),
            mend=N_("Give --ticket or --open-ticket, not both."),
            exit_code=Exit.USAGE,
        )
    if data["status"] not in {"warning", "failed"}:
        raise Refusal(
            N_("Nothing was found that a ticket could be about."),
            mend=N_("Leave out --open-ticket, or add --status failed."),
            exit_code=Exit.USAGE,
        )
    if given["severity"] is None or not given["reported_by"]:
        raise Refusal(
            N_("A ticket needs the severity that the customer declares, and who declared it."),
            mend=N_("Add --severity and --reported-by."),
            exit_code=Exit.USAGE,
        )


def _ticket_wanted(
    session: Session, desk: Desk, one: RecordFile, data: dict[str, Any], given: Given
) -> Given:
    """The options of ``ticket open`` that say what was found."""
    words = session.language
    asset = desk.records.assets.get(data["asset"])
    item: ChecklistItem | None = items_of(desk.records.plan, one.value.plan).get(data["item"])
    value = f"{data['value'] if data['value'] is not None else ''} {data['unit'] or ''}".strip()
    title = words.text(
        N_("Found on inspection: {asset}, {item}: {result}"),
        asset=words.pick(asset.names) if asset else data["asset"],
        item=words.pick(item.names) if item else data["item"],
        result=value or words.term("check_status", data["status"]),
    )
    return given | {
        "title": title,
        "kind": "fault",
        "reported_at": "",
        "channel": "engineer",
        "received_by": "",
        "emergency": False,
        "assets": (data["asset"],),
        "description": words.text(N_("Inspection {inspection}"), inspection=one.value.id),
        "window": None,
        "approved_by": "",
        "rollback": "",
    }
