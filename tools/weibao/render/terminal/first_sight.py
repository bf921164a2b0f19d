"""How the log of what was seen first reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.first_sight.log import SightingState
from weibao.language import N_
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from weibao.history.first_sight.log import CommitSighting, SeenLog
    from weibao.language import Language


_SAID = {
    SightingState.BEFORE: N_("{commit}  was there before the log was begun"),
    SightingState.UNSEEN: N_("{commit}  has not been seen"),
}


def seen_lines(
    log: SeenLog, told: Sequence[CommitSighting], zone: ZoneInfo, words: Language
) -> Iterator[str]:
    """A line on the log, then one for each commit."""
    refs = words.plural(N_("{number} ref"), "{number} refs", len(log.heads))
    commits = words.plural(N_("{number} commit"), "{number} commits", len(log.first))
    since = words.moment(log.since, zone, pattern="yyyy-MM-dd HH:mm:ss")
    yield words.text(
        N_("Kept since {since}; there by then: {refs}; seen since then: {commits}"),
        since=since,
        refs=refs,
        commits=commits,
    )
    for commit_sighting in told:
        if commit_sighting.sighting is None:
            yield words.text(_SAID[commit_sighting.state], commit=commit_sighting.commit)
            continue
        time = words.moment(commit_sighting.sighting.time, zone, pattern="yyyy-MM-dd HH:mm:ss")
        yield f"{commit_sighting.commit}  {time}  {plain(commit_sighting.sighting.ref)}  {plain(commit_sighting.sighting.run)}".rstrip()
