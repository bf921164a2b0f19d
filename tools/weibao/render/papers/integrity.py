"""The last section of every paper: what it was worked out from, what was checked, and how to work it out again."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from weibao import __version__
from weibao.language import N_
from weibao.render.papers.cells import NONE, column, fact, moment, number, own, term, verbatim
from weibao.render.papers.frame import COMMIT
from weibao.render.papers.paper import (
    NOTHING,
    Facts,
    PaperCell,
    Prose,
    Section,
    Table,
    facts_of,
    said,
)
from weibao.render.words.answer import answer, beside
from weibao.report.audit.audit import AuditState
from weibao.sla.closing import NUMBER_OF_RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Fact, Mood, Paper
    from weibao.report.audit.audit import Audit
    from weibao.report.audit.checks import AuditCheck

TITLE = N_("Integrity and recomputation")

_MADE = ""
"""A box of what is of the file and none of its facts: its tool, the digest of the facts, the command that makes it."""

_DIGEST = "facts_sha256"
_COMMAND = "paper"

_MOODS: dict[AuditState, Mood] = {
    AuditState.SOUND: "good",
    AuditState.UNWITNESSED: "warn",
    AuditState.UNRECOMPUTED: "warn",
    AuditState.UNSOUND: "bad",
}


def integrity(commission: Commission, command: str, *, long: bool) -> Section:
    """The section, for a paper that has no place of its own for it: of a sheet, what has room at its foot."""
    told = (integrity_blocks if long else _in_short)(commission, command)
    return Section("integrity", own(commission.voice, TITLE), tuple(told))


def _in_short(commission: Commission, command: str) -> Iterator[Block]:
    """The audit's answer, what it was asked of, and how to come by the same paper."""
    voice, audit = commission.voice, commission.audit
    commit = verbatim(audit.whole.snapshot.commit)
    state = fact(voice, "state", N_("Audited"), _state(voice, audit))
    yield Facts("basis", (state, fact(voice, "commit", COMMIT, commit)))
    digest = fact(voice, _DIGEST, N_("Facts, SHA-256"), NONE)
    yield Facts(_MADE, (digest, fact(voice, _COMMAND, N_("Made by"), verbatim(command))))


def integrity_blocks(
    commission: Commission, command: str, basis: Iterable[Block] = ()
) -> Iterator[Block]:
    """What it says; ``command`` makes the paper again, in a clone of the records; ``basis`` is what else it rests on."""
    voice, audit = commission.voice, commission.audit
    yield Facts("basis", tuple(_basis(voice, audit)))
    yield from basis
    for told in beside(audit, voice.language):
        yield Prose(said(voice.shown(told)))
    yield Table(
        "checks",
        own(voice, N_("Checks made over the whole history")),
        (
            column(voice, "check", N_("Check"), 4),
            column(voice, "examined", N_("Count")),
            column(voice, "unit", N_("What was examined"), 2),
            column(voice, "result", N_("Result"), 2),
        ),
        tuple(_check(voice, check) for check in audit.checks),
        own(voice, N_("No check was made.")),
    )
    if audit.unsound:
        yield _errors(voice, audit)
    yield Prose(
        own(
            voice,
            N_(
                "Every figure of this paper follows from the commits and instants named here: whoever has a clone of the records works out the same."
            ),
        )
    )
    yield Facts("again", tuple(_again(commission)))
    yield Facts(
        _MADE,
        (
            fact(voice, _COMMAND, N_("Make this paper again"), verbatim(command)),
            fact(voice, "tool", N_("Made with"), verbatim(f"weibao {__version__}")),
            fact(voice, _DIGEST, N_("SHA-256 of the facts (JSON)"), NONE),
        ),
    )


def _basis(voice: Voice, audit: Audit) -> Iterator[Fact]:
    snapshot = audit.whole.snapshot
    yield audited(voice, audit)
    yield fact(voice, "commit", COMMIT, verbatim(snapshot.commit))
    yield fact(voice, "as_of", N_("As of"), moment(voice, audit.whole.as_of))
    yield fact(voice, "seen_log", N_("Log of first sights, at commit"), verbatim(snapshot.seen_log))
    yield fact(voice, "rules", N_("Number of the rules"), number(voice, NUMBER_OF_RULES))
    yield fact(voice, "records", N_("Tickets and inspections"), number(voice, audit.records))
    yield fact(voice, "commits", N_("Commits in the history"), number(voice, audit.commits))


def audited(voice: Voice, audit: Audit) -> Fact:
    """The answer of the audit, beside its label."""
    return fact(voice, "state", N_("Result of the audit"), _state(voice, audit))


def _state(voice: Voice, audit: Audit) -> PaperCell:
    """The audit's own answer, which holds what can make it false: never put together here."""
    return PaperCell(
        said(voice.shown(answer(audit, voice.language))), audit.state.value, _MOODS[audit.state]
    )


def _check(voice: Voice, check: AuditCheck) -> tuple[PaperCell, ...]:
    words = voice.language
    result: tuple[str, str, Mood]
    if not check.passed:
        told = words.plural(N_("{number} error"), "{number} errors", check.errors)
        result = told, "failed", "bad"
    elif not check.examined:
        result = words.text(N_("nothing to examine")), "nothing", "muted"
    elif check.remarks:
        told = words.plural(
            N_("passed, with {number} remark"), "passed, with {number} remarks", check.remarks
        )
        result = told, "remarked", "warn"
    else:
        result = words.text(N_("passed")), "passed", "good"
    told, value, mood = result
    return (
        term(voice, "check", check.name),
        number(voice, check.examined),
        term(voice, "unit", check.unit),
        PaperCell(said(told), value, mood),
    )


def _errors(voice: Voice, audit: Audit) -> Table:
    return Table(
        "errors",
        own(voice, N_("What damages the record")),
        (
            column(voice, "code", N_("Code")),
            column(voice, "place", N_("Place"), 2),
            column(voice, "record", N_("What is wrong"), 4),
        ),
        tuple(
            (
                verbatim(finding.code),
                verbatim(f"{finding.place.path}:{finding.place.line}"),
                PaperCell(said(voice.shown(voice.finding(finding).message)), finding.record),
            )
            for finding in audit.unsound
        ),
        NOTHING,
    )


def command_at(commission: Commission, command: str) -> str:
    """A command that is run as of the paper's commit and instant, with the log of first sights that was used."""
    book = commission.audit.whole
    seen = f" --seen {book.snapshot.seen_log[:12]}" if book.snapshot.seen_log else ""
    as_of = commission.voice.rfc3339(book.as_of)
    return f"weibao{seen} {command} --at {book.commit[:12]} --as-of {as_of}"


def _again(commission: Commission) -> Iterator[Fact]:
    voice = commission.voice
    if commission.audit.whole.snapshot.seen_log:
        yield fact(voice, "log", N_("Fetch the log of first sights"), verbatim("weibao seen fetch"))
    audit, sla = command_at(commission, "audit"), command_at(commission, "sla")
    yield fact(voice, "audit", N_("Check the records"), verbatim(audit))
    yield fact(voice, "sla", N_("Judge every promise"), verbatim(f"{sla} --format json"))


def facts_json(paper: Paper) -> bytes:
    """The facts of a paper as the JSON that goes with it, byte for byte the same in every language."""
    return (
        json.dumps(facts_of(paper), ensure_ascii=False, indent=1, sort_keys=True, default=str)
        + "\n"
    ).encode()


def sealed(paper: Paper) -> Paper:
    """The paper, saying the SHA-256 of its :func:`facts_json` where it has a place for that."""
    digest = verbatim(sha256(facts_json(paper)).hexdigest())
    return _with_made(paper, _DIGEST, lambda _: digest)


def made_as(paper: Paper, options: str) -> Paper:
    """The paper, whose command has these options: the language and the format of the file, of which its facts know nothing."""
    return _with_made(paper, _COMMAND, lambda command: verbatim(f"{command.value} {options}"))


def _with_made(paper: Paper, key: str, change: Callable[[PaperCell], PaperCell]) -> Paper:
    """The paper with a row changed that is of the file."""

    def changed(block: Block) -> Block:
        if not isinstance(block, Facts) or block.key != _MADE:
            return block
        rows = (
            replace(row, cell=change(row.cell)) if row.key == key else row for row in block.rows
        )
        return replace(block, rows=tuple(rows))

    return replace(
        paper,
        sections=tuple(
            replace(section, blocks=tuple(map(changed, section.blocks)))
            for section in paper.sections
        ),
    )
