"""Which records a clone holds, by the names of their files alone: quick among ten thousand."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from weibao.model.ids import FOLDERS, RECORD_ID

if TYPE_CHECKING:
    from collections.abc import Iterator


def filed_ids(root: str, folder: str) -> Iterator[str]:
    """The ids of the records under ``records/<folder>``, the latest day first.

    Only days are read that somebody asks for: the caller stops when it has enough. What is filed under
    another day or among other records than its id says is none.
    """
    years = os.path.join(root, "records", folder)  # noqa: PTH118
    for year in _newest_first(years):
        for month in _newest_first(f"{years}/{year}"):
            for day in _newest_first(f"{years}/{year}/{month}"):
                for name in _newest_first(f"{years}/{year}/{month}/{day}"):
                    record, dot, ending = name.partition(".")
                    if dot and ending == "yaml" and (found := RECORD_ID.fullmatch(record)):
                        letter, *of_day, _ = found.groups()
                        if of_day == [year, month, day] and FOLDERS[letter] == folder:
                            yield record


def _newest_first(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder), reverse=True)  # noqa: PTH208
    except OSError:
        return []
