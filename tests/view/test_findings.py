"""How a finding is told: its words in the reader's language, and lists as that language has them."""

from __future__ import annotations

import pytest

from weibao.language import language
from weibao.record.finding import Finding, Place
from weibao.view.findings import tell

PLACE = Place("records/tickets/x.yaml", 5)
CLIMB = Finding(
    "O241",
    PLACE,
    "",
    {"ticket": "T1", "target": "respond", "percent": 75, "roles": ("desk", "supervisor", "pm")},
)
KIND = Finding("O204", PLACE, "", {"asset_kind": "firewall", "years": 3})
INTAKE = Finding("O221", PLACE, "", {"person": "gao-yuan", "channel": "phone"})


@pytest.mark.parametrize(
    ("finding", "code", "told"),
    [
        (CLIMB, "en", "service desk, supervisor and project manager"),
        (CLIMB, "zh", "服务台、主管和项目经理"),
        (KIND, "en", "firewall, 3 years"),
        (KIND, "zh", "防火墙，3 年"),
        (INTAKE, "zh", "（服务台电话）"),
    ],
)
def test_words_of_the_format_are_said_as_people_say_them(
    finding: Finding, code: str, told: str
) -> None:
    assert told in tell(finding, language(code)).message
