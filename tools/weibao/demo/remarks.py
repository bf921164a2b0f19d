"""What people say in their own words, whatever the ticket is about."""

from __future__ import annotations

from dataclasses import dataclass

from weibao.demo.data_files import Said, read_data


@dataclass(frozen=True, slots=True)
class Remarks:
    """What is noted for inside, said on reopening and on correcting a cause; reasons of leave."""

    internal: tuple[str, ...]
    reopened: tuple[Said, ...]
    corrections: tuple[str, ...]
    leave: tuple[str, ...]


REMARKS = read_data(Remarks, "data/remarks.yaml")
