"""How each verdict on a ticket was reached, as a story that a customer can follow and check."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from weibao.history.proven import Grade, recorded_together
from weibao.history.signatures.signature import SignatureState
from weibao.language import N_
from weibao.model.events import TARGETS
from weibao.model.instant import format_instant, parse_instant
from weibao.render.words.findings import event_title
from weibao.render.words.lengths import counted, overrun_told, promised
from weibao.render.words.names import person_called, promise_called
from weibao.render.words.when import due_when, when
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.language import Language
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book
    from weibao.sla.verdict import Verdict

PATTERN = "yyyy-MM-dd HH:mm:ss"

PROMISE = N_("Severity {severity}: within {within} on the clock “{clock}”, terms of {terms}.")
REPORTED = N_("The clock starts at {time}, when {who} reported it.")
STARTED = N_("The clock starts at {time}.")
PAUSED = N_("The clock stands still from {start} to {end}: {reason}.")
PAUSED_STILL = N_("The clock has stood still since {start}: {reason}.")
DUE = N_("So it is due at {time}.")
NOT_DUE = N_("While the pause runs there is no due time.")
UNKNOWN_DUE = N_(
    "No calendar covers the days that the due time depends on, so nobody may guess it."
)
REOPENED = N_(
    "The repair had held for more than {recheck}: with the reopening at {time} another round begins, with what was left of the target."
)
HEARD_ANEW = N_("With the reopening at {time} another round of updates begins.")
UNDONE = N_(
    "The repair of {made} did not hold: reopened at {reopened}, within {recheck}, it counts for nothing and the clock ran on."
)
STOPPED = N_("“{event}” by {who} stops the clock at {time}.")
EVIDENCE = N_(
    "Commit {commit} by {author} shows that: recorded at {recorded}, {lateness} after the claim of {claimed} (grade {grade})."
)
SIGHT = N_(
    "Commit {commit} by {author} shows that: first seen by the forge at {recorded}, {lateness} after the claim of {claimed} (grade {grade})."
)
BROUGHT_IN = N_(
    "Commit {commit} by {author} brought it in at {recorded}, out of the old register (grade {grade})."
)
AHEAD = N_(
    "Commit {commit} by {author} was made at {recorded}, {lateness} before the claimed {claimed} (grade {grade})."
)
UNCOMMITTED = N_(
    "It is not committed yet: nothing shows it but the claim of {claimed} (grade {grade})."
)
AT_BOTH_ENDS = N_(
    "The old register does not say the time exactly; the verdict is the same at both ends of what it can mean."
)
ENDS_DIFFER = N_(
    "The old register does not say the time exactly, and what it can mean gives more than one verdict: nobody can say."
)
NO_PLACE = N_(
    "The old register may have no place for the step that was promised, and nothing later shows that it was kept: nobody can say."
)
UNGRADED = N_(
    "The old register does not say how grave it was, so nobody can say what was promised."
)
NOT_STOPPED = N_("Nothing has stopped the clock as of {time}.")
ELAPSED = N_("{elapsed} of {target} used, {margin} to spare.")
EXCEEDED = N_("{elapsed} of {target} used. Past the due time by {overrun}.")
IMPLIED = N_("The step itself was not recorded; a later one stands for it.")
MISSES = (
    N_("The silence between two updates was too long {number} time: here."),
    "The silence between two updates was too long {number} times; this is the first.",
)
ON_CLAIM = N_("Were every claim believed, it would be: {outcome}.")
CORROBORATED = N_(
    "Commit {commit} by {author}, of {time}, corroborates it; a colleague's clock is no witness."
)
WITNESSED_OUTSIDE = N_(
    "Somebody outside the provider had commit {commit} by {time}, whatever the recorder's clock said."
)
TOGETHER = N_(
    "{number} steps, claimed from {first} to {last}, were recorded together in one commit, as a squash makes it: all have its time."
)
SIGNED = N_("It bears a good signature by {who}.")
COUNTERSIGNED = N_("{who} is said to have countersigned it: {hand}.")
SIGNED_OTHERWISE = N_("It bears a signature that proves nothing: {signature}.")
OWN_CLOCK = N_(
    "Nobody outside the provider shows when it was there: that time rests on the recorder's own clock alone."
)
AT_WORST = N_("At worst, were the provider's word not believed, it would be: {outcome}.")
VERDICT = N_("Verdict: {outcome} (worst evidence: {grade}, {grade_words}).")


@dataclass(frozen=True, slots=True)
class VerdictParagraph:
    """The story of one verdict: its heading, its sentences, and whether the promise was broken."""

    heading: str
    sentences: tuple[str, ...]
    outcome: Outcome


def story(book: Book, ticket: Ticket, language: Language) -> tuple[VerdictParagraph, ...]:
    """One paragraph a verdict, in the order of reading. Record text in them is raw."""
    paragraphs = []
    for verdict in sorted(book.verdicts_of(ticket.id), key=reading_order):
        heading = promise_called(verdict.target, verdict.occurrence, language)
        sentences = tuple(_sentences(book, ticket, verdict, language))
        paragraphs.append(VerdictParagraph(heading, sentences, verdict.outcome))
    return tuple(paragraphs)


def reading_order(verdict: Verdict) -> tuple[str, int, int]:
    """How people read verdicts: by ticket, then in the order in which things happen."""
    return (verdict.ticket, TARGETS.index(verdict.target), verdict.occurrence)


def hand_check(book: Book, ticket: Ticket) -> tuple[str, ...]:
    """The plain git commands that show the same to somebody who trusts no tool of ours."""
    steps = book.proofs[ticket.id].entries
    commits = dict.fromkeys(step.commit[:12] for step in steps if step.commit)
    commit = book.commit[:12]
    return (
        f"git show {commit}:{ticket.path}",
        f"git blame -s {commit} -- {ticket.path}",
        f"git log --first-parent -m --format='%h %cI %an <%ae>' {commit} -- {ticket.path}",
        f"git log --numstat --format=%h {commit} -- {ticket.path}",
        f"git show --no-patch --format=raw {' '.join(commits)}",
    )


def inexact(verdict: Verdict) -> str:
    """What the inexactness of an old register does to a verdict, as a message."""
    if verdict.outcome is not Outcome.UNDETERMINED:
        return AT_BOTH_ENDS
    if verdict.severity is None:
        return UNGRADED
    return ENDS_DIFFER if verdict.start_precision or verdict.stop_precision else NO_PLACE


def _sentences(book: Book, ticket: Ticket, verdict: Verdict, language: Language) -> Iterator[str]:
    moment = partial(moment_in, book, ticket.id, language)
    if verdict.severity is None:
        yield language.text(UNGRADED)
        yield from _ending(book, ticket, verdict, language)
        return
    yield language.text(
        PROMISE,
        severity=verdict.severity,
        within=promised(verdict.within, language),
        clock=language.term("clock", verdict.clock),
        terms=verdict.terms,
    )
    if verdict.start == book.proofs[ticket.id].header_effective:
        who = person_name(book, ticket.reported_by, language)
        time = when(verdict.start, verdict.start_precision, book.zone, language, pattern=PATTERN)
        yield language.text(REPORTED, time=time, who=who)
    elif verdict.start is not None:
        yield language.text(STARTED, time=moment(verdict.start))
    yield from reopening_sentences(book, verdict, language)
    for pause in verdict.pauses:
        reason = language.term("pause_reason", pause.reason)
        if pause.end is None:
            yield language.text(PAUSED_STILL, start=moment(pause.start), reason=reason)
        else:
            yield language.text(
                PAUSED, start=moment(pause.start), end=moment(pause.end), reason=reason
            )
    if verdict.due is not None:
        yield language.text(DUE, time=due_when(verdict, book.zone, language, pattern=PATTERN))
    elif verdict.outcome is Outcome.UNDETERMINED:
        yield language.text(UNKNOWN_DUE)
    elif verdict.outcome is not Outcome.WAIVED:
        yield language.text(NOT_DUE)
    yield from _ending(book, ticket, verdict, language)


def moment_in(
    book: Book, ticket: str, language: Language, instant: Instant, pattern: str = PATTERN
) -> str:
    """An instant of a ticket's log, as exactly as an old register says the step that was done then."""
    vague = (proven for proven in book.proofs[ticket].entries if proven.precision)
    precision = next((proven.precision for proven in vague if proven.effective == instant), None)
    return when(instant, precision, book.zone, language, pattern=pattern)


def reopening_sentences(book: Book, verdict: Verdict, language: Language) -> Iterator[str]:
    """What reopenings did to a promise: began a further occurrence of it, or voided a repair."""
    recheck = language.duration(book.records.contract.evidence.recheck)
    if verdict.reopened is not None:
        anew = HEARD_ANEW if verdict.target == "update" else REOPENED
        time = moment_in(book, verdict.ticket, language, verdict.reopened)
        yield language.text(anew, time=time, recheck=recheck)
    for undone in verdict.undone:
        yield language.text(
            UNDONE,
            made=moment_in(book, verdict.ticket, language, undone.made),
            reopened=moment_in(book, verdict.ticket, language, undone.reopened),
            recheck=recheck,
        )


def _ending(book: Book, ticket: Ticket, verdict: Verdict, language: Language) -> Iterator[str]:
    if verdict.ended_by is not None:
        stopping = book.proofs[ticket.id].entries[verdict.ended_by]
        yield language.text(
            STOPPED,
            event=event_title("ticket", stopping.entry.event, language),
            who=person_name(book, stopping.entry.by, language),
            time=when(stopping.effective, stopping.precision, book.zone, language, pattern=PATTERN),
        )
        yield evidence_sentence(book, stopping, language)
        yield from _together(book, ticket, stopping, language)
        yield from _signature(book, stopping, language)
        yield from _word(book, ticket, stopping, language)
        yield from _witness(book, stopping, language)
    else:
        as_of = language.moment(book.as_of, book.zone, pattern=PATTERN)
        yield language.text(NOT_STOPPED, time=as_of)
    if verdict.severity is not None and ticket.imported and _left_open(verdict):
        yield language.text(inexact(verdict))
    if verdict.implied:
        yield language.text(IMPLIED)
    if verdict.elapsed_seconds is not None and verdict.target_seconds is not None:
        facts = {
            "elapsed": counted(verdict.elapsed_seconds, verdict.clock, language),
            "target": counted(verdict.target_seconds, verdict.clock, language),
        }
        if over := overrun_told(verdict, language):
            yield language.text(EXCEEDED, overrun=over, **facts)
        else:
            margin = verdict.target_seconds - verdict.elapsed_seconds
            left = counted(margin, verdict.clock, language)
            yield language.text(ELAPSED, margin=left, **facts)
    if verdict.misses:
        yield language.plural(*MISSES, verdict.misses)
    if verdict.on_claim is not verdict.outcome:
        yield language.text(ON_CLAIM, outcome=language.term("outcome", verdict.on_claim))
    if verdict.at_worst is not verdict.outcome:
        yield language.text(AT_WORST, outcome=language.term("outcome", verdict.at_worst))
    yield language.text(
        VERDICT,
        outcome=language.term("outcome", verdict.outcome),
        grade=verdict.grade.value,
        grade_words=language.term("grade", verdict.grade),
    )


def _left_open(verdict: Verdict) -> bool:
    exact = verdict.start_precision is None and verdict.stop_precision is None
    return not exact or (verdict.outcome is Outcome.UNDETERMINED and verdict.uncovered is None)


def evidence_sentence(book: Book, proven: ProvenEntry, language: Language) -> str:
    """Which commit shows an entry, who recorded it, and how late."""
    claimed = when(proven.entry.at, proven.precision, book.zone, language, pattern=PATTERN)
    lateness = proven.lateness
    if lateness is None or proven.evidence is None or not (proven.commit and proven.author):
        return language.text(UNCOMMITTED, claimed=claimed, grade=proven.grade.value)
    sight = proven.evidence == proven.first_seen != proven.recorded
    return language.text(
        BROUGHT_IN if proven.precision else AHEAD if lateness < 0 else SIGHT if sight else EVIDENCE,
        commit=proven.commit[:12],
        author=proven.author.name or proven.author.email,
        recorded=language.moment(proven.evidence, book.zone, pattern=PATTERN),
        lateness=language.duration(lateness),
        claimed=claimed,
        grade=proven.grade.value,
    )


def _together(book: Book, ticket: Ticket, proven: ProvenEntry, language: Language) -> Iterator[str]:
    """What other late steps have the commit for their evidence too."""
    together = recorded_together(book.proofs[ticket.id]).get(proven.commit or "")
    if together and proven in together.steps:
        first, last = (
            language.moment(claim, book.zone, pattern=PATTERN)
            for claim in (together.first, together.last)
        )
        yield language.text(TOGETHER, number=together.number, first=first, last=last)


def _word(book: Book, ticket: Ticket, proven: ProvenEntry, language: Language) -> Iterator[str]:
    """From whose hand each countersignature of the step is."""
    for other in book.proofs[ticket.id].entries:
        entry = other.entry
        named = entry.data.get("entries", ()) if entry.event == "countersigned" else ()
        if other.hand and any(
            (parse_instant(reference["at"]), reference["event"]) == proven.entry.reference
            for reference in named
        ):
            who = person_name(book, str(entry.data["contact"]), language)
            yield language.text(COUNTERSIGNED, who=who, hand=language.term("hand", other.hand))


def _signature(book: Book, proven: ProvenEntry, language: Language) -> Iterator[str]:
    """What the signature of the commit is worth, where it has one."""
    signature = proven.signature
    if signature.state is SignatureState.GOOD:
        yield language.text(SIGNED, who=person_name(book, signature.signer, language))
    elif signature.state is not SignatureState.UNSIGNED:
        word = language.term("signature", signature.state)
        yield language.text(SIGNED_OTHERWISE, signature=word)


def _witness(book: Book, proven: ProvenEntry, language: Language) -> Iterator[str]:
    """Who outside the provider shows that an entry was recorded by then, and which colleague says the same."""
    if (
        proven.start
        or proven.commit is None
        or proven.grade in {Grade.IMPORTED, Grade.COUNTERSIGNED}
    ):
        return
    commit = proven.commit[:12]
    if proven.witnessed is None:
        yield language.text(OWN_CLOCK)
    elif proven.witnessed != proven.evidence or proven.evidence != proven.first_seen:
        seen = language.moment(proven.witnessed, book.zone, pattern=PATTERN)
        yield language.text(WITNESSED_OUTSIDE, commit=commit, time=seen)
    if proven.witness is None:
        return
    witness = book.snapshot.history.commits[proven.witness]
    yield language.text(
        CORROBORATED,
        commit=proven.witness[:12],
        author=witness.committer.name or witness.committer.email,
        time=language.moment(book.history.time[proven.witness], book.zone, pattern=PATTERN),
    )


def person_name(book: Book, identifier: str, language: Language) -> str:
    """The name of one of the staff or of the customer's contacts; the id where it is neither."""
    return person_called(book.records, identifier, language)


def stamp(book: Book) -> str:
    """What the book is of: the commit and the instant, as every view states them."""
    return f"{book.commit[:12]}  {format_instant(book.as_of, book.zone)}"
