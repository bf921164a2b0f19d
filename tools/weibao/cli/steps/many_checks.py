"""Checks of a round in bulk: all that is left but named exceptions, or what a filled form says; in one commit."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.text import Text

from weibao.cli.framework.field_values import field_value, item_named
from weibao.cli.framework.refusing import refused_told
from weibao.cli.prompts.conversation import field_of
from weibao.cli.steps.recorded import agree_to, show_recorded
from weibao.cli.steps.recording import first_keys, push_if_asked
from weibao.language import N_
from weibao.model import field_kinds as kinds
from weibao.model.naming import called
from weibao.model.times.when import parse_when
from weibao.operations.coverage import coverage_in
from weibao.refusal import UsageRefusal
from weibao.render.words.names import check_item_called
from weibao.render.words.plain import plain_facts
from weibao.workspace.recording.many_checks import SKIPPED, GivenCheck, judged_checks
from weibao.workspace.recording.recording import (
    append_entries_to,
    commit_message,
    draft_entries,
    stored_bytes,
)
from weibao.workspace.round_form.filled import (
    filled_form,
    named_inspection,
    require_form_of,
)
from weibao.workspace.round_form.form import RESULTS, form_of, result_words, statuses_by_word
from weibao.workspace.round_form.sheets import LARGEST, read_cells, require_form_name, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from weibao.cli.framework.session import Session
    from weibao.cli.framework.step_options import Given
    from weibao.language import Language
    from weibao.model.inspection import Inspection
    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.recording.many_checks import Fault
    from weibao.workspace.round_form.sheets import SheetCell

_COMMAS = re.compile(r"[,，、;；]\s*")
_EXAMPLE = "--except core-sw-01/temperature=47,acc-sw-02"


def record_all(
    session: Session, desk: Desk, record_file: RecordFile, status: str, given: Given
) -> None:
    """Record all that is left of a round with one result, but for what is excepted."""
    inspection: Inspection = record_file.value
    excepted = dict(_exceptions(desk, record_file, given["excepted"]))
    coverage = coverage_in(desk.records.plan, desk.records.assets, inspection)
    only = {
        "asset": [_asset(desk, inspection, name) for name in _several((given["field_asset"],))],
        "item": [_item(desk, record_file, name) for name in _several((given["field_item"],))],
    }
    if not any(coverage.promised.values()):
        raise UsageRefusal(
            N_("The plan has no checklist for this round: nothing says what is looked at."),
            mend=N_("Record each by itself: weibao inspection check … --item NAME"),
        )
    checks = []
    for asset, items in coverage.left.items():
        for item in items:
            wanted = (not only["asset"] or asset in only["asset"]) and (
                not only["item"] or item in only["item"]
            )
            said = excepted.get((asset, item), excepted.get((asset, ""), status))
            if wanted and said is not None and asset not in coverage.skipped:
                checks.append(_check(desk, record_file, asset, item, said))
    record_many(session, desk, record_file, checks, given)


def record_form(
    session: Session, desk: Desk, record_file: RecordFile, file: Path, given: Given
) -> None:
    """Record what a filled form says, or nothing where any of its rows cannot be meant so."""
    cells = form_cells(session, file)
    inspection: Inspection = record_file.value
    if (named := named_inspection(cells, desk.records.contract.id)) != inspection.id:
        raise UsageRefusal(
            N_("The form is of {found}, and not of {inspection}."),
            mend=N_("Take the form of this round: weibao inspection form {inspection} FILE"),
            found=named,
            inspection=inspection.id,
        )
    form = form_of(desk.records, inspection, session.language)
    require_form_of(form, cells)
    filled = filled_form(form, desk.records.plan, inspection.plan, cells)
    tickets = (_with_ticket(desk, record_file, check) for check in filled.checks)
    record_many(session, desk, record_file, tuple(tickets), given, filled.faults)


def form_cells(session: Session, file: Path) -> Sequence[Sequence[SheetCell]]:
    """The cells of a form that somebody names."""
    require_form_name(file.suffix)
    path = session.directory / file
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise UsageRefusal(N_("{path} cannot be read: {reason}"), path=file, reason=error) from None
    return read_cells(file.suffix, raw)


def require_new_form(session: Session, file: Path) -> None:
    """Refuse a form that is no spreadsheet or CSV, or that would take the place of another file."""
    require_form_name(file.suffix)
    if (session.directory / file).exists():
        raise UsageRefusal(
            N_("{path} exists already."), mend=N_("Name a new file for the form."), path=file
        )


def write_form(session: Session, desk: Desk, inspection: Inspection, file: Path) -> None:
    """Write the form of a round: a row for each item that nobody has looked at yet."""
    from weibao.cli.framework.printing import keep

    words = session.language
    form = form_of(desk.records, inspection, words)
    content = written(file.suffix, form.table(words), result_words(words))
    keep(session.directory / file, content)
    rows = words.plural(N_("{number} row to fill in"), "{number} rows to fill in", len(form.left))
    session.console.print(Text(words.text(N_("Form: {path}, {rows}"), path=file, rows=rows)))
    done = f"weibao inspection check --from {file}"
    session.console.print(
        Text(words.text(N_("When it is filled in, or half: {command}"), command=done))
    )


def record_many(
    session: Session,
    desk: Desk,
    record_file: RecordFile,
    checks: Sequence[GivenCheck],
    given: Given,
    faults: Iterable[Fault] = (),
) -> None:
    """Record these checks in one commit, and say how they came out and what is left."""
    when = parse_when(given["when"], desk.here)
    keys = first_keys(desk, "checked", when, given)
    judged = judged_checks(desk, record_file, checks, keys)
    _require_no_fault(session, (*faults, *judged.faults))
    words = session.language
    known = _known_told(judged.known, words)
    if not judged.entries and known:
        session.console.print(Text(known[0]))
        return
    if not judged.entries:
        raise UsageRefusal(
            N_("There is nothing to record."),
            mend=N_("See what is left: weibao inspection show {inspection}"),
            inspection=record_file.value.id,
        )
    entries = judged.entries
    said = given["note"] or " · ".join(_counts(entries))
    event = entries[-1]["event"]  # what is skipped comes first
    message = commit_message(record_file.value.id, event, said) if given["commit"] else None
    if given.get("asked"):
        draft = draft_entries(desk, record_file.path, stored_bytes(desk, record_file.path), entries)
        agree_to(session, desk, draft, "\n".join(_lines(desk, entries, words)))
    recorded = append_entries_to(desk, record_file.path, entries, message=message)
    show_recorded(session, desk, recorded, (*_results(entries, words), *known))
    push_if_asked(session, desk, given)


def _require_no_fault(session: Session, faults: Sequence[Fault]) -> None:
    """Refuse, each fault told with its place, where there is one."""
    words = session.language
    for fault in faults:
        if len(faults) == 1:
            if fault.place:
                facts = plain_facts(fault.refusal.facts, words)
                at = {"line": fault.place, "said": words.text(fault.refusal.message, **facts)}
                raise UsageRefusal(N_("Line {line}: {said}"), mend=fault.refusal.mend, **facts | at)
            raise fault.refusal
        told = refused_told(fault.refusal, words)
        if fault.place:
            told = words.text(N_("Line {line}: {said}"), line=fault.place, said=told)
        session.errors.print(Text(told), soft_wrap=True)
    if faults:
        raise UsageRefusal(
            N_("{number} of them cannot be recorded so; nothing was written."),
            mend=N_("Correct these, and give the whole again."),
            number=len(faults),
        )


def _exceptions(
    desk: Desk, record_file: RecordFile, given: Iterable[str]
) -> Iterator[tuple[tuple[str, str], str | None]]:
    """By asset and item ("" for all of its items), what is said instead; None where it is left open."""
    for text in _several(given):
        named, equals, said = (part.strip() for part in text.partition("="))
        asset, slash, item = (part.strip() for part in named.partition("/"))
        asset = _asset(desk, record_file.value, asset)
        if slash:
            item = _item(desk, record_file, item)
        status = statuses_by_word().get(said.lower(), "")
        if equals and (status == SKIPPED or not (said and (slash or status))):
            raise UsageRefusal(
                N_("“{text}” does not say of which item, or not what."),
                mend=N_("Write it so: {example}"),
                text=text,
                example=_EXAMPLE,
            )
        yield (asset, item), said if equals else None


def _asset(desk: Desk, inspection: Inspection, text: str) -> str:
    """The piece of the round that ``text`` calls; refused where it is of another, or none."""
    if text in inspection.assets:
        return text
    asset = called(desk.records, kinds.ASSET, text)
    if asset not in inspection.assets:
        raise UsageRefusal(
            N_("The round has no “{name}”."),
            mend=N_("It has: {known}."),
            name=text,
            known=inspection.assets,
        )
    return asset


def _item(desk: Desk, record_file: RecordFile, text: str) -> str:
    """The item of the round's checklists that ``text`` calls; refused where none is called so."""
    item = item_named(desk, record_file, text)
    return item.item if item else text


def _several(given: Iterable[str | None]) -> tuple[str, ...]:
    """What was given one by one, or with commas between; in marks and digits of any width."""
    texts = (unicodedata.normalize("NFKC", text or "") for text in given)
    return tuple(part.strip() for text in texts for part in _COMMAS.split(text) if part.strip())


def _check(desk: Desk, record_file: RecordFile, asset: str, item: str, said: str) -> GivenCheck:
    """A check of what was said: a result by its name, or a reading that the thresholds judge."""
    if status := statuses_by_word().get(said.lower()):
        return GivenCheck(asset, item, status=status)
    value = field_value(desk, record_file, field_of("inspection", "checked", "value"), said)
    return GivenCheck(asset, item, value)


def _with_ticket(desk: Desk, record_file: RecordFile, check: GivenCheck) -> GivenCheck:
    """The check with the whole id of the ticket that it names by its end."""
    if not check.ticket:
        return check
    from dataclasses import replace

    field = field_of("inspection", "checked", "ticket")
    return replace(check, ticket=field_value(desk, record_file, field, check.ticket))


def _counts(entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    found = Counter(entry.get("status", SKIPPED) for entry in entries)
    return (f"{found[status]} {status}" for status in RESULTS if found[status])


def _lines(desk: Desk, entries: Iterable[Mapping[str, Any]], words: Language) -> Iterator[str]:
    for entry in entries:
        if "item" not in entry:
            yield words.text(N_("{what}: {status}"), what=entry["asset"], status=entry["reason"])
            continue
        value = f"{entry.get('value', '')} {entry.get('unit', '')}".strip()
        item = check_item_called(desk.records, entry["item"], words)
        yield words.text(
            N_("{what}: {status}"),
            what=" ".join(filter(None, (entry["asset"], item, value))),
            status=words.term("check_status", entry["status"]),
        )


def _results(entries: Sequence[Mapping[str, Any]], words: Language) -> Iterator[str]:
    found = Counter(entry.get("status", SKIPPED) for entry in entries)
    told = (
        f"{word} {found[status]}"
        for word, status in zip(result_words(words), RESULTS, strict=True)
        if found[status]
    )
    yield words.text(N_("Recorded together: {results}"), results=words.listing(told))


def _known_told(known: int, words: Language) -> tuple[str, ...]:
    if not known:
        return ()
    return (
        words.plural(
            N_("{number} of them was recorded already, as it says."),
            "{number} of them were recorded already, as they say.",
            known,
        ),
    )
