"""The reports on a month, a quarter and a year of the contract."""

from __future__ import annotations

from functools import partial

from weibao.language import N_
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.periodic import report_paper

MONTHLY = PaperKind(
    name="monthly",
    report="monthly",
    title=N_("Monthly report"),
    explained=N_("A month of the contract: made of its close, and of what was remarked on it."),
    subject="month",
    place=1,
    write=partial(report_paper, "monthly", N_("Monthly report {period}")),
)
QUARTERLY = PaperKind(
    name="quarterly",
    report="quarterly",
    title=N_("Quarterly report"),
    explained=N_("A quarter of the contract, made of the closes of its months."),
    subject="quarter",
    place=2,
    write=partial(report_paper, "quarterly", N_("Quarterly report {period}")),
)
ANNUAL = PaperKind(
    name="annual",
    report="annual",
    title=N_("Annual report"),
    explained=N_("A year of the contract, made of the closes of its months."),
    subject="year",
    place=3,
    write=partial(report_paper, "annual", N_("Annual report {period}")),
)
