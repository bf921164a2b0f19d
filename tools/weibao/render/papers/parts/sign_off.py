"""Sign-off: where both sides sign the report."""

from __future__ import annotations

from weibao.language import N_
from weibao.render.papers.approval import sign_off
from weibao.render.papers.report_part import ReportPart

PART = ReportPart(
    key="sign_off",
    title=N_("Sign-off"),
    place=170,
    tell=lambda commission, _report: sign_off(commission),
)
