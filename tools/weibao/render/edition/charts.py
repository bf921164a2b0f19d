"""Charts as inline SVG: pure functions of numbers, coloured by the page's own CSS variables.

Every chart stands beside a table or a sentence that says the same, so the SVG itself is an image
with one sentence as its name.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from weibao.sla.condition import Condition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from fractions import Fraction

    from weibao.model.instant import Instant
    from weibao.report.ticket_clock import TicketClock
    from weibao.sla.availability import DayOfService
    from weibao.sla.tally import Tally

_TOPS = {
    Condition.OUTAGE: 0,
    Condition.PARTIAL: 6,
    Condition.DEGRADED: 12,
    Condition.MAINTENANCE: 12,
}
"""Where the bar of a day begins, of 30: its height tells what its colour does. A quiet day is a low line."""

_QUIET = 22

_ON_PAPER = (
    "text{font-family:'Noto Sans CJK SC',sans-serif;font-size:11px;fill:#5b6770}"
    ".wb-flow text{text-anchor:middle}"
    ".wb-flow .wb-key{text-anchor:start}"
    ".wb-label--end{text-anchor:end}"
    ".wb-axis{stroke:#c9d0d6}"
    ".wb-kept{fill:#58a985}.wb-missed{fill:#d0564c}"
    ".wb-reported{fill:#e0a03c}.wb-closed{fill:#58a985}"
    ".wb-line{fill:none;stroke:#1a5f8f;stroke-width:2}"
    ".wb-dot{fill:#1a5f8f}.wb-dot--warning{fill:#e0a03c}.wb-dot--failed{fill:#d0564c}"
)
"""The light colours of the site, for a picture that no style sheet stands beside."""


@dataclass(frozen=True, slots=True)
class MonthShare:
    """A month of a chart of shares: what it is called, its tally and that in words, and the share that is agreed."""

    label: str
    tally: Tally
    told: str
    agreed: Fraction | None = None


def shares(months: Sequence[MonthShare], name: str) -> Markup:
    """A bar a month from 0 to 100%, what was kept and then the rest; across it a line at what is agreed.

    Lying bars have room for every month and every share in words, on a telephone too. ``name`` says it in words.
    """
    width, left, right, top, row = 480, 72, 64, 24, 24
    whole, height = width - left - right, top + row * len(months)
    parts = [
        part
        for share in (0, 50, 100)
        for part in (
            _text("wb-scale", left + whole * share / 100, top - 8, f"{share}"),
            _upright("wb-axis", left + whole * share / 100, top, height),
        )
    ]
    for number, month in enumerate(months):
        down = top + row * number
        parts.append(_text("wb-label--end", left - 8, down + row * 0.7, month.label))
        parts.append(_text("wb-told", width - right + 8, down + row * 0.7, month.told))
        if month.tally.of:
            kept = month.tally.count / month.tally.of * whole
            bars = (("wb-kept", left, kept), ("wb-missed", left + kept, whole - kept))
            parts += [
                _bar(kind, start, down + 4, length, row - 8)
                for kind, start, length in bars
                if length
            ]
        if month.agreed is not None:
            parts.append(
                _upright("wb-agreed", left + float(month.agreed) * whole, down, down + row)
            )
    return _svg("wb-shares", width, height, name, parts)


@dataclass(frozen=True, slots=True)
class FlowColumn:
    """What came, what went, and what was left open on a day or in a month."""

    label: str
    reported: int
    closed: int
    left_open: int


def flow(columns: Sequence[FlowColumn], keys: tuple[str, str, str], name: str) -> Markup:
    """Beside each other what came and what went, and as a line what was left open; ``keys`` name the three."""
    width, height, top, foot, left = 720, 220, 34, 28, 28
    step = (width - left) / max(len(columns), 1)
    most = max(
        (max(column.reported, column.closed, column.left_open) for column in columns), default=0
    )
    scale, ground = (height - top - foot) / (most or 1), height - foot
    parts = []
    for value in sorted({0, most // 2, most}):
        down = ground - value * scale
        parts += [
            f'<line class="wb-axis" x1="{left}" x2="{width}" y1="{down:.1f}" y2="{down:.1f}"/>',
            f'<text class="wb-label--end" x="{left - 6}" y="{down + 4:.1f}">{value}</text>',
        ]
    # So that no label runs into the next.
    every = max(1, int(28 / step) + 1)
    points = []
    for number, column in enumerate(columns):
        begin, middle = left + number * step, left + (number + 0.5) * step
        for kind, count, at in (
            ("wb-reported", column.reported, 0.15),
            ("wb-closed", column.closed, 0.5),
        ):
            tall = count * scale
            if tall:
                parts.append(_bar(kind, begin + step * at, ground - tall, step * 0.35, tall))
        points.append(f"{middle:.1f},{ground - column.left_open * scale:.1f}")
        if number % every == 0:
            parts.append(_text("wb-label", middle, height - 9, column.label))
    parts.append(f'<polyline class="wb-line" points="{" ".join(points)}"/>')
    for place, (kind, key) in enumerate(
        zip(("wb-reported", "wb-closed", "wb-dot"), keys, strict=True)
    ):
        across = left + place * 180
        parts.append(_bar(kind, across, 4, 12, 12))
        parts.append(_text("wb-key", across + 18, 14, key))
    return _svg("wb-flow", width, height, name, parts)


def on_paper(chart: Markup) -> bytes:
    """A chart as a file that stands alone: an SVG in light colours."""
    head, rest = str(chart).split(">", 1)
    head = head.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"{head}><style>{_ON_PAPER}</style>{rest}".encode()


def day_strip(days: Sequence[DayOfService], since: str, name: str) -> Markup:
    """One thin bar a day, oldest first, by the gravest condition in it: the graver, the taller.

    Days before ``since`` (the contract's first, as ISO 8601) are drawn as nothing known.
    """
    kinds: dict[tuple[str, int], list[str]] = {}
    number = 0
    for (kind, top), run in groupby(days, key=lambda day: _drawn(day, since)):
        length = len(list(run))
        # A run of days alike is one line, broken once a day by the dashes of the style sheet.
        kinds.setdefault((kind, top), []).append(f"M{number} {(top + 30) / 2:g}h{length}")
        number += length
    parts = [
        f'<path class="{kind}" stroke-width="{30 - top}" d="{"".join(path)}"/>'
        for (kind, top), path in sorted(kinds.items())
    ]
    return _svg("wb-days", number or 1, 30, name, parts, stretch=True)


def clock_bar(clock: TicketClock, name: str, missed: Iterable[Instant] = ()) -> Markup:
    """A ticket's clock: where it ran, where it stood still, when it was due, when it was done; ``name`` says it in words.

    ``missed`` are the instants at which other promises of the ticket were due that were not kept.
    """
    width, height, top, tall = 720, 40, 8, 20
    length = (clock.end - clock.start) or 1
    due, stop = clock.verdict.due, clock.verdict.stop

    def across(instant: Instant) -> float:
        return (instant - clock.start) / length * width

    def stretch(kind: str, start: Instant, end: Instant) -> str:
        return _bar(kind, across(start), top, across(end) - across(start), tall)

    parts = [stretch("wb-clock-still", clock.start, clock.until)]
    for start, end in clock.ran:
        last = end if due is None else max(min(end, due), start)
        parts += [stretch("wb-clock-ran", start, last)] if start < last else []
        parts += [stretch("wb-clock-late", last, end)] if last < end else []
    if due is not None:
        parts.append(
            f'<line class="wb-clock-due" x1="{across(due):.2f}" x2="{across(due):.2f}" y1="2" y2="34"/>'
        )
    parts += [
        f'<path class="wb-clock-missed" d="M{across(instant):.2f} 2v34m-5 -22l10 10m0 -10l-10 10"/>'
        for instant in missed
        if clock.start <= instant <= clock.end
    ]
    if stop is not None:
        parts.append(
            f'<circle class="wb-clock-done" cx="{across(stop):.2f}" cy="{top + tall / 2:g}" r="6"/>'
        )
    return _svg("wb-clock", width, height, name, parts)


def line(
    points: Sequence[tuple[Instant, float, str]],
    name: str,
    day: Callable[[Instant], str],
    limits: Sequence[tuple[float, str, str]] = (),
) -> Markup:
    """Measurements over time as a line with a mark for each, of a shape and a colour by how it was found.

    ``points`` are in order of time; the scale is from the least to the greatest, which are written beside it.
    ``limits`` are from where on a value is a warning or a failure, which of these, and its words.
    """
    width, height, left, right, top, foot = 720, 160, 64, 12, 14, 28
    first, last = points[0][0], points[-1][0]
    values = [value for _, value, _ in points] + [value for value, *_ in limits]
    least, most = min(values), max(values)

    def place(instant: Instant, value: float) -> tuple[float, float]:
        across = (instant - first) / ((last - first) or 1)
        up = (value - least) / ((most - least) or 1) if most > least else 0.5
        return left + across * (width - left - right), height - foot - up * (height - top - foot)

    placed = [(*place(at, value), status) for at, value, status in points]
    path = " ".join(f"{across:.1f},{down:.1f}" for across, down, _ in placed)
    ground, end = height - foot, width - right
    bounds = [(place(first, value)[1], status, words) for value, status, words in limits]
    parts = [
        *(
            f'<line class="wb-limit wb-limit--{status}" x1="{left}" x2="{end}" y1="{down:.1f}" y2="{down:.1f}"/>'
            f'<text class="wb-label--end" x="{end}" y="{down + (14 if down < top + 14 else -4):.1f}">{escape(words)}</text>'
            for down, status, words in bounds
        ),
        f'<line class="wb-axis" x1="{left}" x2="{end}" y1="{ground}" y2="{ground}"/>',
        f'<polyline class="wb-line" points="{path}"/>',
        *(_mark(status, across, down) for across, down, status in placed),
        *(
            f'<text class="wb-label--end" x="{left - 10}" y="{down}">{value:g}</text>'
            for value, down in {most: top + 4, least: ground}.items()
        ),
        f'<text x="{left}" y="{height - 9}">{day(first)}</text>',
        f'<text class="wb-label--end" x="{end}" y="{height - 9}">{day(last)}</text>',
    ]
    return _svg("wb-readings", width, height, name, parts)


def _mark(status: str, across: float, down: float) -> str:
    """A dot of what is well, a triangle of a warning, a square of a failure."""
    kind = f"wb-dot wb-dot--{status}"
    if status == "warning":
        return f'<path class="{kind}" d="M{across:.1f} {down - 6:.1f}l6 10h-12z"/>'
    if status == "failed":
        return f'<path class="{kind}" d="M{across - 5:.1f} {down - 5:.1f}h10v10h-10z"/>'
    return f'<circle class="{kind}" cx="{across:.1f}" cy="{down:.1f}" r="4"/>'


def _drawn(day: DayOfService, since: str) -> tuple[str, int]:
    """The class and the top of a day's bar."""
    before = day.day.isoformat() < since
    kind = "wb-none" if before else f"wb-{day.condition.value}"
    return kind, _TOPS.get(day.condition, _QUIET)


def _bar(kind: str, left: float, top: float, width: float, height: float) -> str:
    return (
        f'<rect class="{kind}" x="{left:.2f}" y="{top:.2f}" '
        f'width="{width:.2f}" height="{height:.2f}"/>'
    )


def _upright(kind: str, left: float, top: float, foot: float) -> str:
    return f'<line class="{kind}" x1="{left:.1f}" x2="{left:.1f}" y1="{top:.1f}" y2="{foot:.1f}"/>'


def _text(kind: str, left: float, top: float, words: str) -> str:
    return f'<text class="{kind}" x="{left:.1f}" y="{top:.1f}">{escape(words)}</text>'


def _svg(
    kind: str, width: int, height: int, name: str, parts: Sequence[str], *, stretch: bool = False
) -> Markup:
    role = Markup('role="img" aria-label="{}"').format(name) if name else 'aria-hidden="true"'
    ratio = ' preserveAspectRatio="none"' if stretch else ""
    return Markup(  # noqa: S704 - numbers, and words that were escaped above
        f'<svg class="{kind}" viewBox="0 0 {width} {height}"{ratio} {role}>{"".join(parts)}</svg>'
    )
