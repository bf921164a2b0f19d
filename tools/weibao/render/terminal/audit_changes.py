"""What was changed, on a terminal: the configuration, all since the last audit, and the sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from weibao.language import N_
from weibao.model.paths import kind_of
from weibao.render.json.difference import shown_turned
from weibao.render.prose.difference_lines import turned_line
from weibao.render.terminal.layout import indented, new_table, section
from weibao.render.terminal.worksheet import sample_sentence
from weibao.render.words.alterations import altered_lines
from weibao.render.words.cut import cut
from weibao.render.words.explain import person_name
from weibao.render.words.findings import event_title, tell
from weibao.render.words.plain import plain
from weibao.rules.catalogue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.model.finding import Finding
    from weibao.report.audit.audit import Audit
    from weibao.report.audit.configuration import ConfigurationChange, Maker
    from weibao.report.audit.sample import Sample
    from weibao.report.audit.since import Since
    from weibao.report.book import Book
    from weibao.report.difference import Added

TOLD = 40
"""Things of one kind told one by one on a terminal; the latest, and how many more there are."""

KINDS = {
    "added": N_("the file is new"),
    "deleted": N_("the file is gone"),
}


def configuration_text(audit: Audit, words: Language) -> Iterator[RenderableType]:
    """Every change of the configuration with who made it, who landed it and what is otherwise."""
    yield from section(N_("Changes of the configuration"), words)
    if not audit.configuration:
        yield Text(words.text(N_("There is none.")))
    latest, more = cut(audit.configuration[::-1], TOLD)
    if more:
        yield Text(words.plural(N_("{number} earlier one"), "{number} earlier ones", more))
    for change in reversed(latest):
        yield Text(plain(change_line(change, audit.book, words)))
        for line in alteration_lines(change, words):
            yield indented(plain(line), 4, "dim")


def change_line(change: ConfigurationChange, book: Book, words: Language) -> str:
    """A change in one line: when it landed, which file, which commit, who and who else."""
    facts = {
        "time": words.moment(change.landed, book.zone),
        "path": change.path,
        "commit": change.commit[:12],
        "author": maker_name(change.author, book, words),
    }
    if change.landed_by is None:
        return words.text(N_("{time} {path} {commit} by {author}, landed by nobody else"), **facts)
    other = maker_name(change.landed_by, book, words)
    return words.text(
        N_("{time} {path} {commit} by {author}, landed by {other}"), other=other, **facts
    )


def maker_name(maker: Maker, book: Book, words: Language) -> str:
    """Whoever made a commit, and on which side they are; an address that is nobody's says so."""
    if maker.side == "unknown":
        shown = maker.identity.name or maker.identity.email
        return words.text(
            N_("{name} <{email}>, not on the lists"), name=shown, email=maker.identity.email
        )
    name = person_name(book, maker.person or "", words)
    if maker.side == "customer":
        return words.text(N_("{name} (customer)"), name=name)
    return name


def alteration_lines(change: ConfigurationChange, words: Language) -> Iterator[str]:
    """What a change alters, a line each."""
    if change.kind in KINDS:
        yield words.text(KINDS[change.kind])
        return
    yield from altered_lines(change.altered, words)


def since_text(found: Since, book: Book, words: Language) -> Iterator[RenderableType]:
    """What changed after the last audit."""
    yield Text()
    yield Text(words.text(N_("Since {commit}"), commit=plain(found.commit[:12])), style="bold")
    if not found.descends:
        rewritten = words.text(N_("Today's history does not hold this commit: it was rewritten."))
        yield Text(f"✗ {rewritten}", style="bold red")
    if found.as_of is None:
        yield Text(words.text(N_("The commit is not in this clone: nothing can be compared.")))
        return
    yield Text(
        words.text(
            N_(
                "Entries added: {entries} (records: {records}). Tickets new: {opened}, ended: {closed}. Promises settled: {met} met, {breached} breached."
            ),
            entries=found.entries_added,
            records=len(found.added),
            opened=len(found.opened),
            closed=len(found.closed),
            **{outcome.value: found.settled[outcome] for outcome in found.settled},
        )
    )
    yield from _listed(N_("Settled verdicts that turned"), _turned(found, book, words), words)
    yield from _listed(N_("Entries that are gone"), _lost(found.lost), words)
    yield from _listed(N_("Records that are gone"), found.removed, words)
    yield from _listed(N_("Recorded late"), _late(found, book, words), words)
    yield from _listed(
        N_("Configuration changed"),
        (change_line(change, book, words) for change in found.configuration),
        words,
    )
    yield from _listed(N_("New findings"), _findings(found.new, words), words)
    yield from _listed(N_("Findings gone"), _findings(found.gone, words), words)


def _turned(found: Since, book: Book, words: Language) -> Iterator[str]:
    for change in found.turned:
        yield turned_line(shown_turned(change, book.zone), words).text


def _lost(lost: Iterable[Added]) -> Iterator[str]:
    for added in lost:
        for proven in added.entries:
            yield f"{added.record}  {proven.entry.text.strip()}"


def _late(found: Since, book: Book, words: Language) -> Iterator[str]:
    for record, change in found.late:
        yield words.text(
            N_("{record} {event} by {who}: claimed {time}, {lateness} late, grade {grade}"),
            record=record,
            event=event_title(kind_of(book.paths.get(record, "")) or "", change.entry.event, words),
            who=person_name(book, change.entry.by, words),
            time=words.moment(change.entry.at, book.zone),
            lateness=words.duration(max(0, change.lateness or 0)),
            grade=change.grade.value,
        )


def _findings(found: Iterable[Finding], words: Language) -> Iterator[str]:
    """The findings in a line each, the worst first."""
    ranks = list(Severity)
    for told in sorted(
        (tell(finding, words) for finding in found), key=lambda text: ranks.index(text.severity)
    ):
        one = told.finding
        severity = words.term("severity_of_finding", told.severity)
        place = f"{one.place.path}:{one.place.line}" if one.place.line else one.place.path
        yield f"{severity} {one.code}  {place}  {told.message}"


def _listed(heading: str, lines: Iterable[str], words: Language) -> Iterator[Text]:
    """A heading and lines under it, nothing where there is none; as many as are told one by one."""
    told, more = cut(list(lines), TOLD)
    if not told:
        return
    yield Text(f"  {words.text(heading)}")
    for change in told:
        yield Text(f"    {plain(change)}", style="dim")
    if more:
        left = words.plural(N_("and {number} more"), "and {number} more", more)
        yield Text(f"    {left}", style="dim")


def sample_text(drawn: Sample, book: Book, words: Language) -> Iterator[RenderableType]:
    """The tickets to look at by hand."""
    yield Text()
    table = new_table(words.text(N_("Sample")))
    for heading in (N_("Ticket"), N_("Lvl"), N_("Month"), N_("Title")):
        table.add_column(words.text(heading))
    for change in drawn.drawn:
        table.add_row(
            Text(change.ticket),
            Text(str(change.stratum.severity or "–")),
            Text(change.stratum.month),
            Text(plain(book.records.tickets[change.ticket].title)),
        )
    yield table
    yield Text(plain(sample_sentence(drawn, words)), style="dim")
