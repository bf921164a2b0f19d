"""How checkpoints read: one as it stands, one as it was stamped, and many held against a history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.signatures.stamp import StampedAt
from weibao.language import N_
from weibao.render.terminal.finding_pieces import finding_pieces
from weibao.render.words.findings import tell
from weibao.render.words.plain import plain
from weibao.report.examined import contained, stamps_held

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from weibao.history.checkpoints.checkpoint import Checkpoint
    from weibao.history.checkpoints.comparison import Examined
    from weibao.history.signatures.stamp import Namer
    from weibao.language import Language
    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.render.terminal.finding_pieces import Piece

NAMERS: dict[Namer, str] = {
    "contract": N_("root {root}, named by contract.yaml"),
    "auditor": N_("root {root}, given by you"),
}
"""Who names the root that a stamp rests on. A fingerprint is told by its first 16 digits."""


def checkpoint_text(checkpoint: Checkpoint, words: Language) -> str:
    """A checkpoint, a line for each of its parts."""
    rows = (
        (N_("Commit"), checkpoint.commit),
        (N_("Tree"), checkpoint.tree),
        (N_("Files under records/"), words.number(checkpoint.records)),
        (N_("SHA-256 over them"), checkpoint.sha256),
    )
    return "\n".join(
        words.text(N_("{name}: {value}"), name=words.text(name), value=value)
        for name, value in rows
    )


def stamp_text(stamp: StampedAt, zone: ZoneInfo, words: Language) -> str:
    """What a stamp proves, by whom, and on whose word."""
    root = words.text(NAMERS[stamp.named_by], root=stamp.root[:16])
    return words.text(
        N_("existed by {moment}, stamped by {authority} ({root})"),
        moment=_moment(stamp.at, zone, words),
        authority=plain(stamp.authority),
        root=root,
    )


def examined_pieces(
    examined: Sequence[Examined], alone: Sequence[Finding], zone: ZoneInfo, words: Language
) -> Iterator[Piece]:
    """Every checkpoint with what is found of it, and the findings that belong to none (``alone``)."""
    if not examined and not alone:
        yield words.text(N_("There are no checkpoints to hold against the history.")), ""
        return
    for result in examined:
        yield from _one(result, zone, words)
    for finding in alone:
        yield from finding_pieces(tell(finding, words), words)
        yield "\n", ""
    whole = contained(examined)
    yield words.text(N_("Contained: {part} of {whole}"), part=whole.count, whole=whole.of), ""
    stamps = stamps_held(examined, alone)
    if stamps.of:
        said = words.text(
            N_("Stamps that hold: {part} of {whole}"), part=stamps.count, whole=stamps.of
        )
        yield f"\n{said}", ""


def _one(examined: Examined, zone: ZoneInfo, words: Language) -> Iterator[Piece]:
    if examined.checkpoint is not None and not examined.findings:
        said = words.plural(
            N_("contained: commit {commit}, {number} file"),
            "contained: commit {commit}, {number} files",
            examined.checkpoint.records,
            commit=examined.checkpoint.commit[:12],
        )
        yield "✓ ", "green"
        yield plain(examined.name), "bold"
        yield f"  {said}\n", ""
    if isinstance(examined.stamp, StampedAt):
        yield "✓ ", "green"
        yield plain(examined.name), "bold"
        yield f"  {stamp_text(examined.stamp, zone, words)}\n", ""
    for finding in examined.wrong:
        yield "✗ ", "bold red"
        yield from finding_pieces(tell(finding, words), words)
        yield "\n", ""


def _moment(instant: Instant, zone: ZoneInfo, words: Language) -> str:
    return words.moment(instant, zone, pattern="yyyy-MM-dd HH:mm:ss zzzz")
