"""A repository with a site, and MkDocs run on it as anyone would run it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from building.book import AS_OF, INSPECTION, WHOLE_LOG
from building.contract import CONTRACT, a_ticket, entry, small_contract, ticket_path
from building.repository import Repository
from weibao.model.load import read_record
from weibao.render.site.settings import mkdocs_config

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SECRET = "客户情绪激动勿外传"  # noqa: S105 - the words of a note
"""The words of the repository's internal notes, which no byte of a site may hold."""

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "![](http://evil.example/beacon.png)",
    "[点我](javascript:alert(3))",
    "{{ 7*7 }} {% raw %} `code` </script> </title> &lt;b&gt;",
)
"""Texts that would do harm on a page that did not show them as they are."""

FAULT = "T20261120-7K3Q9M"
HARM = "T20261121-HARM22"
OPEN = "T20261123-0PEN22"
PLANNED = "T20261118-P1ANN3"

LONG = "T20261121-10NG22"
RTL = "T20261121-RT1F22"
HEBREW = "תקלה במתג (core-sw-01), 100%"
"""A ticket with a long title, one with a Hebrew title, and that title."""

KINDS = (
    "index.html",
    "tickets.html",
    "tickets/2026-11.html",
    f"tickets/{FAULT}.html",
    f"tickets/{HARM}.html",
    f"tickets/{PLANNED}.html",
    "levels.html",
    "inspections.html",
    f"inspections/{INSPECTION}.html",
    "spares.html",
    "audit.html",
    "audit-evidence.html",
    "audit-configuration.html",
    "audit-findings.html",
    "audit-clauses.html",
    "reviews.html",
    "calendar.html",
    "people.html",
    "people/person-1.html",
    "contract.html",
    "people.html",
    "requests.html",
    "visits.html",
    "figures.html",
    "equipment.html",
    "equipment/core-sw-01.html",
    "services/mes.html",
    "sites/suzhou-plant.html",
    "days/2026-11-20.html",
    "levels/2026-11.html",
    f"tickets/{FAULT}-proof.html",
    "rules.html",
    "rules/R101.html",
    "handbook.html",
    "en/index.html",
    f"en/tickets/{FAULT}.html",
    "404.html",
)
"""A page of every kind."""

_HARM_TITLE = f"{HOSTILE[0]} 端口错包 {HOSTILE[4]}"


def harmful_ticket() -> str:
    """A ticket whose every text is hostile, with internal entries among the others."""
    notes = [
        entry(f"2026-11-21T10:0{number}:00+08:00", "updated", note=f'"{text}"')
        for number, text in enumerate(HOSTILE)
    ]
    log = [
        entry("2026-11-21T09:05:00+08:00", "opened", by="wang-lei"),
        entry("2026-11-21T09:10:00+08:00", "acknowledged"),
        *notes,
        entry("2026-11-21T10:10:00+08:00", "updated", note=SECRET, internal="true"),
        entry(
            "2026-11-21T10:20:00+08:00",
            "amended",
            entry="{at: 2026-11-21T10:10:00+08:00, event: updated}",
            field="note",
            value=f"{SECRET}之二",
            reason="更正",
        ),
    ]
    text = a_ticket(HARM, severity=3, reported_at="2026-11-21T09:00:00+08:00", log=log)
    title = "title: 核心交换机 core-sw-01 主控板告警"
    assert title in text
    return text.replace(title, f"title: '{_HARM_TITLE}'")


def planned_ticket() -> str:
    """Planned work, approved and under way."""
    text = a_ticket(
        PLANNED,
        reported_at="2026-11-18T09:00:00+08:00",
        log=[entry("2026-11-18T09:05:00+08:00", "opened", by="wang-lei")],
    )
    text = text.replace("kind: fault", "kind: upgrade").replace("severity: 1\n", "")
    window = "window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}\n"
    return text.replace(
        "log:\n", f"{window}approved_by: zhang-gong\nrollback: 回退到原版本\nlog:\n"
    )


def an_inspection() -> str:
    """A round with a check of each outcome."""
    lines = [
        entry("2026-11-22T09:30:00+08:00", "started"),
        entry(
            "2026-11-22T09:40:00+08:00",
            "checked",
            asset="core-sw-01",
            item="temperature",
            value="38.5",
            unit='"°C"',
            status="ok",
        ),
        entry(
            "2026-11-22T09:45:00+08:00",
            "checked",
            asset="core-sw-01",
            item="appearance",
            status="warning",
            note="风扇有异响",
        ),
        entry("2026-11-22T10:30:00+08:00", "completed"),
    ]
    head = f"id: {INSPECTION}\nplan: quarterly-inspection\nperiod: 2026-11\nassets: [core-sw-01]\nlog:\n"
    return head + "".join(f"{line}\n" for line in lines)


def site_repository(path: Path, files: Mapping[str, str] | None = None) -> Repository:
    """A repository with a fault, a hostile ticket, an open one, planned work and an inspection."""
    repository = Repository(path)
    texts = (
        small_contract()
        | {
            "docs/handbook.md": "# 使用手册\n\n如何阅读本站：见[状态](index.md)。\n",
            "docs/handbook.en.md": "# Handbook\n\nHow to read this site.\n",
            "docs/alone.md": "# 未译\n\n只有中文。\n",
            "mkdocs.yml": mkdocs_text(),
        }
        | dict(files or {})
    )
    later = {
        ticket_path(HARM): harmful_ticket(),
        ticket_path(OPEN): a_ticket(
            OPEN,
            severity=2,
            reported_at="2026-11-23T11:30:00+08:00",
            log=[entry("2026-11-23T11:35:00+08:00", "opened", by="wang-lei")],
        ),
        ticket_path(PLANNED): planned_ticket(),
        ticket_path(INSPECTION): an_inspection(),
    }
    for name, text in texts.items():
        repository.write(name, text)
    repository.commit(at="2024-12-01T09:00:00+08:00")
    repository.write(ticket_path(FAULT), a_ticket(FAULT, log=WHOLE_LOG[:1]))
    repository.commit(at="2026-11-20T09:16:00+08:00")
    for line in WHOLE_LOG[1:]:
        repository.append(ticket_path(FAULT), line)
        late = 3 if "part_arrived" in line else 0
        repository.commit(at=f"2026-11-20T{int(line[20:22]) + late:02d}:{line[23:25]}:30+08:00")
    for name, text in later.items():
        repository.write(name, text)
    repository.commit(at="2026-11-23T11:40:00+08:00")
    return repository


def mkdocs_text() -> str:
    """The mkdocs.yml that a contract starts with, at a fixed instant."""
    text = mkdocs_config(read_record("records/contract.yaml", CONTRACT.encode()).value)
    assert "plugins: [search, weibao]" in text
    return text.replace("weibao]", f'{{weibao: {{as_of: "{AS_OF}"}}}}]')


def mkdocs(repository: Repository, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``mkdocs`` in the repository; its output is not judged here."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=repository.path,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
