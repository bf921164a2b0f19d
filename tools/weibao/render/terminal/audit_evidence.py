"""What the evidence is worth, on a terminal: grades and lateness, corroboration, confirmations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text

from weibao.history.proven import Grade
from weibao.language import N_
from weibao.render.terminal.layout import new_table, section
from weibao.render.words.explain import person_name
from weibao.render.words.findings import event_title
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.report.audit.audit import Audit
    from weibao.report.audit.confirmations import Hands
    from weibao.report.audit.corroboration import KeptPromises, Windows
    from weibao.report.audit.quality import Support
    from weibao.sla.figures import Spread
    from weibao.sla.tally import Tally

HOUR = 3600

NONE = N_("n/a")
"""A figure whose denominator is empty."""


def quality_text(audit: Audit, words: Language) -> Iterator[RenderableType]:
    """Grades and lateness: of all entries, then by person, month and event."""
    quality = audit.quality
    yield from section(N_("Quality of the evidence"), words)
    table = new_table()
    meanings = [words.term("grade", support.key) for support in quality.by_grade]
    table.add_column(words.text(N_("Grade")))
    table.add_column("", min_width=_longest_word(meanings))
    for heading in (N_("Entries"), N_("Share"), N_("Median lateness"), N_("90th"), N_("Worst")):
        table.add_column(words.text(heading), justify="right")
    for support in quality.by_grade:
        grade = Grade(support.key)
        table.add_row(
            Text(support.key),
            Text(words.term("grade", support.key)),
            Text(words.number(support.entries)),
            Text(share(quality.total.graded(grade), words)),
            *_spread(support.lateness, words),
        )
    yield table
    if quality.total.imported:
        yield Text(
            words.plural(
                N_("{number} entry was imported and is in none of these figures."),
                "{number} entries were imported and are in none of these figures.",
                quality.total.imported,
            ),
            style="dim",
        )

    def person(key: str) -> str:
        return person_name(audit.book, key, words)

    yield _supports(N_("By person"), quality.by_person, person, words)
    yield _supports(N_("By month"), quality.by_month, str, words)
    yield _supports(
        N_("By event"), quality.by_event, lambda key: event_title("", key, words), words
    )


def _longest_word(names: Iterable[str]) -> int:
    """So many cells as no word of the names is broken in."""
    return max((cell_len(word) for name in names for word in name.split()), default=1)


def _supports(
    title: str, groups: Sequence[Support], named: Callable[[str], str], words: Language
) -> RenderableType:
    """A row a group; a count of which there is none in any of them has no column."""
    counts: tuple[tuple[str, str, Callable[[Support], int]], ...] = (
        (N_("O own clock"), "", lambda group: group.by_grade[Grade.OWN_CLOCK]),
        (N_("C late"), "yellow", lambda group: group.by_grade[Grade.LATE]),
        (N_("F contradicted"), "bold red", lambda group: group.by_grade[Grade.CONTRADICTED]),
        (N_("Imported"), "", lambda group: group.imported),
    )
    there = [column for column in counts if any(column[2](group) for group in groups)]
    table = new_table(words.text(title))
    names = [plain(named(group.key)) or "–" for group in groups]
    table.add_column("", min_width=_longest_word(names))
    for heading in (
        N_("Entries"),
        N_("A supported"),
        *(heading for heading, _, _ in there),
        N_("Median lateness"),
        N_("90th"),
        N_("Worst"),
    ):
        # In two lines, so that in a narrow terminal the names and not the figures are folded.
        stacked = "\n".join(words.text(heading).rsplit(" ", 1))
        table.add_column(stacked, justify="right")
    for name, group in zip(names, groups, strict=True):
        table.add_row(
            Text(name),
            Text(words.number(group.entries)),
            Text(share(group.graded(Grade.SUPPORTED), words)),
            *(_count(count(group), style) for _, style, count in there),
            *_spread(group.lateness, words),
        )
    return table


def corroboration_text(audit: Audit, words: Language) -> Iterator[RenderableType]:
    """What the kept promises rest on, and how wide the windows are."""
    found = audit.corroboration
    yield from section(N_("What kept promises rest on"), words)
    yield Text(corroboration_sentence(found.total, words))
    yield Text(windows_sentence(found.windows, words))

    def person(key: str) -> str:
        return person_name(audit.book, key, words)

    yield _kept(N_("By who stopped the clock"), found.by_person, person, words)
    yield _kept(N_("By month"), found.by_month, str, words)


def corroboration_sentence(total: KeptPromises, words: Language) -> str:
    """How many kept promises somebody else's commit shows, and how many only their recorder's clock."""
    said = words.plural(
        N_(
            "{number} promise was kept: {corroborated} also by what somebody outside the provider has witnessed ({share}), {alone} by the provider's word alone."
        ),
        "{number} promises were kept: {corroborated} also by what somebody outside the provider has witnessed ({share}), {alone} by the provider's word alone.",
        total.met,
        corroborated=words.number(total.corroborated),
        share=share(total.vouched, words),
        alone=words.number(total.alone),
    )
    if not total.imported:
        return said
    imported = words.plural(
        N_("{number} rests on imported entries."),
        "{number} rest on imported entries.",
        total.imported,
    )
    return f"{said} {imported}"


def windows_sentence(windows: Windows, words: Language) -> str:
    """How long the history leaves it open when an entry was recorded."""
    if windows.widths is None:
        return words.plural(
            N_("No window is closed: {number} entry is bounded by nobody else's commit."),
            "No window is closed: {number} entries are bounded by nobody else's commit.",
            windows.open,
        )
    return words.plural(
        N_(
            "Commits by colleagues leave a window of {median} (median) in which an entry can have been recorded; {number} window is open."
        ),
        "Commits by colleagues leave a window of {median} (median) in which an entry can have been recorded; {number} windows are open.",
        windows.open,
        median=words.duration(windows.widths.median),
    )


def _kept(
    title: str, groups: Sequence[KeptPromises], named: Callable[[str], str], words: Language
) -> RenderableType:
    table = new_table(words.text(title))
    table.add_column("")
    for heading in (
        N_("Kept"),
        N_("Corroborated"),
        N_("Share"),
        N_("Own clock alone"),
        N_("Imported"),
        N_("Median window"),
    ):
        table.add_column(words.text(heading), justify="right")
    for group in groups:
        widths = group.windows.widths
        table.add_row(
            Text(plain(named(group.key)) or "–"),
            Text(words.number(group.met)),
            Text(words.number(group.corroborated)),
            Text(share(group.vouched, words)),
            _count(group.alone, "yellow"),
            _count(group.imported, ""),
            Text(words.duration(widths.median) if widths else words.text(NONE)),
        )
    return table


def confirmations_text(audit: Audit, words: Language) -> Iterator[RenderableType]:
    """Who wrote down what the customer said."""
    found = audit.confirmations
    yield from section(N_("The customer's confirmations"), words)
    table = new_table()
    table.add_column("")
    for heading in (
        N_("Confirmations"),
        N_("first-hand"),
        N_("Countersignatures"),
        N_("first-hand"),
    ):
        table.add_column(words.text(heading), justify="right")
    rows = [(words.text(N_("All")), found.confirmed, found.countersigned)]
    rows += [
        (person_name(audit.book, support.contact, words), support.confirmed, support.countersigned)
        for support in found.by_contact
    ]
    for name, confirmed, countersigned in rows:
        table.add_row(
            Text(plain(name) or "–"), *_hands(confirmed, words), *_hands(countersigned, words)
        )
    yield table
    for key in found.keys:
        who = plain(person_name(audit.book, key.contact, words)) or "–"
        proof = words.term("key_proof", key.proof)
        yield Text(f"  {who}  {key.fingerprint}  {proof}")
    yield Text(
        words.text(
            N_(
                "First-hand: the customer's own identity made the commit. The others were written down by the provider."
            )
        ),
        style="dim",
    )


def _hands(hands: Hands, words: Language) -> tuple[Text, Text]:
    return Text(words.number(hands.told.of)), Text(share(hands.told, words))


def share(tally: Tally, words: Language) -> str:
    """The share of a tally as a percentage, n/a where there is none."""
    return words.text(NONE) if tally.share is None else words.percent(tally.share)


def _spread(spread: Spread | None, words: Language) -> tuple[Text, Text, Text]:
    if spread is None:
        nothing = Text(words.text(NONE), style="dim")
        return nothing, nothing, nothing
    median, ninetieth, worst = (
        # Seconds beside minutes say nothing here, and leave the names no room.
        Text(words.duration(length, units=2 if length >= HOUR else 1))
        for length in (spread.median, spread.ninetieth, spread.worst)
    )
    return median, ninetieth, worst


def _count(count: int, style: str) -> Text:
    return Text(str(count), style=style) if count else Text("–", style="dim")
