"""What a writing command says afterwards: what was recorded, and what stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from weibao.cli.framework.step_options import option_name
from weibao.language import N_
from weibao.model.events import State, event_named
from weibao.model.field_kinds import Thing
from weibao.model.instant import local_day
from weibao.model.times.when import written
from weibao.render.words.findings import event_title, tell
from weibao.render.words.names import (
    asset_called,
    cause_called,
    check_item_called,
    depot_called,
    part_called,
    person_called,
)
from weibao.render.words.plain import plain
from weibao.sla.provisional import next_on_claims
from weibao.workspace.recording.recording import recorded_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.cli.framework.session import Session
    from weibao.language import Language
    from weibao.model.ticket import Ticket
    from weibao.operations.stock import Stock
    from weibao.workspace.recording.attachment import Attachment
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.recording.recording import Draft, RecordedStep


_CALLED = {
    Thing.PERSON: person_called,
    Thing.CONTACT: person_called,
    Thing.ASSET: asset_called,
    Thing.PART: part_called,
    Thing.DEPOT: depot_called,
    Thing.CAUSE: cause_called,
}
_SUMMED_UP = frozenset({"completed", "confirmed", "skipped"})
"""The steps of a round after which is told how much of it was looked at."""


def show_recorded(
    session: Session, desk: Desk, recorded: RecordedStep, told: Iterable[str] = ()
) -> None:
    """Say what was recorded, what else is ``told`` of it, where the record stands, and the commit."""
    words = session.language
    session.console.print(_head(recorded, words))
    for line in (*told, *outlook(desk, recorded, words), _commit(recorded, words)):
        session.console.print(Text(f"  {line}"), soft_wrap=True)
    if recorded.besides:
        said = words.text(N_("The commit has changes too that were made in this file before."))
        session.console.print(Text(f"  {said}", style="yellow"))
    if recorded.along:
        paths = words.listing(recorded.along)
        said = words.text(N_("The commit has these edits along: {paths}"), paths=paths)
        session.console.print(Text(f"  {said}", style="yellow"))


def attachment_told(name: str, attachment: Attachment, words: Language) -> Iterator[str]:
    """Which file is kept where, and that what a photograph tells besides was taken out of it."""
    yield words.text(N_("{name} is kept as {path}"), name=plain(name), path=attachment.path)
    if attachment.stripped:
        yield words.text(
            N_("Where and when it was taken, and with what, was taken out of the picture.")
        )


def meant_told(
    desk: Desk, kind: str, entry: Mapping[str, Any], typed: Mapping[str, Any], words: Language
) -> Iterator[str]:
    """Whom and what was understood by words that are neither the id nor the whole name."""
    for field in event_named(kind, entry["event"]).fields:
        called = _CALLED.get(field.kind.thing) if field.kind.thing else None
        said, meant = typed.get(option_name(field)), entry.get(field.key)
        if called and isinstance(said, str) and isinstance(meant, str):
            name = called(desk.records, meant, words)
            if said not in {"", meant, name}:
                title = words.pick({"zh": field.zh, "en": field.en})
                yield words.text(N_("{what}: {status}"), what=title, status=f"{meant} {name}")
    name = person_called(desk.records, entry["by"], words)
    if typed.get("by") and typed["by"] not in {entry["by"], name}:
        yield words.text(N_("Done by: {person}"), person=f"{entry['by']} {name}")


def word_told(desk: Desk, entry: Mapping[str, Any], words: Language) -> Iterator[str]:
    """What an entry cannot give that staff record for the customer: they cannot speak for the customer."""
    if entry["by"] not in desk.records.staff.people:
        return
    contact = person_called(desk.records, entry.get("contact", ""), words)
    match entry["event"]:
        case "countersigned":
            yield words.text(
                N_(
                    "Recorded by the provider, it is reported and lifts no lateness: only what {contact} signs under their own key does."
                ),
                contact=contact,
            )
        case "confirmed":
            yield words.text(
                N_(
                    "Recorded by the provider, it is reported, and counted apart from what {contact} confirms in person."
                ),
                contact=contact,
            )
        case "approved" if "document" not in entry:
            yield words.text(
                N_(
                    "Nothing shows yet that {contact} agreed: they sign it under their own key, or you give --document."
                ),
                contact=contact,
            )
        case "cancelled" | "paused" | "severity_agreed":
            yield words.text(
                N_(
                    "It is only said: where a promise hangs on it, attach what the customer wrote (weibao ticket attach FILE --entries {event}), or have a contact countersign it."
                ),
                event=entry["event"],
            )


def agree_to(session: Session, desk: Desk, draft: Draft, text: str) -> None:
    """Show what would be written, and what would stand then; go on only if that is wanted."""
    from weibao.cli.prompts.asking import ask_consent

    words = session.language
    session.console.print()
    for line in text.rstrip("\n").split("\n"):
        session.console.print(Text(f"  {plain(line)}", style="cyan"), soft_wrap=True)
    for line in outlook(desk, recorded_as(desk, draft), words):
        session.console.print(Text(f"  {line}"), soft_wrap=True)
    ask_consent(words.text(N_("Record this?")), words)


def _head(recorded: RecordedStep, words: Language) -> Text:
    event, value, data = (
        event_title(recorded.kind, recorded.entry.event, words),
        recorded.value,
        recorded.entry.data,
    )
    match recorded.kind:
        case "ticket":
            about = value.title
        case "inspection":
            about = f"{value.plan} {value.period}"
        case "spares":
            about = f"{data['part']}: {words.listing(data['serials']) or '–'}"
        case "shift":
            about = value.rota
        case "agreements":
            about = data["path"]
        case "report":
            about = f"{value.period} {words.term('deliverable', data.get('report', 'monthly'))}"
        case "reviews":
            about = data.get("audit") or data.get("depot") or data["contact"]
        case _:
            about = data["action"]
    if not recorded.record:
        return Text.assemble((f"✓ {event}", "bold green"), f"  {plain(about)}")
    return Text.assemble((f"✓ {recorded.record}", "bold green"), f"  {event}  {plain(about)}")


def outlook(desk: Desk, recorded: RecordedStep, words: Language) -> Iterator[str]:
    """Where the record stands then, what presses next, and what was recorded late."""
    if recorded.state is not None:
        state = words.term("state", recorded.state.state)
        yield words.text(N_("State: {state}"), state=state)
    if recorded.kind == "ticket":
        deadline = deadline_told(desk, recorded.value, words)
        yield from () if deadline is None else (deadline[0],)
        yield from _confirmation(recorded, words)
    elif recorded.entry.event == "checked":
        yield from (
            [_result(desk, recorded, words)]
            if recorded.added == 1
            else _gaps(desk, recorded, words)
        )
    elif recorded.kind == "inspection" and recorded.entry.event in _SUMMED_UP:
        yield from _gaps(desk, recorded, words)
    elif recorded.kind == "spares":
        from weibao.operations.stock import stock_of

        latest = max(entry.at for entry in recorded.value.log)
        stock = stock_of(recorded.value, max(latest, desk.now))
        yield from _variance(recorded, stock, words)
        yield from _levels(recorded, stock, words)
    yield from _times(desk, recorded, words)
    lateness = desk.now - recorded.entry.at
    if lateness > desk.records.contract.evidence.tolerance:
        yield words.text(
            N_("Recorded {lateness} after it happened: it will be judged at the commit's time."),
            lateness=words.duration(lateness),
        )


def _times(desk: Desk, recorded: RecordedStep, words: Language) -> Iterator[str]:
    """How each time that is not now was understood, as it can be typed again."""
    zone = desk.records.contract.zone
    today = local_day(desk.now, zone)
    value, entry = recorded.value, recorded.entry
    if entry.event == "opened" and value.reported_at != desk.now:
        told = N_("Reported: {time}"), N_("Reported: {time}, which is not today")
        other = local_day(value.reported_at, zone) != today
        yield words.text(told[other], time=written(value.reported_at, zone))
    if entry.event == "amended":
        yield words.text(N_("Corrected to: {value}"), value=plain(str(entry.data["value"])))
    if entry.at != desk.now:
        told = N_("Time: {time}"), N_("Time: {time}, which is not today")
        yield words.text(told[local_day(entry.at, zone) != today], time=written(entry.at, zone))
    for before in value.log[:-1] if entry.event == "opened" else ():
        yield words.text(
            N_("{event} first: {person}, {time}"),
            event=event_title(recorded.kind, before.event, words),
            person=person_called(desk.records, before.data["to"], words),
            time=written(before.at, zone),
        )
    if entry.event == "opened" and value.window is not None:
        yield words.text(
            N_("Window: {start} to {end}"),
            start=written(value.window[0], zone),
            end=written(value.window[1], zone),
        )


def _commit(recorded: RecordedStep, words: Language) -> str:
    if recorded.commit:
        return words.text(N_("Commit: {commit}"), commit=recorded.commit[:12])
    return words.text(N_("Written, not committed: {path}"), path=recorded.path)


def deadline_told(desk: Desk, ticket: Ticket, words: Language) -> tuple[str, bool] | None:
    """What a ticket must reach next, by its claims alone, and whether that is past; None for nothing."""
    deadline = next_on_claims(ticket, desk.records, desk.now)
    if deadline is None or deadline.due is None:
        return None
    facts = {
        "target": words.term("target", deadline.target),
        "due": words.moment(deadline.due, desk.records.contract.zone),
        "away": words.duration(deadline.due - desk.now),
    }
    if deadline.due < desk.now:
        return words.text(N_("Overdue: {target}, since {due} ({away})"), **facts), True
    return words.text(N_("Next deadline: {target}, {due} ({away} left)"), **facts), False


def _confirmation(recorded: RecordedStep, words: Language) -> Iterator[str]:
    """What bars the closing of a ticket whose customer was asked by who resolved it."""
    state = recorded.state
    if state and state.state is State.CONFIRMED and state.self_confirmed:
        yield words.text(
            N_(
                "{person} resolved it, so closing will be refused until somebody else has asked the "
                "customer: weibao ticket confirm {ticket}"
            ),
            person=state.confirmed_by,
            ticket=recorded.record,
        )


def _result(desk: Desk, recorded: RecordedStep, words: Language) -> str:
    data = recorded.entry.data
    value = plain(f"{data.get('value', '')} {data.get('unit', '')}").strip()
    status = words.term("check_status", data["status"])
    if ticket := data.get("ticket"):
        status = f"{status} ({ticket})"
    item = check_item_called(desk.records, data["item"], words)
    what = " ".join(filter(None, (data["asset"], item, value)))
    return words.text(N_("{what}: {status}"), what=what, status=status)


def _gaps(desk: Desk, recorded: RecordedStep, words: Language) -> Iterator[str]:
    """What was looked at in a round, and what of its equipment was not, whole or in part."""
    from weibao.operations.coverage import coverage_in
    from weibao.render.words.coverage import gaps_told, round_told

    coverage = coverage_in(desk.records.plan, desk.records.assets, recorded.value)
    yield round_told(coverage, words)
    yield from gaps_told(coverage, words)


def _variance(recorded: RecordedStep, stock: Stock, words: Language) -> Iterator[str]:
    """What a count found missing and surplus, in the words of the rule, and what nobody knows."""
    if recorded.entry.event != "counted":
        return
    from weibao.rules.book.stock import variances

    for finding in variances(stock):
        if finding.place.line == recorded.entry.line:
            told = tell(finding, words)
            yield plain(told.message)
            yield f"→ {plain(told.help)}"
    data = recorded.entry.data
    unknown = [serial for serial in data["serials"] if (data["part"], serial) not in stock.pieces]
    if unknown:
        yield words.text(
            N_("Never received, by the book: {serials}"),
            serials=words.listing(plain(serial) for serial in unknown),
        )


def _levels(recorded: RecordedStep, stock: Stock, words: Language) -> Iterator[str]:
    """What lies where of the part that moved, against its minimum."""
    for level in stock.levels:
        if level.part == recorded.entry.data["part"]:
            facts = {"depot": level.depot, "quantity": level.usable, "minimum": level.minimum}
            yield (
                words.text(N_("In {depot}: {quantity}, under the minimum of {minimum}"), **facts)
                if level.short
                else words.text(N_("In {depot}: {quantity}"), **facts)
            )
            if level.unusable:
                yield words.text(N_("Besides, not fit for use: {number}"), number=level.unusable)
