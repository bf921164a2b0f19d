"""The first lines of an audit: what it answers, and what that answer rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.audit.audit import LOOSENED, AuditState
from weibao.report.found import by_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.language import Language
    from weibao.report.audit.audit import Audit

PATTERN = "yyyy-MM-dd"


def answer(audit: Audit, words: Language) -> str:
    """Whether the records can be relied on, in one line."""
    if audit.state is AuditState.UNSOUND:
        counted = sorted(by_code(audit.unsound).items())
        return words.plural(
            N_("Not sound: {number} error: {codes}"),
            "Not sound: {number} errors: {codes}",
            len(audit.unsound),
            codes=words.listing(f"{code} × {count}" for code, count in counted),
        )
    facts = {
        "checks": audit.checks_made,
        "entries": words.number(audit.entries),
        "commits": words.number(audit.commits),
    }
    unwitnessed = audit.book.unwitnessed
    if audit.state is AuditState.UNRECOMPUTED:
        return words.plural(
            N_(
                "Consistent, but {number} row of an old register cannot be worked out again here, or gave no record though it could (checks: {checks}, entries: {entries}, commits: {commits})."
            ),
            "Consistent, but {number} rows of old registers cannot be worked out again here, or gave no record though they could (checks: {checks}, entries: {entries}, commits: {commits}).",
            audit.not_recomputed,
            **facts,
        )
    if unwitnessed is None:
        return words.text(
            N_(
                "Sound: nothing was found that damages the record (checks: {checks}, entries: {entries}, commits: {commits})."
            ),
            **facts,
        )
    zone = audit.book.zone
    return words.plural(
        N_(
            "Consistent, but unwitnessed from {start} to {end}: of {number} record nobody outside the provider shows in time when it was made (checks: {checks}, entries: {entries}, commits: {commits})."
        ),
        "Consistent, but unwitnessed from {start} to {end}: of {number} records nobody outside the provider shows in time when they were made (checks: {checks}, entries: {entries}, commits: {commits}).",
        unwitnessed.records,
        start=words.moment(unwitnessed.start, zone, pattern=PATTERN),
        end=words.moment(unwitnessed.end, zone, pattern=PATTERN),
        **facts,
    )


def beside(audit: Audit, words: Language) -> Iterator[str]:
    """What the answer is about and rests on: the branch, the log, what is kept at worst, weak rules."""
    book = audit.book
    yield words.text(N_("Judged: branch {branch}."), branch=book.records.contract.evidence.main)
    reach = book.history.sights.reach
    if reach is None:
        yield words.text(N_("The forge keeps no log of what it saw first."))
    else:
        seen = words.moment(reach, book.zone, pattern="yyyy-MM-dd HH:mm")
        yield words.text(N_("The forge's log of what it saw first reaches to {time}."), time=seen)
    tally = audit.not_at_worst
    if tally.share is not None:
        yield words.text(
            N_(
                "Of the promises kept, waived or cancelled, {share} do not stand at worst ({count} of {all})."
            ),
            share=words.percent(tally.share),
            count=words.number(tally.count),
            all=words.number(tally.of),
        )
    firsthand = book.records.contract.evidence.firsthand
    if firsthand != "signed":
        yield words.text(
            N_("By the contract an act of the customer counts as first-hand where it is “{word}”."),
            word=firsthand,
        )
    if audit.weak:
        yield words.plural(
            N_("The rules of evidence were loosened {number} time, which is not believed: {code}."),
            "The rules of evidence were loosened {number} times, which is not believed: {code}.",
            len(audit.weak),
            code=LOOSENED,
        )
    for code in by_code(audit.loose):
        yield words.text(_LOOSE[code], code=code)


_LOOSE = {
    "E124": N_(
        "By the rules of evidence more of the provider's word is believed than half of the shortest promise: {code}."
    ),
    "E125": N_(
        "By the rules of evidence an old register is still open, and what is filed as of it is believed as it is claimed: {code}."
    ),
}
"""What is told of rules of evidence that are loose as they were agreed, by code."""
