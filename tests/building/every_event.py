"""Documents of every kind of record, with every event of the tables among them."""

from __future__ import annotations

from typing import Any

from building.contract import a_ticket, entry, small_contract
from weibao.model.events import EVENTS
from weibao.model.paths import kind_of
from weibao.model.yaml.strict import read_yaml


def valid() -> list[tuple[str, Any]]:
    """Valid documents of every kind, with every event of the tables among them."""
    texts = {
        path.removeprefix("records/").removesuffix(".yaml"): text
        for path, text in small_contract().items()
        if kind_of(path) is not None
    }
    texts["ticket"] = a_ticket(log=[*every_line("ticket")])
    texts["inspection"] = (
        "id: I20261115-4F2MXA\nplan: q\nperiod: 2026-Q4\nassets: [a]\nlog:\n"
        + "".join(f"{line}\n" for line in every_line("inspection"))
    )
    texts["spares"] += "".join(f"{line}\n" for line in every_line("spares"))
    texts["actions"] += "".join(f"{line}\n" for line in every_line("actions"))
    found = []
    for kind, text in texts.items():
        document, findings = read_yaml("x", text.encode())
        assert document is not None, findings
        found.append((kind, document.data))
    return found


SAMPLES = {
    "name": "cpu",
    "person": "li-qiang",
    "people": "[li-qiang, zhao-min]",
    "contact": "zhang-gong",
    "asset": "core-sw-01",
    "part": "mpu",
    "depot": "suzhou-depot",
    "ticket": "T20261120-7K3Q9M",
    "text": "一段文字",
    "line": "RMA-1001",
    "severity": "2",
    "level": "1",
    "quantity": "3",
    "visit": "2",
    "satisfaction": "5",
    "score": "80",
    "time": "2026-11-20T09:05:00+08:00",
    "clock_duration": "45m",
    "cause": "hardware",
    "serial": "SN1",
    "serials": "[SN1, SN2]",
    "serials_found": "[]",
    "sha256": '"' + "0" * 64 + '"',
    "attachment": "photo.jpg",
    "unit": '"%"',
    "measured_value": "38.5",
    "amended_value": "[a, b]",
    "key": "intake.channel",
    "day": "2026-12-20",
    "impact": "[{on: core-sw-01, state: partial}]",
    "about": "{ticket: T20261120-7K3Q9M}",
    "entry_reference": "{at: 2026-11-20T09:12:00+08:00, event: opened}",
    "entry_references": "[{at: 2026-11-20T09:12:00+08:00, event: opened}]",
}


def _sample(kind):
    return kind.choices[0] if kind.choices else SAMPLES[kind.defined_as]


def every_line(kind: str):
    for minute, event in enumerate(EVENTS[kind], 10):
        data = {f.key: _sample(f.kind) for f in event.fields}
        yield entry(f"10:{minute}", event.name, **data, note="备注", internal="true")
