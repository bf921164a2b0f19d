"""An audit on a terminal: the first line answers whether the records are sound, the rest says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from weibao.language import N_
from weibao.model.instant import format_instant
from weibao.render.terminal.audit_changes import configuration_text, sample_text, since_text
from weibao.render.terminal.audit_evidence import (
    confirmations_text,
    corroboration_text,
    quality_text,
)
from weibao.render.terminal.audit_pauses import pauses_text
from weibao.render.terminal.finding_pieces import STYLES, finding_pieces
from weibao.render.terminal.layout import indented, new_table, section
from weibao.render.words.answer import answer, beside
from weibao.render.words.cut import cut
from weibao.render.words.findings import tell
from weibao.render.words.plain import plain
from weibao.report.audit.audit import AuditState
from weibao.report.audit.limits import NEVER_SHOWN
from weibao.report.clauses.table import RowState
from weibao.report.found import by_code
from weibao.rules.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.model.finding import Finding, Lapse
    from weibao.report.audit.audit import Audit
    from weibao.report.audit.checks import AuditCheck
    from weibao.report.clauses.clause import ClauseState

WHERE_TOLD = 20
"""Records named beside a code; how many more there are is said."""

LAPSES_TOLD = 3
"""Lapses of a clause told one by one; how many more there are is said."""

ERRORS_TOLD = 50
"""Errors told one by one; how many more there are is said."""


def audit_text(audit: Audit, words: Language) -> RenderableType:
    """Everything an audit tells, what matters most first."""
    return Group(
        headline(audit, words),
        *(Text(f"  {line}") for line in beside(audit, words)),
        # Whole, for the next audit to name: no more may be left of a rewritten history than this.
        Text(f"{audit.book.commit}  {_as_of(audit)}", style="dim"),
        *_branch(audit, words),
        Text(),
        _checks(audit, words),
        *_errors(audit, words),
        *(since_text(audit.since, audit.book, words) if audit.since else ()),
        *quality_text(audit, words),
        *corroboration_text(audit, words),
        *confirmations_text(audit, words),
        *pauses_text(audit, words),
        *configuration_text(audit, words),
        *_clauses(audit, words),
        *_by_code(audit, words),
        *(sample_text(audit.sample, audit.book, words) if audit.sample else ()),
        *_limits(words),
        *_again(audit, words),
    )


def headline(audit: Audit, words: Language) -> Text:
    """The answer in one line: a mark, and words."""
    mark, style = _MARKS[audit.state]
    return Text(f"{mark} {answer(audit, words)}", style=style)


_MARKS = {
    AuditState.SOUND: ("✓", "bold green"),
    AuditState.UNWITNESSED: ("!", "bold yellow"),
    AuditState.UNRECOMPUTED: ("!", "bold yellow"),
    AuditState.UNSOUND: ("✗", "bold red"),
}


def _branch(audit: Audit, words: Language) -> Iterator[RenderableType]:
    """How far the judged commit is behind the official branch, where it is."""
    branch = audit.branch
    if branch is not None and (branch.behind or branch.behind_seen):
        told = words.text(
            N_(
                "Commits that the branch “{main}” has beyond this one: {behind}; to the newest end that the forge's log names: {seen}"
            ),
            main=branch.main,
            behind=words.number(branch.behind),
            seen="–" if branch.behind_seen is None else words.number(branch.behind_seen),
        )
        yield Text(told, style="yellow")


def _checks(audit: Audit, words: Language) -> RenderableType:
    table = new_table(words.text(N_("Checks")))
    table.add_column(words.text(N_("Check")))
    table.add_column(words.text(N_("What was examined")))
    table.add_column(words.text(N_("Count")), justify="right")
    table.add_column(words.text(N_("Result")))
    for check in audit.checks:
        table.add_row(
            Text(words.term("check", check.name)),
            Text(words.term("unit", check.unit)),
            Text(words.number(check.examined)),
            check_result(check, words),
        )
    return table


def check_result(audit_check: AuditCheck, words: Language) -> Text:
    """How a check ended."""
    if not audit_check.passed:
        said = words.plural(N_("{number} error"), "{number} errors", audit_check.errors)
        return Text(f"✗ {said}", style="bold red")
    if not audit_check.examined:
        nothing = words.text(N_("nothing to examine"))
        return Text(f"– {nothing}", style="dim")
    if audit_check.remarks:
        said = words.plural(
            N_("passed, with {number} remark"), "passed, with {number} remarks", audit_check.remarks
        )
        return Text(f"✓ {said}", style="yellow")
    passed = words.text(N_("passed"))
    return Text(f"✓ {passed}", style="green")


def _errors(audit: Audit, words: Language) -> Iterator[RenderableType]:
    if not audit.unsound:
        return
    yield from section(N_("Errors"), words)
    told, more = cut(audit.unsound, ERRORS_TOLD)
    for check in told:
        yield Text.assemble(*finding_pieces(tell(check, words), words))
    if more:
        yield Text(words.plural(N_("and {number} more"), "and {number} more", more))


def _clauses(audit: Audit, words: Language) -> Iterator[RenderableType]:
    """How many rows of the service plan stand how, and those that do not hold."""
    yield from section(N_("The clauses of the service plan"), words)
    yield Text(
        " · ".join(
            f"{words.term('clause_state', state)} {count}"
            for state, count in audit.clauses_by_state.items()
        )
    )
    for check in audit.clauses:
        if check.against:
            asks, fails = words.text(check.clause.asks), check.state is RowState.FAILS
            row = f"{'✗' if fails else '!'} {check.clause.row} ({check.clause.number})  {asks}"
            yield indented(row, 2, "red" if fails else "yellow")
            yield from _failed(check, audit, words)
            count = words.plural(N_("{number} finding"), "{number} findings", len(check.findings))
            yield from _counted(count, check.findings, words)
            count = words.plural(
                N_("{number} time earlier in the term"),
                "{number} times earlier in the term",
                len(check.lapses),
            )
            yield from _counted(count, [lapse.finding for lapse in check.lapses], words)
            told, more = cut(check.lapses, LAPSES_TOLD)
            for lapse in told:
                yield indented(_lapse(lapse, audit, words), 8, "dim")
            if more:
                said = words.plural(N_("and {number} more"), "and {number} more", more)
                yield Text(f"        {said}", style="dim")


def _failed(check: ClauseState, audit: Audit, words: Language) -> Iterator[RenderableType]:
    """Since when a row fails, or from when to when it did."""
    if check.since is not None:
        since, zone = words.moment(check.since, audit.book.zone), audit.book.zone
        if check.until is None:
            said = words.text(N_("fails since {instant}"), instant=since)
        else:
            until = words.moment(check.until, zone)
            said = words.text(N_("failed {start} – {end}, mended"), start=since, end=until)
        yield indented(said, 6)


def _counted(count: str, findings: Sequence[Finding], words: Language) -> Iterator[RenderableType]:
    if findings:
        codes = words.listing(sorted({finding.code for finding in findings}))
        yield indented(f"{count}: {codes}", 6, "dim")


def _lapse(lapse: Lapse, audit: Audit, words: Language) -> str:
    start, end = (words.moment(at, audit.book.zone) for at in (lapse.start, lapse.end))
    return f"{start} – {end}  {plain(tell(lapse.finding, words).message)}"


def _by_code(audit: Audit, words: Language) -> Iterator[RenderableType]:
    counts = by_code(audit.findings)
    if not counts:
        return
    yield Text()
    table = new_table(words.text(N_("Findings by code")))
    for heading in (N_("Code"), N_("Severity"), N_("What"), N_("Where")):
        table.add_column(words.text(heading))
    table.add_column(words.text(N_("Count")), justify="right")
    for code in RULES:
        if counts[code]:
            rule = RULES[code]
            table.add_row(
                Text(code),
                Text(words.term("severity_of_finding", rule.severity), style=STYLES[rule.severity]),
                Text(words.text(rule.title)),
                Text(_where(audit, code, words)),
                Text(words.number(counts[code])),
            )
    yield table
    yield Text(words.text(N_("weibao rule CODE explains each of them.")), style="dim")


def _where(audit: Audit, code: str, words: Language) -> str:
    """The records of the findings of a code, or the files of what is no record."""
    found = (finding for finding in audit.findings if finding.code == code)
    named = dict.fromkeys(plain(finding.record or finding.place.path) for finding in found)
    told, more = cut(tuple(named), WHERE_TOLD)
    rest = [words.plural(N_("and {number} more"), "and {number} more", more)] if more else []
    return "\n".join((*told, *rest))


def _limits(words: Language) -> Iterator[RenderableType]:
    yield from section(N_("What git can never show"), words)
    for check in NEVER_SHOWN.values():
        yield Text(f"  · {words.text(check)}")


def _again(audit: Audit, words: Language) -> Iterator[RenderableType]:
    yield from section(N_("Compute it again"), words)
    book = audit.book
    log = book.snapshot.seen_log[:12]
    weibao = f"weibao --seen {log}" if log else "weibao"
    # Folded by the shell's own sign, so that it can be copied from a narrow terminal.
    at = f"--at {book.commit[:12]} \\\n    --as-of {_as_of(audit)}"
    if log:
        yield Text("  weibao seen fetch")
    yield Text(f"  {weibao} audit {at} --format json")
    yield Text(f"  {weibao} sla {at} --format json")
    yield Text(f"  git log --numstat --format= {book.commit[:12]} -- records/tickets")
    yield Text("  git fsck --full")


def _as_of(audit: Audit) -> str:
    return format_instant(audit.book.as_of, audit.book.zone)
