"""A list of the configuration at the edge: its rows held against records/*.yaml as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.workspace.moving_in.duty_month import listed_rota
from weibao.workspace.moving_in.lists import listed
from weibao.workspace.moving_in.taken import ImportPreview
from weibao.workspace.recording.configuring import configuration_at
from weibao.workspace.setup.workbook.configured import FILES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.yaml.document import Keys
    from weibao.workspace.moving_in.taken import TakenRegister
    from weibao.workspace.recording.clone import Desk


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What a list would do: its rows, what it puts into which file, and what else is to be known."""

    preview: ImportPreview
    puts: Mapping[str, tuple[tuple[Keys, Any], ...]]
    told: tuple[tuple[str, Mapping[str, object]], ...]


def list_preview(desk: Desk, taken: TakenRegister) -> ListPreview:
    """What the rows of a list say otherwise than the configuration that stands."""
    mapping, rows = taken.mapping, taken.rows
    standing = {name: configuration_at(desk, f"records/{name}.yaml") for name in FILES}
    found = (
        listed_rota(mapping, rows, desk.records, standing["duty"])
        if mapping.kind == "rota"
        else listed(mapping, rows, standing, desk.here, desk.records.contract.languages[0])
    )
    return ListPreview(ImportPreview(taken, found.rows, found.same), found.puts, found.told)
